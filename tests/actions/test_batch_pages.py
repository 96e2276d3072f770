"""The pages for changing many cells at once, as people see and use them."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from django.test import Client

from actions import services
from actions.batch_forms import MOST_CARRIED
from actions.editing import Edit, save_cells
from actions.models import Action, HeldEdit
from tests.actions.test_pages import words
from tests.world import add_row

PLAN = "/p/marlbrook/plan/joint-strategy/"
PASTE, MANY, APPLY = f"{PLAN}paste/", f"{PLAN}change-many/", f"{PLAN}batch/apply/"
CLIPBOARD = Path(__file__).parent / "clipboard"


def fresh(row):
    return Action.objects.get(pk=row.pk)


def carried(page):
    """What the preview's form carries, as a browser would send it."""
    found = re.search(r'name="batch" value="([^"]*)"', page.content.decode())
    return unescape(found[1]) if found else None


def paste(client, text, **more):
    given = {"text": text, "column": "ref"} | more
    return client.post(PASTE, given)


def press(client, page):
    """Press the preview's button, and read the plan."""
    return client.post(APPLY, {"batch": carried(page)}, follow=True)


# --- Pasting ---------------------------------------------------------------------------------------------------------


def test_paste_look_apply(as_, world):
    client = as_("coordinator")
    form = words(client.get(f"{PASTE}?start={world.trust_row.pk}&column=priority"))
    assert "Paste into the plan" in form and "Show what would change" in form
    looked = paste(client, "High\nLow", start=world.trust_row.pk, column="priority")
    read = words(looked)
    assert "What would change" in read and "Change 2 cells in 2 rows" in read
    assert fresh(world.trust_row).priority == ""  # nothing yet
    after = press(client, looked)
    assert "2 cells changed in 2 rows." in words(after)
    assert [fresh(row).priority for row in (world.row, world.trust_row, world.shared_row)] == ["", "high", "low"]


def test_where_to_start_may_come_with_the_link(as_, world):
    page = as_("coordinator").get(f"{PASTE}?start={world.trust_row.pk}&column=priority&text=smuggled").content.decode()
    assert f'<option value="{world.trust_row.pk}" selected>' in page
    assert '<option value="priority" selected>' in page
    assert "smuggled" not in page


def test_a_block_from_excel_with_headings_and_new_rows(as_, world):
    client = as_("coordinator")
    html = (CLIPBOARD / "excel.html").read_text(encoding="utf-8")
    looked = client.post(PASTE, {"text": "x", "html": html, "start": world.trust_row.pk, "column": "ref"})
    read = words(looked)
    assert "Matched by the headings in the first row: Ref, Activity, Priority, By when." in read
    assert "New row" in read and "Change 8 cells in 2 rows and add 1 row" in read
    assert html[:40] not in looked.content.decode()  # whoever edits the text now means the text
    press(client, looked)
    last = world.strategy.actions.order_by("position").last()
    assert (last.activity, last.timescale_text, last.aim) == ("Run joint recruitment fairs", "ongoing", world.aim)


def test_headings_may_be_said_to_be_none(as_, world):
    client, text = as_("coordinator"), "Priority\nHigh"
    given = {"start": world.row.pk, "column": "activity"}
    assert "Matched by the headings" in words(paste(client, text, **given))
    plain = paste(client, text, headings="no", **given)
    assert "Matched by the headings" not in words(plain)
    press(client, plain)
    assert fresh(world.row).activity == "Priority"


def test_what_cannot_be_read_stays_in_the_box_with_a_sentence(as_, world):
    text = "a\tb\tc\nfirst line\nsecond line\td\te"
    page = paste(as_("coordinator"), text, start=world.row.pk)
    assert "Block row 2 has 1 of 3 cells" in words(page)
    assert page.content.decode().startswith("<!doctype html>") and "<title>Error: " in page.content.decode()
    assert text in unescape(page.content.decode())
    assert carried(page) is None


@pytest.mark.parametrize("text", ["", " \n\t", "\0"])
def test_an_empty_clipboard_is_a_sentence(as_, world, text):
    page = paste(as_("coordinator"), text, start=world.row.pk)
    assert page.status_code == 200 and "Nothing was pasted." in words(page)


def test_a_paste_that_changes_nothing_says_so(as_, world):
    page = paste(as_("coordinator"), "1\tMap leadership courses", start=world.row.pk)
    assert "Nothing would change" in words(page) and "2 cells already say the same." in words(page)
    assert carried(page) is None


