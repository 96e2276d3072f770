"""The gate is attacked as in the bench, a handful of partnerships; tests/bench/disclosure_attack.py takes 200."""

from dataclasses import replace

import numpy as np
import pytest

from workforce.profile.counted import Block, Grains

from .campaign import FEWER, LATER, Audience, small_ones_only, the_gate, trial
from .over_time import singled_out, told_differently, who_joined
from .partnerships import counted_of, facts_of, invent, one_joins, view_of

BOTH = pytest.mark.parametrize("audience", [Audience.PARTNERSHIP, Audience.PUBLIC])


@BOTH
@pytest.mark.parametrize("second", [LATER, FEWER])
def test_nothing_is_found_in_two_releases(audience, second):
    tried = trial(1007, audience=audience, second=second, many=1).attacked()
    assert not tried.untrue and not tried.averaged
    assert [str(found) for found in tried.findings] == []


def test_control_a_gate_that_hides_small_figures_only_is_broken():
    tried = trial(1007, gate=small_ones_only, releases=1, many=1).attacked(insiders=False)
    assert not tried.untrue and len(tried.findings) > 5


@BOTH
def test_nobody_is_singled_out(audience):
    tried = trial(1007, audience=audience, releases=1, many=1)
    for family in tried.truths.counts[min(tried.truths.counts)].keys() & set(tried.facts.levels):
        assert singled_out(tried.views, tried.facts, tried.truths, family) == {}


def public(truth, counted=None):
    counted = counted or counted_of(truth)
    return view_of(the_gate(counted, Audience.PUBLIC, ()), counted, slack=4)


def shuffled(counted):
    """The same counts in another order of grains, each block by itself."""
    draw = np.random.default_rng(5)
    return replace(counted, blocks={name: _shuffled(block, draw) for name, block in counted.blocks.items()})


def _shuffled(block, draw):
    order = draw.permutation(len(block.grains))
    places = {name: along[order] for name, along in block.grains.places.items()}
    parts = [None if one is None else one[order] for one in (block.counts, block.keys, block.bases)]
    return Block(Grains(block.grains.values, places, block.grains.contributor[order]), block.values, *parts)


def test_noise_is_the_same_however_often_and_in_whatever_order_it_is_asked_for():
    truth = invent(5, fields=("zero_hours",))
    views = [public(truth), public(truth), public(truth, shuffled(counted_of(truth)))]
    assert views[0].tables == views[1].tables == views[2].tables
    assert told_differently(views, facts_of(truth)) == []


def test_who_alone_joined_is_not_known_by_public_figures():
    truth = invent(5, fields=("zero_hours",))
    later, like = one_joins(truth, 1)
    views, atom = [public(truth), public(later)], truth.atom[like]
    assert len(who_joined(*views, facts_of(truth), "zero_hours", atom)) > 1


def test_the_truth_agrees_with_what_was_released():
    tried = trial(1010, releases=1, many=3)
    assert tried.truths.contradicted(tried.views, tried.facts) == []
