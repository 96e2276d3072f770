"""Columns of a partner's own extract are named once, remembered, and the files read with them."""

import pytest
from django.core.files.base import ContentFile

from tests.workforce.pages.conftest import again, words
from tests.workforce.uploads import quick_reader
from workforce import engine, receiving
from workforce.lifecycle import State
from workforce.models import Upload

FILE = b"unmapped,pay\n1,20\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(engine, "current", lambda: quick_reader.QUICK)


@pytest.fixture
def asking(receive):
    """A council's extract whose headings nobody knows yet."""
    upload = receive([ContentFile(FILE, name="council.csv")])
    headings = ["Employee No.", "Post title", "Home address"]
    suggested = {"Employee No.": "post_key", "Post title": "role"}
    Upload.objects.filter(pk=upload.pk).update(unmapped_headings=headings, suggested_columns=suggested)
    return again(upload)


def answered(*fields):
    return {f"column-{place}": field for place, field in enumerate(fields)}


def test_each_heading_is_asked_about_with_what_is_suggested(asking, steward):
    assert asking.state == State.NEEDS_MAPPING
    form = steward.get(f"{asking.get_absolute_url()}columns/").context["form"]
    assert [(field.label, field.value()) for field in form] == [
        ("Employee No.", "post_key"), ("Post title", "role"), ("Home address", ""),
    ]  # fmt: skip


def test_the_answers_are_remembered_and_the_files_read(asking, steward, partner):
    answer = steward.post(f"{asking.get_absolute_url()}columns/", answered("post_key", "role", "-"))
    assert answer.url == asking.get_absolute_url()
    receiving.read_upload(asking.pk)
    upload = again(asking)
    assert upload.state == State.READY
    assert upload.mapping == {"Employee No.": "post_key", "Post title": "role", "Home address": ""}
    assert partner.column_mappings.get(heading="Home address").field == ""


def test_what_was_said_before_is_filled_in(asking, steward, receive):
    steward.post(f"{asking.get_absolute_url()}columns/", answered("person_key", "role", "-"))
    Upload.objects.filter(pk=asking.pk).update(state=State.TO_DECIDE)
    form = steward.get(f"{asking.get_absolute_url()}columns/").context["form"]
    assert form["column-0"].value() == "person_key" and form["column-2"].value() == "-"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (("post_key", "role", ""), "Say what “Home address” is, or leave it out."),
        (("role", "role", "-"), "“Employee No.” is said to be this already. Leave one of them out."),
        (("-", "-", "-"), "Say at least which column is the post"),
        (("post_key", "shoe_size", "-"), "is not on the list"),
    ],
)
def test_what_cannot_be_is_said_beside_its_heading(asking, steward, fields, said):
    page = steward.post(f"{asking.get_absolute_url()}columns/", answered(*fields))
    assert page.status_code == 200 and said in words(page)
    assert again(asking).state == State.NEEDS_MAPPING


def test_when_it_is_too_late_the_form_says_so(asking, steward):
    Upload.objects.filter(pk=asking.pk).update(state=State.CANCELLED)
    page = steward.post(f"{asking.get_absolute_url()}columns/", answered("post_key", "role", "-"))
    assert "in another state by now: cancelled" in words(page)
