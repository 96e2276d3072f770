"""Every state of the plan's table, wide and narrow: no finding by machine and no sideways scroll."""

import re

import pytest
from playwright.sync_api import expect

from actions import services as actions
from strategies import services as strategies
from tests.journeys.table import SOON
from tests.journeys.test_accessibility import findings
from tests.journeys.test_table import OTHERS, USUAL, by_another, pasted
from tests.world import add_row

WIDTHS = (320, 1280)


@pytest.fixture
def plan(table):
    return table("coordinator")


def found_in(plan, state):
    """What is wrong with the page as it is now, at each width."""
    wrong = []
    for width in WIDTHS:
        plan.page.set_viewport_size({"width": width, "height": 900})
        wrong += [f"{state} at {width}: {finding}" for finding in findings(plan.page)]
    return wrong


def test_reading(plan, world):
    add_row(world, ref="4", activity="A row that is late", timescale_text="March 2026")
    plan.reload()
    assert found_in(plan, "reading") == []


@pytest.mark.parametrize(("query", "columns"), [USUAL, OTHERS], ids=["usual", "others"])
def test_each_kind_of_box(table, world, query, columns):
    plan, wrong = table("coordinator", query), []
    for column in columns.split(","):
        plan.edit(world.row, column)
        wrong += found_in(plan, f"editing {column}")
        plan.press("Escape")
    assert wrong == []


def test_two_texts_for_one_cell(plan, world):
    plan.edit(world.row, "activity", "Train mentors")
    by_another(world, world.row, "activity", "Count every vacancy")
    expect(plan.box).to_contain_text("has changed this meanwhile", timeout=SOON)
    wrong = found_in(plan, "changed while typing")
    plan.press("Control+Enter")
    expect(plan.note.get_by_role("button", name="Use mine")).to_be_visible()
    wrong += found_in(plan, "conflict")
    plan.note.get_by_text("Edit together").click()
    assert wrong + found_in(plan, "editing together") == []


def test_a_refusal(plan, world):
    plan.write(world.row, "activity", "y" * 5001)
    expect(plan.note).to_contain_text("5,001 characters")
    assert found_in(plan, "refused") == []


def test_no_connection(plan, world):
    plan.page.context.set_offline(True)
    plan.write(world.row, "activity", "Train mentors")
    expect(plan.status).to_contain_text("No connection.")
    assert found_in(plan, "offline") == []


def test_a_server_that_does_not_answer_yet_or_at_all(plan, world):
    plan.page.route("**/cells/", lambda route: None)
    plan.write(world.row, "activity", "Train mentors")
    expect(plan.cell(world.row, "activity")).to_have_class(re.compile("plan-cell--saving"))
    expect(plan.status).to_have_text("Saving…")
    wrong = found_in(plan, "saving")
    plan.page.unroute("**/cells/")
    plan.page.route("**/cells/", lambda route: route.fulfill(status=503))
    plan.write(world.trust_row, "activity", "Pool all assessors")
    expect(plan.status).to_contain_text("The planner does not answer.")
    assert wrong + found_in(plan, "busy") == []


def test_changes_put_together(plan, world):
    plan.edit(world.row, "activity", " and coaching", on_top=True)
    by_another(world, world.row, "activity", "Carefully map leadership courses")
    plan.press("Control+Enter")
    expect(plan.note).to_contain_text("put together with what")
    assert found_in(plan, "merged") == []


def test_a_block_that_cannot_be_applied_now(plan, world):
    plan.focus(world.row, "activity")
    plan.paste("Train mentors\t\tFewer vacancies")
    apply = pasted(plan).get_by_role("button", name=re.compile("^Change"))
    expect(apply).to_be_visible()
    plan.page.context.clear_cookies()
    apply.click()
    expect(pasted(plan).get_by_role("alert")).to_be_visible()
    assert found_in(plan, "block while signed out") == []


def test_signed_out(plan, world):
    plan.page.context.clear_cookies()
    plan.write(world.row, "activity", "Train mentors")
    expect(plan.status.get_by_role("link")).to_be_visible()
    assert found_in(plan, "signed out") == []


def test_words_offered_again(plan, world):
    plan.edit(world.row, "activity", "Train mentors")
    plan.reload()
    expect(plan.page.locator("#plan-drafts")).to_be_visible()
    assert found_in(plan, "drafts") == []


def test_a_pasted_block(plan, world):
    plan.focus(world.row, "activity")
    plan.paste("Train mentors\t\tFewer vacancies\nNothing of the kind\t99\tNo")
    expect(pasted(plan)).to_be_visible()
    assert found_in(plan, "pasted") == []


def test_the_help(plan):
    plan.press("Control+/")
    expect(plan.page.get_by_role("dialog")).to_be_visible()
    assert found_in(plan, "help") == []


def test_others_at_work(plan, table, world):
    director = table("lead")
    director.edit(world.row, "activity", "Train mentors")
    expect(plan.page.locator("#plan-people-here")).to_contain_text("Director", timeout=SOON)
    director.press("Control+Enter")
    expect(plan.page.locator("#plan-news")).to_be_visible(timeout=SOON)
    plan.page.locator("#plan-news summary").click()
    assert found_in(plan, "others") == []


def test_a_new_row_and_a_removed_one(plan, world):
    plan.focus(world.row, "activity")
    plan.press("Alt+Enter")
    wrong = found_in(plan, "new row")
    plan.press("Escape")
    plan.edit(world.row, "activity", "Train mentors")
    actions.remove_action(action=world.row, by=world.lead)
    plan.say("has removed row 1 from the plan.")
    plan.press("Control+Enter")
    expect(plan.note.get_by_role("heading", name="Row 1 was removed from the plan")).to_be_visible()
    expect(plan.row(world.row)).to_have_class("plan-row--gone")
    assert wrong + found_in(plan, "removed row") == []


def test_no_rows_and_no_match(table, world):
    plan = table("coordinator")
    plan.page.goto(plan.address + "?q=nothing+of+the+kind")
    expect(plan.page.get_by_role("heading", name="No rows match")).to_be_visible()
    wrong = found_in(plan, "no match")
    strategies.start_strategy(
        partnership=world.partnership, title="Next", slug="next", period_start=world.strategy.period_start,
        period_end=world.strategy.period_end, by=world.coordinator,
    )  # fmt: skip
    plan.page.goto(plan.address.replace("joint-strategy", "next"))
    expect(plan.page.get_by_role("heading", name="No rows yet")).to_be_visible()
    assert wrong + found_in(plan, "no rows") == []


def test_control_a_box_without_a_name_is_found(plan, world):
    plan.edit(world.row, "activity")
    plan.box.get_by_role("textbox").evaluate("box => box.removeAttribute('aria-label')")
    assert any("label" in finding for finding in found_in(plan, "a box without a name"))
