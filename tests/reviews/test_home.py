"""The first page: what is asked of me and nobody else, and how the partnership is doing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actions import services
from actions.models import Action
from partners.models import Membership
from partners.permissions import Role
from partners.services import add_member, end_membership
from reviews.attention import DUE_SOON, SILENT_AFTER, needs_of, picture_of
from strategies.services import record_sign_up
from tests.actions.test_pages import words
from tests.world import add_row

HOME = "/p/marlbrook/"
DAY = timedelta(days=1)


@pytest.fixture
def now(world):
    """The manager is named on rows of these tests only."""
    services.remove_action(action=world.row, by=world.coordinator)
    return timezone.now()


def on(day):
    return f"{day.day} {day:%B %Y}"


def mine(world, activity="Mine", due=None, **cells):
    """A row that names the manager, due so many days from today."""
    timescale = on(timezone.localdate() + due * DAY) if due is not None else ""
    return add_row(world, activity=activity, leads="Somebody\nWorkforce Manager", timescale_text=timescale, **cells)


def told(world, now, who=None):
    return [
        (need.action.activity, need.reason) for need in needs_of(who or world.manager, world.partnership.actions, now)
    ]


def report(row, world, status="green", ago=timedelta()):
    return services.post_update(action=row, status=status, words="Words", by=world.manager, at=timezone.now() - ago)


@pytest.mark.parametrize(
    ("due", "status", "ago", "reason"),
    [
        (-1, "green", DAY, "late by 1 day"),
        (-40, "green", DAY, "late by 40 days"),
        (-1, "red", DAY, "late by 1 day"),
        (400, "red", DAY, "off track"),
        (1, "green", DAY, "due in 1 day"),
        (DUE_SOON.days, "green", DAY, f"due in {DUE_SOON.days} days"),
        (DUE_SOON.days + 1, "green", DAY, None),
        (400, "green", DAY, None),
        (400, "amber", DAY, None),
        (400, "green", SILENT_AFTER + DAY, "no news since"),
        (None, "green", SILENT_AFTER + DAY, "no news since"),
        (None, "green", DAY, None),
        (-1, "blue", DAY, None),
        (None, "blue", SILENT_AFTER + DAY, None),
    ],
)
def test_what_asks_for_attention_and_why(world, now, due, status, ago, reason):
    report(mine(world, due=due), world, status, ago)
    found = told(world, now)
    assert len(found) == (reason is not None)
    if reason:
        assert found[0][1].startswith(reason)


def test_due_today_is_said_as_such(world, now):
    report(mine(world, due=0), world)
    assert told(world, now) == [("Mine", "due today")]


def test_a_row_on_which_nobody_has_reported_asks_for_a_first_word(world, now):
    mine(world, due=400)
    assert told(world, now) == [("Mine", "nothing reported yet")]


def test_the_most_urgent_comes_first_and_among_equals_the_earliest(world, now):
    mine(world, "Silent", due=400)
    mine(world, "Late", due=-1)
    report(mine(world, "Red", due=300), world, "red")
    mine(world, "Soon", due=10)
    mine(world, "Sooner", due=2)
    mine(world, "Later", due=-50)
    assert [activity for activity, _ in told(world, now)] == ["Later", "Late", "Red", "Sooner", "Soon", "Silent"]


def test_only_rows_that_name_me_and_are_in_the_plan(world, now):
    gone = mine(world, "Removed", due=-1)
    services.remove_action(action=gone, by=world.coordinator)
    add_row(world, activity="Somebody else’s", leads="Data Steward", timescale_text="March 2020")
    add_row(world, activity="Nobody’s", timescale_text="March 2020")
    assert told(world, now) == []
    assert told(world, now, world.steward) != []  # the control
    assert told(world, now, world.stranger) == []


def test_an_end_that_is_not_certain_makes_nothing_late(world, now):
    report(add_row(world, activity="Vague", leads="Workforce Manager", timescale_text="around spring 2020"), world)
    assert told(world, now) == []


# --- The partnership in numbers --------------------------------------------------------------------------------------


def test_the_picture_counts_every_row_once(world, now):
    for due, status in [(-1, "green"), (400, "red"), (400, "blue"), (400, "amber")]:
        report(mine(world, due=due), world, status)
    report(mine(world), world, "green", SILENT_AFTER + DAY)
    picture = picture_of(world.partnership.actions, now)
    counts = {code: count for code, _, count in picture.by_status}
    # The trust's two rows of the world have never been reported on.
    assert counts == {"green": 2, "amber": 1, "red": 1, "blue": 1, "none": 2}
    assert (picture.total, picture.late, picture.silent) == (7, 1, 3)
    assert sum(counts.values()) == picture.total


def test_the_numbers_on_the_page_are_those_of_the_plan(world, now, as_):
    mine(world, due=-1)
    client = as_("observer")
    read = words(client.get(HOME))
    assert "actions 3 late 1 silent" in read
    assert "1 row matches" in words(client.get("/p/marlbrook/plan/joint-strategy/?late=on"))


def test_nobody_sees_rows_of_another_partnership(world, as_):
    services.post_update(action=world.far_row, status="red", words="A secret of theirs", by=world.foreigner)
    read = words(as_("coordinator").get(HOME))
    assert "A far row" not in read and "A secret of theirs" not in read
    assert "A secret of theirs" in words(as_("foreigner").get("/p/elsewhere/"))  # the control


def test_sign_ups_are_counted(world, as_):
    record_sign_up(strategy=world.strategy, organisation=world.council, state="agreed", by=world.coordinator)
    assert "1 of 2 partners have agreed the strategy" in words(as_("observer").get(HOME))


# --- The page --------------------------------------------------------------------------------------------------------


def test_the_heading_says_how_many_need_me(world, now, as_):
    client = as_("manager")
    assert "Nothing needs you today" in words(client.get(HOME))
    mine(world, "One thing", due=-1)
    assert "One of your actions needs attention" in words(client.get(HOME))
    mine(world, "Another", due=-1)
    read = words(client.get(HOME))
    assert "Two of your actions need attention" in read
    assert "One thing" in read and "late by 1 day" in read


def test_a_need_leads_to_where_it_can_be_met(world, now, as_):
    row = mine(world, due=-1)
    assert f"/p/marlbrook/actions/{row.pk}/update/" in as_("manager").get(HOME).content.decode()
    named = add_row(world, activity="Named only", leads="Observer", timescale_text="March 2020")
    page = as_("observer").get(HOME).content.decode()
    assert f'/p/marlbrook/actions/{named.pk}/"' in page
    assert f"/p/marlbrook/actions/{named.pk}/update/" not in page


def test_the_latest_changes_are_shown(world, as_):
    services.post_update(action=world.row, status="amber", words="A small delay", by=world.manager)
    read = words(as_("observer").get(HOME))
    assert "Latest changes to the plan" in read
    assert "At risk. A small delay" in read and "Workforce Manager" in read


def test_home_costs_the_same_however_many_rows(world, now, as_):
    client = as_("manager")

    def queries():
        client.get(HOME)
        with CaptureQueriesContext(connection) as seen:
            client.get(HOME)
        return len(seen)

    mine(world, due=-1)
    few = queries()
    for _ in range(20):
        mine(world, due=-1)
    assert queries() == few <= 20
    assert Action.objects.count() > 20


# --- Where signing in leads ------------------------------------------------------------------------------------------


def test_one_partnership_is_opened_at_once(as_):
    assert as_("manager").get("/").url == HOME


def test_several_are_offered(world, as_):
    add_member(
        user=world.manager, partnership=world.elsewhere, role=Role.MANAGER, organisation=world.far_council, by=None
    )
    answer = as_("manager").get("/")
    assert answer.status_code == 200
    read = answer.content.decode()
    assert 'href="/p/marlbrook/"' in read and 'href="/p/elsewhere/"' in read


def test_none_gets_a_sentence(world, as_):
    assert "You do not belong to a partnership at the moment." in words(as_("stranger").get("/"))
    end_membership(membership=Membership.objects.get(user=world.manager), by=world.coordinator)
    assert "Ask its coordinator for an invitation." in words(as_("manager").get("/"))


def test_nobody_signed_in_is_asked_to(db):
    assert Client().get("/").url.startswith("/account/sign-in/")
