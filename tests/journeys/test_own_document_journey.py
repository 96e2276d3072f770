"""A partnership's own Word plan: in, edited in the table, out in its own layout, and in again without a difference."""

import io
from pathlib import Path

import docx
from playwright.sync_api import expect

from actions import services
from tests.journeys.table import PLAN

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def bring_in(page, site, file):
    page.goto(f"{site}{PLAN}import/")
    page.get_by_label("Plan file").set_input_files(file)
    page.get_by_role("button", name="Read this plan").click()
    expect(page.get_by_role("heading", name="would change")).to_be_visible(timeout=20_000)


def test_a_word_plan_comes_in_is_edited_and_goes_back_as_the_same_document(table, live_server, world, tmp_path):
    plan = table("coordinator")
    for row in world.strategy.actions.in_plan():
        services.remove_action(action=row, by=world.coordinator)
    page, site = plan.page, live_server.url
    bring_in(page, site, SAMPLES / "cheshire.docx")

    # Something in the file that is to be put right before it is applied.
    page.get_by_role("link", name="Correct Table 1, row 2", exact=True).click()
    page.get_by_label("Expected outcome").fill("Joint decisions, and strategies that reflect what the workforce needs.")
    page.get_by_role("button", name="Save this row").click()
    expect(page.get_by_text("Table 1, row 2 now says what you wrote.")).to_be_visible()
    page.get_by_role("button", name="Apply 17 changes").click()
    expect(page.get_by_text("17 rows added and 0 changed.")).to_be_visible()

    # A cell in the table.
    plan.ready()
    row = world.strategy.actions.in_plan().get(activity__startswith="Joint workshops for organisations")
    plan.edit(row, "activity", "Joint workshops for every organisation are held twice a year.")
    plan.press("Enter")
    plan.all_saved()

    # The same document, with those two cells changed.
    page.goto(site + PLAN)
    with page.expect_download() as download:
        page.get_by_role("link", name="Word, in the layout of cheshire.docx").click()
    back = tmp_path / download.value.suggested_filename
    back.write_bytes(Path(download.value.path()).read_bytes())
    assert back.name == "cheshire.docx"
    before, after = (texts_of(path.read_bytes()) for path in (SAMPLES / "cheshire.docx", back))
    assert [(one, other) for one, other in zip(before, after, strict=True) if one != other] == [
        (
            "Improvements in joint decision making and explicit strategies which reflect workforce needs.",
            "Joint decisions, and strategies that reflect what the workforce needs.",
        ),
        (
            "Joint workshops for organisations in the wider sector are rolled out.",
            "Joint workshops for every organisation are held twice a year.",
        ),
    ]

    # And in again: nothing to do.
    bring_in(page, site, back)
    expect(page.get_by_text("17 rows read: 0 to add, 0 to change, 17 the same.")).to_be_visible()
    expect(page.get_by_role("button", name="Apply")).to_have_count(0)


def texts_of(content):
    """Every paragraph of a document, those in tables included."""
    document = docx.Document(io.BytesIO(content))
    body = document.element.body
    return ["".join(text.text or "" for text in each.iter("{*}t")) for each in body.iter("{*}p")]
