"""The cells of one block as they were read, for rules to look at: masks and numbers, one per row."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .kinds import Codes
from .kinds_of_parts import Pair


@dataclass
class ReadColumn:
    """One column of a block. `values` are numbers (NaN: nothing); `wrong` is 0 or 1 + the place of the kind's wrong."""

    texts: pa.StringArray
    values: np.ndarray
    blank: np.ndarray
    wrong: np.ndarray
    unknown: np.ndarray
    second: np.ndarray | None = None
    indices: np.ndarray | None = None  # into `distinct`, for lists
    distinct: list | None = None


class Cells:
    """`columns` are by name; a column that the file does not have reads as blank."""

    def __init__(self, kind, rows, columns, context):
        self.kind, self.rows, self.context = kind, rows, context
        self._columns = columns
        self._kinds = {column.name: column.kind for column in kind.columns}
        self.left_out = np.zeros(len(rows), bool)
        self.judged = np.ones(len(rows), bool)
        self.remembered = {}  # what a context worked out for this block

    def __len__(self):
        return len(self.rows)

    def __contains__(self, name):
        return name in self._columns

    def column(self, name):
        return self._columns[name] if name in self._columns else self._absent()

    def _absent(self):
        many = len(self.rows)
        nothing = pa.array(np.full(many, ""), pa.string())
        return ReadColumn(nothing, np.full(many, np.nan), ~self.nowhere, np.zeros(many, np.uint8), self.nowhere)

    @property
    def nowhere(self):
        return np.zeros(len(self.rows), bool)

    def filled(self, name):
        return ~self._columns[name].blank if name in self._columns else self.nowhere

    def blank(self, name):
        return self._columns[name].blank if name in self._columns else ~self.nowhere

    def readable(self, name):
        """Blank, or read: rules that lean on another cell hold their tongue while that cell is at fault."""
        if name not in self._columns:
            return ~self.nowhere
        column = self._columns[name]
        return column.blank | column.unknown | ~np.isnan(column.values)

    def spoiled(self, name):
        """Filled with what cannot be read, which was told: no rule blames the same cell once more."""
        column = self._columns[name]
        return (column.wrong > 0) & np.isnan(column.values) if column.wrong.any() else self.nowhere

    def number(self, name):
        """The value as a number, NaN where there is none; comparing NaN is always false."""
        if name not in self._columns:
            return np.full(len(self.rows), np.nan)
        return self._columns[name].values

    def second(self, name):
        column = self._columns.get(name)
        return np.full(len(self.rows), np.nan) if column is None or column.second is None else column.second

    def unknown(self, name):
        return self._columns[name].unknown if name in self._columns else self.nowhere

    def is_in(self, name, *codes):
        """Where a column of codes holds one of these."""
        if name not in self._columns:
            return self.nowhere
        kind = self._kinds[name]
        every = kind.first.codes if isinstance(kind, Pair) else kind.codes
        return self.among(name, [code in codes for code in every])

    def among(self, name, flags):
        """Where a column of codes holds one whose flag is set; `flags` run along the kind's codes."""
        if name not in self._columns:
            return self.nowhere
        values = self._columns[name].values
        table = np.append(np.asarray(flags, bool), False)
        return table[np.where(np.isnan(values), len(table) - 1, values).astype(np.int64)]

    def many(self, name):
        """Per row what a column of lists holds: a tuple, or None."""
        column = self._columns.get(name)
        if column is None or column.distinct is None:
            return [None] * len(self.rows)
        return [column.distinct[place].many if place >= 0 and column.distinct[place].value >= 0 else None
                for place in column.indices]  # fmt: skip

    def set_aside(self, name, mask):
        """The cell counts as missing from here on."""
        column = self._columns[name]
        column.values[mask] = np.nan
        if column.indices is not None:
            column.indices[mask] = -1

    def codes_of(self, name):
        """The kind's codes, in the order that its values point into."""
        kind = self._kinds[name]
        return kind.first.codes if isinstance(kind, Pair) else kind.codes if isinstance(kind, Codes) else ()
