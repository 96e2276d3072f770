"""What the rules of the workplace file lean on: the main service, the lists of a row, and ways to say a rule.

A rule that leans on another cell says nothing while that cell is at fault, so that one faulty cell draws one message:
an unreadable cell, and one that an earlier rule set aside, reads as nothing.
"""

from functools import cache

import numpy as np
import pyarrow.compute as pc

from workforce.checking.declaring import Rule, Severity, Then
from workforce.codes import code_list

HEAD_OFFICE, REGISTERED_MANAGER, NO_OTHERS = "72", "4", "0"
NOT_KNOWN, MOST_KNOWN = "999", 999

# The export writes two services under other codes than the upload takes; both are read.
EXPORTED = {
    row["code_written_on_export"]: row["code"]
    for row in code_list("main_service").rows
    if row["code_written_on_export"] != row["code"]
}
SERVICE_CODES = (*code_list("main_service").codes, *EXPORTED)


@cache
def service_flags(column, value="1"):
    """Along SERVICE_CODES, whether the list of services says `value` in this column."""
    says = code_list("main_service").column(column)
    return tuple(says[EXPORTED.get(code, code)] == value for code in SERVICE_CODES)


@cache
def services_where(column, value="1"):
    flags = zip(SERVICE_CODES, service_flags(column, value), strict=True)
    return frozenset(code for code, flag in flags if flag)


def given(cells, name):
    """Filled and read, and not set aside."""
    return ~np.isnan(cells.number(name))


def sound(cells, name):
    """Blank, or read without any fault."""
    return cells.blank(name) | (given(cells, name) & (cells.column(name).wrong == 0))


def contradicted(cells, name):
    """Read, and set aside by an earlier rule."""
    if name not in cells:
        return cells.nowhere
    column = cells.column(name)
    return ~column.blank & ~column.unknown & (column.wrong == 0) & np.isnan(column.values)


def settled(cells):
    """Where the main service can be leaned on: read, among all services, and agreed with by REGTYPE."""
    return given(cells, "MAINSERVICE") & ~contradicted(cells, "ALLSERVICES") & ~contradicted(cells, "REGTYPE")


def main_service(cells, column, value="1"):
    return settled(cells) & cells.among("MAINSERVICE", service_flags(column, value))


def not_main_service(cells, column, value="1"):
    return settled(cells) & ~cells.among("MAINSERVICE", service_flags(column, value))


def per_row(cells, name):
    """The code of a column of codes or the tuple of a column of lists; None where there is none."""
    codes = cells.codes_of(name)
    if not codes:
        return cells.many(name)
    return [None if place != place else codes[int(place)] for place in cells.number(name).tolist()]


def along(cells, test, *names):
    """Where a test of what these columns hold is true; it is asked only where all of them hold something."""
    rows = zip(*(per_row(cells, name) for name in names), strict=True)
    return np.fromiter((None not in row and test(*row) for row in rows), bool, len(cells))


def real(services):
    """The services of a list as the upload names them, without the 0 that says that there are no others."""
    return [EXPORTED.get(code, code) for code in services if code != NO_OTHERS]


def is_not_known(figures):
    return figures == (MOST_KNOWN,)


def total(figures):
    """The sum of figures that are known; a list of none, or a lone 999, adds up to nothing."""
    return 0 if not figures or is_not_known(figures) else sum(figure or 0 for figure in figures)


def matches(cells, name, pattern):
    return pc.match_substring_regex(cells.column(name).texts, pattern).to_numpy(zero_copy_only=False)


def longer(cells, name, limit):
    return pc.greater(pc.utf8_length(cells.column(name).texts), limit).to_numpy(zero_copy_only=False)


def deleted(cells):
    return cells.is_in("STATUS", "DELETE")


def _rule(column, code, message, when, accepted, **more):
    """A rule that does not look at rows that are left out because their STATUS is DELETE."""
    return Rule(column, code, message, lambda cells: when(cells) & ~deleted(cells), accepted=accepted, **more)


def error(column, code, message, when, accepted="", then=Then.SET_ASIDE, **more):
    return _rule(column, code, message, when, accepted, severity=Severity.ERROR, then=then, **more)


def left_aside(column, code, message, when, accepted="A blank cell", **more):
    """What the national service ignores, and so do we."""
    message = f"{message}, so it is left aside"
    return _rule(column, code, message, when, accepted, severity=Severity.WARNING, then=Then.SET_ASIDE, **more)


def worth_knowing(column, code, message, when, accepted="", **more):
    return _rule(column, code, message, when, accepted, severity=Severity.WARNING, **more)
