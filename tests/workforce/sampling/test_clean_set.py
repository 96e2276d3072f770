"""A set without faults draws no finding from rules that were written down apart from the generator."""

import csv
from collections import Counter
from datetime import date

import pytest

from tests.workforce.sampling.conftest import AS_AT
from tests.workforce.sampling.national_cells import read_rows
from tests.workforce.sampling.national_rules import findings
from workforce.sampling.asc_wds import write_asc_wds
from workforce.sampling.returns import Recipe


def make(folder, **changed):
    recipe = Recipe(**{"rows": 3000, "seed": 5, "as_at": AS_AT, "faults": 0} | changed)
    return write_asc_wds(recipe, folder)[0]


@pytest.mark.parametrize(
    "changed",
    [{}, {"rows": 20, "seed": 1}, {"seed": 11, "as_at": date(2024, 2, 29)}, {"seed": 8, "responding": True}],
    ids=["usual", "tiny", "leap day", "some respond"],
)
def test_nothing_is_amiss(tmp_path, changed):
    as_at = changed.get("as_at", AS_AT)
    make(tmp_path, **changed)
    assert findings(tmp_path, as_at) == []


def test_nothing_is_amiss_in_a_series(series):
    folders, truths = series
    for folder, truth in zip(folders, truths, strict=True):
        assert findings(folder, date.fromisoformat(truth["as_at"])) == []


def test_control_a_changed_cell_is_noticed(tmp_path):
    make(tmp_path)
    rows = [row for _, row in read_rows(tmp_path / "worker.csv")]
    rows[10]["GENDER"] = "9"
    write(tmp_path / "worker.csv", rows)
    assert ("worker", 12, "GENDER", "1090") in findings(tmp_path, AS_AT)


def test_control_a_lost_row_is_noticed(tmp_path):
    """The sums across files are looked at too."""
    make(tmp_path)
    rows = [row for _, row in read_rows(tmp_path / "worker.csv")]
    write(tmp_path / "worker.csv", rows[1:])
    assert {code for _, _, _, code in findings(tmp_path, AS_AT)} & {"2200", "996"}


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_headings_stand_as_the_service_wants_them(tmp_path):
    make(tmp_path)
    start = {
        name: (tmp_path / f"{name}.csv").read_bytes().split(b"\r\n", 1)[0].decode() for name in ("workplace", "worker")
    }
    assert start["workplace"].startswith("LOCALESTID,STATUS,ESTNAME,ADDRESS1,ADDRESS2,ADDRES")
    assert start["worker"].startswith("LOCALESTID,UNIQUEWORKERID,STATUS,DISPLAYID,")
    assert [heading.count(",") + 1 for heading in start.values()] == [44, 44]


def test_more_qualifications_may_be_asked_for(tmp_path):
    make(tmp_path, qualifications=5)
    (_, row), *_ = read_rows(tmp_path / "worker.csv")
    assert list(row)[-4:] == ["QUALACH04", "QUALACH04NOTES", "QUALACH05", "QUALACH05NOTES"]


def test_the_number_of_rows_is_what_was_asked(tmp_path):
    truth = make(tmp_path)
    assert len(read_rows(tmp_path / "worker.csv")) == truth["rows"] == 3000


def test_no_insurance_number_could_be_anybodys(tmp_path):
    """Only the prefixes that are kept for administration; twice only where one person has two posts."""
    truth = make(tmp_path)
    numbers = Counter(row["NINUMBER"] for _, row in read_rows(tmp_path / "worker.csv"))
    assert {number[:2] for number in numbers} <= {"CR", "MW", "NC", "PP", "PY", "PZ"}
    assert len(numbers) == truth["counts"]["people"]
    assert sum(numbers.values()) - len(numbers) == truth["counts"]["characteristics"]["posts_of_people_with_two"]


@pytest.mark.parametrize(
    "wrong",
    [{"rows": 19}, {"returns": 7}, {"seed": -1}, {"faults": -1}, {"qualifications": 2}, {"as_at": date(1999, 1, 1)}],
)
def test_what_cannot_be_made_is_refused_in_words(wrong):
    with pytest.raises(ValueError, match="must be from"):
        Recipe(**{"rows": 100, "seed": 1, "as_at": AS_AT} | wrong)
