"""One faulty cell is one issue, at its row and column; what is clean is told nothing."""

import pytest

from tests.workforce.returns import csv_text, read_files
from workforce.reading import Unreadable

from .making import BANK, LEAVER, NURSE, PORTER, SPELL, STARTER, read_staff

CLEAN = {"rows": (NURSE, PORTER, BANK), "starters": [STARTER], "leavers": [LEAVER], "absence": [SPELL]}

# column, cell, code, severity: one change to the nurse of the staff in post extract
CELLS = (
    ("Employee Number", "", "blank", "error"),
    ("Assignment Number", "", "blank", "error"),
    ("Staff Group", "Wizards", "not_listed", "error"),
    ("Staff Group", "", "blank", "error"),
    ("Job Role", "", "blank", "warning"),
    ("Assignment Category", "Perm?", "not_mapped", "error"),
    ("Assignment Category", "", "blank", "warning"),
    ("FTE", "full", "not_a_number", "error"),
    ("FTE", "-0.8", "out_of_range", "error"),
    ("FTE", "1.30000", "out_of_range", "error"),
    ("FTE", "0.60000", "fte_not_hours", "warning"),
    ("Contracted Hours", "375", "out_of_range", "error"),
    ("Employee Category", "Full Time", "category_not_fte", "warning"),
    ("Employee Category", "Half", "not_mapped", "error"),
    ("Occupation Code", "021", "occupation_not_of_group", "warning"),
    ("Job Role", "01005", "role_not_of_group", "warning"),
    ("Date of Birth", "31/02/1980", "no_such_day", "error"),
    ("Date of Birth", "", "blank", "warning"),
    ("Date of Birth", "01/01/2024", "age_impossible", "error"),
    ("Date of Birth", "01/01/1940", "age_unusual", "warning"),
    ("Gender", "Femail", "not_mapped", "error"),
    ("Ethnic Origin", "Q7", "not_mapped", "error"),
    ("Nationality", "Martian", "not_mapped", "error"),
    ("Disability", "7", "not_mapped", "error"),
    ("Latest Start Date", "01/06/2090", "after_the_day", "error"),
    ("Latest Start Date", "31/11/2015", "no_such_day", "error"),
    ("Latest Start Date", "", "blank", "warning"),
    ("NHS Start Date", "01/04/2020", "nhs_after_start", "warning"),
    ("Registration Body", "", "registration_blank", "warning"),
    ("Registration Body", "Guild of Nurses", "not_mapped", "error"),
    ("Registration Expiry", "01/09/2026", "registration_expired", "warning"),
)
FLOWS = (
    ("starters", STARTER, "Latest Start Date", "01/06/2090", "after_the_day", "error"),
    ("starters", STARTER, "Latest Start Date", "01/06/2020", "before_the_year", "warning"),
    ("starters", STARTER, "Recruitment Source", "From the moon", "not_mapped", "error"),
    ("leavers", LEAVER, "Termination Date", "31/04/2026", "no_such_day", "error"),
    ("leavers", LEAVER, "Termination Date", "", "blank", "error"),
    ("leavers", LEAVER, "Termination Date", "01/10/2026", "after_the_day", "warning"),
    ("leavers", LEAVER, "Termination Date", "30/09/2025", "before_the_year", "warning"),
    ("leavers", LEAVER, "Latest Start Date", "01/02/2026", "start_after_end", "error"),
    ("leavers", LEAVER, "Leaving Reason", "Went fishing", "not_mapped", "error"),
    ("leavers", LEAVER, "Destination On Leaving", "The seaside", "not_mapped", "error"),
    ("absence", SPELL, "FTE Days Lost", "three", "not_a_number", "error"),
    ("absence", SPELL, "FTE Days Lost", "", "blank", "error"),
    ("absence", SPELL, "Absence End Date", "30/04/2026", "ends_first", "error"),
    ("absence", SPELL, "Absence End Date", "01/12/2026", "after_the_day", "warning"),
    ("absence", SPELL, "Assignment Number", "4040", "nobody", "warning"),
)


