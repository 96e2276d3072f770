"""A small run of the bench: both sides count the same posts, and a limit that is broken is told."""

import pytest

from tests.bench import profile

FINE = {
    "ours": {"processor": 1, "megabytes": 100, "counts": {"posts": 5}},
    "bare": {"counts": {"posts": 5}},
    "ratio": 1,
}


def second_of(steps):
    next(steps)
    return next(steps)


def test_both_sides_count_the_same_posts(tmp_path, monkeypatch):
    monkeypatch.setattr(profile, "KEPT", tmp_path)
    ours, bare = (second_of(work(400, 1)) for work in (profile.ours, profile.bare))
    assert ours["posts"] == bare["posts"] > 300
    assert ours["age_band"] == bare["age_band"]


def test_what_is_within_the_limits_is_fine():
    assert profile.broken(FINE) == []


@pytest.mark.parametrize("fault", [
    {"ratio": 4},
    {"ours": FINE["ours"] | {"processor": 7}},
    {"ours": FINE["ours"] | {"megabytes": 2000}},
    {"bare": {"counts": {"posts": 6}}},
])  # fmt: skip
def test_control_a_broken_limit_is_told(fault):
    assert len(profile.broken(FINE | fault)) == 1
