"""Form fields and habits shared by every form: a date in three boxes, counted text, and errors that name the field."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import pretty_name

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
DATE_PARTS = ("day", "month", "year")
# The month has room for its name; the widths are those the style sheet has classes for.
BOX_WIDTHS = {"day": 2, "month": 5, "year": 4}
DATE_EXAMPLE = "27 3 2026 or 27 March 2026"


class DateInputWidget(forms.MultiWidget):
    """Three text boxes. Text, not number: a number box silently drops the "March" that somebody typed."""

    def __init__(self, attrs=None):
        boxes = {part: forms.TextInput(attrs={"autocomplete": "off"}) for part in DATE_PARTS}
        boxes["day"].attrs["inputmode"] = boxes["year"].attrs["inputmode"] = "numeric"
        super().__init__(boxes, attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def subwidgets(self, name, value, attrs=None):
        """Each box in turn, as radios do, so that templates can label it and error links can point at the first."""
        boxes = self.get_context(name, value, attrs)["widget"]["subwidgets"]
        for part, box in zip(DATE_PARTS, boxes, strict=True):
            yield {**box, "label": part.capitalize(), "characters": BOX_WIDTHS[part]}


class SplitDateField(forms.Field):
    """A date typed as day, month and year. Months may be words; a date that does not exist is refused by name."""

    widget = DateInputWidget
    default_error_messages = {
        "required": f"Enter a date, like {DATE_EXAMPLE}.",
        "incomplete": f"The date needs a %(missing)s as well. Enter it like {DATE_EXAMPLE}.",
        "day": f"“%(typed)s” is not a day of the month. Enter a number from 1 to 31, as in {DATE_EXAMPLE}.",
        "month": f"“%(typed)s” is not a month. Enter 1 to 12 or its name, as in {DATE_EXAMPLE}.",
        "year": f"“%(typed)s” is not a year in four figures. Enter it like {DATE_EXAMPLE}.",
        "impossible": f"%(typed)s is not a date. Enter one that exists, like {DATE_EXAMPLE}.",
    }

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime.date):
            return value or None
        typed = dict(zip(DATE_PARTS, ((part or "").strip() for part in value), strict=True))
        if not any(typed.values()):
            return None
        missing = [part for part in DATE_PARTS if not typed[part]]
        if missing:
            raise self._refusal("incomplete", missing=" and a ".join(missing))
        return self._date(**typed)

    def _date(self, *, day, month, year):
        numbers = {"day": _day_number(day), "month": _month_number(month), "year": _year_number(year)}
        for part, number in numbers.items():
            if number is None:
                raise self._refusal(part, typed={"day": day, "month": month, "year": year}[part])
        try:
            return datetime.date(**numbers)
        except ValueError:
            month_name = MONTHS[numbers["month"] - 1].capitalize()
            raise self._refusal("impossible", typed=f"{numbers['day']} {month_name} {numbers['year']}") from None

    def _refusal(self, code, **params):
        return ValidationError(self.error_messages[code], code=code, params=params)


def _day_number(typed):
    match = re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?", typed, re.IGNORECASE)
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def _month_number(typed):
    if re.fullmatch(r"[0-9]{1,2}", typed):
        return int(typed) if 1 <= int(typed) <= 12 else None
    word = typed.lower().rstrip(".")
    # Three letters are enough to tell every month from every other.
    matches = [number for number, month in enumerate(MONTHS, start=1) if len(word) >= 3 and month.startswith(word)]
    return matches[0] if matches else None


def _year_number(typed):
    # Four figures, because "26" could be this century or a slip of the finger.
    return int(typed) if re.fullmatch(r"[1-9][0-9]{3}", typed) else None


class CountedTextarea(forms.Textarea):
    """A text area that says how many characters are left. Give its field a max_length."""

    def __init__(self, attrs=None):
        super().__init__({"rows": 5, "data-character-count": "", **(attrs or {})})


class GovukFormMixin:
    """Put first on every form: nothing typed is cut or lost, and each empty field is named in its own error."""

    # The word "required" on an untouched box makes some screen readers announce it as wrong before anybody has typed.
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _keep_what_was_typed(field.widget)
            _say_what_would_work(field, label=str(field.label or pretty_name(name)))


def _keep_what_was_typed(widget):
    # Browsers cut pasted text at maxlength without a word. The server refuses it instead, and says how long it may be.
    widget.attrs.pop("maxlength", None)
    if isinstance(widget, forms.NumberInput):
        # A number box sends nothing at all when it holds "about 12", so the person could not be shown it again.
        widget.input_type = "text"
        widget.attrs = {name: value for name, value in widget.attrs.items() if name not in {"min", "max", "step"}}
        widget.attrs.setdefault("inputmode", "decimal")


def _say_what_would_work(field, label):
    """Put a sentence of our own wherever the form's author left Django's general one."""
    messages = field.error_messages
    # Only these two sentences take parameters, so only in them does a per cent sign in a label need doubling.
    subject = label.replace("%", "%%")
    if messages.get("required") in _GENERAL_REQUIRED:
        messages["required"] = _empty_sentence(field, label)
    if messages.get("invalid_choice") == forms.ChoiceField.default_error_messages["invalid_choice"]:
        messages["invalid_choice"] = f"“%(value)s” is not on the list for “{subject}”. Choose from those shown."
    if messages.get("invalid") == forms.IntegerField.default_error_messages["invalid"]:
        messages["invalid"] = f"{label} must be a whole number, like 12"
    if isinstance(field, forms.EmailField):
        messages.setdefault("invalid", "Enter an e-mail address, like name@example.org")
    messages.setdefault("max_length", f"“{subject}” has %(show_value)s characters. At most %(limit_value)s are kept.")


_GENERAL_REQUIRED = (
    forms.Field.default_error_messages["required"],
    SplitDateField.default_error_messages["required"],
)


def _empty_sentence(field, label):
    if isinstance(field, forms.BooleanField):
        return f"Tick the box: {label}"
    if label.endswith("?"):
        return f"Answer the question “{label}”"
    picks = isinstance(field.widget, (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput))
    example = f", like {DATE_EXAMPLE}" if isinstance(field, SplitDateField) else ""
    return f"{'Choose' if picks else 'Enter'} {_lower_first(label)}{example}"


def _lower_first(label):
    # "NHS number" keeps its capitals.
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
