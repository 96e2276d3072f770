"""PDF: tagged so that it can be read aloud, and whatever somebody wrote stands there as written."""

import io

import pdfplumber
import pytest

from tests.workforce.writing.documents import (
    document_of,
    document_saying,
    pdf_catalogue,
    pdf_tags,
    pdf_text,
    png,
    table_of,
)
from workforce.writing import pdf
from workforce.writing.pdf import write_pdf
from workforce.writing.shapes import Cell, Heading, Paragraph, Picture

PLAN = document_of(
    Paragraph("Two actions."),
    Heading("Aim 1: Grow our own staff"),
    table_of(("Hold a fair", Cell("At risk", note="3 May 2026", tone="amber"))),
    Heading("Aim 2: Train together"),
    table_of(*[(f"Row {number}", "On track") for number in range(80)]),
    title="Joint strategy: action plan",
    author="Marlbrook",
)


@pytest.fixture(scope="module")
def plan():
    return write_pdf(PLAN)


def accessibility_faults(content):
    """What PDF/UA asks of the file as a whole, as far as it can be seen from its catalogue."""
    catalogue = pdf_catalogue(content)
    faults = []
    if not (catalogue.get("MarkInfo") or {}).get("Marked"):
        faults.append("not marked as tagged")
    if "StructTreeRoot" not in catalogue:
        faults.append("no tags")
    if catalogue.get("Lang") != b"en-GB":
        faults.append("no language")
    if not (catalogue.get("ViewerPreferences") or {}).get("DisplayDocTitle"):
        faults.append("the title is not shown")
    if b"<pdfuaid:part>1</pdfuaid:part>" not in metadata(content):
        faults.append("does not say that it is PDF/UA-1")
    return faults


def metadata(content):
    from pdfminer.pdftypes import resolve1

    stream = pdf_catalogue(content).get("Metadata")
    return resolve1(stream).get_data() if stream else b""


def test_the_file_is_tagged_and_says_its_language_and_title(plan):
    assert accessibility_faults(plan) == []
    assert b"Joint strategy: action plan" in metadata(plan)


def test_control_a_file_without_tags_is_noticed(tmp_path):
    import typst

    assert len(accessibility_faults(typst.compile(b"Words", format="pdf", pdf_tags=False))) == 5


def test_headings_tables_and_their_cells_are_tagged_as_what_they_are(plan):
    tags = pdf_tags(plan)
    assert tags.count("Table") == 2
    assert tags.count("TH") == 4
    assert tags.count("TD") == 2 + 160
    assert (tags.count("H1"), tags.count("TOCI")) == (2, 2)


def test_headings_of_tables_come_again_and_every_page_has_its_number(plan):
    with pdfplumber.open(io.BytesIO(plan)) as read:
        pages = [page.extract_text() for page in read.pages]
        assert (round(read.pages[0].width), round(read.pages[0].height)) == (842, 595)
    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert "Activity Status" in text


def test_the_contents_name_the_right_pages(plan):
    lines = pdf_text(plan).splitlines()
    entry = next(line for line in lines if line.startswith("Aim 2") and line.endswith(". 1"))
    assert entry


HOSTILE = [
    '#emph[x] #panic("x") #read("/etc/passwd")', "$x^2$", "@ref <label>", "*b* _i_ `c`", "\\ \\u{41} \\n", "= Title",
    "- item", "// gone /* gone */", '"quoted" ~ -- ---', "[brackets] {braces}", "=1+1", "-5",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_is_only_words(words):
    text = pdf_text(write_pdf(document_saying(words)))
    assert text.count(words) >= 6, text


@pytest.mark.parametrize(
    "words", ["שלום עולם", "مرحبا", "Łódź Ĉu ŵ", "→ ■ ▲ ✓ ○ ≥ €", "a\u202eb", "\x00bell\x07", "*\ufe0e"]
)
def test_other_scripts_and_signs_keep_the_file_accessible(words):
    assert accessibility_faults(write_pdf(document_saying(words))) == []


@pytest.mark.parametrize("words", ["中文", "😀", "\U0010ffff"])
def test_letters_that_no_font_of_ours_has_do_not_keep_the_plan_from_its_readers(words):
    content = write_pdf(document_of(Heading("Aim"), table_of((f"Before {words} after", ""))))
    assert "Before" in pdf_text(content)
    assert pdf_tags(content).count("Table") == 1


def test_a_fault_of_the_template_is_said_and_not_served(monkeypatch, tmp_path):
    broken = tmp_path / "broken.typ"
    broken.write_text("#nothing")
    monkeypatch.setattr(pdf, "TEMPLATE", broken)
    with pytest.raises(RuntimeError, match="unknown variable"):
        write_pdf(PLAN)


def test_a_picture_has_words_for_those_who_do_not_see_it():
    with pdfplumber.open(io.BytesIO(write_pdf(document_of(Picture(png(4, 2), "Four late rows"))))) as read:
        assert "Four late rows" in str(read.structure_tree)


def test_only_our_own_fonts_are_used_so_the_same_document_gives_the_same_file(plan):
    assert write_pdf(PLAN) == plan
    with pdfplumber.open(io.BytesIO(plan)) as read:
        fonts = {char["fontname"].split("+")[-1] for page in read.pages for char in page.chars}
    assert all(font.startswith("LiberationSans") for font in fonts), fonts
