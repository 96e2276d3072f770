"""Rows as the conventions for plans ask: merged, continued, cut, said once for many; problems with their place."""

import docx
import pytest

from actions.reading.plan import read_plan
from actions.reading.values import split_lead_and_resource
from tests.actions.reading.files import (
    HEADER,
    ROW,
    csv_file,
    excel_file,
    fill,
    plan_row,
    read_rows,
    saved,
    shade,
    word_file,
)


def changed(**cells):
    """The usual row with some cells changed, by heading."""
    headings = [heading.casefold().replace(" ", "_") for heading in HEADER]
    return [cells.get(heading, text) for heading, text in zip(headings, ROW, strict=True)]


def problems_of(content):
    return [(each.where, each.message) for each in read_plan("plan", content).problems]


def test_one_row_in_every_format():
    expected = {
        "ref": "1", "aim": "Recruit", "theme": None, "activity": "Hold a fair", "expected_outcome": "More staff",
        "evidence": None, "timescale_text": "March 2026", "resource_requirement": None, "priority": "high",
        "leads": ["HR Lead"], "status": "green", "progress": None, "ongoing": False, "recurs": None,
        "milestones": [{"label": None, "start": None, "due": "2026-03-31"}],
    }  # fmt: skip
    for content in (word_file([HEADER, ROW]), excel_file([HEADER, ROW]), csv_file([HEADER, ROW])):
        assert read_rows(content) == [expected]


def test_what_is_blank_is_carried_or_none():
    rows = read_rows(csv_file([HEADER, ROW, ["2", "", "Hold another", "", "", "", "", ""]]))
    assert rows[1]["aim"] == "Recruit"
    assert [rows[1][key] for key in ("expected_outcome", "timescale_text", "priority", "status")] == [None] * 4
    assert rows[1]["leads"] == []


def test_a_row_without_an_activity_goes_on_with_the_row_above():
    more = ["", "", "", "Happier staff", "June 2026", "OD Lead", "", ""]
    rows = read_rows(csv_file([HEADER, ROW, more]))
    assert len(rows) == 1
    assert rows[0]["expected_outcome"] == "More staff\nHappier staff"
    assert rows[0]["leads"] == ["HR Lead", "OD Lead"]
    assert [each["due"] for each in rows[0]["milestones"]] == ["2026-03-31", "2026-06-30"]


def test_a_row_cut_by_a_page_break_is_one_row():
    cut = [HEADER, ["", "", "for school leavers", "", "", "", "", ""], ["2", *ROW[1:]]]
    rows = read_rows(word_file([HEADER, ROW], "", cut))
    assert [row["activity"] for row in rows] == ["Hold a fair for school leavers", "Hold a fair"]


def test_control_a_sentence_of_its_own_is_a_row():
    assert len(read_rows(csv_file([HEADER, ROW, ["", "", "Hold another", "", "", "", "", ""]]))) == 2


def test_merged_cells_count_for_every_row():
    document = docx.Document()
    table = document.add_table(3, 4)
    for index, texts in enumerate(
        [["Aim", "Action", "Lead", "By when"], ["A", "one", "HR", "2026"], ["", "two", "", ""]]
    ):
        for column, text in enumerate(texts):
            table.cell(index, column).text = text
    for column in (0, 2, 3):
        last = table.cell(2, column)
        table.cell(1, column).merge(last)
    rows = read_rows(saved(document))
    assert [(row["aim"], row["leads"], row["timescale_text"]) for row in rows] == [("A", ["HR"], "2026")] * 2


def test_full_width_rows_give_theme_aim_and_date():
    table = [
        HEADER[:1] + HEADER[2:],
        ["Theme 1: Recruit"],
        ["1", "Fair", "", "", "", "", ""],
        ["Aim 2: Keep people"],
        ["2", "Talk", "", "", "", "", ""],
        ["By March 2027"],
        ["3", "Listen", "", "", "", "", ""],
        ["Theme 2: Retain"],
        ["4", "Thank", "", "", "June 2026", "", ""],
    ]
    table[-1] = ["4", "Thank", "", "June 2026", "", "", ""]
    rows = read_rows(word_file(table))
    assert [(row["theme"], row["aim"]) for row in rows] == [
        ("Theme 1: Recruit", "Theme 1: Recruit"),
        ("Theme 1: Recruit", "Keep people"),
        ("Theme 1: Recruit", "Keep people"),
        ("Theme 2: Retain", "Theme 2: Retain"),
    ]
    assert [row["timescale_text"] for row in rows] == [None, None, "By March 2027", "June 2026"]


