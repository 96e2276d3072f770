"""The forms in which a date is written: one pattern and one small reader for each.

The text is already plain (see `pieces.plain`): ASCII digits, hyphens for every dash, straight apostrophes. A reader
returns a `Mention`, or an `Unread` that says why a piece that looks like a date is not taken for one.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from .reading import Confidence, Precision
from .spans import FIRST_YEAR, LAST_YEAR, WHOLE_YEAR, Span, Unit, Year, YearKind, place
from .vocabulary import MONTHS, ORDINALS, SEASONS, WEEKDAYS


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as written: the unit and year it may mean (most often one pair), or a span when nothing is open."""

    readings: tuple[tuple[Unit, Year | None], ...] = ()
    span: Span | None = None
    bare: bool = False  # four digits and nothing else, which may be no year at all
    doubt: str = ""  # completes the sentence "‘the date’ ..."
    certainty: Confidence = Confidence.LIKELY  # how far the doubt lets the reading stand

    @property
    def unit(self) -> Unit | None:
        """The unit, when there is only one way to read it."""
        return self.readings[0][0] if len(self.readings) == 1 else None

    @property
    def lacks_year(self) -> bool:
        """True when the year has to come from elsewhere."""
        return len(self.readings) == 1 and self.readings[0][1] is None


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece that looks like a date and is not taken for one; `reason` completes the sentence "‘the piece’ ..."."""

    reason: str


Found = Mention | Unread | None

MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
Y4 = r"(?:19|20)\d\d"
TIME = r"(?:(?:t|[ ]+(?:at )?)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?z?)?"
END = r"(?![a-z\d])(?!/\d)(?!\.\d)"
OF = r"(?:[ ]*,?[ ]*(?:of|in)?(?: the)?[ ]*\(?)"
FINANCIAL = r"(?P<fy>(?:fy|f/y|financial years?|fiscal years?|years?)[ ]*'?)?"
ACADEMIC = r"(?P<academic>(?:academic|school) years?[ ]*)?"
PAIR = rf"(?<!\d/)(?<!\d/ )(?<!\d / )(?P<y1>{Y4})(?:[ ]?/[ ]?|-)(?P<y2>{Y4}|\d\d|\d)(?![ ]?/[ ]?\d)"
SHORT_PAIR = r"'?(?P<s1>\d\d)[/-]'?(?P<s2>\d\d)"
YEAR = rf"{ACADEMIC}{FINANCIAL}(?:{PAIR}|{SHORT_PAIR}|(?P<y4>{Y4}))"
DAY = r"(?P<day>\d{1,2})(?P<ord>st|nd|rd|th)?"
SEASON = r"(?P<season>spring|summer|autumn|winter)(?![a-z])"
QUARTER = (
    r"(?:(?:q|qu|qtr|quarter)\.?[ ]?(?P<n>\d)|"
    r"(?P<nth>first|second|third|fourth|final|last|1st|2nd|3rd|4th) (?:quarter|qtr))"
)
HALF = r"(?:(?:h|half[ -]?year )(?P<n>[12])|(?P<nth>first|second|1st|2nd) half(?: year)?)"
CONNECTIVE = (
    r"(?:to|and|or|until|till?|onwards?|then|through|thru|by|at|for|in|of|from|is|was|on|the|each|every|with|\(|-)"
)


def _month(text: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(text[:3]))


def _follows(first: int, second: str) -> bool:
    return str(first + 1).endswith(second)


def _year(found: re.Match) -> Year | Unread | None:
    """The year of a match that used YEAR; None when the numbers are no year at all."""
    parts = found.groupdict()
    if parts["y4"] and parts["academic"]:
        return Unread("could be either of two academic years")
    if parts["y4"]:
        return Year(int(parts["y4"]), _single_kind(parts))
    first, second = parts["y1"] or parts["s1"], parts["y2"] or parts["s2"]
    if not first:
        return None
    if not _follows(int(first), second):
        return Unread("is not two years in a row")
    kind = YearKind.ACADEMIC if parts["academic"] else YearKind.FINANCIAL
    return Year(int(first), kind, short=bool(parts["s1"]))


def _single_kind(parts: dict[str, str | None]) -> YearKind:
    named = (parts["fy"] or "").strip(" '") not in ("", "year", "years")
    return YearKind.SINGLE_FINANCIAL if named else YearKind.CALENDAR


def _dated(unit: Unit, year: Year | Unread | None, **more) -> Found:
    if isinstance(year, Unread):
        return year
    return Mention(((unit, year),), **more)


def _written_year(text: str) -> Year:
    return Year(int(text), short=len(text) == 2)


def _checked_day(found: re.Match, day: str, month: int, year: Year | None) -> Found:
    """A day that exists in its month (and year), or the reason why there is none."""
    if year and not year.short and not FIRST_YEAR <= year.number <= LAST_YEAR:
        return Unread("has an unlikely year")
    unit, trial = Unit(Precision.DAY, month, int(day)), Year(2000 + year.number) if year and year.short else year
    if not 1 <= month <= 12 or not place(unit, trial or Year(2000)):
        return Unread("is not a date in the calendar")
    return _dated(unit, year)


def read_iso(found: re.Match) -> Found:
    """2025-03-31, also with a time as a spreadsheet writes it."""
    return _checked_day(found, found["d"], int(found["m"]), Year(int(found["y"])))


def read_numeric_day(found: re.Match) -> Found:
    """31/03/2025 and 31.3.25: the day comes before the month, always."""
    return _checked_day(found, found["d"], int(found["m"]), _written_year(found["y"]))


def read_numeric_month(found: re.Match) -> Found:
    """03/2025."""
    month = int(found["m"])
    if not 1 <= month <= 12:
        return Unread(f"has no month {month}")
    return _dated(Unit(Precision.MONTH, month), Year(int(found["y"])))


def read_named_day(found: re.Match) -> Found:
    """31 March 2025, 31st of March, 31-Mar-25."""
    parts = found.groupdict()
    if parts["month"] == "may" and parts.get("next") and not (parts.get("y4") or parts.get("yy")):
        return None
    text = parts.get("y4") or parts.get("yy")
    year = _written_year(text) if text else None
    read = _checked_day(found, found["day"], _month(found["month"]), year)
    if parts.get("dot") and not found["ord"] and isinstance(read, Mention):
        return replace(read, doubt="may begin with a list number", certainty=Confidence.UNCLEAR)
    return read


def read_named_month(found: re.Match) -> Found:
    """March 2010, Sept 2010, Mar-13, March '25: two digits are a year, never a day."""
    year = _written_year(found["yyyy"] or found["yy"])
    doubt = "may be the last day of the month" if found["yy"] and _is_last_day(found) else ""
    if found["gap"] == " " and found["yy"] and found["next"]:
        doubt = "has a number that may not be a year"
    return _dated(Unit(Precision.MONTH, _month(found["month"])), year, doubt=doubt, certainty=Confidence.UNCLEAR)


