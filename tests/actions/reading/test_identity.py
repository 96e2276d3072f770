"""The mark by which a row of one of our own files is known again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.reading.identity import Identity, read_mark

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
