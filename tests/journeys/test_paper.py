"""The plan and its timeline on paper: every word whole, nothing to press, and today where it is on the screen."""

import io
from datetime import timedelta

import pdfplumber
import pytest
from django.utils import timezone

from actions.models import Action
from actions.services import post_update
from tests.actions.test_pages import when
from tests.journeys.table import PLAN
from tests.world import add_row

PICTURES = ("", "board/", "timeline/")
A4_ACROSS = {"width": 1032, "height": 703}  # what the margins of a sheet leave, in CSS pixels
LONG = "Verwaltungszusammenarbeitsvereinbarungsentwurf"

# Words that reach beyond their cell, the sheet, or something that cuts off what does not fit.
CUT = """() => {
  const wrong = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.data.trim() || !holder.checkVisibility() || holder.closest(".govuk-visually-hidden")) continue;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    let outside = box.left < -1 || box.right > innerWidth + 1;
    const cell = holder.closest("td, th, .card");
    if (cell && !holder.closest("svg")) outside ||= box.right > cell.getBoundingClientRect().right + 1;
    for (let around = holder; around; around = around.parentElement) {
      const style = getComputedStyle(around), edge = around.getBoundingClientRect();
      if (style.overflow === "visible" || around === document.documentElement || around === document.body) continue;
      outside ||= box.right > edge.right + 1 || box.bottom > edge.bottom + 1;
    }
    if (outside) wrong.push(node.data.trim());
  }
  return wrong;
}"""
TO_PRESS = "a[role=button], button, input, select, textarea, summary, nav, dialog, .plan-status, .plan-bar a"


@pytest.fixture
def long_plan(world):
    """Rows with much to say, one of them late and moved."""
    late = timezone.localdate() - timedelta(days=40)
    row = add_row(
        world, ref="10.2.b", activity=f"{LONG} {'and much else ' * 40}", timescale_text=when(late), priority="medium",
        expected_outcome=f"Fewer vacancies\n{LONG}", resource_requirement="Two days a week", leads=f"{LONG}\nTwo",
    )  # fmt: skip
    Action.objects.filter(pk=row.pk).update(ends=["2026-01-01", row.due_on.isoformat()])
    post_update(action=row, status="red", words="Advert again.", by=world.coordinator)
    return row


@pytest.fixture
def paper(at, long_plan, site):
    """`paper("timeline/")`: that picture of the plan as a sheet has it."""

    page = at("coordinator", "/p/marlbrook/")

    def go(picture):
        page.goto(f"{site}{PLAN}{picture}")
        page.set_viewport_size(A4_ACROSS)
        page.emulate_media(media="print")
        return page

    return go


@pytest.mark.parametrize("picture", PICTURES, ids=["table", "board", "timeline"])
def test_no_word_is_cut_and_there_is_nothing_to_press(paper, picture):
    page = paper(picture)
    assert page.evaluate(CUT) == []
    shown = page.locator(TO_PRESS).evaluate_all(
        "all => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML)"
    )
    assert shown == []


def test_control_what_is_cut_or_can_be_pressed_is_noticed(paper, long_plan):
    page = paper("")
    cell = page.locator(f"#row-{long_plan.pk} > [data-c=activity]")
    cell.evaluate("cell => { cell.style.whiteSpace = 'nowrap' }")
    assert any(LONG in words for words in page.evaluate(CUT))
    cell.evaluate("cell => { cell.style.whiteSpace = ''; cell.innerHTML = '<div>one<br>two<br>three</div>' }")
    cell.locator("div").evaluate("inside => { inside.style.height = '1.5em'; inside.style.overflow = 'hidden' }")
    assert page.evaluate(CUT) == ["two", "three"]
    page.emulate_media(media="screen")
    assert page.get_by_role("button", name="Add a row").is_visible()


def test_today_runs_through_every_row_of_the_timeline(paper):
    page = paper("timeline/")
    today = page.locator(".timeline__today")
    assert today.is_visible() and today.inner_html() == "Today"
    lines = page.locator("tbody tr[id^=row-] use").evaluate_all("""all => all.map((use) => {
      const line = document.querySelector("#timeline-grid .timeline__now");
      const picture = use.ownerSVGElement.getBoundingClientRect(), row = use.closest("tr").getBoundingClientRect();
      const style = getComputedStyle(line);
      return { high: picture.height, row: row.height, wide: picture.width, stroke: style.strokeWidth,
               printed: style.printColorAdjust, at: line.getAttribute("x1") };
    })""")
    assert len(lines) == 4
    for line in lines:
        assert line["wide"] > 200 and line["high"] >= line["row"] - 2
        assert (line["stroke"], line["printed"]) == ("2px", "exact") and 0 < float(line["at"].rstrip("%")) < 100


def printed(page):
    """The sheets that a printer would get: the words of each, and whether any sign stands outside it."""
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as sheets:
        for sheet in sheets.pages:
            inside = all(0 <= sign["x0"] and sign["x1"] <= sheet.width + 1 for sign in sheet.chars)
            yield " ".join(sheet.extract_text().split()), sheet.width > sheet.height and inside


def test_what_comes_out_of_the_printer(paper, long_plan):
    for picture in ("", "timeline/"):
        sheets = list(printed(paper(picture)))
        assert all(is_whole for _, is_whole in sheets)
        words = " ".join(text for text, _ in sheets).split()
        assert {"10.2.b", "leadership", "assessors", "recruitment", "moved", "once"} <= {*words}
        assert words.count("much") == 40
        assert not {"Add", "Apply", "Search", "Download:", "Keyboard", "Paste", "Sign"} & {*words}
