"""The plan's table as an editor, in the hands of one person."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from actions.editing import Edit, save_cells
from partners import services as partners
from partners.models import Sector, Via
from partners.permissions import Role
from strategies import services as strategies
from tests.journeys.conftest import WIDTHS, session_cookie
from tests.journeys.table import PLAN, SOON, stored

CLIPBOARD = Path(__file__).resolve().parents[1] / "actions" / "clipboard"
EVERY_KIND = "?columns=activity,aim,theme,timescale_text,priority,lead_organisation,leads,contributors,status"
# The same columns in two tables, each narrow enough for a screen of 1,280 pixels.
USUAL = ("", "ref,activity,expected_outcome,timescale_text,resource_requirement,priority,leads,status")
OTHERS = ("?columns=activity,aim,theme,lead_organisation,contributors", "aim,theme,lead_organisation,contributors")


def by_another(world, row, column, new):
    """Somebody else writes to a cell: the coordinator, from elsewhere."""
    seen = stored(row, column)
    save_cells(action=row, edits={column: Edit(seen, new)}, by=world.coordinator, via=Via.TABLE)


def only_reads(world, who):
    """Their rights are taken away while their page is open."""
    membership = world.partnership.memberships.get(user=world.people[who], ended=None)
    partners.end_membership(membership=membership, by=None)
    partners.add_member(
        user=world.people[who], partnership=world.partnership, role=Role.OBSERVER, organisation=world.council, by=None
    )


# Editing


def test_a_click_opens_a_cell_and_enter_saves_and_goes_down(table, world):
    plan = table("manager")
    plan.cell(world.row, "activity").click()
    plan.press("Control+A")
    plan.type("Map every course")
    plan.press("Enter")
    expect(plan.cell(world.trust_row, "activity")).to_be_focused()
    expect(plan.cell(world.row, "activity")).to_have_text("Map every course")
    plan.all_saved()
    plan.say("Activity of row 1: saved.")
    assert stored(world.row, "activity") == "Map every course"


def test_a_click_lands_where_it_was_aimed_though_the_box_above_closes(table, world):
    """A box that closes moves what is below it, and must not do so between the button going down and coming up."""
    plan = table("manager")
    plan.edit(world.row, "activity", "A new thought")
    aim = plan.cell(world.shared_row, "expected_outcome")
    aim.hover(position={"x": 20, "y": aim.bounding_box()["height"] - 3})
    plan.page.mouse.down()
    plan.page.wait_for_timeout(100)  # As long as a finger stays on the button.
    plan.page.mouse.up()
    expect(plan.box).to_have_attribute("data-c", "expected_outcome")
    expect(plan.row(world.shared_row).locator(".plan-cell--open")).to_be_visible()
    plan.all_saved()
    assert stored(world.row, "activity") == "A new thought"


def test_typing_a_letter_opens_the_cell_with_it_at_the_end(table, world):
    plan = table("manager")
    plan.focus(world.row, "activity")
    plan.page.keyboard.type("!")
    expect(plan.box.get_by_role("textbox")).to_have_value("Map leadership courses!")
    plan.press("Tab")
    expect(plan.cell(world.row, "expected_outcome")).to_be_focused()
    plan.all_saved()
    assert stored(world.row, "activity") == "Map leadership courses!"


def test_shift_enter_starts_a_line_and_long_text_wraps_and_grows(table, world):
    plan = table("manager")
    plan.edit(world.row, "activity", "First")
    low = plan.box.get_by_role("textbox").bounding_box()["height"]
    plan.press("Shift+Enter")
    plan.type("Second " * 60)
    box = plan.box.get_by_role("textbox")
    assert box.bounding_box()["height"] > low * 3
    assert box.evaluate("box => box.scrollHeight <= box.clientHeight + 1 && box.scrollWidth <= box.clientWidth + 1")
    plan.press("Control+Enter")
    plan.all_saved()
    assert stored(world.row, "activity") == "First\n" + ("Second " * 60).strip()
    shown = plan.cell(world.row, "activity")
    assert shown.locator("br").count() == 1
    assert shown.evaluate("cell => cell.scrollWidth <= cell.clientWidth + 1")


def test_escape_leaves_and_undo_brings_the_words_back(table, world):
    plan = table("manager")
    plan.edit(world.row, "activity", "Half a thou")
    plan.press("Escape")
    expect(plan.cell(world.row, "activity")).to_have_text("Map leadership courses")
    plan.say("Ctrl+Z brings back what you typed")
    plan.press("Control+z")
    expect(plan.box.get_by_role("textbox")).to_have_value("Half a thou")
    plan.type("ght")
    plan.press("Control+Enter")
    plan.all_saved()
    assert stored(world.row, "activity") == "Half a thought"


def test_undo_takes_back_ones_own_last_saves(table, world):
    plan = table("manager")
    plan.write(world.row, "activity", "One")
    plan.all_saved()
    plan.write(world.row, "resource_requirement", "Two")
    plan.all_saved()
    plan.press("Control+z")
    plan.say("Undone.")
    expect(plan.cell(world.row, "resource_requirement")).to_have_text("")
    plan.press("Control+z")
    expect(plan.cell(world.row, "activity")).to_have_text("Map leadership courses")
    plan.all_saved()
    plan.press("Control+z")
    plan.say("There is nothing to undo.")
    assert stored(world.row, "activity") == "Map leadership courses"
    assert stored(world.row, "resource_requirement") == ""


def test_undo_does_not_take_back_what_somebody_else_wrote_since(table, world):
    plan = table("manager")
    plan.write(world.row, "activity", "One")
    plan.all_saved()
    by_another(world, world.row, "activity", "Something else altogether")
    plan.press("Control+z")
    expect(plan.note.get_by_role("heading", name="Activity was changed while you were typing.")).to_be_visible()
    assert stored(world.row, "activity") == "Something else altogether"


# Moving about


def test_keys_move_from_cell_to_cell(table, world):
    plan = table("manager")
    plan.focus(world.row, "activity")
    for key, row, column in [
        ("Tab", world.row, "expected_outcome"),
        ("ArrowRight", world.row, "timescale_text"),
        ("Shift+Tab", world.row, "expected_outcome"),
        ("ArrowDown", world.trust_row, "expected_outcome"),
        ("ArrowUp", world.row, "expected_outcome"),
        ("End", world.row, "status"),
        ("ArrowRight", world.row, "status"),
        ("Tab", world.trust_row, "ref"),
        ("Control+End", world.shared_row, "status"),
        ("Home", world.shared_row, "ref"),
        ("Control+Home", world.row, "ref"),
        ("PageDown", world.shared_row, "ref"),
    ]:
        plan.press(key)
        expect(plan.cell(row, column), key).to_be_focused()


def test_the_keyboard_alone_gets_in_edits_and_gets_out(table, world):
    """From the skip link: no trap, and the table is one stop on the way."""
    plan = table("manager")
    plan.press("Tab")
    expect(plan.page.get_by_role("link", name="Skip to main content")).to_be_focused()
    plan.press("Enter")
    for _ in range(60):
        plan.press("Tab")
        if plan.page.evaluate("document.activeElement.matches('tbody [data-c]')"):
            break
    expect(plan.cell(world.row, "ref")).to_be_focused()
    plan.press("Tab", "F2")
    plan.type(" again")
    plan.press("Enter")
    plan.all_saved()
    plan.press("Escape")
    expect(plan.page.locator("#plan-after")).to_be_focused()
    plan.press("Shift+Tab")
    expect(plan.cell(world.trust_row, "activity")).to_be_focused()  # One stop, where one was, not one for each row.
    plan.press("Control+End", "Tab")
    expect(plan.cell(world.shared_row, "status")).not_to_be_focused()
    assert plan.page.evaluate("!document.activeElement.closest('.plan-table')")
    assert stored(world.row, "activity") == "Map leadership courses again"


def test_tab_from_the_last_box_leaves_the_table(table, world):
    plan = table("coordinator")
    plan.edit(world.shared_row, "status")
    plan.press("Tab")
    expect(plan.page.locator("#plan-after")).to_be_focused()


def test_control_enter_opens_the_rows_own_page(table, world):
    plan = table("manager")
    plan.focus(world.row, "status")
    plan.press("Control+Enter")
    expect(plan.page.get_by_role("heading", name="Row 1: Map leadership courses")).to_be_visible()


def test_the_help_says_which_keys_do_what(table):
    plan = table("observer")
    plan.press("Control+/")
    help_ = plan.page.get_by_role("dialog", name="Working in the table with the keyboard")
    expect(help_).to_be_visible()
    plan.press("Escape")
    expect(help_).to_be_hidden()
    plan.page.get_by_role("button", name="Keyboard help").click()
    help_.get_by_role("button", name="Close").click()
    expect(help_).to_be_hidden()


# Each kind of cell


@pytest.mark.parametrize(
    ("column", "choice", "shown"),
    [
        ("status", "At risk", "amber"),
        ("priority", "High", "high"),
        ("aim", "2. Train together", "second_aim"),
        ("theme", "Working in partnership", "theme"),
        ("lead_organisation", "Hospital trust", "trust"),
    ],
)
def test_one_of_several_is_chosen(table, world, column, choice, shown):
    plan = table("coordinator", EVERY_KIND)
    plan.edit(world.row, column)
    plan.box.get_by_role("combobox").select_option(label=choice)
    plan.press("Tab")
    plan.all_saved()
    expect(plan.cell(world.row, column)).to_contain_text(choice.removeprefix("2. "))
    wanted = getattr(world, shown, None)
    assert stored(world.row, column if wanted is None else f"{column}_id") == (wanted.pk if wanted else shown)


def test_contributing_partners_are_ticked(table, world):
    plan = table("coordinator", EVERY_KIND)
    plan.edit(world.row, "contributors")
    expect(plan.box.get_by_role("group", name="Contributing partners, row 1")).to_be_visible()
    expect(plan.box.get_by_role("searchbox")).to_have_count(0)
    plan.box.get_by_role("checkbox", name="Hospital trust").check()
    plan.press("Control+Enter")
    plan.all_saved()
    expect(plan.cell(world.row, "contributors")).to_have_text("Hospital trust")
    assert list(stored(world.row, "contributors").all()) == [world.trust]


def test_many_partners_are_found_by_typing(table, world):
    for number in range(13):
        name = f"Care home {number}"
        partners.add_partner(
            partnership=world.partnership, name=name, sector=Sector.LOCAL_AUTHORITY, known_as=name, by=None
        )
    plan = table("coordinator", EVERY_KIND)
    plan.edit(world.row, "contributors")
    plan.type("home 7")
    expect(plan.box.get_by_role("checkbox")).to_have_count(1)
    plan.press("Tab")
    expect(plan.cell(world.row, "status")).to_be_focused()
    plan.press("Shift+Tab", "Enter")
    plan.type("home 7")
    plan.box.get_by_role("checkbox", name="Care home 7").check()
    plan.press("Control+Enter")
    plan.all_saved()
    expect(plan.cell(world.row, "contributors")).to_have_text("Care home 7")


def test_officers_are_added_taken_off_and_put_first(table, world):
    plan = table("coordinator", EVERY_KIND)
    plan.edit(world.row, "leads")
    plan.type("Data Steward")
    plan.press("Enter")
    plan.type("Head of learning")
    plan.press("Enter")
    expect(plan.box.get_by_role("listitem")).to_have_count(3)
    plan.box.get_by_role("button", name="First : Head of learning").click()
    plan.box.get_by_role("button", name="Take off Workforce Manager").click()
    plan.press("Enter")
    plan.all_saved()
    officers = [(one.name, one.user) for one in stored(world.row, "officers").all()]
    assert officers == [("Head of learning", None), ("Data Steward", world.steward)]
    expect(plan.cell(world.row, "leads").locator("strong")).to_have_text("Head of learning")


def test_a_name_still_in_the_box_is_saved_as_well(table, world):
    plan = table("coordinator", EVERY_KIND)
    plan.edit(world.row, "leads")
    plan.type("Head of learning")
    plan.press("Tab")
    plan.all_saved()
    assert stored(world.row, "officers").last().name == "Head of learning"


def test_a_timescale_is_typed_or_picked(table, world):
    plan = table("manager")
    plan.edit(world.row, "timescale_text")
    plan.press("Control+A", "Delete")
    plan.box.get_by_label("Pick a date to write here").fill("2027-07-31")
    expect(plan.box.get_by_role("textbox", name="Timescale, row 1")).to_have_value("31 July 2027")
    plan.press("Control+Enter")
    plan.all_saved()
    assert stored(world.row, "due_on").isoformat() == "2027-07-31"
    plan.write(world.row, "timescale_text", "Autumn term 2027")
    expect(plan.cell(world.row, "timescale_text").locator(".plan-understood")).to_be_visible()


def test_a_reference_is_edited_and_still_leads_to_its_row(table, world):
    plan = table("coordinator")
    plan.write(world.row, "ref", "1a")
    plan.all_saved()
    expect(plan.cell(world.row, "ref").get_by_role("link", name="1a")).to_be_attached()
    expect(plan.cell(world.row, "ref").get_by_role("checkbox", name="Choose row 1a")).to_be_attached()
    assert stored(world.row, "ref") == "1a"


# Who may


def test_a_reader_cannot_edit_and_hears_why(table, world):
    plan = table("observer")
    plan.cell(world.row, "activity").click()
    plan.say("You can read this row.")
    plan.press("x", "Enter")
    expect(plan.box).to_have_count(0)
    expect(plan.cell(world.row, "activity")).to_be_focused()


def test_a_partners_manager_edits_only_the_rows_of_that_partner(table, world):
    plan = table("trust_manager", EVERY_KIND)
    plan.cell(world.row, "activity").click()
    expect(plan.box).to_have_count(0)
    plan.cell(world.trust_row, "activity").click()
    expect(plan.box).to_have_count(1)


def test_a_contributor_does_not_change_who_leads(table, world):
    plan = table("manager", EVERY_KIND)
    plan.cell(world.shared_row, "lead_organisation").click()
    plan.say("Who leads a row and who contributes is changed by")
    expect(plan.box).to_have_count(0)
    plan.cell(world.shared_row, "activity").click()
    expect(plan.box).to_have_count(1)


# What is refused, and what is shown as words


@pytest.mark.parametrize(
    ("words", "why"),
    [("", "Activity is empty."), ("x" * 5001, "Activity has 5,001 characters.")],
    ids=["empty", "too long"],
)
def test_what_cannot_be_saved_is_said_and_kept(table, world, words, why):
    plan = table("manager")
    plan.edit(world.row, "activity")
    plan.press("Control+A", "Delete")
    plan.type(words)
    plan.press("Control+Enter")
    expect(plan.note).to_contain_text(why)
    plan.say(why)
    expect(plan.cell(world.row, "activity")).to_have_text("Map leadership courses")
    plan.note.get_by_role("button", name="Change it and save again").click()
    expect(plan.box.get_by_role("textbox")).to_have_value(words)
    plan.press("Control+A")
    plan.type("Short enough")
    plan.press("Control+Enter")
    plan.all_saved()
    assert stored(world.row, "activity") == "Short enough"


def test_refused_words_are_still_offered_after_the_page_was_closed(table, world):
    plan = table("manager")
    plan.write(world.row, "activity", "y" * 5001)
    expect(plan.note).to_be_visible()
    plan.reload()
    expect(plan.page.locator("#plan-drafts")).to_contain_text("y" * 5001)


def test_a_refused_choice_shows_again_what_is_stored(table, world):
    """Here the right was taken away a moment ago: the cell goes by the plan again, and can be read only."""
    plan = table("manager")
    only_reads(world, "manager")
    plan.edit(world.row, "status")
    plan.box.get_by_role("combobox").select_option(label="At risk")
    plan.press("Control+Enter")
    expect(plan.note).to_contain_text("You may no longer change this.")
    expect(plan.cell(world.row, "status")).to_contain_text("Not reported")
    expect(plan.cell(world.row, "status")).to_have_attribute("data-v", "")
    plan.note.get_by_role("button", name="Let it go").click()
    expect(plan.row(world.row)).not_to_have_attribute("data-edit", "")
    plan.focus(world.row, "status")
    plan.press("Enter")
    expect(plan.box).to_have_count(0)


def test_a_refusal_while_the_table_is_asking_what_is_new_is_not_forgotten(table, world):
    plan, asked = table("manager"), []
    plan.page.route("**/live/**", lambda route: asked.append(route), times=1)
    plan.edit(world.row, "status")
    only_reads(world, "manager")
    while not asked:
        plan.page.wait_for_timeout(50)
    plan.box.get_by_role("combobox").select_option(label="At risk")
    plan.press("Control+Enter")
    expect(plan.note).to_contain_text("You may no longer change this.")
    asked[0].continue_()
    expect(plan.row(world.row)).not_to_have_attribute("data-edit", "", timeout=2 * SOON)


NASTY = """<script>window.hit = 1</script><img src=x onerror="window.hit = 1">&lt;b&gt; '"` {{ 1 }} \u200fשלום"""


