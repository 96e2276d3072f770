"""What is typed outlives whatever happens to the session, the network, the server, the row and the browser."""

import random
import re
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, expect

from actions import services
from actions.models import Action, HeldEdit
from partners.models import Change
from strategies import services as strategies
from tests.journeys.conftest import give_password, session_cookie, sign_in
from tests.journeys.table import PLAN, RETRIED, SOON, Table, activities, stored
from tests.journeys.test_table import by_another, only_reads, pasted
from tests.world import add_row

WORDS = "Train mentors in every home"
SAVES, LIVE, ADDS, SETTLES = "**/cells/", "**/live/**", "**/add-below/", "**/settle/"
NO_STORAGE = "Storage.prototype.setItem = () => {};"


@pytest.fixture
def plan(table, world):
    """The plan as the manager has it open; she and the director know their passwords."""
    give_password(world.manager)
    give_password(world.lead)
    return table("manager")


@pytest.fixture
def typed(plan, world):
    plan.edit(world.row, "activity", WORDS)
    return plan


def expect_kept(plan, world, why):
    """The words stand in the cell, not in the plan, and the page says so."""
    expect(plan.status).to_contain_text("1 cell is not saved yet.")
    expect(plan.status).to_contain_text(why)
    plan.say(why)
    expect(plan.cell(world.row, "activity")).to_have_text(WORDS)
    assert stored(world.row, "activity") == "Map leadership courses"


def expect_saved_once(plan, world):
    plan.all_saved(RETRIED)
    assert stored(world.row, "activity") == WORDS
    assert Change.objects.filter(subject="action", subject_id=world.row.pk, field="activity", after=WORDS).count() == 1
    assert not HeldEdit.objects.exists()


def offered(plan):
    return plan.page.locator("#plan-drafts")


# Sessions


def test_a_session_that_ended_while_typing(typed, world):
    Session.objects.all().delete()
    typed.press("Control+Enter")
    expect_kept(typed, world, "You have been signed out.")
    with typed.page.expect_popup() as opening:
        typed.status.get_by_role("link", name="Sign in (opens a new tab)").click()
    sign_in(opening.value, "manager")
    expect_saved_once(typed, world)


def test_signed_out_in_another_tab(typed, world):
    other = typed.page.context.new_page()
    other.goto(typed.address)
    other.get_by_role("button", name="Sign out").click()
    typed.page.bring_to_front()
    typed.press("Control+Enter")
    expect_kept(typed, world, "You have been signed out.")
    other.goto(typed.address)
    sign_in(other, "manager")
    expect_saved_once(typed, world)


def test_nothing_is_saved_in_the_name_of_somebody_else_in_the_same_browser(typed, world):
    typed.page.context.clear_cookies()
    typed.press("Control+Enter")
    expect_kept(typed, world, "You have been signed out.")
    other = typed.page.context.new_page()
    other.goto(typed.address)
    sign_in(other, "lead")
    expect(typed.status).to_contain_text("Somebody else is signed in in this browser.", timeout=RETRIED)
    other.goto(typed.address)
    other.wait_for_selector("html[data-plan-ready]")
    expect(other.get_by_text(WORDS)).to_have_count(0)
    assert stored(world.row, "activity") == "Map leadership courses"
    assert not Change.objects.filter(subject="action", by=world.lead).exists()
    typed.page.close()  # She has gone home; the next morning she is back.
    other.get_by_role("button", name="Sign out").click()
    other.goto(typed.address)
    sign_in(other, "manager")
    expect(other.locator("#plan-status")).to_have_text("All changes saved", timeout=SOON)
    assert Change.objects.get(subject="action", field="activity", after=WORDS).by == world.manager


def test_a_block_can_be_pasted_after_signing_in_again(plan, world):
    context = plan.page.context
    context.clear_cookies()
    context.add_cookies([session_cookie(plan.address.partition("/p/")[0], world.manager)])
    plan.focus(world.row, "activity")
    plan.paste("Map every course\tFewer vacancies")
    expect(plan.page.get_by_role("dialog")).to_contain_text("Fewer vacancies")