def test_script_in_a_cell_is_shown_as_words(as_, world):
    page = paste(as_("coordinator"), "</textarea><script>alert(1)</script>", start=world.row.pk, column="activity")
    assert "<script>alert(1)" not in page.content.decode()
    assert "<script>alert(1)</script>" in words(page)


def test_the_tables_script_gets_only_the_fragment(as_, world):
    client = as_("coordinator")
    given = {
        "text": "High\tAda\nLow\tGrace", "html": "", "start": world.shared_row.pk, "column": "priority",
        "columns": "ref,priority,leads", "rows": f"{world.shared_row.pk},{world.row.pk}",
    }  # fmt: skip
    answer = client.post(PASTE, given, headers={"X-Fragment": "1", "Accept": "text/html, application/json"})
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode() and "csrfmiddlewaretoken" in answer.content.decode()
    edits = json.loads(carried(answer))["edits"]
    assert [(one["row"], one["column"]) for one in edits] == [
        (row.pk, key) for row in (world.shared_row, world.row) for key in ("priority", "leads")
    ]  # the rows and columns as that table showed them


def test_a_fragment_that_cannot_be_is_a_sentence_too(as_, world):
    client = as_("coordinator")
    given = {"text": "", "start": world.row.pk, "column": "ref"}
    answer = client.post(PASTE, given, headers={"X-Fragment": "1"})
    assert answer.status_code == 400
    assert "Nothing was pasted." in words(answer) and "<html" not in answer.content.decode()


def test_a_script_that_is_signed_out_keeps_what_it_has(world):
    answer = Client().post(
        PASTE, {"text": "High"}, headers={"X-Fragment": "1", "Accept": "text/html, application/json"}
    )
    assert (answer.status_code, answer.json()["result"]) == (401, "signed-out")


def test_rows_that_a_table_names_and_that_are_not_of_the_plan_are_nobodys(as_, world):
    given = {"start": world.far_row.pk, "column": "ref", "rows": f"{world.far_row.pk},x,-1,{'9' * 30}"}
    page = paste(as_("coordinator"), "7", **given)
    assert page.status_code == 200 and carried(page) is None


def test_words_pasted_while_signed_out_are_kept(world):
    client = Client()
    away = client.post(PASTE, {"text": "High\nLow", "start": world.row.pk, "column": "priority"})
    assert away.status_code == 302
    client.force_login(world.coordinator)
    kept = client.get("/kept-words/")
    assert "High" in words(kept)
    fields = dict(re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)"', kept.content.decode()))
    assert "Change 2 cells in 2 rows" in words(client.post(PASTE, fields))


def test_a_preview_too_large_to_carry_is_refused_before_it_is_sent(as_, world, monkeypatch):
    monkeypatch.setattr("actions.batch_views.MOST_CARRIED", 200)
    page = paste(as_("coordinator"), "x" * 300, start=world.row.pk, column="activity")
    assert "more words than can be changed at a time" in words(page) and carried(page) is None


def test_more_than_others_should_wait_for_is_refused_before_it_is_sent(as_, world, monkeypatch):
    monkeypatch.setattr("actions.batches.MOST_ROWS_CHANGED", 1)
    client = as_("coordinator")
    page = paste(client, "High\nLow", start=world.row.pk, column="priority")
    assert "Change 2 cells in 2 rows is more than can be done at a time." in words(page) and carried(page) is None
    removal = client.post(MANY, {"rows": [world.row.pk, world.trust_row.pk], "column": "remove"})
    assert "rows can be removed at a time" in words(removal) and carried(removal) is None


def test_the_largest_preview_fits_into_a_request(settings):
    """Every sign of the carried text may take three bytes on its way; the longest one is still let in."""
    assert MOST_CARRIED * 3 < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert len(urlencode({"batch": '{"' * 10})) - len("batch=") <= 3 * 20
    assert parse_qsl(urlencode({"batch": "“é”"})) == [("batch", "“é”")]


# --- Applying --------------------------------------------------------------------------------------------------------


def test_somebody_who_edits_between_looking_and_applying_is_not_overwritten(as_, world):
    client = as_("coordinator")
    looked = paste(client, "High\nLow", start=world.row.pk, column="priority")
    save_cells(action=world.row, edits={"priority": Edit("", "medium")}, by=world.manager)
    after = words(press(client, looked))
    assert "1 cell changed in 1 row, 1 held for you" in after
    assert fresh(world.row).priority == "medium" and HeldEdit.objects.get().by == world.coordinator


def test_rows_that_were_left_are_named(as_, world):
    client = as_("coordinator")
    looked = paste(client, "High\nLow", start=world.row.pk, column="priority")
    services.remove_action(action=world.row, by=world.coordinator)
    after = words(press(client, looked))
    assert "1 row was left as it was. Row 1 Map leadership courses: it was removed from the plan" in after


