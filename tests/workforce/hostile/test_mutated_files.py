"""Files that something happened to are read or refused in words, in bounded time and memory: a few of the bench's."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from .mutants_read import Judge
from .mutating import Mutant, _one_cell, mutants, part_changed, seeds

MANY = 90


@pytest.fixture
def judge():
    judge = Judge()
    yield judge
    judge.reader.stop()


@pytest.fixture
def unguarded():
    judge = Judge("unguarded")
    yield judge
    judge.reader.stop()


def test_mutated_files_are_read_or_refused_in_words(judge):
    faults, outcomes = [], Counter()
    for mutant in mutants(MANY, np.random.default_rng(11)):
        found, complaints = judge.faults_of(mutant)
        outcomes[found["outcome"]] += 1
        faults += complaints
    assert faults == []
    assert outcomes["read"] > 10 and outcomes["refused"] > 10


def test_a_change_of_one_cell_leaves_the_other_rows_alone(judge):
    rng, files = np.random.default_rng(3), seeds()["a return, plain"]
    for _ in range(8):
        mutant = Mutant("a return, plain", "one sign", _with_worker(files, lambda content: _one_cell(content, rng)), 1)
        assert judge.faults_of(mutant)[1] == []


def _with_worker(files, change):
    return tuple((name, change(content) if name == "worker.csv" else content) for name, content in files)


def test_control_rows_that_changed_unasked_are_noticed(judge):
    files = _with_worker(seeds()["a return, plain"], lambda content: content.replace(b",2,", b",1,"))
    mutant = Mutant("a return, plain", "many cells", files, touched=1)
    assert "other than they were" in judge.faults_of(mutant)[1][0]
    assert judge.faults_of(replace(mutant, touched=None))[1] == []


def test_control_a_reader_without_guards_breaks(unguarded):
    rng, files = np.random.default_rng(5), seeds()["a return, packed, with blank lines"]
    (name, content), *_ = files
    broke = 0
    for _ in range(25):
        changed = part_changed(content, rng) if rng.integers(2) else content[: int(rng.integers(len(content)))]
        broke += unguarded.faults_of(Mutant("packed", "changed", ((name, changed),)))[0]["outcome"] == "broke"
    assert broke
