"""The worker's side: one at a time, all or nothing, tried three times, and nothing of a fault's words kept."""

import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from config.housekeeping import sweep, tidy
from partners.models import Change
from tests.fixtures_processes import eventually
from tests.workforce.profiles import quick_maker
from tests.workforce.profiles.conftest import AS_AT, EARLIER, again, make
from workforce import profile_building, profile_engine, profiles, uploads
from workforce.disclosure.released import Audience, NotReleasedError
from workforce.models import Release, ReleasedFigure, Snapshot
from workforce.profile_building import claim, digest_of, key_secret
from workforce.profile_engine import Engine
from workforce.profile_lifecycle import Stage
from workforce.profile_order import Made

pytestmark = pytest.mark.django_db
SECRET_CELL = "Ann Other, care worker"


@pytest.fixture
def asked(returned, ask):
    returned()
    return ask()


def maker(monkeypatch, make):
    monkeypatch.setattr(profile_engine, "current", lambda: Engine(make))


def fails(asked, alive):
    raise ValueError(SECRET_CELL)


# --- What is made -------------------------------------------------------------------------------------------------


def test_what_was_made_is_kept_with_its_register(world, asked):
    release = make(asked)
    (table,) = profiles.tables_of(release)
    assert table.cell().value == 1
    assert [(one["name"], one["as_at"]) for one in release.about["partners_in"]] == [("Council", "2026-09-30")]
    assert [one["name"] for one in release.about["partners_out"]] == ["Hospital trust"]
    assert (release.digest, release.claim) == (digest_of(release.about, release.tables), None)
    figures = list(release.figures.values_list("measure", "row", "value", "hidden", "method"))
    assert figures == [("posts", None, 1, False, "exact"), ("posts", "council", None, True, "exact")]
    assert [snapshot.upload.partner.known_as for snapshot in release.snapshots.all()] == ["Council"]


def test_the_public_does_not_learn_why_a_partner_is_not_counted(world, asked, ask):
    world.partnership.partners.update(joined=EARLIER)
    assert make(asked).about["partners_out"] == [{"name": "Hospital trust", "why": "sends no returns"}]
    public = make(ask(audience=Audience.PUBLIC))
    assert public.about["partners_out"] == [{"name": "Hospital trust", "why": ""}]
    assert public.about["quality"] == []
    assert public.about["notes"] == {"posts": ["A note."]}


def test_what_the_engine_is_given(world, asked, partner):
    profiles.set_schedule(partnership=world.partnership, by=world.coordinator, first=AS_AT, partnership_threshold=7)
    make(asked)
    given = quick_maker.asked_for[-1]
    (one,) = given.returns
    assert (one.partner, one.sector, one.as_at) == (world.council.slug, "local_authority", AS_AT)
    assert one.snapshot == partner.uploads.get().snapshot.pk
    assert given.rules.partnership_threshold == 7
    assert given.labels["partner"][world.council.slug] == "Council"
    assert given.key_secret == key_secret(world.partnership)
    assert given.key_secret != key_secret(world.elsewhere)


def test_a_partners_own_is_made_of_its_own_returns_and_compared_with_nothing(world, draft, ask, partner):
    draft()
    make(ask(audience=Audience.PARTNER, partner=partner, by="steward"))
    given = quick_maker.asked_for[-1]
    assert (given.partner, given.earlier) == (world.council.slug, ())


def test_all_that_was_ever_seen_is_compared_with(world, draft, ask, partner):
    first = profiles.discard_profile(release=draft(), by=world.coordinator)
    make(ask(audience=Audience.PARTNER, partner=partner, by="steward"))
    make(ask())
    (seen,) = quick_maker.asked_for[-1].earlier
    assert (seen.audience, seen.as_at) == (Audience.PARTNERSHIP, AS_AT)
    assert seen.tables == profiles.tables_of(again(first))
    assert seen.snapshots == {world.council.slug: (first.snapshots.get().pk,)}


