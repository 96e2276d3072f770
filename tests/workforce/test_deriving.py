"""Fields that are worked out from others: by the published figures, and by plain arithmetic."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.checking.kinds import EPOCH
from workforce.deriving import (
    EMPLOYEES,
    ETHNIC_GROUPS,
    ROLE_GROUPS,
    age_band,
    derive,
    hourly_from_annual,
    regroup,
    weekly_hours,
    whole_time_equivalent,
    whole_years,
)  # fmt: skip
from workforce.posts import STATES, Posts, vocabulary
from workforce.template import ABSENT, FIELDS

MISSING = STATES.index("missing")


def one_post(*, unknown=(), **values):
    """One post with these numbers and categories; `unknown` names numbers that are said to be not known."""
    posts = Posts(1)
    for name, value in values.items():
        if isinstance(value, str):
            posts.say(name, value, np.array([True]))
        else:
            posts.number(name, np.array([float(value)]))
    for name in unknown:
        posts.number(name, np.array([np.nan]), unknown=np.array([True]))
    derive(posts)
    return posts


def word(posts, name):
    return vocabulary(name)[posts.places(name)[0]]


@pytest.mark.parametrize(
    ("hours", "wte"),
    [(30, 0.81081), (37, 1), (37.5, 1), (18.5, 0.5), (0, 0), (75, 1), (0.8 * 37.5, 0.81081)],
)
def test_whole_time_equivalents_are_on_37_hours_and_at_most_one(hours, wte):
    assert whole_time_equivalent(hours) == pytest.approx(wte, abs=5e-6)


def test_unknown_hours_have_no_whole_time_equivalent():
    assert np.isnan(whole_time_equivalent(np.nan))


def test_annual_pay_by_the_hour():
    """52.143 weeks of 37 hours: GBP 20,000 a year is 10.3664 an hour."""
    assert hourly_from_annual(20_000) == pytest.approx(20_000 / 1929.291)
    assert hourly_from_annual(52.143 * 37) == 1
    assert np.isnan(hourly_from_annual(np.nan))


@pytest.mark.parametrize(
    ("given", "hours"),
    [
        ({"contract": "permanent", "hours_contracted": 30}, 30),
        ({"contract": "permanent", "hours_contracted": 30, "hours_average": 20}, 30),
        ({"contract": "permanent", "hours_average": 20}, 20),
        ({"contract": "permanent", "zero_hours": "yes", "hours_contracted": 0, "hours_average": 20}, 20),
        ({"contract": "bank", "hours_contracted": 30, "hours_average": 20}, 20),
        ({"contract": "agency", "hours_average": 12}, 12),
        ({"contract": "other"}, None),
        ({"hours_contracted": 30}, 30),
    ],
)
def test_average_hours_count_where_none_are_guaranteed(given, hours):
    posts = one_post(**given)
    found = posts.numbers("fte37")[0]
    assert np.isnan(found) if hours is None else found == pytest.approx(hours / 37)
    assert STATES[posts.state("fte37")[0]] == ("missing" if hours is None else "given")


def test_hours_that_are_known_to_be_unknown():
    posts = one_post(contract="permanent", unknown=["hours_contracted"])
    assert STATES[posts.state("fte37")[0]] == "unknown"
    assert word(posts, "hours_pattern") == "unknown"
    known = one_post(contract="permanent", hours_average=20, unknown=["hours_contracted"])
    assert STATES[known.state("fte37")[0]] == "given"


@pytest.mark.parametrize(
    ("given", "pattern"),
    [
        ({"hours_contracted": 35}, "full"),
        ({"hours_contracted": 34.5}, "part"),
        ({"hours_contracted": 0.5}, "part"),
        ({"hours_contracted": 0}, "none_fixed"),
        ({"zero_hours": "yes"}, "none_fixed"),
        ({"zero_hours": "yes", "hours_contracted": 37}, "none_fixed"),
        ({}, "missing"),
    ],
)
def test_full_time_is_35_contracted_hours(given, pattern):
    assert word(one_post(**given), "hours_pattern") == pattern


@pytest.mark.parametrize(
    ("age", "band"),
    [(14, "under_20"), (19, "under_20"), (20, "20_24"), (24, "20_24"), (25, "25_29"), (64, "60_64"), (69, "65_69"),
     (70, "70_and_over"), (100, "70_and_over")],
)  # fmt: skip
def test_age_bands(age, band):
    assert word(one_post(age=age), "age_band") == band


def test_ages_fall_into_the_band_that_names_them():
    for age in range(20, 70):
        low, high = map(int, word(one_post(age=age), "age_band").split("_"))
        assert low <= age <= high == low + 4


@pytest.mark.parametrize("state", range(1, len(STATES)))
def test_why_there_is_no_age_is_why_there_is_no_band(state):
    places = age_band(np.array([np.nan]), np.array([state], np.int8))
    assert vocabulary("age_band")[places[0]] == STATES[state]


@pytest.mark.parametrize(
    ("name", "into", "groups"),
    [("role", "role_group", ROLE_GROUPS), ("contract", "is_employee", EMPLOYEES),
     ("ethnicity15", "ethnicity5", ETHNIC_GROUPS)],
)  # fmt: skip
def test_every_value_has_one_group_and_the_four_words_stay(name, into, groups):
    named = [value for values in groups.values() for value in values.split()]
    assert sorted(named) == sorted(FIELDS[name].values)
    assert set(groups) == set(FIELDS[into].values)
    grouped = [vocabulary(into)[place] for place in regroup(name, into, groups)]
    assert grouped[-len(ABSENT) :] == list(ABSENT)


@pytest.mark.parametrize(
    ("value", "name", "group"),
    [("chinese", "ethnicity15", "asian"), ("mixed_other", "ethnicity15", "mixed"), ("bank", "contract", "no"),
     ("fixed_term_temporary", "contract", "yes"), ("social_worker", "role", "regulated"), ("care_worker", "role",
     "direct_care_support"), ("registered_manager", "role", "manager"), ("refused", "ethnicity15", "refused")],
)  # fmt: skip
def test_groups(value, name, group):
    into = {"ethnicity15": "ethnicity5", "contract": "is_employee", "role": "role_group"}[name]
    assert word(one_post(**{name: value}), into) == group


@given(st.dates(date(1900, 1, 1), date(2026, 11, 26)), st.dates(date(2015, 1, 1), date(2030, 12, 31)))
def test_whole_years_are_birthdays_that_have_been(born, on):
    days = np.array([(born - EPOCH).days], float)
    had = (on.month, on.day) >= (born.month, born.day)
    assert whole_years(days, on)[0] == on.year - born.year - (not had)


@pytest.mark.parametrize(("on", "age"), [(date(2026, 2, 28), 25), (date(2026, 3, 1), 26), (date(2028, 2, 29), 28)])
def test_who_was_born_on_the_29th_of_february(on, age):
    assert whole_years(np.array([(date(2000, 2, 29) - EPOCH).days], float), on)[0] == age


def test_nobody_knows_the_age_of_the_unborn_and_unknown():
    assert np.isnan(whole_years(np.array([np.nan]), date(2026, 1, 1)))[0]
    tomorrow = (date(2026, 1, 1) + timedelta(days=1) - EPOCH).days
    assert whole_years(np.array([tomorrow], float), date(2026, 1, 1))[0] == -1


def test_a_post_of_which_nothing_is_known():
    posts = one_post()
    derived = [field.name for field in FIELDS.values() if field.derived_from and field.values]
    assert {word(posts, name) for name in derived} == {"missing"}
    hours, unknown = weekly_hours(posts)
    assert np.isnan(hours[0]) and not unknown[0]
    assert posts.state("fte37")[0] == MISSING
