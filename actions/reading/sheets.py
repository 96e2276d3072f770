"""One sheet of a workbook while it is read, whatever wrote it: cells by place, merged cells, and what is hidden."""

from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from .grids import BLANK, Cell, Grid, Row, spread
from .guards import Limits, check_cell, check_cells, check_shape
from .identity import marks_in


@dataclass
class Sheet:
    """Rows and columns count from 1, as on the screen."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    row: int = 0
    column: int = 0

    def put(self, row: int, column: int, cell: Cell, limits: Limits) -> None:
        """Keep a cell that says something. Shading far outside of any plan is only decoration."""
        if cell.text:
            check_shape(self.name, row, column, limits)
            check_cell(f"{self.name}, row {row}, column {get_column_letter(column)}", cell.text, limits)
        elif cell.shading is None or row > limits.rows or column > limits.columns:
            return
        self.cells[row, column] = cell
        check_cells(self.name, len(self.cells), limits)


def grid_of(sheet: Sheet, limits: Limits) -> Grid:
    """Spread merged cells first, then leave out what is hidden: a merge may start on a hidden row.

    In a sheet that the planner wrote, hidden means filtered or folded away, and is read.
    """
    height = max((row for row, _ in sheet.cells), default=0)
    width = max((column for _, column in sheet.cells), default=0)
    merges = [each for each in sheet.merges if 1 <= each[0] <= height and 1 <= each[1] <= width]
    table = [[sheet.cells.get((row, column), BLANK) for column in range(1, width + 1)] for row in range(1, height + 1)]
    covered = sum(
        (min(bottom, height) - top + 1) * (min(right, width) - left + 1) for top, left, bottom, right in merges
    )
    check_cells(sheet.name, covered // 10, limits)
    for top, left, bottom, right in merges:
        spread(table, top - 1, left - 1, bottom - top + 1, right - left + 1)
    identities, marked = marks_in([[cell.text for cell in cells] for cells in table])
    hidden_rows, hidden_columns = ((), ()) if identities else (sheet.hidden_rows, sheet.hidden_columns)
    columns = [index for index in range(width) if index not in marked and not _is_within(index + 1, hidden_columns)]
    rows = [
        Row(number, tuple(cells[index] for index in columns), False, tuple(filter(None, [identities.get(number - 1)])))
        for number, cells in enumerate(table, start=1)
        if number not in hidden_rows
    ]
    return Grid(sheet.name, rows, tuple(get_column_letter(index + 1) for index in columns))


def _is_within(number: int, ranges: list[tuple[int, int]]) -> bool:
    return any(first <= number <= last for first, last in ranges)
