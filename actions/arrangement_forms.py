"""What an address asks of the plan: its filters, and how its rows are arranged."""

from django import forms
from django.http import QueryDict
from django.utils.html import format_html_join

from actions.arranging import Arrangement
from actions.board import STATUSES
from actions.editing import Edit
from actions.models import Priority, Status
from actions.saved_views import LONGEST_NAME
from partners.forms import PlannerForm, Words

SEARCH_LONGEST = 100
LONGEST_OPTION = 60


class FilterForm(forms.Form):
    """What to show of the plan. Everything is optional, and a value that is not known is simply not used."""

    q = forms.CharField(label="Search", required=False, max_length=SEARCH_LONGEST)
    aim = forms.ChoiceField(label="Aim", required=False)
    priority = forms.ChoiceField(label="Priority", required=False, choices=[("", "Any"), *Priority.choices])
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Any"), *Status.choices, ("none", "Not reported")]
    )
    lead = forms.ChoiceField(label="Lead organisation", required=False)
    named = forms.ChoiceField(label="Responsible officer", required=False)
    mine = forms.BooleanField(label="Mine", required=False)
    ours = forms.BooleanField(label="My organisation’s", required=False)
    late = forms.BooleanField(label="Late", required=False)

    def __init__(self, *args, lookups, **kwargs):
        super().__init__(*args, **kwargs)
        hangers = [(f"a{pk}", words) for pk, words in lookups.aims.items()]
        hangers += [(f"t{pk}", words) for pk, words in lookups.themes.items()]
        self.fields["aim"].choices = [("", "Any"), *hangers]
        self.fields["lead"].choices = [("", "Any"), *_by_name(lookups.organisations)]
        self.fields["named"].choices = [("", "Anybody"), *_by_name(lookups.people)]

    @property
    def chosen(self):
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def selects(self):
        return [self._select(name) for name in ("aim", "priority", "status")]

    def more_selects(self):
        return [self._select(name) for name in ("lead", "named")]

    def _select(self, name):
        """(field, its options): made in Python, because a partnership may have hundreds of people to choose from."""
        field = self[name]
        chosen = field.value()
        marked = ((value, " selected" if value == chosen else "", words) for value, words in field.field.choices)
        return field, format_html_join(
            "", '<option value="{}"{}>{}</option>', ((value, mark, _short(words)) for value, mark, words in marked)
        )


def _short(words):
    return words if len(words) <= LONGEST_OPTION else f"{words[: LONGEST_OPTION - 1]}…"


def _by_name(names):
    return sorted(((str(pk), name) for pk, name in names.items()), key=lambda option: option[1].casefold())


def asked_for(query, lookups, saved=()):
    """(arrangement, filters) of an address. `view=ID` opens one of the saved views; what else is said there wins."""
    query = _with_view(query, saved)
    filters = FilterForm(query, lookups=lookups)
    return Arrangement.read(query, filters.chosen), filters


def _with_view(query, saved):
    view = next((one for one in saved if str(one.pk) == query.get("view")), None)
    if view is None:
        return query
    both = QueryDict(view.query, mutable=True)
    for name, values in query.lists():
        both.setlist(name, values)
    return both


class SaveViewForm(PlannerForm, forms.Form):
    """A name for what the page shows. Whether to replace a view of that name is asked only once there is one."""

    button = "Save this view"
    name = Words(label="Name", max_length=LONGEST_NAME, help_text="Such as Late and ours.")
    shared = forms.BooleanField(label="Everybody in the partnership can open it", required=False)
    replace = forms.BooleanField(label="Replace my view of this name", required=False)

    def __init__(self, *args, may_share, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["shared"]
        if "replace" not in self.data:
            self.asked_later = self.fields.pop("replace")

    def refuse(self, refusal):
        if refusal.field == "replace" and "replace" not in self.fields:
            self.fields["replace"] = self.asked_later
        super().refuse(refusal)

    @property
    def wanted(self):
        return {"shared": False, **self.cleaned_data}


class ChangeViewForm(PlannerForm, forms.Form):
    button = "Save changes"
    name = Words(label="Name", max_length=LONGEST_NAME)
    shared = forms.BooleanField(label="Everybody in the partnership can open it", required=False)

    def __init__(self, *args, may_share, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_share and not self.initial["shared"]:
            self.fields["shared"].disabled = True


class MoveForm(forms.Form):
    """A card's way from the status it showed to another; "none" stands for a blank."""

    status = forms.ChoiceField(choices=STATUSES)
    seen = forms.ChoiceField(choices=STATUSES)

    @property
    def edit(self):
        seen, new = (self.cleaned_data[name] for name in ("seen", "status"))
        return Edit("" if seen == "none" else seen, "" if new == "none" else new)
