"""The form of one line of the known size of the sector."""

from django import forms
from django.utils import timezone

from partners.form_fields import SplitDateField
from partners.forms import PlannerForm, Words
from workforce.quality.showing import in_words
from workforce.template import FIELDS, SIZE_BANDS

MOST = 10_000_000
SERVICES = [(value, in_words(value)) for value in FIELDS["service"].values]
BANDS = [("", "All sizes together"), *((band, in_words(band)) for band in SIZE_BANDS)]


def _count(label, hint):
    """A number as people write it, with or without commas."""
    return WholeNumber(label=label, min_value=0, max_value=MOST, required=False, help_text=hint)


class WholeNumber(forms.IntegerField):
    def __init__(self, **how):
        super().__init__(**how)
        sentence = f"{self.label} must be a whole number from 0 to {MOST:,}, such as 120."
        self.error_messages |= {"invalid": sentence, "min_value": sentence, "max_value": sentence}
        for validator in self.validators:
            validator.message = sentence

    def to_python(self, value):
        return super().to_python(value.replace(",", "").replace(" ", "") if isinstance(value, str) else value)


class SectorSizeEditForm(PlannerForm, forms.Form):
    """What is known of one kind of workplace on one day. The kind and the day stay what they are."""

    button = "Save"
    establishments = _count("Workplaces", "How many there are, whether or not they send data.")
    posts = _count("Filled posts", "Leave blank if nobody knows: they are then estimated.")
    source = Words(
        label="Where do the numbers come from?",
        max_length=300,
        help_text="Such as the register of the Care Quality Commission, and its date.",
    )


class SectorSizeForm(SectorSizeEditForm):
    button = "Add to the table"
    service = forms.ChoiceField(label="Service", choices=[("", "Choose one"), *SERVICES])
    size_band = forms.ChoiceField(label="Size of the workplace", choices=BANDS, required=False)
    as_at = SplitDateField(label="On which day was this so?")
    field_order = ("service", "size_band", "as_at", "establishments", "posts", "source")

    def __init__(self, *args, partnership, **kwargs):
        super().__init__(*args, **kwargs)
        self.partnership = partnership

    def clean_as_at(self):
        day = self.cleaned_data["as_at"]
        if day > timezone.localdate():
            raise forms.ValidationError("This date is in the future. Give the date that the numbers were counted on.")
        return day

    def clean(self):
        cleaned = super().clean()
        key = {name: cleaned.get(name) for name in ("service", "size_band", "as_at")}
        if None not in key.values() and self.partnership.sector_sizes.filter(**key).exists():
            self.add_error(
                "service", "There is a line for this service, size and day already. Change that one instead."
            )
        return cleaned
