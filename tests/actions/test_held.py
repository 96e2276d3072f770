"""What could not be saved is kept until somebody decides: whoever closes the browser, whatever is decided late."""

import pytest

from actions import services
from actions.columns import cells_of
from actions.editing import Edit, open_held, save_cells, settle_held
from actions.models import Action, HeldEdit
from partners.models import Act, Change, Via
from partners.refusals import NotAllowed, Refused


def stored(row):
    return cells_of(Action.objects.get(pk=row.pk))


def save(row, by, seen, **new):
    return save_cells(action=row, edits={key: Edit(seen[key], value) for key, value in new.items()}, by=by)


@pytest.fixture
def seen(world):
    return stored(world.row)


@pytest.fixture
def held(world, seen):
    """The coordinator's words, set aside because the manager was quicker."""
    save(world.row, world.manager, seen, activity="Map all courses")
    return save(world.row, world.coordinator, seen, activity="Map no courses").conflicts[0].held


def lines(row, act):
    return Change.objects.filter(subject="action", subject_id=row.pk, act=act)


# --- Merging at the door -------------------------------------------------------------------------------------------


def test_two_changes_of_one_text_that_keep_clear_of_each_other_are_put_together(world, seen):
    save(world.row, world.manager, seen, activity="Map all leadership courses")
    outcome = save(world.row, world.coordinator, seen, activity="Map leadership courses twice")
    both = "Map all leadership courses twice"
    assert stored(world.row)["activity"] == both
    assert outcome.saved["activity"] == ("Map all leadership courses", both)
    assert outcome.merged == {"activity": "Workforce Manager"}
    line = lines(world.row, Act.MERGED).get()
    assert (line.before, line.after) == ("Map all leadership courses", both)


def test_officers_and_partners_that_two_people_add_are_all_kept(world, seen):
    save(world.row, world.manager, seen, leads="Workforce Manager\nAnn", contributors=[world.trust.pk])
    save(world.row, world.coordinator, seen, leads="Workforce Manager\nBen", contributors=[world.council.pk])
    now = stored(world.row)
    assert [one["name"] for one in now["leads"]] == ["Workforce Manager", "Ann", "Ben"]
    assert now["leads"][0]["user"] == world.manager.pk
    assert now["contributors"] == sorted([world.trust.pk, world.council.pk])


@pytest.mark.parametrize(
    ("key", "theirs", "mine"),
    [("timescale_text", "March 2028", "May 2027"), ("priority", "high", "low"), ("ref", "1a", "1b")],
)
def test_what_cannot_be_two_things_at_once_is_never_merged(world, seen, key, theirs, mine):
    save(world.row, world.manager, seen, **{key: theirs})
    outcome = save(world.row, world.coordinator, seen, **{key: mine})
    assert [conflict.column for conflict in outcome.conflicts] == [key]
    assert stored(world.row)[key] == theirs


def test_a_merge_that_would_be_too_long_is_held(world):
    save(world.row, world.manager, stored(world.row), evidence="middle")
    seen = stored(world.row)
    save(world.row, world.manager, seen, evidence="x" * 3000 + " middle")
    assert save(world.row, world.coordinator, seen, evidence="middle " + "y" * 3000).conflicts
    assert stored(world.row)["evidence"].startswith("xxx")


def test_a_merge_that_adds_nothing_is_no_change(world, seen):
    save(world.row, world.manager, seen, activity="Map all leadership courses twice")
    before = Change.objects.count()
    assert save(world.row, world.coordinator, seen, activity="Map all leadership courses").saved == {}
    assert Change.objects.count() == before


# --- Held ------------------------------------------------------------------------------------------------------------


def test_a_held_edit_keeps_what_was_seen_theirs_and_mine_and_is_told(world, held):
    assert (held.base, held.theirs, held.mine) == ("Map leadership courses", "Map all courses", "Map no courses")
    assert (held.by, held.why, held.settled) == (world.coordinator, HeldEdit.Why.CONFLICT, None)
    line = lines(world.row, Act.HELD).get()
    assert (line.before, line.after, line.by) == ("Map all courses", "Map no courses", world.coordinator)
    (open_one,) = open_held(Action.objects.get(pk=world.row.pk))
    assert (open_one.theirs, open_one.mine, open_one.by_name) == (
        "Map all courses",
        "Map no courses",
        "Workforce Manager",
    )


def test_sending_the_same_again_holds_it_once(world, seen, held):
    again = save(world.row, world.coordinator, seen, activity="Map no courses")
    assert again.conflicts[0].held == held
    assert (HeldEdit.objects.count(), lines(world.row, Act.HELD).count()) == (1, 1)


def test_different_words_and_different_people_are_held_apart(world, seen, held):
    save(world.row, world.coordinator, seen, activity="Map nothing")
    save(world.row, world.steering, seen, activity="Map no courses")
    assert HeldEdit.objects.filter(settled=None).count() == 3


