"""Puts what earlier releases show beside the tables of one field, and keeps hidden what they hide."""

import numpy as np

from workforce.disclosure.collapsing import is_small
from workforce.disclosure.earlier import A_SUM, OTHER, PARTLY, SAME, places_in
from workforce.profile.declaring import PARTNER


def add_past(asked, around, linked, parts, first):
    """Fixed views of earlier releases. `parts` [set, value]: values taken together; `first`: a grain of each atom.

    Posts that were counted there as they are here have their rows; all others are in none, and cannot be exchanged with
    them. Of a partner some of whose returns are new nothing can be exchanged.
    """
    if not around.past.releases:
        return
    how = _how(around, linked)
    linked.always = _always(linked.always, how)
    outside = linked.counts.shape[1] - len(parts)
    for view in around.past_views:
        shows = np.array([[set(np.flatnonzero(part)) <= members for members in view.columns] for part in parts], bool)
        shows = np.vstack([shows.reshape(len(parts), -1), np.zeros((outside, len(view.columns)), bool)])
        grains = asked.block.grains
        place = places_in(view, grains.places[view.breakdown][first], grains.values[view.breakdown])
        same = how[view.release] == SAME
        watched = _watched(view, place, same) if around.past.of_members(view.release) else None
        name = f"{view.breakdown} in release {view.release}"
        place = np.where(same, place, -1)
        linked.add(name, place, shows, len(view.hidden), hidden=view.hidden, of=view.breakdown, watched=watched)


def _watched(view, place, same):
    """Cells that were hidden there, of rows all of whose posts are counted here again."""
    rows = [row for row in range(len(view.hidden)) if (place == row).any() and same[place == row].all()]
    watched = np.zeros(view.hidden.shape, bool)
    watched[rows] = view.hidden[rows] & np.array([key != A_SUM for key in view.column_keys])
    return watched


def small_in_past(asked, linked):
    """Fixed views' small cells."""
    return {
        name: is_small(view.counts, asked.threshold, asked.special) & (view.counts.sum(axis=0) > 0)
        for name, view in linked.views.items()
        if view.fixed and view.watched is not None
    }


def _how(around, linked):
    """[release, atom]: whether its posts were counted there."""
    keys = around.rows[PARTNER].keys
    return np.array([[alike.get(key, OTHER) for key in keys] for alike in around.past.alike])[:, linked.partner]


def _always(always, how):
    """Atoms by which releases they were counted in; those counted partly each for themselves."""
    code = np.unique(np.vstack([always, how]), axis=1, return_inverse=True)[1].ravel()
    partly = (how == PARTLY).any(axis=0)
    code[partly] = code.max(initial=0) + 1 + np.arange(partly.sum())
    return code


def recall(asked, columns, around, linked):
    """Hides what an earlier release hides of the same rows and columns; returns what one shows of the very same posts,
    by breakdown [rows, columns]: that is known, whatever is hidden now.
    """
    known = {name: np.zeros(view.hidden.shape, bool) for name, view in linked.views.items() if not view.fixed}
    if not around.past.releases:
        return known
    how = _how(around, linked)
    for past in around.past_views:
        if past.breakdown in linked.views:
            view = linked.views[past.breakdown]
            same = _all_same(view, how[past.release])
            for place, row in _same_rows(around.rows[past.breakdown], past):
                for column, of in enumerate(columns):
                    _recall_cell(view, known[past.breakdown], past, (place, row), (column, of), same[place])
    return known


def _all_same(view, how):
    """Rows all of whose posts were counted there."""
    return np.array([(how[view.place == row] == SAME).all() for row in range(view.rows)])


def _same_rows(rows, past):
    """(row now, row then) with the same key."""
    return [(place, past.row_keys.index(key)) for place, key in enumerate(rows.keys) if key in past.row_keys]


def _recall_cell(view, known, past, rows, column, same):
    members = frozenset(column[1].members)
    then = [at for at, key in enumerate(past.column_keys) if key != A_SUM and past.columns[at] == members]
    free = view.locked is None or not view.locked[rows[0], column[0]]
    hidden = bool(then) and all(past.hidden[rows[1], place] for place in then)
    if hidden and free and view.counts[:, column[0]].any():
        view.hidden[rows[0], column[0]] = True
    if then and not hidden and same:
        known[rows[0], column[0]] = True
