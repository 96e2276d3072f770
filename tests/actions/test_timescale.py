"""What the words of a timescale mean: one line for each form that plans were seen to use."""

import time
from datetime import date

import pytest

from actions.timescale import (
    Confidence,
    Kind,
    Milestone,
    Precision,
    Qualifier,
    Reading,
    describe,
    from_json,
    read_timescale,
    to_json,
)

FINANCIAL = (date(2025, 4, 1), date(2026, 3, 31))
THREE_YEARS = (date(2012, 4, 1), date(2015, 3, 31))
CALENDAR = (date(2024, 1, 1), date(2028, 12, 31))


def shown(milestone):
    """A milestone in short: "label: start..due", with what was not written left out."""
    label = f"{milestone.label}: " if milestone.label else ""
    if milestone.start is None:
        return f"{label}{milestone.due}"
    return f"{label}{milestone.start}..{milestone.due or ''}"


def dates(text, period=None):
    return [shown(milestone) for milestone in read_timescale(text, period=period).milestones]


def confidences(text, period=None):
    return {milestone.confidence for milestone in read_timescale(text, period=period).milestones}


# --- what the sample plans hold --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the Dudley plan
        ("March 2010", ["2010-03-31"]),
        ("July 2010", ["2010-07-31"]),
        ("September 2010", ["2010-09-30"]),
        ("Sept 2010", ["2010-09-30"]),
        ("March 2011", ["2011-03-31"]),
        # the Cheshire plan
        ("Jun, 2013.\nSep, 2013.", ["2013-06-30", "2013-09-30"]),
        ("Feb, 2013 (phase 1)\nApr, 2013 (phase 2)", ["phase 1: 2013-02-28", "phase 2: 2013-04-30"]),
        ("Feb, 2013 (phase 1) Apr, 2013.\n(phase 2)", ["phase 1: 2013-02-28", "phase 2: 2013-04-30"]),
        ("Jan, 2013 – Jun, 2013.", ["2013-01-01..2013-06-30"]),
        ("Mar, 2013.", ["2013-03-31"]),
        ("Apr, 2013 – Mar, 2014.", ["2013-04-01..2014-03-31"]),
        ("Apr, 2013- Mar, 2014.", ["2013-04-01..2014-03-31"]),
        ("Jan, 2013 – Mar, 2014.", ["2013-01-01..2014-03-31"]),
        ("Sep, 2013.", ["2013-09-30"]),
        ("Apr, 2013.", ["2013-04-30"]),
        ("Dec, 2013.", ["2013-12-31"]),
        # the hospital trust's plan
        ("30/09/2025", ["2025-09-30"]),
        ("31/12/2025", ["2025-12-31"]),
        ("31/03/2026", ["2026-03-31"]),
        ("28/02/2026", ["2026-02-28"]),
        ("30/11/2025", ["2025-11-30"]),
        ("31/10/2025", ["2025-10-31"]),
        ("01/12/2025", ["2025-12-01"]),
        ("31/07/2025", ["2025-07-31"]),
        ("30/09/2025 (draft)\n31/10/2025 (final)", ["draft: 2025-09-30", "final: 2025-10-31"]),
        # the simple file
        ("March 2026", ["2026-03-31"]),
        ("Q3 2025/26", ["2025-10-01..2025-12-31"]),
        ("01/09/2025 – 31/07/2026", ["2025-09-01..2026-07-31"]),
        ("2026/27", ["2027-03-31"]),
        ("by 2028", ["2028-12-31"]),
        # the table of conventions
        ("30 June 2024", ["2024-06-30"]),
        ("2010/11", ["2011-03-31"]),
        ("end of year 1 (2010/11)", ["2011-03-31"]),
        ("Q2 2024/25", ["2024-07-01..2024-09-30"]),
        ("Jan 2013 – Jun 2013", ["2013-01-01..2013-06-30"]),
        ("July-December 2021", ["2021-07-01..2021-12-31"]),
        ("to March 2023", ["2023-03-31"]),
        ("by December 2023", ["2023-12-31"]),
        ("Feb 2013 (phase 1) Apr 2013 (phase 2)", ["phase 1: 2013-02-28", "phase 2: 2013-04-30"]),
        ("Report to board January 2025", ["Report to board: 2025-01-31"]),
        # other plans that were read
        ("July 2022", ["2022-07-31"]),
        ("September 2025 – August 2026", ["2025-09-01..2026-08-31"]),
        ("March-April 2022", ["2022-03-01..2022-04-30"]),
        ("Report to management team January 2008", ["Report to management team: 2008-01-31"]),
        ("2013 / 2014 / 2015", ["2013-12-31", "2014-12-31", "2015-12-31"]),
        ("End of year 1 (2023/24)", ["2024-03-31"]),
    ],
)
def test_sample_plans_read_as_their_truth_says(text, expected):
    assert dates(text) == expected
    assert read_timescale(text).is_unambiguous