def _is_last_day(found: re.Match) -> bool:
    month, number = _month(found["month"]), int(found["yy"])
    return "'" not in found["gap"] and number > 27 and number == monthrange(2001, month)[1]


def read_month_of_year(found: re.Match) -> Found:
    """Sept 2025/26: a month of a financial year."""
    if found["y2"] and len(found["y2"]) == 4:
        return None  # "April 2025-2026" may be a range
    return _dated(
        Unit(Precision.MONTH, _month(found["month"])), _year(found), doubt="was taken as a month of the financial year"
    )


def read_bare_month(found: re.Match) -> Found:
    """March, with its year still to be found; "May be late" and "march on" are words."""
    if found["next"]:
        return None if found["month"] == "may" else Unread("has no year")
    return Mention(((Unit(Precision.MONTH, _month(found["month"])), None),))


def _part(found: re.Match, precision: Precision, count: int) -> Found:
    number = int(found["n"] or ORDINALS[found["nth"]])
    if not 1 <= number <= count:
        return Unread("is not a quarter")
    return _dated(Unit(precision, number), _year(found))


def read_quarter(found: re.Match) -> Found:
    """Q2 2024/25, 2024/25 Q2, second quarter of 2024/25."""
    return _part(found, Precision.QUARTER, 4)


def read_half(found: re.Match) -> Found:
    """H1 2025/26, first half of 2025/26."""
    return _part(found, Precision.HALF_YEAR, 2)


def read_season(found: re.Match) -> Found:
    """Spring 2025, Winter 2025/26; a pair of years settles winter and autumn, not spring or summer."""
    number = SEASONS.index(found["season"]) + 1
    year = _year(found)
    if year is None and found["next"]:
        return None
    if isinstance(year, Year) and year.kind is YearKind.FINANCIAL and number < 3:
        return Unread("could be in either year")
    return _dated(Unit(Precision.SEASON, number), year)


