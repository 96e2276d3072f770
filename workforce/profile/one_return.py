"""One return, counted by everything: one pass over each column of its snapshot, a few columns at a time."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from workforce.posts import vocabulary
from workforce.profile import estimating
from workforce.profile.coding import codes_of, columns_of
from workforce.profile.declaring import Kind
from workforce.profile.grains import OF_POSTS, grains_of
from workforce.profile.measures import forms, of_kind
from workforce.profile.pay import Pay, tally_pay
from workforce.profile.reading import Snapshot
from workforce.profile.sums import Ratio, tally_sums
from workforce.profile.tally import Population, Tally, record_keys, tally
from workforce.profile.workplaces import Workplaces, of_posts, read_workplaces, tally_workplaces

# Roles of the common list all or most of whose codes the national list says to provide care.
CARE_ROLES = ("registered_manager", "senior_care_worker", "care_worker", "support_outreach_worker")
POSTS = of_kind(Kind.POSTS)


@dataclass(eq=False)
class Counting:
    """What is at hand while one return is counted, and what comes of it."""

    snapshot: Snapshot
    as_at: date
    services: np.ndarray  # mask along the template's vocabulary, which of them count in this return
    workplaces: Workplaces
    filled: Population
    left: Population
    provides_care: np.ndarray  # along rows
    strata: np.ndarray | None  # along filled posts, where shares of the whole sector are estimated
    tallies: dict[str, Tally] = field(default_factory=dict)
    ratios: dict[str, Ratio] = field(default_factory=dict)
    pay: Pay | None = None
    answers: estimating.Answers | None = None


def count_return(one, *, secret, services, with_estimates) -> Counting:
    """`services`: mask along the template's vocabulary, which of them count in this return."""
    counting = _begin(Snapshot(one.posts), one, secret, services, with_estimates)
    by_value = _tally_posts(counting)
    tally_sums(counting)
    tally_pay(counting)
    here = services[counting.workplaces.service]
    counting.tallies |= tally_workplaces(counting.workplaces, here, one.as_at, secret)
    if with_estimates:
        filled = np.bincount(counting.strata, minlength=estimating.STRATA + 1)[:-1]
        counting.answers = estimating.answers_of(counting.workplaces, here, by_value, filled, one.as_at)
    return counting


def _begin(snapshot, one, secret, services, with_estimates):
    read = dict(snapshot.columns([*OF_POSTS, "role", "establishment_key", "post_key"]))
    keys, here = record_keys(read.pop("post_key"), secret), services[read["service"]]
    workplaces = read_workplaces(one.establishments) if one.establishments else of_posts(snapshot, read)
    place = workplaces.place_of(read["establishment_key"])
    filled = _population(read, place, keys, snapshot.is_filled & here)
    left = _population(read, place, keys, snapshot.is_left & here & ~_is_in(workplaces.is_closed, place))
    care = np.isin(read["role"], [vocabulary("role").index(role) for role in CARE_ROLES])
    strata = estimating.strata_of(workplaces, filled.of(place)) if with_estimates else None
    return Counting(snapshot, one.as_at, services, workplaces, filled, left, care, strata)


def _is_in(mask, place):
    """Whether the workplace of each post is one that `mask` marks."""
    return np.append(mask, False)[place]


def _population(read, place, keys, mask):
    rows = None if mask.all() else np.flatnonzero(mask)
    kept = [column if rows is None else column[rows] for column in (*(read[name] for name in OF_POSTS), place, keys)]
    return Population(rows, grains_of(*kept[:4]), kept[4].astype(float))


def _tally_posts(counting):
    """Every measure of posts by category; what estimates need besides: {measure: posts by stratum and code}."""
    stream = counting.snapshot.columns([name for measure in POSTS for name in columns_of(measure.field)])
    by_stratum = {}
    for measure in POSTS:
        read = [next(stream)[1] for _ in columns_of(measure.field)]
        population = counting.left if measure.population == forms.LEFT else counting.filled
        codes, many = _codes(counting, population, measure, read)
        counting.tallies[measure.name] = tally(population, codes, many)
        if counting.strata is not None and measure.name in estimating.OF_POSTS:
            by_stratum[measure.name] = estimating.by_stratum(counting.strata, codes, many)
    return by_stratum


def _codes(counting, population, measure, read):
    if not measure.field:
        return np.zeros(len(population.record_keys), np.int8), 1
    codes, many = codes_of(measure.field, [population.of(one) for one in read], counting.as_at)
    if measure.population == forms.CARE_PROVIDING:
        codes = np.where(population.of(counting.provides_care), codes, many + 1)
    return codes, many
