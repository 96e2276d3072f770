"""Files made for tests, and what was read from them."""

import csv
import io
import zipfile
from pathlib import Path

import openpyxl

from workforce.reading import LIMITS, Given, Unreadable, open_files


def opened(folder: Path, content: bytes, name: str = "staff.csv", **settings):
    """The sheets of one file with these bytes."""
    path = folder / "sent"
    path.write_bytes(content)
    return open_files([Given(name, path)], **settings)


def rows_of(sheet, size: int = 65_536) -> dict[int, tuple[str, ...]]:
    """The cells of every row by its number."""
    found = {}
    for block in sheet.blocks(size):
        columns = [column.to_pylist() for column in block.cells]
        assert all(len(column) == len(block.rows) <= size for column in columns)
        found.update(zip(block.rows.tolist(), zip(*columns, strict=True), strict=True))
    return found


def read(folder: Path, content: bytes, name: str = "staff.csv", size: int = 65_536, **settings):
    """The rows of a file with a single table."""
    (sheet,) = opened(folder, content, name, **settings)
    return rows_of(sheet, size)


def oddities(folder: Path, content: bytes, **settings) -> list:
    (sheet,) = opened(folder, content, **settings)
    return [odd for block in sheet.blocks() for odd in block.oddities]


def refusal(folder: Path, content: bytes, name: str = "staff.csv", limits=LIMITS) -> Unreadable:
    """Why a file is refused, on opening it or on reading its rows."""
    try:
        for sheet in opened(folder, content, name, limits=limits):
            rows_of(sheet)
    except Unreadable as refused:
        return refused
    raise AssertionError("The file was read.")


def as_csv(rows, encoding="utf-8", **dialect) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, **dialect).writerows(rows)
    return text.getvalue().encode(encoding)


def as_workbook(rows, change=None) -> bytes:
    """A workbook with one sheet; `change(book)` does what openpyxl can beyond that."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_zip(members: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def with_parts(workbook: bytes, changes: dict) -> bytes:
    """A workbook with parts replaced (bytes), changed (a function) or added."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts[name]) if callable(change) else change
    return as_zip(parts)
