"""The training file: one fault, one issue; and what is kept of each worker's training."""

from datetime import date

import pytest

from workforce.codes import code_list
from workforce.crosswalks import crosswalk
from workforce.sources.asc_wds import file_kinds
from workforce.template import TOPICS

from .staff_cases import TRAINING_CELLS, TRAINING_RULES, VALID_TRAINING
from .staff_rows import (
    AS_AT,
    TODAY,
    TRAINING_HEADINGS,
    course,
    issues,
    issues_by_row,
    numbered,
    posts,
    send,
    worker,
)  # fmt: skip

CASES = (*TRAINING_CELLS, *TRAINING_RULES)
KIND = file_kinds(TODAY)[2]
# Findings of the national service on rows of the training file.
NATIONAL = """996 UNIQUEWORKERID;997 LOCALESTID;1000 LOCALESTID;1010 UNIQUEWORKERID;1020 DATECOMPLETED;1030 EXPIRYDATE;
1040 TRAININGNAME;1050 CATEGORY;1060 ACCREDITED;1070 NOTES;1080 WHODELIVERED;1080 DATECOMPLETED;1090 PROVIDERNAME;
1100 HOWDELIVERED;1110 VALIDITY;2090 PROVIDERNAME;2110 EXPIRYDATE"""
OPEN = {"VALIDITY": "", "EXPIRYDATE": ""}


def staff():
    return [worker(), worker(LOCALESTID="W2", UNIQUEWORKERID="P2", DHA="")]


def read_cases(folder, cases):
    rows = [course(**others | cell) for others, cell, _ in cases]
    found = issues_by_row(send(folder, staff(), rows), "training.csv")
    return {place: found.get(place + 2, []) for place in range(len(cases))}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    return read_cases(tmp_path_factory.mktemp("faulty"), CASES)


@pytest.fixture(scope="module")
def mended(tmp_path_factory):
    return read_cases(tmp_path_factory.mktemp("mended"), [(others, {}, None) for others, _, _ in CASES])


@pytest.mark.parametrize("place", range(len(CASES)), ids=[f"{next(iter(case[1].items()))}"[:60] for case in CASES])
def test_one_fault_is_one_issue(faulty, place):
    assert faulty[place] == [CASES[place][2]]


def test_mended_rows_draw_nothing(mended):
    assert {place for place, told in mended.items() if told} == set()


def test_valid_rows_draw_nothing(tmp_path):
    rows = [course(**changes) for changes in VALID_TRAINING.values()]
    checked = send(tmp_path, staff(), rows)
    assert issues(checked) == []
    training = next(file for file in checked.files if file.kind == "training")
    assert (training.rows_read, training.rows_accepted, training.rows_rejected) == (len(rows), len(rows), 0)


def test_every_national_finding_has_a_case():
    told = {(number, column) for _, _, (column, number, _) in CASES}
    assert told == {tuple(pair.split()) for pair in NATIONAL.replace("\n", "").split(";")}


def test_every_column_and_rule_has_a_case():
    told = {(column, number) for _, _, (column, number, _) in CASES}
    assert {(rule.column, rule.code) for rule in KIND.rules} - told == set()
    assert {(column.name, column.code) for column in KIND.columns} - told == set()
    assert {column.name for column in KIND.columns} == set(TRAINING_HEADINGS)


def test_rows_of_nobody_are_rejected(tmp_path):
    rows = [course(), course(UNIQUEWORKERID="P9"), course(LOCALESTID="W9"), course(UNIQUEWORKERID="")]
    checked = send(tmp_path, staff(), rows)
    training = next(file for file in checked.files if file.kind == "training")
    assert (training.rows_read, training.rows_accepted, training.rows_rejected) == (4, 1, 3)
    assert not {"P9", "W9"} & {value for cause in checked.causes for _, value in cause.examples} - {"W9"}


def test_a_shorter_month_ends_on_its_last_day(tmp_path):
    months = {"1": "27/02/2026", "13": "27/02/2027", "2": "30/03/2026", "24": "30/01/2028", "999": "29/04/2109"}
    rows = [
        course(DATECOMPLETED="31/01/2026", VALIDITY=validity, EXPIRYDATE=expiry) for validity, expiry in months.items()
    ]
    assert issues(send(tmp_path, staff(), rows)) == []


def standing(tmp_path, *rows, as_at=AS_AT):
    """{topic: standing} of the first worker, without topics that nothing was recorded on."""
    post = posts(send(tmp_path, staff(), [course(**row) for row in rows], as_at=as_at))[0]
    found = {topic: post[f"training_{topic}"] for topic in TOPICS.split()}
    return {topic: value for topic, value in found.items() if value != "never_recorded"}


