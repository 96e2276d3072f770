"""What somebody copied from Excel or Word, read as they see it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.columns import document_headings
from actions.pasting import MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS, read_block, read_text
from actions.reading.grids import Unreadable

CLIPBOARD = Path(__file__).parent / "clipboard"
HEADINGS = document_headings()


def copied(name):
    return (CLIPBOARD / name).read_bytes().decode("utf-8")


def table(*rows):
    return f"<html><body><table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table></body></html>"


# --- Real clipboards -------------------------------------------------------------------------------------------------

MAP = 'Map leadership courses\nin every partner & share the "map"'
POOL = "Pool our assessors across all the partners of the place"


def test_excels_html_is_read_as_the_sheet_looks():
    block = read_block(copied("excel.tsv"), copied("excel.html"), headings=HEADINGS)
    assert block.keys == ("ref", "activity", "priority", "timescale_text")
    assert block.rows == (
        ("1", MAP, "High", "Mar-27"),
        ("2", POOL, "High", "30/06/2027"),  # a merged cell counts for every row that it covers
        ("3", "Run joint recruitment fairs", "", "ongoing"),  # words that run over into a blank neighbour
    )
    assert block.first == 2


def test_excels_text_says_the_same_but_for_the_merged_cell():
    block = read_block(copied("excel.tsv"), headings=HEADINGS)
    assert block.rows == (
        ("1", MAP, "High", "Mar-27"),
        ("2", POOL, "", "30/06/2027"),
        ("3", "Run joint recruitment fairs", "", "ongoing"),
    )


def test_a_text_box_that_makes_all_line_ends_alike_changes_nothing():
    text = copied("excel.tsv").replace("\r\n", "\n").replace("\n", "\r\n")
    assert read_block(text).rows == read_block(copied("excel.tsv")).rows


def test_words_html_is_read_as_the_table_looks():
    block = read_block("", copied("word.html"), headings=HEADINGS)
    assert block.headings == ("Ref", "What we will do", "Responsible officer")
    assert block.rows == (
        (
            "4.",
            "We will co-design:\na shared induction\na passport",
            "Workforce Manager\nDirector of Adult Social Care",
        ),
        ("5a", "Café mornings for carers – “drop in”", None),  # merged across: nothing is said of the officers
    )


# --- Text ------------------------------------------------------------------------------------------------------------


def as_excel_writes(grid):
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if {"\t", "\n"} & set(text) else text

    return "".join("\t".join(map(cell, row)) + "\r\n" for row in grid)


# Excel itself cannot tell a quotation mark at the beginning of a cell without line breaks from one of its own.
cells = st.text(st.characters(codec="utf-8", exclude_characters="\r")).filter(
    lambda text: not text.startswith('"') or "\n" in text or "\t" in text
)
grids = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(grids)
def test_any_grid_comes_back_from_what_excel_writes(grid):
    assert read_text(as_excel_writes(grid)) == grid


@given(st.text(st.sampled_from('"\t\r\n a'), max_size=60))
def test_any_quoting_is_read_somehow_and_no_sign_is_lost(text):
    read = "".join(cell for row in read_text(text) for cell in row)
    assert read.count("a") == text.count("a")


@given(st.text(max_size=300), st.text(max_size=300))
def test_anything_is_a_block_or_a_sentence(text, html):
    try:
        block = read_block(text, f"<table><tr><td>{html}</td></tr></table>" if html else "", headings=HEADINGS)
    except Unreadable as refusal:
        assert refusal.message.endswith(".")
    else:
        assert all(len(row) == block.width for row in block.rows)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('Say "hello"\tx', [['Say "hello"', "x"]]),
        ('"Grow" our own\tx', [['"Grow" our own', "x"]]),
        ('"all of it"', [['"all of it"']]),
        ('"never closed\tx', [['"never closed', "x"]]),
        ('"two\nlines"\tx\n', [["two\nlines", "x"]]),
        ("a\t\r\n\tb\r\n", [["a", ""], ["", "b"]]),
        ("a", [["a"]]),
        ("a\rb", [["a"], ["b"]]),
    ],
)
def test_text_as_it_comes(text, rows):
    assert read_text(text) == rows


def test_an_apostrophe_that_kept_a_formula_from_running_goes():
    assert read_block("'=SUM(A1)\t'- a point\t'tis said").rows == (("=SUM(A1)", "- a point", "'tis said"),)


def test_blank_rows_at_the_end_are_no_rows_and_blank_ones_between_are():
    assert read_block("a\tb\n\t\nc\td\n\t\n\n\n").rows == (("a", "b"), ("", ""), ("c", "d"))


# --- Refused, with a sentence ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html", "says"),
    [
        ("", "", "Nothing was pasted"),
        (" \t \r\n", "", "Nothing was pasted"),
        ("", "<p>No table here</p>", "Nothing was pasted"),
        ("\t".join("x" * (MOST_COLUMNS + 1)), "", "31 columns were pasted"),
        ("x\n" * (MOST_ROWS + 1), "", "1,001 rows were pasted"),
        ("x" * (MOST_CHARACTERS + 1), "", "More was pasted"),
        ("", "<table><tr><td>" + "x" * MOST_CHARACTERS + "</table>", "More was pasted"),
        ("", "<b>" * 250_000, "More was pasted"),
        ("x\n" * 30_000, "", "More than 20,000 rows"),
        ("a\tb\tc\nfirst line\nsecond line\td\te", "", "Block row 2 has 1 of 3 cells"),
        ("", table("<td>a") + table("<td>b"), "2 tables were pasted"),
        ("", table("<td>x</td>" * 31), "31 columns"),
    ],
)
def test_what_is_no_block_is_refused_with_a_sentence(text, html, says):
    with pytest.raises(Unreadable) as refused:
        read_block(text, html)
    assert says in refused.value.message
    assert refused.value.accepted


def test_whole_rows_of_a_sheet_are_as_wide_as_what_is_in_them():
    assert read_block("a\tb" + "\t" * 16_000).rows[0][:3] == ("a", "b", "")


def test_html_that_is_too_long_or_was_cut_off_at_the_limit_gives_way_to_the_text():
    long = table("<td>" + "x" * MOST_CHARACTERS)
    assert read_block("a\tb", long).rows == read_block("a\tb", long[:MOST_CHARACTERS]).rows == (("a", "b"),)


# --- HTML ------------------------------------------------------------------------------------------------------------


def test_nothing_but_words_is_taken_of_html():
    html = table(
        "<td>before<script>alert(1)</script><style>p {}</style><!-- aside --><img src=x onerror=alert(2)>"
        "<iframe srcdoc='x'>frame</iframe><svg><text>drawn</text></svg> after",
        "<td onclick='alert(3)'>&lt;script&gt;alert(4)&lt;/script&gt;",
    )
    assert read_block("", html).rows == (("before after",), ("<script>alert(4)</script>",))


def test_entities_of_a_documents_own_and_files_of_others_are_left_alone():
    declared = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    (row,) = read_block("", declared + table("<td>&a;&f;x")).rows
    assert row == ("&a;&f;x",)


def test_merged_cells_both_ways():
    html = table("<td rowspan=2 colspan=2>A<td>b", "<td>c", "<td>d<td>e<td>f")
    assert read_block("", html).rows == (("A", None, "b"), ("A", None, "c"), ("d", "e", "f"))


@pytest.mark.parametrize("span", ["0", "-3", "x", "", "1e9", "²", "99999999999"])
def test_a_span_that_is_none_counts_as_one_cell(span):
    assert read_block("", table(f"<td colspan='{span}' rowspan='{span}'>a<td>b")).rows == (("a", "b"),)


def test_tables_within_a_cell_are_its_lines():
    inner = "<table><tr><td>one<td>two</table>"
    assert read_block("", table(f"<td>Lines:{inner}<td>x")).rows == (("Lines:\none\ntwo", "x"),)


def test_deep_nesting_is_read_or_refused_and_never_breaks():
    try:
        read_block("words", table("<td>" + "<div><span>" * 40_000 + "deep"))
    except Unreadable as refusal:
        assert refusal.accepted


def test_a_cell_in_html_without_a_table_is_read_from_the_text():
    assert read_block("a\tb", "<p>a b</p>").rows == (("a", "b"),)


# --- Headings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "keys"),
    [
        ("Priority\tTimescale", ("priority", "timescale_text")),
        ("Action\tRAG\tBudget holder", ("activity", "status", None)),
        ("Priority", ("priority",)),
        ("Key actions\tSupport", ("activity", "partners")),
    ],
)
def test_a_first_row_of_headings_is_known(first, keys):
    row = "\t".join("x" for _ in keys)
    assert read_block(f"{first}\n{row}", headings=HEADINGS).keys == keys


@pytest.mark.parametrize(
    "text",
    [
        "Priority",  # nothing below it
        "Support\nCoaching",  # a heading beside others, by itself a word
        "1\tSupport\tMarch 2027\tHigh\n2\tCoaching\tMay 2027\tLow",
        "High\nLow",
        "Map leadership courses\tMarch 2027\nPool our assessors\tMay 2027",
    ],
)
def test_control_a_first_row_that_is_a_row_stays_one(text):
    block = read_block(text, headings=HEADINGS)
    assert block.keys is None
    assert len(block.rows) == text.count("\n") + 1


def test_cells_that_cover_each_other_without_end_are_refused():
    covering = "<td colspan=31 rowspan=20000>x</td>" * 3_000
    with pytest.raises(Unreadable, match="More was pasted"):
        read_block("", table(covering, *[""] * 500))
