"""Which tables are plans, and what their columns are."""

import pytest

from actions.reading.grids import Cell, Grid, Row
from actions.reading.headings import HEADINGS
from actions.reading.recognise import decoy_of, find_plans, recognise
from tests.actions.reading.files import HEADER, ROW, csv_file, excel_file, plan_row, read_rows, word_file


def grid_of(*rows, title=None, letters=()):
    made = [Row(index, tuple(map(Cell, row))) for index, row in enumerate(rows, 1)]
    return Grid("Table 1", made, tuple(letters), title)


def columns_of(*headings, body=()):
    layout = recognise(grid_of(headings, *(body or [["text"] * len(headings)])), HEADINGS)
    return layout and layout.columns


PUBLISHED = (
    "Ref.: ref | Action: activity | Priority: priority | Outcome: expected_outcome | Measure: evidence | "
    "Resources: resource_requirement | Responsible officer: leads | Timescale: timescale_text",
    "Key drivers: theme | Action required (input): activity | What we aim to achieve: expected_outcome | "
    "Related plans: - | Lead and resources needed: lead_and_resource | Timescale: timescale_text | "
    "Monitoring arrangements: - | Progress: progress | Traffic light: status",
    "Indicator: ref | Objective: aim | Action: activity | Delivery date: timescale_text | Leads: leads",
    "Objective: aim | Key milestones: activity | Outcomes: expected_outcome | Alignment to other boards/groups: -",
    "Ref: ref | Action: activity | Expected outcome: expected_outcome | Key milestones: timescale_text",
    "Outcome: aim | Actions: activity | Key performance indicators: evidence | "
    "Dependencies and resources: resource_requirement | Person(s) responsible for action: leads | "
    "Timeframe: timescale_text",
    "LEAD / RESOURCES: lead_and_resource | Next-steps: activity",
    "Action: activity | Lead: leads | Previous RAG: - | Current RAG: status",
    "Action: activity | Priority area: - | Priority (H/M/L): priority",
    "Action: activity | Date: - | Target date: timescale_text",
    "Action: activity | Start date: start_text | End date: timescale_text",
)


@pytest.mark.parametrize("published", PUBLISHED)
def test_headings_of_published_plans(published):
    pairs = [column.rsplit(": ", 1) for column in published.split(" | ")]
    expected = {key: index for index, (_, key) in enumerate(pairs) if key != "-"}
    assert columns_of(*(heading for heading, _ in pairs)) == expected


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("a key", ["Initials", "Officer"]),
        ("a key", ["Priority", "Meaning"][::-1]),
        ("a version history", ["Version", "Date", "Author", "Action"]),
        ("a list of contents", ["Section", "Page", "Lead"]),
        ("a summary", ["Actions or Measures", "Total", "On target", "Off target", "Not reported"]),
        ("a summary", ["Action", "Red", "Amber", "Green", "Blue"]),
        ("a risk register", ["Risk", "Likelihood", "Impact", "Action", "Owner", "By when"]),
        ("a workforce profile", ["Staff group", "Headcount", "WTE", "Action"]),
    ],
)
def test_decoys(kind, headings):
    grid = grid_of(headings, ["text"] * len(headings))
    assert recognise(grid, HEADINGS) is None
    assert decoy_of(grid) == kind


@pytest.mark.parametrize("headings", [["Action"], ["Lead", "Timescale"], ["Aim", "Lead"], ["Apples", "Pears"]])
def test_too_little_to_be_a_plan(headings):
    assert columns_of(*headings) is None


def test_a_plan_with_a_risk_column_is_a_plan():
    assert columns_of(*HEADER, "Risk", "Impact") is not None


def test_a_priority_of_sentences_is_a_theme():
    body = [["Priority 1: Grow our own", "Do X", "HR"]]
    assert columns_of("Priority", "Action", "Lead", body=body) == {"theme": 0, "activity": 1, "leads": 2}
    assert columns_of("Priority", "Action", "Lead", body=[["High", "x", "y"]]) == {
        "priority": 0,
        "activity": 1,
        "leads": 2,
    }


def test_sentences_without_a_heading_are_the_aim():
    body = [["We will recruit a diverse workforce", "Much", "Review the policy"]]
    assert columns_of("", "What's happened", "Next steps", body=body) == {"aim": 0, "progress": 1, "activity": 2}


def test_headings_with_no_match_are_kept_for_a_notice():
    layout = recognise(grid_of([*HEADER, "Colour of folder", "Related plans"], ROW), HEADINGS)
    assert layout.unmatched == ((8, "Colour of folder"),)
    assert layout.left_out == ((9, "Related plans"),)


def test_other_headings_may_be_given():
    grid = grid_of(["Tasg", "Arweinydd"], ["a", "b"])
    assert recognise(grid, {"activity": ("tasg",), "leads": ("arweinydd",)}).columns == {"activity": 0, "leads": 1}


def test_a_title_block_above_the_header():
    content = excel_file([["Joint plan 2026"], ["Owner:", "Board"], [], HEADER, ROW])
    assert [row["activity"] for row in read_rows(content)] == ["Hold a fair"]


def test_a_header_that_repeats_in_other_capitals_is_skipped():
    content = csv_file([HEADER, ROW, [text.upper() for text in HEADER], ["2", *ROW[1:]]])
    assert [row["ref"] for row in read_rows(content)] == ["1", "2"]


def test_two_plans_one_below_the_other():
    grid = grid_of(["Action", "Lead"], ["a", "b"], ["", ""], ["Ref", "Action", "By when"], ["1", "c", "2026"])
    assert [(plan.header, plan.first, plan.end) for plan in find_plans(grid, HEADINGS)] == [(0, 1, 3), (3, 4, 5)]


