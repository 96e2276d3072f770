"""The archive: what is newest, what waits for somebody, and whose return is missing for the next report."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workforce.profile_pages.conftest import HOME
from tests.workforce.profile_pages.reports import AS_AT, EARLIER
from workforce import profiles
from workforce.disclosure.released import Audience
from workforce.profile_lifecycle import Stage


@pytest.fixture
def schedule(world):
    return profiles.set_schedule(partnership=world.partnership, first=AS_AT, by=world.coordinator)


def test_an_empty_archive_says_what_to_do_first(read):
    assert "Once partners’ returns are ready, have a report made" in read("coordinator")
    assert "You are told when it is there" in read("manager")
    assert "Set the schedule" in read("coordinator") and "Set the schedule" not in read("manager")


def test_the_newest_report_for_members_is_the_one_to_read(kept, read):
    kept(as_at=EARLIER)
    newest, public = kept(as_at=AS_AT), kept(audience=Audience.PUBLIC)
    shown = read("manager")
    assert f'<a class="govuk-button" role="button" draggable="false" href="{HOME}{newest.pk}/">' in shown
    assert f"{HOME}{public.pk}/" in shown and "Everybody" in shown


def test_somebody_who_may_release_is_led_to_the_draft(kept, read):
    kept(as_at=EARLIER)
    draft = kept(Stage.DRAFT)
    assert "Check the draft for members of the partnership, 30 September 2026" in read("steering")
    assert f"{HOME}{draft.pk}/check/" in read("steering")


def test_withdrawn_reports_stay_in_the_archive(kept, read):
    kept(Stage.WITHDRAWN)
    assert "Withdrawn" in read("manager")


def test_it_says_whose_return_is_missing(schedule, read, world):
    shown = read("manager")
    assert "Next report: 30 September 2026" in shown and "due by 30 October 2026" in shown
    assert (
        "0 of 1 return is ready" in shown or "0 of 1 returns are ready" in shown or "0 of 1 return are ready" in shown
    )
    assert "Not there" in shown and "No returns are expected from Hospital trust" in shown


def test_the_next_report_follows_the_last_one_made(schedule, kept, read):
    kept(Stage.DRAFT)
    for who in ("steering", "manager"):
        assert "Next report: 31 March 2027" in read(who)


def test_a_schedule_that_is_off_names_no_date(world, read):
    profiles.set_schedule(partnership=world.partnership, first=date(2026, 3, 31), is_on=False, by=world.coordinator)
    assert "No schedule yet" in read("coordinator")


def test_only_links_that_lead_somewhere_are_shown(read):
    assert "ask/own/" in read("steward") and "ask/own/" not in read("manager")
    assert "Have a report made</a>" in read("coordinator") and "schedule/" not in read("steering")


def test_many_reports_take_no_more_queries_than_few(kept, as_, schedule):
    client = as_("steering")
    kept()
    client.get(HOME)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(HOME)
    for year in range(2015, 2025):
        kept(as_at=date(year, 3, 31))
    with CaptureQueriesContext(connection) as many:
        client.get(HOME)
    assert len(many) == len(few) <= 16


def test_under_workforce_stands_what_somebody_may_open(as_):
    def links(who):
        page = as_(who).get("/p/marlbrook/workforce/").content.decode()
        return [name for name in ("Returns", "Quality", "Profile", "Explore") if f">{name}</a></li>" in page]

    assert links("coordinator") == ["Returns", "Quality", "Profile", "Explore"]
    assert links("manager") == ["Returns", "Profile", "Explore"]
    assert links("observer") == []  # One place to go is no navigation.
