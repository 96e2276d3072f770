"""Word documents as grids."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from actions.reading.package import Package
from actions.reading.word import read_word
from tests.actions.reading.files import HEADER, ROW, read_rows, saved, shade, word_file


def grids_of(content):
    return read_word(Package(content)).grids


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner):
    return parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>")


def cell_with(*paragraphs):
    """The only cell of a table that holds these paragraphs."""
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for each in paragraphs:
        cell._tc.append(paragraph(each))
    return grids_of(saved(document))[0].rows[0].cells[0]


def test_paragraphs_and_breaks_become_lines():
    assert cell_with(run("one"), "<w:r><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>").text == "one\ntwo\nthree"


def test_tracked_changes_are_read_as_accepted():
    text = (
        run("Train ")
        + f'<w:ins w:id="1">{run("all ")}</w:ins><w:del w:id="2"><w:r><w:delText>no </w:delText></w:r></w:del>'
    )
    assert cell_with(text + run("staff")).text == "Train all staff"


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    deleted = '<w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>'
    assert cell_with(deleted + run("Train "), run("staff")).text == "Train staff"


def test_moved_text_counts_where_it_went():
    moved = f'<w:moveFrom w:id="4">{run("old")}</w:moveFrom><w:moveTo w:id="5">{run("new")}</w:moveTo>'
    assert cell_with(moved).text == "new"


@pytest.mark.parametrize(
    "left_out",
    [
        run("hidden", "<w:vanish/>"),
        f"<w:r><w:pict><w:txbxContent><w:p>{run('box')}</w:p></w:txbxContent></w:pict></w:r>",
        '<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:commentReference w:id="1"/></w:r>',
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>",
    ],
)
def test_what_is_not_the_plan_is_left_out(left_out):
    assert cell_with(run("Seen") + left_out).text == "Seen"


def test_content_controls_and_links_are_read():
    inside = f"<w:sdt><w:sdtContent>{run('chosen ')}</w:sdtContent></w:sdt><w:hyperlink>{run('link')}</w:hyperlink>"
    assert cell_with(inside).text == "chosen link"


def test_not_hidden_after_all():
    assert cell_with(run("Seen", '<w:vanish w:val="0"/>')).text == "Seen"


def test_merged_cells_are_spread_and_flagged():
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(2, 0)).text = "down"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "across"
    rows = grids_of(saved(document))[0].rows
    assert [row.cells[0].text for row in rows] == ["down"] * 3
    assert [row.cells[0].is_continuation for row in rows] == [False, True, True]
    assert [(cell.text, cell.is_spread, cell.across) for cell in rows[0].cells[1:]] == [
        ("across", False, 2),
        ("across", True, 2),
    ]


def test_deleted_and_hidden_rows_are_left_out():
    document = docx.Document()
    table = document.add_table(3, 1)
    for index, text in enumerate(["kept", "deleted", "hidden"]):
        table.cell(index, 0).text = text
    table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="1"/>'))
    table.rows[2]._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))
    assert [row.cells[0].text for row in grids_of(saved(document))[0].rows] == ["kept"]


def test_shading_of_the_cell_or_else_of_its_words():
    document = docx.Document()
    table = document.add_table(1, 3)
    shade(table.cell(0, 0), "00B050")
    table.cell(0, 1).paragraphs[0].add_run("late").font.highlight_color = docx.enum.text.WD_COLOR_INDEX.RED
    assert [cell.shading for cell in grids_of(saved(document))[0].rows[0].cells] == ["00B050", "FF0000", None]


def test_lists_whose_level_is_in_the_name_of_their_style():
    made = word_file("Each bullet is a separate action.", [["Aim", "Actions"], ["Recruit", ""]])
    document = docx.Document(io.BytesIO(made))
    cell = document.tables[0].cell(1, 1)
    for text, style in (("Hold a fair", "List Bullet"), ("In May", "List Bullet 2"), ("Hold a talk", "List Bullet")):
        cell.add_paragraph(text, style)
    assert [row["activity"] for row in read_rows(saved(document))] == ["Hold a fair\nIn May", "Hold a talk"]


def test_list_numbers_and_bullets_are_marks_beside_the_words():
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].text = "first"
    cell.paragraphs[0].style = "List Number"
    cell.add_paragraph("second", style="List Number")
    cell.add_paragraph("point", style="List Bullet")
    read = grids_of(saved(document))[0].rows[0].cells[0]
    assert read.text == "first\nsecond\npoint"
    assert [mark.number for mark in read.marks] == ["1.", "2.", ""]


def test_a_reference_that_word_counts():
    document = docx.Document()
    table = document.add_table(3, 3)
    for index, text in enumerate(["Ref", "Action", "Lead"]):
        table.cell(0, index).text = text
    for row in (1, 2):
        table.cell(row, 0).paragraphs[0].style = "List Number"
        table.cell(row, 1).text = f"Do {row}"
        table.cell(row, 2).text = "HR"
    assert [row["ref"] for row in read_rows(saved(document))] == ["1", "2"]


def test_the_title_above_and_what_stands_between():
    grids = grids_of(word_file(("Plan", 1), [["a", "b"]], "words", [["c", "d"]], "", [["e", "f"]]))
    assert [grid.name for grid in grids] == ["Table 1", "Table 2", "Table 3"]
    assert [grid.heading_above for grid in grids] == ["Plan"] * 3
    assert [grid.follows for grid in grids] == [False, False, True]


def test_a_plan_inside_a_layout_table():
    document = docx.Document()
    inner = document.add_table(1, 1).cell(0, 0).add_table(2, len(HEADER))
    for index, texts in enumerate([HEADER, ROW]):
        for column, text in enumerate(texts):
            inner.cell(index, column).text = text
    assert [row["activity"] for row in read_rows(saved(document))] == ["Hold a fair"]


def test_a_row_that_starts_further_right():
    document = docx.Document()
    table = document.add_table(2, 2)
    table.cell(1, 1).text = "right"
    row = table.rows[1]._tr
    row.remove(row.findall(qn("w:tc"))[0])
    row.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="1"/>'))
    assert [cell.text for cell in grids_of(saved(document))[0].rows[1].cells] == ["", "right"]


def test_bold_words_by_themselves_are_a_title():
    document = docx.Document()
    document.add_paragraph().add_run("Theme 2: Retain").bold = True
    document.add_table(1, 1)
    assert grids_of(saved(document))[0].heading_above == "Theme 2: Retain"
