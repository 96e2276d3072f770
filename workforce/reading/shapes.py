"""What reading gives: sheets of headings, blocks of text cells, what is odd about a row, and what cannot be read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

ACCEPTED = "A CSV file saved as “CSV UTF-8”, a workbook (.xlsx), or a zip file of these"


class Unreadable(Exception):
    """A file that is refused as a whole: what is wrong, where, and what would be accepted."""

    def __init__(self, sentence: str, where: str = "", accepted: str = ACCEPTED):
        super().__init__(sentence)
        self.sentence, self.where, self.accepted = sentence, where, accepted

    def within(self, name: str) -> "Unreadable":
        """The same refusal, its place completed by the file it happened in."""
        return Unreadable(self.sentence, f"{name}, {self.where}" if self.where else name, self.accepted)


@dataclass(frozen=True)
class Limits:
    """A return of a million rows passes; what could only be a mistake or an attack does not."""

    csv_bytes: int = 600_000_000
    csv_rows: int = 5_000_000
    workbook_bytes: int = 60_000_000
    columns: int = 300
    sheet_cells: int = 10_000_000  # of the rectangle that a sheet's cells span, blank ones included
    sparse_cells: int = 2_000_000  # the same, where fewer than one in twenty is filled
    sheet_text: int = 600_000_000  # characters of all cells of a sheet
    sheets: int = 100
    cell_bytes: int = 131_072  # four bytes for each of the 32,767 characters that Excel keeps in a cell
    row_bytes: int = 8_000_000
    members: int = 50  # of a zip file of returns
    parts: int = 2_000  # of a workbook
    part_bytes: int = 1_500_000_000  # one sheet, unpacked
    other_part_bytes: int = 200_000_000  # shared texts, styles and the like, unpacked
    unpacked_bytes: int = 2_000_000_000
    ratio: int = 250  # unpacked to packed, once more than `ratio_from` bytes come out
    ratio_from: int = 20_000_000


LIMITS = Limits()


@dataclass(frozen=True)
class Given:
    """A file as it was sent: the name is only ever shown, the path is where its bytes are."""

    name: str
    path: Path


@dataclass(frozen=True)
class Note:
    """Something to tell about a whole sheet that was read all the same."""

    sentence: str
    where: str = ""


class Oddity(NamedTuple):
    """Something about one row. Kinds: short, long, quote, character, number, error.

    `kept` is False where the row cannot be trusted and is not among the rows of its block.
    """

    row: int
    kind: str
    detail: str
    column: str = ""
    kept: bool = True


@dataclass(frozen=True)
class Block:
    """Some rows of a sheet: their numbers as Excel counts them, and one array of text for each heading.

    `share` is how much of the sheet has been read with this block, from 0 to 1.
    """

    rows: np.ndarray
    cells: list[pa.StringArray]
    oddities: list[Oddity] = field(default_factory=list)
    share: float = 0.0


@dataclass(frozen=True)
class Sheet:
    """One table. `read` opens the file anew each time and yields blocks of at most so many rows."""

    file: str
    sheet: str
    headings: tuple[str, ...]
    heading_row: int
    notes: list[Note]
    read: Callable[[int], Iterator[Block]] = field(repr=False, compare=False)
    size: int = 0  # bytes of the file as it was sent, or of the member unpacked

    def blocks(self, rows: int = 65_536) -> Iterator[Block]:
        """All rows under the headings, in order. Raises Unreadable where the rest cannot be told apart."""
        try:
            yield from self.read(rows)
        except Unreadable as refusal:
            raise refusal.within(self.place) from refusal

    @property
    def place(self) -> str:
        return f"{self.file}, sheet “{self.sheet}”" if self.sheet else self.file


Recognise = Callable[[tuple[str, ...]], bool] | None


def column_letters(number: int) -> str:
    """The name that Excel gives to a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
