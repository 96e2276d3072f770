"""Does the attack find what is known to be there to find, and leave alone what is known to hold?"""

import pytest

from workforce.disclosure.rules import Rules

from .cases import Case
from .findings import SHOWN, Judge
from .naive_gate import release
from .partnerships import counted_of, facts_of, invent, measures, truths_of, view_of

# statistics.md 5.4, V2: partners x broad ethnic groups.
GROUPS = [[214, 38, 22, 6], [531, 97, 61, 13], [388, 72, 55, 4], [455, 118, 97, 17]]
SIX, FOUR = (0, 3), (2, 3)
FIELDS, RULES = ("ethnicity", "zero_hours"), Rules()


def block(rows, columns):
    return {(row, column) for row in rows for column in columns}


def test_the_handbooks_own_table():
    case = Case([[5, 2], [1, 2]], block((0, 1), (0, 1)))  # V1: any data with these margins
    assert [case.range_of(cell) for cell in ((0, 0), (0, 1), (1, 0), (1, 1))] == [(3, 6), (1, 4), (0, 3), (0, 3)]


@pytest.mark.parametrize("more", [set(), {(1, 3)}], ids=["V2: small cells only", "V3: one more in the column"])
def test_hiding_too_few_is_broken(more):
    case = Case(GROUPS, {SIX, FOUR} | more)
    assert case.range_of(SIX) == (6, 6) and case.range_of(FOUR) == (4, 4)
    assert {("p0", "k3"), ("p2", "k3")} <= case.findings()


def test_a_block_of_two_rows_holds_for_outsiders_and_is_broken_by_an_insider():
    case = Case(GROUPS, block((0, 2), (2, 3)))  # V4
    assert case.range_of(SIX) == (0, 10) and case.range_of(FOUR) == (0, 10)
    assert case.range_of(FOUR, insider=0) == (4, 4)
    assert not case.findings() and ("p2", "k3") in case.findings(insider="p0")


def test_a_block_of_three_rows_holds_for_insiders_too():
    case = Case(GROUPS, block((0, 1, 2), (2, 3)))  # V5
    assert case.range_of(FOUR, insider=0)[1] - case.range_of(FOUR, insider=0)[0] >= RULES.width
    assert not any(case.findings(insider) for insider in ("", "p0", "p1", "p2", "p3"))


def test_rounding_that_can_be_unpicked():
    case = Case([[11], [12]], slack=2, to=5)  # V6: 10, 10 and their total 25
    assert [case.range_of(cell) for cell in ((0, 0), (1, 0), (2, 0))] == [(11, 12), (11, 12), (23, 24)]


@pytest.mark.parametrize(("part", "whole", "share"), [(5, 61, 8.2), (8, 60, 13.3)])
def test_exact_shares_beside_rounded_counts_can_be_unpicked(part, whole, share):
    case = Case([[part, whole - part]], {(0, 1), (1, 1)}, slack=2, to=5)  # V7
    case.say(0, share)
    assert case.range_of((0, 0)) == (part, part) and case.range_of((0, 2)) == (whole, whole)


def naive(seed, rules=RULES):
    truth = invent(seed, fields=FIELDS, size=0.5)
    counted = counted_of(truth)
    view = view_of(release(counted, measures(FIELDS), rules), counted)
    facts, truths = facts_of(truth), truths_of(truth)
    return view, facts, truths


def test_control_hiding_small_figures_only_is_broken():
    view, facts, truths = naive(0)
    judge = Judge(facts, truths, RULES)
    assert not truths.contradicted([view], facts)
    assert len(judge.findings([view], "ethnicity")) > 5
    assert not judge.shown([view])


def test_control_a_gate_that_lets_everything_through_is_seen():
    view, facts, truths = naive(0, Rules(partnership_threshold=0, special_threshold=0, flow_threshold=0))
    assert {one.what for one in Judge(facts, truths, RULES).shown([view])} == {SHOWN}


def test_the_truth_agrees_with_all_that_the_attacker_reads():
    for seed in range(6):
        view, facts, truths = naive(seed)
        assert truths.contradicted([view], facts) == []


def test_control_a_figure_that_is_untrue_is_noticed():
    view, facts, truths = naive(1)
    posts = next(table for table in view.tables if table["measure"] == "posts")
    posts["cells"][0]["value"] += 1
    assert truths.contradicted([view], facts)
