"""The one door for writing cells: what was seen decides, every change is recorded, nobody's words are run over."""

from datetime import date, timedelta

import pytest

from actions.columns import BY_KEY, COLUMNS, cells_of
from actions.editing import Edit, save_cells
from actions.models import Action
from actions.services import add_action, remove_action
from partners import services as partners
from partners.models import Act, Change, Membership, Via
from partners.permissions import Role
from partners.refusals import NotAllowed, Refused
from tests.world import person


def stored(row):
    return cells_of(Action.objects.get(pk=row.pk))


def change(row, by, *, seen=None, via=Via.FORM, **new):
    """Save these cells as somebody who saw the row as it is now, or as `seen` says."""
    saw = stored(row) | (seen or {})
    return save_cells(action=row, edits={key: Edit(saw[key], value) for key, value in new.items()}, by=by, via=via)


def history(row, field=None):
    """Oldest first."""
    found = Change.objects.filter(subject="action", subject_id=row.pk).order_by("pk")
    return list(found.filter(field=field) if field else found)


# --- Two people --------------------------------------------------------------------------------------------------


def test_two_people_in_different_cells_of_one_row_are_both_saved(world):
    seen = stored(world.row)
    assert change(world.row, world.manager, seen=seen, evidence="Certificates").saved
    assert change(world.row, world.coordinator, seen=seen, resource_requirement="Half a day").saved
    now = stored(world.row)
    assert (now["evidence"], now["resource_requirement"]) == ("Certificates", "Half a day")


def test_one_cell_and_two_people_is_a_conflict_that_shows_all_three_versions(world):
    seen = stored(world.row)
    change(world.row, world.manager, seen=seen, activity="Map all courses")
    theirs = history(world.row, "activity")[-1]
    outcome = change(world.row, world.coordinator, seen=seen, activity="Map no courses")
    (conflict,) = outcome.conflicts
    assert (conflict.column, conflict.base) == ("activity", "Map leadership courses")
    assert (conflict.theirs, conflict.mine) == ("Map all courses", "Map no courses")
    assert (conflict.by_name, conflict.at) == ("Workforce Manager", theirs.at)


def test_a_conflict_in_one_cell_is_held_and_the_others_are_written(world):
    seen = stored(world.row)
    change(world.row, world.manager, seen=seen, activity="Map all courses")
    outcome = change(world.row, world.coordinator, seen=seen, activity="Map no courses", evidence="None")
    assert outcome.saved == {"evidence": ("", "None")}
    assert (stored(world.row)["activity"], stored(world.row)["evidence"]) == ("Map all courses", "None")
    told = history(world.row)[-1]
    assert (told.act, told.field, told.after) == (Act.CHANGED, "evidence", "None")
    held = history(world.row, "activity")[-1]
    assert (held.act, held.before, held.after) == (Act.HELD, "Map all courses", "Map no courses")


def test_every_cell_in_conflict_is_named(world):
    seen = stored(world.row)
    change(world.row, world.manager, seen=seen, activity="Theirs", priority="high")
    outcome = change(world.row, world.coordinator, seen=seen, activity="Mine", priority="low", evidence="Free")
    assert {conflict.column for conflict in outcome.conflicts} == {"activity", "priority"}


def test_a_conflict_in_a_cell_that_nobody_has_changed_since_names_nobody(world):
    outcome = change(world.row, world.manager, seen={"activity": "Never said"}, activity="Mine")
    (conflict,) = outcome.conflicts
    assert (conflict.by_name, conflict.at) == ("", None)


def test_saving_again_after_having_seen_theirs_goes_through(world):
    change(world.row, world.manager, seen=stored(world.row), activity="Theirs")
    assert change(world.row, world.coordinator, activity="Mine").saved["activity"] == ("Theirs", "Mine")


def test_the_same_words_from_two_people_are_no_conflict_and_one_change(world):
    seen = stored(world.row)
    change(world.row, world.manager, seen=seen, activity="Map all courses")
    before, version = history(world.row), Action.objects.get(pk=world.row.pk).version
    outcome = change(world.row, world.coordinator, seen=seen, activity="Map all courses")
    assert not outcome.conflicts and not outcome.saved
    assert history(world.row) == before
    assert Action.objects.get(pk=world.row.pk).version == version


