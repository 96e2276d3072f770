from django import forms

from partners.form_fields import SplitDateField
from partners.forms import PlannerForm, SeenForm, Words
from principles.frameworks import all_frameworks
from strategies.models import SignUpState, Theme


class StrategyForm(PlannerForm, forms.Form):
    button = "Save strategy"
    title = Words(label="Title", max_length=200)
    period_start = SplitDateField(label="Period starts")
    period_end = SplitDateField(label="Period ends")
    vision = Words(label="Vision", max_length=5000, required=False, rows=4)
    scope = Words(
        label="Scope",
        max_length=10000,
        required=False,
        help_text="Which services, places and kinds of worker it covers.",
        rows=6,
    )


class StrategyEditForm(SeenForm, StrategyForm):
    pass


class HeadingForm(PlannerForm, forms.Form):
    """An aim, a theme or a principle: one sentence."""

    text = Words(label="Words", max_length=500, rows=3, error_messages={"required": "Write it in a sentence."})


class HeadingEditForm(SeenForm, HeadingForm):
    pass


class ThemeForm(HeadingForm):
    kind = forms.ChoiceField(label="Is it a theme or a priority?", choices=Theme.Kind, widget=forms.RadioSelect)


class AdoptForm(PlannerForm, forms.Form):
    """Adopt principles from a published framework, in the planner's wording of them."""

    button = "Adopt these principles"
    chosen = forms.MultipleChoiceField(label="Which principles?", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, adopted, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [
            (f"{framework.key}/{principle.key}", principle.text)
            for framework in all_frameworks().values()
            for principle in framework.principles
            if (framework.key, principle.key) not in adopted
        ]


class SignUpForm(SeenForm, PlannerForm, forms.Form):
    button = "Save sign-up"
    state = forms.ChoiceField(label="Where does it stand?", choices=SignUpState, widget=forms.RadioSelect)
    dated = SplitDateField(label="Date")
    note = Words(
        label="Note",
        max_length=2000,
        required=False,
        help_text="Conditions, or what is still being discussed.",
        rows=3,
    )


class CiteForm(PlannerForm, forms.Form):
    button = "Cite this figure"
    strategy = forms.ModelChoiceField(label="In which strategy?", queryset=None, empty_label=None)
    words = Words(label="What does it show?", max_length=1000, rows=3, help_text="One sentence that the figure backs.")

    def __init__(self, *args, strategies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["strategy"].queryset = strategies
