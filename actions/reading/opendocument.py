"""An OpenDocument workbook (`.ods`) as grids, to the same rules as `excel`.

The file says a thousand equal or blank rows, columns and cells in one element with a count. Counts are added up and
never unrolled beyond what a plan may have. A cell keeps the words that the sheet showed, also those of a formula.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from .grids import Cell, Contents, tidy
from .guards import check_cells, check_shape
from .package import Package, local
from .sheets import Sheet, grid_of

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
ELEMENTS = ("style", "table-column", "table-cell", "covered-table-cell", "table-row", "table")
ASIDE = {"annotation", "frame", "note", "shape", "shapes", "custom-shape", "line", "rect", "g", "control", "ruby-text"}
NUMERIC_DATE = re.compile(r"(\d{1,4})(\D)(\d{1,2})\2(\d{1,4})")
LONGEST_CHAIN = 10  # styles based on styles; a damaged file may go round in circles
DEEPEST = 60
DECORATION = 40  # shaded cells alike in a row or column: the sheet's background
FARTHEST = 20_000_000  # a count that no sheet has


@dataclass
class _Looks:
    """What the styles say: the fill of cells, and which sheets are hidden."""

    fills: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def note(self, style) -> None:
        name = style.get(f"{STYLE}name", "")
        self.parents[name] = style.get(f"{STYLE}parent-style-name", "")
        for properties in style:
            fill = next((value for key, value in properties.attrib.items() if key.endswith("}background-color")), "")
            if local(properties) == "table-cell-properties" and fill:
                self.fills[name] = fill
            if local(properties) == "table-properties" and properties.get(f"{TABLE}display") == "false":
                self.hidden.add(name)

    def fill_of(self, name: str) -> str | None:
        for _ in range(LONGEST_CHAIN):
            if name in self.fills or not name:
                break
            name = self.parents.get(name, "")
        found = re.fullmatch(r"#([0-9a-fA-F]{6})", self.fills.get(name, ""))
        return found[1].upper() if found else None


@dataclass
class _Reader:
    package: Package
    looks: _Looks = field(default_factory=_Looks)
    grids: list = field(default_factory=list)
    filled: int = 0
    sheet: Sheet = field(default_factory=lambda: Sheet("A sheet"))
    column_styles: list[tuple[int, str]] = field(default_factory=list)  # (last column, style of its cells)
    columns: int = 0
    waiting: list[tuple[int, int, Cell]] = field(default_factory=list)  # the cells of a row that has not ended


def read_opendocument(package: Package) -> Contents:
    reader = _Reader(package)
    for style in package.stream("styles.xml", ("style",)) if "styles.xml" in package.names else ():
        reader.looks.note(style)
    take = {
        "style": lambda element: reader.looks.note(element),
        "table-column": lambda element: _take_columns(element, reader),
        "table-cell": lambda element: _take_cell(element, reader),
        "covered-table-cell": lambda element: _pass(element, reader),
        "table-row": lambda element: _end_row(element, reader),
        "table": lambda element: _end_sheet(element, reader),
    }
    for element in package.stream(package.main_part, ELEMENTS):
        take[local(element)](element)
    return Contents(reader.grids, [])


def _repeats(element, what: str) -> int:
    text = element.get(f"{TABLE}number-{what}", "")
    return min(int(text), FARTHEST) if text.isdecimal() and len(text) < 12 and int(text) else 1


def _is_hidden(element) -> bool:
    return element.get(f"{TABLE}visibility", "visible") != "visible"


def _take_columns(element, reader: _Reader) -> None:
    first, reader.columns = reader.columns + 1, reader.columns + _repeats(element, "columns-repeated")
    if first > reader.package.limits.columns:
        return
    if _is_hidden(element):
        reader.sheet.hidden_columns.append((first, reader.columns))
    reader.column_styles.append((reader.columns, element.get(f"{TABLE}default-cell-style-name", "")))


def _pass(element, reader: _Reader) -> None:
    reader.sheet.column += _repeats(element, "columns-repeated")


def _take_cell(element, reader: _Reader) -> None:
    sheet, limits = reader.sheet, reader.package.limits
    first, row = sheet.column + 1, sheet.row + 1
    _pass(element, reader)
    down, across = (_repeats(element, f"{what}-spanned") for what in ("rows", "columns"))
    if (down > 1 or across > 1) and len(sheet.merges) < limits.cells // 10:
        sheet.merges.append((row, first, row + down - 1, first + across - 1))
    if first > limits.columns and not len(element):
        return
    cell = Cell(_words(element), reader.looks.fill_of(_style_of(element, first, reader)), _day(element))
    if cell.text:
        check_shape(sheet.name, row, sheet.column, limits)
    if cell.text or (cell.shading and sheet.column - first < DECORATION and sheet.column <= limits.columns):
        reader.waiting.append((first, sheet.column, cell))


def _style_of(element, column: int, reader: _Reader) -> str:
    """The style of a cell, or of its row, or of its column."""
    own = element.get(f"{TABLE}style-name") or element.getparent().get(f"{TABLE}default-cell-style-name")
    return own or next((style for last, style in reader.column_styles if column <= last), "")


def _end_row(element, reader: _Reader) -> None:
    """Keep a row as often as it counts. A blank one only moves the next one down."""
    sheet, limits = reader.sheet, reader.package.limits
    first, count = sheet.row + 1, _repeats(element, "rows-repeated")
    last = first + count - 1
    if any(cell.text for _, _, cell in reader.waiting):
        check_shape(sheet.name, last, 0, limits)
    elif count > DECORATION:
        reader.waiting = []
    for row in range(first, min(last, limits.rows) + 1):
        for left, right, cell in reader.waiting:
            for column in range(left, right + 1):
                sheet.put(row, column, cell, limits)
        if _is_hidden(element):
            sheet.hidden_rows.add(row)
    sheet.row, sheet.column, reader.waiting = last, 0, []


def _end_sheet(element, reader: _Reader) -> None:
    parent = element.getparent()
    style, sheet = element.get(f"{TABLE}style-name", ""), reader.sheet
    sheet.name = f"Sheet '{element.get(f'{TABLE}name', '')}'"
    reader.sheet, reader.columns, reader.column_styles = Sheet("A sheet"), 0, []
    if parent is None or local(parent) != "spreadsheet" or style in reader.looks.hidden:
        return
    reader.filled += len(sheet.cells)
    check_cells(sheet.name, reader.filled, reader.package.limits)
    if sheet.cells:
        reader.grids.append(grid_of(sheet, reader.package.limits))


# --- A cell ----------------------------------------------------------------------------------------------------------


def _words(element) -> str:
    """What the cell shows: a line for each paragraph. Without any, what it stores."""
    lines = [_flow(each).strip() for each in element if local(each) == "p"]
    text = tidy("\n".join(lines)) if lines else _stored(element)
    if text == "#N/A":
        return ""
    return _day_first(text, _day(element))


def _flow(element, depth: int = 0) -> str:
    """The words of a paragraph. Its own spaces collapse; those that are meant have elements."""
    pieces = [_collapsed(element.text)]
    for each in element:
        name = local(each)
        if name == "s":
            count = each.get(f"{TEXT}c", "1")
            pieces.append(" " * (min(int(count), 1_000) if count.isdecimal() and len(count) < 6 else 1))
        elif name in ("tab", "line-break"):
            pieces.append(" " if name == "tab" else "\n")
        elif name not in ASIDE and name and depth < DEEPEST:
            pieces.append(_flow(each, depth + 1))
        pieces.append(_collapsed(each.tail))
    return "".join(pieces)


def _collapsed(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _stored(element) -> str:
    kind = element.get(f"{OFFICE}value-type", "")
    day = _day(element)
    if day is not None:
        return f"{day:%d/%m/%Y}"
    key = {"string": "string-value", "boolean": "boolean-value", "time": "time-value"}.get(kind, "value")
    return tidy(element.get(f"{OFFICE}{key}", ""))


def _day(element) -> date | datetime | None:
    if element.get(f"{OFFICE}value-type") != "date":
        return None
    try:
        return datetime.fromisoformat(element.get(f"{OFFICE}date-value", "")[:19])
    except ValueError:
        return None


def _day_first(text: str, day: date | datetime | None) -> str:
    """A date in figures with the day in front, as it would show here, whatever the sheet's own order."""
    found = NUMERIC_DATE.fullmatch(text) if day is not None else None
    if found is None or (int(found[1]) == day.day and int(found[3]) == day.month):
        return text
    return f"{day:%d/%m/%Y}"
