"""Many cells at once: what a preview says, and what applying it does."""

import uuid

import pytest

from actions import services
from actions.batches import apply_batch, edits_by_row, line_changes, preview_of, preview_removal
from actions.changing import ADD, FIND, TAKE, changed_cell
from actions.columns import BY_KEY, document_headings
from actions.editing import Edit, lookups_for, save_cells
from actions.models import Action, HeldEdit
from actions.pasting import read_block
from actions.placing import IN_VIEW, place_block
from actions.wording import cell_of
from partners.models import Change
from partners.refusals import NotAllowed, Refused
from strategies.services import add_aim
from tests.world import add_row


def rows_of(world):
    return list(world.strategy.actions.for_plan())


def pasted(world, text, *, who="coordinator", start=0, column="ref", rows=None, headings=True):
    """The preview of a block pasted at a place of the plan."""
    rows = rows_of(world) if rows is None else rows
    block = read_block(text, headings=document_headings() if headings else None)
    placed = place_block(block, rows=rows, columns=IN_VIEW, start=start, column=column)
    standing = world.partnership.standing_of(world.people[who])
    return preview_of(world.strategy, placed, standing=standing, below=rows[-1] if rows else None)


def applied(world, preview, who="coordinator", **more):
    """The preview sent back as its form would send it."""
    carried = preview.to_carry
    given = {
        "edits": edits_by_row(carried["edits"]),
        "additions": [(one["where"], one["cells"]) for one in carried["additions"]],
        "after": carried["after"],
        "removals": {one["row"]: one["seen"] for one in carried["removals"]},
        "batch": uuid.UUID(carried["batch"]),
    }
    return apply_batch(strategy=world.strategy, by=world.people[who], **given | more)


def told(preview):
    return [f"{fault.where}: {fault.message}" for fault in preview.faults]


def fresh(row):
    return Action.objects.get(pk=row.pk)


# --- Where a block goes ---------------------------------------------------------------------------------------------


def test_cells_follow_to_the_right_and_below(world):
    preview = pasted(world, "June 2027\tTime\nMay 2027\tMoney", start=1, column="timescale_text")
    changed = {(change.row.ref, key) for change in preview.changes for key in change.cells}
    assert changed == {(ref, key) for ref in "23" for key in ("timescale_text", "resource_requirement")}
    assert preview.button == "Change 4 cells in 2 rows"


def test_headings_decide_where_a_block_has_them(world):
    preview = pasted(world, "Priority\tTimescale\nHigh\tJune 2027\nLow\tMay 2027", column="ref")
    assert [set(change.cells) for change in preview.changes] == [{"priority", "timescale_text"}] * 2
    assert [change.row.ref for change in preview.changes] == ["1", "2"]
    assert [change.where for change in preview.changes] == ["Block row 2", "Block row 3"]


def test_a_heading_without_a_column_is_named(world):
    preview = pasted(world, "Priority\tTimescale\tBudget holder\nHigh\tJune 2027\tAda")
    assert told(preview) == ["Block column 3: “Budget holder” is no column of the plan and is left out."]
    assert preview.cells == 2


def test_the_understood_dates_are_not_pasted_into(world):
    rows = rows_of(world)
    block = read_block("x\ty")
    placed = place_block(block, rows=rows, columns=("timescale_text", "reading"), start=0, column="timescale_text")
    assert [wish.key for wish in placed.wishes] == ["timescale_text"]
    assert placed.faults[0].where == "Block column 2"


def test_columns_that_do_not_exist_to_the_right_are_named(world):
    block = read_block("a\tb\tc")
    placed = place_block(block, rows=rows_of(world), columns=("ref", "activity"), start=0, column="activity")
    assert [wish.words for wish in placed.wishes] == ["a"]
    assert placed.faults[0].where == "Block columns 2 to 3"


def test_a_row_that_has_gone_keeps_its_place(world):
    rows = rows_of(world)
    preview = pasted(world, "High\nLow\nMedium", column="priority", rows=[rows[0], None, rows[2]])
    assert [change.row.ref for change in preview.changes] == ["1", "3"]
    assert told(preview) == ["Block row 2: Its row has been removed from the plan meanwhile."]


def test_a_blank_row_changes_nothing_and_a_blank_cell_empties(world):
    preview = pasted(world, "7\tNew words\t\n\t\t\n9\tMore words\tx", column="ref")
    assert [change.row.ref for change in preview.changes] == ["1", "3"]
    cleared = pasted(world, "Moved\tx\t", column="activity", headings=False).changes[0]
    assert cleared.cells["timescale_text"].pieces == [("gone", "March 2027")]


# --- New rows -------------------------------------------------------------------------------------------------------


