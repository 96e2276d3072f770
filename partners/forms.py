"""Forms of the partners pages, and what all forms share."""

import json

from allauth.account import forms as account_forms
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.auth.password_validation import validate_password

from partners.form_fields import GovukFormMixin
from partners.history import plain
from partners.models import Sector, User
from partners.permissions import ROLES, Reach, Right, Role
from partners.services import ROLES_WITHOUT_ORGANISATION
from partners.text import clean_text


def posted(request):
    """What a form is bound to: what was sent, even when nothing was in it; None when the page is only asked for."""
    return request.POST if request.method == "POST" else None


def posted_files(request):
    return request.FILES if request.method == "POST" else None


class Words(forms.CharField):
    """Text somebody types: stored with one kind of line break and no control characters."""

    def __init__(self, *args, rows=None, **kwargs):
        if rows:
            kwargs.setdefault("widget", forms.Textarea({"rows": rows}))
        super().__init__(*args, strip=False, **kwargs)

    def to_python(self, value):
        return clean_text(value, keep_lines=isinstance(self.widget, forms.Textarea))


class PlannerForm(GovukFormMixin):
    """A form with one main button. Mix in before forms.Form or forms.ModelForm."""

    button = "Save"
    form_id = ""

    @property
    def helper(self):
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.form_id = self.form_id
        helper.add_input(Submit("", self.button, css_id=f"{self.prefix or ''}submit"))
        return helper

    def refuse(self, refusal):
        """Put a service's refusal where the person can see it, beside the field it concerns."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.sentence)


MOST_SEEN = 200_000  # characters
NOT_SEEN = "\0 not seen"  # equal to nothing that can be stored


class SeenField(forms.JSONField):
    """What a page showed, carried by its form. Whatever is not what a page could have shown counts as not carried."""

    def to_python(self, value):
        if value in self.empty_values or len(value) > MOST_SEEN:
            return None
        try:
            carried = super().to_python(value)
            json.dumps(carried, ensure_ascii=False).encode("utf-8")
        except (ValueError, RecursionError, forms.ValidationError):
            return None
        return carried if isinstance(carried, dict) else None

    def bound_data(self, data, initial):
        return data

    def prepare_value(self, value):
        return value if isinstance(value, str) else json.dumps(value)


class SeenForm(PlannerForm):
    """A form that carries what the person saw when it was shown, so that a save can compare it with what is stored.

    Mix in before the form; give `stored`, the values as they are now.
    """

    def __init__(self, *args, stored, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = {name: plain(value) for name, value in stored.items()}
        self.fields["seen"] = SeenField(widget=forms.HiddenInput, required=False, initial=self.stored)

    @property
    def seen(self):
        """What was shown, by field. A field the form did not carry was not seen by anybody, and compares so."""
        carried = self.cleaned_data.get("seen") or {}
        return {name: carried.get(name, NOT_SEEN) for name in self.stored}

    @property
    def wanted(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def show_again(self, *, theirs=()):
        """After a conflict: what this person left alone, and the fields of `theirs`, follow what is stored now.

        What they typed elsewhere stays, and the next save is made knowing what it replaces.
        """
        seen, data = self.seen, self.data.copy()
        for name, value in self.stored.items():
            untouched = name in self.cleaned_data and plain(self.cleaned_data[name]) == seen.get(name)
            if name in theirs or untouched:
                self._put(data, name, value)
        data[self.add_prefix("seen")] = json.dumps(self.stored)
        self.data = data

    def _put(self, data, name, value):
        """Write a stored value into what the form shows, box by box where its widget has several."""
        widget, key = self.fields[name].widget, self.add_prefix(name)
        value = self.shown(name, value)
        if isinstance(widget, forms.MultiWidget):
            for suffix, part in zip(widget.widgets_names, widget.decompress(value), strict=True):
                data[key + suffix] = part
        elif isinstance(value, list):
            data.setlist(key, [str(one) for one in value])
        else:
            data[key] = value

    def shown(self, name, value):
        """A stored value as the field shows it."""
        return self.initial.get(name, value)


class PartnerForm(PlannerForm, forms.Form):
    button = "Add partner"
    name = Words(label="Name of the organisation", max_length=200)
    known_as = Words(
        label="Known as",
        max_length=80,
        required=False,
        help_text="The short name people here use, such as the Council.",
    )
    sector = forms.ChoiceField(label="Sector", choices=Sector, widget=forms.RadioSelect)


class NearbyPartnerForm(PlannerForm, forms.Form):
    """An organisation that a wider or inner partnership knows already: it exists once, and joins."""

    button = "Add this organisation"
    organisation = forms.ModelChoiceField(label="Organisation", queryset=None, empty_label="Choose one")
    known_as = Words(
        label="Known as",
        max_length=80,
        required=False,
        help_text="The short name people here use. Left blank, its full name is used.",
    )

    def __init__(self, *args, partnership, **kwargs):
        super().__init__(*args, prefix="nearby", **kwargs)
        self.fields["organisation"].queryset = partnership.organisations_nearby()


class InviteForm(PlannerForm, forms.Form):
    button = "Send invitation"
    email = forms.EmailField(
        label="E-mail address", help_text="They get a link that works for 14 days.", widget=forms.EmailInput
    )
    role = forms.ChoiceField(label="Role", choices=(), widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        label="Organisation", queryset=None, required=False, empty_label="None (for a chair or a coordinator)"
    )

    def __init__(self, *args, partnership, standing, **kwargs):
        super().__init__(*args, **kwargs)
        everywhere = any(ROLES[post.role].get(Right.INVITE) is Reach.ALL for post in standing.posts)
        organisations = partnership.organisations.all()
        if not everywhere:
            organisations = organisations.filter(pk__in=standing.organisation_ids_with(Right.INVITE))
            self.fields["organisation"].empty_label = None
        self.fields["organisation"].queryset = organisations
        names = dict(partnership.partners.values_list("organisation_id", "known_as"))
        self.fields["organisation"].label_from_instance = lambda one: names[one.pk]
        wide = {Role.COORDINATOR, Role.STEERING_MEMBER}
        self.fields["role"].choices = [c for c in Role.choices if everywhere or c[0] not in wide]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("organisation") and cleaned.get("role", Role.OBSERVER) not in ROLES_WITHOUT_ORGANISATION:
            self.add_error("organisation", "Choose the organisation: this role is held for one.")
        return cleaned


class NewAccountForm(PlannerForm, forms.Form):
    """What somebody without an account fills in to accept an invitation."""

    button = "Create account and accept"
    name = Words(label="Your name", max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    job_title = Words(
        label="Job title",
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    password = forms.CharField(
        label="Password",
        error_messages={"required": "Choose a password of at least 12 characters."},
        help_text="At least 12 characters. Three random words work well.",
        max_length=128,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self):
        user = User(email=self.email, name=self.data.get("name", ""))
        validate_password(self.cleaned_data["password"], user)
        return self.cleaned_data["password"]


class ConfirmForm(PlannerForm, forms.Form):
    """Nothing to fill in: the button is the question."""

    def __init__(self, *args, button, **kwargs):
        super().__init__(*args, **kwargs)
        self.button = button


class QuietMixin(GovukFormMixin):
    """allauth's forms without placeholders, which vanish as one types, and with our own words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.label = "E-mail address"


class SignInForm(QuietMixin, account_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ForgottenPasswordForm(QuietMixin, account_forms.ResetPasswordForm):
    pass


class NewPasswordForm(QuietMixin, account_forms.ResetPasswordKeyForm):
    pass


class SetPasswordForm(QuietMixin, account_forms.SetPasswordForm):
    pass


class ChangePasswordForm(QuietMixin, account_forms.ChangePasswordForm):
    pass
