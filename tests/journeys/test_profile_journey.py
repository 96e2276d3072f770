"""From a return to a cited figure, in a browser: sent in, reported, released by somebody else, found and cited."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import session_cookie
from tests.journeys.test_workforce_upload import WORKFORCE, heading, sample, send
from workforce.models import Release

PROFILE = f"{WORKFORCE}profile/"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.WORK_DIR = tmp_path / "work"


@pytest.fixture(params=["with scripts", "without"])
def opened(request, site, world, new_context):
    """`opened("steward", path)`: a page of somebody who is signed in."""

    def go(who, path):
        context = new_context(java_script_enabled=request.param == "with scripts")
        context.add_cookies([session_cookie(site, world.people[who])])
        page = context.new_page()
        page.goto(site + path)
        return page

    return go


def test_from_a_return_to_a_cited_figure(opened, tmp_path):
    page = opened("steward", f"{WORKFORCE}send/")
    send(page, sample(tmp_path / "files", faults=0))
    expect(heading(page)).to_have_text(re.compile(r"return is ready: 300 of 300 rows$"))

    page = opened("coordinator", PROFILE)
    page.get_by_role("button", name="Have a report made", exact=True).click()
    page.get_by_label("Members of the partnership").check()
    page.get_by_role("button", name="Have it made").click()
    expect(page.get_by_text("300 filled posts").first).to_be_visible(timeout=60_000)
    release = Release.objects.get()
    page = opened("coordinator", f"{PROFILE}{release.pk}/check/")
    expect(page.get_by_role("button", name="Release it")).to_have_count(0)  # who had it made does not release it

    page = opened("steering", f"{PROFILE}{release.pk}/check/")
    page.get_by_role("button", name="Release it to the partnership").click()
    release.refresh_from_db()
    assert (release.stage, release.number) == (Release.Stage.RELEASED, 1)

    page = opened("manager", PROFILE)
    page.get_by_role("link", name="Explore", exact=True).click()
    page.get_by_label("Which figures?").select_option("posts-partner")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("Cite one of these figures").click()
    figure = page.get_by_role("link", name="Filled posts, Council")
    address = figure.get_attribute("href")
    figure.click()
    expect(page.get_by_text("ASC-WDS")).to_be_visible()
    expect(page.get_by_role("button", name="Cite it in a strategy")).to_have_count(0)  # not a manager's to cite

    page = opened("coordinator", address)
    page.get_by_role("button", name="Cite it in a strategy").click()
    page.get_by_label("What does it show?").fill("The council employs a third of the care workforce.")
    page.get_by_role("button", name="Cite this figure").click()
    expect(page.get_by_text("The council employs a third of the care workforce.")).to_be_visible()
    expect(page.get_by_text("300 posts")).to_be_visible()
