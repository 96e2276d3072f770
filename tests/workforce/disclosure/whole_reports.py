"""Everything that is counted of an invented partnership: all measures with a block, also those not all posts are in."""

import numpy as np

from workforce.deriving import ROLE_GROUPS
from workforce.profile.counted import DIMENSIONS, Block, Counted, Grains
from workforce.profile.declaring import Kind
from workforce.profile.fields import values_of
from workforce.profile.measures import MEASURES
from workforce.profile.words import WORDS
from workforce.template import FIELDS

CARE = ("registered_manager", "senior_care_worker", "care_worker", "support_outreach_worker")
SECTORS = ("la", "nhs", "nhs", "independent_private", "independent_voluntary")
WORK = {
    "la": "domiciliary day assessment_care_management corporate",
    "nhs": "acute community_health mental_health corporate",
    "independent_private": "care_home_nursing care_home domiciliary",
    "independent_voluntary": "care_home domiciliary supported_living_extra_care day",
}
ROLES = FIELDS["role"].values
GROUP = {role: group for group, roles in ROLE_GROUPS.items() for role in roles.split()}
FLOWS = {"employees": 0.9, "starters": 0.2, "leavers": 0.2, "vacancies": 0.07}


def whole_report(seed, *, partners=5, posts=12000):
    """A `Counted`: partners of very different size, each with shares of its own around common ones."""
    draw = np.random.default_rng(seed)
    slugs = tuple(f"partner{number}" for number in range(partners))
    sectors = [SECTORS[number] if number < len(SECTORS) else SECTORS[3 + number % 2] for number in range(partners)]
    partner = draw.choice(partners, posts, p=draw.dirichlet(np.linspace(6, 2, partners)))
    service = _by_partner(draw, partner, [WORK[sector].split() for sector in sectors])
    role = _by_partner(draw, partner, [ROLES] * partners, common=draw.dirichlet(np.full(len(ROLES), 0.7)))
    grains, grain = _grains(draw, slugs, sectors, partner, service, role)
    blocks = {"posts": _block(grains, grain, ("all",), np.zeros(posts, int))}
    for measure in MEASURES:
        if measure.kind is Kind.POSTS and measure.columns:
            codes = _codes(draw, measure, partner, partners, role)
            blocks[measure.name] = _block(grains, grain, values_of(measure.field), codes)
    blocks |= _workplaces(draw, blocks["posts"])
    wte = blocks["posts"].counts[:, 0] * draw.uniform(0.5, 0.9, len(grains))
    blocks["wte"] = Block(grains, ("all", "no_value"), np.stack([wte, 0 * wte], 1))
    return Counted(
        slugs, WORDS | {"partner": {}}, blocks, snapshots={slug: (place,) for place, slug in enumerate(slugs)}
    )


def _by_partner(draw, partner, choices, common=None):
    found = np.empty(len(partner), object)
    for number, words in enumerate(choices):
        mine = partner == number
        shares = np.ones(len(words)) if common is None else common * 25 + 0.02
        found[mine] = draw.choice(words, mine.sum(), p=draw.dirichlet(shares))
    return found


def _grains(draw, slugs, sectors, partner, service, role):
    values = {"partner": slugs} | {name: FIELDS[name].values for name in DIMENSIONS[1:]}
    words = [np.array(sectors, object)[partner], service, np.array([GROUP[one] for one in role], object)]
    along = [
        partner,
        *([list(values[n]).index(one) for one in of] for n, of in zip(DIMENSIONS[1:], words, strict=True)),
    ]
    independent = np.array([sector.startswith("independent") for sector in sectors])[partner]
    workplace = np.where(independent, 100 + 50 * partner + draw.integers(0, 12, len(partner)), partner)
    keys, grain = np.unique(np.stack([*along, workplace]), axis=1, return_inverse=True)
    places = {name: keys[number].astype(np.int32) for number, name in enumerate(DIMENSIONS)}
    return Grains(values, places, keys[-1].astype(np.int32)), grain.ravel()


def _codes(draw, measure, partner, partners, role):
    """Positions of values; the last for those without one, -1 where the question is not asked."""
    values = values_of(measure.field)
    if measure.field == "role":
        return np.array([ROLES.index(one) for one in role])
    common, codes = draw.dirichlet(np.full(len(values), 1.5)), np.zeros(len(partner), int)
    for number in range(partners):
        mine = partner == number
        codes[mine] = draw.choice(len(values), mine.sum(), p=draw.dirichlet(common * 60 + 0.05))
    codes = np.where(draw.random(len(partner)) < 0.05, len(values), codes)
    return np.where(_is_asked(draw, measure, role), codes, -1)


def _is_asked(draw, measure, role):
    if measure.flow:
        return draw.random(len(role)) < 0.2
    of = {"qual_level": CARE, "care_certificate": CARE, "registration": ROLE_GROUPS["regulated"].split()}
    of |= {"amhp": ("social_worker",)}
    return np.isin(role, of[measure.name]) if measure.name in of else np.ones(len(role), bool)


def _block(grains, grain, values, codes):
    wide, asked = len(values) + 1, codes >= 0
    at = grain[asked] * wide + codes[asked]
    counts = np.bincount(at, minlength=len(grains) * wide).reshape(len(grains), wide)
    kept = counts.any(axis=1)
    places = {name: along[kept] for name, along in grains.places.items()}
    return Block(Grains(grains.values, places, grains.contributor[kept]), (*values, "no_value"), counts[kept])


def _workplaces(draw, posts):
    found = {name: draw.binomial(posts.counts[:, 0], share) for name, share in FLOWS.items()}
    found |= {f"employees_of_{flow}": found["employees"] for flow in ("starters", "leavers", "vacancies")}
    return {name: Block(posts.grains, ("all", "no_value"), np.stack([n, 0 * n], 1)) for name, n in found.items()}


def shuffled(counted, seed):
    """The same, with the grains of every block in another order."""
    draw, blocks = np.random.default_rng(seed), {}
    for name, block in counted.blocks.items():
        order = draw.permutation(len(block.grains))
        places = {dimension: along[order] for dimension, along in block.grains.places.items()}
        grains = Grains(block.grains.values, places, block.grains.contributor[order])
        blocks[name] = Block(grains, block.values, block.counts[order])
    return Counted(counted.partners, counted.labels, blocks, snapshots=counted.snapshots)
