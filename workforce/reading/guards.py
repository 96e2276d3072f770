"""What a file is, by its first bytes and never by its name; and what is refused before anything is read."""

import re

from .shapes import Limits, Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "The file is protected with a password. Take the password off (File, Info, Protect) and send it again."
SAVE_AS = "Save the table as an Excel workbook (.xlsx) or as CSV UTF-8 and send that."
PAGE = "This is a web page or XML, whatever its name says. Open it in Excel and save it as .xlsx."
PICTURE = "This is a picture, not a table. " + SAVE_AS
PACKED = "This is a packed file of a kind that is not opened here. Unpack it, or pack it as a .zip file."
PROGRAM = "This is a program, not a table."
STARTS = (
    (b"%PDF-", "This is a PDF, which shows a table and does not hold one. " + SAVE_AS),
    (b"{\\rtf", "This is a rich text document, not a table. " + SAVE_AS),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF87a", PICTURE),
    (b"GIF89a", PICTURE),
    (b"BM\x00", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"RIFF", PICTURE),
    (b"Rar!", PACKED),
    (b"7z\xbc\xaf", PACKED),
    (b"\x1f\x8b", PACKED),
    (b"BZh", PACKED),
    (b"\xfd7zXZ", PACKED),
    (b"\x28\xb5\x2f\xfd", PACKED),
    (b"MZ\x90", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"SQLite format 3", "This is a database file. Take the table out of it. " + SAVE_AS),
    (b"PAR1\x15", "This is a Parquet file. " + SAVE_AS),
)
MARKUP = re.compile(rb"\s*<(?:!doctype|!--|html|table|head|body|\?xml|meta|div|svg|script|style)\b", re.IGNORECASE)
JSON = re.compile(rb'\s*(?:\{\s*"[^"]{0,200}"\s*:|\[\s*[\[{])')
ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def kind_of(head: bytes, size: int, limits: Limits) -> str:
    """ "zip" or "text". Raises Unreadable for everything else that is known by how it begins."""
    if not size:
        raise Unreadable("The file is empty (0 bytes). Check that it was saved before it was sent.")
    if head.startswith(ZIPS):
        return "zip"
    if head.startswith(OLE):
        raise Unreadable(_old_office(head))
    plain = head.removeprefix(b"\xef\xbb\xbf")
    for start, sentence in STARTS:
        if plain.startswith(start) or (start == b"%PDF-" and start in plain[:1024]):
            raise Unreadable(sentence)
    _refuse_other_text(plain)
    check_size(size, limits.csv_bytes, "A CSV file")
    return "text"


def _old_office(head: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in head or "EncryptionInfo".encode("utf-16-le") in head:
        return LOCKED
    return "This is a file in the format of Office before 2007 (such as .xls). Open it and save it as .xlsx."


def _refuse_other_text(head: bytes) -> None:
    for width in (1, 2):  # a web page may be in UTF-16, too
        plain = head[:4096] if width == 1 else head[:4096].replace(b"\0", b"").lstrip(b"\xff\xfe")
        if MARKUP.match(plain):
            raise Unreadable(PAGE)
        if JSON.match(plain):
            raise Unreadable("This is JSON, not a table. " + SAVE_AS)


def check_size(size: int, limit: int, kind: str) -> None:
    if size > limit:
        raise Unreadable(
            f"The file is {size / 1_000_000:,.0f} MB. {kind} may have {limit // 1_000_000} MB.",
            accepted=f"At most {limit // 1_000_000} MB; a larger return can be sent as several files",
        )
