"""Workbooks: typed cells as text, rows by their number, and what Excel shows but did not save."""

import datetime
import re

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from workforce.reading import extents, workbooks

from .making import as_workbook, as_zip, opened, read, refusal, rows_of, with_parts

SHEET = "xl/worksheets/sheet1.xml"
DAY = datetime.date(2024, 3, 1)


def found_oddities(folder, content):
    (sheet,) = opened(folder, content)
    return [odd for block in sheet.blocks() for odd in block.oddities]


@pytest.mark.parametrize(
    "value, text",
    [
        ("012993", "012993"),
        (12, "12"),
        (-0.5, "-0.5"),
        (-0.0, "0"),
        (37.5, "37.5"),
        (0.0000001, "0.0000001"),
        (DAY, "01/03/2024"),
        (datetime.datetime(2024, 3, 1, 9, 5), "01/03/2024 09:05"),
        (datetime.datetime(2024, 3, 1, 9, 5, 7), "01/03/2024 09:05:07"),
        (datetime.time(9, 5), "09:05"),
        (datetime.timedelta(hours=37, minutes=30), "37:30"),
        (True, "TRUE"),
        (False, "FALSE"),
        (" x\u00a0", "x"),
        ("a\nb", "a\nb"),
    ],
)
def test_cells_read_as_they_would_in_a_csv_file(tmp_path, value, text):
    assert read(tmp_path, as_workbook([["h"], [value]]))[2] == (text,)


def test_dates_counted_from_1904_are_the_same_days(tmp_path):
    def from_1904(book):
        book.epoch = CALENDAR_MAC_1904

    assert read(tmp_path, as_workbook([["h"], [DAY]], from_1904))[2] == ("01/03/2024",)


def test_blank_rows_and_columns_count(tmp_path):
    def fill(book):
        book.active["C3"], book.active["D3"], book.active["C6"] = "a", "b", 1

    (sheet,) = opened(tmp_path, as_workbook([], fill))
    assert (sheet.headings, sheet.heading_row, sheet.sheet) == (("", "", "a", "b"), 3, "Sheet")
    assert rows_of(sheet) == {6: ("", "", "1", "")}


def test_headings_are_found_below_a_title(tmp_path):
    content = as_workbook([["Staff in post"], [], ["code", "name"], [1, "x"]])
    (sheet,) = opened(tmp_path, content, recognise=lambda cells: "code" in cells)
    assert (sheet.heading_row, rows_of(sheet)) == (3, {4: ("1", "x")})


def test_hidden_sheets_are_read_and_told(tmp_path):
    def hide(book):
        book.create_sheet("Old").append(["h"])
        book["Old"].append(["x"])
        book["Old"].sheet_state = "hidden"
        book.create_sheet("Blank")

    shown, hidden = opened(tmp_path, as_workbook([["h"], [1]], hide))
    assert (hidden.sheet, rows_of(hidden)) == ("Old", {2: ("x",)})
    assert "hidden" in hidden.notes[0].sentence and not shown.notes


def test_errors_of_the_spreadsheet_are_told(tmp_path):
    def spoil(book):
        book.active["B3"] = "#N/A"
        book.active["B3"].data_type = "e"

    content = as_workbook([["a", "b"], [1, 2], [3, 4]], spoil)
    assert read(tmp_path, content)[3] == ("3", "")
    assert [(odd.row, odd.kind, odd.column) for odd in found_oddities(tmp_path, content)] == [(3, "error", "b")]


def test_errors_are_told_of_the_sheet_they_stand_in(tmp_path):
    def spoil(book):
        book.create_chartsheet("Chart")
        book.create_sheet("A & B").append(["a"])
        book["A & B"].append(["#REF!"])
        book["A & B"]["A2"].data_type = "e"

    first, second = opened(tmp_path, as_workbook([["a"], [1]], spoil))
    found = [[odd.kind for block in sheet.blocks() for odd in block.oddities] for sheet in (first, second)]
    assert found == [[], ["error"]]


def test_formulas_without_results_are_told(tmp_path):
    (sheet,) = opened(tmp_path, as_workbook([["a", "b"], [1, "=A2+1"]]))
    assert [note.where for note in sheet.notes if "no saved result" in note.sentence] == ["cell B2"]


def test_formulas_with_results_give_them(tmp_path):
    content = as_workbook([["a", "b"], [1, "=A2+1"]])
    content = with_parts(content, {SHEET: lambda part: re.sub(rb"<v\s*/>|<v></v>", b"<v>2</v>", part)})
    (sheet,) = opened(tmp_path, content)
    assert (rows_of(sheet)[2], sheet.notes) == (("1", "2"), [])


