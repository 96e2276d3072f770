"""An applied file taken back as one step: what it wrote goes, what somebody wrote since stays."""

import pytest

from actions.columns import cells_of
from actions.imports import undo_import
from actions.models import Action, HeldEdit, PlanImport
from actions.past import newest_change, rows_seen
from actions.services import post_update
from partners.refusals import Refused
from strategies.models import Aim
from tests.actions.test_imports import HEAD, NEW, PLAN, apply, edit, ready, refs, words

FILE = [
    [*HEAD, "Progress"],
    ["1", "Grow our own staff", "Map leadership courses", "From the file", "June 2027", "Workforce Manager", "Begun"],
    [*NEW, ""],
    ["9", "A new aim", "Second", "", "Ongoing", "Somebody", "Well under way"],
]


@pytest.fixture
def brought_in(world):
    before = {row.pk: cells_of(row) for row in world.strategy.actions.all()}
    plan_import = ready(world, FILE)
    apply(world, plan_import)
    plan_import.refresh_from_db()
    assert refs(world) == ["1", "2", "3", "8", "9"]
    return plan_import, before


def undo(world, plan_import):
    return undo_import(plan_import=plan_import, by=world.coordinator)


def test_rows_cells_reports_and_headings_are_as_before(world, brought_in):
    plan_import, before = brought_in
    result = undo(world, plan_import)
    assert (result.removed, result.withdrawn, result.left, result.held) == (2, 2, [], [])
    in_plan = world.strategy.actions.in_plan()
    assert {row.pk: cells_of(row) for row in in_plan} == before
    assert [row.latest_update for row in in_plan] == [None, None, None]
    assert Aim.objects.get(text="A new aim").removed
    plan_import.refresh_from_db()
    assert plan_import.state == PlanImport.State.UNDONE


def test_the_history_tells_the_same(world, brought_in):
    undo(world, brought_in[0])
    told = rows_seen(world.strategy, newest_change(world.strategy))
    for row in world.strategy.actions.all():
        assert told[row.pk] == cells_of(row) | {"position": row.position, "removed": row.removed is not None}


def test_what_somebody_wrote_since_stays(world, brought_in):
    theirs = Action.objects.get(ref="8")
    edit(world.row, world.manager, expected_outcome="By a person since")
    edit(theirs, world.coordinator, evidence="By a person since")
    result = undo(world, brought_in[0])
    assert Action.objects.get(pk=world.row.pk).expected_outcome == "By a person since"
    assert HeldEdit.objects.get(action=world.row).mine == ""  # what it said before waits for a decision
    assert refs(world) == ["1", "2", "3", "8"]
    assert [(row, "changed this row" in sentence) for row, sentence in result.left] == [(theirs, True)]
    assert result.held == [world.row]


def test_a_report_before_the_file_counts_again_and_the_files_is_still_read(world, as_):
    first = post_update(action=world.row, status="", words="Before the file", by=world.manager)
    plan_import = ready(world, FILE)
    apply(world, plan_import)
    plan_import.refresh_from_db()
    undo(world, plan_import)
    assert Action.objects.get(pk=world.row.pk).latest_update == first
    page = words(as_("manager").get(f"/p/marlbrook/actions/{world.row.pk}/"))
    assert "Begun" in page
    assert "withdrawn on" in page


def test_an_import_is_undone_once_and_only_when_it_was_applied(world, brought_in):
    undo(world, brought_in[0])
    for plan_import in (brought_in[0], ready(world)):
        with pytest.raises(Refused, match="cannot be undone"):
            undo(world, plan_import)


def test_undone_the_same_file_can_be_brought_in_anew(world, brought_in):
    undo(world, brought_in[0])
    assert apply(world, ready(world, FILE)).added == 2


def test_the_page_of_the_file_offers_it_and_says_what_came_back(world, brought_in, as_):
    client, page = as_("coordinator"), f"{PLAN}import/{brought_in[0].pk}/"
    assert "Undo this import" in words(client.get(page))
    said = words(client.post(f"{page}undo/", follow=True))
    assert "2 added rows were removed" in said
    assert "2 progress reports were withdrawn" in said
    assert "Undo this import" not in words(client.get(page))
    assert "plan.csv Undone" in words(client.get(f"{PLAN}import/"))