def test_an_aim_alone_in_its_column_counts_for_the_rows_below():
    rows = read_rows(
        csv_file([["Aim", "Action", "Lead"], ["1. Recruit", "", ""], ["", "Fair", "HR"], ["", "Advert", "HR"]])
    )
    assert [(row["ref"], row["aim"], row["activity"]) for row in rows] == [
        ("1", "Recruit", "Fair"),
        ("1", "Recruit", "Advert"),
    ]


def test_titles_of_tables_are_themes_where_each_has_one():
    plan = [["Action", "Lead"], ["Do it", "HR"]]
    rows = read_rows(word_file(("Workforce action plan", 1), ("Attract", 2), plan, ("Retain", 2), plan))
    assert [row["theme"] for row in rows] == ["Attract", "Retain"]
    assert read_rows(word_file(("Recruiting in 2026", 1), plan))[0]["theme"] is None


def test_a_theme_goes_on_over_the_page():
    first = [["Theme", "Action", "Lead"], ["3. Working Together", "one", "HR"]]
    second = [["Theme", "Action", "Lead"], ["3. Working together (cont’d)", "two", "HR"]]
    assert [row["theme"] for row in read_rows(word_file(first, second))] == ["3. Working Together"] * 2


@pytest.mark.parametrize(
    ("aim", "ref", "words"),
    [
        ("3. To consult", "3", "To consult"),
        ("3) To consult", "3", "To consult"),
        ("Aim 3: To consult", "3", "To consult"),
        ("Objective 2.1 – To consult", "2.1", "To consult"),
        ("SO3: To consult", "SO3", "To consult"),
        ("1.2 To consult", "1.2", "To consult"),
        ("12 months of training", None, "12 months of training"),
        ("24-hour cover", None, "24-hour cover"),
        ("1:1 supervision for all", None, "1:1 supervision for all"),
        ("2.5 WTE nurses", None, "2.5 WTE nurses"),
        ("7.", None, "7."),
    ],
)
def test_a_number_in_front_of_the_aim_is_the_reference(aim, ref, words):
    row = plan_row(Aim=aim, Action="Do it", Lead="HR")[0]
    assert (row["ref"], row["aim"]) == (ref, words)


def test_the_number_of_a_theme_is_no_reference():
    row = plan_row(Theme="3. Safeguarding", Action="Do it")[0]
    assert (row["ref"], row["aim"]) == (None, "3. Safeguarding")


def test_status_by_shading_but_not_by_the_colour_of_a_band():
    document = docx.Document()
    table = document.add_table(3, 3)
    for index, texts in enumerate([["Action", "Lead", "RAG"], ["one", "HR", ""], ["two", "HR", ""]]):
        for column, text in enumerate(texts):
            table.cell(index, column).text = text
    shade(table.cell(1, 2), "FFC000")
    for column in range(3):
        shade(table.cell(2, column), "92D050")
    assert [row["status"] for row in read_rows(saved(document))] == ["amber", None]


def test_status_by_fill_of_a_workbook_and_words_before_colours():
    def change(workbook, sheet):
        fill(sheet["H2"], "FF0000")
        fill(sheet["H3"], "FF0000")

    rows = read_rows(excel_file([HEADER, changed(rag=""), changed(ref="2", rag="Green")], change=change))
    assert [row["status"] for row in rows] == ["red", "green"]


def test_bullets_are_actions_only_where_the_document_says_so():
    table = [["Aim", "Action", "By when"], ["A", "We will:\n• one\n  - more of one\n• two", "March 2026\nApril 2026"]]
    together = read_rows(word_file(table))
    apart = read_rows(word_file("Each bullet is a separate action.", table))
    assert [row["activity"] for row in together] == ["We will:\n• one\n  - more of one\n• two"]
    assert [(row["activity"], row["timescale_text"]) for row in apart] == [
        ("one\nmore of one", "March 2026"),
        ("two", "April 2026"),
    ]


