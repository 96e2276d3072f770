"""The one door for writing cells of a row.

Whoever edits (a form, the table, an import, a link) says of each cell what they *saw* and what they *want*. A cell
that still holds what was seen is written. One that somebody else changed meanwhile is merged where both people's
changes keep clear of each other; otherwise theirs stays and mine is *held*: kept, and offered to its author until
somebody decides. Nobody's words are replaced by somebody who had not read them, and nobody's words are dropped.
"""

import json
import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from actions.columns import BY_KEY, COLUMNS, READING, Lookups, milestone_name
from actions.models import Action, HeldEdit
from actions.moving import ends_with
from actions.timescale import from_json
from partners.history import name_of, record, record_fields
from partners.models import Act, Change, Via
from partners.permissions import Right, may
from partners.refusals import NotAllowed, Refused
from partners.services import insist
from strategies.models import Aim, Strategy, Theme

SAME_REMEMBERED = 60 * 60  # seconds


@dataclass(frozen=True)
class Edit:
    """One cell as somebody saw it, and as they want it."""

    seen: Any
    new: Any


@dataclass(frozen=True)
class Conflict:
    """Somebody else was there first: what it was, theirs, mine, who and when, and where mine is kept."""

    column: str
    base: Any
    theirs: Any
    mine: Any
    by: int | None = None  # the number of who was there first; nobody stands for the planner itself
    by_name: str = ""
    at: datetime | None = None
    held: HeldEdit | None = None


@dataclass(frozen=True)
class Outcome:
    saved: dict = field(default_factory=dict)  # column: (before, after)
    merged: dict = field(default_factory=dict)  # those of them that hold somebody else's change as well: column: whose
    conflicts: tuple[Conflict, ...] = ()
    removed: datetime | None = None  # when the row was taken out of the plan; then everything is held


def lookups_for(strategy):
    """The names a plan's cells refer to, as they stand now."""
    members = strategy.partnership.memberships.filter(ended=None)
    return Lookups(
        organisations=dict(strategy.partnership.partners.values_list("organisation_id", "known_as")),
        aims={aim.pk: str(aim) for aim in strategy.aims.filter(removed=None)},
        themes={theme.pk: str(theme) for theme in strategy.themes.filter(removed=None)},
        people=dict(members.order_by("user__name", "pk").values_list("user_id", "user__name")),
        period=strategy.period,
    )


def hold_strategy(pk):
    """One writer at a time for a plan: every door that writes to it locks the strategy's row first.

    So rows are locked in one order, whatever hangs on what stays true while it is checked, and the plan's versions
    become visible in the order in which they were given out.
    """
    return Strategy.objects.select_for_update(of=("self",), no_key=True).select_related("partnership").get(pk=pk)


def next_version(strategy):
    """The number of the write that is being made; the caller holds the strategy."""
    strategy.plan_version += 1
    strategy.save(update_fields=["plan_version"])
    return strategy.plan_version


def hold_row(action):
    """The row as it is now, with its strategy, both held until the end of the transaction."""
    strategy = hold_strategy(action.strategy_id)
    stored = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    stored.strategy, stored.partnership = strategy, strategy.partnership
    return stored