def test_a_cell_left_as_it_was_seen_is_no_edit_whatever_is_stored_now(world):
    seen = stored(world.row)
    change(world.row, world.manager, seen=seen, activity="Theirs")
    outcome = change(world.row, world.coordinator, seen=seen, activity=seen["activity"], evidence="Mine")
    assert not outcome.conflicts
    assert set(outcome.saved) == {"evidence"}
    assert stored(world.row)["activity"] == "Theirs"


def test_a_row_read_before_somebody_elses_edit_does_not_write_it_back(world):
    """The row in hand may be old: only the cells edited are written, never the whole of it."""
    in_hand = Action.objects.get(pk=world.row.pk)
    change(world.row, world.manager, expected_outcome="More leaders", timescale_text="May 2027")
    in_hand.activity = "Something nobody asked to save"
    change(in_hand, world.coordinator, evidence="A list")
    now = stored(world.row)
    assert now["expected_outcome"] == "More leaders"
    assert now["activity"] == "Map leadership courses"
    assert Action.objects.get(pk=world.row.pk).due_on == date(2027, 5, 31)


# --- What is recorded --------------------------------------------------------------------------------------------


def test_every_saved_cell_has_one_line_of_history(world):
    change(world.row, world.manager, via=Via.TABLE, activity="New", priority="high", leads="Somebody")
    lines = {line.field: line for line in history(world.row) if line.act == Act.CHANGED}
    assert set(lines) == {"activity", "priority", "leads"}
    line = lines["activity"]
    assert (line.before, line.after) == ("Map leadership courses", "New")
    assert (line.by, line.by_name, line.via) == (world.manager, "Workforce Manager", Via.TABLE)
    assert len({line.batch for line in lines.values()}) == 1


def test_a_new_timescale_records_what_is_understood_of_it_beside_the_words(world):
    change(world.row, world.manager, timescale_text="June 2027")
    words, reading = history(world.row)[-2:]
    assert (words.field, words.after) == ("timescale_text", "June 2027")
    assert reading.field == "reading"
    assert reading.before["milestones"][0]["due"] == "2027-03-31"
    assert reading.after["milestones"][0]["due"] == "2027-06-30"
    assert reading.batch == words.batch


def test_new_words_for_a_timescale_are_no_longer_confirmed(world):
    change(world.row, world.manager, reading=stored(world.row)["reading"] | {"confirmed": True})
    change(world.row, world.manager, timescale_text="June 2027")
    assert stored(world.row)["reading"]["confirmed"] is False


def test_no_change_no_history_and_no_new_version(world):
    before = Action.objects.get(pk=world.row.pk)
    assert change(world.row, world.manager, activity=before.activity, leads="Workforce Manager").saved == {}
    after = Action.objects.get(pk=world.row.pk)
    assert (after.version, after.changed) == (before.version, before.changed)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
def test_every_column_is_written_read_back_and_recorded(world, column):
    other = BY_KEY["timescale_text"]
    new = {
        "aim": world.second_aim.pk,
        "theme": world.theme.pk,
        "priority": "high",
        "lead_organisation": world.trust.pk,
        "leads": [{"name": "Somebody", "user": None}],
        "contributors": sorted([world.trust.pk, world.council.pk]),
        "status": "green",
        "reading": stored(world.row)["reading"] | {"confirmed": True},
    }.get(column.key, "New words")
    before = column.stored(world.row)
    outcome = change(world.row, world.coordinator, **{column.key: new})
    assert outcome.saved[column.key] == (before, new)
    assert stored(world.row)[column.key] == new
    assert history(world.row, column.key)[-1].after == new
    assert other.stored(world.row) == stored(world.row)[other.key] or column is other


def test_choices_may_be_given_as_the_words_of_their_labels(world):
    assert change(world.row, world.manager, status="Off track", priority="HIGH ").saved["status"][1] == "red"


# --- Refusals ----------------------------------------------------------------------------------------------------


def test_an_edit_of_a_removed_row_is_held_and_writes_nothing(world):
    remove_action(action=world.row, by=world.coordinator)
    outcome = change(world.row, world.coordinator, activity="Too late")
    assert outcome.removed and not outcome.saved
    assert [conflict.mine for conflict in outcome.conflicts] == ["Too late"]
    assert stored(world.row)["activity"] == "Map leadership courses"


@pytest.mark.parametrize("who", ["observer", "steward", "trust_manager", "stranger", "foreigner"])
def test_without_the_right_nothing_is_written(world, who):
    with pytest.raises(NotAllowed):
        change(world.row, world.people[who], activity="Not mine to say")
    assert stored(world.row)["activity"] == "Map leadership courses"


