"""A file of delimited text as a sheet, read in pieces so that its length costs no memory."""

from collections.abc import Iterator
from dataclasses import replace

from .encodings import Encoding, Source, Utf8Stream, encoding_of
from .layouts import Layout, layout_of, no_end
from .pieces import Piece, block_of
from .records import Records, find_records
from .shapes import Block, Limits, Recognise, Sheet, Unreadable

HEAD = 1_000_000
STEP = 14_000_000


def delimited_sheet(source: Source, recognise: Recognise, limits: Limits) -> Sheet:
    """Look through the file once: its encoding, its separator and its headings."""
    head = _head(source, Encoding("utf-8", 0))
    if len(head) >= HEAD and not (b"\n" in head or b"\r" in head):
        raise no_end(head, 1, b",", limits)
    encoding = encoding_of(source)
    head = _head(source, encoding)
    layout = layout_of(head, len(head) < HEAD, recognise, limits)

    def read(rows: int) -> Iterator[Block]:
        for piece in _pieces(source, encoding, layout, limits, rows):
            block = block_of(piece, layout.headings, layout.heading_row, limits)
            if len(block.rows) or block.oddities:
                yield replace(block, share=piece.share)

    notes = [*encoding.notes, *layout.notes]
    return Sheet(source.name, "", layout.headings, layout.heading_row, notes, read, source.size)


def _head(source: Source, encoding: Encoding) -> bytes:
    with source.open() as raw:
        stream, head = Utf8Stream(raw, encoding), b""
        while len(head) < HEAD and (piece := stream.read(HEAD)):
            head += piece
    return head


def _pieces(source: Source, encoding: Encoding, layout: Layout, limits: Limits, rows: int) -> Iterator[Piece]:
    """The file cut where records end, at most so many to a piece. What is left of a piece begins the next."""
    row, left, step = 1, b"", min(STEP, max(STEP // 160, rows * layout.line))
    with source.open() as raw:
        stream = Utf8Stream(raw, encoding)
        _skip(stream, layout.start)
        while True:
            text, last = _more(stream, left, step)
            if not text:
                return
            found = find_records(text, layout.separator, last)
            if found.cut < len(text) and (last or len(text) - found.cut > limits.row_bytes):
                raise no_end(text[found.cut :], row + len(found.starts), layout.separator, limits)
            found = found.first(rows)
            left = text[found.cut :]
            share = min(1.0, (stream.taken - len(left)) / source.size)
            yield Piece(text[: found.cut], found, row, layout.separator, max(share, 0.0))
            row += len(found.starts)
            step = _next_step(found, len(text), rows)
            _check_rows(row, limits)


def _next_step(found: Records, read: int, rows: int) -> int:
    """About the bytes that so many records take, so that few are looked at twice."""
    if not len(found.starts):
        return 2 * read
    return min(STEP, max(STEP // 160, rows * found.cut // len(found.starts)))


def _skip(stream: Utf8Stream, size: int) -> None:
    while size > 0:
        size -= len(stream.read(1))


def _more(stream: Utf8Stream, left: bytes, step: int) -> tuple[bytes, bool]:
    """What was left, filled up to the step, and whether the file ends there."""
    parts = [left, stream.read(max(step - len(left), 1)), stream.read(1)]
    return b"".join(parts), not parts[-1]


def _check_rows(row: int, limits: Limits) -> None:
    if row - 1 > limits.csv_rows:
        raise Unreadable(
            f"There are more than {limits.csv_rows:,} rows. Send the return in several files.",
            f"row {limits.csv_rows + 1:,}",
            f"At most {limits.csv_rows:,} rows",
        )