def test_the_public_has_seen_only_what_was_released_to_it(world, draft, ask):
    first = draft(audience=Audience.PUBLIC)
    make(ask(audience=Audience.PUBLIC))
    assert quick_maker.asked_for[-1].earlier == ()
    released = profiles.release_profile(release=Release.objects.latest("pk"), by=world.steering)
    make(ask(audience=Audience.PUBLIC))
    (seen,) = quick_maker.asked_for[-1].earlier
    assert (seen.audience, seen.as_at) == (Audience.PUBLIC, AS_AT)
    assert seen.tables == profiles.tables_of(again(released)) and released.pk != first.pk


def test_a_draft_that_the_public_may_yet_see_is_compared_with(returned, draft, ask):
    draft(audience=Audience.PUBLIC, as_at=EARLIER)
    returned()
    make(ask(audience=Audience.PUBLIC))
    (seen,) = quick_maker.asked_for[-1].earlier
    assert seen.as_at == EARLIER


def test_what_never_went_through_the_gate_is_not_kept(monkeypatch, asked):
    maker(monkeypatch, lambda asked, alive: Made(({"measure": "posts", "cells": []},)))
    assert make(asked).stage == Stage.WAITING
    assert ReleasedFigure.objects.count() == 0
    with pytest.raises(NotReleasedError):
        profile_building.insist_released({"measure": "posts"})


def test_one_whose_returns_are_gone_is_not_made(world, asked):
    uploads.withdraw(upload=world.partnership.uploads.get(), by=world.steward)
    release = make(asked)
    assert (release.stage, release.attempts) == (Stage.FAILED, 1)
    assert "not there any more" in release.fault


# --- The register -------------------------------------------------------------------------------------------------


def test_the_register_is_only_ever_added_to(asked):
    figure = make(asked).figures.first()
    for change in (
        figure.save, figure.delete, ReleasedFigure.objects.all().delete, lambda: ReleasedFigure.objects.update(value=3),
    ):  # fmt: skip
        with pytest.raises(TypeError, match="only ever added to"):
            change()


def test_what_was_discarded_or_withdrawn_stays_in_it(world, asked):
    profiles.discard_profile(release=make(asked), by=world.coordinator)
    assert ReleasedFigure.objects.count() == 2


def test_control_what_was_never_made_has_no_line(asked):
    assert ReleasedFigure.objects.count() == 0


# --- One at a time ------------------------------------------------------------------------------------------------


def test_only_one_of_a_partnership_is_made_at_a_time(asked, ask):
    other = ask(audience=Audience.PUBLIC)
    first = claim(asked.pk)
    assert first
    assert claim(asked.pk) is None
    assert claim(other.pk) is None
    Release.objects.filter(pk=asked.pk).update(stage=Stage.DRAFT)
    assert claim(other.pk)  # the control


def test_the_next_one_follows_by_itself(asked, ask, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=False):
        other = ask(audience=Audience.PUBLIC)
    with django_capture_on_commit_callbacks(execute=True):
        profile_building.build_profile(asked.pk)
    assert [again(one).stage for one in (asked, other)] == [Stage.DRAFT, Stage.DRAFT]


def test_whoever_lost_the_claim_keeps_nothing(monkeypatch, asked):
    def taken(given, alive):
        Release.objects.update(claim="00000000-0000-0000-0000-000000000001")
        return quick_maker.make(given, lambda: None)

    maker(monkeypatch, taken)
    assert make(asked).stage == Stage.BUILDING
    assert ReleasedFigure.objects.count() == 0


def test_a_sign_of_life_from_somebody_whose_report_it_is_no_more_stops_them(monkeypatch, asked):
    def taken(given, alive):
        Release.objects.update(claim=None)
        alive()
        raise AssertionError("It went on")

    maker(monkeypatch, taken)
    assert make(asked).stage == Stage.BUILDING


# --- When it goes wrong -------------------------------------------------------------------------------------------


