"""Which cells of one measure the public does not see: first by the rules for single cells, then by what is left.

`shown - shown - …` must neither give an employer away nor bound a small count too closely, although noise and rounding
make every difference uncertain: both are checked against a reader who knows how far a figure can be from the truth.
"""

import itertools
from dataclasses import dataclass

import numpy as np

from workforce.disclosure.dominance import concentration_of, gives_away_an_employer
from workforce.disclosure.intervals import ANY, Sums, tightened
from workforce.disclosure.layout import Layout
from workforce.disclosure.perturbing import reach
from workforce.profile.words import NO_VALUE


@dataclass(frozen=True, eq=False)
class Judged:
    """A measure on its way to the public: arrays of the layout's rows x columns."""

    layout: Layout
    level: str  # of the grouping, "" without columns
    values: np.ndarray  # as they would be shown
    hidden: np.ndarray
    noughts: bool  # whether a count of nobody is shown as what it is
    sizes: dict[int, int]  # row -> its total, where that can be read from the table of all posts

    @property
    def exact(self):
        return self.noughts & (self.layout.counts == 0)

    def shown(self, row, values=None):
        """What is shown of these values, or the total, in a row; None where hidden, 0 where nobody has any of them."""
        column = self.layout.column_of(values) if values else [key for key, _ in self.layout.columns].index(None)
        if row not in self.layout.rows or column is None:
            return 0
        place = self.layout.rows.index(row), column
        return None if self.hidden[place] else int(self.values[place])


@dataclass(frozen=True)
class Line:
    """A shown figure and others that it adds up, all as (row, column)."""

    whole: tuple[int, int]
    parts: tuple[tuple[int, int], ...]


def hide(judged, allowed, rules, threshold, *, about_employers):
    """Hides cells in place. `allowed`: rows of which more than the size may be shown; `about_employers`: whether the
    rules about contributors and dominance hold, as for everything but size.
    """
    layout, hidden = judged.layout, judged.hidden
    hidden |= ~allowed[:, None]
    hidden |= one_value_rows(layout, rules)[:, None] & np.array([key is not None for key, _ in layout.columns])
    if about_employers:
        hidden |= concentration_of(layout.given).gives_away(rules)
    found, sums = lines(layout), sums_of(layout)
    changed = True
    while changed:
        hidden |= _in_twins(layout, hidden)
        changed = about_employers and _hide_for_employers(judged, found, rules, threshold)
        changed = changed or _hide_for_small(judged, found, sums, rules, threshold)


def _in_twins(layout, hidden):
    """What is hidden in another row of the very same posts."""
    same = layout.inside & layout.inside.T & _in_tables(layout).T
    return (same @ hidden.astype(int)) > 0


def one_value_rows(layout, rules):
    """Rows of fewer than rules.small_row posts with a value, more than rules.one_value of which share one."""
    groups = [
        place for place, (key, _) in enumerate(layout.columns) if key not in (None, NO_VALUE) and type(key) is str
    ]
    if not groups:
        return np.zeros(len(layout.rows), bool)
    counts = layout.counts[:, groups]
    known = counts.sum(axis=1)
    return (known < rules.small_row) & (counts.max(axis=1) > rules.one_value * known) & (known > 0)


def lines(layout):
    """All sums: each column along the rows within a row, and each row along the columns within a column."""
    found = []
    for whole, rows in _nested_rows(layout):
        found += [Line((whole, at), tuple((row, at) for row in rows)) for at in range(len(layout.columns))]
    for whole, parts in _nested_columns(layout):
        found += [Line((row, whole), tuple((row, part) for part in parts)) for row in range(len(layout.rows))]
    return found


def _nested_rows(layout):
    """(row, rows of one breakdown that together are within it)."""
    for whole, (name, _) in enumerate(layout.rows):
        for breakdown in layout.breakdowns():
            rows = [row for row in layout.rows_of(breakdown) if layout.inside[whole, row]]
            if rows and breakdown != name:
                yield whole, rows


def _nested_columns(layout):
    """(column, columns that together are within it): the groups in each column, and each other sum in it alone."""
    sets = [frozenset(values) for _, values in layout.columns]
    plain = [place for place, (key, _) in enumerate(layout.columns) if type(key) is str]
    for whole in range(len(sets)):
        groups = [part for part in plain if part != whole and sets[part] < sets[whole]]
        if groups:
            yield whole, groups
        for part in range(len(sets)):
            if part not in plain and sets[part] < sets[whole]:
                yield whole, [part]


def _hide_for_employers(judged, found, rules, threshold):
    """Hides the smallest part of each line whose rest would give an employer away; whether there was any."""
    changed = False
    for line in found:
        rest = None if judged.hidden[line.whole] else _rest(judged, line)
        if rest is not None and rest.sum() >= threshold and gives_away_an_employer(rest.tolist(), rules):
            changed |= _hide_smallest(judged, line)
    return changed


def _rest(judged, line):
    """By contributor: what is left of the whole when all shown parts are taken away; None without a shown part."""
    shown = [part for part in line.parts if not judged.hidden[part]]
    if not shown:
        return None
    given = judged.layout.given
    row, column = line.whole
    return given[row, :, column] - sum(given[row, :, column] for row, column in shown)


