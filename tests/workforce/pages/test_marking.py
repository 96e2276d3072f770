"""The sender's own file with the faults marked, opened as its sender would."""

import csv
import io
import zipfile

import openpyxl
import pytest
from django.core.files.base import ContentFile

from tests.workforce.pages.conftest import whole
from tests.workforce.pages.test_faults import replaced
from workforce import faults, marking
from workforce.models import Cause


def table_of(path):
    return list(csv.reader(io.StringIO(path.read_text())))


@pytest.fixture
def download(steward):
    """`download(upload, name)`: what comes when that file of the upload is asked for, and its name."""

    def downloaded(upload, name):
        file = upload.files.get(name=name)
        answer = steward.get(f"{upload.get_absolute_url()}marked/{file.position}/")
        return whole(answer), answer["Content-Disposition"]

    return downloaded


@pytest.fixture
def book(upload, download):
    return openpyxl.load_workbook(io.BytesIO(download(upload, "worker.csv")[0]))


def marked_cells(sheet):
    return {cell.coordinate for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row if cell.comment}


def test_exactly_the_faulty_cells_are_marked(upload, book):
    sheet = book["worker"]
    headings = [cell.value for cell in sheet[1]]
    expected = set()
    for cause in upload.causes.filter(file="worker.csv").exclude(column=""):
        column = openpyxl.utils.get_column_letter(headings.index(cause.column) + 1)
        expected |= {f"{column}{row}" for row in rows_of(upload, cause)}
    assert marked_cells(sheet) == expected
    coloured = {cell.coordinate for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row if cell.fill.fill_type}
    assert coloured == expected and len(expected) > 20


def rows_of(upload, cause):
    with faults.issues_of(upload) as path:
        return [row for row, _ in faults.rows_of(path, cause.position, 0, cause.count)]


def test_errors_and_warnings_have_colours_and_words_of_their_own(upload, book):
    sheet = book["worker"]
    by_severity = {}
    for row in sheet.iter_rows(min_row=2):
        for cell in row[1:]:
            if cell.comment:
                word = "Error" if cell.comment.text.startswith("Error: ") else "Please check"
                by_severity.setdefault(word, set()).add(cell.fill.fgColor.rgb)
                assert word in row[0].value
    assert {word: len(colours) for word, colours in by_severity.items()} == {"Error": 1, "Please check": 1}
    assert by_severity["Error"] != by_severity["Please check"]


def test_the_comment_says_what_is_wrong_and_what_would_do(upload, book):
    cause = upload.causes.get(column="ZEROHRCONT")
    (cell,) = [cell for cell in book["worker"][cause.first_row] if cell.comment and "ZEROHRCONT" in cell.comment.text]
    assert cell.value == "999"
    assert cause.message in cell.comment.text and "Accepted: 2, or CONTHOURS blank or 0." in cell.comment.text


def test_every_cell_is_the_senders_as_text_in_its_own_row(faulty, book):
    sent = table_of(faulty.paths[1])
    found = [["" if cell.value is None else cell.value for cell in row[1:]] for row in book["worker"].iter_rows()]
    assert found == sent


def test_rows_without_a_fault_say_nothing(upload, book):
    said = {row[0].row for row in book["worker"].iter_rows(min_row=2) if row[0].value}
    faulty_rows = {row for cause in upload.causes.filter(file="worker.csv") for row in rows_of(upload, cause)}
    assert said == faulty_rows


def test_the_first_sheet_lists_the_causes(upload, book):
    page = book["What to fix"]
    found = [(row[2].value, row[5].value) for row in page.iter_rows(min_row=4)]
    assert sorted(found) == sorted(upload.causes.filter(file="worker.csv").values_list("column", "count"))
    kinds = [row[0].value for row in page.iter_rows(min_row=4)]
    assert kinds == sorted(kinds), "errors come first"


def test_a_formula_stays_a_text(receive, faulty, download):
    upload = receive(replaced(faulty, "worker.csv", "DISPLAYID", 5, "=1+1"))
    content, _ = download(upload, "worker.csv")
    (cell,) = [cell for cell in openpyxl.load_workbook(io.BytesIO(content))["worker"][5] if cell.value == "=1+1"]
    assert cell.data_type == "s" or cell.quotePrefix or "inlineStr" in member(content, "sheet2.xml")
    assert "<f>" not in member(content, "sheet2.xml")


