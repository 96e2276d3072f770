"""Invented partnerships, post by post, and what is counted of them; nothing of the product counts here."""

from dataclasses import dataclass

import numpy as np

from workforce.profile.counted import Block, Counted, Estimate, Grains, Summary
from workforce.profile.declaring import Kind
from workforce.profile.fields import values_of
from workforce.profile.measures import BY_NAME
from workforce.profile.words import EVERY, NO_VALUE, WORDS

DIMENSIONS = ("partner", "sector", "service", "role_group")
NAMES = {"birch": "Birch Council", "oak": "Oak Trust", "elm": "Elm Care", "ash": "Ash Trust", "fir": "Fir Homes"}
FIELDS = ("age_band", "sex", "ethnicity", "zero_hours", "contract", "leave_reason")
FLOWS = ("starters", "leavers", "vacancies")


@dataclass
class World:
    """One line per post: `where` partner, sector, service, role group; `employer`; `says` measure -> value or None."""

    where: list[tuple[str, str, str, str]]
    employer: list[str]
    says: dict[str, list]
    keys: list[int]

    def __len__(self):
        return len(self.where)

    def mask(self, breakdown, row):
        place = None if row is None else DIMENSIONS.index(breakdown)
        return [row is None or post[place] == row for post in self.where]

    def number(self, breakdown="", row=None, measure=None, values=None):
        """How many posts of a row say one of these values; with values None, say anything at all."""
        inside = self.mask(breakdown, row)
        if measure is None:
            return sum(inside)
        return sum(
            one and (values is None or said in values) for one, said in zip(inside, self.says[measure], strict=True)
        )

    def given(self, breakdown, row, measure, values):
        """By employer."""
        found = {}
        for one, who, said in zip(self.mask(breakdown, row), self.employer, self.says[measure], strict=True):
            if one and (values is None or said in values):
                found[who] = found.get(who, 0) + 1
        return list(found.values())


def world(seed, size=900, homes=12):
    """Some posts of five partners; one of them is two dozen homes at most, which are employers of their own."""
    chance = np.random.default_rng(seed)
    kinds = [
        ("birch", "la", "assessment_care_management"), ("birch", "la", "day"), ("oak", "nhs", "acute"),
        ("ash", "nhs", "community_health"), ("elm", "independent_voluntary", "domiciliary"),
        ("fir", "independent_private", "care_home"), ("fir", "independent_private", "domiciliary"),
    ]  # fmt: skip
    weights = chance.dirichlet(np.ones(len(kinds)) * 2)
    where, employer = [], []
    for place in chance.choice(len(kinds), size, p=weights):
        partner, sector, service = kinds[place]
        where.append((partner, sector, service, str(chance.choice(list(WORDS["role_group"])))))
        employer.append(f"{partner}{chance.integers(homes)}" if partner in ("elm", "fir") else partner)
    says = {name: _said(chance, name, size) for name in FIELDS}
    return World(where, employer, says, chance.integers(0, 256, size).tolist())


def _said(chance, name, size):
    values = [*values_of(BY_NAME[name].field), None]
    return [values[place] for place in chance.choice(len(values), size, p=chance.dirichlet(np.ones(len(values))))]


def counted_of(world, *, order=None):
    """What would be counted of it."""
    order = list(range(len(world))) if order is None else order
    blocks = {"posts": _block(world, order, "posts", [EVERY] * len(world))}
    blocks |= {name: _block(world, order, name, said) for name, said in world.says.items()}
    halves = np.array([0.5 if post % 2 else 1 for post in range(len(world))])
    blocks["wte"] = _block(world, order, "wte", [EVERY] * len(world), weights=halves)
    for at, flow in enumerate((*FLOWS, "employees")):
        said = [
            EVERY if (post * 7 + at) % (3 if flow != "employees" else 1) == 0 else None for post in range(len(world))
        ]
        blocks[flow] = _block(world, order, flow, said, keyless=True)
    for flow in FLOWS:
        blocks[f"employees_of_{flow}"] = _block(
            world, order, f"employees_of_{flow}", [EVERY] * len(world), keyless=True
        )
    return Counted(tuple(NAMES), WORDS | {"partner": NAMES}, blocks, _summaries(), [_estimate()], snapshots={})


def _block(world, order, name, said, *, weights=None, keyless=False):
    measure = BY_NAME[name]
    values = (*(values_of(measure.field) if measure.columns else (EVERY,)), NO_VALUE)
    posts = [(world.where[post], world.employer[post]) for post in order]
    grains = {grain: place for place, grain in enumerate(dict.fromkeys(posts))}
    shape = (len(grains), len(values))
    counts, keys, bases = np.zeros(shape), np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    for post, grain in zip(order, posts, strict=True):
        at = grains[grain], values.index(NO_VALUE if said[post] is None else said[post])
        counts[at] += 1 if weights is None else weights[post]
        keys[at] += world.keys[post]
        bases[at] += 1
    counts = counts.astype(np.int32) if weights is None else counts
    is_sum = measure.kind is Kind.SUM
    return Block(_grains(list(grains)), values, counts, None if keyless else keys, bases if is_sum else None)


def _grains(grains):
    words = {"partner": tuple(NAMES)} | {name: tuple(WORDS[name]) for name in DIMENSIONS[1:]}
    places = {
        name: np.array([words[name].index(where[at]) for where, _ in grains], np.int32)
        for at, name in enumerate(DIMENSIONS)
    }
    employers = sorted({who for _, who in grains})
    return Grains(words, places, np.array([employers.index(who) for _, who in grains], np.int32))


def _summaries():
    def pay(rows, row, contributors, base=300):
        figures = {"p10": 11.44, "p25": 11.91, "p50": 12.63, "p75": 14.02, "p90": 17.77}
        return Summary(rows, row, figures, base, contributors, 0.4)

    of_pay = [pay("sector", "la", 1), pay("sector", "independent_private", 9), pay("sector", None, 20)]
    of_pay += [pay("partner", "fir", 9), pay("role", "care_worker", 9, 60)]
    return {"hourly_pay": of_pay, "sick_days": [Summary("sector", None, {"mean": 6.3312}, 300, 20, 0.4)]}


def _estimate():
    return Estimate("share_over_50", 0.3649, 0.371, 0.3, 0.45, 0.6, 4000, 12)
