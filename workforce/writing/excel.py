"""Excel: one sheet to sort, filter and write in. Words are written as words, so nothing typed becomes a formula."""

import io
import re
import zipfile
from datetime import date

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from .fitting import lines_of
from .shapes import TONES, Column, Sheet, cell_of, writable

WIDEST = 60  # characters
SPARE = 500  # rows below the last that offer the same choices
LISTS = "Lists"
LINE_HEIGHT, TALLEST = 12, 409  # points
IN_UNIT = 1.3  # letters of ours in one unit of a column's width, which is a larger digit
FIXED = re.compile(rb' customHeight="1"')
INK, GROUND, LINE = "#08424B", "#EFF5F5", "#CECECE"


def write_xlsx(sheet: Sheet) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({key: writable(getattr(sheet, key)) for key in ("title", "subject", "author")})
    SheetWriter(book, sheet).write()
    book.close()
    return _with_heights_that_may_change(out)


def _with_heights_that_may_change(book: io.BytesIO) -> bytes:
    """The heights of rows as a guess that a program may better, not as somebody's wish that it has to keep."""
    out = io.BytesIO()
    with zipfile.ZipFile(book) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            content = before.read(entry)
            is_sheet = entry.filename.startswith("xl/worksheets/")
            after.writestr(entry, FIXED.sub(b"", content) if is_sheet else content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class SheetWriter:
    def __init__(self, book, sheet: Sheet):
        self.book = book
        self.sheet = sheet
        self.columns = sheet.table.columns
        self.page = book.add_worksheet(sheet.name)
        cell = {"text_wrap": True, "valign": "top", "font_name": "Arial", "font_size": 9, "border": 1}
        cell |= {"border_color": LINE}
        self.words = book.add_format(cell)
        self.day = book.add_format(cell | {"num_format": "d mmmm yyyy", "align": "left", "text_wrap": False})
        self.heading = book.add_format(cell | {"bold": True, "font_color": INK, "bg_color": GROUND, "valign": "bottom"})

    def write(self):
        last = self._rows()
        self._columns()
        self._choices(last + SPARE)
        self._tones(last + SPARE)
        self.page.freeze_panes(1, 0)
        self.page.autofilter(0, 0, last, len(self.columns))
        self._print_set_up()

    def _rows(self) -> int:
        """The headings and the rows, the mark in the last column; returns the number of rows."""
        for place, words in enumerate([*(column.label for column in self.columns), self.sheet.mark_heading]):
            self.page.write_string(0, place, words, self.heading)
        last = 0
        for last, row in enumerate(self.sheet.table.rows, start=1):
            for place, value in enumerate(row.cells):
                self._cell(last, place, cell_of(value).value)
            self.page.write_string(last, len(self.columns), row.mark, self.words)
            self.page.set_row(last, self._height(row))
        return last

    def _height(self, row) -> float:
        lines = max(
            lines_of(value, column.width * IN_UNIT) for value, column in zip(row.cells, self.columns, strict=True)
        )
        return min(lines * LINE_HEIGHT + 3, TALLEST)

    def _cell(self, row, place, value):
        if isinstance(value, date):
            self.page.write_datetime(row, place, value, self.day)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            self.page.write_number(row, place, value, self.words)
        elif value in (None, ""):
            self.page.write_blank(row, place, None, self.words)
        else:
            self.page.write_string(row, place, writable(str(value)), self.words)

    def _columns(self):
        for place, column in enumerate(self.columns):
            self.page.set_column(place, place, min(column.width, WIDEST))
        self.page.set_column(len(self.columns), len(self.columns), 24, None, {"hidden": True})

    def _choices(self, last):
        """Lists to choose from, kept on a hidden sheet: there they may be long and hold commas."""
        offering = [(place, column) for place, column in enumerate(self.columns) if column.choices]
        if not offering:
            return
        lists = self.book.add_worksheet(LISTS)
        lists.hide()
        for at, (place, column) in enumerate(offering):
            lists.write_column(0, at, [column.label, *map(writable, column.choices)])
            letter = xl_col_to_name(at, col_abs=True)
            source = f"={LISTS}!{letter}$2:{letter}${len(column.choices) + 1}"
            self.page.data_validation(1, place, last, place, _validation(column, source))

    def _tones(self, last):
        """Colours that follow the words when somebody changes them."""
        for place, column in enumerate(self.columns):
            for words, tone in column.tones.items():
                ink, ground = (f"#{each}" for each in (TONES[tone].ink, TONES[tone].ground))
                look = self.book.add_format({"bold": True, "font_color": ink, "bg_color": ground})
                rule = {"type": "cell", "criteria": "==", "value": f'"{words}"', "format": look}
                self.page.conditional_format(1, place, last, place, rule)

    def _print_set_up(self):
        self.page.set_landscape()
        self.page.set_paper(8)  # A3: all columns beside each other, large enough to read
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.repeat_rows(0)
        self.page.fit_to_pages(1, 0)
        title = writable(self.sheet.title).replace("&", "&&")[:150]
        self.page.set_footer(f"&L&8{title}&R&8Page &P of &N")


def _validation(column: Column, source: str) -> dict:
    rule = {"validate": "list", "source": source, "ignore_blank": True, "error_title": column.label[:32]}
    if column.is_open:
        return rule | {"error_type": "information", "error_message": "This is not in the list. It will be added."}
    return rule | {"error_message": "Choose from the list, or leave the cell blank."}
