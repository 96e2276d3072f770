"""Columns on paper: as wide as their words want."""

from hypothesis import given
from hypothesis import strategies as st

from workforce.writing.fitting import EDGE, ROOM, fitted
from workforce.writing.shapes import Column, Row


def widths(labels, *rows):
    return [column.width for column in fitted(tuple(Column(label, 0) for label in labels), [Row(r) for r in rows])]


def test_the_longest_text_gets_the_most_room():
    ref, activity, outcome = widths(["Ref", "Activity", "Outcome"], ("1", "word " * 60, "word " * 10))
    assert ref < outcome < activity


def test_no_word_is_broken_that_need_not_be():
    labels, words = ["Contributing partners", "Status"], ("Commissioning", "Not reported")
    first, second = widths(labels, words)
    assert first >= len("Commissioning") + EDGE and second >= len("reported") + EDGE


def test_a_word_longer_than_any_does_not_take_the_page():
    link, other = widths(["Link", "Words"], ("https://example.org/" + "x" * 300, "word " * 100))
    assert link < ROOM / 2 < other + link


@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=40), st.text(max_size=5)), max_size=5))
def test_the_whole_width_is_shared_out_and_always_alike(rows):
    labels = ["One", "Two", "Three"]
    assert widths(labels, *rows) == widths(labels, *rows)
    assert sum(widths(labels, *rows)) == ROOM
