"""Putting back what was: a value, a row, the whole plan. Always as new edits, and always after a look.

`restoration_of` says exactly what would change, from the history alone; the doors below carry that out through the
doors of everybody's edits, as one batch. What somebody changed between the look and the button is merged or held
like any late edit; a row they wrote to is not removed, and an order they changed is not put back.
"""

import uuid
from dataclasses import dataclass, field

from django.db import transaction

from actions.columns import COLUMNS, READING
from actions.editing import Edit, hold_row, hold_strategy, lookups_for, next_version, save_cells
from actions.models import Action
from actions.past import (
    ends_of_batch,
    is_reordered_since,
    row_seen,
    rows_at,
    rows_of_batch,
    rows_seen,
    updates_of_batch,
    written_since,
)
from actions.services import GAP, remove_action, restore_action, withdraw_update
from partners.history import record
from partners.models import Act, Via
from partners.permissions import Right, may
from partners.refusals import Refused
from partners.services import insist

HANGERS = ("aim", "theme")


@dataclass
class Step:
    """What happens to one row: its cells {column: (now, then)} are put back, it is restored first, or removed."""

    CHANGE, RESTORE, REMOVE = "change", "restore", "remove"

    action: Action
    does: str
    cells: dict = field(default_factory=dict)
    reading: dict | None = None  # what was understood then, for when the words are put back


@dataclass
class Restoration:
    """All that putting something back would change, and what has to be left, with the reason."""

    steps: list = field(default_factory=list)
    left: list = field(default_factory=list)  # (row, sentence)
    order: list = field(default_factory=list)  # the rows as they stood then, when they stand otherwise now

    @property
    def is_empty(self):
        return not (self.steps or self.order)

    def rows_that(self, does):
        return [step for step in self.steps if step.does == does]

    @property
    def cells(self):
        return sum(len(step.cells) for step in self.steps)


@dataclass
class PutBack:
    """What came of it."""

    cells: int = 0
    rows: set = field(default_factory=set)
    restored: int = 0
    removed: int = 0
    is_reordered: bool = False
    withdrawn: int = 0  # reports of progress
    held: list = field(default_factory=list)  # rows with cells that somebody else changed meanwhile
    left: list = field(default_factory=list)  # (row, sentence)


def row_restoration(action, *, then, seen, who):
    """What would change if these cells of one row were put back; `then` may leave out what is to stay."""
    now = row_seen(action, seen)
    return restoration_of(action.strategy, now={action.pk: now} if now else {}, then={action.pk: then}, who=who)


def plan_restoration(strategy, *, point, seen, who):
    """What would change if the whole plan were put back as it was."""
    return restoration_of(strategy, now=rows_seen(strategy, seen), then=rows_at(strategy, point), who=who, whole=True)


def restoration_of(strategy, *, now, then, who, whole=False):
    """The difference between two states of rows, as the steps from the one to the other that this person may take."""
    found = Restoration()
    asks = _Asks(strategy, who)
    lookups = lookups_for(strategy)
    for action in _rows(strategy, now):
        _compare(found, action, now[action.pk], then.get(action.pk, {"removed": True}), lookups, asks)
    if whole:
        _compare_order(found, now, then, asks)
    return found


def _rows(strategy, wanted):
    rows = strategy.actions.select_related("aim", "theme").with_contributors().in_order()
    return [row for row in rows if row.pk in wanted]


class _Asks:
    """The question of who may what, for one person and many rows."""

    def __init__(self, strategy, who):
        self.standing = who and strategy.partnership.standing_of(who)
        self.is_planner = who is None

    def may(self, right, on=None):
        return self.is_planner or may(self.standing, right, on)


def _compare(found, action, now, then, lookups, asks):
    was_removed = then.get("removed", now["removed"])
    if was_removed:
        if not now["removed"]:
            _add_step(found, Step(action, Step.REMOVE), Right.REMOVE_ROW, asks)
        return
    cells, faults = _differences(action, now, then, lookups, asks)
    faults += _faults_of_hanging(now, cells, lookups) if now["removed"] else []
    found.left += [(action, fault) for fault in faults]
    step = Step(action, Step.RESTORE if now["removed"] else Step.CHANGE, cells, then.get(READING.key))
    if step.does == Step.RESTORE and not _faults_of_hanging(now, cells, lookups):
        _add_step(found, step, Right.REMOVE_ROW, asks)
    elif step.does == Step.CHANGE and cells:
        _add_step(found, step, Right.EDIT_ROW, asks)


