"""Changing many cells at once: what would change, looked at before anything is written, and then the writing.

A preview says of every cell what it holds and what it would hold, names what cannot be done with its place, and
carries with each edit the value that it showed. So the batch is written like any other edits: through the doors of
`actions.editing` and `actions.services`, which ask everything again, and which hold what somebody changed meanwhile.
"""

import uuid
from dataclasses import dataclass, field

from django.db import transaction

from actions import services
from actions.columns import BY_KEY, FORM_COLUMNS
from actions.differences import pairs_of, pieces_of, word_changes
from actions.editing import Edit, hold_strategy, lookups_for, save_cells
from actions.placing import Fault
from actions.wording import cell_of, unseen_in
from partners.models import Act, Change, Via
from partners.permissions import ANYTHING, Right, may
from partners.refusals import Refused
from partners.services import insist

MOST_COMPARED = 100_000  # pairs of equal words weighed in one preview; beyond, a text counts as replaced
# A batch is one transaction, and other people's edits wait for it: so many take some ten seconds at the worst.
MOST_ROWS_CHANGED, MOST_CELLS_CHANGED = 500, 2_500


@dataclass(frozen=True)
class CellChange:
    column: object
    seen: object
    new: object
    pieces: list  # the new words, with what is gone and what is added: see actions.differences


@dataclass
class RowChange:
    row: object
    where: str
    cells: dict = field(default_factory=dict)  # column key: CellChange


@dataclass(frozen=True)
class Addition:
    where: str
    cells: dict
    shown: list  # (label, words) of the cells that say something


@dataclass
class Preview:
    changes: list[RowChange] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    removals: list = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    same: int = 0
    after: int | None = None  # the row below which new ones would stand
    headings: list = field(default_factory=list)  # the labels of the columns that a heading row named

    @property
    def cells(self):
        return sum(len(change.cells) for change in self.changes)

    @property
    def is_too_much(self):
        rows = len(self.changes) + len(self.additions) + len(self.removals)
        return rows > MOST_ROWS_CHANGED or self.cells > MOST_CELLS_CHANGED

    @property
    def button(self):
        """What pressing it does: “Change 14 cells in 5 rows and add 2 rows”. Blank: nothing would change."""
        steps = []
        if self.changes:
            among = f" in {_count(len(self.changes), 'row')}" if len(self.changes) > 1 else ""
            steps.append(f"change {_count(self.cells, 'cell')}{among}")
        if self.additions:
            steps.append(f"add {_count(len(self.additions), 'row')}")
        if self.removals:
            steps.append(f"remove {_count(len(self.removals), 'row')} from the plan")
        words = " and ".join(steps)
        return words[:1].upper() + words[1:]

    @property
    def to_carry(self):
        """All that applying needs, as plain JSON. `batch` names it, so that sending it twice changes nothing twice."""
        edits = [
            {"row": change.row.pk, "column": key, "seen": cell.seen, "new": cell.new}
            for change in self.changes
            for key, cell in change.cells.items()
        ]
        return {
            "batch": str(uuid.uuid4()),
            "edits": edits,
            "additions": [{"where": one.where, "cells": one.cells} for one in self.additions],
            "after": self.after,
            "removals": [{"row": row.pk, "seen": row.version} for row in self.removals],
        }


def _count(number, thing):
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def preview_of(strategy, placed, *, standing, below=None):
    """What the wishes and drafts of a `Placed` would change; `below` is the row that new ones would follow."""
    return _Weighing(strategy, standing, below).weigh(placed)


def preview_removal(rows, *, standing):
    preview = Preview()
    for row in rows:
        if may(standing, Right.REMOVE_ROW, on=row):
            preview.removals.append(row)
        else:
            preview.faults.append(Fault(f"Row {row}", "You may not remove it. Ask the coordinator."))
    return preview


