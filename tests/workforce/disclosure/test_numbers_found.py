"""Every number in a report's files is a released one, and a number that is not is found wherever it hides."""

import io
import json
import zipfile

import openpyxl
import pytest
from docx import Document as WordDocument
from openpyxl.comments import Comment

from tests.workforce.reporting.reports import report_of
from workforce.reporting.files import FILES, file_of

from .numbers_found import numbers_in, strangers

# Words around figures, of the report that tests/workforce/reporting makes.
SAID = ("31 March 2026", "2026-03-31", "2026.1", "aged 50", "Share over 50", "width=device-width, initial-scale=1")
STRANGER = "7319"


@pytest.fixture(scope="module")
def report():
    return report_of()


@pytest.fixture(scope="module")
def files(report):
    return {ending: file_of(report, ending) for ending in FILES}


def found(files, report, ending, content=None):
    return strangers(ending, content or files[ending], report.tables, *SAID)


@pytest.mark.parametrize("ending", FILES)
def test_every_number_in_a_file_is_a_released_one(ending, files, report):
    assert found(files, report, ending) == []
    assert len(list(numbers_in(ending, files[ending]))) > 40


@pytest.mark.parametrize("ending", FILES)
def test_control_a_figure_that_is_not_released_is_found(ending, files, report):
    rest = strangers(ending, files[ending], report.tables[:1], *SAID)
    assert {"111", "36.5"} & {number for _, number in rest}


def hidden_sheet(book):
    sheet = book.create_sheet("Working")
    sheet.sheet_state = "veryHidden"
    sheet["A1"] = int(STRANGER)


def note(book):
    book.worksheets[0]["A1"].comment = Comment(f"It was {STRANGER}", "Somebody")


def hidden_column(book):
    book.worksheets[0]["Z1"] = int(STRANGER)
    book.worksheets[0].column_dimensions["Z"].hidden = True


def name_of_a_sheet(book):
    book.worksheets[0].title = f"Posts {STRANGER}"


@pytest.mark.parametrize("hide", [hidden_sheet, note, hidden_column, name_of_a_sheet])
def test_control_numbers_hidden_in_a_workbook(hide, files, report):
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    hide(book)
    saved = io.BytesIO()
    book.save(saved)
    assert STRANGER in {number for _, number in found(files, report, "xlsx", saved.getvalue())}


def changed(content, name, old, new):
    """The package with one part altered."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(into, "w") as altered:
        for each in package.namelist():
            part = package.read(each)
            assert each != name or old in part
            altered.writestr(each, part.replace(old, new, 1) if each == name else part)
    return into.getvalue()


def test_control_a_formulas_result_that_was_kept(files, report):
    cell = b'<c r="Z1"><f>B5+B6</f><v>' + STRANGER.encode() + b"</v></c></row>"
    content = changed(files["xlsx"], "xl/worksheets/sheet4.xml", b"</row>", cell)
    assert STRANGER in {number for _, number in found(files, report, "xlsx", content)}


@pytest.mark.parametrize("old", [b'descr="', b'<w:t xml:space="preserve">'])
def test_control_numbers_spoken_or_written_in_word(old, files, report):
    content = changed(files["docx"], "word/document.xml", old, old + STRANGER.encode() + b" ")
    assert STRANGER in {number for _, number in found(files, report, "docx", content)}


def test_control_a_number_in_two_runs_is_one():
    document, saved = WordDocument(), io.BytesIO()
    paragraph = document.add_paragraph("There are 73")
    paragraph.add_run("19").bold = True
    document.save(saved)
    assert STRANGER in {number for _, number in numbers_in("docx", saved.getvalue())}


@pytest.mark.parametrize("more", ["<!-- 7319 -->", '<p data-true="7319"></p>', "<svg><desc>7319</desc></svg>"])
def test_control_numbers_in_a_page(more, files, report):
    content = files["html"]
    text = content.decode() if isinstance(content, bytes) else content
    assert STRANGER in {number for _, number in found(files, report, "html", text.replace("</body>", f"{more}</body>"))}


def test_control_numbers_in_json(files, report):
    content = json.loads(files["json"])
    content["tables"][0]["cells"][0]["true"] = int(STRANGER)
    assert STRANGER in {number for _, number in found(files, report, "json", json.dumps(content))}
