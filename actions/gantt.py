"""Where bars, milestones and the scale of a timeline stand. Pure: dates in, percentages of the picture's width out.

A picture is 100 wide, from the first day of its frame to the last. Nothing is ever placed outside it: what goes on
before or beyond is cut at the edge and marked as going on. A date that a person must still confirm (unclear) is not
placed at all.
"""

from dataclasses import dataclass
from datetime import date

from actions.timescale import Confidence, Kind

MOST_QUARTERS = 20  # A longer frame has a line for each year only,
MOST_YEARS = 24  # and one longer still for every fifth, or tenth, and so on.
YEARS_BETWEEN = (1, 5, 10, 50, 100, 500)
MONTHS = ("January", "April", "July", "October")


@dataclass(frozen=True)
class Frame:
    """The days that a picture covers, both included."""

    start: date
    end: date

    @property
    def days(self):
        return self.end.toordinal() - self.start.toordinal() + 1

    def place(self, day):
        """How far along a day begins, in per cent of the width; the nearest edge for a day outside."""
        return self._at(day.toordinal())

    def place_after(self, day):
        """How far along a day ends."""
        return self._at(day.toordinal() + 1)

    def _at(self, ordinal):
        share = (ordinal - self.start.toordinal()) / self.days
        return round(min(max(share, 0), 1) * 100, 3)

    def __contains__(self, day):
        return self.start <= day <= self.end


@dataclass(frozen=True)
class Tick:
    """A line of the scale: where it stands and what begins there; `is_year` for the first of January."""

    at: float
    label: str
    is_year: bool


@dataclass(frozen=True)
class Bar:
    """Work from one day to another. `from_before` and `goes_on`: it began or ends outside the picture, or has no
    end."""

    start: float
    end: float
    label: str = ""
    from_before: bool = False
    goes_on: bool = False
    is_certain: bool = True
    is_open: bool = False  # no day was written for its beginning

    @property
    def width(self):
        return round(self.end - self.start, 3)


@dataclass(frozen=True)
class Point:
    """A day by which something is due. `beyond` is -1 or 1 when it lies before or after the picture."""

    at: float
    label: str = ""
    beyond: int = 0
    is_done: bool = False
    is_certain: bool = True


@dataclass(frozen=True)
class Line:
    """All that is drawn for one row, each kind from left to right. `overdue` is (from, to) for a row that is late."""

    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()
    overdue: tuple[float, float] | None = None

    @property
    def is_empty(self):
        return not self.bars and not self.points


def frame_of(start, end):
    """The frame for a period: widened to whole quarters, so that the scale begins and ends on a line."""
    first = date(start.year, start.month - (start.month - 1) % 3, 1)
    month = end.month + 2 - (end.month - 1) % 3
    return Frame(first, date(end.year, month, 30 if month in (6, 9) else 31))


def ticks_of(frame):
    """The lines of the scale, left to right: quarters, or years where those would be many."""
    starts = _quarters(frame) if frame.days <= MOST_QUARTERS * 92 else []
    if not 0 < len(starts) <= MOST_QUARTERS:
        starts = _years(frame)
    return tuple(Tick(frame.place(day), _tick_label(day), day.month == 1) for day in starts)


def _quarters(frame):
    years = range(frame.start.year, frame.end.year + 1)
    return [day for year in years for month in (1, 4, 7, 10) if (day := date(year, month, 1)) in frame]


def _years(frame):
    first = frame.start.year + (frame.start > date(frame.start.year, 1, 1))
    ways = (range(first + -first % apart, frame.end.year + 1, apart) for apart in YEARS_BETWEEN)
    return [date(year, 1, 1) for year in next(way for way in ways if len(way) <= MOST_YEARS)]


def _tick_label(day):
    return str(day.year) if day.month == 1 else MONTHS[day.month // 3][:3]


def line_of(reading, frame, *, is_confirmed=False, done=frozenset(), late_since=None, today):
    """What to draw for one row.

    reading: what was understood of its timescale. is_confirmed: a person has confirmed that. done: the places of the
    milestones that are ticked off. late_since: the certain end that has passed, or None. today: date.
    """
    shown = [
        (place, one)
        for place, one in enumerate(reading.milestones)
        if is_confirmed or one.confidence is not Confidence.UNCLEAR
    ]
    runs_on = reading.ongoing or reading.kind is Kind.RECURRING
    bars = [_bar(one, frame, is_confirmed, runs_on) for _, one in shown if one.start and one.start != one.due]
    if runs_on and not bars:
        bars = [_open_bar(reading, frame)]
    points = [
        _point(one, frame, place in done, is_confirmed)
        for place, one in shown
        if one.due and (not one.start or one.start == one.due)
    ]
    return Line(
        bars=tuple(sorted((bar for bar in bars if bar), key=lambda bar: (bar.start, bar.end))),
        points=tuple(sorted(points, key=lambda point: point.at)),
        overdue=_overdue(frame, late_since, today),
    )


def _bar(milestone, frame, is_confirmed, runs_on):
    """A span of days; None when all of it lies outside the frame."""
    start, due = milestone.start, milestone.due
    if start > frame.end or (due and (due < frame.start or due < start)):
        return None
    return Bar(
        start=frame.place(start),
        end=frame.place_after(due) if due else 100.0,
        label=milestone.label or "",
        from_before=start < frame.start,
        goes_on=due > frame.end if due else True,
        is_certain=is_confirmed or milestone.confidence is Confidence.CLEAR,
    )


def _open_bar(reading, frame):
    """Work that goes on all the time, until its end if it has one."""
    until = reading.end
    if until and until < frame.start:
        return None
    end = frame.place_after(until) if until else 100.0
    return Bar(0.0, end, from_before=True, goes_on=not until or until > frame.end, is_open=True)


def _point(milestone, frame, is_done, is_confirmed):
    due = milestone.due
    return Point(
        at=frame.place_after(due) if due in frame else frame.place(due),
        label=milestone.label or "",
        beyond=(due > frame.end) - (due < frame.start),
        is_done=is_done,
        is_certain=is_confirmed or milestone.confidence is Confidence.CLEAR,
    )


def _overdue(frame, late_since, today):
    if late_since is None or late_since >= today:
        return None
    return frame.place_after(late_since), frame.place_after(today)
