"""The only things that may be shown to anybody: tables that went through the gate.

They can be made nowhere but in this package: the constructor asks for the gate's own seal. A renderer asks
`insist_released` first, so what was merely counted cannot be drawn, written or spoken by mistake.
"""

from dataclasses import InitVar, dataclass
from enum import StrEnum


class Audience(StrEnum):
    PARTNER = "partner"  # a partner's own stewards, about their own workforce
    PARTNERSHIP = "partnership"
    PUBLIC = "public"


class Method(StrEnum):
    OWN = "own"  # a partner's own figures, as they are
    EXACT = "exact"  # exact counts, small ones and enough others hidden
    PERTURBED = "perturbed"  # counts with a little noise, rounded


class _Seal:
    pass


_SEAL = _Seal()  # for this package only


class NotReleasedError(TypeError):
    """Somebody tried to show something that did not go through the gate."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure; without a value it is hidden, or (`hidden` False) there is nothing to give, such as a rate of nobody.

    `row` and `column` are keys of the table's labels; None is the total.
    """

    row: str | None
    column: str | None
    value: float | int | None
    hidden: bool = False


@dataclass(frozen=True)
class ReleasedTable:
    """One table of one measure. `rows` and `columns` name its breakdowns; "" where it has one row or column only."""

    measure: str
    rows: str
    columns: str
    unit: str
    method: Method
    row_labels: dict[str, str]  # key -> words, in the order of the page; totals are not among them
    column_labels: dict[str, str]
    cells: tuple[Cell, ...]
    label: str = ""  # what the measure is called
    note: str = ""  # what is hidden, merged or rounded here, in plain words
    source: str = ""  # which returns, which definition
    seal: InitVar[_Seal | None] = None  # asked for each time, so that `replace` cannot change a released table

    def __post_init__(self, seal):
        if seal is not _SEAL:
            raise NotReleasedError("Only the gate makes released tables")

    def cell(self, row=None, column=None):
        """The cell at these keys, or None where the table has none."""
        return self._by_place().get((row, column))

    def _by_place(self):
        found = self.__dict__.get("_places")
        if found is None:
            found = {(cell.row, cell.column): cell for cell in self.cells}
            object.__setattr__(self, "_places", found)
        return found

    @property
    def hidden(self):
        return sum(cell.hidden for cell in self.cells)

    @property
    def key(self):
        """By which the same table of another release is found."""
        return self.measure, self.rows, self.columns

    def kept(self):
        """As JSON, for the register; `restored` makes the table of it again."""
        names = ("measure", "rows", "columns", "unit", "row_labels", "column_labels", "label", "note", "source")
        kept = {name: getattr(self, name) for name in names} | {"method": self.method.value}
        return kept | {"cells": [[cell.row, cell.column, cell.value, cell.hidden] for cell in self.cells]}

    def interface(self):
        """As other systems read it."""
        cells = [
            {"row": cell.row, "column": cell.column, "value": cell.value, "suppressed": cell.hidden}
            for cell in self.cells
        ]
        words = {"unit": self.unit, "label": self.label, "note": self.note, "source": self.source}
        return {"measure": self.measure, "rows": self.rows, "columns": self.columns, "cells": cells} | words


def restored(kept) -> ReleasedTable:
    """A table from the register, where only released ones are."""
    cells = tuple(Cell(*cell) for cell in kept["cells"])
    return ReleasedTable(**(kept | {"cells": cells, "method": Method(kept["method"]), "seal": _SEAL}))


def insist_released(*tables):
    """For everything that draws, writes or shows."""
    for table in tables:
        if not isinstance(table, ReleasedTable):
            raise NotReleasedError(f"This is no released table: {type(table).__name__}")
