"""A return in a browser: three faulty files sent, their faults read, the corrected files sent, and it is ready."""

import csv
import io
import os
import re

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import session_cookie
from workforce import receiving, uploads
from workforce.lifecycle import State
from workforce.models import Upload
from workforce.returns import last_half_year

WORKFORCE = "/p/marlbrook/workforce/"
NAMES = ("workplace.csv", "worker.csv", "training.csv")


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.WORK_DIR = tmp_path / "work"


def sample(folder, **faults):
    day = last_half_year(timezone.localdate())
    with open(os.devnull, "w") as nowhere:
        call_command("make_sample_workforce", rows=300, seed=3, out=folder, as_at=day, stderr=nowhere, **faults)
    return [folder / name for name in NAMES]


@pytest.fixture
def faulty(tmp_path):
    return sample(tmp_path / "faulty")


@pytest.fixture
def corrected(tmp_path):
    return sample(tmp_path / "corrected", faults=0)


@pytest.fixture(params=["with scripts", "without"])
def steward(request, site, world, new_context):
    """A browser in which the council's data steward is signed in."""
    context = new_context(java_script_enabled=request.param == "with scripts")
    context.add_cookies([session_cookie(site, world.steward)])
    page = context.new_page()
    page.goto(f"{site}/p/marlbrook/")
    return page


def send(page, files):
    page.get_by_label("Files", exact=True).set_input_files(files)
    page.get_by_role("button", name="Send these files").click()


def heading(page):
    return page.get_by_role("heading", level=1)


def test_a_faulty_return_is_put_right(steward, faulty, corrected):
    page = steward
    page.get_by_role("link", name="Workforce", exact=True).click()
    page.get_by_role("button", name="Send a return").click()
    send(page, faulty)

    expect(heading(page)).to_have_text(re.compile(r"of 300 rows can be used; \d+ faults need your decision"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Download worker.csv with the faults marked").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert any(cell.comment for row in book["worker"].iter_rows() for cell in row)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all faults as a list (CSV)").click()
    listed = list(csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert {line["severity"] for line in listed} == {"error", "warning"}

    cause = page.locator("#errors + table tbody th a").first
    said = cause.inner_text()
    cause.click()
    expect(heading(page)).to_have_text(said)
    page.get_by_role("link", name="All faults").click()
    page.get_by_role("button", name="Use nothing: fix the files and send them again").click()
    expect(page.get_by_text("Sent back. Put the faults right and send the files again.")).to_be_visible()

    page.get_by_role("button", name="Send the files again").click()
    send(page, corrected)
    expect(heading(page)).to_have_text(re.compile(r"return is ready: 300 of 300 rows$"))
    page.get_by_role("link", name="Workforce", exact=True).first.click()
    expect(heading(page)).to_have_text(re.compile(r"return is ready: 300 of 300 rows$"))
    look_at_the_quality(page)


def look_at_the_quality(page):
    """Where the page on data quality is there already, the journey ends on it."""
    link = page.get_by_role("main").get_by_text("Data quality", exact=True)
    if link.count():
        link.click()
        expect(heading(page)).to_contain_text("Quality")


def test_with_the_keyboard_alone_faults_are_accepted(at, world, faulty):
    page = at("steward", f"{WORKFORCE}send/")
    page.get_by_label("Files", exact=True).set_input_files(faulty)
    page.get_by_label("Files", exact=True).focus()
    press_until(page, "Send these files")
    page.keyboard.press("Enter")
    expect(heading(page)).to_contain_text("need your decision")
    page.keyboard.press("Tab")
    press_until(page, "with these known faults")
    page.keyboard.press("Enter")
    expect(heading(page)).to_contain_text("is ready")
    assert Upload.objects.get().state == State.READY


def press_until(page, words):
    """Tab on until a button with these words has the focus."""
    for _ in range(60):
        focused = page.evaluate("document.activeElement.value || document.activeElement.textContent || ''")
        if words in focused and page.evaluate("document.activeElement.matches('button, [type=submit]')"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"No button with “{words}” could be reached")


def test_the_page_moves_on_by_itself_while_files_are_read(at, world, faulty):
    files = [ContentFile(path.read_bytes(), name=path.name) for path in faulty]
    upload = uploads.send_in(
        partnership=world.partnership, partner=world.partnership.partners.get(organisation=world.council),
        as_at=last_half_year(timezone.localdate()), files=files, by=world.steward,
    )  # fmt: skip
    Upload.objects.filter(pk=upload.pk).update(state=State.READING, phase="Staff file", rows_done=1_000)
    page = at("steward", upload.get_absolute_url())
    expect(page.get_by_text("1,000 rows read.")).to_be_visible()
    expect(page.get_by_role("link", name="Look again now")).to_be_visible()
    page.evaluate("window.stayed = true")
    Upload.objects.filter(pk=upload.pk).update(rows_done=2_000, phase="Training file")
    expect(page.get_by_text("2,000 rows read.")).to_be_visible()
    expect(page.get_by_role("status").get_by_text("Training file")).to_be_visible()
    assert page.evaluate("window.stayed"), "the page was not loaded again for that"
    Upload.objects.filter(pk=upload.pk).update(state=State.WAITING, attempts=0)
    receiving.read_upload(upload.pk)
    expect(heading(page)).to_contain_text("need your decision")
