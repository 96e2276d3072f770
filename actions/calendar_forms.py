"""The form that asks for a calendar feed."""

from django import forms

from actions.models import CalendarFeed
from actions.saved_views import views_for
from partners.forms import PlannerForm

Rows = CalendarFeed.Rows


class FeedForm(PlannerForm, forms.Form):
    """Which rows a feed shall show. Those that have a feed already are understood, and not offered again."""

    button = "Make this feed"
    what = forms.ChoiceField(label="Dates of which actions?", widget=forms.RadioSelect)
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**62)

    def __init__(self, *args, views, has_organisation, feeds, **kwargs):
        super().__init__(*args, **kwargs)
        self.views = {f"view-{view.pk}": view for view in views}
        choices = [(Rows.MINE, "Actions you are named on")]
        if has_organisation:
            choices.append((Rows.OURS, "Those, and all that your organisation leads or contributes to"))
        choices += [(key, f"The view “{view}”") for key, view in self.views.items()]
        taken = {choice_of(feed) for feed in feeds}
        self.fields["what"].choices = choices
        self.fields["what"].widget.choices = self.left = [choice for choice in choices if choice[0] not in taken]
        if len(self.left) == 1:
            self.initial["what"] = self.left[0][0]

    @property
    def wanted(self):
        what = self.cleaned_data["what"]
        view = self.views.get(what)
        return {"rows": Rows.VIEW if view else what, "view": view, "replaces": self.cleaned_data["replaces"]}


def choice_of(feed):
    return f"view-{feed.view_id}" if feed.view_id else feed.rows


def views_in(partnership, user):
    """All saved views of a partnership's plans that this person can open."""
    return [view for strategy in partnership.strategies.newest_first() for view in views_for(strategy, user)]
