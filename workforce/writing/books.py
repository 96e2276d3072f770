"""A workbook to read and reckon with: a sheet of contents, and a sheet for each table with its words and its picture.

It holds values only: no formulas, no hidden sheets, nothing behind what is seen. Each table is one to Excel as well, so
that a screen reader knows its headings; it begins in the first column, below its title and what is to be known first.
"""

import io
import re
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.image import Image

from .excel import GROUND, INK, LINE
from .fitting import lines_of
from .shapes import Column, Picture, Table, cell_of, writable

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST_NAME = 31
# What no sheet's name may hold, and signs that Excel counts twice.
UNNAMEABLE = re.compile(r"[\[\]:*?/\\\x00-\x1f\U00010000-\U0010ffff]")
WIDEST = 90  # characters in a column
LEAST, USUAL = 11, 8.43  # the same
LINE_WIDTH = 90  # characters of a line of words, which runs on over as many columns
LINE_HEIGHT = 14  # points
PIXELS = 96 / 2.54  # to the centimetre
MANY_COLUMNS = 7  # from which on a sheet is printed on its side
CONTENTS = "Contents"


@dataclass(frozen=True)
class Leaf:
    """One sheet: its name, what stands above its table, the table with its notes, and a picture below them."""

    name: str
    title: str
    table: Table
    lines: tuple[str, ...] = ()  # above the table
    picture: Picture | None = None
    decimals: int = 1  # of numbers that are not whole


@dataclass(frozen=True)
class Book:
    title: str
    leaves: tuple[Leaf, ...]
    lines: tuple[str, ...] = ()  # below the title, on the first sheet
    notes: tuple[str, ...] = ()  # below the contents
    subject: str = ""
    author: str = ""


def write_book(book: Book) -> bytes:
    out = io.BytesIO()
    file = xlsxwriter.Workbook(out, OPTIONS)
    file.set_properties({key: writable(getattr(book, key)) for key in ("title", "subject", "author")})
    writer = BookWriter(file, book)
    writer.contents()
    for number, leaf in enumerate(book.leaves, start=1):
        LeafWriter(writer, leaf, number).write()
    file.close()
    return out.getvalue()


def names_of_sheets(wished) -> list[str]:
    """Names that Excel takes, each once: cut between words if they are too long, and numbered if two are alike."""
    taken, names = {CONTENTS.casefold(), "history"}, []
    for wish in wished:
        name, number = _cut(wish, LONGEST_NAME), 1
        while name.casefold() in taken:
            number += 1
            name = f"{_cut(wish, LONGEST_NAME - len(f' {number}'))} {number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(words: str, longest: int) -> str:
    words = " ".join(UNNAMEABLE.sub(" ", writable(words)).split()).strip("' ")
    if len(words) > longest:
        whole = words[: longest + 1].rpartition(" ")[0]
        words = whole if len(whole) > longest // 2 else words[:longest]
    return words.strip("' ,") or "Table"


class BookWriter:
    def __init__(self, file, book: Book):
        self.file = file
        self.book = book
        plain = {"font_name": "Arial", "font_size": 10, "valign": "top"}
        self.cell = plain | {"border": 1, "border_color": LINE}
        self.title = file.add_format(plain | {"bold": True, "font_size": 14, "font_color": INK})
        self.plain = file.add_format(plain)
        self.wrapped = file.add_format(plain | {"text_wrap": True})
        self.link = file.add_format(plain | {"font_color": "#1B4F8F", "underline": 1})
        heading = self.cell | {"bold": True, "font_color": INK, "bg_color": GROUND, "text_wrap": True}
        self.heading = file.add_format(heading | {"valign": "bottom"})
        self.number_heading = file.add_format(heading | {"valign": "bottom", "align": "right"})
        self.missing = file.add_format(self.cell | {"align": "right", "italic": True, "font_color": "#484949"})
        self.looks = {}

    def look(self, decimals: int | None = None, *, is_bold=False):
        """Of a cell: of a number with so many decimals; of None, of words."""
        if (decimals, is_bold) not in self.looks:
            form = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
            own = {"text_wrap": True} if decimals is None else {"num_format": form}
            self.looks[decimals, is_bold] = self.file.add_format(self.cell | own | {"bold": is_bold})
        return self.looks[decimals, is_bold]

    def contents(self):
        page = self.file.add_worksheet(CONTENTS)
        columns = (Column("Sheet", LONGEST_NAME + 2), Column("What it holds", LINE_WIDTH - LONGEST_NAME))
        lines = LinesWriter(self, page, columns)
        at = lines.write(0, (self.book.title, *self.book.lines), is_titled=True)
        page.write_row(at, 0, [column.label for column in columns], self.heading)
        for row, leaf in enumerate(self.book.leaves, start=at + 1):
            page.write_url(row, 0, f"internal:'{leaf.name}'!A1", self.link, leaf.name, f"Go to {leaf.name}"[:255])
            page.write_string(row, 1, writable(leaf.title), self.look())
        lines.write(at + len(self.book.leaves) + 2, self.book.notes)
        self.set_up(page, is_upright=True)

    def set_up(self, page, *, is_upright):
        page.set_portrait() if is_upright else page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        title = writable(self.book.title).replace("&", "&&")[:150]
        page.set_footer(f"&L&8{title}&R&8Page &P of &N")


