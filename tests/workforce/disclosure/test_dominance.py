"""Figures that would give away an employer."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workforce.disclosure.dominance import concentration, gives_away_an_employer, is_dominated
from workforce.disclosure.rules import Rules

RULES = Rules()
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("contributions", "dominated"),
    [
        ([100], True),
        ([100, 50], True),  # each knows the other
        ([100, 50, 9], True),
        ([100, 50, 10], False),  # exactly p%
        ([30, 5, 3], False),
        ([9, 100, 50], True),  # in any order
        ([], False),
        ([0, 0], False),
    ],
)
def test_the_rule_p_per_cent(contributions, dominated):
    assert is_dominated(contributions, RULES) is dominated


def test_three_must_stand_behind_a_figure():
    assert gives_away_an_employer([40, 40], RULES)
    assert gives_away_an_employer([40, 40, 0], RULES)
    assert not gives_away_an_employer([40, 40, 40], RULES)
    assert not gives_away_an_employer([0, 0], RULES)


def test_control_without_the_rule_a_dominant_employer_passes():
    assert not gives_away_an_employer([100, 50, 9], Rules(p_percent=0))


def test_grains_of_one_contributor_are_taken_together():
    found = concentration(np.array([0, 0, 1, -1]), np.array([7, 7, 8, 9]), np.array([[3], [4], [5], [90]]), 2)
    assert found.largest.tolist() == [[7], [5]]
    assert found.contributors.tolist() == [[1], [1]]
    assert found.total.tolist() == [[7], [5]]


@unhurried
@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(0, 4), st.integers(0, 60), st.integers(0, 60)), max_size=25))
def test_tables_are_judged_cell_by_cell_like_single_figures(grains):
    table = np.array(grains, dtype=np.int64).reshape(-1, 4)
    rows, who, counts = table[:, 0], table[:, 1], table[:, 2:]
    found = concentration(rows, who, counts, 3).gives_away(RULES)
    for row in range(3):
        for column in range(2):
            theirs = [counts[(rows == row) & (who == one), column].sum() for one in range(5)]
            assert found[row, column] == gives_away_an_employer(theirs, RULES)
