"""What somebody wants to look at. The form only asks, so everything in it stands in the address and can be shared."""

from django import forms
from django.utils.formats import date_format

from partners.forms import PlannerForm
from workforce.exploring import Choice


class ExploreForm(PlannerForm, forms.Form):
    button = "Show"
    figures = forms.ChoiceField(label="Which figures?")
    dates = forms.MultipleChoiceField(
        label="At which dates?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Several dates stand beside each other. Without any it is the newest.",
    )
    column = forms.ChoiceField(label="Of which category?", required=False, help_text="For several dates only.")
    partners = forms.MultipleChoiceField(
        label="Of which organisations?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="For figures by organisation. Without any it is all of them.",
    )

    @property
    def helper(self):
        helper = super().helper
        helper.form_method = "get"
        helper.disable_csrf = True
        return helper

    def __init__(self, *args, shelf, partners, columns, **kwargs):
        super().__init__(*args, **kwargs)
        offers = [(title, [(offer.key, offer.words) for offer in listed]) for title, listed in shelf.offers()]
        self.fields["figures"].choices = [("", "Choose one"), *offers]
        self.fields["dates"].choices = [(str(one.as_at), date_format(one.as_at, "j F Y")) for one in shelf.releases]
        self.fields["partners"].choices = partners
        self.fields["column"].choices = [("", "All categories together"), *columns]

    def choice(self):
        asked = self.cleaned_data
        return Choice(asked["figures"], tuple(asked["dates"]), tuple(asked["partners"]), asked["column"])
