"""A plan taken away as a file and brought back is the plan that it was, but for what somebody did to the file.

A few plans each time; `python -m tests.bench.round_trips` takes as many as one likes.
"""

import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from actions import exports
from actions.reading import delimited, sheets
from actions.reading.spacing import as_kept, with_spaces_of
from tests.actions.round_trips import (
    AWKWARD,
    PLANS,
    Edits,
    Row,
    edited_and_back,
    edited_plans,
    forgotten,
    gone_and_back,
)
from workforce.writing import delimited as writing

FORMATS = ["csv", "xlsx", "docx"]
SOME = settings(
    max_examples=8, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def row_of(text):
    cells = dict.fromkeys(["expected_outcome", "evidence", "resource_requirement"], text)
    line = " ".join(text.split())
    cells |= {"ref": line[:30].strip(), "activity": text, "timescale_text": text[:500].strip(), "leads": line[:150]}
    return Row(cells | {"priority": "", "status": "", "contributors": False}, aim=0, theme=None, report=text)


EVERY_AWKWARD_TEXT = [row_of(text) for text in AWKWARD]


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_taken_away_and_brought_back_is_what_it_was(world, format):
    @SOME
    @given(plan=PLANS)
    def check(plan):
        assert forgotten(gone_and_back, world, plan, format) == []

    assert forgotten(gone_and_back, world, EVERY_AWKWARD_TEXT, format) == []
    check()


@pytest.mark.parametrize("format", FORMATS)
def test_what_somebody_did_to_the_file_is_all_that_changes(world, format):
    @SOME
    @given(edited=edited_plans())
    def check(edited):
        assert forgotten(edited_and_back, world, *edited, format) == []

    check()


# --- Controls: what would be noticed -------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_control_a_writer_that_makes_one_line_of_many_is_noticed(world, monkeypatch, format):
    whole = exports.words_of
    monkeypatch.setattr(exports, "words_of", lambda *args: " ".join(whole(*args).split()))
    faults = forgotten(gone_and_back, world, [row_of("One line\nand another")], format)
    assert any("changed" in fault for fault in faults)


def test_control_a_reader_that_drops_an_apostrophe_is_noticed(world, monkeypatch):
    assert forgotten(gone_and_back, world, [row_of("'quoted'")], "csv") == []
    monkeypatch.setattr(delimited, "GUARDED", re.compile("^'"))
    assert forgotten(gone_and_back, world, [row_of("'quoted'")], "csv")


def test_control_a_writer_that_guards_formulas_alone_is_noticed(world, monkeypatch):
    assert forgotten(gone_and_back, world, [row_of("'=quoted'")], "csv") == []
    monkeypatch.setattr(writing, "LIKE_A_FORMULA", re.compile(r"\s*[=+\-@]"))
    assert forgotten(gone_and_back, world, [row_of("'=quoted'")], "csv")


def test_control_rows_without_marks_would_be_noticed(world, monkeypatch):
    plan, edits = [row_of("First"), row_of("Second")], Edits(cells={0: {"activity": "Something else"}}, deleted={1})
    assert forgotten(edited_and_back, world, plan, edits, "xlsx") == []
    monkeypatch.setattr(sheets, "marks_in", lambda rows: ({}, frozenset()))
    assert forgotten(edited_and_back, world, plan, edits, "xlsx")


# --- Spaces that no format keeps -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a\tb", "a b"),
        ("a\u00a0b", "a b"),
        ("a\n\n b", "a\nb"),
        ("a\u2028b", "a\nb"),
        ("well\u2011known", "well-known"),
    ],
)
def test_what_a_format_does_to_spaces_is_no_change(one, other):
    assert as_kept(one) == as_kept(other)


@pytest.mark.parametrize(("one", "other"), [("a b", "a\nb"), ("a b", "ab"), ("a", "A"), ("'a", "a"), ("a-", "a")])
def test_what_somebody_does_is_one(one, other):
    assert as_kept(one) != as_kept(other)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("one\ttwo  three\n\nfour", "one two three\nfive", "one\ttwo  three\n\nfive"),
        ("one two", "one\ntwo", "one\ntwo"),
        ("well\u2011known words", "well-known signs", "well\u2011known signs"),
        ("one two", "and one two", "and one two"),
        ("and one two", "one two", "one two"),
        ("one", "", ""),
        ("", "one", "one"),
    ],
)
def test_words_that_somebody_left_alone_keep_their_spaces(old, new, kept):
    assert with_spaces_of(old, new) == kept


@pytest.mark.parametrize("text", AWKWARD)
def test_a_text_that_comes_back_as_files_keep_it_is_as_it_was_typed(text):
    assert with_spaces_of(text.strip(), as_kept(text)) == text.strip()
