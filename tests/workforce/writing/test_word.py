"""Word files: what a reader, a screen reader and Word itself need to find in one."""

import io
import zipfile

import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Cm

from tests.workforce.writing.documents import W, document_of, document_saying, opened, part, png, table_of
from workforce.writing.shapes import PORTRAIT, Cell, Column, Heading, Listing, Paragraph, Picture, Row, Table
from workforce.writing.word import write_word

PLAN = document_of(
    Paragraph("Two actions."),
    Heading("Aim 1: Grow our own staff"),
    table_of(("Hold a fair", Cell("At risk", tone="amber"))),
    Heading("Aim 2: Train together"),
    table_of(("Pool assessors\nand rooms", Cell("On track", note="3 May 2026", tone="green"))),
    title="Joint strategy: action plan",
    subject="The joint action plan of Marlbrook",
    author="Marlbrook",
    lines=("Marlbrook", "As it stood on 3 May 2026"),
)


@pytest.fixture(scope="module")
def plan():
    return write_word(PLAN)


def styles_of(content):
    return [(paragraph.style.name, paragraph.text) for paragraph in opened(content).paragraphs]


def test_titles_and_headings_have_real_styles(plan):
    styles = styles_of(plan)
    assert ("Title", "Joint strategy: action plan") in styles
    assert ("Subtitle", "As it stood on 3 May 2026") in styles
    assert [text for style, text in styles if style == "Heading 1"] == [
        "Aim 1: Grow our own staff",
        "Aim 2: Train together",
    ]


def test_a_page_is_a4_on_its_side(plan):
    section = opened(plan).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)


def test_the_file_says_its_title_subject_author_and_language(plan):
    properties = opened(plan).core_properties
    assert properties.title == "Joint strategy: action plan"
    assert properties.subject == "The joint action plan of Marlbrook"
    assert (properties.author, properties.language) == ("Marlbrook", "en-GB")
    languages = {each.get(f"{W}val") for each in part(plan, "word/styles.xml").iter(f"{W}lang")}
    assert languages == {"en-GB"}


def test_every_page_has_its_number(plan):
    codes = [each.text.split()[0] for each in part(plan, "word/footer1.xml").iter(f"{W}instrText")]
    assert codes == ["PAGE", "NUMPAGES"]


def test_headings_of_tables_come_again_on_every_page_and_rows_stay_whole(plan):
    for table in opened(plan).tables:
        first, *others = table._tbl.tr_lst
        assert first.trPr.find(f"{W}tblHeader") is not None
        assert all(row.trPr.find(f"{W}tblHeader") is None for row in others)
        assert all(row.trPr.find(f"{W}cantSplit") is not None for row in (first, *others))


def test_a_long_row_may_break_across_pages():
    content = write_word(document_of(table_of(("word " * 500, ""))))
    properties = opened(content).tables[0]._tbl.tr_lst[1].trPr
    assert properties is None or properties.find(f"{W}cantSplit") is None


def test_tables_have_a_style_of_ours_and_say_what_they_hold(plan):
    table = opened(plan).tables[0]
    assert table.style.name == "Plan Table"
    assert table._tbl.tblPr.find(f"{W}tblDescription").get(f"{W}val") == "A table"


def test_a_status_is_a_word_and_a_colour(plan):
    cell = opened(plan).tables[0].cell(1, 1)
    assert cell.text == "At risk"
    assert cell._tc.tcPr.find(f"{W}shd").get(f"{W}fill") == "FDF1DF"


def test_a_note_stands_below_in_smaller_type_as_a_placeholder(plan):
    control = next(part(plan, "word/document.xml").iter(f"{W}tag")).getparent().getparent()
    assert "".join(control.itertext()) == "3 May 2026"
    assert control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
    assert int(next(control.iter(f"{W}sz")).get(f"{W}val")) < 17


# --- Contents --------------------------------------------------------------------------------------------------------


