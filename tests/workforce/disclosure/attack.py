"""What somebody can work out from released tables who has all of them, a computer and, perhaps, a partner's own files.

Knows nothing of how the gate reasons. It reads tables as other systems do, and what is public: which partners there
are, what work they do (the *atoms*: partner, sector, service and role group), how figures are defined and rounded. The
unknown is how many posts of each atom have each value; whatever was released is an equation or an interval about sums
of these. Linear and integer programming (HiGHS) then tell how far each sum can go. Two days, or a day told twice with
other partners in it, are unknowns of more snapshots in the same equations.
"""

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, vstack

from workforce.profile.declaring import Kind

DIMENSIONS = ("partner", "sector", "service", "role_group")
NO_VALUE, ENDLESS = "no_value", np.inf


class ContradictionError(Exception):
    """No data agree with what was released: the attack has misread something."""


@dataclass(frozen=True, eq=False)
class Facts:
    """What is public. A *family* is what is counted together: a field's values, posts, WTE, or counts of workplaces."""

    atoms: tuple[tuple[str, ...], ...]
    values: dict[str, tuple[str, ...]]  # family -> its finest values, "no_value" last
    levels: dict[str, dict[str, dict[str, frozenset]]]  # family -> level of grouping -> group -> finest values
    measures: dict  # name -> Measure
    whole: frozenset  # families in which every filled post is counted, so that their totals are the posts
    possible: dict[str, dict[str, frozenset]] = field(default_factory=dict)  # family -> role group -> its values
    empty: frozenset = frozenset()  # places of atoms known to be nobody, but in families with `possible` values

    def family(self, measure):
        kind = measure.kind
        if kind in (Kind.PLACES, Kind.RATE):
            return "places"
        return measure.of if kind is Kind.SHARE else measure.name

    def can_be(self, family, atom, values):
        """Whether somebody there can have one of these values, for all that is public."""
        possible = self.possible.get(family)
        return bool(possible[self.atoms[atom][3]] & values) if possible else atom not in self.empty


@dataclass(frozen=True, eq=False)
class View:
    """Tables of one release as they are read by other systems, and the snapshots behind it: partner -> anything.

    `slack`: how far a count may be off. Where two views name the same snapshot of a partner, they tell of the same.
    """

    tables: tuple[dict, ...]
    snapshots: dict[str, object]
    slack: int = 0


@dataclass(frozen=True)
class Statement:
    """Low <= posts of these (snapshot, atom) with these values - `times` the same of `among` <= high."""

    family: str
    cells: frozenset  # of (snapshot, place of the atom)
    values: frozenset
    low: float
    high: float
    among: frozenset = frozenset()
    times: float = 0.0


@dataclass(frozen=True)
class Place:
    """A figure somebody may be after: rows, row, column (None: total), and what it adds up."""

    rows: str
    row: str | None
    column: str | None
    cells: frozenset
    values: frozenset


@lru_cache(maxsize=4096)
def atoms_of(facts, view, rows, row, named=frozenset()):
    """(snapshot, atom) of a row. A key that is no value of its breakdown is all that the table does not name."""
    number = DIMENSIONS.index(rows) if rows else 0
    known = {atom[number] for atom in facts.atoms}
    parts = known if row is None else set(row.split("|")) & known
    wanted = parts or known - {part for key in named for part in key.split("|")}
    return frozenset(
        (view.snapshots[atom[0]], place)
        for place, atom in enumerate(facts.atoms)
        if atom[0] in view.snapshots and atom[number] in wanted
    )


def values_of(facts, family, column, named):
    """The finest values of a column, at the first level that has all the table's columns as groups; "a|b" joins.

    One key that no level has stands for whatever the others leave.
    """
    finest = frozenset(facts.values[family])
    if column is None:
        return finest
    parts, plain = {part for key in named for part in key.split("|")}, {value: frozenset([value]) for value in finest}
    for rest in range(2):
        for groups in ({"": plain} | facts.levels.get(family, {})).values():
            groups = groups | {NO_VALUE: frozenset([NO_VALUE])}
            if len(parts - set(groups)) <= rest:
                told = {key: frozenset().union(*(groups.get(one, ()) for one in key.split("|"))) for key in named}
                return told[column] or finest.difference(*told.values())
    raise ContradictionError(f"{family}: what is {column}, among {sorted(named)}?")