def test_time_in_the_headings():
    header = ["ID", "Deliverables", "End of year 1 (2023/24)", "End of year 3 (2025/26)"]
    row = read_rows(word_file([header, ["1", "Academy", "Research stage", "Fully established"]]))[0]
    assert row["milestones"] == [
        {"label": "Research stage", "start": None, "due": "2024-03-31"},
        {"label": "Fully established", "start": None, "due": "2026-03-31"},
    ]


def test_marks_in_a_calendar_give_one_milestone_for_each_run():
    header = ["Action", "Lead", "Nov", "Dec", "Jan 19", "Feb 19"]
    row = read_rows(word_file([header, ["Course", "HR", "x", "x", "", "x"]]))[0]
    assert row["milestones"] == [
        {"label": None, "start": "2018-11-01", "due": "2018-12-31"},
        {"label": None, "start": "2019-02-01", "due": "2019-02-28"},
    ]
    assert row["timescale_text"] == "Nov – Dec\nFeb 19"


def test_lead_and_resources_in_one_column():
    assert split_lead_and_resource("Service Manager\nOfficer time") == ("Service Manager", "Officer time")
    assert split_lead_and_resource("Lead: HR; Resources: two posts") == ("HR", "two posts")
    assert split_lead_and_resource("Lead: HR\nResources: skills; £5") == ("HR", "skills; £5")
    assert split_lead_and_resource("Lead:\nHR\nOD\nResources:\nskills") == ("HR\nOD", "skills")
    assert split_lead_and_resource("HR Lead; OD Lead; staff time; venue hire") == (
        "HR Lead; OD Lead",
        "staff time; venue hire",
    )


def test_partners_are_read_as_a_list():
    found = read_plan("plan", csv_file([["Action", "Lead", "Partners"], ["Do it", "HR", "College; Care Association"]]))
    assert found.rows[0].values["partners"] == ["College", "Care Association"]
    assert found.columns == {"activity", "leads", "partners"}


def test_unknown_words_are_named_with_their_place_and_the_row_is_kept():
    content = excel_file([HEADER, changed(priority="Soonish", rag="Banana")])
    found = read_plan("plan", content)
    assert [(each.where, each.message, each.is_notice) for each in found.problems] == [
        ("Sheet 'Plan', row 2, column G (Priority)", "“Soonish” is not a priority that is known here.", False),
        ("Sheet 'Plan', row 2, column H (RAG)", "“Banana” is not a status that is known here.", False),
    ]
    assert (found.rows[0].values["priority"], found.rows[0].values["status"]) == (None, None)
    assert found.rows[0].words["priority"] == "Soonish"


def test_places_in_word_and_csv():
    rows = [HEADER, ROW, changed(ref="2", priority="Soonish")]
    assert problems_of(word_file(rows))[0][0] == "Table 1, row 3, column Priority"
    assert problems_of(csv_file(rows))[0][0] == "Row 3, column Priority"


def test_a_date_that_does_not_exist_and_one_that_is_not_understood():
    found = read_plan("plan", csv_file([HEADER, changed(by_when="30/02/2026"), changed(by_when="when ready")])).problems
    assert [(each.message, each.is_notice) for each in found] == [
        ("“30/02/2026” holds a date that does not exist.", False),
        ("“when ready” was kept as written, but no date was understood.", True),
    ]


def test_a_missing_activity():
    assert problems_of(csv_file([HEADER, ROW, ["2", "Retain", "", "x", "", "HR", "", ""]])) == [
        ("Row 3, column Action", "The activity is missing.")
    ]


def test_a_reference_used_for_two_aims():
    rows = [HEADER, ROW, changed(aim="Retain", action="Other")]
    assert problems_of(csv_file(rows)) == [("Row 3", "The reference 1 is also used in Row 2, for another aim.")]


def test_a_heading_without_a_place_here_is_a_notice_once():
    table = [["Action", "Lead", "Colour of folder"], ["Do it", "HR", "red"]]
    found = read_plan("plan", word_file(table, table)).problems
    assert [(each.where, each.is_notice) for each in found] == [("Table 1, row 1, column Colour of folder", True)]


