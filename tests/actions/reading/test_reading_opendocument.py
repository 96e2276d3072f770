"""OpenDocument workbooks as grids: counts are added up, never unrolled; words are those that the sheet showed."""

from datetime import datetime

import pytest

from actions.reading.grids import Unreadable
from actions.reading.opendocument import read_opendocument
from actions.reading.package import Package
from actions.reading.plan import read_plan
from tests.actions.reading.files import HEADER, ROW, ods_cell, ods_file, ods_row, read_rows, with_part

FILL = '<style:style style:name="{}" style:family="table-cell" style:parent-style-name="{}">{}</style:style>'
RED = FILL.format("red", "", '<style:table-cell-properties fo:background-color="#ff0000"/>')


def sheet_of(*rows, **parts):
    return read_opendocument(Package(ods_file(*rows, **parts))).grids[0]


def cells_of(*rows, **parts):
    return [[cell.text for cell in row.cells] for row in sheet_of(*rows, **parts).rows]


def shown(inside, attributes=""):
    return sheet_of([f"<table:table-cell {attributes}>{inside}</table:table-cell>"]).rows[0].cells[0]


def test_a_plan():
    found = read_plan("plan.ods", ods_file(HEADER, ROW))
    assert (found.source, found.rows[0].place) == ("OpenDocument workbook", "Sheet 'Plan', row 2")
    assert found.rows[0].values["activity"] == "Hold a fair"


def test_lines_spaces_and_links_are_words_and_comments_are_not():
    words = (
        "<office:annotation><text:p>a comment</text:p></office:annotation>"
        '<text:p>one<text:s text:c="2"/>and<text:line-break/><text:span>two</text:span></text:p>'
        "<text:p><text:a>three</text:a>\n   and<text:tab/>four</text:p>"
    )
    assert shown(words).text == "one  and\ntwo\nthree and four"


def test_counts_are_added_up():
    grid = sheet_of(
        ods_row(["<table:table-cell table:number-columns-repeated='2'/>", "far"]),
        ods_row([], 'table:number-rows-repeated="30"'),
        ods_row([ods_cell("twice", 'table:number-columns-repeated="2"')], 'table:number-rows-repeated="2"'),
        ods_row(["<table:table-cell table:number-columns-repeated='16384'/>"], 'table:number-rows-repeated="1048000"'),
    )
    filled = {row.number: [cell.text for cell in row.cells] for row in grid.rows if not row.is_blank}
    assert filled == {1: ["", "", "far"], 32: ["twice", "twice", ""], 33: ["twice", "twice", ""]}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (ods_row(["x"], 'table:number-rows-repeated="6000"'), "row 6,001"),
        (ods_row([ods_cell("x", 'table:number-columns-repeated="300"')]), "column 300"),
        (ods_row(["<table:covered-table-cell table:number-columns-repeated='16383'/>", "x"]), "column 16,384"),
    ],
)
def test_what_is_filled_too_far_out_is_refused(row, words):
    with pytest.raises(Unreadable) as refusal:
        sheet_of(["above"], row)
    assert words in refusal.value.message


def test_a_background_everywhere_is_no_content():
    everywhere = "<table:table-cell table:style-name='red' table:number-columns-repeated='{}'/>"
    rows = [
        ["a", everywhere.format(16383)],
        ods_row([everywhere.format(16384)], "table:number-rows-repeated='1048575'"),
    ]
    assert cells_of(*rows, styles=RED) == [["a"]]


def test_hidden_rows_columns_and_sheets_are_left_out():
    grids = read_opendocument(
        Package(
            ods_file(
                ["a", "b", "c"],
                ods_row(["hidden"], 'table:visibility="collapse"'),
                ods_row(["filtered"], 'table:visibility="filter"'),
                ["d", "e", "f"],
                columns='<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>',
                styles='<style:style style:name="off"><style:table-properties table:display="false"/></style:style>',
                sheets=f'<table:table table:name="Old" table:style-name="off">{ods_row(["x"])}</table:table>',
            )
        )
    ).grids
    assert [grid.name for grid in grids] == ["Sheet 'Plan'"]
    assert [(row.number, [cell.text for cell in row.cells]) for row in grids[0].rows] == [
        (1, ["a", "c"]),
        (4, ["d", "f"]),
    ]
    assert grids[0].letters == ("A", "C")


