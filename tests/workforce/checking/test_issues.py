"""Faults are kept as rows under their causes, and stay small however many there are."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from workforce.checking import issues
from workforce.checking.declaring import Severity
from workforce.checking.issues import EXAMPLES, LONGEST_SHOWN, SHOWN, Cause, IssueLog

HOURS = Cause("staff.csv", "HOURS", "30", Severity.WARNING, "HOURS is not a number", "0 to 75")
NAMES = Cause("staff.csv", "NAME", "31", Severity.ERROR, "NAME is too long")


def rows(*numbers):
    return np.array(numbers, np.int32)


@pytest.fixture
def log(tmp_path):
    return IssueLog(tmp_path / "issues.parquet")


def written(log):
    log.close()
    return [tuple(line.values()) for line in pq.read_table(log.path).to_pylist()]


def test_a_cause_has_one_number_however_often_it_comes(log):
    log.add(HOURS, rows(4, 5), pa.array(["a", "b"]))
    log.add(NAMES, rows(4))
    log.add(HOURS, rows(2), pa.array(["c"]))
    assert [(cause.code, cause.count, cause.first_row) for cause in log.causes] == [("30", 3, 2), ("31", 1, 4)]
    assert written(log) == [(4, 0, "a"), (5, 0, "b"), (4, 1, None), (2, 0, "c")]


def test_causes_that_differ_in_anything_are_two(log):
    log.add(HOURS, rows(1))
    log.add(Cause("other.csv", *list(vars(HOURS).values())[1:]), rows(1))
    assert len(log.causes) == 2


def test_examples_are_the_first_few(log):
    log.add(HOURS, rows(2, 3, 4), pa.array(["a", "b", "c"]))
    log.add(HOURS, rows(*range(5, 50)), pa.array(["d"] * 45))
    (cause,) = log.causes
    assert cause.examples == ((2, "a"), (3, "b"), (4, "c"), (5, "d"), (6, "d"))
    assert len(cause.examples) == EXAMPLES


def test_examples_without_texts_are_rows(log):
    log.add(NAMES, rows(*range(2, 30)))
    assert log.causes[0].examples == tuple((row, None) for row in range(2, 2 + EXAMPLES))


def test_only_the_first_texts_are_kept(log, monkeypatch):
    monkeypatch.setattr(issues, "SHOWN", 4)
    log.add(HOURS, rows(2, 3, 4), pa.array(["a", "b", "c"]))
    log.add(HOURS, rows(5, 6, 7), pa.array(["d", "e", "f"]))
    log.add(HOURS, rows(8), pa.array(["g"]))
    assert [line[2] for line in written(log)] == ["a", "b", "c", "d", None, None, None]
    assert log.causes[0].count == 7


def test_control_enough_texts_are_kept_otherwise(log):
    assert SHOWN >= 100
    log.add(HOURS, rows(*range(2, 102)), pa.array(["a"] * 100))
    assert all(line[2] == "a" for line in written(log))


def test_long_texts_are_shortened(log):
    log.add(HOURS, rows(2, 3), pa.array(["1;" * (LONGEST_SHOWN // 2), "1;" * (LONGEST_SHOWN // 2) + "1"]))
    kept, cut = (line[2] for line in written(log))
    assert kept == "1;" * (LONGEST_SHOWN // 2)
    assert len(cut) == LONGEST_SHOWN and cut.endswith("…")


def test_errors_and_warnings_are_counted_apart(log):
    log.add(HOURS, rows(2, 3, 4))
    log.add(NAMES, rows(9))
    assert (log.count(Severity.WARNING), log.count(Severity.ERROR)) == (3, 1)


def test_nothing_found_is_nothing_written(log):
    log.add(HOURS, rows())
    assert log.causes == []
    assert written(log) == []


def test_many_faults_are_written_as_they_come(log):
    log.add(HOURS, np.arange(2, 500_002, dtype=np.int32))
    assert log._rows_waiting == 0
    log.add(NAMES, rows(7))
    assert len(written(log)) == 500_001


def test_the_file_has_the_columns_that_pages_read(log):
    log.add(NAMES, rows(7))
    log.close()
    schema = pq.read_schema(log.path)
    assert [(field.name, str(field.type)) for field in schema] == [
        ("row", "int32"), ("cause", "int16"), ("value", "string")
    ]  # fmt: skip
