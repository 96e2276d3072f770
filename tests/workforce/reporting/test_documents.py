"""The report on paper: every released figure stands there, nothing else does, and everybody can read it."""

import io
import re

import pdfplumber
import pytest

from tests.workforce.reporting.reports import posts_of, report_of, roles_of, wide_of
from tests.workforce.reporting.tables import ages_of, table_of
from tests.workforce.writing.documents import opened, pdf_tags, pdf_text
from workforce.disclosure.released import Cell, NotReleasedError
from workforce.reporting import documents
from workforce.reporting.content import Part, Report, Shown
from workforce.reporting.documents import document_of, tables_of
from workforce.reporting.drawer import draw_here
from workforce.reporting.files import FILES, file_of
from workforce.reporting.grids import grid_of
from workforce.reporting.pictures import Pictures
from workforce.reporting.wording import cell_words
from workforce.writing.shapes import Heading, Paragraph, Picture, Table

PICTURES = Pictures(draw_here)


@pytest.fixture(scope="module")
def report():
    return report_of(stage="draft")


@pytest.fixture(scope="module")
def word(report):
    return opened(file_of(report, "docx", PICTURES))


@pytest.fixture(scope="module")
def pdf(report):
    return file_of(report, "pdf", PICTURES)


def paper(report):
    return document_of(report, PICTURES, "png")


def words_in(tables):
    """What stands in the cells of tables of paper, all but headings and labels."""
    return sorted(cell for table in tables for row in table.rows for cell in row.cells[1:])


def words_of(table):
    return sorted(cell_words(cell, table.unit) for cell in table.cells)


@pytest.mark.parametrize("make", [posts_of, ages_of, roles_of, wide_of])
def test_every_cell_stands_in_the_paper_once(make):
    (shown,) = report_of(make()).parts[0].shown
    assert words_in(tables_of(shown, "Table 1")) == words_of(make())


def test_a_hidden_figure_is_the_word_hidden(word):
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert rows == [
        ["Partner organisation", "Posts"],
        ["Council", "804"],
        ["NHS trust", "395"],
        ["Care homes together", "hidden"],
        ["All", "1,204"],
    ]


def test_one_row_of_many_columns_stands_upright():
    table = table_of("age_band", {None: {None: 30, "under_25": 10, "25_34": 20}}, columns="age_band", label="Age")
    grid = grid_of(table)
    assert (grid.corner, grid.headings) == ("Age", ("All",))
    assert list(grid.words()) == [("Under 25", "10"), ("25 to 34", "20"), ("All", "30")]


def test_a_table_of_one_figure_is_a_table():
    grid = grid_of(table_of("posts", {None: 1204}, rows="", label="Posts"))
    assert list(grid.words()) == [("All", "1,204")]
    assert grid.headings == ("Posts",)


def test_a_table_without_cells_is_written_too():
    assert list(grid_of(table_of("posts", {})).words()) == []
    assert file_of(report_of(table_of("posts", {"council": {}})), "xlsx", PICTURES)


def test_a_wide_table_with_few_rows_is_turned():
    names = {f"c{number}": f"Some longer name {number}" for number in range(20)}
    figures = {key: dict.fromkeys(names, 12) for key in ("council", "trust")}
    table = table_of("training", figures, columns="topic", column_labels=names)
    (made,) = tables_of(report_of(table).parts[0].shown[0], "Table 1")
    assert [column.label for column in made.columns][1:] == ["Council", "NHS trust"]
    assert len(made.rows) == 20


def test_a_table_wider_than_the_page_goes_on_below_with_the_same_rows():
    made = list(tables_of(report_of(wide_of()).parts[0].shown[0], "Table 1. Training"))
    assert len(made) > 1
    assert [table.caption for table in made][:1] == [f"Table 1. Training (1 of {len(made)})"]
    assert len({tuple(row.cells[0] for row in table.rows) for table in made}) == 1
    assert [bool(table.notes) for table in made] == [False] * (len(made) - 1) + [True]
    assert all(sum(column.width for column in table.columns) <= documents.ROOM for table in made)


def test_the_cover_says_whose_report_it_is_and_for_whom(word):
    said = [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs]
    assert said[:5] == [
        ("Title", "Workforce profile"),
        ("Subtitle", "Northbridge Health and Care Partnership"),
        ("Subtitle", "Workforce as at 31 March 2026"),
        ("Subtitle", "For members of the partnership: not to be published"),
        ("Mark", "Draft: these figures have not been checked and released"),
    ]
    assert ("Normal", "Not counted here: Hospice (has sent no return for this date).") in said


@pytest.mark.parametrize(
    ("more", "mark", "header"),
    [
        ({"stage": "draft", "audience": "public"}, True, "Draft, not released"),
        ({"stage": "released", "audience": "public"}, False, ""),
        ({"stage": "withdrawn", "audience": "public"}, True, "Withdrawn"),
        ({"audience": "public"}, True, "Draft, not released"),
        ({"stage": "released"}, False, "For members of the partnership: not to be published"),
        (
            {"stage": "released", "audience": "partner", "partner": "Council"},
            False,
            "For Council only: its own exact figures",
        ),
    ],
)
def test_what_is_no_released_report_says_so_on_every_page(more, mark, header):
    document = paper(report_of(posts_of(), **more))
    marks = [part.words for part in document.parts if isinstance(part, Paragraph) and part.look == "mark"]
    assert (bool(marks), document.header) == (mark, header)


