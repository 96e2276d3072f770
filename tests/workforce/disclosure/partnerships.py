"""Partnerships that nobody has met: invented staff, what is counted of them, and the truth kept beside.

Nothing of the product counts here. Posts are invented one by one, so that the truth about any group of them is known.
"""

from dataclasses import dataclass, replace

import numpy as np

from workforce.deriving import ROLE_GROUPS
from workforce.profile.counted import DIMENSIONS, Block, Counted, Grains
from workforce.profile.declaring import Kind
from workforce.profile.fields import GROUPINGS
from workforce.profile.measures import BY_NAME
from workforce.profile.words import WORDS
from workforce.template import FIELDS as TEMPLATE

from .attack import Facts, View
from .findings import Truths

NO_VALUE = "no_value"
EVERY = ("all", NO_VALUE)
PARTNERS = {
    "council": ("la", "assessment_care_management domiciliary day community_support corporate"),
    "hospital": ("nhs", "acute community_health corporate"),
    "mental_health": ("nhs", "mental_health community_health"),
    "oakfield": ("independent_private", "care_home care_home_nursing domiciliary"),
    "harbour": ("independent_voluntary", "care_home supported_living_extra_care day"),
    "practices": ("primary_care", "primary_care"),
    "hillside": ("independent_private", "domiciliary supported_living_extra_care"),
}
SHARED = {"independent_private", "independent_voluntary", "primary_care"}  # workplaces are employers of their own
SHARES = {
    "age_band": (3, 7, 9, 10, 11, 11, 12, 13, 12, 8, 3, 1),
    "ethnicity": (66, 1, 6, 1, 0.5, 0.5, 0.6, 4, 2, 1, 0.5, 2, 6, 3, 1, 1),
    "sex": (80, 19, 0.4),
    "zero_hours": (15, 85),
    "contract": (80, 6, 8, 5, 1),
    "disability": (3, 97),
    "nationality": (84, 7, 9),
    "leave_reason": (20, 10, 20, 10, 15, 10, 5, 5, 1, 4),
}
FLOWS = ("starters", "leavers", "vacancies")
PLACES = ("employees", *FLOWS, *(f"employees_of_{flow}" for flow in FLOWS))
RATES = ("turnover_rate", "starters_rate", "vacancy_rate")
ROLES_OF = {group: tuple(roles.split()) for group, roles in ROLE_GROUPS.items()}


@dataclass(frozen=True, eq=False)
class Truth:
    """Posts, one place each in every array. Fields hold places among the measure's values; -1: not applicable."""

    partners: tuple[str, ...]
    atoms: tuple[tuple[str, ...], ...]
    atom: np.ndarray
    workplace: np.ndarray
    fields: dict[str, np.ndarray]
    values: dict[str, tuple[str, ...]]
    keys: np.ndarray  # 0 to 255
    wte: np.ndarray
    filled: np.ndarray  # False: a leaver's row
    places: dict[str, np.ndarray]  # family "places": measure -> number by atom; role group is of no account there

    @property
    def there(self):
        """Along atoms: whether anybody is or was there."""
        return np.bincount(self.atom, minlength=len(self.atoms)) > 0

    def among(self, chosen):
        """The same with these posts only."""
        arrays = {name: getattr(self, name)[chosen] for name in ("atom", "workplace", "keys", "wte", "filled")}
        return replace(self, fields={name: codes[chosen] for name, codes in self.fields.items()}, **arrays)

    def without(self, partner):
        """As it is when this partner has sent nothing."""
        gone = np.array([atom[0] == partner for atom in self.atoms])
        places = {name: np.where(gone, 0, numbers) for name, numbers in self.places.items()}
        rest = tuple(name for name in self.partners if name != partner)
        return replace(self.among(~gone[self.atom]), partners=rest, places=places)

    def counts(self, family):
        """Atoms x values: the number of posts."""
        if family == "posts":
            return self._by_atom(np.ones(len(self.atom)))
        if family == "wte":
            return self._by_atom(self.wte)
        if family == "places":
            return np.column_stack([self.places[name] for name in PLACES]).astype(float)
        codes, many = self.fields[family], len(self.values[family])
        has = codes >= 0
        found = np.bincount(self.atom[has] * many + codes[has], minlength=len(self.atoms) * many)
        return found.reshape(len(self.atoms), many).astype(float)

    def _by_atom(self, weights):
        sums = np.bincount(self.atom[self.filled], weights[self.filled], len(self.atoms))
        return np.column_stack([sums, 0 * sums])


