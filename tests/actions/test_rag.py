"""The rating that dates suggest: arithmetic, with its reason."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from actions.rag import QUARTER, SILENCE, WORDS, suggest_rag

TODAY = date(2026, 6, 15)
DAY = timedelta(days=1)


def ask(today=TODAY, complete=False, due=None, **more):
    return suggest_rag(today=today, complete=complete, due=due, **more)


@pytest.mark.parametrize(
    ("given_", "colour", "reason"),
    [
        ({"complete": True}, "blue", "Reported complete."),
        ({"complete": True, "due": date(2020, 1, 1)}, "blue", "Reported complete."),
        ({"due": date(2026, 6, 25)}, "green", "Due 25 June 2026, 10 days from now."),
        ({"due": date(2026, 6, 16)}, "green", "Due 16 June 2026, 1 day from now."),
        ({"due": TODAY}, "green", "Due today, 15 June 2026."),
        ({"due": date(2027, 6, 15)}, "green", "Due 15 June 2027, 12 months from now."),
        ({"due": date(2026, 6, 14)}, "amber", "It was due 14 June 2026, 1 day ago."),
        ({"due": TODAY - QUARTER}, "amber", "It was due 15 March 2026, 92 days ago."),
        ({"due": TODAY - QUARTER - DAY}, "red", "It was due 14 March 2026, 93 days ago."),
        ({}, "", "No end date is certain, so no rating can be worked out."),
        ({"ongoing": True}, "amber", "Ongoing, and nobody has reported yet."),
        ({"ongoing": True, "last_word": date(2026, 6, 1)}, "green", "Ongoing, last reported 1 June 2026."),
        (
            {"ongoing": True, "last_word": TODAY - SILENCE - DAY},
            "amber",
            "Ongoing, and nobody has reported since 13 December 2025.",
        ),
        (
            {"ongoing": True, "due": date(2026, 6, 14), "last_word": TODAY},
            "amber",
            "It was due 14 June 2026, 1 day ago.",
        ),
    ],
)
def test_dates_to_colour_and_reason(given_, colour, reason):
    suggestion = ask(**given_)
    assert (suggestion.colour, suggestion.reason) == (colour, reason)


@pytest.mark.parametrize(
    ("milestone", "colour", "reason"),
    [
        (("Phase 1", date(2026, 5, 1), None), "amber", "“Phase 1” was due 1 May 2026, 45 days ago, and is not ticked"),
        (("Phase 1", date(2026, 1, 1), None), "red", "“Phase 1” was due 1 January 2026, 5 months ago, and is not"),
        ((None, date(2026, 6, 14), None), "amber", "A milestone was due 14 June 2026, 1 day ago, and is not"),
        (("Phase 1", date(2026, 5, 1), date(2026, 5, 20)), "green", "Due 25 June 2026, 10 days from now."),
        (("Phase 1", TODAY, None), "green", "Due 25 June 2026, 10 days from now."),
        (("Phase 1", None, None), "green", "Due 25 June 2026, 10 days from now."),
    ],
)  # fmt: skip
def test_a_missed_milestone_speaks_before_the_end_does(milestone, colour, reason):
    suggestion = ask(due=date(2026, 6, 25), milestones=[milestone])
    assert suggestion.colour == colour
    assert suggestion.reason.startswith(reason)


def test_the_milestone_missed_first_is_the_one_named():
    missed = [("Second", date(2026, 5, 1), None), ("First", date(2026, 4, 1), None)]
    assert "“First”" in ask(due=date(2026, 6, 25), milestones=missed).reason


def test_milestones_of_one_day_with_and_without_a_name():
    missed = [("Named", date(2026, 5, 1), None), (None, date(2026, 5, 1), None)]
    assert ask(milestones=missed).colour == ask(milestones=missed[::-1]).colour == "amber"


def test_a_missed_milestone_without_any_end_counts_too():
    assert ask(milestones=[("Phase 1", date(2026, 1, 1), None)]).colour == "red"


DATES = st.dates(date(2025, 1, 1), date(2027, 12, 31))
MILESTONES = st.lists(st.tuples(st.none() | st.just("Phase"), st.none() | DATES, st.none() | DATES), max_size=4)
CASES = st.fixed_dictionaries(
    {
        "due": st.none() | DATES,
        "milestones": MILESTONES,
        "ongoing": st.booleans(),
        "last_word": st.none() | DATES,
    }
)
WORSE = {"": 0, "green": 0, "amber": 1, "red": 2}


@given(DATES, CASES)
def test_complete_is_blue_whatever_the_dates(today, case):
    assert ask(today, complete=True, **case).colour == "blue"
    assert ask(today, **case).colour != "blue"


@given(DATES, st.integers(0, 800), CASES)
@example(date(2026, 5, 1), 32, {"due": date(2026, 6, 1), "milestones": [("Phase", date(2026, 1, 1), None)]})
def test_time_passing_never_makes_it_better(today, later, case):
    now, then = ask(today, **case), ask(today + later * DAY, **case)
    assert WORSE[then.colour] >= WORSE[now.colour]


@given(DATES, st.none() | DATES)
def test_without_a_date_there_is_no_colour(today, last_word):
    assert ask(today, last_word=last_word, milestones=[("Phase", None, None)]).colour == ""


@given(DATES, CASES)
def test_ticking_everything_off_never_makes_it_worse(today, case):
    ticked = case | {"milestones": [(label, when, today) for label, when, _ in case["milestones"]]}
    assert WORSE[ask(today, **ticked).colour] <= WORSE[ask(today, **case).colour]


@given(DATES, CASES)
def test_every_answer_has_a_word_and_one_sentence(today, case):
    suggestion = ask(today, **case)
    assert suggestion.word == WORDS[suggestion.colour]
    assert suggestion.reason.endswith(".")
