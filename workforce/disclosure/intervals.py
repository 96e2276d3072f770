"""What a reader can work out from shown figures, as intervals: arithmetic of bounds, for the gate to check itself by.

Each figure lies between two whole numbers. A *sum* says that one figure is the sum of others; `tightened` carries
bounds along all sums until nothing changes. An attacker with integer programming finds at best a little more.
"""

import numpy as np

ANY = 10**9  # more than there are posts: no upper bound


def around(shown, base, *, noise=0, steps=0):
    """Bounds of the count behind a shown multiple of the base: nought or more.

    Rounded to the nearest with `steps` None it is within base // 2. Where rounding may go to either neighbour
    (`steps` = 0) or that many multiples further, it is within base - 1 + steps · base. `noise` comes on top. Source:
    European Handbook on Statistical Disclosure Control, chapter 5 (zero-restricted controlled rounding).
    """
    reach = (base // 2 if steps is None else base - 1 + steps * base) + noise
    return max(0, shown - reach), shown + reach


def difference(whole, part):
    """Bounds of the rest, nought or more, when a part is taken from a whole; both as (low, high)."""
    return max(0, whole[0] - part[1]), max(0, whole[1] - part[0])


def is_wide(bounds, rules):
    """Whether a reader is left with enough values: high - low at least rules.width."""
    return bounds[1] - bounds[0] >= rules.width


class Sums:
    """Sums that hold at once: pairs (position of the total, positions of its parts), as flat arrays."""

    def __init__(self, pairs):
        pairs = [(total, parts) for total, parts in pairs if len(parts)]
        many = [len(parts) for _, parts in pairs]
        self.totals = np.array([total for total, _ in pairs], dtype=np.int64)
        self.parts = np.concatenate([np.zeros(0, np.int64), *(np.asarray(parts) for _, parts in pairs)])
        self.sum_of = np.repeat(np.arange(len(pairs)), many)
        self.starts = np.cumsum([0, *many[:-1]]) if pairs else np.zeros(0, np.int64)

    @property
    def figures(self):
        """One more than the last position in any sum."""
        return 1 + max(self.totals.max(initial=-1), self.parts.max(initial=-1))

    def added(self, numbers):
        return np.add.reduceat(numbers[self.parts], self.starts) if len(self.totals) else np.zeros(0, np.int64)


def tightened(low, high, sums: Sums, *, rounds=50):
    """The bounds (int arrays along figures) after all sums were used as often as they tell anything.

    A total lies between the sums of its parts' bounds, and a part between what is left when the others are as large, or
    as small, as they can be. After so many rounds it stops: bounds that still move then move by little.
    """
    for _ in range(rounds):
        new_low, new_high = _once(low, high, sums)
        if (new_low == low).all() and (new_high == high).all():
            break
        low, high = new_low, new_high
    return low, high


def _once(low, high, sums):
    low, high, parts = low.copy(), high.copy(), sums.parts
    all_low, all_high = sums.added(low), sums.added(high)
    np.maximum.at(low, sums.totals, all_low)
    np.minimum.at(high, sums.totals, all_high)
    least, most = (low[sums.totals] - all_high)[sums.sum_of], (high[sums.totals] - all_low)[sums.sum_of]
    part_low, part_high = low[parts], high[parts]
    np.maximum.at(low, parts, part_high + least)
    np.minimum.at(high, parts, part_low + most)
    return low, high