def batch(**changes):
    whole = {"batch": "8f14e45f-ceea-467f-a8f8-1e2b1c3d4e5f", "edits": [], "additions": [], "after": None}
    return json.dumps(whole | {"removals": []} | changes)


EDIT = {"row": 1, "column": "priority", "seen": "", "new": "high"}


@pytest.mark.parametrize(
    "sent",
    [
        "", "{", "[]", "1", "null", '"x"', "{}", "[" * 100_000, "x" * (MOST_CARRIED + 1),
        batch(batch="x"), batch(batch=7), batch(edits=7), batch(edits=[7]), batch(edits=[{}]),
        batch(edits=[EDIT | {"row": "1"}]), batch(edits=[EDIT | {"row": -1}]), batch(edits=[EDIT | {"row": 2**70}]),
        batch(edits=[EDIT | {"row": True}]), batch(edits=[EDIT | {"column": "reading"}]),
        batch(edits=[EDIT | {"column": "position"}]), batch(edits=[EDIT | {"column": ["ref"]}]),
        batch(edits=[EDIT | {"new": "urgent"}]), batch(edits=[EDIT | {"new": None}]), batch(edits=[EDIT | {"new": {}}]),
        batch(edits=[EDIT | {"column": "aim", "new": "1"}]), batch(edits=[EDIT | {"column": "leads", "new": [1]}]),
        batch(edits=[EDIT | {"seen": {"a": 1}}]), batch(additions=[{"where": 1, "cells": {}}]),
        batch(additions=[{"where": "x", "cells": []}]), batch(additions=[{"where": "x", "cells": {"pk": 1}}]),
        batch(edits=[EDIT] * 2_501), batch(removals=[{"row": 1, "seen": 1}] * 501),
        batch(after="x"), batch(removals=[{"row": 1}]), batch(edits=[EDIT | {"new": "\ud800", "column": "ref"}]),
    ],
    ids=lambda sent: sent[:60],
)  # fmt: skip
def test_a_batch_that_no_preview_made_changes_nothing(as_, world, sent):
    before = list(world.strategy.actions.values())
    answer = as_("coordinator").post(APPLY, {"batch": sent}, follow=True)
    assert answer.status_code == 200 and "Start again; nothing was changed." in words(answer)
    assert list(world.strategy.actions.values()) == before


def test_control_a_batch_in_the_right_shape_is_applied(as_, world):
    answer = as_("coordinator").post(APPLY, {"batch": batch(edits=[EDIT | {"row": world.row.pk}])}, follow=True)
    assert "1 cell changed in 1 row." in words(answer)


def test_a_made_up_batch_gets_no_further_than_its_sender(as_, world):
    """The council's manager asks for the trust's row, another plan's row, and to remove one of the council's."""
    edits = [EDIT | {"row": row.pk} for row in (world.trust_row, world.far_row)]
    removals = [{"row": world.row.pk, "seen": world.row.version}]
    additions = [
        {"where": "x", "cells": {"activity": "Theirs", "aim": world.aim.pk, "lead_organisation": world.trust.pk}}
    ]
    sent = batch(edits=edits, removals=removals, additions=additions, after=world.far_row.pk)
    answer = as_("manager").post(APPLY, {"batch": sent}, follow=True)
    assert "Nothing was changed." in words(answer) and "4 rows were left as they were" in words(answer)
    assert {fresh(row).priority for row in (world.trust_row, world.far_row)} == {""}
    assert fresh(world.row).removed is None and not Action.objects.filter(activity="Theirs").exists()


def test_sending_the_same_preview_twice_adds_its_rows_once(as_, world):
    client = as_("coordinator")
    looked = paste(client, "Activity\tPriority\nDo it\tHigh", start="new")
    press(client, looked)
    press(client, looked)
    assert world.strategy.actions.filter(activity="Do it").count() == 1


# --- One column of many rows -----------------------------------------------------------------------------------------


def change(client, rows, column, **given):
    return client.post(MANY, {"rows": ",".join(str(row.pk) for row in rows), "column": column, "sent": "1"} | given)


def test_without_rows_they_are_chosen_first(as_, world):
    client = as_("coordinator")
    page = client.get(MANY).content.decode()
    assert page.count('name="rows"') == 3 and "checked" not in page
    missing = words(client.post(MANY, {"column": "priority"}))
    assert "Choose the rows to change." in missing


