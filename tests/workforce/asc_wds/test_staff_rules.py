"""Rules lean only on cells that could be read: a cell at fault draws its own issue and none elsewhere."""

from datetime import date

import numpy as np
import pytest

from workforce.checking.declaring import Severity, Then
from workforce.deriving import birthday
from workforce.sources.asc_wds import file_kinds

from .staff_cases import STAFF_RULES
from .staff_rows import (
    ANNUAL,
    BANK,
    FOREIGN,
    ON_VISA,
    SOCIAL_WORKER,
    TODAY,
    issues_by_row,
    numbered,
    posts,
    send,
    worker,
)  # fmt: skip

WORKER_KIND = file_kinds(TODAY)[1]


def told(folder, *rows, **options):
    """What is told of each of these rows: [(column, number)]."""
    found = issues_by_row(send(folder, numbered([worker(**row) for row in rows]), **options), "staff.csv")
    return [[issue[:2] for issue in found.get(place + 2, [])] for place in range(len(rows))]


# (a row that breaks a rule, the cell that the rule leans on made unreadable, the number of that cell)
LEANING = [
    ({"STARTDATE": "09/05/1994", "STARTINSECT": "999"}, {"DOB": "soon"}, ("DOB", "3080")),
    ({"STARTINSECT": "1993"}, {"DOB": "01/01/1900"}, ("DOB", "3080")),
    ({"STARTINSECT": "2020"}, {"STARTDATE": "soon"}, ("STARTDATE", "3190")),
    ({"STARTINSECT": "2020"}, {"STARTDATE": "27/11/2026"}, ("STARTDATE", "3190")),
    (FOREIGN | {"STARTDATE": "31/12/2014"}, {"YEAROFENTRY": "x"}, ("YEAROFENTRY", "1380")),
    (FOREIGN | {"YEAROFENTRY": "1979"}, {"DOB": "soon"}, ("DOB", "3080")),
    (ON_VISA | {"BRITISHCITIZENSHIP": "1"}, {"NATIONALITY": "x"}, ("NATIONALITY", "1110")),
    (ON_VISA, {"HANDCVISA": "x"}, ("HANDCVISA", "5570")),
    (ON_VISA | {"BRITISHCITIZENSHIP": "1"}, {"BRITISHCITIZENSHIP": "x"}, ("BRITISHCITIZENSHIP", "1120")),
    ({"YEAROFENTRY": "2015"}, {"COUNTRYOFBIRTH": "x"}, ("COUNTRYOFBIRTH", "1130")),
    ({"ZEROHRCONT": "1"}, {"CONTHOURS": "many"}, ("CONTHOURS", "3300")),
    ({"AVGHOURS": "20"}, {"ZEROHRCONT": "x"}, ("ZEROHRCONT", "1230")),
    (BANK | {"CONTHOURS": "20", "ZEROHRCONT": "2"}, {"EMPLSTATUS": "x"}, ("EMPLSTATUS", "1220")),
    (ANNUAL | {"SALARYINT": "3"}, {"SALARYINT": "x"}, ("SALARYINT", "1250")),
    (ANNUAL | {"SALARYINT": "3"}, {"SALARY": "x"}, ("SALARY", "1260")),
    ({"SALARYINT": "1"}, {"HOURLYRATE": "x"}, ("HOURLYRATE", "1270")),
    (ANNUAL | {"SALARY": "200001"}, {"MAINJOBROLE": "x"}, ("MAINJOBROLE", "1280")),
    ({"NMCREG": "1"}, {"MAINJOBROLE": "x"}, ("MAINJOBROLE", "1280")),
    ({"AMHP": "1"}, {"MAINJOBROLE": ""}, ("MAINJOBROLE", "1280")),
    ({"MAINJRDESC": "Driver"}, {"MAINJOBROLE": "x"}, ("MAINJOBROLE", "1280")),
    (SOCIAL_WORKER | {"SCQUAL": "2"}, {"MAINJOBROLE": "x", "AMHP": ""}, ("MAINJOBROLE", "1280")),
    ({"LOCALESTID": "W3"}, {"LOCALESTID": "W9"}, ("LOCALESTID", "997")),
    ({"LOCALESTID": "W2"}, {"LOCALESTID": ""}, ("LOCALESTID", "1010")),
]


def test_a_cell_at_fault_makes_no_other_cell_look_wrong(tmp_path):
    found = told(tmp_path, *(broken | fault for broken, fault, _ in LEANING))
    assert dict(enumerate(found)) == {place: [only] for place, (_, _, only) in enumerate(LEANING)}


