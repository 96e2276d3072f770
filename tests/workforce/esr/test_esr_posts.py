"""What rows of the NHS's staff record become on the common template."""

import pytest

from workforce.deriving import FULL_TIME_HOURS

from .making import BANK, LEAVER, NURSE, PORTER, SPELL, STARTER, read_staff


def test_every_field_of_an_assignment():
    read = read_staff(NURSE)
    (post,) = read.posts
    assert not read.issues
    expected = {
        "sector": "nhs", "service": "community_health", "role": "registered_nurse", "role_group": "regulated",
        "contract": "permanent", "is_employee": "yes", "hours_contracted": 30, "zero_hours": "no", "age": 46,
        "age_band": "45_49", "sex": "female", "ethnicity15": "white_other", "nationality3": "eu",
        "disability": "refused", "registration": "nmc", "start_sector_year": 2004, "hours_pattern": "part",
        "leave_month_state": "not_applicable", "leave_reason": "not_applicable", "amhp": "not_applicable",
        "recruit_source": "missing", "fte_days_lost_state": "missing",
    }  # fmt: skip
    assert {name: post[name] for name in expected} == expected
    assert str(post["start_role"]) == "2020-03-01"


def test_a_share_of_37_and_a_half_hours_comes_to_the_basis_of_37():
    for without in ("FTE", "Contracted Hours"):
        (post,) = read_staff(NURSE | {without: ""}).posts
        assert post["fte37"] == pytest.approx(0.81081, abs=5e-6)
        assert post["fte37"] == pytest.approx(30 / FULL_TIME_HOURS)


def test_the_crosswalks_own_row_is_kept_beside_a_value_and_never_the_text():
    (post,) = read_staff(NURSE | {"Job Role": "Staff Nurse for Mrs Canary"}).posts
    assert post["role_code"] == "~nursing and midwifery registered / 03|*"
    assert post["contract_code"] == "permanent"
    assert "sex_code" not in post


def test_bank_rows_stay_and_have_neither_hours_nor_days():
    read = read_staff(NURSE, BANK, absence=[SPELL])
    bank = read.posts[1]
    assert not read.of("error")
    assert (bank["contract"], bank["is_employee"]) == ("bank", "no")
    assert {bank[f"{name}_state"] for name in ("hours_contracted", "fte_days_lost", "fte_days_available")} == {
        "not_applicable"
    }
    assert bank["person_key"] == read.posts[0]["person_key"]
    assert bank["post_key"] != read.posts[0]["post_key"]


@pytest.mark.parametrize("category", ["Honorary", "Non-Exec Director/Chair", "Widow/Widower"])
def test_rows_that_are_not_of_staff_in_post_are_left_out_and_told(category):
    faulty_as_well = {"Date of Birth": "31/02/1980", "Assignment Category": category}
    read = read_staff(NURSE, PORTER | faulty_as_well)
    assert len(read.posts) == 1
    (issue,) = read.issues
    assert (issue.row, issue.column, issue.severity) == (3, "Assignment Category", "warning")


def test_other_contracts_of_no_known_kind_stay():
    assert [post["contract"] for post in read_staff(NURSE | {"Assignment Category": "Other"}).posts] == ["other"]


def test_starters_mark_where_the_person_came_from():
    read = read_staff(NURSE, PORTER, starters=[STARTER])
    assert [post["recruit_source"] for post in read.posts] == ["missing", "asc_la"]
    assert [post["recruit_source_code"] for post in read.posts] == [None, "social services"]


def test_what_the_staff_extract_says_of_recruitment_wins():
    read = read_staff(PORTER | {"Recruitment Source": "NHS Organisation"}, starters=[STARTER])
    assert [post["recruit_source"] for post in read.posts] == ["health"]


