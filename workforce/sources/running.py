"""What a source is given while it reads one return, and what it leaves there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workforce.checking.engine import SheetChecker
from workforce.checking.issues import IssueLog
from workforce.checking.kinds import EPOCH
from workforce.posts import MappingTally, PostWriter, position
from workforce.pseudonyms import Pseudonyms
from workforce.reading import Sheet
from workforce.sources.pipeline import ahead


@dataclass(frozen=True)
class FileRead:
    """What became of the rows of one file of a return."""

    name: str
    kind: str
    label: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int


@dataclass
class Run:
    """One reading of one return. `progress` is told after each block and may raise to stop it."""

    source: str
    as_at: date
    today: date
    keys: Pseudonyms
    folder: Path
    log: IssueLog
    progress: Callable[[str, int, int, int], None]
    bytes_total: int = 0
    mapping: dict = field(default_factory=dict)
    tally: MappingTally = field(default_factory=MappingTally)
    files: list[FileRead] = field(default_factory=list)
    unmapped_headings: list[str] = field(default_factory=list)
    establishments: pa.Table | None = None
    rows_done: int = 0
    bytes_done: int = 0
    writer: PostWriter | None = None

    @property
    def today_number(self):
        """Days since 1970, as dates in files are kept."""
        return (self.today - EPOCH).days

    @property
    def as_at_number(self):
        return (self.as_at - EPOCH).days

    def open_writer(self):
        about = {"as_at": self.as_at.isoformat()}
        self.writer = PostWriter(self.folder / "snapshot.parquet", self.source, about)
        return self.writer

    def checker(self, kind, sheet: Sheet, context):
        return SheetChecker(kind, sheet, self.log, context)

    def check(self, checker):
        """The checked blocks of a sheet, one after the other."""
        for block in ahead(checker.sheet.blocks()):
            yield checker.check(block)
            self.rows_done += len(block.rows)
            self.bytes_done = min(self.bytes_total, self.bytes_done + size_of(block))
            self.progress(checker.kind.label, self.rows_done, self.bytes_done, self.bytes_total)

    def done_with(self, checker, accepted):
        kind, rejected = checker.kind, checker.rows_read - accepted
        self.files.append(FileRead(checker.file, kind.name, kind.label, checker.rows_read, accepted, rejected))


def size_of(block):
    """About how many bytes of the file a block was: its texts, and what stood between them."""
    texts = sum(pc.sum(pc.binary_length(texts)).as_py() or 0 for texts in block.cells)
    return texts + len(block.rows) * len(block.cells)


def map_codes(run, posts, cells, field, column, table):
    """Fill a category of the template from a column of codes: `table` is the crosswalk's values along the codes.

    Blank cells, and cells at fault, stay missing. The sender's own code is kept beside the value where the template
    keeps one, and every code met is counted with what it became.
    """
    codes = cells.codes_of(column)
    values = cells.number(column)
    places = np.where(np.isnan(values), -1, values).astype(np.int64)
    along = np.array([*(position(field, value) for value in table), position(field, "missing")], np.int16)
    posts.category(field, along[places], codes=(places, codes))
    run.tally.add(field, codes, np.where(cells.left_out, -1, places), table)