class _Weighing:
    """One preview in the making."""

    def __init__(self, strategy, standing, below):
        self.strategy, self.standing, self.below = strategy, standing, below
        self.lookups = lookups_for(strategy)
        self.preview = Preview(after=below.pk if below else None)
        self.left_to_compare = MOST_COMPARED

    def weigh(self, placed):
        self.preview.faults += placed.faults
        by_row = {}
        for wish in placed.wishes:
            by_row.setdefault(wish.row.pk, []).append(wish)
        for wishes in by_row.values():
            self._weigh_row(wishes)
        for draft in placed.drafts:
            self._weigh_draft(draft)
        return self.preview

    def _weigh_row(self, wishes):
        row, where = wishes[0].row, wishes[0].where
        change, may_edit = RowChange(row, where), may(self.standing, Right.EDIT_ROW, on=row)
        for wish in wishes:
            cell = self._weigh_cell(wish)
            if cell and (not may_edit or self._may_write(wish, cell.column)):
                change.cells[wish.key] = cell
        if change.cells and not may_edit:
            self._fault(where, f"You may not edit row {row}. Its own organisations do, or the coordinator.")
        elif change.cells and self._hangs_on_something(change):
            self.preview.changes.append(change)

    def _weigh_cell(self, wish):
        """The cell's change; None where it cannot be, or is none."""
        column, stored = BY_KEY[wish.key], BY_KEY[wish.key].stored(wish.row)
        try:
            new = column.settle(self._value(wish, column), stored)
        except Refused as refusal:
            self._fault(_place(wish.where, column), refusal.sentence)
            return None
        if new == stored:
            self.preview.same += 1
            return None
        return CellChange(column, stored, new, self._pieces(column, stored, new))

    def _value(self, wish, column):
        if wish.words is None:
            return column.clean(wish.value, self.lookups)
        if unseen_in(wish.words):
            notice = Fault(_place(wish.where, column), "Signs that nobody can see were taken out of its words.")
            self.preview.notices.append(notice)
        return cell_of(column, wish.words, self.lookups)

    def _pieces(self, column, stored, new):
        before, after = column.in_words(stored, self.lookups), column.in_words(new, self.lookups)
        self.left_to_compare -= pairs_of(pieces_of(before), pieces_of(after))
        if column.kind in ("text", "long") and self.left_to_compare > 0:
            return word_changes(before, after)
        if column.kind in ("many", "officers"):
            return line_changes(before, after)
        return [(kind, words) for kind, words in (("gone", before), ("added", after)) if words]

    def _may_write(self, wish, column):
        allowed = column.needs == Right.EDIT_ROW or may(self.standing, column.needs, on=wish.row)
        if not allowed:
            who = "Only the organisation that leads the row, or the coordinator, changes this. It is left as it is."
            self._fault(_place(wish.where, column), who)
        return allowed

    def _hangs_on_something(self, change):
        """Whether the row keeps an aim or a theme, without which it would be nowhere in the plan."""
        row, cells = change.row, change.cells
        aim, theme = (cells[key].new if key in cells else BY_KEY[key].stored(row) for key in ("aim", "theme"))
        if not aim and not theme:
            self._fault(change.where, f"Row {row} would hang on nothing. Give it an aim, or a theme or priority.")
        return bool(aim or theme)

    def _weigh_draft(self, draft):
        cells = {}
        for key, words in draft.words.items():
            try:
                cells[key] = cell_of(BY_KEY[key], words, self.lookups)
            except Refused as refusal:
                self._fault(_place(draft.where, BY_KEY[key]), refusal.sentence)
        self._fill_in(cells)
        if cells.get("activity") and self._may_add(draft, cells):
            self.preview.additions.append(Addition(draft.where, cells, self._shown(cells)))

    def _fill_in(self, cells):
        """What a new row takes over: the aim of the row above it, and the organisation of whoever adds it."""
        if not cells.get("aim") and not cells.get("theme"):
            above = self.preview.additions[-1].cells if self.preview.additions else self._cells_above()
            cells |= {key: above[key] for key in ("aim", "theme") if above.get(key)}
        own = sorted(self.standing.organisation_ids_with(Right.ADD_ROW))
        if not cells.get("lead_organisation") and own:
            cells["lead_organisation"] = own[0]

    def _cells_above(self):
        if self.below:
            return {"aim": self.below.aim_id, "theme": self.below.theme_id}
        aims = list(self.lookups.aims)
        return {"aim": aims[0] if len(aims) == 1 else None}

    def _may_add(self, draft, cells):
        if not cells.get("aim") and not cells.get("theme"):
            self._fault(draft.where, "It hangs on nothing. Give it an aim, or a theme or priority.")
            return False
        led, contributing = cells.get("lead_organisation"), cells.get("contributors", [])
        place = _NewRow(self.strategy.partnership_id, led, frozenset({led, *contributing} - {None}))
        if not may(self.standing, Right.ADD_ROW, on=place):
            self._fault(draft.where, "You may add rows that your own organisation leads or contributes to.")
            return False
        return True

    def _shown(self, cells):
        columns = [column for column in FORM_COLUMNS if cells.get(column.key)]
        return [(column.label, column.in_words(cells[column.key], self.lookups)) for column in columns]

    def _fault(self, where, message):
        self.preview.faults.append(Fault(where, message))


@dataclass(frozen=True)
class _NewRow:
    """A row that is not there yet, for asking whether it may be added."""

    partnership_id: int
    lead_organisation_id: int | None
    organisation_ids: frozenset