def invent(seed, *, fields=("age_band", "ethnicity", "sex", "zero_hours"), size=1.0):
    """A partnership of three to six partners whose staff are drawn at random."""
    draw = np.random.default_rng(seed)
    partners = tuple(map(str, draw.permutation(list(PARTNERS))[: draw.integers(3, 7)]))
    atoms, atom, workplace = [], [], []
    for partner in partners:
        for one, many in _groups(draw, partner, size):
            spread = draw.integers(1, 5) if one[1] in SHARED else 1
            places = draw.integers(0, spread, many) if one[1] in SHARED else np.zeros(many, int)
            workplace.append(places + (10 + 10 * len(atoms) if one[1] in SHARED else partners.index(partner)))
            atom.append(np.full(many, len(atoms)))
            atoms.append(one)
    atom, workplace = np.concatenate(atom), np.concatenate(workplace)
    filled = draw.random(len(atom)) > (0.12 if "leave_reason" in fields else 0)
    found = {name: _field(draw, name, atoms, atom, partners, filled) for name in fields}
    values = {name: (*_values(name), NO_VALUE) for name in fields}
    keys, wte = draw.integers(0, 256, len(atom)), np.minimum(1, draw.integers(8, 41, len(atom)) / 37)
    places = _places(draw, atoms, np.bincount(atom[filled], minlength=len(atoms)))
    return Truth(partners, tuple(atoms), atom, workplace, found, values, keys, wte, filled, places)


def _groups(draw, partner, size):
    """Its atoms and how many posts are in each: some of them few."""
    sector, services = PARTNERS[partner]
    services = draw.permutation(services.split())[: draw.integers(1, 4)]
    total = int(size * np.exp(draw.normal(5, 1)))
    for service in services:
        weights = draw.dirichlet((6, 2, 1, 1)) / len(services)
        for group, many in zip(ROLES_OF, draw.poisson(total * weights[[2, 1, 0, 3]]), strict=True):
            yield (str(partner), sector, str(service), group), many


def _values(name):
    return TEMPLATE[BY_NAME[name].field].values


def _field(draw, name, atoms, atom, partners, filled):
    """Each partner has shares of its own around the national ones."""
    codes = np.full(len(atom), -1)
    chosen = ~filled if name.startswith("leave_") else filled
    for partner in partners:
        for group, roles in ROLES_OF.items():
            mine = chosen & np.array([one[0] == partner and one[3] == group for one in atoms])[atom]
            codes[mine] = _drawn(draw, name, roles, int(mine.sum()))
    return codes


def _drawn(draw, name, roles, many):
    values = _values(name)
    if name == "role":
        places = [values.index(role) for role in roles]
        return draw.choice(places, many, p=draw.dirichlet(np.ones(len(places))))
    shares = np.array(SHARES[name], float)
    shares = draw.dirichlet(30 * shares / shares.sum() + 0.02)
    return draw.choice(len(values) + 1, many, p=[*(0.95 * shares), 0.05])


def _places(draw, atoms, posts):
    """By atom. Nine in ten say how many started, left, or are wanted; rates are of those only."""
    found = {"employees": draw.binomial(posts, 0.85)}
    for flow, share in zip(FLOWS, (0.3, 0.25, 0.08), strict=True):
        asked = found[f"employees_of_{flow}"] = np.where(draw.random(len(posts)) < 0.9, found["employees"], 0)
        found[flow] = draw.binomial(asked, share)
    return {name: found[name] for name in PLACES}


def moved_on(truth, seed, *, still=(), share=0.15):
    """The same partnership half a year later: some have left, others joined, but nothing is heard of those `still`."""
    draw = np.random.default_rng(seed)
    silent = np.array([atom[0] in still for atom in truth.atoms])
    stay = np.flatnonzero((draw.random(len(truth.atom)) > share) | silent[truth.atom])
    join = draw.integers(0, len(truth.atom), draw.poisson(share * len(truth.atom)))  # like somebody who was there
    join = join[~silent[truth.atom[join]]]
    later = truth.among(np.concatenate([stay, join]))
    keys = later.keys.copy()
    keys[len(stay) :] = draw.integers(0, 256, len(join))
    places = _places(draw, truth.atoms, np.bincount(later.atom[later.filled], minlength=len(truth.atoms)))
    places = {name: np.where(silent, truth.places[name], new) for name, new in places.items()}
    return replace(later, keys=keys, places=places)


def one_joins(truth, seed):
    """(the same with one person more, the place of somebody among the posts who is just like them)."""
    draw = np.random.default_rng(seed)
    like = int(draw.choice(np.flatnonzero(truth.filled)))
    later = truth.among(np.append(np.arange(len(truth.atom)), like))
    keys = later.keys.copy()
    keys[-1] = draw.integers(0, 256)
    return replace(later, keys=keys), like


def measures(fields):
    """As the report declares them: of the fields of an invented partnership, and of what is made of them."""
    names = {"posts", "wte", *fields, *PLACES, *RATES}
    shares = [one for one in BY_NAME.values() if one.kind is Kind.SHARE and one.of in fields]
    return [BY_NAME[name] for name in BY_NAME if name in names] + shares


