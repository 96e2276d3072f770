"""Kinds made from the code lists of the national files."""

from workforce.checking.kinds import listed
from workforce.codes import code_list

SPELLED_OUT = 12  # lists up to this long are spelled out in messages


def from_list(name, *more, words="", none=()):
    """The kind of a column that takes the codes of this list; `more` are lists of withdrawn codes that still count."""
    lists = [code_list(one) for one in (name, *more)]
    codes = tuple(code for one in lists for code in one.codes)
    labels = {code: one.label(code) for one in lists for code in one.codes}
    described = words or (f"One of the {len(codes)} codes of the list" if len(codes) > SPELLED_OUT else "")
    return listed(codes, None if described else labels, words=described, none=none)


def flags(name, column, *more):
    """Along the codes of a list (and the withdrawn ones), whether a column of the list says yes."""
    return [row.get(column) == "1" for one in (name, *more) for row in code_list(one).rows]
