"""Planting known faults: one cell each, in rows of their own, and remembering where."""

from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workforce.sampling.cells import whole
from workforce.sampling.drawing import allocate
from workforce.sampling.kinds import BLANK, FILLED, Not

FIRST_ROW = 2  # as Excel counts: the heading is row 1
ROUNDS = 6


@dataclass(frozen=True)
class Fault:
    file: str
    row: int
    column: str
    was: str
    now: str
    code: str | None
    kind: str
    may_also: tuple

    def as_dict(self):
        return asdict(self) | {"may_also": list(self.may_also)}


def usual_number(rows, kinds):
    """About one row in a hundred, but if there is room one of each kind."""
    return max(round(rows / 100), min(len(kinds), rows // 20))


def plant(tables, kinds, many, rng, about=None):
    """The same tables with `many` faults of these kinds, and the faults. No row gets two.

    `about`: for each file more columns that kinds may ask about (their names begin with _). Each round shares the
    faults that are still wanted out among the kinds that still found a place for theirs.
    """
    views = {file: _view(table) | (about or {}).get(file, {}) for file, table in tables.items()}
    free = {file: _free(view) for file, view in views.items()}
    chosen = {kind: np.zeros(0, dtype=int) for kind in kinds}
    open_kinds = [kinds[n] for n in rng.permutation(len(kinds))]
    for _ in range(ROUNDS):
        wanted = allocate(np.ones(len(open_kinds)), many - sum(len(rows) for rows in chosen.values()))
        still = []
        for kind, share in zip(open_kinds, wanted, strict=True):
            rows = _choose_rows(rng, kind, views[kind.file], free[kind.file], share)
            chosen[kind] = np.concatenate([chosen[kind], rows])
            still += [kind] if len(rows) == share else []
        open_kinds = still
        if not open_kinds:
            break
    return _write(tables, views, chosen)


def _choose_rows(rng, kind, view, free, many):
    if not many:
        return np.zeros(0, dtype=int)
    repeats = "_before" in kind.when
    rows = np.flatnonzero((free & _after_free(free) if repeats else free) & _eligible(kind, view))
    rows = np.sort(rng.choice(rows, min(many, len(rows)), replace=False))
    free[rows] = False
    if repeats:
        free[rows - 1] = False
    return rows


def _after_free(free):
    """Rows that may repeat the one before, which must stay as it is: every second, so that none follows another."""
    return np.append(False, free[:-1]) & (np.arange(len(free)) % 2 == 1)


def _eligible(kind, view):
    mask = np.ones(len(view["_row"]), dtype=bool)
    for column, wanted in kind.when.items():
        mask &= np.asarray(_holds(view[column], wanted))
    return mask


def _holds(cells, wanted):
    if wanted is FILLED or wanted is BLANK:
        return pc.is_valid(cells) if wanted is FILLED else pc.is_null(cells)
    if isinstance(wanted, Not):
        return pc.and_(pc.is_valid(cells), pc.invert(pc.is_in(cells, pa.array(wanted.values))))
    return pc.is_in(cells, pa.array(wanted))


def _view(table):
    return {name: whole(table[name]) for name in table.column_names} | {"_row": np.arange(len(table))}


def _free(view):
    """Rows that may get a fault: all but those that others are compared with."""
    reserved = view.get("_reserved")
    return np.ones(len(view["_row"]), dtype=bool) if reserved is None else ~reserved


def _write(tables, views, chosen):
    faults = [fault for kind, rows in chosen.items() if len(rows) for fault in _faults_of(kind, rows, views[kind.file])]
    tables = dict(tables)
    for file, column in sorted({(fault.file, fault.column) for fault in faults}):
        here = [fault for fault in faults if (fault.file, fault.column) == (file, column)]
        tables[file] = _with_cells(tables[file], column, here)
    return tables, sorted(faults, key=lambda fault: (fault.file, fault.row))


def _faults_of(kind, rows, view):
    cells = {
        column: view[column].take(pa.array(rows)).to_pylist() for column in {kind.column, *kind.when} | _needs(kind)
    }
    for position, row in enumerate(rows):
        whole = {column: values[position] for column, values in cells.items()}
        now = kind.write(whole) if callable(kind.write) else kind.write
        was = whole[kind.column] or ""
        yield Fault(kind.file, int(row) + FIRST_ROW, kind.column, was, now, kind.code, kind.name, kind.may_also)


def _needs(kind):
    return set(kind.reads)


def _with_cells(table, column, faults):
    order = sorted(faults, key=lambda fault: fault.row)
    mask = np.zeros(len(table), dtype=bool)
    mask[[fault.row - FIRST_ROW for fault in order]] = True
    cells = pc.replace_with_mask(
        whole(table[column]), pa.array(mask), pa.array([f.now or None for f in order], pa.string())
    )
    return table.set_column(table.column_names.index(column), column, cells)
