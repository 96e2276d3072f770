"""A partner's own file with its faults marked in it: made when it is asked for, handed out, and never kept.

A workbook with a first sheet that lists what is wrong, and every row under its own number: faulty cells have a colour
and a comment, and a first column says in words what to fix. Of files with very many rows a CSV file with that first
column. The cells are the sender's own and stay as they are; in the workbook all of them are text.
"""

import csv
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from time import time
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xlsxwriter
from django.conf import settings
from django.utils import timezone

from workforce import faults, vault
from workforce.checking.engine import heading_key, place_columns
from workforce.importing import kind_of
from workforce.mapping_suggestions import is_likely_heading
from workforce.models import Cause
from workforce.reading import Given, open_files
from workforce.sources import SOURCES
from workforce.sources.council import is_mapped_heading

MOST_ROWS = 200_000  # in a workbook; Excel takes a minute to open more
MOST_MARKS = 5_000_000
MOST_COMMENTS = 5_000  # Excel grows slow with more; the first column says it all anyway
MOST_SENTENCES = 20  # in one cell of the first column
LONGEST_CELL = 32_767  # characters that Excel keeps
WHAT_TO_FIX = "What to fix"
FORGOTTEN_AFTER = 3600  # seconds: what a killed server left behind
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class MarkedFile:
    name: str
    content_type: str
    opened: BinaryIO  # has no name in the file system any more, so it is gone when it is closed