def test_an_empty_cell_of_a_sample_plan_is_blank():
    assert read_timescale(None) == Reading(Kind.BLANK)


# --- plain dates -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31st March 2025", ["2025-03-31"]),
        ("the 30th of June 2025", ["2025-06-30"]),
        ("31-Mar-2025", ["2025-03-31"]),
        ("31Mar2025", ["2025-03-31"]),
        ("March 31, 2025", ["2025-03-31"]),
        ("31.03.2025", ["2025-03-31"]),
        ("31-03-2025", ["2025-03-31"]),
        ("31 / 03 / 2025", ["2025-03-31"]),
        ("31/3/2025", ["2025-03-31"]),
        ("2025-03-31", ["2025-03-31"]),
        ("2025/03/31", ["2025-03-31"]),
        ("2025-03-31 00:00:00", ["2025-03-31"]),
        ("2025-03-31T00:00:00", ["2025-03-31"]),
        ("31/03/2025 17:00", ["2025-03-31"]),
        ("29 Feb 2024", ["2024-02-29"]),
        ("Monday 31 March 2025", ["2025-03-31"]),
        ("Fri 7/3/2025", ["2025-03-07"]),
        ("March, 2010.", ["2010-03-31"]),
        ("Feb 2024", ["2024-02-29"]),
        ("MARCH 2025", ["2025-03-31"]),
        ("Sept.2025", ["2025-09-30"]),
        ("march2025", ["2025-03-31"]),
        ("March\n2025", ["2025-03-31"]),
        ("03/2025", ["2025-03-31"]),
        ("１２／０３／２０２５", ["2025-03-12"]),
        ("(March 2025)", ["2025-03-31"]),
        ("Deadline 31 March 2025", ["2025-03-31"]),
        ("target date: 31/03/2025", ["2025-03-31"]),
        ("2024/2025", ["2025-03-31"]),
        ("2025/6", ["2026-03-31"]),
        ("1999/00", ["2000-03-31"]),
        ("financial year 2024/25", ["2025-03-31"]),
        ("FY2024-25", ["2025-03-31"]),
        ("calendar year 2025", ["2025-12-31"]),
        ("2025", ["2025-12-31"]),
        ("2024/25 Q2", ["2024-07-01..2024-09-30"]),
        ("Q2 of 2024-25", ["2024-07-01..2024-09-30"]),
        ("Q2 (2024/25)", ["2024-07-01..2024-09-30"]),
        ("second quarter of 2024/25", ["2024-07-01..2024-09-30"]),
        ("Quarter 4 2024/25", ["2025-01-01..2025-03-31"]),
        ("Q2 (Jul-Sep 2024)", ["2024-07-01..2024-09-30"]),
        ("H1 2025/26", ["2025-04-01..2025-09-30"]),
        ("first half of 2025/26", ["2025-04-01..2025-09-30"]),
        ("Half year 2 2025/26", ["2025-10-01..2026-03-31"]),
    ],
)
def test_plain_dates_are_clear(text, expected):
    assert dates(text) == expected
    assert read_timescale(text).is_unambiguous


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 April 2025 to 30 June 2025", ["2025-04-01..2025-06-30"]),
        ("1 April - 30 June 2025", ["2025-04-01..2025-06-30"]),
        ("1-5 March 2025", ["2025-03-01..2025-03-05"]),
        ("April – 30 June 2025", ["2025-04-01..2025-06-30"]),
        ("28 Feb – 3 March 2025", ["2025-02-28..2025-03-03"]),
        ("Mon 3 - Fri 7 March 2025", ["2025-03-03..2025-03-07"]),
        ("01/04 - 30/06/2025", ["2025-04-01..2025-06-30"]),
        ("2025-03-31 00:00:00 to 2025-06-30 00:00:00", ["2025-03-31..2025-06-30"]),
        ("Jan through Mar 2025", ["2025-01-01..2025-03-31"]),
        ("Jan till Mar 2025", ["2025-01-01..2025-03-31"]),
        ("Jan 2013 –\nJun 2013", ["2013-01-01..2013-06-30"]),
        ("between March and June 2025", ["2025-03-01..2025-06-30"]),
        ("from April 2025 until March 2026", ["2025-04-01..2026-03-31"]),
        ("Start: April 2025; End: March 2026", ["2025-04-01..2026-03-31"]),
        ("Start date 1 April 2025\nEnd date 31 March 2026", ["2025-04-01..2026-03-31"]),
        ("Q1-Q3 2025/26", ["2025-04-01..2025-12-31"]),
        ("2025/26 – 2027/28", ["2025-04-01..2028-03-31"]),
    ],
)
def test_ranges_have_a_start_and_a_due_date(text, expected):
    assert dates(text) == expected
    assert [m.qualifier for m in read_timescale(text).milestones] == [Qualifier.BETWEEN]
    assert read_timescale(text).is_unambiguous


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Draft: March 2025; Final: June 2025", ["Draft: 2025-03-31", "Final: 2025-06-30"]),
        ("Draft March 2025 and final June 2025", ["Draft: 2025-03-31", "final: 2025-06-30"]),
        ("March 2025 draft, June 2025 final", ["draft: 2025-03-31", "final: 2025-06-30"]),
        ("Draft by 30 June 2025, final by 30 September 2025", ["Draft: 2025-06-30", "final: 2025-09-30"]),
        ("Phase 1 - Feb 2013, Phase 2 - Apr 2013", ["Phase 1: 2013-02-28", "Phase 2: 2013-04-30"]),
        ("Phase 1\nFeb 2013\nPhase 2\nApr 2013", ["Phase 1: 2013-02-28", "Phase 2: 2013-04-30"]),
        ("Feb 2013\nPhase 1\nApr 2013\nPhase 2", ["Phase 1: 2013-02-28", "Phase 2: 2013-04-30"]),
        ("Phase 1 (Feb 2013) Phase 2 (Apr 2013)", ["Phase 1: 2013-02-28", "Phase 2: 2013-04-30"]),
        ("Year 1: 2023/24\nYear 2: 2024/25", ["Year 1: 2024-03-31", "Year 2: 2025-03-31"]),
        ("March 2025, June 2025 and Sept 2025", ["2025-03-31", "2025-06-30", "2025-09-30"]),
        ("3rd, 4th and 5th March 2025", ["2025-03-03", "2025-03-04", "2025-03-05"]),
        ("Dec 2025/Jan 2026", ["2025-12-31", "2026-01-31"]),
        ("• March 2025\n• June 2025", ["2025-03-31", "2025-06-30"]),
        ("- March 2025\n- June 2025", ["2025-03-31", "2025-06-30"]),
        ("Completed March 2024", ["completed: 2024-03-31"]),
        ("March 2024 (complete)", ["completed: 2024-03-31"]),
        ("400 places by March 2026", ["400 places: 2026-03-31"]),
        ("Short term (by March 2025)", ["Short term: 2025-03-31"]),
    ],
)
def test_several_dates_and_their_labels(text, expected):
    assert dates(text) == expected
    assert read_timescale(text).is_unambiguous


