"""The pages about quality in a browser: at every width, without scripts, and as the coordinator uses them."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import WIDTHS, session_cookie
from tests.journeys.test_accessibility import findings
from tests.workforce.quality.real_returns import put_in_use
from workforce import uploads

pytestmark = pytest.mark.urls("tests.workforce.quality.addresses")
QUALITY = "/p/marlbrook/workforce/quality/"


@pytest.fixture
def council(world):
    return world.partnership.partners.get(organisation=world.council)


@pytest.fixture
def full(site, world, council):
    """Two returns of the council, and a known size of its sector. The number of a line of that."""
    made = put_in_use(council, rows=300, returns=2)
    size = {"service": "care_home", "source": "A register with a long name, as registers have"}
    line = uploads.set_sector_size(
        partnership=world.partnership, as_at=made[0].as_at, establishments=40, by=world.coordinator, **size
    )
    return line.pk


@pytest.fixture
def opened(site, world, new_context):
    """`opened("coordinator")`: a page of somebody who is signed in, and what its console complains of."""

    def go(who, **browser):
        context = new_context(**browser)
        context.add_cookies([session_cookie(site, world.people[who])])
        page = context.new_page()
        page.said = []
        page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
        return page

    return go


def test_every_page_at_every_width(opened, site, council, full):
    page, wrong = opened("coordinator"), []
    for path in ("", f"{council.pk}/", "sector/", "sector/add/", f"sector/{full}/", f"sector/{full}/remove/"):
        assert page.goto(f"{site}{QUALITY}{path}").status == 200
        for fold in page.locator("main summary").all():
            fold.click()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{path} at {width}: {finding}" for finding in findings(page)]
    assert wrong == []
    assert page.said == []


def test_a_steward_looks_at_an_earlier_return_without_scripts(opened, site, council, full):
    page = opened("steward", java_script_enabled=False)
    page.goto(f"{site}{QUALITY}")
    page.get_by_role("link", name="Council").click()
    expect(page.get_by_text(re.compile("as at 30 September 2026"))).to_be_visible()
    page.get_by_label("Another return").select_option(label="31 March 2026")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text(re.compile("as at 31 March 2026"))).to_be_visible()
    expect(page.get_by_role("table", name="Measures of this return")).to_contain_text("Completeness")


def test_the_coordinator_says_how_large_the_sector_is_and_sees_the_coverage(opened, site, full):
    page = opened("coordinator")
    page.goto(f"{site}{QUALITY}sector/")
    page.get_by_role("button", name="Add a kind of workplace").click()
    page.get_by_label("Service").select_option("Domiciliary care")
    for part, typed in (("Day", "1"), ("Month", "January"), ("Year", "2026"), ("Workplaces", "many")):
        page.get_by_label(part, exact=False).first.fill(typed)
    page.get_by_label("Where do the numbers come from?").fill("Register")
    page.get_by_role("button", name="Add to the table").click()
    assert findings(page) == []
    page.get_by_label("Workplaces").fill("60")
    page.get_by_role("button", name="Add to the table").click()
    expect(page.get_by_role("row", name=re.compile("Domiciliary care"))).to_contain_text("60")
    page.goto(f"{site}{QUALITY}")
    expect(page.get_by_role("table", name="Coverage by kind of workplace")).to_contain_text("Domiciliary care")
