"""Cells of our own template: a number, month or year, or one of the words that say why there is none."""

import re
from dataclasses import dataclass
from datetime import date

from workforce.checking.kinds import EPOCH, YEAR_OUT_OF_RANGE, Day, Kind, Reading, Wrong
from workforce.checking.kinds_of_measures import Measure
from workforce.crosswalks.normalising import normal
from workforce.template import MISSING, NOT_APPLICABLE, REFUSED, UNKNOWN

# Values that stand for words: far below every number, day or year that a cell can hold.
SAID = {normal(REFUSED): -1e9, normal(NOT_APPLICABLE): -2e9}
FAR_BELOW = -5e8
NOT_A_MONTH = Wrong("not_a_month", "is not a month")
NOT_A_YEAR = Wrong("not_a_year", "is not a year of four figures")
NOT_WHOLE = Wrong("not_whole", "is not a whole number")


def said(text):
    """The reading of one of the words; None for anything else."""
    word = normal(text)
    if word == normal(UNKNOWN):
        return Reading(state=UNKNOWN)
    if word == MISSING:
        return Reading()
    return Reading(SAID[word]) if word in SAID else None


@dataclass(frozen=True)
class MeasureOrWord(Measure):
    """A number between two limits, or a word. `whole`: without decimals."""

    whole: bool = False
    shape: str = r"^(-?[£]?[0-9][0-9,]{0,14}(\.[0-9]{1,10})?|[A-Za-z_ ]{6,16})$"

    wrongs: tuple[Wrong, ...] = (*Measure.wrongs, NOT_WHOLE)

    def read(self, text):
        word = said(text)
        if word is not None:
            return word
        reading = super().read(text)
        if self.whole and reading.value == reading.value and reading.value % 1:
            return Reading(wrong=NOT_WHOLE.key)
        return reading


MONTH_FORMS = (
    re.compile(r"(?P<month>\d{1,2})[/-](?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})[/-](?P<month>\d{1,2})", re.ASCII),
    re.compile(r"(?P<name>[A-Za-z]{3,9})[ -](?P<year>\d{4})", re.ASCII),
)


@dataclass(frozen=True)
class MonthOrWord(Kind):
    """A month as MM/YYYY, or a day in it; days since 1970 of the first of the month."""

    today: date = EPOCH
    shape: str = r"^[0-9A-Za-z][0-9A-Za-z/ .:_-]{5,18}$"
    wrongs: tuple[Wrong, ...] = (NOT_A_MONTH, *Day.wrongs)

    def read(self, text):
        word = said(text)
        if word is not None:
            return word
        for form in MONTH_FORMS:
            if found := form.fullmatch(text):
                return self._month(found)
        return Day(today=self.today).read(text)

    @staticmethod
    def _month(found):
        parts = found.groupdict()
        month = int(parts["month"]) if parts.get("month") else Day._month(parts["name"])
        if not 1 <= month <= 12:
            return Reading(wrong=NOT_A_MONTH.key)
        return Reading((date(int(parts["year"]) or 1, month, 1) - EPOCH).days)


@dataclass(frozen=True)
class YearOrWord(Kind):
    today: date = EPOCH
    low: int = 1940
    shape: str = r"^([0-9]{4}|[A-Za-z_ ]{6,16})$"
    wrongs: tuple[Wrong, ...] = (NOT_A_YEAR, YEAR_OUT_OF_RANGE)

    def read(self, text):
        word = said(text)
        if word is not None:
            return word
        if not re.fullmatch(r"\d{4}", text, re.ASCII):
            return Reading(wrong=NOT_A_YEAR.key)
        good = self.low <= int(text) <= self.today.year
        return Reading(int(text)) if good else Reading(wrong=YEAR_OUT_OF_RANGE.key)
