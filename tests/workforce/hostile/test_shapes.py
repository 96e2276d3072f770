"""A crowd of unreadable texts is refused at a glance, and none that could be read goes with them."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from workforce.checking import engine, glancing
from workforce.checking.engine import ColumnReader
from workforce.checking.kinds import Codes
from workforce.checking.kinds_of_parts import Pair
from workforce.sources import SOURCES

TODAY = date(2026, 11, 26)
TEXTS = """01/02/2003 1/2/2003 1-2-2003 1.2.2003 01022003 2024-09-30 2024-09-30T00:00 3Jan2020 03-JAN-2020 12/05/85
Admin 0 7 007 7.0 007.00 £12,500.50 2019 999 1;2019 53; 1; 1;3 1;2;x 2 none NEW update x7
99/99/9999 123456789012 -1 20I5
""".split() + ["", "3 January 2020", "2024-09-30 00:00:00", "1 ; 2019", "1;;3"]  # fmt: skip

ALIKE = {f"QUALACH{number:02}" for number in range(2, 100)}


def columns():
    kinds = [kind for source in SOURCES.values() for kind in source.file_kinds(TODAY)]
    return [pytest.param(column, id=f"{kind.name}-{column.name}") for kind in kinds for column in kind.columns
            if column.kind.shape and column.name not in ALIKE]  # fmt: skip


def texts_for(kind):
    codes = kind.codes if isinstance(kind, Codes) else kind.first.codes if isinstance(kind, Pair) else ()
    return pa.array([*TEXTS, *(text for code in codes for text in (code, f"0{code}", f"{code}.0", f"{code}x"))])


def readings(column):
    read = ColumnReader(column).read(texts_for(column.kind))
    return [read.values, read.blank, read.unknown, read.wrong > 0]


@pytest.mark.parametrize("column", columns())
def test_nothing_is_read_otherwise_after_a_crowd(column, monkeypatch):
    closely = readings(column)
    monkeypatch.setattr(engine, "PATIENCE", -1)
    for close, quick in zip(closely, readings(column), strict=True):
        np.testing.assert_array_equal(close, quick)


def test_control_a_shape_that_is_too_narrow_is_noticed(monkeypatch):
    (column,) = (param.values[0] for param in columns() if param.id == "worker-DOB")
    closely = readings(column)
    monkeypatch.setattr(engine, "PATIENCE", -1)
    monkeypatch.setattr(glancing, "_fits", lambda texts, shape: np.zeros(len(texts), bool))
    assert not np.array_equal(closely[0], readings(column)[0], equal_nan=True)
