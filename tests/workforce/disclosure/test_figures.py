"""Percentages, means and percentiles, and how finely they are given."""

import itertools
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workforce.disclosure.figures import (
    estimate_cell,
    may_be_summarised,
    nearest,
    percent,
    rate,
    ratio_cell,
    step_of,
    summary_cells,
)
from workforce.disclosure.released import Cell
from workforce.disclosure.rules import Rules
from workforce.profile.counted import Estimate, Summary

RULES = Rules()
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pay(base, *, contributors=5, largest=0.4, **figures):
    figures = figures or {"p10": 11.44, "p25": 11.91, "p50": 12.63, "p75": 14.02, "p90": 17.77}
    return Summary("sector", "la", figures, base, contributors, largest)


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (20, 45, None),  # too few for a percentage
        (20, 50, 40),
        (25, 395, 6),
        (25, 400, 6.3),
        (60, 55, 100),  # rounded apart
        (0, 50, 0),
        (0, 0, None),
    ],
)
def test_percentages_are_as_fine_as_their_base_bears(numerator, denominator, shown):
    found = percent(numerator, denominator, RULES)
    assert found == shown and type(found) is type(shown)


def test_rates_may_be_more_than_a_hundred():
    assert rate(120, 100, RULES) == 120
    assert rate(120, 45, RULES) is None


def test_a_share_is_hidden_with_what_it_is_made_of():
    assert ratio_cell("la", [20, None], [100], RULES) == Cell("la", None, None, hidden=True)
    assert ratio_cell("la", [20], [100, None], RULES) == Cell("la", None, None, hidden=True)
    assert ratio_cell("la", [20, 5], [100], RULES) == Cell("la", None, 25)
    assert ratio_cell("la", [20, 5], [100], RULES, least=150).hidden
    assert ratio_cell("la", [0], [0], RULES) == Cell("la", None, None)


@pytest.mark.parametrize(("base", "shown"), [(9, 0), (10, 1), (39, 1), (40, 3), (99, 3), (100, 5)])
def test_percentiles_need_ten_posts_on_either_side(base, shown):
    columns = {name: name for name in ("p10", "p25", "p50", "p75", "p90")}
    cells = summary_cells([pay(base)], columns, RULES, step=0.05)
    assert sum(cell.value is not None for cell in cells) == shown
    assert sum(cell.hidden for cell in cells) == 5 - shown


def test_pay_is_given_to_five_pence():
    (cell,) = summary_cells([pay(100, p50=12.63)], {"p50": "p50"}, RULES, step=step_of("£ an hour"))
    assert cell.value == 12.65


def test_few_or_dominant_contributors_hide_a_mean():
    assert may_be_summarised(pay(100), "mean", RULES)
    assert not may_be_summarised(pay(100, contributors=2), "mean", RULES)
    assert not may_be_summarised(pay(100, largest=0.92), "mean", RULES)


def test_what_is_not_known_is_not_called_hidden():
    assert summary_cells([pay(100, mean=math.nan)], {"mean": None, "p50": "p50"}, RULES) == (
        Cell("la", None, None),
        Cell("la", "p50", None),
    )


def test_estimates_are_whole_per_cents_for_the_public():
    estimate = Estimate("share_over_50", 0.3649, 0.371, 0.3, 0.45, 0.6, 4000, 12)
    assert estimate_cell(estimate, "weighted", 0.3649, RULES, whole_per_cents=True).value == 36
    assert estimate_cell(estimate, "weighted", 0.3649, RULES, whole_per_cents=False).value == 36.5
    few = Estimate("share_over_50", 0.3649, 0.371, 0.3, 0.45, 0.6, 4000, 2)
    assert estimate_cell(few, "weighted", 0.3649, RULES, whole_per_cents=True).hidden
    assert estimate_cell(estimate, "weighted", None, RULES, whole_per_cents=True) == Cell(None, "weighted", None)


def behind_a_percentage(numerator, denominator, agrees):
    """V7: whole counts that round to these and agree with the percentage."""
    near = itertools.product(range(numerator - 2, numerator + 3), range(denominator - 2, denominator + 3))
    return [(n, d) for n, d in near if agrees(n, d)]


@pytest.mark.parametrize(("shown", "percentage", "behind"), [((5, 60), 8.2, (5, 61)), ((10, 60), 13.3, (8, 60))])
def test_v7_control_a_percentage_of_exact_counts_gives_them_away(shown, percentage, behind):
    assert behind_a_percentage(*shown, lambda n, d: nearest(100 * n / d, 0.1) == percentage) == [behind]


@pytest.mark.parametrize("shown", [(5, 60), (10, 60), (15, 400)])
def test_v7_a_percentage_of_released_counts_tells_no_more_than_they_do(shown):
    """It is made of the rounded counts, so all whole counts that round to these give the same percentage."""
    released = percent(*shown, RULES)
    agree = behind_a_percentage(*shown, lambda n, d: percent(nearest(n, 5), nearest(d, 5), RULES) == released)
    assert len(agree) == 25


COUNTS, PERTURBED, NOISE = (8, 12, 20), (9, 14, 19), 2
TOTALS = (90, 95, 185)


def counts_behind(means, finest):
    """V10: counts near the perturbed ones with whole sums that give these means, and that add up."""
    near = [
        [n for n in range(shown - NOISE, shown + NOISE + 1) if _is_explained(n, mean, finest)]
        for shown, mean in zip(PERTURBED, means, strict=True)
    ]
    return [found for found in itertools.product(*near) if found[0] + found[1] == found[2]]


def _is_explained(count, mean, finest):
    low, high = count * (mean - finest / 2), count * (mean + finest / 2)
    return math.floor(high) >= math.ceil(low)


def test_v10_control_exact_means_give_away_the_counts():
    assert counts_behind((11.25, 7.9167, 9.25), 0.0001) == [COUNTS]


def test_v10_means_as_we_give_them_do_not():
    means = [nearest(total / count, step_of("days")) for total, count in zip(TOTALS, COUNTS, strict=True)]
    assert len(counts_behind(means, step_of("days"))) >= 5


@unhurried
@given(st.integers(10, 500), st.integers(0, 5000))
def test_every_count_near_explains_a_mean_of_ten_or_more(count, total):
    mean = nearest(total / count, step_of("days"))
    assert all(_is_explained(near, mean, step_of("days") + 1e-6) for near in range(max(10, count - 4), count + 5))


@unhurried
@given(st.integers(0, 3000), st.integers(0, 3000))
def test_percentages_lie_between_0_and_100(numerator, denominator):
    found = percent(numerator, denominator, RULES)
    assert (found is None) == (denominator < 50)
    assert found is None or 0 <= found <= 100
