"""What two figures tell together."""

from types import SimpleNamespace

import pytest

from workforce.disclosure.differencing import (
    Published,
    bounds_of,
    findings_against,
    findings_in_time,
    findings_of_partners,
    nested_findings,
)
from workforce.disclosure.public import public_tables
from workforce.disclosure.released import _SEAL, Cell, Method, ReleasedTable
from workforce.disclosure.rules import Rules

from .small_worlds import counted_of, world

RULES = Rules()
PLAIN = Rules(noise=0)


def table(method=Method.EXACT, measure="ethnicity", **columns):
    """One row; `total` is the total."""
    cells = [Cell("day", None if name == "total" else name, value, value is None) for name, value in columns.items()]
    labels = {name: name.title() for name in columns if name != "total"}
    return ReleasedTable(
        measure, "service", "ethnicity2", "posts", method, {"day": "Day care"}, labels, tuple(cells), "Ethnic group",
        seal=_SEAL,
    )  # fmt: skip


def test_v12_the_one_who_joined_is_told_by_exact_figures():
    (found,) = findings_in_time(table(total=42, white=38), table(total=41, white=38), RULES)
    assert (found.row, set(found.columns)) == ("day", {"white", None})
    assert "Day care" in found.sentence and "since an earlier report" in found.sentence


def test_v12_nothing_follows_from_rounded_figures():
    new, old = (table(Method.PERTURBED, total=40, white=40) for _ in range(2))
    assert findings_in_time(new, old, PLAIN) == ()
    assert findings_in_time(table(Method.PERTURBED, total=45, white=40), old, RULES) == ()


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ({"total": 41, "white": 38}, {"total": 41, "white": 38}),  # nothing changed
        ({"total": 55, "white": 40}, {"total": 41, "white": 38}),  # many came
        ({"total": 42, "white": 30, "not_white": 12}, {"total": 41, "white": 35, "not_white": 6}),  # many came and went
        ({"total": 42, "white": None}, {"total": 41, "white": 38}),  # nothing but the size is seen of them
        ({"total": None, "white": 38}, {"total": 41, "white": 37}),  # nobody knows how many came
    ],
)
def test_no_finding_without_a_few_who_can_be_told(new, old):
    assert findings_in_time(table(**new), table(**old), RULES) == ()


def test_control_a_laxer_rule_for_flows_finds_nothing():
    assert findings_in_time(table(total=42, white=38), table(total=41, white=38), Rules(flow_threshold=0)) == ()


def nurses(bounds, without):
    return [Published("Nurses", frozenset("abx"), bounds), Published("Nurses without X", frozenset("ab"), without)]


def test_v13_exact_figures_of_nested_groups_give_the_rest_away():
    (found,) = nested_findings(nurses((57, 57), (49, 49)), RULES, threshold=10)
    assert found.sentence.startswith("Nurses less Nurses without X leaves fewer than 10 posts")


def test_v13_rounded_ones_do_not():
    def rounded(value):
        return bounds_of(Cell("x", None, value), Method.PERTURBED, PLAIN)

    assert nested_findings(nurses(rounded(55), rounded(50)), PLAIN, threshold=10) == ()


@pytest.mark.parametrize(("bounds", "without"), [((57, 57), (20, 20)), ((57, 57), (57, 57))])
def test_large_differences_and_none_are_no_finding(bounds, without):
    assert nested_findings(nurses(bounds, without), RULES, threshold=10) == ()


def test_groups_that_overlap_cannot_be_subtracted():
    apart = [Published("A", frozenset("ab"), (57, 57)), Published("B", frozenset("bc"), (49, 49))]
    assert nested_findings(apart, RULES, threshold=10) == ()


def with_snapshots(**snapshots):
    counted = counted_of(world(1, 600))
    counted.snapshots.update(snapshots)
    return counted


THREE = {"birch": (1,), "elm": (2,), "fir": (3,)}


@pytest.mark.parametrize(
    ("new", "old", "found"),
    [
        (THREE, {"elm": (2,), "fir": (3,)}, True),  # a single employer joined
        (THREE, {"birch": (1,), "fir": (3,)}, False),  # a dozen of employers joined
        (THREE, {"elm": (2,), "fir": (7,)}, False),  # others have sent new returns meanwhile
        (THREE, THREE, False),
        (THREE, {"oak": (4,)}, False),  # nothing in common
        (THREE, THREE | {"ash": (9,)}, True),  # one has left
    ],
)
def test_a_release_with_one_partner_more_can_be_subtracted(new, old, found):
    assert bool(findings_of_partners(with_snapshots(**new), old, RULES)) is found


def test_the_sentence_names_who_could_be_subtracted():
    (found,) = findings_of_partners(with_snapshots(**THREE), {"elm": (2,), "fir": (3,)}, RULES)
    assert "except for Birch Council." in found.sentence


def test_a_release_against_all_earlier_ones():
    counted = with_snapshots(**THREE)
    first = SimpleNamespace(tables=[table(total=41, white=38)], snapshots={"oak": (1,)})
    other = SimpleNamespace(tables=[table(total=80, white=60)], snapshots={"elm": (2,), "fir": (3,)})
    new = [table(total=42, white=38), table(measure="nationality", total=7)]
    assert len(findings_against(counted, new, [first, other], RULES)) == 2
    assert findings_against(counted, new, [], RULES) == ()


def test_two_public_releases_tell_nothing_of_the_one_who_joined():
    before = world(1, 600)
    after = world(1, 600)
    after.where.append(after.where[0])
    after.employer.append(after.employer[0])
    after.keys.append(99)
    for name, said in after.says.items():
        said.append(before.says[name][0])
    old = SimpleNamespace(tables=public_tables(counted_of(before), RULES), snapshots={"elm": (1,)})
    counted = counted_of(after)
    counted.snapshots["elm"] = (2,)
    assert findings_against(counted, public_tables(counted, RULES), [old], RULES) == ()
