"""Hidden figures hold: the published vectors of statistics.md 5.4, and any table that hypothesis thinks of."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.disclosure.hiding import lacking, protect
from workforce.disclosure.linked import Linked
from workforce.disclosure.moves import Moves

from .attack import Place, Unknowns, span
from .cases import Case

WIDTH = 5
GROUPS = np.array([[214, 38, 22, 6], [531, 97, 61, 13], [388, 72, 55, 4], [455, 118, 97, 17]])  # V2
SIX, FOUR = (0, 3), (2, 3)


def partners_by_values(counts, hidden=()):
    """One table: a partner in each row, and a column of all its posts."""
    counts = np.asarray(counts)
    rows, values = counts.shape
    linked = Linked(np.arange(rows), rows, counts)
    shows = np.hstack([np.eye(values), np.ones((values, 1))])
    linked.add("partner", np.arange(rows), shows, rows)
    view = linked.views["partner"]
    view.locked = np.arange(values + 1) == values
    for cell in hidden:
        view.hidden[cell] = True
    return linked


def small(linked, threshold=10):
    view = linked.views["partner"]
    return {"partner": ((view.counts > 0) & (view.counts < threshold) & ~view.locked).astype(int) * (view.counts + 1)}


def broken(linked, primary):
    """(knower, row, column) of cells that somebody could bound too closely; knower 0 is nobody."""
    short = lacking(Moves(linked, primary), "partner", primary["partner"] > 0, WIDTH)[1]
    return {tuple(at) for at in np.argwhere(short).tolist()}


def protected(counts, threshold=10):
    linked = partners_by_values(counts)
    primary = small(linked, threshold)
    lost = protect(linked, primary, width=WIDTH)
    return linked, primary, lost


def block(rows, columns):
    return {(row, column) for row in rows for column in columns}


@pytest.mark.parametrize("more", [set(), {(1, 3)}], ids=["V2", "V3"])
def test_hiding_small_cells_or_one_more_is_judged_to_fail(more):
    linked = partners_by_values(GROUPS, {SIX, FOUR} | more)
    assert {(0, *SIX), (0, *FOUR)} <= broken(linked, small(linked))


def test_a_block_of_two_rows_fails_an_insider_only():
    linked = partners_by_values(GROUPS, block((0, 2), (2, 3)))  # V4
    found = broken(linked, small(linked))
    assert not any(knower == 0 for knower, _, _ in found)
    assert (1, *FOUR) in found  # partner 0 knows its own row


def test_a_block_of_three_rows_passes():
    linked = partners_by_values(GROUPS, block((0, 1, 2), (2, 3)))  # V5
    assert not broken(linked, small(linked))


def test_the_table_of_the_vectors_is_hidden_so_that_it_holds():
    linked, primary, lost = protected(GROUPS)
    assert not lost and not broken(linked, primary)
    hidden = {tuple(cell) for cell in np.argwhere(linked.views["partner"].hidden).tolist()}
    assert {SIX, FOUR} < hidden and len(hidden) <= 8
    attacked = Case(GROUPS.tolist(), hidden)
    assert not any(attacked.findings(insider) for insider in ("", "p0", "p1", "p2", "p3"))


def test_the_certificate_says_no_more_than_integer_programming_finds():
    hidden = block((0, 1, 2), (2, 3))
    linked, attacked = partners_by_values(GROUPS, hidden), Case(GROUPS.tolist(), hidden)
    moves = Moves(linked)
    for row, column in sorted(hidden):
        low, high = attacked.range_of((row, column))
        assert low <= GROUPS[row, column] - moves.down["partner"][0, row, column]
        assert high >= GROUPS[row, column] + moves.up["partner"][0, row, column]


tables = st.integers(3, 5).flatmap(
    lambda rows: st.integers(2, 4).flatmap(
        lambda values: st.lists(
            st.lists(st.one_of(st.integers(0, 12), st.integers(0, 400)), min_size=values, max_size=values),
            min_size=rows,
            max_size=rows,
        )
    )
)


@given(tables)
@settings(max_examples=60, deadline=None)
def test_every_hidden_cell_has_a_certificate_or_is_said_to_have_none(counts):
    linked, primary, lost = protected(counts)
    assert broken(linked, primary) == {(lack.knower, lack.row, lack.column) for lack in lost}
    assert not (linked.views["partner"].hidden & linked.views["partner"].locked).any()


@given(tables)
@settings(max_examples=25, deadline=None)
def test_integer_programming_agrees_with_the_certificates(counts):
    linked, primary, lost = protected(counts)
    if lost:
        return
    hidden = {tuple(cell) for cell in np.argwhere(linked.views["partner"].hidden).tolist()}
    attacked = Case(counts, hidden)
    for row, column in sorted(hidden):
        low, high = attacked.range_of((row, column))
        assert high - low >= (WIDTH if primary["partner"][row, column] else 1)


@given(tables)
@settings(max_examples=40, deadline=None)
def test_the_same_counts_hide_the_same_and_hiding_again_hides_no_more(counts):
    first, primary, _ = protected(counts)
    again = protected(counts)[0]
    hidden = first.views["partner"].hidden.copy()
    assert (again.views["partner"].hidden == hidden).all()
    protect(first, primary, width=WIDTH)
    assert (first.views["partner"].hidden == hidden).all()


@given(tables, st.integers(3, 9), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_a_higher_threshold_shows_nothing_more(counts, threshold, more):
    lower, higher = (protected(counts, least)[0].views["partner"].hidden for least in (threshold, threshold + more))
    assert not (lower & ~higher).any()


def test_control_a_row_that_only_its_partner_is_in_holds_against_others_only():
    linked = partners_by_values([[3, 40], [50, 60]], block((0, 1), (0, 1)))
    assert broken(linked, small(linked)) == {(2, 0, 0), (2, 0, 1), (1, 1, 0), (1, 1, 1)}  # each knows the other's


def test_the_order_of_atoms_does_not_matter():
    order = np.random.default_rng(1).permutation(4)
    hidden = protected(GROUPS)[0].views["partner"].hidden
    linked = Linked(order, 4, GROUPS[order])
    linked.add("partner", order, np.hstack([np.eye(4), np.ones((4, 1))]), 4)
    linked.views["partner"].locked = np.arange(5) == 4
    protect(linked, small(linked), width=WIDTH)
    assert (linked.views["partner"].hidden == hidden).all()


def test_the_attackers_own_example_still_stands():
    """V1 of the handbook, so that the two ways of looking are known to be about the same thing."""
    case = Case([[5, 2], [1, 2]], block((0, 1), (0, 1)))
    place = Place("partner", "", "", frozenset([(0, 0)]), frozenset(["k0"]))
    assert span(Unknowns(case.facts, case.views, "ethnicity"), place) == (3, 6)
