"""The pages about quality: who may see which, that their numbers are those of the measures, and what they hide."""

import html
import re
from datetime import date

import pytest
from django.urls import reverse

from tests.workforce.quality.conftest import homes, posts_of
from tests.workforce.quality.real_returns import put_in_use
from workforce import assessing, returns_in_use
from workforce.lifecycle import State
from workforce.quality import page

pytestmark = pytest.mark.urls("tests.workforce.quality.addresses")
EARLIER = date(2026, 3, 31)
WHO = ["coordinator", "steering", "lead", "manager", "steward", "observer", "trust_manager", "stranger", "foreigner"]
ALL_PARTNERS, OWN = {"coordinator", "steering"}, {"lead", "steward"}


@pytest.fixture
def overview(world):
    return reverse("quality:quality", args=[world.partnership.slug])


def page_of(partner):
    return reverse("quality:quality-partner", args=[partner.partnership.slug, partner.pk])


def words(response):
    """What a person reads, with single spaces."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.fixture
def returned(in_use):
    """One return of the council of 50 posts, of which the sex of three is not known."""
    upload = in_use([*posts_of(47), *({"post_key": 50 + n, "sex": "unknown", "age": 60} for n in range(3))], homes(6))
    assessing.assess(upload)
    return upload


# --- Who may see what --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", WHO)
def test_who_may_see_the_page_of_the_council(as_, council, returned, who):
    status = 404 if who in ("stranger", "foreigner") else 200 if who in ALL_PARTNERS | OWN else 403
    assert as_(who).get(page_of(council)).status_code == status


@pytest.mark.parametrize("who", WHO)
def test_who_may_see_the_page_of_the_trust(as_, trust, who):
    status = 404 if who in ("stranger", "foreigner") else 200 if who in ALL_PARTNERS else 403
    assert as_(who).get(page_of(trust)).status_code == status


@pytest.mark.parametrize("who", WHO)
def test_who_may_see_the_overview(as_, overview, who):
    status = 404 if who in ("stranger", "foreigner") else 200 if who in ALL_PARTNERS | OWN else 403
    assert as_(who).get(overview).status_code == status


def test_another_partners_steward_sees_nothing_of_the_council(as_, council, trust_steward, overview, returned):
    client = as_("trust_steward")
    assert client.get(page_of(council)).status_code == 403
    assert "Council" not in words(client.get(overview)).partition("Quality of the workforce data")[2]


def test_a_partner_of_another_partnership_is_not_found_through_this_one(as_, world):
    far = world.elsewhere.partners.get()
    address = reverse("quality:quality-partner", args=[world.partnership.slug, far.pk])
    assert as_("coordinator").get(address).status_code == 404


def test_a_return_of_another_partner_is_not_shown_on_this_ones_page(as_, council, trust, in_use, returned):
    other = in_use(posts_of(9), partner=trust)
    assessing.assess(other)
    assert "as at 30 September 2026: 50 posts" in words(as_("steward").get(f"{page_of(council)}?return={other.pk}"))


# --- What is on it -----------------------------------------------------------------------------------------------


def test_the_numbers_are_those_of_the_measures(as_, council, world, known):
    upload = put_in_use(council, rows=300)[0]
    known("care_home", 40)
    known("domiciliary", 50)
    report, sector = returns_in_use.report_of(upload), returns_in_use.sector(world.partnership, [upload])
    for who, exact in (("steward", True), ("coordinator", False)):
        told = words(as_(who).get(page_of(council)))
        for line in page.lines(report, exact=exact):
            assert f"{line.gate.label} {line.gate.meaning} {line.shown}" in told
        for field in page.field_lines(report, exact=exact):
            assert f"{field.label} {field.completeness}".strip() in told
        for _, sentence in report.steps(exact=exact):
            assert sentence in told
        for sentence in page.sector_sentences(sector, exact=exact):
            assert sentence in told


def test_every_colour_has_its_word(as_, council, in_use):
    assessing.assess(in_use([*posts_of(8), {"post_key": 9}, {"post_key": 9}], homes(6)))
    shown = as_("steward").get(page_of(council)).content.decode()
    marks = re.findall(r'<span class="rag rag--(\w+)">([^<]*)</span>', shown)
    assert {"green", "amber", "red"} == {colour for colour, _ in marks}
    assert all(word.lower() == colour for colour, word in marks)


def test_tables_have_captions_and_scopes(as_, council, returned, overview, known):
    known("care_home", 10)
    for address in (page_of(council), overview):
        for table in re.findall(r"<table.*?</table>", as_("coordinator").get(address).content.decode(), re.DOTALL):
            assert "<caption" in table
            assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", table))


def test_pages_have_no_inline_style_and_no_script_of_their_own(as_, council, returned):
    body = as_("steward").get(page_of(council)).content.decode().partition("<main")[2].partition("</main>")[0]
    assert "style=" not in body
    assert "<script" not in body


def test_the_sender_sees_small_counts_and_the_coordinator_does_not(as_, council, returned):
    assert re.search(r"Sex 94% Green 100% Green 6%", words(as_("steward").get(page_of(council))))
    told = words(as_("coordinator").get(page_of(council)))
    assert "Sex all but fewer than 5 Green 100% Green fewer than 5" in told
    assert "94%" not in told


@pytest.mark.parametrize("who", ["lead", "steering"])
def test_nobody_else_sees_small_counts(as_, council, returned, who):
    assert "fewer than 5" in words(as_(who).get(page_of(council)))


def test_the_codes_of_a_sender_are_for_the_sender(as_, council, in_use):
    loss = [{"field": "role", "code": "Chief Zookeeper", "value": "unknown", "rows": 3, "merged": False}]
    assessing.assess(in_use(posts_of(9), loss=loss))
    assert "Chief Zookeeper" in words(as_("steward").get(page_of(council)))
    told = words(as_("coordinator").get(page_of(council)))
    assert "Zookeeper" not in told
    assert "“Role” loses fewer than 5 of its rows" in told


def test_without_a_return_the_page_says_what_to_do(as_, council):
    assert "Its data steward sends files under Workforce" in words(as_("lead").get(page_of(council)))


def test_a_return_that_is_not_assessed_yet_says_so(as_, council, in_use, overview):
    in_use(posts_of(3))
    assert "is being worked out" in words(as_("steward").get(page_of(council)))
    assert "Being worked out" in words(as_("steward").get(overview))


def test_an_earlier_return_can_be_chosen(as_, council, in_use, returned):
    earlier = in_use(posts_of(20), as_at=EARLIER)
    assessing.assess(earlier)
    told = words(as_("steward").get(f"{page_of(council)}?return={earlier.pk}"))
    assert "as at 31 March 2026: 20 posts" in told
    assert "30 September 2026" in told  # to go back to


@pytest.mark.parametrize("asked", ["", "0", "x", "99999999999999999999"])
def test_whatever_is_no_return_shows_the_newest(as_, council, returned, asked):
    assert "as at 30 September 2026" in words(as_("steward").get(f"{page_of(council)}?return={asked}"))


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.SUPERSEDED, State.TO_DECIDE])
def test_a_return_that_is_not_in_use_is_not_shown(as_, council, in_use, state):
    assessing.assess(in_use(posts_of(20), state=state))
    assert "Nothing in use yet" in words(as_("steward").get(page_of(council)))


# --- The partnership ---------------------------------------------------------------------------------------------


def test_the_overview_names_who_has_not_sent_anything(as_, overview, returned):
    assert "Nothing in use yet Hospital trust:" in words(as_("coordinator").get(overview))


def test_the_overview_has_a_line_for_each_partner_with_its_measures(as_, overview, returned):
    told = words(as_("coordinator").get(overview))
    report = returns_in_use.report_of(type(returned).objects.get(pk=returned.pk))
    shown = [line.shown for line in page.lines(report, exact=False) if line.gate.green is not None]
    assert told.count("ASC-WDS, 30 September 2026") == 1
    assert all(one in told for one in shown)


def test_the_overview_brings_partners_together_beside_the_known_size(as_, overview, in_use, trust, known, returned):
    assessing.assess(in_use(posts_of(20), homes(6), partner=trust))
    known("care_home", 20)
    assert "Coverage: 50% of known workplaces" in words(as_("coordinator").get(overview))


def test_of_the_partnership_as_a_whole_only_those_who_see_all_are_told(as_, overview, returned, known):
    known("care_home", 20)
    assert "Whom the data stand for" in words(as_("steering").get(overview))
    for who in ("lead", "steward"):
        told = words(as_(who).get(overview))
        assert "Whom the data stand for" not in told
        assert "Hospital trust" not in told


def test_without_a_known_size_the_overview_says_who_keeps_it(as_, overview, returned):
    assert "The coordinator keeps the known size of the sector" in words(as_("coordinator").get(overview))
