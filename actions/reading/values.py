"""From a draft to plain values: leads split, priority and status by their words, timescale read, ref by its number."""

import itertools
import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from actions.timescale import Kind, Reading, read_timescale

from .bullets import line_by_line, split_actions
from .grids import Problem
from .identity import Identity
from .keys import DocumentKey
from .owners import split_owners
from .phrases import is_nothing, phrase
from .rows import Draft
from .sections import numbered
from .times import reading_of

KEYS = (
    "ref", "aim", "theme", "activity", "expected_outcome", "evidence", "timescale_text", "resource_requirement",
    "priority", "leads", "lead_organisation", "partners", "status", "progress",
)  # fmt: skip
# Columns of a file whose words are about several of ours, or about one of another name.
SEVERAL = {
    "lead_and_resource": ("leads", "resource_requirement"),
    "start_text": ("timescale_text",),
    "times": ("timescale_text",),
}
PRIORITIES = "High, Medium or Low, or blank"
STATUSES = "Red, Amber, Green or Blue (complete), the words “off track”, “at risk”, “on track” or “complete”, or blank"
DATES = "For example 31/03/2027, March 2027, Q2 2026/27, “Jan 2027 – Jun 2027” or Ongoing"
RESOURCE = re.compile(
    r"£|\b(?:time|cost|funding|funded|funds|budget|within existing|resources?|money|capacity|staffing|"
    r"wte|training costs?|nil|none|equipment|venue|grant|hours|days?)\b",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"\d\s[–—-]\s|\d\sto\b|\bfrom\b", re.IGNORECASE
)  # a title that names both ends; others name the last
LABELLED = re.compile(r"^\s*(leads?|resources?(?: needed| required)?)\s*[:–-]\s*(.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class ReadRow:
    """One row of a plan as read: values by column (blank is None, or [] for people), the words behind them.

    `identity` is which row of the planner it is, where the file says so, and `is_copy` that another row of the file has
    the better claim to that. `cells` has the words of each column of its table, as they stand in the row itself.
    """

    place: str
    values: dict
    words: dict[str, str] = field(default_factory=dict)
    reading: Reading = field(default_factory=lambda: read_timescale(""))
    identity: Identity | None = None
    cells: dict[str, str] | None = None
    is_copy: bool = False
    joined: tuple[str, ...] = ()  # places of the rows of the table that only go on with this one

    def says(self, columns: Collection[str]) -> set[str]:
        """The columns of the file, `columns`, about which this row has anything to say, if only that it is blank.

        A row that is known has its reference already: the number of its aim is none.
        """
        if self.cells is None:
            return set(columns)
        headed = {each for key in self.cells for each in SEVERAL.get(key, (key,))}
        return {key for key in columns if key in headed or (self.values[key] and not (self.identity and key == "ref"))}


@dataclass
class Valuer:
    """Makes rows of drafts with what the whole document says about its own signs."""

    key: DocumentKey
    initials: set[str]
    period: tuple[date, date] | None = None
    time_headings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def rows_of(self, draft: Draft) -> list[ReadRow]:
        """One row, or one for each bullet where the document says that bullets are actions."""
        activity = draft.texts.get("activity", "")
        activities = [activity]
        if self.key.bullets_are_actions and not draft.is_ours:
            activities = split_actions(activity, draft.marks.get("activity", ())) or [activity]
        times = line_by_line(draft.texts.get("timescale_text", ""), len(activities)) if activities[1:] else [None]
        known = draft.identities if len(draft.identities) == len(activities) else draft.identities[:1]
        rows = itertools.zip_longest(activities, times, known)
        return [self._row(draft, *each) for each in rows]

    def _row(self, draft: Draft, activity: str, timescale: str | None, identity: Identity | None) -> ReadRow:
        if timescale is None:
            timescale = draft.texts.get("timescale_text", "")
        texts = draft.texts
        values = dict.fromkeys(KEYS)
        values["theme"] = _said(draft, "theme")
        for key in ("expected_outcome", "evidence", "progress", "resource_requirement"):
            values[key] = texts.get(key) or None
        values["activity"] = activity or None
        values["ref"], values["aim"] = _ref_and_aim(draft)
        owners, resource = split_lead_and_resource(texts.get("lead_and_resource", ""))
        values["resource_requirement"] = values["resource_requirement"] or resource or None
        values["leads"] = split_owners("\n".join(filter(None, (texts.get("leads"), owners))), self.initials)
        values["lead_organisation"] = texts.get("lead_organisation") or None
        values["partners"] = split_owners(texts.get("partners", ""), self.initials)
        values["priority"] = self._priority(draft)
        values["status"] = self._status(draft)
        values["timescale_text"], reading = self._timescale(draft, timescale)
        if not activity:
            self._report(draft, "activity", "The activity is missing.", "A few words on what will be done")
        words = {
            key: texts[key] for key in ("priority", "status", "leads", "partners", "aim", "theme") if texts.get(key)
        }
        cells = {key: "" if key in draft.said_above else texts.get(key, "") for key in draft.headed}
        cells["activity"] = activity
        return ReadRow(draft.place, values, words, reading, identity, cells, joined=tuple(draft.joined))

    def _priority(self, draft: Draft) -> str | None:
        text = draft.texts.get("priority", "")
        priority, is_understood = self.key.priority_of(text)
        if not is_understood:
            self._report(draft, "priority", f"“{_short(text)}” is not a priority that is known here.", PRIORITIES)
        return priority

    def _status(self, draft: Draft) -> str | None:
        text = draft.texts.get("status", "")
        shown = self.key.status_of_shading(draft.status_shading)
        status, is_understood = self.key.status_of(text)
        if not phrase(text):
            return shown
        if not is_understood and shown is None:
            self._report(draft, "status", f"“{_short(text)}” is not a status that is known here.", STATUSES)
        return status if is_understood else shown

    def _timescale(self, draft: Draft, due: str) -> tuple[str | None, Reading]:
        if draft.periods and not due:
            words = "\n".join(each.words for each in draft.periods)
            return words, reading_of(draft.periods, self.time_headings, self.period)
        text = _start_and_due(draft.texts.get("start_text", ""), due)
        reading = read_timescale(text, period=self.period)
        if draft.is_due_above:
            reading = _as_due(reading, text)
        if reading.kind is Kind.NOT_UNDERSTOOD:
            self._report_timescale(draft, text, reading.note)
        return text or None, reading

    def _report_timescale(self, draft: Draft, text: str, note: str) -> None:
        is_impossible = "not a date in the calendar" in note
        message = f"“{_short(text)}” was kept as written, but no date was understood."
        if is_impossible:
            message = f"“{_short(text)}” holds a date that does not exist."
        self._report(draft, "timescale_text", message, DATES, is_notice=not is_impossible)

    def _report(self, draft: Draft, key: str, message: str, accepted: str, *, is_notice: bool = False) -> None:
        self.problems.append(Problem(draft.places.get(key, draft.place), message, accepted, is_notice))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _said(draft: Draft, key: str) -> str | None:
    """An aim or theme; a dash says that there is none, where a blank would mean the one above."""
    text = draft.texts.get(key, "")
    return None if is_nothing(text) else text


def _ref_and_aim(draft: Draft) -> tuple[str | None, str | None]:
    """The reference as its column says, else the number in front of the aim. A theme stands in for a missing aim."""
    ref, aim, theme = draft.texts.get("ref"), _said(draft, "aim"), _said(draft, "theme")
    marks = draft.marks.get("ref", ())
    ref = ref or next((mark.number for mark in marks if mark and mark.number), None)
    if aim is None:
        return _bare(ref), theme
    number, words = numbered(aim)
    return _bare(ref or number or draft.section_ref), words


def _bare(ref: str | None) -> str | None:
    """A reference without the full stop or bracket behind it."""
    return " ".join(ref.split()).rstrip(".):") or None if ref else None


def _as_due(reading: Reading, title: str) -> Reading:
    """What a title says of the rows below it: when they are due. Its other words are no milestone's name."""
    starts = bool(RANGE.search(title))
    due = (replace(each, label=None, start=each.start if starts else None) for each in reading.milestones)
    return replace(reading, milestones=tuple(due))


def _start_and_due(start: str, due: str) -> str:
    """Separate start and due columns as one timescale."""
    if start and due:
        return due if start == due else f"{start} – {due}"
    return due or (f"From {start}" if start else "")


def split_lead_and_resource(text: str) -> tuple[str, str]:
    """A combined cell as (leads, resources): by labels where it has them, else piece by piece by what the words name.

    A label counts to the end of its line, and for the lines below one that holds nothing else.
    """
    found: dict[bool, list[str]] = {True: [], False: []}
    named = None
    for line in text.split("\n"):
        side = None
        for piece in line.split(";"):
            labelled = LABELLED.match(piece)
            named = labelled[1].casefold().startswith("resource") if labelled else named
            words = labelled[2] if labelled else piece
            is_resource = bool(RESOURCE.search(words)) if named is None else named
            if is_resource == side:
                found[is_resource][-1] += f";{words}"
            elif words.strip():
                found[is_resource].append(words.strip())
                side = is_resource
        named = None if side is not None else named
    leads, resources = ("\n".join(each.rstrip() for each in found[side]) for side in (False, True))
    return leads, resources
