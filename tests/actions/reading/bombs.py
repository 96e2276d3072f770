"""Files that are made to hurt. Run as a program, it reads each and prints what that took, for `test_reading_bombs`."""

import io
import json
import resource
import sys
import time
import zipfile
import zlib
from pathlib import Path

from actions.reading.grids import Unreadable
from actions.reading.plan import read_plan
from tests.actions.reading.files import (
    HEADER,
    ROW,
    excel_file,
    ods_cell,
    ods_file,
    ods_row,
    part_of,
    pdf_file,
    pdf_of,
    with_part,
    with_shared_texts,
    word_file,
)

DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"


def _word(old: bytes, new: bytes) -> bytes:
    content = word_file([HEADER, ROW])
    return with_part(content, DOCUMENT, part_of(content, DOCUMENT).replace(old, new, 1))


def _sheet(rows: bytes) -> bytes:
    content = excel_file([HEADER, ROW])
    sheet = part_of(content, SHEET)
    start = sheet.index(b"</sheetData>")
    return with_part(content, SHEET, sheet[:start] + rows + sheet[start:])


def _ods(old: bytes, new: bytes) -> bytes:
    content = ods_file(HEADER, ROW)
    return with_part(content, "content.xml", part_of(content, "content.xml").replace(old, new, 1))


def _strings(items: bytes) -> bytes:
    return with_shared_texts(excel_file([HEADER, ROW]), items, b"")


def _members(count: int, size: int) -> bytes:
    stream = io.BytesIO(word_file([HEADER, ROW]))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        for number in range(count):
            package.writestr(f"word/media/{number}.png", b"\0" * size)
    return stream.getvalue()


def _wide_row(columns: int) -> bytes:
    return b'<row r="3">' + b'<c t="inlineStr"><is><t>x</t></is></c>' * columns + b"</row>"


ENTITIES = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (ord("b") + level, b"&%c;" % (ord("a") + level) * 10) for level in range(9)
)
EXTERNAL = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'

BOMBS = {
    "nested entities": lambda: _word(b"<w:document", ENTITIES + b"<w:document"),
    "external entity": lambda: _word(b"<w:document", EXTERNAL + b"<w:document"),
    "one huge part": lambda: _word(b"<w:body>", b"<w:body>" + b" " * 60_000_000),
    "large unpacked": lambda: _members(3, 100_000_000),
    "many members": lambda: _members(3_000, 1),
    "millions of paragraphs": lambda: _word(b"<w:body>", b"<w:body>" + b"<w:p/>" * 3_500_000),
    "deep nesting": lambda: _word(b"<w:body>", b"<w:body>" + b"<w:sdt><w:sdtContent>" * 100_000),
    "a far cell": lambda: _sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "16,384 columns": lambda: _sheet(_wide_row(16_384)),
    "a million blank cells": lambda: _sheet(
        b'<row r="3">' + b"<c/>" * 1_400_000 + b'</row><row r="9000"><c r="A9000"><v>1</v></c></row>'
    ),
    "a million cells": lambda: _sheet(_wide_row(150) * 1_500),
    "two million texts": lambda: _strings(b"<si><t>x</t></si>" * 1_300_000),
    "texts without end": lambda: _strings(b"<si><t>x</t></si>" * 300_000),
    "overlapping merges": lambda: _merges(),
    "a cell of a megabyte": lambda: _sheet(
        b'<row r="3"><c t="inlineStr"><is><t>%s</t></is></c></row>' % (b"x" * 1_000_000)
    ),
    "entities in an OpenDocument file": lambda: _ods(b"<office:document", ENTITIES + b"<office:document"),
    "a far OpenDocument cell": lambda: ods_file(
        HEADER,
        ods_row([], 'table:number-rows-repeated="1048574"'),
        ods_row(["<table:table-cell table:number-columns-repeated='16383'/>", "x"]),
    ),
    "an OpenDocument row a million times": lambda: ods_file(
        HEADER, ods_row(ROW, 'table:number-rows-repeated="1000000"')
    ),
    "a cell a billion times": lambda: ods_file(HEADER, [ods_cell("x", 'table:number-columns-repeated="1000000000"')]),
    "a million blank OpenDocument cells": lambda: _ods(
        b"</table:table-row>", b"<table:table-cell/>" * 1_200_000 + b"</table:table-row>"
    ),
    "a million OpenDocument styles": lambda: _ods(
        b"<office:automatic-styles>", b"<office:automatic-styles>" + b'<style:style style:name="a"/>' * 749_000
    ),
    "a huge OpenDocument part": lambda: _ods(b"<office:body>", b"<office:body>" + b" " * 60_000_000),
    "deep nesting in a cell": lambda: _ods(b"<text:p>", b"<text:p>" + b"<text:span>" * 100_000),
    "one line of nine megabytes": lambda: b"Action,Lead\n" + b"x" * 9_000_000,
    "nine megabytes of delimiters": lambda: b"Action,Lead\n" + b"," * 9_000_000,
    "nine megabytes of lines": lambda: b"Action,Lead\n" + b"\n" * 9_000_000 + b"x,y",
    "nine megabytes of quotation marks": lambda: b"Action,Lead\n" + b'"' * 8_999_999,
    "a million rows": lambda: b"Action,Lead\n" + b"x,y\n" * 1_000_000,
    "an unclosed mark in nine megabytes": lambda: b'Action,Lead\n"' + b"x,y\n" * 2_000_000,
}
HEAVY = {  # not refused, but not slow either
    "spaces inside a title": lambda: b"Aim,Action,Lead\nAim" + b" " * 150_000 + b"x,Do it,Jo" + b" " * 9_000 + b"x\n",
    "a lead of commas": lambda: b'Action,Lead\nDo it,"' + b"," * 150_000 + b'x"\n',
    "brackets without end": lambda: b'Action,Lead,RAG\nDo it,"' + b"(" * 90_000 + b'","' + b"(" * 90_000 + b'"\n',
}


