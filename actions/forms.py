"""Forms of the plan. The row's form is made from the columns; nothing about a column is said again here."""

import json

from django import forms

from actions.columns import BY_KEY, FORM_COLUMNS, LONGEST_LINE, MOST_OFFICERS
from actions.editing import Edit
from actions.models import Confidence, HeldEdit, Status
from partners.form_fields import GovukFormMixin, SplitDateField
from partners.forms import NOT_SEEN, PlannerForm, SeenForm, Words
from partners.refusals import Refused

NOT_SET = [("", "Not set")]
RECURRENCES = [
    ("", "No"), ("weekly", "Weekly"), ("fortnightly", "Every two weeks"), ("monthly", "Monthly"),
    ("quarterly", "Quarterly"), ("six-monthly", "Every six months"), ("annual", "Yearly"),
]  # fmt: skip


def _long(column, lookups):
    return Words(max_length=column.longest, rows=3)


def _line(column, lookups):
    return Words(max_length=column.longest)


def _choice(column, lookups):
    return forms.ChoiceField(choices=NOT_SET + column.choices.choices)


def _one(column, lookups):
    return forms.ChoiceField(choices=NOT_SET + list(column.options(lookups).items()))


def _many(column, lookups):
    options = sorted(column.options(lookups).items(), key=lambda option: option[1].casefold())
    return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple)


def _is_officer(one):
    """Whether this is a name with the number of a member or none, as cells of officers have it."""
    if not isinstance(one, dict) or {"name", "user"} != set(one):
        return False
    return isinstance(one["name"], str) and len(one["name"]) <= LONGEST_LINE and type(one["user"]) in (int, type(None))


def could_be(column, value):
    """Whether a value that a form carried has the shape of this column's cells."""
    if column.kind == "one":
        return value is None or type(value) is int
    if column.kind == "many":
        return isinstance(value, list) and all(type(one) is int for one in value)
    if column.kind == "officers":
        return isinstance(value, list) and len(value) <= MOST_OFFICERS and all(map(_is_officer, value))
    if column.kind == "choice":
        return value in ("", *column.choices.values)
    return isinstance(value, str) and len(value) <= column.longest


FIELD_OF_KIND = {
    "text": _line, "long": _long, "choice": _choice, "one": _one, "many": _many, "officers": _long
}  # fmt: skip


def field_for(column, lookups):
    field = FIELD_OF_KIND[column.kind](column, lookups)
    field.label, field.help_text, field.required = column.label, column.help, column.required
    return field


def form_value(column, value):
    """A cell's value as its form field shows it."""
    return column.in_words(value, None) if column.kind == "officers" else ("" if value is None else value)


class ActionForm(PlannerForm, forms.Form):
    """One row of the plan: a field per column, cleaned by the column itself."""

    button = "Add to the plan"

    def __init__(self, *args, lookups, **kwargs):
        self.lookups = lookups
        self.base_fields = {column.key: field_for(column, lookups) for column in FORM_COLUMNS}
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        for column in FORM_COLUMNS:
            if column.key in cleaned:
                try:
                    cleaned[column.key] = column.clean(cleaned[column.key], self.lookups)
                except Refused as refusal:
                    self.refuse(refusal)
        if not (cleaned.get("aim") or cleaned.get("theme")) and not {"aim", "theme"} & set(self.errors):
            self.add_error("aim", "Choose the aim this row serves, or a theme or priority.")
        return cleaned

    @property
    def cells(self):
        return {column.key: self.cleaned_data[column.key] for column in FORM_COLUMNS}


class ActionEditForm(SeenForm, ActionForm):
    """A row as it was shown; `locked` names the columns that this person may read but not write."""

    button = "Save changes"
    form_id = "row-form"

    def __init__(self, *args, locked=(), **kwargs):
        super().__init__(*args, **kwargs)
        for key in locked:
            self.fields[key].disabled = True
            self.fields[key].help_text = "Changed by the organisation that leads the row, or by the coordinator."

    @property
    def seen(self):
        return {key: value if could_be(BY_KEY[key], value) else NOT_SEEN for key, value in super().seen.items()}

    def shown(self, name, value):
        return form_value(BY_KEY[name], value)


class UpdateForm(PlannerForm, forms.Form):
    button = "Post update"
    status = forms.ChoiceField(
        label="How is it going?",
        choices=[*Status.choices, ("", "No rating this time")],
        required=False,
        widget=forms.RadioSelect,
    )
    words = Words(
        label="What has happened, and what comes next?",
        help_text="If it is at risk or off track, say what is being done about it.",
        max_length=5000,
        required=False,
        rows=4,
    )
    confidence = forms.ChoiceField(
        label="How confident are you that the outcome will be reached?",
        choices=[*Confidence.choices, ("", "Not sure")],
        required=False,
        widget=forms.RadioSelect,
    )


