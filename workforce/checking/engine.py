"""Checks one sheet block by block: each column's texts, blank cells that should be filled, then the rules."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import kinds
from .cells import Cells, ReadColumn
from .days import read_plain_days
from .declaring import Severity, Then
from .glancing import CROWD, wrong_at_a_glance
from .issues import Cause
from .kinds import Day, Pattern, Reading, Reference, Text
from .kinds_of_parts import Many, Pair

MOST_REMEMBERED = 50_000  # distinct texts of a column
PATIENCE = 20_000  # unreadable texts of a column that are judged one by one
NO_COLUMN = ""


class ColumnReader:
    """Reads one column, block after block, and judges each distinct text once."""

    def __init__(self, column):
        self.column, self.kind = column, column.kind
        self._wrong_places = {wrong.key: place for place, wrong in enumerate(self.kind.wrongs, 1)}
        self._shape = re.compile(self.kind.shape) if self.kind.shape else None
        self._forget()
        self.judged_wrong = 0

    def _forget(self):
        self._known = {"": 0}
        self._readings = [None]
        self._facts = [(np.nan, 0, False, np.nan)]
        self._general = None

    def read(self, texts: pa.StringArray) -> ReadColumn:
        if isinstance(self.kind, Text | Pattern):
            return self._read_at_a_glance(texts, self._blank(texts))
        if isinstance(self.kind, Day):
            return self._read_days(texts)
        return self._read_distinct(texts)

    @staticmethod
    def _blank(texts):
        return pc.binary_length(texts).to_numpy() == 0

    def _read_at_a_glance(self, texts, blank):
        """Kinds whose texts are nearly all different are judged by length or expression, all at once."""
        if isinstance(self.kind, Text):
            fine = pc.utf8_length(texts).to_numpy() <= self.kind.limit
        else:
            fine = pc.match_substring_regex(texts, self.kind.fine).to_numpy(zero_copy_only=False)
        wrong = (~fine & ~blank).astype(np.uint8)
        return ReadColumn(texts, np.where(fine & ~blank, 0.0, np.nan), blank, wrong, np.zeros(len(blank), bool))

    def _read_days(self, texts):
        """Dates in the usual form all at once; what is left is judged text by text."""
        days = read_plain_days(texts)
        rest = self._read_distinct(pc.if_else(pa.array(np.isnan(days)), texts, ""))
        values = np.where(np.isnan(days), rest.values, days)
        return ReadColumn(texts, values, self._blank(texts), rest.wrong, rest.unknown)

    def _read_distinct(self, texts):
        encoded = texts.dictionary_encode()
        places = self._places(encoded.dictionary)
        indices = encoded.indices.to_numpy().astype(np.intp)
        read = self._column_of(texts, places, indices)
        if isinstance(self.kind, Many):
            read.distinct = [self._readings[place] for place in places.tolist()]
            read.indices = np.where(np.isnan(read.values), -1, indices)
        return read

    def _column_of(self, texts, places, indices):
        """What each row holds, from what each distinct text is; what is nowhere the case costs nothing."""
        met, inverse = np.unique(places, return_inverse=True)
        facts, indices = [self._facts[place] for place in met.tolist()], inverse[indices]
        value, wrong, unknown, second = zip(*facts, strict=True) if facts else ((), (), (), ())
        return ReadColumn(
            texts,
            np.array(value, float).take(indices),
            indices == 0 if len(met) and met[0] == 0 else np.zeros(len(indices), bool),
            np.array(wrong, np.uint8).take(indices) if any(wrong) else np.zeros(len(indices), np.uint8),
            np.array(unknown, bool).take(indices) if any(unknown) else np.zeros(len(indices), bool),
            np.array(second, float).take(indices) if isinstance(self.kind, Pair) else None,
        )

    def _places(self, distinct):
        """Where the facts about each distinct text stand; 0 is the blank one."""
        if len(self._known) > MOST_REMEMBERED:
            self._forget()
        places = np.zeros(len(distinct), np.intp)
        hopeless = self._hopeless(distinct)
        for wrong in np.unique(hopeless[hopeless > 0]).tolist():
            places[hopeless == wrong] = self._place_of_fault(wrong)
        left = np.flatnonzero(hopeless == 0)
        texts = distinct.take(pa.array(left)) if len(left) < len(distinct) else distinct
        for place, text in zip(left.tolist(), texts.to_pylist(), strict=True):
            known = self._known.get(text)
            places[place] = self._judge(text) if known is None else known
        return places

    def _hopeless(self, distinct):
        """After very many unreadable texts: what is wrong (0: look closer) with those that are so at a glance.

        As long as they are few, each is judged closely, because that tells better what is wrong with it.
        """
        if self.judged_wrong <= PATIENCE and len(distinct) <= CROWD:
            return np.zeros(len(distinct), np.uint8)
        found = wrong_at_a_glance(self.kind, distinct)
        is_crowd = self.judged_wrong > PATIENCE or np.count_nonzero(found) > CROWD
        return found if is_crowd else np.zeros(len(distinct), np.uint8)

    def _place_of_fault(self, wrong):
        """Where the facts about all texts with this fault stand, none of which is remembered by itself."""
        if (wrong,) not in self._known:
            self._known[(wrong,)] = len(self._facts)
            self._facts.append((np.nan, wrong, False, np.nan))
            self._readings.append(kinds.Reading())
        return self._known[(wrong,)]

    def _judge(self, text):
        if self.judged_wrong > PATIENCE and self._shape and not self._shape.match(text):
            return self._general_fault()
        reading = self.kind.read(text)
        if reading.wrong and reading.value != reading.value:
            self.judged_wrong += 1
        place = self._known[text] = len(self._facts)
        wrong = self._wrong_places[reading.wrong] if reading.wrong else 0
        self._facts.append((reading.value, wrong, reading.state == "unknown", reading.second))
        self._readings.append(reading)
        return place

    def _general_fault(self):
        if self._general is None:
            self._general = len(self._facts)
            self._facts.append((np.nan, 1, False, np.nan))
            self._readings.append(Reading())
        return self._general


# What is said of an odd row; other kinds of oddity bring their own sentence.
ODDITIES = {
    "short": "The row ends early: the cells that are missing count as blank",
    "long": "The row has more cells than there are headings and was left out",
}
LONG_ROW = "As many cells as headings; a cell that holds a comma needs quotation marks around it"


class SheetChecker:
    """Checks the blocks of one sheet that was recognised as one kind of file."""

    def __init__(self, kind, sheet, log, context):
        self.kind, self.sheet, self.log, self.context = kind, sheet, log, context
        self.file = f"{sheet.file}: {sheet.sheet}" if sheet.sheet else sheet.file
        self.places = place_columns(kind, sheet.headings)
        self._readers = {name: ColumnReader(kind.column(name)) for name in self.places}
        present = set(self.places)
        self._rules = [rule for rule in kind.rules if rule.column in present and present.issuperset(rule.needs)]
        self.rows_read = self.rows_left_out = 0

    def cause(self, column, code, severity, message, accepted=""):
        return Cause(self.file, column, code, severity, message, accepted)

    def check(self, block) -> Cells:
        columns = {name: self._readers[name].read(block.cells[place]) for name, place in self.places.items()}
        cells = Cells(self.kind, block.rows, columns, self.context)
        self._tell_oddities(block.oddities)
        if self.kind.unjudged:
            self._leave_unjudged(self.kind.unjudged, cells)
        for name in self.places:
            self._tell_wrong(self.kind.column(name), cells)
        for rule in self._rules:
            self.apply(rule, rule.when(cells) & ~cells.spoiled(rule.column), cells)
        self.rows_read += len(block.rows)
        return cells

    def _leave_unjudged(self, rule, cells):
        mask = rule.when(cells)
        self.apply(rule, mask, cells)
        cells.judged &= ~mask
        cells.left_out |= mask

    def _tell_oddities(self, oddities):
        alike = {}
        for oddity in oddities:
            alike.setdefault((oddity.kind, oddity.column, oddity.kept), []).append(oddity)
        for (kind, column, kept), found in alike.items():
            severity = Severity.WARNING if kept else Severity.ERROR
            message = ODDITIES.get(kind) or found[0].detail
            cause = self.cause(column, f"row_{kind}", severity, message, LONG_ROW if kind == "long" else "")
            self.log.add(cause, np.array([oddity.row for oddity in found], np.int32))
            if not kept:
                self.rows_read += len(found)
                self.rows_left_out += len(found)

    def _tell_wrong(self, column, cells):
        read = cells.column(column.name)
        for place in np.flatnonzero(np.bincount(read.wrong)) if read.wrong.any() else ():
            if place:
                self._tell_one_wrong(column, column.kind.wrongs[place - 1], read.wrong == place, cells)
        if column.required:
            self._tell_blank(column, read.blank, cells)
        if column.key:
            cells.left_out |= np.isnan(read.values)

    def _tell_one_wrong(self, column, wrong, mask, cells):
        severity = Severity.WARNING if wrong.keeps or wrong.warns else column.severity
        message = f"{column.name} {wrong.says}"
        cause = self.cause(column.name, column.number(wrong.key), severity, message, column.kind.accepted)
        self._tell(cause, mask, cells, column)

    def _tell_blank(self, column, blank, cells):
        code = column.required_code or column.code or "blank"
        message = f"{column.name} is blank"
        self._tell(self.cause(column.name, code, column.required, message, column.kind.accepted), blank, cells)

    def _tell(self, cause, mask, cells, column=None):
        mask = mask & cells.judged
        if mask.any():
            shows = column is not None and column.shows
            texts = cells.column(column.name).texts.filter(pa.array(mask)) if shows else None
            self.log.add(cause, cells.rows[mask], texts, reference=shows and isinstance(column.kind, Reference))

    def apply(self, rule, mask, cells):
        """Tell what a rule found on these rows, and do what it says becomes of them."""
        if not mask.any():
            return
        column = self.kind.column(rule.column)
        self._tell(self.cause(rule.column, rule.code, rule.severity, rule.message, rule.accepted), mask, cells, column)
        if rule.then is Then.SET_ASIDE:
            cells.set_aside(rule.column, mask)
        elif rule.then is Then.LEAVE_OUT:
            cells.left_out |= mask


def heading_key(text):
    """Headings are compared without case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", text).casefold()


def place_columns(kind, headings):
    """{column name: position} of the columns of a kind that a file has; of two equal headings the first."""
    names = {heading_key(name): column.name for column in kind.columns for name in (column.name, *column.also)}
    places = {}
    for place, heading in enumerate(headings):
        name = names.get(heading_key(heading))
        if name:
            places.setdefault(name, place)
    return places
