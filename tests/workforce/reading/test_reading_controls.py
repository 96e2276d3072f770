"""Each guard is what refuses: with it taken away, the same file is read, or fails in another way."""

from dataclasses import replace

import pytest

from workforce.reading import (
    LIMITS,
    Unreadable,
    archives,
    encodings,
    extents,
    guards,
    headings,
    layouts,
    opening,
    pieces,
    workbooks,
)
from workforce.reading.encodings import Encoding

from . import bombs
from .making import as_workbook, as_zip, opened, refusal, rows_of

LOW = {
    "_check_area": replace(LIMITS, sparse_cells=50),
    "_check_text": replace(LIMITS, sheet_text=1_000_000),
    "_check_parts": replace(LIMITS, other_part_bytes=9_000),
    "_check_sizes": replace(LIMITS, ratio=5, ratio_from=20_000),
    "_check_cells": replace(LIMITS, cell_bytes=1_000),
}
WIDE = as_workbook([["a"], [None] * 320 + ["x"]])
SPARSE = as_workbook([["a"], *[[]] * 98, ["x"]])
PACKED = as_zip({"a.csv": b"a\n" + b"1\n" * 15_000})
HUGE = b"a,b\n1," + b"x" * 1_400 + b"\n"

GUARDS = [
    # module, guard, what stands in its place, a file
    (extents, "_check", lambda *_: None, WIDE),
    (extents, "_check_area", lambda *_: None, SPARSE),
    (extents, "_check_markup", lambda *_: None, bombs.workbook({"xl/theme/theme1.xml": b"<!DOCTYPE a><a/>"})),
    (extents, "_check_encoding", lambda *_: None, bombs.workbook({"xl/theme/theme1.xml": "<a/>".encode("utf-16")})),
    (extents, "_check_text", lambda *_: None, bombs.repeated_text(length=1_000, cells=2_000)),
    (workbooks, "_check_kind", lambda *_: [], bombs.hidden_macros()),
    (workbooks, "_check_parts", lambda *_: None, as_workbook([["a"], [1]])),
    (archives, "_check_sizes", lambda *_: None, PACKED),
    (archives, "METHODS", (0, 8, 12), as_zip({"a.csv": b"a\n1\n"}, 12)),
    (archives, "_too_many", lambda *_: Unreadable("Elsewhere."), as_zip({f"{n}.csv": b"a\n1\n" for n in range(51)})),
    (headings, "HEADING", 10_000, b"a" * 2_000 + b",b\n1,2\n"),
    (pieces, "_check_cells", lambda *_: None, HUGE),
    (guards, "STARTS", (), b"{\\rtf1,b}\n1,2\n"),
    (guards, "MARKUP", guards.re.compile(rb"(?!)"), b"<html>,b\n1,2\n"),
    (guards, "JSON", guards.re.compile(rb"(?!)"), b'{"a": 1,"b"}\n1,2\n'),
    (layouts, "_is_empty", lambda _: False, b",,;\n"),
    (encodings, "ONCE_UTF8", guards.re.compile(rb"(?!)"), b"a\n\xc3\xa9\n\xe9\n"),
    (encodings, "SIGNS", "¤", b"a\n\xa4\n"),
    (opening, "_kind", lambda *_: "text", b"%PDF-1.7\n1\n"),
]


@pytest.mark.parametrize("module, guard, without, content", GUARDS, ids=[guard[1] for guard in GUARDS])
def test_control_without_the_guard_the_file_is_not_refused_like_that(
    tmp_path, monkeypatch, module, guard, without, content
):
    limits = LOW.get(guard, LIMITS)
    refused = refusal(tmp_path, content, limits=limits)
    monkeypatch.setattr(module, guard, without)
    try:
        for sheet in opened(tmp_path, content, limits=limits):
            rows_of(sheet)
    except Unreadable as other:
        assert other.sentence != refused.sentence


def test_control_a_file_taken_for_another_encoding_reads_differently(tmp_path, monkeypatch):
    content = "a\né\n".encode("cp1252")
    right = [rows_of(sheet) for sheet in opened(tmp_path, content)]
    monkeypatch.setattr("workforce.reading.delimited.encoding_of", lambda _: Encoding("cp437", 0))
    assert [rows_of(sheet) for sheet in opened(tmp_path, content)] != right
