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
from workforce.writing.shapes import PORTRAIT, Cell, Column, Heading, Listing, Paragraph, Picture, Row, Table

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


DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60" viewBox="0 0 200 60"><title>Posts</title>'
    b'<rect width="120" height="20" fill="#08424b"/><text x="5" y="50" font-size="12">Council 804</text></svg>'
)
REPORT = document_of(
    Paragraph("Not released", "mark"),
    Heading("In short"),
    Listing(("One thing.", "Another.")),
    Picture(DRAWING, "Council: 804", 8, "Chart 1. Posts"),
    Table(
        (Column("Partner", 20), Column("Posts", 10, is_number=True)),
        tuple(Row((f"Partner {number}", "804")) for number in range(90)),
        caption="Table 1. Posts",
        notes=("Small ones are hidden.",),
        share=0.5,
    ),
    Table((Column("Partner", 20),), (Row(("All",), is_total=True),), caption="Table 2. All", is_whole=True),
    title="Profile",
    page=PORTRAIT,
    has_cover=True,
    header="Draft, not released",
)


@pytest.fixture(scope="module")
def report():
    return write_pdf(REPORT)


def test_a_report_stands_upright_with_its_header_on_every_page(report):
    with pdfplumber.open(io.BytesIO(report)) as read:
        assert {(round(page.width), round(page.height)) for page in read.pages} == {(595, 842)}
        assert all(page.extract_text().startswith("Draft, not released") for page in read.pages)
        assert ["Contents" in page.extract_text() for page in read.pages][:3] == [False, True, False]


def test_captions_lists_and_drawings_are_tagged_as_what_they_are(report):
    tags = pdf_tags(report)
    assert (tags.count("Caption"), tags.count("LI"), tags.count("Figure"), tags.count("Table")) == (3, 2, 1, 2)
    assert accessibility_faults(report) == []
    with pdfplumber.open(io.BytesIO(report)) as read:
        assert "Council: 804" in str(read.structure_tree)


def test_a_drawing_stays_sharp_and_its_words_can_be_found(report):
    assert "Council 804" in pdf_text(report)
    with pdfplumber.open(io.BytesIO(report)) as read:
        assert not any(page.images for page in read.pages)


def test_notes_stand_below_the_table_and_bold_is_for_totals(report):
    assert pdf_text(report).index("Small ones are hidden.") < pdf_text(report).index("Table 2. All")
    with pdfplumber.open(io.BytesIO(report)) as read:
        fonts = {char["fontname"] for page in read.pages for char in page.chars if char["text"] == "4"}
        last = [char["fontname"] for char in read.pages[-1].chars if round(char["size"], 1) == 8.5]
    assert not any("Bold" in font for font in fonts)
    assert all("Bold" in font for font in last[-3:])