class CommentForm(PlannerForm, forms.Form):
    button = "Add comment"
    words = Words(
        label="Comment",
        help_text="To tell somebody, write @ and their name, or choose them below. "
        "The row’s responsible officers are told in any case.",
        max_length=4000,
        rows=3,
        error_messages={"required": "Write your comment."},
    )
    people = forms.TypedMultipleChoiceField(label="Tell these people", coerce=int, required=False)

    def __init__(self, *args, members, author, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {place: [] for place in sorted({member.place for member in members}, key=str.casefold)}
        for member in members:
            if member.pk != author.pk:
                self.places[member.place].append(member)
        self.fields["people"].choices = [(member.pk, member.name) for place in self.places.values() for member in place]

    @property
    def chosen(self):
        """The boxes that are ticked when the form is shown again."""
        return {int(pk) for pk in self["people"].value() or () if str(pk).isdecimal()}


FILE_WORDS = {"required": "Choose a file.", "empty": "The file has nothing in it. Choose another."}


class AttachForm(PlannerForm, forms.Form):
    button = "Attach"
    file = forms.FileField(
        label="Evidence",
        error_messages=FILE_WORDS,
        help_text="PDF, Word, Excel, PowerPoint, CSV, text, PNG or JPEG, up to 10 MB.",
    )


class PlanFileForm(PlannerForm, forms.Form):
    button = "Read this file"
    file = forms.FileField(
        label="Plan file",
        error_messages=FILE_WORDS,
        help_text="A Word document (.docx), a workbook (.xlsx or .ods), a CSV file, or a PDF whose tables are "
        "drawn with lines; up to 10 MB. Nothing is changed until you have looked at what was read.",
    )


class MilestoneForm(GovukFormMixin, forms.Form):
    """One milestone as understood; a form with no end date stands for none."""

    label = Words(label="What", max_length=150, required=False)
    start = SplitDateField(label="Starts", required=False)
    due = SplitDateField(label="Due", required=False)

    def clean(self):
        cleaned = super().clean()
        start, due = cleaned.get("start"), cleaned.get("due")
        if start and due and due < start:
            self.add_error("due", "This is before the start. Choose a later date.")
        if cleaned.get("label") and not start and not due and not {"start", "due"} & set(self.errors):
            self.add_error("due", "Enter when it is due, or clear the name.")
        return cleaned


class RhythmForm(SeenForm, forms.Form):
    """What else a timescale may say; it also carries the words and the reading that the page showed."""

    button = "Confirm these dates"
    ongoing = forms.BooleanField(label="It is ongoing, with no end date", required=False)
    recurs = forms.ChoiceField(label="Does it come round again?", choices=RECURRENCES, required=False)


MilestoneFormSet = forms.formset_factory(MilestoneForm, extra=1, max_num=20, absolute_max=30)


class CellValue(forms.JSONField):
    """A cell's value as JSON. What JSON can say and no database can keep is no value; cleaning is the column's work."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.validators = []

    def to_python(self, value):
        try:
            carried = super().to_python(value)
            json.dumps(carried, ensure_ascii=False).encode("utf-8")
        except (ValueError, RecursionError) as fault:
            raise forms.ValidationError("This is not what a cell holds.") from fault
        return carried


class CellForm(forms.Form):
    """One cell as the table's script sends it."""

    column = forms.ChoiceField(choices=[(column.key, column.label) for column in FORM_COLUMNS])
    seen = CellValue(required=False)
    new = CellValue(required=False)
    once = forms.UUIDField()
    person = forms.IntegerField()

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not _could_be_wanted(self.declared, cleaned["new"]):
            self.add_error("new", "This is not what such a cell holds.")
        return cleaned

    @property
    def declared(self):
        """The column's declaration."""
        return BY_KEY[self.cleaned_data["column"]]

    @property
    def edit(self):
        seen = self.cleaned_data["seen"]
        seen = ("" if seen is None else seen) if self.declared.kind in ("text", "long", "choice") else seen
        return Edit(seen if could_be(self.declared, seen) else NOT_SEEN, self.cleaned_data["new"])


def _could_be_wanted(column, value):
    """Whether a wanted value has a shape that this column's own cleaning can look at."""
    if column.kind == "officers":
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if column.kind in ("text", "long", "choice"):
        return value is None or isinstance(value, str)
    return could_be(column, value)


class RemoveForm(PlannerForm, forms.Form):
    """The button is the question; it carries the version of the row that the person looked at."""

    button = "Remove this row from the plan"
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def ask_again(self, refusal, version):
        """Somebody wrote to the row meanwhile: say so, and take the next answer as given knowing that."""
        self.refuse(refusal)
        self.data = self.data.copy()
        self.data["seen"] = str(version)


class NewBelowForm(forms.Form):
    once = forms.UUIDField(required=False)
    activity = Words(max_length=BY_KEY["activity"].longest, rows=3)


class SettleForm(forms.Form):
    """What somebody decides about a held edit, with what stood in the cell when they decided."""

    settle = forms.ChoiceField(choices=HeldEdit.Settled.choices)
    seen = CellValue(required=False)
    words = Words(required=False, rows=3)

    def __init__(self, *args, held, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held

    def clean_settle(self):
        settle = self.cleaned_data["settle"]
        if settle == HeldEdit.Settled.TOGETHER and BY_KEY[self.held.column].kind not in ("text", "long"):
            raise forms.ValidationError("Only words can be put together.")
        return settle

    @property
    def decision(self):
        cleaned, column = self.cleaned_data, BY_KEY[self.held.column]
        seen = "" if cleaned["seen"] is None and column.kind in ("text", "long", "choice") else cleaned["seen"]
        return {"settle": cleaned["settle"], "seen": seen, "words": cleaned["words"]}