def test_rows_beyond_the_last_become_new_ones_under_its_aim(world):
    world.second = add_row(world, ref="4", activity="Last", aim=world.second_aim.pk)
    preview = pasted(world, "4\tLast, reworded\n5\tFirst new\n6\tSecond new", start=3, column="ref")
    assert preview.button == "Change 1 cell and add 2 rows"
    result = applied(world, preview)
    assert result.sentence == "1 cell changed in 1 row, 2 rows added."
    plan = [(row.ref, row.aim, row.lead_organisation) for row in rows_of(world)]
    assert plan[-2:] == [("5", world.second_aim, world.council), ("6", world.second_aim, world.council)]


def test_a_new_row_may_name_its_own_aim_and_the_next_one_follows_it(world):
    preview = pasted(
        world, "Aim\tActivity\n2\tOne\n\tTwo\nTrain together\tThree\n1. Grow our own staff\tFour", start=None
    )
    applied(world, preview)
    aims = dict(world.strategy.actions.values_list("activity", "aim"))
    second, first = world.second_aim.pk, world.aim.pk
    assert (aims["One"], aims["Two"], aims["Three"], aims["Four"]) == (second, second, second, first)


def test_without_an_activity_there_is_no_new_row(world):
    preview = pasted(world, "High\nLow", start=2, column="priority")
    assert preview.cells == 1 and not preview.additions
    assert "without an activity" in told(preview)[0]


def test_a_new_row_that_hangs_on_nothing_is_named(world):
    preview = pasted(world, "Activity\tPriority\nDo it\tHigh", start=None, rows=[])
    assert not preview.additions and "hangs on nothing" in told(preview)[0]


def test_new_rows_are_in_the_plan_once_however_often_they_are_sent(world):
    preview = pasted(world, "Activity\tPriority\nDo it\tHigh", start=None)
    carried = preview.to_carry
    batch = uuid.UUID(carried["batch"])
    assert [applied(world, preview, batch=batch).added for _ in range(2)] == [1, 0]
    assert world.strategy.actions.filter(activity="Do it").count() == 1


def test_what_a_new_row_cannot_keep_is_named_and_the_row_is_added_without(world):
    preview = pasted(world, "Activity\tPriority\nDo it\tUrgent", start=None)
    assert "“Urgent” is not a priority" in told(preview)[0]
    assert applied(world, preview).added == 1


# --- What a preview says --------------------------------------------------------------------------------------------


def test_words_that_changed_are_marked(world):
    preview = pasted(world, "Map all leadership courses", column="activity", headings=False)
    assert ("added", "all ") in preview.changes[0].cells["activity"].pieces


def test_the_same_is_counted_and_not_listed(world):
    preview = pasted(world, "1\tMap leadership courses\n2\tPool our assessors", column="ref")
    assert (preview.same, preview.changes, preview.button) == (4, [], "")


def test_a_problem_is_named_with_its_place_and_what_works(world):
    preview = pasted(world, "High\nLow\nUrgent", column="priority")
    assert told(preview) == [
        "Block row 3, column Priority: “Urgent” is not a priority. Use High, Medium, Low, or leave it blank."
    ]
    assert preview.cells == 2  # the others are not held up


def test_an_empty_activity_and_one_too_long_are_named(world):
    preview = pasted(world, "1\t\n2\t" + "x" * 5001, column="ref", headings=False)
    assert "Activity is empty." in told(preview)[0]
    assert "Activity has 5,001 characters." in told(preview)[1]


def test_a_row_is_not_left_hanging_on_nothing(world):
    preview = pasted(world, "Aim\tPriority\n\tHigh")
    assert "would hang on nothing" in told(preview)[0] and not preview.changes


def test_unseen_signs_are_taken_out_and_said(world):
    preview = pasted(world, "Priority\tActivity\nHigh\tPay \u202egnp.exe\x07 back")
    assert [notice.where for notice in preview.notices] == ["Block row 2, column Activity"]
    applied(world, preview)
    assert fresh(world.row).activity == "Pay gnp.exe back"


def test_control_signs_that_belong_to_words_are_no_notice(world):
    assert not pasted(world, "👩‍⚕️ naïve – “words”", column="activity", headings=False).notices


def test_who_may_not_change_a_cell_is_told_and_the_rest_goes_on(world):
    """The council's manager: its own row, the trust's (not theirs), and one that the council contributes to."""
    preview = pasted(world, "Priority\tLead organisation\nHigh\tCouncil\nHigh\tCouncil\nHigh\tCouncil", who="manager")
    assert [(change.row.ref, set(change.cells)) for change in preview.changes] == [
        ("1", {"priority"}),
        ("3", {"priority"}),
    ]
    assert "You may not edit row 2" in told(preview)[0]
    assert told(preview)[1].startswith("Block row 4, column Lead organisation: Only the organisation that leads")


