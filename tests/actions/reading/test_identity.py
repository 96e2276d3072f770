"""The mark by which a row of one of our own files is known again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.reading.identity import HEADING, Identity, marks_in, read_mark
from workforce.writing.asides import label_of

NUMBERS = st.integers(min_value=0, max_value=10**18 - 1)


@given(strategy=NUMBERS, action=NUMBERS, change=NUMBERS)
def test_a_mark_is_read_as_what_it_was_written_from_and_fits_a_bookmark(strategy, action, change):
    identity = Identity(strategy, action, change)
    assert read_mark(identity.mark) == read_mark(f" _{identity.mark}\n") == identity


@pytest.mark.parametrize(
    "text", ["", "planner_1_2", "planner_1_2_3_4", "planner_1_2_x", f"planner_1_2_{'9' * 40}", "7"]
)
def test_anything_else_is_no_mark(text):
    assert read_mark(text) is None


@given(strategy=NUMBERS, action=NUMBERS, change=NUMBERS)
def test_the_mark_of_a_partners_own_row_says_so(strategy, action, change):
    identity = Identity(strategy, action, change, is_own=True)
    assert read_mark(f"_{identity.mark}") == identity != Identity(strategy, action, change)


ROW_7, ROW_8 = Identity(1, 7, 3), Identity(1, 8, 3)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ([HEADING, ROW_7.mark, "", ROW_8.mark], ({1: ROW_7, 3: ROW_8}, {1})),
        ([HEADING, ROW_7.mark, "something typed", ""], ({1: ROW_7}, {1})),
        (["", ROW_7.mark, ROW_8.mark, ""], ({1: ROW_7, 2: ROW_8}, {1})),
        (["Activity", "A", ROW_7.mark, "B"], ({}, set())),
        ([HEADING, "", "", ""], ({}, set())),
    ],
    ids=["headed", "headed, typed in", "marks alone", "a mark as words", "no mark"],
)
def test_a_column_of_marks_is_told_from_words(column, expected):
    assert marks_in([["x", text] for text in column]) == expected


def test_of_two_columns_of_marks_the_first_counts():
    assert marks_in([[ROW_7.mark, ROW_8.mark]]) == ({0: ROW_7}, {0, 1})


@pytest.mark.parametrize("words", ["→ 31 March 2027", " → 31  March\n2027 "])
def test_words_of_the_planners_own_are_known_by_their_label_however_spaced(words):
    assert label_of(words) == label_of("→ 31 March 2027") != label_of("→ 30 March 2027")
