"""Asking for a report, releasing, withdrawing and discarding it: what each door does and what it refuses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partners.models import Act, Change, Notice, Sector
from partners.refusals import NotAllowed, Refused
from partners.services import add_partner
from tests.workforce.profiles.conftest import AS_AT, EARLIER, again, make
from workforce import profiles, uploads
from workforce.disclosure.released import Audience
from workforce.models import Release
from workforce.profile.counting import CURRENT_FOR
from workforce.profile_lifecycle import Stage
from workforce.profile_returns import earlier_snapshots, since

pytestmark = pytest.mark.django_db


def released(release, world):
    return profiles.release_profile(release=release, by=world.steering)


def test_a_report_is_asked_for_made_released_and_withdrawn(world, draft):
    release = draft()
    assert (release.stage, release.by_name) == (Stage.DRAFT, "Coordinator")
    release = released(release, world)
    assert (release.stage, release.number, release.released_by_name) == (Stage.RELEASED, 1, "Steering Member")
    release = profiles.withdraw_profile(release=release, reason="The council sent the wrong file.", by=world.steering)
    assert (release.stage, release.reason) == (Stage.WITHDRAWN, "The council sent the wrong file.")
    stages = list(Change.objects.filter(subject="release", field="stage").values_list("before", "after"))
    assert stages == [("released", "withdrawn"), ("draft", "released"), ("building", "draft")]
    assert Change.objects.filter(subject="release", act=Act.ADDED).get().by == world.coordinator


def test_numbers_count_on_whatever_a_report_is_of(world, draft):
    one = released(draft(), world)
    two = released(draft(as_at=EARLIER, audience=Audience.PUBLIC), world)
    assert (one.number, two.number) == (1, 2)


# --- Asking -------------------------------------------------------------------------------------------------------


def test_what_is_under_way_is_not_made_twice(returned, ask):
    returned()
    assert ask() == ask()
    assert ask(audience=Audience.PUBLIC) != ask()


def test_a_new_draft_takes_the_place_of_the_last(draft, ask):
    first = draft()
    second = make(ask())
    assert (again(first).stage, second.stage) == (Stage.DISCARDED, Stage.DRAFT)
    assert Change.objects.filter(subject="release", subject_id=first.pk, act=Act.REMOVED).get().by is None


def test_a_released_report_stays_when_a_new_one_is_asked_for(world, draft, ask):
    first = released(draft(), world)
    make(ask())
    assert again(first).stage == Stage.RELEASED


@pytest.mark.parametrize(("given", "words"), [
    ({"as_at": AS_AT - timedelta(days=400)}, "No return is ready"),
    ({"as_at": timezone.localdate() + timedelta(days=1)}, "in the future"),
    ({"audience": Audience.PARTNER}, "partner is named"),
])  # fmt: skip
def test_what_cannot_be_made_is_refused_at_once(returned, ask, given, words):
    returned()
    with pytest.raises(Refused, match=words):
        ask(**({"by": None} | given))
    assert ask()  # the control


def test_no_report_of_the_partnership_names_a_partner(returned, ask, partner):
    returned()
    with pytest.raises(Refused, match="partner is named"):
        ask(partner=partner)


def test_a_partner_from_elsewhere_is_refused(world, returned, ask):
    returned()
    with pytest.raises(Refused, match="not a partner here"):
        ask(audience=Audience.PARTNER, partner=world.elsewhere.partners.get(), by=None)


# --- A partner's own ----------------------------------------------------------------------------------------------


@pytest.fixture
def own(draft, partner, world):
    return lambda: draft(audience=Audience.PARTNER, partner=partner, by="steward")


@pytest.mark.parametrize("who", ["coordinator", "steering", "lead", "manager", "trust_manager"])
def test_a_partners_own_report_is_for_its_stewards_alone(world, own, ask, partner, who):
    with pytest.raises(NotAllowed):
        ask(audience=Audience.PARTNER, partner=partner, by=who)
    release = own()
    with pytest.raises(NotAllowed):
        profiles.discard_profile(release=release, by=world.people[who])
    seen = profiles.releases_for(world.partnership.standing_of(world.people[who]), world.partnership)
    assert release not in seen


def test_control_its_steward_sees_and_discards_it(world, own):
    release = own()
    assert release in profiles.releases_for(world.partnership.standing_of(world.steward), world.partnership)
    assert profiles.discard_profile(release=release, by=world.steward).stage == Stage.DISCARDED


def test_it_is_not_released(world, own):
    with pytest.raises(Refused, match="goes no further"):
        profiles.release_profile(release=own(), by=world.steward)


# --- Who sees what ------------------------------------------------------------------------------------------------


def seen_by(world, who):
    standing = world.partnership.standing_of(world.people[who])
    return list(profiles.releases_for(standing, world.partnership))


@pytest.mark.parametrize(("who", "sees"), [
    ("coordinator", True), ("steering", True), ("lead", False), ("steward", False), ("observer", False),
    ("foreigner", False),
])  # fmt: skip
def test_drafts_are_for_those_who_make_or_release(world, draft, who, sees):
    release = draft()
    assert (release in seen_by(world, who)) == sees


@pytest.mark.parametrize(("who", "sees"), [("steward", True), ("manager", True), ("observer", False)])
def test_what_is_released_is_for_all_who_may_read_it(world, draft, who, sees):
    release = released(draft(), world)
    assert (release in seen_by(world, who)) == sees
    profiles.withdraw_profile(release=release, reason="Wrong", by=world.steering)
    assert (release in seen_by(world, who)) == sees


# --- Releasing ----------------------------------------------------------------------------------------------------


def test_nobody_releases_what_they_had_made(world, draft):
    release = draft()
    with pytest.raises(Refused, match="You had this report made"):
        profiles.release_profile(release=release, by=world.coordinator)
    assert released(release, world)  # the control


def test_nobody_at_all_releases_nothing(draft):
    with pytest.raises(Refused):
        profiles.release_profile(release=draft(), by=None)


def test_either_releases_what_the_schedule_had_made(world, draft):
    assert profiles.release_profile(release=draft(by=None), by=world.coordinator).number == 1


@pytest.mark.parametrize("lost", ["withdrawn", "replaced"])
def test_a_draft_of_returns_that_are_lost_is_not_released(world, draft, returned, lost):
    release = draft()
    if lost == "withdrawn":
        uploads.withdraw(upload=release.snapshots.get().upload, by=world.steward)
    else:
        returned(text="number,pay\n1,20\n2,31\n")
    with pytest.raises(Refused, match=r"withdrawn or replaced since: Council"):
        released(release, world)


def test_a_return_whose_time_was_over_is_not_lost(world, draft):
    release = draft()
    release.snapshots.update(stored="")
    assert released(release, world).number == 1


@pytest.mark.parametrize("door", ["release", "withdraw", "discard", "try_again"])
def test_a_door_that_does_not_lead_on_from_here_says_so(world, draft, door):
    release = profiles.discard_profile(release=draft(), by=world.coordinator)
    doors = {
        "release": lambda: profiles.release_profile(release=release, by=world.steering),
        "withdraw": lambda: profiles.withdraw_profile(release=release, reason="Wrong", by=world.steering),
        "discard": lambda: profiles.discard_profile(release=release, by=world.coordinator),
        "try_again": lambda: profiles.try_again(release=release, by=world.coordinator),
    }
    with pytest.raises(Refused, match="another stage by now: discarded"):
        doors[door]()


def test_a_withdrawal_needs_a_reason(world, draft):
    release = released(draft(), world)
    with pytest.raises(Refused, match="Why") as refused:
        profiles.withdraw_profile(release=release, reason=" \n", by=world.steering)
    assert refused.value.field == "reason"


def test_one_that_failed_is_tried_again(world, returned, ask):
    returned()
    release = ask()
    Release.objects.filter(pk=release.pk).update(stage=Stage.FAILED, attempts=3, fault="It failed.")
    release = make(profiles.try_again(release=again(release), by=world.coordinator))
    assert (release.stage, release.attempts, release.fault) == (Stage.DRAFT, 1, "")


def test_but_not_beside_another_of_the_same(world, returned, ask):
    returned()
    release = ask()
    Release.objects.filter(pk=release.pk).update(stage=Stage.FAILED)
    ask()
    with pytest.raises(Refused, match="asked for since"):
        profiles.try_again(release=again(release), by=world.coordinator)


# --- What people are told -----------------------------------------------------------------------------------------


def told(kind):
    return {notice.to.name for notice in Notice.objects.filter(kind=kind).select_related("to")}


def test_who_is_told_of_what(world, draft):
    release = draft()
    assert told("profile_draft") == {"Coordinator", "Steering Member"}
    release = released(release, world)
    readers = {"Coordinator", "Director of Adult Social Care", "Workforce Manager", "Data Steward"}
    assert told("profile_released") == readers | {"Trust Workforce Manager"}
    profiles.withdraw_profile(release=release, reason="Secret words", by=world.steering)
    assert told("profile_withdrawn") == told("profile_released")
    notice = Notice.objects.filter(kind="profile_withdrawn").first()
    assert notice.sentence == (
        "Workforce profile, 30 September 2026, for the partnership: "
        "Steering Member has withdrawn it, and the page says why"
    )
    assert notice.path == release.get_absolute_url()


def test_of_a_partners_own_only_its_stewards_are_told(own):
    own()
    assert told("profile_draft") == {"Data Steward"}


# --- Whose returns ------------------------------------------------------------------------------------------------


def state_of(world, as_at=AS_AT):
    return {one.partner.known_as: one.sent for one in profiles.returns_state(world.partnership, as_at)}


def test_how_it_stands_with_each_partner(world, returned):
    assert state_of(world) == {"Council": "missing", "Hospital trust": "not_expected"}
    returned(AS_AT - timedelta(days=60))
    assert state_of(world)["Council"] == "older"
    returned(text="number,pay\n1,20\n2,much\n")
    assert state_of(world)["Council"] == "asked"
    returned(text="number,pay\n1,21\n", read=False)
    assert state_of(world)["Council"] == "unread"
    returned(text="number,pay\n1,20\n")
    uploads.cancel(upload=world.partnership.uploads.get(state="waiting"), by=world.steward)
    assert state_of(world)["Council"] == "ready"


def test_the_return_of_the_report_before_is_too_old(world, returned):
    returned(EARLIER)
    assert state_of(world)["Council"] == "missing"
    assert profiles.chosen_snapshots(world.partnership, AS_AT) == []
    assert len(earlier_snapshots(world.partnership, AS_AT)) == 1
    assert len(profiles.chosen_snapshots(world.partnership, EARLIER)) == 1  # the control


def test_what_is_current_is_what_counting_takes(world):
    assert since(world.partnership, AS_AT) == AS_AT - CURRENT_FOR
    profiles.set_schedule(partnership=world.partnership, by=world.coordinator, first=AS_AT, months=1)
    assert since(world.partnership, AS_AT) == AS_AT.replace(month=8, day=31)


def test_of_two_returns_the_newest_is_chosen_and_of_two_sources_both(world, returned):
    returned(AS_AT - timedelta(days=90))
    newest = returned()
    returned(AS_AT + timedelta(days=1))
    assert [one.upload for one in profiles.chosen_snapshots(world.partnership, AS_AT)] == [newest]
    type(newest).objects.exclude(pk=newest.pk).update(source="esr")
    assert len(profiles.chosen_snapshots(world.partnership, AS_AT)) == 2


@pytest.mark.parametrize(("days", "words"), [
    (3, "joined on 3 October 2026, after this date"), (-3, "sends no returns"),
])  # fmt: skip
def test_a_partner_that_joined_since_is_said_to_have(world, days, words):
    how = {"partnership": world.partnership, "name": "Late Care Home", "sector": Sector.INDEPENDENT}
    partner = add_partner(**how, by=None)
    type(partner).objects.filter(pk=partner.pk).update(joined=AS_AT + timedelta(days=days))
    state = next(one for one in profiles.returns_state(world.partnership, AS_AT) if one.partner == partner)
    assert state.why == words