def line_changes(before, after):
    """Names one to a line, in pieces as `word_changes` gives them; in another order they are all named anew."""
    old, new = (text.split("\n") if text else [] for text in (before, after))
    if [name for name in old if name in new] != [name for name in new if name in old]:
        return [("gone", before), ("added", after)]
    pieces = [("gone", f"{name}\n") for name in old if name not in new]
    return pieces + [("same" if name in old else "added", f"{name}\n") for name in new]


def _place(where, column):
    return f"{where}, column {column.label}"


# --- Writing -------------------------------------------------------------------------------------------------------


@dataclass
class Applied:
    cells: int = 0
    rows: int = 0
    added: int = 0
    removed: int = 0
    merged: int = 0
    held: int = 0
    left: list[str] = field(default_factory=list)  # what was not written, row by row, and why

    @property
    def sentence(self):
        steps = [f"{_count(self.cells, 'cell')} changed in {_count(self.rows, 'row')}"] if self.cells else []
        steps += [f"{_count(self.added, 'row')} added"] if self.added else []
        steps += [f"{_count(self.removed, 'row')} removed"] if self.removed else []
        steps += [f"{self.merged} merged with what somebody else wrote meanwhile"] if self.merged else []
        steps += [f"{self.held} held for you, because somebody else changed the same words"] if self.held else []
        return f"{', '.join(steps)}." if steps else "Nothing was changed."


@transaction.atomic
def apply_batch(
    *, strategy, by, edits=None, additions=(), after=None, removals=None, via=Via.TABLE, at=None, batch=None
):
    """Write a batch, row by row through the doors, under one number in the history.

    `edits` is {row's number: {column key: Edit}}, `additions` a list of (where, cells) to stand below the row `after`,
    `removals` {row's number: the version that was looked at}. A row that is refused is named and the others go on.
    The same `batch` sent again does nothing again.
    """
    insist(by, strategy.partnership, Right.EDIT_ROW, on=ANYTHING)
    strategy = hold_strategy(strategy.pk)
    writing = _Writing(strategy, by=by, via=via, at=at, batch=batch or uuid.uuid4())
    rows = {row.pk: row for row in strategy.actions.filter(pk__in=[*(edits or {}), *(removals or {}), after or 0])}
    for pk, cells in (edits or {}).items():
        writing.attempt(rows.get(pk), writing.change, cells)
    if not writing.has_added():
        writing.last = rows.get(after)
        for where, cells in additions:
            writing.attempt(where, writing.add, cells)
    for pk, seen in (removals or {}).items():
        writing.attempt(rows.get(pk), writing.remove, seen)
    return writing.applied


class _Writing:
    """One batch being written."""

    def __init__(self, strategy, *, by, via, at, batch):
        self.strategy, self.batch = strategy, batch
        self.how = {"by": by, "via": via, "at": at}
        self.lookups = lookups_for(strategy)
        self.applied, self.last = Applied(), None

    def attempt(self, row, work, what):
        """One row in a savepoint of its own: if it is refused, the others stand."""
        try:
            if row is None:
                raise Refused("One of the rows is not in this plan.")
            with transaction.atomic():
                work(row, what)
        except Refused as refusal:
            name = row if isinstance(row, str) else f"Row {row}"
            self.applied.left.append(f"{name}: {refusal.sentence}" if row else refusal.sentence)

    def has_added(self):
        """Whether the rows of this batch have been added before: its answer was lost on the way."""
        changes = Change.objects.filter(partnership=self.strategy.partnership_id, batch=self.batch, act=Act.ADDED)
        return changes.exists()

    def change(self, row, cells):
        outcome = save_cells(action=row, edits=cells, lookups=self.lookups, once=self.batch, **self.how)
        changed = [key for key in outcome.saved if BY_KEY[key].in_form]
        self.applied.cells += len(changed)
        self.applied.rows += bool(changed)
        self.applied.merged += len(outcome.merged)
        self.applied.held += len(outcome.conflicts)
        if outcome.removed and outcome.conflicts:
            self.applied.left.append(f"Row {row}: it was removed from the plan meanwhile. What you wanted is held.")

    def add(self, where, cells):
        added = services.add_action(
            strategy=self.strategy, cells=cells, after=self.last, lookups=self.lookups, batch=self.batch, **self.how
        )
        self.last = added
        self.applied.added += 1

    def remove(self, row, seen):
        services.remove_action(action=row, seen=seen, batch=self.batch, **self.how)
        self.applied.removed += 1


def edits_by_row(carried):
    """The edits that a preview carried, as `apply_batch` takes them: {row's number: {column key: Edit}}."""
    edits = {}
    for one in carried:
        edits.setdefault(one["row"], {})[one["column"]] = Edit(one["seen"], one["new"])
    return edits
