"""From signing in to a plan in the browser: the journey the product is for."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from actions import imports
from actions.models import PlanImport

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PLAN = "/p/marlbrook/plan/joint-strategy/"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_import_edit_update_history_and_export(at, browser, scripts, site):
    page = at("coordinator", PLAN, browser.new_context(java_script_enabled=scripts, accept_downloads=True).new_page())

    # She brings in the Word plan, looks at what it would change, and applies it.
    page.get_by_role("button", name="Import a file").click()
    page.get_by_label("Plan file").set_input_files(SAMPLES / "dudley.docx")
    page.get_by_role("button", name="Read this plan").click()
    expect(page.get_by_role("heading", name="What dudley.docx would change")).to_be_visible()
    expect(page.get_by_text("12 rows read: 12 to add")).to_be_visible()
    page.get_by_role("button", name="Apply 12 changes").click()
    expect(page.get_by_text("12 rows added and 0 changed.")).to_be_visible()

    # She edits a cell of an imported row.
    row = page.get_by_role("row").filter(has_text="Mapping current apprenticeship provision")
    row.get_by_role("link", name="9").click()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_label("Expected outcome").fill("More young people start a career in care")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    # She posts an update.
    page.get_by_role("button", name="Post an update").click()
    page.get_by_label("At risk").check()
    page.get_by_label("What has happened").fill("The college has dropped out; talking to another.")
    page.get_by_role("button", name="Post update").click()
    expect(page.get_by_text("Your update has been posted.")).to_be_visible()

    # The history shows both, word for word.
    history = page.get_by_role("region", name="History")
    expect(history.get_by_role("deletion").filter(has_text="Development of younger skilled workforce")).to_be_visible()
    expect(history.get_by_role("insertion").filter(has_text="More young people start a career in care")).to_be_visible()
    expect(history.get_by_text("At risk. The college has dropped out")).to_be_visible()

    # She takes the plan away.
    page.goto(site + PLAN)
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    rows = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["rows"]
    changed = next(row for row in rows if row["activity"].startswith("Mapping current apprenticeship"))
    assert changed["expected_outcome"] == "More young people start a career in care"
    assert changed["status"] == "amber"
    page.context.close()


def test_two_people_on_one_cell_nobody_loses_a_word(at, browser, world):
    first = at("manager", f"/p/marlbrook/actions/{world.row.pk}/edit/", browser.new_context().new_page())
    second = at("lead", f"/p/marlbrook/actions/{world.row.pk}/edit/", browser.new_context().new_page())

    first.get_by_role("textbox", name="Activity").fill("Map leadership courses in every sector")
    first.get_by_role("button", name="Save changes").click()
    expect(first.get_by_text("Saved.")).to_be_visible()

    second.get_by_role("textbox", name="Activity").fill("Map leadership courses and coaching")
    second.get_by_label("Resource requirement").fill("Two days a month")
    second.get_by_role("button", name="Save changes").click()
    expect(second.get_by_role("heading", name="Activity was changed while you were typing")).to_be_visible()
    texts = second.locator(".conflict__text")
    expect(texts.nth(1)).to_contain_text("in every sector")
    expect(texts.nth(2)).to_contain_text("and coaching")
    expect(second.get_by_role("definition").filter(has_text="Two days a month")).to_be_visible()

    second.get_by_role("button", name="Use mine").click()
    expect(second.get_by_text("Done. Both texts are in the history.")).to_be_visible()
    expect(second.get_by_role("definition").filter(has_text="Map leadership courses and coaching")).to_be_visible()
    expect(second.get_by_role("deletion").filter(has_text="in every sector").first).to_be_visible()


def test_a_manager_adds_a_row_with_the_keyboard_alone(at):
    page = at("manager", PLAN)
    page.get_by_role("button", name="Add a row").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Reference").focus()
    page.keyboard.press("Tab")
    page.keyboard.type("1. Grow")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Open a shared bank of relief staff")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button, input[type=submit]')"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Open a shared bank of relief staff")).to_be_visible()


def test_a_page_that_waits_shows_the_preview_as_soon_as_there_is_one(at, world, monkeypatch):
    """The worker is busy at first: the page waits, and moves on by itself when the file has been read."""
    monkeypatch.setattr("actions.import_views.hand_over", lambda task, pk: None)
    page = at("coordinator", PLAN + "import/")
    page.get_by_label("Plan file").set_input_files(SAMPLES / "simple.csv")
    page.get_by_role("button", name="Read this plan").click()
    expect(page.get_by_role("heading", name="Reading simple.csv")).to_be_visible()
    imports.read_import(PlanImport.objects.get().pk)
    expect(page.get_by_role("heading", name="What simple.csv would change")).to_be_visible(timeout=10_000)
