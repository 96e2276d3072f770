"""The workplace file: each single fault draws one message, in the sender's words, and right rows draw none."""

from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

from tests.workforce.asc_wds import workplace_rows as rows
from tests.workforce.asc_wds.workplace_rows import CASES, CELLS, RIGHT, RULES, TODAY, Checked
from workforce.checking import engine
from workforce.checking.declaring import Then
from workforce.checking.engine import place_columns
from workforce.checking.kinds import Text
from workforce.sources.asc_wds.workplace import NO_LONGER_READ, workplace_file

KIND = workplace_file(TODAY)
HEADINGS_OF_2019 = """LOCALESTID STATUS ESTNAME ADDRESS1 ADDRESS2 ADDRESS3 POSTTOWN POSTCODE ESTTYPE OTHERTYPE PERMCQC
PERMLA SHARELA REGTYPE PROVNUM LOCATIONID MAINSERVICE ALLSERVICES CAPACITY UTILISATION SERVICEDESC SERVICEUSERS
OTHERUSERDESC TOTALPERMTEMP ALLJOBROLES STARTERS LEAVERS VACANCIES REASONS REASONNOS""".split()
NEVER_SHOWN = """ESTNAME ADDRESS1 ADDRESS2 ADDRESS3 POSTTOWN POSTCODE OTHERTYPE SERVICEDESC OTHERUSERDESC CWPUSEDESC
EMAIL PHONE""".split()


def lacking(*, rule=None, then=None):
    """The kind without the rules that match, or with what becomes of their cells changed."""
    found = [one for one in KIND.rules if (one.column, one.code, str(one.severity)) == rule]
    assert found
    others = [replace(one, then=then) if one in found else one for one in KIND.rules if then or one not in found]
    return replace(KIND, rules=tuple(others))


# Right rows


RIGHT_ROWS = {
    "every column filled": {},
    "the kinds of workplace": rows.DAY_CENTRE,
    "a care home": rows.CARE_HOME,
    "a head office with nobody in it": {**rows.HEAD_OFFICE, "TOTALPERMTEMP": "0", "LOCATIONID": ""},
    "a head office that is not regulated": {**rows.HEAD_OFFICE, **rows.NO_NUMBERS, "VACANCIES": "3;0;0"},
    "one service, not answered": {**rows.HOME_HELP, "ALLSERVICES": "10"},
    "one service and no others": {**rows.HOME_HELP, "ALLSERVICES": "10;0"},
    "an element for the 0": {**rows.CARE_HOME, "CAPACITY": "40;", "UTILISATION": "38;"},
    "figures not known": {"STARTERS": "999", "VACANCIES": "999"},
    "no roles, nobody started": {"ALLJOBROLES": "", "STARTERS": "0", "LEAVERS": "999", "VACANCIES": "0",
                                 **rows.NO_REASONS},
    "nothing said of figures": {"ALLJOBROLES": "", "STARTERS": "", "LEAVERS": "", "VACANCIES": "", **rows.NO_REASONS},
    "no reasons": rows.NO_REASONS,
    "a word in small letters": {"STATUS": "update"},
    "words in any case": {"SICKPAY": "Unknown", "PENSION": "UNKNOWN", "ACTUALCONT": ""},
    "leading zeros": {"MAINSERVICE": "08", "DHA": "01"},
    "a private employer": {"ESTTYPE": "6", "OTHERTYPE": ""},
    "nothing that may stay blank": dict.fromkeys(
        "ADDRESS2 ADDRESS3 POSTTOWN PERMCQC PERMLA CAPACITY UTILISATION SERVICEDESC SERVICEUSERS OTHERUSERDESC "
        "DHA DHAACTIVITIES REPEATTRAINING CWPAWARE CWPUSE CWPUSEDESC SICKPAY PENSION ACTUALCONT OPTOUTPEN HOLIDAY "
        "SLEEPINS SLEEPINPAY TRAVELTIME TTDIFFRATE".split(), ""),
    "activities not known": {"DHAACTIVITIES": "999"},
    "just above the least contribution": {"ACTUALCONT": "3.01"},
    "spaces inside a list": {"ALLSERVICES": "8; 6 ;21"},
}  # fmt: skip


