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


def tightened(low, high, sums, *, rounds=50):
    """The bounds (arrays along figures) after all sums were used as often as they tell anything.

    sums: pairs (position of the total, array of the positions of its parts). The arrays are changed and returned.
    After so many rounds it stops: bounds that still move then move by little.
    """
    moved = np.ones(len(low), bool)
    for _ in range(rounds):
        before, moved = moved, np.zeros(len(low), bool)
        for total, parts in sums:
            if before[total] or before[parts].any():
                _use(low, high, total, parts, moved)
        if not moved.any():
            break
    return low, high


def _use(low, high, total, parts, moved):
    """Tightens the bounds of one sum in place and marks in `moved` which figures' bounds did move."""
    lows, highs = low[parts], high[parts]
    all_low, all_high = int(lows.sum()), int(highs.sum())
    least, most = max(int(low[total]), all_low), min(int(high[total]), all_high)
    moved[total] |= least > low[total] or most < high[total]
    low[total], high[total] = least, most
    new_lows, new_highs = np.maximum(lows, least - all_high + highs), np.minimum(highs, most - all_low + lows)
    moved[parts] |= (new_lows > lows) | (new_highs < highs)
    low[parts], high[parts] = new_lows, new_highs
