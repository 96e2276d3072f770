"""Posts and the snapshot that they are written to."""

import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from workforce.posts import MappingTally, Posts, PostWriter, position, snapshot_schema, vocabulary
from workforce.pseudonyms import Pseudonyms
from workforce.template import ABSENT, FIELDS, FIELDS_IN_ORDER, Kind

KEYS = Pseudonyms(bytes(32), "partner-1")
EVERY = np.array([True, True])


def written(tmp_path, *batches, keep=EVERY):
    writer = PostWriter(tmp_path / "snapshot.parquet", "asc_wds", {"as_at": "2026-09-30"})
    for posts in batches:
        writer.write(posts.batch(writer.schema, keep))
    writer.close()
    return pq.read_table(tmp_path / "snapshot.parquet")


def test_what_no_source_fills_in_is_missing(tmp_path):
    (row, _) = written(tmp_path, Posts(2)).to_pylist()
    for field in FIELDS_IN_ORDER:
        if field.kind is Kind.CATEGORY:
            assert row[field.name] == "missing"
        else:
            assert row[field.name] is None
        if field.state_column:
            assert row[field.state_column] == "missing"
        if field.code_column:
            assert row[field.code_column] is None


def test_columns_are_those_of_the_template():
    names = snapshot_schema("asc_wds", {}).names
    assert names == [
        name for field in FIELDS_IN_ORDER for name in (field.name, field.state_column, field.code_column) if name
    ]
    assert len(set(names)) == len(names)


def test_codes_are_kept_beside_values_but_never_of_what_is_special():
    names = set(snapshot_schema("asc_wds", {}).names)
    assert {"role_code", "contract_code", "service_code"} <= names
    special = {field.name for field in FIELDS_IN_ORDER if field.special}
    assert {"ethnicity15", "nationality3", "disability"} <= special
    assert not {f"{name}_code" for name in special | {"sex"}} & names


def test_the_footer_says_what_the_snapshot_is(tmp_path):
    metadata = written(tmp_path, Posts(2)).schema.metadata
    assert metadata[b"source"] == b"asc_wds"
    assert json.loads(metadata[b"about"]) == {"as_at": "2026-09-30"}


@pytest.mark.parametrize("name", [field.name for field in FIELDS_IN_ORDER if field.kind is Kind.CATEGORY])
def test_every_value_and_word_can_be_told_apart(tmp_path, name):
    words = vocabulary(name)
    assert words[-4:] == ABSENT
    posts = Posts(len(words))
    posts.category(name, np.arange(len(words)))
    table = written(tmp_path, posts, keep=np.ones(len(words), bool))
    assert table[name].to_pylist() == list(words)


def test_the_four_words_of_a_number():
    posts = Posts(5)
    values = np.array([1, np.nan, np.nan, np.nan, np.nan])
    unknown = np.array([True, True, False, True, False])
    posts.number("hours_average", values, unknown, not_applicable=np.array([True, False, True, True, False]))
    states = ["given", *ABSENT]
    assert [states[place] for place in posts.state("hours_average")] == [
        "given", "unknown", "not_applicable", "not_applicable", "missing"
    ]  # fmt: skip


def test_days_become_months_and_years_whole_numbers(tmp_path):
    posts = Posts(2)
    posts.number("start_role", np.array([17_955, np.nan]))  # 28 February 2019
    posts.number("start_sector_year", np.array([2010, np.nan]))
    first, second = written(tmp_path, posts).to_pylist()
    assert (first["start_role"].isoformat(), first["start_sector_year"]) == ("2019-02-01", 2010)
    assert (second["start_role"], second["start_sector_year"]) == (None, None)


def test_days_before_1970_become_months_too(tmp_path):
    posts = Posts(2)
    posts.number("start_role", np.array([-1.0, -31.0]))
    assert [row["start_role"].isoformat() for row in written(tmp_path, posts).to_pylist()] == ["1969-12-01"] * 2


def test_only_posts_that_are_kept_are_written(tmp_path):
    posts = Posts(2)
    posts.number("age", np.array([30, 40]))
    posts.key("post_key", KEYS.of_many("post", [b"a", b"b"]), absent=np.array([False, True]))
    table = written(tmp_path, posts, posts, keep=np.array([False, True]))
    assert table["age"].to_pylist() == [40, 40]
    assert table["post_key"].to_pylist() == [None, None]


def test_no_post_at_all(tmp_path):
    assert written(tmp_path, Posts(0), keep=np.zeros(0, bool)).num_rows == 0
    assert written(tmp_path).num_rows == 0


def test_blocks_with_different_codes_keep_their_own(tmp_path):
    first, second = Posts(2), Posts(2)
    first.category("role", np.array([0, 1]), codes=(np.array([0, -1]), ("1", "2")))
    second.category("role", np.array([1, 0]), codes=(np.array([1, 0]), ("8", "25")))
    assert written(tmp_path, first, second)["role_code"].to_pylist() == ["1", None, "25", "8"]


def test_codes_of_special_fields_go_nowhere(tmp_path):
    posts = Posts(2)
    posts.category("ethnicity15", np.array([0, 1]), codes=(np.array([0, 1]), ("31", "32")))
    assert "31" not in str(written(tmp_path, posts).to_pylist())


def test_saying_one_value_on_some_rows():
    posts = Posts(2)
    posts.say("recruit_source", "abroad", np.array([False, True]))
    assert posts.is_value("recruit_source", "abroad", "health").tolist() == [False, True]
    assert posts.places("recruit_source")[0] == position("recruit_source", "missing")


def test_an_unknown_value_is_our_own_fault():
    with pytest.raises(ValueError, match="not in tuple"):
        position("role", "astronaut")
    assert "astronaut" not in FIELDS["role"].values


def test_the_tally_adds_up_over_blocks():
    tally = MappingTally()
    for places in ([0, 0, 1, -1], [1, -1]):
        tally.add("role", ("1", "2", "8"), np.array(places), ("senior_manager", "senior_manager", "care_worker"))
    assert sorted(tally.counts()) == [("role", "1", "senior_manager", 2), ("role", "2", "senior_manager", 2)]


def test_a_block_of_blanks_counts_nothing():
    tally = MappingTally()
    tally.add("role", ("1",), np.array([-1, -1]), ("senior_manager",))
    tally.add("role", ("1",), np.array([], np.int64), ("senior_manager",))
    assert tally.counts() == []
