"""Small returns, written as people send them, and what was told of them: the material of these tests."""

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq

from workforce.importing import read_return
from workforce.pseudonyms import Pseudonyms
from workforce.reading import Given
from workforce.sampling.returns import Recipe, make_returns

AS_AT, TODAY = date(2026, 9, 30), date(2026, 11, 26)
SECRET = b"of these tests, nothing secret in it"


@cache
def clean_return(rows=200, seed=1):
    """A made-up return in which nothing is wrong."""
    (made,) = make_returns(Recipe(rows=rows, seed=seed, as_at=AS_AT, faults=0))
    return made


def rows_of(table):
    """The cells of a table as text, blank ones as ""."""
    return [["" if cell is None else cell for cell in row.values()] for row in table.to_pylist()]


# --- How people send the same rows ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Form:
    """A way to write a table down. `blank_after`: data rows that a blank line follows; `broken`: columns of text in
    which cells are given a second line, in every third row."""

    name: str
    book: bool = False
    packed: bool = False
    separator: str = ","
    mark: bytes = b""
    encoding: str = "utf-8"
    titles: tuple[str, ...] = ()
    blank_after: tuple[int, ...] = ()
    broken: tuple[str, ...] = ()
    quoting: int = csv.QUOTE_MINIMAL
    ending: str = "\r\n"


WORDS = ("DISPLAYID", "ESTNAME", "TRAININGNAME")
FORMS = (
    Form("plain"),
    Form("semicolons, a mark, everything in quotation marks", separator=";", mark=b"\xef\xbb\xbf",
         quoting=csv.QUOTE_ALL),
    Form("a title, blank lines and cells of two lines", titles=("Return of the council", "", "Not to be sent on"),
         blank_after=(0, 1, 5, 17, 18, 60), broken=WORDS),
    Form("bare line feeds, cells of two lines", ending="\n", broken=WORDS, blank_after=(3,)),
    Form("tabs in UTF-16", separator="\t", encoding="utf-16", blank_after=(2, 9)),
    Form("a workbook", book=True),
    Form("a workbook with a title, blank rows and cells of two lines", book=True, titles=("Return", ""),
         blank_after=(0, 4, 5, 33), broken=WORDS),
    Form("packed, with blank lines", packed=True, blank_after=(1, 2, 3)),
)  # fmt: skip


@dataclass
class Written:
    """A file, and the row that Excel counts each row of the table as."""

    name: str
    content: bytes
    rows: list[int] = field(default_factory=list)


def write(name, headings, rows, form):
    """A table in a form; cells are those given, but for the lines that a form breaks."""
    lines, numbers = [[title] if title else [] for title in form.titles] + [list(headings)], []
    for place, row in enumerate(rows):
        numbers.append(len(lines) + 1)
        lines.append(_broken(row, headings, form) if place % 3 == 0 else list(row))
        lines += [[]] if place in form.blank_after else []
    content = _workbook(name, lines) if form.book else _text(lines, form)
    return Written(f"{name}.{'xlsx' if form.book else 'csv'}", content, numbers)


def _broken(row, headings, form):
    return [
        cell.replace(" ", "\n", 1) if heading in form.broken else cell
        for heading, cell in zip(headings, row, strict=True)
    ]


def _text(lines, form):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=form.separator, quoting=form.quoting, lineterminator=form.ending)
    for line in lines:
        writer.writerow(line) if line else text.write(form.ending)
    return form.mark + text.getvalue().encode(form.encoding)


def _workbook(name, lines):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(name)
    for line in lines:
        sheet.append([cell or None for cell in line])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def save(files, folder: Path, form):
    """Written files on disk, in a zip file where the form packs them: what is given to the reading."""
    if form.packed:
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in files:
                archive.writestr(file.name, file.content)
        files = [Written("return.zip", content.getvalue())]
    for file in files:
        (folder / file.name).write_bytes(file.content)
    return [Given(file.name, folder / file.name) for file in files]


# --- What was told ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """One issue: the file by its bare name, such as `worker`."""

    file: str
    row: int
    column: str
    code: str


def read(given, folder: Path, **more):
    folder.mkdir()
    keys = Pseudonyms(SECRET, "tests")
    return read_return(given, as_at=AS_AT, today=TODAY, keys=keys, folder=folder, **more)


def issues_of(checked):
    """Every issue that was told."""
    found = pq.read_table(checked.issues)
    causes = checked.causes
    return {
        Told(_bare(causes[cause].file), row, causes[cause].column, causes[cause].code)
        for row, cause in zip(found["row"].to_pylist(), found["cause"].to_pylist(), strict=True)
    }


def _bare(file):
    return next(name for name in ("workplace", "worker", "training", "") if name in file)
