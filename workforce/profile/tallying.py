"""The posts of one return, counted by grain and by the values of every field: one pass over each column.

    counts[grain, value] = posts of the grain that have the value        keys[grain, value] = sum of their record keys

After the values come a column for posts without one (unknown, refused, missing), and nothing for those to which the
field does not apply.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import numpy as np

from workforce.posts import STATES, vocabulary
from workforce.profile.declaring import Kind
from workforce.profile.fields import (
    DERIVED,
    EXPERIENCE,
    experience_band,
    values_of,
    years_since_month,
    years_since_year,
)
from workforce.profile.grains import OF_POSTS, Local, grains_of
from workforce.profile.measures import forms, of_kind
from workforce.profile.reading import Snapshot
from workforce.template import GIVEN, NOT_APPLICABLE

# Roles of the common list all or most of whose codes the national list says to provide care.
CARE_ROLES = ("registered_manager", "senior_care_worker", "care_worker", "support_outreach_worker")
POSTS = of_kind(Kind.POSTS)


@dataclass(eq=False)
class Tally:
    """One measure in one return."""

    local: Local
    counts: np.ndarray
    keys: np.ndarray | None = None
    bases: np.ndarray | None = None

    @property
    def given(self):
        counts = self.counts if self.bases is None else self.bases
        return int(counts[:, :-1].sum())

    @property
    def eligible(self):
        return int((self.counts if self.bases is None else self.bases).sum())


@dataclass(eq=False)
class Population:
    """Posts that a measure is about, as positions of rows (None: all), with their grains and record keys."""

    rows: np.ndarray | None
    local: Local
    record_keys: np.ndarray

    def of(self, column):
        return column if self.rows is None else column[self.rows]


@dataclass(eq=False)
class Counting:
    """What is at hand while one snapshot is counted."""

    snapshot: Snapshot
    as_at: date
    filled: Population
    left: Population
    provides_care: np.ndarray  # along rows
    tallies: dict[str, Tally] = field(default_factory=dict)


def record_keys(short, secret: bytes):
    """The top 8 bits of (first 8 bytes of the post's pseudonym x an odd constant made of the secret): 0 to 255.

    The same post has the same key in every snapshot. Multiplicative hashing: Knuth, The Art of Computer Programming 3.
    """
    constant = int.from_bytes(hmac.digest(secret, b"record keys", hashlib.sha256)[:8], "big") | 1
    with np.errstate(over="ignore"):
        return (np.asarray(short, np.uint64) * np.uint64(constant) >> np.uint64(56)).astype(np.uint8)


def begin(snapshot, as_at, secret, counts_here) -> Counting:
    """`counts_here`: which services (positions of the template's vocabulary) of this return count."""
    read = dict(snapshot.columns([*OF_POSTS, "role", "establishment_key", "post_key"]))
    here = counts_here[read["service"]]
    keys = record_keys(read.pop("post_key"), secret)
    filled, left = (_population(read, keys, mask & here) for mask in (snapshot.is_filled, snapshot.is_left))
    care = np.isin(read["role"], [vocabulary("role").index(role) for role in CARE_ROLES])
    return Counting(snapshot, as_at, filled, left, care)


def _population(read, keys, mask):
    rows = None if mask.all() else np.flatnonzero(mask)
    population = Population(rows, None, None)
    local = grains_of(*(population.of(read[name]) for name in OF_POSTS), population.of(read["establishment_key"]))
    return Population(rows, local, population.of(keys).astype(float))


def tally_posts(counting):
    """Every measure of posts by category."""
    stream = counting.snapshot.columns([name for measure in POSTS for name in columns_of(measure.field)])
    for measure in POSTS:
        read = [next(stream)[1] for _ in columns_of(measure.field)]
        counting.tallies[measure.name] = _tally(counting, measure, read)


def columns_of(name):
    """The columns of a snapshot that a field is made of."""
    if not name:
        return ()
    return (f"{DERIVED[name]}_state", DERIVED[name]) if name in DERIVED else (name,)


def _tally(counting, measure, read):
    population = counting.left if measure.population == forms.LEFT else counting.filled
    if not measure.field:
        codes, many = np.zeros(len(population.record_keys), np.int8), 1
    else:
        codes, many = codes_of(measure.field, [population.of(one) for one in read], counting.as_at)
    if measure.population == forms.CARE_PROVIDING:
        codes = np.where(population.of(counting.provides_care), codes, many + 1)
    return tally(population, codes, many)


def codes_of(name, read, as_at):
    """(codes, number of values K): 0 to K - 1 a value, K none, K + 1 where the field does not apply."""
    if name in DERIVED:
        return _experience(name, *read, as_at), len(EXPERIENCE)
    along = _along(name)
    return along[read[0]], len(values_of(name))


@cache
def _along(name):
    """From positions in the template's vocabulary to codes."""
    values = values_of(name)
    place_of = {value: place for place, value in enumerate(values)} | {NOT_APPLICABLE: len(values) + 1}
    return np.array([place_of.get(word, len(values)) for word in vocabulary(name)], np.int8)


def _experience(name, state, when, as_at):
    given = state == STATES.index(GIVEN)
    years_since = years_since_month if name == "experience_role" else years_since_year
    band = experience_band(years_since(np.where(given, when, 0), as_at))
    codes = np.where(given & (band >= 0), band, len(EXPERIENCE))
    return np.where(state == STATES.index(NOT_APPLICABLE), len(EXPERIENCE) + 1, codes)


def tally(population, codes, many):
    """Counts and sums of record keys along grains and codes."""
    wide = many + 2
    cells = population.local.of_post.astype(np.int64) * wide + codes
    size, shape = len(population.local) * wide, (len(population.local), wide)
    counts = np.bincount(cells, minlength=size).reshape(shape)
    keys = np.bincount(cells, population.record_keys, size).reshape(shape)
    return Tally(population.local, counts[:, :-1].astype(np.int32), keys[:, :-1].astype(np.int32))
