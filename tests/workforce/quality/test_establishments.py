"""Workplaces: filled posts, how old their records are, what is carried forward, and whether flows close."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workforce.quality.making import AS_AT, key, table_of, workplace, write_establishments, write_snapshot
from workforce.quality import establishments as of_workplaces
from workforce.quality.establishments import carry_forward, filled_posts, flow_closure, strata_of, timeliness


def filled(total, records):
    return filled_posts([total], [records])[0]


def test_worked_filled_posts():
    assert filled(41, 38) == 39.5
    assert np.isnan(filled(41, 30))


@pytest.mark.parametrize(
    ("total", "records", "posts"),
    [
        (3, 3, 3),  # equal, from three on
        (2, 2, None),  # equal, but too few
        (2, 5, None),  # close, but one of them too few
        (7, 3, 5),  # four apart
        (8, 3, None),  # five apart, and far from a tenth
        (100, 91, 95.5),  # nine apart, under a tenth of 95.5
        (100, 90, None),  # ten apart, over a tenth of 95
    ],
)
def test_filled_posts_at_the_edges_of_the_rule(total, records, posts):
    assert filled(total, records) == pytest.approx(posts if posts is not None else np.nan, nan_ok=True)


def test_filled_posts_are_not_known_without_both_figures():
    assert np.isnan(filled_posts([np.nan, 20], [20, np.nan])).all()


@given(st.integers(0, 500), st.integers(0, 500))
def test_filled_posts_lie_between_the_two_figures_and_do_not_depend_on_their_order(total, records):
    one, other = filled(total, records), filled(records, total)
    assert np.isnan(one) == np.isnan(other)
    if not np.isnan(one):
        assert min(total, records) <= one <= max(total, records)


# --- How old records are ----------------------------------------------------------------------------------------


def days(*dates):
    return pd.Series(pd.to_datetime(list(dates)))


def test_ages_of_records_by_the_calendar():
    found = timeliness(days("2026-03-30", "2025-09-30", "2024-09-30", "2024-09-29", None), AS_AT)
    assert (found.all, found.known, found.within_6, found.within_12, found.over_24) == (5, 4, 1, 2, 1)


def test_the_median_is_in_days():
    assert timeliness(days("2026-09-20", "2026-08-31", None), AS_AT).median_days == 20
    assert timeliness(days(None), AS_AT).median_days is None


def test_a_workplace_passed_on_unchanged_is_as_old_as_its_last_change():
    now = table_of(workplace(1, last_changed=None), workplace(2))
    before = table_of(workplace(1, last_changed=date(2026, 3, 31)))
    long_before = table_of(workplace(1, last_changed=date(2025, 9, 30)))
    known = of_workplaces.last_known_change(now, [before, long_before])
    assert known[key(1)] == pd.Timestamp("2026-03-31")
    assert known[key(2)] == pd.Timestamp(AS_AT)


# --- What is carried forward -------------------------------------------------------------------------------------


def test_a_workplace_with_the_same_flows_twice_is_carried_forward():
    now = table_of(workplace(1), workplace(2), workplace(3))
    before = table_of(workplace(1), workplace(2, leavers=9))
    found = carry_forward(now, [before])
    assert (found.compared, found.same, found.share) == (2, 1, 0.5)


def test_two_of_any_earlier_returns_are_enough():
    now, before = table_of(workplace(1)), table_of(workplace(1, leavers=9))
    assert carry_forward(now, [before, table_of(workplace(1))]).same == 1
    assert carry_forward(now, [before]).same == 0


def test_a_workplace_where_nobody_came_or_went_is_not_suspected():
    still = table_of(workplace(1, starters=0, leavers=0, vacancies=0))
    assert carry_forward(still, [still]).share is None


def test_a_workplace_that_does_not_give_all_three_is_not_compared():
    assert carry_forward(table_of(workplace(1, leavers=np.nan)), [table_of(workplace(1))]).compared == 0


# --- Whether flows close -----------------------------------------------------------------------------------------


def test_what_flows_leave_unexplained():
    """100 employees become 104; 12 came and 5 went in the year: 4 - (12 - 5) = -3 of 104."""
    before = table_of(workplace(1, employees=100))
    now = table_of(workplace(1, employees=104, starters=12, leavers=5))
    found = flow_closure(now, before, 12)
    assert (found.residual, found.share) == (-3, -3 / 104)


def test_flows_of_a_year_are_brought_to_the_time_between():
    before = table_of(workplace(1, employees=100))
    now = table_of(workplace(1, employees=104, starters=12, leavers=4))
    assert flow_closure(now, before, 6).residual == 0
    assert flow_closure(now, before, 12).residual == -4


def test_a_workplace_in_one_return_only_is_not_taken_for_a_flow():
    before = table_of(workplace(1, employees=100), workplace(2, employees=50))
    now = table_of(workplace(1, employees=101, starters=5, leavers=4), workplace(3, employees=70))
    assert flow_closure(now, before, 12).workplaces == 1
    assert flow_closure(now, before, 12).residual == 0


def test_without_workplaces_in_both_there_is_no_share():
    assert flow_closure(table_of(workplace(1)), table_of(workplace(2)), 12).share is None


@given(st.integers(1, 1000), st.integers(0, 400), st.integers(0, 400))
def test_flows_that_are_whole_always_close(employees, starters, leavers):
    before = table_of(workplace(1, employees=employees + leavers))
    now = table_of(workplace(1, employees=employees + starters, starters=starters, leavers=leavers))
    assert flow_closure(now, before, 12).residual == 0


def test_the_return_of_a_year_before_is_the_one_to_compare_with():
    dates = [date(2026, 3, 31), date(2025, 9, 30), date(2024, 9, 30), date(2027, 3, 31)]
    assert of_workplaces.earlier_to_compare(AS_AT, dates) == date(2025, 9, 30)
    assert of_workplaces.earlier_to_compare(AS_AT, [AS_AT]) is None
    assert of_workplaces.months_between(date(2025, 9, 30), AS_AT) == 12


# --- Workplaces by kind ------------------------------------------------------------------------------------------


def test_workplaces_are_counted_by_service_and_size():
    table = table_of(
        workplace(1), workplace(2, leavers=np.nan), workplace(3, service="day", posts_in_file=18, leavers=1)
    )
    home, day = strata_of(table)
    assert (home["service"], home["establishments"], home["posts"]) == ("care_home", 2, 40)
    assert (home["employees"], home["leavers"]) == (20, 4)  # only of the one that gives its leavers
    assert (day["posts"], day["leavers"]) == (19, 1)


def test_posts_that_cannot_be_settled_are_taken_from_their_stratum():
    (one,) = strata_of(table_of(workplace(1), workplace(2, posts_in_file=5)))
    assert (one["posts"], one["unsettled"]) == (40, 1)


def test_posts_of_a_stratum_without_any_settled_are_those_in_the_file():
    (one,) = strata_of(table_of(workplace(1, posts_in_file=5), workplace(2, posts_in_file=3)))
    assert (one["posts"], one["unsettled"]) == (8, 2)


def test_a_list_of_staff_settles_posts_by_itself():
    lists = [workplace(number, total_staff=np.nan, posts_in_file=posts) for number, posts in ((1, 30), (2, 2))]
    (one,) = strata_of(table_of(*lists))
    assert (one["posts"], one["unsettled"]) == (32, 0)


def test_the_companion_is_read_as_it_was_written(tmp_path):
    path = write_establishments(tmp_path / "e.parquet", [workplace(1, vacancies=None), workplace(2, last_changed=None)])
    table = of_workplaces.read_establishments(path)
    assert table.establishment_key.tolist() == [key(1), key(2)]
    assert table.service.tolist() == ["care_home", "care_home"]
    assert table.leavers.tolist() == [4, 4]
    assert np.isnan(table.vacancies[0])
    assert table.last_changed.isna().tolist() == [False, True]


def test_posts_say_what_their_workplaces_are_where_no_companion_does(tmp_path):
    posts = [{"post_key": n, "establishment_key": 1, "service": "acute", "is_employee": "yes"} for n in range(9)]
    posts += [{"post_key": 9, "establishment_key": 1, "service": "corporate", "is_employee": "no"}, {"post_key": 10}]
    table = of_workplaces.establishments_from_posts(write_snapshot(tmp_path / "s.parquet", posts))
    nowhere, hospital = table.to_dict("records")
    assert (hospital["service"], hospital["posts_in_file"], hospital["employees"]) == ("acute", 10, 9)
    assert (hospital["size_band"], nowhere["size_band"], nowhere["service"]) == ("10_to_49", "1_to_9", "missing")
    assert [one["establishments"] for one in strata_of(table)] == [1, 1]
