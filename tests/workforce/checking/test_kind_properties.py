"""What must hold of every kind of column and every text: awkward texts are invented."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workforce.checking.declaring import Column
from workforce.checking.engine import ColumnReader
from workforce.checking.kinds import Codes, Day, Number, Pattern, Text, Year
from workforce.checking.kinds_of_parts import Many, Pair
from workforce.sources.asc_wds import file_kinds

TODAY = date(2026, 11, 26)
# One kind of each sort and shape is enough.
KINDS = list({
    (type(column.kind), column.kind.shape, column.kind.fine): column.kind
    for file in file_kinds(TODAY)[1:]
    for column in file.columns
}.values())  # fmt: skip
AT_A_GLANCE = [kind for kind in KINDS if isinstance(kind, Text | Pattern)]
JUDGED = [kind for kind in KINDS if not isinstance(kind, Text | Pattern)]
LISTS = [
    Many(each=Codes(codes=("1", "8", "25")), extra=("0",)),
    Many(each=Number(high=999), blanks=True),
]
AWKWARD = st.sampled_from(
    ["\n", "\r", "\t", "\v", "\x00", "\x1c", "\u00a0", "\u3000", "\u2028", "٣", "３", "é", "ß", "İ"]
)
ALPHABET = st.one_of(st.sampled_from("0123456789ABCDxyz ;./-,£"), AWKWARD)
ANYTHING = st.text(ALPHABET, min_size=1, max_size=12).map(str.strip).filter(bool)


few = settings(max_examples=40, deadline=None)


def named(kind):
    return f"{type(kind).__name__}: {kind.accepted[:25]}"


def near(kind):
    """Texts of this kind, as people write them, with something odd before, between or after."""
    odd = st.sampled_from(["", "0", "00", "x", "\n", ".0", ".00", ";", " ;", "; x", "٣"])
    joined = st.one_of(plain(kind), st.tuples(plain(kind), odd).map("".join), st.tuples(odd, plain(kind)).map("".join))
    return joined.map(str.strip).filter(bool)


def plain(kind):
    if isinstance(kind, Codes):
        return st.sampled_from([*kind.codes, *(code.lower() for code in kind.codes), *(kind.none or kind.codes[:1])])
    if isinstance(kind, Number):
        whole = st.integers(0, 10**12).map(lambda number: [str(number), f"{number:,}", f"£{number:,}"])
        return st.one_of(whole.flatmap(st.sampled_from), st.just(kind.unknown or "1"), st.just("4.50"))
    if isinstance(kind, Day):
        forms = ["%d/%m/%Y", "%Y-%m-%d", "%Y-%m-%dT00:00:00", "%Y-%m-%d 00:00", "%d.%m.%y", "%d %B %Y", "%d%m%Y"]
        days = st.tuples(st.dates(date(1900, 1, 1)), st.sampled_from(forms)).map(lambda pair: f"{pair[0]:{pair[1]}}")
        return st.one_of(days, st.sampled_from(["admin", "ADMIN"]))
    if isinstance(kind, Year):
        return st.one_of(st.integers(1800, 2200).map(str), st.just(kind.unknown or "1999"))
    if isinstance(kind, Pair):
        after = st.one_of(plain(kind.second), st.sampled_from(["", "x", "soon"]))
        between = st.sampled_from([";", " ; ", ";\u3000", "  ;"])
        return st.one_of(plain(kind.first), st.tuples(plain(kind.first), between, after).map("".join))
    if isinstance(kind, Many):
        return st.lists(plain(kind.each), min_size=1, max_size=150).map("; ".join)
    if isinstance(kind, Pattern):
        return st.one_of(st.from_regex(re.compile(kind.pattern, re.ASCII), fullmatch=True), ANYTHING)
    return st.integers(1, kind.limit + 2).flatmap(lambda size: st.sampled_from(["a" * size, "é" * size, "𝒳" * size]))


def texts(kind):
    return st.one_of(near(kind), ANYTHING)


def agrees(pattern, text):
    return pc.match_substring_regex(pa.array([text]), pattern)[0].as_py()


@pytest.mark.parametrize("kind", AT_A_GLANCE, ids=named)
@few
@given(data=st.data())
def test_what_is_fine_at_a_glance_is_what_can_be_read(kind, data):
    text = data.draw(texts(kind))
    seen = ColumnReader(Column("X", kind)).read(pa.array([text]))
    reading = kind.read(text)
    assert bool(seen.wrong[0]) is bool(reading.wrong)
    assert np.isnan(seen.values[0]) == np.isnan(reading.value)
    assert not kind.fine or agrees(kind.fine, text) is not bool(reading.wrong)


@pytest.mark.parametrize("kind", JUDGED + LISTS, ids=named)
@few
@given(data=st.data())
def test_every_readable_text_has_the_shape(kind, data):
    text = data.draw(texts(kind))
    reading = kind.read(text)
    if reading.state or reading.value == reading.value or not reading.wrong:
        assert agrees(kind.shape, text)
        assert re.search(kind.shape, text)


@pytest.mark.parametrize("kind", KINDS + LISTS, ids=named)
@few
@given(data=st.data())
def test_a_value_that_counts_is_one_that_is_right_or_kept(kind, data):
    reading = kind.read(data.draw(texts(kind)))
    keeps = {wrong.key: wrong.keeps for wrong in kind.wrongs} | {"": True}
    nothing = bool(reading.state) or (isinstance(kind, Codes) and bool(kind.none) and not reading.wrong)
    assert nothing or (reading.value == reading.value) is keeps[reading.wrong]


@pytest.mark.parametrize("kind", KINDS + LISTS, ids=named)
@few
@given(data=st.data())
def test_reading_twice_is_the_same(kind, data):
    text = data.draw(texts(kind))
    assert str(kind.read(text)) == str(kind.read(text)) == str(replace(kind).read(text))


@given(st.text(ALPHABET, max_size=20))
def test_a_list_reads_its_parts_alike_wherever_they_stand(text):
    remembering, fresh = LISTS[0], Many(each=LISTS[0].each, extra=("0",))
    assert remembering.read(text) == fresh.read(text) or remembering.read(text).wrong == fresh.read(text).wrong


def test_control_a_narrow_shape_is_noticed():
    """The shape that pairs once had lets `1 ; 2024` and a code with decimals go."""
    narrow = r"^[0-9]{1,4} ?;? ?[0-9]{0,4}$"
    assert agrees(narrow, "1;2024")
    assert not agrees(narrow, "1  ;  2024")
    assert not agrees(narrow, "1.0;2024")
