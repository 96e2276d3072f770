"""Each field of a snapshot: what is given, what is said to be unknown, and which posts count at all."""

from dataclasses import astuple
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workforce.quality.making import write_snapshot
from workforce.quality.figures import MEASURED, FieldCounts, uniqueness, validity
from workforce.quality.measures import count_duplicates, count_fields, count_over
from workforce.template import FIELDS, Kind

COUNTS = st.builds(FieldCounts, *[st.integers(0, 1000)] * 5)


@pytest.fixture
def snapshot(tmp_path):
    posts = [
        {
            "post_key": 1,
            "sex": "female",
            "age": 61,
            "leave_reason": "not_applicable",
            "hours_average": "not_applicable",
        },
        {"post_key": 2, "sex": "unknown", "age": 50, "leave_reason": "retired", "hours_average": 20},
        {"post_key": 3, "sex": "refused", "age": "unknown", "leave_reason": "not_applicable"},
        {"post_key": 3, "age": 49, "leave_reason": "not_applicable", "hours_average": "not_applicable"},
    ]
    return write_snapshot(tmp_path / "snapshot.parquet", posts)


def test_the_four_words_are_counted_apart(snapshot):
    assert count_fields(snapshot)["sex"] == FieldCounts(given=1, unknown=1, refused=1, not_applicable=0, missing=1)


def test_a_number_is_counted_by_the_state_beside_it(snapshot):
    counts = count_fields(snapshot)
    assert counts["age"] == FieldCounts(given=3, unknown=1)
    assert counts["hours_average"] == FieldCounts(given=1, not_applicable=2, missing=1)


def test_posts_to_which_a_field_does_not_apply_are_not_eligible(snapshot):
    reason = count_fields(snapshot)["leave_reason"]
    assert (reason.eligible, reason.completeness) == (1, 1.0)


def test_control_counting_them_as_eligible_would_make_leaving_look_unanswered(snapshot):
    reason = count_fields(snapshot)["leave_reason"]
    assert reason.given / reason.rows == 0.25


def test_what_is_declared_unknown_is_not_hidden_among_what_is_missing(snapshot):
    sex = count_fields(snapshot)["sex"]
    assert (sex.completeness, sex.declared_unknown) == (0.25, 0.5)


def test_a_field_that_no_row_says_anything_of_was_not_collected(snapshot):
    counts = count_fields(snapshot)
    assert not counts["fte_days_lost"].is_collected
    assert counts["sex"].is_collected


def test_every_field_but_keys_is_measured(snapshot):
    assert set(count_fields(snapshot)) == {name for name, field in FIELDS.items() if field.kind is not Kind.KEY}
    assert all(one.rows == 4 for one in count_fields(snapshot).values())


def test_a_later_post_with_the_same_key_is_a_duplicate(snapshot):
    assert count_duplicates(snapshot) == (4, 1)


def test_ages_from_fifty_of_the_ages_that_are_known(snapshot):
    assert count_over(snapshot, 50) == (2, 3)


def test_posts_that_somebody_left_say_only_why_they_left(tmp_path):
    filled = {"post_key": 1, "sex": "female"}
    undated = {"post_key": 1, "age": 80, "leave_month": "missing", "leave_reason": "missing"}
    left = {"post_key": 1, "age": 70, "leave_month": date(2026, 5, 1), "leave_reason": "retired"}
    path = write_snapshot(tmp_path / "snapshot.parquet", [filled, left, undated])
    counts = count_fields(path)
    assert (counts["sex"], counts["leave_reason"]) == (
        FieldCounts(given=1),
        FieldCounts(given=1, not_applicable=1, missing=1),
    )
    assert count_duplicates(path) == (1, 0)
    assert count_over(path, 50) == (0, 0)


def test_an_empty_snapshot_has_no_rates(tmp_path):
    counts = count_fields(write_snapshot(tmp_path / "empty.parquet", []))
    assert {one.completeness for one in counts.values()} == {None}


@given(COUNTS)
def test_what_is_given_declared_and_missing_make_up_the_eligible(counts):
    assert counts.given + counts.declared + counts.missing == counts.eligible
    if counts.eligible:
        assert 0 <= counts.completeness <= 1
        assert 0 <= counts.declared_unknown <= 1 - counts.completeness + 1e-12


@given(COUNTS, st.integers(0, 1000))
def test_posts_to_which_it_does_not_apply_change_no_rate(counts, more):
    values = astuple(counts)
    wider = FieldCounts(*values[:3], values[3] + more, values[4])
    assert wider.completeness == counts.completeness


def test_validity_is_what_could_be_read_of_what_was_filled():
    assert validity(98, 2) == 0.98
    assert validity(0, 0) is None
    with pytest.raises(ValueError, match="counted"):
        validity(-1, 0)


def test_uniqueness_is_the_share_of_rows_that_repeat_no_key():
    assert uniqueness(200, 1) == 0.995
    assert uniqueness(0, 0) is None
    with pytest.raises(ValueError, match="duplicates"):
        uniqueness(1, 2)


@pytest.mark.parametrize("field", [field for field in MEASURED if field.state_column])
def test_a_number_has_its_state_in_the_snapshot(field, snapshot):
    assert count_fields(snapshot)[field.name].rows == 4
