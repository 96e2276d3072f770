"""The neutral shape every reader produces, and the two ways of saying that something is wrong.

A grid is what a person sees: merged cells are spread out, hidden rows and columns are gone, texts are as shown.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from .identity import Identity


class Unreadable(Exception):
    """The file as a whole cannot be read; `message` is a sentence that a manager can act on."""

    def __init__(self, message: str, *, where: str = "The file", accepted: str = ""):
        super().__init__(message)
        self.where = where
        self.message = message
        self.accepted = accepted


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at in a file that was otherwise read. A notice needs no answer."""

    where: str
    message: str
    accepted: str = ""
    is_notice: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What Word puts in front of a paragraph in a list: its level (0 first) and its number, "" for a bullet."""

    level: int
    number: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One position of a grid.

    text            as shown, lines separated by newlines
    shading         fill colour as six hex digits, or None
    when            the date behind a date cell of a workbook
    is_continuation covered by a cell merged down from a row above, whose text it repeats
    is_spread       covered by a cell merged across from the left, whose text it repeats
    across          how many columns the merged cell covers
    marks           one for each line of a Word list (None for a line that is not in a list); empty without lists
    """

    text: str = ""
    shading: str | None = None
    when: date | datetime | None = None
    is_continuation: bool = False
    is_spread: bool = False
    across: int = 1
    marks: tuple[Mark | None, ...] = ()

    @property
    def own_text(self) -> str:
        """The text, unless it only repeats that of another cell."""
        return "" if self.is_continuation or self.is_spread else self.text


BLANK = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: tuple[Cell, ...]
    is_heading: bool = False  # Word: marked to repeat at the top of every page
    identities: tuple[Identity, ...] = ()  # which rows of the planner it is, as one of our own files says

    def cell(self, index: int) -> Cell:
        return self.cells[index] if index < len(self.cells) else BLANK

    @property
    def is_blank(self) -> bool:
        """Nothing in it to be read. The colours of a row of the planner's own say nothing without words."""
        return not any(cell.text or (cell.shading and not self.identities) for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    name: str  # "Table 2", "Sheet 'Plan'"; blank for a text file, which is only one grid
    rows: list[Row]
    letters: tuple[str, ...] = ()  # the column letters of a sheet
    heading_above: str | None = None
    titles: tuple[str, ...] = ()  # those of the wider sections around it, the widest first
    follows: bool = False  # nothing but blank paragraphs between it and the grid before
    row_word: str = "row"

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)

    def place(self, row: Row | None = None, index: int | None = None, heading: str = "") -> str:
        """Where something stands, in words: "Table 1, row 5, column Priority"."""
        words = [self.name] if self.name else []
        if row is not None:
            words.append(f"{self.row_word} {row.number}")
        if index is not None:
            words.append(self._column(index, " ".join(heading.split())))
        sentence = ", ".join(words) or "The file"
        return sentence[0].upper() + sentence[1:]

    def _column(self, index: int, heading: str) -> str:
        if index < len(self.letters):
            return f"column {self.letters[index]}" + (f" ({heading})" if heading else "")
        return f"column {heading or index + 1}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside of tables: the level of a heading (0 for a title) or None, and its place in a list."""

    text: str
    level: int | None = None
    mark: Mark | None = None


@dataclass(frozen=True)
class Contents:
    """A whole file: its grids in order, and what stands outside them."""

    grids: list[Grid] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    mentioned: tuple[Identity, ...] = ()  # marks outside every table

    @property
    def prose(self) -> list[str]:
        return [paragraph.text for paragraph in self.paragraphs]


def tidy(text: str) -> str:
    """Text as wording: one kind of line break and space, nothing trailing. The words are left alone."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\u2028", "\n")
    text = text.replace("\u00a0", " ").replace("\t", " ")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def spread(rows: list[list[Cell]], top: int, left: int, height: int, width: int) -> None:
    """Let a merged cell count for every position that it covers (in place; the grid may be ragged)."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    origin = rows[top][left]
    for down, row in enumerate(rows[top : top + height]):
        for right in range(min(width, len(row) - left)):
            row[left + right] = Cell(origin.text, origin.shading, origin.when, down > 0, right > 0, width, origin.marks)
