"""Columns of a partner's own extract are named once, remembered, and the files read with them."""

import io
import os

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from tests.workforce.pages.conftest import AS_AT, again, whole, words
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
    suggested = {"Employee No.": "person_reference", "Post title": "job_title", "Home address": ""}
    Upload.objects.filter(pk=upload.pk).update(unmapped_headings=headings, suggested_columns=suggested)
    return again(upload)


def answered(*fields):
    return {f"column-{place}": field for place, field in enumerate(fields)}


def test_each_heading_is_asked_about_with_what_is_suggested(asking, steward):
    assert asking.state == State.NEEDS_MAPPING
    form = steward.get(f"{asking.get_absolute_url()}columns/").context["form"]
    assert [(field.label, field.value()) for field in form][:-1] == [
        ("Employee No.", "person_reference"), ("Post title", "job_title"), ("Home address", "-"),
    ]  # fmt: skip


def test_the_answers_are_remembered_and_the_files_read(asking, steward, partner):
    answer = steward.post(f"{asking.get_absolute_url()}columns/", answered("person_reference", "job_title", "-"))
    assert answer.url == asking.get_absolute_url()
    receiving.read_upload(asking.pk)
    upload = again(asking)
    assert upload.state == State.READY
    assert upload.mapping == {"Employee No.": "person_reference", "Post title": "job_title", "Home address": ""}
    assert partner.column_mappings.get(heading="Home address").field == ""


def test_how_salaries_are_meant_is_kept_where_there_are_some(asking, steward):
    said = answered("person_reference", "job_title", "salary") | {"salary_is": "actual"}
    steward.post(f"{asking.get_absolute_url()}columns/", said)
    assert again(asking).mapping["salary_is"] == "actual"


def test_what_was_said_before_is_filled_in(asking, steward, receive):
    steward.post(f"{asking.get_absolute_url()}columns/", answered("post_reference", "job_title", "-"))
    Upload.objects.filter(pk=asking.pk).update(state=State.TO_DECIDE)
    form = steward.get(f"{asking.get_absolute_url()}columns/").context["form"]
    assert form["column-0"].value() == "post_reference" and form["column-2"].value() == "-"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (("person_reference", "job_title", ""), "Say what “Home address” is, or leave it out."),
        (("person_reference", "-", "-"), "No column is mapped to “Job title”."),
        (("-", "job_title", "-"), "so posts cannot be told from each other"),
        (("person_reference", "shoe_size", "-"), "is not on the list"),
    ],
)
def test_what_cannot_be_is_said_beside_its_heading(asking, steward, fields, said):
    page = steward.post(f"{asking.get_absolute_url()}columns/", answered(*fields))
    assert page.status_code == 200 and said in words(page)
    assert again(asking).state == State.NEEDS_MAPPING


def test_when_it_is_too_late_the_form_says_so(asking, steward):
    Upload.objects.filter(pk=asking.pk).update(state=State.CANCELLED)
    page = steward.post(f"{asking.get_absolute_url()}columns/", answered("person_reference", "job_title", "-"))
    assert "in another state by now: cancelled" in words(page)


# --- With the real reading ------------------------------------------------------------------------------------------


@pytest.fixture
def council_list(tmp_path):
    with open(os.devnull, "w") as nowhere:
        options = {"source": "council", "rows": 60, "seed": 5, "as_at": AS_AT}
        call_command("make_sample_workforce", out=tmp_path / "council", stderr=nowhere, **options)
    return sorted((tmp_path / "council").glob("*.csv"))


def test_a_list_of_a_council_is_named_read_and_comes_back_marked(council_list, receive, steward, monkeypatch):
    monkeypatch.setattr(engine, "current", engine.our_engine)
    upload = receive(council_list, source="council")
    assert upload.state == State.NEEDS_MAPPING
    form = steward.get(f"{upload.get_absolute_url()}columns/").context["form"]
    said = {field.name: field.value() for field in form}
    assert "job_title" in said.values()
    steward.post(f"{upload.get_absolute_url()}columns/", said)
    receiving.read_upload(upload.pk)
    upload = again(upload)
    assert (upload.state, upload.source) == (State.TO_DECIDE, "council")
    cause = upload.causes.exclude(column="").filter(severity="error").order_by("position").first()
    file = upload.files.get(name=cause.file)
    copy = whole(steward.get(f"{upload.get_absolute_url()}marked/{file.position}/"))
    sheet = openpyxl.load_workbook(io.BytesIO(copy)).worksheets[1]
    headings = {cell.value: cell.column for cell in sheet[1]}
    assert cause.message in sheet.cell(cause.first_row, headings[cause.column]).comment.text
