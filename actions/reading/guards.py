"""What is refused before anything is parsed, each with a sentence.

Limits follow from what an action plan is: the largest ones known have about a thousand rows. A file is judged by its
content; the name it arrives under only ever appears in messages.
"""

import re
from dataclasses import dataclass

from .grids import Unreadable

ACCEPTED = "A Word document (.docx), a workbook (.xlsx or .ods) or a CSV file"


@dataclass(frozen=True)
class Limits:
    file_bytes: int = 10_000_000
    members: int = 2_000
    unpacked_bytes: int = 200_000_000  # as declared, pictures included: they are never unpacked
    part_bytes: int = 24_000_000  # one part that is read
    tags: int = 1_500_000  # elements and attributes of one part
    elements: int = 250_000  # cells, rows and styles of one part of a workbook, blank ones included
    rows: int = 5_000
    columns: int = 200
    cells: int = 100_000
    cell_bytes: int = 200_000
    tables: int = 1_000
    pages: int = 60  # of a PDF


LIMITS = Limits()

OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
OTHER_FILES = (
    (b"{\\rtf", "This is a rich text file. Open it in Word and save it as a Word document."),
    (b"\x89PNG", "This is a picture, not a plan."),
    (b"\xff\xd8\xff", "This is a picture, not a plan."),
    (b"GIF8", "This is a picture, not a plan."),
    (b"Rar!", "This is a compressed folder. Unpack it and send the plan itself."),
    (b"7z\xbc\xaf", "This is a compressed folder. Unpack it and send the plan itself."),
    (b"\x1f\x8b", "This is a compressed file. Unpack it and send the plan itself."),
)
MARKUP = re.compile(rb"\s*<(?:!doctype|html|table|head|body|\?xml|meta|div)\b", re.IGNORECASE)
READABLE_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "iso-8859-1", "windows-1252"}


def container_of(content: bytes, limits: Limits = LIMITS) -> str:
    """ "zip" (Word, Excel and others), "pdf" or "text"; everything else is refused here."""
    if not content.strip():
        raise Unreadable("The file is empty. Check that it was saved before it was sent.", accepted=ACCEPTED)
    if len(content) > limits.file_bytes:
        allowed = limits.file_bytes // 1_000_000
        raise Unreadable(
            f"The file is {len(content) / 1_000_000:,.1f} MB; a plan may be {allowed} MB at most. "
            "Large pictures are the usual cause: take them out and try again.",
            accepted=ACCEPTED,
        )
    if content.startswith(OLE_HEADER):
        raise Unreadable(_old_office_sentence(content), accepted=ACCEPTED)
    if content.startswith(b"PK"):
        return "zip"
    if content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    _refuse_other_files(content)
    return "text"


def _old_office_sentence(content: bytes) -> str:
    if ENCRYPTED_STREAM in content:
        return "The file is protected with a password. Remove the password (File, Info, Protect) and try again."
    if "WordDocument".encode("utf-16-le") in content:
        return "This is a Word document in the old .doc format. Open it and save it as .docx."
    if "Workbook".encode("utf-16-le") in content:
        return "This is an Excel workbook in the old .xls format. Open it and save it as .xlsx."
    return "This is a file of an old Office format. Open it and save it as .docx or .xlsx."


def _refuse_other_files(content: bytes) -> None:
    for start, sentence in OTHER_FILES:
        if content.startswith(start):
            raise Unreadable(sentence, accepted=ACCEPTED)
    if MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")[:200]):
        raise Unreadable(
            "This is a web page or XML file, whatever its name says. Open it in Excel and save it as .xlsx.",
            accepted=ACCEPTED,
        )


def check_xml(part: bytes, name: str) -> None:
    """Refuse a part that declares entities or a document type: Office never writes them, attacks do."""
    encoding = re.match(rb"[^<]*<\?xml[^>]*encoding=[\"']([^\"']+)", part[:300])
    declared = encoding[1].decode("ascii", "replace").casefold() if encoding else "utf-8"
    wide = [mark.encode(codec) for mark in ("<!DOCTYPE", "<!ENTITY") for codec in ("ascii", "utf-16-le", "utf-16-be")]
    if declared not in READABLE_ENCODINGS or any(mark in part for mark in wide):
        raise Unreadable(
            "The file contains instructions that a plan never needs (a document type or entities) and was not opened. "
            "Copy the table into a new document and send that.",
            where=f"Part {name} of the file",
            accepted=ACCEPTED,
        )


def check_tags(part: bytes, name: str, limits: Limits = LIMITS) -> None:
    if part.count(b"<") + part.count(b'="') + part.count(b"='") > limits.tags:
        raise too_long(name)


def too_long(name: str) -> Unreadable:
    return Unreadable(
        "The document is too long to be an action plan. Send the plan's tables in a document of their own.",
        where=f"Part {name} of the file",
        accepted=ACCEPTED,
    )


def check_shape(name: str, rows: int, columns: int, limits: Limits = LIMITS) -> None:
    if rows > limits.rows:
        raise Unreadable(
            f"There is something in row {rows:,}; a plan may have {limits.rows:,} rows at most. "
            "Delete what is far below the plan, or send the plan alone.",
            where=name or "The file",
            accepted=f"At most {limits.rows:,} rows and {limits.columns} columns",
        )
    if columns > limits.columns:
        raise Unreadable(
            f"There is something in column {columns:,}; a plan may have {limits.columns} columns at most. "
            "Delete what is far to the right of the plan, or send the plan alone.",
            where=name or "The file",
            accepted=f"At most {limits.rows:,} rows and {limits.columns} columns",
        )


def check_cells(name: str, cells: int, limits: Limits = LIMITS) -> None:
    if cells > limits.cells:
        raise Unreadable(
            f"There are more than {limits.cells:,} filled cells, more than any action plan has. Send the plan alone.",
            where=name or "The file",
            accepted=f"At most {limits.cells:,} filled cells",
        )


def check_cell(place: str, text: str, limits: Limits = LIMITS) -> None:
    if len(text) > limits.cell_bytes // 4 and len(text.encode("utf-8", "replace")) > limits.cell_bytes:
        raise Unreadable(
            f"One cell holds more than {limits.cell_bytes // 1000} kB of text. "
            "A quotation mark that was never closed is a usual cause.",
            where=place,
            accepted=f"At most {limits.cell_bytes // 1000} kB in a cell",
        )
