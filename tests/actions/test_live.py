"""What the open table hears of others, and what that costs."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions import services
from actions.editing import Edit, save_cells
from actions.models import Presence
from actions.presence import FRESH, initials_of, note_presence, others_in
from strategies.services import add_aim, add_theme, adopt_principle, move_heading, remove_heading, reword_heading

LIVE = "/p/marlbrook/plan/joint-strategy/live/"
HERE = "/p/marlbrook/plan/joint-strategy/presence/"


@pytest.fixture
def listening(as_, world):
    """Somebody whose table shows the plan as it is now: `listening()` asks what is new."""
    client = as_("observer")
    world.strategy.refresh_from_db()
    asked = {"since": world.strategy.plan_version, "told": timezone.now().isoformat()}
    return lambda tag="", **more: client.get(LIVE, asked | more, headers={"If-None-Match": tag})


def edit(world, by, row=None, **cells):
    edits = {key: Edit("", value) for key, value in cells.items()}
    return save_cells(action=row or world.row, edits=edits, by=by)


def test_when_nothing_has_happened_the_answer_is_a_word(listening):
    first = listening()
    again = listening(tag=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_a_mark_weakened_by_compression_on_the_way_counts(listening):
    assert listening(tag=f"W/{listening()['ETag']}").status_code == 304


def test_nothing_from_before_the_page_was_opened_is_told(as_, world):
    edit(world, world.manager, evidence="A list")
    asked = {"since": 0, "told": timezone.now().isoformat()}
    first = as_("observer").get(LIVE, asked).json()
    assert first["news"] == []
    assert as_("observer").get(LIVE, asked | {"told": first["told"]}).json()["news"] == []


def test_an_idle_table_costs_few_queries(listening):
    tag = listening()["ETag"]
    with CaptureQueriesContext(connection) as asked:
        listening(tag=tag)
    assert len(asked) <= 6  # session, person, partnership, role, strategy, who else is here


def test_a_change_of_somebody_else_arrives_with_who_and_what(listening, world):
    tag = listening()["ETag"]
    edit(world, world.manager, evidence="A list", priority="high")
    news = listening(tag=tag).json()
    assert list(news["rows"]) == [str(world.row.pk)]
    assert "High" in news["rows"][str(world.row.pk)]
    assert {(line["who"], line["what"]) for line in news["news"]} == {
        ("Workforce Manager", "Evidence changed"), ("Workforce Manager", "Priority changed")
    }  # fmt: skip


def test_ones_own_changes_are_no_news(as_, world, listening):
    edit(world, world.coordinator, evidence="A list")
    world.strategy.refresh_from_db()
    asked = {"since": world.strategy.plan_version - 1, "told": (timezone.now() - timedelta(hours=1)).isoformat()}
    assert as_("coordinator").get(LIVE, asked).json()["news"] == []
    assert as_("observer").get(LIVE, asked).json()["news"]  # the control


def test_removed_restored_added_and_moved_rows(listening, world):
    services.remove_action(action=world.trust_row, by=world.coordinator)
    services.move_action(action=world.row, past=world.shared_row, by=world.coordinator)
    new = services.add_action(
        strategy=world.strategy, cells={"activity": "New", "aim": world.second_aim.pk}, by=world.coordinator
    )
    news = listening(order="1").json()
    assert news["gone"] == [world.trust_row.pk]
    assert {int(pk) for pk in news["rows"]} == {world.row.pk, new.pk}
    assert [ids for _, _, ids in news["order"]] == [[world.shared_row.pk, world.row.pk], [new.pk]]


def test_the_order_is_that_of_the_page_that_asks(listening, world):
    services.post_update(action=world.trust_row, status="red", words="Stuck", by=world.coordinator)
    order = listening(order="1", group="status", status="red").json()["order"]
    assert [(title, ids) for _, title, ids in order] == [("Off track", [world.trust_row.pk])]


def test_rows_come_in_the_columns_of_the_page_that_asks(listening, world):
    edit(world, world.manager, evidence="A list")
    row = listening(columns="evidence").json()["rows"][str(world.row.pk)]
    assert "A list" in row and 'data-c="activity"' not in row


def test_after_an_import_the_page_is_asked_to_open_again(listening, world, monkeypatch):
    monkeypatch.setattr("actions.live.MOST_ROWS", 1)
    edit(world, world.manager, evidence="A list")
    edit(world, world.coordinator, row=world.trust_row, evidence="A list")
    assert listening().json()["reload"] is True


HEADINGS = {
    "an aim added": lambda w, how: add_aim(strategy=w.strategy, text="A new aim", **how),
    "a theme added": lambda w, how: add_theme(strategy=w.strategy, text="A new theme", **how),
    "an aim reworded": lambda w, how: reword_heading(heading=w.aim, seen=w.aim.text, text="Keep our own", **how),
    "an aim moved": lambda w, how: move_heading(heading=w.aim, step=1, **how),
    "an aim removed": lambda w, how: remove_heading(heading=w.second_aim, **how),
}


@pytest.mark.parametrize("change", HEADINGS.values(), ids=HEADINGS)
def test_changed_aims_and_themes_are_heard_of_beside_the_rows(listening, world, change):
    tag = listening()["ETag"]
    change(world, {"by": world.coordinator})
    edit(world, world.manager, evidence="A list")
    news = listening(tag=tag).json()
    assert news["headings"] is True and list(news["rows"]) == [str(world.row.pk)]
    assert listening(since=news["version"]).json()["headings"] is False


NO_HEADINGS = {
    "a principle adopted": lambda w, how: adopt_principle(strategy=w.strategy, text="Be kind", **how),
    "a move that leads nowhere": lambda w, how: move_heading(heading=w.aim, step=-1, **how),
    "words that stay": lambda w, how: reword_heading(heading=w.aim, seen=w.aim.text, text=w.aim.text, **how),
}


@pytest.mark.parametrize("change", NO_HEADINGS.values(), ids=NO_HEADINGS)
def test_control_what_the_table_does_not_show_disturbs_nobody(listening, world, change):
    tag = listening()["ETag"]
    change(world, {"by": world.coordinator})
    assert listening(tag=tag).status_code == 304


@pytest.mark.parametrize("asked", [{"since": "x"}, {"since": "-1"}, {"since": "9" * 40}, {"told": "yesterday"}])
def test_what_makes_no_sense_is_no_error(listening, world, asked):
    edit(world, world.manager, evidence="A list")
    assert listening(**asked).status_code == 200


def test_listening_does_not_keep_a_session_alive(as_, world):
    client = as_("manager")
    client.get("/p/marlbrook/")
    session = client.session
    session["last_seen"] = before = session["last_seen"] - 120
    session.save()
    client.get(LIVE, headers={"X-Background": "1"})
    assert client.session["last_seen"] == before
    client.get(LIVE)  # the control: asked by a person
    assert client.session["last_seen"] > before


def test_a_session_that_ended_is_said_so_that_the_script_can_keep_the_words(client):
    answer = client.get(LIVE, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"result": "signed-out"})


# --- Who is where ----------------------------------------------------------------------------------------------------


def at(client, place, **more):
    fields = {"tab": str(uuid4()), "row": place.pk if place else "", "column": "evidence"} | more
    return client.post(HERE, fields)


def test_where_somebody_is_shows_to_others_and_not_to_herself(as_, listening, world):
    tab = uuid4()
    tag = listening()["ETag"]
    assert at(as_("manager"), world.row, tab=tab, editing="1").status_code == 204
    here = listening(tag=tag).json()["people"]
    assert here == [
        {"name": "Workforce Manager", "initials": "WM", "row": world.row.pk, "column": "evidence", "editing": True}
    ]
    assert as_("manager").get(LIVE).json()["people"] == []
    at(as_("manager"), None, tab=tab)
    assert listening().json()["people"] == []


def test_who_has_gone_without_a_word_is_forgotten(world):
    now = timezone.now()
    place = {"strategy": world.strategy, "user": world.manager, "action": world.row, "column": "", "is_editing": False}
    note_presence(tab=uuid4(), now=now, **place)
    assert others_in(world.strategy, world.lead, now + FRESH - timedelta(seconds=1))
    assert not others_in(world.strategy, world.lead, now + FRESH + timedelta(seconds=1))
    note_presence(tab=uuid4(), now=now + 2 * FRESH, **place)
    assert Presence.objects.count() == 1


NOWHERE = [{"tab": "x"}, {"tab": ""}, {"row": "x"}, {"row": "99999999"}, {"row": "9" * 5_000}, {"column": "zzz"}]


@pytest.mark.parametrize("fields", NOWHERE, ids=lambda fields: str(fields)[:20])
def test_a_place_that_is_none(as_, world, fields):
    assert at(as_("manager"), world.row, **fields).status_code in (204, 400)


def test_a_row_of_another_partnership_is_no_place(as_, world, listening):
    at(as_("manager"), world.far_row)
    assert listening().json()["people"] == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Workforce Manager", "WM"), ("Director of Adult Social Care", "DAS"), ("Observer", "O"), ("jo", "J"), ("7", "7")],
)
def test_initials(name, expected):
    assert initials_of(name) == expected
