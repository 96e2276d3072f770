"""Rows as people see them: every display string of the plan is made here, so that templates only place them.

A plan of a thousand rows is drawn in one go, so a cell is made as one piece of safe HTML in Python: even a bare
template of the same rows, without our links, marks and dates, takes longer (see `make bench`).
"""

import json
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

from actions.columns import BY_KEY, COLUMNS
from actions.models import Priority, Status
from actions.rag import suggest_rag
from actions.timescale import describe, from_json
from partners.permissions import Right, may

TABLE_COLUMNS = tuple(column for column in COLUMNS if column.in_table)


def rag_mark(status):
    """A rating as a mark with its word: colour never speaks alone."""
    code, word = (status, Status(status).label) if status else ("none", "Not reported")
    return SafeString(f'<span class="rag rag--{code}">{word}</span>')


def text_html(text):
    return SafeString(escape(text).replace("\n", "<br>"))


def _timescale(action, lookups):
    words = text_html(action.timescale_text)
    understood = describe(from_json(action.reading)) if action.reading else ""
    if not understood or understood == action.timescale_text:
        return words
    sure = (
        "" if action.reading.get("confirmed") or action.due_on or action.reading.get("ongoing") else " · not confirmed"
    )
    return SafeString(f'{words}<span class="plan-understood">{escape(understood)}{sure}</span>')


def _leads(action, lookups):
    names = [escape(officer.name) for officer in action.officers.all()]
    if names:
        names[0] = f"<strong>{names[0]}</strong>" if len(names) > 1 else names[0]
    organisation = lookups.organisations.get(action.lead_organisation_id)
    if organisation:
        return SafeString("<br>".join(names) + f'<span class="plan-organisation">{escape(organisation)}</span>')
    return SafeString("<br>".join(names))


def _status(action, lookups):
    update = action.latest_update
    when = f'<span class="plan-understood">{timezone.localdate(update.at):%-d %b %Y}</span>' if update else ""
    return SafeString(f"{rag_mark(action.status)}{when}")


def _priority(action, lookups):
    return Priority(action.priority).label if action.priority else ""


# How a cell is drawn, where its words alone are not enough.
DRAWN = {"timescale_text": _timescale, "leads": _leads, "status": _status, "priority": _priority}


def cell_html(column, action, lookups):
    draw = DRAWN.get(column.key)
    if draw:
        return conditional_escape(draw(action, lookups))
    return text_html(column.in_words(column.stored(action), lookups))


@dataclass(frozen=True)
class Drawing:
    """How the rows of one page are drawn: which columns, under which names, for whom."""

    lookups: object
    today: date
    address: str  # the beginning of every row's address
    standing: object = None  # without it nothing can be edited
    columns: tuple = TABLE_COLUMNS

    def row(self, action):
        """One row of the table; its reference opens the row's own page."""
        cells = "".join(self._cell(column, action) for column in self.columns[1:])
        html = f'<tr role="row" id="row-{action.pk}"{self._row_marks(action)}>{self._handle(action)}{cells}</tr>'
        return Row(action.pk, SafeString(html), action.is_late(self.today))

    def _row_marks(self, action):
        """For the table's script: where the row stands, its version, and what this person may do with it."""
        marks = f' data-place="{action.position}" data-version="{action.version}"'
        if may(self.standing, Right.EDIT_ROW, on=action):
            marks += " data-edit"
            if may(self.standing, Right.SHARE_ROW, on=action):
                marks += " data-share"
        return marks

    def _handle(self, action):
        ref = escape(action.ref)
        link = f'<a class="govuk-link" href="{self.address}{action.pk}/">{ref or "Open"}</a>'
        return f'<th role="rowheader" scope="row" data-c="ref" data-label="Ref" data-v="{ref}">{link}</th>'

    def _cell(self, column, action):
        marks = f'data-c="{column.key}" data-label="{column.heading}"'
        if column.kind not in ("text", "long"):
            marks += f' data-v="{_value_mark(column, action)}"'
        return f'<td role="cell" {marks}>{cell_html(column, action, self.lookups)}</td>'


