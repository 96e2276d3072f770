"""Whether a figure gives away an employer: too few stand behind it, or one of them is nearly all of it.

The rule p% (European Handbook on Statistical Disclosure Control, chapter 4; p = 10 as in the checker ACRO and the
employer surveys on Nomis): of the total T, with the largest contribution x1 and the second x2, whoever gave x2 can work
out x1 to within T - x1 - x2. A figure is dominated where that is less than p of x1.
"""

from dataclasses import dataclass

import numpy as np

_NEARLY = 1e-9  # so that 0.1 x 30 is not more than 3


def is_dominated(contributions, rules):
    """Whether T - x1 - x2 < p · x1 for these contributions (numbers, in any order); nobody's is not dominated."""
    ordered = sorted(contributions, reverse=True)
    largest, second = [*ordered, 0, 0][:2]
    return bool(sum(ordered) - largest - second < rules.p_percent * largest - _NEARLY)


def contributors(contributions):
    """How many have given anything."""
    return sum(contribution > 0 for contribution in contributions)


def gives_away_an_employer(contributions, rules):
    """Whether too few stand behind the figure, or one of them dominates it; a figure of nobody gives none away."""
    behind = contributors(contributions)
    return bool(behind) and (behind < rules.fewest_contributors or is_dominated(contributions, rules))


@dataclass(frozen=True, eq=False)
class Concentration:
    """Who is behind each cell of a table: arrays of rows x columns."""

    total: np.ndarray
    largest: np.ndarray
    second: np.ndarray
    contributors: np.ndarray

    def gives_away(self, rules):
        """For each cell what `gives_away_an_employer` says of its contributions; boolean, rows x columns."""
        few = self.contributors < rules.fewest_contributors
        left = self.total - self.largest - self.second
        return (self.contributors > 0) & (few | (left < rules.p_percent * self.largest - _NEARLY))


def concentration_of(given):
    """The same of an array that has each contributor's part already: rows x contributors x columns."""
    ordered = np.sort(given, axis=1)[:, -2:] if given.shape[1] > 1 else np.pad(given, ((0, 0), (1, 0), (0, 0)))
    return Concentration(given.sum(axis=1), ordered[:, 1], ordered[:, 0], (given > 0).sum(axis=1))


def concentration(rows, contributor, counts, how_many_rows):
    """The largest contributions to each cell of a table.

    rows: for each grain the place of its row, -1 where it is in none; contributor: for each grain its number, int;
    counts: grains x columns. What a contributor has in a cell is the sum over its grains there.
    """
    inside = rows >= 0
    who, place = np.unique(np.stack([rows[inside], contributor[inside]]), axis=1, return_inverse=True)
    given = np.zeros((who.shape[1], counts.shape[1]), dtype=counts.dtype)
    np.add.at(given, place.reshape(-1), counts[inside])
    return _two_largest(who[0], given, how_many_rows)


def _two_largest(rows, given, how_many_rows):
    total, largest, second, contributors = np.zeros((4, how_many_rows, given.shape[1]), dtype=given.dtype)
    for row in np.unique(rows):
        theirs = np.sort(given[rows == row], axis=0)
        total[row], contributors[row] = theirs.sum(axis=0), (theirs > 0).sum(axis=0)
        largest[row] = theirs[-1]
        second[row] = theirs[-2] if len(theirs) > 1 else 0
    return Concentration(total, largest, second, contributors)
