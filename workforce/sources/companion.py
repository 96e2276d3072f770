"""Establishments that rows of posts name: their keys, and what can be counted of each. The snapshot's companion."""

import numpy as np
import pyarrow as pa

from workforce.posts import position, vocabulary

from .asc_wds.establishments import NONE, NOT_ANSWERED, SOME, UNSAID, StaffCounts, establishment_table

FLOWS = ("starters", "leavers")
UNCOUNTED = ("total_staff", "vacancies", "capacity", "utilisation")  # no list of posts says these


class Establishments:
    """In the order in which they are met. `tells`: the flows that the return has files of, so that none means none."""

    def __init__(self, keys):
        self._keys, self._places, self._made = keys, {}, []
        self._counts = {name: [] for name in ("posts", "employees", *FLOWS)}
        self._votes = {"sector": [], "service": []}
        self.tells = set()

    def __len__(self):
        return len(self._made)

    def places_of(self, texts: pa.StringArray) -> np.ndarray:
        """Which establishment each reference is, -1 for a blank one; new ones are taken in."""
        encoded = texts.dictionary_encode()
        places = np.array([self._place(text) for text in encoded.dictionary.to_pylist()], np.int64)
        return places[encoded.indices.to_numpy()] if len(places) else np.full(len(texts), -1)

    def _place(self, text):
        if not text:
            return -1
        if text not in self._places:
            self._places[text] = len(self._made)
            self._made.append(self._keys.of("establishment", text.encode()))
            for of in self._counts.values():
                of.append(0)
            for name, of in self._votes.items():
                of.append(np.zeros(len(vocabulary(name)), np.int64))
        return self._places[text]

    def key(self, posts, places):
        """Give each post the key of its establishment."""
        made = np.frombuffer(b"".join(self._made), "V16") if self._made else np.zeros(1, "V16")
        posts.key("establishment_key", made[np.maximum(places, 0)], places < 0)

    def add(self, name, places):
        """Count these rows, one for each place."""
        for place, many in zip(*np.unique(places[places >= 0], return_counts=True), strict=True):
            self._counts[name][place] += int(many)

    def add_posts(self, posts, places, keep):
        """Count filled posts, and note what they say of sector and service."""
        self.add("posts", places[keep])
        self.add("employees", places[keep & posts.is_value("is_employee", "yes")])
        self._vote(posts, places, keep)

    def _vote(self, posts, places, keep):
        for name, of in self._votes.items():
            for place in np.unique(places[keep & (places >= 0)]):
                of[place] += np.bincount(posts.places(name)[keep & (places == place)], minlength=len(of[place]))

    def add_flow(self, name, posts, places, keep):
        """Starters or leavers: employees only, as the national file counts them, or posts of an unknown contract."""
        counts = ~posts.is_value("is_employee", "no")
        self.add(name, places[keep & counts])
        self._vote(posts, places, keep)

    def table(self, as_at):
        """The companion table: the same columns as every other source's."""
        told = np.array([any(counts) for counts in zip(*self._counts.values(), strict=True)], bool)
        posts, employees = (np.array(self._counts[name], int)[told] for name in ("posts", "employees"))
        return establishment_table(_Told(self, told), StaffCounts(posts, employees), self._keys, as_at)

    def commonest(self, name):
        """The most usual sector or service of each, missing where no post says one."""
        nothing = position(name, "missing")
        return np.array([votes.argmax() if votes.any() else nothing for votes in self._votes[name]], np.int16)

    def counted(self, name):
        if name not in self.tells:
            return np.full(len(self), np.nan), np.full(len(self), NOT_ANSWERED)
        many = np.array(self._counts[name], float)
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
