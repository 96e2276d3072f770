"""Forms for changing many cells at once: pasting a block, one column of many rows, and carrying a preview."""

import json
import uuid

from django import forms
from django.utils.text import Truncator

from actions.batches import MOST_CELLS_CHANGED, MOST_ROWS_CHANGED
from actions.changing import FIND, HOW, HOW_OF_KIND
from actions.columns import BY_KEY, FORM_COLUMNS
from actions.forms import could_be, field_for
from actions.placing import IN_VIEW
from partners.forms import PlannerForm
from partners.refusals import Refused
from partners.text import number_in

NEW_ROWS = "new"
REMOVE = "remove"
NOT_SET = "-"
MOST_CARRIED = 1_400_000  # characters; sent from a form each may take three bytes, of 5 MB that a request may have


def row_choices(rows):
    return [(str(row.pk), Truncator(f"Row {row}").chars(90)) for row in rows]


def numbers_in(texts, most=5_000):
    """Row numbers as addresses and forms carry them: repeated, or with commas between. Anything else is left out."""
    pieces = [piece.strip() for text in texts for piece in text.split(",")]
    numbers = [number for piece in pieces if (number := number_in(piece)) is not None]
    return list(dict.fromkeys(numbers))[:most]


NOTHING = "Nothing was pasted. Copy cells in Excel, Word or another table, and paste them."


class Pasted(forms.CharField):
    """Text exactly as it came: tabs and line ends mean something here."""

    def __init__(self, **kwargs):
        super().__init__(strip=False, required=False, **kwargs)

    def to_python(self, value):
        return super().to_python((value or "").replace("\0", ""))


class PasteForm(PlannerForm, forms.Form):
    """A block and where it goes. `rows` and `columns` are as the table showed them; without, as the plan stands."""

    button = "Show what would change"
    text = Pasted(
        label="Cells",
        error_messages={"required": NOTHING},
        help_text="Copy cells in Excel, or rows of a table, and paste them here. Nothing is changed until you have "
        "looked at what would change.",
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
    )
    start = forms.ChoiceField(
        label="First row",
        help_text="The other rows follow below it.",
        error_messages={"required": "Choose the row to start at."},
    )
    column = forms.ChoiceField(
        label="First column",
        help_text="The other columns follow to the right. Not used when the first line has headings.",
        choices=[(key, BY_KEY[key].label) for key in IN_VIEW],
    )
    headings = forms.ChoiceField(
        label="Headings",
        required=False,
        choices=[("", "Recognise them in the first line"), ("no", "There are none: the first line is a row already")],
    )
    rows = Pasted(widget=forms.HiddenInput)
    columns = Pasted(widget=forms.HiddenInput)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        # Only a script can send it. It is not shown again: whoever edits the text means the text.
        self.html = self.data.get("html", "")
        self.fields["text"].required = not self.html.strip()
        choices = [*row_choices(row for row in rows if row), (NEW_ROWS, "Add as new rows at the end")]
        self.fields["start"].choices = [("", "Choose a row"), *choices]

    def clean(self):
        cleaned = super().clean()
        if "text" in cleaned and not cleaned["text"].strip() and not self.html.strip():
            self.add_error("text", NOTHING)
        return cleaned


