"""Which year a date belongs to: its own, its neighbour's or the plan's; or no reading at all."""

from dataclasses import replace

from .forms import Mention, Unread
from .pieces import Piece
from .reading import Confidence, Precision
from .spans import (
    LAST_SHORT_YEAR,
    WINTER,
    Period,
    Span,
    Unit,
    Year,
    YearKind,
    options,
    place,
    runs_in_financial_years,
    within,
)
from .vocabulary import Role

DAY_AND_MONTH = {Precision.DAY, Precision.MONTH}
JOINING = {Role.LINK, Role.SOFT, Role.FILLER, Role.QUALIFIER, Role.THIRD, Role.WEEKDAY}


def _next_date(pieces: list[Piece], at: int) -> int | None:
    """The date that a date is joined to by links alone."""
    for index in range(at + 1, len(pieces)):
        if pieces[index].role is Role.DATE:
            return index if index > at + 1 else None
        if pieces[index].role not in JOINING:
            return None
    return None


def _lent(unit: Unit, lender: Mention) -> tuple[Unit, Year | None] | None:
    """The unit with the year (for a lone day also the month) of the date after it, if they stay in order."""
    other, year = lender.readings[0]
    alike = unit.precision is other.precision or (unit.number and {unit.precision, other.precision} == DAY_AND_MONTH)
    if not alike:
        return None
    unit = Unit(unit.precision, unit.number or other.number, unit.day)
    trial = replace(year, number=2000 + year.number % 100, short=False) if year else Year(2000)
    mine, theirs = place(unit, trial), place(other, trial)
    ordered = mine and theirs and mine.first <= theirs.last
    return (unit, year) if ordered or not mine else None


def _borrow(pieces: list[Piece], at: int) -> Mention:
    mention, lender_at = pieces[at].value, _next_date(pieces, at)
    lender = pieces[lender_at].value if lender_at else None
    if not lender or not mention.lacks_year or lender.unit is None:
        return mention
    reading = _lent(mention.unit, lender)
    if reading is None:
        return mention
    between = at and pieces[at - 1].value == "between"
    listed = not between and any(p.value == "list" or p.role is Role.SOFT for p in pieces[at:lender_at])
    doubt = "took its year from the date after it" if listed and mention.unit.number else mention.doubt
    return replace(mention, readings=(reading,), doubt=doubt)


def _undecided(mention: Mention, spans: list[Span], period: Period | None) -> Span | Unread:
    """What remains when the plan's period does not decide: a convention, marked as one, or nothing."""
    unit, year = mention.readings[0]
    if len(mention.readings) > 1:
        return Unread("can be read in more than one way")
    if year is None:
        return Unread("has no year")
    if unit == Unit(Precision.SEASON, WINTER):
        return Unread("could end in either of two years")
    if year.kind is YearKind.SINGLE_FINANCIAL:
        return spans[0].doubted(
            Confidence.UNCLEAR, "‘{}’ could be the year that ends then or the year that starts then."
        )
    if year.short and (
        year.kind is YearKind.FINANCIAL or unit.precision not in (Precision.QUARTER, Precision.HALF_YEAR)
    ):
        return _short_year(unit, year, spans[0], period)
    return spans[0].doubted(
        Confidence.UNCLEAR, "‘{}’ could be a calendar or a financial year; the financial year was taken."
    )


def _short_year(unit: Unit, year: Year, span: Span, period: Period | None) -> Span | Unread:
    if period and unit.precision is Precision.MONTH and year.number <= 31:
        return Unread("is outside the plan's own period, so the number may be a day")
    if period:
        return span.doubted(Confidence.UNCLEAR, "‘{}’ is outside the plan's own period.")
    confidence = Confidence.LIKELY if year.number <= LAST_SHORT_YEAR else Confidence.UNCLEAR
    return span.doubted(confidence, "The year in ‘{}’ has two digits.")