def _add_step(found, step, right, asks):
    if not asks.may(right, step.action):
        found.left.append((step.action, f"You may not do this: {right.label.lower()}."))
    elif step.cells and not asks.may(Right.EDIT_ROW, step.action):
        found.left.append((step.action, f"You may not do this: {Right.EDIT_ROW.label.lower()}."))
    else:
        found.steps.append(step)


def _differences(action, now, then, lookups, asks):
    """The cells that would change, {column: (now, then)}, and a sentence for each that cannot."""
    cells, faults = {}, []
    for column in COLUMNS:
        if column.key not in then or then[column.key] == now.get(column.key):
            continue
        value, fault = _as_it_can_be(column, then[column.key], now.get(column.key), lookups)
        if not fault and value != now.get(column.key) and not asks.may(column.needs, action):
            fault = f"{column.label}: only the organisation that leads the row, or the coordinator, changes it."
        if fault:
            faults.append(fault)
        elif value != now.get(column.key):
            cells[column.key] = (now.get(column.key), value)
    if faults and _hangs_on_nothing(now, cells):
        cells = {key: pair for key, pair in cells.items() if key not in HANGERS}
    return cells, faults


def _as_it_can_be(column, value, now, lookups):
    try:
        return column.settle(column.clean(value, lookups), now or []), ""
    except Refused as refusal:
        return None, f"{column.label}: {refusal.message}"


def _after(now, cells, key):
    return cells[key][1] if key in cells else now.get(key)


def _hangs_on_nothing(now, cells):
    return not any(_after(now, cells, key) for key in HANGERS)


def _faults_of_hanging(now, cells, lookups):
    """A removed row comes back only under an aim or theme that the strategy still has."""
    return [
        f"Its {key} is no longer in the strategy. Restore the row by itself and choose another."
        for key, known in (("aim", lookups.aims), ("theme", lookups.themes))
        if _after(now, cells, key) and _after(now, cells, key) not in known
    ]


def _compare_order(found, now, then, asks):
    both = now.keys() & then.keys()
    stood, stands = ([pk for pk in _by_place(rows) if pk in both] for rows in (then, now))
    if stood != stands:
        if asks.may(Right.REORDER_ROWS):
            found.order = stood
        else:
            found.left.append((None, f"You may not do this: {Right.REORDER_ROWS.label.lower()}."))


def _by_place(rows):
    return sorted(rows, key=lambda pk: (rows[pk]["position"], pk))


@transaction.atomic
def put_back_row(*, action, then, seen, by, via=Via.FORM, at=None):
    """Put cells of a row back, and the row itself into the plan (or out of it) as `then` says.

    `then` maps column keys to values and may say `removed`; `seen` is the number of the plan's newest change when
    the person looked at what would change.
    """
    stored = hold_row(action)
    insist(by, stored.partnership, Right.EDIT_ROW, on=stored)
    found = row_restoration(stored, then=then, seen=seen, who=by)
    return _carried_out(stored.strategy, found, seen, {"by": by, "via": via, "at": at, "batch": uuid.uuid4()})


@transaction.atomic
def put_back_plan(*, strategy, point, seen, by, via=Via.FORM, at=None):
    """Put the whole plan back as it was at a `Point`: its rows, their cells and their order. `seen` as above."""
    insist(by, strategy.partnership, Right.IMPORT_PLAN)
    held = hold_strategy(strategy.pk)
    found = plan_restoration(held, point=point, seen=seen, who=by)
    return _carried_out(held, found, seen, {"by": by, "via": via, "at": at, "batch": uuid.uuid4()})


