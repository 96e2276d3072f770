"""Coverage, weights and balance: the worked example of the method, and what must hold whatever the numbers are."""

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from workforce.quality import representativeness as rep
from workforce.quality.representativeness import Stratum

# Worked in the method: 60, 50 and 90 locations, of which 48, 35 and 37 responded, with 24, 14 and 12 posts on
# average and a turnover of 22%, 25% and 36%.
KNOWN, SENT, MEAN, TURNOVER = (60, 50, 90), (48, 35, 37), (24, 14, 12), (0.22, 0.25, 0.36)


def worked():
    return [
        Stratum(
            "care_home", str(place), known, sent, posts=sent * mean, employees=sent * mean, leavers=sent * mean * rate
        )
        for place, (known, sent, mean, rate) in enumerate(zip(KNOWN, SENT, MEAN, TURNOVER, strict=True))
    ]


def test_worked_coverage_of_locations_and_posts():
    assert rep.coverage_of_establishments(worked()) == 0.60
    assert sum(one.posts for one in worked()) == 2086
    assert sum(one.estimated_posts for one in worked()) == 3220
    assert round(rep.coverage_of_posts(worked()), 3) == 0.648


def test_worked_turnover_unweighted_and_weighted():
    leavers, employees = [one.leavers for one in worked()], [one.employees for one in worked()]
    assert round(rep.weighted_ratio([1, 1, 1], leavers, employees), 3) == 0.257
    assert round(rep.weighted_ratio(rep.weights(KNOWN, SENT), leavers, employees), 4) == 0.2735


def test_worked_r_indicator():
    assert np.round(rep.propensities(KNOWN, SENT), 3).tolist() == [0.8, 0.7, 0.411]
    assert round(rep.spread_of_response(KNOWN, SENT), 3) == 0.175
    assert round(rep.r_indicator(KNOWN, SENT), 3) == 0.650


def test_worked_bounds_of_the_share_over_fifty():
    low, high = rep.no_assumption_bounds(0.365, 0.60)
    assert (round(low, 3), round(high, 3)) == (0.219, 0.619)


def test_worked_largest_bias():
    """(1 - 0.650) x sqrt(0.365 x 0.635) / (2 x 0.6) = 0.1406 on the same data."""
    spread = rep.spread_of_share(0.365)
    assert round(rep.most_bias(KNOWN, SENT, spread), 4) == round(0.350485 * 0.481430 / 1.2, 4)


def test_control_weights_matter_where_response_is_uneven():
    """The same figures with even response: weighting changes nothing."""
    even = rep.weights(KNOWN, [30, 25, 45])
    leavers, employees = [one.leavers for one in worked()], [one.employees for one in worked()]
    assert rep.weighted_ratio(even, leavers, employees) == pytest.approx(
        rep.weighted_ratio([1, 1, 1], leavers, employees)
    )
    assert rep.r_indicator(KNOWN, [30, 25, 45]) == pytest.approx(1)


def test_weights_of_nobody_are_refused():
    with pytest.raises(ValueError, match="no weight"):
        rep.weights([10], [0])


SIZES = st.lists(st.tuples(st.integers(1, 400), st.floats(0, 1)), min_size=1, max_size=12)


def strata_from(sizes):
    return [
        Stratum(
            f"service {place % 3}", f"size {place // 3}", known, round(known * share), posts=round(known * share) * 7
        )
        for place, (known, share) in enumerate(sizes)
    ]


def of(strata, name):
    return [getattr(stratum, name) for stratum in strata]


@given(SIZES)
def test_collapsing_keeps_every_total_and_leaves_no_small_stratum(sizes):
    strata = strata_from(sizes)
    collapsed = rep.collapse(strata)
    for name in ("known", "sent", "posts", "employees", "leavers"):
        assert sum(of(collapsed, name)) == sum(of(strata, name))
    assert len(collapsed) == 1 or min(of(collapsed, "sent")) >= 5


def test_control_strata_that_are_large_enough_are_left_alone():
    strata = strata_from([(20, 0.5), (30, 0.5), (40, 0.5)])
    assert rep.collapse(strata) == strata


def test_sizes_of_a_service_are_joined_before_services_are():
    strata = [Stratum("day", "small", 9, 2), Stratum("day", "large", 9, 8), Stratum("care_home", "small", 9, 9)]
    assert rep.collapse(strata) == [Stratum("day", "", 18, 10), Stratum("care_home", "small", 9, 9)]


def test_services_that_are_still_few_are_joined_with_each_other():
    strata = [Stratum("day", "small", 9, 3), Stratum("other", "small", 9, 4), Stratum("care_home", "small", 9, 9)]
    assert rep.collapse(strata)[-1] == Stratum("", "small", 18, 7)


@given(SIZES)
def test_weights_add_up_to_what_is_known(sizes):
    collapsed = rep.collapse(strata_from(sizes))
    assume(min(of(collapsed, "sent")) > 0)
    weight = rep.weights(of(collapsed, "known"), of(collapsed, "sent"))
    assert (weight * of(collapsed, "sent")).sum() == pytest.approx(sum(of(collapsed, "known")))


