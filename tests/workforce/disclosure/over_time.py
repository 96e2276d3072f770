"""Attacks that are about single people, or about what changes from one release to the next (statistics.md 5.5)."""

from collections import defaultdict
from dataclasses import replace

import numpy as np

from .attack import DIMENSIONS, Place, Unknowns, atoms_of, classes, ranges, statements


def parts_of_rows(views, facts, family):
    """What a partner has in a sector, service or role group. No table has it; two of them may still tell."""
    for view in views:
        for partner in view.snapshots:
            own = atoms_of(facts, view, "partner", partner)
            for rows in DIMENSIONS[1:]:
                for row in {facts.atoms[place][DIMENSIONS.index(rows)] for _, place in own}:
                    cells = own & atoms_of(facts, view, rows, row)
                    if cells != own:
                        yield from _at_classes(views, facts, family, f"partner={partner}, {rows}", row, cells)


def _at_classes(views, facts, family, rows, row, cells):
    told = [one for view in views for one in statements(view, facts)]
    for values in classes(facts, family, told):
        yield Place(rows, row, "+".join(sorted(values)), cells, values)


def possible_values(views, facts, family, atoms, *, known=None):
    """Place of an atom -> which values somebody there can have at all, for all that was released."""
    unknowns = Unknowns(facts, views, family, known=known)
    found = {}
    for cell in atoms:
        places = [Place("", None, None, frozenset([cell]), values) for values in unknowns.classes]
        reach = ranges(unknowns, places, np.ones(len(places)), rounds=4)
        found[cell] = [values for values, high in zip(unknowns.classes, reach.high, strict=True) if high >= 1]
    return found


def singled_out(views, facts, truths, family, *, insider="", least=1):
    """Atoms of which everybody is known to have the same value, and how many people these are."""
    mine = {view.snapshots[insider] for view in views if insider in view.snapshots}
    known = {snapshot: truths.counts[snapshot] for snapshot in mine}
    cells = {cell for view in views for cell in atoms_of(facts, view, "", None) if cell[0] not in mine}
    people = {cell: round(truths.counts[cell[0]][family][cell[1]].sum()) for cell in cells}
    cells = [cell for cell in sorted(cells, key=str) if people[cell] >= least]
    possible = possible_values(views, facts, family, cells, known=known)
    return {cell: people[cell] for cell in cells if len(possible[cell]) == 1}


def who_joined(before, after, facts, family, atom):
    """Which values somebody can have who alone joined an atom between two releases, by all that these tell."""
    first = replace(after, snapshots=before.snapshots)
    cell = (before.snapshots[facts.atoms[atom][0]], atom)
    told = [one for view in (before, first) for one in statements(view, facts)]
    possible = []
    for values in classes(facts, family, told):
        if _agrees(before, first, facts, family, cell, values):
            possible.append(values)
    return possible


def _agrees(before, after, facts, family, cell, values):
    """Are there data for before which, with one more of these values, also give what was said after?"""
    unknowns = Unknowns(
        facts, [before], family, more=[_without(one, cell, values, facts) for one in statements(after, facts)]
    )
    return unknowns.solve(np.zeros(unknowns.many)).status != 2


def _without(one, cell, values, facts):
    """What a statement about the posts with the newcomer says of those without."""
    if cell not in one.cells or one.family == "places":
        return one
    if one.family == "wte":
        return replace(one, low=one.low - 1, high=one.high)  # whose hours nobody knows
    everything = one.values == frozenset(facts.values[one.family])
    step = (everything or values <= one.values) - one.times * (values <= one.among)
    return replace(one, low=one.low - step, high=one.high - step)


def told_differently(views, facts):
    """The same posts and values under two figures: noise that could be averaged away."""
    found = defaultdict(set)
    for view in views:
        for one in statements(view, facts):
            if not one.among:
                found[one.family, one.cells, one.values, view.slack].add((one.low, one.high))
    return [key for key, shown in found.items() if len(shown) > 1]