FLATE = "/Filter /FlateDecode"
PDF_BOMBS = {
    "a PDF stream of 400 megabytes": lambda: pdf_of([_blanks(400)], filters=FLATE),
    "a PDF stream packed twice": lambda: pdf_of(
        [zlib.compress(_blanks(900), 9)], filters="/Filter [/FlateDecode /FlateDecode]"
    ),
    "a million letters on a PDF page": lambda: _packed(b"BT /F1 8 Tf 40 700 Td (" + b"x" * 1_000_000 + b") Tj ET"),
    "a PDF page ruled thousands of times": lambda: _packed(
        b"".join(b"0 %d m 590 %d l S %d 0 m %d 830 l S\n" % (at, at, at, at) for at in range(4, 590, 4)) * 30
    ),
    "PDF brackets without end": lambda: pdf_of([b"[" * 2_000_000]),
    "a PDF whose pages are their own parents": lambda: pdf_file("x").replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
    "61 PDF pages": lambda: pdf_of([b""] * 61),
    "a hundred thousand PDF pages": lambda: pdf_file("x").replace(b"[4 0 R]", b"[" + b"4 0 R " * 100_000 + b"]"),
    "a PDF table that is one of many": lambda: pdf_of([_ruled(60)] * 60),
}
BOMBS |= PDF_BOMBS


def _blanks(megabytes: int) -> bytes:
    packer, million = zlib.compressobj(9), b" " * 1_000_000
    return b"".join(packer.compress(million) for _ in range(megabytes)) + packer.flush()


def _packed(stream: bytes) -> bytes:
    return pdf_of([zlib.compress(stream, 9)], filters=FLATE)


def _ruled(lines: int) -> bytes:
    places = [4 + 9 * at for at in range(lines)]
    across = (b"4 %d m %d %d l S %d 4 m %d %d l S" % (at, places[-1], at, at, at, places[-1]) for at in places)
    return b"\n".join(across)


def _merges() -> bytes:
    content = _sheet(b"".join(b'<row r="%d"><c r="GA%d"><v>1</v></c></row>' % (row, row) for row in range(3, 5_000)))
    sheet = part_of(content, SHEET)
    cells = b"<mergeCells>" + b'<mergeCell ref="A1:GA4999"/>' * 9_000 + b"</mergeCells>"
    return with_part(content, SHEET, sheet.replace(b"</sheetData>", b"</sheetData>" + cells))


def main() -> None:
    """Read one bomb and print its outcome, the seconds and the most memory used."""
    name = sys.argv[1]
    content = sys.stdin.buffer.read()
    start = time.perf_counter()
    try:
        read_plan(name, content)
        outcome = "read"
    except Unreadable as refusal:
        outcome = refusal.message
    seconds = time.perf_counter() - start
    json.dump({"outcome": outcome, "seconds": seconds, "megabytes": _peak()}, sys.stdout)


def _peak() -> float:
    """The most memory that this process or one it started has held.

    (What `resource` reports of a process itself includes that of the one that started it.)
    """
    status = Path("/proc/self/status").read_text()
    own = int(status.partition("VmHWM:")[2].split()[0])
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024


if __name__ == "__main__":
    main()
