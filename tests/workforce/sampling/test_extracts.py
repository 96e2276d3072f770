"""Extracts of a trust's and a council's systems."""

from collections import Counter
from datetime import timedelta

import pytest

from tests.workforce.sampling.conftest import AS_AT
from tests.workforce.sampling.national_cells import day_of, read_rows
from workforce.sampling.council import write_council
from workforce.sampling.esr import write_esr
from workforce.sampling.returns import Recipe

A_YEAR = timedelta(days=365)


@pytest.fixture(scope="module")
def esr(tmp_path_factory):
    folder = tmp_path_factory.mktemp("esr")
    (truth,) = write_esr(Recipe(rows=3000, seed=6, as_at=AS_AT, faults=0), folder)
    return {name: [row for _, row in read_rows(folder / file)] for name, file in truth["files"].items()}, truth[
        "counts"
    ]


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    folder = tmp_path_factory.mktemp("council")
    (truth,) = write_council(Recipe(rows=3000, seed=6, as_at=AS_AT, faults=0), folder)
    return {name: [row for _, row in read_rows(folder / file)] for name, file in truth["files"].items()}, truth[
        "counts"
    ]


def test_a_row_is_an_assignment(esr):
    rows, counts = esr[0]["staff_in_post"], esr[1]
    assert len(rows) == len({row["Assignment Number"] for row in rows}) == counts["assignments"] == 3000
    assert len({row["Employee Number"] for row in rows}) == counts["people"] < 3000


def test_the_equivalent_is_on_thirty_seven_and_a_half_hours(esr):
    for row in esr[0]["staff_in_post"]:
        assert row["FTE"] == f"{float(row['Contracted Hours']) / 37.5:.5f}"
    assert sum(float(row["FTE"]) for row in esr[0]["staff_in_post"]) == pytest.approx(esr[1]["fte"], abs=0.02)


def test_some_staff_groups_are_short_and_some_ethnic_codes_have_two_characters(esr):
    rows, told = esr[0]["staff_in_post"], esr[1]["characteristics"]
    full = {"Students"} | {name for name, many in Counter(row["Staff Group"] for row in rows).items() if many > 30}
    assert 0 < sum(row["Staff Group"] not in full for row in rows) <= told["staff_group_short"]
    short = [row["Ethnic Origin"] for row in rows if len(row["Ethnic Origin"]) <= 2]
    assert len(short) == told["ethnicity_second_character"] > 0
    assert {"A1", "CY"} <= set(short)


def test_starters_and_leavers_are_of_the_last_year(esr):
    tables, counts = esr
    assert len(tables["leavers"]) == counts["leavers"] == pytest.approx(300, abs=80)
    assert all(AS_AT - A_YEAR < day_of(row["Termination Date"]) <= AS_AT for row in tables["leavers"])
    assert all(AS_AT - A_YEAR < day_of(row["Latest Start Date"]) <= AS_AT for row in tables["starters"])
    there = {row["Assignment Number"] for row in tables["staff_in_post"]}
    assert not there & {row["Assignment Number"] for row in tables["leavers"]}


def test_absence_is_of_people_there_and_adds_up(esr):
    tables, counts = esr
    starts = {row["Assignment Number"]: day_of(row["Latest Start Date"]) for row in tables["staff_in_post"]}
    shares = {row["Assignment Number"]: float(row["FTE"]) for row in tables["staff_in_post"]}
    for row in tables["absence"]:
        began, ended = day_of(row["Absence Start Date"]), day_of(row["Absence End Date"])
        assert starts[row["Assignment Number"]] <= began <= ended <= AS_AT
        assert float(row["FTE Days Lost"]) == pytest.approx(
            ((ended - began).days + 1) * shares[row["Assignment Number"]], abs=0.002
        )
    assert sum(float(row["FTE Days Lost"]) for row in tables["absence"]) == pytest.approx(counts["fte_days_lost"])


def test_registered_professions_have_a_body_and_others_none(esr):
    for row in esr[0]["staff_in_post"]:
        assert bool(row["Registration Body"]) == bool(row["Registration Expiry"])
        assert row["Registration Body"] or not row["Job Role"].endswith("Nurse") or row["Job Role"] == "Student Nurse"


def test_the_council_has_headings_of_its_own(council):
    rows, counts = council[0]["staff"], council[1]
    assert {"Payroll No", "Job Title", "Weekly Hours", "SCP", "D.O.B.", "Ethnic Origin (2021)"} <= set(rows[0])
    assert len(rows) == len({row["Post No"] for row in rows}) == counts["posts"]
    assert Counter(row["Job Title"] for row in rows) == counts["job_title"]
    assert Counter(row["Contract Type"] for row in rows) == counts["contract"]


def test_a_councils_salary_is_of_the_whole_week_and_of_the_point(council):
    by_point = {}
    for row in council[0]["staff"]:
        assert by_point.setdefault(row["SCP"], row["Annual Salary"]) == row["Annual Salary"]
        assert 20_000 < int(row["Annual Salary"]) < 80_000


@pytest.mark.parametrize(("source", "file", "born", "start"), [
    ("esr", "staff_in_post", "Date of Birth", "Latest Start Date"), ("council", "staff", "D.O.B.", "Start Date"),
])  # fmt: skip
def test_nobody_starts_as_a_child_or_tomorrow(source, file, born, start, request):
    for row in request.getfixturevalue(source)[0][file]:
        began = day_of(row[start])
        assert began <= AS_AT
        assert (began - day_of(row[born])).days > 16 * 365


def test_people_with_two_posts_are_one_person(council):
    by_person = {}
    for row in council[0]["staff"]:
        key = row["NI No"], row["D.O.B."], row["Gender"], row["Ethnic Origin (2021)"]
        assert by_person.setdefault(row["Payroll No"], key) == key
    assert len(by_person) == council[1]["people"] < 3000


def test_no_name_is_anybodys(council):
    assert all(
        row["Surname"] == f"Surname{row['Payroll No']}" and row["Forename"] == "Sample" for row in council[0]["staff"]
    )