class ChooseRowsForm(PlannerForm, forms.Form):
    """Which rows, and what about them."""

    button = "Continue"
    column = forms.ChoiceField(label="What to change")
    rows = forms.MultipleChoiceField(label="Rows", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        columns = [(column.key, column.label) for column in FORM_COLUMNS]
        self.fields["column"].choices = [("", "Choose"), *columns, (REMOVE, "Remove these rows from the plan")]
        self.fields["rows"].choices = row_choices(rows)
        self.fields["rows"].error_messages["required"] = "Choose the rows to change."


class ChangeForm(PlannerForm, forms.Form):
    """What one column shall say in all the rows chosen, by the picker of that column."""

    button = "Show what would change"

    def __init__(self, *args, column, rows, lookups, **kwargs):
        self.plan_column, self.lookups = column, lookups
        ways = HOW_OF_KIND.get(column.kind, ())
        self.base_fields = _how_fields(ways) | {"new": _picker(column, lookups)}
        carried = {"column": column.key, "rows": ",".join(str(row.pk) for row in rows), "sent": "1"}
        self.base_fields |= {name: _carried(value) for name, value in carried.items()}
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("how") == FIND:
            # As typed: a space beside a word may be what is meant.
            cleaned["new"] = self.data.get("new", "").replace("\r\n", "\n").replace("\0", "")
            if not cleaned.get("find"):
                self.add_error("find", "Say what to look for.")
        elif "new" in cleaned:
            self._clean_cell(cleaned)
        return cleaned

    def _clean_cell(self, cleaned):
        value = "" if cleaned["new"] == NOT_SET else cleaned["new"]
        try:
            cleaned["new"] = self.plan_column.clean(value, self.lookups)
        except Refused as refusal:
            self.add_error("new", refusal.sentence)


def _how_fields(ways):
    fields = {}
    if ways:
        choices = [(way, HOW[way]) for way in ways]
        fields["how"] = forms.ChoiceField(label="How", choices=choices, widget=forms.RadioSelect, initial=ways[0])
    if FIND in ways:
        fields["find"] = Pasted(
            label="Find", help_text="Only to find words: exactly as written, capitals included.", max_length=500
        )
    return fields


def _picker(column, lookups):
    """The column's own field; where it is a list, leaving it untouched is not the same as choosing nothing."""
    field = field_for(column, lookups)
    field.required = column.kind in ("one", "choice")
    if field.required:
        listed = [(value, label) for value, label in field.choices if value != ""]
        field.choices = [("", "Choose"), *listed, (NOT_SET, "Not set: blank")]
    return field


def _carried(value):
    return forms.CharField(widget=forms.HiddenInput, initial=value)


class BatchField(forms.JSONField):
    """What a preview carries. It is read as if a stranger had written it: shape by shape, nothing more than asked for.

    Rights, and what a cell may hold, are asked again by the doors.
    """

    def to_python(self, value):
        try:
            if len(value or "") > MOST_CARRIED:
                raise ValueError("too long")
            carried = super().to_python(value)
            json.dumps(carried, ensure_ascii=False).encode("utf-8")
            return self._checked(carried)
        except (ValueError, TypeError, KeyError, RecursionError, AttributeError, forms.ValidationError):
            message = "What the preview carried was cut short or altered on the way. Start again; nothing was changed."
            raise forms.ValidationError(message) from None

    def _checked(self, carried):
        after = carried["after"]
        if len(carried["edits"]) > MOST_CELLS_CHANGED:
            raise ValueError("too many cells")
        if len(carried["additions"]) + len(carried["removals"]) > MOST_ROWS_CHANGED:
            raise ValueError("too many rows")
        return {
            "batch": uuid.UUID(carried["batch"]),
            "edits": [self._edit(one) for one in carried["edits"]],
            "additions": [self._addition(one) for one in carried["additions"]],
            "after": None if after is None else _number(after),
            "removals": {_number(one["row"]): _number(one["seen"]) for one in carried["removals"]},
        }

    def _edit(self, one):
        key = one["column"]
        if not (_is_cell(key, one["seen"]) and _is_cell(key, one["new"])):
            raise ValueError("no cell")
        return {"row": _number(one["row"]), "column": key, "seen": one["seen"], "new": one["new"]}

    def _addition(self, one):
        if not isinstance(one["where"], str) or not all(_is_cell(key, value) for key, value in one["cells"].items()):
            raise ValueError("no row")
        return one["where"][:40], one["cells"]


def _number(value):
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError("no number")
    return value


def _is_cell(key, value):
    return isinstance(key, str) and key in BY_KEY and BY_KEY[key].in_form and could_be(BY_KEY[key], value)


class BatchForm(forms.Form):
    """The preview's own form: one field that carries all of it."""

    batch = BatchField(widget=forms.HiddenInput)