def _hide_smallest(judged, line):
    counts = judged.layout.counts
    shown = [part for part in line.parts if not judged.hidden[part] and not judged.exact[part]]
    if shown:
        judged.hidden[min(shown, key=lambda part: (counts[part], part))] = True
    return bool(shown)


def _hide_for_small(judged, found, sums, rules, threshold):
    """Hides more beside each small cell that some reader could bound too closely; whether there was any."""
    readers = [Reader(judged, sums, rules, threshold)]
    readers += [Reader(judged, sums, rules, threshold, own) for own in judged.layout.own]
    more = [_hide_beside(judged, found, cell, reader) for reader in readers for cell in reader.narrow()]
    return any(more)


def _hide_beside(judged, found, cell, reader):
    """Hides in the sum that leaves this cell the least room: the smallest figure shown beside it, or else the total."""
    using = [line for line in found if cell == line.whole or cell in line.parts]
    for line in sorted(using, key=lambda line: reader.room(line, cell)):
        if _hide_smallest(judged, line):
            return True
        if not judged.hidden[line.whole]:
            judged.hidden[line.whole] = True
            return True
    return False


class Reader:
    """One who sees what is shown, knows how far it is from the truth at most and which cells are hidden for being
    small; or a partner, who knows its own posts besides.
    """

    def __init__(self, judged, sums, rules, threshold, own=None):
        self.judged, self.threshold, self.own = judged, threshold, own
        self.width = min(rules.width, threshold - 1)
        low, high = _alone(judged, rules, threshold, knows_small=own is None)
        counts, fine = (0, np.zeros(judged.layout.fine.shape)) if own is None else own
        lows, highs = np.maximum(low, counts).ravel(), high.ravel()
        rest = max(0, sums.figures - low.size - fine.size)
        lows = np.concatenate([lows, fine.ravel(), np.zeros(rest)]).astype(np.int64)
        highs = np.concatenate([highs, np.full(fine.size + rest, ANY)])
        lows, highs = tightened(lows, highs, sums)
        self.low, self.high = lows[: low.size].reshape(low.shape), highs[: low.size].reshape(high.shape)

    def narrow(self):
        """Small hidden cells of the tables that are bounded too closely, but for rows of the reader's own posts."""
        layout = self.judged.layout
        small = self.judged.hidden & (layout.counts < self.threshold) & _in_tables(layout)
        if self.own is not None:
            total = [key for key, _ in layout.columns].index(None)
            small &= (layout.counts > self.own[0])[:, [total]]
        return [tuple(cell) for cell in np.argwhere(small & (self.high - self.low < self.width)).tolist()]

    def room(self, line, cell):
        """How far the cell can go by this sum alone."""
        others = [part for part in line.parts if part != cell]
        if cell == line.whole:
            return sum(int(self.high[part] - self.low[part]) for part in others)
        return int(self.high[line.whole]) - sum(int(self.low[part]) for part in others) - int(self.low[cell])


def _in_tables(layout):
    return np.array([value != "" for _, value in layout.rows])[:, None]


def _alone(judged, rules, threshold, *, knows_small):
    """What each cell tells by itself. That a cell is small is plain only where others of its row are shown."""
    counts, hidden, exact = judged.layout.counts, judged.hidden, judged.exact & ~judged.hidden
    small = knows_small & hidden & (counts < threshold) & ~hidden.all(axis=1)[:, None]
    least = np.where(small & judged.noughts & (counts > 0), 1, 0)
    low = np.where(hidden, least, np.maximum(judged.values - reach(rules), threshold))
    high = np.where(hidden, np.where(small, threshold - 1, ANY), judged.values + reach(rules))
    low, high = np.where(exact, 0, low).astype(np.int64), np.where(exact, 0, high).astype(np.int64)
    total = [key for key, _ in judged.layout.columns].index(None)
    for row, size in judged.sizes.items():
        low[row, total], high[row, total] = size - reach(rules), size + reach(rules)
    return low, high


def sums_of(layout):
    """All sums, of all cells, the values that columns are made of, and what is
    left of a row beside those within it.
    """
    rows, columns, fine = *layout.counts.shape, layout.fine.shape[1]
    cell = np.arange(rows * columns).reshape(rows, columns)
    value = rows * columns + np.arange(rows * fine).reshape(rows, fine)
    rest = itertools.count(rows * (columns + fine))
    found = [(cell[row, at], value[row, layout.places_of(at)]) for row in range(rows) for at in range(columns)]
    for whole, parts in _nested_rows(layout):
        left = [] if _is_whole(layout, whole, parts) else [next(rest) for _ in range(columns)]
        for at in range(columns):
            found.append((cell[whole, at], np.append(cell[parts, at], left[at : at + 1]).astype(np.int64)))
        if not left:
            found += [(value[whole, at], value[parts, at]) for at in range(fine)]
    whole_columns = list(_whole_columns(layout))
    found += [(cell[row, whole], cell[row, parts]) for row in range(rows) for whole, parts in whole_columns]
    return Sums(found)


def _is_whole(layout, row, parts):
    return not (layout.grains[row] & ~np.logical_or.reduce(layout.grains[parts])).any()


def _whole_columns(layout):
    """Columns that are the sum of groups without rest."""
    for whole, parts in _nested_columns(layout):
        if sum(len(layout.columns[part][1]) for part in parts) == len(layout.columns[whole][1]):
            yield whole, parts
