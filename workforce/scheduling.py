"""What happens to profile reports by the clock: they are asked for when their day has come, and stewards are reminded.

All of it is worked out anew from what is stored, each time the clock strikes, so nothing is missed when the planner
did not run for a while, and nothing happens twice.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from partners.models import Notice, Via
from partners.notices import tell
from partners.refusals import Refused
from workforce.disclosure.released import Audience
from workforce.models import ProfileSchedule, Release
from workforce.months import months_on
from workforce.moving import stewards_of
from workforce.profile_moving import hold_profiles_of
from workforce.profile_returns import OUTSTANDING, Sent, returns_state
from workforce.profiles import ask_for_profile

SCHEDULED_FOR = (Audience.PARTNERSHIP, Audience.PUBLIC)
FIRST_REMINDER, LAST_REMINDER = "return_due", "return_last_day"


@dataclass(frozen=True)
class Due:
    """A report whose day has come."""

    partnership: object
    as_at: date
    audience: Audience


def dates_of(schedule, until):
    """The days that a schedule has reports for, up to a day."""
    day, step = schedule.first, 0
    while day <= until:
        yield day
        step += 1
        day = months_on(schedule.first, step * schedule.months)


def run_schedules(now=None):
    """Ask for what is due and remind whose returns are missing. Returns what was asked for."""
    now = now or timezone.now()
    send_reminders(now)
    asked = [_ask(one, now) for one in due(now)]
    return [release for release in asked if release]


# --- Reports ------------------------------------------------------------------------------------------------------


def due(now):
    """Reports to be asked for: the last day for returns is over, or all of them are there; and none is being read."""
    today = timezone.localdate(now)
    for schedule in ProfileSchedule.objects.filter(is_on=True).select_related("partnership"):
        for as_at in dates_of(schedule, today):
            missing = _never_made(schedule.partnership, as_at)
            if missing and _is_time(schedule, as_at, today):
                yield from (Due(schedule.partnership, as_at, audience) for audience in missing)


def _never_made(partnership, as_at):
    """Whatever became of a report: whether it is made once more is for people to say."""
    made = set(Release.objects.filter(partnership=partnership, as_at=as_at).values_list("audience", flat=True))
    return [audience for audience in SCHEDULED_FOR if audience not in made]


def _is_time(schedule, as_at, today):
    returns = returns_state(schedule.partnership, as_at)
    if any(one.sent == Sent.UNREAD for one in returns) or not any(one.is_in for one in returns):
        return False
    return today > schedule.last_day(as_at) or not any(one.sent in OUTSTANDING for one in returns)


def _ask(due, now):
    """The return that it was to be made from may have been withdrawn just now: then the next hour looks again."""
    how = {"is_scheduled": True, "by": None, "via": Via.SYSTEM, "at": now}
    try:
        return ask_for_profile(partnership=due.partnership, as_at=due.as_at, audience=due.audience, **how)
    except Refused:
        return None


# --- Reminders ----------------------------------------------------------------------------------------------------


def send_reminders(now):
    """Once some days before the last one, and once on that day. Returns the notices."""
    today, told = timezone.localdate(now), []
    for schedule in ProfileSchedule.objects.filter(is_on=True).select_related("partnership"):
        for as_at in dates_of(schedule, today):
            if kind := _reminder_of(schedule, as_at, today):
                told += _remind(schedule, as_at, kind, now)
    return told


def _reminder_of(schedule, as_at, today):
    last = schedule.last_day(as_at)
    if today == last:
        return LAST_REMINDER
    return FIRST_REMINDER if last - timedelta(days=schedule.remind_days) <= today < last else None


@transaction.atomic
def _remind(schedule, as_at, kind, now):
    """Asked while the partnership's profiles are held, so that two clocks do not remind twice."""
    hold_profiles_of(schedule.partnership_id)
    told = []
    for one in returns_state(schedule.partnership, as_at):
        if one.sent in OUTSTANDING - {Sent.UNREAD}:
            told += _remind_stewards(schedule, as_at, one.partner, kind, now)
    return told


def _remind_stewards(schedule, as_at, partner, kind, now):
    """Whoever was told this of this partner and date is not told again; a steward who came since is."""
    path = f"/p/{schedule.partnership.slug}/workforce/send/?partner={partner.pk}&as_at={as_at.isoformat()}"
    told = Notice.objects.filter(partnership=schedule.partnership, kind=kind, path=path).values("to")
    last = date_format(schedule.last_day(as_at), "j F Y")
    about = f"{partner} as at {date_format(as_at, 'j F Y')}, to be sent by {last}"
    stewards = stewards_of(partner).exclude(pk__in=told)
    how = {"kind": kind, "about": about, "path": path, "by": None, "at": now}
    return tell(partnership=schedule.partnership, to=stewards, **how)