def marked_copy(upload, file):
    """The file that was sent, with the faults of its rows marked."""
    folder = _private_folder()
    try:
        with vault.at_hand(file.stored, folder) as path, faults.issues_of(upload) as issues:
            sheets = [_marked(upload, sheet, issues) for sheet in _sheets_of(upload, Given(file.name, path))]
            write = _write_workbook if _rows_of(upload, file) <= MOST_ROWS else _write_csv
            target, content_type = write(sheets, folder)
        name = f"{Path(file.name).stem} with faults marked{target.suffix}"
        return MarkedFile(name, content_type, target.open("rb"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _private_folder():
    """A folder for this copy alone. Those that a killed server has left are cleared away first."""
    above = settings.WORK_DIR.with_name("marked")
    above.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in above.iterdir():
        if time() - left.stat().st_mtime > FORGOTTEN_AFTER:
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(dir=above))


def _rows_of(upload, file):
    parts = upload.files.all()
    return sum(part.rows_read for part in parts if part.name == file.name or part.name.startswith(f"{file.name}: "))


def _kinds_of(upload):
    source = SOURCES.get(upload.source)
    return [(upload.source, kind) for kind in source.file_kinds(timezone.localdate())] if source else []


def _sheets_of(upload, given):
    """Opened with the same eye for headings as when it was read."""
    kinds, mapping = _kinds_of(upload), upload.mapping or {}
    return open_files(
        [given],
        recognise=lambda cells: (
            kind_of(cells, kinds)[0] is not None or is_mapped_heading(cells, mapping) or is_likely_heading(cells)
        ),
    )


# --- Which cell a fault is in ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MarkedSheet:
    """A sheet and its faults: `fault_rows` in order with the position of a cause beside each, in `fault_causes`.

    `places` says where in a row the column of a cause stands; None where the cause is about no column of the sheet.
    """

    sheet: object
    causes: dict
    places: dict
    fault_rows: np.ndarray
    fault_causes: np.ndarray

    def rows(self):
        """(row number, cells, causes) of every row in order. Cells are None of a row that could not be told apart."""
        starts, last = self.fault_rows, 0
        for block in self.sheet.blocks():
            cells = zip(*(column.to_pylist() for column in block.cells), strict=True)
            for row, texts in zip(block.rows.tolist(), cells, strict=True):
                yield from self._without_cells(last, row)
                last = row
                yield row, texts, self._of(row)
        yield from self._without_cells(last, int(starts[-1]) + 1 if len(starts) else 0)

    def _of(self, row):
        first, end = np.searchsorted(self.fault_rows, [row, row + 1])
        return [self.causes[place] for place in self.fault_causes[first:end].tolist()]

    def _without_cells(self, after, before):
        """Rows at fault between two others that have no cells here: they were left out when the file was read."""
        first, end = np.searchsorted(self.fault_rows, [after + 1, before])
        for row in np.unique(self.fault_rows[first:end]).tolist():
            if row != self.sheet.heading_row:
                yield row, None, self._of(row)


def _marked(upload, sheet, issues):
    label = f"{sheet.file}: {sheet.sheet}" if sheet.sheet else sheet.file
    causes = {cause.position: cause for cause in upload.causes.filter(file=label)}
    rows, places = _faults_in(issues, causes)
    return MarkedSheet(sheet, causes, _places_of(upload, sheet, causes.values()), rows, places)


def _faults_in(path, causes):
    """Row numbers in order, and the position of a cause beside each."""
    found, wanted = [], pa.array(list(causes), pa.int16())
    for batch in pq.ParquetFile(path).iter_batches(columns=["row", "cause"]):
        found.append(batch.filter(pc.is_in(batch["cause"], wanted)))
        if sum(part.num_rows for part in found) > MOST_MARKS:
            break
    rows = np.concatenate([np.zeros(0, np.int32), *(part["row"].to_numpy() for part in found)])
    places = np.concatenate([np.zeros(0, np.int16), *(part["cause"].to_numpy() for part in found)])
    order = np.lexsort((places, rows))
    return rows[order], places[order]


def _places_of(upload, sheet, causes):
    """Where in a row each cause's column stands; a file may have it under another heading than the cause names."""
    known = {heading_key(heading): place for place, heading in reversed(list(enumerate(sheet.headings)))}
    _, kind = kind_of(sheet.headings, _kinds_of(upload))
    columns = place_columns(kind, sheet.headings) if kind else {}
    return {cause: columns.get(cause.column, known.get(heading_key(cause.column))) for cause in causes}


def sentence_of(cause):
    """What is wrong and what would be accepted, in one line."""
    severity = "Error" if cause.severity == Cause.Severity.ERROR else "Please check"
    about = "" if not cause.column or cause.column in cause.message else f"{cause.column}: "
    accepted = f" Accepted: {cause.accepted.rstrip('.')}." if cause.accepted else ""
    return f"{severity}: {about}{cause.message.rstrip('.')}.{accepted}"


def what_to_fix(causes, cells):
    """The words of the first column for one row."""
    found = [sentence_of(cause) for cause in sorted(causes, key=_errors_first)]
    said = found[:MOST_SENTENCES]
    if len(found) > len(said):
        said.append(f"And {len(found) - len(said)} more.")
    if cells is None:
        said.append("The cells of this row could not be told apart; they are not repeated here.")
    return "\n".join(said)


def _errors_first(cause):
    return cause.severity != Cause.Severity.ERROR, cause.position


# --- As a workbook --------------------------------------------------------------------------------------------------

TINTS = {Cause.Severity.ERROR: "#F6D2CF", Cause.Severity.WARNING: "#FBE3B6"}


class _Looks:
    """The formats of one workbook. All cells are text, so that nothing is a formula and no nought in front is lost."""

    def __init__(self, book):
        text = {"num_format": "@", "valign": "top"}
        self.text = book.add_format(text)
        self.words = book.add_format(text | {"text_wrap": True})
        self.heading = book.add_format(text | {"bold": True, "bottom": 1, "text_wrap": True})
        self.title = book.add_format(text | {"bold": True, "font_size": 14})
        self.number = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.faulty = {kind: book.add_format(text | {"bg_color": tint, "border": 1}) for kind, tint in TINTS.items()}


def _write_workbook(sheets, folder):
    path = folder / "marked.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(folder)}) as book:
        looks, comments = _Looks(book), iter(range(MOST_COMMENTS))
        _write_summary(book.add_worksheet(WHAT_TO_FIX), sheets, looks)
        names = {WHAT_TO_FIX.casefold()}
        for marked in sheets:
            _write_sheet(book.add_worksheet(_sheet_name(marked.sheet, names)), marked, looks, comments)
    return path, XLSX


def _sheet_name(sheet, taken):
    """A name that Excel takes: at most 31 characters, none of its own signs, and no other sheet's."""
    whole = sheet.sheet or Path(sheet.file.rpartition(": ")[2]).stem
    stem = "".join(" " if sign in "[]:*?/\\'" else sign for sign in whole).strip()[:28] or "Rows"
    name = next(one for one in (stem, *(f"{stem} {n}" for n in range(2, 200))) if one.casefold() not in taken)
    taken.add(name.casefold())
    return name


def _write_summary(page, sheets, looks):
    page.set_column(0, 0, 12)
    page.set_column(1, 2, 22)
    page.set_column(3, 4, 60)
    page.write_string(0, 0, "What to fix, by cause", looks.title)
    for place, heading in enumerate(("Kind", "File", "Column", "What is wrong", "Accepted", "Rows", "First row")):
        page.write_string(2, place, heading, looks.heading)
    causes = [cause for marked in sheets for cause in sorted(marked.causes.values(), key=_errors_first)]
    for number, cause in enumerate(causes, 3):
        words = (cause.get_severity_display(), cause.file, cause.column, cause.message, cause.accepted)
        for place, text in enumerate(words):
            page.write_string(number, place, text[:LONGEST_CELL], looks.words)
        page.write_number(number, 5, cause.count, looks.number)
        page.write_number(number, 6, cause.first_row or 0, looks.number)
    page.freeze_panes(3, 0)


def _write_sheet(page, marked, looks, comments):
    headings, top = marked.sheet.headings, marked.sheet.heading_row - 1
    page.set_column(0, 0, 60, looks.words)
    page.set_column(1, len(headings), 16, looks.text)
    for place, heading in enumerate((WHAT_TO_FIX, *headings)):
        page.write_string(top, place, heading[:LONGEST_CELL], looks.heading)
    last = top
    for row, cells, causes in marked.rows():
        last = row - 1
        if causes:
            page.write_string(last, 0, what_to_fix(causes, cells)[:LONGEST_CELL], looks.words)
        if cells is not None:
            _write_row(page, last, cells, _cells_at_fault(marked, causes), looks, comments)
    page.freeze_panes(top + 1, 1)
    page.autofilter(top, 0, last, len(headings))


def _cells_at_fault(marked, causes):
    """{place of the column: its causes}, errors first."""
    at_fault = {}
    for cause in sorted(causes, key=_errors_first):
        if marked.places[cause] is not None:
            at_fault.setdefault(marked.places[cause], []).append(cause)
    return at_fault


def _write_row(page, row, cells, at_fault, looks, comments):
    for place, text in enumerate(cells, 1):
        causes = at_fault.get(place - 1)
        if causes:
            page.write_string(row, place, text[:LONGEST_CELL], looks.faulty[causes[0].severity])
            if not text:
                page.write_blank(row, place, None, looks.faulty[causes[0].severity])
            if next(comments, None) is not None:
                page.write_comment(row, place, "\n".join(map(sentence_of, causes)), {"x_scale": 2})
        elif text:
            page.write_string(row, place, text[:LONGEST_CELL], looks.text)


# --- As CSV, for files with very many rows --------------------------------------------------------------------------


def _write_csv(sheets, folder):
    if len(sheets) == 1:
        path = folder / "marked.csv"
        with path.open("wb") as target:
            _write_lines(target, sheets[0])
        return path, "text/csv; charset=utf-8"
    path, names = folder / "marked.zip", set()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for marked in sheets:
            with packed.open(f"{_sheet_name(marked.sheet, names)}.csv", "w", force_zip64=True) as target:
                _write_lines(target, marked)
    return path, "application/zip"


def _write_lines(target, marked):
    """The sender's own cells are not touched here: whoever sends this file again must be sending the same values."""
    text = TextIOWrapper(target, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([WHAT_TO_FIX, *marked.sheet.headings])
    for row, cells, causes in marked.rows():
        words = f"Row {row}: {what_to_fix(causes, cells)}" if causes else ""
        writer.writerow([words, *(cells or [""] * len(marked.sheet.headings))])
    text.flush()
    text.detach()
