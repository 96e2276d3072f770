"""One faulty cell is one issue in the council's own column; what identifies people is kept nowhere."""

import json
from datetime import date

import pytest

from tests.workforce.returns import csv_text, read_files, read_folder
from workforce.importing import NeedsMapping
from workforce.sampling.council import write_council
from workforce.sampling.returns import Recipe

from .making import CARER, MAPPING, WORKER, read_list

CELLS = (
    ("Payroll No", "", "blank", "error"),
    ("Post No", "", "blank", "error"),
    ("Job Title", "", "blank", "error"),
    ("Job Title", "Chief Tea Taster", "not_mapped", "error"),
    ("Team", "Blue Team", "service_not_mapped", "error"),
    ("Contract Type", "Handshake", "not_mapped", "error"),
    ("Contract Type", "", "blank", "warning"),
    ("Weekly Hours", "thirty", "not_a_number", "error"),
    ("Weekly Hours", "370", "out_of_range", "error"),
    ("Weekly Hours", "-5", "out_of_range", "error"),
    ("FTE", "0.20", "fte_not_hours", "warning"),
    ("FTE", "18.5", "out_of_range", "error"),
    ("Annual Salary", "N/K", "not_a_number", "error"),
    ("Annual Salary", "2650000", "out_of_range", "error"),
    ("D.O.B.", "31/02/1980", "no_such_day", "error"),
    ("D.O.B.", "", "blank", "warning"),
    ("D.O.B.", "01/01/2090", "age_impossible", "error"),
    ("D.O.B.", "01/01/1940", "age_unusual", "warning"),
    ("Gender", "Femail", "not_mapped", "error"),
    ("Ethnicity", "Purple", "not_mapped", "error"),
    ("Passport", "Martian", "not_mapped", "error"),
    ("Disability", "7", "not_mapped", "error"),
    ("Start Date", "01/06/2090", "after_the_day", "error"),
    ("Start Date", "03/28/2019", "month_first", "error"),
    ("Start Date", "01/03/1990", "start_as_a_child", "warning"),
    ("Start Date", "", "blank", "warning"),
    ("Service Since", "1911", "year_out_of_range", "error"),
    ("Service Since", "long ago", "not_a_day", "error"),
    ("NVQ", "Swimming", "not_mapped", "error"),
    ("Came From", "The moon", "not_mapped", "error"),
    ("Left On", "31/04/2026", "no_such_day", "error"),
    ("Left On", "01/09/2020", "before_the_year", "warning"),
    ("Reason", "Retirement", "reason_without_date", "warning"),
    ("Days Sick", "400", "out_of_range", "error"),
    ("Register", "Guild", "not_mapped", "error"),
    ("Apprentice?", "Perhaps", "not_mapped", "error"),
)


@pytest.mark.parametrize(("column", "cell", "code", "severity"), CELLS)
def test_one_faulty_cell_is_one_issue_at_its_place(column, cell, code, severity):
    faulty = CARER | {"Directorate": "Any"} | {column: cell}
    if (column, cell) == ("Left On", "01/09/2020"):
        faulty["Start Date"] = "01/03/2010"
    read = read_list(WORKER, faulty)
    found = [issue for issue in read.issues if issue.code != "heading_unknown"]
    assert [(issue.row, issue.column, issue.code, issue.severity) for issue in found] == [(3, column, code, severity)]


CANARIES = {
    "Surname": "Canarysurname", "NI No": "QQ987654C", "Payroll No": "canary88", "Post No": "CANARYPOST",
    "Directorate": "Canary Directorate", "Team": "Canary Team", "Job Title": "Carer for Mrs Canary",
    "D.O.B.": "14/02/1981", "Ethnicity": "Canarian", "Passport": "Canary Islander", "Disability": "Canary leg",
}  # fmt: skip


def test_what_could_identify_somebody_is_kept_nowhere():
    kept = read_list(CARER, CARER | CANARIES).everything_kept.casefold()
    for text in (*CANARIES.values(), "1981-02-14"):
        assert text.casefold() not in kept
    assert "white_other" in kept, "the search itself finds what is kept"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("council")
    write_council(Recipe(rows=500, seed=3, as_at=date(2026, 9, 30), faults=20), folder)
    truth = json.loads((folder / "truth.json").read_text())
    with pytest.raises(NeedsMapping) as asked:
        read_folder(folder, ("staff.csv", "leavers.csv"))
    return read_folder(folder, ("staff.csv", "leavers.csv"), mapping=asked.value.suggestions), truth


def test_each_planted_fault_is_found_where_it_is_and_nothing_else(sample):
    read, truth = sample
    planted = {(f"{fault['file']}.csv", fault["row"], fault["column"]) for fault in truth["faults"]}
    assert len(planted) == 20
    found = [(issue.file, issue.row, issue.column) for issue in read.issues if issue.code != "heading_unknown"]
    assert sorted(found) == sorted(planted)


def test_a_made_up_council_comes_to_its_true_figures(tmp_path):
    write_council(Recipe(rows=500, seed=4, as_at=date(2026, 9, 30), faults=0), tmp_path)
    counts = json.loads((tmp_path / "truth.json").read_text())["counts"]
    with pytest.raises(NeedsMapping) as asked:
        read_folder(tmp_path, ("staff.csv", "leavers.csv"))
    read = read_folder(tmp_path, ("staff.csv", "leavers.csv"), mapping=asked.value.suggestions)
    filled = [post for post in read.posts if post["leave_month_state"] == "not_applicable"]
    assert not read.of("error")
    assert (len(filled), len(read.posts) - len(filled)) == (counts["posts"], counts["leavers"])
    assert len({post["person_key"] for post in filled}) == counts["people"]
    assert sum(post["fte37"] or 0 for post in filled) == pytest.approx(counts["fte37"], abs=1e-3)
    assert sum(post["contract"] == "bank" for post in filled) == counts["contract"]["Casual"]
    assert sum(post["sex"] == "female" for post in filled) == counts["gender"]["Female"]


def test_columns_that_are_left_alone_are_read_by_nothing():
    """Whatever stands in them: no fault is found in them."""
    alone = MAPPING | {"D.O.B.": "", "Gender": ""}
    read = read_list(CARER | {"D.O.B.": "31/02/1980", "Gender": "Femail"}, mapping=alone)
    assert {issue.code for issue in read.issues} == {"heading_unknown"}
    assert {"D.O.B.", "Gender"} < set(read.checked.unmapped_headings)
    assert read.posts[0]["age_state"] == "missing"


def test_a_number_is_read_with_its_comma_and_that_is_told():
    row = CARER | {"Annual Salary": '"26,000"'}
    text = csv_text([row]).replace('"""26,000"""', '"26,000"')
    read = read_files({"staff.csv": text}, source="council", mapping=MAPPING)
    assert [issue.code for issue in read.issues if issue.column] == ["punctuated"]
    assert read.posts[0]["hourly_pay"] == pytest.approx(26_000 / (52.143 * 37))
