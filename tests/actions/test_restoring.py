"""Putting back what was: exactly what the preview says, as new edits, and never over somebody who was quicker."""

import re

import pytest
from django.utils import timezone

from actions import services
from actions.columns import cells_of
from actions.editing import Edit, save_cells
from actions.models import Action, HeldEdit
from actions.past import Point, newest_change, row_at
from actions.restoring import arranged, plan_restoration, put_back_plan, put_back_row, row_restoration
from actions.telling import button_of, what_was_done
from partners import services as partners
from partners.models import Act, Change
from partners.permissions import Role
from partners.refusals import NotAllowed
from strategies.services import add_aim, remove_heading
from tests.actions.test_pages import words
from tests.world import add_row

PLAN = "/p/marlbrook/plan/joint-strategy/"


def stored(row):
    return cells_of(Action.objects.get(pk=row.pk))


def edit(row, by, seen=None, **new):
    saw = stored(row) | (seen or {})
    return save_cells(action=row, edits={key: Edit(saw[key], value) for key, value in new.items()}, by=by)


def plan(world):
    """What everybody sees: the rows in order, with their cells."""
    return [(row.pk, cells_of(row)) for row in world.strategy.actions.in_plan().order_by("position", "pk")]


def newest(world):
    return newest_change(world.strategy)


def now():
    return Point(timezone.now())


def put_plan_back(world, point, by=None, seen=None):
    seen = newest(world) if seen is None else seen
    return put_back_plan(strategy=world.strategy, point=point, seen=seen, by=by or world.coordinator)


# --- The whole plan ------------------------------------------------------------------------------------------------


def a_busy_day(world):
    edit(world.row, world.coordinator, activity="Map nothing", priority="low", timescale_text="Ongoing", leads="B\nC")
    edit(world.trust_row, world.coordinator, aim=world.second_aim.pk, contributors=[world.council.pk])
    services.remove_action(action=world.shared_row, by=world.coordinator)
    added = add_row(world, ref="9", activity="Quite new")
    services.place_action(action=added, before=world.row, by=world.coordinator)
    services.move_action(action=world.row, past=world.trust_row, by=world.coordinator)
    return added


def test_the_whole_plan_comes_back_exactly_as_it_was(world):
    confirmed = stored(world.row)["reading"] | {"confirmed": True}
    edit(world.row, world.coordinator, reading=confirmed, priority="high")
    before, then = plan(world), now()
    a_busy_day(world)
    found = plan_restoration(world.strategy, point=then, seen=newest(world), who=world.coordinator)
    assert button_of(found) == (
        "Put back 7 cells in 2 rows, restore 1 removed row, remove 1 row and put back the order of the rows"
    )
    result = put_plan_back(world, then)
    assert plan(world) == before
    assert (result.left, result.held) == ([], [])
    assert what_was_done(result) == (
        "Put back 7 cells in 2 rows, restored 1 row, removed 1 row and put the order of the rows back."
    )


def test_it_is_one_batch_of_new_edits_and_takes_nothing_from_the_history(world):
    then = now()
    a_busy_day(world)
    before = list(Change.objects.order_by("pk").values_list("pk", flat=True))
    put_plan_back(world, then)
    since = Change.objects.exclude(pk__in=before)
    assert len({line.batch for line in since}) == 1
    assert {line.by for line in since} == {world.coordinator}
    assert Change.objects.filter(pk__in=before).count() == len(before)


def test_putting_back_what_was_put_back_is_possible_too(world):
    then = now()
    a_busy_day(world)
    busy, later = plan(world), now()
    put_plan_back(world, then)
    put_plan_back(world, later)
    assert plan(world) == busy


def test_nothing_to_put_back_writes_nothing(world):
    before = Change.objects.count()
    result = put_plan_back(world, now())
    assert Change.objects.count() == before
    assert what_was_done(result) == "Nothing was changed."


def test_what_was_understood_and_confirmed_comes_back_with_its_words(world):
    edit(world.row, world.coordinator, reading=stored(world.row)["reading"] | {"confirmed": True})
    was, then = stored(world.row), now()
    edit(world.row, world.coordinator, timescale_text="March  2027 or so")
    edit(world.row, world.coordinator, reading=was["reading"])  # the same dates, confirmed for other words
    put_plan_back(world, then)
    assert stored(world.row) == was


def test_versions_go_up_for_all_that_was_put_back(world):
    then = now()
    a_busy_day(world)
    world.strategy.refresh_from_db()
    before = world.strategy.plan_version
    put_plan_back(world, then)
    world.strategy.refresh_from_db()
    versions = list(world.strategy.actions.values_list("version", flat=True))
    assert max(versions) == world.strategy.plan_version > before