def test_a_block_that_was_looked_at_waits_until_its_author_is_signed_in_again(plan, world):
    context = plan.page.context
    plan.focus(world.row, "activity")
    plan.paste(f"{WORDS}\tFewer vacancies")
    apply = pasted(plan).get_by_role("button", name=re.compile("^Change"))
    expect(apply).to_be_visible()
    context.clear_cookies()
    apply.click()
    expect(pasted(plan).get_by_role("alert")).to_contain_text("You have been signed out, so nothing was changed.")
    assert stored(world.row, "activity") == "Map leadership courses"
    context.add_cookies([session_cookie(plan.address.partition("/p/")[0], world.manager)])
    plan.follow(apply)
    expect(plan.cell(world.row, "activity")).to_have_text(WORDS)


# The network and the server


def test_no_network_for_a_while(typed, world):
    typed.page.context.set_offline(True)
    typed.press("Control+Enter")
    expect_kept(typed, world, "No connection.")
    typed.page.context.set_offline(False)
    expect_saved_once(typed, world)


def test_a_cell_written_twice_without_network_holds_the_later_words(plan, world):
    plan.page.context.set_offline(True)
    plan.write(world.row, "activity", "The first try")
    plan.write(world.row, "activity", WORDS)
    expect(plan.cell(world.row, "activity")).to_have_text(WORDS)
    plan.page.context.set_offline(False)
    expect_saved_once(plan, world)


def test_a_server_that_fails_for_a_while(typed, world):
    typed.page.route(SAVES, lambda route: route.fulfill(status=500, body="<h1>Oh dear</h1>"))
    typed.press("Control+Enter")
    expect_kept(typed, world, "The planner does not answer.")
    typed.page.unroute(SAVES)
    expect_saved_once(typed, world)


@pytest.mark.slow
def test_a_server_that_is_killed_while_somebody_types_and_started_again(real_server, world, new_context):
    context = new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([session_cookie(real_server.url, world.manager)])
    plan = Table(context.new_page(), f"{real_server.url}{PLAN}").open()
    plan.edit(world.row, "activity", "Train mentors")
    real_server.kill()
    plan.type(" in every home")
    plan.press("Control+Enter")
    expect_kept(plan, world, "No connection.")
    plan.add_below(world.row, "Ask the carers")
    plan.press("Enter")
    real_server.start()
    expect_saved_once(plan, world)
    assert activities(world)[1] == "Ask the carers"
    assert plan.faults == []


def test_a_server_that_never_answers(plan, world):
    plan.page.clock.install()
    plan.reload()
    plan.page.route(SAVES, lambda route: None)
    plan.write(world.row, "activity", WORDS)
    plan.page.clock.fast_forward(31_000)
    expect(plan.status).to_contain_text("1 cell is not saved yet.")
    plan.page.unroute(SAVES)
    plan.page.clock.fast_forward(15_000)
    expect_saved_once(plan, world)


def test_an_answer_lost_after_the_save_is_no_second_save_and_no_conflict(typed, world):
    typed.page.route(SAVES, lambda route: (route.fetch(), route.abort()), times=1)
    typed.press("Control+Enter")
    expect_saved_once(typed, world)
    expect(typed.note).to_have_count(0)
    typed.press("Control+z")
    expect(typed.cell(world.row, "activity")).to_have_text("Map leadership courses")
    typed.all_saved()


def test_a_stranger_in_between_does_not_stop_the_table_from_asking(plan, world):
    """Such as the page of a hotel's network, which answers everything with itself."""
    plan.page.route(LIVE, lambda route: route.fulfill(body="<h1>Welcome to our hotel</h1>"))
    expect(plan.status).to_contain_text("The planner does not answer.", timeout=SOON)
    plan.page.unroute(LIVE)
    by_another(world, world.row, "activity", WORDS)
    expect(plan.cell(world.row, "activity")).to_have_text(WORDS, timeout=2 * SOON)
    plan.all_saved()


def test_a_row_removed_while_the_network_was_gone(typed, world):
    typed.page.context.set_offline(True)
    typed.press("Control+Enter")
    services.remove_action(action=world.row, by=world.coordinator)
    typed.page.context.set_offline(False)
    expect(typed.note.get_by_role("heading", name="Row 1 was removed from the plan")).to_be_visible(timeout=RETRIED)
    assert HeldEdit.objects.get().mine == WORDS


# The browser


