"""The one door for writing cells of a row.

Whoever edits (a form, the table, an import, a link) says of each cell what they *saw* and what they *want*. The
door writes only cells that still hold what was seen, records each change, and otherwise answers with conflicts
and writes nothing: somebody's words are never replaced by somebody else who had not read them.
"""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from actions.columns import BY_KEY, READING, Lookups, milestone_name
from actions.models import Action
from actions.timescale import from_json
from partners.history import record_fields
from partners.models import Act, Change, Via
from partners.permissions import Right, may
from partners.refusals import NotAllowed, Refused
from partners.services import insist
from strategies.models import Aim, Strategy, Theme


@dataclass(frozen=True)
class Edit:
    """One cell as somebody saw it, and as they want it."""

    seen: Any
    new: Any


@dataclass(frozen=True)
class Conflict:
    """Somebody else changed the same cell meanwhile: what it was, theirs, mine, and who got there first."""

    column: str
    base: Any
    theirs: Any
    mine: Any
    by_name: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    saved: dict = field(default_factory=dict)  # column: (before, after)
    conflicts: tuple[Conflict, ...] = ()


def lookups_for(strategy):
    """The names a plan's cells refer to, as they stand now."""
    members = strategy.partnership.memberships.filter(ended=None).select_related("user")
    return Lookups(
        organisations=dict(strategy.partnership.partners.values_list("organisation_id", "known_as")),
        aims={aim.pk: str(aim) for aim in strategy.aims.filter(removed=None)},
        themes={theme.pk: str(theme) for theme in strategy.themes.filter(removed=None)},
        people={membership.user_id: membership.user.name for membership in members},
        period=strategy.period,
    )


@transaction.atomic
def save_cells(*, action, edits, by, via=Via.FORM, at=None, batch=None, lookups=None):
    """Write the cells that this person changed: all of them, or none and the conflicts.

    `edits` maps column keys to `Edit`. A value equal to what was seen is not an edit; one equal to what is stored
    already is nothing to do. Raises Refused for values that cannot be accepted and NotAllowed without the right.
    """
    if {"aim", "theme"} & edits.keys():
        hold_strategy(action.strategy_id)  # Before the row, as every other door does, so that none waits for another.
    stored = _locked(action)
    insist(by, stored.partnership, Right.EDIT_ROW, on=stored)
    lookups = lookups or lookups_for(stored.strategy)
    cleaned = {key: BY_KEY[key].clean(edit.new, lookups) for key, edit in edits.items()}
    wanted = {key: BY_KEY[key].settle(value, BY_KEY[key].stored(stored)) for key, value in cleaned.items()}
    changed = {key: value for key, value in wanted.items() if value != edits[key].seen}
    fresh = {key: value for key, value in changed.items() if value != BY_KEY[key].stored(stored)}
    conflicts = [
        _conflict(stored, key, edits[key].seen, value)
        for key, value in fresh.items()
        if BY_KEY[key].stored(stored) != edits[key].seen
    ]
    if conflicts:
        return Outcome(conflicts=tuple(conflicts))
    _insist_on_columns(by, stored, fresh)
    return Outcome(saved=_write(stored, fresh, lookups, by=by, via=via, at=at, batch=batch))


def _insist_on_columns(by, stored, keys):
    for key in keys:
        column = BY_KEY[key]
        if by is not None and not may(stored.partnership.standing_of(by), column.needs, on=stored):
            raise NotAllowed(
                f"You may not change this: {column.label.lower()}.",
                field=key,
                accepted="Only the organisation that leads the row, or the coordinator, does. Put it back as it was.",
            )


def hold_strategy(pk):
    """One writer at a time for what rows hang on and in which order: the strategy's row stands for both."""
    Strategy.objects.select_for_update().get(pk=pk)


def _locked(action):
    """The row as it is now, held until the end of the transaction so that nobody writes between look and write."""
    stored = Action.objects.select_for_update(of=("self",)).select_related("strategy", "partnership").get(pk=action.pk)
    if stored.removed:
        raise Refused(
            f"This row was removed from the plan on {timezone.localtime(stored.removed):%-d %B %Y}.",
            accepted="Restore it first; what you typed is still below.",
        )
    return stored


def _conflict(stored, key, seen, mine):
    last = Change.objects.filter(subject="action", subject_id=stored.pk, field=key).first()
    return Conflict(
        column=key,
        base=seen,
        theirs=BY_KEY[key].stored(stored),
        mine=mine,
        by_name=last.by_name if last else "",
        at=last.at if last else None,
    )


def _write(stored, values, lookups, *, by, via, at, batch):
    if not values:
        return {}
    before = {key: BY_KEY[key].stored(stored) for key in [*values, READING.key]}
    fields = [name for key, value in values.items() for name in BY_KEY[key].write(stored, value, lookups)]
    check_row(stored)
    stored.version += 1
    stored.changed = at or timezone.now()
    stored.save(update_fields=[*dict.fromkeys(fields), "version", "changed"])
    for key, value in values.items():
        BY_KEY[key].write_related(stored, value, lookups)
    saved = {key: (before[key], value) for key, value in values.items()}
    if stored.reading != before[READING.key]:
        saved.setdefault(READING.key, (before[READING.key], stored.reading))
    record_fields(stored, saved, act=Act.CHANGED, by=by, via=via, at=at, batch=batch or uuid.uuid4())
    return saved


def check_row(action):
    """What must be true of a whole row, whoever writes it."""
    if action.aim_id is None and action.theme_id is None:
        raise Refused("The row hangs on nothing.", field="aim", accepted="Choose an aim, or a theme or priority.")
    for key, model in (("aim", Aim), ("theme", Theme)):
        pk = getattr(action, f"{key}_id")
        if pk and not model.objects.filter(pk=pk, strategy=action.strategy_id, removed=None).exists():
            raise Refused(f"That {key} is no longer in the strategy.", field=key, accepted="Choose another.")


@transaction.atomic
def tick_milestone(*, action, place, name, done, by, via=Via.FORM, at=None):
    """Tick one milestone off, or take its tick away, if it is still the one that was shown.

    Ticks of other milestones are not touched, so two people who tick two milestones at once both succeed.
    """
    stored = _locked(action)
    insist(by, stored.partnership, Right.EDIT_ROW, on=stored)
    milestones = from_json(stored.reading).milestones if stored.reading else ()
    if not place.isdecimal() or int(place) >= len(milestones) or milestone_name(milestones[int(place)]) != name:
        raise Refused("The milestones were changed meanwhile.", accepted="Look at them again.")
    ticks = {key: day for key, day in stored.reading.get("done", {}).items() if key != place}
    if done:
        ticks[place] = stored.reading.get("done", {}).get(place) or timezone.localdate(at).isoformat()
    if ticks == stored.reading.get("done", {}):
        return {}
    new = {READING.key: stored.reading | {"done": ticks}}
    return _write(stored, new, None, by=by, via=via, at=at, batch=None)