def test_a_long_label_is_cut_and_the_date_stays():
    (milestone,) = read_timescale("word " * 60 + "March 2025").milestones
    assert milestone.due == date(2025, 3, 31)
    assert len(milestone.label) <= 120 and milestone.label.endswith("…")


# --- a convention was applied ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March 06", ["2006-03-31"]),
        ("March 26", ["2026-03-31"]),
        ("Mar-13", ["2013-03-31"]),
        ("Feb 19", ["2019-02-28"]),
        ("March ’25", ["2025-03-31"]),
        ("31/03/25", ["2025-03-31"]),
        ("FY25/26", ["2026-03-31"]),
        ("24/25", ["2025-03-31"]),
        ("2010-11", ["2011-03-31"]),
        ("2024-2025", ["2025-03-31"]),
        ("2025-2027", ["2025-01-01..2027-12-31"]),
        ("2025-03", ["2025-03-31"]),
        ("Sept 2025/26", ["2025-09-30"]),
        ("March 2025/26", ["2026-03-31"]),
        ("Spring 2025", ["2025-05-31"]),
        ("end of Spring 2025", ["2025-05-31"]),
        ("Winter 2025/26", ["2026-02-28"]),
        ("Autumn 2025/26", ["2025-11-30"]),
        ("2024/25 academic year", ["2025-08-31"]),
        ("w/c 3 March 2025", ["2025-03-03..2025-03-09"]),
        ("fortnight commencing 3 March 2025", ["2025-03-03..2025-03-16"]),
        ("early March 2025", ["2025-03-01..2025-03-10"]),
        ("mid-March 2025", ["2025-03-11..2025-03-20"]),
        ("late Feb 2025", ["2025-02-21..2025-02-28"]),
        ("circa March 2025", ["2025-03-31"]),
        ("March 2025 approx", ["approx: 2025-03-31"]),
        ("throughout 2025/26", ["2025-04-01..2026-03-31"]),
        ("not before March 2025", ["2025-03-01.."]),
        ("before 31 March 2025", ["2025-03-31"]),
        ("March/June 2025", ["2025-03-31", "2025-06-30"]),
        ("Q3/Q4 2024/25", ["2024-10-01..2024-12-31", "2025-01-01..2025-03-31"]),
        ("Phase 2 March 2025", ["Phase 2: 2025-03-31"]),
        ("Meeting 3 March 2025", ["Meeting: 2025-03-03"]),
        ("provisional: March 2025", ["provisional: 2025-03-31"]),
        ("March 2025 - subject to funding", ["subject to funding: 2025-03-31"]),
        ("Q4 2024/25 (March 2025)", ["2025-03-31"]),
        ("Phase 1: March 2025; Phase 2: TBC", ["Phase 1: 2025-03-31"]),
    ],
)
def test_a_convention_makes_a_reading_likely(text, expected):
    assert dates(text) == expected
    assert max(confidences(text), key=list(Confidence).index) is Confidence.LIKELY


