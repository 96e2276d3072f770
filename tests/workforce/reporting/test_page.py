"""The report as one page of its own: whole by itself, and read by everybody."""

import re
from itertools import pairwise

import pytest
from lxml import html

from tests.workforce.reporting.reports import HEADLINES, posts_of, report_of, roles_of
from workforce.reporting.drawer import draw_here
from workforce.reporting.files import file_of
from workforce.reporting.pictures import Pictures
from workforce.reporting.wording import cell_words

PICTURES = Pictures(draw_here)


@pytest.fixture(scope="module")
def report():
    return report_of(stage="draft")


@pytest.fixture(scope="module")
def page(report):
    return html.fromstring(file_of(report, "html", PICTURES))


def test_it_fetches_nothing_and_runs_nothing(report):
    text = file_of(report, "html", PICTURES).decode()
    assert not faults_of(text)


@pytest.mark.parametrize("added", ["<script>1</script>", '<img src="https://a.example/b">', "<p onclick='x()'>"])
def test_control_what_fetches_or_runs_is_noticed(report, added):
    assert faults_of(file_of(report, "html", PICTURES).decode().replace("</main>", f"{added}</main>"))


def faults_of(text):
    parts = (r"<script", r"\bsrc=", r"\bon\w+=", r"@import", r"url\(", r"<link", r"href=\"(?!#)", r"\sstyle=\"")
    return [part for part in parts if re.search(part, text)]


def test_it_has_one_h1_and_headings_in_order(page):
    levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_says_first_that_it_is_a_draft(page):
    assert page.find(".//p").text_content() == "Draft: these figures have not been checked and released"


def test_names_of_things_are_given_once_and_links_lead_somewhere(page):
    names = page.xpath("//@id")
    assert len(set(names)) == len(names)
    assert {link.removeprefix("#") for link in page.xpath("//a/@href")} <= set(names)
    assert all(set(said.split()) <= set(names) for said in page.xpath("//@aria-labelledby"))


def test_headlines_stand_first(page):
    assert tuple(item.text for item in page.xpath("//h2[text()='In short']/following-sibling::ul[1]/li")) == HEADLINES


def test_tables_have_captions_and_headings_for_their_cells(page):
    tables = page.xpath("//table")
    assert [table.findtext("caption") for table in tables][:1] == ["Posts, by partner organisation"]
    assert all(cell.get("scope") in ("col", "row") for cell in page.iter("th"))
    assert all(len(row.xpath("th[@scope='row']")) == 1 for row in page.xpath("//tbody/tr"))


def test_every_figure_of_the_tables_stands_there(page, report):
    said = sorted(cell.text for cell in page.iter("td"))
    assert said == sorted(cell_words(cell, table.unit) for table in report.tables for cell in table.cells)


def test_charts_are_drawn_in_it_with_their_numbers_in_words(page, report):
    said = [each.text for each in page.xpath("//*[local-name()='svg']/*[local-name()='desc']")]
    assert said == [shown.summary for part in report.parts for shown in part.shown]


def test_words_that_a_page_would_obey_are_only_words():
    page = html.fromstring(file_of(report_of(roles_of(3)), "html", PICTURES))
    assert "<b>=1+1</b> & more" in [each.text for each in page.xpath("//tbody/tr/th")]
    assert not page.xpath("//b")


def test_a_wide_table_is_moved_with_the_keyboard(page):
    wide = page.xpath("//div[@class='table'][@tabindex='0']")
    said = [each.get("aria-label") for each in wide]
    assert said == ["Age of people in post, by partner organisation", "Hourly pay, by job group"]
    assert len(page.xpath("//div[@class='table']")) > len(wide)


def test_a_released_report_has_no_mark():
    page = html.fromstring(file_of(report_of(posts_of(), stage="released"), "html", PICTURES))
    assert not page.xpath("//*[@class='mark']")
