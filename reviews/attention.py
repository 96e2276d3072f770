"""What asks for attention, for one person and for the partnership."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from actions.columns import BY_KEY
from actions.models import Status

DUE_SOON = timedelta(days=30)
SILENT_AFTER = timedelta(days=183)  # Six months: the reporting period most partnerships keep.


@dataclass(frozen=True)
class Need:
    """One row that wants something of somebody, and why in a few words."""

    action: object
    reason: str
    urgency: int  # Smaller is more urgent.


def needs_of(user, actions, now):
    """Rows that this person is named on and that are late, due soon, off track without news, or silent."""
    mine = (
        actions.in_plan()
        .of_user(user)
        .exclude(status=Status.BLUE)
        .select_related("latest_update")
        .prefetch_related("contributors")
    )
    needs = [need for action in mine if (need := _need(action, now))]
    return sorted(needs, key=lambda need: (need.urgency, need.action.due_on or timezone.localdate(now)))


def held_of(user, partnership):
    """This person's edits that could not be saved and that nobody has decided about: (held edit, its column)."""
    waiting = user.held_edits.filter(settled=None, action__partnership=partnership).select_related("action")
    return [(held, BY_KEY[held.column].label) for held in waiting]


def _need(action, now):
    today = timezone.localdate(now)
    if action.due_on and action.due_on < today:
        return Need(action, f"late by {_days(today - action.due_on)}", 0)
    if action.status == Status.RED:
        return Need(action, "off track", 1)
    if action.due_on and action.due_on - today <= DUE_SOON:
        left = action.due_on - today
        return Need(action, f"due in {_days(left)}" if left else "due today", 2)
    if action.latest_update is None:
        return Need(action, "nothing reported yet", 3)
    if now - action.latest_update.at > SILENT_AFTER:
        return Need(action, f"no news since {timezone.localdate(action.latest_update.at):%-d %B %Y}", 3)
    return None


def _days(span):
    return f"{span.days} day{'s' if span.days != 1 else ''}"


MOST_NOTICES = 20  # shown at once


@dataclass(frozen=True)
class Unread:
    """What this person has been told and has not marked as read, newest first."""

    shown: list
    count: int

    @property
    def earlier(self):
        return self.count - len(self.shown)


def unread_of(user, notices):
    shown = list(notices.unread_by(user)[: MOST_NOTICES + 1])
    count = notices.unread_by(user).count() if len(shown) > MOST_NOTICES else len(shown)
    return Unread(shown[:MOST_NOTICES], count)


@dataclass(frozen=True)
class Picture:
    """The partnership's plans in a few numbers."""

    total: int
    late: int
    silent: int
    by_status: list  # (code, label, count)


def picture_of(actions, now):
    rows = list(actions.in_plan().select_related("latest_update"))
    today = timezone.localdate(now)
    counts = dict.fromkeys([*Status.values, ""], 0)
    for row in rows:
        counts[row.status] += 1
    return Picture(
        total=len(rows),
        late=sum(row.is_late(today) for row in rows),
        silent=sum(_is_silent(row, now) for row in rows),
        by_status=[(code or "none", Status(code).label if code else "Not reported", n) for code, n in counts.items()],
    )


def _is_silent(row, now):
    if row.status == Status.BLUE:
        return False
    return row.latest_update is None or now - row.latest_update.at > SILENT_AFTER
