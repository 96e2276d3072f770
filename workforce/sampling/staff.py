"""The staff of one large employer, a trust or a council: who they are, and their comings and goings."""

from dataclasses import dataclass

import numpy as np

from workforce.sampling.cells import years_before
from workforce.sampling.drawing import allocate, rake, stream

YOUNGEST = 17
TWO_POSTS = 0.02  # of posts: held by somebody who has another with the same employer


@dataclass(frozen=True)
class Shares:
    """Tables of shares; ages are {band: (share, from, below)}."""

    ages: dict
    sexes: dict
    ethnicities: dict
    hours: dict
    turnover: float


@dataclass(frozen=True)
class Staff:
    """One element a post; `sex`, `ethnicity` and `hours` are positions in the tables of shares."""

    sex: np.ndarray
    ethnicity: np.ndarray
    hours: np.ndarray
    born: np.ndarray
    start: np.ndarray
    end: np.ndarray  # NaT: still there at the last date
    person: np.ndarray  # position of the post whose person this is
    second: np.ndarray  # whether it is this person's second post
    number: np.ndarray

    def __len__(self):
        return len(self.born)

    def take(self, rows):
        return Staff(**{name: column[rows] for name, column in vars(self).items()})


def draw_staff(seed, name, shares, rows, first, last):
    """`rows` posts on `last`, and those who left between a year before `first` and then."""
    rng = stream(seed, name, "staff")
    band, sex, ethnicity, hours = _deal(rng, shares, rows)
    years = 1 + (last - first).astype(int) / 365.25
    leavers = np.repeat(np.arange(rows), rng.poisson(shares.turnover * years, rows))
    row = np.concatenate([np.arange(rows), leavers])
    gone = np.arange(len(row)) >= rows
    until = np.where(gone, years_before(last, rng.random(len(row)) * years), last)
    age = _ages(rng, shares, band[row])
    start = years_before(until, np.minimum(rng.exponential(6.5, len(row)) + 1 / 365, age - YOUNGEST + 0.9))
    posts = {
        "sex": sex[row],
        "ethnicity": ethnicity[row],
        "hours": hours[row],
        "born": years_before(until, age),
        "start": start,
        "end": np.where(gone, until, np.datetime64("NaT")),
    }
    person = _share_people(rng, rows, posts["born"])
    posts |= {key: posts[key][person] for key in ("sex", "ethnicity", "born")}
    return Staff(
        **posts, person=person, second=person != np.arange(len(row)), number=person + 10_000_001 + seed % 1000 * 10_000
    )


def on_day(staff, day):
    """Who is in post on a day, who started and who left in the twelve months before."""
    a_year_before = day - np.timedelta64(365, "D")
    there = (staff.start <= day) & ~(staff.end <= day)
    started = (staff.start > a_year_before) & (staff.start <= day)
    left = (staff.end > a_year_before) & (staff.end <= day)
    return there, started, left


def _deal(rng, shares, rows):
    ages = {band: row[0] for band, row in shares.ages.items()}
    tables = [list(table.values()) for table in (ages, shares.sexes, shares.ethnicities, shares.hours)]
    start = np.ones([len(table) for table in tables])
    start[:, :1, :, 1] *= 2.0  # the first sex listed works part time more often
    joint = rake(start, [np.array(table) / sum(table) for table in tables])
    cells = rng.permutation(np.repeat(np.arange(joint.size), allocate(joint.ravel(), rows)))
    return np.unravel_index(cells, joint.shape)


def _ages(rng, shares, band):
    low, high = (np.array([row[position] for row in shares.ages.values()])[band] for position in (1, 2))
    return low + 0.01 + rng.random(len(band)) * (high - low - 0.02)


def _share_people(rng, rows, born):
    """Some have a second post: the older of two, so that nobody starts too young."""
    person = np.arange(len(born))
    pairs = rng.permutation(rows)[: int(rows * TWO_POSTS) // 2 * 2].reshape(-1, 2)
    person[pairs] = np.where(born[pairs[:, 0]] <= born[pairs[:, 1]], pairs[:, 0], pairs[:, 1])[:, None]
    return person
