"""Returns of every source, read by the real import: what is counted agrees with plain counts of the snapshots."""

import pandas as pd
import pytest

from tests.workforce.profile.making import columns, counted
from tests.workforce.profile.real_returns import AS_AT, read_returns
from workforce.profile.coding import columns_of
from workforce.profile.one_return import POSTS
from workforce.template import NOT_APPLICABLE


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    return read_returns(tmp_path_factory.mktemp("returns"), rows=400)


@pytest.fixture(scope="module")
def found(sent):
    return counted(*sent, as_at=AS_AT)


def filled(sent, partner):
    path = next(one.posts for one in sent if one.partner == partner and one.as_at == AS_AT)
    posts = pd.read_parquet(path)
    return posts[posts.leave_month_state == NOT_APPLICABLE]


@pytest.mark.parametrize("partner", ["elm", "oak", "birch"])
def test_counts_are_those_of_the_snapshot(sent, found, partner):
    posts, checked = filled(sent, partner), 0
    assert columns(found.blocks["posts"], partner=partner) == {"all": len(posts)}
    for measure in POSTS:
        field = columns_of(measure.field)
        if len(field) != 1 or not measure.population.startswith("Posts that are filled"):
            continue
        block = found.blocks.get(measure.name)
        mine = columns(block, partner=partner) if block else {}
        given = posts[field[0]].value_counts()
        if mine:
            assert {value: count for value, count in mine.items() if value != "no_value"} == {
                value: given[value] for value in block.values[:-1] if given.get(value)
            }
            checked += 1
    assert checked >= 6


@pytest.mark.parametrize("partner", ["elm", "oak", "birch"])
def test_whole_time_equivalents_are_those_of_the_snapshot(sent, found, partner):
    expected = filled(sent, partner).fte37.astype(float).sum()
    assert columns(found.blocks["wte"], partner=partner)["all"] == pytest.approx(expected)


def test_all_partners_are_on_one_definition_and_the_nhs_has_its_own_beside_it(found):
    assert {one.row for one in found.summaries["native_turnover"]} == {"oak"}
    assert {one.row for one in found.summaries["stability"]} == {None, "oak", "elm", "birch"}
    assert {"elm", "oak", "birch"} == set(found.partners)
    assert columns(found.blocks["leavers"], partner="oak")["all"] > 0


def test_the_same_returns_always_give_the_same(sent, found):
    again = counted(*reversed(sent), as_at=AS_AT)
    assert again.partners == found.partners
    for name, block in found.blocks.items():
        assert (block.counts == again.blocks[name].counts).all()
        assert (block.keys == again.blocks[name].keys).all()
    assert again.summaries == found.summaries
