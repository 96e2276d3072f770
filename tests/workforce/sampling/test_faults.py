"""Each planted fault is where the truth says, is one cell, and is what the rules complain of."""

import numpy as np
import pytest

from tests.workforce.sampling.conftest import AS_AT
from tests.workforce.sampling.national_cells import read_rows
from tests.workforce.sampling.national_rules import findings
from workforce.sampling.asc_wds import plant_in
from workforce.sampling.council import write_council
from workforce.sampling.drawing import stream
from workforce.sampling.esr import write_esr
from workforce.sampling.faults import plant
from workforce.sampling.kinds import COUNCIL, ESR, KINDS, Kind
from workforce.sampling.returns import Recipe, make_returns

RECIPE = Recipe(rows=3000, seed=3, as_at=AS_AT, faults=150)
QUALIFICATION_BLANK = "3360"  # draws a warning and is no planted cell, see the truth's characteristics


def cells_of(folder, truth):
    """(file, row, column) -> text, of the planted cells."""
    rows = {name: dict(read_rows(folder / file)) for name, file in truth["files"].items()}
    return {
        (fault["file"], fault["row"], fault["column"]): rows[fault["file"]][fault["row"]][fault["column"]]
        for fault in truth["faults"]
    }


def test_every_fault_is_in_its_cell(faulty):
    folder, truth = faulty
    told = {(fault["file"], fault["row"], fault["column"]): fault["now"] for fault in truth["faults"]}
    assert cells_of(folder, truth) == told
    assert len(told) == 240


def test_every_kind_is_planted(faulty):
    _, truth = faulty
    assert {fault["kind"] for fault in truth["faults"]} == {kind.name for kind in KINDS}
    assert len(KINDS) > 100


def test_the_rules_find_every_fault(faulty):
    folder, truth = faulty
    found = set(findings(folder, AS_AT))
    planted = {(fault["file"], fault["row"], fault["column"], fault["code"]) for fault in truth["faults"]}
    assert planted - found == set()


def test_the_rules_find_nothing_that_no_fault_explains(faulty):
    """What follows elsewhere from a fault has a number that the fault names."""
    folder, truth = faulty
    planted = {(fault["file"], fault["row"], fault["column"], fault["code"]) for fault in truth["faults"]}
    rows = {(fault["file"], fault["row"]) for fault in truth["faults"]}
    follows = {code for fault in truth["faults"] for code in fault["may_also"]} | {QUALIFICATION_BLANK}
    left = [each for each in findings(folder, AS_AT) if each not in planted and each[3] not in follows]
    assert [each for each in left if (each[0], each[1]) not in rows and each[3] != "998"] == []


def test_no_row_has_two_faults(faulty):
    _, truth = faulty
    rows = [(fault["file"], fault["row"]) for fault in truth["faults"]]
    assert len(rows) == len(set(rows))


def test_only_the_named_cells_differ():
    (made,) = make_returns(RECIPE)
    tables, faults = plant_in(made, 150, seed=3)
    differ = set()
    for file, table in made.tables.items():
        for column in table.column_names:
            before, after = table[column].to_pylist(), tables[file][column].to_pylist()
            differ |= {
                (file, row, column) for row, pair in enumerate(zip(before, after, strict=True), 2) if len(set(pair)) > 1
            }
    assert differ == {(fault.file, fault.row, fault.column) for fault in faults}
    assert all((made.tables[fault.file][fault.column][fault.row - 2].as_py() or "") == fault.was for fault in faults)


def test_a_kind_that_fits_no_row_is_left_out():
    (made,) = make_returns(RECIPE)
    nowhere = Kind("nowhere", "worker", "GENDER", "1090", "5", {"GENDER": ("no such",)})
    assert plant_in(made, 10, seed=3, kinds=(nowhere,))[1] == []


def repeated(made, many):
    """How many of the rows that were planted as repetitions have the same references as the row before."""
    kinds = tuple(kind for kind in KINDS if kind.name == "same worker twice")
    tables, faults = plant_in(made, many, seed=3, kinds=kinds)
    keys = list(zip(*(tables["worker"][name].to_pylist() for name in ("LOCALESTID", "UNIQUEWORKERID")), strict=True))
    return sum(keys[fault.row - 2] == keys[fault.row - 3] for fault in faults), len(faults)


def test_a_repeated_row_repeats_one_that_stays():
    (made,) = make_returns(RECIPE)
    same, planted = repeated(made, 500)
    assert same == planted > 300


def test_control_without_that_rule_some_repeat_nothing(monkeypatch):
    (made,) = make_returns(RECIPE)
    monkeypatch.setattr("workforce.sampling.faults._after_free", lambda free: np.ones(len(free), dtype=bool))
    same, planted = repeated(made, 500)
    assert same < planted


def test_control_rows_would_meet_without_the_list_of_free_rows(monkeypatch):
    """As many faults as rows, and every row free each time: some row gets two."""
    (made,) = make_returns(Recipe(rows=60, seed=3, as_at=AS_AT))
    kinds = [Kind(f"kind {n}", "worker", "GENDER", "1090", "5", {}) for n in range(60)]
    apart = [fault.row for fault in plant(made.tables, kinds, 60, stream(1))[1]]
    assert len(set(apart)) == 60
    monkeypatch.setattr(
        "workforce.sampling.faults._choose_rows", lambda rng, kind, view, free, many: rng.integers(0, 60, many)
    )
    together = [fault.row for fault in plant(made.tables, kinds, 60, stream(1))[1]]
    assert len(set(together)) < 60


@pytest.mark.parametrize(("write", "kinds"), [(write_esr, ESR), (write_council, COUNCIL)], ids=["esr", "council"])
def test_other_sources_tell_the_truth_too(tmp_path, write, kinds):
    (truth,) = write(Recipe(rows=1500, seed=2, as_at=AS_AT, faults=60), tmp_path)
    told = {(fault["file"], fault["row"], fault["column"]): fault["now"] for fault in truth["faults"]}
    assert cells_of(tmp_path, truth) == told
    assert {fault["kind"] for fault in truth["faults"]} == {kind.name for kind in kinds}
    assert all(fault["was"] != fault["now"] for fault in truth["faults"])


def test_faults_come_from_a_stream_of_their_own():
    """Planting more or fewer of them changes nothing else in the files."""
    few, many = ((next(iter(make_returns(Recipe(rows=500, seed=3, as_at=AS_AT, faults=n))))) for n in (1, 50))
    assert all(few.tables[name].equals(many.tables[name]) for name in few.tables)
    assert np.array_equal(few.posts.born, many.posts.born)
