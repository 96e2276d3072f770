"""Cells at fault are shown where they look like codes, and never where they could say who somebody is."""

import pytest

from workforce.checking.showing import LONGEST_SHOWN, may_show, shown

CODES = ["37.25", "999", "1x", "£24,500", "1;2;77", "31/02/2010", "2025-03-01", "4 Apr 2025", "not known", "UPDATE"]
PEOPLE = ["Ann Other", "AB123456C", "ZZ9 9ZZ", "RN12345", "12A3456B", "ann@example.org", "07700 900123", "Smith;1"]


@pytest.mark.parametrize("text", CODES)
def test_codes_numbers_dates_and_plain_words_are_shown(text):
    assert shown(text) == text


@pytest.mark.parametrize("text", PEOPLE)
def test_what_could_say_who_somebody_is_is_not(text):
    assert shown(text) is None


@pytest.mark.parametrize("text", ["OAK-2", "W99999X", "HOME 12", "Oak12"])
def test_a_workplaces_reference_is_shown_only_in_its_own_column(text):
    assert shown(text, place=True) == text
    assert shown(text) is None


@pytest.mark.parametrize("text", ["Ann Other", "AB123456C", "ZZ9 9ZZ", "ann@example.org"])
def test_control_the_column_of_workplaces_shows_no_person_either(text):
    assert not may_show(text, place=True)


def test_long_lists_are_cut():
    text = ";".join(["12"] * 40)
    assert shown(text) == text[: LONGEST_SHOWN - 1] + "…"
