"""Files that are made to hurt, and the program that reads one of them with little memory.

python -m tests.workforce.reading.bombs NAME < file
"""

import json
import re
import resource
import struct
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from .making import as_workbook, as_zip, with_parts

SHEET, TYPES, BOOK = "xl/worksheets/sheet1.xml", "[Content_Types].xml", "xl/workbook.xml"
ADDRESSES = 3_000_000_000  # pyarrow reserves more than a gigabyte that it never uses
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MAIN = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"


def workbook(changes=None) -> bytes:
    return with_parts(as_workbook([["a", "b"], [1, 2]]), changes or {})


def sheet_of(body: bytes) -> bytes:
    return workbook({SHEET: MAIN + body + b"</sheetData></worksheet>"})


def far_cell() -> bytes:
    return sheet_of(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def hidden_far_cell() -> bytes:
    """The place is not the first thing that the cell says."""
    return sheet_of(b"<row><c s='0' t=\"n\" r = 'XFD1048576'><v>1</v></c></row>")


def far_cell_after_a_sign() -> bytes:
    return sheet_of(b'<row r="1"><c x=">" r="XFD1048576"><v>1</v></c></row>')


def far_cell_in_a_namespace() -> bytes:
    main = b"<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:sheetData>"
    cells = b'<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'
    return workbook({SHEET: main + cells + b"</x:sheetData></x:worksheet>"})


def escaped_far_cell() -> bytes:
    return sheet_of(b'<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>')


def numberless_cells() -> bytes:
    return sheet_of(b"<row>" + b"<c><v>1</v></c>" * 400 + b"</row>")


def tall_and_wide() -> bytes:
    return sheet_of(b'<row r="1"><c r="KN1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>')


def lone_cell_below() -> bytes:
    """Within every limit, and yet eighteen million blank cells."""
    return sheet_of(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1000000"><c r="R1000000"><v>1</v></c></row>')


def great_sheet() -> bytes:
    return sheet_of(b'<row r="1"><c r="A1"><v>1</v></c></row>' + b" " * 200_000_000)


def great_styles() -> bytes:
    return workbook({"xl/styles.xml": b"<styleSheet>" + b" " * 210_000_000 + b"</styleSheet>"})


def repeated_text(length: int = 30_000, cells: int = 40_000) -> bytes:
    """One text of 30 kB that 40,000 cells refer to: 1.2 GB when read."""
    texts = b"<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><si><t>%b</t></si></sst>"
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, cells + 1))
    links = b'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    return workbook(
        {
            "xl/sharedStrings.xml": texts % (b"x" * length),
            SHEET: MAIN + rows + b"</sheetData></worksheet>",
            "xl/_rels/workbook.xml.rels": lambda part: part.replace(
                b"</Relationships>", links + b'Target="sharedStrings.xml" Id="rId9"/></Relationships>'
            ),
        }
    )


def entities() -> bytes:
    laughs = b"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"
    return workbook({SHEET: laughs + MAIN + b'<row r="1"><c r="A1"><v>&b;</v></c></row></sheetData></worksheet>'})


def entities_in_book() -> bytes:
    return workbook({BOOK: lambda part: b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + part})


def wide_encoding() -> bytes:
    return workbook({SHEET: (MAIN + b"</sheetData></worksheet>").decode().encode("utf-16")})


def hidden_macros() -> bytes:
    return workbook({"xl/vbaProject.bin": b"macro"})


def huge_inline_text() -> bytes:
    return sheet_of(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 200_001 + b"</t></is></c></row>")


