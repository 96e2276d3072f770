"""Hourly pay as a distribution in pence: which pay counts, and percentiles of it."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from workforce.posts import STATES, vocabulary
from workforce.profile.grains import Local, without_words
from workforce.template import FIELDS, GIVEN, NOT_APPLICABLE

LEAST, MOST = 500, 20_000  # pence an hour; the upper limit is that of the national service for a stored record
PERCENTILES = (10, 25, 50, 75, 90)
BY = ("role", "sector")

# From the day: (21 and over, 18 to 20, under 18 and apprentices), in pence. Source: National Minimum Wage Regulations
# as amended each April; until April 2024 the first rate began at 23, and the rate of 21 and 22 is used here.
MINIMUM = (
    (date(2021, 4, 1), (836, 656, 430)),
    (date(2022, 4, 1), (918, 683, 481)),
    (date(2023, 4, 1), (1018, 749, 528)),
    (date(2024, 4, 1), (1144, 860, 640)),
    (date(2025, 4, 1), (1221, 1000, 755)),
    (date(2026, 4, 1), (1271, 1085, 800)),
)


@dataclass(frozen=True, eq=False)
class Pay:
    """The pay of one return: posts by role or sector (a row for none last) and pence, and posts along grains and by
    role and contributor.
    """

    local: Local
    pence: dict[str, np.ndarray]  # "role" and "sector" -> [value, pence]
    base: np.ndarray  # along grains
    by_role: np.ndarray  # [role, contributor]
    eligible: int
    too_low_or_high: int

    @property
    def given(self):
        return int(self.base.sum())


def minimum_pay(as_at: date, ages, apprentice):
    """The least that is lawful, in pence an hour, along posts; ages in years (NaN where unknown: the lowest rate)."""
    rates = next((rates for day, rates in reversed(MINIMUM) if day <= as_at), (LEAST,) * 3)
    ages = np.asarray(ages, float)
    return np.select([np.asarray(apprentice, bool), ages >= 21, ages >= 18], [rates[2], rates[0], rates[1]], rates[2])


def percentiles(counts, at=PERCENTILES):
    """Percentiles of values 0, 1, 2 … from how often each occurs, between neighbours in a straight line.

    The same as numpy's usual ones (Hyndman and Fan, type 7). `counts` not negative, at least one; raises ValueError
    where there is none.
    """
    below = np.cumsum(counts)
    many = int(below[-1]) if len(below) else 0
    if not many:
        raise ValueError("There are no percentiles of nothing")
    rank = (many - 1) * np.asarray(at, float) / 100
    low, high = (np.searchsorted(below, whole, side="right") for whole in (np.floor(rank), np.ceil(rank)))
    return low + (high - low) * (rank - np.floor(rank))


def tally_pay(counting):
    """The pay of employees in filled posts."""
    names = ("hourly_pay_state", "hourly_pay", "is_employee", "age", "apprentice", "role", "sector")
    population = counting.filled
    read = {name: population.of(column) for name, column in counting.snapshot.columns(names)}
    employed = read["is_employee"] == vocabulary("is_employee").index("yes")
    given = employed & (read["hourly_pay_state"] == STATES.index(GIVEN))
    pence = np.rint(100 * np.where(given, np.nan_to_num(read["hourly_pay"]), 0)).astype(np.int64)
    apprentice = read["apprentice"] == vocabulary("apprentice").index("yes")
    counts = given & (pence >= minimum_pay(counting.as_at, read["age"], apprentice)) & (pence <= MOST)
    asked = employed & (read["hourly_pay_state"] != STATES.index(NOT_APPLICABLE))
    counting.pay = _pay(population.local, read, pence, counts, int(asked.sum()), int((given & ~counts).sum()))


def _pay(local, read, pence, counts, eligible, beyond):
    kept = np.flatnonzero(counts)
    values = {name: without_words(name, read[name][kept]).astype(np.int64) for name in BY}
    histograms = {name: _table(along, pence[kept], len(FIELDS[name].values), MOST) for name, along in values.items()}
    base = np.bincount(local.of_post[kept], minlength=len(local))
    by_role = _table(values["role"], local.contributor[local.of_post[kept]], len(FIELDS["role"].values),
                     local.contributors - 1)  # fmt: skip
    return Pay(local, histograms, base, by_role, eligible, beyond)


def _table(rows, columns, none, most):
    """How often each row and column (0 to `most`) goes together; rows of -1 come last."""
    wide = most + 1
    cells = np.where(rows < 0, none, rows) * wide + columns
    return np.bincount(cells, minlength=(none + 1) * wide).reshape(none + 1, wide).astype(np.int32)
