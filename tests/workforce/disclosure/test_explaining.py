"""What is hidden and why, in words."""

import pytest

from workforce.disclosure.explaining import Told, estimates_note, note_of, summaries_note, what_is_hidden_and_why
from workforce.disclosure.public import public_tables
from workforce.disclosure.released import Audience, Method
from workforce.disclosure.rules import Rules

from .small_worlds import counted_of, world

RULES = Rules()
NOISE = Rules(noise=4321)  # so that it would be seen
FORBIDDEN = ("noise", "key", "perturb", "suppress", "seal", "invalid", "error occurred", "4321", "p%", "cell")


def words_of(audience, rules=RULES):
    return " ".join(word for paragraph in what_is_hidden_and_why(audience, rules) for word in paragraph)


@pytest.mark.parametrize("audience", Audience)
def test_the_page_is_plain_and_tells_no_secret(audience):
    words = words_of(audience, NOISE).lower()
    assert not [word for word in FORBIDDEN if word in words]
    assert all(heading and text.endswith(".") for heading, text in what_is_hidden_and_why(audience, RULES))


def test_the_page_has_the_numbers_of_the_rules():
    other = Rules(public_threshold=13, base=3, fewest_contributors=4, p_percent=0.2, fewest_for_percent=70)
    words = words_of(Audience.PUBLIC, other)
    for said in ("fewer than 13", "nearest 3", "four employers", "20 per cent", "at least 70 posts"):
        assert said in words
    assert "one of fewer than 7 is hidden" in words_of(Audience.PARTNERSHIP, Rules(partnership_threshold=7)).lower()


def test_notes_say_what_holds_for_the_table_only():
    assert note_of(Told(Method.EXACT), RULES) == ""
    assert "fewer than 5," in note_of(Told(Method.EXACT, hidden=3), RULES)
    assert "fewer than 10," in note_of(Told(Method.EXACT, hidden=3, special=True), RULES)
    assert "One row is hidden whole." in note_of(Told(Method.EXACT, hidden=3, rows_hidden=1), RULES)
    assert "Two rows are hidden whole." in note_of(Told(Method.EXACT, hidden=3, rows_hidden=2), RULES)
    assert "three employers" in note_of(Told(Method.PERTURBED, hidden=1, size_only=False), RULES)
    assert "rounded to the nearest 5" in note_of(Told(Method.PERTURBED), RULES)
    assert "worked out from the counts shown" in note_of(Told(Method.EXACT, percentages=True), RULES)
    assert note_of(Told(Method.EXACT), RULES, ["Birch Council sent nothing."]) == "Birch Council sent nothing."


def test_notes_of_means_pay_and_estimates():
    assert "five pence" in summaries_note("£ an hour", RULES) and "one decimal" in summaries_note("days", RULES)
    assert "fewer than 50 posts" in estimates_note(RULES)


def test_every_public_table_has_a_note_and_a_source_that_tell_no_secret():
    for table in public_tables(counted_of(world(1, 600)), RULES):
        words = f"{table.note} {table.source}".lower()
        assert table.note and table.source.startswith("Returns of Birch Council, Oak Trust, ")
        assert not [word for word in FORBIDDEN if word in words]
