"""Headings that are periods of time, also in two rows: years above, months or quarters below."""

import re

from actions.timescale import read_timescale

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
INITIALS = "JFMAMJJASOND"
MONTH = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?", re.IGNORECASE)
QUARTER = re.compile(r"(?:q|qtr|quarter)\s?([1-4])", re.IGNORECASE)
YEARS = re.compile(r"\b(20\d\d)(?:\s?[/–-]\s?(?:20)?(\d\d))?\b")
FEWEST = 2


def is_time(text: str) -> bool:
    """True for a heading that is a period: "2024/25", "Q3", "Jun", "End of year 1 (2023/24)"."""
    if MONTH.fullmatch(text.strip()) or QUARTER.fullmatch(text.strip()):
        return True
    milestones = read_timescale(text).milestones
    return len(milestones) == 1 and milestones[0].due is not None


def joined(above: list[str], below: list[str]) -> dict[int, str]:
    """{column: period} for months and quarters below years. A year counts until the next one to its right."""
    units = {index: text for index, text in enumerate(below) if text}
    named = _named(units, has_years=any(map(YEARS.search, above)))
    if len(named) < FEWEST:
        return {}
    found, year, before, passed = {}, "", 0, 0
    for index in range(len(below)):
        if above[index] and above[index] != year:
            year, before, passed = above[index], 0, 0
        if index in named:
            number = _number(named[index])
            passed += number < before  # January after December, below the same year
            before = number
            found[index] = _period(named[index], year, passed)
    return found


def _number(unit: str) -> int:
    """The number of a month in its year; 0 for anything else."""
    month = MONTH.fullmatch(unit.strip())
    return [name.casefold() for name in MONTHS].index(month[1][:3].casefold()) + 1 if month else 0


def _named(units: dict[int, str], *, has_years: bool) -> dict[int, str]:
    """The columns whose text is a month or quarter, by its usual name; a run of letters or numbers below years too."""
    texts = [text.strip().rstrip(".") for text in units.values()]
    if has_years and len(texts) > 2 and all(len(text) == 1 and text.isalpha() for text in texts):
        first = (INITIALS * 3).find("".join(texts).upper())
        return {index: MONTHS[(first + at) % 12] for at, index in enumerate(units)} if first >= 0 else {}
    if has_years and len(texts) > 2 and all(text.isdecimal() and 1 <= int(text) <= 12 for text in texts):
        return {index: MONTHS[int(text) - 1] for index, text in zip(units, texts, strict=True)}
    return {index: text for index, text in units.items() if is_time(text)}


def _period(unit: str, above: str, passed: int) -> str:
    """ "Oct" below "2018/19" is "Oct 2018", and "Jan" there "Jan 2019". What has a year already needs none."""
    years, month, quarter = YEARS.search(above), MONTH.fullmatch(unit.strip()), QUARTER.fullmatch(unit.strip())
    if years is None or not (month or quarter):
        return unit
    if quarter:
        return f"Q{quarter[1]} {years[0]}"
    is_next = _number(unit) < 4 if years[2] else passed > 0
    return f"{unit} {int(years[1]) + is_next}"
