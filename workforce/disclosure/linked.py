"""All tables of one field at once: they are linked through the posts behind them, so they are judged together.

An *atom* is a group of posts that every table treats alike. A *value* is what a post can have in the field; a *column*
is a set of values that is shown as one figure, such as all posts of a row. Tables are *views*: one for each breakdown
of rows, and those of earlier releases that were made of the same posts.
"""

from dataclasses import dataclass, field

import numpy as np

EACH_SERVICE = "each service"  # the silent view of services that are put together
ENDLESS = 1 << 40  # as many as one likes: posts elsewhere, of whom nothing is shown


@dataclass(eq=False)
class View:
    """One breakdown of rows. `place[atom]` is its row; `shows[value, column]` whether a column counts a value."""

    place: np.ndarray
    shows: np.ndarray
    hidden: np.ndarray  # [rows, columns]
    counts: np.ndarray  # [rows, columns]
    owned: np.ndarray  # [rows]: the only partner in the row, or -1
    fixed: bool = False  # made already: nothing more can be hidden in it
    of: str = ""  # of a fixed one: the view of the same breakdown
    silent: bool = False  # not shown at all, so that all of it is hidden; its small cells must not be worked out either
    watched: np.ndarray | None = (
        None  # [rows, columns] of a fixed one: hidden cells that must not be worked out now either
    )
    locked: np.ndarray | None = None  # columns in which nothing more can be hidden, because other tables show them

    @property
    def rows(self):
        return len(self.hidden)


@dataclass(eq=False)
class Linked:
    """The tables of one field. `counts[atom, value]`; `partner[atom]`; values elsewhere are ENDLESS.

    `always`: numbers of groups of atoms across which nothing can be exchanged, whatever is hidden. `possible`: [atom,
    value] where it is known that some atoms cannot have some values.
    """

    partner: np.ndarray
    partners: int
    counts: np.ndarray
    always: np.ndarray | None = None
    possible: np.ndarray | None = None
    views: dict[str, View] = field(default_factory=dict)

    def __post_init__(self):
        if self.always is None:
            self.always = np.zeros(self.atoms, np.int64)

    @property
    def atoms(self):
        return len(self.partner)

    def of_pair(self, first, second):
        """Posts with either value, where both values are possible."""
        counts = self.counts[:, first], self.counts[:, second]
        if self.possible is None:
            return counts
        both = self.possible[:, first] & self.possible[:, second]
        return counts[0] * both, counts[1] * both

    def add(self, name, place, shows, rows, *, hidden=None, of="", silent=False, watched=None):
        """A view by rows; which partner is alone in a row is worked out here."""
        place = np.asarray(place)
        shows = np.asarray(shows, bool)
        counts = sums(place, self.finite(), rows) @ shows
        hidden = np.full((rows, shows.shape[1]), silent) if hidden is None else hidden.copy()
        owned = owners(place, self.partner, rows)
        self.views[name] = View(place, shows, hidden, counts, owned, bool(of), of, silent, watched)

    def finite(self):
        """Counts of posts, without those elsewhere."""
        return np.where(self.counts >= ENDLESS, 0, self.counts)


def sums(place, counts, rows):
    """`counts[atom, value]` added up to [row, value]; atoms without a row (-1) are left out."""
    total = np.zeros((rows, counts.shape[1]), np.int64)
    inside = place >= 0
    np.add.at(total, place[inside], counts[inside])
    return total


def owners(place, partner, rows):
    """The only partner in each row, or -1 where there are several or none."""
    least, most = np.full(rows, np.iinfo(np.int64).max), np.full(rows, -1)
    inside = place >= 0
    np.minimum.at(least, place[inside], partner[inside])
    np.maximum.at(most, place[inside], partner[inside])
    return np.where(least == most, most, -1)
