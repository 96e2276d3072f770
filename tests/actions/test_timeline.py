"""The plan as a timeline: where bars and days stand, and the page that shows them."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.gantt import Frame, frame_of, line_of, ticks_of
from actions.timescale import Confidence, Kind, Milestone, Precision, Qualifier, Reading, read_timescale
from tests.actions.test_pages import HOSTILE, PLAN, assert_harmless, in_days, many_rows, queries, refs, when, words
from tests.world import add_row

TIMELINE = f"{PLAN}timeline/"
TODAY = date(2026, 11, 22)
PERIOD = (date(2025, 4, 1), date(2029, 3, 31))
FRAME = frame_of(*PERIOD)


def line(text, **how):
    return line_of(read_timescale(text, period=PERIOD), FRAME, today=TODAY, **how)


# --- Geometry ----------------------------------------------------------------------------------------------------

DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
MILESTONES = st.builds(
    Milestone,
    label=st.none() | st.text(max_size=5),
    start=st.none() | DAYS,
    due=st.none() | DAYS,
    precision=st.sampled_from(Precision),
    qualifier=st.sampled_from(Qualifier),
    confidence=st.sampled_from(Confidence),
)
READINGS = st.builds(
    Reading,
    kind=st.sampled_from(Kind),
    milestones=st.lists(MILESTONES, max_size=5).map(tuple),
    ongoing=st.booleans(),
    recurs=st.none(),
    note=st.just(""),
)
PERIODS = st.tuples(DAYS, DAYS).map(sorted)


@settings(deadline=None)
@given(PERIODS, READINGS, st.booleans(), st.none() | DAYS, DAYS)
def test_nothing_is_outside_the_picture_and_all_of_it_is_in_order(period, reading, is_confirmed, late_since, today):
    frame = frame_of(*period)
    drawn = line_of(reading, frame, is_confirmed=is_confirmed, late_since=late_since, today=today)
    places = [edge for bar in drawn.bars for edge in (bar.start, bar.end)]
    places += [point.at for point in drawn.points] + list(drawn.overdue or ())
    assert all(0 <= place <= 100 for place in places)
    assert all(bar.start <= bar.end for bar in drawn.bars)
    assert [bar.start for bar in drawn.bars] == sorted(bar.start for bar in drawn.bars)
    assert [point.at for point in drawn.points] == sorted(point.at for point in drawn.points)
    assert drawn.overdue is None or drawn.overdue[0] <= drawn.overdue[1]


@settings(deadline=None)
@given(PERIODS)
def test_the_scale_is_in_order_inside_and_never_crowded(period):
    frame = frame_of(*period)
    ticks = ticks_of(frame)
    assert frame.start <= period[0] and period[1] <= frame.end
    assert [tick.at for tick in ticks] == sorted(tick.at for tick in ticks)
    assert all(0 <= tick.at <= 100 for tick in ticks)
    assert len(ticks) <= 24


@settings(deadline=None)
@given(PERIODS, DAYS, DAYS)
def test_an_earlier_day_never_stands_after_a_later_one(period, one, other):
    frame, (first, second) = frame_of(*period), sorted((one, other))
    assert frame.place(first) <= frame.place_after(first) <= frame.place_after(second)
    assert frame.place(first) <= frame.place(second)


@settings(deadline=None)
@given(PERIODS, READINGS, DAYS)
def test_a_date_that_must_be_confirmed_is_not_drawn(period, reading, today):
    unsure = Reading(reading.kind, tuple(m for m in reading.milestones if m.confidence is Confidence.UNCLEAR))
    drawn = line_of(unsure, frame_of(*period), today=today)
    assert not drawn.points and all(bar.is_open for bar in drawn.bars)


@settings(deadline=None)
@given(PERIODS.filter(lambda period: period[0] < period[1]), st.floats(0, 1))
def test_today_stands_between_what_has_been_and_what_comes(period, share):
    frame = frame_of(*period)
    today = frame.start + timedelta(days=round(share * (frame.days - 1)))
    assert frame.place(frame.start) == 0 <= frame.place(today) <= frame.place_after(frame.end) == 100
    before, after = (
        Milestone(None, None, day, Precision.DAY, Qualifier.ON, Confidence.CLEAR)
        for day in (max(today - timedelta(days=1), frame.start), min(today + timedelta(days=1), frame.end))
    )
    points = line_of(Reading(Kind.DATED, (before, after)), frame, today=today).points
    assert points[0].at <= frame.place_after(today) <= points[1].at or after.due <= today


def test_a_frame_is_whole_quarters():
    assert frame_of(date(2026, 2, 14), date(2026, 11, 3)) == Frame(date(2026, 1, 1), date(2026, 12, 31))
    assert frame_of(date(2026, 4, 1), date(2026, 5, 1)) == Frame(date(2026, 4, 1), date(2026, 6, 30))


def test_the_scale_of_a_few_years_has_quarters_and_a_long_one_years():
    assert [tick.label for tick in ticks_of(frame_of(date(2026, 4, 1), date(2027, 3, 31)))] == [
        "Apr", "Jul", "Oct", "2027",
    ]  # fmt: skip
    assert [tick.label for tick in ticks_of(frame_of(date(2020, 1, 1), date(2026, 12, 31)))] == [
        str(year) for year in range(2020, 2027)
    ]


def test_a_day_is_a_point_and_a_span_is_a_bar():
    (point,) = line("31 March 2027").points
    middle = FRAME.place_after(date(2027, 3, 31))
    assert point.at == middle and point.is_certain and not point.is_done
    (bar,) = line("April 2026 to March 2027").bars
    assert (bar.start, bar.end, bar.goes_on, bar.from_before) == (FRAME.place(date(2026, 4, 1)), middle, False, False)


def test_phases_stand_in_their_order_and_are_filled_when_done():
    points = line("Phase 1: March 2027; Phase 2: June 2027", done={1}).points
    assert [(point.label, point.is_done) for point in points] == [("Phase 1", False), ("Phase 2", True)]


def test_what_goes_on_is_open_ended():
    (bar,) = line("Ongoing").bars
    assert (bar.start, bar.end, bar.goes_on, bar.is_open) == (0, 100, True, True)
    (bar,) = line("From September 2026").bars
    assert bar.start == FRAME.place(date(2026, 9, 1)) and bar.end == 100 and bar.goes_on


def test_what_lies_beyond_is_marked_at_the_edge():
    (early,), (later,) = line("March 2020").points, line("March 2040").points
    assert ((early.at, early.beyond), (later.at, later.beyond)) == ((0, -1), (100, 1))
    (bar,) = line("January 2025 to December 2031").bars
    assert (bar.start, bar.end, bar.from_before, bar.goes_on) == (0, 100, True, True)


@pytest.mark.parametrize("text", ["TBC", "", "N/A", "when we can", "After phase 1"])
def test_words_without_a_date_draw_nothing(text):
    assert line(text).is_empty


def test_a_late_row_has_a_line_up_to_today():
    start, end = line("30 June 2026", late_since=date(2026, 6, 30)).overdue
    assert start == FRAME.place(date(2026, 7, 1)) and end == FRAME.place_after(TODAY)
    assert line("30 June 2027", late_since=None).overdue is None


# --- The page ----------------------------------------------------------------------------------------------------


def row_of(answer, row):
    page = answer.content.decode()
    return page[page.index(f'id="row-{row.pk}"') :].partition("</tr>")[0]


def test_every_row_has_its_dates_in_words_beside_the_picture(as_, world):
    answer = as_("observer").get(TIMELINE)
    row = row_of(answer, world.row)
    assert "March 2027" in row and "31 March 2027" in row
    assert f'href="/p/marlbrook/actions/{world.row.pk}/" tabindex="-1"' in row
    assert 'aria-hidden="true"' in row
    assert refs(answer) == ["1", "2", "3"]


def test_an_unclear_date_stays_words(as_, world):
    unsure = add_row(world, ref="U", activity="Perhaps", timescale_text="TBC")
    row = row_of(as_("observer").get(TIMELINE), unsure)
    assert "No certain date" in row and "<rect" not in row and "<path" not in row
    assert "To be confirmed" in row


def test_late_is_a_word_and_a_broken_line(as_, world):
    late = add_row(world, ref="L", activity="Overdue", timescale_text=when(in_days(-30)))
    answer = as_("observer").get(TIMELINE)
    assert "timeline__overdue" in row_of(answer, late) and row_of(answer, late).count(">Late<") == 2
    assert "Late" not in row_of(answer, world.row)


def test_a_finished_row_is_filled_whatever_was_ticked(as_, world):
    done = add_row(world, ref="D", activity="Done", status="blue")
    answer = as_("observer").get(TIMELINE)
    assert "timeline__point--done" in row_of(answer, done)
    assert "timeline__point--done" not in row_of(answer, world.row)


def test_it_is_filtered_grouped_and_sorted_as_the_table_is(as_, world):
    client = as_("manager")
    assert refs(client.get(f"{TIMELINE}?sort=-ref")) == ["3", "2", "1"]
    assert refs(client.get(f"{TIMELINE}?mine=on")) == ["1"]
    read = words(client.get(f"{TIMELINE}?group=organisation"))
    assert read.index("Council 1 action") < read.index("Hospital trust 2 actions")
    assert "No rows match" in words(client.get(f"{TIMELINE}?late=on"))


def test_nothing_of_the_picture_is_styled_in_place(as_, world):
    page = as_("observer").get(TIMELINE).content.decode()
    assert not re.search(r"<[^>]+ style=", page)


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_words_are_words(as_, world, payload):
    add_row(world, ref=payload[:30], activity=payload, timescale_text=f"{payload}: March 2027")
    assert_harmless(as_("manager").get(TIMELINE), payload)


def test_it_costs_the_same_queries_however_many_rows(as_, world):
    client = as_("manager")
    few = queries(client, TIMELINE)
    many_rows(world, 60)
    assert queries(client, TIMELINE) == few <= 13
