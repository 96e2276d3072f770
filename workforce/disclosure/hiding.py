"""Which cells to hide, so that no hidden one can be worked out: primary cells first, then what protects them.

After each step `Moves` says how far every hidden cell could be moved unseen, for those who know only the tables and for
each partner who also knows its own posts. Where that is not far enough, the cheapest further cells are hidden that
allow two rows to exchange posts; and so on until all cells can be moved far enough, or nothing helps.
"""

import numpy as np

from workforce.disclosure.linked import Linked
from workforce.disclosure.moves import Moves
from workforce.disclosure.steps import Lack, Search


def protect(linked: Linked, primary, *, width, known=None, to_the_end=True):
    """Hides more cells in the views of `linked` until every hidden one is safe; returns what could not be protected.

    `primary` view -> [rows, columns], whole numbers: cells above 0 must be movable over `width`, all other hidden ones
    over 1. They are taken in the order of their numbers, each time with what protects them, so that with a higher
    threshold the same cells are hidden and then more. Cells in `known` were shown before, and cannot be protected any
    more. Deterministic; what is hidden stays hidden. Unless `to_the_end`, it stops at the first that nothing helps.
    """
    moves, search = Moves(linked, primary), Search(linked)
    hopeless, lost = {name: np.zeros(moves.down[name].shape, bool) for name in moves.open}, []
    for stage in sorted({number for cells in primary.values() for number in np.unique(cells).tolist()} | {0}):
        now = {name: (cells > 0) & (cells <= stage) for name, cells in primary.items()}
        for name in [name for name in now if not linked.views[name].fixed]:
            linked.views[name].hidden |= now[name]
        moves.update()
        lost += _protect(moves, search, now, width, known or {}, hopeless, to_the_end)
        if lost and not to_the_end:
            break
    return lost


def _protect(moves, search, primary, width, known, hopeless, to_the_end):
    lost = []
    while (to_the_end or not lost) and (lack := worst_lack(moves, primary, width, known, hopeless)):
        step = search.best(lack)
        if step is None:
            hopeless[lack.view][lack.knower, lack.row, lack.column] = True
            lost.append(lack)
            continue
        for name, row, column in step.cells:
            search.linked.views[name].hidden[row, column] = True
        moves.update()
    return lost


def worst_lack(moves, primary, width, known, hopeless):
    """A hidden cell that cannot be moved as far as it must: one that needs most, in a fixed order; None if all can."""
    for least in (width, 1):
        for name in moves.open:
            needs, short = lacking(moves, name, primary.get(name), width, known.get(name))
            found = np.argwhere(short & ~hopeless[name] & (needs >= least))
            if len(found):
                knower, row, column = min(found.tolist(), key=lambda at: (at[2], at[1], at[0]))
                return Lack(name, row, column, knower, int(needs[row, column]))
    return None


def lacking(moves, name, primary, width, known=None):
    """(values that each cell must be movable over, less one; [knower, row, column] where that is not so)."""
    view = moves.linked.views[name]
    needs = view.hidden * np.where(False if primary is None else primary, width, 0 if view.silent else 1)
    if view.fixed:
        needs = needs * view.watched
    if known is not None:
        needs = needs * ~known
    short = moves.down[name] + moves.up[name] < needs
    return needs, short & ~_own_row(view, moves.linked.partners)[:, :, None]


def _own_row(view, partners):
    """[knower, row]: rows in which there are only the knower's own posts, which it knows anyway."""
    return np.arange(-1, partners)[:, None] == np.where(view.owned < 0, -2, view.owned)[None, :]
