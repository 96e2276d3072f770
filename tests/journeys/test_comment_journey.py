"""Naming somebody in a comment: by keyboard with suggestions, and without any script."""

import pytest
from playwright.sync_api import expect

from partners.models import Notice


@pytest.fixture
def row_page(at, world):
    return at("observer", f"/p/marlbrook/actions/{world.row.pk}/")


def told():
    return sorted(Notice.objects.values_list("to__name", "kind"))


def test_a_name_is_offered_and_taken_with_the_keyboard_alone(row_page):
    box = row_page.get_by_label("Comment", exact=True)
    box.focus()
    row_page.keyboard.type("Dear @tru")
    names = row_page.get_by_role("listbox", name="People whom you could name")
    expect(names.get_by_role("option")).to_have_text(["Trust Workforce Manager"])
    expect(row_page.get_by_text("1 person fits.")).to_be_attached()
    assert box.get_attribute("aria-activedescendant") == names.get_by_role("option").get_attribute("id")
    row_page.keyboard.press("Enter")
    expect(box).to_have_value("Dear @Trust Workforce Manager ")
    expect(names).to_be_hidden()
    row_page.keyboard.type("\n@w")
    row_page.keyboard.press("ArrowDown")
    row_page.keyboard.press("Escape")
    expect(names).to_be_hidden()
    row_page.keyboard.press("Enter")  # With nothing offered it is a new line, as anywhere.
    expect(box).to_have_value("Dear @Trust Workforce Manager \n@w\n")
    row_page.get_by_role("button", name="Add comment").click()
    expect(row_page.locator(".mention")).to_have_text("@Trust Workforce Manager")
    assert told() == [("Trust Workforce Manager", "mentioned"), ("Workforce Manager", "commented")]


def test_without_scripts_people_are_ticked(site, world, browser, at):
    page = browser.new_context(java_script_enabled=False).new_page()
    page = at("observer", f"/p/marlbrook/actions/{world.row.pk}/", page=page)
    page.get_by_label("Comment", exact=True).fill("See this")
    page.get_by_text("Tell these people").click()
    page.get_by_label("Trust Workforce Manager").check()
    page.get_by_role("button", name="Add comment").click()
    expect(page.get_by_text("Told: Trust Workforce Manager; Workforce Manager").first).to_be_visible()
    assert told() == [("Trust Workforce Manager", "mentioned"), ("Workforce Manager", "commented")]
    page.context.close()


def test_a_notice_is_read_and_put_away(row_page, at, world, browser):
    row_page.get_by_label("Comment", exact=True).fill("@Data Steward, see this")
    row_page.get_by_role("button", name="Add comment").click()
    page = at("steward", "/p/marlbrook/", page=browser.new_context().new_page())
    page.get_by_role("link", name="Observer named you in a comment").click()
    expect(page.locator(".comments__item:target")).to_contain_text("see this")
    page.goto(page.url.split("actions/")[0])
    page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_text("1 notice for you")).to_have_count(0)
    page.context.close()