@pytest.mark.parametrize("column", ["ref", "activity", "expected_outcome", "timescale_text", "resource_requirement"])
def test_what_looks_like_a_program_is_shown_as_words(table, world, column):
    words = NASTY[:29] if column == "ref" else NASTY
    plan = table("coordinator")
    plan.write(world.row, column, f"{words}\u202e\x07")
    plan.all_saved()
    expect(plan.cell(world.row, column)).to_contain_text(words)
    plan.edit(world.row, column)
    expect(plan.box.locator("textarea")).to_have_value(words)
    plan.press("Escape")
    plan.reload()
    expect(plan.cell(world.row, column)).to_contain_text(words)
    assert stored(world.row, column) == words
    assert plan.page.evaluate("window.hit") is None


def test_names_that_look_like_programs_are_words_in_every_picker_and_panel(table, world):
    partners.add_partner(
        partnership=world.partnership, name=NASTY, sector=Sector.LOCAL_AUTHORITY, known_as=NASTY[:60], by=None
    )
    strategies.add_aim(strategy=world.strategy, text=NASTY, by=world.coordinator)
    plan = table("coordinator", EVERY_KIND)
    for column in ("aim", "lead_organisation", "contributors"):
        plan.edit(world.row, column)
        expect(plan.box).to_contain_text(NASTY[:20])
        plan.press("Escape")
    plan.write(world.row, "leads", NASTY[:100])
    plan.all_saved()
    expect(plan.cell(world.row, "leads")).to_contain_text(NASTY[:100])
    plan.edit(world.row, "activity", NASTY)
    by_another(world, world.row, "activity", NASTY.upper())
    plan.press("Control+Enter")
    expect(plan.note).to_contain_text(NASTY)
    plan.focus(world.trust_row, "activity")
    plan.paste(f"{NASTY}\tB")
    expect(plan.page.get_by_role("dialog")).to_contain_text(NASTY[:20])
    assert plan.page.evaluate("window.hit") is None