def test_merged_cells_are_spread_and_flagged():
    covered = "<table:covered-table-cell/>"
    span = 'table:number-columns-spanned="{}" table:number-rows-spanned="{}"'
    rows = sheet_of(
        [ods_cell("down", span.format(1, 2)), ods_cell("across", span.format(2, 1)), covered], [covered, "x", "y"]
    ).rows
    assert [row.cells[0].text for row in rows] == ["down"] * 2
    assert [row.cells[0].is_continuation for row in rows] == [False, True]
    assert [(cell.text, cell.is_spread) for cell in rows[0].cells[1:]] == [("across", False), ("across", True)]


@pytest.mark.parametrize(
    ("words", "stored", "expected"),
    [
        ("31/03/26", "2026-03-31", "31/03/26"),
        ("03/31/26", "2026-03-31", "31/03/2026"),
        ("04/03/2026", "2026-04-03", "03/04/2026"),
        ("2026-03-31", "2026-03-31T00:00:00", "31/03/2026"),
        ("March 2026", "2026-03-01", "March 2026"),
        ("", "2026-03-31", "31/03/2026"),
        ("31/03/26", "no date", "31/03/26"),
    ],
)
def test_a_date_is_as_shown_with_the_day_in_front(words, stored, expected):
    cell = shown(f"<text:p>{words}</text:p>" * bool(words), f'office:value-type="date" office:date-value="{stored}"')
    assert cell.text == expected
    assert cell.when == (None if stored == "no date" else datetime.fromisoformat(stored))


def test_a_formula_counts_as_the_value_last_shown():
    assert (
        shown("<text:p>£1,200</text:p>", 'table:formula="of:=1+1" office:value-type="float" office:value="1200"').text
        == "£1,200"
    )
    assert shown("", 'office:value-type="float" office:value="7"').text == "7"
    missing = '<table:table-cell table:formula="of:=NA()"><text:p>#N/A</text:p></table:table-cell>'
    assert cells_of([missing, "x"]) == [["", "x"]]


def test_fills_of_the_cell_its_row_its_column_and_of_named_styles():
    styles = RED + FILL.format("child", "red", "") + FILL.format("round", "round", "")
    named = "<table:table-column/>" + '<table:table-column table:default-cell-style-name="red"/>' * 2
    grid = sheet_of(
        [ods_cell("a", 'table:style-name="child"'), "b", ods_cell("c", 'table:style-name="round"')],
        ods_row(["d"], 'table:default-cell-style-name="red"'),
        styles=styles,
        columns=named,
    )
    assert [[cell.shading for cell in row.cells] for row in grid.rows] == [
        ["FF0000", "FF0000", None],
        ["FF0000", None, None],
    ]


def test_status_by_the_style_of_the_workbook():
    content = ods_file(HEADER, [*ROW[:7], ods_cell("", 'table:style-name="Bad"')])
    spaces = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:x"'
    named = f"<styles {spaces}>{RED.replace('red', 'Bad', 1)}</styles>".encode()
    assert read_rows(with_part(content, "styles.xml", named))[0]["status"] == "red"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ods_file(kind="text"), "OpenDocument text (.odt)"),
        (ods_file(kind="presentation"), "a presentation"),
        (ods_file(kind="graphics"), "drawing"),
        (ods_file(kind="formula"), "OpenDocument file"),
        (with_part(ods_file(HEADER, ROW), "META-INF/manifest.xml", b"<m:encryption-data/>"), "password"),
        (with_part(ods_file(HEADER, ROW), "content.xml", b"<office"), "damaged"),
        (with_part(ods_file(HEADER, ROW), "content.xml", b"<!DOCTYPE x><x/>"), "instructions that a plan never needs"),
        (with_part(ods_file(HEADER, ROW), "content.xml", None), "OpenDocument file"),
        (ods_file(HEADER, ROW)[:-40], "damaged"),
    ],
)
def test_what_is_refused(content, words):
    with pytest.raises(Unreadable) as refusal:
        read_plan("plan.ods", content)
    assert words in refusal.value.message
    assert refusal.value.accepted


def test_a_template_is_a_workbook():
    assert read_rows(ods_file(HEADER, ROW, kind="spreadsheet-template"))


def test_a_table_outside_of_the_sheets_is_no_sheet():
    linked = f"<table:dde-link><table:table>{ods_row(['x'])}</table:table></table:dde-link>"
    assert len(read_opendocument(Package(ods_file(["a"], sheets=linked))).grids) == 1
