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

    def turned(self, corner: str):
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

    def widths(self):
        """For each column after the first: characters that its longest word or figure takes, and its margins."""
        figures = zip(*(row[1:] for row in self.words()), strict=True)
        return [
            max(max(map(len, heading.split())) * 1.1, *map(len, column)) + 2
            for heading, column in zip(self.headings, figures, strict=True)
        ]


def grid_of(table: ReleasedTable) -> Grid:
    """All cells of a table. One row of several columns stands upright, as one column of several rows."""
    insist_released(table)
    rows = _places(table.row_labels, {cell.row for cell in table.cells})
    columns = _places(table.column_labels, {cell.column for cell in table.cells})
    cells = tuple(tuple(table.cell(row, column) for column in columns) for row in rows)
    only = name_of(table)
    headings = (
        tuple(columns.values()) if len(columns) > 1 else ((table.column_labels and [*columns.values()]) or [only])
    )
    grid = Grid(_row_heading(table), tuple(headings), tuple(rows.values()), cells, table.unit)
    if len(rows) == 1 and len(columns) > 1:
        grid = replace(grid.turned(only), headings=("All" if None in rows else grid.labels[0],))
    return grid


def _places(labels, present) -> dict:
    """Key -> words of those that the table has, in its order; the total after them."""
    return {key: words for key, words in [*labels.items(), (None, ALL)] if key in present}


def _row_heading(table):
    words = ROWS.get(table.rows, table.rows.replace("_", " ")) or "Whom it counts"
    return words[0].upper() + words[1:]