def read_year(found: re.Match) -> Found:
    """2010/11, 2010-11, FY25/26, 2028. Two years with a hyphen, or with two digits each, could be something else."""
    year = _year(found)
    if isinstance(year, Unread):
        return _read_unequal_years(found, year)
    if found["s1"] and "-" in found[0] and not found["fy"]:
        return None
    if found["s1"] and not (found["fy"] or found["academic"]):
        return _read_short_pair(found, year)
    doubt = "was taken as a financial year" if _may_be_two_years(found) else ""
    bare = bool(found["y4"]) and not (found["fy"] or found["academic"])
    return Mention(((WHOLE_YEAR, year),), bare=bare, doubt=doubt)


def read_academic_year(found: re.Match) -> Found:
    """2024/25 academic year."""
    year = _year(found)
    return year if isinstance(year, Unread) else _dated(WHOLE_YEAR, replace(year, kind=YearKind.ACADEMIC))


def _may_be_two_years(found: re.Match) -> bool:
    """2024-2025, 2024 / 2025, and 2010-11, which a spreadsheet may mean as November."""
    if not found["y1"] or found["fy"] or found["academic"]:
        return False
    tight = f"{found['y1']}/{found['y2']}" == found[0]
    return not tight and (len(found["y2"]) == 4 or int(found["y2"]) <= 12)


def _read_unequal_years(found: re.Match, refusal: Unread) -> Found:
    first, second = found["y1"], found["y2"]
    if not first:
        return refusal if found["fy"] or found["y4"] else None
    if "-" not in found[0] or len(second) == 1:
        return refusal
    month, last = int(second), int(first[: 4 - len(second)] + second)
    if 1 <= month <= 12:
        readable = last < int(first) and not found["fy"]
        doubt = "was taken as a year and a month"
        return Mention(((Unit(Precision.MONTH, month), Year(int(first))),), doubt=doubt) if readable else refusal
    if last <= int(first):
        return refusal
    note = f"‘{found[0]}’ was taken as whole calendar years."
    confidence = Confidence.LIKELY if len(second) == 4 else Confidence.UNCLEAR
    return Mention(span=Span(date(int(first), 1, 1), date(last, 12, 31), Precision.YEAR, confidence, note, True))


def _read_short_pair(found: re.Match, year: Year) -> Found:
    """24/25 is a year that cannot be a day and month; 10/11 can be both, so the plan's period has to decide."""
    day, month = int(found["s1"]), int(found["s2"])
    readings = ((WHOLE_YEAR, year),)
    if 1 <= day <= 31 and 1 <= month <= 12:
        readings += ((Unit(Precision.DAY, month, day), None),)
    return Mention(readings)


def read_single_financial(found: re.Match) -> Found:
    """FY25: one number for a year that touches two."""
    return _dated(WHOLE_YEAR, Year(int(found["yy"]), YearKind.SINGLE_FINANCIAL, short=True))


def read_day_and_month(found: re.Match) -> Found:
    """31/03 without a year; 24/7 is not a date."""
    if found[0] == "24/7":
        return None
    return _checked_day(found, found["d"], int(found["m"]), None)


def read_lone_day(found: re.Match) -> Found:
    """The first number of "1-5 March 2025": its month and year come from the date after it."""
    return Mention(((Unit(Precision.DAY, 0, int(found["day"])), None),))


