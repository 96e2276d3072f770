"""One measure's counts laid out as the rows and columns of all its tables, for the gate only.

Rows of all breakdowns stand in one array, because they are linked through the posts behind them: first the total, then
for each breakdown its values that have any, and last the posts without one, which are in no table.
"""

from dataclasses import dataclass

import numpy as np

from workforce.profile.words import NO_VALUE

TOTAL = 0  # the position of the total's row


@dataclass(frozen=True, eq=False)
class Layout:
    """`rows`: (breakdown, value) in order, the total ("", None); value "" has those without one.

    `columns`: (key, values of the block that it adds up); key None is the total. `given` is rows x contributors x
    columns, `counts` and `keys` rows x columns, `fine` rows x values of the block.
    """

    rows: tuple[tuple[str, str | None], ...]
    columns: tuple[tuple[str | None, tuple[str, ...]], ...]
    values: tuple[str, ...]
    given: np.ndarray
    keys: np.ndarray | None
    fine: np.ndarray
    bases: np.ndarray | None = None

    @property
    def counts(self):
        return self.given.sum(axis=1)

    def rows_of(self, breakdown):
        """Positions of its rows, those without a value among them."""
        return [place for place, (name, _) in enumerate(self.rows) if name == breakdown]

    def breakdowns(self):
        return list(dict.fromkeys(name for name, _ in self.rows if name))

    def column(self, key):
        return [name for name, _ in self.columns].index(key)

    def places_of(self, column):
        """Positions among the block's values of those that a column adds up."""
        return [self.values.index(value) for value in self.columns[column][1]]


def laid_out(block, breakdowns, columns):
    """The block's counts by these breakdowns and columns: (key, values) each."""
    rows, places = _rows(block, breakdowns)
    adding = np.array([[value in values for _, values in columns] for value in block.values], dtype=block.counts.dtype)
    adding = adding.reshape(len(block.values), len(columns))
    who, contributor = np.unique(block.grains.contributor, return_inverse=True)
    given = np.zeros((len(rows), max(len(who), 1), len(columns)), dtype=block.counts.dtype)
    for place in places:
        np.add.at(given, (place, contributor.reshape(-1)), block.counts @ adding)
    keys = None if block.keys is None else _added(block.keys.astype(np.int64) @ adding.astype(np.int64), places, rows)
    bases = None if block.bases is None else _added(block.bases @ adding.astype(block.bases.dtype), places, rows)
    fine = _added(block.counts, places, rows)
    return Layout(tuple(rows), tuple(columns), tuple(block.values), given, keys, fine, bases)


def _rows(block, breakdowns):
    rows, places = [("", None)], [np.full(len(block.grains), TOTAL)]
    size = block.counts.sum(axis=1)
    for name in breakdowns:
        along = block.grains.places[name]
        values = block.grains.values[name]
        there = [place for place in range(len(values)) if size[along == place].any()]
        of = np.full(len(values) + 1, len(rows) + len(there))  # the last, for -1, is the row of those without a value
        of[there] = len(rows) + np.arange(len(there))
        rows += [(name, values[place]) for place in there] + [(name, "")]
        places.append(of[along])
    return rows, places


def _added(numbers, places, rows):
    found = np.zeros((len(rows), numbers.shape[1]), dtype=numbers.dtype)
    for place in places:
        np.add.at(found, place, numbers)
    return found


def single(block):
    """The one column of a measure without a breakdown in its columns."""
    return [(None, tuple(value for value in block.values if value != NO_VALUE))]


def by_groups(block, grouping):
    """Columns of the groups that have anybody, then those without a value, then the total."""
    size = dict(zip(block.values, block.counts.sum(axis=0), strict=True))
    groups = {}
    for value in block.values:
        if value != NO_VALUE:
            groups.setdefault(grouping[value], []).append(value)
    columns = [(group, tuple(values)) for group, values in groups.items() if any(size[value] for value in values)]
    if size.get(NO_VALUE):
        columns.append((NO_VALUE, (NO_VALUE,)))
    return [*columns, (None, tuple(block.values))]