def test_a_page_reloaded_while_typing_offers_the_words(typed, world):
    typed.reload()
    expect(offered(typed)).to_contain_text("You were typing when this page was closed.")
    expect(offered(typed)).to_contain_text(f"Activity, row 1: {WORDS}")
    offered(typed).get_by_role("button", name="Bring it back").click()
    expect(offered(typed)).to_be_hidden()
    expect(typed.box.get_by_role("textbox")).to_have_value(WORDS)
    typed.press("Control+Enter")
    expect_saved_once(typed, world)
    typed.reload()
    expect(offered(typed)).to_be_hidden()


def test_words_that_are_let_go_are_not_offered_again(typed):
    typed.reload()
    offered(typed).get_by_role("button", name="Let it go").click()
    expect(offered(typed)).to_be_hidden()
    typed.reload()
    expect(offered(typed)).to_be_hidden()


def test_words_brought_back_meet_what_others_wrote_meanwhile(typed, world):
    typed.page.close()
    by_another(world, world.row, "activity", "Count every vacancy first")
    typed.page = typed.page.context.new_page()
    typed.open()
    offered(typed).get_by_role("button", name="Bring it back").click()
    typed.press("Control+Enter")
    expect(typed.note.get_by_role("heading", name="Activity was changed while you were typing.")).to_be_visible()
    assert stored(world.row, "activity") == "Count every vacancy first"


def test_what_is_typed_in_one_tab_is_not_dropped_by_another(typed, world):
    """The draft of the one is still there when the other, in the same cell, has saved."""
    other = Table(typed.page.context.new_page(), typed.address).open()
    expect(offered(other)).to_be_hidden()
    other.write(world.row, "activity", "Of the other tab")
    other.all_saved()
    typed.page.close()
    other.reload()
    expect(offered(other)).to_contain_text(WORDS)


def test_a_save_left_behind_by_a_closed_page_is_sent_by_the_next(typed, world):
    typed.page.context.set_offline(True)
    typed.press("Control+Enter")
    expect(typed.status).to_contain_text("No connection.")
    typed.page.close()
    typed.page.context.set_offline(False)
    typed.page = typed.page.context.new_page()
    typed.open()
    expect_saved_once(typed, world)


def test_a_browser_that_keeps_nothing_says_so_and_still_saves(table, world):
    plan = table("manager")
    plan.page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); };")
    plan.reload()
    plan.edit(world.row, "activity", WORDS)
    expect(plan.status).to_have_text("This browser keeps no drafts here: stay on this page until everything is saved.")
    plan.press("Control+Enter")
    expect_saved_once(plan, world)


# A new row

AFTERWARDS = ["Map leadership courses", WORDS, "Pool our assessors", "Run joint recruitment fairs"]


def test_a_new_row_that_was_begun_is_offered_after_a_reload(plan, world):
    plan.add_below(world.row, WORDS)
    plan.reload()
    expect(offered(plan)).to_contain_text(f"New row below row 1: {WORDS}")
    offered(plan).get_by_role("button", name="Bring it back").click()
    expect(offered(plan)).to_be_hidden()
    expect(plan.new_row).to_have_value(WORDS)
    plan.press("Enter")
    plan.say("Row 4 added.")
    assert activities(world) == AFTERWARDS
    plan.reload()
    expect(offered(plan)).to_be_hidden()


def test_a_new_row_that_was_left_comes_back_with_undo(plan, world):
    plan.add_below(world.row, WORDS)
    plan.press("Escape")
    plan.say("Ctrl+Z brings back what you typed")
    plan.press("Control+z")
    expect(plan.new_row).to_have_value(WORDS)


def test_a_new_row_waits_for_the_network(plan, world):
    plan.page.context.set_offline(True)
    plan.add_below(world.row, WORDS)
    plan.press("Enter")
    expect(plan.status).to_contain_text("1 cell is not saved yet. No connection.")
    expect(plan.new_row).to_have_value(WORDS)
    plan.page.context.set_offline(False)
    plan.say("Row 4 added.")
    plan.all_saved(RETRIED)
    assert activities(world) == AFTERWARDS


