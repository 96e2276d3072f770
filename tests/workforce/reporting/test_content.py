"""The whole report: its parts in the partnership's order, what each says, and what stands in which."""

from datetime import date

import pytest

from tests.workforce.reporting.numbers import labels_of, numbers_in, released_numbers
from tests.workforce.reporting.tables import HIDDEN, about, ages_of, estimate_of, pay_of, share_of, table_of
from workforce.disclosure.released import Audience, NotReleasedError
from workforce.reporting.circumstances import APART, NO_CONTEXT, NO_SCENARIO
from workforce.reporting.content import Arranged, about_of, content_of
from workforce.reporting.parts import OUTLINES
from workforce.reporting.saying import LEFT_OUT, NO_FIGURES

KEYS = [outline.key for outline in OUTLINES]
TABLES = [pay_of(), share_of(), table_of(), ages_of(), estimate_of(), table_of(rows="sector"), share_of(rows="sector")]
CARERS = {"kind": "unpaid_carers", "label": "Unpaid carers", "value": 30000, "source": "Census 2021"}


def part(key, tables=(), **more):
    report = content_of(tables, about(**more))
    return next(part for part in report.parts if part.key == key)


def test_all_parts_stand_in_their_order_and_none_says_nothing():
    report = content_of([], about())

    assert [part.key for part in report.parts] == KEYS
    assert all(part.sentences for part in report.parts)
    assert report.title == "Workforce profile of Northbridge Health and Care Partnership, 31 March 2026"


def test_a_partnership_arranges_parts_leaves_some_out_and_adds_its_words():
    arrangement = [Arranged("pay", 0, "We agreed a pay floor."), Arranged("gap", 5, is_left_out=True), Arranged("x", 1)]
    report = content_of(TABLES, about(), arrangement)

    assert [part.key for part in report.parts][:2] == ["scope", "pay"]
    assert "gap" not in [part.key for part in report.parts]
    assert report.parts[1].words == "We agreed a pay floor."


def test_tables_stand_in_their_part_in_the_order_of_measures_and_rows():
    assert [(shown.table.measure, shown.table.rows) for shown in part("people", TABLES).shown] == [
        ("age_band", "partner"), ("share_over_50", "partner"), ("share_over_50", "sector"),
    ]  # fmt: skip
    assert [shown.table.measure for shown in part("quality", TABLES).shown] == ["estimate_share_over_50"]
    assert len(content_of(TABLES, about()).tables) == len(TABLES)


def test_the_first_table_of_a_measure_is_drawn_and_of_a_few_all():
    women = [share_of("share_women", rows=rows) for rows in ("sector", "partner")]
    trained = table_of("training_dementia", columns="training_dementia")

    assert [bool(shown.chart) for shown in part("people", women).shown] == [True, False]
    assert [bool(shown.chart) for shown in part("people", TABLES).shown] == [True, True, True]
    assert [bool(shown.chart) for shown in part("skills", [trained]).shown] == [False]


def test_where_the_first_table_shows_too_little_the_next_is_drawn():
    women = [share_of("share_women", {None: 80, "a": HIDDEN}, rows="partner"), share_of("share_women", rows="service")]

    assert [bool(shown.chart) for shown in part("people", women).shown] == [False, True]


def test_every_table_is_said_in_words_whether_drawn_or_not():
    report = content_of(TABLES, about())

    assert all(shown.summary.startswith(shown.title) for part in report.parts for shown in part.shown)


def test_numbers_of_the_whole_report_are_released_or_of_the_report_itself():
    report = content_of(TABLES, about())
    words = [*report.headlines, *(sentence for part in report.parts for sentence in part.sentences)]
    own = ["31 March 2026", "aged 50", "Counts under 5", "under 10", *labels_of(*TABLES)]

    assert numbers_in(" ".join(words), *own) <= released_numbers(*TABLES)


def test_the_scope_says_who_is_in_and_who_is_not_and_why():
    late = {"name": "NHS trust", "source": "ESR", "as_at": "2026-02-28"}
    partners_in = [{"name": "Council", "source": "council HR", "as_at": "2026-03-31"}, late]
    no_return = "has sent no return for this date"
    partners_out = [{"name": "Hospice", "why": no_return}, {"name": "College", "why": no_return}, {"name": "Elsewhere"}]
    said = " ".join(part("scope", partners_in=partners_in, partners_out=partners_out).sentences)

    assert "Council (council HR) and NHS trust (ESR, 28 February 2026)" in said
    assert "Not counted (has sent no return for this date): Hospice and College. Not counted: Elsewhere." in said


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        ("partner", "This report is about Council alone, and for Council alone."),
        ("partnership", "for the members of Northbridge Health and Care Partnership"),
        ("public", "for everybody"),
    ],
)
def test_each_report_says_for_whom_it_is(audience, words):
    assert words in " ".join(part("scope", audience=audience, partner="Council").sentences)


