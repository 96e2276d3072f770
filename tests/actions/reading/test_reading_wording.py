"""Headings by their significant words, in two languages, and said again at several times."""

import pytest

from actions.reading.columns import key_of, synonyms
from actions.reading.grids import Cell, Row
from actions.reading.headings import HEADINGS
from actions.reading.languages import readings
from actions.reading.wording import meaning_of
from tests.actions.reading.files import HEADER, ROW, csv_file, excel_file, read_rows, word_file
from tests.actions.reading.test_reading_recognise import columns_of, grid_of

WORDED = {
    "aim": ["Theme & objective", "Overarching ambitions"],
    "activity": ["What needs to happen", "What do we need to do?", "How will we get there?", "Actions to be undertaken",
                 "Improvement actions", "Actions / Milestones"],
    "expected_outcome": ["Outcome sought",
                         "What difference will this make for people?", "What are we trying to achieve?"],
    "evidence": ["How will we know we’ve made a difference?", "How will we know when we get there?", "Outcome measures",
                 "What does good look like?", "Critical success factors"],
    "timescale_text": ["When will it be done by?", "Target completion", "Milestones / Timescales",
                       "Date to be completed", "When do we need it done?"],
    "start_text": ["When will we start?", "Proposed start"],
    "leads": ["Who’s responsible", "Who's going to do it?", "Workstream lead", "Director responsible",
              "Lead Officer(s) & Partner", "Delivery lead (SRO)"],
    "partners": ["Who else will help?", "Who needs to be involved?"],
    "resource_requirement": ["Cost/Resource implications", "What do we need?", "£", "What will it cost?"],
    "lead_and_resource": ["Lead officer and cost"],
    "status": ["RAG Sept", "RAG – June 2025", "Is it on track?"],
    "progress": ["Update as at Jan 2026", "Where we are now", "What have we done so far?", "Actions taken",
                 "Progress since last report", "Position at Q2"],
}  # fmt: skip


@pytest.mark.parametrize(("key", "heading"), [(key, each) for key, headings in WORDED.items() for each in headings])
def test_headings_by_their_words(key, heading):
    assert key_of(heading, synonyms(HEADINGS)) == key


@pytest.mark.parametrize(
    "text",
    ["Lead time", "Officer time", "Review date", "Date raised", "Date completed", "Number of staff", "Priority area",
     "Previous RAG (Q1)", "Risk owner", "Mitigating action", "Do it", "Track", "Project", "Job title", "Start",
     "Indicator", "Agree the actions with partners."],
)  # fmt: skip
def test_control_one_word_from_elsewhere_and_it_is_no_heading(text):
    assert meaning_of(text) is None or text == "Indicator"
    assert text == "Start" or key_of(text, synonyms(HEADINGS)) is None


def test_a_heading_that_goes_by_its_name_is_before_one_that_is_only_worded_so():
    assert columns_of("Action", "Workstream lead", "Lead")["leads"] == 2


def test_what_and_how_are_aim_and_activity():
    assert columns_of("What", "How", "Who") == {"aim": 0, "activity": 1, "leads": 2}
    assert columns_of("What", "Who", "When") == {"activity": 0, "leads": 1, "timescale_text": 2}


def test_a_commitment_is_the_activity_where_nothing_else_is():
    assert columns_of("Commitment", "Lead", "By when")["activity"] == 0
    assert columns_of("Commitment", "Action", "By when") == {"aim": 0, "activity": 1, "timescale_text": 2}


def test_a_year_behind_a_heading_is_when_its_rows_are_due():
    rows = read_rows(csv_file([["Aim", "Key deliverables 2025/26", "Lead"], ["Recruit", "Hold a fair", "HR Lead"]]))
    assert rows[0]["milestones"] == [{"label": None, "start": None, "due": "2026-03-31"}]


def test_a_row_that_sounds_like_headings_is_a_row():
    rows = read_rows(csv_file([["Action", "Lead", "By when"], ["Plan next steps", "Project lead", "May 2026"]]))
    assert [row["activity"] for row in rows] == ["Plan next steps"]


BILINGUAL = ["Nod / Aim", "Cam gweithredu / Action", "Arweinydd\nLead", "Erbyn pryd\nBy when"]


def test_headings_in_two_languages():
    rows = read_rows(csv_file([BILINGUAL, ["Recruit", "Hold a fair", "HR Lead", "May 2026"]]))
    assert (rows[0]["aim"], rows[0]["leads"], rows[0]["timescale_text"]) == ("Recruit", ["HR Lead"], "May 2026")


def test_control_headings_of_which_both_sides_are_known_are_in_one_language():
    row = Row(1, tuple(map(Cell, ["Aim / Action", "Lead / Cost", "Progress / RAG", "Outcome / Measure"])))
    assert readings(row, synonyms(HEADINGS)) == {}


RATED = ["Action", "Lead", "RAG (June)", "RAG (Sept)", "RAG (Dec)"]


def test_the_latest_rating_that_is_filled_counts():
    rows = read_rows(csv_file([RATED, ["Fair", "HR", "Red", "Green", ""], ["Talk", "HR", "Amber", "", ""]]))
    assert [row["status"] for row in rows] == ["green", None]
    assert not any(row["milestones"] for row in rows)


def test_ratings_go_by_their_dates_where_they_have_them():
    headings = ["Action", "Lead", "RAG June 2026", "RAG March 2026"]
    assert columns_of(*headings, body=[["Fair", "HR", "Red", "Green"]])["status"] == 2