def test_control_a_coordinator_may_all_of_it(world):
    preview = pasted(world, "Priority\tLead organisation\nHigh\tCouncil\nHigh\tCouncil\nHigh\tCouncil")
    assert (preview.cells, preview.faults) == (5, [])


def test_of_names_those_that_come_and_go_are_marked():
    assert line_changes("Ada\nGrace", "Grace\nJoan") == [("gone", "Ada\n"), ("same", "Grace\n"), ("added", "Joan\n")]
    assert line_changes("", "Ada") == [("added", "Ada\n")]
    assert line_changes("Ada\nGrace", "Grace\nAda") == [("gone", "Ada\nGrace"), ("added", "Grace\nAda")]


def test_long_texts_beyond_the_budget_count_as_replaced(world, monkeypatch):
    monkeypatch.setattr("actions.batches.MOST_COMPARED", 2)
    preview = pasted(world, "Map all leadership courses", column="activity", headings=False)
    kinds = [kind for kind, _ in preview.changes[0].cells["activity"].pieces]
    assert kinds == ["gone", "added"]


# --- Words to values ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "words", "means"),
    [
        ("aim", "2", "second_aim"), ("aim", "Aim 2", "second_aim"), ("aim", "2.", "second_aim"),
        ("aim", "2. Train together", "second_aim"), ("aim", "TRAIN  TOGETHER", "second_aim"),
        ("aim", "7. Train together", "second_aim"), ("theme", "working in partnership", "theme"),
        ("lead_organisation", "hospital TRUST", "trust"),
    ],
)  # fmt: skip
def test_things_are_found_by_their_names(world, key, words, means):
    assert cell_of(BY_KEY[key], words, lookups_for(world.strategy)) == getattr(world, means).pk


@pytest.mark.parametrize("words", ["Council\nHospital trust", "council; hospital trust", "Hospital trust, Council"])
def test_several_partners_are_found_however_they_are_parted(world, words):
    assert cell_of(BY_KEY["contributors"], words, lookups_for(world.strategy)) == [world.council.pk, world.trust.pk]


@pytest.mark.parametrize(
    ("key", "words", "value"),
    [
        ("priority", "h", "high"), ("priority", "MEDIUM", "medium"), ("priority", "tbc", ""), ("priority", "", ""),
        ("status", "Amber", "amber"), ("status", "On track", "green"), ("status", "not started", ""),
        ("aim", "", None), ("contributors", " ", []), ("leads", "A B; C D\nE", ["A B", "C D", "E"]),
    ],
)  # fmt: skip
def test_the_words_that_plans_use_are_known(world, key, words, value):
    read = cell_of(BY_KEY[key], words, lookups_for(world.strategy))
    assert ([one["name"] for one in read] if key == "leads" else read) == value


@pytest.mark.parametrize(
    ("key", "words", "says"),
    [
        ("aim", "9", "“9” is not an aim here. Use “1. Grow our own staff”, “2. Train together”, or leave it blank."),
        ("lead_organisation", "The College", "“The College” is not a partner here. Use Council, Hospital trust"),
        ("contributors", "Council; The College", "“The College” is not a partner here."),
        ("theme", "Nothing of the kind", "is not a theme or priority here"),
    ],
)
def test_what_nobody_knows_is_refused_with_what_is_known(world, key, words, says):
    with pytest.raises(Refused) as refused:
        cell_of(BY_KEY[key], words, lookups_for(world.strategy))
    assert says in refused.value.sentence


def test_two_aims_of_the_same_words_are_told_apart_by_number(world):
    third = add_aim(strategy=world.strategy, text="Train together", by=world.coordinator)
    lookups = lookups_for(world.strategy)
    assert cell_of(BY_KEY["aim"], "3", lookups) == third.pk
    assert cell_of(BY_KEY["aim"], "3. Train together", lookups) == third.pk
    with pytest.raises(Refused, match="names 2 of the aims"):
        cell_of(BY_KEY["aim"], "Train together", lookups)


# --- Applying -------------------------------------------------------------------------------------------------------


def test_a_batch_is_written_under_one_number(world):
    preview = pasted(world, "Priority\tLead\nHigh\tAda\nLow\tGrace")
    result = applied(world, preview)
    assert (result.cells, result.rows, result.left) == (4, 2, [])
    assert [fresh(row).priority for row in (world.row, world.trust_row)] == ["high", "low"]
    (batch,) = set(Change.objects.filter(field="priority").values_list("batch", flat=True))
    assert set(Change.objects.filter(batch=batch).values_list("field", "via")) == {
        ("priority", "table"),
        ("leads", "table"),
    }