def test_control_the_same_rows_break_a_rule_without_that_fault(tmp_path):
    rows = [broken for broken, fault, _ in LEANING if broken is not ON_VISA]
    assert all(told(tmp_path, *rows))


def test_each_rule_speaks_in_the_national_severity():
    severities = {(column, number): severity for _, _, (column, number, severity) in STAFF_RULES}
    rules = {(rule.column, rule.code): str(rule.severity) for rule in (*WORKER_KIND.rules, WORKER_KIND.unjudged)}
    assert rules == severities


def test_rules_say_what_they_do_with_the_cell():
    """What is left aside says so in the message, or is an error; what is kept says neither."""
    for rule in WORKER_KIND.rules:
        if rule.then is Then.SET_ASIDE and rule.severity is Severity.WARNING and "left aside" not in rule.message:
            assert rule.code in {"3120", "3340", "3380"}
        if rule.then is Then.KEEP:
            assert "and was left aside" not in rule.message


def test_messages_name_their_column_and_hold_no_value():
    for rule in (*WORKER_KIND.rules, WORKER_KIND.unjudged):
        assert rule.column in rule.message or rule is WORKER_KIND.unjudged
        assert rule.accepted
        assert not rule.message.endswith(".")


@pytest.mark.parametrize(
    ("born", "start", "found"),
    [
        ("29/02/2008", "28/02/2022", [("STARTDATE", "3190")]),
        ("29/02/2008", "01/03/2022", []),
        ("28/02/2007", "28/02/2021", []),
        ("31/12/2007", "30/12/2021", [("STARTDATE", "3190")]),
        ("31/12/2007", "31/12/2021", []),
    ],
)
def test_the_fourteenth_birthday_to_the_day(tmp_path, born, start, found):
    assert told(tmp_path, {"DOB": born, "STARTDATE": start, "STARTINSECT": "999"}) == [found]


def test_birthdays_of_everybody_born_in_four_years():
    first = date(2004, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
    days = np.arange(first, first + 4 * 366, dtype=float)
    reached = birthday(days, 14).astype(int).astype("datetime64[D]").astype(object)
    for born, when in zip(days.astype(int).astype("datetime64[D]").astype(object), reached, strict=True):
        leap = (born.month, born.day) == (2, 29)
        assert when == (date(born.year + 14, 3, 1) if leap else born.replace(year=born.year + 14))
    assert np.isnan(birthday(np.array([np.nan]), 14)).all()


def test_control_years_of_a_quarter_day_more_miss_birthdays():
    born, turned = (date(1980, 5, 10), date(1994, 5, 10))
    assert (turned - born).days / 365.25 < 14
    assert birthday(np.array([(born - date(1970, 1, 1)).days], float), 14)[0] == (turned - date(1970, 1, 1)).days


def test_age_limits_move_with_the_day(tmp_path):
    young = {"DOB": "26/11/2012", "STARTDATE": "26/11/2026", "STARTINSECT": "2026"}
    assert told(tmp_path, young, today=date(2026, 11, 25))[0][0] == ("DOB", "3080")
    assert told(tmp_path, young, today=date(2026, 11, 26)) == [[]]


def test_what_is_left_aside_does_not_reach_the_snapshot(tmp_path):
    rows = [{"AVGHOURS": "20"}, {"NMCREG": "1"}, {"STARTDATE": "27/11/2026"}, {"HOURLYRATE": "2.49"}, {"AMHP": "1"}]
    rows = posts(send(tmp_path, numbered([worker(**row) for row in rows])))
    assert [rows[0]["hours_average"], rows[1]["registration"], rows[2]["start_role"]] == [None, "not_applicable", None]
    assert [rows[3]["hourly_pay"], rows[4]["amhp"]] == [None, "not_applicable"]


def test_control_what_is_kept_does(tmp_path):
    (row,) = posts(send(tmp_path, [worker()]))
    assert [row["start_role"], row["hourly_pay"]] == [date(2019, 3, 1), 12.5]


def test_columns_of_older_years_are_known_and_need_nothing(tmp_path):
    old = worker(FLUVAC="1", OTHERJOBROLE="8", NURSESPEC="2", CARECERTDATE="x")
    checked = send(tmp_path, [old])
    assert checked.unmapped_headings == []
    assert issues_by_row(checked, "staff.csv") == {}
