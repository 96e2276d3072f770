"""A table copied from a Word document, pasted on a cell: looked at first, as the document looks, and then applied."""

import re

import pytest
from playwright.sync_api import expect

from actions.models import Action
from tests.journeys.table import stored
from tests.journeys.test_accessibility import findings
from tests.journeys.test_table import CLIPBOARD, pasted

# What Word puts beside the HTML: the words with tabs and lines, in which no cell can be told from the next.
TEXT = (
    "Ref\tWhat we will \ndo\tResponsible  officer\n4.\tWe will co-design:\na shared induction\na passport\n\n"
    "\tWorkforce Manager\nDirector of Adult Social Care\n5a\tCafé mornings for carers – “drop in”\n"
)
WORDS = "We will co-design:\na shared induction\na passport"


@pytest.fixture
def plan(table, world):
    plan = table("coordinator")
    plan.focus(world.row, "activity")
    plan.paste(TEXT, (CLIPBOARD / "word.html").read_text(encoding="utf-8"))
    expect(pasted(plan)).to_be_visible()
    return plan


def test_what_it_would_change_is_shown_as_the_document_looks(plan, world):
    shown = pasted(plan)
    for words in ("We will co-design:", "a shared induction", "Director of Adult Social Care", "Café mornings"):
        expect(shown).to_contain_text(words)
    for hidden in ("hidden words", "a local", "mso-", "·"):  # taken out, commented or only for Word
        expect(shown).not_to_contain_text(hidden)
    assert stored(world.row, "activity") == "Map leadership courses"
    for width in (320, 1280):
        plan.page.set_viewport_size({"width": width, "height": 900})
        assert findings(plan.page) == []


def test_it_is_applied_to_the_cells_that_its_headings_name(plan, world):
    plan.follow(pasted(plan).get_by_role("button", name=re.compile("^Change 5 cells in 2 rows")))
    expect(plan.cell(world.row, "activity")).to_contain_text("a shared induction")
    row, next_row = (Action.objects.get(pk=one.pk) for one in (world.row, world.trust_row))
    assert (row.ref, row.activity) == ("4.", WORDS)
    assert [one.name for one in row.officers.all()] == ["Workforce Manager", "Director of Adult Social Care"]
    assert row.officers.last().user == world.people["lead"]
    assert (next_row.ref, next_row.activity) == ("5a", "Café mornings for carers – “drop in”")


def test_closed_it_changes_nothing(plan, world):
    pasted(plan).get_by_role("button", name="Close without changing anything").click()
    expect(pasted(plan)).to_have_count(0)
    expect(plan.cell(world.row, "activity")).to_be_focused()
    assert stored(world.row, "activity") == "Map leadership courses"
