"""Whatever a table holds and however it is written, it comes back cell by cell, or it is refused; never altered.

`READING_EXAMPLES=2000` takes as many examples as one likes.
"""

import csv
import os
import re

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as some

from workforce.reading import Unreadable, delimited

from .making import as_csv, as_workbook, opened, read, rows_of, with_parts

EXAMPLES = int(os.environ.get("READING_EXAMPLES", "150"))
many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

AWKWARD = [
    "012993",
    "",
    " ",
    '"',
    '""',
    'a"b',
    "1,5",
    "a;b",
    "x\ty",
    "p|q",
    "line\nline",
    "line\r\nline",
    "NA",
    "null",
    "-",
]
LETTERS = some.characters(codec="utf-16-le", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co"))
cells = some.one_of(some.sampled_from(AWKWARD), some.text(LETTERS, max_size=8), some.text('",;|\n ab0', max_size=6))


@some.composite
def tables(draw):
    width = draw(some.integers(1, 6))
    headings = [f"Heading {number}" for number in range(width)]
    body = [[draw(cells) for _ in range(width)] for _ in range(draw(some.integers(0, 12)))]
    return [headings, *body]


def as_read(row) -> tuple[str, ...]:
    """What a row is to come back as: cells without the white space around them."""
    return tuple(cell.strip().strip("\u200b\ufeff").strip() for cell in row)


def expected(rows, number=1) -> dict:
    return {at: as_read(row) for at, row in enumerate(rows, number) if any(as_read(row))}


def unusual(rows) -> bool:
    """Texts that spreadsheets read as something else, which has tests of its own."""
    return any(re.match(r'\s*="|\s*[+-]?\d(\.\d+)?E\+\d+\s*$', cell) for row in rows for cell in row)


# Encodings that nothing in the file names: where they cannot be told for certain, asking for UTF-8 is right.
MAY_BE_REFUSED = {"cp1252": ("part of the file", "not recognised"), "utf-16-be": ("NUL",)}


@many
@given(
    table=tables(),
    separator=some.sampled_from(",;\t|"),
    quoting=some.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    end=some.sampled_from(["\r\n", "\n", "\r"]),
    encoding=some.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"]),
    blank=some.sets(some.integers(1, 12), max_size=3),
    step=some.sampled_from([64, 300, 10_000_000]),
)
def test_delimited_files_come_back(tmp_path, monkeypatch, table, separator, quoting, end, encoding, blank, step):
    assume(not unusual(table) and (len(table[0]) > 1 or separator == ","))
    table = [row for at, row in enumerate(table) for row in ([[], row] if at in blank else [row])]
    if end == "\r":
        quoting = csv.QUOTE_ALL  # that writer leaves a line feed unquoted then
    try:
        content = as_csv(table, encoding, delimiter=separator, quoting=quoting, lineterminator=end)
    except UnicodeEncodeError:
        return
    monkeypatch.setattr(delimited, "STEP", step)
    try:
        found = read(tmp_path, content, size=5)
    except Unreadable as refused:
        assert any(words in refused.sentence for words in MAY_BE_REFUSED.get(encoding, ()))
        return
    wanted = expected(table)
    del wanted[1]
    assert found == wanted


@many
@given(table=tables(), separator=some.sampled_from(",;"), step=some.sampled_from([64, 10_000_000]))
@example(table=[["Heading 0", "Heading 1"], ['"', 'a"b']], separator=",", step=64)
def test_text_without_proper_quoting_reads_as_in_a_spreadsheet(tmp_path, monkeypatch, table, separator, step):
    """Cells put side by side with no quoting at all, read by the standard library and by us."""
    text = "\n".join(separator.join(row) for row in table) + "\n"
    assume(not unusual(table) and "\r" not in text and (len(table[0]) > 1 or separator == ","))
    monkeypatch.setattr(delimited, "STEP", step)
    by_library = list(
        csv.reader(text.splitlines(keepends=True) if text.isascii() else _lines(text), delimiter=separator)
    )
    try:
        (sheet,) = opened(tmp_path, text.encode())
        found = rows_of(sheet)
    except Unreadable as refused:
        assert "never closed" in refused.sentence
        return
    if len(sheet.headings) != len(by_library[0]):
        return
    wanted = expected(by_library)
    for number, row in found.items():
        cut = len(sheet.headings)
        assert (wanted[number] + ("",) * cut)[:cut] == row
        assert not any(wanted[number][cut:])


def _lines(text: str) -> list[str]:
    """Lines at line feeds only: the standard library also splits at other characters."""
    return re.findall(r"[^\n]*\n", text)


@many
@given(table=tables(), size=some.sampled_from([3, 65_536]))
def test_workbooks_come_back(tmp_path, table, size):
    legal = re.compile(r"_x[0-9A-Fa-f]{4}_|\r")
    assume(not unusual(table) and not any(legal.search(cell) for row in table for cell in row))
    content = as_workbook([], lambda book: _fill(book.active, table))
    wanted = expected(table)
    del wanted[1]
    assert read(tmp_path, content, size=size) == wanted


def _fill(sheet, table) -> None:
    """Every cell as text, those that look like a formula, too."""
    for row, cells_of_row in enumerate(table, 1):
        for column, text in enumerate(cells_of_row, 1):
            sheet.cell(row, column).value = text
            sheet.cell(row, column).data_type = "s"


@many
@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_sentence(tmp_path, content):
    try:
        for sheet in opened(tmp_path, content):
            rows_of(sheet)
    except Unreadable as refused:
        assert refused.sentence.endswith(".")


@many
@given(some.lists(some.tuples(some.integers(0, 400), some.binary(min_size=1, max_size=4)), min_size=1, max_size=4))
def test_a_spoilt_file_is_read_or_refused_with_a_sentence(tmp_path, changes):
    content = bytearray(as_csv([["a", "b", "c"]] + [["012993", 'x "y"', "1\n2"]] * 20, quoting=csv.QUOTE_ALL))
    for at, spoilt in changes:
        content[at : at + len(spoilt)] = spoilt
    try:
        for sheet in opened(tmp_path, bytes(content)):
            rows_of(sheet)
    except Unreadable as refused:
        assert refused.sentence.endswith(".")


WORKBOOK = as_workbook([["a", "b"], ["012993", 1.5], [None, "x"], [True, "=A1"]])
PART = "xl/worksheets/sheet1.xml"


@many
@given(
    some.lists(
        some.tuples(some.integers(0, len(WORKBOOK)), some.binary(min_size=1, max_size=4)), min_size=1, max_size=4
    ),
    some.booleans(),
)
def test_a_spoilt_workbook_is_read_or_refused_with_a_sentence(tmp_path, changes, inside):
    def spoil(content):
        content = bytearray(content)
        for at, spoilt in changes:
            content[at % len(content) : at % len(content) + len(spoilt)] = spoilt
        return bytes(content)

    content = with_parts(WORKBOOK, {PART: spoil}) if inside else spoil(WORKBOOK)
    try:
        for sheet in opened(tmp_path, content):
            rows_of(sheet)
    except Unreadable as refused:
        assert refused.sentence.endswith(".")


def test_control_a_reader_that_drops_noughts_is_noticed(tmp_path, monkeypatch):
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = delimited.block_of

    def careless(*given):
        block = plain(*given)
        cells = [pc.utf8_ltrim(column, characters="0") for column in block.cells]
        return type(block)(block.rows, [pa.array(column.to_pylist()) for column in cells], block.oddities)

    monkeypatch.setattr(delimited, "block_of", careless)
    assert read(tmp_path, b"a\n012993\n") != {2: ("012993",)}
