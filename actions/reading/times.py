"""Tables whose columns are periods of time: a filled cell is a milestone, a run of marked or shaded cells is a span."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actions.timescale import Confidence, Kind, Milestone, Precision, Qualifier, Reading, read_timescale

from .grids import Cell, Row

MARKED = re.compile(r"^[\sxX✓✔●■*•✕✖√]*$")
WHITE = {"FFFFFF", "F2F2F2", "D9D9D9"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Period:
    """One cell, or a run of marked cells, under headings that are periods."""

    first: str  # heading
    last: str
    label: str | None = None

    @property
    def words(self) -> str:
        span = self.first if self.first == self.last else f"{self.first} – {self.last}"
        return f"{span}: {self.label}" if self.label else span


def periods_of(row: Row, times: Iterable[tuple[int, str]]) -> list[Period]:
    """What a row holds under time headings, left to right."""
    found: list[Period] = []
    is_running = False
    for index, heading in times:
        cell = row.cell(index)
        if not _is_filled(cell):
            is_running = False
        elif not MARKED.match(cell.text):
            found.append(Period(heading, heading, " ".join(cell.text.split())))
            is_running = False
        elif is_running:
            found[-1] = Period(found[-1].first, heading)
        else:
            found.append(Period(heading, heading))
            is_running = True
    return found


def _is_filled(cell: Cell) -> bool:
    return bool(cell.text) or (cell.shading is not None and cell.shading not in WHITE)


def reading_of(periods: list[Period], headings: list[str], period: tuple[date, date] | None) -> Reading:
    """The periods of a row as milestones. A label is due at the end of its heading; a run also has a start."""
    spans = dated(headings, period)
    milestones = []
    for each in periods:
        first, last = spans.get(each.first), spans.get(each.last)
        if last is None:
            continue
        start = None if each.label or first is None else first[0]
        milestones.append(Milestone(each.label, start, last[1], Precision.MONTH, Qualifier.BY, Confidence.LIKELY))
    return Reading(Kind.DATED if milestones else Kind.BLANK, tuple(milestones))


def dated(headings: list[str], period: tuple[date, date] | None) -> dict[str, tuple[date, date]]:
    """First and last day of each heading. A month without a year takes it from the headings after or before it."""
    found = {heading: _days(heading, period) for heading in headings}
    for ordered, step in ((list(reversed(headings)), -1), (headings, 1)):
        known = None
        for heading in ordered:
            found[heading] = found[heading] or _beside(heading, known, step)
            known = found[heading]
    return {heading: days for heading, days in found.items() if days}


def _days(heading: str, period: tuple[date, date] | None) -> tuple[date, date] | None:
    milestones = read_timescale(heading, period=period).milestones
    if len(milestones) != 1 or milestones[0].due is None:
        return None
    due = milestones[0].due
    return milestones[0].start or _first_day(heading, due), due


def _first_day(heading: str, due: date) -> date:
    is_month = any(month in heading.casefold() for month in MONTHS)
    return due.replace(day=1) if is_month else date(due.year - (due.month < 12), due.month % 12 + 1, 1)


def _beside(heading: str, known: tuple[date, date] | None, step: int) -> tuple[date, date] | None:
    """The month or quarter of this name nearest before (step -1) or after (1) a heading whose days are known."""
    if known is None:
        return None
    year = known[0].year
    options = [_days(f"{heading} {each}", None) for each in (year - 1, year, year + 1)]
    options = [days for days in options if days and (days < known if step < 0 else days > known)]
    return (max(options) if step < 0 else min(options)) if options else None
