"""Every cell of the staff file that can be at fault: one fault, one issue, with its column, number and severity."""

import pytest

from workforce.sources.asc_wds import file_kinds

from .staff_cases import STAFF_CELLS, STAFF_RULES, VALID_STAFF
from .staff_rows import STAFF_HEADINGS, TODAY, issues, issues_by_row, numbered, send, worker

CASES = (*STAFF_CELLS, *STAFF_RULES)
# Findings of the national service on staff rows: number and the columns that it stands for.
NATIONAL = """997 LOCALESTID;998 UNIQUEWORKERID;998 CHGUNIQUEWRKID;1010 LOCALESTID;1020 UNIQUEWORKERID;
1030 CHGUNIQUEWRKID;1040 STATUS;1050 DISPLAYID;1060 NINUMBER;1070 POSTCODE;1090 GENDER;1100 ETHNICITY;1110 NATIONALITY;
1120 BRITISHCITIZENSHIP;1130 COUNTRYOFBIRTH;1150 DISABLED;1160 CARECERT;1180 RECSOURCE;1220 EMPLSTATUS;1230 ZEROHRCONT;
1240 DAYSSICK;1250 SALARYINT;1251 SALARYINT;1251 SALARY;1252 SALARYINT;1252 HOURLYRATE;1260 SALARY;1270 HOURLYRATE;
1280 MAINJOBROLE;1290 MAINJRDESC;1360 SCQUAL;1370 NONSCQUAL;1380 YEAROFENTRY;1400 TRANSFERSTAFFRECORD;
1401 TRANSFERSTAFFRECORD;1402 UNIQUEWORKERID;1403 UNIQUEWORKERID;2000 STARTDATE;3070 POSTCODE;3080 DOB;
3120 BRITISHCITIZENSHIP;3190 STARTDATE;3200 STARTINSECT;3210 APPRENTICE;3230 ZEROHRCONT;3240 DAYSSICK;
3290 MAINJRDESC;3300 CONTHOURS;3310 AVGHOURS;3340 NMCREG;3360 SCQUAL;3380 YEAROFENTRY;3380 AMHP;
5010 QUALACH01;5015 QUALACH01;5020 QUALACH01NOTES;5030 QUALACH02;5035 QUALACH02;5040 QUALACH02NOTES;5050 QUALACH03;
5055 QUALACH03;5060 QUALACH03NOTES;5570 HANDCVISA;5570 NINUMBER;5580 INOUTUK;5590 L2CARECERT;5600 L2CARECERT;
5610 L2CARECERT;5620 L2CARECERT;5630 L2CARECERT;5640 L2CARECERT;5650 CWPCATEGORY;5660 DHA;5661 DHA;5662 DHA;
5663 DHA;3260 SALARYINT;3270 SALARYINT"""
NOT_HERE = {
    ("998", "UNIQUEWORKERID"): "compares rows: test_return.py",
    ("998", "CHGUNIQUEWRKID"): "compares rows: test_return.py",
    ("5570", "NINUMBER"): "compares rows: test_return.py",
    ("1400", "TRANSFERSTAFFRECORD"): "needs the records that the national service has stored",
    ("1402", "UNIQUEWORKERID"): "needs the records that the national service has stored",
    ("1403", "UNIQUEWORKERID"): "needs the records that the national service has stored",
    ("3240", "DAYSSICK"): "needs the records that the national service has stored",
    ("5610", "L2CARECERT"): "told as 5600: a year where none belongs",
    ("5630", "L2CARECERT"): "told as 5620: a year that cannot be",
    ("5640", "L2CARECERT"): "told as 5620: a year that cannot be",
}


def read_cases(folder, cases):
    """{place of the case: what was told of its row}, of a return in which each case is a row."""
    rows = numbered([worker(**others | cell) for others, cell, _ in cases])
    found = issues_by_row(send(folder, rows), "staff.csv")
    return {place: found.get(place + 2, []) for place in range(len(cases))}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    return read_cases(tmp_path_factory.mktemp("faulty"), CASES)


@pytest.fixture(scope="module")
def mended(tmp_path_factory):
    return read_cases(tmp_path_factory.mktemp("mended"), [(others, {}, None) for others, _, _ in CASES])


@pytest.mark.parametrize(
    "place", range(len(CASES)), ids=[f"{next(iter(case[1].items()))}-{case[2][1]}"[:60] for case in CASES]
)
def test_one_fault_is_one_issue_and_goes_when_it_is_mended(faulty, mended, place):
    assert faulty[place] == [CASES[place][2]]
    assert mended[place] == []


def test_valid_rows_draw_nothing(tmp_path):
    rows = numbered([worker(**changes) for changes in VALID_STAFF.values()])
    checked = send(tmp_path, rows)
    assert issues(checked) == []
    assert (checked.rows_read, checked.rows_accepted, checked.rows_rejected) == (len(rows), len(rows), 0)


def test_control_a_valid_row_with_a_fault_draws_it(tmp_path):
    rows = numbered([worker(), worker(GENDER="9")])
    assert issues(send(tmp_path, rows)) == [("staff", "GENDER", "1090", "error", 1)]


def pairs(text):
    return {tuple(pair.split()) for pair in text.replace("\n", "").split(";")}


def test_every_national_finding_is_told_or_has_its_reason():
    told = {(number, column) for _, _, (column, number, _) in CASES}
    assert pairs(NATIONAL) - told == set(NOT_HERE)
    assert {number for number, _ in told if number.isdigit()} <= {number for number, _ in pairs(NATIONAL)}


def test_every_rule_is_shown_to_speak():
    """Each rule has a case with its column and number, except those that speak of what is left out unseen."""
    _, kind, _ = file_kinds(TODAY)
    told = {(column, number) for _, _, (column, number, _) in STAFF_RULES}
    assert {(rule.column, rule.code) for rule in (*kind.rules, kind.unjudged)} - told == set()


def test_every_column_has_a_case():
    _, kind, _ = file_kinds(TODAY)
    told = {column for _, _, (column, _, _) in STAFF_CELLS}
    checked = {column.name for column in kind.columns if column.name in STAFF_HEADINGS}
    assert checked - told == set()


def test_every_number_of_a_column_has_a_case():
    _, kind, _ = file_kinds(TODAY)
    declared = {
        (column.name, number)
        for column in kind.columns
        for number in (column.code, column.required_code, *dict(column.numbers).values())
        if number
    }
    assert declared - {(column, number) for _, _, (column, number, _) in STAFF_CELLS} == set()


def test_severities_are_the_columns_own():
    """A column's faults are errors or warnings as the national service has them; both only where it has both."""
    both = {}
    for _, _, (column, number, severity) in CASES:
        both.setdefault((column, number), set()).add(severity)
    mixed = {pair for pair, severities in both.items() if len(severities) > 1}
    assert mixed == {
        ("GENDER", "1090"),  # a code with decimals is read
        ("SALARY", "1260"),  # a pound sign is read
        ("SCQUAL", "1360"), ("NONSCQUAL", "1370"),
        ("QUALACH01", "5015"), ("QUALACH02", "5035"), ("QUALACH03", "5055"),
    }  # fmt: skip
