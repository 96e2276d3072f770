"""Numbers and years as record systems write them: many decimals, a pound sign, thousands commas, a date for a year."""

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta

from .kinds import EPOCH, NOT_A_NUMBER, OUT_OF_RANGE, PUNCTUATED, YEAR_OUT_OF_RANGE, Day, Kind, Reading, Wrong


@dataclass(frozen=True)
class Measure(Kind):
    """A number between two limits. A number below the least is out of range, not unreadable."""

    low: float = 0
    high: float = math.inf
    shape: str = r"^-?[£]?[0-9][0-9,]{0,14}(\.[0-9]{1,10})?$"
    wrongs: tuple[Wrong, ...] = (NOT_A_NUMBER, OUT_OF_RANGE, PUNCTUATED)

    def read(self, text):
        plain, wrong = text, ""
        if re.fullmatch(r"£?\d{1,3}(,\d{3})+(\.\d+)?|£\d+(\.\d+)?", text, re.ASCII):
            plain, wrong = text.replace("£", "").replace(",", ""), PUNCTUATED.key
        if not re.fullmatch(r"-?\d{1,12}(\.\d{1,10})?", plain, re.ASCII):
            return Reading(wrong=NOT_A_NUMBER.key)
        value = float(plain)
        return Reading(value, wrong) if self.low <= value <= self.high else Reading(wrong=OUT_OF_RANGE.key)


@dataclass(frozen=True)
class YearOrDay(Kind):
    """A year of four figures, or a date: the year is what is read."""

    today: date = EPOCH
    low: int = 1900
    shape: str = r"^[0-9]{1,4}(?:[-/. ]?(?:[0-9]{1,2}|[A-Za-z]{3,9})[-/. ]?[0-9]{1,4})?"
    wrongs: tuple[Wrong, ...] = (*Day.wrongs, YEAR_OUT_OF_RANGE)

    def read(self, text):
        if re.fullmatch(r"\d{4}", text, re.ASCII):
            good = self.low <= int(text) <= self.today.year
            return Reading(int(text)) if good else Reading(wrong=YEAR_OUT_OF_RANGE.key)
        day = Day(today=self.today).read(text)
        if day.value != day.value:
            return day
        year = (EPOCH + timedelta(days=int(day.value))).year
        good = self.low <= year <= self.today.year
        return Reading(year, day.wrong) if good else Reading(wrong=YEAR_OUT_OF_RANGE.key)
