"""The table of stages is whole: nothing is unreachable, nameless, undecided or without a door."""

import inspect
from pathlib import Path

import pytest
from django.conf import settings

from workforce import profiles
from workforce.models import Release
from workforce.profile_lifecycle import ANNOUNCED, BUILDER, MOVES, PLANNER, RELEASER, SEEN, UNFINISHED, Stage
from workforce.profile_moving import _HEARERS, move

# Where a person's doors lead; a move that a person may make leads to one of these.
DOORS = {
    Stage.DISCARDED: profiles.discard_profile,
    Stage.RELEASED: profiles.release_profile,
    Stage.WITHDRAWN: profiles.withdraw_profile,
    Stage.WAITING: profiles.try_again,
}


def test_every_stage_has_its_line_and_leads_only_to_stages():
    assert set(MOVES) == set(Stage)
    assert {to for moves in MOVES.values() for to in moves} <= set(Stage)


def test_every_stage_is_reached_from_the_first():
    reached, edge = {Stage.WAITING}, {Stage.WAITING}
    while edge:
        edge = {to for stage in edge for to in MOVES[stage]} - reached
        reached |= edge
    assert reached == set(Stage)


def test_every_move_says_who_makes_it():
    who = [people for moves in MOVES.values() for people in moves.values()]
    assert all(people and people <= {PLANNER, BUILDER, RELEASER} for people in who)


def test_every_stage_a_person_leads_to_has_its_door():
    by_people = {to for moves in MOVES.values() for to, who in moves.items() if who - {PLANNER}}
    assert by_people == set(DOORS)
    assert all(inspect.getmodule(door) is profiles for door in DOORS.values())


def test_what_is_unfinished_ends_by_itself_and_what_was_seen_is_never_made_again():
    assert all(PLANNER in who for stage in UNFINISHED for to, who in MOVES[stage].items() if to != Stage.DISCARDED)
    assert not any(set(MOVES[stage]) & UNFINISHED for stage in SEEN)


def test_nothing_is_released_that_was_no_draft():
    assert [stage for stage, moves in MOVES.items() if Stage.RELEASED in moves] == [Stage.DRAFT]
    assert MOVES[Stage.DRAFT][Stage.RELEASED] == {RELEASER}


def test_each_announcement_has_words_and_hearers_of_its_own():
    folder = Path(settings.BASE_DIR) / "templates" / "notices"
    words = {(folder / f"{kind}.txt").read_text() for kind in ANNOUNCED.values()}
    assert len(words) == len(ANNOUNCED)
    assert set(_HEARERS) == set(ANNOUNCED)


@pytest.mark.django_db
@pytest.mark.parametrize("stage", Stage)
def test_each_move_of_the_table_can_be_made_and_no_other(world, returned, ask, stage):
    returned()
    release = ask()
    for to in Stage:
        release.stage = stage
        Release.objects.filter(pk=release.pk).update(stage=stage)
        if to in MOVES[stage]:
            assert move(release, to, by=None)
        else:
            with pytest.raises(ValueError, match="does not go"):
                move(release, to, by=None)


@pytest.mark.django_db
def test_a_person_does_not_do_the_workers_part(world, returned, ask):
    returned()
    with pytest.raises(ValueError, match="A person does not"):
        move(ask(), Stage.BUILDING, by=world.coordinator)


@pytest.mark.django_db
def test_control_a_move_from_where_it_is_no_more_does_nothing(returned, ask):
    returned()
    release, stale = ask(), ask()
    assert release == stale
    assert move(release, Stage.DISCARDED, by=None)
    assert not move(stale, Stage.BUILDING, by=None)
