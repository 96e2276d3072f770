"""Numbers as record systems write them: with as many decimals as they like, a pound sign, a comma for the thousands."""

import math
import re
from dataclasses import dataclass

from .kinds import NOT_A_NUMBER, OUT_OF_RANGE, PUNCTUATED, Kind, Reading, Wrong


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
