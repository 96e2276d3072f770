"""Headings that nobody knows: by what their columns hold, or else by what a person says."""

import pytest

from actions.reading.grids import Unreadable
from actions.reading.mapping import COLUMN_KEYS, Heading, Unmapped
from actions.reading.plan import read_plan
from actions.reading.values import KEYS
from tests.actions.reading.files import HEADER, ROW, csv_file, excel_file, word_file

SENTENCE = "Agree one placement agreement with both universities"


def columns_of(headings, *rows):
    return read_plan("plan", csv_file([headings, *rows])).matched


# --- By a person -----------------------------------------------------------------------------------------------------


def test_what_is_known_and_what_is_not():
    rows = [[*HEADER, "Folder", "Related plans"], [*ROW, "blue one", "x"], [*ROW, "", "y"], [*ROW, "blue one", "z"]]
    found = read_plan("plan", excel_file(rows))
    assert found.unmatched == [Heading("Folder", "Sheet 'Plan', row 1, column I (Folder)", ("blue one",))]
    assert found.matched["leads"] == "Lead"
    assert found.matched.keys() == {
        "ref",
        "aim",
        "activity",
        "expected_outcome",
        "timescale_text",
        "leads",
        "priority",
        "status",
    }


def test_a_mapping_goes_before_every_synonym():
    rows = [["Action", "Narrative", "Lead", "Folder"], [SENTENCE, "Two of four held", "HR", "Blue"]]
    mapping = {"narrative": "expected_outcome", "Folder": "resource_requirement", "lead": ""}
    found = read_plan("plan", csv_file(rows), mapping=mapping)
    assert found.matched == {"activity": "Action", "expected_outcome": "Narrative", "resource_requirement": "Folder"}
    assert (found.rows[0].values["leads"], found.unmatched) == ([], [])
    assert read_plan("plan", csv_file(rows)).matched == {"activity": "Action", "progress": "Narrative", "leads": "Lead"}


def test_what_a_person_left_out_is_not_asked_again():
    content = word_file([["Action", "Lead", "Folder"], ["Do it", "HR", "Blue"]])
    assert [each.phrase for each in read_plan("plan", content).unmatched] == ["folder"]
    assert read_plan("plan", content, mapping={"folder": ""}).unmatched == []


def test_a_table_of_which_nobody_knows_the_activity_can_be_mapped():
    content = word_file(["Members", "Of the board"] and [["Ansawdd", "Tasg", "Lead"], ["Un", SENTENCE, "HR"]])
    with pytest.raises(Unmapped) as refusal:
        read_plan("plan", content)
    assert refusal.value.matched == {"leads": "Lead"}
    assert refusal.value.unmatched[1] == Heading("Tasg", "Table 1, row 1, column Tasg", (SENTENCE,))
    assert "none is known to mean the activity" in refusal.value.message
    found = read_plan("plan", content, mapping={"tasg": "activity"})
    assert found.rows[0].values["activity"] == SENTENCE


def test_the_activity_alone_is_enough_where_a_person_said_so():
    assert read_plan("plan", csv_file([["Tasg", "X"], ["Un", "y"]]), mapping={"tasg": "activity"}).rows


def test_control_a_decoy_is_not_offered_for_mapping():
    with pytest.raises(Unreadable) as refusal:
        read_plan("plan", word_file([["Version", "Date", "Author"], ["1", "2026", "x"]]))
    assert not isinstance(refusal.value, Unmapped)


def test_every_value_of_a_row_can_be_mapped_to():
    assert set(KEYS) <= set(COLUMN_KEYS)


# --- By what cells hold ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "cells", "key"),
    [
        ("Where are we?", ["Green", "R", "On track"], "status"),
        ("RAG as of June", ["A", "", ""], "status"),
        ("How urgent", ["H", "M", "L"], "priority"),
        ("To be in place", ["March 2026", "Q2 2026/27", "30/06/2026"], "timescale_text"),
        ("Date for completing this", ["March 2026", "TBC", ""], "timescale_text"),
        ("Lead for this work", ["HR Manager", "Training Hub", ""], "leads"),
        ("Costs and who pays", ["£500 from the council", "", ""], "resource_requirement"),
        ("How success is measured", ["A survey of all staff", "", ""], "evidence"),
        ("", ["Green", "Red", "Amber"], "status"),
        ("", ["May 2026", "June 2026", "July 2026"], "timescale_text"),
    ],
)
def test_a_column_by_its_cells(heading, cells, key):
    rows = [[f"{SENTENCE} {number}", "Some text here", cell] for number, cell in enumerate(cells)]
    assert columns_of(["Action", "Outcome", heading], *rows).get(key) == heading


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Previous year", ["Green", "Red", "Amber"]),
        ("Risk", ["H", "M", "L"]),
        ("Last updated", ["March 2026", "May 2026", "June 2026"]),
        ("Where are we?", ["Green", "Red", "A long story"]),
        ("Where are we?", ["Green", "", ""]),
        ("Folder", ["HR Manager", "Training Hub", "OD Manager"]),
        ("Budget holder", ["HR Manager", "Training Hub", "OD Manager"]),
    ],
)
def test_control_other_columns_stay_unknown(heading, cells):
    rows = [[f"{SENTENCE} {number}", "Some text here", cell] for number, cell in enumerate(cells)]
    assert columns_of(["Action", "Outcome", heading], *rows).keys() == {"activity", "aim"} - {"aim"} | {
        "expected_outcome"
    }


def test_a_column_that_is_known_is_never_given_to_another():
    found = columns_of(["Action", "Timescale", "In place"], *[["Do it", "May 2026", "June 2026"]] * 3)
    assert found == {"activity": "Action", "timescale_text": "Timescale"}


def test_the_activity_by_a_word_of_its_heading_where_the_rest_is_a_plan():
    headings = ["Objective", "Actions that partners agreed", "Timescale", "Lead"]
    assert columns_of(headings, ["Recruit", SENTENCE, "May 2026", "HR"])["activity"] == headings[1]


def test_control_such_a_word_is_not_enough_in_another_table():
    with pytest.raises(Unreadable):
        columns_of(["Place", "Actions that partners agreed", "Lead"], ["Town", SENTENCE, "HR"])


def test_control_a_row_of_a_glossary_is_no_header():
    rows = [
        ["Term", "Meaning"],
        ["Action", "What one or more partners have agreed to do"],
        ["PA", "Personal assistant"],
    ]
    with pytest.raises(Unreadable):
        read_plan("plan", word_file(rows))


def test_progress_to_a_date_is_no_deadline():
    found = read_plan(
        "plan", csv_file([["Our actions", "Progress at June 2026", "Lead"], [SENTENCE, "Two held", "HR"]])
    )
    assert found.matched == {"activity": "Our actions", "progress": "Progress at June 2026", "leads": "Lead"}
    assert found.rows[0].values["timescale_text"] is None
