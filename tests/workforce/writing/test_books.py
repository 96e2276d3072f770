"""Workbooks of several tables: names that Excel takes, words that wrap, and nothing that runs."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workforce.writing.documents import part, png
from workforce.writing.books import LONGEST_NAME, UNNAMEABLE, Book, Leaf, names_of_sheets, write_book
from workforce.writing.shapes import Column, Picture, Row, Table

TABLE = Table(
    (Column("Group", 20, names_its_row=True), Column("Posts", 10, is_number=True), Column("Rate", 10, is_number=True)),
    (Row(("Council", 804, 41.25)), Row(("Trust", "hidden", 27.5)), Row(("All", 1204, 36.5), is_total=True)),
    about="Posts",
    notes=("A note.", "long " * 60),
)
LEAF = Leaf("Posts", "Posts, by group", TABLE, ("Unit: posts.",), Picture(png(400, 200), "Council: 804", 10, "Posts"))
BOOK = Book("Profile & more", (LEAF,), ("Marlbrook",), ("Counted: all.",), "About posts", "Marlbrook")


@pytest.fixture(scope="module")
def content():
    return write_book(BOOK)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_names_of_sheets_are_what_excel_takes_and_each_once(wished):
    names = names_of_sheets(wished)
    assert len({name.casefold() for name in [*names, "Contents", "History"]}) == len(wished) + 2
    assert all(0 < len(name) <= LONGEST_NAME and not UNNAMEABLE.search(name) for name in names)
    assert not any(name.startswith("'") or name.endswith("'") for name in names)
    assert write_book(Book("T", tuple(Leaf(name, "Title", TABLE) for name in names)))


def test_names_are_cut_between_words_and_numbered():
    long = "Age of people in post by partner organisation"
    assert names_of_sheets([long, long, "A/b"]) == ["Age of people in post by", "Age of people in post by 2", "A b"]


def test_numbers_stay_numbers_with_as_many_decimals_as_are_read(book):
    cells = {cell.value: cell for row in book["Posts"].iter_rows() for cell in row}
    assert (cells[804].number_format, cells[41.25].number_format) == ("#,##0", "#,##0.0")
    assert cells["hidden"].alignment.horizontal == "right"


def test_the_total_is_bold_and_no_other_row(book):
    bold = {cell.value for row in book["Posts"].iter_rows(min_row=5) for cell in row if cell.font.b}
    assert bold == {"All", 1204, 36.5}


def test_long_notes_wrap_and_short_ones_run_on(book):
    merged = [str(cells) for cells in book["Posts"].merged_cells.ranges]
    notes = [row[0].row for row in book["Posts"].iter_rows() if str(row[0].value).startswith("long")]
    assert [cells.split(":")[0] for cells in merged] == [f"A{row}" for row in notes]
    assert book["Posts"].row_dimensions[notes[0]].height > 30


def test_a_table_is_one_to_excel_too_with_its_headings(book):
    (table,) = book["Posts"].tables.values()
    assert table.column_names == ["Group", "Posts", "Rate"]
    assert table.ref == "A4:C7"


def test_the_picture_has_its_words_its_size_and_a_caption(content, book):
    anchor = part(content, "xl/drawings/drawing1.xml")
    assert next(anchor.iter("{*}cNvPr")).get("descr") == "Council: 804"
    extent = next(anchor.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}ext"))
    assert (round(int(extent.get("cx")) / 360_000), round(int(extent.get("cy")) / 360_000)) == (10, 5)
    above = [row[0].value for row in book["Posts"].iter_rows() if row[0].value]
    assert above[-1] == "Posts"


def test_it_prints_with_headings_and_page_numbers(book):
    sheet = book["Posts"]
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$4:$4", "portrait")
    assert "&P" in str(sheet.oddFooter.right.text) and sheet.oddFooter.left.text.endswith("Profile && more")


def test_a_table_without_rows_is_headings():
    empty = Leaf("Posts", "Posts", Table(TABLE.columns, ()))
    sheet = openpyxl.load_workbook(io.BytesIO(write_book(Book("T", (empty,)))))["Posts"]
    assert [cell.value for cell in sheet[3]] == ["Group", "Posts", "Rate"]
