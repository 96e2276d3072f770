"""Partnerships that nobody has met: invented staff, what is counted of them, and the truth kept beside.

Nothing of the product counts here. Posts are invented one by one, so that the truth about any group of them is known.
"""

from dataclasses import dataclass, replace

import numpy as np

from workforce.deriving import ETHNIC_GROUPS, ROLE_GROUPS
from workforce.profile.counted import DIMENSIONS, Block, Counted, Grains
from workforce.profile.declaring import Kind, Measure

from .attack import Facts, View
from .findings import Truths

NO_VALUE = "no_value"
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
FIELDS = {
    "age_band": "age_band", "ethnicity": "ethnicity15", "sex": "sex", "zero_hours": "zero_hours",
    "contract": "contract", "disability": "disability", "nationality": "nationality3", "leave_reason": "leave_reason",
    "role": "role",
}  # fmt: skip
SPECIAL = {"ethnicity", "disability", "nationality", "sex", "age_band"}
PLACES = ("employees", "starters", "leavers", "vacancies")
ROLES_OF = {group: tuple(roles.split()) for group, roles in ROLE_GROUPS.items()}
GROUPS_OF = {
    "ethnicity": {
        **{group: frozenset(values.split()) for group, values in ETHNIC_GROUPS.items()},
    },
}


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
            return np.bincount(self.atom[self.filled], minlength=len(self.atoms))[:, None].astype(float)
        if family == "wte":
            return np.bincount(self.atom[self.filled], self.wte[self.filled], len(self.atoms))[:, None]
        if family == "places":
            return np.column_stack([self.places[name] for name in PLACES]).astype(float)
        codes, many = self.fields[family], len(self.values[family])
        has = codes >= 0
        found = np.bincount(self.atom[has] * many + codes[has], minlength=len(self.atoms) * many)
        return found.reshape(len(self.atoms), many).astype(float)


def invent(seed, *, fields=("age_band", "ethnicity", "sex", "zero_hours"), size=1.0):
    """A partnership of three to six partners whose staff are drawn at random."""
    draw = np.random.default_rng(seed)
    partners = tuple(draw.permutation(list(PARTNERS))[: draw.integers(3, 7)])
    atoms, atom, workplace = [], [], []
    for partner in partners:
        for one, many in _groups(draw, partner, size):
            spread = draw.integers(1, 5) if one[1] in SHARED else 1
            places = draw.integers(0, spread, many) if one[1] in SHARED else np.zeros(many, int)
            workplace.append(places + 10 * (len(atoms) if one[1] in SHARED else partners.index(partner)))
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
            if many:
                yield (str(partner), sector, str(service), group), many


def _values(name):
    from workforce.template import FIELDS as TEMPLATE

    return TEMPLATE[FIELDS[name]].values


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
    employees = draw.binomial(posts, 0.85)
    leavers, starters = draw.binomial(employees, 0.25), draw.binomial(employees, 0.3)
    return dict(zip(PLACES, (employees, starters, leavers, draw.binomial(employees, 0.08)), strict=True))


def moved_on(truth, seed, share=0.15):
    """The same partnership half a year later: some have left, others joined."""
    draw = np.random.default_rng(seed)
    stay = np.flatnonzero(draw.random(len(truth.atom)) > share)
    join = draw.integers(0, len(truth.atom), draw.poisson(share * len(truth.atom)))  # like somebody who was there
    later = truth.among(np.concatenate([stay, join]))
    keys = later.keys.copy()
    keys[len(stay) :] = draw.integers(0, 256, len(join))
    posts = np.bincount(later.atom[later.filled], minlength=len(truth.atoms))
    return replace(later, keys=keys, places=_places(draw, truth.atoms, posts))


def one_joins(truth, seed):
    """(the same with one person more, the place among posts of somebody just like them)."""
    draw = np.random.default_rng(seed)
    like = int(draw.choice(np.flatnonzero(truth.filled)))
    later = truth.among(np.append(np.arange(len(truth.atom)), like))
    keys = later.keys.copy()
    keys[-1] = draw.integers(0, 256)
    return replace(later, keys=keys), like


def measures(fields):
    """Declared as the report declares them, for the fields of an invented partnership and what is made of them."""
    found = [Measure("posts", "Posts", "", "posts", Kind.POSTS, "posts", "")]
    found.append(Measure("wte", "WTE", "", "posts", Kind.SUM, "WTE", "", field="fte37"))
    for name in fields:
        how = {"special": name in SPECIAL, "flow": name.startswith("leave_"), "field": FIELDS[name]}
        found.append(Measure(name, name, "", "posts", Kind.POSTS, "posts", "", columns=name, **how))
    return found + [one for one in SHARE_MEASURES if one.of in fields] + list(PLACE_MEASURES)


def _share(name, of, over):
    among = tuple(_values(of))
    return Measure(name, name, "", "posts", Kind.SHARE, "%", "", of=of, over=over, among=among, special=of in SPECIAL)


