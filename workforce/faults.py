"""The faults of a return one by one: read from where the reading left them, for pages, downloads and the command.

A cause says what is wrong; the file of issues says where. Values are in it only where they cannot identify anybody.
"""

import csv
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from workforce import vault

HEADINGS = ("file", "row", "column", "code", "severity", "message", "accepted", "value")
SORTED_UP_TO = 1_000_000  # issues; more of them come in the order in which they were found
BLOCK = 65_536
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@contextmanager
def issues_of(upload):
    """The path of the file with this upload's issues; only while the files as they were sent are kept."""
    with TemporaryDirectory(prefix="issues-") as folder, vault.at_hand(upload.issues_stored, folder) as path:
        yield path


def rows_of(path, position, start, many):
    """(row, value) of one cause: so many of them, after the first `start`. A value is None where it is not shown."""
    found, passed = [], 0
    for batch in pq.ParquetFile(path).iter_batches(BLOCK):
        mine = batch.filter(pc.equal(batch["cause"], position))
        part = mine.slice(max(0, start - passed), many - len(found))
        found += zip(part["row"].to_pylist(), part["value"].to_pylist(), strict=True)
        passed += mine.num_rows
        if len(found) == many:
            break
    return found


def lines_of(path, causes):
    """Every fault as the values of HEADINGS, file by file and row by row. `causes` stand at their positions."""
    for rows, places, values in _in_order(path, causes):
        for row, place, value in zip(rows.to_pylist(), places.to_pylist(), values.to_pylist(), strict=True):
            cause = causes[place]
            about = (cause.column, cause.code, str(cause.severity), cause.message, cause.accepted)
            yield (cause.file, row, *about, value)


def _in_order(path, causes):
    file = pq.ParquetFile(path)
    if file.metadata.num_rows > SORTED_UP_TO:
        yield from (batch.columns for batch in file.iter_batches(BLOCK))
        return
    table = file.read()
    names = list(dict.fromkeys(cause.file for cause in causes))
    places = table["cause"].to_numpy()
    of_file = np.array([names.index(cause.file) for cause in causes], np.int64)
    order = np.lexsort((places, table["row"].to_numpy(), of_file[places])) if len(places) else places
    for batch in table.take(order).to_batches(BLOCK):
        yield batch.columns


def harmless(text):
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what begins like one."""
    text = "" if text is None else str(text)
    return f"'{text}" if text.startswith(FORMULA) else text


class _Echo:
    """What a CSV writer writes to; it hands the line back."""

    def write(self, line):
        return line


def as_csv(lines):
    """The lines of a CSV file with the faults, as text, one after the other."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(HEADINGS)
    for line in lines:
        yield writer.writerow([harmless(value) for value in line])


def csv_of(upload):
    """All faults of an upload as the text of a CSV file, piece by piece."""
    causes = list(upload.causes.order_by("position"))
    with issues_of(upload) as path:
        yield from as_csv(lines_of(path, causes))
