"""Kinds whose texts are words: mapped by a crosswalk, or names of a list in any usual form.

What a crosswalk's reading gives is the row of our own table that recognised the text, never the text: a job title or a
reason that somebody typed goes no further than the check, whatever it holds.
"""

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np

from workforce.crosswalks import crosswalk
from workforce.crosswalks.normalising import SHORTENED, normal
from workforce.crosswalks.rules import CELLS, alternatives_of
from workforce.template import MISSING, UNKNOWN

from .kinds import Codes, Reading, Wrong

DOUBT = "?"  # whoever writes "Perm?" does not know, so neither do we
MOST_REMEMBERED = 200_000  # distinct texts
UNLISTED = "(not in the list)"  # the code that stands for every text the crosswalk does not know
NOT_MAPPED = Wrong("not_mapped", "holds words that are in no list of ours, so it counts as not known")
NOT_A_NAME = Wrong("not_listed", "is none of the names of the list")


@cache
def matching(field, source):
    """The crosswalk of a field, giving the row that recognises a text in place of its value."""
    table = crosswalk(field, source)
    return replace(table, table={code: code for code in table.table})


@cache
def codes_of(field, source):
    """The rows of a crosswalk in order, and last the one for texts that none recognises."""
    return (*crosswalk(field, source).table, UNLISTED)


def values_along(field, source, codes):
    """The common value of each of `codes_of`; what is in no list counts as not known."""
    table = crosswalk(field, source).table
    return [UNKNOWN if code == UNLISTED else table[code] for code in codes]


@cache
def words_looked_for(field, source):
    """An expression that every text has which a crosswalk of one cell recognises: one of the words its rows begin with.

    Short forms are written out before texts are compared, and accents and apostrophes go, so texts with those pass.
    Empty where a row recognises anything.
    """
    starts, letters = {short.split()[0] for short in SHORTENED}, set()
    for code in crosswalk(field, source).table:
        if code == "*":
            return ""
        if code.startswith("^"):
            letters.add(code[1:])
        elif code.startswith("~"):
            starts |= {phrases[0].split()[0].removesuffix("*") for phrases in alternatives_of(code)}
        else:
            starts.add(code.split()[0])
    every = "|".join(sorted(map(re.escape, starts)))
    coded = f"|[^a-z0-9]*(?:{'|'.join(sorted(letters))})[a-z0-9]?(?:[^a-z0-9]|$)" if letters else ""
    return rf"(?is)^(?:(?:.*[^a-z0-9])?(?:{every}){coded}|.*[^\x00-\x7F]|.*['&`])"


@dataclass(frozen=True)
class Words(Codes):
    """Words that a crosswalk maps. Values are positions in `codes`; see `map_words` for texts that none recognises."""

    field: str = ""
    source: str = ""
    shape: str = ""  # see `words`
    wrongs: tuple[Wrong, ...] = (NOT_MAPPED,)

    def read(self, text):
        found = None if DOUBT in text else matching(self.field, self.source).of(text)
        if found == MISSING:
            return Reading()
        return Reading(self._places[found]) if found else Reading(wrong=NOT_MAPPED.key)


def valued(cells, column, *values):
    """Where a column of words holds one that the crosswalk gives one of these values."""
    if column not in cells:
        return cells.nowhere
    kind = cells.kind.column(column).kind
    return cells.among(column, [value in values for value in values_along(kind.field, kind.source, kind.codes)])


def places_along(cells, column):
    """Per row the position of a column of words in its codes: the last for words of no list, -1 for a blank cell."""
    values, wrong = cells.number(column), cells.column(column).wrong > 0
    last = len(cells.codes_of(column)) - 1
    return np.where(np.isnan(values), np.where(wrong, last, -1), values).astype(np.int64)


def words(field, source, accepted):
    """The kind of a column that the crosswalk of this field and source maps."""
    looked_for = words_looked_for(field, source)
    return Words(accepted=accepted, codes=codes_of(field, source), field=field, source=source, shape=looked_for)


@dataclass(frozen=True)
class Names(Codes):
    """One of a list of codes, written as the code, as its name, or as both. Values are positions in `codes`."""

    labels: tuple[str, ...] = ()
    shape: str = r"^.{1,80}$"
    wrongs: tuple[Wrong, ...] = (NOT_A_NAME,)

    @cached_property
    def _named(self):
        pairs = list(zip(self.codes, map(normal, self.labels), strict=True))
        written = [((code, label, f"{code} {label}"), place) for place, (code, label) in enumerate(pairs)]
        return {text: place for texts, place in written for text in texts}

    def read(self, text):
        place = self._named.get(normal(text))
        return Reading(wrong=NOT_A_NAME.key) if place is None else Reading(place)


class WordsOfRows:
    """One cell of a row, or two that mean something together such as staff group and job role, by a crosswalk.

    Each distinct text, or pair, is judged once.
    """

    def __init__(self, field, source):
        self.field, self.codes = field, codes_of(field, source)
        self.values = values_along(field, source, self.codes)
        self._match = matching(field, source)
        self._places = {code: place for place, code in enumerate(self.codes)}
        self._known = {}

    @property
    def unlisted(self):
        return len(self.codes) - 1

    def of_rows(self, first, second=None):
        """Per row the position in `codes`, -1 where the cells are blank."""
        firsts = first.dictionary_encode()
        left, indices = firsts.dictionary.to_pylist(), firsts.indices.to_numpy().astype(np.int64)
        if second is None:
            return np.array([self._place(text) for text in left], np.int64)[indices]
        seconds = second.dictionary_encode()
        right, many = seconds.dictionary.to_pylist(), max(len(seconds.dictionary), 1)
        distinct, inverse = np.unique(indices * many + seconds.indices.to_numpy(), return_inverse=True)
        places = [self._place(left[pair // many], right[pair % many]) for pair in distinct.tolist()]
        return np.array(places, np.int64)[inverse]

    def _place(self, *cells):
        if cells not in self._known:
            if len(self._known) > MOST_REMEMBERED:
                self._known.clear()
            found = self._match.of(CELLS.join(cell.replace(CELLS, " ") for cell in cells))
            self._known[cells] = -1 if found == MISSING else self._places.get(found, self.unlisted)
        return self._known[cells]