def test_a_thousand_cells_of_order_are_one_line_of_history(world):
    rows = [add_row(world, activity=f"x{number}") for number in range(12)]
    then = now()
    for row in rows:
        services.place_action(action=row, before=world.row, by=world.coordinator)
    before = Change.objects.count()
    assert put_plan_back(world, then).is_reordered
    assert Change.objects.count() == before + 1


@pytest.mark.parametrize(
    ("stands", "wanted", "becomes"),
    [
        ([1, 2, 3], [3, 2, 1], [3, 2, 1]),
        ([9, 1, 2], [2, 1], [9, 2, 1]),
        ([1, 9, 8, 2], [2, 1], [2, 1, 9, 8]),
        ([1, 2], [2, 7, 1], [2, 7, 1]),
    ],
)
def test_rows_that_were_not_there_stay_behind_the_row_they_are_behind(stands, wanted, becomes):
    assert arranged(stands, wanted) == becomes


# --- Between the look and the button -------------------------------------------------------------------------------


def test_a_cell_changed_after_the_look_is_not_written_over_but_held(world):
    then = now()
    edit(world.row, world.coordinator, priority="low", evidence="A list")
    seen = newest(world)
    edit(world.row, world.manager, priority="high")
    result = put_plan_back(world, then, seen=seen)
    assert (stored(world.row)["priority"], stored(world.row)["evidence"]) == ("high", "")
    assert result.held == [world.row]
    held = HeldEdit.objects.get()
    assert (held.column, held.base, held.theirs, held.mine, held.by) == (
        "priority",
        "low",
        "high",
        "",
        world.coordinator,
    )


def test_a_row_written_to_after_the_look_is_not_removed(world):
    then = now()
    added = add_row(world, activity="Quite new")
    seen = newest(world)
    services.post_update(action=added, status="green", words="Begun", by=world.manager)
    result = put_plan_back(world, then, seen=seen)
    assert Action.objects.get(pk=added.pk).removed is None
    assert [row for row, _ in result.left] == [added]
    assert "Workforce Manager changed this row" in result.left[0][1]


def test_a_row_added_after_the_look_stays(world):
    then = now()
    edit(world.row, world.coordinator, priority="low")
    seen = newest(world)
    added = add_row(world, activity="Newer than the look")
    put_plan_back(world, then, seen=seen)
    assert Action.objects.get(pk=added.pk).removed is None


def test_an_order_changed_after_the_look_stays(world):
    then = now()
    services.move_action(action=world.row, past=world.trust_row, by=world.coordinator)
    seen = newest(world)
    services.move_action(action=world.row, past=world.shared_row, by=world.steering)
    order = [pk for pk, _ in plan(world)]
    result = put_plan_back(world, then, seen=seen)
    assert [pk for pk, _ in plan(world)] == order
    assert "the order stays" in result.left[0][1]


def test_room_made_between_rows_after_the_look_is_no_move(world):
    then = now()
    services.move_action(action=world.row, past=world.trust_row, by=world.coordinator)
    seen = newest(world)
    services._spread(world.strategy)
    result = put_plan_back(world, then, seen=seen)
    assert (result.is_reordered, result.left) == (True, [])
    assert [pk for pk, _ in plan(world)] == [world.row.pk, world.trust_row.pk, world.shared_row.pk]


def test_a_row_removed_after_the_look_keeps_what_was_wanted_aside(world):
    then = now()
    edit(world.row, world.coordinator, priority="low")
    seen = newest(world)
    services.remove_action(action=world.row, by=world.steering)
    result = put_plan_back(world, then, seen=seen)
    assert result.held == [world.row]
    assert HeldEdit.objects.get().why == HeldEdit.Why.REMOVED


# --- What has to stay ----------------------------------------------------------------------------------------------


def test_what_somebody_may_not_change_is_named_and_left(world):
    then = row_at(world.shared_row, now())
    edit(world.shared_row, world.coordinator, lead_organisation=world.council.pk, evidence="A list")
    edit(world.shared_row, world.coordinator, contributors=[])
    edit(world.shared_row, world.coordinator, lead_organisation=world.trust.pk, contributors=[world.council.pk])
    edit(world.shared_row, world.coordinator, lead_organisation=None)
    found = row_restoration(world.shared_row, then=then, seen=newest(world), who=world.manager)
    assert list(found.steps[0].cells) == ["evidence"]
    assert [sentence.partition(":")[0] for _, sentence in found.left] == ["Lead organisation"]
    put_back_row(action=world.shared_row, then=then, seen=newest(world), by=world.manager)
    assert (stored(world.shared_row)["evidence"], stored(world.shared_row)["lead_organisation"]) == ("", None)


