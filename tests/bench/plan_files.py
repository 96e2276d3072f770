"""How long does a plan take to become a file, and a file a proposal? `python -m tests.bench.plan_files`.

A plan of 500 rows is written as Word, Excel and PDF, and the Word and Excel files are read back and compared with it.
Each is done in a process of its own, which says how long it took and how much memory it held at most. In the same run
the same files are read by python-docx and openpyxl alone, every cell once, so that the ratio means the same on a slow
machine as on a fast one.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import tests.bench._tabs as tabs  # first: it gives this run a data folder of its own

ROWS = 500
WANTED = {"seconds": 2, "megabytes": 300}
STEPS = (
    ("export", "docx", "written as Word"),
    ("export", "xlsx", "written as Excel"),
    ("export", "pdf", "written as PDF"),
    ("bare", "docx", "the Word file read by python-docx alone"),
    ("bare", "xlsx", "the Excel file read by openpyxl alone"),
    ("propose", "docx", "the Word file read and compared"),
    ("propose", "xlsx", "the Excel file read and compared"),
)


def measure(rows, rounds):
    with tabs.own_database() as environment, tempfile.TemporaryDirectory() as folder:
        from django.db import connection

        from tests.bench import _site

        slug = _site.build([rows])[rows]
        best = {}
        for _ in range(rounds):
            for what, format, _ in STEPS:
                one = _in_its_own_process(what, slug, Path(folder, f"plan.{format}"), environment)
                known = best.setdefault(f"{what} {format}", one)
                known |= {name: min(known[name], one[name]) for name in ("seconds", "processor")}
        return {"database": connection.vendor, "rows": rows, "busy": tabs.busy(), "steps": best}


def _in_its_own_process(what, slug, file, environment):
    command = [sys.executable, "-m", "tests.bench._plan_file", what, slug, str(file)]
    done = subprocess.run(command, env=os.environ | environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def show(result):
    yield f"{result['database']}: a plan of {result['rows']:,} rows ({result['busy']})"
    yield f"  wanted: {WANTED['seconds']} s and {WANTED['megabytes']} MB at most"
    steps = result["steps"]
    line = "  {title:<42}{seconds:>6.2f} s, {processor:.2f} of a processor{megabytes:>6} MB{bytes:>12,} bytes".format
    for what, format, title in STEPS:
        one, beside = steps[f"{what} {format}"], steps.get(f"bare {format}")
        ratio = f"   {one['processor'] / beside['processor']:.1f} times the bare reading" if beside else ""
        yield line(title=title, **one) + ratio


if __name__ == "__main__":
    tabs.on_each_database("tests.bench.plan_files", __doc__, {"rows": ROWS, "rounds": 3}, measure, show)