# Blocks from elsewhere


def pasted(plan):
    return plan.page.get_by_role("dialog", name="What the pasted block would change")


def test_a_block_from_excel_is_looked_at_first_and_then_applied(table, world):
    plan = table("coordinator")
    plan.focus(world.row, "activity")
    plan.paste(*((CLIPBOARD / f"excel.{kind}").read_text(encoding="utf-8") for kind in ("tsv", "html")))
    expect(pasted(plan)).to_contain_text('in every partner & share the "map"')
    assert stored(world.row, "activity") == "Map leadership courses"
    plan.follow(pasted(plan).get_by_role("button", name=re.compile("^Change")))
    expect(plan.cell(world.row, "priority")).to_have_text("High")
    assert stored(world.row, "activity").startswith("Map leadership courses\nin every partner")


def test_a_block_that_is_closed_changes_nothing_and_the_cell_has_the_focus_again(table, world):
    plan = table("manager")
    plan.focus(world.row, "activity")
    plan.paste("Map every course\tFewer vacancies")
    expect(pasted(plan)).to_contain_text("Fewer vacancies")
    plan.press("Escape")
    expect(pasted(plan)).to_have_count(0)
    expect(plan.cell(world.row, "activity")).to_be_focused()
    assert stored(world.row, "activity") == "Map leadership courses"