@given(SIZES)
def test_the_effective_sample_is_at_most_the_sample(sizes):
    collapsed = rep.collapse(strata_from(sizes))
    assume(min(of(collapsed, "sent")) > 0)
    weight = rep.weights(of(collapsed, "known"), of(collapsed, "sent"))
    assert 0 < rep.effective_sample(weight, of(collapsed, "sent")) <= sum(of(collapsed, "sent")) + 1e-6


def test_equal_weights_leave_the_sample_as_it_is():
    assert rep.effective_sample([2, 2], [30, 10]) == pytest.approx(40)
    assert rep.effective_sample([1, 9], [30, 10]) < 20


@given(SIZES)
def test_the_r_indicator_lies_between_its_floor_and_one(sizes):
    strata = strata_from(sizes)
    known, sent = of(strata, "known"), of(strata, "sent")
    total = sum(known)
    floor = 1 - np.sqrt(total / (total - 1)) if total > 1 else 1
    assert floor - 1e-9 <= rep.r_indicator(known, sent) <= 1


def test_the_r_indicator_is_lowest_where_half_answer_and_half_never_do():
    assert rep.r_indicator([1000, 1000], [1000, 0]) == pytest.approx(0, abs=1e-3)


def test_more_that_sent_than_are_known_count_as_all():
    assert rep.propensities([10], [12]).tolist() == [1.0]


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(0, 60), st.data())
def test_the_bounds_contain_the_truth_whatever_those_who_sent_nothing_are(people, others, data):
    """A sector of which some sent their data: its true share lies within the bounds."""
    silent = data.draw(st.lists(st.booleans(), min_size=others, max_size=others))
    coverage = len(people) / (len(people) + len(silent))
    low, high = rep.no_assumption_bounds(sum(people) / len(people), coverage)
    truth = sum(people + silent) / len(people + silent)
    assert low - 1e-9 <= truth <= high + 1e-9
    assert high - low == pytest.approx(1 - coverage)


def test_control_bounds_without_those_who_sent_nothing_would_miss_the_truth():
    share_of_those_who_sent, truth = 1.0, 0.5
    low, high = rep.no_assumption_bounds(share_of_those_who_sent, 1.0)
    assert not low <= truth <= high


@pytest.mark.parametrize("wrong", [(1.1, 0.5), (0.5, -0.1)])
def test_bounds_of_what_is_no_share_are_refused(wrong):
    with pytest.raises(ValueError, match="between 0 and 1"):
        rep.no_assumption_bounds(*wrong)


SHARES = st.floats(0, 1, allow_nan=False)


@given(SHARES, SHARES)
def test_a_standardised_difference_turns_round_with_its_sides(one, other):
    assert rep.standardised_difference(one, other) == -rep.standardised_difference(other, one)


def test_a_difference_above_a_fifth_is_large():
    """0.4 against 0.3: 0.1 / sqrt((0.24 + 0.21) / 2) = 0.2108; 0.39 against 0.3: 0.1900."""
    assert round(rep.standardised_difference(0.4, 0.3), 4) == 0.2108
    shares = {40: 0.4, 39: 0.39}
    marked = [
        rep.Difference("service", "day", sent, 100, 0.3, rep.standardised_difference(share, 0.3))
        for sent, share in shares.items()
    ]
    assert [one.is_large for one in marked] == [True, False]


def test_differences_compare_those_who_sent_with_all_that_are_known():
    strata = [Stratum("day", "", 50, 10), Stratum("care_home", "", 50, 40)]
    day, home = rep.differences(strata, "service")
    assert (day.share, day.frame_share, home.share) == (0.2, 0.5, 0.8)
    assert day.difference == pytest.approx(-home.difference)
    assert day.difference < -rep.LARGE_DIFFERENCE


def test_without_anybody_there_is_nothing_to_compare():
    assert rep.differences([Stratum("day", "", 50, 0)], "service") == []
    assert rep.coverage_of_establishments([]) is None
    assert rep.coverage_of_posts([]) is None


def test_a_stratum_that_sent_nothing_and_has_no_known_posts_cannot_be_estimated():
    silent, known = Stratum("day", "", 50, 0), Stratum("day", "", 50, 0, known_posts=100)
    sent = Stratum("care_home", "", 10, 5, posts=50)
    assert rep.unestimated([silent, known, sent]) == [silent]
    assert rep.coverage_of_posts([silent, sent]) == 0.5
    assert rep.coverage_of_posts([known, sent]) == 0.25


def test_posts_of_a_joined_stratum_are_known_only_where_all_are():
    one, other = Stratum("day", "a", 5, 1, known_posts=50), Stratum("day", "b", 5, 1)
    assert rep.joined([one, other]).known_posts is None
    assert rep.joined([one, one]).known_posts == 100
    assert astuple(rep.joined([one])) == astuple(one)
