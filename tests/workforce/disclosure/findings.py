"""Which figures that ought to be safe does an attacker of `attack.py` get at? Nobody, and each partner as insider."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from .attack import DIMENSIONS, ContradictionError, Place, Unknowns, atoms_of, named_in, ranges, statements, values_of

SHOWN, RECOVERED = "a small figure is shown", "a figure hidden for the sake of others is worked out"
NARROW, UNTOLD = "a small figure is pinned down", "a small figure that is in no table is pinned down"


@dataclass(frozen=True)
class Finding:
    what: str
    family: str
    insider: str  # "" is nobody
    rows: str
    row: str | None
    column: str | None
    true: int
    low: int
    high: int

    def __str__(self):
        who = self.insider or "nobody"
        place = f"{self.rows or 'all'}={self.row} x {self.column or 'total'}"
        return f"{self.family}: {place} is {self.true}: {self.what} [{self.low}, {self.high}] by {who}"


@dataclass(frozen=True)
class Truths:
    """What is true, for the judge only: snapshot -> family -> counts of atoms x finest values."""

    counts: dict

    def of(self, place, facts, family):
        codes = [number for number, value in enumerate(facts.values[family]) if value in place.values]
        return round(sum(self.counts[snapshot][family][atom, codes].sum() for snapshot, atom in place.cells))

    def contradicted(self, views, facts):
        """Statements that the truth does not agree with: there the attacker has misread, or the gate tells untruths."""
        return [one for view in views for one in statements(view, facts) if not self._agrees(one, facts)]

    def _agrees(self, one, facts):
        def amount(values):
            codes = [number for number, value in enumerate(facts.values[one.family]) if value in values]
            return sum(self.counts[snapshot][one.family][atom, codes].sum() for snapshot, atom in one.cells)

        return one.low - 1e-6 <= amount(one.values) - one.times * amount(one.among) <= one.high + 1e-6


def families(views, facts):
    """Those that a table tells of."""
    found = {
        facts.family(facts.measures[t["measure"]])
        for view in views
        for t in view.tables
        if t["measure"] in facts.measures
    }
    return sorted(found & (set(facts.values) - {"wte"}))


def places_of(views, facts, family):
    """Figures that could be in a table of this family, at the columns that tables have: place -> told, hidden or None.

    None: no table has it, such as a service that is shown only together with others. What only the less exact of
    several views hide is not meant to be kept from those who have the others.
    """
    found, exact = {}, min(view.slack for view in views)
    for view in views:
        for table in view.tables:
            measure = facts.measures.get(table["measure"])
            if measure is not None and measure.name in _counting(facts, family):
                for place, told in _of_table(view, facts, family, measure, table):
                    told = "told" if told and view.slack > exact else told
                    found[place] = max(found.get(place), told, key=(None, "told", "hidden").index)
    return {place: told for place, told in found.items() if place.cells}


def _counting(facts, family):
    return set(facts.values["places"]) if family == "places" else {family}


def _of_table(view, facts, family, measure, table):
    rows, columns = named_in(table)
    told = {(one["row"], one["column"]): "hidden" if one["suppressed"] else "told" for one in table["cells"]}
    number = DIMENSIONS.index(table["rows"]) if table["rows"] else 0
    every = {atom[number] for atom in facts.atoms if atom[0] in view.snapshots} if table["rows"] else set()
    for row in {None} | rows | every:
        cells = atoms_of(facts, view, table["rows"], row, rows)
        for column in {None} | columns:
            values = frozenset([measure.name]) if family == "places" else values_of(facts, family, column, columns)
            column_told = measure.name if family == "places" else column
            yield Place(table["rows"], row, column_told, cells, values), told.get((row, column))


class Judge:
    """Knows the rules and the truth, and so which figures an attacker ought not to get at."""

    def __init__(self, facts, truths, rules, *, public=False):
        self.facts, self.truths, self.rules, self.public = facts, truths, rules, public

    def findings(self, views, family, insider=""):
        """What this attacker gets at in one family."""
        known = self._known(views, insider)
        wanted = self._wanted(views, family, known)
        if not wanted:
            return []
        places, told = list(wanted), list(wanted.values())
        small = [self._small(place, family) for place in places]
        needed = np.where(small, self.rules.width, 1)
        found = ranges(Unknowns(self.facts, views, family, known=known), places, needed)
        return [
            self._finding(place, family, insider, found.low[number], found.high[number], small[number], told[number])
            for number, place in enumerate(places)
            if found.proven[number] and found.high[number] - found.low[number] < needed[number]
        ]

    def _known(self, views, insider):
        mine = {view.snapshots[insider] for view in views if insider in view.snapshots}
        return {snapshot: self.truths.counts[snapshot] for snapshot in mine}

    def _wanted(self, views, family, known):
        """Places that ought to be safe from this attacker -> whether told or hidden; each sum once."""
        found = {}
        for place, told in places_of(views, self.facts, family).items():
            if (told == "hidden" or self._small(place, family)) and not self._is_own(place, family, known):
                before = found.get((place.cells, place.values))
                if before is None or told == "hidden":
                    found[place.cells, place.values] = place, told
        return dict(found.values())

    def _is_own(self, place, family, known):
        """Whether nobody else can be in it."""
        others = [atom for snapshot, atom in place.cells if snapshot not in known]
        return not any(self.facts.can_be(family, atom, place.values) for atom in others)

    def _small(self, place, family):
        measure = self.facts.measures[place.column if family == "places" else family]
        special = measure.special and place.column is not None
        least = self.rules.threshold(public=self.public, special=special, flow=measure.flow)
        return 0 < self.truths.of(place, self.facts, family) < least

    def _finding(self, place, family, insider, low, high, small, told):
        what = RECOVERED if not small else NARROW if told else UNTOLD
        true = self.truths.of(place, self.facts, family)
        if not low <= true <= high:
            raise ContradictionError(f"{family}: {place} is {true}, not from {low} to {high}")
        return Finding(what, family, insider, place.rows, place.row, place.column, true, int(low), int(high))

    def all_findings(self, views, *, insiders=True):
        """Nobody, and each partner, in every family."""
        partners = sorted({partner for view in views for partner in view.snapshots}) if insiders else []
        found = self.shown(views)
        for family in families(views, self.facts):
            for insider in ("", *partners):
                found += self.findings(views, family, insider)
        return found

    def shown(self, views):
        """Small figures that simply stand there."""
        if self.public:
            return []
        found = []
        for family in families(views, self.facts):
            exact = {
                (s.cells, s.values)
                for v in views
                for s in statements(v, self.facts)
                if s.family == family and s.low == s.high
            }
            for place in places_of(views, self.facts, family):
                if (place.cells, place.values) in exact and self._small(place, family):
                    true = self.truths.of(place, self.facts, family)
                    found.append(Finding(SHOWN, family, "", place.rows, place.row, place.column, true, true, true))
        return found


def told(findings):
    """Findings by kind and family, as lines for people."""
    many = defaultdict(int)
    for one in findings:
        many[one.what, one.family, "an insider" if one.insider else "nobody"] += 1
    return [f"{count:>5} {what} ({family}, {who})" for (what, family, who), count in sorted(many.items())]
