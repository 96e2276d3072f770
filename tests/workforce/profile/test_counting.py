"""Posts are counted once, by what they are, and nothing is counted of those to which a field does not apply."""

from datetime import date

import numpy as np
import pytest

from tests.workforce.profile.making import SECRET, column, columns, counted, posts, returned
from workforce.profile.tally import record_keys


def test_posts_of_all_partners_are_counted(tmp_path):
    found = counted(
        returned(tmp_path, "birch", posts(4)),
        returned(tmp_path, "oak", posts(3, sector="nhs", service="acute"), sector="nhs", source="esr"),
    )
    assert found.partners == ("birch", "oak")
    assert columns(found.blocks["posts"]) == {"all": 7}
    assert columns(found.blocks["posts"], partner="oak", service="acute") == {"all": 3}


def test_who_left_fills_no_post(tmp_path):
    left = posts(2, first=10, leave_month=date(2026, 5, 1), leave_reason="retired")
    found = counted(returned(tmp_path, "birch", posts(4) + left))
    assert columns(found.blocks["posts"]) == {"all": 4}
    assert columns(found.blocks["leave_reason"]) == {"retired": 2}


def test_a_post_without_a_value_is_counted_apart(tmp_path):
    rows = posts(8, sex="female") + posts(1, first=9, sex="unknown") + posts(1, first=10)
    found = counted(returned(tmp_path, "birch", rows))
    assert columns(found.blocks["sex"]) == {"female": 8, "no_value": 2}


def test_a_field_that_does_not_apply_counts_nobody(tmp_path):
    rows = posts(5, amhp="not_applicable") + posts(2, first=6, role="social_worker", amhp="yes")
    found = counted(returned(tmp_path, "birch", rows))
    assert columns(found.blocks["amhp"]) == {"yes": 2}
    assert len(found.blocks["amhp"].grains) == 1


@pytest.mark.parametrize(
    ("month", "band"), [("2026-09-01", "under_1"), ("2025-10-01", "under_1"), ("2025-09-01", "1_to_2"),
                        ("2021-10-01", "3_to_4"), ("2006-09-01", "20_and_over")],
)  # fmt: skip
def test_experience_is_told_in_whole_years(tmp_path, month, band):
    found = counted(returned(tmp_path, "birch", posts(4, start_role=date.fromisoformat(month))))
    assert columns(found.blocks["experience_role"]) == {band: 4}


def test_who_starts_after_the_day_has_no_experience_that_is_known(tmp_path):
    ahead = posts(1, first=9, start_sector_year=2027)
    found = counted(returned(tmp_path, "birch", posts(8, start_sector_year=2020) + ahead))
    assert columns(found.blocks["experience_sector"]) == {"5_to_9": 8, "no_value": 1}


def test_only_roles_that_provide_care_are_asked_for_the_care_certificate(tmp_path):
    rows = posts(3, care_certificate="completed") + posts(2, first=4, role="social_worker", care_certificate="no")
    found = counted(returned(tmp_path, "birch", rows))
    assert columns(found.blocks["care_certificate"]) == {"completed": 3}


def test_record_keys_of_a_cell_are_those_of_its_posts(tmp_path):
    found = counted(returned(tmp_path, "birch", posts(6, sex="female") + posts(5, first=7, sex="male")))
    short = [int.from_bytes(number.to_bytes(8, "big"), "little") for number in range(7, 12)]
    assert column(found.blocks["sex"], "male", of="keys") == record_keys(short, SECRET).sum()


def test_a_post_keeps_its_record_key_and_another_secret_gives_another():
    short = np.arange(1, 5000, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    keys = record_keys(short, SECRET)
    assert (keys == record_keys(short, SECRET)).all()
    assert (keys == record_keys(short, b"another")).mean() < 0.05
    assert np.bincount(keys, minlength=256).min() > 0
