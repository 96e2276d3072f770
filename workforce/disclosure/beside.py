"""The public view beside the partnership's: members of the partnership read both.

A public figure, though changed a little, would narrow down one that the partnership's tables hide. So of the same
returns the public is not shown anything about values that the partnership's table hides in that row, and no row that
the partnership does not have.
"""

from dataclasses import replace

from workforce.disclosure.collapsing import OTHERS, TOGETHER
from workforce.disclosure.released import _SEAL, Cell
from workforce.profile.declaring import Kind
from workforce.profile.fields import GROUPINGS
from workforce.profile.measures import BY_NAME

COUNTS = (Kind.POSTS, Kind.PLACES)


def hidden_beside(public, partnership):
    """Public tables, with what the partnership's tables do not tell hidden too. Totals of all posts stay."""
    exact = {(table.measure, table.rows): table for table in partnership}
    made = tuple(_narrowed(table, exact) if BY_NAME[table.measure].kind in COUNTS else table for table in public)
    counts = {(table.measure, table.rows): table for table in made if BY_NAME[table.measure].kind in COUNTS}
    return tuple(_with_parts(table, counts) for table in made)


def _narrowed(table, exact):
    beside = exact.get((table.measure, table.rows))
    cells = [
        _hidden(cell) if cell.row is not None and not _is_told(cell, table, beside) else cell for cell in table.cells
    ]
    return replace(table, cells=tuple(cells), seal=_SEAL)


def _hidden(cell):
    return Cell(cell.row, cell.column, None, hidden=True)


def _is_told(cell, table, beside):
    """Whether the other table has the row and hides nothing in it of the values that the figure is about."""
    if cell.value is None:
        return True
    if beside is None:
        return False
    row = [one for one in beside.cells if one.row == cell.row]
    if cell.column is None:
        return any(one.column is None and one.value is not None for one in row)
    wanted = _members(table, cell.column)
    about = [one for one in row if one.column is not None and _members(beside, one.column) & wanted]
    return bool(about) and not any(one.hidden for one in about)


def _members(table, column):
    """The finest values of a column."""
    levels = dict(GROUPINGS.get(BY_NAME[table.measure].field, ()))
    groups = levels.get(table.columns, {})
    parts = set() if column is None else set(column.split(TOGETHER))
    if column == OTHERS:
        named = {part for cell in table.cells if cell.column for part in cell.column.split(TOGETHER)}
        return frozenset(value for value, group in groups.items() if group not in named)
    return frozenset(value for value, group in groups.items() if group in parts) | (parts - set(groups.values()))


def _with_parts(table, counts):
    """Shares and rates: hidden where a count that they are made of is hidden now."""
    measure = BY_NAME[table.measure]
    names = {Kind.SHARE: (measure.of,), Kind.RATE: (*measure.over, *measure.among)}.get(measure.kind, ())
    parts = [counts[name, table.rows] for name in names if (name, table.rows) in counts]
    if not parts:
        return table
    cells = [_hidden(cell) if cell.value is not None and _lacks(cell, measure, parts) else cell for cell in table.cells]
    return replace(table, cells=tuple(cells), seal=_SEAL)


def _lacks(cell, measure, parts):
    if cell.row is None:
        return False
    if measure.kind is Kind.RATE:
        return any(part.cell(cell.row) is None or part.cell(cell.row).hidden for part in parts)
    chosen = set(measure.over) | set(measure.among)
    return any(
        one.hidden
        for part in parts
        for one in part.cells
        if one.row == cell.row and one.column and _members(part, one.column) & chosen
    )
