"""Forms of the workforce profile: when it is made and for whom, its words, and the published figures beside it."""

from django import forms
from django.utils import timezone

from partners.form_fields import CountedTextarea, SplitDateField
from partners.forms import PlannerForm, SeenForm, Words
from workforce.disclosure.released import Audience
from workforce.profile_models import ContextFigure
from workforce.profiles import LIMITS, LONGEST_WORDS

LONGEST_REASON = 1000
AUDIENCES = [
    (Audience.PARTNERSHIP.value, "Members of the partnership: exact figures, small ones hidden"),
    (Audience.PUBLIC.value, "Everybody: figures rounded to the nearest five, small ones hidden"),
]


class Number(forms.IntegerField):
    """A whole number as people write it, between two limits that its error names."""

    def __init__(self, *, low, high, example, **how):
        width = f"govuk-input--width-{4 if high < 10_000 else 10}"
        super().__init__(min_value=low, max_value=high, widget=forms.NumberInput({"class": width}), **how)
        name = "The number" if self.label.endswith("?") else self.label
        sentence = f"{name} must be a whole number from {low:,} to {high:,}, such as {example:,}."
        self.error_messages |= {"invalid": sentence, "required": sentence}
        for validator in self.validators:
            validator.message = sentence

    def to_python(self, value):
        return super().to_python(value.replace(",", "").replace(" ", "") if isinstance(value, str) else value)


def _past(day):
    if day > timezone.localdate():
        raise forms.ValidationError("This date is in the future. Give a day that returns can already describe.")
    return day


# --- Having one made ------------------------------------------------------------------------------------------------


class AskForm(PlannerForm, forms.Form):
    button = "Have it made"
    as_at = SplitDateField(
        label="Which day is it to describe?",
        help_text="Usually the last day of March or September: the day that the returns describe.",
    )
    audience = forms.ChoiceField(label="Who is it for?", choices=AUDIENCES, widget=forms.RadioSelect)

    def clean_as_at(self):
        return _past(self.cleaned_data["as_at"])


class OwnAskForm(PlannerForm, forms.Form):
    """A partner's own figures, for its own data stewards."""

    button = "Have it made"
    partner = forms.ModelChoiceField(
        label="Which organisation is it about?",
        queryset=None,
        empty_label="Choose one",
        error_messages={
            "required": "Choose the organisation that it is about.",
            "invalid_choice": "Choose one of the organisations that you send files for.",
        },
    )
    as_at = SplitDateField(label="Which day is it to describe?", help_text="The day that your return describes.")

    def __init__(self, *args, partners, **kwargs):
        super().__init__(*args, **kwargs)
        self.partners = partners
        self.fields["partner"].queryset = partners
        if len(partners) < 2:
            del self.fields["partner"]

    def clean_as_at(self):
        return _past(self.cleaned_data["as_at"])

    @property
    def wanted(self):
        """What was filled in, with the only partner there is where nobody was asked."""
        return {"partner": self.partners[0], **self.cleaned_data}


class WithdrawForm(PlannerForm, forms.Form):
    button = "Withdraw this report"
    reason = Words(
        label="Why is it withdrawn?",
        max_length=LONGEST_REASON,
        rows=4,
        help_text="Everybody who could read the report reads this instead. Say what was wrong with it.",
    )


# --- How it is put in order -----------------------------------------------------------------------------------------


class PartForm(SeenForm, forms.Form):
    """The partnership's own words in one part of the report."""

    button = "Save these words"
    words = Words(
        label="Your own words in this part",
        max_length=LONGEST_WORDS,
        required=False,
        widget=CountedTextarea({"rows": 8}),
        help_text="They stand before the figures, in this report and the next. Leave a line between paragraphs.",
    )


def _limited(name, example, **how):
    low, high = LIMITS[name]
    return Number(low=low, high=high, example=example, **how)


class ScheduleForm(PlannerForm, forms.Form):
    button = "Save the schedule"
    is_on = forms.BooleanField(label="Have the profile made by itself", required=False)
    first = SplitDateField(label="Which day does the first report describe?")
    months = _limited("months", 6, label="Months between reports")
    days_to_send = _limited(
        "days_to_send", 30, label="Days to send returns",
        help_text="Counted from the day described. Drafts are made when these days are over, or sooner once every "
        "partner’s return is ready.",
    )  # fmt: skip
    remind_days = _limited(
        "remind_days", 10, label="Days before that to remind",
        help_text="Data stewards whose return is missing are reminded then, and once more on the last day.",
    )  # fmt: skip
    partnership_threshold = _limited(
        "partnership_threshold", 5, label="Smallest count that members of the partnership see",
        help_text=f"{LIMITS['partnership_threshold'][0]} or more. Of protected characteristics, pay, sickness, "
        "starters and leavers it is never below 10.",
    )  # fmt: skip
    public_threshold = _limited(
        "public_threshold", 10, label="Smallest count that everybody sees",
        help_text=f"{LIMITS['public_threshold'][0]} or more.",
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("public_threshold", 100) < cleaned.get("partnership_threshold", 0):
            self.add_error("public_threshold", "Everybody cannot be shown smaller counts than members are.")
        return cleaned


class ContextEditForm(PlannerForm, forms.Form):
    """A published number. What it counts and its day stay what they are."""

    button = "Save"
    value = Number(low=0, high=100_000_000, example=1200, label="How many are there?")
    source = Words(
        label="Where was it published?",
        max_length=300,
        help_text="Such as the Adult Social Care Finance Report, table 32, and its year.",
    )


class ContextForm(ContextEditForm):
    button = "Add this number"
    kind = forms.ChoiceField(label="Whom does it count?", choices=[("", "Choose one"), *ContextFigure.Kind.choices])
    as_at = SplitDateField(label="On which day was this so?")
    field_order = ("kind", "value", "as_at", "source")

    def __init__(self, *args, partnership, **kwargs):
        super().__init__(*args, **kwargs)
        self.partnership = partnership

    def clean_as_at(self):
        return _past(self.cleaned_data["as_at"])

    def clean(self):
        cleaned = super().clean()
        line = {name: cleaned.get(name) for name in ("kind", "as_at")}
        if None not in line.values() and self.partnership.context_figures.filter(**line).exists():
            self.add_error("kind", "There is a number of this kind and day already. Change that one instead.")
        return cleaned