def named_in(table):
    return [frozenset(cell[side] for cell in table["cells"]) - {None} for side in ("row", "column")]


@lru_cache(maxsize=64)
def statements(view, facts):
    """All that a release says, as statements about sums of unknowns."""
    found = []
    for table in view.tables:
        measure = facts.measures.get(table["measure"])
        if measure is not None and measure.kind in READERS:
            shown = [cell for cell in table["cells"] if cell["value"] is not None]
            found += [one for cell in shown for one in READERS[measure.kind](view, facts, measure, table, cell)]
    return tuple(found)


def _count(view, facts, measure, table, cell):
    family = facts.family(measure)
    rows, columns = named_in(table)
    values = values_of(facts, family, cell["column"], columns) if family != "places" else frozenset([measure.name])
    cells = atoms_of(facts, view, table["rows"], cell["row"], rows)
    yield Statement(family, cells, values, cell["value"] - view.slack, cell["value"] + view.slack)


def _sum(view, facts, measure, table, cell):
    half = 0.5 + 1e-6 + view.slack
    cells = atoms_of(facts, view, table["rows"], cell["row"], named_in(table)[0])
    yield Statement(measure.name, cells, frozenset(facts.values["wte"]), cell["value"] - half, cell["value"] + half)


def _ratio(view, facts, measure, table, cell):
    """A share or rate is between its rounding's ends times the denominator: two inequalities."""
    family, shown = facts.family(measure), cell["value"] / 100
    half = (0.05 if abs(cell["value"] % 1) > 1e-9 else 0.5) / 100 + 1e-9
    cells = atoms_of(facts, view, table["rows"], cell["row"], named_in(table)[0])
    over, among = frozenset(measure.over), frozenset(measure.among)
    loose = view.slack * (len(over) + len(among)) + 1e-4  # the solver's own slack is 1e-6
    yield Statement(family, cells, over, -loose, ENDLESS, among, shown - half)
    yield Statement(family, cells, over, -ENDLESS, loose, among, shown + half)


READERS = {Kind.POSTS: _count, Kind.PLACES: _count, Kind.SUM: _sum, Kind.SHARE: _ratio, Kind.RATE: _ratio}


def classes(facts, family, told, columns=()):
    """The finest values, those taken together that no statement and no column tells apart."""
    marks = {}
    for value in facts.values[family]:
        mark = tuple((value in one.values, value in one.among) for one in told if one.family == family)
        apart = value if family == "places" else tuple(value in can for can in facts.possible.get(family, {}).values())
        marks.setdefault((mark, apart, tuple(value in column for column in columns)), []).append(value)
    return [frozenset(values) for values in marks.values()]


def columns_of(facts, views, family):
    """What the columns of a family's tables are made of, those that are hidden throughout among them."""
    found = set()
    for table in (table for view in views for table in view.tables if table["measure"] == family != "places"):
        columns = named_in(table)[1]
        found |= {values_of(facts, family, column, columns) for column in columns}
    return sorted(found, key=sorted)