@pytest.mark.parametrize(
    "below",
    [
        [
            "Number",
            "What we want",
            "What we will do",
            "How we will know",
            "dd/mm/yyyy",
            "Post titles",
            "H/M/L",
            "R/A/G",
        ],
        ["Example", "Recruit", "Hold a fair", "x", "March 2026", "HR", "High", "Green"],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
        ["", "", "", "", "", "", "high, medium or low", ""],
    ],
)
def test_guidance_below_the_header_is_no_row(below):
    below = [text or "-" for text in below]
    assert [row["activity"] for row in read_rows(csv_file([HEADER, below, ROW]))] == ["Hold a fair"]


@pytest.mark.parametrize(
    "first",
    [
        ["1", "Identify needs", "What we learn, we share", "", "", "HR", "", ""],
        ["1", "What works", "How we will know: a survey", "How people feel", "March 2026", "HR", "", ""],
        ["1", "What works", "Who leads", "", "", "What board", "High", ""],
    ],
)
def test_control_a_first_row_that_sounds_like_guidance_is_kept(first):
    assert len(read_rows(csv_file([HEADER, first, ROW]))) == 2


def test_two_header_rows():
    rows = read_rows(
        csv_file(
            [
                ["Objective", "Action", "Timescale", "", "Lead"],
                ["", "", "Start", "End", ""],
                ["A", "Do", "April 2025", "March 2026", "HR"],
            ]
        )
    )
    assert rows[0]["milestones"] == [{"label": None, "start": "2025-04-01", "due": "2026-03-31"}]


def test_a_table_that_goes_on_without_a_header():
    rows = read_rows(word_file([HEADER, ROW], "", [["2", *ROW[1:]]]))
    assert [row["ref"] for row in rows] == ["1", "2"]


@pytest.mark.parametrize(
    "other", [[["a", "b"]], [["x"] * 7 + ["y", "z"]], [HEADER[::-1][:0] + ["Post"] * 8, ["1"] * 8]]
)
def test_control_another_table_does_not_go_on(other):
    assert len(read_rows(word_file([HEADER, ROW], other))) == 1


def test_rows_end_before_a_key_below():
    rows = csv_file([HEADER, ROW, [], ["Key"], ["R", "late"]])
    assert len(read_rows(rows)) == 1


def test_a_date_in_a_heading_is_due():
    row = plan_row(Theme="Recruit", What_we_will_do_by_March_2026="Hold a fair", Lead="HR")[0]
    assert row["milestones"] == [{"label": None, "start": None, "due": "2026-03-31"}]
    assert row["activity"] == "Hold a fair"


MARKS = ["Train all staff", "x", "x", "", "", "x", ""]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["Activity", "2018", "", "", "2019", "", ""], ["", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]),
        (["Activity", "2018/19", "", "", "", "", ""], ["", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"]),
        (["Activity", "2018", "", "", "", "", ""], ["", "O", "N", "D", "J", "F", "M"]),
        (["Activity", "2018", "", "", "2019", "", ""], ["", "10", "11", "12", "1", "2", "3"]),
    ],
)
def test_years_above_months(above, below):
    assert read_rows(csv_file([above, below, MARKS]))[0]["milestones"] == [
        {"label": None, "start": "2018-10-01", "due": "2018-11-30"},
        {"label": None, "start": "2019-02-01", "due": "2019-02-28"},
    ]


def test_years_above_quarters():
    above, below = ["Activity", "2025/26", "", "2026/27", ""], ["", "Q3", "Q4", "Q1", "Q2"]
    assert read_rows(csv_file([above, below, ["Train", "", "Pilot", "x", ""]]))[0]["milestones"] == [
        {"label": "Pilot", "start": None, "due": "2026-03-31"},
        {"label": None, "start": "2026-04-01", "due": "2026-06-30"},
    ]


def test_an_explanation_behind_a_heading():
    assert columns_of("Action – based on what people said", "Lead: a post") == {"activity": 0, "leads": 1}


@pytest.mark.parametrize(
    "total", [["Total", "", "", "2"], ["Total actions", "2", "", ""], ["Grand total: 2", "", "", ""]]
)
def test_totals_are_no_rows(total):
    head = ["Ref", "Action", "Outcome", "Cost"]
    assert len(read_rows(csv_file([head, ["1", "Do it", "More", "£5"], total]))) == 1


def test_control_a_row_that_only_begins_with_total_is_kept():
    rows = [["Aim", "Action", "Lead"], ["Total reward for all", "Do it", "HR"]]
    assert len(read_rows(csv_file(rows))) == 1


def test_guidance_that_lists_what_may_be_chosen():
    below = [
        "number",
        "what changes",
        "one action per row",
        "",
        "month and year",
        "post title",
        "H, M or L",
        "R, A, G or B",
    ]
    assert len(read_rows(csv_file([HEADER, below, ROW]))) == 1


@pytest.mark.parametrize(
    ("titles", "themes"),
    [
        (["Recruitment", "Skills"], ["Recruitment", "Skills"]),
        (["Theme: Recruitment", "Theme: Skills"], ["Recruitment", "Skills"]),
        (["Theme 1: Recruitment", ""], ["Theme 1: Recruitment"] * 2),
    ],
)
@pytest.mark.parametrize("gap", [[], [[]]], ids=["close", "apart"])
def test_titles_above_the_tables_of_a_sheet(titles, themes, gap):
    first, second = [HEADER, ROW], [["Ref", "Action", "Lead"], ["2", "Advertise", "OD"]]
    rows = [["Our workforce"], [], [titles[0]], *first, *gap, *([[titles[1]]] if titles[1] else []), *second]
    assert [row["theme"] for row in read_rows(excel_file(rows))] == themes
