"""What rows of a council's own list become on the common template."""

import pytest

from tests.workforce.returns import csv_text, read_files

from .making import CARER, LEFT, MAPPING, WORKER, read_list


def test_every_field_of_a_post():
    read = read_list(CARER)
    (post,) = read.posts
    assert {issue.code for issue in read.issues} == {"heading_unknown"}
    expected = {
        "sector": "la", "service": "domiciliary", "role": "senior_care_worker", "contract": "permanent",
        "hours_contracted": 18.5, "fte37": 0.5, "hours_pattern": "part", "zero_hours": "no", "age": 46, "sex": "female",
        "ethnicity15": "white_other", "nationality3": "eu", "disability": "refused", "start_sector_year": 2011,
        "recruit_source": "health", "leave_month_state": "not_applicable", "leave_reason": "not_applicable",
        "pay_basis": "annual", "qual_level": "3", "apprentice": "no", "registration": "not_applicable",
        "amhp": "not_applicable", "sick_days": 6,
    }  # fmt: skip
    assert {name: post[name] for name in expected} == expected
    assert str(post["start_role"]) == "2020-03-01"


def test_a_salary_is_of_the_whole_week_unless_the_mapping_says_otherwise():
    (post,) = read_list(CARER).posts
    assert post["hourly_pay"] == pytest.approx(26_000 / (52.143 * 37))
    (post,) = read_list(CARER, mapping=MAPPING | {"salary_is": "actual"}).posts
    assert post["hourly_pay"] == pytest.approx(26_000 / (52.143 * 18.5))
    (post,) = read_list(CARER | {"Weekly Hours": "", "FTE": ""}, mapping=MAPPING | {"salary_is": "actual"}).posts
    assert post["hourly_pay"] is None


def test_an_hourly_rate_wins():
    (post,) = read_list(CARER | {"Rate": "12.60"}, mapping=MAPPING | {"Rate": "hourly_rate"}).posts
    assert post["hourly_pay"] == pytest.approx(12.60)
    (post,) = read_list(CARER | {"Rate": "12.60", "Annual Salary": ""}, mapping=MAPPING | {"Rate": "hourly_rate"}).posts
    assert (post["hourly_pay"], post["pay_basis"]) == (pytest.approx(12.60), "hourly")


def test_a_share_stands_in_for_hours():
    (post,) = read_list(CARER | {"Weekly Hours": ""}).posts
    assert (post["hours_contracted"], post["fte37"]) == (18.5, 0.5)


def test_casual_staff_have_no_contracted_hours():
    read = read_list(CARER | {"Contract Type": "Casual", "Weekly Hours": "0", "FTE": "0"})
    (post,) = read.posts
    assert (post["contract"], post["hours_contracted_state"], post["is_employee"]) == ("bank", "not_applicable", "no")


def test_the_directorate_says_the_service_where_the_team_does_not():
    for team, directorate, service in (
        ("Blue Team", "Home Care", "domiciliary"), ("", "Day Services", "day"), ("Hospital Team", "Finance",
        "assessment_care_management"), ("Blue Team", "Green Division", "unknown"), ("", "", "missing"),
    ):  # fmt: skip
        (post,) = read_list(CARER | {"Team": team, "Directorate": directorate}).posts
        assert post["service"] == service, (team, directorate)


def test_rows_with_a_leaving_date_are_leavers():
    read = read_list(CARER, LEFT, WORKER | {"Left On": "31/12/2026"})
    filled, left, leaving = read.posts
    assert [post["leave_month_state"] for post in (filled, left, leaving)] == [
        "not_applicable", "given", "not_applicable",
    ]  # fmt: skip
    assert (str(left["leave_month"]), left["leave_reason"]) == ("2026-01-01", "retired")
    assert [(issue.row, issue.code) for issue in read.issues if issue.code != "heading_unknown"] == [
        (4, "not_yet_left")
    ]
    assert sum(row["leavers"] for row in read.establishments) == 1
    assert sum(row["posts_in_file"] for row in read.establishments) == 2


def test_leavers_may_have_a_list_of_their_own():
    leavers = [{name: LEFT[name] for name in ("Payroll No", "Post No", "Job Title", "Left On", "Reason")}]
    staff = [{name: cell for name, cell in CARER.items() if name not in ("Left On", "Reason", "Annual Salary")}]
    read = read_files({"left.csv": csv_text(leavers), "here.csv": csv_text(staff)}, source="council", mapping=MAPPING)
    assert {file.name: (file.kind, file.rows_accepted) for file in read.checked.files} == {
        "here.csv": ("staff", 1), "left.csv": ("leavers", 1),
    }  # fmt: skip
    assert read.checked.rows_read == 1
    (council,) = read.establishments
    assert (council["posts_in_file"], council["leavers"]) == (1, 1), "the list of leavers names no teams"


def test_a_post_may_be_shared_and_a_person_may_have_two():
    read = read_list(CARER, CARER | {"Payroll No": "6"}, CARER | {"Post No": "SC7"}, CARER)
    assert len({post["post_key"] for post in read.posts}) == len(read.posts) == 3
    assert [post["person_key"] for post in read.posts].count(read.posts[0]["person_key"]) == 2
    (issue,) = read.of("error")
    assert (issue.row, issue.column, issue.code) == (5, "Post No", "998")
