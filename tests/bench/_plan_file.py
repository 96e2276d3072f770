"""One thing done once with a plan file, in a process of its own: `python -m tests.bench._plan_file WHAT SLUG FILE`.

Prints how many seconds it took, once everything was loaded, and the most memory that the process and those it started
ever held.
"""

import json
import os
import re
import resource
import sys
import time
from pathlib import Path


def export(slug, file):
    from actions.exports import PlanExport
    from strategies.models import Strategy
    from workforce.writing import WRITERS

    write, _ = WRITERS[file.suffix[1:]]
    yield
    file.write_bytes(write(PlanExport(Strategy.objects.get(slug=slug))))


def propose(slug, file):
    from actions.proposing import proposal_for
    from strategies.models import Strategy

    yield
    proposal = proposal_for(Strategy.objects.get(slug=slug), file.name, file.read_bytes())
    assert all(row["change"] == "same" for row in proposal["rows"])


def bare(slug, file):
    """Every cell of the file by the library that people would read it with."""
    import docx
    import openpyxl

    yield
    if file.suffix == ".docx":
        return [cell.text for table in docx.Document(file).tables for row in table.rows for cell in row.cells]
    return [cell.value for row in openpyxl.load_workbook(file).active.iter_rows() for cell in row]


WORK = {"export": export, "propose": propose, "bare": bare}


def done(what, slug, file):
    """The parts before `yield` load what is needed; what comes after is measured."""
    steps = WORK[what](slug, file)
    next(steps)
    began, worked = time.perf_counter(), _processor()
    next(steps, None)
    seconds, worked = time.perf_counter() - began, _processor() - worked
    figures = {"seconds": round(seconds, 2), "processor": round(worked, 2), "megabytes": _most_held()}
    return figures | {"bytes": file.stat().st_size}


def _processor():
    """Seconds that this process and those it started have had of a processor."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _most_held():
    """What this process held at most, and beside it the largest that it started. Linux: `getrusage` would count what
    the one that started this process held."""
    own = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(json.dumps(done(sys.argv[1], sys.argv[2], Path(sys.argv[3]))))