def test_words_pasted_on_a_cell_open_it_with_them(table, world):
    plan = table("manager")
    plan.focus(world.row, "activity")
    plan.paste("Map every course")
    expect(plan.box.get_by_role("textbox")).to_have_value("Map every course")
    plan.paste("words\nof two lines")
    expect(pasted(plan)).to_have_count(0)


# Whole rows


def order(plan):
    return plan.page.locator("tbody tr[id^=row-]").evaluate_all("rows => rows.map((row) => Number(row.id.slice(4)))")


def test_rows_are_chosen_with_space_and_changed_together(table, world):
    plan = table("coordinator")
    plan.focus(world.row, "activity")
    plan.press("Space")
    plan.say("row 1 chosen.")
    plan.press("ArrowDown", "Space")
    plan.page.get_by_role("button", name="Change 2 rows").click()
    expect(plan.page.get_by_role("heading", name="Change many rows")).to_be_visible()
    expect(plan.page.get_by_role("checkbox", name="Map leadership courses")).to_be_checked()


def test_a_row_is_moved_with_the_keyboard(table, world):
    plan = table("coordinator")
    plan.focus(world.row, "activity")
    plan.press("Alt+ArrowDown")
    plan.say("Moved row 1 below row 2.")
    expect(plan.cell(world.row, "activity")).to_be_focused()
    assert order(plan) == [world.trust_row.pk, world.row.pk, world.shared_row.pk]
    plan.press("Alt+ArrowUp")
    plan.say("Moved row 1 above row 2.")
    plan.press("Alt+ArrowUp")
    plan.say("It is already the first of its group.")
    assert list(world.strategy.actions.in_plan()) == [world.row, world.trust_row, world.shared_row]