class Unknowns:
    """The equations of one family, from all views; `known` is what an insider has: partner -> counts by family."""

    def __init__(self, facts, views, family, *, known=None, more=()):
        self.facts, self.family = facts, family
        told = [one for view in views for one in statements(view, facts)]
        self.told = [one for one in [*told, *more] if self._concerns(one)]
        self.classes = classes(facts, family, self.told, columns_of(facts, views, family))
        self.cells = sorted({cell for view in views for cell in atoms_of(facts, view, "", None)}, key=str)
        self.at = {cell: place for place, cell in enumerate(self.cells)}
        self.wide = len(self.classes)
        self.many = len(self.cells) * (self.wide + 1)  # the last of each cell: its WTE
        self._limits(known or {})
        self._write_down()
        self._tighten()

    def _concerns(self, told):
        alike = self.facts.whole
        everything = told.values == frozenset(self.facts.values[told.family]) and not told.among
        return told.family in (self.family, "wte") or (everything and {told.family, self.family} <= alike)

    def _limits(self, known):
        self.low, self.high = np.zeros(self.many), np.full(self.many, 1e5)
        for (snapshot, atom), place in self.at.items():
            start = place * (self.wide + 1)
            for number, values in enumerate(self.classes):
                if not self.facts.can_be(self.family, atom, values):
                    self.high[start + number] = 0
            own = known.get(snapshot)
            if own is not None:
                exact = [
                    *(sum(own[self.family][atom, self._codes(values)]) for values in self.classes),
                    own["wte"][atom].sum(),
                ]
                self.low[start : start + self.wide + 1] = self.high[start : start + self.wide + 1] = exact

    def _codes(self, values):
        return [place for place, value in enumerate(self.facts.values[self.family]) if value in values]

    def row(self, cells, values, times=1.0):
        """Coefficients of a sum: (places, weights)."""
        numbers = [number for number, group in enumerate(self.classes) if group <= values]
        if frozenset().union(*(self.classes[number] for number in numbers)) != values:
            raise ContradictionError(f"{self.family}: {sorted(values)} is no sum of what is unknown")
        starts = np.array([self.at[cell] * (self.wide + 1) for cell in cells], int)
        places = (starts[:, None] + np.array(numbers, int)[None, :]).ravel()
        return places, np.full(len(places), times)

    def _line(self, one):
        if one.family == "wte":
            places = np.array([self.at[cell] * (self.wide + 1) + self.wide for cell in one.cells], int)
            return places, np.ones(len(places))
        everything = one.family != self.family or one.values == frozenset(self.facts.values[self.family])
        places, weights = self.row(one.cells, frozenset().union(*self.classes) if everything else one.values)
        if not one.among:
            return places, weights
        more, times = self.row(one.cells, one.among, -one.times)
        return np.concatenate([places, more]), np.concatenate([weights, times])

    def _write_down(self):
        lines = {}
        for one in self.told:
            places, weights = self._line(one)
            key = frozenset(zip(places.tolist(), weights.tolist(), strict=True))
            low, high = lines.get(key, (-ENDLESS, ENDLESS))
            lines[key] = max(low, one.low), min(high, one.high)
        self.lows, self.highs = (
            [np.array(ends, float) for ends in zip(*lines.values(), strict=True)]
            if lines
            else [np.zeros(0), np.zeros(0)]
        )
        self.matrix = self._matrix([list(key) for key in lines])
        if any(one.family == "wte" for one in self.told) and self.family in self.facts.whole:
            self._wte_below_posts()
        if self.family == "places":
            self._asked_among_all()

    def _tighten(self):
        """No unknown is more than a sum that it is part of."""
        table = self.matrix.tocoo()
        plain = np.asarray((self.matrix != 0).sum(axis=1) == self.matrix.sum(axis=1)).ravel()  # all weights one
        chosen = plain[table.row] & np.isfinite(self.highs[table.row])
        np.minimum.at(self.high, table.col[chosen], self.highs[table.row[chosen]])
        self.high = np.maximum(self.high, self.low)

    def _matrix(self, lines):
        rows = [number for number, line in enumerate(lines) for _ in line]
        places, weights = [p for line in lines for p, _ in line], [w for line in lines for _, w in line]
        return coo_array((weights, (rows, places)), shape=(len(lines), self.many)).tocsr()

    def _wte_below_posts(self):
        """Nobody counts for more than one whole-time equivalent."""
        step = self.wide + 1
        starts = [place * step for place in range(len(self.cells))]
        self._at_least_nought([[(at + n, 1.0) for n in range(self.wide)] + [(at + self.wide, -1.0)] for at in starts])

    def _asked_among_all(self):
        """The employees of those who answered a question are among all employees."""
        lines, every = [], self.classes.index(frozenset(["employees"]))
        for number, names in enumerate(self.classes):
            if all(name.startswith("employees_of_") for name in names) and len(names) == 1:
                starts = [place * (self.wide + 1) for place in range(len(self.cells))]
                lines += [[(at + every, 1.0), (at + number, -1.0)] for at in starts]
        self._at_least_nought(lines)

    def _at_least_nought(self, lines):
        self.matrix = vstack([self.matrix, self._matrix(lines)]).tocsr()
        self.lows = np.concatenate([self.lows, np.full(len(lines), -1e-6)])
        self.highs = np.concatenate([self.highs, np.full(len(lines), ENDLESS)])

    def solve(self, weights, *, whole=True, gap=0.0, seconds=10.0):
        """A solution that makes `weights` times the unknowns least, or None."""
        kinds = np.full(self.many, int(whole))
        kinds[self.wide :: self.wide + 1] = 0
        rules = LinearConstraint(self.matrix, self.lows, self.highs) if len(self.lows) else ()
        options = {"mip_rel_gap": gap, "time_limit": seconds}
        return milp(weights, constraints=rules, bounds=Bounds(self.low, self.high), integrality=kinds, options=options)