def test_a_right_lost_meanwhile_is_lost(world):
    seen = stored(world.row)
    change(world.row, world.manager, seen=seen, evidence="Still a member")
    partners.end_membership(membership=Membership.objects.get(user=world.manager), by=world.coordinator)
    with pytest.raises(NotAllowed):
        change(world.row, world.manager, seen=seen, activity="No longer")


def test_a_row_that_moved_to_another_organisation_is_out_of_reach(world):
    change(world.row, world.coordinator, lead_organisation=world.trust.pk)
    with pytest.raises(NotAllowed):
        change(world.row, world.manager, activity="Ours once")


@pytest.mark.parametrize("column", [c for c in COLUMNS if c.kind in ("text", "long")], ids=lambda column: column.key)
def test_words_up_to_the_limit_are_kept_and_longer_ones_refused_by_count(world, column):
    assert change(world.row, world.manager, **{column.key: "x" * column.longest}).saved
    with pytest.raises(Refused) as refusal:
        change(world.row, world.manager, **{column.key: "y" * (column.longest + 1)})
    assert refusal.value.field == column.key
    assert f"{column.longest + 1:,}" in refusal.value.message
    assert f"{column.longest:,}" in refusal.value.accepted
    assert stored(world.row)[column.key] == "x" * column.longest


def test_one_refused_cell_leaves_all_unwritten(world):
    with pytest.raises(Refused):
        change(world.row, world.manager, evidence="Fine", priority="urgent")
    assert stored(world.row)["evidence"] == ""


def test_a_priority_that_is_none_is_refused_with_those_that_are(world):
    with pytest.raises(Refused) as refusal:
        change(world.row, world.manager, priority="urgent")
    assert refusal.value.sentence == "“urgent” is not a priority. Use High, Medium, Low, or leave it blank."


@pytest.mark.parametrize("blank", ["", "   ", "\n\t\n", "\x00", "\u202e", None])
def test_an_activity_of_nothing_is_refused(world, blank):
    with pytest.raises(Refused, match="Activity is empty"):
        change(world.row, world.manager, activity=blank)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("NUL\x00 inside", "NUL inside"),
        ("bell\x07 and \x1b[31mred\x9b", "bell and [31mred"),
        ("turned \u202eround\u202c and \u2066isolated\u2069", "turned round and isolated"),
        ("a\r\nb\rc  \n d", "a\nb\nc\n d"),
        ("  both ends \n\n", "both ends"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE actions_action; --", "'; DROP TABLE actions_action; --"),
        ("{{ 7|add:7 }} {% now 'Y' %} %s %(x)s", "{{ 7|add:7 }} {% now 'Y' %} %s %(x)s"),
        ('=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
        ("Cafe\u0301 🩺 العربية", "Café 🩺 العربية"),
    ],
)
def test_words_are_kept_as_typed_without_what_cannot_be_seen(world, typed, kept):
    change(world.row, world.manager, activity=typed, leads=[typed], timescale_text=typed)
    now = stored(world.row)
    assert (now["activity"], now["timescale_text"]) == (kept, kept)
    assert now["leads"] == [{"name": " ".join(kept.split()), "user": None}]


def test_a_row_is_never_left_hanging_on_nothing(world):
    with pytest.raises(Refused, match="hangs on nothing"):
        change(world.row, world.manager, aim=None)
    assert change(world.row, world.manager, aim=None, theme=world.theme.pk).saved
    with pytest.raises(Refused, match="hangs on nothing"):
        change(world.row, world.manager, theme="")


@pytest.mark.parametrize(
    ("key", "whose"),
    [("aim", "far_aim"), ("theme", "far_theme"), ("lead_organisation", "far_council"), ("contributors", "far_council")],
)
def test_what_belongs_to_another_partnership_is_refused(world, key, whose):
    foreign = getattr(world, whose).pk
    value = [world.trust.pk, foreign] if key == "contributors" else foreign
    with pytest.raises(Refused, match=r"not one of this plan’s|not one of this plan's"):
        change(world.row, world.coordinator, **{key: value})
    assert stored(world.row)[key] != value


@pytest.mark.parametrize("key", ["aim", "theme", "lead_organisation"])
@pytest.mark.parametrize("nonsense", ["x", "-1", "1.0", "9" * 40, "0", "²"])
def test_a_number_that_is_none_of_the_plans_is_refused(world, key, nonsense):
    with pytest.raises(Refused):
        change(world.row, world.coordinator, **{key: nonsense})