def test_a_row_is_dragged_at_its_reference(table, world):
    plan = table("coordinator", viewport={"width": 1280, "height": 1200})
    start, end = (plan.cell(row, "ref").bounding_box() for row in (world.row, world.shared_row))
    mouse = plan.page.mouse
    mouse.move(start["x"] + 4, start["y"] + 4)
    mouse.down()
    mouse.move(end["x"] + 4, end["y"] + end["height"] - 4, steps=8)
    mouse.up()
    plan.say("Moved row 1 below row 3.")
    assert order(plan) == [world.trust_row.pk, world.shared_row.pk, world.row.pk]
    assert list(world.strategy.actions.in_plan()) == [world.trust_row, world.shared_row, world.row]


@pytest.mark.parametrize(
    ("who", "query", "why"),
    [
        ("manager", "", "The order of rows is changed by the coordinator"),
        ("coordinator", "?sort=status", "Show the plan in its own order"),
    ],
)
def test_where_rows_cannot_be_moved_that_is_said(table, world, who, query, why):
    plan = table(who, query)
    plan.focus(world.row, "activity")
    plan.press("Alt+ArrowDown")
    plan.say(why)


def test_a_row_is_added_below(table, world):
    plan = table("coordinator")
    plan.focus(world.row, "activity")
    plan.press("Alt+Enter")
    expect(plan.page.get_by_label("New row below row 1: Activity")).to_be_focused()
    plan.type("Ask the carers")
    plan.press("Enter")
    plan.say("Row 4 added.")
    assert [row.activity for row in world.strategy.actions.in_plan()][1] == "Ask the carers"
    new = list(world.strategy.actions.in_plan())[1]
    expect(plan.cell(new, "activity")).to_be_focused()
    plan.write(new, "expected_outcome", "We know")
    plan.all_saved()
    plan.press("Alt+Enter", "Escape")
    expect(plan.cell(new, "expected_outcome")).to_be_focused()
    assert world.strategy.actions.count() == 4