def test_a_new_row_sent_while_signed_out_is_added_by_the_next_page(plan, world):
    context = plan.page.context
    context.clear_cookies()
    plan.add_below(world.row, WORDS)
    plan.press("Enter")
    expect(plan.status).to_contain_text("You have been signed out.")
    plan.page.close()
    context.add_cookies([session_cookie(plan.address.partition("/p/")[0], world.manager)])
    plan.page = context.new_page()
    plan.open()
    expect(plan.page.locator("tbody tr[id^=row-]").nth(1)).to_contain_text(WORDS)
    expect(offered(plan)).to_be_hidden()
    plan.all_saved(RETRIED)
    assert activities(world) == AFTERWARDS


def test_a_new_row_is_not_added_in_the_name_of_somebody_else(plan, world):
    plan.page.context.clear_cookies()
    plan.add_below(world.row, WORDS)
    plan.press("Enter")
    expect(plan.status).to_contain_text("You have been signed out.")
    other = plan.page.context.new_page()
    other.goto(plan.address)
    sign_in(other, "lead")
    expect(plan.status).to_contain_text("Somebody else is signed in in this browser.", timeout=RETRIED)
    other.goto(plan.address)
    other.wait_for_selector("html[data-plan-ready]")
    expect(other.get_by_text(WORDS)).to_have_count(0)
    assert world.strategy.actions.count() == 3


def test_a_new_row_whose_answer_was_lost_takes_the_words_typed_since(plan, world):
    plan.page.route(ADDS, lose_answer)
    plan.add_below(world.row, "Train mentors")
    plan.press("Enter")
    expect(plan.status).to_contain_text("No connection.")
    plan.press("Control+A")
    plan.type(WORDS)
    plan.page.unroute(ADDS)
    plan.press("Enter")
    plan.say("Row 4 added.")
    plan.all_saved(RETRIED)
    assert activities(world) == AFTERWARDS
    expect(plan.page.locator("tbody tr[id^=row-]").nth(1)).to_contain_text(WORDS)
    expect(plan.page.locator("tbody tr[id^=row-]")).to_have_count(4)


def test_a_new_row_whose_answer_was_lost_and_that_was_removed_meanwhile(plan, world):
    plan.page.route(ADDS, lose_answer)
    plan.add_below(world.row, WORDS)
    plan.press("Enter")
    expect(plan.status).to_contain_text("No connection.")
    services.remove_action(action=world.strategy.actions.get(activity=WORDS), by=world.coordinator)
    plan.page.unroute(ADDS)
    plan.say("has been removed from the plan since")
    expect(plan.note).to_contain_text("Your words are kept: add them as another row, or leave them.")
    expect(plan.new_row).to_have_value(WORDS)
    plan.new_row.press("Enter")
    plan.say("Row 5 added.")
    assert activities(world) == AFTERWARDS


def test_a_new_row_that_is_refused_says_why_and_keeps_the_words(plan, world):
    plan.add_below(world.row, WORDS)
    only_reads(world, "manager")
    plan.press("Enter")
    plan.say("You may no longer change this.")
    expect(plan.note).to_contain_text("You may no longer change this.")
    expect(plan.new_row).to_have_value(WORDS)


# Two texts made one


@pytest.fixture
def together(plan, world):
    """The manager has begun to write one text of two."""
    plan.edit(world.row, "activity", "Train mentors")
    by_another(world, world.row, "activity", "Count every vacancy")
    plan.press("Control+Enter")
    plan.note.get_by_text("Edit together").click()
    both(plan).fill(WORDS)
    return plan


def both(plan):
    return plan.note.get_by_label("Both texts, to make one of them")


def save_together(plan):
    plan.note.get_by_role("button", name="Save this text").click()


def test_a_text_of_both_is_offered_after_a_reload(together, world):
    together.reload()
    expect(offered(together)).to_contain_text(f"Activity, row 1: both texts together: {WORDS}")
    offered(together).get_by_role("button", name="Bring it back").click()
    expect(both(together)).to_have_value(WORDS)
    save_together(together)
    together.say("Done. Both texts are in the history.")
    assert stored(world.row, "activity") == WORDS
    assert HeldEdit.objects.get().settled_as == "together"
    together.reload()
    expect(offered(together)).to_be_hidden()


def test_a_text_of_both_waits_for_the_server(together, world):
    together.page.route(SETTLES, lambda route: route.fulfill(status=500))
    save_together(together)
    expect(together.status).to_contain_text("1 cell is not saved yet. The planner does not answer.")
    expect(both(together)).to_have_value(WORDS)
    together.page.unroute(SETTLES)
    together.say("Done. Both texts are in the history.")
    together.all_saved(RETRIED)
    assert stored(world.row, "activity") == WORDS


