"""Posts counted along their grains and the values of a field.

    counts[grain, value] = posts of the grain that have the value        keys[grain, value] = sum of their record keys

After the values comes a column for posts without one (unknown, refused, missing), and none for those to which the
field does not apply.
"""

import hashlib
import hmac
from dataclasses import dataclass

import numpy as np

from workforce.profile.grains import Local


@dataclass(eq=False)
class Tally:
    """One measure in one return. `bases`, where there are any, say how many posts or workplaces are behind sums."""

    local: Local
    counts: np.ndarray
    keys: np.ndarray | None = None
    bases: np.ndarray | None = None

    @property
    def behind(self):
        return self.counts if self.bases is None else self.bases

    @property
    def given(self):
        return int(self.behind[:, :-1].sum())

    @property
    def eligible(self):
        return int(self.behind.sum())


@dataclass(frozen=True, eq=False)
class Population:
    """Posts that a measure is about, as positions of rows (None: all), with their grains and record keys."""

    rows: np.ndarray | None
    local: Local
    record_keys: np.ndarray  # as floats, because sums are made of them

    def of(self, column):
        return column if self.rows is None else column[self.rows]


def record_keys(short, secret: bytes):
    """The top 8 bits of (first 8 bytes of the pseudonym x an odd constant made of the secret): 0 to 255.

    The same post has the same key in every snapshot. Multiplicative hashing: Knuth, The Art of Computer Programming 3.
    """
    constant = int.from_bytes(hmac.digest(secret, b"record keys", hashlib.sha256)[:8], "big") | 1
    with np.errstate(over="ignore"):
        return (np.asarray(short, np.uint64) * np.uint64(constant) >> np.uint64(56)).astype(np.uint8)


def tally(population, codes, many):
    """Counts and sums of record keys. `codes` along posts: below `many` a value, `many` none, one more: not asked."""
    wide = many + 2
    cells = population.local.of_post * wide + codes
    size, shape = len(population.local) * wide, (len(population.local), wide)
    counts = np.bincount(cells, minlength=size).reshape(shape)
    keys = np.bincount(cells, population.record_keys, size).reshape(shape)
    return Tally(population.local, counts[:, :-1].astype(np.int32), keys[:, :-1].astype(np.int32))
