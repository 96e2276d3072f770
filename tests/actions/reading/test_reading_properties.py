"""Whatever the bytes: a plan or a sentence. Whatever the table: the same words in every format."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.reading.delimited import read_delimited
from actions.reading.excel import read_excel
from actions.reading.grids import Unreadable
from actions.reading.opendocument import read_opendocument
from actions.reading.package import Package
from actions.reading.plan import read_plan
from actions.reading.word import read_word
from tests.actions.reading.files import HEADER, ROW, csv_file, excel_file, ods_file, pdf_file, word_file

WORD, EXCEL, TEXT = word_file([HEADER, ROW]), excel_file([HEADER, ROW]), csv_file([HEADER, ROW])
OPEN, PDF = ods_file(HEADER, ROW), pdf_file([HEADER, ROW])
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)

characters = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"], exclude_characters="\u2028\ufeff\ufffe\uffff"
)
words = st.text(characters, min_size=1, max_size=8)
texts = st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), max_size=3).map("\n".join)
tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(texts, min_size=width, max_size=width), min_size=2, max_size=5)
)


def read_or_refuse(content):
    try:
        assert read_plan("plan", content).rows
    except Unreadable as refusal:
        assert refusal.message.endswith((".", "…"))


@QUICK
@given(st.binary(max_size=300))
def test_any_bytes(content):
    read_or_refuse(content)


@QUICK
@given(
    st.sampled_from([b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"Action,Lead\n", b"sep=;\n", b'"']),
    st.binary(max_size=200),
)
def test_any_bytes_after_a_promising_start(start, content):
    read_or_refuse(start + content)


@QUICK
@given(st.sampled_from([WORD, EXCEL, OPEN, TEXT]), st.data())
def test_any_byte_changed(content, data):
    changed = bytearray(content)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=5)):
        changed[place] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(changed))


@settings(QUICK, max_examples=6)  # each is read in a process of its own
@given(st.data())
def test_any_byte_of_a_pdf_changed(data):
    changed = bytearray(PDF)
    for place in data.draw(st.lists(st.integers(9, len(PDF) - 1), min_size=1, max_size=5)):
        changed[place] = data.draw(st.integers(0, 255))
    read_or_refuse(bytes(changed))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.99])
@pytest.mark.parametrize("content", [WORD, EXCEL, OPEN, PDF], ids=["word", "excel", "ods", "pdf"])
def test_any_file_cut_short_is_refused(content, share):
    with pytest.raises(Unreadable, match=r"damaged|encoding that is not recognised|no table|no text has|empty"):
        read_plan("plan", content[: int(len(content) * share)])


@QUICK
@given(st.sampled_from([WORD, EXCEL, OPEN]), st.data())
def test_any_byte_of_a_part_changed(content, data):
    """Inside the zip, so that the parser meets the change and not only the checksum."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        parts = {name: bytearray(old.read(name)) for name in old.namelist()}
    name = data.draw(st.sampled_from([each for each in parts if each.endswith((".xml", ".rels"))]))
    for place in data.draw(st.lists(st.integers(0, len(parts[name]) - 1), min_size=1, max_size=4)):
        parts[name][place] = data.draw(st.sampled_from(b'<>"/ =a0&-\xff'))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for each, part in parts.items():
            new.writestr(each, bytes(part))
    read_or_refuse(stream.getvalue())


@QUICK
@given(st.lists(st.lists(texts, min_size=8, max_size=8), max_size=6))
def test_any_words_below_the_headings(rows):
    read_or_refuse(csv_file([HEADER, *rows]))


def trimmed(table):
    """Without the blank edges that no format keeps."""
    while table and not any(table[-1]):
        table = table[:-1]
    width = max((index + 1 for row in table for index, text in enumerate(row) if text), default=0)
    return [row[:width] + [""] * (width - len(row)) for row in table]


def texts_of(grid):
    return trimmed([[cell.text for cell in row.cells] for row in grid.rows])


@QUICK
@given(tables)
def test_the_same_words_in_every_format(table):
    expected = trimmed([["\n".join(line for line in text.split("\n") if line) for text in row] for row in table])
    table = [["\n".join(line for line in text.split("\n") if line) for text in row] for row in table]
    assert texts_of(read_word(Package(word_file(table))).grids[0]) == expected
    assert texts_of(read_excel(Package(excel_file(as_text(table), change=no_formulas))).grids[0]) == expected
    assert [texts_of(grid) for grid in read_opendocument(Package(ods_file(*table))).grids] == [expected] * bool(
        expected
    )


@QUICK
@given(tables, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_the_same_words_as_csv_or_a_refusal(table, delimiter, encoding):
    table = [["\n".join(line for line in text.split("\n") if line) for text in row] for row in table]
    head = [[f"heading {index}" for index in range(len(table[0]))]] * 2  # enough to decide the delimiter
    content = csv_file(head + table, delimiter=delimiter, encoding=encoding)
    try:
        found = texts_of(read_delimited(content).grids[0])
    except Unreadable:
        pytest.fail("a well-formed table was refused")
    if found[0] == head[0]:  # the delimiter that was meant
        assert found == trimmed(head + table)


def as_text(table):
    return [[text or None for text in row] for row in table]


def no_formulas(workbook, sheet):
    """What starts with "=" is a text here, not a formula."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                cell.data_type = "s"
