"""The plan's columns, declared once.

A column knows its label and help, how to read its cell from a row, how to clean what somebody typed or a file
said, how to say a value in words, how to write it, and under which headings partners' documents have it. The
table, the forms, the import and every export walk `COLUMNS`; adding one is a model field and a line here.

A cell's value is always plain JSON (text, number, list): that is what forms carry as *seen*, what the history
keeps, and what `actions.editing` compares.
"""

from dataclasses import dataclass, field

from actions.merging import merge_names, merge_sets, merge_words
from actions.models import Priority, ResponsibleOfficer, Status
from actions.reading.headings import HEADINGS
from actions.timescale import describe, from_json, read_timescale, to_json
from partners.permissions import Right
from partners.refusals import Refused
from partners.text import clean_text, number_in

LONGEST_TEXT = 5000
LONGEST_LINE = 150
MOST_OFFICERS = 20


@dataclass(frozen=True)
class Lookups:
    """The names that a plan's cells refer to, fetched once per request."""

    organisations: dict = field(default_factory=dict)  # id: the name used in this partnership
    aims: dict = field(default_factory=dict)  # id: "3. Text"
    themes: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)  # id: name
    period: tuple | None = None

    def person_called(self, name):
        """The member whose name this is, if exactly one is."""
        wanted = name.casefold()
        found = [pk for pk, known in self.people.items() if known.casefold() == wanted]
        return found[0] if len(found) == 1 else None


@dataclass(frozen=True, kw_only=True)
class Column:
    key: str
    label: str
    help: str = ""
    required: bool = False
    longest: int = LONGEST_TEXT
    in_table: bool = True
    in_form: bool = True
    short: str = ""  # the heading in the table, where the label is too long
    width: str = "words"  # how wide the table draws it: the end of a class name plan-table__… of planner.css
    headings: tuple[str, ...] = ()  # what partners' own documents call it
    needs: Right = Right.EDIT_ROW  # the right that writing it takes
    kind = "text"

    @property
    def heading(self):
        return self.short or self.label

    def stored(self, action):
        return getattr(action, self.key)

    def clean(self, value, lookups):
        text = clean_text(value, keep_lines=self.keeps_lines)
        if self.required and not text:
            raise self.refuse(f"{self.label} is empty.", "Write at least a few words.")
        if len(text) > self.longest:
            raise self.refuse(
                f"{self.label} has {len(text):,} characters.", f"At most {self.longest:,} are kept: shorten it."
            )
        return text

    def settle(self, value, stored):
        """A cleaned value as it is kept, given what is stored now."""
        return value

    def in_words(self, value, lookups):
        return value or ""

    def write(self, action, value, lookups):
        """Set the cell on the row; returns the model fields to save."""
        setattr(action, self.key, value)
        return [self.key]

    def write_related(self, action, value, lookups):
        """For cells kept in rows of their own; called after the row is saved."""

    def merge(self, base, theirs, mine):
        """One value with both people's changes where that is certain to be what both meant; otherwise None."""
        return None

    def refuse(self, message, accepted=""):
        return Refused(message, field=self.key, accepted=accepted)

    keeps_lines = False


class LongText(Column):
    kind = "long"
    keeps_lines = True

    def merge(self, base, theirs, mine):
        return merge_words(base, theirs, mine)


@dataclass(frozen=True, kw_only=True)
class ChoiceColumn(Column):
    choices: type
    kind = "choice"

    def clean(self, value, lookups):
        text = clean_text(value, keep_lines=False).casefold()
        for code, label in self.choices.choices:
            if text in (code, label.casefold()):
                return code
        if text:
            raise self.refuse(
                f"“{clean_text(value, keep_lines=False)[:60]}” is not a {self.label.lower()}.",
                f"Use {', '.join(self.choices.labels)}, or leave it blank.",
            )
        return ""

    def in_words(self, value, lookups):
        return self.choices(value).label if value else ""


