"""A reader that is quick and plain, in place of the engine: what is tested here is the life of an upload, not CSV.

A line of a file is `number,pay`. A pay that is no number is a fault of its cell, a number that is none rejects the row.
Words in the first line make it do what engines and their files do when they are at their worst.
"""

import json
import os
import time
from types import SimpleNamespace
from unittest import mock

import pyarrow as pa
import pyarrow.parquet as pq

from workforce import engine, receiving
from workforce.checking.issues import SCHEMA
from workforce.models import Upload

SLOW = 0.05  # seconds for each line, where a file asks for it


class Unreadable(Exception):
    def __init__(self, sentence, where="", accepted=""):
        super().__init__(sentence)
        self.sentence, self.where, self.accepted = sentence, where, accepted


class NeedsMapping(Exception):
    def __init__(self, headings):
        super().__init__(headings)
        self.headings = headings


class Stop(Exception):
    pass


def given(name, path):
    return SimpleNamespace(name=name, path=path)


def read(files, *, as_at, source, mapping, keys, folder, today, progress, limits=None):
    found, faults, reads = [], [], []
    for file in files:
        lines = file.path.read_text().splitlines()
        _misbehave(lines[0], mapping, file.name)
        rows = _rows_of(file.name, lines, progress, faults)
        reads.append(_figures(file.name, len(lines) - 1, len(rows)))
        found += rows
    if not reads:
        raise Unreadable("No file was sent.")
    return _checked(folder, found, faults, reads, source or _source_of(files))


def _source_of(files):
    return "council" if any("council" in file.name for file in files) else "asc_wds"


def _misbehave(heading, mapping, name):
    if "unreadable" in heading:
        raise Unreadable("This is no table.", where=name, accepted="Send CSV.")
    if "unmapped" in heading and not mapping:
        raise NeedsMapping(["Pay"])
    if "memory" in heading:
        raise MemoryError
    if "breaks" in heading:
        raise ValueError("secret cell")
    if "kills" in heading:
        os.kill(os.getpid(), 9)


def _rows_of(name, lines, progress, faults):
    rows = []
    for place, line in enumerate(lines[1:], start=2):
        if "slow" in lines[0]:
            time.sleep(SLOW)
        progress("Reading", place, place, len(lines))
        number, pay = line.split(",")
        if not number.isdecimal():
            faults.append((name, "number", place, None))
            continue
        if not pay.isdecimal():
            faults.append((name, "pay", place, pay))
        rows.append([int(number), pay if pay.isdecimal() else None])
    return rows


def _figures(name, rows_read, accepted):
    return SimpleNamespace(
        name=name, kind="worker", label="Workers", rows_read=rows_read, rows_accepted=accepted,
        rows_rejected=rows_read - accepted,
    )  # fmt: skip


def _checked(folder, rows, faults, reads, source):
    return SimpleNamespace(
        source=source, files=reads, rows_read=sum(file.rows_read for file in reads), rows_accepted=len(rows),
        rows_rejected=sum(file.rows_rejected for file in reads), causes=_causes_of(faults), errors=len(faults),
        warnings=0, snapshot=_written(folder / "snapshot.parquet", rows),
        establishments=_written(folder / "establishments.parquet", sorted({row[0] % 2 for row in rows})),
        establishments_rows=len({row[0] % 2 for row in rows}), issues=_issues(folder / "issues.parquet", faults),
        mapping_loss=[SimpleNamespace(field="pay", code="x", value="y", rows=len(rows), merged=False)],
        unmapped_headings=[],
    )  # fmt: skip


def _issues(path, faults):
    """As the engine writes them: row, cause and value of each."""
    places = {}
    rows = [(row, places.setdefault((file, column), len(places)), value) for file, column, row, value in faults]
    lists = list(zip(*rows, strict=True)) or ((), (), ())
    pq.write_table(pa.table([pa.array(one, kind) for one, kind in zip(lists, SCHEMA.types, strict=True)], SCHEMA), path)
    return path


def _causes_of(faults):
    causes = {}
    for file, column, row, value in faults:
        causes.setdefault((file, column), []).append((row, value))
    return [
        SimpleNamespace(
            file=file, column=column, code="NUMBER", severity="error", message="This is no number.",
            accepted="A whole number.", count=len(where), first_row=where[0][0], examples=where[:5],
        )
        for (file, column), where in causes.items()
    ]  # fmt: skip


def _written(path, content):
    path.write_text(json.dumps(content))
    return path


QUICK = engine.Engine(read, given, lambda secret, partner: secret, Unreadable, NeedsMapping, Stop, "test.1")


def take_its_place():
    """From here on, workers of this process read with this."""
    engine.current = lambda: QUICK


def read_quickly(upload):
    """Do a worker's work on this upload, and say what it is then."""
    with mock.patch.object(engine, "current", lambda: QUICK):
        receiving.read_upload(upload.pk)
    return Upload.objects.select_related("partner", "partnership").get(pk=upload.pk)
