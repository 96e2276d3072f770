"""Who started in the twelve months: where they came from, and how many each establishment took on."""

import numpy as np

from workforce.checking.declaring import Severity
from workforce.checking.kinds_of_words import codes_of, places_along, values_along
from workforce.posts import position
from workforce.sources.posting import REPEATED
from workforce.sources.references import Lookup, Seen, joined, pseudonyms_of

from .rules import bank


class Starters:
    def __init__(self, run, checker, context):
        self.run, self.checker, self.context = run, checker, context
        self._parts, self._seen, self._repeated_rows = [], Seen(), []
        self.accepted = 0

    def add(self, cells):
        _, shorts, _ = pseudonyms_of(self.run.keys, "post", joined(cells, "Employee Number", "Assignment Number"))
        repeated = self._seen.again(np.where(cells.left_out, np.uint64(0), shorts))
        self._repeated_rows.extend(cells.rows[repeated].tolist())
        keep = ~cells.left_out & ~repeated
        places = self.context.establishments.places_of(joined(cells, *self.context.levels))
        sources = places_along(cells, "Recruitment Source").astype(np.int16)
        self._parts.append((shorts[keep], sources[keep], places[keep], ~bank(cells)[keep]))
        self.accepted += int(keep.sum())

    def finish(self):
        shorts, sources, places, employed = (np.concatenate(part) for part in zip(*self._parts, strict=True)) if (
            self._parts) else (np.zeros(0, kind) for kind in (np.uint64, np.int16, np.int64, bool))  # fmt: skip
        self._parts = []
        self.lookup = Lookup(shorts, source=sources, place=places, employed=employed)
        self.context.establishments.tells.add("starters")
        cause = self.checker.cause(
            "Assignment Number", REPEATED, Severity.ERROR, "The assignment stands in an earlier row, so this row was "
            "left out", "One row for each assignment that started",
        )  # fmt: skip
        self.run.log.add(cause, np.array(self._repeated_rows, np.int32))
        self.run.done_with(self.checker, self.accepted)

    def mark(self, posts, shorts):
        """Where the person came from, on posts that do not say it themselves."""
        places = self.lookup.get("source", shorts, -1).astype(np.int64)
        codes = codes_of("recruit_source", "esr")
        values = [position("recruit_source", value) for value in values_along("recruit_source", "esr", codes)]
        along = np.array([*values, position("recruit_source", "missing")], np.int16)
        told = posts.is_value("recruit_source", "missing") & (places >= 0)
        found = np.where(told, along[places], posts.places("recruit_source"))
        posts.category("recruit_source", found, codes=(np.where(told, places, -1), codes))
        self.run.tally.add("recruit_source", codes, np.where(told, places, -1), values_along(
            "recruit_source", "esr", codes))  # fmt: skip

    def count(self, *others):
        """Starters of each establishment: where the post is or was, else where the starters extract says."""
        shorts = self.lookup.shorts
        places = self.lookup.get("place", shorts, -1)
        for posts in reversed(others):
            there = posts.lookup.get("place", shorts, -1)
            places = np.where(there >= 0, there, places)
        employed = self.lookup.get("employed", shorts, False).astype(bool)
        self.context.establishments.add("starters", places[employed].astype(np.int64))
