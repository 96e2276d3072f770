"""The report for other systems, exactly as they were told."""

import json

from tests.workforce.reporting.reports import posts_of, report_of
from tests.workforce.reporting.tables import ages_of
from workforce.reporting.drawer import draw_here
from workforce.reporting.files import file_of
from workforce.reporting.pictures import Pictures


def read(report):
    return json.loads(file_of(report, "json", Pictures(draw_here)))


def test_a_table_has_its_cells_with_null_for_totals_and_hidden_values():
    (table,) = read(report_of(posts_of()))["tables"]
    assert {key: table[key] for key in ("measure", "rows", "columns")} == {
        "measure": "posts",
        "rows": "partner",
        "columns": "",
    }
    assert table["cells"] == [
        {"row": None, "column": None, "value": 1204, "suppressed": False},
        {"row": "council", "column": None, "value": 804, "suppressed": False},
        {"row": "trust", "column": None, "value": 395, "suppressed": False},
        {"row": "homes", "column": None, "value": None, "suppressed": True},
    ]
    assert table["note"].startswith("Counts under 5") and table["source"] == "Returns of three partners"


def test_every_cell_of_every_table_is_there():
    report = report_of()
    cells = [len(table["cells"]) for table in read(report)["tables"]]
    assert cells == [len(table.cells) for table in report.tables]
    ages = read(report_of(ages_of()))["tables"][0]
    assert (ages["columns"], {cell["column"] for cell in ages["cells"]}) == (
        "age_band",
        {None, "under_25", "25_34", "35_44", "45_54", "55_and_over"},
    )


def test_it_says_for_whom_and_from_when_it_is():
    made = read(report_of(posts_of(), stage="released", number=2, released="2026-05-02"))
    assert (made["audience"], made["as_at"], made["stage"]) == ("partnership", "2026-03-31", "released")
    assert (made["number"], made["released"]) == (2, "2026-05-02")
    assert [sender["name"] for sender in made["partners_in"]] == ["Council", "NHS trust"]
    assert made["partners_out"] == [{"name": "Hospice", "why": "has sent no return for this date"}]


def test_a_draft_has_no_number_and_no_day_of_release():
    made = read(report_of(posts_of(), stage="draft"))
    assert (made["number"], made["released"], made["partner"]) == (None, None, None)
