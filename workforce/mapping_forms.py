"""The form that says what the columns of a partner's own extract are."""

from django import forms

from partners.forms import PlannerForm
from workforce.sources.council import COUNCIL_FIELDS, IGNORED, SALARY_IS, faults_of_mapping
from workforce.sources.council.fields import SALARIES

LEAVE_OUT = "-"
UNDECIDED = ("", "Choose one")


class ColumnsForm(PlannerForm, forms.Form):
    """One question for each heading. What was answered before, or is suggested, is filled in already."""

    button = "Read the files with these columns"

    def __init__(self, *args, headings, suggested, known, **kwargs):
        asked = [heading for heading in headings if heading != SALARY_IS]
        self.headings = {f"column-{place}": heading for place, heading in enumerate(asked)}
        said = suggested | known
        self.base_fields = {name: _question(heading, said) for name, heading in self.headings.items()}
        self.base_fields[SALARY_IS] = forms.ChoiceField(
            label="What is an annual salary in these files?", required=False, widget=forms.RadioSelect,
            choices=list(SALARIES.items()), initial=said.get(SALARY_IS, next(iter(SALARIES))),
            help_text="Only if one of the columns is an annual salary.",
        )  # fmt: skip
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        for fault in faults_of_mapping(self.mapping) if not self.errors else ():
            self.add_error(None, fault)
        return cleaned

    @property
    def mapping(self):
        """{heading: what it means, blank to leave it out}, and how salaries are meant where there are some."""
        given = self.cleaned_data
        said = {heading: given[name].replace(LEAVE_OUT, IGNORED) for name, heading in self.headings.items()}
        return said | ({SALARY_IS: given[SALARY_IS]} if given.get(SALARY_IS) and "salary" in said.values() else {})


def _question(heading, said):
    fields = [(field.name, f"{field.label}: {field.meaning}") for field in COUNCIL_FIELDS.values()]
    return forms.ChoiceField(
        label=heading,
        choices=[UNDECIDED, (LEAVE_OUT, "Leave it out: nothing is kept of it"), *fields],
        initial=(said[heading] or LEAVE_OUT) if heading in said else "",
        error_messages={"required": f"Say what “{heading}” is, or leave it out."},
    )
