"""Kinds of words: what recognises a text stands for it, and the quick look never overlooks what would be recognised."""

import re

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.checking.kinds_of_measures import Measure, YearOrDay
from workforce.checking.kinds_of_words import UNLISTED, Names, WordsOfRows, codes_of, matching, words
from workforce.crosswalks import crosswalk
from workforce.crosswalks.normalising import SHORTENED

WORDED = [
    (field, source) for source in ("esr", "council") for field in (
        "contract", "sex", "ethnicity15", "nationality3", "disability", "registration", "recruit_source",
        "leave_reason", "leave_destination", "qual_level", "apprentice", "hours_pattern",
    )
] + [("role", "council"), ("role", "template"), ("service", "template")]  # fmt: skip


@pytest.mark.parametrize(("field", "source"), WORDED)
def test_the_quick_look_passes_every_text_that_is_recognised(field, source):
    kind = words(field, source, "")
    shape = re.compile(kind.shape)
    texts = [code.strip("~^").split(" / ")[0].replace("+", "").replace("*", "") for code in codes_of(field, source)]
    texts += [f"Temp. {text.title()} (acting)" for text in texts] + list(SHORTENED) + ["Sénior", "CY Cypriot", "Z"]
    recognised = [text for text in texts if kind.read(text).value == kind.read(text).value]
    assert len(recognised) > 3
    assert not [text for text in recognised if not shape.match(text)]
    assert not shape.match("qqqq"), "and it does tell some apart"


VOCABULARY = sorted({word.strip("~^*") for field, source in WORDED for code in codes_of(field, source)
                     for word in code.split()} - {""})  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY), max_size=4), st.sampled_from([" ", "-", "_", " & ", "/"]),
       st.sampled_from(WORDED))  # fmt: skip
def test_the_quick_look_passes_any_words_that_are_recognised(parts, between, worded):
    kind, text = words(*worded, ""), between.join(parts)
    reading = kind.read(text)
    if reading.value == reading.value:
        assert re.match(kind.shape, text)
        assert kind.codes[int(reading.value)] == matching(*worded).of(text)


def test_what_is_kept_is_the_row_that_recognised_the_text():
    kind = words("role", "council", "")
    code = kind.codes[int(kind.read("Senior Social Worker, Mrs Canary").value)]
    assert code in crosswalk("role", "council").table
    assert "canary" not in code
    assert kind.read("Canary").wrong == "not_mapped"
    assert kind.read("Care Assistant?").wrong == "not_mapped", "who asks does not know"
    assert kind.read("-").wrong == "" and kind.read("-").value != kind.read("-").value


def test_two_cells_are_judged_together():
    both = WordsOfRows("role", "esr")
    groups = pa.array(["Additional Clinical Services", "", "Wizards", "07"])
    roles = pa.array(["Healthcare Assistant", "", "Wand | keeper", "01005"])
    found = both.of_rows(groups, roles)
    assert [both.values[place] if place >= 0 else None for place in found[:3]] == [
        "healthcare_support",
        None,
        "unknown",
    ]
    assert both.codes[found[2]] == UNLISTED
    assert np.array_equal(found[[1, 2]], [-1, both.unlisted])


def test_names_of_a_list_in_any_usual_form():
    kind = Names(codes=("03", "10"), labels=("Nursing and Midwifery Registered", "Supplementary Roles"))
    for text in ("03", "Nursing & Midwifery Reg", "nursing and midwifery registered", "03 Nursing and Midwifery Reg"):
        assert kind.read(text).value == 0, text
    assert kind.read("3x").wrong == "not_listed"


@pytest.mark.parametrize(
    ("text", "value", "wrong"),
    [("0.80000", 0.8, ""), ("1,200.50", 1200.5, "punctuated"), ("£12", 12, "punctuated"), ("-1", None, "out_of_range"),
     ("1e3", None, "not_a_number"), ("1,20", None, "not_a_number"), ("9999", None, "out_of_range")],
)  # fmt: skip
def test_measures(text, value, wrong):
    kind = Measure(high=5_000)
    reading = kind.read(text)
    assert reading.wrong == wrong
    assert (reading.value == value) if value is not None else reading.value != reading.value
    assert re.match(kind.shape, text) or wrong in ("not_a_number",)


@pytest.mark.parametrize(("text", "value"), [("2011", 2011), ("01/09/2011", 2011), ("1911", None), ("soon", None)])
def test_years_may_be_dates(text, value):
    from datetime import date

    reading = YearOrDay(today=date(2026, 11, 26), low=1940).read(text)
    assert (reading.value == value) if value else reading.wrong
