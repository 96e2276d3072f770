"""Pages of the history: who changed what, when and how, of a plan, a row and a cell; and the plan as it was."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from actions import services
from actions.columns import cells_of
from actions.editing import Edit, save_cells, settle_held
from actions.models import Action
from partners.models import Change, Via
from strategies.services import add_aim, remove_heading
from tests.actions.test_pages import words
from tests.world import add_row

PLAN = "/p/marlbrook/plan/joint-strategy/"


def stored(row):
    return cells_of(Action.objects.get(pk=row.pk))


def edit(row, by, seen=None, via=Via.FORM, **new):
    saw = stored(row) | (seen or {})
    return save_cells(action=row, edits={key: Edit(saw[key], value) for key, value in new.items()}, by=by, via=via)


def history(client, row=None, **asked):
    address = f"/p/marlbrook/actions/{row.pk}/history/" if row else f"{PLAN}history/"
    answer = client.get(f"{address}?{urlencode(asked)}")
    assert answer.status_code == 200
    return answer


def titles(answer):
    found = re.findall(r'class="history__title">(.*?)</h3>', answer.content.decode(), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", title) for title in found]


# --- What is said --------------------------------------------------------------------------------------------------


def test_changed_words_are_marked_one_by_one(world, as_):
    edit(world.row, world.manager, activity="Map all leadership courses")
    page = history(as_("observer"), world.row).content.decode()
    assert "Map <ins>all </ins>leadership courses" in page


def test_a_merge_says_with_whose_words(world, as_):
    seen = stored(world.row)
    edit(world.row, world.manager, seen, activity="Map all leadership courses")
    edit(world.row, world.coordinator, seen, activity="Map leadership courses twice")
    read = words(history(as_("observer"), world.row))
    assert "Activity changed" in read
    assert "Put together with what Workforce Manager wrote." in read


def test_what_was_set_aside_says_why_and_what_became_of_it(world, as_):
    seen = stored(world.row)
    edit(world.row, world.manager, seen, activity="Map all courses")
    held = edit(world.row, world.coordinator, seen, activity="Map no courses").conflicts[0].held
    read = words(history(as_("observer"), world.row))
    assert "Activity set aside" in read
    assert "Set aside: Workforce Manager had changed the same words. It is kept until somebody decides." in read
    offer = f'/p/marlbrook/held/{held.pk}/">Decide about what was set aside'
    assert offer in history(as_("manager"), world.row).content.decode()
    assert offer not in history(as_("observer"), world.row).content.decode()
    settle_held(held=held, settle="mine", by=world.coordinator, seen="Map all courses")
    assert offer not in history(as_("manager"), world.row).content.decode()
    assert re.search(r"Coordinator decided on \d+ \w+ \d{4}: used\.", words(history(as_("observer"), world.row)))


def test_what_was_typed_into_a_removed_row_says_so(world, as_):
    services.remove_action(action=world.row, by=world.coordinator)
    edit(world.row, world.manager, activity="Late words")
    assert "Set aside: the row had been removed from the plan." in words(history(as_("observer"), world.row))


def test_names_of_aims_that_are_gone_are_still_said(world, as_):
    aim = add_aim(strategy=world.strategy, text="Short-lived", by=world.coordinator)
    edit(world.row, world.coordinator, aim=aim.pk)
    edit(world.row, world.coordinator, aim=world.aim.pk)
    remove_heading(heading=aim, by=world.coordinator)
    assert "Short-lived" in words(history(as_("observer"), world.row, column="aim"))


def test_room_made_between_rows_by_itself_is_not_told(world, as_):
    for _ in range(12):
        services.place_action(action=add_row(world, activity="x"), after=world.row, by=world.coordinator)
    assert Change.objects.filter(field="positions").exists()
    assert "Order of the rows" not in words(history(as_("observer")))


# --- Narrowing -----------------------------------------------------------------------------------------------------


@pytest.fixture
def told(world):
    """Changes by two people of two organisations, in two ways."""
    edit(world.row, world.manager, evidence="A list", priority="high")
    edit(world.trust_row, world.trust_manager, via=Via.TABLE, evidence="A survey")
    edit(world.row, world.coordinator, via=Via.IMPORT, resource_requirement="Half a day")


def who_said(answer):
    return set(re.findall(r'class="history__by">([^,<]+),', answer.content.decode()))


def test_of_one_person(world, as_, told):
    assert who_said(history(as_("observer"), person=world.trust_manager.pk)) == {"Trust Workforce Manager"}


def test_of_the_people_of_one_organisation(world, as_, told):
    assert who_said(history(as_("observer"), organisation=world.trust.pk)) == {"Trust Workforce Manager"}
    assert who_said(history(as_("observer"), organisation=world.council.pk)) == {"Coordinator", "Workforce Manager"}


@pytest.mark.parametrize(("way", "title"), [("table", "Evidence changed"), ("import", "Resource requirement changed")])
def test_made_in_one_way(as_, told, way, title):
    assert [one.partition(": ")[2] for one in titles(history(as_("observer"), way=way))] == [title]


def test_of_one_cell(world, as_, told):
    assert titles(history(as_("observer"), world.row, column="evidence")) == ["Evidence changed"]
    assert "History of one cell: evidence" in words(history(as_("observer"), world.row, column="evidence"))
    assert len(titles(history(as_("observer"), column="evidence"))) == 2


def test_between_two_days(world, as_):
    today = timezone.localdate()
    for days in (1, 3, 5):
        at = timezone.now() - timedelta(days=days)
        edits = {"evidence": Edit(stored(world.row)["evidence"], f"{days} days ago")}
        save_cells(action=world.row, edits=edits, by=world.manager, at=at)
    asked = {"since": today - timedelta(days=3), "until": today - timedelta(days=2)}
    read = words(history(as_("observer"), world.row, **asked))
    assert "3 days ago" in read
    assert "1 days ago" not in read
    assert len(titles(history(as_("observer"), world.row, **asked))) == 1
    for day, count in ((3, 1), (4, 0), (5, 1)):
        when = today - timedelta(days=day)
        assert len(titles(history(as_("observer"), world.row, since=when, until=when))) == count


def test_all_filters_at_once_and_none_that_match(world, as_, told):
    both = {"person": world.manager.pk, "column": "evidence", "way": "form", "organisation": world.council.pk}
    assert len(titles(history(as_("observer"), **both))) == 1
    assert "No changes match" in words(history(as_("observer"), **both | {"way": "link"}))


AWKWARD = ["x", "0", "-1", "9" * 30, "'; --", "<script>", "0001-01-01", "9999-12-31", "2026-02-30", "%00"]


@pytest.mark.parametrize("name", ["person", "organisation", "column", "way", "since", "until", "before", "after"])
def test_a_filter_that_is_none_is_no_error(as_, name):
    client = as_("observer")
    for value in AWKWARD:
        assert "<script>" not in history(client, **{name: value}).content.decode()


def test_a_moment_that_is_none_is_no_error(as_):
    client = as_("observer")
    for value in AWKWARD:
        for asked in ({"date": value}, {"date": "2026-01-01", "time": value}, {"change": value}):
            assert client.get(f"{PLAN}as-at/?{urlencode(asked)}").status_code == 200


def test_people_and_rows_of_another_partnership_are_not_in_it(world, as_):
    edit(world.far_row, world.foreigner, activity="Far away")
    page = history(as_("observer"))
    assert "Foreign Coordinator" not in page.content.decode()
    assert "Far away" not in words(page)


# --- Page by page --------------------------------------------------------------------------------------------------


def followed(client, page, link):
    address = re.search(rf'href="(\?[^"]*)">{link} changes', page.content.decode())
    return client.get(f"{PLAN}history/{address[1].replace('&amp;', '&')}") if address else None


def entries(page):
    return re.findall(r"\?change=(\d+)\">The plan as it was then", page.content.decode())


def test_older_and_newer_lead_through_all_of_it_and_back_and_keep_the_filter(world, as_):
    for number in range(120):
        save_cells(
            action=world.row, edits={"ref": Edit(stored(world.row)["ref"], f"r{number}")}, by=world.manager
        )  # fmt: skip
    client = as_("observer")
    first = history(client, person=world.manager.pk)
    second = followed(client, first, "Older")
    third = followed(client, second, "Older")
    assert [len(entries(page)) for page in (first, second, third)] == [50, 50, 20]
    assert followed(client, third, "Older") is None
    assert followed(client, first, "Newer") is None
    assert len({*entries(first), *entries(second), *entries(third)}) == 120
    assert entries(followed(client, third, "Newer")) == entries(second)
    back = followed(client, second, "Newer")
    assert entries(back) == entries(first)
    assert entries(followed(client, back, "Older")) == entries(second)


# --- Links -----------------------------------------------------------------------------------------------------------


def test_the_row_leads_to_its_history_and_keeps_a_short_list(world, as_):
    for number in range(12):
        edit(world.row, world.manager, evidence=f"List {number}")
    page = as_("observer").get(f"/p/marlbrook/actions/{world.row.pk}/").content.decode()
    assert f'href="/p/marlbrook/actions/{world.row.pk}/history/"' in page
    assert page.count('class="history__entry"') == 8


def test_what_may_be_put_back_is_offered_to_those_who_may(world, as_):
    edit(world.row, world.manager, evidence="A list")
    edit(world.row, world.manager, evidence="Another list")
    read = words(history(as_("manager"), world.row, column="evidence"))
    assert read.count("Put this value back") == 1  # not where the cell says so already
    assert read.count("Put back what it said before") == 2
    assert "Put this value back" not in words(history(as_("observer"), world.row, column="evidence"))


# --- The plan as it was ----------------------------------------------------------------------------------------------


def as_at(client, **asked):
    return client.get(f"{PLAN}as-at/?{urlencode(asked)}")


def test_the_plan_as_it_was_on_a_day(world, as_):
    long_ago = timezone.now() - timedelta(days=30)
    early = services.add_action(
        strategy=world.strategy, cells={"activity": "There from early on", "aim": world.aim.pk}, by=None, at=long_ago
    )
    edit(early, world.coordinator, activity="Reworded today", priority="high")
    client = as_("observer")
    then = words(as_at(client, date=timezone.localdate() - timedelta(days=20)))
    assert "There from early on" in then
    assert "Reworded today" not in then and "Map leadership courses" not in then
    assert "There were no rows then" in words(as_at(client, date=timezone.localdate() - timedelta(days=31)))
    assert "Reworded today" in words(as_at(client, date=timezone.localdate()))


def test_the_plan_as_it_was_at_a_minute(world, as_):
    day = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=3)
    for minutes, text in ((0, "Said at noon"), (10, "Said ten minutes later")):
        services.add_action(
            strategy=world.strategy, cells={"activity": text, "aim": world.aim.pk}, by=None,
            at=day + timedelta(minutes=minutes, seconds=30),
        )  # fmt: skip
    client, asked = as_("observer"), {"date": day.date()}
    assert "Said at noon" not in words(as_at(client, **asked, time="11:59"))
    assert "Said at noon" in words(as_at(client, **asked, time="12:00"))
    assert "ten minutes later" not in words(as_at(client, **asked, time="12:09"))
    assert "ten minutes later" in words(as_at(client, **asked, time="12:10"))


def test_nothing_of_the_past_can_be_edited_there(world, as_):
    page = as_at(as_("coordinator"), date=timezone.localdate()).content.decode()
    assert "/edit/" not in page
    assert page.count('<form method="post"') <= 1  # signing out
    assert "To be read only" in page


def test_words_of_the_past_are_words_and_nothing_else(world, as_):
    edit(world.row, world.manager, activity="<script>alert(1)</script>", evidence="<b>x</b>")
    for page in (as_at(as_("observer"), date=timezone.localdate()), history(as_("observer"), world.row)):
        assert "<script>alert" not in page.content.decode()
        assert "<b>x" not in page.content.decode()
