"""Putting two people's changes of one text or list together: nothing guessed, nothing lost, nothing invented."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from actions.merging import both_wordings, merge_names, merge_sets, merge_words

WORD = st.sampled_from("map train share the joint courses data plan for of".split())
TEXT = st.lists(WORD, max_size=12).map(" ".join)


def words(text):
    return text.split()


@st.composite
def edited(draw, mark):
    """A text, and a version of it with some runs of words replaced by words of one's own (they begin with `mark`)."""
    base = draw(TEXT)
    return base, draw(_edit_of(base, mark))


@st.composite
def _edit_of(draw, base, mark):
    new = words(base)
    for number in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(new)))
        new[place : place + draw(st.integers(0, 2))] = [f"{mark}{number}"] if draw(st.booleans()) else []
    return " ".join(new)


@st.composite
def two_edits(draw):
    base = draw(TEXT)
    return base, draw(_edit_of(base, "T")), draw(_edit_of(base, "M"))


def own(text, mark):
    return {word for word in words(text) if word.startswith(mark)}


# --- Words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "both"),
    [
        ("map the courses", "map all the courses", "map the courses twice", "map all the courses twice"),
        ("one two three four", "1 two three four", "one two three 4", "1 two three 4"),
        ("one two three four", "one three four", "one two three", "one three"),
        ("a b c", "a b c", "a b d", "a b d"),
        ("a b c", "x y z", "x y z", "x y z"),
        ("line one\nline two", "line 1\nline two", "line one\nline 2", "line 1\nline 2"),
        ("", "", "mine", "mine"),
    ],
)
def test_changes_that_keep_clear_of_each_other_are_both_kept(base, theirs, mine, both):
    assert merge_words(base, theirs, mine) == both


@pytest.mark.parametrize(
    ("base", "theirs", "mine"),
    [
        ("May 2027", "March 2027", "May 2028"),  # side by side: "March 2028" is a date that nobody meant
        ("map the courses", "map all courses", "map no courses"),
        ("one two three", "one three", "one TWO three"),
        ("", "theirs", "mine"),
        ("a b", "a T b", "a M b"),
        ("all of it", "", "all of it and more"),
    ],
)
def test_changes_that_touch_are_never_guessed(base, theirs, mine):
    assert merge_words(base, theirs, mine) is None
    assert merge_words(base, mine, theirs) is None


@settings(max_examples=200, deadline=None)
@given(edited("M"))
def test_when_only_one_side_changed_it_the_merge_is_that_side(pair):
    base, changed = pair
    assert merge_words(base, changed, base) == changed
    assert merge_words(base, base, changed) == changed
    assert merge_words(base, changed, changed) == changed


@settings(max_examples=300, deadline=None)
@given(two_edits())
def test_it_does_not_matter_whose_change_came_first(three):
    base, theirs, mine = three
    assert merge_words(base, theirs, mine) == merge_words(base, mine, theirs)


@settings(max_examples=300, deadline=None)
@given(two_edits())
def test_every_word_that_somebody_added_is_there_and_none_that_nobody_wrote(three):
    base, theirs, mine = three
    both = merge_words(base, theirs, mine)
    assume(both is not None)
    assert own(theirs, "T") | own(mine, "M") <= set(words(both))
    assert set(words(both)) <= {*words(base), *words(theirs), *words(mine)}


@settings(max_examples=300, deadline=None)
@given(two_edits())
def test_what_both_left_alone_stays_as_often_as_it_was(three):
    base, theirs, mine = three
    both = merge_words(base, theirs, mine)
    assume(both is not None)
    for word in set(words(base)):
        gone = sum(words(base).count(word) - min(words(side).count(word), words(base).count(word))
                   for side in (theirs, mine))  # fmt: skip
        assert words(both).count(word) >= words(base).count(word) - gone


def test_a_text_too_long_to_compare_is_not_merged():
    base = "word " * 2000
    assert merge_words(base, base + "theirs", "mine " + base) is None


@pytest.mark.parametrize("sides", [(None, "a", "b"), ("a", None, "b"), (["a"], "b", "c"), ("\0 not seen", "a", "b")])
def test_what_was_not_seen_as_text_is_not_merged(sides):
    assert merge_words(*sides) is None


