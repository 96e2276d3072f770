"""Workbooks: every sheet that holds something, its cells as text; its parts are looked through before it is read."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from io import BytesIO
from itertools import islice

import numpy as np
import pyarrow as pa
from defusedxml.ElementTree import ParseError, fromstring
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .archives import DAMAGED, TOO_LARGE, Unpacking
from .encodings import Source
from .extents import Extent, extents_of
from .guards import SAVE_AS, check_size
from .headings import heading_notes, headings_of
from .layouts import TOP
from .pieces import fitted, huge_cell, joined
from .shapes import Block, Limits, Note, Oddity, Recognise, Sheet, Unreadable, column_letters
from .texts import Care, raw, tidied
from .values import long_numbers, text_of, texts_of

STEP = 4_096  # rows
KEPT = 500_000  # cells of a sheet that is kept in memory until it is first read, so that it is parsed once
NOUGHTS = re.compile(rb"formatCode=[\"']0{2,}[\"']")
TYPES = "[Content_Types].xml"
OTHER_KINDS = (
    ("wordprocessingml", "This is a Word document, not a table. " + SAVE_AS),
    ("ms-word", "This is a Word document, not a table. " + SAVE_AS),
    ("presentationml", "This is a presentation, not a table. " + SAVE_AS),
    ("ms-excel.sheet.binary", "This is a binary workbook (.xlsb). Open it and save it as .xlsx."),
)
TOLD_ERROR = "The cell shows an error of the spreadsheet, such as #N/A or #REF!. It is taken as blank."
TOLD_BESIDE = "There is something to the right of the last heading. It is not read."
TOLD_LONG = "The number has more digits than a spreadsheet keeps, so its last digits may be wrong. Type it as text."


def workbook_sheets(
    source: Source, members: list[zipfile.ZipInfo], recognise: Recognise, limits: Limits
) -> list[Sheet]:
    """The sheets that hold something. Hidden ones are read, too, and that is said."""
    check_size(source.size, limits.workbook_bytes, "A workbook")
    notes = _check_kind(source, members)
    _check_parts(members, limits)
    extents = extents_of(source, members, limits)
    notes += _leading_noughts(source, members)
    parts = _parts(source, members)
    with _calamine(source) as book:
        if len(book.sheets_metadata) != len(parts):
            raise Unreadable(DAMAGED)
        sheets = [
            _sheet(source, book, index, extents.get(parts[index], Extent()), notes, recognise, limits)
            for index, listed in enumerate(book.sheets_metadata)
            if listed.typ == SheetTypeEnum.WorkSheet
        ]
    if not any(sheets):
        raise Unreadable("The workbook is empty: no sheet has anything in it.")
    return [sheet for sheet in sheets if sheet is not None]


def _check_kind(source: Source, members: list[zipfile.ZipInfo]) -> list[Note]:
    """Refuse other documents, and macros in a file that says it has none."""
    with Unpacking(source, next(member for member in members if member.filename == TYPES)) as stream:
        types = stream.read(1_000_000).decode("utf-8", "replace").casefold()
    for mark, sentence in OTHER_KINDS:
        if mark in types and "spreadsheetml.sheet.main" not in types:
            raise Unreadable(sentence)
    if not any(mark in types for mark in ("spreadsheetml.sheet.main", "spreadsheetml.template.main", "macroenabled")):
        raise Unreadable(DAMAGED)
    if not any(member.filename.casefold().endswith("vbaproject.bin") for member in members):
        return []
    if "macroenabled" not in types:
        raise Unreadable("The workbook hides macros: it says that it has none. Save it as .xlsx without macros.")
    return [Note("The workbook has macros. They were not run; only its tables were read.")]


def _leading_noughts(source: Source, members: list[zipfile.ZipInfo]) -> list[Note]:
    """A number that is shown as 012993 is 12993 all the same; only its format knows of the nought."""
    for member in members:
        if member.filename.casefold() == "xl/styles.xml":
            with Unpacking(source, member) as stream:
                if NOUGHTS.search(stream.read(5_000_000)):
                    return [
                        Note("Some numbers have noughts in front by their format only. They were read without them.")
                    ]
    return []


def _check_parts(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    for member in members:
        is_sheet = "/worksheets/" in member.filename.casefold()
        if member.file_size > (limits.part_bytes if is_sheet else limits.other_part_bytes):
            raise Unreadable(TOO_LARGE)


def _parts(source: Source, members: list[zipfile.ZipInfo]) -> list[str]:
    """The name of the part that holds each sheet, in the order of the workbook."""
    named = {member.filename.casefold(): member for member in members}
    links, book = named.get("xl/_rels/workbook.xml.rels"), named.get("xl/workbook.xml")
    if links is None or book is None:
        raise Unreadable(DAMAGED)
    targets = {link.get("Id"): _part_name(link.get("Target", "")) for link in _xml(source, links)}
    found = []
    for element in _xml(source, book).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            link = next((value for name, value in element.items() if name.endswith("}id")), "")
            part = named.get(targets.get(link, ""))
            found.append(part.filename if part else "")
    return found


def _part_name(target: str) -> str:
    path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
    return path.casefold()


def _xml(source: Source, member: zipfile.ZipInfo):
    with Unpacking(source, member) as stream:
        try:
            return fromstring(stream.read(5_000_000))
        except (ParseError, ValueError) as error:
            raise Unreadable(DAMAGED) from error


@contextmanager
def _calamine(source: Source) -> Iterator[CalamineWorkbook]:
    """The opened workbook; whatever the reader stumbles over becomes a sentence."""
    with source.open() as stream:
        content = BytesIO(stream.read())
    try:
        with CalamineWorkbook.from_filelike(content) as book:
            yield book
    except (CalamineError, UnicodeError, OverflowError) as error:
        raise Unreadable(DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # of the reader's own language; it has no other name here
            raise Unreadable(DAMAGED) from error
        raise


def _sheet(source, book, index, extent, notes, recognise, limits) -> Sheet | None:
    listed = book.sheets_metadata[index]
    table = book.get_sheet_by_index(index)
    if table.start is None:
        return None
    top = [tuple(map(text_of, row)) for row in islice(_rows(table), TOP)]
    row = _heading_row(top, recognise)
    if not row:
        return None
    headings = headings_of(top[row - 1], row, limits)

    kept = [table] if table.total_height * table.total_width <= KEPT else []

    def read(rows: int) -> Iterator[Block]:
        with nullcontext(kept.pop()) if kept else _table(source, index) as table:
            yield from _blocks(table, headings, row, extent, rows, limits)

    told = [*notes, *_notes(listed.visible, extent, top, row, headings)]
    return Sheet(source.name, listed.name, headings, row, told, read, source.size)


@contextmanager
def _table(source: Source, index: int) -> Iterator[CalamineSheet]:
    with _calamine(source) as book:
        yield book.get_sheet_by_index(index)


def _rows(table: CalamineSheet) -> Iterator[list]:
    """The rows from the first of the sheet on, each from its first column on."""
    before = [""] * table.start[1]
    for row in table.iter_rows():
        yield before + row


def _heading_row(top: list[tuple[str, ...]], recognise: Recognise) -> int:
    filled = [number for number, row in enumerate(top, 1) if any(text.strip() for text in row)]
    known = (n for n in filled if recognise and recognise(tuple(text.strip() for text in top[n - 1])))
    return next(known, filled[0] if filled else 0)


def _notes(visible, extent: Extent, top: list, row: int, headings: tuple[str, ...]) -> Iterator[Note]:
    if visible != SheetVisibleEnum.Visible:
        yield Note("The sheet is hidden. It was read all the same.")
    if any(any(above) for above in top[: row - 1]):
        yield Note(f"The headings are in row {row}. What stands above them is not read.", f"row {row}")
    if extent.unanswered:
        first, column = extent.unanswered[0]
        many = len(extent.unanswered)
        yield Note(
            f"{many:,} {'formula has' if many == 1 else 'formulas have'} no saved result, which cannot be found here. "
            "They are taken as blank. Open the workbook in Excel, save it and send it again.",
            f"cell {column_letters(column)}{first}",
        )
    yield from heading_notes(headings)
    if extent.rows <= row:
        yield Note("There are headings and no rows below them.", f"row {row}")


def _blocks(table, headings, heading_row, extent, size, limits) -> Iterator[Block]:
    errors, number = _by_row(extent.errors), heading_row + 1
    rows = islice(_rows(table), heading_row, None)
    text_of.cache_clear()  # of what other files held
    while parts := list(_parts_of_block(rows, number, size, headings, errors, limits)):
        block = joined([part for part, _ in parts], [], len(headings))
        number += sum(read for _, read in parts)
        if len(block.rows) or block.oddities:
            yield replace(block, share=min(1.0, (number - 1) / table.total_height))


def _parts_of_block(rows, number, size, headings, errors, limits) -> Iterator[tuple[Block, int]]:
    """A block in parts, because the cells of a whole one take much memory before they are text."""
    while size > 0 and (batch := list(islice(rows, min(size, STEP)))):
        yield _block(batch, number, headings, errors, limits), len(batch)
        number, size = number + len(batch), size - len(batch)


def _by_row(places: list[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, column in places:
        found.setdefault(row, []).append(column)
    return found


def _block(batch: list[list], first: int, headings: tuple[str, ...], errors: dict, limits: Limits) -> Block:
    rows = np.arange(first, first + len(batch), dtype=np.int32)
    columns, oddities = [], []
    for number, values in enumerate(zip(*batch, strict=True)):
        heading = headings[number] if number < len(headings) else ""
        texts = pa.array(texts_of(values), pa.string())
        _check_lengths(texts, first, number + 1, limits)
        columns.append(texts)
        oddities += [Oddity(first + at, "number", TOLD_LONG, heading) for at in long_numbers(values)]
    columns, hidden = tidied(columns, rows, headings, Care())
    oddities += hidden + _errors(errors, rows, headings)
    return _kept(rows, columns, oddities, len(headings))


def _errors(errors: dict[int, list[int]], rows: np.ndarray, headings: tuple[str, ...]) -> list[Oddity]:
    found = []
    for row in rows.tolist() if errors else ():
        for column in errors.get(row, ()):
            if column <= len(headings):
                found.append(Oddity(row, "error", TOLD_ERROR, headings[column - 1]))
    return found


def _check_lengths(texts: pa.StringArray, first: int, column: int, limits: Limits) -> None:
    lengths = np.diff(np.frombuffer(texts.buffers()[1], np.int32)[: len(texts) + 1])
    if lengths.max(initial=0) > limits.cell_bytes:
        raise huge_cell(first + int(lengths.argmax()), column, limits)


def _kept(rows: np.ndarray, columns: list[pa.StringArray], oddities: list[Oddity], width: int) -> Block:
    """Without blank rows. What stands beside the table is told and left out: here every cell knows its column."""
    beside = np.zeros(len(rows), bool)
    for column in columns[width:]:
        beside |= np.diff(raw(column)[0]) > 0
    oddities += [Oddity(row, "long", TOLD_BESIDE) for row in rows[beside].tolist()]
    return fitted(rows, columns[:width], sorted(oddities), width)