def test_a_row_that_was_moved_goes_back_with_undo(table, world):
    plan = table("coordinator")
    plan.focus(world.row, "activity")
    plan.press("Alt+ArrowDown", "Alt+ArrowDown")
    plan.say("Moved row 1 below row 3.")
    plan.press("Control+z")
    plan.say("Moved row 1 below row 2.")
    plan.press("Control+z")
    plan.say("Moved row 1 above row 2.")
    plan.press("Control+z")
    plan.say("There is nothing to undo.")
    assert order(plan) == [world.row.pk, world.trust_row.pk, world.shared_row.pk]
    assert list(world.strategy.actions.in_plan()) == [world.row, world.trust_row, world.shared_row]


def test_a_row_is_moved_with_what_stands_below_it(table, world):
    plan = table("coordinator")
    for row in (world.row, world.trust_row):
        plan.write(row, "activity", "y" * 5001)
        expect(plan.page.locator(f".plan-note[data-of='{row.pk}:activity']")).to_be_visible()
    plan.focus(world.row, "activity")
    plan.press("Alt+ArrowDown")
    plan.say("Moved row 1 below row 2.")
    one, two, three = world.row.pk, world.trust_row.pk, world.shared_row.pk
    lines = plan.page.locator("tbody tr:is([id], [data-of])").evaluate_all(
        "all => all.map((tr) => tr.id || tr.dataset.of)"
    )
    assert lines == [f"row-{two}", f"{two}:activity", f"row-{one}", f"{one}:activity", f"row-{three}"]


