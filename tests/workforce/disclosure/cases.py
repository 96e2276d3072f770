"""Tables on the back of an envelope, to attack: partners by the values of one field."""

import numpy as np

from workforce.disclosure.rules import Rules
from workforce.profile.declaring import Kind, Measure

from .attack import Facts, Place, Unknowns, View, span
from .findings import Judge, Truths

ETHNICITY = Measure(
    "ethnicity", "Ethnic group", "", "people", Kind.POSTS, "posts", "", columns="ethnicity", special=True
)
SHARE = Measure("share", "Share", "", "people", Kind.SHARE, "%", "", of="ethnicity", over=("k0",), among=("k0", "k1"))


class Case:
    """Each partner does one kind of work, so nothing else is known.

    `hidden`: (row, column), the totals last. `slack` as in View; `to` the base that figures are rounded to.
    """

    def __init__(self, counts, hidden=(), *, slack=0, to=1):
        self.counts, self.hidden, self.to = np.array(counts), hidden, to
        self.partners = [f"p{number}" for number in range(self.counts.shape[0])]
        self.values = [f"k{number}" for number in range(self.counts.shape[1])]
        atoms = tuple((partner, "la", "day", "other") for partner in self.partners)
        measures = {"ethnicity": ETHNICITY, "share": SHARE}
        self.facts = Facts(atoms, {"ethnicity": tuple(self.values)}, {}, measures, frozenset())
        self.snapshots = {partner: number for number, partner in enumerate(self.partners)}
        self.views = [View((self._table(),), self.snapshots, slack)]
        counted = {"ethnicity": self.counts.astype(float), "wte": self.counts.sum(axis=1)[:, None] * 0.8}
        self.truths = Truths(dict.fromkeys(range(len(self.partners)), counted))

    def _table(self):
        cells = [self._cell(*place) for place in np.ndindex(len(self.partners) + 1, len(self.values) + 1)]
        return {"measure": "ethnicity", "rows": "partner", "columns": "ethnicity", "cells": cells}

    def _cell(self, row, column):
        rows, columns = [*self.partners, None], [*self.values, None]
        chosen = self.counts[row : row + 1] if rows[row] else self.counts
        chosen = chosen[:, column : column + 1] if columns[column] else chosen
        value = self.to * round(int(chosen.sum()) / self.to) if (row, column) not in self.hidden else None
        return {"row": rows[row], "column": columns[column], "value": value, "suppressed": value is None}

    def say(self, row, per_cent):
        """Beside it, a share of a row in per cent, made of the true figures."""
        cell = {"row": self.partners[row], "column": None, "value": per_cent, "suppressed": False}
        table = {"measure": "share", "rows": "partner", "columns": "", "cells": [cell]}
        self.views.append(View((table,), self.snapshots))

    def range_of(self, cell, insider=None):
        """How far a cell can go; as a place among totals too. `insider`: the number of the partner who asks."""
        row, column = cell
        known = {} if insider is None else {insider: self.truths.counts[insider]}
        unknowns = Unknowns(self.facts, self.views, "ethnicity", known=known)
        rows = range(len(self.partners)) if row == len(self.partners) else [row]
        values = self.values if column == len(self.values) else [self.values[column]]
        place = Place("partner", "", "", frozenset((one, one) for one in rows), frozenset(values))
        return span(unknowns, place)

    def findings(self, insider=""):
        found = Judge(self.facts, self.truths, Rules()).findings(self.views, "ethnicity", insider)
        return {(one.row, one.column) for one in found}
