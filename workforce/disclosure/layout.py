"""One measure's counts laid out as the rows and columns of all its tables, for the gate only.

Rows of all breakdowns stand in one array, because they are linked through the posts behind them: first the total, then
for each breakdown its values that have any, and last the posts without one, which are in no table.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from workforce.profile.words import NO_VALUE

TOTAL = 0  # the position of the total's row


@dataclass(frozen=True, eq=False)
class Layout:
    """`rows`: (breakdown, value) in order, the total ("", None); value "" has those without one.

    `columns`: (key, values of the block that it adds up); key None is the total, and a tuple one that stands in no
    table but is what a share is made of. `given` is rows x contributors x columns, `counts` and `keys` rows x columns,
    `fine` rows x values of the block, `grains` rows x grains: which are in the row.
    """

    rows: tuple[tuple[str, str | None], ...]
    columns: tuple[tuple[str | None, tuple[str, ...]], ...]
    values: tuple[str, ...]
    given: np.ndarray
    keys: np.ndarray | None
    fine: np.ndarray
    grains: np.ndarray
    own: tuple[tuple[np.ndarray, np.ndarray], ...] = ()  # of each partner, what `counts` and `fine` are of all
    bases: np.ndarray | None = None

    @cached_property
    def counts(self):
        return self.given.sum(axis=1)

    @cached_property
    def inside(self):
        """Boolean, rows x rows: whether all posts of the second are in the first."""
        return np.array([[not (inner & ~outer).any() for inner in self.grains] for outer in self.grains])

    def rows_of(self, breakdown):
        """Positions of its rows, those without a value among them."""
        return [place for place, (name, _) in enumerate(self.rows) if name == breakdown]

    def breakdowns(self):
        return list(dict.fromkeys(name for name, _ in self.rows if name))

    def column_of(self, values):
        """The position of the column that adds up just these values, but for those that nobody has; None if nobody."""
        wanted = {value for value, size in zip(self.values, self.fine[TOTAL], strict=True) if size and value in values}
        sets = [set(held) for _, held in self.columns]
        return sets.index(wanted) if wanted else None

    def places_of(self, column):
        """Positions among the block's values of those that a column adds up."""
        return [self.values.index(value) for value in self.columns[column][1]]


def laid_out(block, breakdowns, columns):
    """The block's counts by these breakdowns and columns: (key, values) each. Of columns that add up the same values,
    and those that add up nothing, only the first is kept, but the total always is.
    """
    columns = _told_apart(block, columns)
    rows, places = _rows(block, breakdowns)
    adding = np.array([[value in values for _, values in columns] for value in block.values]).astype(int)
    adding = adding.reshape(len(block.values), len(columns))
    who, contributor = np.unique(block.grains.contributor, return_inverse=True)
    given = np.zeros((len(rows), max(len(who), 1), len(columns)), dtype=(block.counts @ adding).dtype)
    for place in places:
        np.add.at(given, (place, contributor.reshape(-1)), block.counts @ adding)
    keys, bases = (None if one is None else _added(one @ adding, places, rows) for one in (block.keys, block.bases))
    grains = np.array([np.logical_or.reduce([along == row for along in places]) for row in range(len(rows))])
    fine = _added(block.counts, places, rows)
    own = tuple((theirs @ adding, theirs) for theirs in _of_partners(block, places, rows))
    return Layout(tuple(rows), tuple(columns), tuple(block.values), given, keys, fine, grains, own, bases)


def _of_partners(block, places, rows):
    of = block.grains.places["partner"]
    return [_added(block.counts * (of == partner)[:, None], places, rows) for partner in np.unique(of)]


def _told_apart(block, columns):
    has = block.counts if block.bases is None else block.bases
    somebody = {value for value, any_ in zip(block.values, has.any(axis=0), strict=True) if any_}
    kept, sets = [], []
    for key, values in sorted(columns, key=lambda column: type(column[0]) is tuple):
        held = frozenset(values) & somebody
        if key is None or (held and held not in sets):
            kept.append((key, tuple(value for value in values if value in held)))
            sets.append(held)
    return kept


def _rows(block, breakdowns):
    rows, places = [("", None)], [np.full(len(block.grains), TOTAL)]
    size = np.ones(len(block.grains), bool) if block.bases is not None else block.counts.any(axis=1)
    for name in breakdowns:
        along = block.grains.places[name]
        values = block.grains.values[name]
        there = [place for place in range(len(values)) if size[along == place].any()]
        of = np.full(len(values) + 1, len(rows) + len(there))  # the last, for -1, is the row of those without a value
        of[there] = len(rows) + np.arange(len(there))
        rows += [(name, values[place]) for place in there] + [(name, "")] * bool((along < 0).any())
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
    """Columns of the groups in order, then those without a value, then the total."""
    groups = {}
    for value in block.values:
        groups.setdefault(NO_VALUE if value == NO_VALUE else grouping[value], []).append(value)
    without = [(NO_VALUE, tuple(groups.pop(NO_VALUE)))] if NO_VALUE in groups else []
    return [*((group, tuple(values)) for group, values in groups.items()), *without, (None, tuple(block.values))]
