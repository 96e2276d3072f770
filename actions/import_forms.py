"""The form of one row of a plan file in its preview."""

from django import forms

from actions.columns import BY_KEY, FORM_COLUMNS, LONGEST_TEXT
from actions.forms import field_for
from partners.forms import PlannerForm, Words

LONGEST_HEADING = 500
HEADINGS = ("aim", "theme")
OTHERWISE = {"leads", "contributors", "lead_organisation", "revision"}  # not kept as the words that were typed


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