def test_a_manager_does_not_bring_a_removed_row_back_by_the_back_door(world):
    then = row_at(world.row, now())
    services.remove_action(action=world.row, by=world.coordinator)
    result = put_back_row(action=world.row, then=then, seen=newest(world), by=world.manager)
    assert Action.objects.get(pk=world.row.pk).removed
    assert "remove and restore" in result.left[0][1]


def test_an_aim_that_is_gone_is_left_and_named(world):
    aim = add_aim(strategy=world.strategy, text="Short-lived", by=world.coordinator)
    edit(world.row, world.coordinator, aim=aim.pk, evidence="A list")
    then = now()
    edit(world.row, world.coordinator, aim=world.second_aim.pk, evidence="Another")
    remove_heading(heading=aim, by=world.coordinator)
    result = put_plan_back(world, then)
    assert (stored(world.row)["aim"], stored(world.row)["evidence"]) == (world.second_aim.pk, "A list")
    assert [sentence.partition(":")[0] for _, sentence in result.left] == ["Aim"]


def test_a_row_without_the_theme_it_hung_on_is_never_left_hanging(world):
    edit(world.row, world.coordinator, aim=None, theme=world.theme.pk)
    then = now()
    edit(world.row, world.coordinator, aim=world.aim.pk, theme=None)
    remove_heading(heading=world.theme, by=world.coordinator)
    put_plan_back(world, then)
    assert (stored(world.row)["aim"], stored(world.row)["theme"]) == (world.aim.pk, None)


def test_a_removed_row_whose_aim_is_gone_is_named_and_stays_out(world):
    aim = add_aim(strategy=world.strategy, text="Short-lived", by=world.coordinator)
    row = add_row(world, activity="Orphan", aim=aim.pk)
    then = now()
    services.remove_action(action=row, by=world.coordinator)
    remove_heading(heading=aim, by=world.coordinator)
    found = plan_restoration(world.strategy, point=then, seen=newest(world), who=world.coordinator)
    assert found.is_empty and "no longer in the strategy" in found.left[0][1]
    put_plan_back(world, then)
    assert Action.objects.get(pk=row.pk).removed


def test_only_those_who_may_import_put_a_plan_back(world):
    then = now()
    edit(world.row, world.coordinator, priority="low")
    for who in (world.lead, world.manager, world.observer, world.stranger, world.foreigner):
        with pytest.raises(NotAllowed):
            put_plan_back(world, then, by=who)
    assert put_plan_back(world, then, by=world.steering).cells == 1


# --- A row and a value ---------------------------------------------------------------------------------------------


def test_a_row_comes_back_as_it_was_and_others_stay(world):
    was = row_at(world.row, now())
    edit(world.row, world.manager, activity="Other", priority="low", evidence="x")
    edit(world.trust_row, world.coordinator, priority="low")
    result = put_back_row(action=world.row, then=was, seen=newest(world), by=world.manager)
    assert (result.cells, result.rows) == (3, {world.row.pk})
    assert stored(world.row) == {key: was[key] for key in stored(world.row)}
    assert stored(world.trust_row)["priority"] == "low"


def test_one_value_touches_one_cell(world):
    edit(world.row, world.manager, activity="Other", evidence="x")
    put_back_row(action=world.row, then={"activity": "Map leadership courses"}, seen=newest(world), by=world.manager)
    assert (stored(world.row)["activity"], stored(world.row)["evidence"]) == ("Map leadership courses", "x")
    line = Change.objects.filter(subject="action", subject_id=world.row.pk).first()
    assert (line.act, line.before, line.after) == (Act.CHANGED, "Other", "Map leadership courses")


def test_a_right_lost_between_look_and_button_is_lost(world):
    was = row_at(world.row, now())
    edit(world.row, world.manager, priority="low")
    seen = newest(world)
    partners.end_membership(membership=world.manager.memberships.get(), by=world.coordinator)
    with pytest.raises(NotAllowed):
        put_back_row(action=world.row, then=was, seen=seen, by=world.manager)


# --- Pages -----------------------------------------------------------------------------------------------------------


def row_url(row, rest=""):
    return f"/p/marlbrook/actions/{row.pk}/{rest}"


def press(client, address):
    """Look, and press the button with what the page carried."""
    page = client.get(address)
    seen = re.search(r'name="seen" value="(\d+)"', page.content.decode())
    return client.post(address, {"seen": seen[1]}, follow=True)


def test_a_value_put_back_from_its_line_of_history(world, as_):
    edit(world.row, world.manager, activity="Map nothing at all")
    client = as_("manager")
    page = client.get(row_url(world.row, "history/?column=activity")).content.decode()
    link = re.search(r'href="([^"]*put-back/value/[^"]*)">Put back what it said before', page)[1].replace("&amp;", "&")
    look = client.get(link)
    assert "Nothing has been changed yet" in words(look)
    assert "<ins>leadership courses</ins>" in look.content.decode()
    assert "Put back 1 cell in 1 row" in look.content.decode()
    assert stored(world.row)["activity"] == "Map nothing at all"
    assert "Put back 1 cell in 1 row." in words(press(client, link))
    assert stored(world.row)["activity"] == "Map leadership courses"


