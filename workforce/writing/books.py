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
from .shapes import Picture, Table, cell_of, writable

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST_NAME = 31
UNNAMEABLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # what no sheet's name may hold
WIDEST = 44  # characters
LEAST = 11
LINE_WIDTH = 90  # characters of a line of words, which runs over the columns
LINE_HEIGHT = 14  # points
POINTS_OF_ROW = 15
PIXELS = 96 / 2.54  # to the centimetre
MANY_COLUMNS = 7  # from which on a sheet is printed on its side
CONTENTS = "Contents"


@dataclass(frozen=True)
class Leaf:
    """One sheet: its name, what stands above its table, the table, notes below it and a picture below these."""

    name: str
    title: str
    table: Table | None = None
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
    """Names that Excel takes, each once: cut between words where they are too long, and numbered where two are alike."""
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
        cell = plain | {"border": 1, "border_color": LINE}
        self.title = file.add_format(plain | {"bold": True, "font_size": 14, "font_color": INK})
        self.plain = file.add_format(plain)
        self.line = file.add_format(plain | {"text_wrap": True})
        self.link = file.add_format(plain | {"font_color": "#1B4F8F", "underline": 1})
        heading = cell | {"bold": True, "font_color": INK, "bg_color": GROUND, "text_wrap": True, "valign": "bottom"}
        self.heading = file.add_format(heading)
        self.number_heading = file.add_format(heading | {"align": "right"})
        self.words = file.add_format(cell | {"text_wrap": True})
        self.missing = file.add_format(cell | {"align": "right", "italic": True, "font_color": "#484949"})
        self.whole = file.add_format(cell | {"num_format": "#,##0"})
        self.parts = {places: file.add_format(cell | {"num_format": f"#,##0.{'0' * places}"}) for places in range(1, 5)}

    def contents(self):
        page = self.file.add_worksheet(CONTENTS)
        page.set_column(0, 0, LONGEST_NAME + 2)
        page.set_column(1, 1, LINE_WIDTH - LONGEST_NAME)
        at = self.lines_at(page, 0, (self.book.title, *self.book.lines), across=1)
        page.write_row(at, 0, ("Sheet", "What it holds"), self.heading)
        for at, leaf in enumerate(self.book.leaves, start=at + 1):
            page.write_url(at, 0, f"internal:'{leaf.name}'!A1", self.link, leaf.name, f"Go to {leaf.name}"[:255])
            page.write_string(at, 1, writable(leaf.title), self.words)
        self.lines_at(page, at + 2, self.book.notes, across=1, is_titled=False)
        self.set_up(page, is_upright=True)

    def lines_at(self, page, at, lines, *, across, is_titled=True):
        """Lines of words from this row on, each over the columns that the table has; the row after a blank one."""
        for at, words in enumerate(lines, start=at):
            page.write_string(at, 0, writable(words), self.title if is_titled else self.plain)
            if len(words) > LINE_WIDTH and not is_titled:
                page.merge_range(at, 0, at, max(across, 1), writable(words), self.line)
                page.set_row(at, lines_of(words, LINE_WIDTH) * LINE_HEIGHT)
            is_titled = False
        return at + 2

    def set_up(self, page, *, is_upright):
        page.set_portrait() if is_upright else page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.hide_gridlines(2)
        title = writable(self.book.title).replace("&", "&&")[:150]
        page.set_footer(f"&L&8{title}&R&8Page &P of &N")


class LeafWriter:
    def __init__(self, writer: BookWriter, leaf: Leaf, number: int):
        self.writer = writer
        self.leaf = leaf
        self.number = number
        self.page = writer.file.add_worksheet(leaf.name)
        self.across = max(len(leaf.table.columns) - 1, 1) if leaf.table else 1

    def write(self):
        self._columns()
        at = self.writer.lines_at(self.page, 0, (self.leaf.title, *self.leaf.lines), across=self.across)
        self.page.write_url(at - 1, 0, f"internal:'{CONTENTS}'!A1", self.writer.link, "Back to the contents")
        at = self._table(at) if self.leaf.table else at
        if self.leaf.picture:
            self._picture(at)
        self.writer.set_up(self.page, is_upright=self.across < MANY_COLUMNS)

    def _columns(self):
        columns = self.leaf.table.columns if self.leaf.table else ()
        room = max((LINE_WIDTH - sum(max(column.width, LEAST) for column in columns)) / max(len(columns), 2), 0)
        for place in range(max(len(columns), 2)):
            width = columns[place].width if place < len(columns) else LEAST
            self.page.set_column(place, place, min(max(width, LEAST) + min(room, 30), WIDEST))

    def _table(self, first: int) -> int:
        """The headings, the rows and the notes; returns the row after them."""
        table = self.leaf.table
        rows = list(table.rows)
        headings = [self._heading(column) for column in table.columns]
        options = {"name": f"Table_{self.number}", "style": None, "columns": headings, "autofilter": len(rows) > 1}
        self.page.add_table(first, 0, first + max(len(rows), 1), len(headings) - 1, options)
        for at, row in enumerate(rows, start=first + 1):
            for place, value in enumerate(row.cells):
                self._cell(at, place, cell_of(value).value)
        self.page.freeze_panes(first + 1, 1)
        self.page.repeat_rows(first)
        below = first + max(len(rows), 1) + 2
        return self.writer.lines_at(self.page, below, table.notes, across=self.across, is_titled=False)

    def _heading(self, column):
        look = self.writer.number_heading if column.is_number else self.writer.heading
        return {"header": writable(column.label), "header_format": look}

    def _cell(self, at, place, value):
        if isinstance(value, int) and not isinstance(value, bool):
            self.page.write_number(at, place, value, self.writer.whole)
        elif isinstance(value, float):
            self.page.write_number(at, place, value, self.writer.parts[self.leaf.decimals])
        else:
            is_number = self.leaf.table.columns[place].is_number
            look = self.writer.missing if is_number else self.writer.words
            self.page.write_string(at, place, writable(str(value or "")), look)

    def _picture(self, at):
        picture = self.leaf.picture
        drawn = Image(io.BytesIO(picture.content))
        scale = picture.width * PIXELS / (drawn.width * 96 / drawn.x_dpi)
        options = {"x_scale": scale, "y_scale": scale, "description": writable(picture.about), "object_position": 2}
        self.page.insert_image(
            at, 0, io.BytesIO(picture.content), {"image_data": io.BytesIO(picture.content)} | options
        )
