"""Sums over the posts of one return: whole-time equivalents, people, days sick, and pay as a distribution."""

from dataclasses import dataclass

import numpy as np

from workforce.posts import STATES
from workforce.profile.grains import Local
from workforce.profile.matching import first_of_each
from workforce.profile.tally import Tally, tally
from workforce.template import GIVEN, NOT_APPLICABLE

VALUE, NONE, NOT_ASKED = range(3)  # codes of a measure with one column: has a value, has none, does not apply


@dataclass(frozen=True, eq=False)
class Ratio:
    """sum of `numerator` / sum of `denominator` along grains, and the `base`: posts behind it. One return."""

    local: Local
    numerator: np.ndarray
    denominator: np.ndarray
    base: np.ndarray
    eligible: int  # posts that could have a value

    @property
    def given(self):
        return int(self.base.sum())


def tally_sums(counting):
    """Whole-time equivalents and people, and the means of the return."""
    names = ("fte37", "sick_days", "fte_days_lost", "fte_days_available")
    stream = counting.snapshot.columns([column for name in names for column in (f"{name}_state", name)])
    read = {name: counting.filled.of(column) for name, column in stream}
    counting.tallies["wte"] = _wte(counting.filled, read["fte37_state"], read["fte37"])
    counting.tallies["people"] = people(counting.filled, counting.filled.of(counting.snapshot.column("person_key")))
    counting.ratios["sick_days"] = _mean(counting.filled, read["sick_days_state"], read["sick_days"])
    counting.ratios["sickness_rate"] = _sickness(counting.filled, read)


def codes_of_state(state):
    """Codes of a number by the word beside it."""
    along = np.full(len(STATES), NONE, np.int8)
    along[STATES.index(GIVEN)], along[STATES.index(NOT_APPLICABLE)] = VALUE, NOT_ASKED
    return along[state]


def along_grains(local, weights):
    return np.bincount(local.of_post, weights, len(local))


def _wte(population, state, values):
    posts = tally(population, codes_of_state(state), 1)
    sums = np.zeros(posts.counts.shape)
    sums[:, 0] = along_grains(population.local, np.nan_to_num(values))
    return Tally(posts.local, sums, posts.keys, bases=posts.counts)


def people(population, person):
    """People of one return: each is counted with the first of their posts; a post of nobody known is one person.

    `person` along posts: the number of the person, 0 where it is not known.
    """
    known = person != 0
    first = ~known
    first[known] = first_of_each(person[known])
    posts = tally(population, np.where(known, VALUE, NONE).astype(np.int8), 1)
    counts, keys = np.zeros(posts.counts.shape, np.int32), np.zeros(posts.keys.shape, np.int32)
    counts[:, 0] = along_grains(population.local, first)
    keys[:, 0] = along_grains(population.local, first * population.record_keys)
    return Tally(posts.local, counts, keys, bases=posts.counts)


def _mean(population, state, values):
    """Mean = sum over posts with a value / posts with a value."""
    codes = codes_of_state(state)
    given = (codes == VALUE) & ~np.isnan(values)
    base = along_grains(population.local, given)
    total = along_grains(population.local, np.where(given, values, 0))
    return Ratio(population.local, total, base, base, int((codes != NOT_ASKED).sum()))


def _sickness(population, read):
    """Rate = WTE days lost / WTE days available, over posts with both; in per cent. Source: NHS England."""
    lost, available = read["fte_days_lost"], read["fte_days_available"]
    given = ~np.isnan(lost) & ~np.isnan(available)
    numerator, denominator = (along_grains(population.local, np.where(given, one, 0)) for one in (lost, available))
    asked = codes_of_state(read["fte_days_lost_state"]) != NOT_ASKED
    return Ratio(population.local, 100 * numerator, denominator, along_grains(population.local, given),
                 int(asked.sum()))  # fmt: skip
