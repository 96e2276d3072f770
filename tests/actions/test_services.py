"""Rows come, go and move; people report, comment and attach. Nothing is overwritten and everything is recorded."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions import services
from actions.columns import cells_of
from actions.models import Action, ProgressUpdate
from partners.models import Act, Change
from partners.permissions import Role
from partners.refusals import NotAllowed, Refused
from partners.services import add_member
from strategies.services import add_aim, remove_heading
from tests.world import add_row, person


def fresh(row):
    return Action.objects.get(pk=row.pk)


def order(world):
    return [row.ref for row in world.strategy.actions.order_by("position", "pk")]


def newest(row):
    return Change.objects.filter(subject="action", subject_id=row.pk).first()


# --- Adding ------------------------------------------------------------------------------------------------------


def test_a_new_row_comes_last_with_its_history(world):
    row = add_row(world, ref="9", activity="Something new", leads="Workforce Manager\nSomebody", status="green")
    assert order(world) == ["1", "2", "3", "9"]
    line = newest(row)
    assert (line.act, line.field, line.by, line.before) == (Act.ADDED, "", world.coordinator, None)
    assert line.after == cells_of(fresh(row)) | {"position": fresh(row).position}
    assert [officer.name for officer in row.officers.all()] == ["Workforce Manager", "Somebody"]


def test_a_row_added_after_another_stands_below_it(world):
    services.add_action(
        strategy=world.strategy, cells={"ref": "1a", "activity": "In between", "aim": world.aim.pk},
        by=world.coordinator, after=world.row,
    )  # fmt: skip
    assert order(world) == ["1", "1a", "2", "3"]


@pytest.mark.parametrize("activity", ["", "  ", None])
def test_a_row_without_an_activity_is_refused(world, activity):
    with pytest.raises(Refused) as refusal:
        add_row(world, activity=activity)
    assert refusal.value.field == "activity"
    assert len(order(world)) == 3


def test_a_row_that_hangs_on_nothing_is_refused(world):
    with pytest.raises(Refused, match="hangs on nothing"):
        add_row(world, activity="Floating", aim=None)


def test_a_manager_adds_rows_of_its_own_organisation_only(world):
    cells = {"activity": "Ours", "aim": world.aim.pk}
    here = {"strategy": world.strategy, "by": world.manager}
    assert services.add_action(cells=cells | {"lead_organisation": world.council.pk}, **here)
    assert services.add_action(cells=cells | {"contributors": [world.council.pk]}, **here)
    for others in ({"lead_organisation": world.trust.pk}, {}):
        with pytest.raises(NotAllowed):
            services.add_action(cells=cells | others, **here)
    assert len(order(world)) == 5


@pytest.mark.parametrize(("refs", "next_ref"), [([], "4"), (["A1", "7", "x"], "8"), (["9" * 12, "²"], "4")])
def test_the_reference_suggested_is_the_next_number(world, refs, next_ref):
    for ref in refs:
        add_row(world, ref=ref, activity="x")
    assert services.suggested_ref(world.strategy) == next_ref


# --- Duplicating, removing, restoring ------------------------------------------------------------------------------


def test_a_copy_stands_just_below_with_the_same_words_and_no_progress(world):
    services.post_update(action=world.row, status="green", words="Going well", by=world.manager)
    copy = services.duplicate_action(action=fresh(world.row), by=world.manager)
    assert order(world) == ["1", "4", "2", "3"]
    mine, its = cells_of(fresh(world.row)), cells_of(fresh(copy))
    assert {key for key in mine if mine[key] != its[key]} == {"ref", "status"}
    assert (its["status"], copy.updates.count(), fresh(copy).latest_update) == ("", 0, None)


def test_a_removed_row_keeps_everything_and_comes_back_where_it_was(world):
    before = cells_of(world.trust_row)
    services.remove_action(action=world.trust_row, by=world.coordinator)
    assert [row.ref for row in world.strategy.actions.in_plan().in_order()] == ["1", "3"]
    assert (newest(world.trust_row).act, newest(world.trust_row).before) == (Act.REMOVED, before)
    services.restore_action(action=world.trust_row, by=world.coordinator)
    assert [row.ref for row in world.strategy.actions.in_plan().in_order()] == ["1", "2", "3"]
    assert (newest(world.trust_row).act, newest(world.trust_row).after) == (Act.RESTORED, before)


def test_removing_or_restoring_twice_is_recorded_once(world):
    for act in (services.remove_action, services.restore_action):
        before = Change.objects.count()
        act(action=world.row, by=world.coordinator)
        act(action=world.row, by=world.coordinator)
        assert Change.objects.count() == before + 1


def test_a_manager_removes_nothing_and_a_lead_only_what_its_organisation_leads(world):
    for who, row in [(world.manager, world.row), (world.lead, world.shared_row), (world.foreigner, world.row)]:
        with pytest.raises(NotAllowed):
            services.remove_action(action=row, by=who)
    assert services.remove_action(action=world.row, by=world.lead).removed
    with pytest.raises(NotAllowed):
        services.restore_action(action=world.row, by=world.manager)


# --- Moving ------------------------------------------------------------------------------------------------------


def test_moving_past_a_neighbour_changes_places_and_is_recorded(world):
    services.move_action(action=world.row, past=world.trust_row, by=world.coordinator)
    assert order(world) == ["2", "1", "3"]
    line = newest(world.row)
    assert (line.act, line.field) == (Act.MOVED, "position")
    assert line.after == fresh(world.row).position != line.before


def test_moving_up_to_the_top_and_further_past_several(world):
    services.move_action(action=world.shared_row, past=world.row, by=world.coordinator)
    assert order(world) == ["3", "1", "2"]
    services.move_action(action=world.shared_row, past=world.trust_row, by=world.coordinator)
    assert order(world) == ["1", "2", "3"]


def place_last(world, seen):
    return services.place_action(action=world.row, after=world.shared_row, seen=seen, by=world.coordinator)


def test_room_made_between_rows_is_nobodys_move(world):
    services.place_action(action=world.trust_row, before=world.row, by=world.steering)
    seen = fresh(world.row).position
    services._spread(world.strategy)
    assert fresh(world.row).position != seen
    place_last(world, seen)
    assert order(world) == ["2", "3", "1"]


def test_a_move_after_room_was_made_counts_for_who_looked_before_that(world):
    services.place_action(action=world.trust_row, before=world.row, by=world.steering)
    seen = fresh(world.row).position
    services._spread(world.strategy)
    services.place_action(action=world.row, before=world.trust_row, by=world.steering)
    with pytest.raises(Refused, match="Steering Member moved this row meanwhile"):
        place_last(world, seen)
    assert order(world) == ["1", "2", "3"]


def test_gaps_run_out_and_the_order_stays(world):
    """Each insertion halves the gap: long before the thirtieth there is no room left without making some."""
    for number in range(30):
        services.add_action(
            strategy=world.strategy, cells={"ref": f"n{number}", "activity": "x", "aim": world.aim.pk},
            by=world.coordinator, after=world.row,
        )  # fmt: skip
    assert order(world) == ["1", *(f"n{number}" for number in reversed(range(30))), "2", "3"]
    positions = list(world.strategy.actions.values_list("position", flat=True))
    assert len(set(positions)) == len(positions)


def test_a_move_with_a_removed_neighbour_is_refused(world):
    services.remove_action(action=world.trust_row, by=world.coordinator)
    with pytest.raises(Refused, match="removed meanwhile"):
        services.move_action(action=world.row, past=world.trust_row, by=world.coordinator)
    assert order(world) == ["1", "2", "3"]


def test_only_those_who_reorder_all_rows_move_one(world):
    with pytest.raises(NotAllowed):
        services.move_action(action=world.row, past=world.trust_row, by=world.lead)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=14), st.sampled_from([1, 2, services.GAP]))
def test_any_moves_are_those_of_a_list(world, moves, gap):
    """`gap` 1 leaves no room at all at first, so that rows must be spread."""
    rows = [world.row, world.trust_row, world.shared_row]
    rows += [add_row(world, ref=str(number), activity="x") for number in (4, 5)]
    for place, row in enumerate(rows):
        Action.objects.filter(pk=row.pk).update(position=place * gap)
    listed = [row.ref for row in rows]
    by_ref = {row.ref: row for row in rows}
    for source, target in moves:
        if source == target:
            continue
        moved, past = listed[source], listed[target]
        services.move_action(action=by_ref[moved], past=by_ref[past], by=world.coordinator)
        listed.insert(target, listed.pop(source))
        pks = [by_ref[ref].pk for ref in listed]
        assert list(world.strategy.actions.filter(pk__in=pks).order_by("position").values_list("pk", flat=True)) == pks
    for row in rows[3:]:
        Action.objects.filter(pk=row.pk).update(position=10**9)


# --- Progress ----------------------------------------------------------------------------------------------------


def report(row, by, status="green", words="Going well", **more):
    return services.post_update(action=row, status=status, words=words, by=by, **more)


def test_an_update_is_dated_signed_and_becomes_the_rows_status(world):
    update = report(world.row, world.manager, confidence="high")
    row = fresh(world.row)
    assert (row.status, row.latest_update) == ("green", update)
    assert (update.by, update.by_name, update.confidence) == (world.manager, "Workforce Manager", "high")
    status, reported = Change.objects.filter(subject="action", subject_id=row.pk)[:2]
    assert (status.field, status.before, status.after) == ("status", "", "green")
    assert (reported.field, reported.after["words"], reported.batch) == ("update", "Going well", status.batch)


def test_later_updates_stand_after_earlier_ones_never_over_them(world):
    first = report(world.row, world.manager)
    second = report(world.row, world.lead, status="red", words="The money is gone")
    first.refresh_from_db()
    assert (first.status, first.words) == ("green", "Going well")
    assert list(world.row.updates.all()) == [second, first]
    assert fresh(world.row).status == "red"


def test_an_update_dated_earlier_does_not_replace_the_newest(world):
    second = report(world.row, world.manager, status="amber", words="Slow", at=timezone.now())
    report(world.row, world.manager, status="red", words="What it was", at=timezone.now() - timedelta(days=30))
    row = fresh(world.row)
    assert (row.latest_update, row.status) == (second, "amber")
    assert row.updates.count() == 2


def test_words_without_a_rating_leave_the_rating_as_it_was(world):
    report(world.row, world.manager, status="amber", words="Slow")
    report(world.row, world.manager, status="", words="Still at it")
    row = fresh(world.row)
    assert (row.status, row.latest_update.words) == ("amber", "Still at it")


def test_the_same_rating_again_is_no_change_of_status(world):
    report(world.row, world.manager)
    report(world.row, world.manager, words="Still going well")
    assert Change.objects.filter(subject="action", subject_id=world.row.pk, field="status").count() == 1


@pytest.mark.parametrize("status", ["green", "blue"])
def test_good_news_needs_no_words(world, status):
    assert report(world.row, world.manager, status=status, words="").status == status


@pytest.mark.parametrize(
    ("given_", "field", "sentence"),
    [
        ({"status": "red", "words": "  "}, "words", "Off track needs a few words"),
        ({"status": "amber", "words": ""}, "words", "At risk needs a few words"),
        ({"status": "", "words": "\x00 "}, "words", "The update is empty"),
        ({"status": "purple"}, "status", "not a status"),
        ({"confidence": "total"}, "confidence", "not a confidence"),
        ({"words": "x" * 5001}, "words", "5,001 characters"),
    ],
)
def test_an_update_that_says_too_little_or_too_much_is_refused(world, given_, field, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        report(world.row, world.manager, **given_)
    assert refusal.value.field == field
    assert refusal.value.accepted
    assert not ProgressUpdate.objects.filter(action=world.row).exists()


def test_nobody_reports_on_a_removed_row_or_without_the_right(world):
    with pytest.raises(NotAllowed):
        report(world.row, world.observer)
    services.remove_action(action=world.row, by=world.coordinator)
    with pytest.raises(Refused, match="removed from the plan"):
        report(world.row, world.manager)
    assert not world.row.updates.exists()


def test_the_name_under_an_update_outlives_a_change_of_name(world):
    report(world.row, world.manager)
    world.manager.name = "Somebody Else"
    world.manager.save(update_fields=["name"])
    assert fresh(world.row).latest_update.by_name == "Workforce Manager"


# --- Comments ----------------------------------------------------------------------------------------------------


def test_an_observer_comments_and_it_is_recorded(world):
    comment = services.add_comment(action=world.row, words=" Well done\x00 ", by=world.observer)
    assert (comment.words, comment.by_name) == ("Well done", "Observer")
    assert (newest(world.row).field, newest(world.row).after) == ("comment", {"comment": comment.pk})


@pytest.mark.parametrize(("words", "sentence"), [("  ", "empty"), ("x" * 4001, "4,001 characters")])
def test_empty_and_endless_comments_are_refused(world, words, sentence):
    with pytest.raises(Refused, match=sentence):
        services.add_comment(action=world.row, words=words, by=world.observer)


def test_a_stranger_does_not_comment(world):
    with pytest.raises(NotAllowed):
        services.add_comment(action=world.row, words="Hello", by=world.stranger)


# --- Around the plan -----------------------------------------------------------------------------------------------


def orphan(world):
    """A row that was removed, and then its aim."""
    aim = add_aim(strategy=world.strategy, text="Short-lived", by=world.coordinator)
    row = add_row(world, ref="8", activity="Orphan", aim=aim.pk)
    services.remove_action(action=row, by=world.coordinator)
    remove_heading(heading=aim, by=world.coordinator)
    return row


def test_a_row_never_comes_back_under_an_aim_that_is_gone(world, as_):
    row = orphan(world)
    with pytest.raises(Refused, match="no longer in the strategy"):
        services.restore_action(action=row, by=world.coordinator)
    answer = as_("coordinator").post(f"/p/marlbrook/actions/{row.pk}/restore/", follow=True)
    assert "no longer in the strategy" in answer.content.decode()
    assert fresh(row).removed


def test_there_is_a_way_back_for_a_row_whose_aim_is_gone(world, as_):
    row = orphan(world)
    page = as_("coordinator").get(f"/p/marlbrook/actions/{row.pk}/").content.decode()
    assert "Under which aim?" in page
    as_("coordinator").post(f"/p/marlbrook/actions/{row.pk}/restore/", {"aim": world.second_aim.pk})
    assert not fresh(row).removed
    assert fresh(row).aim == world.second_aim


def test_a_row_is_not_restored_under_an_aim_of_another_partnership(world):
    with pytest.raises(Refused, match="not one of this plan's"):
        services.restore_action(action=orphan(world), by=world.coordinator, aim=world.far_aim.pk)


def test_somebody_of_two_organisations_acts_for_both(world):
    both = person("both", "Both")
    for organisation in (world.council, world.trust):
        add_member(
            user=both, partnership=world.partnership, role=Role.MANAGER, organisation=organisation, by=world.coordinator
        )
    assert report(world.row, both) and report(world.trust_row, both)
