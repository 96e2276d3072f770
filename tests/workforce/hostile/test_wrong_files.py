"""Files in which every cell is wrong say so of every cell; and what breaks a limit of the bench is said."""

from datetime import date
from pathlib import Path

import pytest

from tests.bench import workforce_import as bench
from workforce.reading import Given
from workforce.sampling.worker_file import HEADINGS
from workforce.sources.asc_wds.worker import worker_file

from .returns import TODAY, Told, clean_return, issues_of, read
from .wrong_cells import write_wrong, wrong_table, wrong_texts

KIND, ROWS = worker_file(TODAY), 200


def told_of(folder: Path, **how):
    path = folder / "worker.csv"
    write_wrong(KIND, HEADINGS, path, **how)
    return {(one.row, one.column) for one in issues_of(read([Given("worker.csv", path)], folder / "out"))}


@pytest.mark.parametrize("distinct", [True, False])
def test_every_cell_of_a_wrong_file_is_told(tmp_path, distinct):
    table = wrong_table(KIND, HEADINGS, ROWS, distinct=distinct)
    filled = {(row + 2, name) for name in HEADINGS for row, text in enumerate(table[name].to_pylist()) if text}
    assert len(filled) >= ROWS * 40
    assert filled - told_of(tmp_path, rows=ROWS, distinct=distinct) == set()


def test_free_text_is_wrong_as_well_in_a_file_that_goes_by_bytes(tmp_path):
    told = told_of(tmp_path, rows=10_000, size=200_000, distinct=False)
    assert {column for _, column in told} >= set(HEADINGS)


def test_no_text_stands_twice_where_all_are_to_be_different():
    table = wrong_table(KIND, HEADINGS, ROWS, distinct=True)
    short = {name: len(set(table[name].to_pylist())) for name in HEADINGS if table[name][0].as_py()}
    assert set(short.values()) == {ROWS}


def test_control_a_valid_file_is_not_wrong(tmp_path):
    made = clean_return(ROWS)
    texts = {column.name: set(wrong_texts(column.kind)) for column in KIND.columns if column.name in HEADINGS}
    for name, wrong in texts.items():
        assert not wrong & set(made.tables["worker"][name].to_pylist())


# --- The bench's own judgement ---------------------------------------------------------------------------------------

PEER = {"rows": 1_000_000, "seconds": 5.0, "megabytes": 460}
GOOD = {
    "peer": PEER,
    "worker": PEER | {"seconds": 15.0, "megabytes": 900},
    "with its workplaces": PEER | {"seconds": 16.0, "megabytes": 950},
    "fewer rows": PEER | {"rows": 250_000, "seconds": 4.0, "megabytes": 700},
    "10,000 rows": PEER | {"rows": 10_000, "seconds": 0.5, "megabytes": 200},
    "wrong, few texts, as many rows": PEER | {"seconds": 20.0, "megabytes": 900},
    "frictionless": {"rows": 20_000, "seconds": 40.0},
    "first rows": PEER | {"rows": 20_000, "seconds": 0.5},
}


def judged(**changes):
    found = {name: one | changes.get(name.replace(" ", "_").replace(",", ""), {}) for name, one in GOOD.items()}
    return list(bench.broken(found, bench.ratios(found)))


def test_nothing_is_broken_while_all_limits_are_kept():
    assert judged() == []


@pytest.mark.parametrize(
    ("what", "change", "words"),
    [
        ("worker", {"seconds": 21.0}, "pyarrow"),
        ("worker", {"megabytes": 1600}, "1600 MB"),
        ("wrong_few_texts_as_many_rows", {"seconds": 40.0}, "2.67 times"),
        ("frictionless", {"seconds": 10.0}, "frictionless"),
        ("10000_rows", {"seconds": 4.0}, "10,000 rows"),
    ],
)
def test_control_each_limit_can_be_broken(what, change, words):
    assert any(words in line for line in judged(**{what: change}))


def test_the_peer_is_told_what_we_declare():
    fields = {field["name"]: field for field in bench.table_schema(KIND, HEADINGS)["fields"]}
    assert fields["GENDER"]["constraints"]["enum"] == list(KIND.column("GENDER").kind.codes)
    assert fields["STARTDATE"]["type"] == "date" and fields["LOCALESTID"]["constraints"]["required"]
    assert date(2026, 11, 26) == TODAY and Told("worker", 2, "GENDER", "1090").row == 2