def test_a_row_with_only_a_number_is_a_form_not_filled_in():
    assert len(read_rows(csv_file([HEADER, ROW, ["2"] + [""] * 7]))) == 1


def test_prose_across_the_table_is_set_aside_and_listed():
    found = read_plan("plan", word_file([HEADER, ["A note. " * 60], ROW]))
    assert len(found.rows) == 1
    assert found.not_rows[0].startswith("Table 1, row 2 (A note.")


def test_a_months_year_comes_from_the_period_of_the_plan():
    from datetime import date

    content = csv_file([HEADER, changed(by_when="March")])
    assert read_rows(content, period=(date(2025, 9, 1), date(2026, 8, 31)))[0]["milestones"][0]["due"] == "2026-03-31"


@pytest.mark.parametrize(
    ("title", "due"),
    [
        ("By 30 September 2025", "2025-09-30"),
        ("Actions to be completed by December 2025", "2025-12-31"),
        ("Year 1 – 2025/26", "2026-03-31"),
        ("Phase 1: to March 2026", "2026-03-31"),
        ("What we will do in 2025/26", "2026-03-31"),
        ("Short term (by March 2026)", "2026-03-31"),
        ("Q2 2025/26", "2025-09-30"),
        ("For delivery by the end of Q3 2025/26", "2025-12-31"),
    ],
)
def test_a_title_that_only_says_when_is_due_for_its_rows(title, due):
    head = ["Aim", "Action", "Lead", "Measure"]
    for content in (
        word_file([head, [title], ["A", "Do", "HR", "x"]]),
        csv_file([head, [title], ["A", "Do", "HR", "x"]]),
    ):
        assert [(row["theme"], row["milestones"]) for row in read_rows(content)] == [
            (None, [{"label": None, "start": None, "due": due}])
        ]


def test_control_a_title_with_words_of_its_own_is_a_theme():
    content = word_file([["Aim", "Action", "Lead"], ["Grow our own by 2030"], ["A", "Do", "HR"]])
    assert read_rows(content)[0]["theme"] == "Grow our own by 2030"


def test_titles_around_a_table_are_theme_and_aim():
    table = [["Action", "Lead", "By when"], ["Hold a fair", "HR", ""]]
    content = word_file(("Theme 2: Attract", 1), ("Objective 2.1: Be seen", 2), table)
    row = read_rows(content)[0]
    assert (row["theme"], row["aim"], row["ref"]) == ("Theme 2: Attract", "Be seen", "2.1")


def test_a_row_without_a_number_that_goes_on_in_mid_sentence_was_cut():
    first = [["Ref", "Action", "Lead", "By when"], ["1", "Hold a fair in", "HR Lead", "May 2026"]]
    second = [["Ref", "Action", "Lead", "By when"], ["", "every town", "OD Lead", "June 2026"], ["2", "Ask", "HR", ""]]
    rows = read_rows(word_file(first, second))
    assert [(row["activity"], row["leads"]) for row in rows] == [
        ("Hold a fair in every town", ["HR Lead", "OD Lead"]),
        ("Ask", ["HR"]),
    ]
    assert [each["due"] for each in rows[0]["milestones"]] == ["2026-05-31", "2026-06-30"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Each bullet is a separate action.",
        "Every bullet point should be read as an action in its own right.",
        "Bullets are separate actions.",
        "In the table, each point is a separate action.",
        "One action per bullet.",
    ],
)
def test_ways_of_saying_that_bullets_are_actions(sentence):
    table = [["Aim", "Action"], ["A", "• one\n• two"]]
    assert len(read_rows(word_file(sentence, table))) == 2
    assert len(read_rows(word_file([["Aim", f"Action ({sentence})"], table[1]]))) == 2


@pytest.mark.parametrize("sentence", ["The bullets below say what each partner thinks.", "Use bullets if you like."])
def test_control_other_sentences_about_bullets(sentence):
    assert len(read_rows(word_file(sentence, [["Aim", "Action"], ["A", "• one\n• two"]]))) == 1
