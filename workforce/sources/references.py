"""References of people, posts and workplaces, compared without whitespace and known by their pseudonyms."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workforce.pseudonyms import short

from .asc_wds.context import BETWEEN, without_whitespace


def joined(cells, *names):
    """The cells of several columns as one text; blank only where all of them are."""
    texts = [without_whitespace(cells.column(name).texts) for name in names if name in cells]
    if not texts:
        return pa.array([""] * len(cells), pa.string())
    whole = pc.binary_join_element_wise(*texts, BETWEEN)
    nothing = BETWEEN * (len(texts) - 1)
    return pc.if_else(pc.equal(whole, nothing), "", whole)


def pseudonyms_of(keys, purpose, texts):
    """(pseudonyms, short ones, which are blank) of references; the short one of a blank reference is 0."""
    made = keys.of_many(purpose, texts.cast(pa.binary()).to_pylist())
    blank = pc.equal(pc.binary_length(texts), 0).to_numpy(zero_copy_only=False)
    return made, np.where(blank, np.uint64(0), short(made)), blank


class Seen:
    """Which references have been met, block after block, in little memory."""

    def __init__(self):
        self._keys = set()

    def again(self, shorts):
        """Rows whose key an earlier row had; 0 is no key."""
        keys = set(shorts.tolist()) - {0}
        repeated = np.isin(shorts, np.array(list(keys & self._keys), np.uint64)) | later_ones(shorts)
        self._keys |= keys
        return repeated


def later_ones(shorts):
    """Rows that have the same key as an earlier one of these rows; 0 is no key."""
    order = np.argsort(shorts, kind="stable")
    same = np.zeros(len(shorts), bool)
    same[order[1:]] = shorts[order[1:]] == shorts[order[:-1]]
    return same & (shorts != 0)


class Lookup:
    """From short keys to what was said of each, for keys that are met once; the first counts."""

    def __init__(self, shorts, **values):
        self.shorts, first = np.unique(np.asarray(shorts, np.uint64), return_index=True)
        self._values = {name: np.asarray(of)[first] for name, of in values.items()}

    def __len__(self):
        return len(self.shorts)

    def places(self, shorts):
        """The place of each key, -1 where it is none of them."""
        if not len(self.shorts):
            return np.full(len(shorts), -1)
        at = np.minimum(np.searchsorted(self.shorts, shorts), len(self.shorts) - 1)
        return np.where((self.shorts[at] == shorts) & (shorts != 0), at, -1)

    def get(self, name, shorts, otherwise):
        at = self.places(shorts)
        if not len(self.shorts):
            return np.full(len(shorts), otherwise)
        return np.where(at >= 0, self._values[name][at], otherwise)


def year_before(day: date) -> date:
    """The same day of the year before; the 28th for the 29th of February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year - 1)