def test_what_somebody_changed_meanwhile_is_held_and_not_overwritten(world):
    preview = pasted(world, "High\nLow", column="priority")
    save_cells(action=world.row, edits={"priority": Edit("", "medium")}, by=world.manager)
    result = applied(world, preview)
    assert (result.cells, result.held) == (1, 1)
    assert "1 held for you" in result.sentence
    assert fresh(world.row).priority == "medium"
    held = HeldEdit.objects.get()
    assert (held.mine, held.theirs, held.by) == ("high", "medium", world.coordinator)


def test_changes_that_keep_clear_of_each_other_are_merged(world):
    preview = pasted(world, "Map all leadership courses", column="activity", headings=False)
    save_cells(
        action=world.row, edits={"activity": Edit("Map leadership courses", "Map leadership courses twice")}, by=None
    )
    result = applied(world, preview)
    assert (result.cells, result.merged, result.held) == (1, 1, 0)
    assert fresh(world.row).activity == "Map all leadership courses twice"


def test_a_row_removed_meanwhile_holds_what_was_wanted(world):
    preview = pasted(world, "High\nLow", column="priority")
    services.remove_action(action=world.row, by=world.coordinator)
    result = applied(world, preview)
    assert (result.cells, result.held) == (1, 1)
    assert "removed from the plan meanwhile" in result.left[0]


def test_a_row_that_is_refused_is_named_and_the_others_stand(world):
    edits = {
        world.row.pk: {"priority": Edit("", "high")},
        world.trust_row.pk: {"activity": Edit("Pool our assessors", "")},
        world.shared_row.pk: {"priority": Edit("", "low")},
    }
    result = apply_batch(strategy=world.strategy, edits=edits, by=world.coordinator)
    assert (result.cells, len(result.left)) == (2, 1)
    assert result.left[0].startswith("Row 2 Pool our assessors: Activity is empty.")


def test_rights_are_asked_again_row_by_row(world):
    edits = {row.pk: {"priority": Edit("", "high")} for row in (world.row, world.trust_row)}
    result = apply_batch(strategy=world.strategy, edits=edits, by=world.manager)
    assert (result.cells, fresh(world.trust_row).priority) == (1, "")
    assert "Row 2" in result.left[0]


def test_a_row_of_another_plan_is_not_reached(world):
    edits = {world.far_row.pk: {"priority": Edit("", "high")}}
    result = apply_batch(strategy=world.strategy, edits=edits, removals={world.far_row.pk: 1}, by=world.coordinator)
    assert result.left == ["One of the rows is not in this plan."] * 2
    assert (fresh(world.far_row).priority, fresh(world.far_row).removed) == ("", None)


def test_somebody_without_any_right_to_edit_is_refused_as_a_whole(world):
    with pytest.raises(NotAllowed):
        apply_batch(strategy=world.strategy, edits={}, by=world.observer)


def test_removing_asks_for_each_row_and_for_what_was_seen(world):
    standing = world.partnership.standing_of(world.lead)
    preview = preview_removal(rows_of(world), standing=standing)
    assert [row.ref for row in preview.removals] == ["1"]
    assert preview.button == "Remove 1 row from the plan"
    save_cells(action=world.row, edits={"priority": Edit("", "low")}, by=world.manager)
    result = applied(world, preview, who="lead")
    assert result.removed == 0 and "changed this row while you were looking" in result.left[0]
    assert applied(world, preview_removal(rows_of(world), standing=standing), who="lead").removed == 1


def test_sending_a_batch_twice_changes_nothing_twice(world):
    preview, batch = pasted(world, "High\nLow", column="priority"), uuid.uuid4()
    first, again = (applied(world, preview, batch=batch) for _ in range(2))
    assert first.sentence == again.sentence
    assert Change.objects.filter(field="priority").count() == 2


def test_script_in_a_cell_is_words(world):
    text = "<script>alert(1)</script>\n=cmd|' /C calc'!A0"
    applied(world, pasted(world, text, column="activity", headings=False))
    assert fresh(world.row).activity == "<script>alert(1)</script>"


# --- One column of many rows ----------------------------------------------------------------------------------------


def test_names_are_added_behind_and_taken_away_whatever_their_capitals():
    ada, grace = {"name": "Ada", "user": None}, {"name": "Grace", "user": 3}
    assert changed_cell([ada], [{"name": "ADA", "user": None}, grace], how=ADD) == [ada, grace]
    assert changed_cell([ada, grace], [{"name": "ada", "user": None}], how=TAKE) == [grace]
    assert changed_cell([1, 2], [2, 3], how=ADD) == [1, 2, 3]
    assert changed_cell([1, 2], [2], how=TAKE) == [1]


def test_words_are_found_as_they_are_written():
    assert changed_cell("CCG and ccg", "ICB", how=FIND, find="CCG") == "ICB and ccg"
    assert changed_cell("nothing", "ICB", how=FIND, find="CCG") == "nothing"
    assert changed_cell("was", "will be") == "will be"