def test_an_edit_of_a_removed_row_is_held_and_can_be_used_once_it_is_back(world, seen):
    services.remove_action(action=world.row, by=world.coordinator)
    outcome = save(world.row, world.manager, seen, activity="Late words", priority="high")
    assert outcome.removed and {one.held.why for one in outcome.conflicts} == {HeldEdit.Why.REMOVED}
    late = next(one.held for one in outcome.conflicts if one.column == "activity")
    with pytest.raises(Refused, match="removed from the plan"):
        settle_held(held=late, settle="mine", by=world.manager, seen=seen["activity"])
    services.restore_action(action=world.row, by=world.coordinator)
    settle_held(held=late, settle="mine", by=world.manager, seen=seen["activity"])
    assert stored(world.row)["activity"] == "Late words"


# --- Deciding --------------------------------------------------------------------------------------------------------


def settle(held, by, how, seen="Map all courses", **more):
    return settle_held(held=held, settle=how, by=by, seen=seen, **more)


@pytest.mark.parametrize(
    ("how", "words", "becomes"),
    [
        ("theirs", None, "Map all courses"),
        ("mine", None, "Map no courses"),
        ("together", "Map some courses", "Map some courses"),
    ],
)
def test_three_ways_to_decide(world, held, how, words, becomes):
    settle(held, world.coordinator, how, words=words)
    assert stored(world.row)["activity"] == becomes
    held.refresh_from_db()
    assert held.settled and held.settled_as == how
    assert open_held(world.row) == []


def test_whatever_is_decided_all_texts_stay_in_the_history(world, held):
    settle(held, world.coordinator, "together", words="Map some courses")
    told = {line.after for line in Change.objects.filter(subject="action", subject_id=world.row.pk, field="activity")}
    assert told == {"Map all courses", "Map no courses", "Map some courses"}


def test_deciding_twice_does_nothing_the_second_time(world, held):
    settle(held, world.coordinator, "mine")
    save(world.row, world.manager, stored(world.row), activity="Newer")
    assert not settle(held, world.coordinator, "mine").saved
    assert stored(world.row)["activity"] == "Newer"


def test_a_cell_changed_again_while_somebody_decides_is_one_more_conflict(world, held):
    save(world.row, world.manager, stored(world.row), activity="Changed once more")
    outcome = settle(held, world.coordinator, "mine")
    assert outcome.conflicts[0].theirs == "Changed once more"
    assert stored(world.row)["activity"] == "Changed once more"
    held.refresh_from_db()
    assert held.settled is None


def test_words_typed_to_put_both_together_are_held_as_well_when_they_come_too_late(world, held):
    save(world.row, world.manager, stored(world.row), activity="Changed once more")
    outcome = settle(held, world.coordinator, "together", words="Map some courses")
    assert outcome.conflicts[0].held.mine == "Map some courses"
    assert {one.mine for one in open_held(world.row)} == {"Map no courses", "Map some courses"}


def test_words_typed_to_put_both_together_survive_the_removal_of_the_row(world, held):
    services.remove_action(action=world.row, by=world.steering)
    outcome = settle(held, world.coordinator, "together", words="Map some courses")
    assert outcome.removed
    assert HeldEdit.objects.filter(mine="Map some courses", why=HeldEdit.Why.REMOVED).exists()


def test_only_those_who_may_edit_the_row_decide(world, held):
    for who in (world.observer, world.trust_manager, world.stranger, world.foreigner):
        with pytest.raises(NotAllowed):
            settle(held, who, "theirs")
    held.refresh_from_db()
    assert held.settled is None


# --- The same save sent twice --------------------------------------------------------------------------------------

ONCE = "3f8a2c1e-5a53-4b7e-9d53-0d5a5f1f6a01"


def test_a_save_sent_again_after_a_lost_answer_writes_nothing(world, seen):
    sent = {"action": world.row, "edits": {"evidence": Edit("", "A list")}, "by": world.manager, "once": ONCE}
    save_cells(**sent)
    save(world.row, world.coordinator, stored(world.row), evidence="Something newer")
    before = Change.objects.count()
    answer = save_cells(**sent)
    assert not answer.conflicts
    assert stored(world.row)["evidence"] == "Something newer"
    assert Change.objects.count() == before


def test_a_held_save_sent_again_is_told_the_same_conflict(world, seen):
    save(world.row, world.manager, seen, priority="high")
    sent = {"action": world.row, "edits": {"priority": Edit("", "low")}, "by": world.coordinator, "once": ONCE}
    first, again = save_cells(**sent), save_cells(**sent)
    assert first.conflicts[0].held == again.conflicts[0].held
    assert HeldEdit.objects.count() == 1


def test_whoever_applies_a_late_file_or_link_is_the_author_of_what_is_held(world, seen):
    save(world.row, world.manager, seen, priority="high")
    edits = {"priority": Edit("", "low")}
    held = save_cells(action=world.row, edits=edits, by=world.steering, via=Via.LINK).conflicts[0].held
    assert (held.by, held.via) == (world.steering, Via.LINK)


def test_a_row_that_somebody_wrote_to_is_not_removed_unread(world):
    version = Action.objects.get(pk=world.row.pk).version
    save(world.row, world.manager, stored(world.row), evidence="A list")
    with pytest.raises(Refused, match="Workforce Manager changed this row"):
        services.remove_action(action=world.row, by=world.coordinator, seen=version)
    assert services.remove_action(
        action=world.row, by=world.coordinator, seen=Action.objects.get(pk=world.row.pk).version
    ).removed