def test_a_row_put_back_from_a_line_of_history(world, as_):
    added = Change.objects.get(subject="action", subject_id=world.row.pk, act=Act.ADDED, field="")
    edit(world.row, world.manager, activity="Map nothing", priority="low")
    client = as_("manager")
    address = row_url(world.row, f"put-back/?change={added.pk}")
    assert "Put back 2 cells in 1 row" in client.get(address).content.decode()
    press(client, address)
    assert (stored(world.row)["activity"], stored(world.row)["priority"]) == ("Map leadership courses", "")


def test_the_plan_put_back_through_the_pages(world, as_):
    added = Change.objects.filter(subject="action", subject_id=world.shared_row.pk, act=Act.ADDED).get()
    before = plan(world)
    a_busy_day(world)
    client = as_("coordinator")
    shown = client.get(f"{PLAN}as-at/?change={added.pk}").content.decode()
    assert "Map leadership courses" in shown and "Quite new" not in shown
    address = f"{PLAN}as-at/put-back/?change={added.pk}"
    look = words(client.get(address))
    for said in ("removed from the plan", "Quite new", "restored", "Order of the rows", "Run joint recruitment fairs"):
        assert said in look
    press(client, address)
    assert plan(world) == before


def test_a_change_between_the_look_and_the_button_is_said(world, as_):
    added = Change.objects.get(subject="action", subject_id=world.row.pk, act=Act.ADDED, field="")
    edit(world.row, world.manager, priority="low")
    client, address = as_("coordinator"), row_url(world.row, f"put-back/?change={added.pk}")
    seen = re.search(r'name="seen" value="(\d+)"', client.get(address).content.decode())[1]
    edit(world.row, world.manager, priority="high")
    answer = words(client.post(address, {"seen": seen}, follow=True))
    assert "kept aside" in answer
    assert stored(world.row)["priority"] == "high"


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_a_button_pressed_without_having_looked_shows_the_look_again(world, as_, seen):
    added = Change.objects.get(subject="action", subject_id=world.row.pk, act=Act.ADDED, field="")
    edit(world.row, world.manager, priority="low")
    answer = as_("coordinator").post(row_url(world.row, f"put-back/?change={added.pk}"), {"seen": seen})
    assert "Nothing has been changed yet" in words(answer)
    assert stored(world.row)["priority"] == "low"


@pytest.mark.parametrize("which", ["?change=999999", "?change=x", "", "?date=2001-01-01", "?date=x&time=99:99"])
def test_a_point_that_is_none_leads_back_to_the_history(world, as_, which):
    client = as_("coordinator")
    for address in (row_url(world.row, f"put-back/{which}"), row_url(world.row, f"put-back/value/{which}")):
        assert client.get(address).url == row_url(world.row, "history/")


def test_a_change_of_another_row_or_partnership_is_no_point_of_this_one(world, as_):
    for row in (world.trust_row, world.far_row):
        foreign = Change.objects.get(subject="action", subject_id=row.pk, act=Act.ADDED, field="")
        assert as_("coordinator").get(row_url(world.row, f"put-back/?change={foreign.pk}")).status_code == 302
    assert as_("coordinator").get(f"{PLAN}as-at/put-back/?change={foreign.pk}").status_code == 302


def test_a_partner_lead_sees_the_past_but_not_the_button(world, as_):
    client = as_("lead")
    address = f"{PLAN}as-at/?date={timezone.localdate():%Y-%m-%d}"
    assert "putting it back" not in client.get(address).content.decode()
    assert "putting it back" in as_("coordinator").get(address).content.decode()  # the control
    assert client.get(f"{PLAN}as-at/put-back/?date={timezone.localdate():%Y-%m-%d}").status_code == 403


def test_a_member_who_comes_back_is_known_again_in_an_old_list_of_officers(world):
    """Names are put back as names; who bears them now is found again."""
    was = row_at(world.row, now())
    edit(world.row, world.coordinator, leads="")
    partners.end_membership(membership=world.manager.memberships.get(), by=world.coordinator)
    put_back_row(action=world.row, then=was, seen=newest(world), by=world.coordinator)
    assert stored(world.row)["leads"] == [{"name": "Workforce Manager", "user": None}]
    partners.add_member(
        user=world.manager, partnership=world.partnership, role=Role.MANAGER, organisation=world.council, by=None
    )
