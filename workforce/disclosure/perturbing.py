"""Counts for the public: a little noise that goes by the very posts behind a count, then the threshold, then rounding.

The construction of the Office for National Statistics (cell-key perturbation). Every post has a record key that stays;
a cell's key is the sum of those of its posts, modulo 256, and with the count it says what is added. So the same posts
give the same figure wherever and however often they are asked for, and averaging over many requests tells nothing.
"""

import numpy as np

KEYS = 256
_ROWS, _CYCLE = 750, 250  # the table of noise has a row for each count to 750; larger counts use its last 250 in turn
_TURN = 97  # by which a row's noise is turned against the one before it; odd, so all keys come up


def row_of_noise(counts):
    """The row of the table of noise: n for n <= 750, otherwise ((n - 1) mod 250) + 501. Source: ONS, as above."""
    counts = np.asarray(counts)
    return np.where(counts <= _ROWS, counts, (counts - 1) % _CYCLE + _ROWS - _CYCLE + 1)


def noise_by_key(largest):
    """The noise of each of the 256 keys: between -largest and largest, symmetrical, so its mean is nought.

    Each step away from nought is half as likely as the one before it: for 2, the keys are shared out 26, 51, 102, 51,
    26.
    """
    steps = np.arange(-largest, largest + 1)
    weights = 0.5 ** np.abs(steps)
    keys = np.round(KEYS * weights / weights.sum()).astype(np.int64)
    keys[largest] += KEYS - keys.sum()
    return np.repeat(steps, keys)


def noise(counts, keys, rules):
    """What is added to each count, int, for sums of record keys of the same shape; nothing to a count of nobody."""
    counts = np.asarray(counts)
    place = (np.asarray(keys).astype(np.int64) % KEYS + _TURN * row_of_noise(counts)) % KEYS
    return np.where(counts > 0, noise_by_key(rules.noise)[place], 0)


def rounded(numbers, base):
    """To the nearest multiple of the base, the higher one of two, as int."""
    return (np.floor(np.asarray(numbers) / base + 0.5) * base).astype(np.int64)


def shown(counts, keys, rules, threshold):
    """Counts as the public sees them, int, and whether each is hidden, bool: (values, hidden).

    A count is hidden below the threshold, before the noise or after it; nought as well. Values are 0 where hidden.
    """
    counts = np.asarray(counts)
    noisy = counts + noise(counts, keys, rules)
    hidden = (counts < threshold) | (noisy < threshold)
    return np.where(hidden, 0, rounded(noisy, rules.base)), hidden


def shown_sums(sums, counts, keys, rules, threshold):
    """Sums over posts (such as WTE), as the public sees them: moved in proportion to their count, then as `shown`."""
    counts = np.asarray(counts)
    moved = sums * (counts + noise(counts, keys, rules)) / np.maximum(counts, 1)
    hidden = (counts < threshold) | (moved < threshold)
    return np.where(hidden, 0, rounded(moved, rules.base)), hidden


def reach(rules):
    """How far a shown count is from the true one at most: noise, and rounding to the nearest."""
    return rules.noise + rules.base // 2