@pytest.mark.parametrize(
    ("text", "period", "expected"),
    [
        ("Mar-13", THREE_YEARS, ["2013-03-31"]),
        ("31/03/14", THREE_YEARS, ["2014-03-31"]),
        ("Q3", FINANCIAL, ["2025-10-01..2025-12-31"]),
        ("by March", FINANCIAL, ["2026-03-31"]),
        ("31 March", FINANCIAL, ["2026-03-31"]),
        ("31/03", FINANCIAL, ["2026-03-31"]),
        ("10/11", FINANCIAL, ["2025-11-10"]),
        ("1-5 March", FINANCIAL, ["2026-03-01..2026-03-05"]),
        ("Autumn", FINANCIAL, ["2025-11-30"]),
        ("Q1 2025", FINANCIAL, ["2025-04-01..2025-06-30"]),
        ("FY25", FINANCIAL, ["2026-03-31"]),
        ("Oct - March 2026", FINANCIAL, ["2025-10-01..2026-03-31"]),
        ("Sept and March", FINANCIAL, ["2025-09-30", "2026-03-31"]),
        ("by 2014", THREE_YEARS, ["2014-12-31"]),
    ],
)
def test_the_plans_period_settles_what_the_words_leave_open(text, period, expected):
    assert dates(text, period) == expected
    assert confidences(text, period) == {Confidence.LIKELY}
    assert read_timescale(text, period=period).note


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Q3", None),
        ("Q3", THREE_YEARS),
        ("by March", None),
        ("by March", THREE_YEARS),
        ("31 March", CALENDAR),
        ("March 12", FINANCIAL),
        ("March 06", THREE_YEARS),
        ("10/11", None),
        ("10/11", THREE_YEARS),
        ("Winter 2025", None),
    ],
)
def test_a_period_that_does_not_decide_gives_no_date(text, period):
    reading = read_timescale(text, period=period)
    assert (reading.kind, reading.milestones) == (Kind.NOT_UNDERSTOOD, ())
    assert reading.note


def test_a_written_year_outside_the_period_is_kept():
    assert read_timescale("March 2020", period=FINANCIAL).is_unambiguous


def test_a_period_that_ends_before_it_starts_is_ignored():
    assert read_timescale("by March", period=FINANCIAL[::-1]) == read_timescale("by March")


def test_a_bare_year_is_clear_unless_the_plan_runs_in_financial_years():
    assert confidences("by 2028") == {Confidence.CLEAR}
    assert confidences("by 2028", CALENDAR) == {Confidence.CLEAR}
    assert confidences("by 2028", FINANCIAL) == {Confidence.LIKELY}


