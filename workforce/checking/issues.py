"""What was found wrong, kept small: one `Cause` per kind of fault, and under it the numbers of the rows.

A file in which every cell is wrong has tens of millions of faults and a few hundred causes, so rows are kept as plain
numbers and written out as they come. Texts are kept only for the first `SHOWN` faults of a cause, only of columns that
cannot identify anybody, and only where they look like a code (`showing`).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from .showing import LONGEST_SHOWN, shown

SHOWN = 1_000
EXAMPLES = 5
__all__ = ["EXAMPLES", "LONGEST_SHOWN", "SHOWN", "Cause", "CauseCount", "IssueLog"]
SCHEMA = pa.schema([("row", pa.int32()), ("cause", pa.int16()), ("value", pa.string())])


@dataclass(frozen=True)
class Cause:
    file: str
    column: str
    code: str
    severity: str
    message: str
    accepted: str = ""


@dataclass(frozen=True)
class CauseCount:
    """A cause with how often it was found, where first, and a few (row, text) to show."""

    file: str
    column: str
    code: str
    severity: str
    message: str
    accepted: str
    count: int
    first_row: int
    examples: tuple[tuple[int, str | None], ...]


class IssueLog:
    """Collects faults of one upload; writes (row, cause, value) to a Parquet file as it goes."""

    def __init__(self, path: Path):
        self.path = path
        self._numbers: dict[Cause, int] = {}
        self._counts: list[int] = []
        self._first: list[int] = []
        self._examples: list[list] = []
        self._waiting, self._rows_waiting = [], 0
        self._writer = pq.ParquetWriter(path, SCHEMA, compression="zstd", use_dictionary=["cause", "value"])

    def add(self, cause: Cause, rows: np.ndarray, texts=None, *, reference: bool = False) -> None:
        """Faults of one cause on these rows; `texts` are the cells, where they may be shown.

        `reference`: they are the sender's own numbers of workplaces, which look otherwise than codes.
        """
        if not len(rows):
            return
        number = self._number(cause)
        kept = self._shown(number, rows, texts, reference)
        self._counts[number] += len(rows)
        self._first[number] = min(self._first[number], int(rows.min())) if self._first[number] else int(rows.min())
        values = pa.concat_arrays([pa.array(kept, pa.string()), pa.nulls(len(rows) - len(kept), pa.string())])
        self._waiting.append(
            pa.record_batch([pa.array(rows, pa.int32()), pa.repeat(pa.scalar(number, pa.int16()), len(rows)), values],
                            schema=SCHEMA)
        )  # fmt: skip
        self._rows_waiting += len(rows)
        if self._rows_waiting >= 500_000:
            self._flush()

    def _number(self, cause):
        number = self._numbers.setdefault(cause, len(self._numbers))
        if number == len(self._counts):
            self._counts.append(0)
            self._first.append(0)
            self._examples.append([])
        return number

    def _shown(self, number, rows, texts, reference):
        left = max(0, SHOWN - self._counts[number])
        kept = [] if texts is None else [shown(text, reference=reference) for text in texts.slice(0, left).to_pylist()]
        examples = self._examples[number]
        room = EXAMPLES - len(examples)
        if room > 0:
            seen = kept or [None] * room
            examples.extend((int(row), text) for row, text in zip(rows[:room], seen[:room], strict=False))
        return kept

    def _flush(self):
        if self._waiting:
            self._writer.write_table(pa.Table.from_batches(self._waiting, SCHEMA))
        self._waiting, self._rows_waiting = [], 0

    def close(self) -> None:
        self._flush()
        self._writer.close()

    @property
    def causes(self) -> list[CauseCount]:
        """In the order in which they were first met, which is the number that the Parquet file calls them by."""
        return [
            CauseCount(cause.file, cause.column, cause.code, str(cause.severity), cause.message, cause.accepted,
                       self._counts[number], self._first[number], tuple(self._examples[number]))
            for cause, number in self._numbers.items()
        ]  # fmt: skip

    def count(self, severity) -> int:
        return sum(self._counts[number] for cause, number in self._numbers.items() if cause.severity == severity)
