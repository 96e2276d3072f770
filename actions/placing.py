"""Laying a pasted block over the plan: which cell of which row each of its cells is meant for.

With headings a cell goes to the column of its heading; without, to the column so many places to the right of the
first. Rows follow each other as the person sees them. What falls outside the plan is named, or becomes a new row.
"""

from dataclasses import dataclass, field

from actions.columns import BY_KEY, FORM_COLUMNS, KEY_IN_FILES
from actions.presenting import TABLE_COLUMNS

COLUMN_IN_FILES = {key: column for column, key in KEY_IN_FILES.items()}
# As a person without scripts counts them: those of the table, then the others.
IN_VIEW = tuple(column.key for column in (*TABLE_COLUMNS, *(c for c in FORM_COLUMNS if not c.in_table)))


@dataclass(frozen=True)
class Fault:
    """Something that will not be changed, and why."""

    where: str
    message: str


@dataclass(frozen=True)
class Wish:
    """A cell of a row that somebody wants to read otherwise. `words` as typed, or else a `value` chosen from a list."""

    where: str
    row: object
    key: str
    words: str | None = None
    value: object = None


@dataclass(frozen=True)
class Draft:
    """A row that somebody wants to add: {column key: words}."""

    where: str
    words: dict


@dataclass
class Placed:
    wishes: list[Wish] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def place_block(block, *, rows, columns, start, column):
    """Where each cell of the block goes.

    `rows` are the plan's, in the order in which the person sees them, None for one that is no longer there; `columns`
    the keys from left to right; `start` the place of the first row (None: all are new), `column` the first column.
    """
    placed = Placed()
    keys = _by_heading(block, placed) if block.keys else _by_place(block, columns, column, placed)
    for number, cells in enumerate(block.rows):
        where = f"Block row {block.first + number}"
        words = {key: cell for key, cell in zip(keys, cells, strict=True) if key and cell is not None}
        if not any(words.values()):
            placed.faults.append(Fault(where, "It is blank and changes nothing."))
        elif start is None or start + number >= len(rows):
            _place_new(where, words, placed)
        elif rows[start + number] is None:
            placed.faults.append(Fault(where, "Its row has been removed from the plan meanwhile."))
        else:
            placed.wishes += [Wish(where, rows[start + number], key, text) for key, text in words.items()]
    return placed


def _by_heading(block, placed):
    keys = [COLUMN_IN_FILES.get(key, key) for key in block.keys]
    for place, heading in enumerate(block.headings):
        if heading and not _is_writable(keys[place]):
            message = f"“{heading[:60]}” is no column of the plan and is left out."
            placed.faults.append(Fault(f"Block column {place + 1}", message))
    return [key if _is_writable(key) else None for key in keys]


def _by_place(block, columns, column, placed):
    first = columns.index(column)
    keys = list(columns[first : first + block.width])
    for place, key in enumerate(keys):
        if not _is_writable(key):
            placed.faults.append(Fault(f"Block column {place + 1}", "It falls on a column that cannot be pasted into."))
    over = block.width - len(keys)
    if over:
        which = f"Block columns {len(keys) + 1} to {block.width}" if over > 1 else f"Block column {block.width}"
        placed.faults.append(Fault(which, "There is no column of the plan this far to the right."))
    return [key if _is_writable(key) else None for key in keys] + [None] * over


def _is_writable(key):
    return key in BY_KEY and BY_KEY[key].in_form


def _place_new(where, words, placed):
    if words.get("activity"):
        placed.drafts.append(Draft(where, words))
    else:
        message = "There is no row of the plan left for it, and without an activity it cannot become a new one."
        placed.faults.append(Fault(where, message))
