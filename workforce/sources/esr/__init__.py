"""Extracts of the NHS's Electronic Staff Record: staff in post, and optionally starters, leavers and absence.

One row is one assignment: one person in one post. Reports differ from trust to trust in headings, columns and order, so
each column is known by several headings and most of them may be missing.
"""

import numpy as np

from workforce.checking.declaring import Severity
from workforce.checking.engine import place_columns
from workforce.reading import Unreadable
from workforce.sources.companion import Establishments
from workforce.sources.pipeline import behind

from .absence import Absence, absence_file
from .assignments import Assignments, Leavers
from .becoming import BECOMES
from .columns import leavers_file, staff_in_post_file, starters_file
from .context import Extract
from .starters import Starters

__all__ = ["BECOMES", "LABEL", "NAME", "POSTS", "file_kinds", "read"]

NAME = "esr"
LABEL = "Electronic Staff Record extracts"
ESTABLISHMENT = ("Organisation", "Org L2", "Org L3")
__all__ = ["BECOMES", "ESTABLISHMENT", "LABEL", "NAME", "POSTS", "file_kinds", "read"]
POSTS = "staff_in_post"  # whose rows are filled posts


def file_kinds(today):
    return (starters_file(today), leavers_file(today), absence_file(today), staff_in_post_file(today))


def read(sheets, run):
    """Read a return: `sheets` by kind of file. What is said of assignments first, then the assignments."""
    if POSTS not in sheets:
        raise Unreadable(
            "There is no staff in post extract in what was sent, so there are no posts to read.",
            accepted="A staff in post extract; extracts of starters, leavers and absence if there are any",
        )
    kinds = {kind.name: kind for kind in file_kinds(run.today)}
    context = Extract(run, Establishments(run.keys), _levels(sheets, kinds, run))
    starters = _read_flow(Starters, "starters", sheets, kinds, run, context)
    absence = _read_flow(Absence, "absence", sheets, kinds, run, context)
    staff = Assignments(run, run.checker(kinds[POSTS], sheets[POSTS], context), context, starters, absence)
    leavers = None
    with behind(run.writer.write) as write:
        for cells in run.check(staff.checker):
            write(staff.posts_of(cells))
        staff.close()
        if "leavers" in sheets:
            leavers = Leavers(run, run.checker(kinds["leavers"], sheets["leavers"], context), context, staff)
            for cells in run.check(leavers.checker):
                write(leavers.posts_of(cells))
            leavers.close()
    _compare(run, context, staff, leavers, starters, absence)


def _levels(sheets, kinds, run):
    """The columns that tell establishments apart: those that both who is there and who left are given by.

    A level that the leavers extract lacks would leave establishments without their leavers, so it is not used at all.
    """
    places = [place_columns(kinds[name], sheets[name].headings) for name in (POSTS, "leavers") if name in sheets]
    levels = tuple(column for column in ESTABLISHMENT if all(column in of for of in places))
    left_aside = [column for column in ESTABLISHMENT if column in places[0] and column not in levels]
    if left_aside:
        sheet = sheets["leavers"]
        cause = run.checker(kinds["leavers"], sheet, None).cause(
            left_aside[0], "level_missing", Severity.WARNING, f"There is no {' and no '.join(left_aside)} in the "
            "leavers extract, so the establishments of the return are not told apart by it",
            "The same columns as in staff in post",
        )  # fmt: skip
        run.log.add(cause, np.array([sheet.heading_row], np.int32))
    return levels


def _read_flow(of, name, sheets, kinds, run, context):
    if name not in sheets:
        return None
    flow = of(run, run.checker(kinds[name], sheets[name], context), context)
    for cells in run.check(flow.checker):
        flow.add(cells)
    flow.finish()
    return flow


def _compare(run, context, staff, leavers, starters, absence):
    """What the files say of each other, and the snapshot's companion."""
    others = [posts for posts in (staff, leavers) if posts is not None]
    if starters is not None:
        starters.count(*others)
    if absence is not None:
        absence.compare(others)
    run.establishments = context.establishments.table(run.as_at)
