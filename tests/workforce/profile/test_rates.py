"""Formulas against worked examples and published figures, each known only to its printed rounding."""

import numpy as np
import pytest

from workforce.deriving import whole_time_equivalent
from workforce.profile import rates
from workforce.profile.rates import Interval


def test_the_worked_example_of_the_definitions():
    assert round(100 * rates.vacancy_rate(14, 180), 1) == 7.2
    assert round(100 * rates.turnover_rate(52, 180), 1) == 28.9
    assert round(100 * rates.starters_rate(61, 180), 1) == 33.9


def test_the_same_workforce_has_three_answers():
    """1,000 at the start, 1,100 at the end, 200 left of whom 150 were there at the start."""
    assert round(100 * rates.turnover_rate(200, 1100), 1) == 18.2
    assert round(100 * rates.leaver_rate(200, 1000, 1100), 1) == 19.0
    assert round(100 * rates.stability_index(850, 1000), 1) == 85.0


def test_nobody_has_no_rate():
    assert rates.vacancy_rate(0, 0) is None
    assert rates.turnover_rate(3, 0) is None
    assert rates.leaver_rate(3, 0, 0) is None
    assert rates.stability_index(0, 0) is None
    assert rates.sickness_rate(0, 0) is None


def test_an_nhs_figure_on_37_and_a_half_hours_comes_to_the_common_37():
    on_the_nhs_basis = 30 / 37.5
    assert round(on_the_nhs_basis, 5) == 0.8
    assert np.round(whole_time_equivalent(on_the_nhs_basis * 37.5), 5) == 0.81081
    assert whole_time_equivalent(40) == 1


def test_personal_assistants_follow_from_people_who_receive_direct_payments():
    """T10: 215,000 x 32% x 1.87 / 1.29, published as 69,000 employers, 130,000 posts, 100,000 people."""
    employers, posts = rates.assistants(215_000, 0.32, 1.87)
    assert (round(employers), round(posts)) == (68_800, 128_656)
    known = Interval.of(215_000, 1_000), Interval.of(0.32, 0.01), Interval.of(1.87, 0.01)
    employers, posts = rates.assistants(*known)
    assert employers.meets(Interval.of(69_000, 1_000))
    assert posts.meets(Interval.of(130_000, 10_000))
    assert (posts / Interval.of(1.29, 0.01)).meets(Interval.of(100_000, 10_000))


# T12: leavers, turnover %, vacancies, vacancy rate %, as printed, and what leavers are rounded to.
ONE_BASE = {
    "2017/18": (390_000, 10_000, 30.7, 110_000, 10_000, 8.0),
    "2018/19": (440_000, 10_000, 30.8, 122_000, 1_000, 7.8),
    "2019/20": (430_000, 10_000, 30.4, 112_000, 1_000, 7.3),
}


@pytest.mark.parametrize("year", ONE_BASE)
def test_published_turnover_and_vacancies_share_one_base_of_employees(year):
    leavers, left_step, turnover, vacancies, vacant_step, vacant = ONE_BASE[year]
    by_leavers = rates.base_of_rate(Interval.of(leavers, left_step), Interval.of(turnover, 0.1) / Interval(100, 100))
    by_vacancies = rates.employees_of_vacancy_rate(
        Interval.of(vacancies, vacant_step), Interval.of(vacant, 0.1) / Interval(100, 100)
    )
    assert by_leavers.meets(by_vacancies)


def test_filled_posts_are_the_wrong_base_of_a_vacancy_rate():
    """T13: 111,000 vacancies and 1.60 million filled posts would be 6.5%; 7.0% is published, over employees."""
    over_filled = rates.vacancy_rate(111_000, 1_600_000)
    assert not Interval(over_filled, over_filled).meets(Interval.of(0.07, 0.001))
    employees = rates.employees_of_vacancy_rate(Interval.of(111_000, 1_000), Interval.of(0.07, 0.001))
    assert 1_450_000 < employees.low < employees.high < 1_500_000


def test_leavers_who_leave_the_sector():
    """T14: 400,000 leavers of whom 63% stay in the sector, published as around 150,000."""
    assert round(rates.exits(400_000, 0.63)) == 148_000
    left = Interval.of(400_000, 10_000) * (1 - Interval.of(0.63, 0.01))
    assert left.meets(Interval.of(150_000, 10_000))


# T16: organisation and month, days lost, days available, % as printed.
SICKNESS = [
    ("RNA Mar-2025", 9537.80247, 181454.83293, 5.26), ("RNA Dec-2024", 10988.86498, 181793.44692, 6.04),
    ("RNA Apr-2024", 7709.16381, 168282.75426, 4.58), ("RNA Jun-2024", 8440.23391, 168493.43455, 5.01),
    ("RNA Sep-2024", 8466.21591, 168961.26781, 5.01), ("RBK Mar-2025", 9252.11423, 142524.23135, 6.49),
    ("RL4 Mar-2025", 17174.51671, 320973.26883, 5.35), ("TAJ Mar-2025", 7689.26601, 119784.45161, 6.42),
    ("RYK Sep-2024", 296.41341, 6481.68309, 4.57),
]  # fmt: skip


@pytest.mark.parametrize(("where", "lost", "available", "printed"), SICKNESS, ids=[one[0] for one in SICKNESS])
def test_published_sickness_rates_come_out_to_the_last_digit(where, lost, available, printed):
    assert round(100 * rates.sickness_rate(lost, available), 2) == printed


def test_nurses_leaving_are_a_share_of_the_mean_of_two_headcounts():
    """T17: 31,628 leavers are 10.1%, so the mean base lies between 311,600 and 314,700; stability was 89.8%."""
    base = rates.base_of_rate(Interval(31_628, 31_628), Interval.of(0.101, 0.001))
    assert (round(base.low, -2), round(base.high, -2)) == (311_600, 314_700)
    assert rates.leaver_rate(31_628, base.low, base.high) == pytest.approx(0.101, abs=0.0005)
    assert round(100 - 10.1, 1) != 89.8


def test_an_interval_over_one_with_nought_may_be_anything():
    assert (Interval(1, 2) / Interval(-1, 1)).meets(Interval(1e9, 2e9))
    assert (Interval(1, 2) + Interval(3, 4)) == Interval(4, 6)
