"""Status and priority by words, letters, signs and colours; the document's own key first."""

import pytest

from actions.reading.grids import Cell, Contents, Grid, Paragraph, Row
from actions.reading.keys import read_key
from actions.reading.phrases import colour_of, phrase, priority_of, status_of


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Green", "green"),
        ("R", "red"),
        ("amber ", "amber"),
        ("On track", "green"),
        ("On-track to deliver", "green"),
        ("Not on track to deliver", "red"),
        ("Off target", "red"),
        ("At risk", "amber"),
        ("Some issues – narrative disclosure", "amber"),
        ("Complete", "blue"),
        ("Delivered", "blue"),
        ("Green (on track)", "green"),
        ("Amber: awaiting funds", "amber"),
        ("A/G", "amber"),
        ("Amber/Red", "amber"),
        ("RAG", None),
        ("Not started", None),
        ("Not yet rated", None),
        ("n/a", None),
        ("🟢", "green"),
    ],
)
def test_status_words(text, status):
    assert status_of(text)[0] == status


@pytest.mark.parametrize(("text", "is_understood"), [("Not reported", True), ("", True), ("Banana", False)])
def test_understood_or_not(text, is_understood):
    assert status_of(text) == (None, is_understood)


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("H", "high"),
        ("Med", "medium"),
        ("LOW", "low"),
        ("High priority", "high"),
        ("High (top 5)", "high"),
        ("TBC", None),
    ],
)
def test_priority_words(text, priority):
    assert priority_of(text) == (priority, True)


def test_an_unknown_priority():
    assert priority_of("Soonish") == (None, False)
    assert priority_of("High/Low") == (None, False)


@pytest.mark.parametrize(
    ("shading", "colour"),
    [
        ("FF0000", "red"), ("C00000", "red"), ("FFC7CE", "red"),
        ("FFC000", "amber"), ("FFBF00", "amber"), ("FFFF00", "amber"), ("ED7D31", "amber"), ("FFEB9C", "amber"),
        ("00B050", "green"), ("92D050", "green"), ("C6EFCE", "green"),
        ("0070C0", "blue"), ("00B0F0", "blue"), ("1F4E79", "blue"),
        ("FFFFFF", None), ("D9D9D9", None), ("000000", None), ("D9E2F3", None), ("7030A0", None), (None, None),
    ],
)  # fmt: skip
def test_colours(shading, colour):
    assert colour_of(shading) == colour


def test_phrases_compare_as_people_do():
    assert phrase("Person(s)  responsible:") == phrase("persons responsible")
    assert phrase("Re-ablement / care") == phrase("re ablement care")


def key_of(*prose, grids=()):
    return read_key(Contents([], list(map(Paragraph, prose))), list(grids))


def grid_of(*rows, title=None):
    return Grid(
        "Table 2", [Row(index, tuple(map(Cell, row))) for index, row in enumerate(rows, 1)], heading_above=title
    )


def test_a_colour_with_a_meaning_of_its_own():
    key = key_of("RAG: blue = not started; green = complete; red = off track")
    assert [key.status_of(text) for text in ("Blue", "B", "G", "Red")] == [(None, True)] * 2 + [
        ("blue", True),
        ("red", True),
    ]
    assert key.status_of_shading("0070C0") is None
    assert key.status_of("Complete") == ("blue", True)


def test_words_of_the_documents_own():
    key = key_of("Key: A = slipping; G = going well")
    assert [key.status_of(text)[0] for text in ("Slipping", "going well", "A")] == ["amber", "green", "amber"]


def test_numbers_for_priorities():
    key = key_of("Priority: 1 = High, 2 = Medium, 3 = Low")
    assert [key.priority_of(text) for text in "123"] == [("high", True), ("medium", True), ("low", True)]


def test_initials_in_a_table_and_in_a_line():
    assert key_of(grids=[grid_of(("Initials", "Officer"), ("AP", "Post A"))]).initials == {"AP": "Post A"}
    assert key_of(grids=[grid_of(("AP", "Post A"), title="Key")]).initials == {"AP": "Post A"}
    assert key_of("Key: AP = Post A; JP – Post J").initials == {"AP": "Post A", "JP": "Post J"}


def test_an_abbreviation_in_passing_is_no_persons_initials():
    assert key_of("HIMMT – Health Improvement Team", "The ICS – our system – will lead").initials == {}
    assert key_of(grids=[grid_of(("HR", "Finance"), ("12", "14"))]).initials == {}


def test_a_colour_that_only_a_key_explains():
    key = key_of("Shading: purple = complete; grey = not started; green = on track")
    assert [key.status_of_shading(fill) for fill in ("7030A0", "BFBFBF", "00B050")] == ["blue", None, "green"]
    assert key_of().status_of_shading("7030A0") is None


def test_a_meaning_that_names_the_colour_too():
    key = key_of("BRAG key: B = blue, not yet started; R = red, off track")
    assert [key.status_of(text) for text in ("B", "R", "Complete")] == [(None, True), ("red", True), ("blue", True)]


def test_a_legend_of_coloured_cells():
    rows = [Row(1, (Cell("", "7030A0"), Cell("Complete"))), Row(2, (Cell("", "FFFF99"), Cell("Not started")))]
    key = key_of(grids=[Grid("Table 1", rows)])
    assert [key.status_of_shading(fill) for fill in ("7030A0", "FFFF99", "FFFF00")] == ["blue", None, "amber"]


def test_a_meaning_with_the_colour_in_brackets():
    key = key_of("Status: C = all finished (blue), P = as planned (green), S = slow (see note)")
    assert (key.status_of("C"), key.status_of("P")) == (("blue", True), ("green", True))
    assert key.status_of("S")[0] is None
