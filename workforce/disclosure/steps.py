"""The cheapest cells to hide so that a cell can be moved: two rows that can exchange posts once these are hidden."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from workforce.disclosure.linked import EACH_SERVICE, Linked
from workforce.profile.declaring import SERVICE

NEVER = 1e9  # the cost of a cell that cannot be hidden
LARGE = 400_000  # numbers at a time


@dataclass(frozen=True)
class Lack:
    """A hidden cell that somebody could bound too closely. `knower` 0 has only the tables, p + 1 is partner p."""

    view: str
    row: int
    column: int
    knower: int
    needs: int  # values that it must be possible to move it over, less one


@dataclass(frozen=True)
class Step:
    """Cells to hide: (view, row, column); how far that moves the cell, and the cost."""

    cells: tuple[tuple[str, int, int], ...]
    gain: int
    cost: float


@dataclass(frozen=True, eq=False)
class Crossing:
    """Atoms as they differ in some views only: `row` of each atom (-1: in none), `places` [row, view], and `group` of
    each atom by all the other views.
    """

    names: tuple[str, ...]
    row: np.ndarray
    places: np.ndarray
    group: np.ndarray
    groups: int


class Search:
    """Finds steps; keeps what depends on the data only."""

    def __init__(self, linked: Linked):
        self.linked, self._crossings, self._counts, self._prices = linked, {}, {}, {}
        self.open = [name for name, view in linked.views.items() if not view.fixed]

    def best(self, lack: Lack):
        """The cheapest step that is enough, or the one that helps most for its cost; None where nothing helps."""
        self._prices.clear()  # they are of this moment
        best, of = None, self.linked.views[lack.view].of
        begin = (lack.view, of) if of in self.open else (lack.view,)
        others = [name for name in self.open if name not in begin and not self.linked.views[name].silent]
        for size in range(len(others) + 1):
            for along in combinations(others, size):
                best = _better(best, self._of_crossing(lack, (*begin, *along)), lack.needs)
            if best and best.gain >= lack.needs and size:
                break
        return best

    def _of_crossing(self, lack, names):
        best, shows = None, self.linked.views[lack.view].shows
        for first in np.flatnonzero(shows[:, lack.column]):
            best = _better(best, self._of_value(lack, names, int(first)), lack.needs)
        return best

    def _of_value(self, lack, names, first):
        """The best rows and second value for an exchange with this first value."""
        crossing = self._crossing(names)
        giving, taking = self._by_row(crossing, lack.knower, first)
        here = np.flatnonzero(crossing.places[:, 0] == lack.row)
        there = np.flatnonzero(crossing.places[:, 0] != lack.row)
        seconds = np.flatnonzero(~self.linked.views[lack.view].shows[:, lack.column])
        if not (len(here) and len(there) and len(seconds)):
            return None
        gain = _gains(giving, taking, here, there, seconds)
        cost = self._costs(crossing, here, there, first, seconds)
        return self._cheapest(lack, crossing, (here, there, seconds), first, gain, cost)

    def _crossing(self, names):
        """With tables of earlier releases by the same breakdowns: whoever changes the row does so there too."""
        if names not in self._crossings:
            self._crossings[names] = _crossing(self.linked, (*names, *self._earlier(names)))
        return self._crossings[names]

    def _earlier(self, names):
        by = {self.linked.views[name].of or name for name in names}
        by |= {SERVICE} if EACH_SERVICE in by else set()
        return [name for name, view in self.linked.views.items() if view.of in by and name not in names]

    def _by_row(self, crossing, knower, first):
        """Posts by [row, group, second value]: those with the first value, and those with the second, where both are
        possible; without the knower's own.
        """
        key = crossing.names, knower, first
        if key not in self._counts:
            self._counts[key] = _by_row(self.linked, crossing, knower, first)
        return self._counts[key]

    def _costs(self, crossing, here, there, first, seconds):
        """[here, there, second]: the cost of hiding all that would show the exchange."""
        total = np.zeros((len(here), len(there), len(seconds)))
        for index, name in enumerate(crossing.names):
            view = self.linked.views[name]
            if (name, first) not in self._prices:
                self._prices[name, first] = _prices(view) @ (view.shows[first] != view.shows[seconds]).T
            cost = self._prices[name, first]
            ours, theirs = crossing.places[here, index], crossing.places[there, index]
            differ = (ours[:, None] != theirs[None, :])[:, :, None]
            total += differ * (cost[ours][:, None] + cost[theirs][None, :])
        return total

    def _cheapest(self, lack, crossing, sides, first, gain, cost):
        possible = (gain > 0) & (cost > 0) & (cost < NEVER)
        if not possible.any():
            return None
        enough = possible & (gain >= lack.needs)
        worth = (
            np.where(enough, cost, np.inf) if enough.any() else np.where(possible, cost / np.maximum(gain, 1), np.inf)
        )
        at = np.unravel_index(np.argmin(worth), worth.shape)
        here, there, second = (int(side[place]) for side, place in zip(sides, at, strict=True))
        cells = self._cells(crossing, (first, second), crossing.places[here], crossing.places[there])
        return Step(cells, int(min(gain[at], lack.needs)), float(cost[at]))

    def _cells(self, crossing, pair, here, there):
        """What is not hidden yet and would show the exchange between these rows."""
        found = []
        for name, *rows in zip(crossing.names, here, there, strict=True):
            view = self.linked.views[name]
            apart = np.flatnonzero(view.shows[pair[0]] != view.shows[pair[1]])
            if rows[0] != rows[1]:
                found += [(name, int(row), int(c)) for row in rows for c in apart if not view.hidden[row, c]]
        return tuple(found)


def _crossing(linked, names):
    inside = np.ones(linked.atoms, bool)
    for view in [linked.views[name] for name in names]:
        inside &= (view.place >= 0) | view.fixed
    places = np.stack([linked.views[name].place for name in names], axis=1)
    known, row = np.unique(_code(linked, names)[inside], return_inverse=True)
    rows = np.full(linked.atoms, -1)
    rows[inside] = row
    first = np.flatnonzero(inside)[np.unique(row, return_index=True)[1]]
    others = [name for name, view in linked.views.items() if name not in names and not view.silent]
    groups, group = np.unique(_code(linked, others, linked.always), return_inverse=True)
    return Crossing(names, rows, places[first] if len(known) else places[:0], group, len(groups))


def _code(linked, names, code=0):
    code = np.zeros(linked.atoms, np.int64) + code
    for name in names:
        view = linked.views[name]
        code = np.unique(code * (view.rows + 1) + view.place + 1, return_inverse=True)[1]
    return code


def _by_row(linked, crossing, knower, first):
    atoms = np.flatnonzero((crossing.row >= 0) & (linked.partner != knower - 1))
    counts, values, rows = linked.counts[atoms], linked.counts.shape[1], len(crossing.places)
    possible = np.ones(counts.shape, bool) if linked.possible is None else linked.possible[atoms]
    both = possible & possible[:, [first]]
    place = crossing.row[atoms] * crossing.groups + crossing.group[atoms]
    place = (place[:, None] * values + np.arange(values)).ravel()
    size = rows * crossing.groups * values
    return [
        np.bincount(place, (amount * both).ravel(), size).reshape(rows, crossing.groups, values)
        for amount in (counts[:, [first]], counts)
    ]


def _gains(giving, taking, here, there, seconds):
    """[here, there, second]: how often posts can be exchanged, both ways together."""
    used = np.flatnonzero(giving[here].any(axis=(0, 2)) | taking[here].any(axis=(0, 2)))
    ours = [side[here][:, used][:, :, seconds] for side in (giving, taking)]
    theirs = [side[there][:, used][:, :, seconds] for side in (giving, taking)]
    gain = np.zeros((len(here), len(there), len(seconds)))
    step = max(1, LARGE // max(gain.size, 1))
    for begin in range(0, len(used), step):
        part = slice(begin, begin + step)
        for one, other in ((ours[0], theirs[1]), (ours[1], theirs[0])):
            gain += np.minimum(one[:, None, part], other[None, :, part]).sum(axis=2)
    return gain


def _prices(view):
    """[row, column]: what hiding a cell costs; nothing if it is hidden. Small cells are a smaller loss."""
    if view.fixed:
        return np.where(view.hidden, 0, NEVER)
    prices = 1 + 0.1 * np.log10(1 + np.maximum(view.counts, 0))
    if view.locked is not None:
        prices = np.where(view.locked, NEVER, prices)
    return np.where(view.hidden, 0, prices)


def _better(one, other, needs):
    if one is None or other is None:
        return one or other
    enough = (one.gain >= needs, other.gain >= needs)
    if enough[0] != enough[1]:
        return one if enough[0] else other
    if enough[0]:
        return other if other.cost < one.cost else one
    return other if other.cost / other.gain < one.cost / one.gain else one
