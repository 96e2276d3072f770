"""Kinds made from the code lists of the national files."""

from workforce.checking.kinds import listed
from workforce.codes import code_list

SPELLED_OUT = 12  # lists up to this long are spelled out in messages


def rows_of(*names):
    """The rows of these lists that a file may use, one after the other."""
    return [row for name in names for row in code_list(name).rows if row.get("accepted", "1") != "0"]


def from_list(name, *more, words="", none=()):
    """The kind of a column that takes the codes of this list; `more` are lists of withdrawn codes that still count."""
    labels = {row["code"]: row["label"] for row in rows_of(name, *more)}
    described = words or (f"One of the {len(labels)} codes of the list" if len(labels) > SPELLED_OUT else "")
    return listed(tuple(labels), None if described else labels, words=described, none=none)


def flags(column, name, *more):
    """Along the codes of a list (and the withdrawn ones), whether a column of the list says yes."""
    return [row.get(column) == "1" for row in rows_of(name, *more)]
