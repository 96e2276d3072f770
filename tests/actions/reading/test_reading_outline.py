"""Plans without a table: points under headings, where the document says that they are actions."""

import docx
import pytest

from actions.reading.grids import Unreadable
from actions.reading.outline import NOTICE, _Place
from actions.reading.plan import read_plan
from tests.actions.reading.files import HEADER, ROW, read_rows, saved, word_file

POINTS = ["Hold a fair", "Train all staff", "Ask those who leave"]


def outline(*paragraphs):
    """Paragraphs: a title ((text, level)), a point ("• …") or plain words."""
    document = docx.Document()
    for each in paragraphs:
        if isinstance(each, tuple):
            document.add_heading(*each)
        elif each.startswith("•"):
            document.add_paragraph(each.lstrip("• "), style="List Bullet")
        else:
            document.add_paragraph(each)
    return saved(document)


def points(*texts):
    return [f"• {text}" for text in texts or POINTS]


def said(content):
    return [(row["theme"], row["aim"], row["timescale_text"], row["activity"]) for row in read_rows(content)]


def test_pillars_and_terms():
    content = outline(
        ("Annex: actions", 1), "Introduction.",
        ("Pillar 1: Plan", 2), ("Short term", 3), *points("Hold a fair"),
        ("Medium term", 3), *points("Train all staff"),
        ("Pillar: Attract", 2), ("By March 2027", 3), *points("Ask those who leave"),
    )  # fmt: skip
    assert said(content) == [
        ("Pillar 1: Plan", "Pillar 1: Plan", "Short term", "Hold a fair"),
        ("Pillar 1: Plan", "Pillar 1: Plan", "Medium term", "Train all staff"),
        ("Attract", "Attract", "By March 2027", "Ask those who leave"),
    ]


def test_the_notice_and_the_place():
    found = read_plan("plan", outline(("Action plan", 1), ("Theme 1: Recruit", 2), *points()))
    assert found.problems == [NOTICE]
    assert found.rows[0].place == "Paragraph 3"


def test_aims_with_their_numbers():
    content = outline(
        ("Delivery plan", 1), ("Objective 1.1: Recruit", 2), "• Hold a fair", "•• in every town", *points()
    )
    first = read_rows(content)[0]
    assert (first["ref"], first["aim"]) == ("1.1", "Recruit")
    assert read_rows(content)[0]["activity"].startswith("Hold a fair")


def test_a_point_below_a_point_is_a_further_line_of_it():
    place = _Place()
    place.enter(1, "Aim 1: Recruit")
    for number, (level, goes_on) in enumerate([(1, False), (2, True), (1, True), (0, True), (1, True)], start=1):
        place.take(number, level, f"point {number}", goes_on=goes_on)
    assert [words for _, words, _ in place.points] == ["point 1\npoint 2", "point 3", "point 4\npoint 5"]


def test_points_that_are_typed():
    content = word_file(("Action plan", 1), ("Theme A: Recruit", 2), "- Hold a fair", "- Train all staff", "- Ask")
    assert [row["activity"] for row in read_rows(content)] == ["Hold a fair", "Train all staff", "Ask"]


def test_only_points_under_headings_that_say_what_they_are():
    content = outline(
        ("Our action plan", 1), ("Who we are", 2), *points("a council", "a trust"), ("What we will do", 2), *points()
    )
    assert [row["activity"] for row in read_rows(content)] == POINTS


@pytest.mark.parametrize(
    "content",
    [
        outline(("Minutes", 1), ("Present", 2), *points()),
        outline(("Action plan", 1), ("Theme 1: Recruit", 2), "• Hold a fair", "• Train"),
        outline(("Action plan", 1), "No list at all."),
    ],
    ids=["no word of actions", "too few", "no points"],
)
def test_control_other_lists_are_no_plan(content):
    with pytest.raises(Unreadable):
        read_plan("plan", content)


def test_control_a_table_goes_before_the_points():
    document = docx.Document()
    document.add_heading("Action plan", 1)
    for point in POINTS:
        document.add_paragraph(point, style="List Bullet")
    table = document.add_table(2, len(HEADER))
    for index, texts in enumerate([HEADER, ROW]):
        for column, text in enumerate(texts):
            table.cell(index, column).text = text
    assert [row["activity"] for row in read_rows(saved(document))] == ["Hold a fair"]
