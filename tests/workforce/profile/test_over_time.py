"""Who of a year ago is still there, and the leaver rate as the NHS has it."""

from datetime import date

import pytest

from tests.workforce.profile.making import counted, posts, returned

YEAR_BEFORE = date(2025, 9, 30)


def pair(tmp_path, before, now, partner="oak", **more):
    how = {"sector": "nhs", "source": "esr"} | more
    yield returned(tmp_path, partner, before, as_at=YEAR_BEFORE, snapshot=1, **how)
    yield returned(tmp_path, partner, now, snapshot=2, **how)


def figure(found, measure="stability", row="oak"):
    return next(one.figures["mean"] for one in found.summaries[measure] if one.row == row)


def test_stability_is_the_share_of_a_year_ago_that_still_is_there(tmp_path):
    found = counted(*pair(tmp_path, posts(10), posts(7) + posts(5, first=50)))
    assert figure(found) == figure(found, row=None) == pytest.approx(70)


def test_who_moved_to_another_post_of_the_partner_stayed(tmp_path):
    moved = [post | {"post_key": post["post_key"] + 100} for post in posts(8)]
    assert figure(counted(*pair(tmp_path, posts(10), moved))) == pytest.approx(80)


def test_without_persons_posts_are_followed(tmp_path):
    nobody = {"person_key": None}
    found = counted(*pair(tmp_path, posts(10, **nobody), posts(6, **nobody)))
    assert figure(found) == pytest.approx(60)


def test_staff_of_a_workplace_that_is_in_no_later_return_are_not_counted_as_gone(tmp_path):
    before = posts(10) + posts(90, first=100, establishment_key=2)
    assert figure(counted(*pair(tmp_path, before, posts(9)))) == pytest.approx(90)


def test_bank_staff_are_not_followed(tmp_path):
    bank = posts(10, first=50, contract="bank", is_employee="no")
    assert figure(counted(*pair(tmp_path, posts(10) + bank, posts(10)))) == pytest.approx(100)


def test_the_nhs_rate_is_over_the_mean_of_two_headcounts(tmp_path):
    gone = posts(40, first=61, leave_month=date(2026, 2, 1))
    now = posts(60) + posts(60, first=200) + gone
    found = counted(*pair(tmp_path, posts(100), now))
    assert figure(found, "native_turnover") == pytest.approx(100 * 40 / 110)


def test_who_left_a_post_and_is_still_employed_has_not_left(tmp_path):
    gone = posts(10, first=500, leave_month=date(2026, 2, 1))
    stayed = [post | {"person_key": number} for number, post in enumerate(gone, 1)]
    found = counted(*pair(tmp_path, posts(100), posts(100) + stayed[:4] + gone[4:]))
    assert figure(found, "native_turnover") == pytest.approx(6)


def test_who_left_before_the_year_does_not_count(tmp_path):
    old = posts(5, first=500, leave_month=date(2025, 9, 1)) + posts(5, first=600, leave_month=date(2025, 10, 1))
    found = counted(*pair(tmp_path, posts(100), posts(100) + old))
    assert figure(found, "native_turnover") == pytest.approx(5)


def test_only_the_nhs_has_the_rate_of_the_nhs(tmp_path):
    gone = posts(4, first=61, leave_month=date(2026, 2, 1))
    found = counted(*pair(tmp_path, posts(10), posts(10) + gone, partner="birch", sector="la", source="council"))
    assert "native_turnover" not in found.summaries


@pytest.mark.parametrize("before", [date(2026, 3, 31), date(2024, 9, 30)])
def test_a_return_that_is_not_about_a_year_older_is_not_compared(tmp_path, before):
    one = returned(tmp_path, "oak", posts(10), as_at=before)
    found = counted(one, returned(tmp_path, "oak", posts(10)))
    assert "stability" not in found.summaries
    assert found.notes["stability"] == ["Oak Trust is not counted here: there is no return of a year before."]


def test_control_a_return_of_eleven_months_before_is_compared(tmp_path):
    one = returned(tmp_path, "oak", posts(10), as_at=date(2025, 10, 31))
    assert figure(counted(one, returned(tmp_path, "oak", posts(5)))) == pytest.approx(50)


def test_all_partners_are_added_up(tmp_path):
    both = [*pair(tmp_path, posts(10), posts(5)),
            *pair(tmp_path, posts(30), posts(30), partner="birch", source="council", sector="la")]  # fmt: skip
    found = counted(*both)
    total = next(one for one in found.summaries["stability"] if one.row is None)
    assert (total.figures["mean"], total.base, total.contributors) == (pytest.approx(87.5), 40, 2)
    assert total.largest_share == 0.75


def test_staff_of_a_service_that_another_return_counts_are_followed_there_only(tmp_path):
    few = pair(tmp_path, posts(4), posts(2), partner="birch", source="council", sector="la")
    many = pair(tmp_path, posts(10, first=50), posts(5, first=50), partner="birch", source="asc_wds", sector="la")
    found = counted(*few, *many)
    total = next(one for one in found.summaries["stability"] if one.row == "birch")
    assert (total.figures["mean"], total.base) == (pytest.approx(50), 10)