MARGIN = 2  # by how much fractions of people must move further than needed, for whole people to be taken to move


@dataclass
class Ranges:
    """What was found of each place: how far it went, and whether that is proven to be all it can."""

    low: np.ndarray
    high: np.ndarray
    proven: np.ndarray

    def see(self, amounts):
        self.low, self.high = np.minimum(self.low, amounts), np.maximum(self.high, amounts)

    def short(self, needed):
        """Places that have not been seen to go so far."""
        return np.flatnonzero(self.high - self.low < needed)


def span(unknowns, place):
    """The least and the most that a place can be, in whole numbers."""
    weights = np.zeros(unknowns.many)
    weights[unknowns.row(place.cells, place.values)[0]] = 1
    return tuple(round(sign * unknowns.solve(sign * weights).fun) for sign in (1, -1))


def ranges(unknowns, places, needed, *, rounds=12, seed=0):
    """How far each place can go. Places that go far enough with fractions of people are let go; others are proven."""
    draw, sums = np.random.default_rng(seed), _sums(unknowns, places)
    found = Ranges(np.full(len(places), np.inf), np.full(len(places), -np.inf), np.zeros(len(places), bool))
    enough, idle = np.asarray(needed) + MARGIN, 0
    for number in range(rounds):
        short = found.short(enough)
        if not len(short) or idle >= 3:
            break
        signs = np.ones(len(short)) if number < 2 else draw.choice([-1.0, 1.0], len(short))
        found.see(sums @ _far_off(unknowns, signs * (-1) ** number @ sums[short]))
        idle = idle + 1 if len(short) == len(found.short(enough)) and number > 2 else 0
    for place in found.short(enough):
        _prove(unknowns, sums, found, place, needed[place])
    return found


def _sums(unknowns, places):
    each = [unknowns.row(place.cells, place.values)[0] for place in places]
    rows, columns = np.repeat(np.arange(len(each)), [len(one) for one in each]), np.concatenate([*each, []])
    return coo_array((np.ones(len(rows)), (rows, columns.astype(int))), shape=(len(each), unknowns.many)).tocsr()


def _far_off(unknowns, weights):
    """Data that agree with everything, people in fractions, as far off as can be."""
    answer = unknowns.solve(weights, whole=False)
    if answer.status == 2:
        raise ContradictionError(f"{unknowns.family}: {answer.message}")
    return answer.x


def _prove(unknowns, sums, found, place, needed):
    """The ends of one place: by linear programming, and in whole numbers where that comes close."""
    weights = sums[[place]].toarray().ravel()
    answers = [unknowns.solve(sign * weights, whole=False) for sign in (1, -1)]
    if any(answer.status != 0 for answer in answers):
        return
    low, high = np.ceil(answers[0].fun - 1e-5), np.floor(1e-5 - answers[1].fun)
    if needed <= high - low < needed + MARGIN:
        answers = [unknowns.solve(sign * weights) for sign in (1, -1)]
        if any(answer.status != 0 for answer in answers):
            return  # out of time: nothing is proven
        low, high = round(answers[0].fun), -round(answers[1].fun)
    found.low[place], found.high[place], found.proven[place] = low, high, True
