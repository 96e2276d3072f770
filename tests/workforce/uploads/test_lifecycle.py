"""The table of states is whole: nothing is unreachable, nameless, undecided or without a door."""

import inspect
from pathlib import Path

import pytest
from django.conf import settings

from workforce import lifecycle, uploads
from workforce.lifecycle import ANNOUNCED, ASKING, MOVES, OVER, PLANNER, STEWARD, UNFINISHED, State
from workforce.moving import move
from workforce.retention import DONE

# Where a person's doors lead; a move that a person may make leads to one of these.
DOORS = {
    State.CANCELLED: uploads.cancel,
    State.READY: (uploads.accept_with_faults, uploads.restore),
    State.SENT_BACK: uploads.send_back,
    State.WITHDRAWN: uploads.withdraw,
    State.WAITING: uploads.remember_mapping,
    State.SUPERSEDED: uploads.accept_with_faults,
}


def test_every_state_has_its_line_and_leads_only_to_states():
    assert set(MOVES) == set(State)
    assert {to for moves in MOVES.values() for to in moves} <= set(State)


def test_every_state_is_reached_from_the_first():
    reached, edge = {State.WAITING}, {State.WAITING}
    while edge:
        edge = {to for state in edge for to in MOVES[state]} - reached
        reached |= edge
    assert reached == set(State)


def test_every_move_says_who_makes_it():
    who = [people for moves in MOVES.values() for people in moves.values()]
    assert all(people and people <= {PLANNER, STEWARD} for people in who)


def test_every_state_a_person_leads_to_has_its_door():
    assert {to for moves in MOVES.values() for to, who in moves.items() if STEWARD in who} == set(DOORS)


def test_a_state_is_the_workers_or_the_stewards_or_one_that_files_have_served_in():
    assert UNFINISHED | ASKING | DONE == set(State)
    assert not UNFINISHED & ASKING and not (UNFINISHED | ASKING) & DONE
    assert all(PLANNER in who for state in UNFINISHED for to, who in MOVES[state].items() if to != State.CANCELLED)


def test_nothing_that_is_over_counts_again_but_what_was_withdrawn():
    assert {state for state in OVER if MOVES[state]} == {State.WITHDRAWN}


def test_what_the_worker_ends_in_is_announced_with_words_of_its_own():
    ends = {to for to, who in MOVES[State.READING].items() if PLANNER in who} - {State.WAITING}
    assert set(ANNOUNCED) == ends
    folder = Path(settings.BASE_DIR) / "templates" / "notices"
    words = {(folder / f"{kind}.txt").read_text() for kind in ANNOUNCED.values()}
    assert len(words) == len(ANNOUNCED)


@pytest.mark.django_db
def test_what_is_not_in_the_table_is_not_done(world, receive):
    upload = receive()
    with pytest.raises(ValueError, match="does not go from"):
        move(upload, State.WAITING, by=None)
    with pytest.raises(ValueError, match="A person does not"):
        move(receive("number,pay\n1,x\n"), State.READING, by=world.steward)


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_each_move_of_the_table_can_be_made_and_no_other(world, send, state):
    upload = send()
    type(upload).objects.filter(pk=upload.pk).update(state=state)
    for to in State:
        upload.state = state
        type(upload).objects.filter(pk=upload.pk).update(state=state)
        if to in MOVES[state]:
            assert move(upload, to, by=None)
        else:
            with pytest.raises(ValueError, match="does not go"):
                move(upload, to, by=None)


@pytest.mark.django_db
def test_control_a_move_from_where_it_is_no_more_does_nothing(send):
    upload, stale = send(), send()
    assert upload == stale  # the same files: the same upload
    assert move(upload, State.CANCELLED, by=None)
    assert not move(stale, State.READING, by=None)


def test_the_doors_are_all_of_this_module():
    doors = [door for given in DOORS.values() for door in (given if isinstance(given, tuple) else (given,))]
    assert all(inspect.getmodule(door) is uploads for door in doors)
    assert lifecycle.act_of(State.WAITING, State.READING) is None