# Screen readers, small screens, no scripts


def test_the_table_is_a_grid_to_screen_readers(table, world):
    plan = table("manager")
    expect(plan.page.locator(".plan-table")).to_match_aria_snapshot("""
      - grid "3 rows":
        - rowgroup:
          - row:
            - columnheader "Ref"
            - columnheader "Activity"
        - rowgroup:
          - row
          - row:
            - rowheader "Choose row 1 1"
            - gridcell "Map leadership courses"
    """)
    plan.edit(world.row, "activity")
    expect(plan.box.get_by_role("textbox", name="Activity, row 1", exact=True)).to_be_focused()
    for column, role in [("status", "combobox"), ("timescale_text", "textbox"), ("priority", "combobox")]:
        plan.edit(world.row, column)
        label = plan.page.locator(f"thead [data-c={column}]").inner_text()
        expect(plan.box.get_by_role(role, name=f"{label}, row 1", exact=True)).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("query", "columns"), [USUAL, OTHERS], ids=["usual", "others"])
def test_no_width_makes_the_page_scroll_sideways(table, world, query, columns, width):
    plan = table("coordinator", query, viewport={"width": width, "height": 700})
    for column in columns.split(","):
        plan.edit(world.row, column)
        assert plan.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), column
        plan.press("Escape")


def test_a_card_is_edited_on_a_phone(table, world):
    """With buttons in place of keys: Enter is a new line there."""
    plan = table("manager", viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    plan.cell(world.row, "expected_outcome").tap()
    plan.type("Fewer vacancies")
    plan.press("Enter")
    plan.type("and happier staff")
    plan.box.get_by_role("button", name="Save").tap()
    plan.all_saved()
    expect(plan.box).to_have_count(0)
    assert stored(world.row, "expected_outcome") == "Fewer vacancies\nand happier staff"
    assert plan.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_forms_do_the_same_and_nothing_of_the_editor_shows(live_server, world, new_context):
    context = new_context(java_script_enabled=False)
    context.add_cookies([session_cookie(live_server.url, world.manager)])
    page = context.new_page()
    page.goto(live_server.url + PLAN)
    expect(page.get_by_role("table")).to_be_visible()
    for hidden in ("#plan-status", "#plan-help", "#plan-drafts", "#plan-news", "#plan-keys", "#plan-people-here"):
        expect(page.locator(hidden)).to_be_hidden()
    page.get_by_role("row").filter(has_text="Map leadership").get_by_role("link").click()
    page.get_by_role("button", name="Edit", exact=True).click()
    page.get_by_label("Expected outcome").fill("Fewer vacancies")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert stored(world.row, "expected_outcome") == "Fewer vacancies"
    page.goto(live_server.url + PLAN)
    page.get_by_role("checkbox", name="Choose row 1").check()
    page.get_by_role("button", name="Change several rows").click()
    expect(page.get_by_role("checkbox", name="Map leadership courses")).to_be_checked()
    context.close()
