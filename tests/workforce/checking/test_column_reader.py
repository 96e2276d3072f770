"""A column is read block after block: each distinct text once, and very many unreadable ones not at all."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.checking import engine
from workforce.checking.declaring import Column
from workforce.checking.engine import ColumnReader
from workforce.checking.kinds import Codes, Day, Number, Reading, Text, listed
from workforce.checking.kinds_of_parts import Many, Pair

AGES = Number(high=120, unknown="none")
BORN = Day(unknown="admin")
CODES = Codes(codes=("1", "2", "31"), none=("0",))
PAIRS = Pair(first=listed("12"), second=Number(high=9), second_warns=True)
LISTS = Many(each=listed("12"))
GOOD = {
    AGES: ["7", "none", "1,0", "£5"],
    BORN: ["10/12/1982", "Admin", "2020-01-02T00:00:00"],
    CODES: ["1", "31", "31.00000000000000", "0", "0000000000000001"],
    PAIRS: ["1", "1 ;\u3000 7", "2;soon", "1.0;5"],
    LISTS: ["1;2", "2", ";".join(["1"] * 300)],
}  # fmt: skip


def reader(kind):
    return ColumnReader(Column("X", kind))


def facts(kind, blocks):
    """(values, wrong or not, blank, unknown, second) of all rows."""
    reading = reader(kind)
    parts = [[], [], [], [], []]
    for block in blocks:
        read = reading.read(pa.array(block, pa.string()))
        second = read.second if read.second is not None else np.full(len(block), np.nan)
        for part, found in zip(parts, (read.values, read.wrong > 0, read.blank, read.unknown, second), strict=True):
            part.extend(np.asarray(found).tolist())
    return [str(part) for part in parts]


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(engine, "PATIENCE", 2)


BAD = ["very odd", "odd indeed", "not this", "nor that", "and so on"]


@pytest.mark.parametrize("kind", GOOD, ids=lambda kind: type(kind).__name__)
def test_out_of_patience_the_same_cells_are_wrong(kind, monkeypatch):
    blocks = [BAD, ["", *GOOD[kind], *BAD], [*BAD, *GOOD[kind], "another one", ""]]
    patient = facts(kind, blocks)
    monkeypatch.setattr(engine, "PATIENCE", 2)
    assert facts(kind, blocks) == patient


def test_control_out_of_patience_nothing_is_judged(impatient, monkeypatch):
    seen = []
    monkeypatch.setattr(Number, "read", lambda kind, text: seen.append(text) or _odd())
    facts(Number(), [BAD, ["never looked at", "12"]])
    assert seen[:3] == BAD[:3]
    assert "12" in seen
    assert "never looked at" not in seen


def _odd():
    return Reading(wrong="not_a_number")


def test_control_a_readable_text_without_the_shape_would_be_lost(impatient, monkeypatch):
    monkeypatch.setattr(Day, "shape", r"^[0-9/]+$")
    assert facts(BORN, [BAD, ["Admin"]]) != facts(BORN, [["Admin"]])
    *_, wrong = facts(BORN, [BAD, ["Admin"]])[1].strip("[]").split(", ")
    assert wrong == "True"


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from([*BAD, *GOOD[PAIRS], "", "3", "1;77", "1;2;3"]), max_size=6), max_size=6))
def test_patience_and_memory_change_nothing(blocks):
    kept = engine.PATIENCE, engine.MOST_REMEMBERED
    plain = facts(PAIRS, blocks)
    try:
        engine.PATIENCE, engine.MOST_REMEMBERED = 1, 2
        assert facts(PAIRS, blocks) == plain
    finally:
        engine.PATIENCE, engine.MOST_REMEMBERED = kept


def test_each_text_is_judged_once(monkeypatch):
    seen = []
    read = Codes.read
    monkeypatch.setattr(Codes, "read", lambda kind, text: seen.append(text) or read(kind, text))
    facts(CODES, [["1", "1", "x"], ["x", "1", "2"]])
    assert seen == ["1", "x", "2"]


def test_what_is_remembered_has_a_limit(monkeypatch):
    monkeypatch.setattr(engine, "MOST_REMEMBERED", 3)
    reading = reader(CODES)
    for start in range(0, 60, 4):
        reading.read(pa.array([str(number) for number in range(start, start + 4)]))
    assert len(reading._known) <= 3 + 4 + 1


def test_lists_are_handed_on_and_unreadable_ones_are_nothing():
    read = reader(LISTS).read(pa.array(["1;2", "", "9", "1;2"]))
    assert read.indices.tolist()[1:3] == [-1, -1]
    assert read.distinct[read.indices[0]].many == read.distinct[read.indices[3]].many == ("1", "2")


def test_blocks_may_be_empty():
    for kind in (*GOOD, Text(limit=3)):
        read = reader(kind).read(pa.array([], pa.string()))
        assert len(read.values) == len(read.wrong) == len(read.blank) == 0


def test_a_block_that_is_part_of_a_larger_array():
    """Blocks may be slices, whose buffers hold more than their own texts."""
    whole = pa.array(["1", "x", "31", "", "toolong"])
    for kind in (CODES, Text(limit=3)):
        sliced, copied = reader(kind).read(whole.slice(1, 3)), reader(kind).read(pa.array(["x", "31", ""]))
        assert sliced.wrong.tolist() == copied.wrong.tolist()
        assert sliced.blank.tolist() == [False, False, True]
