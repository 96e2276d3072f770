"""What everybody may see: nothing small, nothing of one employer but its size, and nothing that gives these away."""

import itertools
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workforce.disclosure import public_hiding
from workforce.disclosure.dominance import gives_away_an_employer
from workforce.disclosure.perturbing import reach
from workforce.disclosure.public import public_tables
from workforce.disclosure.public_hiding import Reader, sums_of
from workforce.disclosure.public_judging import SIZES, judge
from workforce.disclosure.public_rows import groups_to_show
from workforce.disclosure.released import Method, insist_released
from workforce.disclosure.rules import Rules
from workforce.profile.counted import Counted
from workforce.profile.fields import GROUPINGS
from workforce.profile.measures import BY_NAME
from workforce.profile.words import NO_VALUE

from .small_worlds import FIELDS, counted_of, world

RULES = Rules()
NO_NOISE = replace(RULES, noise=0)
some_worlds = st.builds(world, st.integers(0, 10**6), st.integers(150, 600), st.integers(2, 12))
slowly = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def table_of(tables, measure, rows):
    (found,) = [table for table in tables if (table.measure, table.rows) == (measure, rows)]
    return found


def values_behind(table, column):
    """Which values of the field a column adds up; None for all."""
    if column is None:
        return None
    if column == NO_VALUE:
        return [None]
    levels = dict(GROUPINGS[BY_NAME[table.measure].field])
    return [value for value, group in levels[table.columns].items() if group == column]


def cells_about_people(tables, here):
    """(cell, how many posts, by employer) of each cell with a figure in a table of posts by category."""
    for table in tables:
        if table.measure in FIELDS:
            for cell in table.cells:
                values = values_behind(table, cell.column)
                yield table, cell, here.given(table.rows, cell.row, table.measure, values)


@pytest.fixture(scope="module")
def here():
    return world(1, 3000)


@pytest.fixture(scope="module")
def tables(here):
    return public_tables(counted_of(here), RULES)


def test_tables_are_released_ones_with_noise(tables):
    insist_released(*tables)
    assert {table.method for table in tables} == {Method.PERTURBED}


def test_no_partner_is_shown_with_anything_but_its_size(tables):
    assert {table.measure for table in tables if table.rows == "partner"} == {"posts", "wte", "employees"}
    assert all(table.columns == "" for table in tables if table.rows == "partner")
    assert not [table for table in tables if "partner" in table.columns]


def test_what_one_or_two_employers_make_up_shows_its_size_only(tables):
    assert table_of(tables, "posts", "sector").cell("la").value
    assert all(cell.hidden for cell in table_of(tables, "sex", "sector").cells if cell.row == "la")
    assert table_of(tables, "turnover_rate", "sector").cell("la").hidden
    assert not table_of(tables, "sex", "sector").cell("independent_private", "male").hidden


@slowly
@given(some_worlds)
def test_nothing_small_and_no_employer_is_shown(here):
    for _, cell, given_by in cells_about_people(public_tables(counted_of(here), RULES), here):
        if cell.value:
            assert sum(given_by) >= 10
            assert not gives_away_an_employer(given_by, RULES)
            assert cell.value % 5 == 0 and abs(cell.value - sum(given_by)) <= reach(RULES)


def test_control_without_the_rules_small_ones_and_employers_are_shown(here):
    lax = replace(RULES, public_threshold=0, special_threshold=0, flow_threshold=0, fewest_contributors=0, p_percent=0)
    shown = [
        given_by for _, cell, given_by in cells_about_people(public_tables(counted_of(here), lax), here) if cell.value
    ]
    assert any(gives_away_an_employer(given_by, RULES) for given_by in shown)
    small = world(3, 150)
    shown = [given_by for _, cell, given_by in cells_about_people(public_tables(counted_of(small), lax), small)]
    assert any(0 < sum(given_by) < 10 for given_by in shown)


@slowly
@given(some_worlds)
def test_what_is_left_when_shown_rows_are_taken_from_the_total_gives_no_employer_away(here):
    for table in public_tables(counted_of(here), RULES):
        if table.measure in FIELDS:
            for column in [*table.column_labels, None]:
                rest = left_over(here, table, column)
                assert sum(rest) < 10 or not gives_away_an_employer(rest, RULES)