def test_a_released_report_says_its_number_day_and_who_released_it():
    more = {"stage": "released", "number": 3, "released": "2026-05-02T10:00:00", "released_by": "Sam Hill"}
    assert "Report 3, released on 2 May 2026 by Sam Hill" in paper(report_of(posts_of(), **more)).lines


def test_contents_name_the_parts_and_each_measure_has_a_heading(report):
    document = paper(report)
    assert [heading.words for _, heading in document.contents] == ["In short", "Posts and people", "Who works here"]
    assert [part.words for part in document.parts if isinstance(part, Heading) and part.level == 2] == [
        "Age of people in post",
        "Posts held by people aged 50 or over",
        "Hourly pay",
    ]


def test_every_picture_says_its_numbers_in_words(report, word):
    pictures = [part for part in paper(report).parts if isinstance(part, Picture)]
    shown = [each.summary for part in report.parts for each in part.shown]
    assert [picture.about for picture in pictures] == shown
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == shown


def test_pictures_fit_the_page(report):
    document = paper(report_of(*(table for table in report.tables), wide_of()))
    assert all(part.width <= document.page.room for part in document.parts if isinstance(part, Picture))


def test_charts_are_drawn_once_for_all_files(report):
    asked = []

    def draw(wanted):
        asked.append([(bool(one.svg), one.as_png) for one in wanted])
        return draw_here(wanted)

    pictures = Pictures(draw)
    for ending in ("html", "docx", "xlsx", "html"):
        file_of(report, ending, pictures)
    assert asked == [[(False, False)] * 4, [(True, True)] * 4]


def test_paper_has_one_chart_for_each_measure_and_all_its_tables():
    tables = [posts_of(), posts_of(rows="sector"), ages_of(), ages_of(rows="sector")]
    word = opened(file_of(report_of(*tables), "docx", PICTURES))
    assert (len(word.inline_shapes), len(word.tables)) == (3, 4)


def test_the_pdf_is_tagged_and_its_charts_have_words(report, pdf):
    tags = pdf_tags(pdf)
    assert (tags.count("Table"), tags.count("Figure"), tags.count("Caption")) == (4, 4, 8)
    with pdfplumber.open(io.BytesIO(pdf)) as read:
        said = str(read.structure_tree)
        assert (round(read.pages[0].width), round(read.pages[0].height)) == (595, 842)
        assert not any(page.images for page in read.pages), "charts are drawings, sharp at any size"
    assert all(each.summary in said for part in report.parts for each in part.shown)


def test_headings_of_a_table_of_hundreds_of_rows_come_again_on_every_page():
    content = file_of(report_of(roles_of(), headlines=()), "pdf", PICTURES)
    with pdfplumber.open(io.BytesIO(content)) as read:
        pages = [page.extract_text() for page in read.pages if "role 1" in page.extract_text()]
    assert len(pages) > 3
    assert all("Job role" in page for page in pages)


def test_numbers_of_the_paper_are_numbers_of_the_tables(report, pdf):
    """Every number in the PDF besides those of pages, captions and days is in a cell, a sentence or a label."""
    allowed = {"2026", "31", *re.findall(r"[\d,.]+\d|\d", " ".join(_allowed(report)))}
    text = re.sub(r"Page \d+ of \d+|(Chart|Table) \d+\.|(\. )+\d+$", "", pdf_text(pdf), flags=re.MULTILINE)
    assert set(re.findall(r"\d[\d,.]*\d|\d", text)) <= allowed


def _allowed(report):
    yield from report.headlines
    for table in report.tables:
        yield table.note
        yield from (*table.row_labels.values(), *table.column_labels.values())
        yield from (cell_words(cell, table.unit) for cell in table.cells)
    yield "Posts held by people aged 50 or over"


def test_words_that_a_page_would_obey_are_only_words():
    word = opened(file_of(report_of(roles_of(3)), "docx", PICTURES))
    assert word.tables[0].rows[4].cells[0].text == "<b>=1+1</b> & more"


class Lookalike:
    """Counted, and not released."""

    measure = rows = columns = unit = label = note = source = ""
    row_labels, column_labels, seal = {}, {}, None
    cells = (Cell(None, None, 3),)

    def cell(self, row=None, column=None):
        return self.cells[0]


@pytest.mark.parametrize("ending", FILES)
def test_what_was_not_released_is_written_by_nothing(ending):
    about = report_of(posts_of()).about
    shown = Shown(Lookalike(), "Posts", None, "")
    counted = Report("Workforce profile", about, (), (Part("posts", "Posts", "?", shown=(shown,)),))
    with pytest.raises(NotReleasedError):
        file_of(counted, ending, PICTURES)


def test_control_without_the_question_a_lookalike_would_be_written(monkeypatch):
    for name in ("documents", "grids", "pictures", "interface", "page", "workbook"):
        monkeypatch.setattr(f"workforce.reporting.{name}.insist_released", lambda *tables: None)
    about = report_of(posts_of()).about
    counted = Report("T", about, (), (Part("posts", "Posts", "?", shown=(Shown(Lookalike(), "Posts", None, ""),)),))
    assert any(isinstance(part, Table) for part in paper(counted).parts)
