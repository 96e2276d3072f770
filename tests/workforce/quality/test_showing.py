"""How counts are said, so that small ones show to nobody but their sender, not even by subtraction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.quality.showing import ALL_BUT, FEWER, in_order, in_words, percent, shown_count, shown_share, to_five
from workforce.template import FIELDS


@pytest.mark.parametrize(
    ("count", "to_others"), [(0, "0"), (1, FEWER), (4, FEWER), (5, "5"), (7, "5"), (8, "10"), (1999, "2,000")]
)
def test_counts(count, to_others):
    assert shown_count(count, exact=False) == to_others
    assert shown_count(count, exact=True) == f"{count:,}"


@pytest.mark.parametrize(
    ("count", "base", "to_others"),
    [(0, 0, ""), (0, 40, "0%"), (3, 40, FEWER), (38, 40, ALL_BUT), (40, 40, "100%"), (20, 40, "50%"), (3, 4, FEWER)],
)
def test_shares(count, base, to_others):
    assert shown_share(count, base, exact=False) == to_others


def test_the_sender_sees_shares_as_they_are():
    assert [shown_share(count, 40, exact=True) for count in (3, 38)] == ["7.5%", "95%"]


@given(st.integers(0, 3000), st.integers(1, 3000))
def test_what_others_see_is_the_same_for_several_counts(count, base):
    """From a share and the base an exact count of one to four (or all but so many) never follows."""
    count = min(count, base)
    shown = shown_share(count, base, exact=False)
    alike = [other for other in range(max(0, count - 5), min(base, count + 5) + 1)
             if shown_share(other, base, exact=False) == shown]  # fmt: skip
    if 0 < count < 5 or 0 < base - count < 5:
        assert len(alike) >= min(4, base - 1)


def test_control_exact_shares_tell_a_small_count():
    alike = [other for other in range(41) if shown_share(other, 40, exact=True) == shown_share(3, 40, exact=True)]
    assert alike == [3]


@given(st.integers(0, 10**6))
def test_to_five_moves_a_count_by_two_at_most(count):
    assert to_five(count) % 5 == 0
    assert abs(to_five(count) - count) <= 2


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0%"), (1, "100%"), (0.9995, "over 99.9%"), (0.0005, "under 0.1%"), (0.971, "97.1%"), (-0.02, "−2%")],
)
def test_percent_never_rounds_something_to_nothing_or_to_everything(share, words):
    assert percent(share) == words


@pytest.mark.parametrize("value", FIELDS["service"].values)
def test_every_service_has_words_without_underscores(value):
    words = in_words(value)
    assert words[0].isupper()
    assert "_" not in words


def test_kinds_of_workplace_stand_in_the_order_of_the_template():
    kinds = [("day", "50_and_over"), ("day", "1_to_9"), ("care_home_nursing", ""), ("unheard of", "1_to_9")]
    assert sorted(kinds, key=lambda kind: in_order(*kind)) == [kinds[2], kinds[1], kinds[0], kinds[3]]