def left_over(here, table, column):
    """By employer: the total of a column less its shown rows; nobody when either is not shown."""
    values = values_behind(table, column)
    shown = [row for row in table.row_labels if not table.cell(row, column).hidden]
    if not shown or table.cell(None, column).hidden:
        return []
    place = ("partner", "sector", "service", "role_group").index(table.rows)
    left = {}
    for where, who, said in zip(here.where, here.employer, here.says[table.measure], strict=True):
        if where[place] not in shown and (values is None or said in values):
            left[who] = left.get(who, 0) + 1
    return list(left.values())


def test_control_without_that_rule_what_is_left_gives_one_away(monkeypatch):
    monkeypatch.setattr(public_hiding, "_hide_for_employers", lambda *_: False)
    monkeypatch.setattr("workforce.disclosure.public_rows._first_unsafe", lambda *_: None)
    found = []
    for seed in range(12):
        here = world(seed, 400)
        for table in public_tables(counted_of(here), RULES):
            if table.measure in FIELDS:
                found += [left_over(here, table, column) for column in [*table.column_labels, None]]
    assert any(sum(rest) >= 10 and gives_away_an_employer(rest, RULES) for rest in found)


@slowly
@given(some_worlds)
def test_groups_within_groups_leave_enough_posts_and_employers(here):
    counted = counted_of(here)
    groups = groups_to_show(counted.blocks["posts"], RULES)
    shown = [(name, value) for name, values in groups.items() for value in values]
    for outer, inner in itertools.product([("", None), *shown], shown):
        inside, around = here.mask(*inner), here.mask(*outer)
        rest = [wide and not narrow for wide, narrow in zip(around, inside, strict=True)]
        nested = all(wide for wide, narrow in zip(around, inside, strict=True) if narrow)
        if outer != inner and nested and any(rest):
            of_rest = [who for who, one in zip(here.employer, rest, strict=True) if one]
            assert len(of_rest) >= 10
            assert not gives_away_an_employer([of_rest.count(who) for who in set(of_rest)], RULES)


@slowly
@given(some_worlds, st.randoms())
def test_the_order_of_posts_is_of_no_account(here, chance):
    order = list(range(len(here)))
    chance.shuffle(order)
    assert public_tables(counted_of(here, order=order), RULES) == public_tables(counted_of(here), RULES)


@slowly
@given(some_worlds)
def test_the_same_posts_give_the_same_figure_everywhere(here):
    """A total is the same in every breakdown, and a row of the very posts of another row too."""
    found = {}
    for table in public_tables(counted_of(here), RULES):
        if table.measure in FIELDS or table.measure == "posts":
            for cell in table.cells:
                posts = tuple(here.mask(table.rows, cell.row)) if cell.row else None
                found.setdefault((posts, table.measure, cell.column), set()).add((cell.value, cell.hidden))
    assert all(len(figures) == 1 for figures in found.values())


@slowly
@given(some_worlds)
def test_higher_thresholds_show_no_smaller_posts(here):
    strict = replace(RULES, public_threshold=20, special_threshold=20, flow_threshold=20)
    for _, cell, given_by in cells_about_people(public_tables(counted_of(here), strict), here):
        assert not cell.value or sum(given_by) >= 20


@slowly
@given(some_worlds)
def test_whoever_subtracts_is_left_with_enough_values_for_a_small_count(here):
    counted = counted_of(here)
    groups = groups_to_show(counted.blocks["posts"], RULES)
    for name in FIELDS if groups else ():
        judged = judge(counted, BY_NAME[name], groups, RULES)
        for own in (None, *judged.layout.own):
            reader = Reader(judged, sums_of(judged.layout), RULES, 10, own)
            assert (reader.low <= judged.layout.counts).all() and (judged.layout.counts <= reader.high).all()
            assert reader.narrow() == []


def test_control_without_that_check_exact_figures_give_small_counts_away(monkeypatch):
    monkeypatch.setattr(public_hiding, "_hide_for_small", lambda *_: False)
    exact = replace(RULES, noise=0, base=1)
    narrow = 0
    for seed in range(6):
        counted = counted_of(world(seed, 400))
        groups = groups_to_show(counted.blocks["posts"], exact)
        judged = judge(counted, BY_NAME["sex"], groups, exact)
        narrow += len(Reader(judged, sums_of(judged.layout), exact, 10).narrow())
    assert narrow


def test_small_categories_are_taken_together(here, tables):
    ages = table_of(public_tables(counted_of(world(5, 500)), RULES), "age_band", "sector")
    assert ages.columns in ("age10", "age50")
    assert "taken together" in ages.note
    assert table_of(tables, "age_band", "sector").columns == "age_band"


