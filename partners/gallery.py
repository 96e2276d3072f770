"""A page with every component and pattern on it, blank and in error: the place to look before drawing a new one."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Reset, Submit
from django import forms
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.form_fields import CountedTextarea, GovukFormMixin, SplitDateField

PRIORITIES = [("", "Choose a priority"), ("high", "High"), ("medium", "Medium"), ("low", "Low")]
STATUSES = [("green", "On track"), ("amber", "At risk"), ("red", "Off track"), ("blue", "Done")]
PARTNERS = [("council", "Council"), ("trust", "NHS trust"), ("college", "Further education college")]

WRONG_ANSWERS = {
    "activity": "An activity whose name goes on for much longer than anybody reading a plan would want it to",
    "reply_to": "name at example",
    "pass_phrase": "",
    "outcome": "Commissioning that takes account of the workforce. " * 8,
    "notes": "",
    "places": "about 12",
    "priority": "urgent",
    "status": "purple",
    "partners": ["council", "elsewhere"],
    "due_day": "30",
    "due_month": "February",
    "due_year": "2026",
    "agreed": "",
    "version": "1",
}


class GalleryForm(GovukFormMixin, forms.Form):
    activity = forms.CharField(max_length=60, help_text="What will be done, in the words of those who do it")
    reply_to = forms.EmailField(
        label="Reply address",
        help_text="Updates are sent here",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    pass_phrase = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    outcome = forms.CharField(
        label="Expected outcome",
        max_length=300,
        widget=CountedTextarea(),
        help_text="What will be different, and for whom",
    )
    notes = forms.CharField(label="Anything else?", widget=forms.Textarea(attrs={"rows": 3}))
    places = forms.IntegerField(
        label="Apprenticeship places", min_value=0, widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"})
    )
    priority = forms.ChoiceField(choices=PRIORITIES)
    status = forms.ChoiceField(label="How is it going?", choices=STATUSES, widget=forms.RadioSelect)
    partners = forms.MultipleChoiceField(
        label="Partners taking part",
        choices=PARTNERS,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose all that apply",
    )
    due = SplitDateField(label="Due date", help_text="For example, 27 3 2026 or 27 March 2026")
    plan = forms.FileField(label="The plan as a file", widget=forms.FileInput, help_text="Word, Excel or CSV")
    agreed = forms.BooleanField(
        label="Our organisation has agreed this", help_text="Somebody with authority has said yes"
    )
    resource = forms.CharField(label="Resource requirement", required=False)
    version = forms.CharField(widget=forms.HiddenInput, initial="1")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_action = "#main"
        self.helper.layout = Layout(
            Fieldset("What will be done", "activity", "outcome", "places", "resource", "plan"),
            Fieldset("Who and when", "partners", "due", "priority", "status", "reply_to", "pass_phrase"),
            "notes",
            "agreed",
            "version",
        )
        # Two of these forms share the page, so their buttons need ids of their own.
        self.helper.add_input(Submit("save", "Save activity", css_id=f"save-{self.prefix or 'blank'}"))
        self.helper.add_input(Reset("reset", "Start again", css_id=f"reset-{self.prefix or 'blank'}"))

    def clean(self):
        if self.data:
            self.add_error(None, "Two partners have each said that they lead this activity. Choose one of them.")


@require_safe
def gallery(request):
    prefix = "wrong"
    answers = {f"{prefix}-{name}": answer for name, answer in WRONG_ANSWERS.items()}
    return render(
        request,
        "gallery.html",
        {"form": GalleryForm(), "invalid_form": GalleryForm(answers, {}, prefix=prefix), **SAMPLE_SHELL},
    )


SAMPLE_SHELL = {
    "partnership": {"name": "Adult social care partnership"},
    "nav": [
        {"label": label, "url": "#main", "current": label == "Plan"}
        for label in ("Home", "Plan", "Strategy", "Workforce", "Principles", "Reviews", "Partners")
    ],
    "footer_links": [
        {"label": "Accessibility statement", "url": "#main"},
        {"label": "Who may do what", "url": "#main"},
    ],
}