def contents_faults(content):
    """What would keep the table of contents from being read and used as soon as the file is open."""
    body = part(content, "word/document.xml")
    entries = list(body.iter(f"{W}hyperlink"))
    marks = {each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")}
    shown = ["".join(each.text or "" for each in entry.iter(f"{W}t")).strip() for entry in entries]
    headings = ["".join(each.itertext()) for each in body.iter(f"{W}p") if "Heading1" in style_of(each)]
    faults = [] if shown == headings else ["entries are not the headings"]
    faults += [f"{each} leads nowhere" for entry in entries if (each := entry.get(f"{W}anchor")) not in marks]
    if "TOC" not in "".join(each.text or "" for each in body.iter(f"{W}instrText")):
        faults.append("Word does not know that it is a table of contents")
    if part(content, "word/settings.xml").find(f"{W}updateFields") is not None:
        faults.append("Word asks every reader whether to update fields")
    return faults


def style_of(paragraph):
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val")


def test_the_contents_can_be_read_and_followed_at_once(plan):
    assert contents_faults(plan) == []
    starts = [each.get(f"{W}fldCharType") for each in part(plan, "word/document.xml").iter(f"{W}fldChar")]
    assert starts.count("begin") == starts.count("end") == starts.count("separate") == 3


def test_control_contents_that_cannot_be_used_are_noticed(plan):
    assert contents_faults(changed(plan, "word/document.xml", b'anchor="_Toc', b'anchor="Toc'))
    another = b"together</w:t></w:r><w:bookmarkEnd", b"apart</w:t></w:r><w:bookmarkEnd"
    assert contents_faults(changed(plan, "word/document.xml", *another))
    assert contents_faults(changed(plan, "word/settings.xml", b"<w:zoom", b'<w:updateFields w:val="true"/><w:zoom'))


def changed(content, name, old, new):
    """The file with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.infolist():
            words = before.read(entry)
            assert entry.filename != name or old in words
            after.writestr(entry, words.replace(old, new) if entry.filename == name else words)
    return out.getvalue()


# --- Marks -----------------------------------------------------------------------------------------------------------


def bookmarks(content):
    starts = part(content, "word/document.xml").iter(f"{W}bookmarkStart")
    return [(each.get(f"{W}id"), each.get(f"{W}name")) for each in starts]


def test_each_row_has_a_hidden_bookmark_of_its_own(plan):
    document = document_of(Heading("Aim"), table_of(("One", ""), ("", "Two"), ("Three\nlines\nlong", "")))
    content = write_word(document)
    numbers, names = zip(*bookmarks(content), strict=True)
    assert len(set(numbers)) == len(numbers) == 4
    assert names[1:] == ("_planner_1_1_9", "_planner_1_2_9", "_planner_1_3_9")
    ends = [each.get(f"{W}id") for each in part(content, "word/document.xml").iter(f"{W}bookmarkEnd")]
    assert sorted(ends) == sorted(numbers)


def test_the_bookmark_holds_what_its_first_cell_says():
    content = write_word(document_of(table_of(("Three\nlines\nlong", "other"))))
    cell = opened(content).tables[0].cell(1, 0)._tc
    inside = [each for each in cell.iter() if each.tag in (f"{W}bookmarkStart", f"{W}t", f"{W}bookmarkEnd")]
    assert [each.tag.removeprefix(W) for each in inside] == ["bookmarkStart", "t", "t", "t", "bookmarkEnd"]


# --- Whatever somebody wrote -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["</w:t><w:p/>", "& < > ]]> &amp;", "=1+1", "-5", "a\tb", "שלום", "😀", "  two  spaces "]
)
def test_words_come_back_as_they_were_written(words):
    table = opened(write_word(document_of(table_of((words, ""))))).tables[0]
    assert table.cell(1, 0).text == words


@pytest.mark.parametrize("words", ["\x00", "bell\x07", "\ud800", "\uffff"])
def test_a_sign_that_no_file_can_hold_shows_that_something_was_there(words):
    assert "\ufffd" in opened(write_word(document_saying(words))).tables[0].cell(1, 0).text


def test_a_picture_says_what_it_shows():
    content = write_word(document_of(Picture(png(4, 2), "Four late rows", width=8), Picture(png(), "Another")))
    shapes = opened(content).inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shapes] == ["Four late rows", "Another"]
    assert (shapes[0].width, shapes[0].height) == (Cm(8), Cm(4))
    assert len({shape._inline.docPr.id for shape in shapes}) == 2


def test_a_document_without_headings_has_no_contents():
    assert "Contents" not in [text for _, text in styles_of(write_word(document_of(Paragraph("Words"))))]


def test_the_same_document_gives_the_same_file():
    assert write_word(PLAN) == write_word(PLAN)


def test_rows_may_come_one_by_one():
    table = table_of(("One", ""), ("Two", ""))
    lazily = Table(table.columns, (row for row in table.rows), table.about)
    assert len(opened(write_word(document_of(lazily))).tables[0].rows) == 3


# --- Reports: upright, with a cover, captions, notes and lists --------------------------------------------------------


REPORT = document_of(
    Paragraph("Not released", "mark"),
    Heading("In short"),
    Listing(("One thing.", "Another.")),
    Heading("Posts"),
    Heading("By partner", 2),
    Picture(png(40, 20), "Council: 804", 8, "Chart 1. Posts"),
    Table(
        (Column("Partner", 20, names_its_row=True), Column("Posts", 10, is_number=True)),
        (Row(("Council", "804")), Row(("All", "1,204"), is_total=True)),
        about="Posts",
        caption="Table 1. Posts",
        notes=("Small ones are hidden.",),
        share=0.5,
        is_whole=True,
    ),
    title="Profile",
    page=PORTRAIT,
    has_cover=True,
    contents_depth=1,
    header="Draft, not released",
)


@pytest.fixture(scope="module")
def report():
    return write_word(REPORT)


def test_a_report_stands_upright(report):
    section = opened(report).sections[0]
    assert section.orientation == WD_ORIENT.PORTRAIT
    sides = [section.page_width, section.page_height, section.left_margin]
    assert [round(each.cm, 1) for each in sides] == [21.0, 29.7, 2.0]


def test_its_header_is_on_every_page_and_the_plan_has_none(report, plan):
    assert opened(report).sections[0].header.paragraphs[0].text == "Draft, not released"
    with zipfile.ZipFile(io.BytesIO(plan)) as package:
        assert "word/header1.xml" not in package.namelist()
        assert b"header" not in package.read("[Content_Types].xml")


def test_the_cover_has_a_page_and_so_have_the_contents(report):
    breaks = [each.getparent().getparent() for each in part(report, "word/document.xml").iter(f"{W}pageBreakBefore")]
    assert [style_of(each) for each in breaks] == ["TOCHeading", "Heading1"]


def test_contents_go_as_deep_as_is_said(report):
    entries = list(part(report, "word/document.xml").iter(f"{W}hyperlink"))
    assert [next(each.iter(f"{W}t")).text for each in entries] == ["In short", "Posts"]
    codes = "".join(each.text or "" for each in part(report, "word/document.xml").iter(f"{W}instrText"))
    assert 'TOC \\o "1-1"' in codes


def test_captions_stay_with_what_they_name_and_notes_stand_below(report):
    said = styles_of(report)
    assert [text for style, text in said if style == "Caption"] == ["Chart 1. Posts", "Table 1. Posts"]
    assert ("Notes", "Small ones are hidden.") in said
    assert opened(report).styles["Caption"].paragraph_format.keep_with_next


def test_a_list_is_a_list(report):
    listed = [each for each in opened(report).paragraphs if each.style.name == "List Bullet"]
    assert [each.text for each in listed] == ["One thing.", "Another."]
    assert opened(report).styles["List Bullet"].element.find(f".//{W}numId").get(f"{W}val") == "1"
    assert part(report, "word/numbering.xml").find(f"{W}num").get(f"{W}numId") == "1"


def test_a_table_takes_its_share_names_its_rows_and_stays_whole(report):
    table = opened(report).tables[0]
    room = opened(report).sections[0].page_width - 2 * opened(report).sections[0].left_margin
    assert round(int(table._tbl.tblPr.find(f"{W}tblW").get(f"{W}w")) * 635 / room, 2) == 0.5
    assert table._tbl.tblPr.find(f"{W}tblLook").get(f"{W}firstColumn") == "1"
    paragraphs = [each for row in table.rows for cell in row.cells for each in cell.paragraphs]
    assert len(paragraphs) == 6
    assert all(each.paragraph_format.keep_with_next for each in paragraphs)


def test_figures_stand_to_the_right_and_totals_are_bold(report):
    table = opened(report).tables[0]
    assert [cell.paragraphs[0].style.name for cell in table.rows[1].cells] == ["Table Text", "Table Text Right"]
    assert [row.cells[1].paragraphs[0].runs[0].bold for row in table.rows[1:]] == [None, True]