# --- a person must confirm -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Q1 2025", ["2025-04-01..2025-06-30"]),
        ("H2 2025", ["2025-10-01..2026-03-31"]),
        ("FY 2025", ["2025-03-31"]),
        ("2024-26", ["2024-01-01..2026-12-31"]),
        ("2024 - 2025", ["2024-01-01..2025-12-31"]),
        ("early 2026", ["2026-01-01..2026-04-30"]),
        ("mid 2026", ["2026-05-01..2026-08-31"]),
        ("late 2026", ["2026-09-01..2026-12-31"]),
        ("mid to late March 2025", ["2025-03-11..2025-03-31"]),
        ("June 2025 - March 2024", ["2025-06-01..2024-03-31"]),
        ("Oct - March 2026", ["2026-03-31"]),
        ("April 2025 - 2026", ["2025-04-01..2026-12-31"]),
        ("Wednesday 31 March 2025", ["2025-03-31"]),
        ("Week 3 March 2025", ["2025-03-03"]),
        ("before March 2025", ["2025-03-31"]),
        ("after March 2025", ["2025-03-31.."]),
        ("March 2025 or later", ["2025-03-01.."]),
        ("6 months after March 2025", ["2025-03-31.."]),
        ("March 2025?", ["2025-03-31"]),
        ("March 2025 (TBC)", ["2025-03-31"]),
        ("March or April 2025", ["2025-03-31", "2025-04-30"]),
        ("March 2025 or if need be April 2025", ["2025-03-31", "if need be: 2025-04-30"]),
        ("March 2025 June 2025", ["2025-03-31", "2025-06-30"]),
        ("4 June 2025 mid-August 2025", ["2025-06-04", "2025-08-11..2025-08-20"]),
        ("March 2024 → June 2024", ["2024-03-31", "2024-06-30"]),
        ("Jan 2013\n– Jun 2013", ["2013-01-31", "2013-06-30"]),
        ("1. March 2025\n2. June 2025", ["2025-03-01", "2025-06-02"]),
        ("Phase 1 and 2 March 2025", ["Phase 1: 2025-03-02"]),
        ("June 30", ["2030-06-30"]),
        ("March 85", ["2085-03-31"]),
        ("Launch 2025", ["Launch: 2025-12-31"]),
        ("March 2025 –", ["2025-03-31"]),
    ],
)
def test_what_stays_open_is_unclear(text, expected):
    assert dates(text) == expected
    assert confidences(text) == {Confidence.UNCLEAR}
    assert read_timescale(text).note


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("31/02/2025; 31/03/2025", "31/02/2025"),
        ("30 June 2025 - 31 June 2025", "31 June 2025"),
        ("March 2025 and June", "June"),
        ("April Jones to report March 2025", "April"),
        ("3/4 of staff by March 2025", "3/4"),
        ("2000 places by March 2026", "2000"),
        ("Care Act 2014 - March 2025", "2014"),
        ("Deliver 2024/25 training plan by March 2025", "2024/25"),
        ("Refresh the 2025-2030 strategy by March 2026", "2025-2030"),
        ("Recruit 400 March 2025", "400"),
        ("March 2025 - 26", "26"),
        ("March 2025, 20260331", "20260331"),
        ("Febuary and March 2025", "Febuary"),
        ("March 2025 and1June", "and1June"),
        ("½ March 2025", "½"),
        ("March 2025 ٣", "٣"),
        ("Easter 2025 or March 2025", "Easter"),
        ("by 25, launch March 2025", ""),
        ("mid-25, launch March 2025", ""),
        ("25 – from March 2025", ""),
        ("30th and start March 2025", "30th"),
    ],
)
def test_a_date_that_was_not_read_makes_the_others_unclear(text, piece):
    assert confidences(text) == {Confidence.UNCLEAR}
    assert piece in read_timescale(text).note


# --- dates that replace others ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "June 2024 (revised from March 2024)",
        "was March 2024, now June 2024",
        "March 2024 extended to June 2024",
        "March 2024 - slipped to June 2024",
        "slipped from March 2024 to June 2024",
        "March 2024 (now June 2024)",
        "Revised: June 2024 (originally March 2024)",
        "March 2024 (original) June 2024 (revised)",
    ],
)
def test_a_replaced_date_is_left_out_and_told(text):
    assert dates(text) == ["2024-06-30"]
    assert confidences(text) == {Confidence.LIKELY}
    assert "March 2024" in read_timescale(text).note


@pytest.mark.parametrize(
    ("text", "expected", "confidence"),
    [
        ("slipped to June 2024", ["2024-06-30"], Confidence.LIKELY),
        ("March 2025 postponed", ["2025-03-31"], Confidence.LIKELY),
        ("revised from March 2024", ["2024-03-31"], Confidence.UNCLEAR),
        ("June 2024, not March 2024", ["2024-06-30"], Confidence.UNCLEAR),
        ("not March 2025", ["2025-03-31"], Confidence.UNCLEAR),
        ("Draft: March 2025; Revised: June 2025", ["Draft: 2025-03-31", "2025-06-30"], Confidence.UNCLEAR),
        ("March 2024 moved by the board to June 2024", ["2024-03-31", "by the board: 2024-06-30"], Confidence.UNCLEAR),
    ],
)
def test_half_told_changes_are_never_clear(text, expected, confidence):
    assert dates(text) == expected
    assert confidences(text) == {confidence}


# --- ongoing, repeating, and without a date --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ongoing", []),
        ("On-going", []),
        ("Continuous", []),
        ("throughout", []),
        ("until further notice", []),
        ("August 2022 onwards", ["2022-08-01.."]),
        ("ongoing from April 2022", ["2022-04-01.."]),
        ("from April 2025", ["2025-04-01.."]),
        ("with effect from 1 April 2025", ["2025-04-01.."]),
        ("2025/26 onwards", ["2025-04-01.."]),
        ("2025+", ["2025-01-01.."]),
        ("March 2025 - ongoing", ["2025-03-01.."]),
        ("Ongoing until March 2026", ["2026-03-31"]),
        ("Ongoing - review March 2026", ["review: 2026-03-31"]),
        ("Ongoing – to be reviewed 31/03/2026", ["to be reviewed: 2026-03-31"]),
    ],
)
def test_ongoing(text, expected):
    reading = read_timescale(text)
    assert (reading.kind, reading.ongoing, dates(text)) == (Kind.ONGOING, True, expected)
    assert confidences(text) <= {Confidence.CLEAR}


