"""A released table as rows and columns of a page or sheet: totals last, and turned where that reads better."""

from dataclasses import dataclass, replace

from workforce.disclosure.released import Cell, ReleasedTable, insist_released

from .wording import ALL, ROWS, cell_words, name_of


@dataclass(frozen=True)
class Grid:
    corner: str  # what the first column is called
    headings: tuple[str, ...]  # of the others
    labels: tuple[str, ...]  # of the rows
    cells: tuple[tuple[Cell | None, ...], ...]  # as many rows as labels; None where the table says nothing
    unit: str
    has_total: bool = False  # in its last row

    def turned(self, corner: str):
        """Rows as columns, and columns as rows."""
        return Grid(corner, self.labels, self.headings, tuple(zip(*self.cells, strict=True)), self.unit)

    def words(self):
        """Each row as it is read: its label, then its figures, or what stands in their place."""
        for label, cells in zip(self.labels, self.cells, strict=True):
            yield (label, *(cell_words(cell, self.unit) for cell in cells))

    def blocks(self, room: int, longest_label: int):
        """The same rows with some of the columns each, as many as stand beside each other in so many characters."""
        widths = self.widths()
        first = min(max(map(len, (self.corner, *self.labels))), longest_label)
        start = 0
        while start < len(widths):
            end = start + 1
            while end < len(widths) and first + sum(widths[start : end + 1]) <= room:
                end += 1
            cells = tuple(row[start:end] for row in self.cells)
            yield replace(self, headings=self.headings[start:end], cells=cells)
            start = end

    def widths(self, most=0):
        """For each column after the first: characters that its longest word or figure takes, and its margins.

        Headings are given their whole length up to `most` characters.
        """
        figures = zip(*(row[1:] for row in self.words()), strict=True)
        return [
            max(_heading_width(heading, most), *map(len, column)) + 2
            for heading, column in zip(self.headings, figures, strict=True)
        ]


def _heading_width(words, most):
    """Headings are bold, and so a little wider."""
    return max(max(map(len, words.split()), default=0), min(len(words), most)) * 1.1


def grid_of(table: ReleasedTable, *, may_turn=True) -> Grid:
    """All cells of a table. One row of several columns stands upright, as one column of several rows."""
    insist_released(table)
    rows = _places(table.row_labels, {cell.row for cell in table.cells})
    columns = _places(table.column_labels, {cell.column for cell in table.cells})
    cells = tuple(tuple(table.cell(row, column) for column in columns) for row in rows)
    headings = tuple(columns.values()) if table.column_labels or not rows else (name_of(table),)
    grid = Grid(_row_heading(table), headings, tuple(rows.values()), cells, table.unit, None in rows and len(rows) > 1)
    if may_turn and len(rows) == 1 and len(columns) > 1:
        return replace(grid.turned(name_of(table)), has_total=None in columns)
    return grid


def _places(labels, present) -> dict:
    """Key -> words of those that the table has, in its order; the total after them."""
    return {key: words for key, words in [*labels.items(), (None, ALL)] if key in present}


def _row_heading(table):
    words = ROWS.get(table.rows, table.rows.replace("_", " ")) or "Whom it counts"
    return words[0].upper() + words[1:]
