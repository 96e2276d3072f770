"""Kinds of column: how one text is read, what is wrong with it when it cannot be, and what would be accepted.

`read(text)` judges one trimmed, filled text and is the whole truth about it. The engine asks once per distinct text of
a column. Where nearly every text is different (names, references, numbers of persons) a kind also says with a regular
expression which texts are fine, so that no text is judged one by one: `fine` must agree with `read`.
`shape` is the expression that every readable text matches; once a column has shown very many unreadable texts, the
ones that do not even match it get the general fault without being judged.
"""

import math
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

NOTHING = math.nan
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Wrong:
    """A way in which a text of this kind can be wrong: `says` follows the name of the column."""

    key: str
    says: str
    keeps: bool = False  # the value is taken all the same, and the person is told how it was read
    warns: bool = False  # a warning even where the column's faults are errors


@dataclass(frozen=True)
class Reading:
    """What one text is: a number (an index for codes, days since 1970 for days) or nothing, and what is wrong."""

    value: float = NOTHING
    wrong: str = ""
    state: str = ""  # one of the four words, where the text says that nothing is known
    second: float = NOTHING  # of texts that hold two things, such as `code;year`
    many: tuple = ()  # of texts that hold a list


@dataclass(frozen=True)
class Kind:
    accepted: str = ""
    shape: str = field(default="", init=False)  # some kinds work these three out
    fine: str = field(default="", init=False)
    wrongs: tuple[Wrong, ...] = field(default=(), init=False)

    def read(self, text: str) -> Reading:
        raise NotImplementedError


NOT_LISTED = Wrong("not_listed", "is not one of the codes")
READ_IN_PART = Wrong(
    "read_in_part",
    "begins with a code but goes on; the national service would read the beginning and say nothing of the rest",
)
DECIMAL_CODE = Wrong("decimal_code", "was written as a number with decimals and read as the whole number", keeps=True)


@dataclass(frozen=True)
class Codes(Kind):
    """One of a list of codes, compared as text. Values are positions in `codes`."""

    codes: tuple[str, ...] = ()
    fold: bool = False  # words, in any case
    none: tuple[str, ...] = ()  # what passes as blank
    wrongs: tuple[Wrong, ...] = (NOT_LISTED, READ_IN_PART, DECIMAL_CODE)

    @property
    def shape(self):
        every = (*self.codes, *self.none)
        longest = max(map(len, every), default=1)
        number = rf"0*[0-9]{{1,{longest}}}(?:\.0+)?"
        only_numbers = all(code.isdigit() for code in every)
        return rf"^{number}$" if only_numbers else rf"^(?:{number}|(?s:.){{1,{longest}}})$"

    @cached_property
    def _places(self):
        return {code.casefold() if self.fold else code: place for place, code in enumerate(self.codes)}

    def place(self, text):
        wanted = text.casefold() if self.fold else text
        found = self._places.get(wanted)
        if found is None and wanted.isascii() and wanted.isdigit():
            found = self._places.get(wanted.lstrip("0") or "0")
        return found

    def read(self, text):
        found = self.place(text)
        if found is not None or text in self.none:
            return Reading(NOTHING if found is None else found)
        start = re.match(r"\d+", text, re.ASCII)
        if not start or self.place(start[0]) is None:
            return Reading(wrong=NOT_LISTED.key)
        if re.fullmatch(r"\.0+", text[start.end() :]):
            return Reading(self.place(start[0]), wrong=DECIMAL_CODE.key)
        return Reading(wrong=READ_IN_PART.key)


def listed(codes, labels=None, *, fold=False, words="", none=()):
    """A kind for a list of codes. Long lists are described by `words`, short ones are spelled out."""
    spelled = "; ".join(f"{code} {labels[code]}" for code in codes) if labels else ", ".join(codes)
    return Codes(accepted=words or spelled, codes=tuple(codes), fold=fold, none=tuple(none))


NOT_A_NUMBER = Wrong("not_a_number", "is not a number")
OUT_OF_RANGE = Wrong("out_of_range", "is outside the range")
NOT_A_STEP = Wrong("not_a_step", "is finer than can be recorded")
PUNCTUATED = Wrong("punctuated", "was read without its pound sign or thousands comma", keeps=True)


@dataclass(frozen=True)
class Number(Kind):
    """A number between two limits, in steps; `unknown` is the code that says that it is not known."""

    low: float = 0
    high: float = math.inf
    step: float = 1
    unknown: str = ""
    wrongs: tuple[Wrong, ...] = (NOT_A_NUMBER, OUT_OF_RANGE, NOT_A_STEP, PUNCTUATED)

    @property
    def shape(self):
        word = f"{re.escape(self.unknown)}|" if self.unknown else ""
        return rf"^(?:{word}£?[0-9][0-9,]{{0,14}}(?:\.[0-9]{{1,4}})?)$"

    def read(self, text):
        if self.unknown and text == self.unknown:
            return Reading(state="unknown")
        plain, wrong = text, ""
        if re.fullmatch(r"£?\d{1,3}(,\d{3})*(\.\d+)?|£\d+(\.\d+)?", text, re.ASCII):
            plain = text.replace("£", "").replace(",", "")
            wrong = PUNCTUATED.key if plain != text else ""
        if not re.fullmatch(r"\d{1,12}(\.\d{1,4})?", plain, re.ASCII):
            return Reading(wrong=NOT_A_NUMBER.key)
        value = float(plain)
        if not self.low <= value <= self.high:
            return Reading(wrong=OUT_OF_RANGE.key)
        if abs(value / self.step - round(value / self.step)) > 1e-6:
            return Reading(wrong=NOT_A_STEP.key)
        return Reading(value, wrong)


