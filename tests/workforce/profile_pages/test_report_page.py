"""One report on the page: it says what the released tables say, and no other figure."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workforce.profile_pages import reports
from tests.workforce.profile_pages.conftest import HOME
from workforce import profile_showing, profile_views
from workforce.disclosure.released import Audience
from workforce.profile_lifecycle import Stage
from workforce.reporting.wording import HIDDEN

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Numbers that are no figures: ages, dates, numbers of reports and of a part's tables, thresholds.
WORDS_WITH_NUMBERS = re.compile(
    r"\d+ to \d+|aged \d+|\d+ (?:\w+ )?20\d\d|No\. \d+|\d+ more tables?|\d+ tables|[Uu]nder \d+|nearest \d+"
    r"|P\d\d?\b|\d+ partners? counted|, \d+ not\b"
)


class Words(HTMLParser):
    """What a reader of the main part of a page sees or hears, the drawings' words included."""

    def __init__(self, page):
        super().__init__()
        self.said, self.inside = [], 0
        self.feed(page.partition("<main")[2].partition("</main>")[0])

    def handle_data(self, data):
        self.said.append(data)

    def handle_starttag(self, tag, attrs):
        self.said += [value for name, value in attrs if name in ("aria-label", "alt", "title") and value]


def figures_on(page):
    words = WORDS_WITH_NUMBERS.sub(" ", unescape(" ".join(Words(page).said)))
    return {float(found.replace(",", "")) for found in NUMBER.findall(words)}


def released_figures(release):
    return {float(cell[2]) for table in release.tables for cell in table["cells"] if cell[2] is not None}


@pytest.fixture
def shown(kept, read):
    release = kept()
    return release, read("manager", f"{release.pk}/")


def test_no_number_on_the_page_that_is_not_in_the_released_tables(shown, read):
    release, whole = shown
    pages = [whole] + [read("manager", f"{release.pk}/parts/{key}/") for key in ("posts", "people", "flows")]
    for words in pages:
        assert figures_on(words) - released_figures(release) == set()
    assert len(figures_on(whole)) > 8


def test_control_a_number_that_was_not_released_is_noticed(kept, read):
    release = kept()
    before = released_figures(release)
    words = read("manager", f"{release.pk}/").replace("</main>", "<p>46 managers are 20 to 24.</p></main>")
    assert figures_on(words) - before == {46}


def test_what_is_hidden_is_said_as_a_word(shown, read):
    release, _ = shown
    part = read("manager", f"{release.pk}/parts/people/")
    assert part.count(f'figures__hidden">{HIDDEN}</td>') == 3


def test_the_strip_says_for_whom_from_when_and_who_is_missing(shown):
    _, page = shown
    for words in ("Members of the partnership", "30 September 2026", "Steering Member", "ASC-WDS", "Hospital trust",
                  "has sent no return for this date", "Counts under 5", "1 partner counted, 1 not"):  # fmt: skip
        assert words in page


def test_every_chart_has_its_words_and_its_table(shown):
    _, words = shown
    assert words.count("<figure") == words.count("<figcaption") == words.count("<svg") - 1  # one is the site's mark
    assert words.count("<details") >= words.count("<figure") >= 1


def test_names_are_shown_as_they_are_written(shown, read):
    release, _ = shown
    part = read("manager", f"{release.pk}/parts/people/")
    assert "Managers &amp; leads" in part and "Care &lt;and&gt; support" in part and "<and>" not in part


def test_drawings_carry_no_style_or_script(shown):
    _, words = shown
    for drawing in re.findall(r"<svg.*?</svg>", words, re.DOTALL):
        assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href=", drawing)


def test_a_report_is_drawn_once_for_all_who_look_at_it(shown, read, monkeypatch):
    release, _ = shown
    monkeypatch.setattr("workforce.profile_pictures.draw_apart", lambda *_: pytest.fail("drawn again"))
    assert "<svg" in read("steering", f"{release.pk}/")


def test_parts_stand_in_the_order_and_with_the_words_of_the_partnership(kept, read, world):
    from workforce import profiles

    profiles.arrange_parts(partnership=world.partnership, order=["people", "posts"], left_out={"flows"}, by=None)
    profiles.write_words(partnership=world.partnership, key="people", words="We grow <old>.\n\nTogether.", by=None)
    shown = read("manager", f"{kept().pk}/")
    assert shown.index('id="people"') < shown.index('id="posts"')
    assert "<p>We grow &lt;old&gt;.</p>" in shown and 'id="flows"' not in shown
    assert read.status("manager", f"{kept(as_at=reports.EARLIER).pk}/parts/flows/") == 404


def test_what_is_hidden_and_why_is_said_table_by_table(shown, read):
    release, _ = shown
    hidden = read("manager", f"{release.pk}/hidden/")
    assert "Counts under 10 are hidden, and others from which they could be worked out." in hidden
    assert f"{HOME}{release.pk}/parts/people/#people-1" in hidden and "3 of 12 figures" in hidden


def test_a_page_takes_few_queries_however_long_the_report(kept, as_):
    release, client = kept(), as_("manager")
    client.get(f"{HOME}{release.pk}/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{HOME}{release.pk}/")
    assert len(asked) <= 12


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx", "html"])
def test_it_can_be_taken_away(shown, as_, ending, monkeypatch):
    release, page = shown
    assert f"{HOME}{release.pk}/profile.{ending}" in page
    monkeypatch.setattr(profile_views, "file_of", lambda release, ending: f"{release} as {ending}".encode())
    answer = as_("manager").get(f"{HOME}{release.pk}/profile.{ending}")
    assert answer.content.decode() == f"Workforce profile, 30 September 2026 as {ending}"
    assert f"30 September 2026.{ending}" in answer["Content-Disposition"]
    assert answer["Content-Type"] not in ("", "application/octet-stream")


def test_what_is_taken_away_has_the_released_figures(shown, as_):
    release, _ = shown
    taken = as_("manager").get(f"{HOME}{release.pk}/profile.json").json()
    given = {(cell["row"], cell["column"], cell["value"]) for table in taken["tables"] for cell in table["cells"]}
    assert given == {tuple(cell[:3]) for table in release.tables for cell in table["cells"]}


def test_another_kind_of_file_is_refused_with_those_there_are(shown, read, as_):
    release, _ = shown
    answer = as_("manager").get(f"{HOME}{release.pk}/profile.exe")
    assert answer.status_code == 409 and "Word" in answer.content.decode()


@pytest.mark.parametrize(
    ("stage", "words"),
    [(Stage.WAITING, "waits for its turn"), (Stage.BUILDING, "being counted"), (Stage.FAILED, "could not be made")],
)
def test_a_report_that_is_not_there_yet_says_how_it_stands(kept, read, stage, words):
    assert words in read("coordinator", f"{kept(stage).pk}/")


def test_what_is_public_says_that_it_is_rounded(kept, read, world):
    told = reports.about(world.partnership, Audience.PUBLIC) | {"thresholds": {"posts": 10, "rounded_to": 5}}
    assert "to the nearest 5" in read("manager", f"{kept(audience=Audience.PUBLIC, about=told).pk}/")


def test_the_rules_of_hiding_are_there_for_every_reader(read):
    assert "What is hidden in the profile, and why" in read("manager", "hidden/")


def test_control_a_table_that_was_not_released_is_not_shown(kept, read, monkeypatch):
    monkeypatch.setattr(profile_showing, "grid_of", lambda table: pytest.fail("not looked at"))
    with pytest.raises(pytest.fail.Exception):
        read("manager", f"{kept().pk}/")
