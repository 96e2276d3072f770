"""What could be otherwise without anybody seeing it: the proof that a hidden cell is hidden.

Two posts in different atoms exchange their values `first` and `second`. In each view where they stand in different
rows, the cells of both rows that tell the two values apart change by one; where all of these are hidden, nobody sees
it. So give each atom a *signature*: for each view its row, or "free" if all cells of the row that tell the two values
apart are hidden. Posts of atoms with the same signature can be exchanged as often as there are posts. The exchanged
data are as possible as the true ones for everybody who knows only what is shown, so a cell that can be moved by
exchanges over w + 1 values cannot be bounded more closely, whatever method is used. Somebody who knows a partner's own
posts sees exchanges of these too: for an insider, the atoms of that partner take no part.
"""

from itertools import combinations

import numpy as np

from workforce.disclosure.linked import ENDLESS, Linked

FREE = -2


class Moves:
    """How far each cell of the views can be moved down and up; worked out again only where something was hidden.

    For each view arrays [knower, row, column]: knower 0 knows only the tables, knower p + 1 also partner p's posts.
    """

    def __init__(self, linked: Linked):
        self.linked = linked
        self.pairs = [pair for pair in combinations(range(linked.counts.shape[1]), 2) if _matters(linked, *pair)]
        self._known = {}  # pair -> (what was free, view -> (down, up) for the first value's columns)
        self._own = _indicator(linked)

    def reach(self):
        """View -> (down, up): the most that one pair of values allows each cell to fall and to rise."""
        shape = {name: (self.linked.partners + 1, *view.hidden.shape) for name, view in self._open()}
        found = {name: (np.zeros(size, np.int64), np.zeros(size, np.int64)) for name, size in shape.items()}
        for first, second in self.pairs:
            for name, (down, up) in self._of_pair(first, second).items():
                _raise_columns(found[name], self.linked.views[name].shows, first, second, down, up)
        return found

    def _open(self):
        return [(name, view) for name, view in self.linked.views.items() if not view.fixed]

    def _of_pair(self, first, second):
        free = {name: free_rows(view, first, second) for name, view in self.linked.views.items()}
        state = b"".join(rows.tobytes() for rows in free.values())
        known = self._known.get((first, second))
        if known is None or known[0] != state:
            known = self._known[first, second] = (state, self._work_out(first, second, free))
        return known[1]

    def _work_out(self, first, second, free):
        if not any(free[name].any() for name, _ in self._open()):
            return {}
        group = signatures(self.linked, free)
        return {
            name: self._in_view(view, free[name], group, first, second)
            for name, view in self._open()
            if free[name].any()
        }

    def _in_view(self, view, free, group, first, second):
        inside = (view.place >= 0) & free[view.place]
        _, groups = np.unique(group[inside], return_inverse=True)
        rows = np.flatnonzero(free)
        row = np.searchsorted(rows, view.place[inside])
        size = (groups.max(initial=-1) + 1, len(rows))
        ours = [self._by_knower(inside, groups, row, size, value) for value in (first, second)]
        down, up = exchanged(*ours)
        everywhere = [np.zeros((len(down), len(free)), np.int64) for _ in range(2)]
        for whole, part in zip(everywhere, (down, up), strict=True):
            whole[:, rows] = part
        return tuple(everywhere)

    def _by_knower(self, inside, groups, row, size, value):
        """Posts with the value by [knower, group, row], without the knower's own."""
        counts = self.linked.counts[inside, value]
        place = groups * size[1] + row
        whole = np.bincount(place, counts, size[0] * size[1]).reshape(size)
        partner = self.linked.partner[inside]
        own = np.bincount(partner * whole.size + place, counts, self.linked.partners * whole.size)
        known = np.concatenate([np.zeros((1, *size)), own.reshape(self.linked.partners, *size)])
        return (whole - known).astype(np.int64)


def free_rows(view, first, second):
    """Rows in which all cells that tell two values apart are hidden; where no column does, every row is free."""
    apart = view.shows[first] != view.shows[second]
    return view.hidden[:, apart].all(axis=1)


def signatures(linked, free, without=()):
    """A number for each atom; atoms with the same number can exchange posts unseen. Views `without` do not count."""
    group = np.zeros(linked.atoms, np.int64)
    for name, view in linked.views.items():
        if name not in without:
            place = np.where((view.place >= 0) & free[name][view.place], FREE, view.place) + 2
            _, group = np.unique(group * (view.rows + 2) + place, return_inverse=True)
    return group


def exchanged(first, second):
    """How often a row can give `first` for `second`, and the other way, within its groups: [knower, row] both.

    >>> down, up = exchanged(np.array([[[3, 0]]]), np.array([[[1, 2]]]))  # one knower, one group, two rows
    >>> down.tolist(), up.tolist()
    ([[2, 0]], [[0, 2]])
    """
    others_first = first.sum(axis=2, keepdims=True) - first
    others_second = second.sum(axis=2, keepdims=True) - second
    return np.minimum(first, others_second).sum(axis=1), np.minimum(second, others_first).sum(axis=1)


def _matters(linked, first, second):
    return any((view.shows[first] != view.shows[second]).any() for view in linked.views.values())


def _indicator(linked):
    return linked.partner[None, :] == np.arange(linked.partners)[:, None]


def _raise_columns(found, shows, first, second, down, up):
    """A column with only the first value falls by `down`; one with only the second rises by as much."""
    for column in np.flatnonzero(shows[first] != shows[second]):
        falls, rises = (down, up) if shows[first, column] else (up, down)
        np.maximum(found[0][:, :, column], falls, out=found[0][:, :, column])
        np.maximum(found[1][:, :, column], rises, out=found[1][:, :, column])


__all__ = ["ENDLESS", "Moves", "exchanged", "free_rows", "signatures"]
