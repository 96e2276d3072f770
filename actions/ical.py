"""Dates as a calendar file (iCalendar, RFC 5545 and 7986). Pure: plain values in, bytes out."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import blake2s

from icalendar import Calendar, Event
from icalendar.prop import vDuration, vText

from partners.text import clean_text

MAKER = "-//Joint workforce planner//Dates of a plan//EN"
READ_AGAIN_AFTER = timedelta(hours=6)
COLOUR = "teal"  # the nearest that the format has a name for
DONE = "Done"
LINE_ENDS = dict.fromkeys(map(ord, "\u2028\u2029"), "\n")  # which some programs take for the end of a line


@dataclass(frozen=True)
class Day:
    """One milestone of a row on its day. `key` stays when the date moves; `place` is that in the reading."""

    key: str
    name: str
    day: date
    place: int


@dataclass(frozen=True)
class Entry:
    """One whole day of the calendar. `version` only grows; `changed` has a time zone."""

    uid: str
    day: date
    title: str
    words: str
    address: str
    is_done: bool
    changed: datetime
    version: int


def days_of(reading):
    """The milestones of a reading that have a day: the one they are due on, or else the one they begin on.

    The end of the row is the last of them. A key is made of the label and of how many of that label came before, so
    that a calendar program knows a milestone again after its date was moved or another was put before it.
    """
    dated = [(place, one) for place, one in enumerate(reading.milestones) if one.due or one.start]
    seen, days = Counter(), []
    for number, (place, one) in enumerate(dated, start=1):
        label = (one.label or "").casefold()
        key = f"{blake2s(label.encode(), digest_size=4).hexdigest()}-{seen[label]}"
        seen[label] += 1
        days.append(Day(key, _name(one, number, len(dated)), one.due or one.start, place))
    return days


def _name(milestone, number, count):
    if not milestone.due:
        return f"{milestone.label} begins" if milestone.label else "begins"
    return milestone.label or ("due" if count == 1 else f"milestone {number} of {count}")


def calendar_file(*, uid, name, about, entries):
    """The whole file. The same entries make the same bytes, so that they can be compared."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", MAKER)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("uid", uid)
    # Each of these twice: under the name of the standard, and under the one that most programs read.
    for key, words in (("name", name), ("x-wr-calname", name), ("description", about), ("x-wr-caldesc", about)):
        calendar.add(key, _line(words))
    calendar.add("refresh-interval", READ_AGAIN_AFTER, {"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_AGAIN_AFTER))
    calendar.add("color", COLOUR)
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _event(entry):
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed)
    event.add("last-modified", entry.changed)
    event.add("sequence", entry.version)
    event.add("dtstart", entry.day)
    if entry.day < date.max:
        event.add("dtend", entry.day + timedelta(days=1))  # the day after: an end is not part of an event
    event.add("summary", _line(f"{DONE}: {entry.title}" if entry.is_done else entry.title))
    event.add("description", Text(plain(entry.words)))
    event.add("url", entry.address)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # it is a date to know of, and keeps nobody's day busy
    if entry.is_done:
        event.add("categories", [DONE])
    return event


def _line(words):
    return Text(clean_text(words, keep_lines=False))


def plain(words):
    """Words without characters that have no place in a calendar file, and with one kind of line end."""
    return clean_text(clean_text(words).translate(LINE_ENDS))


class Text(vText):
    """Text that comes back as it was: the library's own turns the end of “C:\\New” into a new line."""

    def to_ical(self):
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode(self.encoding)
