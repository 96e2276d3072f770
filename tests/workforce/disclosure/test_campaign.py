"""The gate is attacked as in the bench, a handful of partnerships; tests/bench/disclosure_attack.py takes 200."""

import pytest

from .campaign import FEWER, LATER, Audience, small_ones_only, trial

SEEDS = (1001, 1002)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("audience", [Audience.PARTNERSHIP, Audience.PUBLIC])
def test_nothing_is_found_in_one_release(seed, audience):
    tried = trial(seed, audience=audience, releases=1).attacked()
    assert not tried.untrue and not tried.averaged
    assert [str(found) for found in tried.findings] == []


@pytest.mark.parametrize(
    "second", [LATER, pytest.param(FEWER, marks=pytest.mark.xfail(strict=False, reason="The gate does not hold yet"))]
)
def test_nothing_is_found_in_two_releases(second):
    tried = trial(1003, second=second).attacked()
    assert not tried.untrue
    assert [str(found) for found in tried.findings] == []


def test_control_a_gate_that_hides_small_figures_only_is_broken():
    tried = trial(1001, gate=small_ones_only, releases=1).attacked(insiders=False)
    assert not tried.untrue and len(tried.findings) > 5
