"""The columns and rules of one sheet of a council, made from what its headings were said to mean."""

import numpy as np

from workforce.checking.declaring import Column, FileKind, Rule, Severity, Then
from workforce.checking.kinds_of_words import valued
from workforce.deriving import whole_years

from .fields import COUNCIL_FIELDS, FIELDS_IN_ORDER
from .mapping import fields_of

ERROR, SET_ASIDE, LEAVE_OUT = Severity.ERROR, Then.SET_ASIDE, Then.LEAVE_OUT
STAFF, LEAVERS = "staff", "leavers"
LABELS = {STAFF: "Staff list", LEAVERS: "List of leavers"}
WEEKS = (35, 40)  # hours of a whole week, by council
NEAR = 0.01 + 1e-9


def mapped_kind(name, headings, mapping, today):
    """The kind of a sheet. Its columns are called what the sheet calls them."""
    of = fields_of(headings, mapping)
    columns = tuple(_column(name, heading, COUNCIL_FIELDS[field], of, today) for field, heading in of.items())
    return FileKind(name, LABELS[name], columns, tuple(_rules(name, of)))


def kinds_by_meaning(today):
    """The kinds of list in general: columns are called by what they mean. No sheet is taken for one of them."""
    everything = {field.name: field.label for field in FIELDS_IN_ORDER}
    return tuple(
        FileKind(name, LABELS[name], tuple(_column(name, field.label, field, everything, today)
                 for field in FIELDS_IN_ORDER))
        for name in (STAFF, LEAVERS)
    )  # fmt: skip


def kinds_of_mapping(mapping, today):
    """The kinds of list that a mapping makes, with every heading that it has, whichever list it stands in."""
    meant = {heading: COUNCIL_FIELDS[field] for heading, field in mapping.items() if field in COUNCIL_FIELDS}
    of = {field.name: heading for heading, field in meant.items()}
    return tuple(
        FileKind(name, LABELS[name], tuple(_column(name, heading, field, of, today)
                 for heading, field in meant.items()), tuple(_rules(name, of)))
        for name in (STAFF, LEAVERS)
    )  # fmt: skip


def _column(name, heading, field, of, today):
    """A post is known by its own reference and the person's, so a row without the one of them that counts is lost."""
    required = ERROR if name == LEAVERS and field.name == "leaving_date" else field.required
    if name == LEAVERS and field.name not in ("leaving_date", "post_reference", "person_reference"):
        required = None
    key = field.name == ("post_reference" if "post_reference" in of else "person_reference")
    return Column(heading, field.kind(today), required=required, shows=field.shows, key=key, optional=True)


def _rules(name, of):
    for field, *rest in (*_all(of), *(_leaving(of) if name == LEAVERS else _staff(of))):
        if field in of:
            code, says, when, severity, accepted, then = rest
            yield Rule(of[field], code, f"{of[field]} {says}", when, severity, accepted, then)


def _all(of):
    def number(field):
        return lambda c: c.number(of.get(field, ""))

    born, start, left = number("date_of_birth"), number("start_date"), number("leaving_date")
    return (
        ("date_of_birth", "age_impossible", "makes the person younger than 14 or older than 100 on the day that the "
         "list describes", lambda c: _outside(_ages(c, born), 14, 100), ERROR, "A date of birth 14 to 100 years ago",
         SET_ASIDE),
        ("date_of_birth", "age_unusual", "makes the person younger than 16 or older than 80",
         lambda c: _outside(_ages(c, born), 16, 80), Severity.WARNING, "The date of birth, if it is right", Then.KEEP),
        ("start_date", "after_the_day", "is after the day that the list describes",
         lambda c: start(c) > c.context.as_at_number, ERROR, "A day up to the one that the list describes", SET_ASIDE),
        ("start_date", "start_as_a_child", "is before the person was 14",
         lambda c: start(c) - born(c) < 14 * 365.25 - 1, Severity.WARNING, "A day after the 14th birthday", Then.KEEP),
        ("start_date", "start_after_end", "is after the person left", lambda c: start(c) > left(c), ERROR,
         "A day up to the leaving date", SET_ASIDE),
        ("fte", "fte_not_hours", "is not the hours divided by a whole week of 35 to 40 hours; the hours were used",
         lambda c: _fte_differs(c, of), Severity.WARNING, "Hours divided by those of a whole week", Then.KEEP),
        ("team", "service_not_mapped", "and the directorate, if there is one, hold no words that say a service, so it "
         "counts as not known", lambda c: c.context.service_unlisted(c, of), ERROR, "Words such as Home Care or "
         "Hospital Team", Then.KEEP),
    )  # fmt: skip


def _ages(cells, born):
    return whole_years(born(cells), cells.context.as_at)


def _outside(values, low, high):
    return (values < low) | (values > high)


def _fte_differs(cells, of):
    """No whole week between the two limits makes the share what it says; casual work has no share to speak of."""
    fte, hours = cells.number(of["fte"]), cells.number(of.get("hours", ""))
    low, high = (np.minimum(1, hours / week) for week in reversed(WEEKS))
    casual = valued(cells, of.get("contract", ""), "bank", "agency")
    return ((fte < low - NEAR) | (fte > high + NEAR)) & ~casual


def _staff(of):
    return (
        ("leaving_date", "not_yet_left", "is after the day that the list describes, so the post counts as filled",
         lambda c: c.number(of["leaving_date"]) > c.context.as_at_number, Severity.WARNING, "Nothing needs to be done",
         Then.KEEP),
        _too_long_ago(of),
        ("leaving_reason", "reason_without_date", "is filled although there is no leaving date",
         lambda c: c.filled(of["leaving_reason"]) & c.blank(of.get("leaving_date", "")), Severity.WARNING,
         "A leaving date, or a blank cell", Then.KEEP),
    )  # fmt: skip


def _leaving(of):
    return (
        ("leaving_date", "after_the_day", "is after the day that the list describes, so the row was left out",
         lambda c: c.number(of["leaving_date"]) > c.context.as_at_number, Severity.WARNING,
         "A day of the twelve months up to the one that the list describes", LEAVE_OUT),
        _too_long_ago(of),
    )  # fmt: skip


def _too_long_ago(of):
    return (
        "leaving_date", "before_the_year", "is more than twelve months before the day that the list describes, so the "
        "row was left out", lambda c: c.number(of["leaving_date"]) <= c.context.year_before_number, Severity.WARNING,
        "A day of the twelve months up to the one that the list describes", LEAVE_OUT,
    )  # fmt: skip
