"""Released tables put differently: fewer rows, or several releases beside each other. Nothing is added up anew."""

from dataclasses import replace
from itertools import pairwise

from .released import _SEAL, Cell, ReleasedTable, insist_released

DATE = "date"  # the breakdown of the columns of a table of several releases


def chosen(table: ReleasedTable, rows) -> ReleasedTable:
    """The table with these rows only, in its own order; the total, which is of all rows, stays if it is there."""
    insist_released(table)
    kept = {key: words for key, words in table.row_labels.items() if key in set(rows)}
    cells = tuple(cell for cell in table.cells if cell.row is None or cell.row in kept)
    return replace(table, row_labels=kept, cells=cells, seal=_SEAL)


def over_time(dated, column=None) -> ReleasedTable:
    """One column of the same table in several releases. `dated`: (key, words, table) of each, the earliest first.

    Rows are those of any of them; where a release has no such row there is no figure. Raises ValueError for tables of
    different measures or breakdowns.
    """
    tables = [table for _, _, table in dated]
    insist_released(*tables)
    if len({table.key[:2] for table in tables}) != 1:
        raise ValueError("Only the same table of several releases can be put beside itself")
    newest = tables[-1]
    rows = {}
    for table in reversed(tables):
        rows |= {key: words for key, words in table.row_labels.items() if key not in rows}
    cells = [_at(table, row, column, key) for row in (*rows, None) for key, _, table in dated]
    note = " ".join(dict.fromkeys([*_caveats(dated), *(table.note for table in tables if table.note)]))
    return replace(
        newest, columns=DATE, column_labels={key: words for key, words, _ in dated}, row_labels=rows,
        cells=tuple(cell for cell in cells if cell is not None), note=note,
        source=" ".join(dict.fromkeys(table.source for table in tables if table.source)), seal=_SEAL,
    )  # fmt: skip


def _at(table, row, column, key):
    found = table.cell(row, column)
    if found is None:
        return None if row is None else Cell(row, key, None)
    return Cell(row, key, found.value, found.hidden)


def _caveats(dated):
    """What makes two releases of a table hard to compare: other categories, rows that came or went."""
    for (_, _, before), (_, words, after) in pairwise(dated):
        if before.column_labels != after.column_labels:
            yield f"From {words} on the categories are others."
        if before.method is not after.method:
            yield f"From {words} on figures are protected in another way."
        if set(before.row_labels) != set(after.row_labels):
            yield f"At {words} not the same rows are there as before."
