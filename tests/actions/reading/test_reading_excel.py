"""Workbooks as grids: what is seen on the screen, with the numbers and letters that Excel shows."""

import io
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from actions.reading.excel import read_excel
from actions.reading.grids import Unreadable
from actions.reading.package import Package
from actions.reading.sheet_values import shown_date, shown_number
from tests.actions.reading.files import (
    HEADER,
    ROW,
    excel_file,
    fill,
    part_of,
    read_rows,
    saved,
    with_part,
    with_shared_texts,
)


def grids_of(content):
    return read_excel(Package(content)).grids


def texts_of(grid):
    return [[cell.text for cell in row.cells] for row in grid.rows]


def shown(value, number_format):
    def change(workbook, sheet):
        sheet["A1"] = value
        sheet["A1"].number_format = number_format

    return grids_of(excel_file([], change=change))[0].rows[0].cells[0]


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("dd/mm/yyyy", "31/03/2026"),
        ("mm-dd-yy", "31/03/2026"),  # Excel's own short date: shown in the order of the country
        ("d/m/yyyy", "31/03/2026"),
        ("yyyy-mm-dd", "31/03/2026"),
        ("mmm-yy", "Mar-26"),
        ("mmmm yyyy", "March 2026"),
        ("[$-809]d mmmm yyyy;@", "31 March 2026"),
        ("dd/mm/yyyy hh:mm", "31/03/2026"),
        ("yyyy", "2026"),
    ],
)
def test_a_date_cell_says_what_the_sheet_shows(number_format, text):
    cell = shown(date(2026, 3, 31), number_format)
    assert cell.text == text
    assert cell.when == datetime(2026, 3, 31)