def member(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read(f"xl/worksheets/{name}").decode()


def test_rows_keep_their_numbers_over_blank_lines_and_what_stands_above(receive, faulty, download):
    """A title above the headings and a blank line between rows: row 9 of the file is row 9 of the copy."""
    lines = faulty.paths[1].read_text().splitlines()
    text = "\n".join(["Our staff", "", lines[0], *lines[1:3], "", *lines[3:]])
    upload = receive([ContentFile(text.encode(), name="worker.csv"), faulty.paths[0]])
    sheet = openpyxl.load_workbook(io.BytesIO(download(upload, "worker.csv")[0]))["worker"]
    assert sheet["B3"].value == "LOCALESTID"
    assert (sheet["C5"].value, sheet["C6"].value) == (lines[2].split(",")[1], None)
    cause = upload.causes.get(column="ZEROHRCONT")
    assert [cell for cell in sheet[cause.first_row] if cell.comment and "ZEROHRCONT" in cell.comment.text]


def test_a_row_that_could_not_be_told_apart_is_named_in_its_place(receive, faulty, download):
    lines = faulty.paths[1].read_text().splitlines()
    lines[4] += ",one,two,many"
    upload = receive([ContentFile("\n".join(lines).encode(), name="worker.csv"), faulty.paths[0]])
    sheet = openpyxl.load_workbook(io.BytesIO(download(upload, "worker.csv")[0]))["worker"]
    assert "more cells than there are headings" in sheet["A5"].value
    assert "could not be told apart" in sheet["A5"].value and sheet["B5"].value is None
    assert sheet["C6"].value == lines[5].split(",")[1]


def test_a_zip_becomes_a_workbook_with_a_sheet_for_each_file(receive, faulty, download):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for path in faulty.paths:
            target.write(path, path.name)
    upload = receive([ContentFile(packed.getvalue(), name="return.zip")])
    content, disposition = download(upload, "return.zip")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["What to fix", "workplace", "worker", "training"]
    assert len(marked_cells(book["worker"])) > 20
    assert "return with faults marked.xlsx" in disposition


def test_a_workbook_comes_back_with_its_own_sheet(receive, faulty, download):
    book = openpyxl.Workbook()
    book.active.title = "Staff 2026"
    for row in table_of(faulty.paths[1]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    upload = receive([ContentFile(content.getvalue(), name="staff.xlsx"), faulty.paths[0]])
    marked = openpyxl.load_workbook(io.BytesIO(download(upload, "staff.xlsx")[0]))
    assert marked.sheetnames == ["What to fix", "Staff 2026"]
    assert len(marked_cells(marked["Staff 2026"])) > 20


def test_very_many_rows_come_as_csv_with_the_first_column(upload, faulty, download, monkeypatch):
    monkeypatch.setattr(marking, "MOST_ROWS", 10)
    content, disposition = download(upload, "worker.csv")
    table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert "worker with faults marked.csv" in disposition
    assert [row[1:] for row in table] == table_of(faulty.paths[1])
    cause = upload.causes.get(column="ZEROHRCONT")
    assert table[cause.first_row - 1][0].startswith(f"Row {cause.first_row}: Error: ZEROHRCONT")
    assert 20 < sum(bool(row[0]) for row in table[1:]) < 100


def test_comments_end_where_a_workbook_would_grow_slow(upload, download, monkeypatch):
    monkeypatch.setattr(marking, "MOST_COMMENTS", 3)
    sheet = openpyxl.load_workbook(io.BytesIO(download(upload, "worker.csv")[0]))["worker"]
    assert len(marked_cells(sheet)) == 3


def test_nothing_of_the_copy_is_kept(upload, download, settings):
    download(upload, "worker.csv")
    assert list(settings.WORK_DIR.with_name("marked").iterdir()) == []


def test_what_a_killed_server_left_is_cleared_away(upload, download, settings, monkeypatch):
    left = settings.WORK_DIR.with_name("marked") / "left"
    left.mkdir(parents=True)
    (left / "marked.xlsx").write_text("cells")
    download(upload, "worker.csv")
    assert left.exists()  # The control: it may be one that is being made.
    monkeypatch.setattr(marking, "FORGOTTEN_AFTER", -1)
    download(upload, "worker.csv")
    assert not left.exists()


def test_a_sentence_names_the_column_once():
    cause = Cause(column="DOB", message="DOB is blank", severity="error", accepted="A date.")
    assert marking.sentence_of(cause) == "Error: DOB is blank. Accepted: A date."
    cause = Cause(column="DOB", message="is blank", severity="warning")
    assert marking.sentence_of(cause) == "Please check: DOB: is blank."
