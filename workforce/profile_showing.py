"""A report as its page shows it: each table as headings and rows of words, and the drawings beside them."""

from dataclasses import dataclass

from workforce.disclosure.released import insist_released
from workforce.profile_pictures import drawings_of
from workforce.reporting.wording import ALL, ROWS, cell_words


@dataclass(frozen=True)
class GridCell:
    words: str
    is_hidden: bool = False


@dataclass(frozen=True)
class GridRow:
    label: str
    cells: list
    is_total: bool = False


@dataclass(frozen=True)
class Grid:
    """A released table as a page or a sheet lays it out."""

    corner: str
    headings: list
    rows: list


def grid_of(table):
    """The table's cells in words: rows in its order and their total last, columns in its order and theirs last."""
    insist_released(table)
    columns = _keys(table, table.column_labels, [cell.column for cell in table.cells])
    rows = _keys(table, table.row_labels, [cell.row for cell in table.cells])
    headings = [label for _, label in columns] if table.column_labels else [_one_heading(table.unit)]
    return Grid(_corner(table), headings, [_row(table, row, label, columns) for row, label in rows])


def _keys(table, labels, used):
    used = set(used)
    named = [(key, label) for key, label in labels.items() if key in used]
    return named + ([(None, ALL)] if None in used else [])


def _one_heading(unit):
    """Over the only column that there is: what it counts."""
    return "Per cent" if unit == "%" else f"{unit[:1].upper()}{unit[1:]}"


def _corner(table):
    words = ROWS.get(table.rows, table.rows.replace("_", " "))
    return words.capitalize() or "Whom"


def _row(table, row, label, columns):
    cells = [table.cell(row, column) for column, _ in columns]
    shown = [GridCell(cell_words(cell, table.unit), bool(cell and cell.hidden)) for cell in cells]
    return GridRow(label, shown, is_total=row is None)


@dataclass(frozen=True)
class Pair:
    """A chart ("" where there is none) and its table; `anchor` is what addresses name it by."""

    anchor: str
    shown: object
    grid: Grid
    svg: str

    @property
    def table(self):
        return self.shown.table


def anchor_of(part, shown):
    return f"{part.key}-{part.shown.index(shown) + 1}"


def leading(part):
    """What of a part stands in the whole report: its first chart with the table behind it, or its first table."""
    return next((shown for shown in part.shown if shown.chart), next(iter(part.shown), None))


def lead_pairs(report):
    """Each part with its leading pair, and how many more there are; drawn all at once."""
    leads = [leading(part) for part in report.parts]
    drawn = iter(drawings_of([lead for lead in leads if lead]))
    pairs = [[_pair(part, lead, next(drawn))] if lead else [] for part, lead in zip(report.parts, leads, strict=True)]
    return [(part, pair, max(0, len(part.shown) - 1)) for part, pair in zip(report.parts, pairs, strict=True)]


def all_pairs(part):
    return [_pair(part, shown, svg) for shown, svg in zip(part.shown, drawings_of(part.shown), strict=True)]


def _pair(part, shown, svg):
    return Pair(anchor_of(part, shown), shown, grid_of(shown.table), svg)


def hidden_lines(report):
    """(part, anchor, title, how many figures are hidden, of how many, the table's own note) where any are."""
    return [
        (part, anchor_of(part, shown), shown.title, shown.table.hidden, len(shown.table.cells), shown.table.note)
        for part in report.parts
        for shown in part.shown
        if shown.table.hidden
    ]
