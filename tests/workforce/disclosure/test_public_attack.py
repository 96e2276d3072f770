"""The public view against attackers who know how far figures can be from the truth, and partners who know their own."""

from dataclasses import replace

import pytest

from workforce.disclosure import public_hiding
from workforce.disclosure.perturbing import reach
from workforce.disclosure.public import public_tables
from workforce.disclosure.rules import Rules

from .findings import Judge
from .over_time import who_joined
from .partnerships import counted_of, facts_of, invent, one_joins, truths_of, view_of

RULES = Rules()
FIELDS = ("sex", "zero_hours")


def released(truth, rules=RULES, numbers=None):
    counted = counted_of(truth, numbers=numbers)
    return view_of(public_tables(counted, rules), counted, slack=reach(rules))


def judge(truth, rules=RULES):
    return Judge(facts_of(truth), truths_of(truth), rules, public=True)


@pytest.mark.parametrize("seed", [2, 3])
def test_nothing_small_is_worked_out(seed):
    truth = invent(seed, fields=FIELDS)
    view = released(truth)
    assert judge(truth).truths.contradicted([view], facts_of(truth)) == []
    assert judge(truth).all_findings([view], insiders=seed == 3) == []


def test_control_exact_counts_with_small_ones_hidden_are_broken(monkeypatch):
    monkeypatch.setattr(public_hiding, "_hide_for_small", lambda *_: False)
    exact = replace(RULES, noise=0, base=1, fewest_contributors=0, p_percent=0)
    truth = invent(3, fields=FIELDS)
    assert judge(truth, exact).all_findings([released(truth, exact)], insiders=False)


@pytest.mark.parametrize("seed", [1, 2])
def test_who_joined_is_not_told_by_two_releases(seed):
    truth = invent(seed, fields=("sex",), size=0.5)
    later, like = one_joins(truth, seed)
    before, after = released(truth), released(later, numbers={name: 100 + at for at, name in enumerate(truth.partners)})
    possible = who_joined(before, after, facts_of(truth), "sex", truth.atom[like])
    assert len(possible) > 1