class LinesWriter:
    """Words above and below a table. Short lines run on over empty cells; long ones get cells made one, and wrap."""

    def __init__(self, writer: BookWriter, page, columns: tuple[Column, ...]):
        self.writer = writer
        self.page = page
        self.last = 0
        self.width = 0
        for self.last, column in enumerate(columns):
            page.set_column(self.last, self.last, width_of(column))
            self.width += width_of(column)
        while self.width < LINE_WIDTH:
            self.last += 1
            self.width += USUAL

    def write(self, at: int, lines, *, is_titled=False) -> int:
        """From this row on; returns the one after a blank one."""
        lines = list(lines)
        for row, words in enumerate(lines, start=at):
            if is_titled and row == at:
                self.page.write_string(row, 0, writable(words), self.writer.title)
            else:
                self._line(row, writable(words))
        return at + len(lines) + 1

    def _line(self, row, words):
        if len(words) <= self.width and "\n" not in words:
            self.page.write_string(row, 0, words, self.writer.plain)
        else:
            self.page.merge_range(row, 0, row, self.last, words, self.writer.wrapped)
            self.page.set_row(row, lines_of(words, self.width) * LINE_HEIGHT)


class LeafWriter:
    def __init__(self, writer: BookWriter, leaf: Leaf, number: int):
        self.writer = writer
        self.leaf = leaf
        self.number = number
        self.columns = leaf.table.columns
        self.page = writer.file.add_worksheet(leaf.name)
        self.lines = LinesWriter(writer, self.page, self.columns)

    def write(self):
        at = self.lines.write(0, (self.leaf.title, *self.leaf.lines), is_titled=True)
        self.page.write_url(at - 1, 0, f"internal:'{CONTENTS}'!A1", self.writer.link, "Back to the contents")
        at = self._table(at)
        at = self.lines.write(at + 1, self.leaf.table.notes)
        if self.leaf.picture:
            self._picture(self.lines.write(at, filter(None, [self.leaf.picture.caption])))
        self.writer.set_up(self.page, is_upright=len(self.columns) < MANY_COLUMNS)

    def _table(self, first: int) -> int:
        """The headings and the rows; returns the row after them."""
        rows = list(self.leaf.table.rows)
        last = first + max(len(rows), 1)
        headings = [self._heading(column) for column in self.columns]
        options = {"name": f"Table_{self.number}", "style": None, "columns": headings, "autofilter": len(rows) > 1}
        self.page.add_table(first, 0, last, len(headings) - 1, options)
        self.page.set_row(first, max(lines_of(each.label, width_of(each)) for each in self.columns) * LINE_HEIGHT + 3)
        for at, row in enumerate(rows, start=first + 1):
            self._height(at, row)
            for place, value in enumerate(row.cells):
                self._cell(at, place, cell_of(value).value, is_bold=row.is_total)
        self.page.freeze_panes(first + 1, 1 + [column.names_its_row for column in self.columns].index(True))
        self.page.repeat_rows(first)
        return last + 1

    def _height(self, at, row):
        """Only of rows with words that wrap: not every program works their heights out."""
        lines = max(lines_of(value, width_of(column)) for value, column in zip(row.cells, self.columns, strict=True))
        if lines > 1:
            self.page.set_row(at, lines * LINE_HEIGHT)

    def _heading(self, column):
        look = self.writer.number_heading if column.is_number else self.writer.heading
        return {"header": writable(column.label), "header_format": look}

    def _cell(self, at, place, value, *, is_bold):
        if isinstance(value, int | float):
            decimals = self.leaf.decimals if isinstance(value, float) else 0
            self.page.write_number(at, place, value, self.writer.look(decimals, is_bold=is_bold))
        else:
            look = self.writer.missing if self.columns[place].is_number else self.writer.look(is_bold=is_bold)
            self.page.write_string(at, place, writable(str(value or "")), look)

    def _picture(self, at):
        picture = self.leaf.picture
        drawn = Image(io.BytesIO(picture.content))
        scale = picture.width * PIXELS / (drawn.width * 96 / drawn.x_dpi)
        options = {"x_scale": scale, "y_scale": scale, "description": writable(picture.about), "object_position": 2}
        self.page.insert_image(at, 0, io.BytesIO(picture.content), options)


def width_of(column: Column) -> float:
    return min(max(column.width, LEAST), WIDEST)