SHARE_MEASURES = (
    _share("share_over_50", "age_band", ("50_54", "55_59", "60_64", "65_69", "70_and_over")),
    _share("share_over_55", "age_band", ("55_59", "60_64", "65_69", "70_and_over")),
    _share("share_zero_hours", "zero_hours", ("yes",)),
    _share("share_women", "sex", ("female",)),
    _share("share_non_white", "ethnicity", tuple(v for v in _values("ethnicity") if not v.startswith("white"))),
    _share("share_disabled", "disability", ("yes",)),
)
PLACE_ROWS = ("partner", "sector", "service")
PLACE_MEASURES = (
    *(Measure(one, one, "", "flows", Kind.PLACES, "", "", rows=PLACE_ROWS, flow=True) for one in PLACES),
    Measure("turnover_rate", "Turnover", "", "flows", Kind.RATE, "%", "", rows=PLACE_ROWS, over=("leavers",),
            among=("employees",)),
    Measure("starters_rate", "Starters", "", "flows", Kind.RATE, "%", "", rows=PLACE_ROWS, over=("starters",),
            among=("employees",)),
    Measure("vacancy_rate", "Vacancies", "", "flows", Kind.RATE, "%", "", rows=PLACE_ROWS, over=("vacancies",),
            among=("employees", "vacancies")),
)  # fmt: skip


def facts_of(*truths):
    """What anybody may know: who there is, which work they do, and how figures are defined."""
    first, families = truths[0], {"posts": ("all",), "wte": ("all",), "places": PLACES} | truths[0].values
    whole = frozenset(name for name in first.fields if not name.startswith("leave_")) | {"posts"}
    declared = {one.name: one for one in measures(first.fields)}
    possible = {group: frozenset((*roles, NO_VALUE)) for group, roles in ROLES_OF.items()}
    return Facts(first.atoms, families, GROUPS_OF, declared, whole, {"role": possible} if "role" in families else {})


def counted_of(truth, *, number=1):
    """What the counting hands to the gate. Snapshots are numbered by partner from `number` times ten."""
    grains, grain = _grains(truth, truth.filled | True)
    blocks = {"posts": _block(truth, grains, grain, ("all",), np.where(truth.filled, 0, -1))}
    posts = blocks["posts"].counts
    sums = np.bincount(grain[truth.filled], truth.wte[truth.filled], len(grains))[:, None]
    blocks["wte"] = Block(grains, ("all",), sums, bases=posts)
    for name, codes in truth.fields.items():
        blocks[name] = _block(truth, grains, grain, truth.values[name], codes)
    blocks |= _place_blocks(truth)
    words = {
        dimension: {value: value.replace("_", " ") for value in grains.values[dimension]} for dimension in DIMENSIONS
    }
    snapshots = {partner: (10 * number + place,) for place, partner in enumerate(sorted(truth.partners))}
    return Counted(truth.partners, words, blocks, snapshots=snapshots)


def _grains(truth, chosen):
    pairs, grain = np.unique(np.column_stack([truth.atom, truth.workplace]), axis=0, return_inverse=True)
    return _named(truth, pairs[:, 0], pairs[:, 1]), grain.ravel()


def _named(truth, atoms, contributors):
    """Grains of these atoms."""
    values, places = {}, {}
    for number, dimension in enumerate(DIMENSIONS):
        words = truth.partners if not number else tuple(sorted({atom[number] for atom in truth.atoms}))
        values[dimension] = words
        places[dimension] = np.array([words.index(truth.atoms[atom][number]) for atom in atoms], np.int32)
    return Grains(values, places, np.asarray(contributors, np.int32))


def _block(truth, grains, grain, values, codes):
    has = codes >= 0
    at, size, shape = grain[has] * len(values) + codes[has], len(grains) * len(values), (len(grains), len(values))
    counts = np.bincount(at, minlength=size).reshape(shape)
    keys = np.bincount(at, truth.keys[has], size).reshape(shape).astype(np.int64)
    return Block(grains, values, counts, keys)


def _place_blocks(truth):
    """Starters, leavers and the like by workplace; here each atom is one, whoever works there."""
    here = [place for place, atom in enumerate(truth.atoms) if atom[0] in truth.partners]
    named = _named(truth, here, [10 * place for place in here])
    grains = replace(named, places=named.places | {"role_group": np.full(len(here), -1, np.int32)})
    ones = np.ones((len(here), 1), np.int64)
    return {name: Block(grains, (name,), numbers[here][:, None], bases=ones) for name, numbers in truth.places.items()}


def view_of(tables, counted, *, slack=0):
    """A release as other systems read it."""
    snapshots = {partner: numbers[0] for partner, numbers in counted.snapshots.items()}
    return View(tuple(table.interface() for table in tables), snapshots, slack)


def truths_of(truths):
    """For the judge: number of the day, as given to `counted_of`, -> truth."""
    found = {}
    for number, truth in truths.items():
        families = {family: truth.counts(family) for family in ("posts", "wte", "places", *truth.fields)}
        found |= {10 * number + place: families for place in range(len(PARTNERS))}
    return Truths(found)