NOT_A_DAY = Wrong("not_a_day", "is not a date")
NO_SUCH_DAY = Wrong("no_such_day", "is not a day of the calendar")
MONTH_FIRST = Wrong("month_first", "has the month before the day")
FREE_FORM = Wrong("free_form", "is a date in another form, which was read as the day that it must mean", keeps=True)
CENTURY = Wrong("century", "has a year of two figures, which was taken to be in the last hundred years", keeps=True)
DATES = "A date as DD/MM/YYYY"


@dataclass(frozen=True)
class Day(Kind):
    """A date, day first. `today` decides the century of a two-figure year, and only where `short_years` allows one."""

    today: date = EPOCH
    short_years: bool = False
    unknown: str = ""  # a word, in any case, that says that the date is kept elsewhere or not known
    accepted: str = DATES
    wrongs: tuple[Wrong, ...] = (NOT_A_DAY, NO_SUCH_DAY, MONTH_FIRST, FREE_FORM, CENTURY)

    @property
    def shape(self):
        word = f"(?i:{re.escape(self.unknown)})|" if self.unknown else ""
        day = r"[0-9]{1,4}[-/. ]?(?:[0-9]{1,2}|[A-Za-z]{3,9})[-/. ]?[0-9]{1,4}(?:[T ]00:00(?::00)?)?"
        return rf"^(?:{word}{day})$"

    def read(self, text):
        form = re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", text, re.ASCII)
        if form:
            return self._made(int(form[3]), int(form[2]), int(form[1]))
        if self.unknown and text.casefold() == self.unknown:
            return Reading(state="unknown")
        return self._other_form(text)

    def _other_form(self, text):
        iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?", text, re.ASCII)
        if iso:
            return self._made(int(iso[1]), int(iso[2]), int(iso[3]), FREE_FORM.key)
        form = re.fullmatch(r"(\d{1,2})([-/. ]?)(\d{1,2}|[A-Za-z]{3,9})\2(\d{4}|\d{2})", text, re.ASCII)
        month = self._month(form[3]) if form else 0
        if not month or (not form[2] and (len(form[1]) < 2 or len(form[3]) < 2)):
            return Reading(wrong=NOT_A_DAY.key)
        if len(form[4]) == 4:
            return self._made(int(form[4]), month, int(form[1]), FREE_FORM.key)
        if not self.short_years or not form[2]:
            return Reading(wrong=NOT_A_DAY.key)
        year = self.today.year // 100 * 100 + int(form[4])
        ahead = (year, month, int(form[1])) > self.today.timetuple()[:3]
        return self._made(year - 100 if ahead else year, month, int(form[1]), CENTURY.key)

    @staticmethod
    def _month(text):
        if text.isdigit():
            return int(text)
        names = "jan feb mar apr may jun jul aug sep oct nov dec".split()
        return names.index(text[:3].casefold()) + 1 if text[:3].casefold() in names else 0

    @staticmethod
    def _made(year, month, day, wrong=""):
        if month > 12 and 1 <= day <= 12 and month <= 31:
            return Reading(wrong=MONTH_FIRST.key)
        try:
            return Reading((date(year, month, day) - EPOCH).days, wrong)
        except ValueError:
            return Reading(wrong=NO_SUCH_DAY.key)


NOT_A_YEAR = Wrong("not_a_year", "is not a year of four figures")
YEAR_OUT_OF_RANGE = Wrong("year_out_of_range", "is a year that cannot be meant")


@dataclass(frozen=True)
class Year(Kind):
    low: int = 1900
    high: int = 2100
    unknown: str = ""
    wrongs: tuple[Wrong, ...] = (NOT_A_YEAR, YEAR_OUT_OF_RANGE)

    @property
    def shape(self):
        return rf"^(?:{re.escape(self.unknown)}|[0-9]{{4}})$"

    def read(self, text):
        if self.unknown and text == self.unknown:
            return Reading(state="unknown")
        if not re.fullmatch(r"\d{4}", text, re.ASCII):
            return Reading(wrong=NOT_A_YEAR.key)
        if not self.low <= int(text) <= self.high:
            return Reading(wrong=YEAR_OUT_OF_RANGE.key)
        return Reading(int(text))


TOO_LONG = Wrong("too_long", "is too long")


@dataclass(frozen=True)
class Text(Kind):
    """Free text: only its length is looked at, and it goes no further."""

    limit: int = 120
    wrongs: tuple[Wrong, ...] = (TOO_LONG,)

    @property
    def fine(self):
        return rf"^(?s:.){{1,{self.limit}}}$" if self.limit <= 1000 else ""

    def read(self, text):
        return Reading(0 if len(text) <= self.limit else NOTHING, "" if len(text) <= self.limit else TOO_LONG.key)


@dataclass(frozen=True)
class Reference(Text):
    """A reference that rows are known by. Whitespace inside does not count; case does."""


WRONG_FORM = Wrong("wrong_form", "does not have the form it should")


@dataclass(frozen=True)
class Pattern(Kind):
    """Text of a fixed form. The expression is used by two engines, so it keeps to what both know."""

    pattern: str = ""
    wrongs: tuple[Wrong, ...] = (WRONG_FORM,)

    @property
    def fine(self):
        return rf"^(?:{self.pattern})$"

    def read(self, text):
        good = re.fullmatch(self.pattern, text, re.ASCII)
        return Reading(0 if good else NOTHING, "" if good else WRONG_FORM.key)
