"""Posts that contradict themselves: each check finds its own fault and nothing where the fault is mended."""

from datetime import date

import pytest

from tests.workforce.quality.making import AS_AT, write_snapshot
from workforce.quality.consistency import CHECKS, CHECKS_BY_NAME
from workforce.quality.figures import consistency
from workforce.quality.measures import run_check, run_checks

FINE = {
    "post_key": 1, "role": "registered_nurse", "registration": "nmc", "amhp": "no", "age": 40, "zero_hours": "no",
    "hours_contracted": 30, "is_employee": "yes", "start_role": date(2020, 3, 1),
}  # fmt: skip
FAULTS = [
    ("started_later", {"start_role": date(2026, 10, 1)}),
    ("started_as_child", {"age": 16, "start_role": date(2019, 1, 1)}),
    ("zero_with_hours", {"zero_hours": "yes"}),
    ("employed_without_hours", {"hours_contracted": 0}),
    ("unregistered_nurse", {"registration": "hcpc"}),
    ("amhp_elsewhere", {"role": "care_worker", "registration": "none", "amhp": "yes"}),
]


def failed(tmp_path, *posts):
    return {one.check: one.failed for one in run_checks(write_snapshot(tmp_path / "s.parquet", posts), AS_AT)}


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_one_fault_is_found_by_one_check(tmp_path, name, fault):
    assert failed(tmp_path, FINE | fault, FINE) == dict.fromkeys(CHECKS_BY_NAME, 0) | {name: 1}


def test_control_nothing_is_found_in_a_post_without_faults(tmp_path):
    assert set(failed(tmp_path, FINE).values()) == {0}


def test_every_check_has_a_fault_here():
    assert {name for name, _ in FAULTS} == {check.name for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_what_is_missing_contradicts_nothing(tmp_path, check):
    found = run_check(check, write_snapshot(tmp_path / "s.parquet", [{"post_key": 1}]), AS_AT)
    assert found.failed == 0


def test_an_age_in_whole_years_and_a_start_in_months_leave_room_for_doubt(tmp_path):
    """Somebody of 16 today who started 35 months ago may have been 13 or 14 then."""
    assert failed(tmp_path, FINE | {"age": 16, "start_role": date(2023, 10, 1)})["started_as_child"] == 0


def test_starting_in_the_month_that_the_files_describe_is_no_fault(tmp_path):
    assert failed(tmp_path, FINE | {"start_role": date(2026, 9, 1)})["started_later"] == 0


def test_only_posts_that_have_what_a_check_needs_are_looked_at(tmp_path):
    path = write_snapshot(tmp_path / "s.parquet", [FINE, {"post_key": 2}])
    assert run_check(CHECKS_BY_NAME["started_as_child"], path, AS_AT).looked_at == 1


def test_consistency_is_posts_less_contradictions():
    assert consistency(3, 100) == 0.97
    assert consistency(0, 0) is None
    with pytest.raises(ValueError, match="contradict"):
        consistency(2, 1)