@pytest.mark.parametrize("text", ["Start April 2025", "starting April 2025", "commencing 1 April 2025"])
def test_a_start_alone_is_not_ongoing(text):
    reading = read_timescale(text)
    assert (reading.kind, reading.ongoing, reading.end) == (Kind.DATED, False, None)
    assert reading.start == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("text", "recurs"),
    [
        ("Weekly", "weekly"),
        ("every Monday", "weekly"),
        ("Fortnightly", "fortnightly"),
        ("every two weeks", "fortnightly"),
        ("Monthly", "monthly"),
        ("monthly meetings", "monthly"),
        ("Quarterly", "quarterly"),
        ("each quarter", "quarterly"),
        ("every 3 months", "quarterly"),
        ("Six-monthly", "six-monthly"),
        ("6 monthly", "six-monthly"),
        ("half-yearly", "six-monthly"),
        ("twice a year", "six-monthly"),
        ("Annual", "annual"),
        ("annually", "annual"),
        ("yearly", "annual"),
        ("every year", "annual"),
        ("every March", "annual"),
        ("Annually in March", "annual"),
        ("bi-annual", None),
        ("biennial", None),
        ("every 6 weeks", None),
        ("Monthly and quarterly", None),
    ],
)
def test_repeating(text, recurs):
    reading = read_timescale(text)
    assert (reading.kind, reading.recurs, reading.milestones, reading.ongoing) == (Kind.RECURRING, recurs, (), False)
    assert reading.note or recurs


@pytest.mark.parametrize(
    ("text", "kind", "recurs", "ongoing", "expected"),
    [
        ("Quarterly from April 2025", Kind.RECURRING, "quarterly", False, ["2025-04-01.."]),
        ("Monthly from April 2025 to March 2026", Kind.RECURRING, "monthly", False, ["2025-04-01..2026-03-31"]),
        ("Weekly until 30 June 2025", Kind.RECURRING, "weekly", False, ["2025-06-30"]),
        ("Monthly from April 2025 onwards", Kind.RECURRING, "monthly", True, ["2025-04-01.."]),
        ("Ongoing, reviewed quarterly", Kind.ONGOING, "quarterly", True, []),
        ("Annual, first in June 2025", Kind.RECURRING, "annual", False, ["first: 2025-06-30"]),
    ],
)
def test_repeating_with_dates(text, kind, recurs, ongoing, expected):
    reading = read_timescale(text)
    assert (reading.kind, reading.recurs, reading.ongoing, dates(text)) == (kind, recurs, ongoing, expected)


