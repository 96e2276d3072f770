"""What could be otherwise without anybody seeing it: the proof that a hidden cell is hidden.

Two posts in different atoms exchange their values `first` and `second`. In each view where they stand in different
rows, the cells of both rows that tell the two values apart change by one; where all of these are hidden, nobody sees
it. So give each atom a *signature*: for each view its row, or "free" if all cells of the row that tell the two values
apart are hidden. Posts of atoms with the same signature can be exchanged as often as there are posts. The exchanged
data are as possible as the true ones for everybody who knows only what is shown, so a cell that can be moved by
exchanges over w + 1 values cannot be bounded more closely, whatever method is used. Somebody who knows a partner's own
posts sees exchanges of these too: for an insider, the atoms of that partner take no part.

More hidden cells make more exchanges possible and never fewer, so what was found once stays true while cells are added.
"""

from itertools import combinations

import numpy as np

from workforce.disclosure.linked import Linked

FREE, NOWHERE = 0, 1  # in a signature; rows follow


class Moves:
    """How far each cell of the views can be moved down and up; worked out again only where something was hidden.

    `down` and `up`: for each view that has cells to protect an array [knower, row, column]; knower 0 knows only the
    tables, knower p + 1 also partner p's posts. Each is what one pair of values allows.
    """

    def __init__(self, linked: Linked, wanted=None):
        """`wanted`: for views that are not shown, [rows, columns] of the cells that matter there."""
        self.linked, self._wanted = linked, wanted or {}
        self.pairs = np.array(list(combinations(range(linked.counts.shape[1]), 2)), int).reshape(-1, 2)
        self.apart = {name: _apart(view, self.pairs) for name, view in linked.views.items()}
        self.open = [name for name, view in linked.views.items() if self._has_cells(name, view)]
        size = {name: (linked.partners + 1, *linked.views[name].hidden.shape) for name in self.open}
        self.down, self.up = ({name: np.zeros(size[name], np.int64) for name in self.open} for _ in range(2))
        self._free = {name: np.zeros((view.rows, len(self.pairs)), bool) for name, view in linked.views.items()}
        self.update()

    def _has_cells(self, name, view):
        """Whether any of its cells has to be protected."""
        if view.silent:
            return bool(np.any(self._wanted.get(name, False)))
        return not view.fixed or view.watched is not None

    def update(self):
        """After cells were hidden: pairs of values that became free in some row are worked out again."""
        free = {name: free_rows(view.hidden, self.apart[name]) for name, view in self.linked.views.items()}
        changed = np.zeros(len(self.pairs), bool)
        for name, rows in free.items():
            changed |= (rows != self._free[name]).any(axis=0)
        self._free = free
        useful = {name: self._useful(name) for name in self.open}
        for pair in np.flatnonzero(changed):
            names = [name for name in self.open if useful[name][pair]]
            if names:
                self._work_out(pair, names)

    def _useful(self, name):
        """[pair]: whether posts can be exchanged between two rows; of a view that is not shown only if it matters."""
        useful = self._free[name].sum(axis=0) > 1
        if self.linked.views[name].silent:
            useful &= np.any(self._wanted[name], axis=0) @ self.apart[name] > 0
        return useful

    def _work_out(self, pair, names):
        group = signatures(self.linked, {name: rows[:, pair] for name, rows in self._free.items()})
        first, second = self.pairs[pair]
        counts = self.linked.of_pair(first, second)
        atoms = np.flatnonzero((counts[0] > 0) | (counts[1] > 0))
        counts, group = [one[atoms] for one in counts], group[atoms]
        for name in names:
            free = self._free[name][:, pair]
            down, up = self._in_view(self.linked.views[name], free, group, atoms, counts)
            self._raise(name, np.flatnonzero(free), (first, second), down, up)

    def _in_view(self, view, free, group, atoms, counts):
        """[knower, free row]: how often posts of the row can give the first value for the second, and the other way."""
        place = view.place[atoms]
        inside = np.flatnonzero((place >= 0) & free[place])
        rows = np.cumsum(free) - 1
        size = (int(group.max(initial=-1)) + 1, int(free.sum()))
        at = group[inside] * size[1] + rows[place[inside]]
        partner = self.linked.partner[atoms[inside]]
        return exchanged(*(self._by_knower(partner, at, size, one[inside]) for one in counts))

    def _by_knower(self, partner, place, size, counts):
        """Posts with the value by [knower, group, row], without the knower's own."""
        partners, cells = self.linked.partners, size[0] * size[1]
        own = np.bincount(partner * cells + place, counts, partners * cells).reshape(partners, *size)
        return np.concatenate([np.zeros((1, *size)), -own]) + own.sum(axis=0)

    def _raise(self, name, rows, pair, down, up):
        """A column with only the first value falls by `down`; one with only the second rises by as much."""
        shows, size = self.linked.views[name].shows, self.down[name].shape[:2]
        whole = np.zeros((2, *size), np.int64)
        whole[0][:, rows], whole[1][:, rows] = down, up
        for column in np.flatnonzero(shows[pair[0]] != shows[pair[1]]):
            falls, rises = whole if shows[pair[0], column] else whole[::-1]
            for found, more in ((self.down[name], falls), (self.up[name], rises)):
                np.maximum(found[:, :, column], more, out=found[:, :, column])


def _apart(view, pairs):
    """[column, pair]: whether the column counts one of the two values and not the other."""
    return (view.shows[pairs[:, 0]] != view.shows[pairs[:, 1]]).T


def free_rows(hidden, apart):
    """[row, pair]: all cells that tell the two values apart are hidden; where no column does, every row is free."""
    return (~hidden).astype(np.float32) @ apart.astype(np.float32) < 0.5


def signatures(linked, free):
    """A number for each atom; atoms with the same number can exchange posts unseen."""
    code, size = linked.always.astype(np.int64), int(linked.always.max(initial=0)) + 1
    for name, view in linked.views.items():
        if size > 1 << 40:
            code, size = _numbered(code)
        place = np.where(free[name][view.place], FREE, view.place + 2)
        code = code * (view.rows + 2) + np.where(view.place < 0, NOWHERE, place)
        size *= view.rows + 2
    return _numbered(code)[0]


def _numbered(codes):
    """Codes as numbers from 0 on, and how many there are."""
    known, numbers = np.unique(codes, return_inverse=True)
    return numbers, len(known)


def exchanged(first, second):
    """How often a row can give `first` for `second`, and the other way, within its groups: [knower, row] both.

    first, second: posts by [knower, group, row].

    >>> down, up = exchanged(np.array([[[3, 0]]]), np.array([[[1, 2]]]))  # one knower, one group, two rows
    >>> down.tolist(), up.tolist()
    ([[2, 0]], [[0, 2]])
    """
    others_first = first.sum(axis=2, keepdims=True) - first
    others_second = second.sum(axis=2, keepdims=True) - second
    return np.minimum(first, others_second).sum(axis=1), np.minimum(second, others_first).sum(axis=1)