def test_training_is_current_or_has_run_out_on_the_day(tmp_path):
    ends = {"DATECOMPLETED": "01/10/2025", "VALIDITY": "", "CATEGORY": "10"}
    assert standing(tmp_path, ends | {"EXPIRYDATE": "30/09/2026"}) == {"infection_control": "current"}
    assert standing(tmp_path, ends | {"EXPIRYDATE": "29/09/2026"}) == {"infection_control": "expired"}
    assert standing(tmp_path, ends | {"EXPIRYDATE": "29/09/2026"}, as_at=date(2026, 9, 29)) == {
        "infection_control": "current"
    }


def test_the_end_is_worked_out_where_only_months_are_given(tmp_path):
    ends = {"VALIDITY": "12", "EXPIRYDATE": ""}
    assert standing(tmp_path, ends | {"DATECOMPLETED": "01/10/2025"}) == {"infection_control": "current"}
    assert standing(tmp_path, ends | {"DATECOMPLETED": "30/09/2025"}) == {"infection_control": "expired"}


def test_training_without_an_end_is_current(tmp_path):
    assert standing(tmp_path, OPEN | {"DATECOMPLETED": "01/01/2001"}) == {"infection_control": "current"}


def test_the_best_standing_on_a_topic_counts(tmp_path):
    old = {"DATECOMPLETED": "01/01/2020", "EXPIRYDATE": "31/12/2020", "VALIDITY": ""}
    both = [old, OPEN | {"DATECOMPLETED": "01/01/2026"}, old | {"CATEGORY": "2"}]
    assert standing(tmp_path, *both) == {"infection_control": "current", "dementia": "expired"}


def test_every_category_is_one_topic(tmp_path):
    topics = {code: crosswalk("training_topic", "asc_wds").of(code) for code in code_list("training_category").codes}
    for code in ("2", "10", "13", "15", "17", "20"):
        assert standing(tmp_path, {"CATEGORY": code}) == {topics[code]: "current"}
    assert set(topics.values()) <= set(TOPICS.split())


def test_training_of_one_worker_is_no_other_workers(tmp_path):
    first, second = posts(send(tmp_path, staff(), [course()]))
    assert (first["training_infection_control"], second["training_infection_control"]) == ("current", "never_recorded")


def test_without_a_training_file_nothing_is_known_of_training(tmp_path):
    assert {post["training_dementia"] for post in posts(send(tmp_path, staff()))} == {"missing"}


def test_an_empty_training_file_says_that_nothing_was_recorded(tmp_path):
    assert {post["training_dementia"] for post in posts(send(tmp_path, staff(), []))} == {"never_recorded"}


def test_rows_at_fault_leave_no_training(tmp_path):
    assert standing(tmp_path, {"CATEGORY": "99"}) == {}
    assert standing(tmp_path, {"LOCALESTID": "W2"}) == {}


def test_a_person_may_have_many_rows(tmp_path):
    rows = numbered([course() for _ in range(200)])
    checked = send(tmp_path, [worker(UNIQUEWORKERID=row["UNIQUEWORKERID"]) for row in rows], rows)
    assert issues(checked) == []
    assert {post["training_infection_control"] for post in posts(checked)} == {"current"}


def test_eight_columns_as_before_2026(tmp_path):
    from .staff_rows import STAFF_HEADINGS as STAFF
    from .staff_rows import WORKPLACE_HEADINGS, as_csv, read, workplaces, write

    headings = tuple("LOCALESTID UNIQUEWORKERID CATEGORY DESCRIPTION DATECOMPLETED EXPIRYDATE ACCREDITED NOTES".split())
    old = {"LOCALESTID": "W1", "UNIQUEWORKERID": "P1", "CATEGORY": "10", "DESCRIPTION": "x" * 121,
           "DATECOMPLETED": "01/06/2026", "ACCREDITED": "1"}  # fmt: skip
    places = [row for row in workplaces(staff()) if row["LOCALESTID"] in ("W1", "W2")]
    given = [
        write(tmp_path, "workplace.csv", as_csv(WORKPLACE_HEADINGS, places)),
        write(tmp_path, "staff.csv", as_csv(STAFF, staff())),
        write(tmp_path, "training.csv", as_csv(headings, [old])),
    ]
    assert issues(read(tmp_path, given)) == [("training", "TRAININGNAME", "1040", "error", 1)]
