"""The rules along a row of the extracts. Each leans only on cells that could be read: one fault, one issue.

Facts: NHS Data Dictionary, STAFF GROUP and JOB ROLE (a job role's first two figures are its staff group); the guide to
occupation codes (three figures for doctors and dentists, a letter first for everybody else).
"""

import numpy as np
import pyarrow.compute as pc

from workforce.checking.declaring import Rule, Severity, Then
from workforce.checking.kinds_of_words import valued
from workforce.deriving import whole_years

from .context import WEEK

ERROR, SET_ASIDE, LEAVE_OUT = Severity.ERROR, Then.SET_ASIDE, Then.LEAVE_OUT
MEDICAL, REGISTERED = "01", ("01", "03", "04")
MEDICAL_WEEK = 40
NEAR = 0.01 + 1e-9
OTHER_WORK = "other"  # a plain "Other" stays; every other word of this value says that the row is not of staff in post


def not_staff(cells):
    """Honorary holders, non-executives, chairs, and widows and widowers with a pension."""
    return valued(cells, "Assignment Category", "other") & ~cells.is_in("Assignment Category", OTHER_WORK)


NOT_STAFF = Rule(
    "Assignment Category", "not_staff_in_post",
    "The row is of an honorary holder, a non-executive, a chair or a pension: not staff in post, so it was left out",
    not_staff, accepted="Rows of staff in post; nothing needs to be done", then=LEAVE_OUT,
)  # fmt: skip


def bank(cells):
    return valued(cells, "Assignment Category", "bank", "agency")


def staff_rules():
    return (*_person(), *_dates(), *_hours(), *_role(), *_registered())


def _ages(cells):
    return whole_years(cells.number("Date of Birth"), cells.context.as_at)


def _outside(values, low, high):
    """Outside the range; unknown values are not."""
    return (values < low) | (values > high)


def _person():
    return (
        Rule("Date of Birth", "age_impossible", "Date of Birth makes the person younger than 14 or older than 100 on "
             "the day that the extract describes", lambda c: _outside(_ages(c), 14, 100), ERROR,
             "A date of birth 14 to 100 years ago", SET_ASIDE),
        Rule("Date of Birth", "age_unusual", "Date of Birth makes the person younger than 16 or older than 80",
             lambda c: _outside(_ages(c), 16, 80), accepted="The date of birth, if it is right"),
    )  # fmt: skip


def after_as_at(column, says="is after the day that the extract describes", **more):
    more = {"severity": ERROR, "then": SET_ASIDE} | more
    return Rule(column, "after_the_day", f"{column} {says}", lambda c: c.number(column) > c.context.as_at_number,
                accepted="A day up to the one that the extract describes", **more)  # fmt: skip


def before_the_year(column):
    return Rule(
        column, "before_the_year", f"{column} is more than twelve months before the day that the extract describes, so "
        "the row was left out", lambda c: c.number(column) <= c.context.year_before_number,
        accepted="A day of the twelve months up to the one that the extract describes", then=LEAVE_OUT,
    )  # fmt: skip


def _dates():
    return (
        after_as_at("Latest Start Date"),
        Rule("Latest Start Date", "start_as_a_child", "Latest Start Date is before the person was 14",
             lambda c: (c.number("Latest Start Date") - c.number("Date of Birth")) < 14 * 365.25 - 1,
             accepted="A day after the 14th birthday"),
        after_as_at("NHS Start Date"),
        Rule("NHS Start Date", "nhs_after_start", "NHS Start Date is after Latest Start Date, and was left aside",
             lambda c: c.number("NHS Start Date") > c.number("Latest Start Date"), then=SET_ASIDE,
             accepted="The day of the first post in the NHS"),
    )  # fmt: skip


def _hours():
    return (
        Rule("FTE", "fte_not_hours", "FTE is not Contracted Hours divided by 37.5 (for doctors 37.5 or 40); the hours "
             "were used", _fte_differs, accepted="Contracted Hours / 37.5, within 0.01", needs=("Contracted Hours",)),
        Rule("Employee Category", "category_not_fte", "Employee Category says full time although FTE is below 1, or "
             "part time although it is not", _category_differs, accepted="Full Time for an FTE of 1", needs=("FTE",)),
    )  # fmt: skip