@transaction.atomic
def put_back_batch(*, strategy, batch, by, via=Via.FORM, at=None):
    """Take back all that was written to a plan's rows together, such as one file or one pasted block.

    What somebody has written since stays, or is held like any late edit; rows that the batch added are removed unless
    somebody wrote to them; its reports are withdrawn. An order that it changed stays.
    """
    insist(by, strategy.partnership, Right.IMPORT_PLAN)
    held = hold_strategy(strategy.pk)
    first, last = ends_of_batch(held, batch)
    rows = rows_of_batch(held, batch)
    now, then = ({pk: row for pk, row in rows_seen(held, seen).items() if pk in rows} for seen in (last, first - 1))
    found = restoration_of(held, now=now, then=then, who=by)
    how = {"by": by, "via": via, "at": at, "batch": uuid.uuid4()}
    result = _carried_out(held, found, last, how)
    for update in updates_of_batch(held, batch):
        withdraw_update(update=update, **how)
        result.withdrawn += 1
    return result


def _carried_out(strategy, found, seen, how):
    result = PutBack(left=list(found.left))
    since, lookups = written_since(strategy, seen), lookups_for(strategy)
    for step in found.steps:
        try:
            with transaction.atomic():
                CARRY_OUT[step.does](step, since, lookups, how, result)
        except Refused as refusal:
            result.left.append((step.action, refusal.sentence))
    if found.order and is_reordered_since(strategy, seen):
        result.left.append((None, "Somebody moved rows meanwhile: the order stays as they made it."))
    elif found.order:
        _put_in_order(strategy, found.order, how)
        result.is_reordered = True
    return result


def _remove(step, since, lookups, how, result):
    if step.action.pk in since:
        raise Refused(f"{since[step.action.pk]} changed this row while you were looking at it.", accepted="It stays.")
    remove_action(action=step.action, **how)
    result.removed += 1


def _restore(step, since, lookups, how, result):
    gone, aim = step.cells.get("aim", (None, None))
    is_needed = aim and gone not in lookups.aims
    restore_action(action=step.action, aim=aim if is_needed else None, **how)
    result.restored += 1
    result.cells += bool(is_needed)
    _change(step, since, lookups, how, result)


def _change(step, since, lookups, how, result):
    if not step.cells:
        return
    edits = {key: Edit(now, then) for key, (now, then) in step.cells.items()}
    outcome = save_cells(action=step.action, edits=edits, lookups=lookups, **how)
    _put_reading_back(step, outcome, lookups, how)
    result.cells += sum(key in step.cells for key in outcome.saved)
    if outcome.saved:
        result.rows.add(step.action.pk)
    if outcome.conflicts:
        result.held.append(step.action)


def _put_reading_back(step, outcome, lookups, how):
    """Words that are put back are read afresh; what was understood of them then, and confirmed, comes back as well."""
    fresh = outcome.saved.get(READING.key)
    if step.reading and fresh and READING.key not in step.cells and fresh[1] != step.reading:
        save_cells(action=step.action, edits={READING.key: Edit(fresh[1], step.reading)}, lookups=lookups, **how)


CARRY_OUT = {Step.CHANGE: _change, Step.RESTORE: _restore, Step.REMOVE: _remove}


def _put_in_order(strategy, wanted, how):
    """Give every row its place in one go; one line of history has them all."""
    strategy = hold_strategy(strategy.pk)  # Afresh: each of the steps before this has taken a version.
    rows = {row.pk: row for row in strategy.actions.order_by("position", "pk").only("pk", "position", "version")}
    before = {str(pk): row.position for pk, row in rows.items()}
    version = next_version(strategy)
    for place, pk in enumerate(arranged(list(rows), wanted), start=1):
        rows[pk].position, rows[pk].version = place * GAP, version
    Action.objects.bulk_update(rows.values(), ["position", "version"], batch_size=500)
    after = {str(pk): row.position for pk, row in rows.items()}
    record(strategy, act=Act.MOVED, field="positions", before=before, after=after, **how)


def arranged(stands, wanted):
    """All of `stands` in the order of `wanted`; whatever is not wanted anywhere stays behind the row it is behind."""
    followers, leader = {None: []}, None
    known = set(wanted)
    for pk in stands:
        if pk in known:
            leader = pk
            followers[pk] = []
        else:
            followers[leader].append(pk)
    return [*followers[None], *(each for pk in wanted for each in (pk, *followers.get(pk, ())))]
