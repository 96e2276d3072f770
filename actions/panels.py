"""A conflict in words: what it was, theirs, mine, with the changed words marked."""

import json

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
    is_removed = held.why == HeldEdit.Why.REMOVED and held.action.removed is not None
    return {
        "held": held,
        "action": held.action,
        "label": column.label,
        "title": _title(column, held, is_removed),
        "is_removed": is_removed,
        "by_name": conflict.by_name,
        "at": conflict.at,
        "base": base,
        "theirs": word_changes(base, theirs),
        "mine": word_changes(base, mine),
        "mine_plain": mine,
        "together": both_wordings(base, theirs, mine) if column.kind in ("text", "long") else None,
        "seen": json.dumps(conflict.theirs),
    }


def _was(column, conflict):
    """What its author saw; where that is not known (a page that did not carry it), what stands there now."""
    return conflict.theirs if conflict.base is None and column.kind != "one" else conflict.base


def _title(column, held, is_removed):
    if is_removed:
        return f"Row {held.action.ref} was removed from the plan while you were typing.".replace("Row  ", "The row ")
    return f"{column.label} was changed while you were typing."