def test_a_text_of_both_sent_before_the_page_closed_is_saved_by_the_next(together, world):
    together.page.context.set_offline(True)
    save_together(together)
    expect(together.status).to_contain_text("No connection.")
    together.page.close()
    together.page.context.set_offline(False)
    together.page = together.page.context.new_page()
    together.open()
    expect(together.cell(world.row, "activity")).to_have_text(WORDS, timeout=SOON)
    together.all_saved(RETRIED)
    expect(offered(together)).to_be_hidden()


def test_a_text_of_both_outlives_a_second_conflict_in_its_cell(together, world):
    together.edit(world.row, "activity", "Train nobody")
    by_another(world, world.row, "activity", "Count every course")
    together.press("Control+Enter")
    expect(together.note).to_contain_text("Count every course")
    expect(both(together)).to_have_value(WORDS)
    save_together(together)
    together.say("Done. Both texts are in the history.")
    assert stored(world.row, "activity") == WORDS


# Two plans in one browser


@pytest.fixture
def other_plan(world):
    """The address of a second plan, with a row."""
    strategy = strategies.start_strategy(
        partnership=world.partnership, title="Next", slug="next", period_start=world.strategy.period_start,
        period_end=world.strategy.period_end, by=world.coordinator,
    )  # fmt: skip
    theme = strategies.add_theme(strategy=strategy, text="Working together", by=world.coordinator)
    services.add_action(strategy=strategy, cells={"theme": theme.pk, "activity": "Another row"}, by=world.coordinator)
    return "/plan/next/"


@pytest.mark.parametrize("how", ["refused", "typed", "new row"])
def test_words_of_one_plan_are_not_offered_on_another(plan, world, other_plan, how):
    words = "y" * 5001 if how == "refused" else WORDS
    if how == "new row":
        plan.add_below(world.row, words)
    else:
        plan.edit(world.row, "activity", words)
    if how == "refused":
        plan.press("Control+Enter")
        expect(plan.note).to_contain_text("5,001 characters")
    here, plan.address = plan.address, plan.address.replace("/plan/joint-strategy/", other_plan)
    plan.open()
    expect(plan.page.locator("tbody")).to_contain_text("Another row")
    plan.all_saved()
    expect(offered(plan)).to_be_hidden()
    plan.address = here
    plan.open()
    expect(offered(plan)).to_contain_text(words)


# A hundred saves on a bad day

FAULTS = {
    "none": 16,
    "cookie gone": 9,
    "session ended": 9,
    "offline": 15,
    "request lost": 12,
    "answer lost": 12,
    "server fails": 6,
    "somebody else": 10,
    "reloaded while typing": 4,
    "left while typing": 3,
    "reloaded at once": 4,
}
COLUMNS = ("activity", "expected_outcome", "resource_requirement")
TREES = ("rowan", "élan", "Ångström", "дуб", "林", "🌳")
FINISHES = ("Control+Enter", "Enter", "Tab", "Shift+Tab")


