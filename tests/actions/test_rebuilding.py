"""The state of rows follows from the history alone: now, and at any moment of the past."""

from datetime import timedelta

import pytest
from django.utils import timezone

from actions import services
from actions.columns import cells_of
from actions.editing import Edit, save_cells, settle_held, tick_milestone
from actions.models import Action
from actions.past import Point, changes_of_plan, newest_change, plan_at, row_at, rows_at, rows_seen
from actions.rebuilding import Told, in_order, rebuild
from partners.models import Change
from strategies.services import reword_heading
from tests.world import add_row


def stored(world):
    rows = world.strategy.actions.all()
    return {row.pk: cells_of(row) | {"position": row.position, "removed": bool(row.removed)} for row in rows}


def told(world):
    return rows_seen(world.strategy, newest_change(world.strategy))


def edit(row, by, **new):
    seen = cells_of(Action.objects.get(pk=row.pk))
    return save_cells(action=row, edits={key: Edit(seen[key], value) for key, value in new.items()}, by=by)


def line(pk, act, field="", after=None, subject="action", subject_id=1, at=0):
    return Told(pk, subject, subject_id, act, field, None, after, timezone.now() + timedelta(days=at))


# --- The pure part -------------------------------------------------------------------------------------------------

BORN = line(1, "added", after={"activity": "Map", "position": 1})


def test_a_row_is_what_its_lines_say_in_their_order():
    lines = [BORN, line(2, "changed", "activity", "Train"), line(3, "merged", "activity", "Train all")]
    assert rebuild(lines) == {1: {"activity": "Train all", "position": 1, "removed": False}}


@pytest.mark.parametrize("field", ["update", "comment", "attachment"])
def test_what_stands_beside_a_row_does_not_change_it(field):
    assert rebuild([BORN, line(2, "added", field, {"x": 1}), line(3, "removed", field)]) == rebuild([BORN])


def test_what_was_set_aside_never_was_in_the_row():
    assert rebuild([BORN, line(2, "held", "activity", "Never")]) == rebuild([BORN])


def test_removed_and_restored():
    gone = [BORN, line(2, "removed")]
    assert rebuild(gone)[1]["removed"]
    back = rebuild([*gone, line(3, "restored", after={"activity": "Map"})])
    assert back == {1: {"activity": "Map", "position": 1, "removed": False}}


def test_one_line_may_move_every_row():
    moved = line(2, "moved", "positions", {"1": 1024, "7": 2048}, subject="strategy", subject_id=9)
    assert rebuild([BORN, moved]) == {1: {"activity": "Map", "position": 1024, "removed": False}}


def test_a_moment_cuts_the_story_off():
    lines = [BORN, line(2, "changed", "activity", "Later", at=1)]
    assert rebuild(lines, timezone.now())[1]["activity"] == "Map"
    assert rebuild(lines, BORN.at - timedelta(days=1)) == {}


def test_a_row_whose_beginning_is_not_told_is_left_out():
    assert rebuild([line(2, "changed", "activity", "Train"), line(3, "removed")]) == {}


def test_rows_are_read_aim_by_aim_then_by_place():
    rows = {
        1: {"aim": 5, "theme": None, "position": 2},
        2: {"aim": 5, "theme": None, "position": 1},
        3: {"aim": 4, "theme": None, "position": 9},
        4: {"aim": None, "theme": 7, "position": 0},
    }
    assert in_order(rows, {4: 1, 5: 2}, {7: 1}) == [3, 2, 1, 4]


# --- Whatever the doors do -----------------------------------------------------------------------------------------


def everything(world):
    """Something through every door that changes a row; a name for each step."""
    row, other, coordinator = world.row, world.trust_row, world.coordinator
    seen = cells_of(row)
    yield "edited", edit(row, coordinator, activity="Map all leadership courses", priority="high", leads="A\nB")
    late = {"activity": Edit(seen["activity"], "Map leadership courses well"), "priority": Edit("", "low")}
    outcome = save_cells(action=row, edits=late, by=world.manager)
    yield "merged and held", outcome
    assert outcome.merged and outcome.conflicts
    held = outcome.conflicts[0].held
    yield "settled", settle_held(held=held, settle="mine", by=world.manager, seen="high")
    yield "timescale", edit(row, coordinator, timescale_text="Phase 1: May 2027\nPhase 2: June 2027")
    name = "Phase 1, due 31 May 2027"
    yield "ticked", tick_milestone(action=row, place="0", name=name, done=True, by=coordinator)
    yield "contributors", edit(row, coordinator, contributors=[world.trust.pk], theme=world.theme.pk)
    yield "reported", services.post_update(action=row, status="amber", words="Slow", by=coordinator)
    yield "commented", services.add_comment(action=row, words="Well", by=coordinator)
    yield "copied", services.duplicate_action(action=Action.objects.get(pk=row.pk), by=coordinator)
    yield "moved", services.move_action(action=row, past=other, by=coordinator)
    yield "placed", services.place_action(action=world.shared_row, before=other, by=coordinator)
    yield "removed", services.remove_action(action=row, by=coordinator)
    for number in range(12):  # until there is no room left and all rows move
        yield "inserted", services.place_action(action=add_row(world, activity=f"x{number}"), after=other, by=None)
    yield "restored", services.restore_action(action=row, aim=world.second_aim.pk, by=coordinator)


def test_after_every_step_history_alone_tells_what_is_stored(world):
    for name, _ in everything(world):
        assert told(world) == stored(world), name
    assert Change.objects.filter(subject="strategy", field="positions").exists()


def test_every_state_of_the_past_can_be_told_again(world):
    states = []
    for name, _ in everything(world):
        states.append((name, newest_change(world.strategy), stored(world)))
    for name, newest, state in states:
        assert rows_seen(world.strategy, newest) == state, name
        change = changes_of_plan(world.strategy).get(pk=newest)
        assert rows_at(world.strategy, Point(change=change)) == state, name


def test_control_a_write_past_the_doors_is_noticed(world):
    Action.objects.filter(pk=world.row.pk).update(activity="Nobody said so")
    assert told(world) != stored(world)


def test_a_point_after_one_cell_is_after_all_that_was_saved_with_it(world):
    edit(world.row, world.coordinator, evidence="A", priority="high")
    first = changes_of_plan(world.strategy).filter(field="evidence").get()
    then = row_at(world.row, Point(change=first))
    assert (then["evidence"], then["priority"]) == ("A", "high")


def test_the_plan_at_a_moment_has_the_rows_and_the_aims_of_that_moment(world):
    before = timezone.now()
    edit(world.row, world.coordinator, evidence="A list")
    services.remove_action(action=world.trust_row, by=world.coordinator)
    reword_heading(heading=world.aim, seen="Grow our own staff", text="Keep our staff", by=world.coordinator)
    then, now = plan_at(world.strategy, Point(before)), plan_at(world.strategy, Point(timezone.now()))
    assert (len(then.order), len(now.order)) == (3, 2)
    assert (then.rows[world.row.pk]["evidence"], now.rows[world.row.pk]["evidence"]) == ("", "A list")
    assert then.lookups.aims[world.aim.pk] == "1. Grow our own staff"
    assert now.lookups.aims[world.aim.pk] == "1. Keep our staff"


def test_before_there_was_anything_there_is_nothing(world):
    long_ago = Point(timezone.now() - timedelta(days=400))
    assert plan_at(world.strategy, long_ago).order == []
    assert row_at(world.row, long_ago) is None
