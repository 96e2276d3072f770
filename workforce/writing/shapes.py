"""What a file is made of, whatever its format: the neutral shape between an export and a writer.

A cell is words, a date, a number, or a `Cell` that says more about its value. Rows may come from a generator: a writer
goes over them once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count

UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
LANGUAGE = "en-GB"
NOTHING = "–"  # says "none" where a blank would be read as "the same as above"


@dataclass(frozen=True, slots=True)
class Tone:
    """A pale ground and strong words, which together are easy to read. The words say what the colour says."""

    ground: str
    ink: str


TONES = {
    "red": Tone("FBECEA", "A8201A"),
    "amber": Tone("FDF1DF", "8F4A00"),
    "green": Tone("E8F4EE", "0B6644"),
    "blue": Tone("E9F0F9", "1B4F8F"),
    "none": Tone("F0F1F1", "484949"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    value: str | date | int | float | None = None
    note: str = ""  # small, below: worked out from elsewhere, and left aside when the file is brought back
    tone: str = ""  # a key of TONES


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    width: float  # in characters; on paper, its share of the width
    choices: tuple[str, ...] = ()  # what a workbook offers
    is_open: bool = False  # other words than those offered will do
    tones: dict = field(default_factory=dict)  # {words: a key of TONES}: how a workbook colours what it holds
    is_number: bool = False  # stands to the right, so that tens stand under tens
    names_its_row: bool = False  # what a row is called, for those who hear the table


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple
    mark: str = ""  # by which it is known again when the file comes back
    is_total: bool = False  # of the others: in bold


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    about: str = ""  # what it holds, for people who do not see it
    caption: str = ""  # above it, and never on another page than its first rows
    notes: tuple[str, ...] = ()  # below it, small
    is_whole: bool = False  # on one page with its caption, if it fits there
    share: float = 1  # of the page's width: a few narrow columns are read more easily close together


@dataclass(frozen=True)
class Sheet:
    """One table as a workbook or a text file has it."""

    name: str
    table: Table
    mark_heading: str  # of the column that holds the marks
    title: str = ""
    subject: str = ""
    author: str = ""


@dataclass(frozen=True)
class Heading:
    words: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    words: str
    look: str = ""  # a key of writers: "note", small; "question", what a part answers; "mark", in a frame, seen first


@dataclass(frozen=True)
class Listing:
    """Things one below the other, each with a dot."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    content: bytes  # PNG; on its way to PDF it may be SVG
    about: str  # what it shows, for people who do not see it
    width: float = 24  # centimetres
    caption: str = ""  # above it


@dataclass(frozen=True)
class Page:
    """A sheet of paper, in centimetres."""

    width: float
    height: float
    margin: float

    @property
    def is_upright(self):
        return self.height > self.width

    @property
    def room(self):
        """How wide its text is."""
        return self.width - 2 * self.margin


LANDSCAPE = Page(29.7, 21.0, 1.5)
PORTRAIT = Page(21.0, 29.7, 2.0)


@dataclass(frozen=True)
class Document:
    """Something to be read on paper: a title, what stands below it, and the parts in order."""

    title: str
    parts: tuple = ()
    lines: tuple[str, ...] = ()  # below the title
    subject: str = ""
    author: str = ""
    has_contents: bool = True
    contents_depth: int = 2  # headings down to this level stand in the contents
    page: Page = LANDSCAPE
    has_cover: bool = False  # the title and what stands before the first heading have a page of their own
    header: str = ""  # at the top of every page: that this is a draft, say

    @property
    def headings(self):
        return [part for part in self.parts if isinstance(part, Heading)]

    @property
    def contents(self):
        """Each heading with its number in the document, as far as they stand in the contents."""
        numbered = enumerate(self.headings, start=1)
        return [(number, heading) for number, heading in numbered if heading.level <= self.contents_depth]

    @property
    def first_heading(self):
        """The part that the contents stand before."""
        return next(iter(self.headings), None)


@dataclass
class Numbers:
    """Numbers that must not come twice in one file."""

    kinds: dict = field(default_factory=dict)

    def next(self, kind: str) -> int:
        return next(self.kinds.setdefault(kind, count(1)))


def cell_of(value) -> Cell:
    return value if isinstance(value, Cell) else Cell(value)


def in_words(value) -> str:
    """A value as a page has it."""
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    return "" if value is None else writable(str(value))


def writable(text: str) -> str:
    """The text with a sign in place of every character that no file could hold."""
    return UNWRITABLE.sub("\ufffd", text)
