"""The sample plans: every field of every row as their truth files say."""

import json
import re
from pathlib import Path

import pytest

from actions.reading.plan import as_interface, read_plan

SAMPLES = Path(__file__).parents[2] / "samples"
PUBLISHED = ["dudley.docx", "dudley.xlsx", "simple.csv", "cheshire.docx", "hospital-trust.docx"]
SHAPES = [  # one thing that is hard each
    "own-key.docx", "pillars.docx", "separate-bullets.docx", "title-block.ods", "tracked-changes.docx",
    "two-tables.xlsx",
]  # fmt: skip
NAMES = PUBLISHED + SHAPES


def truth_of(name):
    return json.loads((SAMPLES / f"{name}.truth.json").read_text(encoding="utf-8"))


LABEL = re.compile(r"^(?:\d+\. |Pillar \d+: )")


def as_compared(row, truth):
    """A label in front of an aim or theme may be kept or dropped. Some truths leave a column open."""
    scored = {key: value for key, value in row.items() if key not in truth.get("not_scored", ())}
    return scored | {key: LABEL.sub("", row[key] or "") for key in ("aim", "theme")}


@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_every_row(name):
    found = read_plan(name, (SAMPLES / name).read_bytes())
    truth = truth_of(name)
    expected = [as_compared(row, truth) for row in truth["rows"]]
    assert [as_compared(as_interface(row), truth) for row in found.rows] == expected


@pytest.mark.parametrize("name", PUBLISHED)
def test_key_and_problems(name):
    found = read_plan(name, (SAMPLES / name).read_bytes())
    assert found.key == truth_of(name).get("key", {})
    assert found.problems == []


def test_what_looked_like_rows_and_was_not():
    assert read_plan("a", (SAMPLES / "dudley.docx").read_bytes()).not_rows == [
        "Table 2, row 1 (Initials, Officer): a key, not a plan"
    ]
    assert read_plan("a", (SAMPLES / "dudley.xlsx").read_bytes()).not_rows == [
        "Sheet 'Key', row 1 (Initials, Officer): a key, not a plan"
    ]
    assert read_plan("a", (SAMPLES / "hospital-trust.docx").read_bytes()).not_rows == [
        "Table 1, row 2 (Number …): guidance, not a row"
    ]


def test_places_are_those_a_person_would_name():
    assert read_plan("a", (SAMPLES / "dudley.xlsx").read_bytes()).rows[0].place == "Sheet 'Action Plan', row 7"
    assert read_plan("a", (SAMPLES / "cheshire.docx").read_bytes()).rows[-1].place == "Table 5, row 4"
    assert read_plan("a", (SAMPLES / "simple.csv").read_bytes()).rows[-1].place == "Row 9"