@dataclass(frozen=True, kw_only=True)
class OneOf(Column):
    """A reference to one thing by number, chosen from a lookup."""

    among: str
    kind = "one"

    def options(self, lookups):
        return getattr(lookups, self.among)

    def stored(self, action):
        return getattr(action, f"{self.key}_id")

    def clean(self, value, lookups):
        if value in (None, ""):
            return None
        number = number_in(str(value))
        if number not in self.options(lookups):
            raise self.refuse(f"That {self.label.lower()} is not one of this plan's.", "Choose one from the list.")
        return number

    def in_words(self, value, lookups):
        return self.options(lookups).get(value, "(no longer listed)") if value else ""

    def write(self, action, value, lookups):
        setattr(action, f"{self.key}_id", value)
        return [self.key]


@dataclass(frozen=True, kw_only=True)
class ManyOf(OneOf):
    """References to several things, kept sorted so that the same set always compares equal."""

    kind = "many"

    def stored(self, action):
        return sorted(one.pk for one in action.related(self.key)) if action.pk else []

    def clean(self, value, lookups):
        one = super().clean
        return sorted({one(each, lookups) for each in value or []} - {None})

    def in_words(self, value, lookups):
        return "\n".join(sorted(self.options(lookups).get(each, "(no longer listed)") for each in value or []))

    def merge(self, base, theirs, mine):
        return merge_sets(base, theirs, mine) if isinstance(base, list) else None

    def write(self, action, value, lookups):
        return []

    def write_related(self, action, value, lookups):
        getattr(action, self.key).set(value)


class Officers(Column):
    """Responsible officers, one to a line; the first carries the duty to update. A member is recognised by name."""

    kind = "officers"
    keeps_lines = True

    def stored(self, action):
        return [{"name": one.name, "user": one.user_id} for one in action.related("officers")] if action.pk else []

    def clean(self, value, lookups):
        lines = value.split("\n") if isinstance(value, str) else [_officer_name(each) for each in value or []]
        names = list(dict.fromkeys(filter(None, (clean_text(line, keep_lines=False) for line in lines))))
        long = next((name for name in names if len(name) > LONGEST_LINE), None)
        if long:
            raise self.refuse(f"“{long[:40]}…” is too long for a name.", "Put each officer on a line of its own.")
        if len(names) > MOST_OFFICERS:
            raise self.refuse(f"{len(names)} officers are named.", f"Name at most {MOST_OFFICERS}.")
        return [{"name": name, "user": lookups.person_called(name)} for name in names]

    def settle(self, value, stored):
        """A name that stands there already means the person it meant, whoever else has come to share it."""
        meant = {one["name"]: one["user"] for one in stored}
        return [{"name": one["name"], "user": meant.get(one["name"], one["user"])} for one in value]

    def merge(self, base, theirs, mine):
        if not isinstance(base, list):
            return None
        people = {one["name"]: one for one in [*mine, *theirs]}
        names = merge_names(*([_officer_name(one) for one in side] for side in (base, theirs, mine)))
        return None if names is None else [people[name] for name in names]

    def in_words(self, value, lookups):
        return "\n".join(_officer_name(each) for each in value or [])

    def write(self, action, value, lookups):
        return []

    def write_related(self, action, value, lookups):
        action.officers.all().delete()
        ResponsibleOfficer.objects.bulk_create(
            ResponsibleOfficer(action=action, position=place, name=one["name"], user_id=one["user"])
            for place, one in enumerate(value)
        )


def _officer_name(each):
    return each["name"] if isinstance(each, dict) else str(each)


class TimescaleWords(LongText):
    """The timescale as written. New words are read afresh; a reading that somebody confirmed was of the old ones."""

    def merge(self, base, theirs, mine):
        return None  # Half of one date and half of another is a date that nobody meant.

    def write(self, action, value, lookups):
        action.timescale_text = value
        fresh = to_json(read_timescale(value, period=lookups.period))
        done = ticks_kept(action.reading, fresh)
        return ["timescale_text", *READING.write(action, fresh | {"confirmed": False, "done": done}, lookups)]


def ticks_kept(old, fresh):
    """Ticks of the milestones that a new reading still has: same label and same end."""
    before = {place: _milestone_key(one) for place, one in enumerate(old.get("milestones", []))}
    ticked = {before[int(place)]: day for place, day in old.get("done", {}).items() if int(place) in before}
    now = {str(place): _milestone_key(one) for place, one in enumerate(fresh["milestones"])}
    return {place: ticked[key] for place, key in now.items() if key in ticked}


def _milestone_key(milestone):
    return milestone["label"], milestone["due"]