@pytest.mark.parametrize("change", RIGHT_ROWS.values(), ids=RIGHT_ROWS)
def test_a_right_row_draws_nothing(tmp_path, change):
    assert Checked(tmp_path, RIGHT | change).findings == []


@pytest.mark.parametrize("status", ["NEW", "UPDATE", "UNCHECKED", "NOCHANGE", ""])
def test_every_row_is_checked_whatever_its_status_says(tmp_path, status):
    checked = Checked(tmp_path, RIGHT | {"STATUS": status, "DHA": "3"})
    assert ("DHA", "2510", "warning") in checked.findings
    assert not checked.cells[0].left_out.any()


# Single faults


@pytest.mark.parametrize("case", CASES, ids=str)
def test_one_fault_draws_one_finding_and_is_gone_when_put_right(tmp_path, case):
    assert Checked(tmp_path, case.row).findings == [case.finding]
    assert Checked(tmp_path, case.right).findings == []


def every_case(tmp_path, **more):
    return Checked(tmp_path, *(case.row for case in CASES), **more)


@pytest.mark.parametrize("size", [65_536, 7, 1])
def test_every_fault_of_one_file_is_found_on_its_row(tmp_path, size):
    checked = every_case(tmp_path, size=size)
    checked.log.close()
    issues = pq.read_table(checked.path).to_pylist()
    found = {(issue["row"], checked.causes[issue["cause"]].column, checked.causes[issue["cause"]].code)
             for issue in issues}  # fmt: skip
    assert found == {(row, *case.finding[:2]) for row, case in enumerate(CASES, start=2)}
    assert len(issues) == len(CASES)


def test_every_rule_has_a_case(tmp_path):
    told = {cause.message for cause in every_case(tmp_path).causes}
    assert [rule.message for rule in KIND.rules if rule.message not in told] == []


def test_every_column_that_is_read_has_a_case_of_an_unreadable_cell():
    assert {column.name for column in KIND.columns if column.code} == {case.column for case in CELLS}


@pytest.mark.parametrize("case", RULES, ids=str)
def test_control_without_its_rule_the_fault_is_not_told(tmp_path, case):
    assert case.finding not in Checked(tmp_path, case.row, kind=lacking(rule=case.finding)).findings


def test_control_a_case_that_draws_two_findings_is_noticed(tmp_path):
    """Kept instead of set aside, a contradicted REGTYPE would have the numbers told as well."""
    kind = lacking(rule=("REGTYPE", "1100", "error"), then=Then.KEEP)
    findings = Checked(tmp_path, RIGHT | {"REGTYPE": "0"}, kind=kind).findings
    assert ("PROVNUM", "2105", "warning") in findings and len(findings) > 1


# What leans on a faulty cell waits


LEANING = {
    "a main service that cannot be read": {"MAINSERVICE": "99"},
    "a main service that might be a head office": {"MAINSERVICE": "99", "TOTALPERMTEMP": "0", "LOCATIONID": ""},
    "a question that is not for this service, and what follows from it": {
        **rows.DAY_CENTRE,
        "SLEEPINS": "1",
        "SLEEPINPAY": "1",
    },
    "services that cannot be read": {"ALLSERVICES": "8;6x;21"},
    "services without the main one": {"ALLSERVICES": "1;6;21", "CAPACITY": "1;2", "UTILISATION": "1;2"},
    "a registration that cannot be read": {"REGTYPE": "1", "PROVNUM": "", "LOCATIONID": ""},
    "leavers that cannot be read": {"LEAVERS": "x", "REASONNOS": "1;1"},
    "roles that cannot be read": {"ALLJOBROLES": "8;7;x", "STARTERS": "1;2;3;4", "VACANCIES": "1"},
    "users of whom one is unknown": {"SERVICEUSERS": "1;99;9", "OTHERUSERDESC": ";;Adults in a crisis"},
    "users that cannot be read": {"SERVICEUSERS": "1;x", "OTHERUSERDESC": ";;;"},
    "a pension that cannot be read": {"PENSION": "perhaps"},
    "sleep-ins that cannot be read": {"SLEEPINS": "perhaps"},
    "travel time that cannot be read": {"TRAVELTIME": "perhaps"},
}


