"""One thing done once with workforce files, by a process of its own: `python -m tests.bench._workforce_file WHAT …`.

Prints how many seconds it took once everything was loaded, and the most memory that the process held.
"""

import json
import re
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

AS_AT, TODAY = date(2026, 9, 30), date(2026, 11, 26)


def peer(files):
    """pyarrow reads every cell as text and writes it as Parquet: what has to be done at the very least."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyarrow import csv

    (file,) = files
    with file.open(encoding="utf-8") as opened:
        names = opened.readline().strip().replace('"', "").split(",")
    as_text = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    with tempfile.TemporaryDirectory() as folder:
        yield
        table = csv.read_csv(file, convert_options=as_text)
        pq.write_table(table, Path(folder, "as_text.parquet"))
    yield {"rows": len(table)}


def ours(files):
    """Read, checked, mapped, pseudonymised and stored, as a worker does it."""
    from workforce.importing import read_return
    from workforce.pseudonyms import Pseudonyms
    from workforce.reading import Given

    given = [Given(file.name, file) for file in files]
    keys = Pseudonyms(b"of a bench, nothing secret in it", "bench")
    with tempfile.TemporaryDirectory() as folder:
        yield
        checked = read_return(given, as_at=AS_AT, today=TODAY, keys=keys, folder=Path(folder))
    figures = {"rows": checked.rows_read, "accepted": checked.rows_accepted, "causes": len(checked.causes)}
    yield figures | {"issues": checked.errors + checked.warnings}


WORK = {"peer": peer, "ours": ours}


def done(what, files):
    """The parts before `yield` load what is needed; what comes after is measured."""
    steps = WORK[what](files)
    next(steps)
    before, began = memory("VmRSS"), time.perf_counter()
    figures = next(steps)
    seconds = time.perf_counter() - began
    return {"seconds": round(seconds, 2), "megabytes": memory("VmHWM"), "megabytes_before": before} | figures


def memory(kind):
    """What this process holds or held at most, in MB. Linux: `getrusage` would count what its parent held."""
    return int(re.search(rf"{kind}:\s*(\d+)", Path("/proc/self/status").read_text())[1]) // 1024


if __name__ == "__main__":
    print(json.dumps(done(sys.argv[1], [Path(file) for file in sys.argv[2:]])))