class BadDay:
    """Saves in several tabs and browsers, each with something going wrong, and an account of every word typed."""

    def __init__(self, world, tabs, seed):
        self.world, self.tabs, self.random = world, tabs, random.Random(seed)
        self.rows = [add_row(world, ref=f"d{n}", activity=f"Row {n} of the day") for n in range(8)]
        self.typed, self.broken = {}, {}
        self.done = 0

    def live_through(self, faults):
        self.random.shuffle(faults)
        for _, tab in self.tabs:
            self.come_back(tab)
        for fault in faults:
            self.save(fault)
        self.heal_all()

    def save(self, fault):
        who, tab = self.random.choice(self.tabs)
        if fault.startswith(("reloaded", "left")) or self.random.random() < 0.4:
            self.heal(tab)
        row, column = self.random.choice(self.rows), self.random.choice(COLUMNS)
        words = self.words()
        half = len(words) // 2
        tab.edit(row, column, words[:half], on_top=self.random.random() < 0.5)
        self.happen(fault, who, tab, row, column)
        tab.type(words[half:])
        if not fault.endswith("while typing"):
            tab.press(self.random.choice(FINISHES))
        if fault.startswith(("reloaded", "left")):
            self.come_back(tab)
        if fault == "reloaded while typing":
            offered(tab).get_by_role("button", name="Bring it back").last.click()
            tab.press("Control+Enter")

    def words(self):
        """Every word is like no other, so that none can be taken for another that was kept."""
        self.done += 1
        count = self.random.randint(3, 14)
        said = [f"{self.done:03}{self.random.choice(TREES)}{n:02}" for n in range(count)]
        self.typed[self.done] = said
        return " " + " ".join(said)

    def happen(self, fault, who, tab, row, column):
        context = tab.page.context
        if fault == "cookie gone":
            context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
            self.broken[tab] = who
        elif fault == "session ended":
            Session.objects.filter(pk__in=[one["value"] for one in context.cookies()]).delete()
            self.broken[tab] = who
        elif fault == "offline":
            context.set_offline(True)
            self.broken[tab] = who
        elif fault == "request lost":
            tab.page.route(SAVES, lambda route: route.abort(), times=1)
        elif fault == "answer lost":
            tab.page.route(SAVES, lose_answer, times=1)
        elif fault == "server fails":
            tab.page.route(SAVES, lambda route: route.fulfill(status=502), times=1)
        elif fault == "somebody else":
            by_another(self.world, row, column, f"{stored(row, column)} and others {self.done}")

    def heal(self, tab):
        """The network is back, and whoever works in this browser has signed in again."""
        context = tab.page.context
        context.set_offline(False)
        if any(one.page.context is context for one in self.broken):
            self.sign_in(tab)
        self.broken = {one: name for one, name in self.broken.items() if one.page.context is not context}

    def sign_in(self, tab):
        who = next(who for who, one in self.tabs if one is tab)
        context, site = tab.page.context, tab.address.partition("/p/")[0]
        context.clear_cookies()  # Signing in changes the token of forms as well.
        context.add_cookies([session_cookie(site, self.world.people[who])])

    def come_back(self, tab):
        """Load the plan again, as people do: a late answer to the session that ended may have signed them out anew."""
        tab.page.reload()
        if urlsplit(tab.page.url).path != urlsplit(tab.address).path:
            self.sign_in(tab)
            tab.page.goto(tab.address)
        tab.ready()

    def heal_all(self):
        """At the end everybody comes back to the plan, and waits until everything is saved."""
        for _, tab in self.tabs:
            tab.page.unroute_all(behavior="wait")
            self.heal(tab)
            self.come_back(tab)
            tab.all_saved(RETRIED)

    @property
    def lost(self):
        """Words that are in no cell, no held edit, no line of the history and on no page that offers them."""
        rows = Action.objects.values_list(*COLUMNS)
        held = HeldEdit.objects.values_list("mine", flat=True)
        history = Change.objects.values_list("before", "after")
        pages = [offered(tab).text_content() for _, tab in self.tabs]
        kept = repr([list(rows), list(held), list(history), pages])
        return [word for words in self.typed.values() for word in words if word not in kept]

    @property
    def characters(self):
        return sum(len(word) for words in self.typed.values() for word in words)


def lose_answer(route):
    """The server saves, and nobody hears of it."""
    with suppress(Error):
        route.fetch()
    with suppress(Error):
        route.abort()


def bad_day(table, world, seed):
    first, director = table("manager"), table("lead")
    second = Table(first.page.context.new_page(), first.address).open()
    return BadDay(world, [("manager", first), ("manager", second), ("lead", director)], seed)


def test_a_hundred_saves_on_a_bad_day_lose_no_character(table, world, record_property):
    day = bad_day(table, world, seed=20261122)
    day.live_through([fault for fault, times in FAULTS.items() for _ in range(times)])
    record_property("typed", day.characters)
    assert day.done == 100
    assert day.characters > 5_000
    assert day.lost == []


def test_control_a_bad_day_without_the_drafts_and_the_outbox_loses_words(table, world):
    """So the account above would notice: here the browser forgets everything at each reload."""
    day = bad_day(table, world, seed=20261122)
    for _, tab in day.tabs:
        tab.page.add_init_script(NO_STORAGE)
        tab.reload()
    day.live_through(["none", "left while typing", "left while typing"])
    assert day.lost != []
