"""The form that says what the columns of a partner's own extract are."""

from django import forms

from partners.forms import PlannerForm
from workforce.template import GIVEN_FIELDS

LEAVE_OUT = "-"
UNDECIDED = ("", "Choose one")


class ColumnsForm(PlannerForm, forms.Form):
    """One question for each heading. What was answered before, or is suggested, is filled in already."""

    button = "Read the files with these columns"

    def __init__(self, *args, headings, suggested, known, **kwargs):
        self.headings = {f"column-{place}": heading for place, heading in enumerate(headings)}
        fields = [(field.name, f"{field.label}: {field.meaning}") for field in GIVEN_FIELDS]
        choices = [UNDECIDED, (LEAVE_OUT, "Leave it out: nothing is kept of it"), *fields]
        self.base_fields = {
            name: forms.ChoiceField(
                label=heading, choices=choices, initial=_initial(heading, suggested, known),
                error_messages={"required": f"Say what “{heading}” is, or leave it out."},
            )
            for name, heading in self.headings.items()
        }  # fmt: skip
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned, seen = super().clean(), {}
        for name, field in list(cleaned.items()):
            if field != LEAVE_OUT and field in seen:
                earlier = self.headings[seen[field]]
                self.add_error(name, f"“{earlier}” is said to be this already. Leave one of them out.")
            seen.setdefault(field, name)
        if not self.errors and set(cleaned.values()) == {LEAVE_OUT}:
            self.add_error(None, "Say at least which column is the post and which is the role.")
        return cleaned

    @property
    def mapping(self):
        """{heading: field of the template, "" to leave it out}."""
        return {self.headings[name]: field.replace(LEAVE_OUT, "") for name, field in self.cleaned_data.items()}


def _initial(heading, suggested, known):
    if heading in known:
        return known[heading] or LEAVE_OUT
    return suggested.get(heading, "")
