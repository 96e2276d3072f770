"""Moving a card on the board: by its form with the keyboard alone, without scripts, and by dragging."""

import re

import pytest
from playwright.sync_api import expect

from actions.editing import Edit, save_cells
from actions.models import HeldEdit
from tests.journeys.conftest import session_cookie
from tests.journeys.table import PLAN, stored

BOARD = f"{PLAN}board/"


@pytest.fixture
def board(live_server, world, new_context):
    """`board("manager")`: the board in a browser of that member, who is signed in already."""

    def go(who, query="", **browser):
        context = new_context(**({"viewport": {"width": 1280, "height": 900}} | browser))
        context.add_cookies([session_cookie(live_server.url, world.people[who])])
        page = context.new_page()
        page.goto(f"{live_server.url}{BOARD}{query}")
        return page

    return go


def card(page, row):
    return page.locator(f"#card-{row.pk}")


def lane(page, status):
    return page.locator(f".board__lane[data-status={status}]")


def is_in(page, row, status):
    expect(lane(page, status).locator(f"#card-{row.pk}")).to_be_visible()


def drag(page, row, status):
    """Held at its words, as people take hold of it, and dropped where the lane begins."""
    card(page, row).locator(".card__activity").drag_to(lane(page, status).locator(".board__title"))


def test_with_the_keyboard_alone(board, world):
    page = board("manager")
    page.get_by_label("Move to: row 1").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Move row 1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("“1 Map leadership courses” is now At risk.")).to_be_visible()
    is_in(page, world.row, "amber")
    assert stored(world.row, "status") == "amber"
    assert page.url.endswith(f"#card-{world.row.pk}")


@pytest.mark.parametrize("width", [320, 1280])
def test_without_scripts(board, world, width):
    page = board("manager", "?sort=-ref", java_script_enabled=False, viewport={"width": width, "height": 700})
    card(page, world.row).get_by_role("combobox").select_option("Complete")
    card(page, world.row).get_by_role("button", name="Move").click()
    is_in(page, world.row, "blue")
    assert "sort=-ref" in page.url
    assert stored(world.row, "status") == "blue"


def test_by_dragging(board, world):
    page = board("manager", "?mine=on")
    drag(page, world.row, "green")
    expect(page.get_by_text("“1 Map leadership courses” is now On track.")).to_be_visible()
    is_in(page, world.row, "green")
    assert "mine=on" in page.url
    assert stored(world.row, "status") == "green"


def test_dropped_where_it_was_nothing_happens(board, world):
    page = board("manager")
    drag(page, world.row, "none")
    is_in(page, world.row, "none")
    expect(page.get_by_text("is now")).to_have_count(0)
    assert stored(world.row, "status") == ""


def test_a_card_of_another_organisation_cannot_be_taken_hold_of(board, world):
    page = board("manager")
    expect(card(page, world.row)).to_have_attribute("draggable", "true")
    expect(card(page, world.trust_row)).not_to_have_attribute("draggable", "true")
    drag(page, world.trust_row, "red")
    assert stored(world.trust_row, "status") == ""


def test_dragged_while_somebody_else_was_quicker_theirs_stays_and_mine_waits(board, world):
    page = board("manager")
    save_cells(action=world.row, edits={"status": Edit("", "amber")}, by=world.coordinator)
    drag(page, world.row, "blue")
    expect(page.get_by_text(re.compile("was not moved: Coordinator had set it to At risk"))).to_be_visible()
    is_in(page, world.row, "amber")
    held = HeldEdit.objects.get()
    page.goto(f"{page.url.partition('/plan/')[0]}/held/{held.pk}/")
    page.get_by_role("button", name="Use mine").click()
    expect(page.get_by_text("Done. Both texts are in the history.")).to_be_visible()
    assert stored(world.row, "status") == "blue"
