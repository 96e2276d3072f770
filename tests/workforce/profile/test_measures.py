"""Every measure is declared whole, on one definition, and in words."""

import re
from itertools import pairwise

import pytest

from workforce.profile.counting import BLOCKS, all_labels, block_values
from workforce.profile.declaring import ROWS, Kind
from workforce.profile.fields import GROUPINGS, values_of
from workforce.profile.measures import BY_NAME, MEASURES, of_kind
from workforce.profile.words import WORDS
from workforce.template import FIELDS, SIZE_BANDS, TOPICS

PROMISED = """posts role wte people workplaces contract hours_pattern zero_hours apprentice age_band sex ethnicity
nationality disability recruit_source leave_reason leave_destination qual_level care_certificate registration amhp
experience_role experience_sector share_over_50 share_over_55 share_zero_hours share_part_time share_permanent
share_women share_disabled share_non_white share_non_british share_level_2 share_care_certificate share_apprentice
share_recruited_within employees starters leavers vacancies vacancy_rate turnover_rate starters_rate native_turnover
stability sick_days sickness_rate hourly_pay""".split()


def test_what_others_rely_on_is_declared():
    topics = [f"{kind}_{topic}" for topic in TOPICS.split() for kind in ("training", "share_trained")]
    assert {*PROMISED, *topics} <= BY_NAME.keys()
    assert len(BY_NAME) == len(MEASURES)


@pytest.mark.parametrize("measure", of_kind(Kind.SHARE), ids=lambda one: one.name)
def test_a_share_is_made_of_values_that_its_measure_has(measure):
    of = BY_NAME[measure.of]
    assert of.kind is Kind.POSTS
    assert set(measure.over) < set(measure.among) <= set(values_of(of.field))
    assert (measure.rows, measure.special, measure.flow) == (of.rows, of.special, of.flow)


@pytest.mark.parametrize("measure", of_kind(Kind.RATE), ids=lambda one: one.name)
def test_a_rate_is_made_of_counts_of_the_same_workplaces(measure):
    (flow,) = measure.over
    assert f"employees_of_{flow}" in measure.among
    assert all(BY_NAME[name].kind is Kind.PLACES for name in (*measure.over, *measure.among))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.name)
def test_a_measure_says_what_it_is(measure):
    assert measure.label[0].isupper() and measure.meaning.endswith(".") and measure.population and measure.source
    assert set(measure.rows) <= {*ROWS, "role"}
    if measure.kind in (Kind.SHARE, Kind.RATE):
        assert measure.numerator and measure.denominator and measure.missing


def test_every_value_of_every_column_has_words():
    words = all_labels({"partner": {"birch": "Birch Council"}})
    for name in BLOCKS:
        measure = BY_NAME[name]
        assert not measure.columns or set(block_values(measure)) <= set(words[measure.columns])
    for name in ("sector", "service", "role", "role_group"):
        assert set(words[name]) == {*FIELDS[name].values, "no_value"}
    assert words["partner"] == {"birch": "Birch Council"}


@pytest.mark.parametrize("name", [name for name in FIELDS if name in WORDS])
def test_the_page_knows_the_values_of_the_template_and_no_others(name):
    assert set(values_of(name)) == set(FIELDS[name].values)


@pytest.mark.parametrize("field", GROUPINGS)
def test_each_level_of_a_grouping_joins_groups_of_the_level_before(field):
    levels = [dict(groups) for _, groups in GROUPINGS[field]]
    assert levels[0] == {value: value for value in values_of(field)}
    for finer, coarser in pairwise(levels):
        group_of = {}
        assert all(group_of.setdefault(finer[value], coarser[value]) == coarser[value] for value in finer)
        assert len(set(coarser.values())) < len(set(finer.values()))
    assert all(set(groups.values()) == set(WORDS[level]) for level, groups in GROUPINGS[field])


def test_every_field_of_posts_and_the_sizes_can_be_grouped():
    assert {measure.field for measure in of_kind(Kind.POSTS)} - {""} == GROUPINGS.keys() - {"size_band"}
    assert tuple(SIZE_BANDS) == values_of("size_band")


def test_control_a_grouping_that_cuts_across_the_one_before_would_be_noticed():
    finer, across = {"a": "x", "b": "x", "c": "y"}, {"a": "p", "b": "q", "c": "q"}
    group_of = {}
    assert not all(group_of.setdefault(finer[value], across[value]) == across[value] for value in finer)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda one: one.name)
def test_words_are_for_people(measure):
    words = " ".join((measure.label, measure.meaning, measure.population, measure.numerator, measure.denominator))
    assert not re.search(r"_|\b(null|NaN|FTE|denominator|numerator|cohort|cell)\b", words)
