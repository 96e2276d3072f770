"""The parts of a workbook looked through as they unpack, before anything builds a table of them.

What is declared about a sheet's size can lie, so its cells are counted: a few kilobytes with one cell in the last
column of the last row would otherwise become billions of blank ones. Cells that hold nothing but a format do not
count, because many a sheet has them to its edge.
"""

import re
import zipfile
from dataclasses import dataclass, field

import numpy as np

from .archives import DAMAGED, TOO_LARGE, Unpacking
from .encodings import Source
from .shapes import Limits, Unreadable, column_letters

STEP = 1_000_000
DIGITS, LETTERS = b"0123456789", bytes(range(65, 91))
TAG = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
PLACED = rb'<(?:[\w.-]+:)?c r="%b"[^<>/]*+'
FILLED = re.compile(PLACED % rb"([A-Z]{1,3}[1-9]\d{0,6})" + rb">(?!</)")
BLANK = re.compile(PLACED % rb"[A-Z]{1,3}[1-9]\d{0,6}" + rb"(?:/>|></)")
ANY = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])((?:[^\"'<>]|\"[^\"<]*\"|'[^'<]*')*)>")
PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{0,3})([1-9]\d{0,6})[\"']")
NAMES_PLACE = re.compile(rb"\sr\s*=")
ERROR = re.compile(rb'<(?:[\w.-]+:)?c r="([A-Z]{1,3})(\d{1,7})"[^<>]*\st="e"')
UNANSWERED = re.compile(
    rb'<(?:[\w.-]+:)?c r="([A-Z]{1,3})(\d{1,7})"[^<>]*>'
    rb"<(?:[\w.-]+:)?f\b[^<>]*(?:/>|>[^<>]*</(?:[\w.-]+:)?f>)(?:<(?:[\w.-]+:)?v\s*/>|<v></v>|</(?:[\w.-]+:)?c>)"
)
DECLARED = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
NUMBER = re.compile(rb"<v>(\d{1,9})</v>")
SHARED = re.compile(rb"<(?:[\w.-]+:)?si[\s/>]")


@dataclass
class Extent:
    """How far the filled cells of a part reach, and what is to be told about them."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    errors: list[tuple[int, int]] = field(default_factory=list)  # row and column, both from 1
    unanswered: list[tuple[int, int]] = field(default_factory=list)  # formulas whose results were not saved
    shared: int = 0  # cells that refer to a shared text
    at: tuple[int, int] = (0, 0)  # where cells without a place of their own continue


def extents_of(source: Source, members: list[zipfile.ZipInfo], limits: Limits) -> dict[str, Extent]:
    """The extent of every part by its name. Raises Unreadable for what a workbook never needs or is too large."""
    found = {member.filename: _extent(source, member, limits) for member in members}
    longest = max((_longest_shared(source, member) for member in members if _is_shared(member)), default=0)
    for name, extent in found.items():
        if extent.shared * longest > limits.sheet_text:
            _check_text(source, next(member for member in members if member.filename == name), members, limits)
    return found


def _extent(source: Source, member: zipfile.ZipInfo, limits: Limits) -> Extent:
    extent, left = Extent(), b""
    follows_cells = not member.filename.casefold().endswith("calcchain.xml")
    with Unpacking(source, member) as stream:
        while piece := stream.read(STEP):
            if not left and not extent.cells:
                _check_encoding(piece, member.filename)
            text = left + piece
            _check_markup(text, member.filename)
            if follows_cells and TAG.search(text):
                cut = _cut(text)
                _add(extent, text[:cut], limits)
                left = text[cut:]
                if len(left) > 2 * limits.cell_bytes + 4 * STEP:
                    raise Unreadable(TOO_LARGE)
            else:
                left = text[-200:]
    if follows_cells:
        _add(extent, left, limits)
        _check_area(extent, max(limits.sparse_cells, 20 * extent.cells))
    return extent


def _check_encoding(piece: bytes, name: str) -> None:
    if not name.casefold().endswith((".xml", ".rels", ".vml")):
        return
    declared = DECLARED.match(piece.removeprefix(b"\xef\xbb\xbf")[:300])
    if b"\0" in piece[:100] or (declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")):
        raise Unreadable("A part of the workbook is in an encoding that Excel does not use. Save it again in Excel.")


def _check_markup(text: bytes, name: str) -> None:
    if b"<!" in text and FORBIDDEN.search(text) and name.casefold().endswith((".xml", ".rels", ".vml")):
        raise Unreadable(
            "The workbook holds instructions that no table needs (a document type or entities) and was not opened. "
            "Copy the table into a new workbook and send that."
        )


def _cut(text: bytes) -> int:
    """Where the last cell or row begins: from there on the next piece may be needed."""
    last = max(text.rfind(b"<c "), text.rfind(b"<row"), text.rfind(b"<", 0, max(text.rfind(b":c "), 0)))
    return last if last > 0 else len(text)


def _add(extent: Extent, text: bytes, limits: Limits) -> None:
    filled, tags = FILLED.findall(text), _tags(text)
    if len(filled) == tags or len(filled) + len(BLANK.findall(text)) == tags:
        places = b" ".join(filled)
        letters, rows = set(places.translate(None, DIGITS).split()), set(places.translate(None, LETTERS).split())
        extent.columns = max(extent.columns, max(map(_number, letters), default=0))
        extent.rows = max(extent.rows, max(map(int, rows), default=0))
        extent.cells += len(filled)
    else:
        _add_one_by_one(extent, text)
    if b't="e"' in text:
        extent.errors += [(int(row), _number(letters)) for letters, row in ERROR.findall(text)]
    if b"<f" in text or b":f" in text:
        extent.unanswered += [(int(row), _number(letters)) for letters, row in UNANSWERED.findall(text)]
    extent.shared += text.count(b't="s"')
    _check(extent, limits)


def _tags(text: bytes) -> int:
    """How many cells begin in a piece, wherever they are. Counting is quicker than looking where it can be done."""
    if b":c" in text:
        return sum(1 for _ in TAG.finditer(text))
    return sum(text.count(b"<c" + following) for following in (b" ", b">", b"/", b"\t", b"\n", b"\r"))


def _add_one_by_one(extent: Extent, text: bytes) -> None:
    """The same where cells do not begin with their place: one without any follows the one before it."""
    tags = ANY.findall(text)
    if sum(tag == b"c" for tag, _ in tags) != sum(1 for _ in TAG.finditer(text)):
        raise Unreadable(DAMAGED)
    row, column = extent.at
    for tag, attributes in tags:
        place = PLACE.search(attributes)
        if place is None and NAMES_PLACE.search(attributes):
            raise Unreadable(DAMAGED)
        if tag == b"row":
            row, column = (int(place[2]) if place else row + 1), 0
        else:
            row, column = (int(place[2]), _number(place[1])) if place else (max(row, 1), column + 1)
            extent.rows, extent.columns = max(extent.rows, row), max(extent.columns, column)
            extent.cells += 1
    extent.at = row, column


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check(extent: Extent, limits: Limits) -> None:
    if extent.columns > limits.columns:
        letters = column_letters(extent.columns)
        raise Unreadable(
            f"There is something in column {letters}; a sheet may have {limits.columns} columns. "
            "Delete what is far to the right of the table.",
            f"column {letters}",
            f"At most {limits.columns} columns in a sheet",
        )
    _check_area(extent, limits.sheet_cells)


def _check_area(extent: Extent, cells: int) -> None:
    """Every cell between the first and the last takes memory, filled or not."""
    if extent.rows * extent.columns > cells:
        raise Unreadable(
            f"There is something in row {extent.rows:,} and in column {column_letters(extent.columns)}; "
            f"this sheet may span {cells:,} cells. Delete what is far below the table, or send it as CSV.",
            f"row {extent.rows:,}",
            f"At most {cells:,} cells between the first and the last, and most of them filled",
        )


def _is_shared(member: zipfile.ZipInfo) -> bool:
    return "sharedstrings" in member.filename.casefold()


def _shared_lengths(source: Source, member: zipfile.ZipInfo) -> np.ndarray:
    """How many bytes each shared text takes, at most."""
    at, begins = 0, []
    with Unpacking(source, member) as stream:
        left = b""
        while piece := stream.read(STEP):
            text = left + piece
            begins += [at + match.start() for match in SHARED.finditer(text)]
            keep = min(len(text), 20)
            while begins and begins[-1] >= at + len(text) - keep:
                begins.pop()
            at += len(text) - keep
            left = text[len(text) - keep :]
        begins += [at + match.start() for match in SHARED.finditer(left)]
    return np.diff(np.array([*begins, at + len(left)], np.int64))


def _longest_shared(source: Source, member: zipfile.ZipInfo) -> int:
    return int(_shared_lengths(source, member).max(initial=0))


def _check_text(source: Source, member: zipfile.ZipInfo, members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """One long text that hundreds of thousands of cells refer to is small in the file and huge when it is read."""
    lengths = np.concatenate([_shared_lengths(source, other) for other in members if _is_shared(other)])
    total, left = 0, b""
    with Unpacking(source, member) as stream:
        while piece := stream.read(STEP):
            text = left + piece
            cut = text.rfind(b"<v>") if text.rfind(b"<v>") > 0 else len(text)
            numbers = np.array(NUMBER.findall(text[:cut]) or [0], np.int64)
            total += int(lengths[numbers[numbers < len(lengths)]].sum())
            left = text[cut:]
            if total > limits.sheet_text:
                raise Unreadable("The same long text stands in so many cells that the sheet is too large to be read.")
