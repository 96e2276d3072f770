"""Two and three people in the plan's table at once, each in a browser of their own."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import expect

from actions import services
from actions.editing import Edit, save_cells
from actions.models import HeldEdit
from strategies.services import reword_heading
from tests.journeys.table import SOON, stored
from tests.journeys.test_table import by_another, only_reads
from tests.world import add_row

MINE, THEIRS = "Train mentors in every home", "Map courses of the whole county"


@pytest.fixture
def two_texts(table, world):
    """The manager and the director wrote to the same cell; the manager, who was second, sees both texts."""
    manager, director = table("manager"), table("lead")
    manager.edit(world.row, "activity", MINE)
    director.write(world.row, "activity", THEIRS)
    director.all_saved()
    manager.press("Control+Enter")
    expect(manager.note.get_by_role("heading", name="Activity was changed while you were typing.")).to_be_visible()
    return manager


def decided(plan):
    expect(plan.note).to_have_count(0)
    plan.say("Done. Both texts are in the history.")


def test_the_second_sees_what_it_was_theirs_and_their_own(two_texts, world):
    plan = two_texts
    plan.say("Activity was changed while you were typing.")
    expect(plan.cell(world.row, "activity")).to_have_text(THEIRS)
    texts = plan.note.locator(".conflict__text")
    expect(texts.nth(0)).to_contain_text("Map leadership courses")
    expect(texts.nth(1)).to_contain_text("Director of Adult Social Care")
    expect(texts.nth(2)).to_contain_text("Train mentors")
    plan.all_saved()


def test_keep_theirs(two_texts, world):
    two_texts.note.get_by_role("button", name="Keep theirs").click()
    decided(two_texts)
    expect(two_texts.cell(world.row, "activity")).to_be_focused()
    assert stored(world.row, "activity") == THEIRS
    assert HeldEdit.objects.get().settled_as == "theirs"


def test_use_mine(two_texts, world):
    two_texts.note.get_by_role("button", name="Use mine").click()
    decided(two_texts)
    expect(two_texts.cell(world.row, "activity")).to_have_text(MINE)
    assert stored(world.row, "activity") == MINE


def test_edit_together(two_texts, world):
    two_texts.note.get_by_text("Edit together").click()
    box = two_texts.note.get_by_label("Both texts, to make one of them")
    expect(box).to_have_value(re.compile("mentors"))
    box.fill("Map courses and train mentors")
    two_texts.note.get_by_role("button", name="Save this text").click()
    decided(two_texts)
    assert stored(world.row, "activity") == "Map courses and train mentors"


def test_a_third_person_changes_it_while_the_second_decides(two_texts, world):
    by_another(world, world.row, "activity", "Count every vacancy first")
    two_texts.note.get_by_role("button", name="Use mine").click()
    two_texts.say("It was changed again meanwhile.")
    expect(two_texts.note.locator(".conflict__text").nth(1)).to_contain_text("Count every vacancy first")
    assert stored(world.row, "activity") == "Count every vacancy first"
    two_texts.note.get_by_role("button", name="Use mine").click()
    decided(two_texts)
    assert stored(world.row, "activity") == MINE


def test_a_closed_browser_loses_nothing_home_and_the_row_still_have_it(two_texts, world, table):
    two_texts.page.context.close()
    page = table("manager").page
    page.get_by_role("link", name="Home", exact=True).click()
    page.get_by_role("link", name="1 Map courses of the whole county: activity").click()
    expect(page.locator(".conflict__text").nth(2)).to_contain_text("Train mentors")
    page.get_by_role("button", name="Use mine").click()
    expect(page.get_by_text("Done. Both texts are in the history.")).to_be_visible()
    assert stored(world.row, "activity") == MINE


def test_the_rows_own_page_shows_what_waits(two_texts, world):
    two_texts.focus(world.row, "activity")
    two_texts.press("Control+Enter")
    expect(two_texts.page.get_by_role("heading", name="Activity was changed while you were typing.")).to_be_visible()


def test_different_cells_of_one_row_never_meet(table, world):
    manager, director = table("manager"), table("lead")
    manager.edit(world.row, "activity", MINE)
    director.write(world.row, "expected_outcome", "Fewer vacancies")
    director.all_saved()
    manager.press("Control+Enter")
    manager.all_saved()
    expect(manager.note).to_have_count(0)
    expect(manager.cell(world.row, "expected_outcome")).to_have_text("Fewer vacancies")
    expect(director.cell(world.row, "activity")).to_have_text(MINE, timeout=SOON)


def test_changes_that_keep_clear_of_each_other_are_put_together_and_that_is_said(table, world):
    manager, director = table("manager"), table("lead")
    manager.edit(world.row, "activity", " and coaching", on_top=True)
    director.write(world.row, "activity", "Carefully map leadership courses")
    director.all_saved()
    manager.press("Control+Enter")
    manager.say("Saved, and put together with what Director of Adult Social Care wrote meanwhile.")
    expect(manager.note).to_contain_text("put together with what Director of Adult Social Care wrote")
    expect(manager.cell(world.row, "activity")).to_have_text("Carefully map leadership courses and coaching")
    manager.note.get_by_role("button", name="Close this note").click()
    expect(manager.note).to_have_count(0)
    assert stored(world.row, "activity") == "Carefully map leadership courses and coaching"


def test_whoever_is_typing_is_told_and_keeps_the_box(table, world):
    manager = table("manager")
    manager.edit(world.row, "activity", MINE)
    by_another(world, world.row, "activity", THEIRS)
    expect(manager.box).to_contain_text("has changed this meanwhile", timeout=SOON)
    expect(manager.box.get_by_role("textbox")).to_be_focused()
    expect(manager.box.get_by_role("textbox")).to_have_value(MINE)
    manager.press("Escape")
    expect(manager.cell(world.row, "activity")).to_have_text(THEIRS)


def test_a_row_removed_while_somebody_types_keeps_the_words(table, world):
    manager = table("manager")
    manager.edit(world.row, "activity", MINE)
    services.remove_action(action=world.row, by=world.coordinator)
    manager.say("Coordinator has removed row 1 from the plan.")
    expect(manager.box.get_by_role("textbox")).to_be_focused()
    manager.press("Control+Enter")
    expect(manager.note.get_by_role("heading", name="Row 1 was removed from the plan")).to_be_visible()
    assert HeldEdit.objects.get().mine == MINE
    manager.press("Enter")
    manager.say("This row has been removed from the plan. Restore it to change it.")
    services.restore_action(action=world.row, by=world.coordinator)
    expect(manager.row(world.row)).not_to_have_class(re.compile("gone"), timeout=SOON)


def test_a_removed_row_goes_and_a_restored_one_comes_back_to_its_place(table, world):
    director = table("lead")
    services.remove_action(action=world.trust_row, by=world.coordinator)
    expect(director.row(world.trust_row)).to_have_count(0, timeout=SOON)
    expect(director.page.locator(".plan-table__count")).to_have_text("2 actions")
    services.restore_action(action=world.trust_row, by=world.coordinator)
    expect(director.page.locator("tbody tr[id^=row-]").nth(1)).to_have_id(f"row-{world.trust_row.pk}", timeout=SOON)


def test_a_row_moved_by_another_moves_neither_focus_nor_page(table, world):
    rows = [add_row(world, ref=f"x{number}", activity=f"Filling {number}") for number in range(30)]
    manager = table("manager")
    manager.edit(rows[25], "activity", MINE)
    box = manager.box.get_by_role("textbox")
    before = box.bounding_box()["y"]
    services.place_action(action=world.trust_row, after=rows[27], by=world.coordinator)
    expect(manager.page.locator(f"#row-{rows[27].pk} + tr")).to_have_id(f"row-{world.trust_row.pk}", timeout=SOON)
    expect(box).to_be_focused()
    expect(box).to_have_value(MINE)
    assert abs(box.bounding_box()["y"] - before) < 3


@pytest.mark.parametrize("focused", ["row", "trust_row", "shared_row"])
def test_a_row_moved_by_another_leaves_the_focus_in_its_cell(table, world, focused):
    manager = table("manager")
    manager.focus(getattr(world, focused), "activity")
    services.place_action(action=world.row, after=world.shared_row, by=world.coordinator)
    expect(manager.page.locator("tbody tr[id^=row-]").last).to_have_id(f"row-{world.row.pk}", timeout=SOON)
    expect(manager.cell(getattr(world, focused), "activity")).to_be_focused()


def test_a_row_moved_by_another_leaves_the_text_of_both_alone(two_texts, world):
    rows = two_texts.page.locator("tbody tr[id^=row-]")
    services.place_action(action=world.trust_row, before=world.row, by=world.coordinator)
    expect(rows.first).to_have_id(f"row-{world.trust_row.pk}", timeout=SOON)
    two_texts.note.get_by_text("Edit together").click()
    box = two_texts.note.get_by_label("Both texts, to make one of them")
    box.fill("Map and train")
    box.evaluate("box => box.setSelectionRange(3, 3)")
    services.place_action(action=world.trust_row, after=world.shared_row, by=world.coordinator)
    expect(rows.last).to_have_id(f"row-{world.trust_row.pk}", timeout=SOON)
    expect(box).to_be_focused()
    two_texts.type(" all")
    expect(box).to_have_value("Map all and train")


def test_a_row_that_is_being_written_in_goes_to_its_new_heading_afterwards(table, world):
    manager = table("manager")
    manager.edit(world.row, "activity", MINE)
    for row in (world.row, world.trust_row):
        save_cells(action=row, edits={"aim": Edit(world.aim.pk, world.second_aim.pk)}, by=world.coordinator)
    second = manager.page.locator(f"tbody[data-group=aim-{world.second_aim.pk}]")
    expect(second.locator(manager.row(world.trust_row))).to_be_visible(timeout=SOON)
    expect(manager.box.get_by_role("textbox")).to_be_focused()
    manager.press("Control+Enter")
    expect(second.locator(".plan-table__count")).to_have_text("2 actions", timeout=2 * SOON)
    expect(second.locator("tr[id^=row-]").first).to_have_id(f"row-{world.row.pk}")
    expect(manager.cell(world.row, "activity")).to_be_focused()


def test_a_changed_row_goes_under_the_heading_of_what_it_says_now(table, world):
    director = table("lead", "?group=status")
    heading = director.page.locator("tbody[data-group=status-none] .plan-table__count")
    expect(heading).to_have_text("3 actions")
    by_another(world, world.trust_row, "status", "amber")
    at_risk = director.page.locator("tbody[data-group=status-amber]")
    expect(at_risk).to_contain_text("At risk 1 action", timeout=SOON)
    expect(at_risk.locator(director.row(world.trust_row))).to_be_visible()
    expect(heading).to_have_text("2 actions")
    director.edit(world.row, "status")
    director.box.get_by_role("combobox").select_option(label="At risk")
    director.press("Control+Enter")
    expect(at_risk.locator(director.row(world.row))).to_be_visible(timeout=2 * SOON)
    expect(director.cell(world.row, "status")).to_be_focused()
    by_another(world, world.trust_row, "status", "")
    by_another(world, world.row, "status", "")
    expect(at_risk).to_have_count(0, timeout=2 * SOON)
    expect(heading).to_have_text("3 actions")


def test_a_heading_counts_what_has_become_late(table, world):
    director = table("lead")
    by_another(world, world.trust_row, "timescale_text", "March 2026")
    expect(director.page.locator(".plan-table__count")).to_have_text("3 actions · 1 late", timeout=SOON)
    director.write(world.row, "timescale_text", "April 2026")
    expect(director.page.locator(".plan-table__count")).to_have_text("3 actions · 2 late", timeout=SOON)


def test_the_table_is_still_reached_with_tab_after_the_row_one_was_in_has_gone(table, world):
    director = table("lead")
    director.focus(world.trust_row, "activity")
    director.press("Escape")
    expect(director.page.locator("#plan-after")).to_be_focused()
    services.remove_action(action=world.trust_row, by=world.coordinator)
    expect(director.row(world.trust_row)).to_have_count(0, timeout=SOON)
    director.press("Shift+Tab")
    expect(director.cell(world.shared_row, "activity")).to_be_focused()


def test_what_waits_for_a_removed_row_leads_to_where_it_can_be_restored(table, world):
    plan = table("coordinator")
    plan.edit(world.row, "activity", MINE)
    services.remove_action(action=world.row, by=world.lead)
    plan.say("has removed row 1 from the plan.")
    plan.press("Control+Enter")
    plan.note.get_by_role("link", name="Restore the row").click()
    plan.page.get_by_role("button", name="Restore the row").click()
    expect(plan.page.get_by_role("heading", name="Row 1: Map leadership courses")).to_be_visible()
    assert stored(world.row, "removed") is None


# Where the words of each row's activity stand on the screen.
PLACES = """() => [...document.querySelectorAll("tbody td[data-c=activity]")].map((cell) => {
  const words = document.createRange();
  words.selectNodeContents(cell);
  const { x, y, height } = words.getBoundingClientRect();
  return [x, y, height].map(Math.round);
})"""


def moved_since(before, plan):
    return max(
        abs(one - was)
        for now, then in zip(plan.page.evaluate(PLACES), before, strict=True)
        for one, was in zip(now, then, strict=True)
    )


@pytest.mark.parametrize("width", [320, 1280])
def test_where_others_are_and_what_they_changed_moves_nothing_that_is_read(table, world, width):
    manager = table("manager", viewport={"width": width, "height": 700})
    director = table("lead")
    manager.row(world.row).scroll_into_view_if_needed()
    before = manager.page.evaluate(PLACES)
    director.edit(world.row, "activity")
    expect(manager.cell(world.row, "activity")).to_have_attribute("data-who", "DAS", timeout=SOON)
    assert moved_since(before, manager) <= 1  # a page is scrolled by whole pixels
    director.press("Escape", "ArrowRight")
    expect(manager.cell(world.row, "expected_outcome")).to_have_attribute("data-who", "DAS", timeout=SOON)
    assert moved_since(before, manager) <= 1  # a page is scrolled by whole pixels
    by_another(world, world.shared_row, "priority", "high")
    expect(manager.page.locator("#plan-news")).to_be_visible(timeout=SOON)
    assert moved_since(before, manager) <= 1  # a page is scrolled by whole pixels


def test_more_changes_than_can_be_told_are_offered_as_a_new_page_and_leave_the_box_alone(table, world, monkeypatch):
    monkeypatch.setattr("actions.live.MOST_ROWS", 1)
    manager = table("manager")
    manager.edit(world.row, "activity", MINE)
    with transaction.atomic():
        by_another(world, world.trust_row, "activity", "Pool all assessors")
        by_another(world, world.shared_row, "activity", "Run one fair")
    manager.say("Many rows have changed.")
    expect(manager.box.get_by_role("textbox")).to_be_focused()
    by_another(world, world.trust_row, "activity", "Pool no assessors")
    expect(manager.cell(world.trust_row, "activity")).to_have_text("Pool no assessors", timeout=SOON)
    news = manager.page.locator("#plan-news")
    expect(news.locator("summary")).to_have_text("Many rows have changed since you opened this page")
    news.locator("summary").click()
    manager.follow(news.get_by_role("link", name="Show the plan as it is now"))
    manager.all_saved()
    expect(manager.cell(world.shared_row, "activity")).to_have_text("Run one fair")
    assert stored(world.row, "activity") == MINE


def test_a_new_row_of_another_appears_where_it_belongs(table, world):
    director = table("lead")
    added = services.add_action(
        strategy=world.strategy, cells={"aim": world.aim.pk, "activity": "Ask the carers"}, by=world.coordinator,
        after=world.row,
    )  # fmt: skip
    expect(director.page.locator("tbody tr[id^=row-]").nth(1)).to_have_id(f"row-{added.pk}", timeout=SOON)
    expect(director.row(added)).to_contain_text("Ask the carers")


def test_where_others_are_is_shown_and_goes_away_again(table, world):
    manager, director = table("manager"), table("lead")
    director.edit(world.row, "activity")
    cell = manager.cell(world.row, "activity")
    expect(cell).to_have_attribute("data-who", "DAS", timeout=SOON)
    expect(cell).to_have_accessible_description("Director of Adult Social Care is editing this")
    expect(cell).to_have_class(re.compile("plan-cell--elsewhere"))
    expect(manager.page.locator("#plan-people-here")).to_have_text("Also here: Director of Adult Social Care")
    director.press("Escape", "ArrowRight")
    outcome = manager.cell(world.row, "expected_outcome")
    expect(outcome).to_have_accessible_description("Director of Adult Social Care is here", timeout=SOON)
    expect(cell).not_to_have_attribute("data-who", "DAS")
    director.page.close()
    expect(outcome).not_to_have_attribute("data-who", "DAS", timeout=SOON)
    expect(manager.page.locator("#plan-people-here")).to_be_empty()


def test_a_change_of_another_is_seen_soon_and_steals_no_focus(table, world):
    manager = table("manager")
    manager.edit(world.row, "activity", MINE)
    by_another(world, world.row, "expected_outcome", "Fewer vacancies")
    expect(manager.cell(world.row, "expected_outcome")).to_have_text("Fewer vacancies", timeout=SOON)
    expect(manager.cell(world.row, "expected_outcome")).to_have_class(re.compile("plan-cell--new"))
    expect(manager.box.get_by_role("textbox")).to_be_focused()
    expect(manager.box.get_by_role("textbox")).to_have_value(MINE)


def test_what_changed_since_the_page_was_opened_is_listed(table, world):
    manager = table("manager")
    news = manager.page.locator("#plan-news")
    expect(news).to_be_hidden()
    by_another(world, world.row, "expected_outcome", "Fewer vacancies")
    expect(news.locator("summary")).to_have_text("1 change by others since you opened this page", timeout=SOON)
    news.locator("summary").click()
    expect(news.get_by_role("listitem")).to_contain_text("expected outcome changed by Coordinator")
    manager.write(world.row, "activity", MINE)
    manager.all_saved()
    by_another(world, world.trust_row, "activity", "Pool all assessors")
    expect(news.get_by_role("listitem")).to_have_count(2, timeout=SOON)


def test_a_reworded_aim_is_said_beside_the_changes_and_seen_when_it_suits(table, world):
    manager = table("manager")
    by_another(world, world.trust_row, "expected_outcome", "A shared pool")
    reword_heading(heading=world.aim, seen=world.aim.text, text="Keep our own staff", by=world.coordinator)
    manager.say("Aims or themes have changed. Show the plan again when it suits you.")
    news = manager.page.locator("#plan-news")
    expect(news.locator("summary")).to_have_text("Aims or themes have changed since you opened this page")
    news.locator("summary").click()
    expect(news).to_contain_text("expected outcome changed by Coordinator")
    news.get_by_role("link", name="Show the plan as it is now").click()
    expect(manager.page.locator(".plan-table__title").first).to_contain_text("Keep our own staff")


def test_a_right_taken_away_a_moment_ago_is_said_and_the_words_are_kept(table, world):
    manager = table("manager")
    manager.edit(world.row, "activity", MINE)
    only_reads(world, "manager")
    manager.press("Control+Enter")
    manager.say("You may no longer change this.")
    expect(manager.note.locator("blockquote")).to_have_text(MINE)
    expect(manager.cell(world.row, "activity")).to_have_text("Map leadership courses")
    assert stored(world.row, "activity") == "Map leadership courses"
    manager.reload()
    expect(manager.page.locator("#plan-drafts")).to_contain_text(MINE)


def test_three_people_write_to_one_cell_and_every_word_is_somewhere(table, world):
    plans = {who: table(who) for who in ("manager", "lead", "coordinator")}
    for who, plan in plans.items():
        plan.edit(world.row, "activity", f"What the {who} wrote")
    for plan in plans.values():
        plan.press("Control+Enter")
    for plan in plans.values():
        plan.all_saved()
    found = {stored(world.row, "activity"), *HeldEdit.objects.values_list("mine", flat=True)}
    assert found == {f"What the {who} wrote" for who in plans}
