"""The plan as a timeline: each row's dates in words, and beside them as a picture.

The picture is drawn row by row inside a table, so that words and picture cannot part, headings repeat on paper, and
whoever does not see the picture misses nothing. Lengths are percentages of the picture's column; nothing is styled
but by classes, as the content policy wants.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString

from actions.gantt import Frame, line_of, ticks_of
from actions.models import Status
from actions.presenting import Row, moved_html, rag_mark, text_html
from actions.timescale import describe, from_json

HEIGHT = 42  # of the lowest row's picture, in pixels
MIDDLE = HEIGHT // 2  # beside the first line of words


@dataclass(frozen=True)
class TimelineDrawing:
    """How the rows of a timeline are drawn. Groups are made of its rows as they are of the table's."""

    lookups: object
    today: date
    address: str  # the beginning of every row's address
    frame: Frame

    def row(self, action):
        reading = from_json(action.reading) if action.reading else None
        late = action.is_late(self.today)
        ref, href = escape(action.ref or "Open"), f"{self.address}{action.pk}/"
        html = (
            f'<tr role="row" id="row-{action.pk}">'
            f'<th role="rowheader" scope="row" data-label="Ref"><a class="govuk-link" href="{href}">{ref}</a></th>'
            f'<td role="cell" data-label="Activity">{text_html(action.activity)}{self._lead(action)}</td>'
            f'<td role="cell" data-label="Dates">{dates_in_words(action, reading)}{moved_html(action)}'
            f"{_marks(action, late)}</td>"
            f'<td role="cell" class="timeline__picture">{self._picture(action, reading, late, href)}</td></tr>'
        )
        return Row(action.pk, SafeString(html), late)

    def _lead(self, action):
        name = self.lookups.organisations.get(action.lead_organisation_id)
        return f'<span class="plan-organisation">{escape(name)}</span>' if name else ""

    def _picture(self, action, reading, late, href):
        """For those who see it: hidden from others, who have the dates beside it, and passed over by the Tab key."""
        if reading is None:
            return _svg('<use href="#timeline-grid"/>')
        ticked = {int(place) for place in action.reading.get("done", {})}
        line = line_of(
            reading,
            self.frame,
            is_confirmed=bool(action.reading.get("confirmed")),
            done=range(len(reading.milestones)) if action.status == Status.BLUE else ticked,
            late_since=action.due_on if late else None,
            today=self.today,
        )
        drawn = "".join([*map(_bar, line.bars), *map(_point, line.points), _overdue(line)])
        if line.is_empty:
            return _svg(f'<use href="#timeline-grid"/>{_text(50, "middle", "No certain date")}')
        return _svg(f'<use href="#timeline-grid"/><a href="{href}" tabindex="-1">{drawn}</a>')


def dates_in_words(action, reading):
    """The timescale as written, and what was understood of it where that says more."""
    words = text_html(action.timescale_text)
    understood = describe(reading) if reading else ""
    if not words or not understood or understood == action.timescale_text:
        return words or "No timescale"
    done = [reading.milestones[int(place)] for place in action.reading.get("done", {})]
    named = f": {', '.join(map(_milestone_name, done))}" if len(reading.milestones) > 1 else ""
    ticked = f"; done{named}" if done else ""
    return f'{words}<span class="plan-understood">{escape(understood + ticked)}</span>'


def _milestone_name(milestone):
    return milestone.label or (f"{milestone.due:%-d %B %Y}" if milestone.due else "a milestone")


def _marks(action, late):
    mark = '<strong class="govuk-tag govuk-tag--red">Late</strong>' if late else ""
    return f'<span class="timeline__marks">{mark}{rag_mark(action.status)}</span>'


def scale(frame, today):
    """The heading of the picture: years and quarters, today, and the grid that every row's picture uses again."""
    ticks = ticks_of(frame)
    now = frame.place(today) if today in frame else None
    grid = "".join(_upright(tick.at, "year" if tick.is_year else "quarter") for tick in ticks)
    grid += _upright(now, "now") if now is not None else ""
    years = [tick for tick in ticks if tick.is_year]
    first = [_text(0, "start", str(frame.start.year), 14)] if not years or years[0].at > 6 else []
    words = first + [_text(tick.at, "start", tick.label, 14) for tick in years]
    words += [_text(tick.at, "start", tick.label, 32) for tick in ticks if not tick.is_year]
    if now is not None:
        words.append(_text(now, "end" if now > 50 else "start", "Today", 50, "timeline__today"))
    return _svg(f'<defs><g id="timeline-grid">{grid}</g></defs><use href="#timeline-grid"/>{"".join(words)}', 56)


def _upright(at, kind):
    return f'<line class="timeline__{kind}" x1="{at}%" x2="{at}%" y1="0" y2="100%"/>'


def _svg(inside, height=HEIGHT):
    return SafeString(
        f'<svg class="timeline__svg" width="100%" height="{height}" aria-hidden="true" focusable="false">{inside}</svg>'
    )


def _text(at, anchor, words, y=MIDDLE + 5, name="timeline__words"):
    away = {"start": 4, "end": -4, "middle": 0}[anchor]
    return f'<text class="{name}" x="{at}%" y="{y}" dx="{away}" text-anchor="{anchor}">{escape(words)}</text>'


def _bar(bar):
    kind = "open" if bar.is_open else "dated" if bar.is_certain else "likely"
    arrow = "timeline__arrow" if kind == "dated" else "timeline__arrow timeline__arrow--open"
    drawn = (
        f'<rect class="timeline__bar timeline__bar--{kind}" x="{bar.start}%" y="{MIDDLE - 7}" '
        f'width="{max(bar.width, 0.4)}%" height="14" rx="2"/>'
    )
    if bar.from_before:
        drawn += _at(bar.start, f"M7 {MIDDLE - 5}l-6 5 6 5z", arrow)
    if bar.goes_on:
        drawn += _at(bar.end, f"M-7 {MIDDLE - 5}l6 5 -6 5z", arrow)
    return drawn


def _point(point):
    """A diamond on its day, or an arrow at the edge for a day outside."""
    if point.beyond:
        side = 1 if point.beyond > 0 else -1
        return _at(point.at, f"M{-7 * side} {MIDDLE - 5}l{6 * side} 5 {-6 * side} 5z", "timeline__point")
    names = ["timeline__point", *(["timeline__point--done"] if point.is_done else [])]
    names += [] if point.is_certain else ["timeline__point--likely"]
    # Drawn before its day's end, so that one due on the last day is whole.
    return _at(point.at, f"M-7 {MIDDLE - 7}l7 7 -7 7 -7 -7z", " ".join(names))


def _at(at, path, names):
    """A shape of a fixed size at a percentage of the width."""
    return f'<svg x="{at}%" y="0" overflow="visible"><path class="{names}" d="{path}"/></svg>'


def _overdue(line):
    """Since when it is late: a broken line up to today, and the word."""
    if not line.overdue:
        return ""
    start, end = line.overdue
    drawn = f'<line class="timeline__overdue" x1="{start}%" x2="{end}%" y1="{MIDDLE}" y2="{MIDDLE}"/>'
    return drawn + (_text(end, "start", "Late", name="timeline__late") if end < 90 else "")
