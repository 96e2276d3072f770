"""Shares of the whole sector: as sent in, weighted to its known size, and the bounds if nothing is assumed."""

from datetime import date

import pytest

from tests.workforce.profile.making import counted, posts, returned
from tests.workforce.quality.making import workplace
from workforce.quality.sector import KnownSize

SIZE = {"as_at": date(2026, 1, 1)}


def homes(first, many, staff, leavers, service="care_home", **more):
    """Workplaces of one kind with their posts: (rows, workplaces)."""
    numbers = range(first, first + many)
    rows = [
        row | {"post_key": 1000 * number + row["post_key"]}
        for number in numbers
        for row in posts(staff, establishment_key=number, service=service, sector="independent_private", **more)
    ]
    return rows, [
        {"sector": "independent_private"} | workplace(number, service=service, total_staff=staff, posts_in_file=staff,
                                                      employees=staff, leavers=leavers)
        for number in numbers
    ]  # fmt: skip


def estimated(tmp_path, parts, sizes):
    rows, places = ([one for part in parts for one in part[which]] for which in (0, 1))
    found = counted(returned(tmp_path, "elm", rows, workplaces=places), sizes=sizes)
    return {one.measure: one for one in found.estimates}


def test_turnover_is_weighted_to_the_workplaces_that_exist(tmp_path):
    """The worked example of the definitions: 25.7% unweighted and 27.3% weighted, on means of posts of 24, 14, 12."""
    services = ("care_home", "care_home_nursing", "domiciliary")
    shape = zip(services, (48, 35, 37), (24, 14, 12), (5.28, 3.5, 4.32), strict=True)
    parts = [
        (rows, [one | {"leavers": leavers} for one in places])
        for number, (service, many, staff, leavers) in enumerate(shape)
        for rows, places in [homes(1 + 100 * number, many, staff, 0, service)]
    ]
    sizes = [KnownSize(service, establishments=known, **SIZE) for service, known in zip(services, (60, 50, 90),
                                                                                       strict=True)]  # fmt: skip
    found = estimated(tmp_path, parts, sizes)["estimate_turnover_rate"]
    assert round(100 * found.unweighted, 1) == 25.7
    assert round(100 * found.weighted, 1) == 27.3
    assert (found.low, found.high, found.base, found.contributors) == (None, None, 48 * 24 + 35 * 14 + 37 * 12, 120)


def test_bounds_assume_nothing_of_posts_that_were_not_sent(tmp_path):
    young, old = homes(1, 5, 10, 1, age_band="30_34"), homes(10, 5, 10, 1, age_band="60_64")
    sizes = [KnownSize("care_home", establishments=40, posts=400, **SIZE)]
    found = estimated(tmp_path, [young, old], sizes)["estimate_share_over_50"]
    assert (found.unweighted, found.weighted, found.coverage) == (0.5, 0.5, 0.25)
    assert (found.low, found.high) == pytest.approx((0.125, 0.875))


def test_weights_go_by_size_where_it_is_known(tmp_path):
    small, large = homes(1, 5, 5, 0, sex="male"), homes(10, 5, 20, 0, sex="female")
    small = small[0], [one | {"size_band": "1_to_9"} for one in small[1]]
    sizes = [KnownSize("care_home", size_band=band, establishments=known, **SIZE)
             for band, known in (("1_to_9", 45), ("10_to_49", 5))]  # fmt: skip
    found = estimated(tmp_path, [small, large], sizes)["estimate_share_women"]
    assert found.unweighted == 0.8
    assert found.weighted == pytest.approx(100 / (45 * 5 + 5 * 20))


def test_without_known_sizes_nothing_is_estimated(tmp_path):
    assert estimated(tmp_path, [homes(1, 5, 10, 1, sex="male")], []) == {}


def test_services_of_unknown_size_are_in_no_estimate(tmp_path):
    found = estimated(tmp_path, [homes(1, 5, 10, 1, sex="male")], [KnownSize("day", establishments=5, **SIZE)])
    assert found == {}


def test_where_a_kind_sent_nothing_and_has_no_known_posts_there_are_no_bounds(tmp_path):
    sizes = [KnownSize("care_home", establishments=10, **SIZE), KnownSize("day", establishments=5, **SIZE)]
    found = estimated(tmp_path, [homes(1, 5, 10, 1, sex="male")], sizes)["estimate_share_women"]
    assert (found.unweighted, found.low, found.high, found.coverage) == (0, None, None, None)


def test_a_return_that_says_too_little_is_in_no_estimate_of_it(tmp_path):
    rows, places = homes(1, 5, 10, 1)
    sizes = [KnownSize("care_home", establishments=10, **SIZE)]
    assert "estimate_share_women" not in estimated(tmp_path, [(rows, places)], sizes)