@transaction.atomic
def save_cells(*, action, edits, by, via=Via.FORM, at=None, batch=None, lookups=None, once=None):
    """Write the cells that this person changed; merge or hold those that somebody else changed meanwhile.

    `edits` maps column keys to `Edit`. A value equal to what was seen is not an edit; one equal to what is stored
    already is nothing to do. `once` names this save, so that sending it again after a lost answer does nothing.
    Raises Refused for values that cannot be accepted and NotAllowed without the right; then nothing is written.
    """
    stored = hold_row(action)
    insist(by, stored.partnership, Right.EDIT_ROW, on=stored)
    lookups = lookups or lookups_for(stored.strategy)
    how = {"by": by, "via": via, "at": at, "batch": once or batch or uuid.uuid4()}
    wanted = _wanted(stored, edits, lookups)
    if once and wanted and _done_before(stored, once):
        return _told_again(stored, wanted, once)
    if stored.removed:
        held = tuple(_hold(stored, key, edit, HeldEdit.Why.REMOVED, how) for key, edit in wanted.items())
        return Outcome(conflicts=held, removed=stored.removed)
    plain, merged, conflicting = _sorted_out(stored, wanted, lookups)
    _insist_on_columns(by, stored, {**plain, **merged, **conflicting})
    conflicts = tuple(_hold(stored, key, edit, HeldEdit.Why.CONFLICT, how) for key, edit in conflicting.items())
    whose = {key: _last_change(stored, key) for key in merged}
    saved = _write(stored, plain | merged, lookups, merged=merged, **how)
    names = {key: last.by_name if last else "" for key, last in whose.items()}
    if once and wanted and not saved and not conflicts:
        cache.set(_same_as_stored(once), True, SAME_REMEMBERED)
    return Outcome(saved=saved, merged=names, conflicts=conflicts)


def _same_as_stored(once):
    """Where it is remembered that this save found its own words in the plan already, which leaves no line of history.

    Its twin may still be on its way, and must not be written when somebody has put the old words back meanwhile.
    """
    return f"same-as-stored:{once}"


def _wanted(stored, edits, lookups):
    """The edits that ask for something: cleaned, settled, and other than what was seen and than what is stored."""
    wanted = {}
    for key, edit in edits.items():
        column = BY_KEY[key]
        value = column.settle(column.clean(edit.new, lookups), column.stored(stored))
        if value != edit.seen:
            wanted[key] = replace(edit, new=value)
    return wanted


def _sorted_out(stored, wanted, lookups):
    """What to write as it is, what to write merged, and what cannot be written."""
    plain, merged, conflicting = {}, {}, {}
    for key, edit in wanted.items():
        theirs = BY_KEY[key].stored(stored)
        if edit.new == theirs:
            continue
        if edit.seen == theirs:
            plain[key] = edit.new
        elif (both := _merged(BY_KEY[key], edit, theirs, lookups)) is not None:
            if both != theirs:
                merged[key] = both
        else:
            conflicting[key] = edit
    return plain, merged, conflicting


def will_be_merged(action, key, edit, lookups):
    """Whether `save_cells` would put this edit together with what somebody else wrote, as things stand now."""
    column, theirs = BY_KEY[key], BY_KEY[key].stored(action)
    try:
        wanted = replace(edit, new=column.settle(column.clean(edit.new, lookups), theirs))
    except Refused:
        return False
    return _merged(column, wanted, theirs, lookups) is not None


def _merged(column, edit, theirs, lookups):
    both = column.merge(edit.seen, theirs, edit.new)
    if both is None:
        return None
    try:
        return column.settle(column.clean(both, lookups), theirs)
    except Refused:  # Together they are longer than a cell may be.
        return None


def _insist_on_columns(by, stored, keys):
    further = [BY_KEY[key] for key in keys if BY_KEY[key].needs != Right.EDIT_ROW]  # That one has been asked.
    standing = stored.partnership.standing_of(by) if by is not None and further else None
    for column in further:
        if standing and not may(standing, column.needs, on=stored):
            raise NotAllowed(
                f"You may not change this: {column.label.lower()}.",
                field=column.key,
                accepted="Only the organisation that leads the row, or the coordinator, does. Put it back as it was.",
            )


def _done_before(stored, once):
    """Whether this very save has been carried out: its answer was lost on the way."""
    changes = Change.objects.filter(subject="action", subject_id=stored.pk, batch=once)
    if changes.exists() or stored.held_edits.filter(edit=once).exists():
        return True
    return bool(cache.get(_same_as_stored(once)))


