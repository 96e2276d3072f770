"""The report as a workbook: contents, what it says in words, and a sheet for each measure, with numbers as numbers.

The tables of one measure have the same columns, so they are one table of a sheet, whose first column says what its rows
are broken down by: a sheet for each would be two hundred sheets.
"""

from collections import Counter
from itertools import groupby

from workforce.disclosure.released import insist_released
from workforce.writing.books import LONGEST_NAME, Book, Leaf, names_of_sheets
from workforce.writing.shapes import Column, Row, Table

from .content import Report, Shown
from .documents import IN_SHORT, LONGEST_HEADING, notes_of
from .fronts import front_of, header_of, senders_of
from .grids import Grid, grid_of
from .pictures import PNG, Pictures
from .wording import ROWS, cell_words, listed, name_of

WIDEST_LABEL = 44  # characters
BREAKDOWNS = {"partner": "partner"}  # shorter than in ROWS
IN_WORDS = "In words"
BY = "Broken down by"


def book_of(report: Report, pictures: Pictures) -> Book:
    insist_released(*report.tables)
    pictures.prepare(report, PNG)
    groups = [list(group) for part in report.parts for _, group in groupby(part.shown, _columns_of)]
    names = names_of_sheets([IN_WORDS, *_wished([[shown.table for shown in group] for group in groups])])
    leaves = [_leaf(group, name, pictures) for group, name in zip(groups, names[1:], strict=True)]
    return Book(
        title=report.title,
        leaves=(_words(report, names[0]), *leaves),
        lines=tuple(filter(None, [*front_of(report), header_of(report.about)])),
        notes=senders_of(report.about),
        subject=f"Workforce profile of {report.about.partnership}",
        author=report.about.partnership,
    )


def _columns_of(shown: Shown):
    """What tables that stand on one sheet have in common."""
    return shown.table.measure, shown.table.unit, grid_of(shown.table, may_turn=False).headings


def _wished(groups):
    """The measure, by its shorter name if its words are too long; and a breakdown where it has several sheets."""
    sheets = Counter(tables[0].measure for tables in groups)
    for first, *_ in groups:
        by = BREAKDOWNS.get(first.rows) or ROWS.get(first.rows, first.rows) if sheets[first.measure] > 1 else ""
        names = [name_of(first), first.measure.replace("_", " ").capitalize()]
        wished = [f"{name}, {by}" if by else name for name in names]
        yield next((name for name in wished if len(name) <= LONGEST_NAME), wished[-1])


def _words(report: Report, name: str) -> Leaf:
    """All sentences of the report, part by part."""
    said = [(IN_SHORT, words) for words in report.headlines]
    for part in report.parts:
        said += [(part.title, words) for words in (part.words, *part.sentences) if words]
    columns = (Column("Part", 26, names_its_row=True), Column("What it says", 80))
    return Leaf(name, "What the report says in words", Table(columns, tuple(Row(each) for each in said)))


def _leaf(group: list[Shown], name: str, pictures: Pictures) -> Leaf:
    tables = [shown.table for shown in group]
    made = _one(tables[0]) if len(group) == 1 else _several(tables)
    title = group[0].title if len(group) == 1 else _title(tables)
    notes = tuple(dict.fromkeys(note for table in tables for note in notes_of(table)))
    drawn = next((shown for shown in group if shown.chart is not None), group[0])
    decimals = 2 if tables[0].unit.startswith("£") else 1
    return Leaf(name, title, made, notes, pictures.of(drawn, PNG, drawn.title), decimals)


def _title(tables):
    corners = [grid_of(table).corner for table in tables]
    return f"{name_of(tables[0])}, by {listed([corner[0].lower() + corner[1:] for corner in corners])}"


def _one(table) -> Table:
    grid = grid_of(table)
    return Table((_label_column(grid.corner, [grid]), *_numbers([grid])), tuple(_rows(grid)))


def _several(tables) -> Table:
    grids = [grid_of(table, may_turn=False) for table in tables]
    columns = (Column(BY, max(len(grid.corner) for grid in grids) + 2), _label_column("Group", grids))
    rows = (Row((grid.corner, *row.cells), is_total=row.is_total) for grid in grids for row in _rows(grid))
    return Table((*columns, *_numbers(grids)), tuple(rows))


def _rows(grid: Grid):
    last = len(grid.labels)
    for number, (label, cells) in enumerate(zip(grid.labels, grid.cells, strict=True), start=1):
        values = (_value(cell, grid.unit) for cell in cells)
        yield Row((label, *values), is_total=grid.has_total and number == last)


def _label_column(words: str, grids: list[Grid]) -> Column:
    longest = max(len(label) for grid in grids for label in (words, *grid.labels))
    return Column(words, min(longest + 2, WIDEST_LABEL), names_its_row=True)


def _numbers(grids: list[Grid]):
    """The columns of figures; a table of a workbook calls no two of them alike."""
    seen: dict[str, int] = {}
    widths = zip(*(grid.widths(LONGEST_HEADING) for grid in grids), strict=True)
    for words, width in zip(grids[0].headings, map(max, widths), strict=True):
        seen[words] = seen.get(words, 0) + 1
        yield Column(words if seen[words] == 1 else f"{words} ({seen[words]})", width, is_number=True)


def _value(cell, unit):
    return cell.value if cell is not None and cell.value is not None else cell_words(cell, unit)