def _fte_differs(cells):
    fte, hours = cells.number("FTE"), cells.number("Contracted Hours")
    far = np.abs(fte - hours / WEEK) > NEAR
    medical = cells.is_in("Staff Group", MEDICAL)
    return far & ~(medical & (np.abs(fte - hours / MEDICAL_WEEK) <= NEAR)) & ~bank(cells)


def _category_differs(cells):
    fte = cells.number("FTE")
    full = valued(cells, "Employee Category", "full") & (fte < 1 - NEAR)
    part = valued(cells, "Employee Category", "part") & (fte >= 1)
    return (full | part) & ~bank(cells)


def _role():
    return (
        Rule("Job Role", "role_not_mapped", "Job Role and Staff Group are in no list of ours, so the role counts as "
             "not known", _role_unlisted, ERROR, "A job role of the national list"),
        Rule("Job Role", "role_not_of_group", "Job Role is a code whose first two figures are another staff group's",
             _role_of_another_group, accepted="A role of the staff group in the row"),
        Rule("Occupation Code", "occupation_not_of_group", "Occupation Code is three figures, which only doctors and "
             "dentists have, or Staff Group is theirs and the code is not", _occupation_differs,
             accepted="Three figures for Medical and Dental, a letter first for the others", needs=("Staff Group",)),
    )  # fmt: skip


def _role_unlisted(cells):
    """A staff group at fault is told by itself."""
    unlisted = cells.context.role_of(cells) == cells.context.role.unlisted
    return unlisted & ~_at_fault(cells, "Staff Group")


def _at_fault(cells, column):
    return cells.column(column).wrong > 0 if column in cells else cells.nowhere


def _matches(cells, column, pattern):
    return pc.match_substring_regex(cells.column(column).texts, pattern).to_numpy(zero_copy_only=False)


def _role_of_another_group(cells):
    coded = _matches(cells, "Job Role", r"^[0-9]{5}\b")
    known = ~np.isnan(cells.number("Staff Group"))
    if not (coded & known).any():
        return cells.nowhere
    starts = pc.utf8_slice_codeunits(cells.column("Job Role").texts, 0, 2).to_pylist()
    groups, codes = cells.number("Staff Group"), cells.codes_of("Staff Group")
    differs = [row and start != codes[int(group)] for row, start, group in zip(coded & known, starts, np.nan_to_num(
        groups), strict=True)]  # fmt: skip
    return np.array(differs, bool)


def _occupation_differs(cells):
    figures, letters = (_matches(cells, "Occupation Code", form) for form in ("^[0-9]{3}$", "^[A-Za-z][0-9A-Za-z]{2}$"))
    medical, known = cells.is_in("Staff Group", MEDICAL), ~np.isnan(cells.number("Staff Group"))
    return (figures & known & ~medical) | (letters & medical)


def _registered():
    return (
        Rule("Registration Body", "registration_blank", "Registration Body is blank although the staff group (medical, "
             "nursing or allied health) is one of registered professions",
             lambda c: c.blank("Registration Body") & c.is_in("Staff Group", *REGISTERED),
             accepted="The professional register", needs=("Staff Group",)),
        Rule("Registration Expiry", "registration_expired", "Registration Expiry is before the day that the extract "
             "describes", lambda c: c.number("Registration Expiry") < c.context.as_at_number,
             accepted="The day on which the current registration ends"),
    )  # fmt: skip


def starters_rules():
    return (
        after_as_at("Latest Start Date", "is after the day that the extract describes, so the row was left out",
                    then=LEAVE_OUT),
        before_the_year("Latest Start Date"),
    )  # fmt: skip


def leavers_rules():
    return (
        *_person(),
        after_as_at("Termination Date", "is after the day that the extract describes, so the row was left out",
                    severity=Severity.WARNING, then=LEAVE_OUT),
        before_the_year("Termination Date"),
        Rule("Latest Start Date", "start_after_end", "Latest Start Date is after Termination Date, and was left aside",
             lambda c: c.number("Latest Start Date") > c.number("Termination Date"), ERROR,
             "A day up to Termination Date", SET_ASIDE),
        *_hours(),
        *_role(),
    )  # fmt: skip
