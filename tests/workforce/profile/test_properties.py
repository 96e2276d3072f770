"""Whatever the posts are: nobody counts twice or never, and neither order nor how they are sent changes a count."""

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workforce.profile.making import counted, returned
from workforce.profile.counted import DIMENSIONS
from workforce.profile.matching import first_of_each, is_among, numbered

WORDS = st.sampled_from(["unknown", "refused", "missing", "not_applicable"])
POST = st.fixed_dictionaries(
    {
        "sector": st.sampled_from(["la", "nhs", "independent_private", "missing"]),
        "service": st.sampled_from(["day", "acute", "unknown"]),
        "role": st.sampled_from(["care_worker", "social_worker", "missing"]),
        "role_group": st.sampled_from(["direct_care_support", "regulated", "missing"]),
        "establishment_key": st.one_of(st.none(), st.integers(1, 4)),
        "sex": st.one_of(WORDS, st.sampled_from(["female", "male"])),
        "fte37": st.one_of(WORDS, st.floats(0, 1, width=32)),
    }
)
RETURNS = st.lists(POST, min_size=1, max_size=30)


def count_all(*rows, partners=("birch", "oak")):
    with tempfile.TemporaryDirectory() as folder:
        numbered_rows = [[one | {"post_key": at + 1, "person_key": at + 1} for at, one in enumerate(of)] for of in rows]
        sent = [returned(Path(folder), partner, of) for partner, of in zip(partners, numbered_rows, strict=False)]
        return counted(*sent)


def by_cell(block):
    """{(words of the grain without its contributor, value): (count, keys)}, without what is 0."""
    found = {}
    names = [np.array([*block.grains.values[name], "none"])[block.grains.places[name]] for name in DIMENSIONS]
    for grain, words in enumerate(zip(*names, strict=True)):
        for place, value in enumerate(block.values):
            cell = np.array([block.counts[grain, place], block.keys[grain, place]])
            found[words, value] = found.get((words, value), 0) + cell
    return {cell: tuple(np.round(value, 4)) for cell, value in found.items() if value.any()}


@settings(max_examples=12, deadline=None)
@given(RETURNS)
def test_every_post_is_counted_once(rows):
    found = count_all(rows)
    assert found.blocks["posts"].counts.sum() == len(rows)
    asked = [one for one in rows if one["sex"] != "not_applicable"]
    if "sex" in found.blocks:
        assert found.blocks["sex"].counts.sum() == len(asked)
        known = sum(one["sex"] in ("female", "male") for one in rows)
        assert found.blocks["sex"].counts[:, :-1].sum() == known >= 0.75 * len(asked)


@settings(max_examples=12, deadline=None)
@given(RETURNS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, chance):
    """Record keys belong to posts, so those go with their rows."""
    keyed = [one | {"post_key": at + 1} for at, one in enumerate(rows)]
    mixed = chance.sample(keyed, len(keyed))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        found = [counted(returned(Path(folder), "birch", of)) for folder, of in ((one, keyed), (other, mixed))]
    assert found[0].blocks.keys() == found[1].blocks.keys()
    for name in ("posts", "role", "sex", "wte"):
        if name in found[0].blocks:
            assert by_cell(found[0].blocks[name]) == by_cell(found[1].blocks[name])


@settings(max_examples=12, deadline=None)
@given(RETURNS, RETURNS)
def test_partners_add_up(first, second):
    both, alone = count_all(first, second), count_all(first)
    birch = both.blocks["posts"].grains.places["partner"] == 0
    assert both.blocks["posts"].counts[birch].sum() == alone.blocks["posts"].counts.sum() == len(first)
    assert both.blocks["posts"].counts.sum() == len(first) + len(second)


@settings(deadline=None)
@given(st.lists(st.integers(0, 20)), st.lists(st.integers(0, 20)))
def test_keys_are_matched_as_numpy_does(keys, others):
    keys, others = np.array(keys, np.uint64), np.array(others, np.uint64)
    different, number = numbered(keys)
    expected, inverse = np.unique(keys, return_inverse=True)
    assert different.tolist() == expected.tolist()
    assert number.tolist() == inverse.tolist()
    assert is_among(keys, others).tolist() == np.isin(keys, others).tolist()
    assert np.flatnonzero(first_of_each(keys)).tolist() == sorted(np.unique(keys, return_index=True)[1].tolist())