# --- A text to go on from --------------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(two_edits())
def test_a_text_to_go_on_from_has_the_words_of_both(three):
    base, theirs, mine = three
    both = set(words(both_wordings(base, theirs, mine)))
    assert own(theirs, "T") | own(mine, "M") <= both
    assert both <= {*words(base), *words(theirs), *words(mine)}


@settings(max_examples=200, deadline=None)
@given(two_edits())
def test_where_a_merge_is_possible_it_is_what_one_goes_on_from(three):
    merged = merge_words(*three)
    assume(merged is not None)
    assert words(both_wordings(*three)) == words(merged)


def test_both_wordings_of_words_that_touch_stand_side_by_side():
    assert both_wordings("map the courses", "map all courses", "map no courses") == "map all no courses"


def test_texts_that_touch_in_several_places_are_not_mixed_word_by_word():
    base, theirs, mine = (
        "map the courses of our county",
        "map all courses of one county",
        "map no courses of any county",
    )
    assert both_wordings(base, theirs, mine) == f"{theirs}\n{mine}"


# --- Sets and names --------------------------------------------------------------------------------------------------

SETS = st.sets(st.integers(1, 6)).map(sorted)
NAMES = st.lists(st.sampled_from(["Ann", "Ben", "Cat", "Dan", "Eve"]), unique=True, max_size=5)


@given(SETS, SETS, SETS)
def test_a_set_has_what_either_added_and_lacks_what_either_took_away(base, theirs, mine):
    both = set(merge_sets(base, theirs, mine))
    for one in range(1, 7):
        was, they_have, i_have = one in base, one in theirs, one in mine
        assert (one in both) == (they_have if i_have == was else i_have)
    assert merge_sets(base, theirs, mine) == merge_sets(base, mine, theirs) == sorted(both)


@given(NAMES, NAMES)
def test_names_that_only_one_side_changed_are_those_of_that_side(base, changed):
    theirs, mine = merge_names(base, changed, base), merge_names(base, base, changed)
    assert theirs is None or theirs == changed
    # A name that I put in the middle goes to the end: where it stood matters only at the front.
    assert mine is None or (set(mine), mine[:1]) == (set(changed), changed[:1])


@st.composite
def two_lists(draw):
    """A list of names and two people's versions of it, in its order; at most one of them changed who comes first."""
    base, leader = draw(NAMES), draw(st.booleans())
    sides = []
    for leads in (leader, not leader):
        kept = [name for place, name in enumerate(base) if (place == 0 and not leads) or draw(st.booleans())]
        new = [name for name in draw(NAMES) if name not in base]
        ahead = draw(st.integers(0, len(new))) if leads else 0
        sides.append(new[:ahead] + kept + new[ahead:] if kept or leads or not base else base)
    return base, *sides


@given(two_lists())
def test_names_have_what_either_added_and_lack_what_either_took_away(three):
    base, theirs, mine = three
    both = merge_names(base, theirs, mine)
    assume(both is not None)  # Nobody was first, and both put somebody there.
    added = (set(theirs) | set(mine)) - set(base)
    kept = set(base) & set(theirs) & set(mine)
    assert set(both) == added | kept
    assert len(both) == len(set(both))


@pytest.mark.parametrize(
    ("base", "theirs", "mine"),
    [
        (["Ann", "Ben"], ["Ben", "Ann"], ["Ann", "Ben", "Cat"]),  # somebody changed the order
        (["Ann", "Ben"], ["Cat", "Ben"], ["Dan", "Ben"]),  # both changed who carries the duty
    ],
)
def test_who_comes_first_is_never_guessed(base, theirs, mine):
    assert merge_names(base, theirs, mine) is None


def test_the_officer_who_carries_the_duty_stays_first():
    assert merge_names(["Ann", "Ben"], ["Eve", "Ann", "Ben"], ["Ann", "Ben", "Dan"]) == ["Eve", "Ann", "Ben", "Dan"]
    assert merge_names(["Ann", "Ben"], ["Ann", "Ben", "Dan"], ["Eve", "Ann", "Ben"]) == ["Eve", "Ann", "Ben", "Dan"]
