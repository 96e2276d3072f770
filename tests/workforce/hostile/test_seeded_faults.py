"""A fault of one cell is told in its place, alone, and gone with it: a few of those of `tests.bench.seeded_faults`."""

import pytest

from workforce.checking.issues import IssueLog

from .returns import FORMS
from .seeding import Bench, trials


def test_each_fault_is_told_in_its_place_and_alone(tmp_path):
    bench = Bench(tmp_path)
    assert [fault for trial in trials(16, seed=7) for fault in bench.faults_of(trial)] == []


def test_every_form_and_both_sorts_are_tried():
    tried = list(trials(16, seed=7))
    assert {trial.form for trial in tried} == set(FORMS)
    assert 2 < sum(trial.seeded.kind == "cannot be read" for trial in tried) < 14


@pytest.mark.parametrize("by", [1, -1])
def test_control_rows_counted_wrong_are_noticed(tmp_path, monkeypatch, by):
    add = IssueLog.add
    monkeypatch.setattr(
        IssueLog, "add", lambda log, cause, rows, *more, **how: add(log, cause, rows + by, *more, **how)
    )
    bench = Bench(tmp_path)
    assert all(any("not told" in fault for fault in bench.faults_of(trial)) for trial in trials(3, seed=7))


def test_control_an_issue_too_many_is_noticed(tmp_path, monkeypatch):
    (trial,) = trials(1, seed=7)
    bench = Bench(tmp_path)
    bench.clean(trial.seeded.base, trial.form)
    real = bench.told
    monkeypatch.setattr(bench, "told", lambda *given: (real(*given)[0] | {_elsewhere(trial)}, real(*given)[1]))
    assert any("more was told" in fault for fault in bench.faults_of(trial))


def _elsewhere(trial):
    from .returns import Told

    return Told(trial.seeded.file, 3, "OTHERTYPE", "0")