class ReadingColumn(Column):
    """What was understood of the timescale: milestones with dates, ongoing, recurring. Overdue comes from here."""

    kind = "reading"

    def clean(self, value, lookups):
        reading = from_json(value)
        places = {str(place) for place in range(len(reading.milestones))}
        done = {place: day for place, day in (value.get("done") or {}).items() if place in places}
        return to_json(reading) | {"confirmed": bool(value.get("confirmed")), "done": done}

    def in_words(self, value, lookups):
        return describe(from_json(value)) if value else ""

    def write(self, action, value, lookups):
        action.reading = value
        reading = from_json(value)
        certain = value.get("confirmed") or reading.is_unambiguous
        action.starts_on = reading.start if certain else None
        action.due_on = reading.end if certain else None
        return ["reading", "starts_on", "due_on"]


READING = ReadingColumn(
    key="reading",
    label="Understood as",
    help="The dates that the timescale's words were understood to mean.",
    in_table=False,
    in_form=False,
)


def milestone_name(milestone):
    """What a milestone is called where it can be ticked off: its label, and when it is due."""
    due = f"due {milestone.due:%-d %B %Y}" if milestone.due else ""
    return ", ".join(filter(None, [milestone.label or "Milestone", due]))


COLUMNS = (
    Column(
        key="ref",
        headings=HEADINGS["ref"],
        label="Reference",
        short="Ref",
        width="ref",
        help="The number or code people use.",
        longest=30,
    ),
    OneOf(
        key="aim",
        headings=HEADINGS["aim"],
        label="Aim",
        among="aims",
        width="notes",
        help="The strategic aim this row serves.",
        in_table=False,
    ),
    OneOf(
        key="theme",
        headings=HEADINGS["theme"],
        label="Theme or priority",
        among="themes",
        width="notes",
        help="Needed only when the row has no aim.",
        in_table=False,
    ),
    LongText(key="activity", headings=HEADINGS["activity"], label="Activity", help="What will be done.", required=True),
    LongText(
        key="expected_outcome",
        headings=HEADINGS["expected_outcome"],
        label="Expected outcome",
        help="What will be better for people when it is done.",
    ),
    LongText(
        key="evidence",
        headings=HEADINGS["evidence"],
        label="Evidence",
        help="How you will know: the measure or document that shows it.",
        in_table=False,
    ),
    TimescaleWords(
        key="timescale_text",
        headings=HEADINGS["timescale_text"],
        label="Timescale",
        width="when",
        help="In your own words, such as July 2027, Q2 2026/27, Phase 1: March 2027, or Ongoing.",
        longest=500,
    ),
    READING,
    LongText(
        key="resource_requirement",
        width="notes",
        headings=HEADINGS["resource_requirement"],
        label="Resource requirement",
        short="Resource",
        help="Time, money, skills or support needed.",
    ),
    ChoiceColumn(key="priority", headings=HEADINGS["priority"], label="Priority", width="tiny", choices=Priority),
    OneOf(
        key="lead_organisation",
        needs=Right.SHARE_ROW,
        label="Lead organisation",
        among="organisations",
        width="who",
        in_table=False,
    ),
    Officers(
        key="leads",
        headings=HEADINGS["leads"],
        label="Responsible officers",
        short="Lead",
        width="who",
        help="One to a line: people or posts. The first one reports progress.",
        longest=LONGEST_TEXT,
    ),
    ManyOf(
        key="contributors",
        needs=Right.SHARE_ROW,
        headings=HEADINGS["partners"],
        label="Contributing partners",
        among="organisations",
        width="who",
        in_table=False,
    ),
    ChoiceColumn(key="status", headings=HEADINGS["status"], label="Status", width="short", choices=Status),
)
BY_KEY = {column.key: column for column in COLUMNS}
FORM_COLUMNS = tuple(column for column in COLUMNS if column.in_form)


def cells_of(action):
    """Every cell of a row as plain values."""
    return {column.key: column.stored(action) for column in COLUMNS}


def document_headings():
    """Which headings of a partner's document mean which column: the column's own name, and all it is known by."""
    return HEADINGS | {KEY_IN_FILES.get(c.key, c.key): (c.label, *c.headings) for c in COLUMNS if c.headings}


# The readers know some columns under the key of the interface.
KEY_IN_FILES = {"contributors": "partners"}
