"""Workbooks and CSV files: what makes them good to work in, and what they may not become."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from tests.workforce.writing.documents import part, sheet_of
from workforce.writing.delimited import write_csv
from workforce.writing.excel import write_xlsx
from workforce.writing.shapes import Cell, Column, Row, Sheet, Table

COLUMNS = (
    Column("Activity", 40),
    Column("Status", 14, choices=("On track", "At risk"), tones={"At risk": "amber"}),
    Column("Aim", 30, choices=tuple(f"Aim, with a comma, number {n}" for n in range(40)), is_open=True),
    Column("End", 18),
    Column("Cost", 18),
)
ROWS = (
    Row(
        ("Hold a fair\nor two", Cell("At risk", note="3 May", tone="amber"), "", date(2027, 3, 31), -5), "planner_1_1_9"
    ),
    Row(("=1+1", "", "", None, 0.5), "planner_1_2_9"),
)
NAMED = {"title": "Joint & several: plan", "subject": "The plan of Marlbrook", "author": "Marlbrook"}
SHEET = Sheet("Plan", Table(COLUMNS, ROWS), "Planner row", **NAMED)


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(SHEET)))


def test_words_are_words_dates_are_dates_and_numbers_are_numbers(book):
    first, second = (list(row) for row in book["Plan"].iter_rows(min_row=2))
    assert [cell.data_type for cell in first] == ["s", "s", "n", "d", "n", "s"]
    assert (first[3].value.date(), first[4].value) == (date(2027, 3, 31), -5)
    assert (second[0].value, second[0].data_type) == ("=1+1", "s")


def test_headings_stay_in_sight_and_rows_can_be_filtered(book):
    sheet = book["Plan"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"


def test_marks_are_in_the_last_column_hidden_and_sorted_with_their_rows(book):
    sheet = book["Plan"]
    assert [cell.value for cell in sheet["F"]] == ["Planner row", "planner_1_1_9", "planner_1_2_9"]
    assert sheet.column_dimensions["F"].hidden
    assert sheet.auto_filter.ref.split(":")[1].startswith("F")


def choices_of(book, column):
    """What a cell of this column offers: the values behind its list."""
    for rule in book["Plan"].data_validations.dataValidation:
        if f"{column}2" in rule.sqref:
            name, cells = rule.formula1.split("!")
            return [cell.value for row in book[name][cells.replace("$", "")] for cell in row]
    return None


def test_status_and_aim_offer_lists_in_new_rows_too(book):
    assert choices_of(book, "B") == ["On track", "At risk"]
    assert len(choices_of(book, "C")) == 40
    assert choices_of(book, "A") is None
    assert book["Lists"].sheet_state == "hidden"
    assert all("B400" in rule.sqref or "C400" in rule.sqref for rule in book["Plan"].data_validations.dataValidation)


def test_only_an_open_list_lets_other_words_pass(book):
    rules = {str(rule.sqref)[0]: rule for rule in book["Plan"].data_validations.dataValidation}
    assert rules["B"].errorStyle in (None, "stop") and rules["C"].errorStyle == "information"


def test_colours_follow_the_words(book):
    (rules,) = (rule.rules for rule in book["Plan"].conditional_formatting if "B2" in rule.sqref)
    assert rules[0].formula == ['"At risk"'] and rules[0].dxf.fill.bgColor.rgb.endswith("FDF1DF")


def test_it_prints_on_its_side_with_headings_and_page_numbers(book):
    sheet = book["Plan"]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in [(1, 0), (None, 0)]
    assert sheet.print_title_rows == "$1:$1"
    assert "&P" in str(sheet.oddFooter.right.text) and sheet.oddFooter.left.text.endswith("Joint && several: plan")


def test_the_workbook_says_its_title_subject_and_author(book):
    properties = book.properties
    assert [properties.title, properties.subject, properties.creator] == list(NAMED.values())


def test_heights_are_a_guess_that_a_program_may_better():
    rows = list(part(write_xlsx(SHEET), "xl/worksheets/sheet1.xml").iter("{*}row"))
    assert float(rows[1].get("ht")) > float(rows[2].get("ht", 15))
    assert not any(row.get("customHeight") for row in rows)


def test_csv_has_the_marks_in_its_last_column():
    lines = list(csv.reader(io.StringIO(write_csv(SHEET).decode("utf-8-sig"), newline="")))
    assert [line[-1] for line in lines] == ["Planner row", "planner_1_1_9", "planner_1_2_9"]
    assert lines[1][:5] == ["Hold a fair\nor two", "At risk", "", "2027-03-31", "-5"]
    assert lines[2][0] == "'=1+1"


def test_an_empty_plan_is_a_sheet_of_headings():
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(sheet_of()))).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["Activity", "Status", "Planner row"]]
