"""Whom an @ means: found in plain words, by properties, and never by guessing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.mentions import Mention, mentions_in, nobody_called, pieces_of

NAMES = ["Ann", "Ann Lee", "Director of Adult Social Care", "Zoë O’Brien", "J. R. (Bob) Hart", "Ann-Marie Poe", "何 麗"]


def found(text, names=NAMES):
    return [mention.name for mention in mentions_in(text, names)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@Ann please look", ["Ann"]),
        ("@ann lee, please look", ["Ann Lee"]),
        ("@ANN  LEE", ["Ann Lee"]),
        ("@Ann\nLee", ["Ann Lee"]),
        ("@Ann Leeds", ["Ann"]),
        ("Thanks (@Ann).", ["Ann"]),
        ("“@Ann!”", ["Ann"]),
        ("@Ann’s idea and @Ann's plan", ["Ann", "Ann"]),
        ("@Ann- and @Ann–", ["Ann", "Ann"]),
        ("@Director of Adult Social Care: over to you", ["Director of Adult Social Care"]),
        ("@J. R. (Bob) Hart", ["J. R. (Bob) Hart"]),
        ("@zoë o’brien", ["Zoë O’Brien"]),
        ("@Ann-Marie Poe", ["Ann-Marie Poe"]),
        ("@何 麗。", ["何 麗"]),
        ("@Ann @Ann Lee@Ann", ["Ann", "Ann Lee"]),
        ("@@Ann", ["Ann"]),
        ("", []),
        ("Ann Lee", []),
        ("@ Ann", []),
        ("@Anna", []),
        ("@Ann-Marie", []),
        ("@Ann’Lise", []),
        ("@Ann_2", []),
        ("@", []),
        ("write to me@ann or a@Ann", []),
    ],
)
def test_whom_an_at_sign_means(text, meant):
    assert found(text) == meant


def test_where_it_stands():
    assert mentions_in("Dear @ann lee,", NAMES) == [Mention(5, 13, "Ann Lee")]
    assert pieces_of("Dear @ann lee,", NAMES) == [("Dear ", False), ("@ann lee", True), (",", False)]


def test_names_that_would_mean_something_in_a_pattern_mean_themselves():
    for name in (".*", "a|b", "[x]", "\\d", "(", "$"):
        assert found(f"@{name}", [name]) == [name]
        assert found("@anything a b x 5", [name]) == []


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("@Jim and @Jim again, @Ann", ["Jim"]),
        ("@Ann-Marie", ["Ann-Marie"]),
        ("me@here.org at @ 5", []),
        ("@Zoë", ["Zoë"]),
    ],
)
def test_an_at_sign_that_means_nobody_is_noticed(text, nobody):
    assert nobody_called(text, NAMES) == nobody


name = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    lambda text: text.strip() and "@" not in text
)
names = st.lists(name, max_size=5)
awkward = st.text(st.sampled_from("@ aAnİıſßKé\n-’'.,_9") | st.characters(blacklist_categories=("Cs",)), max_size=60)


@given(awkward, names)
def test_the_pieces_make_the_text_again(text, known):
    assert "".join(piece for piece, _ in pieces_of(text, known)) == text


@given(awkward, names)
def test_mentions_are_in_order_apart_and_begin_with_an_at_sign(text, known):
    place = 0
    for mention in mentions_in(text, known):
        assert place <= mention.start < mention.end <= len(text)
        assert text[mention.start] == "@"
        assert mention.name in known
        place = mention.end


@given(names, st.data())
def test_a_name_written_as_it_is_is_found_or_a_longer_one_is(known, data):
    if not known:
        assert mentions_in("@anybody", known) == []
        return
    wanted = data.draw(st.sampled_from(known))
    mentions = mentions_in(f"Dear @{' '.join(wanted.split())}", known)
    # What looks like the end of a longer word is nobody's name: “.-” cannot be told from “.-x” by its end alone.
    assert [mention.name.split() for mention in mentions][:1] == [wanted.split()] or len(mentions[0].name) > len(wanted)


@given(awkward, names)
def test_capital_letters_do_not_matter(text, known):
    plain = "".join(letter for letter in text if letter.isascii())
    ascii_names = [one for one in known if one.isascii()]
    assert found(plain.upper(), ascii_names) == found(plain.lower(), ascii_names)


@given(awkward)
def test_without_names_nobody_is_meant(text):
    assert mentions_in(text, []) == [] == mentions_in(text, ["", "  "])


def test_accents_written_in_two_signs_are_those_of_stored_text():
    """Comments and names are both stored composed (see partners/text.py), so they meet."""
    decomposed = unicodedata.normalize("NFD", "Zoë O’Brien")
    assert found("@" + unicodedata.normalize("NFC", decomposed)) == ["Zoë O’Brien"]


def test_control_a_finder_that_takes_any_beginning_would_be_noticed(monkeypatch):
    monkeypatch.setattr("actions.mentions.END", "")
    assert found("@Anna") == ["Ann"]
