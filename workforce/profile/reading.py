"""Columns of a snapshot as arrays: words as positions, keys as numbers. Nothing is ever a text for each post."""

from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from workforce.posts import STATES, vocabulary
from workforce.template import FIELDS, GIVEN, MISSING, Kind

AT_A_TIME = 12  # columns


class Snapshot:
    """One snapshot's posts. Columns are read a few at a time and are not kept: a million posts need little memory."""

    def __init__(self, path: Path):
        self._file = pq.ParquetFile(path, memory_map=True)
        self.rows = self._file.metadata.num_rows

    def columns(self, names):
        """(name, array) of each column, decoded, in this order."""
        names = list(names)
        for start in range(0, len(names), AT_A_TIME):
            some = names[start : start + AT_A_TIME]
            table = self._file.read(columns=some)
            for name in some:
                yield name, _decoded(name, table[name])

    def column(self, name):
        return next(self.columns([name]))[1]

    @cached_property
    def is_filled(self):
        """True for posts that are filled: those of which every source says that no month of leaving applies."""
        return self.column("leave_month_state") == STATES.index("not_applicable")

    @cached_property
    def is_left(self):
        """True for posts that somebody left: those with a month of leaving."""
        return self.column("leave_month_state") == STATES.index(GIVEN)


def _decoded(name, column):
    if pa.types.is_dictionary(column.type):
        words = STATES if name.endswith("_state") else vocabulary(name)
        return positions(column, words)
    if pa.types.is_fixed_size_binary(column.type):
        return short(column)
    return _numbers(column, FIELDS[name].kind)


def positions(column, words):
    """Positions in `words`; what is null is missing. Each part of a column may have a dictionary of its own."""
    place_of = {word: place for place, word in enumerate(words)}
    missing = place_of[MISSING]
    parts = [np.zeros(0, np.int8)]
    for part in column.chunks:
        along = [place_of.get(word, missing) for word in part.dictionary.to_pylist()]
        along = np.array([*along, missing], np.int8)
        indices = part.indices.fill_null(len(along) - 1) if part.null_count else part.indices
        parts.append(along[indices.to_numpy(zero_copy_only=False)])
    return np.concatenate(parts)


def short(column):
    """The first eight bytes of each key, as a number; 0 where there is none."""
    parts = [np.zeros(0, np.uint64)]
    for part in column.chunks:
        raw = np.frombuffer(part.buffers()[1] or b"", "<u8").reshape(-1, 2)
        keys = raw[part.offset : part.offset + len(part), 0]
        parts.append(np.where(part.is_valid().to_numpy(zero_copy_only=False), keys, 0) if part.null_count else keys)
    return np.concatenate(parts)


def _numbers(column, kind):
    """As floats, NaN where there is none; months as days since 1970."""
    if kind is Kind.MONTH:
        column = column.cast(pa.int32())
    return column.cast(pa.float64()).to_numpy()
