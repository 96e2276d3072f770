"""The report as a workbook: contents, what it says in words, and a sheet for each table, with numbers as numbers."""

from workforce.disclosure.released import insist_released
from workforce.writing.books import LONGEST_NAME, Book, Leaf, names_of_sheets
from workforce.writing.shapes import Column, Row, Table

from .content import Report, Shown
from .documents import IN_SHORT, LONGEST_HEADING, notes_of
from .fronts import front_of, header_of, senders_of
from .grids import Grid, grid_of
from .pictures import PNG, Pictures
from .wording import ROWS, cell_words, name_of

BY = {"partner": "partner", "role_group": "job group"}  # shorter than ROWS, for names of sheets
WIDEST_LABEL = 44  # characters
IN_WORDS = "In words"


def book_of(report: Report, pictures: Pictures) -> Book:
    insist_released(*report.tables)
    pictures.prepare(report, PNG)
    shown = [each for part in report.parts for each in part.shown]
    names = names_of_sheets([IN_WORDS, *(_wished(each.table) for each in shown)])
    leaves = [_words(report, names[0])]
    leaves += [_leaf(each, name, pictures) for each, name in zip(shown, names[1:], strict=True)]
    return Book(
        title=report.title,
        leaves=tuple(leaves),
        lines=tuple(filter(None, [*front_of(report), header_of(report.about)])),
        notes=senders_of(report.about),
        subject=f"Workforce profile of {report.about.partnership}",
        author=report.about.partnership,
    )


def _wished(table) -> str:
    """The measure and its breakdown; if its words are too long, the measure by its shorter name."""
    by = BY.get(table.rows) or ROWS.get(table.rows, table.rows.replace("_", " "))
    names = (name_of(table), table.measure.replace("_", " ").capitalize())
    wished = [f"{name}, {by}" if by else name for name in names]
    return next((name for name in wished if len(name) <= LONGEST_NAME), wished[-1])


def _words(report: Report, name: str) -> Leaf:
    """All sentences of the report, part by part."""
    said = [(IN_SHORT, words) for words in report.headlines]
    for part in report.parts:
        said += [(part.title, words) for words in (part.words, *part.sentences) if words]
    columns = (Column("Part", 26, names_its_row=True), Column("What it says", 80))
    return Leaf(name, "What the report says in words", Table(columns, tuple(Row(each) for each in said)))


def _leaf(shown: Shown, name: str, pictures: Pictures) -> Leaf:
    table = shown.table
    grid = grid_of(table)
    made = Table(_columns(grid), tuple(_rows(grid)), about=shown.summary)
    decimals = 2 if table.unit.startswith("£") else 1
    return Leaf(name, shown.title, made, notes_of(table), pictures.of(shown, PNG), decimals)


def _rows(grid: Grid):
    last = len(grid.labels)
    for number, (label, cells) in enumerate(zip(grid.labels, grid.cells, strict=True), start=1):
        values = (_value(cell, grid.unit) for cell in cells)
        yield Row((label, *values), is_total=grid.has_total and number == last)


def _columns(grid: Grid):
    first = min(max(map(len, (grid.corner, *grid.labels))) + 2, WIDEST_LABEL)
    headings = zip(_each_once(grid.headings), grid.widths(LONGEST_HEADING), strict=True)
    return (
        Column(grid.corner, first, names_its_row=True),
        *(Column(words, width, is_number=True) for words, width in headings),
    )


def _each_once(headings):
    """A table of a workbook calls no two columns alike."""
    seen = {}
    for words in headings:
        seen[words] = seen.get(words, 0) + 1
        yield words if seen[words] == 1 else f"{words} ({seen[words]})"


def _value(cell, unit):
    return cell.value if cell is not None and cell.value is not None else cell_words(cell, unit)
