"""Forms of a plan on its way in: the file or what was copied, what its columns are, one of its rows."""

from django import forms

from actions.batch_forms import Pasted
from actions.column_mapping import LEAVE_OUT, column_choices
from actions.columns import BY_KEY, FORM_COLUMNS, LONGEST_TEXT
from actions.forms import FILE_WORDS, field_for
from actions.reading.phrases import phrase
from partners.forms import PlannerForm, Words

LONGEST_HEADING = 500
HEADINGS = ("aim", "theme")
OTHERWISE = {"leads", "contributors", "lead_organisation", "revision"}  # not kept as the words that were typed


class PlanFileForm(PlannerForm, forms.Form):
    button = "Read this plan"
    file = forms.FileField(
        label="Plan file",
        required=False,
        error_messages=FILE_WORDS,
        help_text="A Word document (.docx), an Excel or OpenDocument workbook (.xlsx, .ods), a CSV file, or a PDF with "
        "a table drawn in lines; up to 10 MB. Nothing is changed until you have looked at what was read.",
    )
    text = Pasted(
        label="Or paste the table",
        help_text="Select the whole table in Word, Excel or on a page, with its headings, copy it, and paste it here.",
        widget=forms.Textarea({"rows": 5, "spellcheck": "false", "data-keeps-table": "html"}),
    )
    html = Pasted(widget=forms.HiddenInput)  # filled by a script: it alone knows merged cells and line breaks

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("file") and not cleaned["text"].strip():
            self.add_error("file", "Choose a file, or paste the table below.")
        return cleaned


UNDECIDED = ("", "Not decided")


class ColumnsForm(PlannerForm, forms.Form):
    """What the columns of a file are: those nobody knew first, then those that were known, then earlier answers."""

    button = "Read the file again with these columns"

    def __init__(self, *args, unmatched, matched, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.headings = {}  # {name of the field: heading}
        self.choices = [(LEAVE_OUT, "Leave it out"), *column_choices()]
        for heading in unmatched:
            samples = "; ".join(f"“{sample}”" for sample in heading["samples"])
            self._ask(heading["text"], known, help_text=f"Holds {samples}" if samples else "It is empty.")
        for key, text in matched.items():
            self._ask(text, known, initial=key)
        for text in known:
            self._ask(text, known, help_text="Remembered from another file.")

    def _ask(self, text, known, *, initial="", help_text=""):
        if not phrase(text) or phrase(text) in map(phrase, self.headings.values()):
            return
        said = known.get(phrase(text))
        name = f"column-{len(self.headings)}"
        first = ("", "Forget what was said") if said is not None else UNDECIDED
        self.headings[name] = text
        self.fields[name] = forms.ChoiceField(
            label=text,
            help_text=help_text,
            required=False,
            choices=[first, *self.choices],
            initial=initial if said is None else said or LEAVE_OUT,
        )

    @property
    def columns(self):
        """{heading: column, "" to leave it out, None to forget}: only what was answered otherwise than before."""
        answers = {name: value for name, value in self.cleaned_data.items() if value != self.fields[name].initial}
        kept = {LEAVE_OUT: "", "": None}
        return {self.headings[name]: kept.get(value, value) for name, value in answers.items()}


class ProposedRowForm(PlannerForm, forms.Form):
    """A row of a file: words as the plan's columns have them; an aim or theme in words, because it may be a new one."""

    button = "Save this row"

    def __init__(self, *args, row, lookups, revision, **kwargs):
        self.row, self.lookups = row, lookups
        self.base_fields = {column.key: _field_of(column, lookups) for column in FORM_COLUMNS}
        self.base_fields["progress"] = Words(label="Progress", max_length=LONGEST_TEXT, rows=3, required=False)
        self.base_fields["revision"] = forms.IntegerField(widget=forms.HiddenInput)
        super().__init__(*args, initial=self._shown(row["values"]) | {"revision": revision}, **kwargs)

    def _shown(self, values):
        numbers = {name: pk for pk, name in self.lookups.organisations.items()}
        return values | {
            "leads": "\n".join(values["leads"]),
            "contributors": [numbers[name] for name in values["partners"] if name in numbers],
            "lead_organisation": numbers.get(values["lead_organisation"]),
        }

    @property
    def values(self):
        """What was typed, in the shape that files are read to."""
        given, names = self.cleaned_data, self.lookups.organisations
        return {key: value or None for key, value in given.items() if key not in OTHERWISE} | {
            "leads": [line.strip() for line in given["leads"].split("\n") if line.strip()],
            "partners": sorted(names[int(pk)] for pk in given["contributors"]),
            "lead_organisation": names.get(int(given["lead_organisation"] or 0)),
        }


def _field_of(column, lookups):
    if column.key not in HEADINGS:
        return field_for(column, lookups)
    known = ", ".join(f"“{words}”" for words in list(getattr(lookups, column.among).values())[:3])
    help_text = f"In words. One that the strategy does not have yet is added to it. It has {known} …" if known else ""
    return Words(label=BY_KEY[column.key].label, help_text=help_text, max_length=LONGEST_HEADING, required=False)
