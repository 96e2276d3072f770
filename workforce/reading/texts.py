"""Cells as text: trimmed, and without characters that cannot be seen. A column at a time."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .shapes import Oddity

# Controls other than tab and line ends; marks that turn the direction of writing, and spaces without any width.
UNSEEN = "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
TOLD_UNSEEN = "There was a character that cannot be seen (a control or a mark of writing direction). It is left out."
TOLD_SHORTENED = (
    "The number was shortened (such as 1.2E+15), so digits are lost. Format the column as text and fill it again."
)
SHORTENED = r"^[+-]?\d(?:\.\d+)?E\+\d+$"
_CONTROL = np.zeros(256, bool)
_CONTROL[[*range(1, 9), 11, 12, *range(14, 32), 127]] = True


def may_need_trimming(text: bytes, separator: bytes) -> bool:
    """Whether any cell of a piece could begin or end with a space: a quick look, wrong only in being too careful."""
    if not text.isascii():
        return True
    signs = np.frombuffer(text, np.uint8)
    spaces = np.flatnonzero(signs == 32)
    if separator != b"\t" and b"\t" in text:
        spaces = np.append(spaces, np.flatnonzero(signs == 9))
    edges = np.zeros(256, bool)
    edges[[ord(separator), 10, 13, 34]] = True
    at_edge = (spaces == 0) | (spaces == len(signs) - 1)
    before, after = signs[spaces - 1], signs[np.minimum(spaces + 1, len(signs) - 1)]
    return bool((at_edge | edges[before] | edges[after]).any())


def may_hide(text: bytes) -> bool:
    """Whether there could be a character that cannot be seen."""
    if not text.isascii() and any(mark in text for mark in (b"\xe2\x80", b"\xe2\x81", b"\xef\xbb\xbf")):
        return True
    signs = np.frombuffer(text, np.uint8)
    allowed = text.count(b"\t") + text.count(b"\n") + text.count(b"\r")
    return b"\x7f" in text or np.count_nonzero(signs < 32) != allowed


def trimmed(column: pa.StringArray) -> pa.StringArray:
    """Without white space around it, no-break and typographic spaces included."""
    return pc.utf8_trim_whitespace(column) if _has_edges(column) else column


def _has_edges(column: pa.StringArray) -> bool:
    offsets, values = raw(column)
    filled = offsets[1:] > offsets[:-1]
    first, last = values[offsets[:-1][filled]], values[offsets[1:][filled] - 1]
    return bool(((first <= 32) | (first > 126)).any() or ((last <= 32) | (last > 126)).any())


def raw(column: pa.StringArray) -> tuple[np.ndarray, np.ndarray]:
    """The offsets of an array's cells and the bytes that they point into."""
    _, offsets, values = column.buffers()
    starts = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    return starts, np.frombuffer(values or b"", np.uint8)


def without_unseen(column: pa.StringArray) -> tuple[pa.StringArray, np.ndarray]:
    """The column without characters that cannot be seen, and which of its cells had any."""
    offsets, values = raw(column)
    text = values[offsets[0] : offsets[-1]] if len(column) else values[:0]
    if not _CONTROL[text].any() and not (text > 127).any():
        return column, np.zeros(0, np.int64)
    cleaned = pc.replace_substring_regex(column, UNSEEN, "")
    changed = np.flatnonzero(pc.not_equal(cleaned, column).to_numpy(zero_copy_only=False))
    return cleaned, changed


@dataclass(frozen=True)
class Care:
    """What the cells of a piece may need: a look at the piece as a whole saves a look at each of its columns."""

    trim: bool = True
    hide: bool = True
    formulas: bool = False  # texts written as ="0129", which spreadsheets open as 0129
    numbers: bool = True  # numbers shortened to 1.2E+15

    @classmethod
    def of(cls, text: bytes, separator: bytes, records: int) -> "Care":
        trim = may_need_trimming(text, separator) or _has_lines_inside(text, records)
        return cls(trim, may_hide(text), b'="' in text, b"E+" in text)


def _has_lines_inside(text: bytes, records: int) -> bool:
    """Whether there are more line ends in a piece than end its records, so that some are inside cells."""
    if b'"' not in text:
        return False
    line_ends = text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")
    return line_ends != records - (not text.endswith((b"\n", b"\r")))


def tidied(columns: list[pa.StringArray], rows: np.ndarray, headings: tuple[str, ...], care: Care):
    """The columns trimmed and cleaned as far as they need it, and what is odd about their cells."""
    oddities: list[Oddity] = []
    for number, column in enumerate(columns):
        heading = headings[number] if number < len(headings) else ""
        if care.hide:
            column, changed = without_unseen(column)
            oddities += [Oddity(row, "character", TOLD_UNSEEN, heading) for row in rows[changed].tolist()]
        if care.trim or care.hide:
            column = trimmed(column)
        if care.formulas:
            column = pc.replace_substring_regex(column, '^="([^"]*)"$', r"\1")
        if care.numbers:
            oddities += [Oddity(row, "number", TOLD_SHORTENED, heading) for row in rows[_shortened(column)].tolist()]
        columns[number] = column
    return columns, oddities


def _shortened(column: pa.StringArray) -> np.ndarray:
    """The cells that hold a number as a spreadsheet shortens it when a column is narrow or a number long."""
    offsets, values = raw(column)
    if not len(column) or b"E+" not in values[offsets[0] : offsets[-1]].tobytes():
        return np.zeros(0, np.int64)
    return np.flatnonzero(pc.match_substring_regex(column, SHORTENED).to_numpy(zero_copy_only=False))


def blank_rows(columns: list[pa.StringArray]) -> np.ndarray:
    """The numbers of the rows in which every cell is blank. Usually known after one column."""
    candidates = None
    for column in columns:
        lengths = np.diff(raw(column)[0])
        candidates = np.flatnonzero(lengths == 0) if candidates is None else candidates[lengths[candidates] == 0]
        if not len(candidates):
            break
    return candidates if candidates is not None else np.zeros(0, np.int64)
