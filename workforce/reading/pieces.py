"""Pieces of delimited text made into blocks: the records of each number of cells at once, then in order again."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyarrow import csv

from .records import Records, split_record
from .shapes import Block, Limits, Oddity, Unreadable, column_letters
from .texts import Care, blank_rows, raw, tidied

RARE = 50  # where there are more widths than this, a row wider than the headings is not looked into unless many are
TOLD_STRAY = "A quotation mark stands in the middle of a cell. It is read as part of the text."
TOLD_SWALLOWED = (
    "A quotation mark opens a cell that runs over several lines and then goes on after the closing mark. "
    "The row cannot be trusted and is left out, with the lines that fell into it."
)


@dataclass(frozen=True)
class Piece:
    """Whole records, and the number of the first of them as Excel counts rows."""

    text: bytes
    records: Records
    first_row: int
    separator: bytes
    share: float = 1.0  # of the file that has been read with this piece

    @property
    def rows(self) -> np.ndarray:
        return np.arange(self.first_row, self.first_row + len(self.records.starts), dtype=np.int32)


def block_of(piece: Piece, headings: tuple[str, ...], heading_row: int, limits: Limits) -> Block:
    """The records of a piece below the headings as one block."""
    records, rows = piece.records, piece.rows
    wanted = (records.cells > 0) & (rows > heading_row)
    wanted, oddities = _without_stray(piece, wanted)
    found = records.cells[wanted]
    _check_cells(piece, wanted, limits)
    care = Care.of(piece.text, piece.separator, len(records.starts))
    blocks = []
    counts, many = np.unique(found, return_counts=True)
    for count, number in zip(counts.tolist(), many.tolist(), strict=True):
        chosen = wanted & (records.cells == count)
        if count > 2 * limits.columns or (number < RARE and count > len(headings) and len(counts) > RARE):
            oddities += _too_long(rows[chosen], count, len(headings))
            continue
        columns = _parsed(piece, chosen, int(count))
        columns, hidden = tidied(columns, rows[chosen], headings, care)
        blocks.append(fitted(rows[chosen], columns, hidden, len(headings)))
    return joined(blocks, oddities, len(headings))


def _without_stray(piece: Piece, wanted: np.ndarray) -> tuple[np.ndarray, list[Oddity]]:
    """Say which records have stray quotation marks, and leave out those that swallowed lines."""
    records, oddities = piece.records, []
    for number in np.flatnonzero(records.stray & wanted):
        body = piece.text[records.starts[number] : records.ends[number]]
        swallowed = b"\n" in body or b"\r" in body
        wanted[number] = not swallowed
        told = TOLD_SWALLOWED if swallowed else TOLD_STRAY
        oddities.append(Oddity(piece.first_row + int(number), "quote", told, kept=not swallowed))
    return wanted, oddities


def _check_cells(piece: Piece, wanted: np.ndarray, limits: Limits) -> None:
    """Refuse a cell that is larger than a spreadsheet could hold; only records that are large can have one."""
    records = piece.records
    for number in np.flatnonzero(wanted & (records.ends - records.starts > limits.cell_bytes)):
        body = piece.text[records.starts[number] : records.ends[number]]
        for column, cell in enumerate(split_record(body, piece.separator), 1):
            if len(cell) > limits.cell_bytes:
                raise huge_cell(piece.first_row + int(number), column, limits)


def huge_cell(row: int, column: int, limits: Limits) -> Unreadable:
    return Unreadable(
        f"One cell holds more than {limits.cell_bytes // 1000} kB of text, more than a spreadsheet can. "
        "A quotation mark that was never closed is a usual cause.",
        f"row {row:,}, column {column_letters(column)}",
        f"At most {limits.cell_bytes // 1000} kB in a cell",
    )


def _parsed(piece: Piece, chosen: np.ndarray, count: int) -> list[pa.StringArray]:
    """The chosen records, which all have so many cells, as columns of text."""
    text, spans_lines = _text_of(piece, chosen), b'"' in piece.text
    names = [str(number) for number in range(count)]
    table = csv.read_csv(
        pa.BufferReader(text),
        csv.ReadOptions(column_names=names, block_size=max(len(text) + 1, 1024)),
        csv.ParseOptions(delimiter=piece.separator.decode(), newlines_in_values=spans_lines),
        csv.ConvertOptions(
            check_utf8=False,  # the whole file was looked through when it was opened
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[],
            strings_can_be_null=False,
        ),
    )
    if table.num_rows != np.count_nonzero(chosen):
        first = piece.first_row + int(np.flatnonzero(chosen)[0])
        raise Unreadable("From here on the file could not be told apart into rows.", f"row {first:,} or below")
    return [column.combine_chunks() for column in table.columns]


def _text_of(piece: Piece, chosen: np.ndarray) -> memoryview | bytes:
    """The bytes of the chosen records, neighbours together; blank lines between them may come along."""
    records, view = piece.records, memoryview(piece.text)
    numbers = np.flatnonzero(chosen)
    nexts = np.append(records.starts[1:], records.cut)
    apart = np.flatnonzero(np.diff(numbers) > 1)
    begins = records.starts[numbers[np.concatenate(([0], apart + 1))]]
    finishes = nexts[numbers[np.concatenate((apart, [len(numbers) - 1]))]]
    spans = [view[begin:finish] for begin, finish in zip(begins.tolist(), finishes.tolist(), strict=True)]
    return spans[0] if len(spans) == 1 else b"".join(spans)


def fitted(rows: np.ndarray, columns: list[pa.StringArray], oddities: list[Oddity], width: int) -> Block:
    """Columns of another number than the headings brought to it; blank rows go, and rows with too much in them."""
    keep = np.ones(len(rows), bool)
    keep[blank_rows(columns)] = False
    if len(columns) > width:
        over = np.zeros(len(rows), bool)
        for column in columns[width:]:
            over |= np.diff(raw(column)[0]) > 0
        oddities = oddities + _too_long(rows[over], len(columns), width)
        keep &= ~over
    if not keep.all():
        chosen = pa.array(np.flatnonzero(keep))
        columns = [column.take(chosen) for column in columns[:width]]
        rows = rows[keep]
    missing = width - len(columns)
    if missing > 0:
        detail = _short_sentence(len(columns), width)
        oddities = oddities + [Oddity(row, "short", detail) for row in rows.tolist()]
        columns = columns + [blank_column(len(rows))] * missing
    return Block(rows, columns[:width], oddities)


def blank_column(length: int) -> pa.StringArray:
    return pa.array(np.full(length, ""), pa.string())


def _short_sentence(cells: int, width: int) -> str:
    return (
        f"The row has {cells} {'cell' if cells == 1 else 'cells'} and there are {width} headings. "
        "What is missing at the end is taken as blank."
    )


def _too_long(rows: np.ndarray, cells: int, width: int) -> list[Oddity]:
    detail = (
        f"The row has {cells} cells and there are {width} headings, so it cannot be known which cell belongs where. "
        "The row is left out. A separator inside a cell that is not in quotation marks is a usual cause."
    )
    return [Oddity(row, "long", detail, kept=False) for row in rows.tolist()]


def joined(blocks: list[Block], oddities: list[Oddity], width: int) -> Block:
    """Groups of records put back into the order of the file."""
    if len(blocks) == 1:
        block = blocks[0]
        return Block(block.rows, block.cells, sorted(oddities + block.oddities) if oddities else block.oddities)
    if not blocks:
        return Block(np.zeros(0, np.int32), [blank_column(0)] * width, oddities)
    rows = np.concatenate([block.rows for block in blocks])
    order = np.argsort(rows, kind="stable")
    chosen = pa.array(order)
    cells = [pa.concat_arrays([block.cells[number] for block in blocks]).take(chosen) for number in range(width)]
    return Block(rows[order], cells, sorted(oddities + [odd for block in blocks for odd in block.oddities]))