# --- Responsible officers ----------------------------------------------------------------------------------------


def test_the_first_officer_carries_the_duty_and_members_are_recognised_by_name(world):
    change(world.row, world.coordinator, leads="Head of Learning\nworkforce manager\n\n  Head of  Learning ")
    first, second = world.row.officers.all()
    assert (first.position, first.name, first.user) == (0, "Head of Learning", None)
    assert (second.position, second.name, second.user) == (1, "workforce manager", world.manager)


def test_a_name_that_two_members_bear_is_not_guessed(world):
    twin = person("twin", "Workforce Manager")
    partners.add_member(
        user=twin, partnership=world.partnership, role=Role.MANAGER, organisation=world.trust, by=world.coordinator
    )
    change(world.trust_row, world.coordinator, leads="Head of Learning\nWorkforce Manager")
    assert world.trust_row.officers.get(position=1).user is None


def test_a_name_that_stands_there_already_still_means_the_person_it_meant(world):
    """Whoever has come to share the name, or has left: nobody touched the cell."""
    seen = stored(world.row)
    partners.end_membership(membership=Membership.objects.get(user=world.manager), by=world.coordinator)
    outcome = change(world.row, world.coordinator, seen=seen, leads="Workforce Manager", evidence="A list")
    assert set(outcome.saved) == {"evidence"}
    assert world.row.officers.get().user == world.manager


def test_a_member_of_another_partnership_is_not_recognised(world):
    change(world.row, world.coordinator, leads="Foreign Coordinator")
    assert world.row.officers.get().user is None


@pytest.mark.parametrize(
    ("officers", "sentence"),
    [("x" * 151, "too long for a name"), ("\n".join(f"Officer {n}" for n in range(21)), "21 officers are named")],
)
def test_too_long_or_too_many_officers_are_refused(world, officers, sentence):
    with pytest.raises(Refused, match=sentence):
        change(world.row, world.coordinator, leads=officers)
    assert [one.name for one in world.row.officers.all()] == ["Workforce Manager"]


def test_changing_the_order_of_officers_is_a_change(world):
    change(world.row, world.coordinator, leads="A\nB")
    assert change(world.row, world.coordinator, leads="B\nA").saved
    assert [one.name for one in world.row.officers.all()] == ["B", "A"]


# --- Ticks of milestones -----------------------------------------------------------------------------------------


def ticked(row, *places):
    return stored(row)["reading"] | {"done": dict.fromkeys(places, "2026-01-02")}


def test_ticks_stay_with_the_milestones_that_new_words_still_name(world):
    change(world.row, world.manager, timescale_text="Phase 1: March 2027\nPhase 2: June 2027")
    change(world.row, world.manager, reading=ticked(world.row, "1"))
    change(world.row, world.manager, timescale_text="Phase 0: January 2027\nPhase 1: March 2027\nPhase 2: June 2027")
    assert stored(world.row)["reading"]["done"] == {"2": "2026-01-02"}


def test_the_tick_of_a_milestone_that_moved_is_taken_away(world):
    change(world.row, world.manager, timescale_text="Phase 1: March 2027\nPhase 2: June 2027")
    change(world.row, world.manager, reading=ticked(world.row, "0", "1"))
    change(world.row, world.manager, timescale_text="Phase 1: April 2027\nPhase 2: June 2027")
    assert stored(world.row)["reading"]["done"] == {"1": "2026-01-02"}


def test_a_tick_where_there_is_no_milestone_is_not_kept(world):
    assert change(world.row, world.manager, reading=ticked(world.row, "7", "x")).saved == {}


# --- When changes are dated --------------------------------------------------------------------------------------


def test_a_change_may_be_dated_earlier_as_the_demonstration_does(world):
    then = Action.objects.get(pk=world.row.pk).changed - timedelta(days=30)
    save_cells(action=world.row, edits={"evidence": Edit("", "Old")}, by=world.manager, at=then)
    assert history(world.row, "evidence")[-1].at == then


def test_a_row_added_and_edited_by_the_planner_itself_bears_its_name(world):
    row = add_action(strategy=world.strategy, cells={"activity": "By itself", "aim": world.aim.pk}, by=None)
    change(row, None, via=Via.SYSTEM, evidence="Counted")
    assert {line.by_name for line in history(row)} == {"The planner"}
