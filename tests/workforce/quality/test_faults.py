"""The faults of a file sorted by what they are a fault of, with the kinds of file that the sources declare."""

from datetime import date

import pytest

from workforce.quality.faults import (
    FILLS,
    Fault,
    FaultOf,
    columns_of,
    contradictions,
    field_of,
    mapped_columns,
    rows_left_out_as_repeated,
    sort_fault,
    unreadable_cells,
)
from workforce.sources import SOURCES
from workforce.template import FIELDS

WORKER = next(kind for kind in SOURCES["asc_wds"].file_kinds(date(2026, 11, 26)) if kind.name == "worker")


def fault(column, message, code="1", count=1, of_posts=True):
    return Fault(column, code, message, "", count, WORKER, of_posts)


@pytest.mark.parametrize(
    ("found", "of"),
    [
        (fault("GENDER", "GENDER is not one of the codes"), FaultOf.VALIDITY),
        (fault("EMPLSTATUS", "EMPLSTATUS is blank"), FaultOf.COMPLETENESS),
        (fault("GENDER", "GENDER was written as a number with decimals and read as the whole number"), FaultOf.READING),
        (fault("UNIQUEWORKERID", "Used before", code="998"), FaultOf.UNIQUENESS),
        (fault("NINUMBER", "Shared by rows with more than 75 hours", code="5570"), FaultOf.CONSISTENCY),
        (fault("", "The file has another encoding", code="note"), FaultOf.READING),
        (fault("GENDER", "The row ends early", code="row_short"), FaultOf.READING),
        (fault("AMHP", "The column AMHP is missing", code="heading_missing"), FaultOf.READING),
        (fault("UNHEARD", "Whatever"), FaultOf.CONSISTENCY),
    ],
)
def test_what_a_fault_is_of(found, of):
    assert sort_fault(found) is of


@pytest.mark.parametrize("rule", WORKER.rules, ids=lambda rule: f"{rule.column}-{rule.code}-{rule.message[:20]}")
def test_every_rule_along_a_row_is_a_contradiction(rule):
    assert sort_fault(fault(rule.column, rule.message, rule.code)) is FaultOf.CONSISTENCY


def test_every_way_in_which_a_column_can_be_wrong_is_a_fault_of_its_cell():
    for column in WORKER.columns:
        for wrong in column.kind.wrongs:
            found = sort_fault(fault(column.name, f"{column.name} {wrong.says}", column.number(wrong.key)))
            assert found is (FaultOf.READING if wrong.keeps else FaultOf.VALIDITY)


def test_unreadable_cells_are_counted_for_the_field_that_they_cost():
    found = [
        fault("DOB", f"DOB {WORKER.column('DOB').kind.wrongs[0].says}", count=3),
        fault("GENDER", "GENDER is not one of the codes", count=2),
        fault("GENDER", "GENDER is blank", count=50),
        fault("GENDER", "GENDER is not one of the codes", count=9, of_posts=False),
    ]
    assert unreadable_cells(found, columns_of("asc_wds")) == {"age": 3, "sex": 2}


def test_columns_of_a_source_fill_fields_of_the_template_and_are_columns_of_its_file():
    columns = columns_of("asc_wds")
    assert set(columns.values()) <= set(FIELDS)
    assert all(WORKER.column(name) for name in columns)


def test_a_column_named_like_a_field_fills_it():
    assert field_of("Hourly pay", {}) == "hourly_pay"
    assert field_of("Gender of staff", {"Gender of staff": "sex"}) == "sex"
    assert field_of("gender OF staff", {"Gender of staff": "sex"}) == "sex"
    assert field_of("Car park", {}) == ""


def test_a_column_with_the_label_of_a_field_fills_it():
    assert field_of("Ethnic group", {}) == "ethnicity15"


@pytest.mark.parametrize("source", FILLS)
def test_what_fills_a_field_is_a_field_of_the_template(source):
    assert set(FILLS[source].values()) <= set(FIELDS)


def test_every_word_a_column_of_posts_is_called_by_exists_in_its_source():
    """A column that was renamed would otherwise quietly cost no field anything."""
    staff = next(kind for kind in SOURCES["esr"].file_kinds(date(2026, 11, 26)) if kind.name == SOURCES["esr"].POSTS)
    assert set(FILLS["esr"]) <= {column.name for column in staff.columns}
    assert set(FILLS["council"]) <= set(SOURCES["council"].COUNCIL_FIELDS)


def test_headings_that_were_given_a_meaning_fill_its_field():
    mapping = {"Basic pay": "salary", "Car park": "", "salary_is": "fte"}
    assert mapped_columns(mapping) == {"Basic pay": "hourly_pay"}


def test_repeated_rows_of_posts_only():
    found = [fault("UNIQUEWORKERID", "x", "998", 2), fault("LOCALESTID", "x", "998", 5, of_posts=False)]
    assert rows_left_out_as_repeated(found) == 2


def test_contradictions_come_most_often_first():
    rules = WORKER.rules[:3]
    found = [fault(rule.column, rule.message, rule.code, count) for count, rule in enumerate(rules, 1)]
    assert [one.count for one in contradictions(found)] == [3, 2, 1]
