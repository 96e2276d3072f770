"""Drawing at random, so that the same seed always draws the same, whatever else is drawn beside it."""

from zlib import crc32

import numpy as np


def stream(seed, *names):
    """A generator of its own for each purpose: adding a column does not change what the others draw."""
    return np.random.default_rng([seed, *(crc32(str(name).encode()) for name in names)])


def allocate(shares, many):
    """Whole numbers that add up to `many` in the ratio of `shares` (largest remainder; ties to the first)."""
    shares = np.asarray(shares, dtype=float)
    exact = shares / shares.sum() * many
    whole = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - exact, kind="stable")
    whole.ravel()[order.ravel()[: many - whole.sum()]] += 1
    return whole


def deal(rng, shares, many):
    """Indexes into `shares`, as often as the shares say exactly, in random order."""
    return rng.permutation(np.repeat(np.arange(len(shares)), allocate(shares, many)))


def pick(rng, shares, many):
    """Indexes into `shares`, each drawn by itself."""
    edges = np.cumsum(np.asarray(shares, dtype=float))
    return np.searchsorted(edges / edges[-1], rng.random(many), side="right")


def pick_by_row(rng, table, rows):
    """One column of `table` for each of `rows` (indexes of its rows), in the ratio of the shares in that row."""
    edges = np.cumsum(np.asarray(table, dtype=float), axis=1)
    edges /= edges[:, -1:]
    chosen = np.zeros(len(rows), dtype=np.int64)
    where = rng.random(len(rows))
    for column in range(edges.shape[1] - 1):
        chosen += where >= edges[rows, column]
    return chosen


def compact(columns):
    """Whole numbers in half the memory: with a million rows and fifty columns that is a few hundred megabytes."""
    return {name: column.astype(np.int32) if column.dtype == np.int64 else column for name, column in columns.items()}


def tally(names, index):
    """How often each name is meant by an index into them."""
    counts = np.bincount(index, minlength=len(names))
    return {name: int(count) for name, count in zip(names, counts, strict=True)}


def rake(start, marginals, rounds=200, tolerance=1e-10):
    """Iterative proportional fitting: the table nearest to `start` whose sums along each axis are `marginals`.

    start: array of k axes, positive where a cell may be filled. marginals: k arrays of shares, each adding up to 1.
    Each round scales the table along every axis in turn; it ends when no sum is off by more than `tolerance`.
    Source: Deming and Stephan (1940).
    """
    table = start / start.sum()
    for _ in range(rounds):
        for axis, wanted in enumerate(marginals):
            others = tuple(other for other in range(table.ndim) if other != axis)
            factor = np.asarray(wanted) / table.sum(axis=others)
            table = table * factor.reshape([-1 if other == axis else 1 for other in range(table.ndim)])
        if _furthest(table, marginals) < tolerance:
            break
    return table


def _furthest(table, marginals):
    off = 0.0
    for axis, wanted in enumerate(marginals):
        others = tuple(other for other in range(table.ndim) if other != axis)
        off = max(off, float(np.abs(table.sum(axis=others) - wanted).max()))
    return off


def calibrate(scores, target):
    """The constant a for which the mean of 1 / (1 + exp(-(a + score))) is `target` (bisection)."""
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        mean = float(np.mean(1 / (1 + np.exp(-(middle + scores)))))
        low, high = (middle, high) if mean < target else (low, middle)
    return (low + high) / 2
