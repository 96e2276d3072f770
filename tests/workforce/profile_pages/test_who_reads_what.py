"""Drafts are for those who make and release, a partner's own report for its data stewards, what is released for all."""

import pytest

from partners.models import Membership
from partners.permissions import Role
from partners.services import add_member
from tests.workforce.profile_pages.conftest import HOME
from workforce import profile_access
from workforce.disclosure.released import Audience
from workforce.profile_lifecycle import Stage

READERS = ["coordinator", "steering", "lead", "manager", "steward", "trust_manager"]
PAGES = ["", "hidden/", "parts/people/", "profile.json"]


def test_a_released_report_is_there_for_every_reader_and_nobody_else(kept, read):
    release = kept()
    for who in READERS:
        assert "30 September 2026" in read(who, f"{release.pk}/")
        assert f"{HOME}{release.pk}/" in read(who)
    for who, status in (("observer", 403), ("stranger", 404), ("foreigner", 404)):
        assert [read.status(who, f"{release.pk}/{path}") for path in PAGES] == [status] * len(PAGES)


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.WAITING, Stage.FAILED, Stage.DISCARDED])
def test_what_is_not_released_is_not_for_readers(kept, read, stage):
    release = kept(stage)
    for who in ("lead", "manager", "steward", "trust_manager"):
        for path in [*PAGES, "check/"]:
            assert read.status(who, f"{release.pk}/{path}") == 403
        assert f"{HOME}{release.pk}/" not in read(who)


def test_a_draft_is_for_those_who_make_and_release(kept, read):
    release = kept(Stage.DRAFT)
    for who in ("coordinator", "steering"):
        assert "This is a draft" in read(who, f"{release.pk}/")
        assert "1 draft to check" in read(who)


def test_a_partners_own_report_is_for_its_data_steward_alone(kept, read, world, council, trust):
    own, theirs = (kept(Stage.DRAFT, Audience.PARTNER, partner=partner) for partner in (council, trust))
    assert "exact figures" in read("steward", f"{own.pk}/")
    assert f"{HOME}{own.pk}/" in read("steward") and f"{HOME}{theirs.pk}/" not in read("steward")
    for path in PAGES:
        assert read.status("steward", f"{theirs.pk}/{path}") == 403
        for who in ("coordinator", "steering", "lead", "manager", "trust_manager"):
            assert read.status(who, f"{own.pk}/{path}") == 403


def test_a_steward_whose_seat_ended_no_longer_reads_it(kept, read, world, council):
    own = kept(Stage.DRAFT, Audience.PARTNER, partner=council)
    add_member(
        user=world.steward, partnership=world.partnership, role=Role.MANAGER, organisation=world.council, by=None
    )
    Membership.objects.filter(user=world.steward, role=Role.DATA_STEWARD).delete()
    assert read.status("steward", f"{own.pk}/") == 403


def test_what_was_withdrawn_says_why_and_shows_readers_no_figure(kept, read):
    release = kept(Stage.WITHDRAWN)
    shown = read("manager", f"{release.pk}/")
    assert "counted its bank staff twice" in shown and "1,204" not in shown
    for path in PAGES[1:]:
        assert read.status("manager", f"{release.pk}/{path}") == 409
    assert "1,204" in read("steering", f"{release.pk}/")


def test_a_report_of_another_partnership_is_not_found_through_this_one(world, as_, kept):
    release = kept()
    assert as_("foreigner").get(f"/p/elsewhere/workforce/profile/{release.pk}/").status_code == 404


def test_control_without_the_question_about_its_stage_a_draft_is_read(kept, read, monkeypatch):
    release = kept(Stage.DRAFT)
    monkeypatch.setattr(profile_access, "sees", lambda standing, release: True)
    assert read.status("manager", f"{release.pk}/") == 200
