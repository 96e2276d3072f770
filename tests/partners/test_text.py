"""Text as it is stored: cleaned once and the same for ever after, and the words left alone."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partners.text import clean_text

ANY = st.text()
NASTY = st.text(alphabet="aé\u0301 \t\n\r\x00\x07\x1f\x85\xa0\u2028\u202e\u2066\ufeff\u200b\u3000")
VISIBLE = st.text(alphabet="abcXYZ éß 中文 🩺 .,;:!?'\"<>&{}%=+-@/\\0123456789", min_size=1)


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        (None, ""),
        ("", ""),
        ("   \n\t ", ""),
        ("  both ends  ", "both ends"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("line end   \nnext\t\n", "line end\nnext"),
        ("NUL\x00, bell\x07, escape\x1b[0m", "NUL, bell, escape[0m"),
        ("exe.\u202efdp", "exe.fdp"),
        ("\ufeffmark", "mark"),
        ("e\u0301", "é"),
        ("tab\tstays", "tab\tstays"),
        (12, "12"),
    ],
)
def test_what_is_kept(given_, kept):
    assert clean_text(given_) == kept


def test_on_one_line_all_space_is_one_space():
    assert clean_text(" one\n two\t\tthree\u2028four\u00a0five ", keep_lines=False) == "one two three four five"


@given(ANY | NASTY, st.booleans())
@example("a\x00\u0301", True)
def test_cleaning_twice_is_cleaning_once(text, keep_lines):
    """Else an unchanged form would count as an edit."""
    once = clean_text(text, keep_lines=keep_lines)
    assert clean_text(once, keep_lines=keep_lines) == once


@given(ANY | NASTY, st.booleans())
def test_nothing_that_breaks_pages_files_or_databases_is_left(text, keep_lines):
    kept = clean_text(text, keep_lines=keep_lines)
    allowed = {"\n", "\t"} if keep_lines else set()
    assert {sign for sign in kept if unicodedata.category(sign) == "Cc"} <= allowed
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\r")
    assert kept == kept.strip()
    assert all(line == line.rstrip() for line in kept.split("\n"))
    assert unicodedata.is_normalized("NFC", kept)


@given(NASTY)
def test_on_one_line_there_is_one_line(text):
    assert len(clean_text(text, keep_lines=False).splitlines()) <= 1


@given(VISIBLE)
def test_what_can_be_seen_stays_as_it_was_typed(text):
    assert clean_text(text) == unicodedata.normalize("NFC", text).strip()


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"])))
def test_no_letter_number_or_sign_is_ever_lost(text):
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@given(ANY | NASTY)
def test_what_is_kept_can_be_stored(text):
    clean_text(text).encode("utf-8")


def test_halves_of_characters_are_left_out():
    """A lone surrogate can come from a file; no database or page can hold one."""
    assert clean_text("half\ud800 of one").encode("utf-8") == b"half of one"
