"""Which encoding a file of text is in, decided by all of its bytes; and the file as UTF-8, whatever it is in.

UTF-8 is what UTF-8 allows from the first byte to the last. Only what is not UTF-8 may be Windows-1252, and only where
its signs are those of ordinary writing and nothing in it was UTF-8 once.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from .shapes import Note, Unreadable

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
AS_UTF8 = "A CSV file saved as “CSV UTF-8”"
SIGNS = "£€§©®°±²³½¼¾·×÷–—‘’‚“”„•…™´¨«»¹ªº\u00a0\u00ad†‡‰µ¿¡"
# Letters and signs of UTF-8 that was mixed with something else: as Windows-1252 they would read as “Â£” or “â€™”.
ONCE_UTF8 = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2[\x80-\xbf]{2}")
STEP = 4_000_000


@dataclass(frozen=True)
class Source:
    """Bytes that can be read from the start as often as needed: a file, or a member of a zip file."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True)
class Encoding:
    name: str
    mark: int  # bytes of the byte-order mark
    notes: tuple[Note, ...] = ()


class Utf8Stream:
    """A file read as UTF-8. A byte-order mark is left out."""

    def __init__(self, stream: BinaryIO, encoding: Encoding):
        self._stream = stream
        self.taken = len(self._stream.read(encoding.mark))  # bytes of the file so far
        self._decoder = None if encoding.name == "utf-8" else codecs.getincrementaldecoder(encoding.name)()

    def read(self, size: int) -> bytes:
        """About so many bytes; none only at the end of the file."""
        while True:
            piece = self._stream.read(size)
            self.taken += len(piece)
            if self._decoder is None:
                return piece
            text = self._decoder.decode(piece, final=not piece).encode()
            if text or not piece:
                return text


def encoding_of(source: Source) -> Encoding:
    """Look through the whole file. Raises Unreadable for what is no text, with the line where that shows."""
    with source.open() as stream:
        head = stream.read(65_536)
    for mark, name in MARKS:
        if head.startswith(mark):
            found = Encoding(name, len(mark))
            break
    else:
        found = Encoding(_unmarked(head), 0)
    fault = _fault(source, found)
    if fault is None:
        return Encoding(found.name, found.mark, _told(found))
    if found == Encoding("utf-8", 0):
        return _windows(source, fault)
    raise Unreadable(
        f"The file begins as {found.name[:6].upper()} and then is not, so it is damaged or was cut short.",
        f"line {_line(source, fault):,}" if found.name == "utf-8" else "",
        AS_UTF8,
    )


def _told(encoding: Encoding) -> tuple[Note, ...]:
    if encoding.name == "utf-8":
        return ()
    return (Note("The file is in UTF-16 (Excel calls it Unicode text). It was read as such."),)


def _unmarked(head: bytes) -> str:
    """UTF-16 shows without a mark: every second byte of plain writing is zero, and none of the others."""
    signs = np.frombuffer(head[: len(head) // 2 * 2], np.uint8)
    if len(signs) < 4:
        return "utf-8"
    even, odd = np.mean(signs[0::2] == 0), np.mean(signs[1::2] == 0)
    if odd > 0.4 and even < 0.01:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.01 else "utf-8"


def _fault(source: Source, encoding: Encoding) -> int | None:
    """Where the bytes stop being text in this encoding, or None. NUL characters are refused at once."""
    decoder = codecs.getincrementaldecoder(encoding.name)()
    at = encoding.mark
    with source.open() as stream:
        stream.read(encoding.mark)
        while True:
            piece = stream.read(STEP)
            pending = len(decoder.getstate()[0])
            if encoding.name == "utf-8" and b"\0" in piece:
                raise _no_text(source, at + piece.index(b"\0"))
            try:
                if encoding.name != "utf-8":
                    if "\0" in decoder.decode(piece, final=not piece):
                        raise _no_text(source, None)
                elif pending or not piece.isascii():
                    decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                return at - pending + error.start
            if not piece:
                return None
            at += len(piece)


def _no_text(source: Source, at: int | None) -> Unreadable:
    return Unreadable(
        "The file holds NUL characters, which no text has, so it is damaged or no CSV file. Save it again.",
        "" if at is None else f"line {_line(source, at):,}",
        AS_UTF8,
    )


def _windows(source: Source, fault: int) -> Encoding:
    used = np.zeros(256, np.int64)
    mixed = False
    with source.open() as stream:
        while piece := stream.read(STEP):
            mixed = mixed or ONCE_UTF8.search(piece) is not None
            signs = np.frombuffer(piece, np.uint8)
            used += np.bincount(signs[signs > 127], minlength=256)
    signs = bytes(np.flatnonzero(used).tolist()).decode("cp1252", "replace")
    where = f"line {_line(source, fault):,}"
    if mixed:
        raise Unreadable("A part of the file is UTF-8 and another part is not. Save it again.", where, AS_UTF8)
    if not all(sign.isalpha() or sign in SIGNS for sign in signs):
        raise Unreadable("The file is in an encoding that is not recognised. Save it again.", where, AS_UTF8)
    told = "The file is not UTF-8 and was read as Windows-1252, the encoding of older Windows programs."
    return Encoding("cp1252", 0, (Note(told + " Look at names with accents and at pound signs.", where),))


def _line(source: Source, at: int) -> int:
    """The number of the line that a byte stands in."""
    line, last = 1, b""
    with source.open() as stream:
        while at > 0 and (piece := stream.read(min(STEP, at))):
            at -= len(piece)
            line += piece.count(b"\n") + piece.count(b"\r") - piece.count(b"\r\n")
            line -= last == b"\r" and piece.startswith(b"\n")
            last = piece[-1:]
    return line