def test_a_clean_return_is_told_nothing():
    read = read_staff(*CLEAN["rows"], **{name: CLEAN[name] for name in ("starters", "leavers", "absence")})
    assert not read.issues


@pytest.mark.parametrize(("column", "cell", "code", "severity"), CELLS)
def test_one_faulty_cell_is_one_issue_at_its_place(column, cell, code, severity):
    read = read_staff(PORTER, NURSE | {column: cell}, BANK)
    (issue,) = read.issues
    assert (issue.file, issue.row, issue.column) == ("staff.csv", 3, column)
    assert (issue.code, issue.severity) == (code, severity)


@pytest.mark.parametrize(("file", "row", "column", "cell", "code", "severity"), FLOWS)
def test_one_faulty_cell_of_a_flow_is_one_issue_at_its_place(file, row, column, cell, code, severity):
    read = read_staff(NURSE, PORTER, **{file: [row, row | {column: cell} | _another(row, column)]})
    (issue,) = read.issues
    assert (issue.file, issue.row, issue.column) == (f"{file}.csv", 3, column)
    assert (issue.code, issue.severity) == (code, severity)


def _another(row, column):
    """The row again, of another assignment where one may stand only once."""
    number = f"{row['Assignment Number']}-9"
    return {} if column == "Assignment Number" or "FTE Days Lost" in row else {"Assignment Number": number}


def test_a_fault_costs_its_cell_and_not_its_row():
    for column, cell, field in (("Gender", "Femail", "sex"), ("Staff Group", "Wizards", "role")):
        (post,) = read_staff(NURSE | {column: cell}).posts
        assert post["contract"] == "permanent"
        assert post[field] == ("unknown" if field == "sex" else "registered_nurse")


def test_words_of_no_list_count_as_unknown_and_are_counted():
    read = read_staff(NURSE | {"Gender": "Femail"})
    told = [loss for loss in read.checked.mapping_loss if loss.field == "sex"]
    assert [(loss.code, loss.value, loss.rows) for loss in told] == [("(not in the list)", "unknown", 1)]


def test_a_role_that_no_list_has_is_told_and_its_text_is_not():
    read = read_staff(PORTER | {"Staff Group": "", "Job Role": "Keeper of Canary Jones"})
    assert [(issue.column, issue.code, issue.value) for issue in read.issues] == [
        ("Staff Group", "blank", None),
        ("Job Role", "role_not_mapped", None),
    ]
    assert read.posts[0]["role"] == "unknown"


def test_doctors_may_work_40_hours():
    doctor = NURSE | {
        "Staff Group": "Medical and Dental", "Job Role": "Consultant", "Occupation Code": "021", "FTE": "1",
        "Contracted Hours": "40", "Employee Category": "Full Time", "Registration Body": "GMC",
    }  # fmt: skip
    assert not read_staff(doctor).issues
    assert [issue.code for issue in read_staff(doctor | {"Occupation Code": "N6A"}).issues] == [
        "occupation_not_of_group"
    ]


def test_an_assignment_stands_once():
    read = read_staff(NURSE, PORTER, NURSE)
    (issue,) = read.issues
    assert (issue.row, issue.column, issue.code) == (4, "Assignment Number", "998")
    assert len(read.posts) == 2


def test_a_leaver_who_is_still_in_post_is_no_second_row():
    still = LEAVER | {"Employee Number": "1001", "Assignment Number": "1001"}
    read = read_staff(NURSE, leavers=[still])
    assert [(issue.row, issue.code) for issue in read.issues] == [(2, "still_in_post")]
    assert len(read.posts) == 1


def test_flows_without_staff_in_post_are_refused():
    with pytest.raises(Unreadable, match="no staff in post extract"):
        read_files({"leavers.csv": csv_text([LEAVER])})
