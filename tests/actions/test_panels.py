"""A conflict as people see it: who was there first, from where and how long ago, and three ways to decide."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from actions.columns import cells_of
from actions.editing import Edit, save_cells
from actions.models import Action, HeldEdit
from actions.panels import ago
from partners.permissions import Role
from partners.services import add_member, end_membership
from tests.actions.test_pages import row_url, words

NOW = datetime(2026, 12, 12, 14, 5, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (timedelta(0), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=-3), "just now"),  # clocks differ
        (timedelta(minutes=2), "2 minutes ago"),
        (timedelta(hours=1, minutes=40), "1 hour ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_how_long_ago(since, said):
    assert ago(NOW - since, NOW).replace("\xa0", " ") == said


def write(row, seen, by, at=None, **new):
    return save_cells(action=row, edits={key: Edit(seen[key], value) for key, value in new.items()}, by=by, at=at)


@pytest.fixture
def held(world):
    """The council's manager waits, because the trust's was quicker, two minutes ago."""
    row, two_minutes_ago = world.shared_row, timezone.now() - timedelta(minutes=2)
    seen = cells_of(Action.objects.get(pk=row.pk))
    write(row, seen, world.trust_manager, two_minutes_ago, activity="Run fairs in every town", priority="high")
    write(row, seen, world.manager, activity="Run no fairs", priority="low")
    return HeldEdit.objects.get(column="activity")


def page_of(client, held):
    return client.get(f"/p/marlbrook/held/{held.pk}/")


def test_theirs_says_who_from_where_and_how_long_ago_and_when_exactly(as_, world, held):
    said = words(page_of(as_("manager"), held)).replace("\xa0", " ")
    exactly = timezone.localtime(timezone.now() - timedelta(minutes=2))
    assert "Theirs Trust Workforce Manager, Hospital trust, 2 minutes ago" in said
    assert f"{exactly:%-d %B %Y} at {exactly:%H:}" in said


def test_somebody_who_has_left_is_named_with_the_organisation_of_that_day(as_, world, held):
    seat = world.trust_manager.memberships.get()
    end_membership(membership=seat, by=None)
    add_member(
        user=world.trust_manager, partnership=world.partnership, role=Role.MANAGER, organisation=world.council, by=None
    )
    assert "Trust Workforce Manager, Hospital trust and Council," in words(page_of(as_("manager"), held))
    seat.ended = timezone.now() - timedelta(days=1)
    seat.save()
    assert "Trust Workforce Manager, Council," in words(page_of(as_("manager"), held))


def test_what_the_planner_itself_changed_has_no_organisation(as_, world):
    row = world.row
    seen = cells_of(Action.objects.get(pk=row.pk))
    write(row, seen, None, activity="Written by itself")
    held = write(row, seen, world.manager, activity="Mine").conflicts[0].held
    assert "Theirs The planner, just now" in words(page_of(as_("manager"), held))


def test_three_buttons_and_beneath_them_what_becomes_of_the_other_text(as_, held):
    page = words(page_of(as_("manager"), held))
    buttons = page[page.index("Keep theirs") :]
    assert buttons.startswith("Keep theirs Use mine Edit together Both texts, to make one of them")
    assert "Save this text Whatever you choose, the other text stays in the history." in buttons


def test_what_is_no_text_has_two_buttons(as_, held):
    page = words(page_of(as_("manager"), HeldEdit.objects.get(column="priority")))
    assert "Keep theirs Use mine Whatever you choose" in page and "Edit together" not in page


def test_who_cannot_decide_and_what_is_decided_has_none(as_, world, held):
    assert "Whatever you choose" not in words(page_of(as_("observer"), held))
    as_("manager").post(f"/p/marlbrook/held/{held.pk}/settle/", {"settle": "theirs", "seen": '"x"'})
    page = words(page_of(as_("manager"), held))
    assert "This has been decided" in page and "Keep theirs" not in page


def test_words_that_were_refused_stay_in_the_open_box(as_, held):
    client = as_("manager")
    assert not re.search(r"<details[^>]* open", page_of(client, held).content.decode())
    sent = {"settle": "together", "seen": '"Run fairs in every town"', "words": "y" * 5001}
    answer = client.post(f"/p/marlbrook/held/{held.pk}/settle/", sent)
    assert answer.status_code == 422
    assert re.search(r"<details[^>]* open>.*y{5001}", answer.content.decode(), re.DOTALL)


def test_the_rows_own_page_asks_as_well(as_, world, held):
    page = words(as_("manager").get(row_url(world.shared_row)))
    assert page.count("Whatever you choose, the other text stays in the history.") == 2