@pytest.mark.parametrize("change", LEANING.values(), ids=LEANING)
def test_what_leans_on_a_faulty_cell_says_nothing(tmp_path, change):
    findings = Checked(tmp_path, RIGHT | change).findings
    assert len(findings) == 1, findings
    assert findings[0][0] in change


def test_control_what_leans_on_it_speaks_once_the_cell_is_right(tmp_path):
    change = {"ALLJOBROLES": "8;7;4", "STARTERS": "1;2;3;4", "VACANCIES": "1"}
    found = Checked(tmp_path, RIGHT | change).findings
    assert sorted(found) == [("STARTERS", "1310", "error"), ("VACANCIES", "1300", "error")]


def test_faults_that_have_nothing_to_do_with_each_other_are_all_told_at_once(tmp_path):
    row = RIGHT | {"POSTCODE": "DUDLEY", "REGTYPE": "0", "STARTERS": "1", "DHA": "9", "HOLIDAY": "many"}
    columns = [column for column, _, _ in Checked(tmp_path, row).findings]
    assert sorted(columns) == ["DHA", "HOLIDAY", "POSTCODE", "REGTYPE", "STARTERS"]


# What becomes of cells and rows


def test_a_row_to_delete_is_left_out_and_its_contradictions_are_not_told(tmp_path):
    checked = Checked(tmp_path, RIGHT | {"STATUS": "delete", "REGTYPE": "0", "STARTERS": "1", "PENSION": "0"})
    assert checked.findings == [("STATUS", "deleted", "warning")]
    assert checked.cells[0].left_out.tolist() == [True]


def test_a_row_without_a_reference_is_left_out_and_any_other_fault_keeps_its_row(tmp_path):
    left_out = np.flatnonzero(every_case(tmp_path).cells[0].left_out)
    assert {CASES[place].finding[:2] for place in left_out} == {("LOCALESTID", "1010"), ("STATUS", "deleted")}


ASIDE = [("PROVNUM", "2105"), ("LOCATIONID", "2110"), ("CAPACITY", "1140"), ("STARTERS", "1310"), ("REGTYPE", "1100"),
         ("TOTALPERMTEMP", "1200"), ("DHA", "2520"), ("SLEEPINS", "2561"), ("TTDIFFRATE", "2592"),
         ("ALLSERVICES", "1121")]  # fmt: skip
KEPT = [("CAPACITY", "above_stored"), ("ALLJOBROLES", "repeated"), ("VACANCIES", "2180"), ("SERVICEUSERS", "1130"),
        ("HOLIDAY", "more_than_a_year"), ("REASONS", "not_listed"), ("MAINSERVICE", "exported_code")]  # fmt: skip


def reads_as(tmp_path, column, code):
    case = next(case for case in CASES if case.finding[:2] == (column, code))
    return Checked(tmp_path, case.row).cells[0].number(column)[0]


@pytest.mark.parametrize(("column", "code"), ASIDE)
def test_a_cell_that_counts_as_missing_reads_as_nothing(tmp_path, column, code):
    assert np.isnan(reads_as(tmp_path, column, code))


@pytest.mark.parametrize(("column", "code"), KEPT)
def test_a_cell_that_is_only_remarked_on_is_kept(tmp_path, column, code):
    assert not np.isnan(reads_as(tmp_path, column, code))


def test_a_list_that_was_set_aside_reads_as_nothing_too(tmp_path):
    short, whole = (Checked(tmp_path, RIGHT | {"STARTERS": text}).cells[0] for text in ("9;1", "9;1;0"))
    assert short.many("STARTERS") == [None]
    assert whole.many("STARTERS") == [(9, 1, 0)]