def test_a_fault_is_tried_three_times_and_its_words_are_nowhere(monkeypatch, asked, caplog, world):
    maker(monkeypatch, fails)
    with caplog.at_level(logging.DEBUG):
        stages = [make(asked).stage for _ in range(4)]
    assert stages == [Stage.WAITING, Stage.WAITING, Stage.FAILED, Stage.FAILED]
    release = again(asked)
    assert (release.attempts, "failed three times" in release.fault) == (3, True)
    kept = [caplog.text, str(vars(release)), str(list(Change.objects.values()))]
    assert not any(SECRET_CELL in words for words in kept)
    assert "ValueError" in caplog.text  # the control


@pytest.mark.parametrize(("fault", "words"), [(MemoryError, "not enough memory"), (OSError, "failed three times")])
def test_why_is_said_in_words(monkeypatch, asked, fault, words):
    def broken(asked, alive):
        raise fault

    maker(monkeypatch, broken)
    assert words in [make(asked) for _ in range(3)][-1].fault


def silence(release, minutes=3):
    Release.objects.filter(pk=release.pk).update(claimed=timezone.now() - timedelta(minutes=minutes))


def test_the_sweep_frees_what_a_dead_worker_held(asked):
    claim(asked.pk)
    silence(asked)
    swept = sweep()
    assert f"profile report {asked.pk}" in swept.sent_again
    assert again(asked).stage == Stage.DRAFT


def test_control_a_living_worker_is_left_alone(asked):
    claim(asked.pk)
    silence(asked, minutes=1)
    sweep()
    assert again(asked).stage == Stage.BUILDING


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_counts_for_long_gives_signs_of_life(returned, ask, monkeypatch):
    """By a thread of its own, whose database connection sees what is committed."""
    monkeypatch.setattr(profile_building, "SIGN_OF_LIFE_EVERY", 0.01)
    returned()
    release = claim(ask(in_background=False).pk)
    silence(release)
    with profile_building.SignOfLife(release) as alive:
        eventually(lambda: again(release).claimed > timezone.now() - timedelta(minutes=1))
    assert not alive.thread.is_alive()
    assert profile_building.fail_or_free_silent() == []
    assert again(release).stage == Stage.BUILDING


@pytest.mark.django_db(transaction=True)
def test_control_and_none_for_a_report_that_is_somebody_elses_by_now(returned, ask, monkeypatch):
    monkeypatch.setattr(profile_building, "SIGN_OF_LIFE_EVERY", 0.01)
    returned()
    release = claim(ask(in_background=False).pk)
    silence(release)
    before = again(release).claimed
    Release.objects.filter(pk=release.pk).update(claim="00000000-0000-0000-0000-000000000001")
    with profile_building.SignOfLife(release) as alive, pytest.raises(profile_building.Stop):
        alive.over.wait(0.1)
        alive()
    assert again(release).claimed == before


def test_what_kills_its_worker_is_tried_three_times(asked):
    for _ in range(3):
        assert claim(asked.pk)
        silence(asked)
        swept = profile_building.fail_or_free_silent()
    assert swept == [asked]
    assert again(asked).stage == Stage.FAILED
    assert claim(asked.pk) is None


def test_the_sweep_sends_again_what_was_never_sent(returned, ask):
    returned(EARLIER)
    release = ask(as_at=EARLIER, at=timezone.now() - timedelta(minutes=1))
    assert again(release).stage == Stage.WAITING  # its message was lost
    sweep()
    assert again(release).stage == Stage.DRAFT


def test_the_folder_of_an_attempt_goes_with_it_and_only_then(monkeypatch, asked, settings):
    from workforce.receiving import forget_left_folders

    seen = []

    def looks(given, alive):
        forget_left_folders()  # what another worker does when it begins to read an upload
        seen.extend(settings.WORK_DIR.iterdir())
        return quick_maker.make(given, alive)

    maker(monkeypatch, looks)
    make(asked)
    assert len(seen) == 1
    assert list(settings.WORK_DIR.iterdir()) == []


def test_a_report_outlives_the_snapshots_that_it_is_made_from(asked):
    release = make(asked)
    Snapshot.objects.update(at=timezone.now() - timedelta(days=731))
    tidy()
    assert Snapshot.objects.get().stored == ""
    (table,) = profiles.tables_of(again(release))
    assert table.cell().value == 1
    assert release.snapshots.count() == 1
