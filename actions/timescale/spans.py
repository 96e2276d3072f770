"""From "a unit in a year" to first and last day, under the house conventions for timescales.

A unit is what the writer named (a day, a month, a quarter ...); a year may be a calendar, financial (April to March)
or academic (September to August) year, or missing. Where the words allow several readings, the plan's own period
decides if exactly one reading ends within it; otherwise the reading is unclear, or there is none.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .reading import Confidence, Precision, weaker

FIRST_YEAR, LAST_YEAR = 1900, 2099
LAST_SHORT_YEAR = 60  # without a plan's period, two digits above this are not taken for 20yy
WINTER = 4

Period = tuple[date, date]


class YearKind(StrEnum):
    """Which twelve months a year's number stands for."""

    CALENDAR = "calendar"
    FINANCIAL = "financial"
    ACADEMIC = "academic"
    SINGLE_FINANCIAL = "single-financial"  # "FY 2025": one number for a year that touches two


FIRST_MONTH = {YearKind.CALENDAR: 1, YearKind.FINANCIAL: 4, YearKind.SINGLE_FINANCIAL: 4, YearKind.ACADEMIC: 9}


@dataclass(frozen=True, slots=True)
class Year:
    """A year as written; `short` when it had two digits and its century is still open."""

    number: int
    kind: YearKind = YearKind.CALENDAR
    short: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """What was named: `number` is the month, quarter, half or season (spring is 1); `day` only for a day."""

    precision: Precision
    number: int = 0
    day: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of what was named; `opens` when the first day is worth storing as a start."""

    first: date
    last: date
    precision: Precision
    confidence: Confidence = Confidence.CLEAR
    note: str = ""
    opens: bool = False

    def doubted(self, confidence: Confidence, note: str) -> "Span":
        """The same days, with less certainty and the reason why."""
        return replace(self, confidence=weaker(self.confidence, confidence), note=note or self.note)


WHOLE_YEAR = Unit(Precision.YEAR)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    last_month = month + count - 1
    last_year, last_month = year + (last_month - 1) // 12, (last_month - 1) % 12 + 1
    return date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])


def _calendar_year(month: int, year: Year) -> int:
    return year.number + (month < FIRST_MONTH[year.kind])


def _convention(year: Year) -> Confidence:
    return Confidence.CLEAR if year.kind is YearKind.CALENDAR else Confidence.LIKELY


def _place_day(unit: Unit, year: Year) -> Span:
    day = date(_calendar_year(unit.number, year), unit.number, unit.day)
    return Span(day, day, Precision.DAY, _convention(year))


def _place_month(unit: Unit, year: Year) -> Span:
    first, last = _months(_calendar_year(unit.number, year), unit.number, 1)
    return Span(first, last, Precision.MONTH, _convention(year))


def _place_part(unit: Unit, year: Year) -> Span:
    length = {Precision.QUARTER: 3, Precision.HALF_YEAR: 6}[unit.precision]
    month = (FIRST_MONTH[year.kind] - 1 + (unit.number - 1) * length) % 12 + 1
    first, last = _months(_calendar_year(month, year), month, length)
    return Span(first, last, unit.precision, opens=True)


def _place_season(unit: Unit, year: Year) -> Span:
    month = unit.number * 3
    first, last = _months(_calendar_year(month, year), month, 3)
    note = f"Seasons are taken as whole months: this one ends in {last:%B %Y}."
    return Span(first, last, Precision.SEASON, Confidence.LIKELY, note)


def _place_year(unit: Unit, year: Year) -> Span:
    first, last = _months(year.number, FIRST_MONTH[year.kind], 12)
    if year.kind is YearKind.FINANCIAL:
        return Span(first, last, Precision.FINANCIAL_YEAR)
    note = "An academic year is taken as September to August." if year.kind is YearKind.ACADEMIC else ""
    return Span(first, last, Precision.YEAR, _convention(year), note)


PLACERS = {
    Precision.DAY: _place_day,
    Precision.MONTH: _place_month,
    Precision.QUARTER: _place_part,
    Precision.HALF_YEAR: _place_part,
    Precision.SEASON: _place_season,
    Precision.YEAR: _place_year,
}


def place(unit: Unit, year: Year) -> Span | None:
    """The days of a unit in a year whose kind and century are known; None when there is no such day or year."""
    if not FIRST_YEAR <= year.number <= LAST_YEAR:
        return None
    try:
        return PLACERS[unit.precision](unit, year)
    except ValueError:
        return None


def _centuries(year: Year) -> list[Year]:
    if not year.short:
        return [year]
    return [replace(year, number=century + year.number, short=False) for century in (2000, 1900)]


def _kinds(unit: Unit, year: Year) -> list[Year]:
    """The kinds of year that a number may stand for, the house convention first."""
    financial = replace(year, kind=YearKind.FINANCIAL)
    before = replace(financial, number=year.number - 1)
    if year.kind is YearKind.SINGLE_FINANCIAL:
        return [before, financial]
    if year.kind is YearKind.CALENDAR and unit.precision in (Precision.QUARTER, Precision.HALF_YEAR):
        return [financial, year]
    if year.kind is YearKind.CALENDAR and unit == Unit(Precision.SEASON, WINTER):
        return [financial, before]
    return [year]


def _years_of(unit: Unit, period: Period | None) -> list[Year]:
    """The years that a unit without a year may belong to: those the plan touches."""
    if not period:
        return []
    parts = unit.precision in (Precision.QUARTER, Precision.HALF_YEAR)
    kind = YearKind.FINANCIAL if parts or unit == Unit(Precision.SEASON, WINTER) else YearKind.CALENDAR
    return [Year(number, kind) for number in range(period[0].year - 1, period[1].year + 1)]


def options(unit: Unit, year: Year | None, period: Period | None) -> list[Span]:
    """Every span that the words allow, the house convention first; empty for an impossible or undecidable date."""
    years = _years_of(unit, period) if year is None else [y for c in _centuries(year) for y in _kinds(unit, c)]
    return [span for span in (place(unit, y) for y in years) if span]


def within(span: Span, period: Period | None) -> bool:
    """True when a span ends inside the plan's period."""
    return bool(period) and period[0] <= span.last <= period[1]


def runs_in_financial_years(period: Period | None) -> bool:
    """True when a plan starts on 1 April or ends on 31 March."""
    return bool(period) and ((period[0].month, period[0].day) == (4, 1) or (period[1].month, period[1].day) == (3, 31))


def _third_of_month(span: Span, third: int) -> tuple[date, date]:
    first = span.first.replace(day=1 + 10 * third)
    return first, span.last if third == 2 else span.first.replace(day=10 + 10 * third)


def _third_of_year(span: Span, third: int) -> tuple[date, date]:
    month = span.first.month - 1 + 4 * third
    return _months(span.first.year + month // 12, month % 12 + 1, 4)


def narrow(span: Span, third: int) -> Span:
    """Early (0), mid (1) or late (2) in a span: ten days of a month, four months of a year, else the whole span."""
    if span.precision is Precision.MONTH:
        first, last = _third_of_month(span, third)
    elif span.precision in (Precision.YEAR, Precision.FINANCIAL_YEAR):
        first, last = _third_of_year(span, third)
    else:
        first, last = span.first, span.last
    confidence = Confidence.LIKELY if span.precision is Precision.MONTH else Confidence.UNCLEAR
    note = "Early, mid and late are taken as thirds of the month or year named."
    return replace(span, first=first, last=last, opens=True).doubted(confidence, note)
