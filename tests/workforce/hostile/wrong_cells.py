"""Texts that a column cannot read, worked out from what it declares: for single cells and for whole files of them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workforce.checking.kinds import Codes, Day, Number, Pattern, Text, Year
from workforce.checking.kinds_of_parts import Many, Pair
from workforce.sampling.cells import write_csv

WORDS = ("x7", "??", "n/k", "1x", "see file", "-1", "1.5.2", "1e3", "²", "#REF!")
DAYS = ("31/02/1980", "13/13/2013", "1980", "yesterday", "00/00/0000", "2019-02-30", "45123")
NUMBERS = ("-1", "1,2", "12..5", "ten", "1e3", "£", "9999999999", "0x1F", "١٢", "1 000")
YEARS = ("20I5", "99", "2199", "0", "year", "201 5")
LONG = 60_000  # characters: longer than any text of a national file may be


def wrong_texts(kind):
    """Texts of which a kind says that they cannot be read: a few of each sort that it knows."""
    if isinstance(kind, Text):
        return [("w" * (kind.limit + 1))] if kind.limit < LONG // 2 else []
    return [text for text in _tried(kind) if _is_refused(kind, text)]


def _tried(kind):
    if isinstance(kind, Codes | Pattern):
        return WORDS
    if isinstance(kind, Day):
        return DAYS
    if isinstance(kind, Year):
        return YEARS
    if isinstance(kind, Number):
        return NUMBERS
    parts = wrong_texts(kind.first if isinstance(kind, Pair) else kind.each)
    return [*parts, *(f"{part};2015" for part in parts), "1;2;3;x", ";;x"]


def _is_refused(kind, text):
    """Whether nothing of it counts."""
    reading = kind.read(text)
    return bool(reading.wrong) and reading.value != reading.value and not _is_kept(kind, reading.wrong)


def _is_kept(kind, wrong):
    return next(way.keeps for way in kind.wrongs if way.key == wrong)


# --- Whole files in which every cell is wrong -----------------------------------------------------------------------


def wrong_table(kind, headings, rows, *, distinct, longest=60):
    """A table of text in which every cell is at fault.

    `distinct`: no text stands twice in a column. Free text that is only wrong when it is longer than `longest` is left
    blank, because it would make the file many times as large as a valid one; so are references, which must be filled.
    """
    numbers = pa.array(np.arange(10**8, 10**8 + rows)).cast(pa.string())
    columns = {}
    for heading in headings:
        column = kind.column(heading)
        columns[heading] = _wrong_column(column, numbers, rows, distinct, longest)
    return pa.table(columns)


def write_wrong(kind, headings, path, *, rows, size=None, distinct):
    """Such a file, in pieces; of about `size` bytes if that is given, and then free text is wrong in it as well."""
    longest = LONG if size else 60
    head = wrong_table(kind, headings, 1000, distinct=distinct, longest=longest)
    cells = sum(pc.sum(pc.binary_length(column)).as_py() for column in head.columns)
    rows = min(rows, size * 1000 // (cells + 3 * 1000 * len(headings))) if size else rows
    table = wrong_table(kind, headings, rows, distinct=distinct, longest=longest)
    write_csv(table, path, quoted=True)


def _wrong_column(column, numbers, rows, distinct, longest):
    if isinstance(column.kind, Text):
        if column.kind.limit >= longest:
            return pa.array(np.full(rows, ""), pa.string())
        filler = "w" * (column.kind.limit - 8)
        return pc.binary_join_element_wise(pa.scalar(filler), numbers, "")
    if distinct:
        return _all_different(column.kind, numbers)
    texts = wrong_texts(column.kind)
    return pa.array(texts, pa.string()).take(pa.array(np.arange(rows) % len(texts)))


def _all_different(kind, numbers):
    """The sort that is hardest to refuse: nearly right, so that only a close look tells."""
    if isinstance(kind, Number):
        return pc.binary_join_element_wise(numbers, pa.scalar("999"), "")
    if isinstance(kind, Day):
        two, year = pc.utf8_slice_codeunits(numbers, 3, 5), pc.utf8_slice_codeunits(numbers, 5, 9)
        return pc.binary_join_element_wise(pa.scalar("99"), two, year, "/")
    if isinstance(kind, Pair | Many):
        return pc.binary_join_element_wise(numbers, pa.scalar("2015"), ";")
    return pc.binary_join_element_wise(pa.scalar("x"), numbers, "")
