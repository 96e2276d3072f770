"""The form with which a return is sent."""

from django import forms
from django.conf import settings

from partners.form_fields import SplitDateField
from partners.forms import PlannerForm
from workforce.sources import SOURCES
from workforce.uploads import MOST_FILES

WHOSE_WORDS = {
    "required": "Choose whose files they are.",
    "invalid_choice": "Choose one of the organisations that you send files for.",
}
FILE_WORDS = {"required": "Choose at least one file.", "empty": "One of the files has nothing in it."}
WORK_IT_OUT = ("", "Work it out from the headings")


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, as a list."""

    widget = FilesInput

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files or [None]]


class ReturnForm(PlannerForm, forms.Form):
    button = "Send these files"
    as_at = SplitDateField(
        label="Which day do the files describe?",
        help_text="Usually the last day of March or September. Not the day on which you send them.",
    )
    partner = forms.ModelChoiceField(
        label="Whose files are they?", queryset=None, empty_label="Choose one", error_messages=WHOSE_WORDS
    )
    files = FilesField(
        label="Files",
        error_messages=FILE_WORDS,
        help_text=f"Choose all files of the return together: up to {MOST_FILES}. CSV, Excel (.xlsx), or a ZIP file of "
        f"them, up to {settings.MAX_WORKFORCE_BYTES / 1_000_000:,.0f} MB.",
    )
    source = forms.ChoiceField(
        label="Where do they come from?", required=False, widget=forms.RadioSelect, choices=(),
        help_text="Say so only when it was worked out wrongly before.",
    )  # fmt: skip

    def __init__(self, *args, partners, **kwargs):
        super().__init__(*args, **kwargs)
        self.partners = partners
        self.fields["source"].choices = [WORK_IT_OUT, *((name, source.LABEL) for name, source in SOURCES.items())]
        self.fields["partner"].queryset = partners
        if len(partners) < 2:
            del self.fields["partner"]

    @property
    def wanted(self):
        """What was filled in, with the only partner there is where nobody was asked."""
        return {"partner": self.partners[0], **self.cleaned_data} if self.partners else self.cleaned_data
