"""Dates read all at once are exactly those that `Day` reads without a word, one by one."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workforce.checking.days import read_plain_days
from workforce.checking.kinds import EPOCH, Day

AWKWARD = (
    """29/02/2024 29/02/2023 31/04/2020 00/01/2020 01/00/2020 12/31/2010 01/01/0000 01/01/0001 31/12/9999 1/2/1980
01-02-1980 2026-11-26 0１/02/1980 01/02/198o xxxxxxxxxx""".split()
    + [""]
)
PLAIN = st.builds(lambda day: f"{day.day:02}/{day.month:02}/{day.year:04}", st.dates())
NEARLY = st.text("0123456789/-ox", min_size=9, max_size=11)


def plain(text):
    """What one text is worth here: the day that `Day` reads, where it is DD/MM/YYYY and nothing is to be said."""
    reading = Day().read(text) if text else None
    return reading.value if reading and not reading.wrong and len(text) == 10 else np.nan


@given(st.lists(PLAIN | NEARLY | st.sampled_from(AWKWARD)), st.integers(0, 3))
@example(AWKWARD, 0)
@example(AWKWARD, 5)
def test_all_at_once_is_one_by_one(texts, start):
    array = pa.array(texts, pa.string()).slice(start)
    np.testing.assert_array_equal(read_plain_days(array), [plain(text) for text in texts[start:]])


@pytest.mark.parametrize("day", [date(1970, 1, 1), date(1969, 12, 31), date(2024, 2, 29), date(1900, 3, 1)])
def test_days_are_counted_from_1970(day):
    assert read_plain_days(pa.array([day.strftime("%d/%m/%Y")])).tolist() == [(day - EPOCH).days]


def test_no_texts_are_no_days():
    assert len(read_plain_days(pa.array([], pa.string()))) == 0