def test_a_nought_is_shown_only_where_it_tells_nothing_of_anybody():
    here = world(2, 2000)
    for name, value in (("contract", "agency"), ("sex", "male")):
        for at, (_, sector, _, _) in enumerate(here.where):
            if sector == "independent_private" and here.says[name][at] == value:
                here.says[name][at] = None
    tables = public_tables(counted_of(here), NO_NOISE)
    assert table_of(tables, "contract", "sector").cell("independent_private", "agency").value == 0
    assert table_of(tables, "sex", "sector").cell("independent_private", "male").hidden


def test_shares_and_rates_are_made_of_shown_figures(here, tables):
    rate, leavers, base = (
        table_of(tables, name, "sector").cell("independent_private").value
        for name in ("turnover_rate", "leavers", "employees")
    )
    assert rate == pytest.approx(100 * leavers / base, rel=0.05)  # of those whose leavers are known: nearly all
    sex = table_of(tables, "sex", "role_group")
    share = table_of(tables, "share_women", "sector").cell().value
    known = sex.cell().value - sex.cell(None, NO_VALUE).value
    assert share == pytest.approx(100 * sex.cell(None, "female").value / known, abs=100 * 10 / known)


def test_pay_and_means_follow_their_own_rules(tables):
    pay = table_of(tables, "hourly_pay", "sector")
    assert pay.cell("independent_private", "p50").value == 12.65
    assert pay.cell("la", "p50").hidden
    roles = table_of(tables, "hourly_pay", "role")
    assert roles.cell("care_worker", "p90").hidden and roles.cell("care_worker", "p25").value == 11.9
    assert table_of(tables, "sick_days", "sector").cell().value == 6.3
    assert [cell.value for cell in table_of(tables, "estimate_share_over_50", "").cells] == [36, 37, 30, 45]


def test_whole_time_equivalents_are_hidden_with_their_posts():
    here = world(4, 200)
    tables = public_tables(counted_of(here), RULES)
    for posts, wte in itertools.product(tables, tables):
        if posts.measure == "posts" and (wte.measure, wte.rows) == ("wte", posts.rows):
            assert not [cell for cell in posts.cells if cell.hidden and not wte.cell(cell.row).hidden]


def test_a_partnership_of_two_employers_shows_its_size_only():
    here = world(1, 600)
    here.employer = ["birch" if where[0] in ("birch", "elm", "fir") else "oak" for where in here.where]
    tables = public_tables(counted_of(here), RULES)
    assert {table.measure for table in tables if any(cell.value for cell in table.cells)} <= set(SIZES)


def test_only_sizes_are_shown_beside_an_earlier_report_that_could_be_subtracted():
    counted = counted_of(world(1, 600))
    counted.snapshots.update({"birch": (1,), "elm": (2,)})
    tables = public_tables(counted, RULES, [SimpleNamespace(snapshots={"elm": (2,)})])
    assert {table.measure for table in tables} <= set(SIZES)
    assert "could be subtracted" in tables[0].note
    assert len(public_tables(counted, RULES, [SimpleNamespace(snapshots={"elm": (1,)})])) > len(tables)


def test_record_keys_and_noise_leave_no_trace(here):
    changed = replace(RULES, noise=1)
    table, other = (table_of(public_tables(counted_of(here), rules), "sex", "sector") for rules in (RULES, changed))
    assert table.note == other.note
    assert set(table.kept()) == set(other.kept()) and "key" not in str(table.kept()).lower()


def test_nothing_counted_gives_no_tables():
    assert public_tables(Counted((), {}), RULES) == ()


def test_a_row_with_nearly_all_of_one_kind_is_hidden():
    here = world(2, 2000)
    small = [at for at, where in enumerate(here.where) if where[3] == "manager"][:80]
    for at, (partner, sector, service, group) in enumerate(here.where):
        if group == "manager" and at not in small:
            here.where[at] = partner, sector, service, "other"
    for at in small:
        here.says["zero_hours"][at] = "no"
    table = table_of(public_tables(counted_of(here), RULES), "zero_hours", "role_group")
    assert table.cell("manager", "no").hidden
    here.says["zero_hours"][small[0]] = None
    for at in small[:30]:
        here.says["zero_hours"][at] = "yes"
    table = table_of(public_tables(counted_of(here), RULES), "zero_hours", "role_group")
    assert not table.cell("manager", "no").hidden
