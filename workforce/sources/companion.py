"""Establishments that rows of posts name: their keys, and what can be counted of each. The snapshot's companion."""

import numpy as np
import pyarrow as pa

from workforce.posts import position, vocabulary

from .asc_wds.establishments import NONE, NOT_ANSWERED, SOME, UNSAID, StaffCounts, establishment_table

FLOWS = ("starters", "leavers")
WHOLE = "\x1f\x1f"  # the reference of the employer as a whole, which no file can have
UNCOUNTED = ("total_staff", "vacancies", "capacity", "utilisation")  # no list of posts says these


class Establishments:
    """In the order in which they are met; rows that name none are of the employer as a whole.

    `tells`: the flows that the return has a file or column for, so that none means none.
    """

    def __init__(self, keys):
        self._keys, self._places, self._made = keys, {}, []
        self._counts = {name: np.zeros(0, np.int64) for name in ("posts", "employees", *FLOWS)}
        self._votes = {name: np.zeros((0, len(vocabulary(name))), np.int64) for name in ("sector", "service")}
        self.tells = set()

    def __len__(self):
        return len(self._made)

    def places_of(self, texts: pa.StringArray) -> np.ndarray:
        """Which establishment each reference is; new ones are taken in."""
        encoded = texts.dictionary_encode()
        places = np.array([self._place(text) for text in encoded.dictionary.to_pylist()], np.int64)
        return places[encoded.indices.to_numpy()] if len(places) else np.zeros(0, np.int64)

    def _place(self, text):
        text = text or WHOLE
        if text not in self._places:
            self._places[text] = len(self._made)
            self._made.append(self._keys.of("establishment", text.encode()))
        return self._places[text]

    def key(self, posts, places):
        """Give each post the key of its establishment."""
        made = np.frombuffer(b"".join(self._made), "V16") if self._made else np.zeros(1, "V16")
        posts.key("establishment_key", made[places])

    def add(self, name, places):
        """Count these rows, one for each place."""
        here = np.bincount(places, minlength=len(self))
        self._counts[name] = here + self._grown(self._counts[name])

    def _grown(self, counts):
        """With a row for each establishment that came since."""
        return np.concatenate([counts, np.zeros((len(self) - len(counts), *counts.shape[1:]), np.int64)])

    def add_posts(self, posts, places, keep):
        """Count filled posts, and note what they say of sector and service."""
        self.add("posts", places[keep])
        self.add("employees", places[keep & posts.is_value("is_employee", "yes")])
        self._vote(posts, places, keep)

    def _vote(self, posts, places, keep):
        places = places[keep]
        for name, votes in self._votes.items():
            wide = votes.shape[1]
            here = np.bincount(places * wide + posts.places(name)[keep], minlength=len(self) * wide)
            self._votes[name] = here.reshape(len(self), wide) + self._grown(votes)

    def add_flow(self, name, posts, places, keep):
        """Starters or leavers: employees only, as the national file counts them, or posts of an unknown contract."""
        counts = ~posts.is_value("is_employee", "no")
        self.add(name, places[keep & counts])
        self._vote(posts, places, keep)

    def table(self, as_at):
        """The companion table: the same columns as every other source's. What counts nothing has no row."""
        counts = {name: self._grown(of) for name, of in self._counts.items()}
        told = np.any([of > 0 for of in counts.values()], axis=0)
        staff = StaffCounts(counts["posts"][told], counts["employees"][told])
        return establishment_table(_Told(self, told), staff, self._keys, as_at)

    def commonest(self, name):
        """The most usual sector or service of each, missing where no post says one."""
        votes = self._grown(self._votes[name])
        return np.where(votes.any(axis=1), votes.argmax(axis=1), position(name, "missing")).astype(np.int16)

    def counted(self, name):
        """(figures, answers) of a flow: NaN and not answered where the return does not say it."""
        if name not in self.tells:
            return np.full(len(self), np.nan), np.full(len(self), NOT_ANSWERED)
        many = self._grown(self._counts[name]).astype(float)
        return many, np.where(many > 0, SOME, NONE)


class _Told:
    """What establishments say, under the names that the companion table is made from; of those that `told` marks."""

    def __init__(self, of, told):
        many = int(told.sum())
        self._made = [made for made, tells in zip(of._made, told, strict=True) if tells]
        self.sector, self.service = of.commonest("sector")[told], of.commonest("service")[told]
        for name in UNCOUNTED:
            setattr(self, name, np.full(many, np.nan))
        self.total_staff_not_known = np.zeros(many, bool)
        self.vacancies_answer = np.full(many, NOT_ANSWERED)
        for name in FLOWS:
            figures, answers = of.counted(name)
            setattr(self, name, figures[told])
            setattr(self, f"{name}_answer", answers[told])
        self.registration = np.full(many, UNSAID)
        self.confirmed = np.ones(many, bool)

    def keys(self, _):
        return np.frombuffer(b"".join(self._made), "V16") if self._made else np.zeros(0, "V16")
