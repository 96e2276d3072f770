"""Noise that goes by the posts behind a count."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workforce.disclosure.perturbing import (
    KEYS,
    noise,
    noise_by_key,
    reach,
    rounded,
    row_of_noise,
    shown,
    shown_sums,
)
from workforce.disclosure.rules import Rules

RULES = Rules()
STILL = replace(RULES, noise=0)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
EVERY_KEY = np.arange(KEYS)


@pytest.mark.parametrize(("count", "figure"), [(7, None), (9, None), (10, 10), (11, 10), (12, 10), (13, 15), (14, 15),
                                               (18, 20)])  # fmt: skip
def test_v8_the_10_5_rule(count, figure):
    (value,), (hidden,) = shown([count], [0], STILL, 10)
    assert (None if hidden else value) == figure


@pytest.mark.parametrize(("count", "row"), [(0, 0), (750, 750), (751, 501), (1000, 750), (1001, 501)])
def test_v9_rows_of_the_table_of_noise(count, row):
    assert row_of_noise(count) == row


@pytest.mark.parametrize("count", [10, 11, 12, 57, 750, 751, 12_345])
def test_noise_is_small_and_its_mean_is_nought(count):
    added = noise(np.full(KEYS, count), EVERY_KEY, RULES)
    assert added.sum() == 0
    assert set(added) == {-2, -1, 0, 1, 2}


def test_most_often_nothing_is_added():
    found, times = np.unique(noise_by_key(2), return_counts=True)
    assert dict(zip(found.tolist(), times.tolist(), strict=True)) == {-2: 26, -1: 51, 0: 102, 1: 51, 2: 26}


def test_nobody_stays_nobody():
    assert not noise(np.zeros(KEYS, dtype=int), EVERY_KEY, RULES).any()


def test_asking_a_thousand_times_gives_one_answer():
    answers = {shown([41], [977], RULES, 10)[0].item() for _ in range(1000)}
    assert len(answers) == 1


def test_only_the_remainder_of_the_key_counts():
    assert noise([41], [977], RULES) == noise([41], [977 + 3 * KEYS], RULES)


@unhurried
@given(st.lists(st.integers(0, 255), max_size=80), st.randoms())
def test_the_same_posts_in_any_order_are_the_same_figure(keys, order):
    shuffled = order.sample(keys, len(keys))
    assert shown([len(keys)], [sum(keys)], RULES, 10) == shown([len(keys)], [sum(shuffled)], RULES, 10)


@unhurried
@given(st.integers(0, 2000), st.integers(0, 10**6), st.integers(5, 12))
def test_what_is_shown_is_near_the_truth_and_never_small(count, key, threshold):
    (value,), (hidden,) = shown([count], [key], RULES, threshold)
    assert hidden or (count >= threshold and value % 5 == 0 and abs(value - count) <= reach(RULES))
    assert hidden or value >= min(rounded(threshold, 5), threshold)
    assert hidden == (count < threshold) or count - threshold < RULES.noise


@unhurried
@given(st.integers(0, 200), st.integers(0, 255))
def test_a_higher_threshold_never_shows_more(count, key):
    (_, (low,)), (_, (high,)) = shown([count], [key], RULES, 10), shown([count], [key], RULES, 15)
    assert high or not low


def test_sums_move_with_their_count():
    count, key = np.array([40]), np.array([next(key for key in EVERY_KEY if noise([40], [key], RULES) == 2)])
    assert shown_sums(np.array([320.0]), count, key, RULES, 10)[0] == 335  # 320 * 42 / 40 = 336
    assert shown_sums(np.array([8.0]), count, key, RULES, 10)[1]
    assert shown_sums(np.array([80.0]), np.array([9]), key, RULES, 10)[1]
