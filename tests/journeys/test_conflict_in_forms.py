"""Two people in one cell, both without scripts: from the form to the panel to each way of deciding."""

import pytest
from playwright.sync_api import expect

from actions.models import HeldEdit
from tests.journeys.conftest import session_cookie
from tests.journeys.table import stored
from tests.journeys.test_accessibility import findings
from tests.world import add_row

THEIRS, MINE, BOTH = "Map courses of the whole county", "Train mentors in every home", "Map courses and train mentors"


@pytest.fixture
def without_scripts(live_server, world, new_context):
    """`without_scripts("manager", path)`: the page in a browser of that member that runs no script."""

    def go(who, path, width=1280):
        context = new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
        context.add_cookies([session_cookie(live_server.url, world.people[who])])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    return go


def save(page, words):
    page.get_by_role("textbox", name="Activity").fill(words)
    page.get_by_role("button", name="Save changes").click()


@pytest.fixture
def two_texts(without_scripts, world):
    """The trust's manager was quicker; the council's, on a phone, sees both texts on the row's own page."""
    address = f"/p/marlbrook/actions/{world.shared_row.pk}/edit/"
    first, second = without_scripts("trust_manager", address), without_scripts("manager", address, width=320)
    save(first, THEIRS)
    expect(first.get_by_text("Saved.")).to_be_visible()
    save(second, MINE)
    expect(second.get_by_role("heading", name="Activity was changed while you were typing.")).to_be_visible()
    return second


def decided(page, row, activity, how):
    expect(page.get_by_text("Done. Both texts are in the history.")).to_be_visible()
    assert stored(row, "activity") == activity
    assert HeldEdit.objects.get().settled_as == how
    history = page.get_by_role("region", name="History")
    for words in ("county", "mentors"):
        expect(history.get_by_text(words).first).to_be_visible()


def test_the_panel_says_all_of_it(two_texts):
    texts = two_texts.locator(".conflict__text")
    for number, words in enumerate(["Run joint recruitment fairs", "whole county", "Train mentors"]):
        expect(texts.nth(number)).to_contain_text(words)
    expect(texts.nth(1)).to_contain_text("Trust Workforce Manager, Hospital trust, just now")
    expect(two_texts.get_by_text("Whatever you choose, the other text stays in the history.")).to_be_visible()


def test_keep_theirs(two_texts, world):
    two_texts.get_by_role("button", name="Keep theirs").click()
    decided(two_texts, world.shared_row, THEIRS, "theirs")


def test_use_mine(two_texts, world):
    two_texts.get_by_role("button", name="Use mine").click()
    decided(two_texts, world.shared_row, MINE, "mine")


def test_edit_together(two_texts, world):
    box = two_texts.get_by_label("Both texts, to make one of them")
    expect(box).to_be_hidden()
    two_texts.get_by_text("Edit together").click()
    expect(box).to_be_visible()
    box.fill(BOTH)
    two_texts.get_by_role("button", name="Save this text").click()
    decided(two_texts, world.shared_row, BOTH, "together")


def test_it_can_wait_until_later_and_is_found_from_home(two_texts, world):
    home = two_texts.url.partition("/actions/")[0]
    two_texts.goto(f"{home}/")
    two_texts.get_by_role("link", name=f"{THEIRS}: activity").click()
    expect(two_texts.get_by_role("heading", level=1)).to_contain_text("Activity of row 3")
    two_texts.get_by_role("button", name="Use mine").click()
    decided(two_texts, world.shared_row, MINE, "mine")


# --- How the panel lies, on the row's page and in the table ----------------------------------------------------------


def tops(panel):
    """Where the three ways to decide begin, from the top of the window."""
    return [panel.get_by_text(words, exact=True).bounding_box()["y"] for words in CHOICES]


CHOICES = ("Keep theirs", "Use mine", "Edit together")


@pytest.mark.parametrize("width", [768, 1280])
def test_the_three_stand_beside_each_other_and_the_box_opens_below_them(without_scripts, two_texts, width):
    two_texts.set_viewport_size({"width": width, "height": 900})
    panel = two_texts.locator(".conflict")
    before = tops(panel)
    assert max(before) - min(before) <= 1
    panel.get_by_text("Edit together").click()
    assert tops(panel) == before
    box, buttons = panel.get_by_role("textbox").bounding_box(), panel.get_by_text("Keep theirs").bounding_box()
    assert box["y"] > buttons["y"] + buttons["height"] and abs(box["x"] - buttons["x"]) <= 1


def test_the_same_in_the_table_with_scripts(table, world):
    manager, director = table("manager"), table("lead")
    manager.edit(world.row, "activity", MINE)
    director.write(world.row, "activity", THEIRS)
    director.all_saved()
    manager.press("Control+Enter")
    expect(manager.note.get_by_text("Director of Adult Social Care, Council, just now")).to_be_visible()
    for width in (320, 768, 1280):
        manager.page.set_viewport_size({"width": width, "height": 900})
        heights = tops(manager.note)
        assert sorted(heights) == heights and (width == 320 or max(heights) - min(heights) <= 1)
        assert findings(manager.page) == []
    manager.note.get_by_text("Edit together").focus()
    manager.press("Enter")
    expect(manager.note.get_by_label("Both texts, to make one of them")).to_be_visible()


def test_a_row_is_added_below_another(without_scripts, world):
    add_row(world, ref="9", activity="Last of all")
    page = without_scripts("manager", f"/p/marlbrook/actions/{world.row.pk}/")
    page.get_by_role("link", name="Add a row below").click()
    page.get_by_role("textbox", name="Activity").fill("Ask the carers")
    page.get_by_role("button", name="Add to the plan").click()
    expect(page.get_by_text("The row has been added to the plan.")).to_be_visible()
    page.get_by_role("link", name="Plan", exact=True).first.click()
    shown = page.locator("tbody tr[id^=row-] > [data-c=activity]").all_inner_texts()
    assert shown[:2] == ["Map leadership courses", "Ask the carers"]
