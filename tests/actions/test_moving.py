"""How often a row's end has been moved: kept by the doors, said the same everywhere, and what the history tells."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from actions import services
from actions.columns import cells_of
from actions.editing import Edit, save_cells
from actions.models import Action
from actions.moving import ends_with, moves_in_words
from tests.actions.test_pages import PLAN, many_rows, queries, row_url, words
from tests.world import add_row

A, B, C = date(2027, 3, 31), date(2027, 6, 30), date(2028, 3, 31)


def ends(*days):
    kept = []
    for day in days:
        kept = ends_with(kept, day)
    return [date.fromisoformat(end) for end in kept]


@pytest.mark.parametrize(
    ("days", "kept"),
    [
        ([], []),
        ([None], []),
        ([A], [A]),
        ([A, A], [A]),
        ([A, B], [A, B]),
        ([A, B, C], [A, B, C]),
        ([A, None, B], [A, B]),  # by way of words that nobody can be sure of
        ([A, None, A], [A]),
        ([A, B, A], [A]),  # taken back
        ([A, B, C, B], [A, B]),
        ([A, B, C, A, C], [A, C]),
    ],
)
def test_ends_in_the_order_in_which_a_row_had_them(days, kept):
    assert ends(*days) == kept


def test_moves_in_words():
    assert [moves_in_words(count) for count in range(4)] == ["", "moved once", "moved twice", "moved 3 times"]


# --- Through the doors -----------------------------------------------------------------------------------------------


def say_when(world, timescale, row=None):
    row = Action.objects.get(pk=(row or world.row).pk)
    edits = {"timescale_text": Edit(row.timescale_text, timescale)}
    save_cells(action=row, edits=edits, by=world.coordinator)
    return Action.objects.get(pk=row.pk)


def moves(world, *timescales):
    for timescale in timescales:
        row = say_when(world, timescale)
    return row.moves


def test_a_date_moved_once_and_again(world):
    assert Action.objects.get(pk=world.row.pk).moves == 0
    assert moves(world, "June 2027") == 1
    assert moves(world, "March 2028") == 2


@pytest.mark.parametrize("timescale", ["Spring 2027 perhaps", "TBC", "Ongoing", ""])
def test_what_is_no_certain_date_is_no_move_and_says_nothing_of_earlier_ones(world, timescale):
    assert moves(world, timescale) == 0
    assert moves(world, "March 2027") == 0
    assert moves(world, "June 2027", timescale) == 0
    assert moves(world, "June 2027") == 1


def test_other_words_for_the_same_day_are_no_move(world):
    assert moves(world, "31 March 2027") == 0
    assert moves(world, "End of March 2027") == 0


def test_a_date_that_somebody_takes_back_was_not_moved(world):
    assert moves(world, "June 2027", "March 2027") == 0


def test_an_unclear_date_counts_from_when_somebody_confirms_it(world):
    row = add_row(world, ref="U", activity="Perhaps", timescale_text="around spring 2027")
    assert (row.due_on, row.ends) == (None, [])
    confirmed = row.reading | {"confirmed": True}
    save_cells(action=row, edits={"reading": Edit(row.reading, confirmed)}, by=world.coordinator)
    assert Action.objects.get(pk=row.pk).moves == 0
    assert say_when(world, "December 2027", row).moves == 1


def test_new_words_saved_with_a_reading_of_their_own_are_one_move(world):
    """As when a row is put back: what the words alone would mean is passed over."""
    row = Action.objects.get(pk=world.row.pk)
    due = row.reading["milestones"][0] | {"due": "2027-09-15"}
    reading = row.reading | {"milestones": [due], "confirmed": True}
    edits = {"timescale_text": Edit(row.timescale_text, "June 2027"), "reading": Edit(row.reading, reading)}
    save_cells(action=row, edits=edits, by=world.coordinator)
    assert Action.objects.get(pk=row.pk).ends == ["2027-03-31", "2027-09-15"]


def test_a_copy_begins_with_no_moves(world):
    say_when(world, "June 2027")
    copy = services.duplicate_action(action=Action.objects.get(pk=world.row.pk), by=world.coordinator)
    assert (copy.due_on, copy.moves) == (B, 0)


# --- What people see -------------------------------------------------------------------------------------------------


def test_it_is_said_alike_in_table_board_timeline_and_on_the_rows_own_page(as_, world):
    say_when(world, "June 2027"), say_when(world, "March 2028")
    client = as_("observer")
    for page in (PLAN, f"{PLAN}board/", f"{PLAN}timeline/"):
        assert words(client.get(page)).count("moved twice") == 1, page
    assert "moved twice; first due 31 March 2027" in words(client.get(row_url(world.row)))
    assert "moved" not in words(client.get(row_url(world.trust_row))).partition("History")[0]


def test_the_table_of_somebody_else_hears_of_it(as_, world):
    version = type(world.strategy).objects.get(pk=world.strategy.pk).plan_version
    say_when(world, "June 2027")
    told = as_("trust_manager").get(f"{PLAN}live/?since={version}").json()
    assert "moved once" in told["rows"][str(world.row.pk)]


def test_it_costs_no_query_however_many_rows_have_moved(as_, world):
    client = as_("observer")
    many_rows(world, 20)
    before = queries(client, PLAN)
    Action.objects.filter(strategy=world.strategy).update(ends=["2026-01-01", "2026-02-01"], due_on=B)
    assert words(client.get(PLAN)).count("moved once") == 23
    assert queries(client, PLAN) == before


# --- Rows that were there before -------------------------------------------------------------------------------------

tell_ends = import_module("actions.migrations.0010_ends_from_history").tell_ends


def told_afresh(row):
    Action.objects.update(ends=[])
    tell_ends(apps, None)
    return Action.objects.get(pk=row.pk).ends


def test_rows_from_before_get_what_their_history_tells(world):
    for timescale in ("June 2027", "TBC", "March 2028", "June 2027", "May 2028"):
        row = say_when(world, timescale)
    services.remove_action(action=row, by=world.coordinator)
    services.restore_action(action=row, by=world.coordinator)
    later = timezone.now() + timedelta(days=1)
    services.post_update(action=row, status="green", words="Going well", by=world.manager, at=later)
    assert told_afresh(row) == row.ends == ["2027-03-31", "2027-06-30", "2028-05-31"]


def test_an_edit_that_was_set_aside_moved_nothing(world):
    seen = cells_of(Action.objects.get(pk=world.row.pk))["timescale_text"]
    row = say_when(world, "June 2027")
    save_cells(action=row, edits={"timescale_text": Edit(seen, "May 2030")}, by=world.manager)
    row.refresh_from_db()
    assert told_afresh(row) == row.ends == ["2027-03-31", "2027-06-30"]


def test_control_a_history_without_the_first_date_tells_of_fewer_moves(world, monkeypatch):
    row = say_when(world, "June 2027")
    migration = import_module("actions.migrations.0010_ends_from_history")
    whole = migration.readings_of
    monkeypatch.setattr(migration, "readings_of", lambda changes, row: list(whole(changes, row))[1:])
    assert told_afresh(row) == ["2027-06-30"]