def _told_again(stored, wanted, once):
    """What was answered the first time, from the lines of history that this save has written."""
    cells = Change.objects.filter(subject="action", subject_id=stored.pk, field__in=BY_KEY, batch=once)
    lines = cells.exclude(act=Act.HELD)
    open_ones = stored.held_edits.filter(edit=once, settled=None)
    return Outcome(
        saved={line.field: (line.before, line.after) for line in lines},
        merged={line.field: _whose_words(stored, line) for line in lines if line.act == Act.MERGED},
        conflicts=tuple(conflict_of(held, stored) for held in open_ones if held.column in wanted),
        removed=stored.removed,
    )


def _whose_words(stored, line):
    """Who had written what this line put its own words together with."""
    last = _changes_of(stored, line.field).filter(pk__lt=line.pk).first()
    return last.by_name if last else ""


def _hold(stored, key, edit, why, how):
    """Keep an edit that could not be written, once however often it is sent, and say so in the history."""
    theirs = BY_KEY[key].stored(stored)
    same = stored.held_edits.filter(column=key, by=how["by"], settled=None)
    held = next((one for one in same if one.mine == edit.new), None)
    if held is None:
        held = HeldEdit.objects.create(
            action=stored, column=key, base=_storable(edit.seen), theirs=theirs, mine=edit.new, why=why,
            by=how["by"], by_name=name_of(how["by"]), via=how["via"], edit=how["batch"], at=how["at"] or timezone.now(),
        )  # fmt: skip
        record(stored, act=Act.HELD, field=key, before=theirs, after=edit.new, **how)
    return conflict_of(held, stored)


def _storable(seen):
    """What somebody says they saw, if it is anything that could ever have been in a cell."""
    return None if "\\u0000" in json.dumps(seen) else seen


def conflict_of(held, stored):
    """A held edit beside what stands in its cell now."""
    last = _last_change(stored, held.column)
    return Conflict(
        column=held.column,
        base=held.base,
        theirs=BY_KEY[held.column].stored(stored),
        mine=held.mine,
        by=last.by_id if last else None,
        by_name=last.by_name if last else "",
        at=last.at if last else None,
        held=held,
    )


def _last_change(stored, key):
    return _changes_of(stored, key).first()


def _changes_of(stored, key):
    """The lines of the history that say what a cell holds, newest first."""
    return Change.objects.filter(subject="action", subject_id=stored.pk, field=key).exclude(act=Act.HELD)


def _write(stored, values, lookups, *, by, via, at, batch, merged=()):
    if not values:
        return {}
    # In the order of the columns: words are read afresh first, then a reading given with them has the last word.
    values = {column.key: values[column.key] for column in COLUMNS if column.key in values}
    before = {key: BY_KEY[key].stored(stored) for key in [*values, READING.key]}
    fields = [name for key, value in values.items() for name in BY_KEY[key].write(stored, value, lookups)]
    if {"aim", "theme"} & values.keys():
        check_row(stored)
    stored.ends = ends_with(stored.ends, stored.due_on)
    stored.version = next_version(stored.strategy)
    stored.changed = at or timezone.now()
    stored.save(update_fields=[*dict.fromkeys(fields), "ends", "version", "changed"])
    for key, value in values.items():
        BY_KEY[key].write_related(stored, value, lookups)
    saved = {key: (before[key], value) for key, value in values.items()}
    if stored.reading != before[READING.key]:
        saved.setdefault(READING.key, (before[READING.key], stored.reading))
    how = {"by": by, "via": via, "at": at, "batch": batch or uuid.uuid4()}
    record_fields(stored, {key: saved[key] for key in merged}, act=Act.MERGED, **how)
    record_fields(stored, {key: pair for key, pair in saved.items() if key not in merged}, act=Act.CHANGED, **how)
    return saved


def check_row(action):
    """What must be true of a whole row, whoever writes it."""
    if action.aim_id is None and action.theme_id is None:
        raise Refused("The row hangs on nothing.", field="aim", accepted="Choose an aim, or a theme or priority.")
    for key, model in (("aim", Aim), ("theme", Theme)):
        pk = getattr(action, f"{key}_id")
        if pk and not model.objects.filter(pk=pk, strategy=action.strategy_id, removed=None).exists():
            raise Refused(f"That {key} is no longer in the strategy.", field=key, accepted="Choose another.")