def test_unknown_people_are_dropped_and_the_others_kept(tmp_path):
    assert Checked(tmp_path, RIGHT | {"SERVICEUSERS": "1;99"}).cells[0].many("SERVICEUSERS") == [("1",)]


def test_lists_after_very_many_unreadable_ones_are_still_read(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 3)
    wrong = [RIGHT | {"STARTERS": f"none {count}"} for count in range(10)]
    checked = Checked(tmp_path, *wrong, RIGHT, size=5)
    assert checked.findings == [("STARTERS", "1310", "error")] * 10
    assert checked.cells[-1].many("STARTERS") == [(9, 1, 0)]


# Messages


def test_every_message_names_its_column_and_says_what_would_do(tmp_path):
    for cause in every_case(tmp_path).causes:
        assert cause.column in cause.message, cause
        assert cause.accepted, cause
        assert not cause.message.endswith("."), cause


def test_the_message_for_a_code_that_goes_on_is_true_of_the_column(tmp_path):
    """Some columns are compared as whole text nationally: nothing reads the beginning of those."""
    said = {cause.column: cause.message for cause in
            Checked(tmp_path, RIGHT | {"MAINSERVICE": "8x", "PERMCQC": "1x"}).causes}  # fmt: skip
    assert "would read the beginning" in said["MAINSERVICE"]
    assert "would read the beginning" not in said["PERMCQC"]


@pytest.mark.parametrize("name", NEVER_SHOWN)
def test_names_addresses_and_free_text_are_never_shown(tmp_path, name):
    canary = "Canary" * 40 if KIND.column(name).code else "Canary"
    checked = Checked(tmp_path, RIGHT | {name: canary, "PERMCQC": "31717"})
    checked.log.close()
    kept = repr(checked.causes) + repr(pq.read_table(checked.path).to_pylist())
    assert "Canary" not in kept
    assert "31717" in kept, "control: what may be shown is"
    assert not KIND.column(name).code or name in kept


def test_only_these_columns_are_hidden_beside_the_ones_that_nobody_reads():
    hidden = {column.name for column in KIND.columns if not column.shows}
    assert hidden == {*NEVER_SHOWN, *NO_LONGER_READ}


# Headings


def test_the_columns_are_those_of_the_current_file_in_its_order():
    assert [column.name for column in KIND.columns][:44] == list(RIGHT)
    assert len(RIGHT) == 44


def test_a_file_of_2019_lacks_nothing_that_is_missed(tmp_path):
    later = {column.name for column in KIND.columns} - set(HEADINGS_OF_2019) - set(NO_LONGER_READ)
    assert all(KIND.column(name).optional for name in later)
    assert not any(KIND.column(name).optional for name in HEADINGS_OF_2019 if name != "SHARELA")
    old = {name: RIGHT.get(name, "anything") for name in HEADINGS_OF_2019}
    assert Checked(tmp_path, old).findings == []


@pytest.mark.parametrize("missing", ["DHA", "PENSION", "CWPUSE", "SLEEPINS", "TRAVELTIME"])
def test_a_rule_says_nothing_where_the_column_it_needs_is_not_in_the_file(tmp_path, missing):
    row = {name: text for name, text in RIGHT.items() if name != missing}
    assert Checked(tmp_path, row).findings == []
    assert Checked(tmp_path, RIGHT | {missing: ""}).findings != [], "control: blank in the file it speaks"


@pytest.mark.parametrize("name", NO_LONGER_READ)
def test_older_columns_are_known_and_never_found_fault_with(tmp_path, name):
    column = KIND.column(name)
    assert column.optional and isinstance(column.kind, Text) and not column.required
    assert place_columns(KIND, (name.lower(),)) == {name: 0}
    assert Checked(tmp_path, RIGHT | {name: "x;" * 3000}).findings == []


def test_its_marks_are_headings_of_its_own():
    assert {column.name for column in KIND.columns} >= KIND.marks


