"""What the gate lets through: a partner's own figures as they are, the partnership's with what protects people."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from workforce.disclosure.gate import Earlier, release
from workforce.disclosure.released import Audience, Method, insist_released
from workforce.disclosure.rules import Rules
from workforce.profile.counted import Counted, Summary
from workforce.profile.declaring import Kind
from workforce.profile.measures import BY_NAME

from .whole_reports import shuffled, whole_report

RULES = Rules()
SEEDS = (1, 2)
COUNTS = (Kind.POSTS, Kind.PLACES)


@cache
def counted_of(seed):
    return whole_report(seed)


@cache
def tables_of(seed):
    return release(counted_of(seed), audience=Audience.PARTNERSHIP, rules=RULES)


def by_key(tables):
    return {(table.measure, table.rows): table for table in tables}


def true_value(counted, table, cell):
    """Of a count, from what was counted; None for rows and columns that are put together."""
    block = counted.blocks[table.measure]
    rows = np.ones(len(block.grains), bool)
    if cell.row is not None:
        words = block.grains.values[table.rows]
        if cell.row not in words:
            return None
        rows = block.grains.places[table.rows] == words.index(cell.row)
    if cell.column is None:
        return block.counts[rows].sum()
    return (
        block.counts[rows, block.values.index(cell.column)].sum()
        if table.columns == BY_NAME[table.measure].field and cell.column in block.values
        else None
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_shown_is_true_and_not_small(seed):
    shown = 0
    for table in tables_of(seed):
        measure = BY_NAME[table.measure]
        least = RULES.threshold(public=False, special=measure.special, flow=measure.flow)
        for cell in table.cells if measure.kind in COUNTS else ():
            true = true_value(counted_of(seed), table, cell)
            if cell.value is not None:
                assert true in (None, cell.value)
                special_nought = measure.special and cell.value == 0 and table.cell(None, cell.column).value
                assert cell.value >= (least if cell.column or not measure.special else 5) or (
                    cell.value == 0 and not special_nought
                )
                shown += 1
    assert shown > 300
    insist_released(*tables_of(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_something_is_hidden_and_most_is_not(seed):
    cells = [cell for table in tables_of(seed) for cell in table.cells if BY_NAME[table.measure].kind in COUNTS]
    assert 0 < sum(cell.hidden for cell in cells) < 0.5 * len(cells)
    assert {table.method for table in tables_of(seed)} == {Method.EXACT}


def test_the_same_counts_give_the_same_tables_in_any_order():
    again = release(shuffled(counted_of(1), 3), audience=Audience.PARTNERSHIP, rules=RULES)
    assert again == tables_of(1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_second_release_of_the_same_returns_is_the_same(seed):
    counted, first = counted_of(seed), tables_of(seed)
    for snapshots in (counted.snapshots, tuple(number for numbers in counted.snapshots.values() for number in numbers)):
        before = Earlier(Audience.PARTNERSHIP, first, snapshots)
        assert release(counted, audience=Audience.PARTNERSHIP, rules=RULES, earlier=[before]) == first


def test_a_release_of_other_returns_changes_nothing():
    before = Earlier(Audience.PARTNERSHIP, tables_of(2), (1001, 1002))
    assert release(counted_of(1), audience=Audience.PARTNERSHIP, rules=RULES, earlier=[before]) == tables_of(1)


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_and_rates_are_made_of_shown_figures(seed):
    tables, made = by_key(tables_of(seed)), 0
    for (name, rows), table in tables.items():
        measure = BY_NAME[name]
        if measure.kind is Kind.RATE:
            parts = [tables[part, rows] for part in (*measure.over, *measure.among) if BY_NAME[part].is_shown]
            for cell in table.cells:
                hidden = any(part.cell(cell.row).value is None for part in parts)
                assert not hidden or cell.value is None
                made += cell.value is not None
    assert made


@pytest.mark.parametrize("seed", SEEDS)
def test_what_totals_tell_of_roles_is_hidden_with_the_role(seed):
    tables = by_key(tables_of(seed))
    role, amhp = tables.get(("role", "partner")), tables.get(("amhp", "partner"))
    for cell in amhp.cells if role and amhp else ():
        told = role.cell(cell.row, "social_worker")
        assert cell.row is None or told is None or not told.hidden or cell.value is None


def test_of_services_with_few_posts_or_employers_there_is_one_row():
    table = by_key(tables_of(1))["posts", "service"]
    assert any("|" in row for row in table.row_labels)
    assert all(cell.value >= 30 for cell in table.cells)


def test_wte_is_whole_and_hidden_where_posts_are():
    tables = by_key(tables_of(1))
    for cell in tables["wte", "partner"].cells:
        assert cell.hidden == tables["posts", "partner"].cell(cell.row).hidden
        assert cell.value is None or cell.value == int(cell.value)


def test_a_partner_with_hardly_any_posts_is_not_shown_anywhere():
    counted = whole_report(5, partners=6, posts=4000)
    counted = _shrunk(counted, "partner4", posts=3)
    for table in release(counted, audience=Audience.PARTNERSHIP, rules=RULES):
        if table.rows == "partner" and BY_NAME[table.measure].kind is Kind.POSTS and not BY_NAME[table.measure].flow:
            assert all(cell.value is None for cell in table.cells if cell.row == "partner4")


def _shrunk(counted, partner, *, posts):
    """A partner has this many posts in one grain and no others."""
    blocks = {}
    for name, block in counted.blocks.items():
        mine = block.grains.places["partner"] == counted.partners.index(partner)
        counts = block.counts.copy()
        counts[mine] = 0
        if mine.any():
            counts[np.flatnonzero(mine)[0], 0] = posts
        blocks[name] = replace(block, counts=counts)
    return replace(counted, blocks=blocks)


def test_pay_is_never_shown_by_partner():
    pay = Summary("partner", "partner1", {"p50": 11.2}, 400, 12, 0.2)
    whole = Summary("sector", None, {"p50": 11.17}, 2000, 40, 0.3)
    counted = replace(counted_of(1), summaries={"hourly_pay": [pay, whole]})
    tables = [t for t in release(counted, audience=Audience.PARTNERSHIP, rules=RULES) if t.measure == "hourly_pay"]
    assert {cell.value for table in tables for cell in table.cells} == {11.15}
    own = release(counted, audience=Audience.PARTNER, rules=RULES, partner="partner1")
    assert 11.2 in {cell.value for table in own if table.measure == "hourly_pay" for cell in table.cells}


def test_a_partners_own_figures_are_its_own_and_exact():
    counted = counted_of(1)
    own = release(counted, audience=Audience.PARTNER, rules=RULES, partner="partner2")
    assert {table.method for table in own} == {Method.OWN} and not any(table.hidden for table in own)
    assert "partner" not in {table.rows for table in own}
    block = counted.blocks["sex"]
    mine = block.grains.places["partner"] == 2
    table = by_key(own)["sex", "service"]
    assert table.cell(None, "female").value == block.counts[mine, block.values.index("female")].sum()


def test_of_nothing_nothing_is_released():
    assert release(Counted((), {}), audience=Audience.PARTNERSHIP, rules=RULES) == ()
    assert release(counted_of(1), audience=Audience.PARTNER, rules=RULES, partner="nobody") == ()


def again(counted, snapshots):
    """The partnership's tables of these counts, after those of the first report were seen."""
    before = Earlier(Audience.PARTNERSHIP, tables_of(1), counted_of(1).snapshots)
    counted = replace(counted, snapshots=snapshots)
    return release(counted, audience=Audience.PARTNERSHIP, rules=RULES, earlier=[before])


def test_where_a_partner_is_gone_only_sizes_are_shown_of_the_rest():
    counted = counted_of(1)
    gone, *rest = counted.partners
    tables = again(_shrunk(counted, gone, posts=0), {name: counted.snapshots[name] for name in rest})
    assert tables and {(table.measure, table.columns) for table in tables} == {("posts", "")}
    assert {table.rows for table in tables} <= {"partner", "sector"}


def one_more(counted, partner, name):
    """A return in which this partner has one post more, with this measure's first value."""
    block = counted.blocks[name]
    mine = np.flatnonzero(block.grains.places["partner"] == counted.partners.index(partner))
    counts = block.counts.copy()
    counts[mine[0], 0] += 1
    return replace(counted, blocks=counted.blocks | {name: replace(block, counts=counts)})


def test_of_the_only_one_who_came_nothing_special_is_told():
    counted = counted_of(1)
    first, *_ = counted.partners
    others = counted.snapshots | {first: (999_999,)}
    shown = {table.measure for table in again(one_more(counted, first, "sex"), others)}
    assert "sex" not in shown and "share_women" not in shown
    assert "sex" in {table.measure for table in again(counted, others)}  # nobody came: nothing to be told