def test_an_annual_report_with_a_date_may_be_a_name():
    assert confidences("Annual report March 2025") == {Confidence.LIKELY}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (None, Kind.BLANK),
        ("", Kind.BLANK),
        (" \xa0\n\t\u200b ", Kind.BLANK),
        ("-", Kind.BLANK),
        ("—", Kind.BLANK),
        ("?", Kind.TO_BE_CONFIRMED),
        ("TBC", Kind.TO_BE_CONFIRMED),
        ("T.B.C.", Kind.TO_BE_CONFIRMED),
        ("TBA", Kind.TO_BE_CONFIRMED),
        ("tbd", Kind.TO_BE_CONFIRMED),
        ("to be confirmed", Kind.TO_BE_CONFIRMED),
        ("to be agreed", Kind.TO_BE_CONFIRMED),
        ("To be determined by the board", Kind.TO_BE_CONFIRMED),
        ("TBC following research", Kind.TO_BE_CONFIRMED),
        ("Launch date TBC", Kind.TO_BE_CONFIRMED),
        ("N/A", Kind.NOT_APPLICABLE),
        ("n.a.", Kind.NOT_APPLICABLE),
        ("Not applicable", Kind.NOT_APPLICABLE),
        ("next 12–24 months", Kind.RELATIVE),
        ("within 6 months", Kind.RELATIVE),
        ("3–5 years", Kind.RELATIVE),
        ("5+ years", Kind.RELATIVE),
        ("over the next two years", Kind.RELATIVE),
        ("short term", Kind.RELATIVE),
        ("Medium/long-term", Kind.RELATIVE),
        ("Year 1", Kind.RELATIVE),
        ("Y2", Kind.RELATIVE),
        ("Year 1 Q2", Kind.RELATIVE),
        ("Month 6", Kind.RELATIVE),
        ("end of financial year", Kind.RELATIVE),
        ("Immediate", Kind.RELATIVE),
        ("ASAP", Kind.RELATIVE),
        ("Now", Kind.RELATIVE),
        ("Completed", Kind.NOT_UNDERSTOOD),
        ("Done", Kind.NOT_UNDERSTOOD),
        ("as agreed with partners", Kind.NOT_UNDERSTOOD),
        ("31/02/2025", Kind.NOT_UNDERSTOOD),
        ("13/13/2025", Kind.NOT_UNDERSTOOD),
        ("00/00/2025", Kind.NOT_UNDERSTOOD),
        ("03/31/2025", Kind.NOT_UNDERSTOOD),
        ("29 Feb 2025", Kind.NOT_UNDERSTOOD),
        ("31/03/0225", Kind.NOT_UNDERSTOOD),
        ("131/03/2025", Kind.NOT_UNDERSTOOD),
        ("31/03/20255", Kind.NOT_UNDERSTOOD),
        ("31/03-2025", Kind.NOT_UNDERSTOOD),
        ("March 2205", Kind.NOT_UNDERSTOOD),
        ("20250331", Kind.NOT_UNDERSTOOD),
        ("45747", Kind.NOT_UNDERSTOOD),
        ("2013/14/15", Kind.NOT_UNDERSTOOD),
        ("2010/12", Kind.NOT_UNDERSTOOD),
        ("2010-12", Kind.NOT_UNDERSTOOD),
        ("Q5 2024/25", Kind.NOT_UNDERSTOOD),
        ("Febuary 2025", Kind.NOT_UNDERSTOOD),
        ("Easter 2025", Kind.NOT_UNDERSTOOD),
        ("Autumn term 2025", Kind.NOT_UNDERSTOOD),
        ("Academic year 2025", Kind.NOT_UNDERSTOOD),
        ("Summer 2025/26", Kind.NOT_UNDERSTOOD),
        ("٣١/٠٣/٢٠٢٥", Kind.NOT_UNDERSTOOD),
    ],
)
def test_without_a_date(text, kind):
    reading = read_timescale(text)
    assert (reading.kind, reading.milestones) == (kind, ())
    assert (reading.start, reading.end, reading.is_unambiguous) == (None, None, False)


@pytest.mark.parametrize("text", ["31/02/2025", "29 Feb 2025", "Q5 2024/25", "20250331", "Febuary", "131/03/2025"])
def test_what_was_not_understood_is_named(text):
    assert f"‘{text}’" in read_timescale(text).note


@pytest.mark.parametrize(
    "text",
    [
        "4 events a year",
        "Phase 2",
        "16-18 year olds",
        "400 places",
        "50%",
        "£2025",
        "10,000 people",
        "1.5 WTE",
        "24/7",
        "COVID-19",
        "May be late",
        "we may not",
        "5 may attend",
        "see action 3",
        "01632 960123",
        "twenty twenty five",
    ],
)
@pytest.mark.parametrize("period", [None, FINANCIAL])
def test_control_numbers_and_words_that_are_not_dates(text, period):
    assert read_timescale(text, period=period).milestones == ()


@pytest.mark.parametrize(
    "text",
    [
        "Recruit 30 by June 2025",
        "Level 3 by June 2025",
        "24/7 cover by June 2025",
        "1.5 WTE by June 2025",
        "10,000 staff by June 2025",
        "16-18 year olds by June 2025",
        "COVID-19 recovery by June 2025",
        "Winter pressures training by June 2025",
        "we may meet by June 2025",
        "Phase 1, by June 2025",
        "Tuesday 3rd June 2025",
    ],
)
def test_control_harmless_numbers_and_words_leave_a_date_clear(text):
    assert read_timescale(text).is_unambiguous


