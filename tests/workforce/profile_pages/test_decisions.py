"""Having a report made, looking at the draft, and what becomes of it."""

import pytest
from django.core.files.base import ContentFile

from tests.workforce.profile_pages.conftest import HOME
from tests.workforce.profile_pages.reports import AS_AT
from tests.workforce.uploads import quick_reader
from workforce import engine, profiles, uploads
from workforce.disclosure.released import Audience
from workforce.models import Release
from workforce.profile_lifecycle import Stage
from workforce.receiving import read_upload

DAY = {"as_at_day": "30", "as_at_month": "9", "as_at_year": "2026"}


@pytest.fixture
def returned(world, council, monkeypatch, settings, tmp_path):
    """The council's return, read and ready; reports that are asked for wait."""
    settings.WORK_DIR = tmp_path / "work"
    monkeypatch.setattr(engine, "current", lambda: quick_reader.QUICK)
    monkeypatch.setattr(profiles, "hand_over", lambda *_: None)
    file = ContentFile(b"number,pay\n1,20\n2,30\n", name="workers.csv")
    given = {"partnership": world.partnership, "partner": council, "as_at": AS_AT}
    upload = uploads.send_in(**given, files=[file], by=world.steward)
    read_upload(upload.pk)
    return upload


def stage_of(release):
    return Release.objects.get(pk=release.pk).stage


def test_the_coordinator_has_one_made_and_may_leave(read, returned):
    answer = read.post("coordinator", "ask/", DAY | {"audience": "public"})
    assert "It waits for its turn" in answer.content.decode()
    release = Release.objects.get()
    assert (release.audience, release.stage, release.by.name) == ("public", Stage.WAITING, "Coordinator")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"audience": ""}, "Answer the question “Who is it for?”"),
        ({"audience": "partner"}, "is not on the list"),
        ({"as_at_year": "2190"}, "This date is in the future"),
        ({"as_at_year": ""}, "The date needs a year as well"),
        ({"as_at_year": "2020"}, "No return is ready for this date."),
    ],
)
def test_what_cannot_be_made_is_said_beside_its_field(read, returned, given, sentence):
    assert sentence in read.post("coordinator", "ask/", DAY | {"audience": "partnership"} | given).content.decode()
    assert not Release.objects.exists()


def test_a_steward_has_one_made_of_their_own_organisation(read, returned, council):
    assert "It waits for its turn" in read.post("steward", "ask/own/", DAY).content.decode()
    release = Release.objects.get()
    assert (release.audience, release.partner) == (Audience.PARTNER, council)


def test_who_may_not_ask_is_turned_away(read, returned):
    assert read.status("steering", "ask/") == read.status("coordinator", "ask/own/") == 403
    assert read.post("steering", "ask/", DAY | {"audience": "public"}).status_code == 403


def test_a_draft_is_looked_at_and_released_by_somebody_else(read, kept, world):
    draft = kept(Stage.DRAFT, by=world.coordinator, by_name="Coordinator")
    page = read("steering", f"{draft.pk}/check/")
    assert "Make it again" not in page and "Release it to the partnership" in page
    assert "Released. Its readers have been told." in read.post("steering", f"{draft.pk}/release/").content.decode()
    assert stage_of(draft) == Stage.RELEASED
    assert "Steering Member" in read("manager", f"{draft.pk}/")


def test_what_was_sent_or_withdrawn_since_is_said_before_releasing(read, kept, returned, world):
    draft = kept(Stage.DRAFT)
    assert "A return has come in since it was made: Council." in read("steering", f"{draft.pk}/check/")
    draft.snapshots.set([returned.snapshot])
    assert "Make it again" not in read("steering", f"{draft.pk}/check/")
    uploads.withdraw(upload=returned, by=world.steward)
    page = read("steering", f"{draft.pk}/check/")
    assert "was withdrawn or replaced since: Council." in page and "No return for this day is ready of Council." in page


def test_who_had_it_made_is_told_to_ask_another(read, kept, world):
    draft = kept(Stage.DRAFT, by=world.coordinator, by_name="Coordinator")
    page = read("coordinator", f"{draft.pk}/check/")
    assert "somebody else releases it" in page and f"{draft.pk}/release/" not in page
    answer = read.post("coordinator", f"{draft.pk}/release/")
    assert "You had this report made" in answer.content.decode() and stage_of(draft) == Stage.DRAFT


def test_what_the_schedule_made_the_coordinator_releases(read, kept):
    draft = kept(Stage.DRAFT, audience=Audience.PUBLIC, is_scheduled=True)
    assert "Release it to everybody" in read("coordinator", f"{draft.pk}/check/")
    read.post("coordinator", f"{draft.pk}/release/")
    assert stage_of(draft) == Stage.RELEASED


def test_a_draft_is_discarded_by_those_who_make_them(read, kept):
    draft = kept(Stage.DRAFT)
    assert read.post("steering", f"{draft.pk}/discard/").status_code == 403
    assert "Discarded" in read.post("coordinator", f"{draft.pk}/discard/").content.decode()
    assert stage_of(draft) == Stage.DISCARDED


def test_a_steward_discards_their_own_report_and_nobody_releases_it(read, kept, council):
    own = kept(Stage.DRAFT, Audience.PARTNER, partner=council)
    assert f"{own.pk}/discard/" in read("steward", f"{own.pk}/")
    assert read.post("coordinator", f"{own.pk}/release/").status_code == 403
    read.post("steward", f"{own.pk}/discard/")
    assert stage_of(own) == Stage.DISCARDED


def test_one_that_could_not_be_made_is_tried_again(read, kept, monkeypatch):
    monkeypatch.setattr(profiles, "hand_over", lambda *_: None)
    failed = kept(Stage.FAILED, fault="There was not enough memory.")
    assert "There was not enough memory." in read("coordinator", f"{failed.pk}/")
    assert f"{failed.pk}/again/" not in read("steering", f"{failed.pk}/")
    read.post("coordinator", f"{failed.pk}/again/")
    assert stage_of(failed) == Stage.WAITING


def test_a_report_is_withdrawn_with_a_reason(read, kept):
    release = kept()
    assert f"{release.pk}/withdraw/" in read("steering", f"{release.pk}/")
    assert f"{release.pk}/withdraw/" not in read("manager", f"{release.pk}/")
    answer = read.post("steering", f"{release.pk}/withdraw/", {"reason": " "})
    assert "Answer the question “Why is it withdrawn?”" in answer.content.decode()
    assert stage_of(release) == Stage.RELEASED
    answer = read.post("steering", f"{release.pk}/withdraw/", {"reason": "Counted <twice>."})
    assert "Counted &lt;twice&gt;." in answer.content.decode() and stage_of(release) == Stage.WITHDRAWN


@pytest.mark.parametrize("path", ["check/", "withdraw/"])
def test_what_is_over_leads_to_the_report(read, kept, as_, path):
    release = kept(Stage.DISCARDED)
    answer = as_("coordinator").get(f"{HOME}{release.pk}/{path}")
    assert answer.status_code == 302 and answer.url == release.get_absolute_url()


def test_two_who_decide_at_once_are_told_how_it_stands(read, kept):
    release = kept()
    answer = read.post("coordinator", f"{release.pk}/discard/")
    assert "This report is at another stage by now: released." in answer.content.decode()
    assert stage_of(release) == Stage.RELEASED
