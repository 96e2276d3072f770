"""The state of rows, rebuilt from the history alone. Pure.

The history is the whole story: what a row holds now, and what it held at any moment, follows from the changes
recorded of it. What people wrote and was set aside (`held`) never was in the row, and reports, comments and evidence
are things of their own beside it.
"""

from datetime import datetime
from typing import Any, NamedTuple

BESIDE_THE_ROW = frozenset({"update", "comment", "attachment"})


class Told(NamedTuple):
    """One line of the history, as plain values."""

    pk: int
    subject: str  # what kind of thing: "action", or "strategy" for what concerns its rows all at once
    subject_id: int
    act: str
    field: str
    before: Any
    after: Any
    at: datetime


def rebuild(lines, moment=None):
    """{row: its cells, `position` and `removed`}, as the lines (oldest first) leave it, at `moment` or at their end.

    A row that is in none of the lines with its beginning is left out: nothing certain can be said of it.
    """
    rows = {}
    for line in lines:
        if moment is not None and line.at > moment:
            continue
        if line.subject == "strategy":
            _put_in_order(rows, line)
        elif line.field not in BESIDE_THE_ROW:
            _tell(rows, line)
    return rows


def _tell(rows, line):
    if line.act == "added":
        rows[line.subject_id] = {"removed": False, **line.after}
        return
    row = rows.get(line.subject_id)
    if row is None:
        return
    if line.act == "removed":
        row["removed"] = True
    elif line.act == "restored":
        row |= line.after | {"removed": False}
    elif line.act != "held":
        row[line.field] = line.after


def _put_in_order(rows, line):
    """New places of many rows at once: {row: position}, the rows as text because that is what JSON has for keys."""
    for key, position in line.after.items() if line.field == "positions" else ():
        if int(key) in rows:
            rows[int(key)]["position"] = position


def in_order(rows, aims, themes):
    """The numbers of the rows as the plan is read: aim by aim, then theme by theme, and by place within each.

    `aims` and `themes` say at which place each stands; rows of none of them come last.
    """

    def place(number):
        row = rows[number]
        return aims.get(row["aim"], _LAST), themes.get(row["theme"], _LAST), row["position"], number

    return sorted(rows, key=place)


_LAST = 10**9
