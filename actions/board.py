"""The plan as a board: a lane for each status, a card for each row."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString

from actions.models import Status
from actions.moving import moves_in_words
from actions.ordering import first_officer
from actions.presenting import rag_mark, text_html
from partners.permissions import Right, may

# As a row goes through them; "none" stands for a blank in addresses and forms.
STATUSES = {"none": "Not reported"} | {code.value: code.label for code in Status}


@dataclass
class Lane:
    key: str
    title: str
    cards: list = field(default_factory=list)

    @property
    def mark(self):
        return rag_mark("" if self.key == "none" else self.key)


@dataclass(frozen=True)
class BoardDrawing:
    """How cards are drawn: made in Python like the table's rows, because a plan may have a thousand."""

    lookups: object
    today: date
    address: str  # the beginning of every row's address
    standing: object
    token: str  # for the forms
    query: str  # what the page was asked for, so that a moved card comes back to the same page

    def lanes(self, actions):
        lanes = {key: Lane(key, title) for key, title in STATUSES.items()}
        for action in actions:
            lanes[action.status or "none"].cards.append(self.card(action))
        return list(lanes.values())

    def card(self, action):
        href = f"{self.address}{action.pk}/"
        parts = [
            f'<p class="card__head"><a class="govuk-link" href="{href}">{escape(action.ref or "Open")}</a>'
            f"{self._late(action)}</p>",
            f'<p class="card__activity">{text_html(action.activity)}</p>',
            f'<p class="card__small">{"<br>".join(self._facts(action))}</p>',
            self._mover(action) if may(self.standing, Right.EDIT_ROW, on=action) else "",
        ]
        return SafeString(f'<li class="card" id="card-{action.pk}">{"".join(parts)}</li>')

    def _late(self, action):
        return '<strong class="govuk-tag govuk-tag--red">Late</strong>' if action.is_late(self.today) else ""

    def _facts(self, action):
        due = f"Due {action.due_on:%-d %B %Y}" if action.due_on else action.timescale_text
        due = ", ".join(filter(None, [due, moves_in_words(action.moves)]))
        organisation = self.lookups.organisations.get(action.lead_organisation_id, "")
        return [text_html(fact) for fact in (first_officer(action), organisation, due) if fact]

    def _mover(self, action):
        """A form of its own for each card, so that moving needs neither scripts nor a mouse."""
        at = action.status or "none"
        name = f"move-{action.pk}"
        options = "".join(
            f'<option value="{key}"{" selected" if key == at else ""}>{title}</option>'
            for key, title in STATUSES.items()
        )
        return (
            f'<form class="card__move" method="post" action="{self.address}{action.pk}/status/">'
            f'<input type="hidden" name="csrfmiddlewaretoken" value="{self.token}">'
            f'<input type="hidden" name="seen" value="{at}">'
            f'<input type="hidden" name="back" value="{escape(self.query)}">'
            f'<label for="{name}">Move to<span class="govuk-visually-hidden">: row {escape(action.ref)}</span></label>'
            f'<select class="govuk-select" id="{name}" name="status">{options}</select>'
            f'<button class="govuk-button govuk-button--secondary">Move'
            f'<span class="govuk-visually-hidden"> row {escape(action.ref)}</span></button></form>'
        )
