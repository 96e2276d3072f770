"""Of a cell at fault only what looks like a code is shown: never what names a person, wherever it was typed."""

import pytest

from workforce.checking.showing import LONGEST_SHOWN, shown

CODES = """1 5 99 999 2x 20I5 1;2019 53;1850 31/02/1980 2025-03-01 03/28/2019 3Jan2020 12.755 £24500 950000 37.25 -1
8;13; OLD yes None n/k #REF! 1-101000001 ??""".split()
NAMES = """Smith SMITH Mary O'Neil Jane;Smith 1;Smith AB123456C AB123456 M11AE 12A3456B SW12345 07700900123
jane.smith@example.org 4857773456""".split()
PHRASES = ["Jane Smith", "AB 12 34 56 C", "M1 1AE", "15 Church Lane", "07700 900123", "see Mary", "Rose Cottage"]


@pytest.mark.parametrize("text", [*CODES, "28 days", "not known", "03/04/2019 00:00"])
def test_what_looks_like_a_code_is_shown(text):
    assert shown(text) == text


@pytest.mark.parametrize("text", [*NAMES, *PHRASES])
def test_what_may_name_somebody_is_not(text):
    assert shown(text) is None


@pytest.mark.parametrize("text", ["W99999X", "W0000-2", "A1", "DUD-001", "12345"])
def test_numbers_of_workplaces_are_shown_where_they_belong(text):
    assert shown(text, reference=True) == text


@pytest.mark.parametrize("text", [*NAMES[:3], "AB123456C", "AB123456", "Rose Cottage", "M1 1AE"])
def test_even_there_no_name_is_shown(text):
    assert shown(text, reference=True) is None


def test_long_lists_are_shortened():
    assert len(shown("1;" * LONGEST_SHOWN)) == LONGEST_SHOWN