# Numbers of the national findings


# Level, number and columns of every finding that the national service knows for this file; source as in the product.
FINDINGS = """
error 950 LOCALESTID | error 955 LOCALESTID | error 956 STATUS | error 997 - | error 998 LOCALESTID
error 998 LOCATIONID | error 999 - | error 1000 MAINSERVICE | error 1010 LOCALESTID | error 1020 STATUS
error 1030 ESTNAME | error 1040 ADDRESS1 | error 1045 ADDRESS2 | error 1050 ADDRESS3 | error 1055 POSTTOWN
error 1060 POSTCODE | warning 1060 POSTCODE | error 1070 ESTTYPE | error 1070 OTHERTYPE | error 1080 PERMCQC
error 1090 PERMLA | error 1100 REGTYPE | error 1105 PROVNUM | error 1110 LOCATIONID | error 1120 ALLSERVICES
error 1120 SERVICEDESC | error 1121 ALLSERVICES | error 1130 OTHERUSERDESC | warning 1130 SERVICEUSERS
error 1140 CAPACITY | error 1140 UTILISATION | error 1200 TOTALPERMTEMP | error 1280 ALLJOBROLES
error 1300 VACANCIES | error 1310 STARTERS | error 1320 LEAVERS | error 1360 REASONS | error 1360 REASONNOS
warning 2070 OTHERTYPE | warning 2105 PROVNUM | warning 2110 LOCATIONID | warning 2130 SERVICEUSERS
warning 2130 OTHERUSERDESC | warning 2180 VACANCIES | warning 2200 TOTALPERMTEMP | warning 2300 VACANCIES
warning 2301 VACANCIES | warning 2310 STARTERS | warning 2320 LEAVERS | warning 2420 REPEATTRAINING
warning 2450 SICKPAY | warning 2460 PENSION | warning 2470 HOLIDAY | warning 2480 CWPAWARE | warning 2490 CWPUSE
warning 2500 CWPUSEDESC | warning 2510 DHA | warning 2520 DHA | warning 2530 DHAACTIVITIES | warning 2540 ACTUALCONT
warning 2541 ACTUALCONT | warning 2550 OPTOUTPEN | warning 2560 SLEEPINS | warning 2561 SLEEPINS
warning 2570 SLEEPINPAY | warning 2571 SLEEPINPAY | warning 2572 SLEEPINPAY | warning 2580 TRAVELTIME
warning 2581 TRAVELTIME | warning 2590 TTDIFFRATE | warning 2591 TTDIFFRATE | warning 2592 TTDIFFRATE
"""
ELSEWHERE = {
    "950": "which accounts are parents stands only in the national service",
    "955": "the account's own workplace stands only in the national service",
    "956": "the account's own workplace stands only in the national service",
    "997": "who owns a workplace's data stands only in the national service",
    "999": "headings are recognised in any version and order, before this kind is chosen",
}
ACROSS_ROWS = {"998", "2200", "2300", "2301", "2310", "2320"}  # in test_establishments.py


def listed_findings():
    parts = FINDINGS.replace("\n", " | ").split("|")
    return [tuple(part.split()) for part in parts if part.strip()]


def test_every_national_finding_is_told_or_has_a_reason_why_not():
    told = {(severity, code, column) for column, code, severity in (case.finding for case in CASES)}
    untold = [finding for finding in listed_findings()
              if finding[1] not in ELSEWHERE and finding[1] not in ACROSS_ROWS and finding not in told]  # fmt: skip
    assert untold == []


def test_control_the_list_of_findings_is_whole_and_a_finding_without_a_case_is_noticed():
    assert len({finding[:2] for finding in listed_findings()}) == 66
    assert ("warning", "2310", "STARTERS") not in {(case.severity, case.code, case.column) for case in CASES}


def test_no_case_draws_a_number_that_the_national_service_does_not_know():
    known = {finding[1] for finding in listed_findings()}
    assert [case.code for case in CASES if case.code.isdigit() and case.code not in known] == []
