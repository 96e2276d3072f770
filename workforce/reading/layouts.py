"""How a delimited file is laid out: its separator, and the row that holds the headings."""

import re
from dataclasses import dataclass

from .headings import heading_notes, headings_of
from .records import find_exactly, split_record, unclosed_column, unquoted
from .shapes import Limits, Note, Recognise, Unreadable, column_letters

SEPARATORS = {b",": "comma", b";": "semicolon", b"\t": "tab", b"|": "upright bar"}
HINT = re.compile(rb'"?sep=([^\r\n"])"?(?:\r\n|\n|\r)', re.IGNORECASE)
TOP = 30  # rows in which headings are looked for
UNSEEN = "\ufeff\u200b\u2060"


@dataclass(frozen=True)
class Layout:
    separator: bytes
    start: int  # bytes before row 1, for the line of Excel's that names the separator
    headings: tuple[str, ...]
    heading_row: int
    notes: tuple[Note, ...]
    line: int  # bytes that a line takes, about


def layout_of(head: bytes, whole: bool, recognise: Recognise, limits: Limits) -> Layout:
    """The layout, judged by the first part of a file (`whole` if that is all of it)."""
    hint = HINT.match(head)
    start = hint.end() if hint else 0
    candidates = [hint[1]] if hint and hint[1] in SEPARATORS else list(SEPARATORS)
    tops = {separator: _top(head[start:], separator, whole) for separator in candidates}
    if _is_empty(head[start:]) or not any(_first_filled(rows) for rows in tops.values()):
        raise _no_rows(head[start:], whole, limits)
    separator, row = _recognised(tops, recognise) or _likeliest(tops)
    headings = headings_of(tops[separator][row - 1], row, limits)
    notes = tuple(_notes(separator, bool(hint), row, tops[separator], headings))
    return Layout(separator, start, headings, row, notes, len(head) // (1 + head.count(b"\n") + head.count(b"\r")))


def _top(head: bytes, separator: bytes, whole: bool) -> list[tuple[str, ...]]:
    """The first rows as cells of text."""
    found = find_exactly(head, separator, whole, most=TOP)
    spans = zip(found.starts.tolist(), found.ends.tolist(), strict=True)
    return [tuple(map(_text, split_record(head[start:end], separator))) for start, end in spans]


def _text(cell: bytes) -> str:
    return unquoted(cell).decode("utf-8", "replace").strip(UNSEEN).strip()


def _first_filled(rows: list[tuple[str, ...]]) -> int:
    return next((number for number, row in enumerate(rows, 1) if any(row)), 0)


def _recognised(tops: dict[bytes, list], recognise: Recognise) -> tuple[bytes, int] | None:
    """The first row that the caller knows as headings, by any separator."""
    if recognise is None:
        return None
    for separator, rows in tops.items():
        for number, row in enumerate(rows, 1):
            if any(row) and recognise(row):
                return separator, number
    return None


def _likeliest(tops: dict[bytes, list]) -> tuple[bytes, int]:
    """The separator that gives the first row most often as many cells as the rows below it, and gives it most."""

    def fit(separator: bytes) -> tuple[int, int]:
        rows = tops[separator]
        width = len(rows[_first_filled(rows) - 1]) if _first_filled(rows) else 0
        return (sum(len(row) == width for row in rows) if width > 1 else 0), width

    best = max(tops, key=fit)  # of equals the first, so the comma
    return best, _first_filled(tops[best]) or 1


def _notes(separator: bytes, hinted: bool, row: int, rows: list, headings: tuple[str, ...]):
    if separator != b"," and len(headings) > 1:
        told = "as its first line says" if hinted else "as its headings show"
        yield Note(f"The cells are separated by a {SEPARATORS[separator]}, {told}.")
    if any(any(above) for above in rows[: row - 1]):
        yield Note(f"The headings are in row {row}. What stands above them is not read.", f"row {row}")
    yield from heading_notes(headings)
    if not any(any(below) for below in rows[row:]) and len(rows) < TOP:
        yield Note("There are headings and no rows below them.", f"row {row}")


def _is_empty(head: bytes) -> bool:
    return not head.strip(b' \t\r\n,;|"')


def _no_rows(head: bytes, whole: bool, limits: Limits) -> Unreadable:
    if _is_empty(head):
        return Unreadable("The file is empty: there are no headings and no rows. Check that it was saved.")
    return no_end(head, 1, b",", limits) if not whole or b'"' in head else Unreadable("The file has no headings.")


def no_end(text: bytes, row: int, separator: bytes, limits: Limits) -> Unreadable:
    """Why a record has no end: a quotation mark that is not closed, or a line too long for any table."""
    column = unclosed_column(text, separator)
    if column:
        return Unreadable(
            "A quotation mark that opens a cell is never closed, so the rest of the file would fall into that cell. "
            "Close it, or take it out.",
            f"row {row:,}, column {column_letters(column)}",
            "Quotation marks in pairs",
        )
    return Unreadable(
        f"One line holds more than {limits.row_bytes // 1_000_000} MB, so this is no table with a row on each line.",
        f"row {row:,}",
        "A CSV file with one row on each line",
    )