def resolve(mention: Mention, period: Period | None) -> Span | Unread:
    """The one span a mention stands for, with its confidence; an `Unread` where there is none or more than one."""
    if mention.span:
        return mention.span
    spans = [span for unit, year in mention.readings for span in options(unit, year, period)]
    inside = [span for span in spans if within(span, period)]
    if not spans:
        return Unread("has no year" if mention.lacks_year else "is not a date in the calendar")
    if len(spans) == 1 and not mention.lacks_year:
        return _with_doubts(spans[0], mention, period)
    if len(inside) == 1:
        span = inside[0].doubted(Confidence.LIKELY, "The plan's own period settled the year of ‘{}’.")
        return _with_doubts(span, mention, period)
    undecided = _undecided(mention, spans, period)
    return undecided if isinstance(undecided, Unread) else _with_doubts(undecided, mention, period)


def _with_doubts(span: Span, mention: Mention, period: Period | None) -> Span:
    if span.precision is Precision.YEAR and span.last.month == 12 and runs_in_financial_years(period):
        span = span.doubted(
            Confidence.LIKELY, "‘{}’ was taken to end in December, though the plan runs in financial years."
        )
    return span.doubted(mention.certainty, f"‘{{}}’ {mention.doubt}.") if mention.doubt else span


def _settled(piece: Piece, period: Period | None) -> Piece:
    value = resolve(piece.value, period)
    if isinstance(value, Unread):
        return replace(piece, role=Role.UNREAD, value=value)
    return replace(piece, value=replace(value, note=value.note.replace("{}", piece.text)))


def _explained(pieces: list[Piece], at: int, mentions: dict[int, Mention]) -> bool:
    """True for a date without a year whose months are written out in the brackets after it: "Q2 (Jul-Sep 2024)"."""
    after = pieces[at + 1 : at + 7]
    close = next((n for n, p in enumerate(after) if p.role is Role.CLOSE), 0)
    spans = [p.value for p in after[:close] if p.role is Role.DATE]
    if not (spans and after[0].role is Role.OPEN and mentions[at].lacks_year):
        return False
    days = (spans[0].first, spans[-1].last)
    kinds = (YearKind.FINANCIAL, YearKind.CALENDAR)
    placed = [place(mentions[at].unit, Year(days[0].year - n, kind)) for n in (0, 1) for kind in kinds]
    return any(span and (span.first, span.last) == days for span in placed)


def settle(pieces: list[Piece], period: Period | None) -> list[Piece]:
    """The pieces with every date a `Span`; those that cannot be settled turn into unread pieces."""
    for at in reversed(range(len(pieces))):
        if pieces[at].role is Role.DATE:
            pieces[at] = replace(pieces[at], value=_borrow(pieces, at))
    mentions = {at: p.value for at, p in enumerate(pieces) if p.role is Role.DATE}
    settled = [_settled(p, period) if p.role is Role.DATE else p for p in pieces]
    for at in mentions:
        if settled[at].role is Role.UNREAD and _explained(settled, at, mentions):
            settled[at] = replace(settled[at], role=Role.OTHER)
    return [_doubted_year(settled, at, mentions[at]) if at in mentions else p for at, p in enumerate(settled)]


def _touching(pieces: list[Piece], at: int, bare: bool) -> set[Role]:
    """What stands right beside a year and may make it part of something else: "2024/25 plan", "Care Act 2014"."""
    before = pieces[at - 1] if at else None
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if bare and before and before.value == "range" and at > 1 and before.start == pieces[at - 2].end:
        before = pieces[at - 2]
    beside = {after.role} if after else set()
    if bare and before and before.role in (Role.QUALIFIER, Role.LINK, Role.THIRD, Role.FILLER):
        return set()
    beside |= {before.role} if bare and before else set()
    return beside & {Role.WORD, Role.UNREAD, Role.NUMBER, *([Role.NUMBERED] if bare else [])}


def _doubted_year(pieces: list[Piece], at: int, mention: Mention) -> Piece:
    """A year beside an ordinary word may name a thing: it is a date only if nothing else in the text is one."""
    piece = pieces[at]
    whole = mention.span is not None or (mention.unit is not None and mention.unit.precision is Precision.YEAR)
    touching = _touching(pieces, at, mention.bare) if whole and piece.role is Role.DATE else set()
    if not touching:
        return piece
    others = sum(p.role is Role.DATE for p in pieces) > 1
    if others or Role.UNREAD in touching:
        return replace(piece, role=Role.UNREAD, value=Unread("may be part of a name"))
    if not mention.bare:
        return piece
    return replace(piece, value=piece.value.doubted(Confidence.UNCLEAR, f"‘{piece.text}’ may be part of a name."))