def test_months_below_a_rating_are_ratings():
    above, below = ["Action", "Lead", "RAG rating", ""], ["", "", "June", "Sept"]

    def merge(_, sheet):
        sheet.merge_cells("C1:D1")

    content = excel_file([above, below, ["Fair", "HR", "Red", "Green"]], change=merge)
    assert [(row["status"], row["milestones"]) for row in read_rows(content)] == [("green", [])]


PLAN = [HEADER, ROW]
OTHERS = {
    "a risk register": [["ID", "Risk title", "Score", "Action", "Owner", "Due date", "Status"],
                        ["1", "Leavers", "12", "Match staff", "HR", "May 2026", "Open"]],
    "an impact assessment": [["Protected characteristic", "Potential impact", "Action", "Lead", "By when"],
                             ["Age", "None", "Check", "HR", "May 2026"]],
    "a list of actions of a meeting": [["Minute", "Action", "Owner", "Due", "Done?"],
                                       ["4.2", "Send notes", "PA", "May 2026", "Yes"]],
    "an issues log": [["Issue", "Date raised", "Impact", "Action", "Owner"],
                      ["Pay", "May 2025", "High", "Meet", "HR"]],
    "a scorecard": [["Measure", "Baseline", "Target", "Action", "Lead"], ["Turnover", "9", "8", "Talk", "HR"]],
    "a budget": [["Activity", "Budget 2025/26", "Forecast", "Budget holder"], ["Fairs", "£10", "£12", "HR Adviser"]],
    "other contents": [["Activity", "2025/26", "Total"], ["Fairs", "£1,000", "£1,000"], ["Talks", "£2", "£2k"]],
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHERS)
def test_other_tables_beside_a_plan_are_left_aside(kind):
    rows = read_rows(word_file(OTHERS[kind], "Text between", PLAN))
    assert [row["activity"] for row in rows] == [ROW[2]]


@pytest.mark.parametrize("kind", [kind for kind in OTHERS if kind != "other contents"])
def test_what_was_left_aside_is_named(kind):
    from actions.reading.decoys import decoy_of

    assert decoy_of(grid_of(*OTHERS[kind])) == kind


@pytest.mark.parametrize(
    "title",
    [
        "Actions from the last meeting (18 October)",
        "Board: action log of 12 March 2024",
        "Matters arising",
        "Progress on last year’s plan",
    ],
)
def test_a_title_gives_away_what_has_nothing_else_of_a_plan(title):
    table = [["Action", "Owner"], ["Send notes", "PA"]]
    assert [row["activity"] for row in read_rows(word_file((title, 1), table, ("Plan", 1), PLAN))] == [ROW[2]]
    assert len(read_rows(word_file((title, 1), PLAN))) == 1


@pytest.mark.parametrize(
    "headings",
    [["Action", "Funding", "Cost", "Lead"], ["Action", "Resources"],
     ["Risk", "Action", "Lead", "By when"], [*HEADER, "Risk score", "Likelihood"], [*HEADER, "Date raised"],
     ["Issue", "Action", "Lead", "By when"], ["Measure", "Action", "Lead", "By when", "Target"]],
)  # fmt: skip
def test_control_a_plan_may_have_a_column_of_such_tables(headings):
    assert "activity" in columns_of(*headings)


@pytest.mark.parametrize("tail", [["Version", "Date", "Changed by"], ["Signed", "", "Date"]])
def test_what_stands_below_the_plan_ends_it(tail):
    rows = [["Action", "Lead", "By when"], ["Fair", "HR", "May 2026"], [], tail, ["1", "2026", "HR"]]
    assert [row["activity"] for row in read_rows(excel_file(rows))] == ["Fair"]


def test_a_title_that_only_announces_a_plan_is_no_theme():
    tables = [("The plan", 1), PLAN, ("Next steps for our people", 1), PLAN]
    assert [row["theme"] for row in read_rows(word_file(*tables))] == [None, None]


SMALL_PLAN = [["Action", "Lead", "By when"], ["Fair", "HR", "May 2026"]]


@pytest.mark.parametrize("title", ["Action log 2025/26", "Workforce action plan, 12 March 2024"])
def test_control_a_log_of_no_single_day_and_a_plan_of_one_day_are_read(title):
    assert len(read_rows(word_file((title, 1), SMALL_PLAN))) == 1


def test_a_titled_table_of_something_else_below_the_plan_ends_it():
    log = [["Log of our meetings"], ["Date of meeting", "Action", "Who"], ["6 June", "Book hall", "Chair"]]
    assert [row["activity"] for row in read_rows(excel_file([*SMALL_PLAN, [], *log]))] == ["Fair"]
    more = [["Second year"], ["Open day", "OD Lead", "May 2027"]]
    assert read_rows(excel_file([*SMALL_PLAN, [], *more]))[-1]["activity"] == "Open day"


def test_a_key_in_one_cell_below_the_plan_ends_it():
    key = ["R – behind   A – some concern   G – on course"]
    assert [row["activity"] for row in read_rows(excel_file([*SMALL_PLAN, [], key]))] == ["Fair"]


@pytest.mark.parametrize(
    ("heading", "key"), [("Why (expected outcome)", "expected_outcome"), ("Led by", "leads"), ("Managed by", "leads")]
)
def test_a_question_explained_and_a_verb_with_by(heading, key):
    assert key_of(heading, synonyms(HEADINGS)) == key
    assert key_of("Why (see page 3)", synonyms(HEADINGS)) is None
