"""The yardstick of checking: frictionless validates a CSV file. `PEER_PYTHON _frictionless.py FILE SCHEMA`.

Run by the Python that frictionless is installed in (peers.txt), which knows nothing of this project. Every row is
validated and every fault counted, as here.
"""

import json
import sys
import time

from frictionless import Checklist, Resource, Schema

EVERY_FAULT = 1_000_000_000


def main(file, schema):
    with open(schema, encoding="utf-8") as opened:
        resource = Resource(path=file, schema=Schema.from_descriptor(json.load(opened)))
    began = time.perf_counter()
    report = resource.validate(Checklist(), limit_errors=EVERY_FAULT)
    seconds = time.perf_counter() - began
    (task,) = report.tasks
    print(json.dumps({"seconds": round(seconds, 2), "rows": task.stats["rows"], "faults": task.stats["errors"]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
