"""What holds for every timescale, whatever the words."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from actions.timescale import Confidence, Kind, Reading, describe, from_json, read_timescale, to_json

MONTHS = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]
NEAR = st.dates(date(2000, 1, 1), date(2040, 1, 1))
PERIODS = st.none() | st.tuples(NEAR, NEAR)
DAYS = st.dates(date(1990, 1, 1), date(2098, 12, 31))
YEARS = st.integers(1990, 2097)

DAY_FORMS = {
    "31/03/2025": lambda d: f"{d:%d/%m/%Y}",
    "31.3.2025": lambda d: f"{d.day}.{d.month}.{d.year}",
    "31-03-2025": lambda d: f"{d:%d-%m-%Y}",
    "2025-03-31": lambda d: d.isoformat(),
    "2025-03-31 00:00:00": lambda d: f"{d.isoformat()} 00:00:00",
    "31 March 2025": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "31st of March, 2025": lambda d: f"{d.day}{ordinal(d.day)} of {MONTHS[d.month - 1]}, {d.year}",
    "31-Mar-2025": lambda d: f"{d.day}-{MONTHS[d.month - 1][:3]}-{d.year}",
    "Monday 31 March 2025": lambda d: f"{d:%A} {d.day} {MONTHS[d.month - 1]} {d.year}",
    "March 31, 2025": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
}
MONTH_FORMS = {
    "March 2025": lambda y, m: f"{MONTHS[m - 1]} {y}",
    "Mar, 2025.": lambda y, m: f"{MONTHS[m - 1][:3]}, {y}.",
    "MARCH 2025": lambda y, m: f"{MONTHS[m - 1].upper()} {y}",
    "Mar-2025": lambda y, m: f"{MONTHS[m - 1][:3]}-{y}",
    "03/2025": lambda y, m: f"{m:02}/{y}",
}
YEAR_FORMS = {
    "2024/25": lambda y: f"{y}/{(y + 1) % 100:02}",
    "2024/2025": lambda y: f"{y}/{y + 1}",
    "FY 2024-25": lambda y: f"FY {y}-{(y + 1) % 100:02}",
    "financial year 2024/25": lambda y: f"financial year {y}/{(y + 1) % 100:02}",
}
RANGE_LINKS = [" - ", " – ", "-", " to ", " until ", " till ", " through ", "\xa0–\xa0"]
LIST_LINKS = ["\n", "; ", ", ", " and ", " & ", " / ", " (draft)\n"]

# Words that a plan may hold; together they make sentences no one would write and some that somebody will.
WORDS = [
    *MONTHS, *(month[:3] for month in MONTHS), "Sept", "2024", "2025", "2026", "24/25", "2024/25", "2025-26", "25",
    "1", "3rd", "31", "31/03/2025", "1.4.25", "2025-06-30", "Q2", "Q4", "H1", "FY", "spring", "winter", "by", "to", "-",
    "–", "/", ",", ";", ".", ":", "(", ")", "\n", "and", "or", "from", "until", "before", "after", "onwards", "ongoing",
    "early", "mid", "late", "end of", "start", "week commencing", "every", "annual", "quarterly", "TBC", "N/A",
    "phase 1", "Phase 2", "draft", "final", "staff", "places", "was", "now", "revised from", "slipped to", "not", "?",
    "approx", "year 1", "6 months", "400", "50%", "between", "Monday", "the", "\u200f", "\xa0", "’25", "+", "→",
    "academic year",
]  # fmt: skip
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join) | st.lists(
    st.sampled_from(WORDS), max_size=8
).map("".join)


def ordinal(day):
    return "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def only(text):
    (milestone,) = read_timescale(text).milestones
    assert milestone.confidence is Confidence.CLEAR, text
    return milestone.start, milestone.due


def month_end(year, month):
    return date(year, month, monthrange(year, month)[1])


def dates_of(reading):
    return [day for m in reading.milestones for day in (m.start, m.due) if day]


def is_unclear(reading):
    return any(m.confidence is Confidence.UNCLEAR for m in reading.milestones)


# --- any text --------------------------------------------------------------------------------------------------------


@given(st.text(), PERIODS)
@example("\x00\u202e31/03/2025\u202c", None)
@example("²⁰²⁵ Ⅻ ½", None)
@example("İ March 2025 ß", None)
@example("January by January FY 2024", None)
@example("'\"(()))[{", None)
def test_any_text_is_answered(text, period):
    reading = read_timescale(text, period=period)
    assert isinstance(reading, Reading)
    assert describe(reading)


@given(SENTENCES, PERIODS)
def test_any_words_of_plans_are_answered_and_kept_as_json(text, period):
    reading = read_timescale(text, period=period)
    assert from_json(to_json(reading)) == reading
    assert describe(reading)


@given(SENTENCES, PERIODS)
def test_every_milestone_has_a_date_and_runs_forwards_unless_unclear(text, period):
    for milestone in read_timescale(text, period=period).milestones:
        assert milestone.start or milestone.due
        if milestone.start and milestone.due and milestone.confidence is not Confidence.UNCLEAR:
            assert milestone.start <= milestone.due


@given(SENTENCES, PERIODS)
def test_dates_come_with_a_kind_that_has_dates(text, period):
    reading = read_timescale(text, period=period)
    if reading.milestones:
        assert reading.kind in (Kind.DATED, Kind.ONGOING, Kind.RECURRING)
    if reading.kind is Kind.NOT_UNDERSTOOD:
        assert reading.note


@given(SENTENCES)
def test_no_year_is_invented(text):
    """Each year stands in the text, whole or by its last two digits, or follows one that does (2024/25, Q4 2025)."""
    numbers = {group[-2:] for group in re.findall(r"\d+", unicodedata.normalize("NFKC", text))}
    for day in dates_of(read_timescale(text)):
        assert {f"{day.year % 100:02}", f"{(day.year - 1) % 100:02}", f"{(day.year + 1) % 100:02}"} & numbers


@given(SENTENCES)
def test_a_whole_year_is_dropped_only_from_readings_that_say_so(text):
    """Where every milestone is clear, each four-digit year of the text is in one of them."""
    reading = read_timescale(text)
    if not reading.is_unambiguous:
        return
    years = {day.year for day in dates_of(reading)}
    for year in map(int, re.findall(r"(?<!\d)20\d\d(?!\d)", text)):
        assert {year, year + 1} & years, (text, reading)


@given(SENTENCES, PERIODS)
def test_a_reading_depends_on_its_arguments_alone(text, period):
    first = read_timescale(text, period=period)
    read_timescale("31 December 2031 to 1 May 2032")
    assert read_timescale(str(text), period=period) == first


@given(
    SENTENCES,
    st.text(" \xa0\t\n\u2003\u200b", max_size=4),
    st.text(" \xa0\t\n\u2003", max_size=4),
)
def test_spaces_around_a_text_change_nothing(text, before, after):
    assert read_timescale(before + text + after) == read_timescale(text)


@given(DAYS, st.sampled_from(sorted(DAY_FORMS)), st.sampled_from(["", ".", ",", ";", ".\n", " .", "\xa0;"]))
def test_punctuation_behind_a_date_changes_nothing(day, form, tail):
    text = DAY_FORMS[form](day)
    assert read_timescale(text + tail) == read_timescale(text)


# --- written and read back -------------------------------------------------------------------------------------------


@given(DAYS, st.sampled_from(sorted(DAY_FORMS)))
def test_days_read_back(day, form):
    assert only(DAY_FORMS[form](day)) == (None, day)


@given(YEARS, st.integers(1, 12), st.sampled_from(sorted(MONTH_FORMS)))
def test_months_read_back(year, month, form):
    assert only(MONTH_FORMS[form](year, month)) == (None, month_end(year, month))


@given(YEARS, st.sampled_from(sorted(YEAR_FORMS)))
def test_financial_years_read_back(year, form):
    assert only(YEAR_FORMS[form](year)) == (None, date(year + 1, 3, 31))


@given(YEARS, st.integers(1, 4), st.sampled_from(["Q{n} {y}", "{y} Q{n}", "Quarter {n} of {y}", "Qtr {n}, {y}"]))
def test_quarters_read_back(year, number, form):
    start, due = only(form.format(n=number, y=f"{year}/{(year + 1) % 100:02}"))
    first = date(year + (number == 4), [4, 7, 10, 1][number - 1], 1)
    assert (start, due) == (first, month_end(first.year, first.month + 2))


@given(DAYS, DAYS, st.sampled_from(sorted(DAY_FORMS)), st.sampled_from(RANGE_LINKS))
def test_ranges_read_back(one, other, form, link):
    start, due = sorted((one, other))
    if "-" in form and link == "-":
        link = " - "
    assert only(DAY_FORMS[form](start) + link + DAY_FORMS[form](due)) == (start, due)


@given(YEARS, st.integers(1, 12), st.integers(1, 12), st.sampled_from(RANGE_LINKS))
def test_the_year_of_a_range_belongs_to_both_ends(year, one, other, link):
    first, last = sorted((one, other))
    assert only(f"{MONTHS[first - 1]}{link}{MONTHS[last - 1]} {year}") == (date(year, first, 1), month_end(year, last))


@given(DAYS, DAYS, st.sampled_from([link for link in RANGE_LINKS if link != "-"]), st.sampled_from(["%B", "%b"]))
def test_the_year_of_a_range_of_days_belongs_to_both_ends(one, other, link, name):
    start, due = sorted((one.replace(year=2024), other.replace(year=2024)))
    text = f"{start.day} {start.strftime(name)}{link}{due.day} {due.strftime(name)} 2024"
    assert only(text) == (start, due)


@given(st.lists(DAYS, min_size=2, max_size=5, unique=True), st.sampled_from(LIST_LINKS))
def test_lists_read_back(days, link):
    reading = read_timescale(link.join(f"{day:%d/%m/%Y}" for day in days))
    assert [m.due for m in reading.milestones] == days
    assert reading.is_unambiguous


# --- nothing is lost in silence --------------------------------------------------------------------------------------


@given(
    DAYS,
    DAYS,
    st.sampled_from(sorted(DAY_FORMS)),
    st.sampled_from(sorted(DAY_FORMS)),
    st.lists(st.sampled_from([w for w in WORDS if w not in ("was", "now", "revised from", "slipped to")]), max_size=4),
)
def test_two_dates_in_a_text_are_two_dates_or_unclear(one, other, form, other_form, words):
    """Words of change are left out here: with them the earlier date goes, and the note says so."""
    if one == other:
        return
    reading = read_timescale(f"{DAY_FORMS[form](one)} {' '.join(words)} {DAY_FORMS[other_form](other)}")
    assert len(dates_of(reading)) >= 2 or is_unclear(reading) or not reading.milestones


@given(DAYS, DAYS, st.sampled_from(["{0} (revised from {1})", "was {1}, now {0}", "{1} extended to {0}"]))
def test_a_date_left_out_is_named_in_the_note(kept, old, form):
    texts = [f"{day:%d/%m/%Y}" for day in (kept, old)]
    reading = read_timescale(form.format(*texts))
    assert [m.due for m in reading.milestones] == [kept]
    assert texts[1] in reading.note and not reading.is_unambiguous


@given(st.integers(1, 99), st.integers(1, 99), st.integers(0, 2099))
def test_numeric_dates_are_calendar_dates_or_nothing(day, month, year):
    text = f"{day:02}/{month:02}/{year:04}"
    try:
        expected = [date(year, month, day)] if year >= 1900 else []
    except ValueError:
        expected = []
    reading = read_timescale(text)
    assert [m.due for m in reading.milestones] == expected
    assert expected or text in reading.note
