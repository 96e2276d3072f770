"""Reports asked for by the clock, and stewards who are reminded: with a given time, never the real one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from config.tasks import ask_for_due_profiles
from partners.models import Membership, Notice
from partners.permissions import Role
from partners.services import add_member
from tests.workforce.profiles.conftest import AS_AT, EARLIER, FAULTY, again
from tests.world import person
from workforce import profiles, uploads
from workforce.disclosure.released import Audience
from workforce.models import ProfileSchedule, Release
from workforce.months import months_on
from workforce.profile_lifecycle import Stage
from workforce.scheduling import dates_of, due, run_schedules

pytestmark = pytest.mark.django_db
LAST = AS_AT + timedelta(days=30)


def at(day, hour=9):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def schedule(world):
    return profiles.set_schedule(partnership=world.partnership, by=world.coordinator, first=AS_AT)


def asked_on(day):
    return [(one.as_at, one.audience) for one in due(at(day))]


BOTH = [(AS_AT, Audience.PARTNERSHIP), (AS_AT, Audience.PUBLIC)]


# --- Dates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "months", "then"), [
    (date(2025, 9, 30), 6, date(2026, 3, 31)), (date(2026, 3, 31), 6, date(2026, 9, 30)),
    (date(2026, 1, 30), 1, date(2026, 2, 28)), (date(2026, 11, 15), 3, date(2027, 2, 15)),
    (date(2026, 3, 31), -6, date(2025, 9, 30)), (date(2026, 1, 5), -1, date(2025, 12, 5)),
    (date(2024, 2, 29), 12, date(2025, 2, 28)),
])  # fmt: skip
def test_months_from_a_day(day, months, then):
    assert months_on(day, months) == then


def test_a_schedule_keeps_to_the_ends_of_months():
    half_years = ProfileSchedule(first=date(2025, 9, 30), months=6)
    assert list(dates_of(half_years, date(2026, 9, 30))) == [date(2025, 9, 30), date(2026, 3, 31), date(2026, 9, 30)]


# --- When a report is asked for -----------------------------------------------------------------------------------


def test_as_soon_as_everybody_has_sent(schedule, returned):
    assert asked_on(AS_AT) == []
    returned()
    assert asked_on(AS_AT + timedelta(days=1)) == BOTH


def test_after_the_last_day_of_what_is_there(world, schedule, returned):
    user = person("trust_steward", "Trust Data Steward")
    how = {"partnership": world.partnership, "role": Role.DATA_STEWARD, "organisation": world.trust, "by": None}
    add_member(user=user, **how)
    returned()
    assert asked_on(LAST) == []
    assert asked_on(LAST + timedelta(days=1)) == BOTH


def test_never_while_something_is_being_read(schedule, returned):
    returned()
    returned(text="number,pay\n1,9\n", read=False)
    assert asked_on(LAST + timedelta(days=1)) == []


def test_a_return_that_waits_for_its_steward_is_waited_for_until_the_last_day(schedule, returned):
    returned()
    returned(text=FAULTY)
    assert asked_on(LAST) == []
    assert asked_on(LAST + timedelta(days=1)) == BOTH


def test_never_of_nothing(schedule):
    assert asked_on(LAST + timedelta(days=1)) == []


@pytest.mark.parametrize("stage", [Stage.WAITING, Stage.DRAFT, Stage.DISCARDED, Stage.FAILED, Stage.WITHDRAWN])
def test_what_there_was_once_is_not_asked_for_again(schedule, draft, stage):
    Release.objects.filter(pk=draft().pk).update(stage=stage)
    assert asked_on(LAST) == BOTH[1:]


def test_not_while_it_is_switched_off(world, schedule, returned):
    returned()
    profiles.set_schedule(partnership=world.partnership, by=world.coordinator, first=AS_AT, is_on=False)
    assert asked_on(LAST) == []


def test_every_date_that_was_missed_is_made_up_for(world, returned):
    profiles.set_schedule(partnership=world.partnership, by=world.coordinator, first=EARLIER)
    returned(EARLIER)
    returned()
    assert asked_on(LAST) == [(EARLIER, Audience.PARTNERSHIP), (EARLIER, Audience.PUBLIC), *BOTH]


def test_the_clock_asks_once_and_the_worker_makes_it(schedule, returned, django_capture_on_commit_callbacks):
    returned()
    with django_capture_on_commit_callbacks(execute=True):
        asked = run_schedules(at(LAST))
    assert [(again(one).stage, one.is_scheduled, one.by) for one in asked] == [(Stage.DRAFT, True, None)] * 2
    assert run_schedules(at(LAST)) == []


def test_the_task_does_it_with_the_real_time(schedule, returned):
    returned()
    ask_for_due_profiles()
    assert Release.objects.count() == 2


def test_a_return_withdrawn_at_that_moment_is_no_fault(schedule, returned, monkeypatch, world):
    upload = returned()
    found = list(due(at(LAST)))
    uploads.withdraw(upload=upload, by=world.steward)
    monkeypatch.setattr("workforce.scheduling.due", lambda now: found)
    assert run_schedules(at(LAST)) == []


# --- Reminders ----------------------------------------------------------------------------------------------------


def reminded(day):
    before = set(Notice.objects.values_list("pk", flat=True))
    run_schedules(at(day))
    fresh = Notice.objects.exclude(pk__in=before).filter(kind__startswith="return_")
    return [(notice.kind, notice.to.name) for notice in fresh]


STEWARD = [("return_due", "Data Steward")]


def test_a_steward_is_reminded_once_and_once_more_on_the_last_day(schedule):
    days = [reminded(AS_AT + timedelta(days=n)) for n in range(40)]
    assert days[20] == STEWARD
    assert days[30] == [("return_last_day", "Data Steward")]
    assert sum(map(len, days)) == 2
    assert reminded(AS_AT + timedelta(days=30)) == []  # twice a day


def test_what_it_says(schedule):
    run_schedules(at(LAST - timedelta(days=10)))
    notice = Notice.objects.get()
    assert notice.sentence == (
        "The workforce return of Council as at 30 September 2026, to be sent by 30 October 2026, "
        "is not there or not ready yet"
    )


def test_the_link_leads_to_the_page_where_it_is_sent(schedule, as_):
    run_schedules(at(LAST - timedelta(days=10)))
    page = as_("steward").get(Notice.objects.get().path)
    assert page.status_code == 200
    assert page.context["form"].initial["as_at"] == AS_AT


@pytest.mark.parametrize("wrong", ["?as_at=soon&partner=x", "?as_at=2026-02-31", "?partner=99999"])
def test_a_link_that_was_written_by_hand_is_no_fault(wrong, as_):
    assert as_("steward").get(f"/p/marlbrook/workforce/send/{wrong}").status_code == 200


def test_nobody_is_reminded_of_what_is_there(schedule, returned):
    returned()
    assert reminded(LAST) == []


def test_nor_of_what_is_being_read_but_of_what_waits_for_them(schedule, returned):
    upload = returned(text=FAULTY, read=False)
    assert reminded(LAST - timedelta(days=5)) == []
    from workforce.receiving import read_upload

    read_upload(upload.pk)
    assert reminded(LAST - timedelta(days=4)) == STEWARD


def test_whoever_became_steward_since_is_told_too(world, schedule):
    assert reminded(LAST - timedelta(days=5)) == STEWARD
    user = person("second", "Second Data Steward")
    how = {"partnership": world.partnership, "role": Role.DATA_STEWARD, "organisation": world.council, "by": None}
    add_member(user=user, **how)
    Membership.objects.filter(user=world.steward).update(ended=at(AS_AT))
    assert reminded(LAST - timedelta(days=4)) == [("return_due", "Second Data Steward")]


def test_nobody_is_reminded_when_it_is_too_late_or_too_early(schedule):
    assert reminded(LAST + timedelta(days=1)) == []
    assert reminded(LAST - timedelta(days=11)) == []
