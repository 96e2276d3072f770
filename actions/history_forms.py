"""Forms of the history: what to look for in it, which point of it is meant, and putting something back."""

from datetime import datetime, time

from django import forms
from django.utils import timezone

from actions.columns import COLUMNS
from actions.past import Point
from partners.forms import ConfirmForm, PlannerForm
from partners.models import Via

ANYBODY = [("", "Anybody")]
EARLIEST = 2000  # Nothing here is older, and some dates before it have no place in a database.
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def end_of_minute(day, clock):
    """A moment as people name it: whatever happened in that minute (or on that day) had happened by then."""
    last = clock.replace(second=59, microsecond=999999) if clock else time.max
    return timezone.make_aware(datetime.combine(day, last))


class HistoryForm(PlannerForm, forms.Form):
    """What to look for in the history. Everything is optional, and a value that is not known is simply not used."""

    person = forms.ChoiceField(label="Person", required=False)
    organisation = forms.ChoiceField(label="Organisation", required=False)
    column = forms.ChoiceField(
        label="Column", required=False, choices=[("", "Any"), *((column.key, column.label) for column in COLUMNS)]
    )
    way = forms.ChoiceField(label="How", required=False, choices=[("", "Any way"), *Via.choices])
    since = forms.DateField(label="From", required=False, widget=DAY)
    until = forms.DateField(label="To", required=False, widget=DAY)

    def __init__(self, *args, people, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [*ANYBODY, *((str(pk), name) for pk, name in people)]
        self.fields["organisation"].choices = [("", "Any"), *((str(pk), name) for pk, name in organisations.items())]

    @property
    def chosen(self):
        self.is_valid()
        found = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: value for name, value in found.items() if name not in DATES or value.year >= EARLIEST}


DATES = ("since", "until")


class PointForm(PlannerForm, forms.Form):
    """A point of the past: a day, a day and a time, or the number of a change."""

    date = forms.DateField(label="Day", required=False, widget=DAY)
    time = forms.TimeField(
        label="Time", required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )  # fmt: skip
    change = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def point(self, changes):
        """The point that was asked for, among these changes; an empty one where it is none."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("change"):
            return Point(change=changes.filter(pk=asked["change"]).first())
        day = asked.get("date")
        return Point(moment=end_of_minute(day, asked.get("time")) if day and EARLIEST <= day.year < 9999 else None)


class PutBackForm(ConfirmForm):
    """The button under what would change; it carries the plan's newest change that the person has seen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)