def test_numbers_too_long_for_a_spreadsheet_are_told(tmp_path):
    content = as_workbook([["id", "text"], [1234567890123456789, "1.2E+15"], [123456789012345, "x"]])
    assert read(tmp_path, content)[2] == ("1234567890123457000", "1.2E+15")
    assert [(odd.row, odd.kind) for odd in found_oddities(tmp_path, content)] == [(2, "number"), (2, "number")]


def test_noughts_that_only_the_format_knows_are_told(tmp_path):
    def shape(book):
        book.active["A2"].number_format = "000000"

    (sheet,) = opened(tmp_path, as_workbook([["code"], [12993]], shape))
    assert rows_of(sheet) == {2: ("12993",)}
    assert "noughts" in sheet.notes[0].sentence


def test_what_stands_beside_the_table_is_told_and_left_out(tmp_path):
    content = as_workbook([["a", "b"], [1, 2, None, "a remark"], [3, 4]])
    assert read(tmp_path, content) == {2: ("1", "2"), 3: ("3", "4")}
    assert [(odd.row, odd.kind, odd.kept) for odd in found_oddities(tmp_path, content)] == [(2, "long", True)]


def test_colours_to_the_edge_of_the_sheet_do_no_harm(tmp_path):
    def paint(book):
        book.active["XFD9"].fill = PatternFill("solid", fgColor="FF0000")
        book.active["A2"].comment = Comment("a remark", "somebody")

    assert read(tmp_path, as_workbook([["a"], [1]], paint)) == {2: ("1",)}


def test_cells_without_a_place_follow_each_other(tmp_path):
    content = with_parts(
        as_workbook([["a", "b"], [1, 2], [3, 4]]), {SHEET: lambda part: re.sub(rb' r="[A-Z]*\d+"', b"", part)}
    )
    assert read(tmp_path, content) == {2: ("1", "2"), 3: ("3", "4")}


@pytest.mark.parametrize("kept", [0, 500_000])
def test_a_sheet_may_be_read_again(tmp_path, monkeypatch, kept):
    monkeypatch.setattr(workbooks, "KEPT", kept)
    (sheet,) = opened(tmp_path, as_workbook([["a"], [1]]))
    assert rows_of(sheet) == rows_of(sheet) == {2: ("1",)}


def test_small_blocks_read_the_same(tmp_path):
    content = as_workbook([["a", "b"]] + [[n, f"{n:04d}"] for n in range(50)])
    assert read(tmp_path, content, size=7) == read(tmp_path, content)


def test_a_workbook_with_macros_is_read_for_its_tables(tmp_path):
    content = as_workbook([["a"], [1]])
    macro = {
        "xl/vbaProject.bin": b"macro",
        "[Content_Types].xml": lambda part: part.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    }
    (sheet,) = opened(tmp_path, with_parts(content, macro), "staff.xlsm")
    assert rows_of(sheet) == {2: ("1",)} and "macros" in sheet.notes[0].sentence


@pytest.mark.parametrize(
    "place, words", [("KP1", "column KP"), ("XFD1048576", "column XFD"), ("BZ1048576", "row 1,048,576")]
)
def test_far_cells_are_refused_with_their_place(tmp_path, place, words):
    def put(book):
        book.active[place] = "x"

    assert words in refusal(tmp_path, as_workbook([["a"]], put), "staff.xlsx").sentence


def test_extents_are_counted_across_pieces(tmp_path, monkeypatch):
    """Wherever the pieces of a part are cut, the same cells are found."""
    monkeypatch.setattr(extents, "STEP", 17)
    content = as_workbook([["a", "b"], [1, "=A2+1"], [None, "x"]])
    (sheet,) = opened(tmp_path, content)
    assert rows_of(sheet) == {2: ("1", ""), 3: ("", "x")}
    assert [note.where for note in sheet.notes if "no saved result" in note.sentence] == ["cell B2"]


def test_workbooks_inside_zip_files_are_read(tmp_path):
    content = as_zip({"march/staff.xlsx": as_workbook([["a"], [1]]), "march/training.csv": b"b\n2\n"})
    staff, training = opened(tmp_path, content, "return.zip")
    assert [staff.file, training.file] == ["return.zip: staff.xlsx", "return.zip: training.csv"]
    assert [rows_of(staff), rows_of(training)] == [{2: ("1",)}, {2: ("2",)}]


def test_control_errors_would_be_blank_without_the_look_at_the_parts(tmp_path, monkeypatch):
    def spoil(book):
        book.active["A2"] = "#N/A"
        book.active["A2"].data_type = "e"

    monkeypatch.setattr(workbooks, "extents_of", lambda *_: {})
    assert found_oddities(tmp_path, as_workbook([["a", "b"], [1, 2]], spoil)) == []
