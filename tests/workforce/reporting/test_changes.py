"""What has changed since the report before, and what may only look so."""

import pytest

from tests.workforce.reporting.tables import HIDDEN, about, ages_of, share_of, table_of
from workforce.reporting.changes import FIRST, SAME, changes_of

BEFORE = about(as_at="2025-09-30")
SINCE = "Compared with the report of 30 September 2025."


def compared(now, then, now_about=None, then_about=BEFORE):
    return changes_of([now], now_about or about(), ([then], then_about))


def test_there_is_nothing_to_compare_the_first_report_with():
    assert changes_of([table_of()], about(), None) == (FIRST,)


def test_before_and_after_are_named_as_they_were_released():
    then = share_of(figures={None: 35.0})

    assert compared(share_of(), then) == (SINCE, "Posts held by people aged 50 or over: from 35.0% to 36.5%.")


@pytest.mark.parametrize("then", [{None: HIDDEN}, {None: 36.5}, {None: None}])
def test_what_was_hidden_or_is_the_same_is_no_change(then):
    assert compared(share_of(), share_of(figures=then)) == (SINCE, SAME)


@pytest.mark.parametrize(("before", "is_told"), [(40, True), (41, False), (50, False), (59, False), (60, True)])
def test_small_differences_of_flows_are_not_told(before, is_told):
    now, then = (table_of("leavers", {None: value}, unit="people", label="Leavers") for value in (50, before))

    assert (compared(now, then) != (SINCE, SAME)) is is_told


@pytest.mark.parametrize(("before", "is_told"), [(1200, False), (1195, True)])
def test_counts_that_moved_within_their_rounding_did_not_change(before, is_told):
    now, then = (table_of(figures={None: value}, method="perturbed") for value in (1205, before))

    assert (compared(now, then) != (SINCE, SAME)) is is_told


def test_where_others_are_counted_only_partners_of_both_reports_are_compared():
    then_about = about(as_at="2025-09-30", partners_in=[{"name": "Council", "source": "council HR"}])
    then = table_of(figures={None: 700, "council": 700, "trust": HIDDEN})

    said = compared(table_of(), then, then_about=then_about)

    assert said == (
        SINCE,
        "Counted now and not then: NHS trust.",
        "So the whole is not compared, only partners that are in both reports.",
        "Posts: Council from 700 to 804.",
    )


def test_a_change_of_source_definition_or_threshold_is_flagged():
    partners = [{"name": "Council", "source": "ASC-WDS"}, {"name": "NHS trust", "source": "ESR"}]
    other = about(definitions="2026.2", partners_in=partners, thresholds={"posts": 10})

    said = " ".join(compared(table_of(), table_of(), now_about=other))

    assert "The return of Council comes from ASC-WDS now and came from council HR then" in said
    assert "from version 2026.1 to 2026.2" in said
    assert "What counts as small has changed" in said
    assert "may come from" not in " ".join(compared(table_of(), table_of()))


def test_broader_groups_than_before_are_flagged():
    broad = {None: {"under_50": 600, "50_and_over": 604}}
    then = table_of("age_band", broad, columns="age_band", label="Age of people in post")

    assert "Shown in other groups than before: age of people in post." in compared(ages_of(), then)
    assert compared(ages_of(), ages_of()) == (SINCE, SAME)