# --- precision and qualifier -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "precision", "qualifier"),
    [
        ("31/03/2025", Precision.DAY, Qualifier.ON),
        ("March 2025", Precision.MONTH, Qualifier.ON),
        ("Q2 2024/25", Precision.QUARTER, Qualifier.ON),
        ("Spring 2025", Precision.SEASON, Qualifier.ON),
        ("H1 2025/26", Precision.HALF_YEAR, Qualifier.ON),
        ("2025/26", Precision.FINANCIAL_YEAR, Qualifier.ON),
        ("2028", Precision.YEAR, Qualifier.ON),
        ("by 2028", Precision.YEAR, Qualifier.BY),
        ("by Q2 2024/25", Precision.QUARTER, Qualifier.BY),
        ("end of March 2025", Precision.MONTH, Qualifier.BY),
        ("by the end of 2025/26", Precision.FINANCIAL_YEAR, Qualifier.BY),
        ("no later than 31 March 2025", Precision.DAY, Qualifier.BY),
        ("31 March 2025 at the latest", Precision.DAY, Qualifier.BY),
        ("before 31 March 2025", Precision.DAY, Qualifier.BY),
        ("until March 2025", Precision.MONTH, Qualifier.BY),
        ("week ending 7 March 2025", Precision.DAY, Qualifier.BY),
        ("from March 2025", Precision.MONTH, Qualifier.FROM),
        ("March 2025 onwards", Precision.MONTH, Qualifier.FROM),
        ("starting March 2025", Precision.MONTH, Qualifier.FROM),
        ("w/c 3 March 2025", Precision.DAY, Qualifier.BETWEEN),
        ("June 2024 – 31 March 2025", Precision.MONTH, Qualifier.BETWEEN),
        ("mid-March 2025", Precision.MONTH, Qualifier.ABOUT),
        ("by mid-March 2025", Precision.MONTH, Qualifier.ABOUT),
        ("around March 2025", Precision.MONTH, Qualifier.ABOUT),
        ("early 2026", Precision.YEAR, Qualifier.ABOUT),
    ],
)
def test_precision_and_qualifier_are_the_writers(text, precision, qualifier):
    (milestone,) = read_timescale(text).milestones
    assert (milestone.precision, milestone.qualifier) == (precision, qualifier)


# --- the reading as a value ------------------------------------------------------------------------------------------


def test_start_and_end_span_all_milestones():
    reading = read_timescale("Jan 2013 – Jun 2013; Sept 2014")
    assert (reading.start, reading.end) == (date(2013, 1, 1), date(2014, 9, 30))


def test_an_ongoing_reading_without_a_due_date_has_no_end():
    assert read_timescale("August 2022 onwards").end is None


def test_json_has_stable_keys_and_plain_values():
    assert to_json(read_timescale("Q2 2024/25 (draft)")) == {
        "kind": "dated",
        "milestones": [
            {
                "label": "draft",
                "start": "2024-07-01",
                "due": "2024-09-30",
                "precision": "quarter",
                "qualifier": "on",
                "confidence": "clear",
            }
        ],
        "ongoing": False,
        "recurs": None,
        "note": "",
    }


def test_json_that_is_not_ours_is_refused():
    with pytest.raises(ValueError, match="sometime"):
        from_json({"kind": "sometime", "milestones": [], "ongoing": False, "recurs": None, "note": ""})
    with pytest.raises(KeyError):
        from_json({"kind": "blank"})


def test_readings_cannot_be_changed():
    with pytest.raises(AttributeError):
        read_timescale("March 2025").kind = Kind.BLANK
    with pytest.raises(AttributeError):
        Milestone(None, None, None, Precision.DAY, Qualifier.ON, Confidence.CLEAR).due = date(2025, 3, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by 31/07/2027", "→ 31 July 2027"),
        ("Jan 2013 – Jun 2013", "1 January 2013 to 30 June 2013"),
        ("Feb 2013 (phase 1) Apr 2013 (phase 2)", "phase 1: 28 February 2013; phase 2: 30 April 2013"),
        ("Jun 2013\nSep 2013", "30 June 2013; 30 September 2013"),
        ("start April 2025", "from 1 April 2025"),
        ("circa March 2025", "about 31 March 2025"),
        ("March 2025?", "→ 31 March 2025 (please check)"),
        ("Ongoing", "Ongoing, no end date"),
        ("August 2022 onwards", "Ongoing from 1 August 2022, no end date"),
        ("Ongoing until March 2026", "Ongoing until 31 March 2026"),
        ("Ongoing - review March 2026", "Ongoing; review: 31 March 2026"),
        ("Quarterly", "Every quarter"),
        ("Quarterly from April 2025", "Every quarter from 1 April 2025"),
        ("Ongoing, reviewed quarterly", "Every quarter, ongoing"),
        ("bi-annual", "Repeats"),
        ("next 12–24 months", "Relative, no date"),
        ("TBC", "To be confirmed"),
        ("N/A", "Not applicable"),
        ("", "No timescale"),
        ("31/02/2025", "Not understood"),
    ],
)
def test_a_reading_in_plain_english(text, expected):
    assert describe(read_timescale(text)) == expected


# --- text of any size ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "piece", ["March 2025, ", "1/", "((((", "2013/14/", "Phase 1 and ", "31 ", "every ", "a\n", "\u200f"]
)
def test_long_text_is_answered_at_once(piece):
    started = time.process_time()
    reading = read_timescale(piece * (200_000 // len(piece)))
    assert reading.milestones == () and (reading.note or reading.kind is Kind.BLANK)
    read_timescale((piece * 2_000)[:1_999])
    assert (
        time.process_time() - started < 5
    )  # seconds of processor: a pattern that goes back and forth would take minutes


def test_control_text_just_within_the_limit_is_read():
    assert dates("x " * 900 + "March 2025")[0].endswith("2025-03-31")
