"""A PDF as grids, where its tables are drawn with lines. It is opened in a process of its own, within limits.

A PDF says where letters and lines stand, not what a cell is, so what is read is only ever a likeness: the plan says
so to whoever looks at it. Parsers of PDF can be led into endless work by a few bytes; a process that is given so much
memory and so many seconds to each page cannot take the site with it.
"""

import itertools
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from .grids import BLANK, Cell, Contents, Grid, Mark, Paragraph, Problem, Row, Unreadable
from .guards import ACCEPTED, Limits, check_cells

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 60  # for all pages; one page has far fewer (`pdf_pages`)
ASK = "Ask for the Word document or workbook that the PDF was made from"
SENTENCES = {
    "locked": "The PDF is protected with a password. Remove the password and try again.",
    "damaged": "The PDF is damaged or was cut short on its way.",
    "pages": "The PDF has more than {pages} pages, far more than a plan.",
    "scanned": "The PDF holds pictures of pages and no words, as a scanner makes them, so there is nothing to read.",
    "large": "The PDF is made in a way that takes far more work to read than any plan. It was not read.",
}
LIKENESS = Problem(
    "The file",
    "This was read from a PDF, in which cells are only lines and letters. Look at every row before it is applied.",
    "The Word document or workbook that the PDF was made from is read more reliably",
    is_notice=True,
)


def read_pdf(content: bytes, limits: Limits) -> Contents:
    command = [sys.executable, "-m", "actions.reading.pdf_pages", str(limits.pages), str(limits.cells)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, cwd=ROOT, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise _refusal("large", limits) from error
    if done.returncode:  # ended by a limit
        raise _refusal("large", limits)
    found = json.loads(done.stdout)
    if "fault" in found:
        raise _refusal(found["fault"], limits)
    grids = [_grid(*grid) for grid in found["grids"]]
    _join_cut_rows(grids)
    check_cells("", sum(len(row.cells) for grid in grids for row in grid.rows), limits)
    return Contents(grids, [Paragraph(text) for text in found["prose"]])


def _refusal(fault: str, limits: Limits) -> Unreadable:
    return Unreadable(f"{SENTENCES[fault].format(pages=limits.pages)} {ASK}.", accepted=ACCEPTED)


def _grid(name: str, title: str | None, rows: list) -> Grid:
    made = [Row(number, tuple(_cell(*cell) for cell in row)) for number, row in enumerate(rows, start=1)]
    return Grid(name, made, heading_above=title)


def _cell(text: str, shading: str | None, levels: list, below: bool, beside: bool, across: int) -> Cell:
    marks = tuple(None if level is None else Mark(level) for level in levels)
    return Cell(text, shading, None, below, beside, across, marks if any(marks) else ())


def _join_cut_rows(grids: list[Grid]) -> None:
    """Put together, in place, rows that the end of a page cut in mid-sentence."""
    for before, grid in itertools.pairwise(grids):
        first = _alike(before.rows, grid.rows)
        if first < len(grid.rows) and before.width == grid.width and _is_cut(before.rows[-1], grid.rows[first]):
            before.rows[-1] = _joined(before.rows[-1], grid.rows.pop(first))


def _alike(before: list[Row], rows: list[Row]) -> int:
    """How many rows at the top of a page are those of the page before: headings that repeat."""
    pairs = zip(before, rows, strict=False)
    return len(list(itertools.takewhile(lambda pair: _texts(pair[0]) == _texts(pair[1]), pairs)))


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def _is_cut(above: Row, below: Row) -> bool:
    """True where nothing begins in the lower part and something goes on in it."""
    pairs = [(one.text, other.text) for one, other in zip(above.cells, below.cells, strict=True) if other.own_text]
    goes_on = [one and one[-1] not in ".;:!?" and other[0].islower() for one, other in pairs]
    return not below.cells[0].own_text and any(goes_on) and all(one or other[0].islower() for one, other in pairs)


def _joined(above: Row, below: Row) -> Row:
    pairs = zip(above.cells, below.cells, strict=True)
    return replace(above, cells=tuple(_joined_cell(one, other) for one, other in pairs))


def _joined_cell(above: Cell, below: Cell) -> Cell:
    if below in (BLANK, above) or not below.own_text:
        return above
    marks = above.marks + below.marks[1:] if above.marks else ()
    is_number = above.text[-1:].isdigit() and below.text[:1].isdigit()
    return replace(above, text=f"{above.text}{'' if is_number else ' '}{below.text}".strip(), marks=marks)