def _value_mark(column, action):
    """The value behind a cell that shows it in other words, for the table's script to send back as what was seen."""
    value = column.stored(action)
    return escape(value if column.kind == "choice" else json.dumps(value, ensure_ascii=False, separators=(",", ":")))


@dataclass
class Row:
    pk: int
    html: str
    late: bool


@dataclass
class Group:
    title: str
    key: str = ""
    rows: list = field(default_factory=list)

    @property
    def late(self):
        return sum(row.late for row in self.rows)

    @property
    def summary(self):
        count = f"{len(self.rows)} action{'s' if len(self.rows) != 1 else ''}"
        return f"{count} · {self.late} late" if self.late else count


def grouped(actions, drawing):
    """The plan's rows under their aims (then themes), in the strategy's order; empty groups are left out."""
    lookups = drawing.lookups
    titles = {("aim", pk): f"Aim {words}" for pk, words in lookups.aims.items()}
    titles |= {("theme", pk): words for pk, words in lookups.themes.items()}
    groups = {key: Group(title, f"{key[0]}-{key[1]}") for key, title in titles.items()}
    for action in actions:
        key = ("aim", action.aim_id) if action.aim_id else ("theme", action.theme_id)
        group = groups.setdefault(key, Group("No longer in the strategy", "gone"))
        group.rows.append(drawing.row(action))
    return [group for group in groups.values() if group.rows]


def details_of(action, lookups):
    """Every column of one row, for its own page: (column, html or empty). Status and dates have places of their own."""
    return [
        (column, text_html(column.in_words(column.stored(action), lookups)))
        for column in COLUMNS
        if column.key != "status"
    ]


def suggestion_for(action, today):
    """The rating that the dates suggest, with its reason."""
    reading = from_json(action.reading) if action.reading else None
    certain = reading is not None and (action.reading.get("confirmed") or reading.is_unambiguous)
    done = action.reading.get("done", {}) if action.reading else {}
    milestones = (
        [(one.label, one.due, done.get(str(place))) for place, one in enumerate(reading.milestones)] if certain else []
    )
    return suggest_rag(
        today=today,
        complete=action.status == Status.BLUE,
        due=action.due_on,
        milestones=milestones,
        ongoing=bool(reading and reading.ongoing),
        last_word=timezone.localdate(action.latest_update.at) if action.latest_update else None,
    )


@dataclass
class HistoryLine:
    change: object
    title: str
    before: str = ""
    after: str = ""


def history_lines(changes, lookups):
    """Changes as people read them: which field, from which words to which."""
    return [_history_line(change, lookups) for change in changes]


def _history_line(change, lookups):
    act = change.get_act_display()
    if change.field == "reading":
        return _reading_line(change, lookups)
    column = BY_KEY.get(change.field)
    if column:
        say = column.in_words
        return HistoryLine(change, f"{column.label} {act}", say(change.before, lookups), say(change.after, lookups))
    title = f"{OTHER_FIELDS.get(change.field, 'Row')} {act}"
    if change.field == "update":
        return HistoryLine(change, title, after=_update_words(change.after))
    if change.field == "attachment":
        return HistoryLine(change, title, after=(change.after or change.before)["name"])
    return HistoryLine(change, title)


OTHER_FIELDS = {
    "position": "Place in the plan", "update": "Progress update", "comment": "Comment", "attachment": "Evidence"
}  # fmt: skip


def _reading_line(change, lookups):
    """What was understood: new dates, a person's confirmation, or a milestone ticked off."""
    before, after = change.before or {}, change.after or {}
    say = BY_KEY["reading"].in_words
    old, new = say(before, lookups), say(after, lookups)
    if old != new:
        return HistoryLine(change, "Dates understood afresh", old, new)
    if before.get("done", {}) != after.get("done", {}):
        return HistoryLine(change, "Milestones ticked off", _ticked(before), _ticked(after))
    return HistoryLine(change, "Dates confirmed", after=new)


def _ticked(reading):
    milestones = from_json(reading).milestones if reading else ()
    return ", ".join(milestones[int(place)].label or f"milestone {int(place) + 1}" for place in reading.get("done", {}))


def _update_words(after):
    status = Status(after["status"]).label if after.get("status") else "No rating"
    return f"{status}. {after.get('words', '')}".strip()