def test_demand_supply_and_gap_say_plainly_that_there_is_no_scenario():
    assert part("gap").sentences == (NO_SCENARIO,)
    assert part("gap").shown == ()


def test_people_whom_no_return_counts_come_from_published_figures():
    older = CARERS | {"value": 29000, "as_at": "2011-03-27"}
    newer = CARERS | {"as_at": "2021-03-21"}

    assert part("carers", context=[newer, older]).sentences == (
        "Unpaid carers: 30,000 (Census 2021, 21 March 2021).", APART,
    )  # fmt: skip
    assert part("direct_payments", context=[newer]).sentences == (NO_CONTEXT, APART)


def test_what_was_noted_of_a_return_stands_with_the_quality():
    quality = [{"name": "Council", "sentences": ["Training is recorded for too few.", "It is late."]}]

    assert part("quality", notes={"": ["Two returns are late."], "wte": ["Elsewhere."]}, quality=quality).sentences == (
        "Council: Training is recorded for too few. It is late.", "Two returns are late.",
    )  # fmt: skip


def test_tables_without_a_figure_are_left_to_other_systems_and_it_is_said_of_what():
    hidden, of_sectors = share_of("share_women", {None: HIDDEN}, label="Women"), share_of(figures={None: HIDDEN})
    report = content_of([hidden, share_of(), of_sectors], about())
    people = next(part for part in report.parts if part.key == "people")

    assert [shown.table.measure for shown in people.shown] == ["share_over_50"]
    assert people.sentences[-1] == "Nothing may be shown of women."
    assert set(map(id, report.unseen)) == {id(hidden), id(of_sectors)}
    assert len(report.tables) == 3
    assert part("people", [share_of(), of_sectors]).sentences[-1] == LEFT_OUT


def test_a_part_without_figures_says_so():
    assert part("pay").sentences == (NO_FIGURES,)


@pytest.mark.parametrize(
    ("audience", "words", "not_words"),
    [
        ("partner", "own figures as they are", "rounded"),
        ("partnership", "enough of the others are hidden too", "rounded"),
        ("public", "rounded to the nearest 5", "own figures"),
    ],
)
def test_each_report_says_how_people_are_protected_in_it(audience, words, not_words):
    thresholds = {"posts": 5, "special": 10, "flow": 10, "rounded_to": 5}
    said = " ".join(part("disclosure", audience=audience, partner="Council", thresholds=thresholds).sentences)

    assert words in said
    assert not_words not in said


def test_about_is_read_from_what_a_release_keeps():
    read = about_of(
        {"partnership": "P", "audience": "public", "as_at": "2026-03-31", "released": "2026-05-01T09:30:00+01:00"}
        | {"partner": None, "number": 4, "something_else": 1, "partners_in": [{"name": "A", "as_at": None}]}
    )

    assert (read.audience, read.as_at, read.released) == (Audience.PUBLIC, date(2026, 3, 31), date(2026, 5, 1))
    assert (read.partner, read.number, read.partners_in[0].as_at) == ("", 4, None)


def test_what_was_merely_counted_makes_no_report():
    with pytest.raises(NotReleasedError):
        content_of([object()], about())


def test_all_topics_of_training_share_one_chart_and_each_keeps_its_table():
    names = {"induction": "induction", "dementia": "dementia"}
    tables = [share_of(f"share_trained_{name}", label=f"Trained: {name}") for name in reversed(names)]
    shown = part("skills", tables).shown

    assert [(one.table.measure, bool(one.chart)) for one in shown] == [
        ("share_trained_induction", True), ("share_trained_dementia", False),
    ]  # fmt: skip
    assert "likewise for each topic" in shown[0].summary


def test_employers_are_counted_in_words():
    sizes = table_of("workplaces", {None: {None: 214, "a": 9}}, rows="sector", columns="size_band", unit="workplaces")

    assert part("employers", [sizes]).sentences == ("Workplaces with filled posts: 214.",)


def test_how_a_measure_is_made_is_said_with_its_first_table():
    shown = part("people", [share_of(rows="sector"), share_of(rows="partner")]).shown

    assert shown[0].method == (
        "The share of posts held by people aged 50 or over. Worked out as posts held by people aged 50 or over, "
        "divided by posts whose age is known. Posts without a value are counted apart, and are in no share."
    )
    assert shown[1].method == ""
