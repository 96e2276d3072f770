"""A reading in a few plain words, to stand small under what was written."""

from datetime import date

from .reading import Confidence, Kind, Milestone, Qualifier, Reading

EVERY = {
    "weekly": "Every week",
    "fortnightly": "Every fortnight",
    "monthly": "Every month",
    "quarterly": "Every quarter",
    "six-monthly": "Every six months",
    "annual": "Every year",
    None: "Repeats",
}
UNDATED = {
    Kind.RELATIVE: "Relative, no date",
    Kind.TO_BE_CONFIRMED: "To be confirmed",
    Kind.NOT_APPLICABLE: "Not applicable",
    Kind.BLANK: "No timescale",
    Kind.NOT_UNDERSTOOD: "Not understood",
}


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _dates(milestone: Milestone) -> str:
    start, due = milestone.start, milestone.due
    about = "about " if milestone.qualifier is Qualifier.ABOUT else ""
    if start and due and start != due:
        return f"{about}{_day(start)} to {_day(due)}"
    return f"{about}{_day(due)}" if due else f"from {_day(start)}"


def _milestone(milestone: Milestone) -> str:
    label = f"{milestone.label}: " if milestone.label else ""
    check = " (please check)" if milestone.confidence is Confidence.UNCLEAR else ""
    return f"{label}{_dates(milestone)}{check}"


def _dated(reading: Reading) -> str:
    only = reading.milestones[0] if len(reading.milestones) == 1 else None
    arrow = "→ " if only and not only.label and not only.start and only.qualifier is not Qualifier.ABOUT else ""
    return arrow + "; ".join(map(_milestone, reading.milestones))


def _running(reading: Reading, opening: str) -> str:
    """ "Every quarter from 1 April 2025", "Ongoing; review: 31 March 2026"."""
    bare = len(reading.milestones) == 1 and not reading.milestones[0].label and reading.milestones[0].due is None
    if not reading.milestones:
        return opening
    only = reading.milestones[0]
    if len(reading.milestones) == 1 and not only.label and only.qualifier is Qualifier.BY:
        return f"{opening} until {_milestone(only)}"
    return f"{opening}{' ' if bare else '; '}{_dated(reading).removeprefix('→ ')}"


def _ending(reading: Reading) -> str:
    return ", no end date" if reading.ongoing and not reading.end else ""


def describe(reading: Reading) -> str:
    """What was understood, in plain English: dates in full, "(please check)" where a person must confirm."""
    if reading.kind is Kind.RECURRING or (reading.kind is Kind.ONGOING and reading.recurs):
        opening = EVERY[reading.recurs]
        return _running(reading, opening) + (", ongoing" if reading.ongoing else "")
    if reading.kind is Kind.ONGOING:
        return _running(reading, "Ongoing") + _ending(reading)
    return UNDATED.get(reading.kind) or _dated(reading)
