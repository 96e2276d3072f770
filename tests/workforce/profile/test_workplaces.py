"""Employees, starters, leavers and vacancies of the workplaces that count in their rates, and of no closed one."""

from datetime import date

import numpy as np
import pytest

from tests.workforce.profile.making import column, columns, counted, posts, returned
from tests.workforce.quality.making import workplace
from workforce.profile.rates import starters_rate, turnover_rate, vacancy_rate
from workforce.profile.workplaces import read_workplaces

INDEPENDENT = {"sector": "independent_private"}


def of(tmp_path, *workplaces, rows=None):
    rows = posts(20) if rows is None else rows
    return counted(returned(tmp_path, "elm", rows, workplaces=[INDEPENDENT | one for one in workplaces]))


def rates(found):
    flows = {name: column(found.blocks[name], "all") for name in ("starters", "leavers", "vacancies")}
    bases = {name: column(found.blocks[f"employees_of_{name}"], "all") for name in flows}
    return (
        vacancy_rate(flows["vacancies"], bases["vacancies"]), turnover_rate(flows["leavers"], bases["leavers"]),
        starters_rate(flows["starters"], bases["starters"]),
    )  # fmt: skip


def test_rates_are_those_of_the_worked_example(tmp_path):
    found = of(
        tmp_path,
        workplace(1, employees=100, total_staff=110, posts_in_file=110, vacancies=10, leavers=40, starters=50),
        workplace(2, employees=80, total_staff=80, posts_in_file=80, vacancies=4, leavers=12, starters=11),
    )
    assert [round(100 * rate, 1) for rate in rates(found)] == [7.2, 28.9, 33.9]


def test_a_workplace_that_does_not_say_is_in_neither_part_of_the_rate(tmp_path):
    found = of(tmp_path, workplace(1), workplace(2, leavers=None, employees=500))
    assert columns(found.blocks["leavers"]) == {"all": 4}
    assert columns(found.blocks["employees_of_leavers"]) == {"all": 20}
    assert columns(found.blocks["employees"]) == {"all": 520}
    assert found.blocks["leavers"].bases.sum(axis=0).tolist() == [1, 0]


def test_none_is_a_figure(tmp_path):
    found = of(tmp_path, workplace(1, leavers=0), workplace(2))
    assert column(found.blocks["employees_of_leavers"], "all") == 40


@pytest.mark.parametrize(
    ("figures", "counts"),
    [
        ({"leavers": 199}, True),
        ({"leavers": 200}, False),  # more than 995% of the employees
        ({"employees": 0}, False),
        ({"total_staff": 24}, True),  # near enough to 20 records
        ({"total_staff": 40}, False),
        ({"total_staff": None}, True),
        ({"total_staff": 2, "posts_in_file": 2, "employees": 1, "leavers": 1}, True),
        ({"last_changed": date(2024, 9, 30)}, True),
        ({"last_changed": date(2024, 9, 29)}, False),
        ({"last_changed": None}, True),
    ],
)
def test_which_workplaces_count_in_a_rate(tmp_path, figures, counts):
    found = of(tmp_path, workplace(1), workplace(2, **figures))
    assert found.blocks["leavers"].bases[:, 0].sum() == 1 + counts


def test_workplaces_are_told_by_size_and_only_where_somebody_works(tmp_path):
    empty = workplace(3, total_staff=0, posts_in_file=0, employees=0, size_band="not_applicable")
    found = of(tmp_path, workplace(1), workplace(2, size_band="50_and_over"), empty)
    assert columns(found.blocks["workplaces"]) == {"10_to_49": 1, "50_and_over": 1}


def closed(number, **figures):
    nobody = {"total_staff": None, "posts_in_file": 0, "employees": 0, "starters": 0, "vacancies": None}
    return workplace(number, **(nobody | {"leavers": 30} | figures))


def left(many, first, place):
    return posts(many, first=first, establishment_key=place, leave_month=date(2026, 5, 1), leave_reason="retired")


def test_the_people_of_a_workplace_that_closed_are_no_leavers(tmp_path):
    found = of(tmp_path, workplace(1), closed(2), rows=posts(20) + left(30, 100, 2))
    assert columns(found.blocks["leavers"]) == {"all": 4}
    assert "leave_reason" not in found.blocks
    told = "Workplaces of Elm Care Association that closed are left out: their people did not choose to go."
    assert told in found.notes["leavers"] and told in found.notes["leave_reason"]


def test_control_a_workplace_that_still_looks_for_people_has_not_closed(tmp_path):
    found = of(tmp_path, workplace(1), closed(2, vacancies=30), rows=posts(20) + left(30, 100, 2))
    assert columns(found.blocks["leave_reason"]) == {"retired": 30}


def test_without_a_companion_posts_say_what_they_can_of_workplaces(tmp_path):
    rows = [one for place in (1, 2) for one in posts(12, first=100 * place, establishment_key=place)]
    rows += [one for place in (1, 2) for one in left(3, 100 * place + 50, place)]
    found = counted(returned(tmp_path, "birch", rows))
    assert columns(found.blocks["workplaces"]) == {"10_to_49": 2}
    assert columns(found.blocks["employees"]) == {"all": 24}
    assert columns(found.blocks["leavers"]) == {"all": 6}
    assert "vacancies" not in found.blocks


def test_the_companion_is_read_in_the_order_of_its_keys(tmp_path):
    places = [INDEPENDENT | workplace(number, leavers=number) for number in (9, 3)]
    read = read_workplaces(returned(tmp_path, "elm", posts(2), workplaces=places).establishments)
    numbers = [int.from_bytes(number.to_bytes(8, "big"), "little") for number in (3, 9)]
    assert read.key.tolist() == numbers
    assert read.leavers.tolist() == [3, 9]
    assert read.place_of(np.array([*reversed(numbers), 5, 0], np.uint64)).tolist() == [1, 0, -1, -1]
