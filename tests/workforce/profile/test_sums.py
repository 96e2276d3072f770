"""Whole-time equivalents, people, days sick and pay."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workforce.profile.making import column, columns, counted, posts, returned
from workforce.profile.pay import minimum_pay, percentiles


def test_whole_time_equivalents_add_up_and_posts_without_hours_add_nothing(tmp_path):
    rows = posts(8, fte37=0.5) + posts(1, first=9, fte37=1.0) + posts(1, first=10)
    found = counted(returned(tmp_path, "birch", rows))
    block = found.blocks["wte"]
    assert column(block, "all") == 5.0
    assert block.bases.sum(axis=0).tolist() == [9, 1]
    assert found.notes["wte"] == ["About nine in ten posts have hours; the others add nothing."]


def test_somebody_with_two_posts_is_one_person(tmp_path):
    rows = posts(6) + posts(1, first=7, person_key=1) + posts(1, first=8, person_key=None)
    found = counted(returned(tmp_path, "birch", rows))
    assert columns(found.blocks["people"]) == {"all": 7}
    assert found.blocks["people"].bases.sum(axis=0).tolist() == [7, 1]


def test_people_are_not_told_where_most_posts_do_not_say_who_fills_them(tmp_path):
    found = counted(returned(tmp_path, "birch", posts(6, person_key=None)))
    assert "people" not in found.blocks


def test_mean_days_sick_leave_out_who_has_none_given(tmp_path):
    rows = posts(8, sick_days=0.0) + posts(8, first=9, sick_days=9.0) + posts(2, first=17)
    (total, *rest) = counted(returned(tmp_path, "birch", rows)).summaries["sick_days"]
    assert (total.row, total.figures, total.base) == (None, {"mean": 4.5}, 16)
    assert {(one.rows, one.row) for one in rest} == {
        ("partner", "birch"), ("sector", "la"), ("service", "domiciliary"), ("role_group", "direct_care_support"),
    }  # fmt: skip


def test_sickness_is_days_lost_of_days_available(tmp_path):
    rows = posts(4, fte_days_lost=10.0, fte_days_available=200.0)
    rows += posts(4, first=5, fte_days_lost=0.0, fte_days_available=300.0)
    total = counted(returned(tmp_path, "oak", rows)).summaries["sickness_rate"][0]
    assert total.figures == {"mean": pytest.approx(2.0)}
    assert (total.base, total.contributors, total.largest_share) == (8, 1, 1.0)


def paid(many, pounds, first=1, **more):
    return posts(many, first=first, hourly_pay=pounds, age=40, **more)


def test_pay_is_told_by_role_group_role_sector_and_partner(tmp_path):
    rows = [row for place, pounds in enumerate((13.0, 14.0, 15.0, 16.0, 17.0)) for row in paid(1, pounds, 1 + place)]
    found = counted(returned(tmp_path, "birch", rows)).summaries["hourly_pay"]
    assert found[0].figures == {"p10": 13.4, "p25": 14.0, "p50": 15.0, "p75": 16.0, "p90": 16.6}
    assert [(one.rows, one.row) for one in found] == [
        ("role_group", None), ("role_group", "direct_care_support"), ("sector", "la"), ("partner", "birch"),
        ("role", "care_worker"),
    ]  # fmt: skip


def test_pay_below_the_minimum_or_of_no_employee_does_not_count(tmp_path):
    rows = paid(8, 13.0) + paid(1, 12.0, 9) + paid(1, 201.0, 10)
    rows += paid(5, 30.0, 11, contract="agency", is_employee="no")
    found = counted(returned(tmp_path, "birch", rows))
    assert found.summaries["hourly_pay"][0].base == 8
    assert found.notes["hourly_pay"] == [
        "Pay below the legal minimum for the person's age, or above £200 an hour, is left out. There is some at "
        "Birch Council."
    ]


@pytest.mark.parametrize(
    ("age", "apprentice", "pence"), [(21, False, 1271), (20, False, 1085), (17, False, 800), (40, True, 800),
                                     (np.nan, False, 800)],
)  # fmt: skip
def test_the_minimum_goes_by_age(age, apprentice, pence):
    assert minimum_pay(date(2026, 9, 30), [age], [apprentice]) == pence


def test_the_minimum_is_that_of_the_day():
    assert minimum_pay(date(2025, 3, 31), [30], [False]) == 1144
    assert minimum_pay(date(2010, 1, 1), [30], [False]) == 500


@settings(deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=200))
def test_percentiles_are_the_usual_ones(values):
    found = percentiles(np.bincount(values), (0, 10, 25, 50, 75, 90, 100))
    assert np.allclose(found, np.percentile(values, (0, 10, 25, 50, 75, 90, 100)))


def test_nothing_has_no_percentiles():
    with pytest.raises(ValueError, match="of nothing"):
        percentiles(np.zeros(5))


def test_who_is_behind_a_figure_is_known(tmp_path):
    rows = [
        row
        for number, many in ((1, 10), (2, 20), (3, 70))
        for row in paid(many, 14.0, 100 * number, establishment_key=number, sector="independent_private")
    ]
    found = counted(returned(tmp_path, "elm", rows)).summaries["hourly_pay"]
    by_role = next(one for one in found if one.rows == "role")
    for one in (found[0], by_role):
        assert (one.base, one.contributors, one.largest_share, one.partners) == (100, 3, 0.7, ("elm",))
