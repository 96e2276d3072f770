"""Calendar files: what is written is what a calendar program reads."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from actions import ical
from actions.ical import Entry, calendar_file, days_of, plain
from actions.timescale import read_timescale
from partners.text import clean_text

PERIOD = (date(2025, 4, 1), date(2029, 3, 31))
WRITTEN = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
AWKWARD = [
    "Recruit, train; keep",
    "C:\\New\\notes",
    "a line\nanother",
    "END:VEVENT\r\nEND:VCALENDAR",
    "BEGIN:VALARM",
    '“quotes” and "these"',
    "^n ^' %0D%0A",
    "é" * 200,
    "a tab\there",
    "👩🏽‍⚕️" * 30,
    "\\",
    ":;,",
]


def entry(**given):
    usual = {
        "words": "Aim: Grow",
        "uid": "action-1-a@example.org", "day": date(2027, 3, 31), "title": "4 Pool assessors: due",
        "address": "https://example.org/p/x/actions/1/", "is_done": False, "changed": WRITTEN, "version": 7,
    }  # fmt: skip
    return Entry(**usual | given)


def file_of(*entries, name="Mine"):
    return calendar_file(uid="feed-1@example.org", name=name, about="Dates.", entries=entries)


def event_of(**given):
    (event,) = Calendar.from_ical(file_of(entry(**given))).events
    return event


def days(words):
    return [(one.name, one.day) for one in days_of(read_timescale(words, period=PERIOD))]


def keys(words):
    return {one.name: one.key for one in days_of(read_timescale(words, period=PERIOD))}


# --- Days of a reading -------------------------------------------------------------------------------------------


def test_each_milestone_has_its_day():
    assert days("Feb 2027 (phase 1), Apr 2027 (phase 2)") == [
        ("phase 1", date(2027, 2, 28)), ("phase 2", date(2027, 4, 30))
    ]  # fmt: skip


def test_a_span_has_its_last_day_and_what_only_begins_its_first():
    assert days("April 2026 to March 2027") == [("due", date(2027, 3, 31))]
    assert days("from April 2026") == [("begins", date(2026, 4, 1))]


def test_milestones_without_a_label_are_counted():
    assert [name for name, _ in days("June 2026, September 2026")] == ["milestone 1 of 2", "milestone 2 of 2"]


@pytest.mark.parametrize("words", ["", "Ongoing", "TBC", "as soon as possible"])
def test_no_date_is_no_day(words):
    assert days(words) == []


def test_a_milestone_is_known_again_when_dates_move_and_others_come_in_before():
    before = keys("Draft by 30/06/2026; final by 31/12/2026")
    moved = keys("Consult by 01/05/2026; Draft by 31/07/2026; final by 31/01/2027")
    assert {name: moved[name] for name in before} == before
    assert len(set(moved.values())) == 3


# --- The file ----------------------------------------------------------------------------------------------------


def test_an_event_is_one_whole_day_with_all_that_is_known():
    event = event_of()
    assert (event.DTSTART, event.DTEND) == (date(2027, 3, 31), date(2027, 4, 1))
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("action-1-a@example.org", 7, "CONFIRMED")
    assert event.DTSTAMP == event.LAST_MODIFIED == WRITTEN
    assert (event["SUMMARY"], event["DESCRIPTION"]) == ("4 Pool assessors: due", "Aim: Grow")
    assert (event["URL"], event["TRANSP"]) == ("https://example.org/p/x/actions/1/", "TRANSPARENT")


def test_the_calendar_says_its_name_and_how_often_to_ask():
    calendar = Calendar.from_ical(file_of(name="Late and ours"))
    assert calendar.calendar_name == "Late and ours"
    assert calendar.refresh_interval == timedelta(hours=6)
    assert calendar.color == "teal" and calendar["VERSION"] == "2.0" and calendar["PRODID"]
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in file_of() and b"\r\nX-PUBLISHED-TTL:PT6H\r\n" in file_of()


def test_the_name_is_text_and_written_as_such():
    file = file_of(name="Late, ours;\nC:\\New")
    assert file.count(b"NAME:Late\\, ours\\; C:\\\\New\r\n") == 2  # NAME and X-WR-CALNAME


def test_what_is_done_says_so():
    assert event_of(is_done=True)["SUMMARY"] == "Done: 4 Pool assessors: due"
    assert event_of(is_done=True).categories == ["Done"]
    assert event_of().categories == []


@pytest.mark.parametrize("day", [date.min, date(1999, 12, 31), date(2028, 2, 29), date.max])
def test_any_day_can_be_written(day):
    assert event_of(day=day)["DTSTART"].dt == day


def assert_well_formed(file):
    """As RFC 5545 has lines: at most 75 bytes, ended by CRLF, no other control character than a tab."""
    lines = file.split(b"\r\n")
    assert max(map(len, lines)) <= 75 and lines[-1] == b""
    assert [char for char in file.decode() if ord(char) < 32 and char not in "\r\n\t"] == []
    assert file.count(b"\n") == file.count(b"\r") == len(lines) - 1
    assert (lines.count(b"BEGIN:VEVENT"), lines.count(b"END:VCALENDAR")) == (1, 1)


def assert_comes_back(title, words):
    file = file_of(entry(title=title, words=words), name=title)
    assert_well_formed(file)
    (event,) = Calendar.from_ical(file).events
    assert str(event["SUMMARY"]) == clean_text(title, keep_lines=False)
    assert str(event["DESCRIPTION"]) == plain(words)
    assert set(event) == set(event_of())


@pytest.mark.parametrize("words", AWKWARD)
def test_awkward_words_come_back_as_they_were(words):
    assert_comes_back(words, words)
    if "\r" not in words:
        assert plain(words) == words  # nothing was taken out of them


@given(title=st.text(), words=st.text(alphabet=st.one_of(st.characters(), st.sampled_from('\\\r\n;,:"^Nn\x00\u2028'))))
def test_any_words_come_back(title, words):
    assert_comes_back(title, words)


@pytest.mark.parametrize("words", ["\x00\x07\x1b[2J\x7f\x85", "\ud800", "\u202egnp"])
def test_characters_that_have_no_place_are_left_out(words):
    assert str(event_of(words=f"a{words}b")["DESCRIPTION"]) in ("ab", "a[2Jb", "agnpb")


def test_control_the_librarys_own_text_does_not_come_back(monkeypatch):
    monkeypatch.setattr(ical, "Text", ical.vText)
    with pytest.raises(AssertionError):
        assert_comes_back("C:\\New", "C:\\New")


def test_the_same_entries_make_the_same_bytes():
    assert file_of(entry()) == file_of(entry())
    assert file_of(entry()) != file_of(entry(version=8))
