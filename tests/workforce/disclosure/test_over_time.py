"""Attacks across releases and on single people find what is known to be there."""

from .attack import View
from .cases import Case
from .over_time import singled_out, told_differently, who_joined


def test_one_partner_less_on_the_same_day_gives_that_partner_away():
    with_it, without = Case([[8, 20], [49, 30]], {(0, 0), (0, 1), (1, 0), (1, 1)}), Case([[49, 30]])
    assert with_it.range_of((0, 0))[1] > 8
    tables = (
        {"measure": "ethnicity", "rows": "", "columns": "ethnicity", "cells": without.views[0].tables[0]["cells"][3:]},
    )
    with_it.views.append(View(tables, {"p1": 1}))
    assert with_it.range_of((0, 0)) == (8, 8)  # V13, exact


def test_rounded_nested_groups_give_a_range_only():
    case = Case([[8], [49]], {(0, 0), (0, 1), (1, 0), (1, 1)}, slack=2, to=5)
    case.views.append(View(tuple(_total_of(50)), {"p1": 1}, 2))
    assert case.range_of((0, 0)) == (1, 9)  # V13, rounded


def _total_of(value):
    cell = {"row": None, "column": None, "value": value, "suppressed": False}
    yield {"measure": "ethnicity", "rows": "", "columns": "ethnicity", "cells": [cell]}


def test_the_only_one_who_joined_is_known_by_exact_figures():
    before, after = Case([[38, 3]]), Case([[38, 4]])  # V12
    assert who_joined(before.views[0], after.views[0], before.facts, "ethnicity", 0) == [frozenset(["k1"])]


def test_the_only_one_who_joined_is_not_known_by_rounded_figures():
    before, after = Case([[38, 3]], slack=2, to=5), Case([[38, 4]], slack=2, to=5)
    assert len(who_joined(before.views[0], after.views[0], before.facts, "ethnicity", 0)) == 2


def test_a_group_of_whom_all_have_one_value_is_singled_out():
    case = Case([[12, 0], [5, 30]])
    assert singled_out(case.views, case.facts, case.truths, "ethnicity") == {(0, 0): 12}


def test_a_group_whose_zero_is_hidden_is_not():
    case = Case([[12, 0], [5, 30]], {(row, column) for row in (0, 1) for column in (0, 1)})
    assert singled_out(case.views, case.facts, case.truths, "ethnicity") == {}


def test_noise_that_is_drawn_anew_is_noticed():
    case, again = Case([[12, 40]], slack=4, to=5), Case([[17, 40]], slack=4, to=5)
    assert not told_differently(2 * case.views, case.facts)
    assert told_differently(case.views + again.views, case.facts)