@pytest.mark.parametrize(
    ("stored", "number_format", "text"),
    [
        ("12", "General", "12"),
        ("1.1", "0.00", "1.10"),
        ("0.05", "0%", "5%"),
        ("0.333", "0.0%", "33.3%"),
        ("26500", '"£"#,##0', "£26,500"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("0.1", "General", "0.1"),
        ("nan", "General", "nan"),
        ("1e300", "General", "1e300"),
    ],
)
def test_a_number_is_shown_as_formatted(stored, number_format, text):
    assert shown_number(stored, number_format) == text


def test_a_month_shown_by_a_date_cell_means_its_last_day():
    def change(workbook, sheet):
        sheet["E2"] = date(2026, 3, 1)
        sheet["E2"].number_format = "mmm-yy"

    row = read_rows(excel_file([HEADER, ROW], change=change))[0]
    assert row["timescale_text"] == "Mar-26"
    assert row["milestones"] == [{"label": None, "start": None, "due": "2026-03-31"}]


def test_dates_of_the_other_epoch():
    def change(workbook, sheet):
        workbook.epoch = openpyxl.utils.datetime.MAC_EPOCH
        sheet["A1"] = date(2026, 3, 31)
        sheet["A1"].number_format = "dd/mm/yyyy"

    assert grids_of(excel_file([], change=change))[0].rows[0].cells[0].text == "31/03/2026"


def test_a_date_out_of_range_stays_a_number():
    assert shown(9_999_999, "dd/mm/yyyy").when is None


def test_hidden_rows_columns_and_sheets_are_left_out_and_rows_keep_their_numbers():
    def change(workbook, sheet):
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        workbook.create_sheet("Secret").sheet_state = "hidden"
        workbook.create_sheet("Deeper").sheet_state = "veryHidden"

    grids = grids_of(excel_file([["a", "b", "c"], ["x", "y", "z"], ["d", "e", "f"]], change=change))
    assert [grid.name for grid in grids] == ["Sheet 'Plan'"]
    assert texts_of(grids[0]) == [["a", "c"], ["d", "f"]]
    assert [row.number for row in grids[0].rows] == [1, 3]
    assert grids[0].place(grids[0].rows[1], 1, "Lead") == "Sheet 'Plan', row 3, column C (Lead)"


def test_merged_ranges_are_spread_even_from_a_hidden_row():
    def change(workbook, sheet):
        sheet.merge_cells("A1:A3")
        sheet.row_dimensions[1].hidden = True

    grid = grids_of(excel_file([["top", "b"], [None, "c"], [None, "d"]], change=change))[0]
    assert texts_of(grid) == [["top", "c"], ["top", "d"]]


def test_fills_by_colour_theme_and_index():
    def change(workbook, sheet):
        fill(sheet["A1"], "00B050")
        sheet["B1"].fill = PatternFill("solid", fgColor=Color(theme=4))
        sheet["C1"].fill = PatternFill("solid", fgColor=Color(indexed=10))

    cells = grids_of(excel_file([["a", "b", "c"]], change=change))[0].rows[0].cells
    assert [cell.shading for cell in cells] == ["00B050", "4F81BD", "FF0000"]


def test_formulas_count_as_the_value_last_shown():
    content = excel_file([[1]])
    sheet = part_of(content, "xl/worksheets/sheet1.xml").replace(b"<v>1</v>", b"<f>1+1</f><v>2</v>")
    assert texts_of(grids_of(with_part(content, "xl/worksheets/sheet1.xml", sheet))[0]) == [["2"]]


def test_cells_that_do_not_say_where_they_are():
    content = excel_file([["a", "b"], ["c", "d"]])
    sheet = part_of(content, "xl/worksheets/sheet1.xml")
    for place in (b' r="A1"', b' r="B1"', b' r="A2"', b' r="B2"'):
        sheet = sheet.replace(place, b"")
    assert texts_of(grids_of(with_part(content, "xl/worksheets/sheet1.xml", sheet))[0]) == [["a", "b"], ["c", "d"]]


def test_a_dimension_that_lies_costs_nothing():
    content = excel_file([HEADER, ROW])
    sheet = part_of(content, "xl/worksheets/sheet1.xml").replace(b"A1:H2", b"A1:XFD1048576")
    assert b"XFD1048576" in sheet
    assert len(read_rows(with_part(content, "xl/worksheets/sheet1.xml", sheet))) == 1


def test_formatted_blanks_far_away_are_no_plan():
    def change(workbook, sheet):
        fill(sheet["XFD1048576"], "FF0000")

    assert len(read_rows(excel_file([HEADER, ROW], change=change))) == 1


def test_several_sheets_of_a_plan():
    def change(workbook, sheet):
        other = workbook.create_sheet("Theme 2 - Retain")
        for row in (["Action", "Lead"], ["Talk", "HR"]):
            other.append(row)

    rows = read_rows(excel_file([["Action", "Lead"], ["Fair", "HR"]], title="Theme 1 - Recruit", change=change))
    assert [(row["theme"], row["activity"]) for row in rows] == [
        ("Theme 1 - Recruit", "Fair"),
        ("Theme 2 - Retain", "Talk"),
    ]


def test_an_unknown_date_format_is_shown_in_full():
    assert shown_date(date(2026, 3, 31), "d") == "31/03/2026"


def test_a_chart_or_table_part_makes_no_difference():
    def change(workbook, sheet):
        sheet.add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A1:H2"))

    assert len(read_rows(excel_file([HEADER, ROW], change=change))) == 1


def test_a_workbook_that_openpyxl_saves_again_reads_the_same():
    content = excel_file([HEADER, ROW])
    again = saved(openpyxl.load_workbook(io.BytesIO(content)))
    assert read_rows(content) == read_rows(again)


def test_shared_texts_as_excel_writes_them():
    items = (
        b"<si><t>Plan</t></si><si><r><t>Hold </t></r><r><rPr><b/></rPr><t>a fair</t></r><rPh><t>HO</t></rPh></si>"
        b'<si><t xml:space="preserve">one_x000D_\ntwo_xD800_</t></si>'
    )
    cells = b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
    content = with_shared_texts(excel_file([]), items, cells)
    assert texts_of(grids_of(content)[0]) == [["Plan", "Hold a fair", "one\ntwo"]]


def test_a_text_that_is_not_there_is_damage():
    cells = b'<row r="1"><c r="A1" t="s"><v>9</v></c></row>'
    with pytest.raises(Unreadable, match="damaged"):
        grids_of(with_shared_texts(excel_file([]), b"", cells))