def refuse_removed(stored):
    if stored.removed:
        raise Refused(
            f"This row was removed from the plan on {timezone.localtime(stored.removed):%-d %B %Y}.",
            accepted="Restore it first; what you typed is still below.",
        )


@transaction.atomic
def tick_milestone(*, action, place, name, done, by, via=Via.FORM, at=None):
    """Tick one milestone off, or take its tick away, if it is still the one that was shown.

    Ticks of other milestones are not touched, so two people who tick two milestones at once both succeed.
    """
    stored = hold_row(action)
    insist(by, stored.partnership, Right.EDIT_ROW, on=stored)
    refuse_removed(stored)
    milestones = from_json(stored.reading).milestones if stored.reading else ()
    names = {str(number): milestone_name(one) for number, one in enumerate(milestones)}
    if names.get(place) != name:
        raise Refused("The milestones were changed meanwhile.", accepted="Look at them again.")
    ticks = {key: day for key, day in stored.reading.get("done", {}).items() if key != place}
    if done:
        ticks[place] = stored.reading.get("done", {}).get(place) or timezone.localdate(at).isoformat()
    if ticks == stored.reading.get("done", {}):
        return {}
    new = {READING.key: stored.reading | {"done": ticks}}
    return _write(stored, new, None, by=by, via=via, at=at, batch=None)


@transaction.atomic
def settle_held(*, held, settle, by, seen=None, words=None, via=Via.FORM, at=None, lookups=None):
    """Decide about a held edit: keep `theirs`, use `mine`, or save `words` that put both `together`.

    `seen` is what stood in the cell when the person decided: if somebody changed it again since, that is one more
    conflict, and the held edit stays open; words typed to put both together are then held as well. Deciding the
    same twice does nothing; words typed by whoever decides second are saved or held like any others.
    """
    stored = hold_row(held.action)
    held = HeldEdit.objects.select_for_update(of=("self",)).get(pk=held.pk)
    insist(by, stored.partnership, Right.EDIT_ROW, on=stored)
    if held.settled and settle in (held.settled_as, HeldEdit.Settled.THEIRS) and settle != HeldEdit.Settled.TOGETHER:
        return Outcome()
    if held.settled and settle == HeldEdit.Settled.MINE:
        raise Refused(f"{held.settled_by_name} has decided about this meanwhile.", accepted="Look at the row.")
    outcome = Outcome()
    if settle != HeldEdit.Settled.THEIRS:
        words = words if settle == HeldEdit.Settled.TOGETHER else None
        how = {"by": by, "via": via, "at": at}
        outcome = _use_held(stored, held, seen, words, lookups or lookups_for(stored.strategy), how)
    if not outcome.conflicts and not held.settled:
        held.settled, held.settled_as, held.settled_by_name = at or timezone.now(), settle, name_of(by)
        held.save(update_fields=["settled", "settled_as", "settled_by_name"])
    return outcome


def _use_held(stored, held, seen, words, lookups, how):
    """Save a held edit, or `words` made of both texts; what cannot be saved now is one more conflict."""
    column = BY_KEY[held.column]
    if words is None:
        refuse_removed(stored)
    new = column.settle(column.clean(held.mine if words is None else words, lookups), column.stored(stored))
    if not stored.removed and (column.stored(stored) == seen or new == column.stored(stored)):
        return save_cells(action=stored, edits={held.column: Edit(seen, new)}, lookups=lookups, **how)
    if words is None:
        return Outcome(conflicts=(conflict_of(held, stored),))
    why = HeldEdit.Why.REMOVED if stored.removed else HeldEdit.Why.CONFLICT
    late = _hold(stored, held.column, Edit(seen, new), why, how | {"batch": uuid.uuid4()})
    return Outcome(conflicts=(late,), removed=stored.removed)


def open_held(action):
    """Held edits of a row that nobody has decided about, beside what stands there now."""
    return [conflict_of(held, action) for held in action.held_edits.filter(settled=None)]
