"""Zip files: what is inside is judged before any of it is unpacked, and unpacked in pieces under guard."""

import re
import zipfile
import zlib
from itertools import pairwise
from typing import BinaryIO

from .encodings import Source
from .guards import LOCKED
from .shapes import Limits, Unreadable

DAMAGED = "The file is damaged or was cut short on its way. Open it, save it again and send the new copy."
FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, MemoryError)
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LEFT_BY_SYSTEMS = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)", re.IGNORECASE)
UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
TOO_LARGE = "Unpacked, the file would be far larger than any return. It was not opened."


class Unpacking:
    """A member of a zip file read in pieces; what zip and deflate complain about becomes a sentence."""

    def __init__(self, source: Source, member: zipfile.ZipInfo):
        self._file = source.open()
        try:
            with zipfile.ZipFile(self._file) as archive:
                self._stream = archive.open(member.filename)
        except FAULTS as error:
            self._file.close()
            raise Unreadable(DAMAGED) from error

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read(size)
        except FAULTS as error:
            raise Unreadable(DAMAGED) from error

    def __enter__(self) -> BinaryIO:
        return self

    def __exit__(self, *_) -> None:
        self._stream.close()
        self._file.close()


def members_of(source: Source, limits: Limits) -> list[zipfile.ZipInfo]:
    """The members of a zip file, folders left out, after everything that can be known without unpacking."""
    try:
        with source.open() as stream, zipfile.ZipFile(stream) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except FAULTS as error:
        raise Unreadable(DAMAGED) from error
    if len(members) > limits.parts:
        raise _too_many(len(members), limits.parts)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(LOCKED)
    if any(member.compress_type not in METHODS for member in members):
        raise Unreadable("The file is packed in a way that is not opened here. Pack it again as an ordinary .zip file.")
    if len({member.filename for member in members}) < len(members) or _overlapping(members, source.size):
        raise Unreadable(DAMAGED)
    _check_sizes(members, limits)
    return members


def _too_many(found: int, most: int) -> Unreadable:
    return Unreadable(f"There are {found:,} files inside; there may be {most:,}.", accepted=f"At most {most:,} files")


def _overlapping(members: list[zipfile.ZipInfo], size: int) -> bool:
    """Whether members share packed bytes, so that a small file unpacks to the same large one many times."""
    spans = sorted((member.header_offset, member.header_offset + 30 + member.compress_size) for member in members)
    spans.append((size, size))
    return any(end > start for (_, end), (start, _) in pairwise(spans))


def _check_sizes(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > limits.unpacked_bytes:
        raise Unreadable(TOO_LARGE, accepted=f"At most {limits.unpacked_bytes // 1_000_000:,} MB unpacked")
    if unpacked > limits.ratio_from and unpacked > limits.ratio * packed:
        raise Unreadable(TOO_LARGE)


def shown(name: str) -> str:
    """A member's name as it may be shown: no folders, nothing unseen, not too long."""
    plain = UNSHOWN.sub("", re.split(r"[/\\]", name)[-1]).strip()
    return (plain or "a file without a name") if len(plain) <= 100 else plain[:97] + "…"


def tables_in(source: Source, members: list[zipfile.ZipInfo], limits: Limits) -> list[Source]:
    """The members that people put in, each as a source of its own."""
    put_in = [member for member in members if not LEFT_BY_SYSTEMS.search(member.filename)]
    if not put_in:
        raise Unreadable("The zip file holds no files.")
    if len(put_in) > limits.members:
        raise _too_many(len(put_in), limits.members)
    return [
        Source(
            f"{source.name}: {shown(member.filename)}",
            member.file_size,
            lambda member=member: Unpacking(source, member),
        )
        for member in put_in
    ]