def test_leavers_follow_with_the_month_they_left():
    read = read_staff(NURSE, leavers=[LEAVER])
    stayed, left = read.posts
    assert [str(post["leave_month"]) for post in (stayed, left)] == ["None", "2026-01-01"]
    assert [post["leave_month_state"] for post in (stayed, left)] == ["not_applicable", "given"]
    assert (left["leave_reason"], left["leave_destination"]) == ("retired", "not_working")
    assert read.checked.rows_accepted == 1, "rows accepted are filled posts"


def test_an_unreadable_leaving_date_never_makes_a_leaver_a_filled_post():
    left = read_staff(NURSE, leavers=[LEAVER | {"Termination Date": "31/04/2026"}]).posts[1]
    assert left["leave_month_state"] == "missing"


def test_days_lost_are_summed_and_days_available_are_fte_times_days_in_post():
    spells = [SPELL, SPELL | {"FTE Days Lost": "4.5"}]
    new = PORTER | {"Latest Start Date": "21/09/2026", "NHS Start Date": ""}
    nurse, porter = read_staff(NURSE, new, absence=spells).posts
    assert (nurse["fte_days_lost"], nurse["fte_days_available"]) == (12.5, pytest.approx(0.8 * 365))
    assert (porter["fte_days_lost"], porter["fte_days_available"]) == (0, 10)


def test_days_available_that_the_extract_gives_are_used():
    (nurse,) = read_staff(NURSE, absence=[SPELL | {"FTE Days Available": "280"}]).posts
    assert nurse["fte_days_available"] == 280


def test_absence_of_a_person_counts_once_when_no_assignment_is_named():
    spell = {name: value for name, value in SPELL.items() if name != "Assignment Number"}
    second = NURSE | {"Assignment Number": "1001-2"}
    assert [post["fte_days_lost"] for post in read_staff(NURSE, second, absence=[spell]).posts] == [8, 0]


def test_other_absence_is_no_sickness():
    read = read_staff(NURSE, absence=[SPELL, SPELL | {"Absence Category": "Maternity"}])
    assert read.posts[0]["fte_days_lost"] == 8
    assert [(issue.row, issue.code) for issue in read.issues] == [(3, "not_sickness")]


def test_establishments_are_organisation_and_levels_with_their_flows():
    other = PORTER | {"Employee Number": "7", "Assignment Number": "7", "Org L3": "Hospital"}
    read = read_staff(NURSE, PORTER, other, starters=[STARTER], leavers=[LEAVER, LEAVER | {"Assignment Number": "9"}])
    community, hospital = read.establishments
    assert (community["posts_in_file"], community["employees"]) == (2, 2)
    assert (community["starters"], community["leavers"]) == (1, 2)
    assert (hospital["starters"], hospital["leavers"], hospital["sector"]) == (0, 0, "nhs")
    assert community["vacancies_state"] == "missing"
    assert community["establishment_key"] == read.posts[0]["establishment_key"]


def test_without_extracts_of_flows_nothing_is_said_of_them():
    (establishment,) = read_staff(NURSE).establishments
    assert (establishment["starters"], establishment["starters_state"]) == (None, "missing")


def test_a_level_that_leavers_lack_tells_no_establishments_apart():
    other = PORTER | {"Org L3": "Hospital"}
    leaver = {name: cell for name, cell in LEAVER.items() if name != "Org L3"}
    read = read_staff(NURSE, other, leavers=[leaver])
    (marlbrook,) = read.establishments
    assert (marlbrook["employees"], marlbrook["leavers"]) == (2, 1)
    assert [(issue.file, issue.column, issue.code) for issue in read.issues] == [
        ("leavers.csv", "Org L3", "level_missing")
    ]


def test_somebody_who_started_and_left_is_a_starter_where_they_were():
    starter = STARTER | {"Employee Number": "900", "Assignment Number": "900"}
    (community,) = read_staff(NURSE, starters=[starter], leavers=[LEAVER]).establishments
    assert (community["starters"], community["leavers"]) == (1, 1)
