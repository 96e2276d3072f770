"""Extracts are recognised whatever their headings look like; made-up ones are read without a fault; names stay away."""

import json
from datetime import date

import numpy as np
import pytest

from tests.workforce.returns import csv_text, read_files, read_folder
from workforce.sampling.esr import write_esr
from workforce.sampling.returns import Recipe
from workforce.sources import esr

from .making import LEAVER, NURSE, PORTER, read_staff

FILES = ("staff_in_post.csv", "starters.csv", "leavers.csv", "absence.csv")
NATIONAL = {
    "Employee Number": "EMPLOYEE_NUMBER", "Assignment Number": "Assignment No", "FTE": "CONTRACTED_FTE",
    "Contracted Hours": "contracted_hours", "Date of Birth": "DATE OF BIRTH", "Organisation": "EMPLOYING_ORG_CODE",
    "Staff Group": "staff-group", "Job Role": "Role", "Gender": "SEX", "Latest Start Date": "Start Date",
}  # fmt: skip


def test_headings_in_other_words_and_another_order():
    plain = read_staff(NURSE, PORTER)
    renamed = [{NATIONAL.get(name, name): row[name] for name in reversed(row)} for row in (NURSE, PORTER)]
    read = read_files({"extract.csv": csv_text(renamed)})
    assert read.checked.source == "esr"
    assert not read.issues
    assert read.posts == plain.posts


def test_no_heading_means_two_columns():
    for kind in esr.file_kinds(date(2026, 1, 1)):
        names = [name for column in kind.columns for name in (column.name, *column.also)]
        keys = ["".join(filter(str.isalnum, name)).casefold() for name in names]
        assert len(set(keys)) == len(keys), f"{kind.name}: {sorted({key for key in keys if keys.count(key) > 1})}"


def test_leavers_are_told_from_staff_by_their_date():
    read = read_files({"a.csv": csv_text([LEAVER]), "b.csv": csv_text([NURSE])})
    assert {file.name: file.kind for file in read.checked.files} == {"a.csv": "leavers", "b.csv": "staff_in_post"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("esr")
    write_esr(Recipe(rows=600, seed=5, as_at=date(2026, 9, 30), faults=0), folder)
    return read_folder(folder, FILES), json.loads((folder / "truth.json").read_text())


def test_a_made_up_trust_has_no_errors_and_the_figures_that_are_true(sample):
    read, truth = sample
    counts = truth["counts"]
    assert not read.of("error")
    assert {issue.code for issue in read.issues} == {"not_staff_in_post", "level_missing"}
    (trust,) = read.establishments
    assert trust["starters"] > 0 and trust["leavers"] > 0
    filled = [post for post in read.posts if post["leave_month_state"] == "not_applicable"]
    assert len(filled) == counts["assignments"] - counts["category"]["Honorary"]
    assert sum(post["contract"] == "bank" for post in filled) == counts["category"]["Bank"]
    assert len({post["post_key"] for post in read.posts}) == len(read.posts)
    nobody = {name for name, count in _unknowns(filled).items() if count and name != "nationality3"}
    assert not nobody


def _unknowns(posts):
    names = ("role", "contract", "sex", "ethnicity15", "service", "nationality3", "registration")
    return {name: sum(post[name] == "unknown" for post in posts) for name in names}


def test_each_planted_fault_is_found_where_it_is(tmp_path):
    write_esr(Recipe(rows=600, seed=6, as_at=date(2026, 9, 30), faults=25), tmp_path)
    faults = json.loads((tmp_path / "truth.json").read_text())["faults"]
    read = read_folder(tmp_path, FILES)
    found = {(issue.file, issue.row, issue.column) for issue in read.issues}
    assert len(faults) == 25
    assert not [fault for fault in faults if (f"{fault['file']}.csv", fault["row"], fault["column"]) not in found]


CANARIES = {
    "Last Name": "Canarysurname", "First Name": "Canaryforename", "NI Number": "QQ123456C", "Postcode": "ZZ98 7ZZ",
    "Date of Birth": "14/02/1981", "Registration Number": "98I7654C", "Position Title": "Nurse for Canary",
    "Employee Number": "canary77", "Assignment Number": "canary77-1", "Job Role": "Canary Role", "Religious Belief":
    "Canarianism", "Favourite Colour": "canary yellow", "Organisation": "Canary Trust", "Area of Work": "Canary Ward",
    "Disability": "Canary leg", "Ethnic Origin": "Canarian", "Nationality": "Canary Islander",
}  # fmt: skip


def test_what_could_identify_somebody_is_kept_nowhere():
    read = read_staff(NURSE, NURSE | CANARIES)
    kept = read.everything_kept
    for text in (*CANARIES.values(), "1981-02-14"):
        assert text.casefold() not in kept.casefold()
    assert "Favourite Colour" in read.checked.unmapped_headings
    assert "white_other" in kept, "the search itself finds what is kept"


def test_ages_are_kept_and_days_of_birth_are_not():
    (post,) = read_staff(NURSE).posts
    assert post["age"] == 46
    assert not [name for name in post if "birth" in name]
    assert np.isclose(post["fte37"], 30 / 37)
