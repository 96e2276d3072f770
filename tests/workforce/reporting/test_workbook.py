"""The report as a workbook: what people open to reckon with, and nothing behind what they see."""

import io
import zipfile

import openpyxl
import pytest

from tests.workforce.reporting.reports import HEADLINES, one_part_of, posts_of, report_of, roles_of, wide_of
from tests.workforce.reporting.tables import ages_of, pay_of, share_of, table_of
from workforce.reporting.drawer import draw_here
from workforce.reporting.files import file_of
from workforce.reporting.pictures import Pictures

PICTURES = Pictures(draw_here)


@pytest.fixture(scope="module")
def content():
    return file_of(report_of(stage="draft"), "xlsx", PICTURES)


@pytest.fixture(scope="module")
def book(content):
    return opened(content)


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def cells_of(sheet):
    """The table of a sheet: its rows below the headings, as its own frame says where they are."""
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def test_a_sheet_for_each_measure_named_by_what_it_holds(book):
    assert book.sheetnames == [
        "Contents",
        "In words",
        "Posts",
        "Age of people in post",
        "Share over 50",
        "Hourly pay",
    ]


def test_the_contents_lead_to_every_sheet(book):
    links = [cell.hyperlink.location for cell in book["Contents"]["A"] if cell.hyperlink]
    assert [location.split("!")[0].strip("'") for location in links] == book.sheetnames[1:]
    said = [cell.value for cell in book["Contents"]["A"]]
    assert said[:2] == ["Workforce profile", "Northbridge Health and Care Partnership"]
    assert "Draft, not released · For members of the partnership: not to be published" in said


def test_numbers_are_numbers_and_hidden_ones_the_word(book):
    assert cells_of(book["Posts"]) == [
        ["Partner organisation", "Posts"],
        ["Council", 804],
        ["NHS trust", 395],
        ["Care homes together", "hidden"],
        ["All", 1204],
    ]
    assert cells_of(book["Share over 50"])[1:3] == [["Council", 41.2], ["NHS trust", 27.2]]


@pytest.mark.parametrize("make", [posts_of, ages_of, share_of, pay_of, roles_of, wide_of])
def test_a_sheet_has_every_cell_and_no_other_number(make):
    sheet = opened(file_of(report_of(make()), "xlsx", PICTURES)).worksheets[2]
    numbers = [value for row in sheet.iter_rows(values_only=True) for value in row if isinstance(value, int | float)]
    words = [value for row in cells_of(sheet)[1:] for value in row if value == "hidden"]
    assert sorted(numbers) == sorted(cell.value for cell in make().cells if cell.value is not None)
    assert len(words) == make().hidden


def test_tables_of_one_measure_are_one_table_that_says_what_its_rows_are():
    sectors = posts_of(rows="sector", figures={None: 1204, "nhs": 1199, "council": "hidden"})
    whole = posts_of(rows="", figures={None: 1204})
    book = opened(file_of(one_part_of(posts_of(), sectors, whole), "xlsx", PICTURES))
    assert book.sheetnames == ["Contents", "In words", "Posts"]
    assert cells_of(book["Posts"]) == [
        ["Broken down by", "Group", "Posts"],
        ["Partner organisation", "Council", 804],
        ["Partner organisation", "NHS trust", 395],
        ["Partner organisation", "Care homes together", "hidden"],
        ["Partner organisation", "All", 1204],
        ["Sector", "Nhs", 1199],
        ["Sector", "Council", "hidden"],
        ["Sector", "All", 1204],
        ["Whom it counts", "All", 1204],
    ]
    assert book["Posts"].freeze_panes.startswith("C")


def test_tables_with_other_columns_have_sheets_of_their_own():
    named = {"columns": "age_band", "label": "Age of people in post", "rows": "role_group"}
    few = table_of("age_band", {None: {None: 1204, "under_25": 111}}, **named)
    book = opened(file_of(one_part_of(ages_of(), few), "xlsx", PICTURES))
    assert book.sheetnames[2:] == ["Age of people in post, partner", "Age band, job group"]


def test_units_notes_and_sources_stand_above_the_table(book):
    said = [row[0].value for row in book["Posts"].iter_rows(max_row=4)]
    assert said == [
        "Posts, by partner organisation",
        "Unit: posts. Counts under 5 are hidden, and others with which they could be worked out.",
        "Source: Returns of three partners",
        "Back to the contents",
    ]


def test_the_sentences_stand_in_it_too(book):
    assert cells_of(book["In words"])[1:3] == [["In short", words] for words in HEADLINES]


def test_pence_and_decimals_are_shown_and_kept(book):
    rows = list(book["Hourly pay"].iter_rows())
    (cell,) = [cell for row in rows for cell in row if cell.value == 11.9]
    assert cell.number_format == "#,##0.00"


def test_nothing_is_behind_what_is_seen(content, book):
    assert all(sheet.sheet_state == "visible" for sheet in book)
    assert not any(dimension.hidden for sheet in book for dimension in sheet.column_dimensions.values())
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        assert not any(b"<f>" in package.read(name) for name in names if "worksheets/sheet" in name)
    assert not any(word in name for name in names for word in ("comments", "externalLink", "vba", "queryTable"))
    assert not book.defined_names


def test_words_that_a_spreadsheet_would_run_are_words():
    sheet = opened(file_of(report_of(roles_of(3)), "xlsx", PICTURES)).worksheets[2]
    labels = {"a": "=1+1", "b": "@SUM(A1)", "c": "-5", "d": "http://example.org"}
    table = table_of("posts", dict.fromkeys(labels, 7), row_labels=labels)
    sheet = opened(file_of(report_of(table), "xlsx", PICTURES)).worksheets[2]
    assert [row[0] for row in cells_of(sheet)[1:]] == list(labels.values())
    assert not [cell for row in sheet[next(iter(sheet.tables.values())).ref] for cell in row if cell.hyperlink]


def test_the_workbook_says_its_title_and_whose_it_is(book):
    properties = book.properties
    assert (properties.title, properties.creator) == ("Workforce profile", "Northbridge Health and Care Partnership")
    assert properties.subject == "Workforce profile of Northbridge Health and Care Partnership"


def test_each_chart_is_a_picture_with_its_numbers_in_words(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        drawings = [package.read(name).decode() for name in package.namelist() if "drawings/drawing" in name]
    assert len(drawings) == 4
    assert any('descr="Posts, by partner organisation. ' in drawing and "395" in drawing for drawing in drawings)


def test_long_tables_print_with_their_headings_on_every_page():
    sheet = opened(file_of(report_of(roles_of()), "xlsx", PICTURES)).worksheets[2]
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in [(1, 0), (None, 0)]
    assert sheet.freeze_panes == "B5"


def test_columns_called_alike_are_told_apart():
    labels = {"under_25": "Other", "25_34": "Other"}
    table = table_of("posts", {"council": dict.fromkeys(labels, 6)}, columns="age_band", column_labels=labels)
    sheet = opened(file_of(report_of(table), "xlsx", PICTURES)).worksheets[2]
    assert len({cell for row in cells_of(sheet)[:1] for cell in row}) == len(cells_of(sheet)[0])
