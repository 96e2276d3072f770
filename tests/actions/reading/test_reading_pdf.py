"""PDF: tables drawn with lines are read and say that they are a likeness; whatever else is refused with a way out."""

import zlib

import pytest

from actions.reading import pdf_pages
from actions.reading.grids import Unreadable
from actions.reading.guards import LIMITS, container_of
from actions.reading.pdf import LIKENESS, read_pdf
from actions.reading.plan import read_plan
from tests.actions.reading.bombs import PDF_BOMBS
from tests.actions.reading.files import HEADER, ROW, pdf_file, pdf_of, read_rows

WIDE = [30, 70, 90, 90, 70, 70, 50, 45]
PLAN = pdf_file([HEADER, ROW], widths=WIDE)


def cells_of(*pages, **options):
    return [
        [[cell.text for cell in row.cells] for row in grid.rows]
        for grid in read_pdf(pdf_file(*pages, **options), LIMITS).grids
    ]


def refusal(content):
    with pytest.raises(Unreadable) as refused:
        read_plan("plan.pdf", content)
    assert "Ask for the Word document or workbook" in refused.value.message
    return refused.value.message


def test_a_plan_and_its_notice():
    found = read_plan("plan.pdf", PLAN)
    assert found.rows[0].values["activity"] == "Hold a fair"
    assert (found.source, found.rows[0].place, found.problems) == ("PDF", "Page 1, table 1, row 2", [LIKENESS])


def test_a_line_that_the_page_broke_is_one_and_one_that_ended_early_is_not():
    sentence = "Run one campaign for\nall home care\nHold a fair"
    assert cells_of([["a", sentence]], widths=[60, 88])[0] == [["a", "Run one campaign for all home care\nHold a fair"]]


def test_a_word_that_is_wider_than_its_cell_is_put_together():
    assert cells_of([["30/09/202\n5", "x"]], widths=[41, 60])[0][0][0] == "30/09/2025"


def test_bullets_are_marks_as_in_word():
    cell = read_pdf(pdf_file([["x", "• one\n• two"]]), LIMITS).grids[0].rows[0].cells[1]
    assert (cell.text, [mark.level for mark in cell.marks]) == ("one\ntwo", [0, 0])


def test_merged_cells_and_colours():
    rows = [HEADER, ROW, [None, None, "Advertise", "More", "May 2026", "HR Lead", "High", ""]]
    found = read_rows(pdf_file(rows, widths=WIDE, fills=[(0, 2, 7, "1 0 0")]))
    assert [(row["aim"], row["activity"], row["status"]) for row in found] == [
        ("Recruit", "Hold a fair", "green"),
        ("Recruit", "Advertise", "red"),
    ]


def test_a_plan_that_goes_on_with_its_headings_repeated_and_a_row_cut_by_the_page():
    first = [["Ref", "Action", "Lead"], ["1", "Hold a fair in every", "HR Lead"]]
    second = [["Ref", "Action", "Lead"], ["", "town of the county", ""], ["2", "Advertise", "OD Lead"]]
    found = read_rows(pdf_file(first, second))
    assert [(row["ref"], row["activity"]) for row in found] == [
        ("1", "Hold a fair in every town of the county"),
        ("2", "Advertise"),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf_file("Our plan in prose: we will hold a fair."), "only tables drawn with lines"),
        (pdf_of([b"0 0 100 100 re f"]), "pictures of pages and no words"),
        (pdf_of([b""] * 61), "more than 60 pages"),
        (PLAN[:700], "damaged"),
        (b"%PDF-1.7 and no more", "damaged"),
        (pdf_file([HEADER, ROW], encrypt="/ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
                  f"/O <{'00' * 32}> /U <{'00' * 32}> >>"), "protected with a password"),
    ],
    ids=["prose", "scanned", "pages", "cut short", "nothing in it", "locked"],
)  # fmt: skip
def test_what_cannot_be_read(content, words):
    assert words in refusal(content)


def test_a_pdf_is_known_by_its_content():
    assert container_of(b"\xef\xbb\xbf\r\n" + PLAN) == "pdf"
    assert container_of(b"Action,Lead\n%PDF-1.4,x") == "text"


def test_a_stream_that_unpacks_to_far_too_much_ends_its_process_and_not_this_one():
    content = PDF_BOMBS["a PDF stream of 400 megabytes"]()
    assert "far more work to read than any plan" in refusal(content)


def test_control_a_stream_that_unpacks_to_less_is_read():
    stream = zlib.compress(b"BT /F1 9 Tf (a) Tj ET" + b" " * 1_000_000)
    content = pdf_of([stream], filters="/Filter /FlateDecode")
    assert pdf_pages.read_pages(content, 60, 1_000) == {"grids": [], "prose": ["a"]}


@pytest.mark.parametrize(
    ("colour", "expected"),
    [((0.5,), "808080"), (1, "FFFFFF"), ((1, 0, 0), "FF0000"), ((0, 1, 1, 0), "FF0000"), (("P1",), None), (None, None)],
)
def test_colours_of_every_kind(colour, expected):
    assert pdf_pages._hex(colour) == expected
