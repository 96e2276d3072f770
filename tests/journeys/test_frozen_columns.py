"""Columns that are to stay in sight do, however far the table is scrolled; cards need no scrolling."""

import pytest

from tests.journeys.test_table import USUAL
from tests.world import add_row

EVERY = (
    "activity,expected_outcome,evidence,timescale_text,resource_requirement,priority,"
    "lead_organisation,leads,contributors,aim,theme,status"
)
# What lies in sight of one row and of the heading: seen, and not covered by a cell that passes beneath.
IN_SIGHT = """row => {
  const inSight = (cell) => {
    const box = cell.getBoundingClientRect();
    if (box.left < 0 || box.right > innerWidth) return false;
    return cell.contains(document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)));
  };
  const keys = (cells) => [...cells].filter(inSight).map((cell) => cell.dataset.c);
  return [keys(row.children), keys(document.querySelector(".plan-table thead tr").children)];
}"""


@pytest.fixture
def arranged(table, world):
    """`arranged(freeze, width)`: the plan with more columns than fit, scrolled to its far end."""
    for number in range(12):
        add_row(world, ref=f"x{number}", activity=f"Filling {number}", expected_outcome="Fewer vacancies " * 5)

    def go(freeze, width=1000):
        plan = table("coordinator", f"?columns={EVERY}&freeze={freeze}", viewport={"width": width, "height": 800})
        plan.row(world.shared_row).evaluate("row => row.scrollIntoView({ block: 'center' })")
        plan.page.evaluate("scrollBy(10000, 0)")
        return plan

    return go


def in_sight(plan, world):
    return plan.row(world.shared_row).evaluate(IN_SIGHT)


@pytest.mark.parametrize(
    ("freeze", "kept"), [(1, ["ref"]), (2, ["ref", "activity"]), (3, ["ref", "activity", "expected_outcome"])]
)
def test_what_is_kept_stays_in_sight_with_its_heading(arranged, world, freeze, kept):
    plan = arranged(freeze)
    assert plan.page.evaluate("scrollX") > 200
    for keys in in_sight(plan, world):
        assert keys[: len(kept)] == kept
        assert keys[-1] == "status"
        assert EVERY.split(",")[len(kept) - 1] not in keys  # the first that is not kept


def test_control_without_it_they_leave(arranged, world):
    for keys in in_sight(arranged(0), world):
        assert "ref" not in keys and "activity" not in keys and "status" in keys


@pytest.mark.parametrize("freeze", [1, 3])
def test_a_cell_reached_with_the_keyboard_is_not_beneath_them(arranged, world, freeze):
    plan = arranged(freeze)
    plan.focus(world.shared_row, "status")
    for _ in range(5):
        plan.press("ArrowLeft")
        focused = plan.page.evaluate("document.activeElement.dataset.c")
        assert focused in in_sight(plan, world)[0]


def test_on_a_tablet_held_upright_every_cell_is_in_sight_of_its_card(arranged, world):
    plan = arranged(2, 768)
    assert plan.page.evaluate("[scrollX, document.documentElement.scrollWidth]") == [0, 768]
    for column in ("ref", *EVERY.split(",")):
        cell = plan.cell(world.shared_row, column)
        cell.scroll_into_view_if_needed()
        assert column in in_sight(plan, world)[0]


def test_the_usual_columns_need_no_scrolling_at_the_width_of_a_laptop(table, world):
    plan = table("coordinator", viewport={"width": 1280, "height": 800})
    plan.row(world.shared_row).evaluate("row => row.scrollIntoView({ block: 'center' })")
    assert in_sight(plan, world) == [USUAL[1].split(",")] * 2
