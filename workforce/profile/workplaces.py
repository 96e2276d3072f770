"""Workplaces of one return and what is counted in them: employees, starters, leavers, vacancies.

Which workplaces count in a rate follows Skills for Care: the answer is known, somebody is employed there, the staff
records agree with the number of staff, the rate is at most 995%, and the record is at most two years old.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow.parquet as pq

from workforce.posts import vocabulary
from workforce.profile.grains import INDEPENDENT, Local, without_words
from workforce.profile.rates import HIGHEST_RATE
from workforce.profile.reading import positions, short
from workforce.profile.tally import Tally, record_keys
from workforce.quality.establishments import filled_posts
from workforce.template import ABSENT, SIZE_BANDS

FLOWS = ("starters", "leavers", "vacancies")
SIZES = (*SIZE_BANDS, *ABSENT)
NUMBERS = ("total_staff", "posts_in_file", "employees", *FLOWS)
YEARS_IN_USE = 2


@dataclass(frozen=True, eq=False)
class Workplaces:
    """Arrays along the workplaces of one return; words as positions, numbers as floats, NaN where there is none."""

    key: np.ndarray  # uint64, sorted
    sector: np.ndarray
    service: np.ndarray
    size_band: np.ndarray
    total_staff: np.ndarray
    posts_in_file: np.ndarray
    employees: np.ndarray
    starters: np.ndarray
    leavers: np.ndarray
    vacancies: np.ndarray
    last_changed: np.ndarray  # days

    def __len__(self):
        return len(self.key)

    @property
    def is_open(self):
        """Somebody works there on the day, by the records or by what the workplace says."""
        return (self.posts_in_file > 0) | (self.total_staff > 0)

    @property
    def is_closed(self):
        """Nobody works there and nobody is looked for, and those who did have left."""
        return ~self.is_open & (self.leavers > 0) & ~(self.vacancies > 0)

    def place_of(self, keys):
        """Which workplace each key is of, -1 for none of them."""
        if not len(self):
            return np.full(len(keys), -1)
        place = np.minimum(np.searchsorted(self.key, keys), len(self) - 1)
        return np.where((self.key[place] == keys) & (keys != 0), place, -1)


def read_workplaces(path) -> Workplaces:
    """From the companion of a snapshot. What a source does not say is NaN; unknown is no number either."""
    table = pq.read_table(path)
    lists = {"sector": vocabulary("sector"), "service": vocabulary("service"), "size_band": SIZES}
    read = {name: _words(table, name, words) for name, words in lists.items()}
    read |= {name: _number(table, name) for name in (*NUMBERS, "last_changed")}
    return in_order(short(table["establishment_key"]), read)


def in_order(key, read):
    """Each workplace once, by its key."""
    key, first = np.unique(key, return_index=True)
    return Workplaces(key, **{name: along[first] for name, along in read.items()})


def of_posts(snapshot, read) -> Workplaces:
    """What posts say of their workplaces where there is no companion. `read`: columns along the snapshot's rows."""
    keys, place = np.unique(read["establishment_key"], return_inverse=True)
    employed = snapshot.column("is_employee") == vocabulary("is_employee").index("yes")
    posts, employees = (
        np.bincount(place, mask, len(keys)) for mask in (snapshot.is_filled, snapshot.is_filled & employed)
    )
    unsaid = np.full(len(keys), np.nan)
    leavers = np.bincount(place, snapshot.is_left, len(keys)) if snapshot.is_left.any() else unsaid
    usual = {name: _most_usual(name, place, read[name], len(keys)) for name in ("sector", "service")}
    numbers = dict.fromkeys(("total_staff", "starters", "vacancies", "last_changed"), unsaid)
    numbers |= {"posts_in_file": posts, "employees": employees, "leavers": leavers}
    return in_order(keys, usual | numbers | {"size_band": _size_bands(posts)})


def _most_usual(name, place, values, many):
    wide = len(vocabulary(name))
    return np.bincount(place * wide + values, minlength=many * wide).reshape(many, wide).argmax(axis=1)


def _size_bands(posts):
    bands = np.searchsorted([low for low, _ in SIZE_BANDS.values()], posts, side="right") - 1
    return np.where(bands < 0, SIZES.index("missing"), bands)


def _words(table, name, words):
    if name not in table.column_names:
        return np.full(len(table), words.index("missing"), np.int8)
    return positions(table[name], words)


def _number(table, name):
    if name not in table.column_names:
        return np.full(len(table), np.nan)
    column = table[name]
    return column.cast("int32" if name == "last_changed" else "float64").cast("float64").to_numpy()


def counts_in_rate(of: Workplaces, flow, as_at: date):
    """Which workplaces count in the rate of a flow: see above."""
    values = getattr(of, flow)
    agrees = np.isnan(of.total_staff) | (of.total_staff == of.posts_in_file)
    agrees |= ~np.isnan(filled_posts(of.total_staff, of.posts_in_file))
    is_likely = values <= HIGHEST_RATE * of.employees
    return ~np.isnan(values) & (of.employees > 0) & agrees & is_likely & ~is_stale(of, as_at)


def is_stale(of: Workplaces, as_at: date):
    """Last changed more than two years ago; where nobody knows when, not."""
    day = (np.datetime64(as_at, "M") - 12 * YEARS_IN_USE).astype("datetime64[D]").astype(int) + as_at.day - 1
    return of.last_changed < day


def tally_workplaces(of: Workplaces, here, as_at, secret):
    """{measure: Tally}, with a grain for each workplace. `here`: those of services that count in this return."""
    local, keys = _local(of), record_keys(of.key, secret)
    tallies = {"workplaces": _by_size(of, local, keys, here & of.is_open)}
    tallies["employees"] = _sum(local, of.employees, keys, here & of.is_open)
    for flow in FLOWS:
        counts = here & counts_in_rate(of, flow, as_at)
        tallies[flow] = _sum(local, getattr(of, flow), keys, counts)
        tallies[f"employees_of_{flow}"] = _sum(local, of.employees, keys, counts)
    return tallies


def _local(of):
    """Each workplace is a grain, and of an independent employer a contributor as well."""
    is_independent = np.isin(of.sector, [vocabulary("sector").index(value) for value in INDEPENDENT])
    contributor = np.where(is_independent, np.cumsum(is_independent), 0).astype(np.int32)
    values = {name: without_words(name, getattr(of, name)) for name in ("sector", "service")}
    values["role_group"] = np.full(len(of), -1, np.int32)
    return Local(values, contributor, int(is_independent.sum()) + 1, np.arange(len(of)))


def _sum(local, values, keys, counts):
    """Sums of what the workplaces say that count, which are the bases."""
    bases = np.stack([counts, np.zeros(len(counts), bool)], axis=1).astype(np.int32)
    sums = bases * np.where(counts, np.rint(values), 0).astype(np.int32)[:, None]
    return Tally(local, sums, bases * keys[:, None].astype(np.int32), bases)


def _by_size(of, local, keys, counts):
    places = np.where(of.size_band < len(SIZE_BANDS), of.size_band, len(SIZE_BANDS))
    found = (places[:, None] == np.arange(len(SIZE_BANDS) + 1)) & counts[:, None]
    return Tally(local, found.astype(np.int32), found * keys[:, None].astype(np.int32))
