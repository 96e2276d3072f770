"""A file of delimited text as a sheet, read in pieces so that its length costs no memory."""

from collections.abc import Iterator

from .encodings import Encoding, Source, Utf8Stream, encoding_of
from .layouts import Layout, layout_of, no_end
from .pieces import Piece, block_of, sliced
from .records import find_records
from .shapes import Block, Limits, Recognise, Sheet, Unreadable

HEAD = 1_000_000
STEP = 10_000_000


def delimited_sheet(source: Source, recognise: Recognise, limits: Limits) -> Sheet:
    """Look through the file once: its encoding, its separator and its headings."""
    head = _head(source, Encoding("utf-8", 0))
    if len(head) >= HEAD and not (b"\n" in head or b"\r" in head):
        raise no_end(head, 1, b",", limits)
    encoding = encoding_of(source)
    head = _head(source, encoding)
    layout = layout_of(head, len(head) < HEAD, recognise, limits)

    def read(rows: int) -> Iterator[Block]:
        for piece in _pieces(source, encoding, layout, limits):
            yield from sliced(block_of(piece, layout.headings, layout.heading_row, limits), rows)

    notes = [*encoding.notes, *layout.notes]
    return Sheet(source.name, "", layout.headings, layout.heading_row, notes, read)


def _head(source: Source, encoding: Encoding) -> bytes:
    with source.open() as raw:
        stream, head = Utf8Stream(raw, encoding), b""
        while len(head) < HEAD and (piece := stream.read(HEAD)):
            head += piece
    return head


def _pieces(source: Source, encoding: Encoding, layout: Layout, limits: Limits) -> Iterator[Piece]:
    """The file cut where records end. What is left of a piece begins the next."""
    row, left = 1, b""
    with source.open() as raw:
        stream = Utf8Stream(raw, encoding)
        _skip(stream, layout.start)
        while True:
            text, last = _more(stream, left)
            if not text:
                return
            found = find_records(text, layout.separator, last)
            if found.cut < len(text) and (last or len(text) - found.cut > limits.row_bytes):
                raise no_end(text[found.cut :], row + len(found.starts), layout.separator, limits)
            yield Piece(text, found, row, layout.separator)
            row, left = row + len(found.starts), text[found.cut :]
            _check_rows(row, limits)


def _skip(stream: Utf8Stream, size: int) -> None:
    while size > 0:
        size -= len(stream.read(1))


def _more(stream: Utf8Stream, left: bytes) -> tuple[bytes, bool]:
    """What was left with the next piece. A CR at its end waits for the LF that may follow."""
    piece = stream.read(STEP)
    text, last = left + piece, not piece
    while piece.endswith(b"\r"):
        piece = stream.read(1)
        text += piece
    return text, last


def _check_rows(row: int, limits: Limits) -> None:
    if row - 1 > limits.csv_rows:
        raise Unreadable(
            f"There are more than {limits.csv_rows:,} rows. Send the return in several files.",
            f"row {limits.csv_rows + 1:,}",
            f"At most {limits.csv_rows:,} rows",
        )
