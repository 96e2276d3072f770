import numpy as np
import pytest

from workforce.sampling.cells import add_months, dates, halves, lists, words
from workforce.sampling.drawing import allocate, calibrate, deal, pick_by_row, rake, stream


def test_raking_meets_every_margin():
    margins = [np.array([0.2, 0.8]), np.array([0.5, 0.3, 0.2])]
    table = rake(np.array([[4.0, 1, 1], [1, 1, 1]]), margins)
    assert table.sum(axis=1) == pytest.approx(margins[0])
    assert table.sum(axis=0) == pytest.approx(margins[1])


def test_raking_keeps_what_goes_together():
    """The odds ratio of the start survives: that is what makes it fitting and not just multiplying margins."""
    table = rake(np.array([[6.0, 1], [1, 1]]), [np.array([0.3, 0.7]), np.array([0.4, 0.6])])
    assert table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0]) == pytest.approx(6)


@pytest.mark.parametrize("many", [0, 1, 7, 1000])
def test_shared_out_numbers_add_up(many):
    whole = allocate([0.22, 0.60, 0.18], many)
    assert whole.sum() == many
    assert np.abs(whole - np.array([0.22, 0.60, 0.18]) * many).max() < 1


def test_a_deal_has_the_shares_exactly():
    assert np.bincount(deal(stream(1), [1, 2, 1], 400)).tolist() == [100, 200, 100]


def test_what_has_no_share_is_never_drawn():
    chosen = pick_by_row(stream(2), [[0, 1, 0], [0.5, 0, 0.5]], np.array([0] * 500 + [1] * 500))
    assert set(chosen[:500]) == {1}
    assert set(chosen[500:]) == {0, 2}


def test_streams_are_apart_and_repeatable():
    assert stream(1, "a").random() == stream(1, "a").random()
    assert len({stream(1, "a").random(), stream(1, "b").random(), stream(2, "a").random()}) == 3


def test_the_calibrated_mean_is_the_target():
    scores = np.array([-1.0, 0, 2, 0.5])
    assert np.mean(1 / (1 + np.exp(-(calibrate(scores, 0.29) + scores)))) == pytest.approx(0.29)


def test_months_end_where_calendars_end_them():
    days = np.array(["2024-01-31", "2023-08-31", "2024-02-29"], dtype="M8[D]")
    assert add_months(days, 1).astype(str).tolist() == ["2024-02-29", "2023-09-30", "2024-03-29"]
    assert add_months(days, -12).astype(str).tolist() == ["2023-01-31", "2022-08-31", "2023-02-28"]


def test_text_of_columns():
    days = np.array(["1999-12-31", "NaT", "2000-01-01"], dtype="M8[D]")
    assert dates(days).to_pylist() == ["31/12/1999", None, "01/01/2000"]
    assert halves(np.array([0, 74, 75])).to_pylist() == ["0", "37", "37.5"]
    assert words(("a", ""), np.array([0, 1, 0])).to_pylist() == ["a", None, "a"]
    assert lists(np.array([0, 0, 2]), words("xyz", np.array([0, 1, 2])), 3).to_pylist() == ["x;y", None, "z"]
