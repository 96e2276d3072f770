"""The form templates: every link and description leads somewhere, and nothing that was typed is lost."""

import datetime
from collections import Counter
from html.parser import HTMLParser

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from partners.form_fields import MONTHS, CountedTextarea, GovukFormMixin, SplitDateField
from partners.gallery import WRONG_ANSWERS, GalleryForm


class Page(HTMLParser):
    """What a test needs to know of a page: its elements in order, and its ids."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)
        self.ids = Counter(attrs["id"] for _, attrs in self.elements if attrs.get("id"))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def values_of(self, attribute):
        return [attrs[attribute] for _, attrs in self.elements if attrs.get(attribute)]

    def control(self, name):
        return next(attrs for tag, attrs in self.elements if attrs.get("name") == name)


def page_of(form):
    return Page(render_to_string("govuk/error_summary.html", {"form": form}) + render_crispy_form(form))


@pytest.fixture
def invalid_form():
    return GalleryForm(WRONG_ANSWERS, {})


@pytest.fixture
def invalid_page(invalid_form):
    return page_of(invalid_form)


def test_gallery_form_has_every_visible_field_but_the_optional_one_in_error(invalid_form):
    visible = {field.name for field in invalid_form.visible_fields()}
    assert visible - set(invalid_form.errors) == {"resource"}


def test_every_error_link_leads_to_a_control(invalid_form, invalid_page):
    targets = [href[1:] for href in invalid_page.values_of("href")]
    controls = {attrs.get("id") for tag, attrs in invalid_page.elements if tag in {"input", "select", "textarea"}}
    assert len(targets) == len(invalid_form.errors) - len(invalid_form.non_field_errors())
    assert set(targets) <= controls
    assert "id_due_0" in targets


@pytest.mark.parametrize("form", [GalleryForm(), GalleryForm(WRONG_ANSWERS, {})], ids=["blank", "invalid"])
def test_every_description_and_label_names_one_element(form):
    page = page_of(form)
    named = [name for value in page.values_of("aria-describedby") for name in value.split()] + page.values_of("for")
    assert {name: page.ids[name] for name in named} == dict.fromkeys(named, 1)
    assert set(page.ids.values()) == {1}


def test_every_field_in_error_is_described_by_its_error(invalid_form, invalid_page):
    described = " ".join(invalid_page.values_of("aria-describedby")).split()
    for field in invalid_form.visible_fields():
        assert (f"{field.auto_id}_error" in described) == bool(field.errors), field.name


@pytest.mark.parametrize("name", ["activity", "reply_to", "places", "due_day", "due_month", "due_year"])
def test_typed_values_survive(invalid_page, name):
    assert invalid_page.control(name)["value"] == WRONG_ANSWERS[name]


def test_typed_text_and_ticks_survive(invalid_form, invalid_page):
    assert WRONG_ANSWERS["outcome"].strip() in render_crispy_form(invalid_form)
    ticked = {attrs["value"] for _, attrs in invalid_page.elements if "checked" in attrs}
    assert ticked == {"council"}


def test_no_input_cuts_what_is_pasted(invalid_page):
    assert invalid_page.values_of("maxlength") == []
    assert "number" not in invalid_page.values_of("type")


def test_counted_text_says_how_much_is_left(invalid_page):
    assert invalid_page.ids["id_outcome-info"] == 1
    assert invalid_page.control("outcome")["aria-describedby"].split() == [
        "id_outcome_helptext",
        "id_outcome_error",
        "id_outcome-info",
    ]


def test_width_class_of_a_widget_is_kept_beside_the_pack_s_own(invalid_page):
    classes = invalid_page.control("places")["class"].split()
    assert {"govuk-input", "govuk-input--error", "govuk-input--width-4"} <= set(classes)
    assert "numberinput" not in classes


def test_form_set_shows_its_errors_once():
    class Row(GovukFormMixin, forms.Form):
        name = forms.CharField()

    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-name": "", "form-1-name": "kept"}
    formset = forms.formset_factory(Row, extra=0)(data)
    formset.is_valid()
    page = Page(render_to_string("govuk/error_summary.html", {"formset": formset}) + render_crispy_form(formset))
    assert page.values_of("href") == ["#id_form-0-name"]
    assert page.control("form-1-name")["value"] == "kept"
    assert set(page.ids.values()) == {1}


def test_empty_fields_are_named_in_their_own_errors():
    class Row(GovukFormMixin, forms.Form):
        aim = forms.CharField()
        nhs_number = forms.CharField(label="NHS number")
        lead = forms.ChoiceField(choices=[("a", "A")])
        going = forms.CharField(label="How is it going?")
        due = SplitDateField(label="Due date")
        own = forms.CharField(error_messages={"required": "Say why the date moved"})
        share = forms.CharField(label="100% share", max_length=3)

    errors = {name: messages[0] for name, messages in Row({"share": "long"}).errors.items()}
    assert errors == {
        "aim": "Enter aim",
        "nhs_number": "Enter NHS number",
        "lead": "Choose lead",
        "going": "Answer the question “How is it going?”",
        "due": "Enter due date, like 27 3 2026 or 27 March 2026",
        "own": "Say why the date moved",
        "share": "“100% share” has 4 characters. At most 3 are kept.",
    }


class DateForm(forms.Form):
    due = SplitDateField(required=False)


def read_date(day, month, year):
    form = DateForm({"due_day": day, "due_month": month, "due_year": year})
    return form.cleaned_data["due"] if form.is_valid() else form.errors["due"][0]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        (("27", "3", "2026"), datetime.date(2026, 3, 27)),
        ((" 07 ", "03", "2026"), datetime.date(2026, 3, 7)),
        (("1st", "sept.", "2027"), datetime.date(2027, 9, 1)),
        (("29", "FEB", "2028"), datetime.date(2028, 2, 29)),
        (("", " ", ""), None),
    ],
)
def test_dates_that_are_understood(typed, understood):
    assert read_date(*typed) == understood


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("30", "February", "2026"), "30 February 2026 is not a date."),
        (("31", "4", "2026"), "31 April 2026 is not a date."),
        (("27", "", "2026"), "The date needs a month as well."),
        (("", "3", ""), "The date needs a day and a year as well."),
        (("0", "3", "2026"), "“0” is not a day of the month."),
        (("end", "3", "2026"), "“end” is not a day of the month."),
        (("27", "13", "2026"), "“13” is not a month."),
        (("27", "Ma", "2026"), "“Ma” is not a month."),
        (("27", "3", "26"), "“26” is not a year in four figures."),
        (("²", "3", "2026"), "“²” is not a day of the month."),
    ],
)
def test_dates_that_are_refused_say_what_would_work(typed, said):
    answer = read_date(*typed)
    assert answer.startswith(said)
    assert "27 3 2026 or 27 March 2026" in answer


@given(st.dates(min_value=datetime.date(1000, 1, 1)), st.sampled_from(["number", "name", "short"]))
def test_any_date_comes_back_as_it_was_shown(date, month_as):
    day, month, year = SplitDateField().widget.decompress(date)
    name = MONTHS[month - 1].capitalize()
    assert read_date(str(day), {"number": str(month), "name": name, "short": name[:3]}[month_as], str(year)) == date


@given(st.lists(st.text(max_size=8), min_size=3, max_size=3))
def test_anything_typed_is_either_a_date_or_a_sentence_and_is_kept(typed):
    form = DateForm({"due_day": typed[0], "due_month": typed[1], "due_year": typed[2]})
    if not form.is_valid():
        assert form.errors["due"][0]
    assert form["due"].value() == typed


def test_a_date_not_changed_is_not_counted_as_a_change():
    date = datetime.date(2026, 3, 27)
    same = DateForm({"due_day": "27", "due_month": "March", "due_year": "2026"}, initial={"due": date})
    assert not same.has_changed()


def test_counting_needs_a_limit():
    class Unlimited(forms.Form):
        text = forms.CharField(widget=CountedTextarea())

    page = page_of(Unlimited())
    assert page.ids["id_text-info"] == 0
    assert "data-module" not in page.control("text")
