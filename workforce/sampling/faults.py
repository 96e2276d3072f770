"""Planting known faults: one cell each, in rows of their own, and remembering where."""

from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workforce.sampling.drawing import allocate, stream
from workforce.sampling.kinds import BLANK, FILLED, KINDS, Not

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


def usual_number(rows):
    """About one row in a hundred, but if there is room one of each kind."""
    return max(round(rows / 100), min(len(KINDS), rows // 20))


def plant(made, many, seed, kinds=KINDS):
    """The tables of a return with `many` faults, and the faults. No row gets two; the return itself stays as it is.

    Each round shares the faults that are still wanted out among the kinds that still found a place for theirs.
    """
    rng = stream(seed, "faults", made.day)
    views = {file: _view(made, file) for file in made.tables}
    free = {file: np.ones(len(view["_row"]), dtype=bool) for file, view in views.items()}
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
    return _write(made.tables, views, chosen)


def _choose_rows(rng, kind, view, free, many):
    if not many:
        return np.zeros(0, dtype=int)
    rows = np.flatnonzero(free & _eligible(kind, view))
    rows = np.sort(rng.choice(rows, min(many, len(rows)), replace=False))
    free[rows] = False
    if "_before" in kind.when:  # the row that it repeats must stay as it is
        free[rows - 1] = False
    return rows


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


def _view(made, file):
    """The columns of a file, and what else a kind may ask about its rows (names that begin with _)."""
    table = made.tables[file]
    view = {name: table[name].combine_chunks() for name in table.column_names}
    view["_row"] = np.arange(len(table))
    return view | (_about_workers(made) if file == "worker" else _about_places(view) if file == "workplace" else {})


def _about_workers(made):
    posts, table = made.posts, made.tables["worker"]
    first = np.append(True, posts.place[1:] != posts.place[:-1])
    names = table["UNIQUEWORKERID"].combine_chunks()
    before = pa.concat_arrays([names[:1], names[:-1]])
    people, where, count = np.unique(posts.person, return_inverse=True, return_counts=True)
    trained = pc.is_in(names, made.tables["training"]["UNIQUEWORKERID"].combine_chunks())
    asked = pc.fill_null(pc.is_in(made.tables["workplace"]["DHA"], pa.array(["1", "999"])), False)
    willing = pc.filter(made.tables["workplace"]["LOCALESTID"], asked).combine_chunks()
    return {
        "_before": pc.if_else(pa.array(first), pa.scalar(None, pa.string()), before),
        "_alone": _flags(count[where] == 1),
        "_trained": _flags(np.asarray(trained)),
        "_regulated": _flags(made.places.regulated[posts.place]),
        "_healthcare": _flags(np.asarray(pc.is_in(table["LOCALESTID"], willing))),
    }


def _about_places(view):
    """`_donor`: the number of the first regulated location, for all the others."""
    numbers = view["LOCATIONID"]
    known = pc.drop_null(numbers)
    donor = known[0] if len(known) else pa.scalar(None, pa.string())
    return {
        "_donor": pc.if_else(pc.fill_null(pc.not_equal(numbers, donor), False), donor, pa.scalar(None, pa.string()))
    }


def _flags(mask):
    return pa.array(np.where(mask, "1", "0"))


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
    return {"DOB", "STARTDATE"} if kind.file == "worker" and callable(kind.write) else set()


def _with_cells(table, column, faults):
    order = sorted(faults, key=lambda fault: fault.row)
    mask = np.zeros(len(table), dtype=bool)
    mask[[fault.row - FIRST_ROW for fault in order]] = True
    cells = pc.replace_with_mask(
        table[column].combine_chunks(), pa.array(mask), pa.array([f.now or None for f in order], pa.string())
    )
    return table.set_column(table.column_names.index(column), column, cells)
