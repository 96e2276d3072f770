"""Workplaces as staff rows and the snapshot's companion need them, and what is told across rows and files."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.workforce.asc_wds import workplace_rows as rows
from tests.workforce.asc_wds.workplace_rows import RIGHT, Checked
from workforce.checking.issues import IssueLog
from workforce.posts import vocabulary
from workforce.pseudonyms import Pseudonyms
from workforce.sources.asc_wds import establishments
from workforce.sources.asc_wds.establishments import StaffCounts, Workplaces, establishment_table, totals_checks
from workforce.template import ESTABLISHMENT_COLUMNS

AS_AT = date(2026, 3, 31)
KEYS = Pseudonyms(b"a secret of the tests, and of nothing else", "partner-1")


def workplaces_of(tmp_path, *changes, **more):
    """Workplaces made of right rows with these changes; each has a reference and a CQC location of its own."""
    found = Workplaces()
    own = ({"LOCALESTID": f"DUD-{place:03}", "LOCATIONID": f"1-10000000{place}"} for place in range(len(changes)))
    Checked(tmp_path, *(RIGHT | one | change for one, change in zip(own, changes, strict=True)), then=found, **more)
    return found


def only(tmp_path, name, **change):
    """One fact of a workplace whose row differs in these cells."""
    return getattr(workplaces_of(tmp_path, change), name)[0]


# References


def test_references_are_found_whatever_spaces_stand_in_them(tmp_path):
    found = workplaces_of(tmp_path, {"LOCALESTID": "DUD 1"}, {"LOCALESTID": "DUD2"})
    asked = pa.array(["DUD1", "D U D 2", "DUD\u00a01", "dud1", "DUD3", ""])
    assert found.references.to_pylist() == ["DUD1", "DUD2"]
    assert found.index(asked).tolist() == [0, 1, 0, -1, -1, -1]
    assert found.index(asked).dtype == np.int32


def test_rows_that_are_left_out_are_no_workplaces(tmp_path):
    found = workplaces_of(tmp_path, {"STATUS": "DELETE"}, {"LOCALESTID": ""}, {"LOCALESTID": "DUD-9", "DHA": "7"})
    assert found.references.to_pylist() == ["DUD-9"]
    assert found.row.tolist() == [4]


@pytest.mark.parametrize("size", [65_536, 1])
def test_of_two_rows_with_one_reference_the_first_counts(tmp_path, size):
    found = workplaces_of(tmp_path, {"LOCALESTID": "A 1", "TOTALPERMTEMP": "10"}, {},
                          {"LOCALESTID": "A1", "TOTALPERMTEMP": "20"}, size=size)  # fmt: skip
    assert found.references.to_pylist() == ["A1", "DUD-001"]
    assert found.total_staff.tolist() == [10, 42]
    assert len(found) == 2


def test_a_return_without_workplaces_has_none(tmp_path):
    found = Workplaces()
    found.finish()
    none = np.zeros(0, int)
    assert found.index(pa.array(["A1"])).tolist() == [-1]
    assert establishment_table(found, StaffCounts(none, none), KEYS, AS_AT).num_rows == 0
    assert list(totals_checks(found, none, none)) == []
    assert told_by(found, tmp_path) == []


# Facts


FACTS = [
    ("total_staff", {}, 42),
    ("starters", {}, 10),
    ("leavers", {}, 8),
    ("vacancies", {}, 4),
    ("vacancies", {"ALLJOBROLES": "", "VACANCIES": "3"}, 3),
    ("vacancies_for_manager", {}, 1),
    ("vacancies_for_manager", {"VACANCIES": "3;1;0"}, 0),
    ("vacancies_for_manager", {"VACANCIES": "999"}, 0),
    ("vacancies_for_manager", {"VACANCIES": ""}, 0),
    ("vacancies_for_manager", {"ALLJOBROLES": "4;8;4", "VACANCIES": "1;5;2"}, 3),
    ("capacity", {}, 20),
    ("capacity", {"CAPACITY": ";1200;"}, 1200),
    ("capacity", {"CAPACITY": ";999;"}, 999),
    ("capacity", {**rows.CARE_HOME, "CAPACITY": "999", "UTILISATION": ""}, 999),
    ("utilisation", {}, 49),
    ("regulated", {}, True),
    ("regulated", rows.DAY_CENTRE, False),
    ("registration", rows.DAY_CENTRE, establishments.NOT_REGULATED),
    ("head_office", {}, False),
    ("head_office", rows.HEAD_OFFICE, True),
    ("dha_allowed", {}, True),
    ("dha_allowed", rows.HOME_HELP, False),
    ("dha_no", {}, False),
    ("dha_no", {"DHA": "2", "DHAACTIVITIES": ""}, True),
    ("row", {}, 2),
]


@pytest.mark.parametrize(("name", "change", "value"), FACTS)
def test_what_a_row_says_is_taken(tmp_path, name, change, value):
    assert only(tmp_path, name, **change) == value


NOTHING = [
    ("total_staff", {"TOTALPERMTEMP": "999"}),
    ("total_staff", {"TOTALPERMTEMP": "many"}),
    ("total_staff", {"TOTALPERMTEMP": "0"}),
    ("starters", {"STARTERS": "999"}),
    ("starters", {"STARTERS": ""}),
    ("starters", {"STARTERS": "9;1"}),
    ("leavers", {"LEAVERS": "7;1;x"}),
    ("vacancies_for_manager", {"VACANCIES": "3;0"}),
    ("vacancies_for_manager", {"ALLJOBROLES": "8;7;x"}),
    ("vacancies_for_manager", {"ALLJOBROLES": ""}),
    ("capacity", {"CAPACITY": ""}),
    ("capacity", {"CAPACITY": ";;"}),
    ("capacity", {"CAPACITY": "5;20;"}),
    ("utilisation", {"UTILISATION": "x;18;"}),
]


@pytest.mark.parametrize(("name", "change"), NOTHING)
def test_what_a_row_does_not_say_or_says_wrongly_is_nothing(tmp_path, name, change):
    assert np.isnan(only(tmp_path, name, **change))


@pytest.mark.parametrize(
    ("text", "answer"),
    [("", establishments.NOT_ANSWERED), ("999", establishments.NOT_KNOWN), ("0;0;0", establishments.NONE),
     ("1;0;0", establishments.SOME), ("1;0", establishments.NOT_ANSWERED)],
)  # fmt: skip
@pytest.mark.parametrize("name", ["STARTERS", "LEAVERS", "VACANCIES"])
def test_not_answered_not_known_none_and_some_are_kept_apart(tmp_path, name, text, answer):
    assert only(tmp_path, f"{name.lower()}_answer", **{name: text}) == answer


@pytest.mark.parametrize(
    ("field", "change", "value"),
    [("sector", {"ESTTYPE": "1"}, "la"), ("sector", {"ESTTYPE": "3"}, "la"), ("sector", {}, "other"),
     ("sector", {"ESTTYPE": "6"}, "independent_private"), ("sector", {"ESTTYPE": "2"}, "missing"),
     ("service", {}, "domiciliary"), ("service", rows.CARE_HOME, "care_home_nursing"),
     ("service", {"MAINSERVICE": "77"}, "domiciliary"), ("service", {"MAINSERVICE": "99"}, "missing")],
)  # fmt: skip
def test_sector_and_service_are_those_of_the_template(tmp_path, field, change, value):
    assert vocabulary(field)[only(tmp_path, field, **change)] == value


@pytest.mark.parametrize("change", [{"REGTYPE": ""}, {"REGTYPE": "1"}, {"REGTYPE": "0"}])
def test_a_registration_that_cannot_be_told_forbids_nothing(tmp_path, change):
    """REGTYPE 0 contradicts the main service here, so nobody knows which is right."""
    assert only(tmp_path, "regulated", **change)
    assert only(tmp_path, "registration", **change) == establishments.UNSAID


@pytest.mark.parametrize("change", [{"MAINSERVICE": "99"}, {"ALLSERVICES": "1;6;21"}])
def test_a_service_that_cannot_be_told_forbids_nothing(tmp_path, change):
    assert only(tmp_path, "dha_allowed", **change)


def test_a_file_that_lacks_later_columns_says_nothing_of_them(tmp_path):
    found = Workplaces()
    old = {name: text for name, text in RIGHT.items() if name not in ("DHA", "VACANCIES", "CAPACITY", "LOCATIONID")}
    Checked(tmp_path, old, then=found)
    assert not found.dha_no[0]
    assert np.isnan([found.vacancies[0], found.vacancies_for_manager[0], found.capacity[0]]).all()


# References and locations that stand twice


def told_by(found, folder):
    """(column, code, severity, row, text) of what workplaces tell of themselves."""
    log = IssueLog(folder / "told.parquet")
    found.tell(log)
    log.close()
    issues = pq.read_table(log.path).to_pylist()
    causes = [log.causes[issue["cause"]] for issue in issues]
    return [(cause.column, cause.code, cause.severity, issue["row"], issue["value"])
            for cause, issue in zip(causes, issues, strict=True)]  # fmt: skip


@pytest.mark.parametrize("size", [65_536, 2, 1])
def test_a_reference_that_stands_twice_is_told_on_every_later_row(tmp_path, size):
    found = workplaces_of(tmp_path, {"LOCALESTID": "A 1"}, {}, {"LOCALESTID": "A1"}, {"LOCALESTID": "A1"}, size=size)
    assert told_by(found, tmp_path) == [("LOCALESTID", "998", "error", row, "A1") for row in (4, 5)]


@pytest.mark.parametrize(("status", "severity"), [("NEW", "error"), ("UPDATE", "error"), ("UNCHECKED", "warning"),
                                                  ("NOCHANGE", "warning")])  # fmt: skip
def test_a_location_that_stands_twice_is_told_on_the_later_row(tmp_path, status, severity):
    same = {"LOCATIONID": "1-123456789", "STATUS": status}
    found = workplaces_of(tmp_path, same, {}, same, size=1)
    assert told_by(found, tmp_path) == [("LOCATIONID", "998", severity, 4, "1-123456789")]


def test_one_row_twice_is_one_fault(tmp_path):
    found = workplaces_of(tmp_path, {"LOCALESTID": "A", "LOCATIONID": "1-123456789"}, {}, {})
    again = workplaces_of(tmp_path, *[{"LOCALESTID": "A", "LOCATIONID": "1-123456789"}] * 2)
    assert told_by(found, tmp_path) == []
    assert [fault[:2] for fault in told_by(again, tmp_path)] == [("LOCALESTID", "998")]


@pytest.mark.parametrize("change", [{"LOCATIONID": ""}, {"LOCATIONID": "x"}, {"STATUS": "DELETE"},
                                    {**rows.DAY_CENTRE, "LOCATIONID": "1-123456789"}])  # fmt: skip
def test_locations_that_are_blank_unreadable_or_left_aside_are_not_compared(tmp_path, change):
    assert told_by(workplaces_of(tmp_path, change, change), tmp_path) == []


def test_rows_of_two_files_are_one_list_and_each_is_told_in_its_file(tmp_path):
    found = Workplaces()
    for file in ("north.csv", "south.csv"):
        cells = Checked(tmp_path, RIGHT).cells[0]
        found.add(cells, file)
    found.finish()
    log = IssueLog(tmp_path / "told.parquet")
    found.tell(log)
    assert [(cause.file, cause.column) for cause in log.causes] == [("south.csv", "LOCALESTID")]


# Against the staff file


def checks(found, posts, managers=True):
    posts = np.full(len(found), posts) if np.isscalar(posts) else np.array(posts)
    told = totals_checks(found, posts, np.full(len(found), managers))
    return [(cause.column, cause.code, cause.severity, list(where)) for cause, where in told]


def test_a_total_that_is_not_the_number_of_staff_rows_is_told(tmp_path):
    found = workplaces_of(tmp_path, {}, {"TOTALPERMTEMP": "12"}, {})
    assert checks(found, [42, 42, 41]) == [("TOTALPERMTEMP", "2200", "warning", [3, 4])]
    assert checks(found, [42, 12, 42]) == []


@pytest.mark.parametrize("total", ["999", "", "x", "0"])
def test_a_total_that_is_not_known_is_not_compared(tmp_path, total):
    assert checks(workplaces_of(tmp_path, {"TOTALPERMTEMP": total}), 7) == []


LIMITS = [
    ("STARTERS", "2310", "42;0;0", "42;1;0"),
    ("LEAVERS", "2320", "41;0;0", "41;1;0"),
    ("VACANCIES", "2300", "41;0;0", "41;1;0"),
]


@pytest.mark.parametrize(("name", "code", "most", "more"), LIMITS)
def test_figures_are_compared_with_the_staff_only_where_total_and_rows_agree(tmp_path, name, code, most, more):
    found = workplaces_of(tmp_path, {name: most, **rows.NO_REASONS}, {name: more, **rows.NO_REASONS})
    assert checks(found, 42) == [(name, code, "warning", [3])]
    assert [fault[1] for fault in checks(found, 41)] == ["2200"]


def test_an_empty_head_office_draws_nothing(tmp_path):
    empty = {**rows.HEAD_OFFICE, "TOTALPERMTEMP": "0", "STARTERS": "0;0;0", "LEAVERS": "0;0;0", "VACANCIES": "0;0;0",
             **rows.NO_REASONS}  # fmt: skip
    assert checks(workplaces_of(tmp_path, empty), 0, managers=False) == []


NO_VACANCY = {"VACANCIES": "3;1;0"}


@pytest.mark.parametrize("change", [NO_VACANCY, {"VACANCIES": "999"}, {"VACANCIES": ""}])
def test_a_regulated_workplace_needs_a_registered_manager_or_a_vacancy_for_one(tmp_path, change):
    found = workplaces_of(tmp_path, change)
    assert checks(found, 42, managers=False) == [("VACANCIES", "2301", "warning", [2])]
    assert checks(found, 42, managers=True) == []


NOT_WANTED = {
    "a vacancy for one": {},
    "not regulated": rows.DAY_CENTRE,
    "a head office": {**rows.HEAD_OFFICE, **NO_VACANCY},
    "registration unreadable": {"REGTYPE": "1", **NO_VACANCY},
    "main service unreadable": {"MAINSERVICE": "99", **NO_VACANCY},
    "vacancies unreadable": {"VACANCIES": "3;1;x"},
    "roles unreadable": {"ALLJOBROLES": "8;7;x", **NO_VACANCY},
}


@pytest.mark.parametrize("change", NOT_WANTED.values(), ids=NOT_WANTED)
def test_a_registered_manager_is_not_asked_for_where_none_is_needed_or_nobody_can_tell(tmp_path, change):
    assert checks(workplaces_of(tmp_path, change), 42, managers=False) == []


# The companion table


def table_of(tmp_path, *changes, posts=42, employees=40):
    found = workplaces_of(tmp_path, *changes)
    counts = StaffCounts(np.full(len(found), posts), np.full(len(found), employees))
    return establishment_table(found, counts, KEYS, AS_AT)


def test_the_companion_says_what_the_row_says(tmp_path):
    [row] = table_of(tmp_path, {"STATUS": "UPDATE", "ESTTYPE": "6", "OTHERTYPE": ""}).to_pylist()
    key = row.pop("establishment_key")
    assert row == {
        "sector": "independent_private", "service": "domiciliary", "total_staff": 42, "total_staff_state": "given",
        "posts_in_file": 42, "employees": 40, "starters": 10, "starters_state": "given", "leavers": 8,
        "leavers_state": "given", "vacancies": 4, "vacancies_state": "given", "capacity": 20, "utilisation": 49,
        "size_band": "10_to_49", "cqc_registered": True, "last_changed": AS_AT,
    }  # fmt: skip
    assert key == KEYS.of("establishment", b"DUD-000")


def test_its_columns_are_those_of_the_template_each_with_its_state(tmp_path):
    table = table_of(tmp_path, {})
    plain = [name for name in table.column_names if not name.endswith("_state")]
    assert plain == list(ESTABLISHMENT_COLUMNS)
    assert {name for name in table.column_names if name not in plain} == {
        f"{name}_state" for name in ("total_staff", "starters", "leavers", "vacancies")
    }
    assert table.schema.field("total_staff").type == pa.float32()
    assert pa.types.is_dictionary(table.schema.field("size_band").type)


def test_unknown_and_missing_stay_apart(tmp_path):
    blank = {"TOTALPERMTEMP": "", "STARTERS": "", "LEAVERS": "", "VACANCIES": ""}
    table = table_of(tmp_path, dict.fromkeys(blank, "999"), blank, dict.fromkeys(blank, "x"))
    for name in ("total_staff", "starters", "leavers", "vacancies"):
        assert table.column(name).to_pylist() == [None] * 3
        assert table.column(f"{name}_state").to_pylist() == ["unknown", "missing", "missing"]


@pytest.mark.parametrize(
    ("total", "posts", "band"),
    [("1", 42, "1_to_9"), ("9", 42, "1_to_9"), ("10", 42, "10_to_49"), ("49", 42, "10_to_49"),
     ("50", 42, "50_and_over"), ("998", 0, "50_and_over"), ("999", 9, "1_to_9"), ("", 60, "50_and_over"),
     ("", 0, "missing")],
)  # fmt: skip
def test_size_goes_by_total_staff_and_else_by_the_posts_in_the_file(tmp_path, total, posts, band):
    assert table_of(tmp_path, {"TOTALPERMTEMP": total}, posts=posts).column("size_band").to_pylist() == [band]


def test_nobody_has_no_size(tmp_path):
    empty = {**rows.HEAD_OFFICE, "TOTALPERMTEMP": "0"}
    assert table_of(tmp_path, empty, posts=0).column("size_band").to_pylist() == ["not_applicable"]


@pytest.mark.parametrize(("change", "registered"), [({}, True), (rows.DAY_CENTRE, False), ({"REGTYPE": "1"}, None)])
def test_registration_is_yes_no_or_not_said(tmp_path, change, registered):
    assert table_of(tmp_path, change).column("cqc_registered").to_pylist() == [registered]


def test_only_rows_that_were_added_changed_or_confirmed_have_a_day(tmp_path):
    table = table_of(tmp_path, *({"STATUS": status} for status in ("NEW", "UPDATE", "NOCHANGE", "UNCHECKED", "?")))
    assert table.column("last_changed").to_pylist() == [AS_AT, AS_AT, AS_AT, None, None]


def test_no_reference_location_or_name_is_in_the_companion(tmp_path):
    canaries = {"LOCALESTID": "canary-ref", "LOCATIONID": "1-987654321", "ESTNAME": "canary-name",
                "ADDRESS1": "canary-road", "SERVICEDESC": ";;canary-desc"}  # fmt: skip
    table = table_of(tmp_path, canaries)
    pq.write_table(table, tmp_path / "companion.parquet", compression="none")
    written = (tmp_path / "companion.parquet").read_bytes()
    assert b"canary" not in written and b"987654321" not in written
    assert b"domiciliary" in written, "control: what is kept would be found"


def test_every_message_names_a_column_or_says_what_is_wanted(tmp_path):
    found = workplaces_of(tmp_path, {"STARTERS": "90;0;0", "LEAVERS": "90;0;0", "VACANCIES": "90;0;0"}, {})
    told = [cause for cause, _ in totals_checks(found, np.array([42, 41]), np.zeros(2, bool))]
    assert {cause.code for cause in told} == {"2200", "2300", "2301", "2310", "2320"}
    assert all(cause.file == "workplace.csv" and cause.accepted for cause in told)
    assert all(cause.column in cause.message for cause in told if cause.code != "2301")
