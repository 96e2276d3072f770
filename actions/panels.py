"""A conflict in words: what it was, theirs, mine, with the changed words marked."""

import json

from django.db.models import Q
from django.utils import timezone
from django.utils.timesince import timesince

from actions.columns import BY_KEY
from actions.differences import word_changes
from actions.merging import both_wordings
from actions.models import HeldEdit


def panel_of(conflict, lookups):
    """All that `_conflict.html` shows of one conflict."""
    column, held = BY_KEY[conflict.column], conflict.held
    base, theirs, mine = (
        column.in_words(value, lookups) for value in (_was(column, conflict), conflict.theirs, held.mine)
    )
    now = timezone.now()
    is_removed = held.why == HeldEdit.Why.REMOVED and held.action.removed is not None
    return {
        "held": held,
        "action": held.action,
        "label": column.label,
        "title": _title(column, held, is_removed),
        "is_removed": is_removed,
        "by": ", ".join(filter(None, [conflict.by_name, _place_of(conflict, lookups)])),
        "at": conflict.at,
        "ago": ago(conflict.at, now) if conflict.at else "",
        "held_ago": ago(held.at, now),
        "base": base,
        "theirs": word_changes(base, theirs),
        "mine": word_changes(base, mine),
        "mine_plain": mine,
        "together": both_wordings(base, theirs, mine) if column.kind in ("text", "long") else None,
        "seen": json.dumps(conflict.theirs),
    }


def _place_of(conflict, lookups):
    """The organisations that somebody was here for when they made the change, under the names they have here."""
    if conflict.by is None:
        return ""
    still_there = Q(ended=None) | Q(ended__gt=conflict.at)
    seats = conflict.held.action.partnership.memberships.filter(still_there, user=conflict.by)
    names = (lookups.organisations.get(seat.organisation_id) for seat in seats)
    return " and ".join(dict.fromkeys(filter(None, names)))


def ago(moment, now):
    """How long ago a moment was, in its largest unit."""
    since = timesince(moment, now, depth=1)
    return "just now" if since.startswith("0") else f"{since} ago"


def _was(column, conflict):
    """What its author saw; where that is not known (a page that did not carry it), what stands there now."""
    return conflict.theirs if conflict.base is None and column.kind != "one" else conflict.base


def _title(column, held, is_removed):
    if is_removed:
        return f"Row {held.action.ref} was removed from the plan while you were typing.".replace("Row  ", "The row ")
    return f"{column.label} was changed while you were typing."
