"""A workbook as grids: one for each visible sheet, as it would look on the screen.

Sheets are read as a stream with the caps checked on the way, so a sheet that claims or has a million rows costs
nothing. Formulas count as the value last shown. Hidden rows, columns and sheets are left out, but not the rows and
columns of a sheet that the planner wrote: there, hidden means filtered away. Rows keep the numbers that Excel gives
them.
"""

import re

from openpyxl.utils.cell import column_index_from_string

from .grids import Cell, Contents, Unreadable, tidy
from .guards import ACCEPTED, check_cells
from .package import DAMAGED, Package, local
from .sheet_values import as_date, shown_date, shown_number
from .sheets import Sheet, grid_of
from .workbook import Workbook, read_workbook

REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def read_excel(package: Package) -> Contents:
    workbook = read_workbook(package)
    grids, filled = [], 0
    for name, path in workbook.sheets:
        sheet = _read_sheet(Sheet(f"Sheet '{name}'"), path, package, workbook)
        filled += len(sheet.cells)
        check_cells(sheet.name, filled, package.limits)
        grids.append(grid_of(sheet, package.limits))
    return Contents(grids, [])


def _read_sheet(sheet: Sheet, path: str, package: Package, workbook: Workbook) -> Sheet:
    for element in package.stream(path, ("row", "c", "mergeCell", "col")):
        name = local(element)
        if name == "c":
            _read_cell(element, sheet, package, workbook)
        elif name == "row":
            _end_row(element, sheet)
        elif name == "mergeCell":
            _note_merge(element, sheet, package)
        elif _is_hidden(element):
            sheet.hidden_columns.append((_whole(element.get("min"), 1), _whole(element.get("max"), 1)))
    return sheet


def _end_row(element, sheet: Sheet) -> None:
    number = _whole(element.get("r"), sheet.row if len(element) else sheet.row + 1)
    if _is_hidden(element):
        sheet.hidden_rows.add(number)
    sheet.row, sheet.column = number, 0


def _is_hidden(element) -> bool:
    return element.get("hidden") in ("1", "true") or element.get("width") == "0" or element.get("ht") == "0"


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else default


def _position(element, sheet: Sheet) -> tuple[int, int]:
    """Row and column of a cell, counted on from the one before where it does not say."""
    reference = element.get("r")
    if reference is None:
        row = _whole(element.getparent().get("r"), sheet.row + 1)
        return row, sheet.column + 1
    found = REFERENCE.fullmatch(reference)
    row, column = (int(found[2]), column_index_from_string(found[1].upper())) if found else (0, 0)
    if not 1 <= row <= LAST_ROW or not 1 <= column <= LAST_COLUMN:
        raise Unreadable(DAMAGED, where=sheet.name, accepted=ACCEPTED)
    return row, column


def _read_cell(element, sheet: Sheet, package: Package, workbook: Workbook) -> None:
    row, column = _position(element, sheet)
    sheet.column = column
    sheet.put(row, column, _cell(element, workbook), package.limits)


def _cell(element, workbook: Workbook) -> Cell:
    style = _whole(element.get("s"), 0)
    shading = workbook.fills.get(style)
    kind = element.get("t", "n")
    if kind == "inlineStr":
        text = "".join(each.text or "" for each in element.iter("{*}t") if local(each.getparent()) != "rPh")
        return Cell(_plain(text), shading)
    stored = next((each.text or "" for each in element if local(each) == "v"), "")
    if kind == "s":
        return Cell(_plain(workbook.string(_whole(stored, -1))), shading)
    if kind == "b":
        return Cell({"1": "TRUE", "0": "FALSE"}.get(stored, stored), shading)
    if kind == "n" and stored:
        return _number_cell(stored, workbook.formats.get(style, "General"), shading, workbook.from_1904)
    return Cell("" if kind == "e" and stored == "#N/A" else _plain(stored), shading)


def _number_cell(stored: str, number_format: str, shading: str | None, from_1904: bool) -> Cell:
    try:
        day = as_date(float(stored), number_format, from_1904)
    except ValueError:
        return Cell(_plain(stored), shading)
    if day is not None:
        return Cell(shown_date(day, number_format), shading, when=day)
    return Cell(shown_number(stored, number_format), shading)


def _plain(text: str) -> str:
    return tidy(ESCAPED.sub(_unescaped, text))


def _unescaped(found: re.Match) -> str:
    """Excel writes a character that XML does not allow as _xHHHH_; what cannot stand in a text is dropped."""
    character = chr(int(found[1], 16))
    return character if character.isprintable() or character in "\n\r\t" else ""


def _note_merge(element, sheet: Sheet, package: Package) -> None:
    first, _, last = (element.get("ref") or "").partition(":")
    corners = [REFERENCE.fullmatch(corner) for corner in (first, last or first)]
    if not all(corners) or len(sheet.merges) >= package.limits.cells // 10:
        return
    (top, left), (bottom, right) = ((int(each[2]), column_index_from_string(each[1].upper())) for each in corners)
    sheet.merges.append((top, left, bottom, right))
