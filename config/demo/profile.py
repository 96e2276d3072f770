"""The profile reports of the demonstration: asked for, made and released through the same doors as real ones.

A report can only be made when the worker has read the returns, so the last part is told by the clock: `go_on` does
what a coordinator and a chair would have done by now, and nothing once they have.
"""

from contextlib import suppress
from datetime import date
from functools import partial

from django.conf import settings
from django.utils import timezone

from config.demo.cast import Step
from config.demo.content import read
from partners.models import Partnership, User
from partners.refusals import Refused
from workforce.models import Release
from workforce.profile_lifecycle import Stage
from workforce.profiles import release_profile, set_context_figure, set_schedule, write_words
from workforce.scheduling import SCHEDULED_FOR, run_schedules

PLACE = "eddermere"
ABOUT_AN_EVENT = ("by", "at")


def steps(content, cast):
    doors = {"figure": set_context_figure, "words": write_words}
    events = [(set_schedule, content["schedule"])]
    events += [(door, event) for kind, door in doors.items() for event in content[kind]]
    for door, event in events:
        yield Step(event["at"], partial(_do, cast, door, event))


def _do(cast, door, event):
    given = {name: value for name, value in event.items() if name not in ABOUT_AN_EVENT}
    door(partnership=cast.places[PLACE], **given, **cast.how(event))


# --- When the worker has read the returns ---------------------------------------------------------------------------


def go_on(now=None):
    """Called by the clock every minute; does nothing where there is no demonstration, or none left to be told."""
    place = _place()
    if place is None:
        return
    made = place.profile_releases.filter(is_scheduled=True)
    if made.count() < len(SCHEDULED_FOR) * len(_dates()):
        run_schedules(now or timezone.now())
    chair = User.objects.filter(email=f"{read('profile')['release_by']}@{settings.DEMO_MAIL_DOMAIN}").first()
    for draft in _to_be_released(place):
        with suppress(Refused):  # Somebody who tries the demonstration out may have withdrawn a return.
            release_profile(release=draft, by=chair)


def _place():
    """The demonstration's partnership, on a laptop that has one."""
    if not settings.LAPTOP:
        return None
    ours = {"slug": PLACE, "memberships__user__email": f"coordinator@{settings.DEMO_MAIL_DOMAIN}"}
    return Partnership.objects.filter(**ours).first()


def _dates() -> list[date]:
    return [one["as_at"] for one in read("workforce")["dates"]]


def _to_be_released(place):
    """Drafts of all dates but the last, the earliest first, once each of them has its own."""
    wanted = _dates()[:-1]
    drafts = Release.objects.filter(partnership=place, is_scheduled=True, stage=Stage.DRAFT, as_at__in=wanted)
    under_way = place.profile_releases.unfinished().filter(as_at__in=wanted).exists()
    return [] if under_way else list(drafts.select_related("partnership", "partner").order_by("as_at", "pk"))