def encrypted_zip() -> bytes:
    content = bytearray(as_zip({"staff.csv": b"a\n1\n"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(signature) + offset
        content[at : at + 2] = struct.pack("<H", 1)
    return bytes(content)


def lying_sizes() -> bytes:
    """A member that says it has ten bytes and has fifty million."""
    content = bytearray(as_zip({"staff.csv": b"a\n" + b"1\n" * 25_000_000}))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(signature) + offset
        content[at : at + 4] = struct.pack("<I", 10)
    return bytes(content)


def overlapping_members() -> bytes:
    """Fifty members that all point at the same packed bytes."""
    content = as_zip({f"{number:03d}.csv": b"a\n1\n" for number in range(50)})
    start = content.index(b"PK\x01\x02")
    directory = bytearray(content[start:])
    for match in re.finditer(b"PK\x01\x02", bytes(directory)):
        directory[match.start() + 42 : match.start() + 46] = struct.pack("<I", 0)
    return content[:start] + bytes(directory)


def many_parts() -> bytes:
    return as_zip({TYPES: b"<Types/>"} | {f"xl/{number}.xml": b"" for number in range(3_000)})


def cut_short() -> bytes:
    return workbook()[:-300]


def spoilt_bytes() -> bytes:
    content = bytearray(as_zip({"staff.csv": b"a\n" + bytes(range(48, 120)) * 4_000}))
    content[60:90] = b"\xff" * 30
    return bytes(content)


BOMBS = {
    "a far cell": far_cell,
    "a far cell whose place comes last": hidden_far_cell,
    "a far cell after a sign": far_cell_after_a_sign,
    "a far cell in a namespace": far_cell_in_a_namespace,
    "a far cell written with an escape": escaped_far_cell,
    "cells without places": numberless_cells,
    "a tall and wide sheet": tall_and_wide,
    "a lone cell far below": lone_cell_below,
    "a sheet of 200 MB in a small file": great_sheet,
    "styles of 210 MB in a small file": great_styles,
    "one long text in many cells": repeated_text,
    "entities": entities,
    "entities in the list of sheets": entities_in_book,
    "a sheet in UTF-16": wide_encoding,
    "hidden macros": hidden_macros,
    "a huge cell in a workbook": huge_inline_text,
    "a locked zip file": encrypted_zip,
    "sizes that lie": lying_sizes,
    "members that overlap": overlapping_members,
    "too many parts": many_parts,
    "a workbook cut short": cut_short,
    "a zip file with spoilt bytes": spoilt_bytes,
    "a zip file of 100 MB in a small file": lambda: as_zip({"a.csv": b"a\n" + b"1\n" * 50_000_000}),
    "a zip file in a zip file": lambda: as_zip({"a.zip": as_zip({"b.csv": b"a\n1\n"})}),
    "51 members": lambda: as_zip({f"{number}.csv": b"a\n1\n" for number in range(51)}),
    "an empty zip file": lambda: as_zip({}),
    "zip of another method": lambda: as_zip({"a.csv": b"a\n1\n"}, zipfile.ZIP_BZIP2),
    "a Word document": lambda: as_zip({TYPES: b'<Types><Override ContentType="x.wordprocessingml.y"/></Types>'}),
    "an OpenDocument file": lambda: as_zip({"mimetype": b"application/x", "content.xml": b"<x/>"}),
    "one line of 300 MB": lambda: b"x" * 300_000_000,
    "one record of 100 MB": lambda: b"a,b\n" + b"1,2," * 25_000_000,
    "one cell of 100 MB": lambda: b'a,b\n1,"' + b"x\n" * 50_000_000 + b'"\n2,3\n',
    "a mark that is never closed": lambda: b"a,b\n" + b"1,2\n" * 2_000_000 + b'3,"4\n' + b"5,6\n" * 5_000_000,
    "too many rows": lambda: b"a\n" + b"1\n" * 5_000_001,
    "nothing but NUL": lambda: bytes(50_000_000),
    "NUL at the end": lambda: b"a,b\n" + b"1,2\n" * 5_000_000 + b"\0",
    "an old workbook": lambda: OLE + "Workbook".encode("utf-16-le"),
    "a locked workbook": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
    "a web page": lambda: b"<html><table><tr><td>a</td></tr></table></html>",
    "a web page in UTF-16": lambda: "<html><table>".encode("utf-16"),
    "a PDF": lambda: b"%PDF-1.7\n" + bytes(1000),
    "rich text": lambda: b"{\\rtf1 a,b}",
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000),
    "a packed file": lambda: b"\x1f\x8b\x08" + bytes(100),
    "JSON": lambda: b'{"rows": [1, 2]}',
}
HEAVY = {
    "quotation marks in every wrong place": lambda: b"a,b\n" + b'1"",2""""x,"y"z\n' * 1_000_000,
    "every row too short": lambda: b"a,b,c\n" + b"1,2\n" * 3_000_000,
    "every row of another width": lambda: b"a,b,c\n" + b"".join(b"1," * (n % 500) + b"\n" for n in range(60_000)),
    "nothing but separators": lambda: b"a,b\n" + b"," * 7_000_000 + b"\n1,2\n",
    "nothing but quotation marks": lambda: b"a,b\n" + b'""""' * 1_500 + b"\n1,2\n",
    "nothing but line ends": lambda: b"a,b\n" + b"\r" * 4_000_000 + b"\n1,2\n",
    "a control in every cell": lambda: b"a,b\n" + b"\x01x,y\x02\n" * 1_000_000,
}


def memory(kind: str) -> int:
    """What this process takes or took at most, in kB. (The usual call counts what its parent took.)"""
    return int(re.search(rf"{kind}:\s*(\d+)", Path("/proc/self/status").read_text())[1])


def main(name: str) -> None:
    from workforce.reading import Given, Unreadable, open_files

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sent"
        with path.open("wb") as file:
            while piece := sys.stdin.buffer.read(1_000_000):
                file.write(piece)
        before = memory("VmRSS")
        resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
        started = time.monotonic()
        rows = 0
        try:
            for sheet in open_files([Given("sent", path)]):
                rows += sum(len(block.rows) for block in sheet.blocks())
            outcome = {"read": rows}
        except Unreadable as refused:
            outcome = {"sentence": refused.sentence, "where": refused.where, "accepted": refused.accepted}
    found = outcome | {"megabytes": (memory("VmHWM") - before) // 1024, "seconds": round(time.monotonic() - started, 2)}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