def test_rows_ticked_in_the_table_come_ticked(as_, world):
    client = as_("coordinator")
    both = f"rows={world.row.pk}&rows={world.shared_row.pk}"
    commas = f"rows={world.row.pk},{world.shared_row.pk},{world.far_row.pk},x"
    for asked in (
        client.get(f"{MANY}?{both}"),
        client.get(f"{MANY}?{commas}"),
        client.post(MANY, {"rows": commas[5:]}),
    ):
        assert asked.content.decode().count("checked") == 2
        assert "Pool our assessors" not in words(asked)


def test_then_the_column_by_its_own_picker(as_, world):
    client = as_("coordinator")
    step = words(client.post(MANY, {"rows": [world.row.pk, world.trust_row.pk], "column": "priority"}))
    assert "Change priority in 2 rows" in step and "Not set: blank" in step
    unanswered = words(change(client, [world.row], "priority", new=""))
    assert "There is a problem" in unanswered
    looked = change(client, [world.row, world.trust_row], "priority", new="high")
    assert "Change 2 cells in 2 rows" in words(looked)
    press(client, looked)
    assert {fresh(row).priority for row in (world.row, world.trust_row)} == {"high"}
    press(client, change(client, [world.row], "priority", new="-"))
    assert fresh(world.row).priority == ""


def test_partners_are_added_taken_away_and_replaced(as_, world):
    client = as_("coordinator")
    rows = [world.row, world.shared_row]

    def partners():
        return [sorted(fresh(row).contributors.values_list("pk", flat=True)) for row in rows]

    for how, ticked, result in [
        ("add", world.trust, [[world.trust.pk], [world.council.pk, world.trust.pk]]),
        ("take", world.council, [[world.trust.pk], [world.trust.pk]]),
        ("replace", world.council, [[world.council.pk]] * 2),
    ]:
        press(client, change(client, rows, "contributors", how=how, new=[ticked.pk]))
        assert partners() == result


def test_an_officer_is_added_and_taken_away(as_, world):
    client = as_("coordinator")

    def officers():
        return [one.name for one in fresh(world.row).officers.all()]

    press(client, change(client, [world.row], "leads", how="add", new="Ada\nWorkforce Manager"))
    assert officers() == ["Workforce Manager", "Ada"]
    press(client, change(client, [world.row], "leads", how="take", new="workforce manager"))
    assert officers() == ["Ada"]
    press(client, change(client, [world.row], "leads", how="replace", new="Grace"))
    assert officers() == ["Grace"]


def test_words_are_found_and_replaced(as_, world):
    client = as_("coordinator")
    rows = [world.row, world.trust_row, world.shared_row]
    assert "Say what to look for." in words(change(client, rows, "activity", how="find", find="", new="x"))
    looked = change(client, rows, "activity", how="find", find=" our ", new=" all our ")
    assert "Change 1 cell" in words(looked) and "2 cells already say the same." in words(looked)
    press(client, looked)
    assert fresh(world.trust_row).activity == "Pool all our assessors"
    press(client, change(client, rows, "evidence", how="replace", new="A survey\r\nof staff"))
    assert {fresh(row).evidence for row in rows} == {"A survey\nof staff"}
    assert "Activity is empty." in words(change(client, rows, "activity", how="replace", new=" "))


def test_rows_are_removed_after_a_look(as_, world):
    client = as_("coordinator")
    looked = client.post(MANY, {"rows": [world.row.pk, world.trust_row.pk], "column": "remove"})
    assert "Remove 2 rows from the plan" in words(looked) and fresh(world.row).removed is None
    assert "2 rows removed." in words(press(client, looked))
    assert fresh(world.row).removed and fresh(world.trust_row).removed
    assert not fresh(world.shared_row).removed


def test_who_may_not_remove_is_told(as_, world):
    looked = words(as_("manager").post(MANY, {"rows": [world.row.pk], "column": "remove"}))
    assert "You may not remove it." in looked and "Nothing would change" in looked


@pytest.mark.parametrize("asked", ["rows=", "rows=x&column=priority", "rows=1&column=reading", "column=", "rows=%00"])
def test_what_is_no_choice_is_no_error(as_, world, asked):
    assert as_("coordinator").get(f"{MANY}?{asked}").status_code == 200


def test_hundreds_of_rows_cost_no_more_queries_to_look_at(as_, world, django_assert_max_num_queries):
    for number in range(30):
        add_row(world, ref=str(number + 10), activity=f"Row {number}")
    client = as_("coordinator")
    paste(client, "High", start=world.row.pk, column="priority")
    with django_assert_max_num_queries(20):
        paste(client, "High\n" * 33, start=world.row.pk, column="priority")
    with django_assert_max_num_queries(20):
        change(client, list(world.strategy.actions.all()), "priority", new="low")
