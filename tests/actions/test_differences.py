"""What changed between two texts, word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.differences import word_changes

TEXTS = st.text(alphabet="ab \n", max_size=60) | st.text(max_size=30)


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("Map courses", "Map courses", [("same", "Map courses")]),
        (
            "Map leadership courses",
            "Map all courses",
            [("same", "Map "), ("gone", "leadership"), ("added", "all"), ("same", " courses")],
        ),
        ("", "New words", [("added", "New words")]),
        ("Old words", "", [("gone", "Old words")]),
        ("", "", []),
    ],
)
def test_words_that_stay_go_and_come(before, after, changes):
    assert word_changes(before, after) == changes


@given(TEXTS, TEXTS)
def test_both_texts_can_be_put_together_again(before, after):
    changes = word_changes(before, after)
    assert "".join(words for kind, words in changes if kind != "gone") == after
    assert {kind for kind, _ in changes} <= {"same", "gone", "added"}
    # What stays may differ in spaces only.
    assert "".join(words for kind, words in changes if kind != "added").split() == before.split()


# As many words as a cell may hold, in the ways that are worst to compare.
WORST = {
    "different words": ("".join(f"m{n} " for n in range(999)), "".join(f"t{n} " for n in range(999))),
    "every other word": ("".join(f"the m{n} " for n in range(600)), "".join(f"the t{n} " for n in range(600))),
    "one word over and over": ("a " * 2500, "a " * 2499 + "b"),
    "spaces": (" x" * 2500, "y " * 2500),
    "the other way round": ("".join(f"{n} " for n in range(999)), "".join(f"{n} " for n in reversed(range(999)))),
}


@pytest.mark.parametrize("case", WORST)
def test_two_full_cells_are_compared_in_no_time(case):
    """Somebody waits for this page. It once took half a minute."""
    began = time.process_time()
    changes = word_changes(*WORST[case])
    assert time.process_time() - began < 3
    assert "".join(words for kind, words in changes if kind != "gone") == WORST[case][1]


def test_a_word_over_and_over_counts_as_replaced_and_ordinary_words_do_not():
    assert word_changes("a " * 999, "a " * 998) == [("gone", "a " * 999), ("added", "a " * 998)]
    ordinary = "We will map the courses that the council and the trust offer, and say who may go to them. " * 10
    assert ("same", ordinary) in word_changes(ordinary, ordinary + "Soon.")
