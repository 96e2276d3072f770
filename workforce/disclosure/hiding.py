"""Which cells to hide, so that no hidden one can be worked out: primary cells first, then what protects them.

After each step `Moves` says how far every hidden cell could be moved unseen, for those who know only the tables and for
each partner who also knows its own posts. Where that is not far enough, the cheapest further cells are hidden that
allow two rows to exchange posts; and so on until all cells can be moved far enough, or nothing helps.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from workforce.disclosure.linked import Linked
from workforce.disclosure.moves import Moves, free_rows, signatures

NEVER = 1e9  # the cost of a cell that cannot be hidden


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
    """Cells to hide, and what that costs for how much."""

    cells: tuple[tuple[str, int, int], ...]
    gain: int
    cost: float


def protect(linked: Linked, primary, *, width, known=None):
    """Hides more cells in the views of `linked` until every hidden one is safe; returns what could not be protected.

    `primary` view -> [rows, columns]: cells that must be movable over `width`; all other hidden ones over 1. Cells in
    `known` were shown before and protect nothing. Deterministic; nothing that is hidden already is shown again.
    """
    for name, cells in primary.items():
        linked.views[name].hidden |= cells
    moves, hopeless = Moves(linked), set()
    while True:
        lacks = [lack for lack in lacking(linked, moves, primary, width, known or {}) if lack not in hopeless]
        if not lacks:
            return hopeless
        for lack in _worst(lacks):
            step = best_step(linked, lack)
            if step is None:
                hopeless.add(lack)
                continue
            for name, row, column in step.cells:
                linked.views[name].hidden[row, column] = True
            break


def lacking(linked, moves, primary, width, known):
    """The hidden cells that cannot be moved as far as they must, worst first, in a fixed order."""
    found = []
    for name, (down, up) in moves.reach().items():
        view = linked.views[name]
        needs = np.where(primary.get(name, False), width, 1) * view.hidden
        if name in known:
            needs = needs * ~known[name]
        short = (down + up) < needs[None]
        short &= ~_own_row(view, linked.partners)[:, :, None]
        found += [
            Lack(name, int(row), int(column), int(knower), int(needs[row, column]))
            for knower, row, column in zip(*np.nonzero(short), strict=True)
        ]
    return found


def _own_row(view, partners):
    """[knower, row]: rows in which there are only the knower's own posts, which it knows anyway, or none at all."""
    return np.arange(-1, partners)[:, None] == np.where(view.owned < 0, -2, view.owned)[None, :]


def _worst(lacks):
    return sorted(lacks, key=lambda lack: (-lack.needs, lack.view, lack.column, lack.row, lack.knower))


def best_step(linked: Linked, lack: Lack):
    """The cheapest cells that let this one be moved as far as it must, or else those that help most for their cost."""
    view = linked.views[lack.view]
    inside, outside = np.flatnonzero(view.shows[:, lack.column]), np.flatnonzero(~view.shows[:, lack.column])
    others = [name for name, other in linked.views.items() if name != lack.view and not other.fixed]
    best = None
    for size in range(len(others) + 1):
        for along in combinations(others, size):
            for first in inside:
                for second in outside:
                    best = _better(best, _step_of_pair(linked, lack, int(first), int(second), along), lack.needs)
        if best and best.gain >= lack.needs:
            break
    return best


def _better(one, other, needs):
    if one is None or other is None:
        return one or other
    enough = (other.gain >= needs, one.gain >= needs)
    if enough == (True, True):
        return other if other.cost < one.cost else one
    if any(enough):
        return other if enough[0] else one
    return other if other.gain / other.cost > one.gain / one.cost else one


def _step_of_pair(linked, lack, first, second, along):
    """The best rows to exchange two values with, if the row may also differ in the views `along`."""
    names = (lack.view, *along)
    free = {name: free_rows(view, first, second) for name, view in linked.views.items()}
    taking = linked.partner != lack.knower - 1
    taking &= (linked.counts[:, first] > 0) | (linked.counts[:, second] > 0)
    for name in names:
        taking &= linked.views[name].place >= 0
    here = np.flatnonzero(taking & (linked.views[lack.view].place == lack.row))
    there = np.flatnonzero(taking & (linked.views[lack.view].place != lack.row))
    if not (len(here) and len(there)):
        return None
    group = signatures(linked, free, without=names)
    sides = [_side(linked, atoms, names, group, (first, second)) for atoms in (here, there)]
    gain, cost = _gains(sides), _costs(linked, names, free, (first, second), [side[0] for side in sides])
    return _cheapest(linked, lack, names, (first, second), [side[0] for side in sides], gain, cost)


def _side(linked, atoms, names, group, pair):
    """The rows of these atoms in the named views, and their counts of both values by [rows, group]."""
    places = np.stack([linked.views[name].place[atoms] for name in names], axis=1)
    rows, row = np.unique(places, axis=0, return_inverse=True)
    groups = int(group.max()) + 1
    place = row.ravel() * groups + group[atoms]
    counts = [
        np.bincount(place, linked.counts[atoms, value], len(rows) * groups).reshape(len(rows), groups) for value in pair
    ]
    return rows, *counts


def _gains(sides):
    """[rows here, rows there]: how often posts can be exchanged between them, both ways together."""
    (_, first_here, second_here), (_, first_there, second_there) = sides
    used = (first_here + second_here).any(axis=0) & (first_there + second_there).any(axis=0)
    out = np.minimum(first_here[:, None, used], second_there[None, :, used]).sum(axis=2)
    back = np.minimum(second_here[:, None, used], first_there[None, :, used]).sum(axis=2)
    return out + back


def _costs(linked, names, free, pair, sides):
    """[rows here, rows there]: the cost of hiding all that would show an exchange between them."""
    total = np.zeros((len(sides[0]), len(sides[1])))
    for index, name in enumerate(names):
        here, there = sides[0][:, index], sides[1][:, index]
        cost = _cost_of_rows(linked.views[name], pair)
        both = cost[here][:, None] + cost[there][None, :]
        total += np.where(here[:, None] == there[None, :], 0, both)
    return total


def _cost_of_rows(view, pair):
    """By row: of hiding all cells in it that tell the two values apart. Small cells are a smaller loss."""
    apart = view.shows[pair[0]] != view.shows[pair[1]]
    cost = np.where(view.hidden, 0, 1 + 0.1 * np.log10(1 + np.maximum(view.counts, 0)))
    if view.locked is not None:
        cost = np.where(view.locked & ~view.hidden, NEVER, cost)
    return cost[:, apart].sum(axis=1)


def _cheapest(linked, lack, names, pair, sides, gain, cost):
    possible = (gain > 0) & (cost > 0) & (cost < NEVER)
    if not possible.any():
        return None
    enough = possible & (gain >= lack.needs)
    score = np.where(enough, cost, np.inf) if enough.any() else np.where(possible, cost / np.maximum(gain, 1), np.inf)
    here, there = np.unravel_index(np.argmin(score), score.shape)
    cells = _cells(linked, names, pair, sides[0][here], sides[1][there])
    return Step(cells, int(min(gain[here, there], lack.needs)), float(cost[here, there]))


def _cells(linked, names, pair, here, there):
    """What is not hidden yet and would show an exchange between these rows."""
    found = []
    for name, *rows in zip(names, here, there, strict=True):
        view = linked.views[name]
        apart = np.flatnonzero(view.shows[pair[0]] != view.shows[pair[1]])
        if rows[0] != rows[1]:
            found += [(name, int(row), int(c)) for row in rows for c in apart if not view.hidden[row, c]]
    return tuple(found)
