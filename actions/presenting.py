"""Rows as people see them: every display string of the plan is made here, so that templates only place them.

A plan of a thousand rows is drawn in one go, so a cell is made as one piece of safe HTML in Python: even a bare
template of the same rows, without our links, marks and dates, takes longer (see `make bench`).
"""

import json
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from html import escape  # Django's own asks first whether a text is still to be translated, ten times for each row.

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from actions.columns import BY_KEY, COLUMNS
from actions.models import Priority, Status
from actions.moving import moves_in_words
from actions.rag import suggest_rag
from actions.timescale import Kind, describe, from_json
from partners.permissions import Right, may

as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
TABLE_COLUMNS = tuple(column for column in COLUMNS if column.in_table)


RATINGS = {"": ("none", "Not reported")} | {code: (code, word) for code, word in Status.choices}
PRIORITIES = {"": ""} | dict(Priority.choices)


def rag_mark(status):
    """A rating as a mark with its word: colour never speaks alone."""
    code, word = RATINGS[status]
    return SafeString(f'<span class="rag rag--{code}">{word}</span>')


def text_html(text):
    return SafeString(escape(text).replace("\n", "<br>"))


@lru_cache(maxsize=2000)
def _understood(reading):
    """What a reading (as JSON) says, in words. Many rows are to be done by the same day."""
    return describe(from_json(json.loads(reading)))


def understood_of(action):
    """What was understood of the timescale, where that says more than its words do."""
    is_said = action.reading and action.reading.get("kind") != Kind.BLANK  # that nothing is written is plain to see
    understood = _understood(as_json(action.reading)) if is_said else ""
    if not understood or understood == action.timescale_text:
        return ""
    is_sure = action.reading.get("confirmed") or action.due_on or action.reading.get("ongoing")
    return understood if is_sure else f"{understood} · not confirmed"


def moved_html(action):
    """How often its end has been moved, quietly and in its own line; nothing for a row that kept to it."""
    return f'<span class="plan-understood">{moves_in_words(action.moves)}</span>' if action.moves else ""


def _timescale(action, lookups):
    understood = understood_of(action)
    note = f'<span class="plan-understood">{escape(understood)}</span>' if understood else ""
    return f"{text_html(action.timescale_text)}{note}{moved_html(action)}"


def _leads(action, lookups):
    names = [escape(officer.name) for officer in action.related("officers")]
    if names:
        names[0] = f"<strong>{names[0]}</strong>" if len(names) > 1 else names[0]
    organisation = lookups.organisations.get(action.lead_organisation_id)
    if organisation:
        return "<br>".join(names) + f'<span class="plan-organisation">{escape(organisation)}</span>'
    return "<br>".join(names)


def _status(action, lookups):
    update = action.latest_update
    when = f'<span class="plan-understood">{timezone.localdate(update.at):%-d %b %Y}</span>' if update else ""
    return f"{rag_mark(action.status)}{when}"


def _priority(action, lookups):
    return PRIORITIES[action.priority]


# How a cell is drawn, as HTML, where its words alone are not enough.
DRAWN = {"timescale_text": _timescale, "leads": _leads, "status": _status, "priority": _priority}


def cell_html(column, action, lookups):
    draw = DRAWN.get(column.key)
    if draw:
        return draw(action, lookups)
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
        late, may_edit = action.is_late(self.today), may(self.standing, Right.EDIT_ROW, on=action)
        marks, handle = self._row_marks(action, late, may_edit), self._handle(action, may_edit)
        cells = "".join([self._cell(column, opening, action) for column, opening in self._openings])
        return Row(action.pk, f'<tr role="row" id="row-{action.pk}"{marks}>{handle}{cells}</tr>', late)

    @cached_property
    def _openings(self):
        """Every column but the reference, with the beginning that its cells have in common."""
        return [(one, f'<td role="cell" data-c="{one.key}" data-label="{one.heading}"') for one in self.columns[1:]]

    def _row_marks(self, action, late, may_edit):
        """For the table's script: where the row stands, its version, and what this person may do with it."""
        under = f"aim-{action.aim_id}" if action.aim_id else f"theme-{action.theme_id}"
        marks = f' data-place="{action.position}" data-under="{under}" data-version="{action.version}"'
        if late:
            marks += " data-late"
        if may_edit:
            marks += " data-edit"
            if may(self.standing, Right.SHARE_ROW, on=action):
                marks += " data-share"
        return marks

    def _handle(self, action, may_edit):
        """The row's heading: its reference, which leads to its own page, and a box to choose it with others."""
        ref = escape(action.ref)
        box = ""
        if may_edit:
            box = (
                f'<input class="plan-table__choose" type="checkbox" name="rows" value="{action.pk}" form="change-many" '
                f'aria-label="Choose row {ref}">'
            )
        link = f'<a class="govuk-link" href="{self.address}{action.pk}/">{ref or "Open"}</a>'
        return f'<th role="rowheader" scope="row" data-c="ref" data-label="Ref" data-v="{ref}">{box}{link}</th>'

    def _cell(self, column, opening, action):
        mark = "" if column.kind in ("text", "long") else f' data-v="{_value_mark(column, action)}"'
        return f"{opening}{mark}>{cell_html(column, action, self.lookups)}</td>"


def drawing_for(request, lookups, columns):
    """How the asking table draws its rows: `columns` are its column keys, as it sends them."""
    keys = ["ref", *(key for key in columns.split(",") if key in BY_KEY and key != "ref" and BY_KEY[key].in_form)]
    chosen = tuple(BY_KEY[key] for key in dict.fromkeys(keys)) if len(keys) > 1 else TABLE_COLUMNS
    return Drawing(lookups, timezone.localdate(), rows_address(request), request.standing, chosen)


def rows_address(request):
    """The beginning of every row's address: worked out once, not a thousand times."""
    return reverse("actions:action", args=[request.partnership.slug, 0]).removesuffix("0/")


def _value_mark(column, action):
    """The value behind a cell that shows it in other words, for the table's script to send back as what was seen."""
    value = column.stored(action)
    return escape(value if column.kind == "choice" else as_json(value))


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
    def html(self):
        """All its rows in one piece, which a template places at once instead of one by one."""
        return SafeString("".join(row.html for row in self.rows))

    @property
    def late(self):
        return sum(row.late for row in self.rows)

    @property
    def summary(self):
        count = f"{len(self.rows)} action{'s' if len(self.rows) != 1 else ''}"
        return f"{count} · {self.late} late" if self.late else count


def details_of(action, lookups):
    """Every column of one row, for its own page: (column, html or empty). Status and dates have places of their own."""
    return [(column, _detail(column, action, lookups)) for column in COLUMNS if column.key != "status"]


def _detail(column, action, lookups):
    html = text_html(column.in_words(column.stored(action), lookups))
    if column.key == "reading" and action.moves:
        first = date.fromisoformat(action.ends[0])
        moved = f"{moves_in_words(action.moves)}; first due {first:%-d %B %Y}"
        return SafeString(f'{html}<span class="plan-understood">{moved}</span>')
    return html


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