ANY_MONTH = MONTH.replace("?P<month>", "?:")
NEXT_WORD = rf"(?=(?P<next>[ ]+(?!{CONNECTIVE}(?![a-z]))[a-z])?)"
GAP4 = r"[\s.,'/-]{0,4}(?:of )?"
# What may stand before a two-digit year; in "1 April 30 June 2025" and "1 April - 30 June 2025" there is none.
SHORT_GAP = rf"(?:[ ](?!\d\d[ ](?:of )?{ANY_MONTH})|[ ]?'|[/.-])"
NAMED_DAY_YEAR = rf"(?:{GAP4}(?P<y4>\d{{4}}){TIME}{END}|{SHORT_GAP}(?P<yy>\d\d){END}(?![%:-]\d?))"
TWO_DIGITS = rf"(?P<gap>{SHORT_GAP}|)(?P<yy>\d\d){END}(?![%:,]\d?|-\d)"
NEXT_DAY = (
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\.? )?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?[ -]?(?:of )?{ANY_MONTH}"
)
NEXT_ORDINALS = r"(?:,[ ]?\d{1,2}(?:st|nd|rd|th)){0,5}"
LISTED_YEAR = rf"(?P<fy>)(?P<academic>)(?P<s1>)(?P<y1>)(?P<y4>{Y4})(?![a-z\d.]\d?)(?![/-]\d\d?(?!\d))"
PATTERNS: tuple[tuple[str, Callable[[re.Match], Found]], ...] = (
    (rf"(?P<y>\d{{4}})(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?!-\d|\d){TIME}{END}", read_iso),
    (
        rf"(?P<d>\d{{1,2}})[ ]?(?P<s>[-/.])[ ]?(?P<m>\d{{1,2}})[ ]?(?P=s)[ ]?(?P<y>\d{{4}}|\d\d){TIME}{END}",
        read_numeric_day,
    ),
    (rf"(?P<m>\d{{1,2}})(?P<s>[/.]|(?<=\d\d)-)(?P<y>{Y4}){END}", read_numeric_month),
    (rf"{DAY}(?P<dot>\.[ ])?(?:[ ]?|[./-])(?:day )?(?:of )?{MONTH}{NAMED_DAY_YEAR}?{NEXT_WORD}", read_named_day),
    (rf"{MONTH}[\s.]{{0,2}}(?:the )?{DAY}[,\s]{{1,3}}(?P<y4>\d{{4}}){END}", read_named_day),
    (rf"{MONTH}[\s.]{{0,2}}(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th){END}", read_named_day),
    (rf"{MONTH}[ ](?P<day>\d){END}(?![,%:-]\d?)", read_named_day),
    (rf"{MONTH}(?:{TWO_DIGITS}|{GAP4}(?P<yyyy>{Y4}){END}){NEXT_WORD}", read_named_month),
    (rf"{MONTH}[\s,-]{{0,2}}(?:of )?{YEAR}{END}(?!-\d)", read_month_of_year),
    (rf"{MONTH}\.?{NEXT_WORD}", read_bare_month),
    (rf"{QUARTER}(?:{OF}{YEAR}\)?)?(?![a-z\d])", read_quarter),
    (rf"{YEAR}[ ]?[,(-]?[ ]?{QUARTER}\)?(?![a-z\d])", read_quarter),
    (rf"{HALF}(?:{OF}{YEAR}\)?)?(?![a-z\d])", read_half),
    (rf"{YEAR}[ ]?[,(-]?[ ]?{HALF}\)?(?![a-z\d])", read_half),
    (rf"{SEASON}(?:{OF}{YEAR})?(?![a-z\d]){NEXT_WORD}", read_season),
    (rf"{YEAR}{END}(?!-\d\d?(?!\d))", read_year),
    (
        rf"(?P<fy>)(?P<academic>)(?P<s1>)(?P<y4>)(?:{PAIR}){END}[ ]?\(?(?:academic|school) year\)?(?![a-z\d])",
        read_academic_year,
    ),
    (rf"{LISTED_YEAR} calendar year(?![a-z\d])", read_year),
    (rf"(?:calendar year )?{LISTED_YEAR}", read_year),
    (rf"(?:fy|f/y)[ ]?'?(?P<yy>\d\d){END}(?!-\d)", read_single_financial),
    (rf"(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}}){END}", read_day_and_month),
    (rf"{DAY}(?=[ ]?(?:-|/|&|to|and|until|or)[ ]?{NEXT_DAY})", read_lone_day),
    (rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)(?={NEXT_ORDINALS}[ ]?(?:-|/|&|to|and|,|until)[ ]?{NEXT_DAY})", read_lone_day),
)
FORMS = tuple((re.compile(pattern, re.ASCII), reader) for pattern, reader in PATTERNS)


def dates_at(text: str, position: int) -> Iterator[tuple[int, Mention | Unread]]:
    """Every form that matches at a position, with where it ends."""
    for pattern, reader in FORMS:
        found = pattern.match(text, position)
        value = reader(found) if found else None
        if value:
            yield found.end(), value


def weekday_of(day: date) -> str:
    """The English name of a day's weekday."""
    return WEEKDAYS[day.weekday()].title()