def facts_of(truth):
    """What anybody may know: who there is, which work they do, and how figures are defined and grouped."""
    families = {"posts": EVERY, "wte": EVERY, "places": PLACES} | truth.values
    whole = frozenset(name for name in truth.fields if not name.startswith("leave_")) | {"posts"}
    possible = {group: frozenset((*roles, NO_VALUE)) for group, roles in ROLES_OF.items()}
    possible = {"role": possible} if "role" in families else {}
    declared = {one.name: one for one in measures(truth.fields)}
    levels, empty = {name: _levels(name) for name in truth.fields}, frozenset(np.flatnonzero(~truth.there))
    return Facts(truth.atoms, families, levels, declared, whole, possible, empty)


def _levels(name):
    """Level -> group -> its values."""
    found = {}
    for level, group_of in GROUPINGS[BY_NAME[name].field]:
        groups = set(group_of.values())
        found[level] = {one: frozenset(value for value, group in group_of.items() if group == one) for one in groups}
    return found


def counted_of(truth, *, numbers=None):
    """What the counting hands to the gate. `numbers`: partner -> number of its snapshot."""
    grains, grain = _grains(truth)
    blocks = {"posts": _block(grains, grain, EVERY, np.where(truth.filled, 0, -1), truth.keys)}
    for name, codes in truth.fields.items():
        blocks[name] = _block(grains, grain, truth.values[name], codes, truth.keys)
    blocks["wte"] = _wte(truth, grains, grain)
    blocks |= _place_blocks(truth)
    words = {name: dict(of) for name, of in WORDS.items()} | {"partner": {name: name.title() for name in PARTNERS}}
    blocks = {name: _applying(block) for name, block in blocks.items()}
    return Counted(truth.partners, words, blocks, snapshots={name: (one,) for name, one in numbers_of(truth, numbers)})


def numbers_of(truth, numbers=None):
    """(partner, number of its snapshot), as they come unless said otherwise."""
    return [(name, (numbers or {}).get(name, place)) for place, name in enumerate(PARTNERS) if name in truth.partners]


def _applying(block):
    """Without the grains that it applies to nobody of."""
    mask = (block.counts if block.bases is None else block.bases).any(axis=1)
    places = {name: along[mask] for name, along in block.grains.places.items()}
    grains = Grains(block.grains.values, places, block.grains.contributor[mask])
    rest = [None if one is None else one[mask] for one in (block.counts, block.keys, block.bases)]
    return Block(grains, block.values, *rest)


def _grains(truth):
    pairs, grain = np.unique(np.column_stack([truth.atom, truth.workplace]), axis=0, return_inverse=True)
    return _named(truth, pairs[:, 0], pairs[:, 1]), grain.ravel()


def _named(truth, atoms, contributors):
    """Grains of these atoms."""
    values = {name: TEMPLATE[name].values if name != "partner" else truth.partners for name in DIMENSIONS}
    places = {
        name: np.array([values[name].index(truth.atoms[atom][number]) for atom in atoms], np.int32)
        for number, name in enumerate(DIMENSIONS)
    }
    return Grains(values, places, np.asarray(contributors, np.int32))


def _block(grains, grain, values, codes, keys):
    has = codes >= 0
    at, size, shape = grain[has] * len(values) + codes[has], len(grains) * len(values), (len(grains), len(values))
    counts = np.bincount(at, minlength=size).reshape(shape).astype(np.int32)
    return Block(grains, values, counts, np.bincount(at, keys[has], size).reshape(shape).astype(np.int32))


def _wte(truth, grains, grain):
    there = grain[truth.filled]
    sums, posts = np.bincount(there, truth.wte[truth.filled], len(grains)), np.bincount(there, minlength=len(grains))
    keys = np.bincount(there, truth.keys[truth.filled], len(grains))
    return Block(grains, EVERY, *(np.column_stack([one, 0 * one]) for one in (sums, keys.astype(np.int32), posts)))


def _place_blocks(truth):
    """Starters, leavers and the like by workplace; here each atom is one, whoever works there."""
    here = [place for place, atom in enumerate(truth.atoms) if atom[0] in truth.partners and truth.there[place]]
    named = _named(truth, here, [100 + place for place in here])
    grains = replace(named, places=named.places | {"role_group": np.full(len(here), -1, np.int32)})
    ones = np.tile(np.array([[1, 0]]), (len(here), 1))
    return {
        name: Block(grains, EVERY, np.column_stack([numbers[here], 0 * numbers[here]]), bases=ones)
        for name, numbers in truth.places.items()
    }


def view_of(tables, counted, *, slack=0):
    """A release as other systems read it."""
    snapshots = {partner: numbers[0] for partner, numbers in counted.snapshots.items()}
    return View(tuple(table.interface() for table in tables), snapshots, slack)


def truths_of(*days):
    """For the judge, of one or more days: a truth, or (truth, numbers)."""
    found = {}
    for day in days:
        truth, numbers = day if isinstance(day, tuple) else (day, None)
        families = {family: truth.counts(family) for family in ("posts", "wte", "places", *truth.fields)}
        found |= {number: families for _, number in numbers_of(truth, numbers)}
    return Truths(found)
