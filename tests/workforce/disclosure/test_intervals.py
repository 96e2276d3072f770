"""What can be worked out from shown figures."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workforce.disclosure.intervals import ANY, Sums, around, difference, is_wide, tightened
from workforce.disclosure.rules import Rules

RULES = Rules()
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def bounds(low, high, sums):
    low, high = tightened(np.array(low), np.array(high), Sums(sums))
    return list(zip(low.tolist(), high.tolist(), strict=True))


def test_v1_the_handbooks_table():
    shown = [7, 3, 6, 4]
    sums = [(0, [4, 5]), (1, [6, 7]), (2, [4, 6]), (3, [5, 7])]
    assert bounds([*shown, 0, 0, 0, 0], [*shown, ANY, ANY, ANY, ANY], sums)[4:] == [(3, 6), (1, 4), (0, 3), (0, 3)]


def test_v6_figures_rounded_apart_tell_more_than_each_alone():
    shown = [around(10, 5, steps=None), around(10, 5, steps=None), around(25, 5, steps=None)]
    low, high = zip(*shown, strict=True)
    assert bounds(low, high, [(2, [0, 1])]) == [(11, 12), (11, 12), (23, 24)]


@pytest.mark.parametrize(("shown", "steps", "expected"), [(0, 0, (0, 4)), (15, 0, (11, 19)), (15, 1, (6, 24))])
def test_v11_what_is_behind_a_rounded_figure(shown, steps, expected):
    assert around(shown, 5, steps=steps) == expected


def test_v13_what_is_left_of_nested_groups():
    assert difference((57, 57), (49, 49)) == (8, 8)
    rest = difference(around(55, 5, steps=None), around(50, 5, steps=None))
    assert rest == (1, 9)
    assert is_wide(rest, RULES) and not is_wide((8, 8), RULES)


@unhurried
@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=4), st.data())
def test_the_truth_stays_within_the_bounds(table, data):
    table = np.array(table)
    rows, columns = table.shape
    truth = np.concatenate([table.ravel(), table.sum(1), table.sum(0)])
    known = np.array(data.draw(st.lists(st.booleans(), min_size=len(truth), max_size=len(truth))))
    places = np.arange(table.size).reshape(table.shape)
    sums = [(table.size + row, places[row]) for row in range(rows)]
    sums += [(table.size + rows + column, places[:, column]) for column in range(columns)]
    low, high = tightened(np.where(known, truth, 0), np.where(known, truth, ANY), Sums(sums))
    assert (low <= truth).all() and (truth <= high).all()
