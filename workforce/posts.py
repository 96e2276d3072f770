"""Posts of the common template as a source fills them, block by block, and the snapshot that they are written to.

A category is held as positions in its field's values followed by the four words; a number, month or year as a number
(NaN where there is none) with a state beside it.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from workforce import pseudonyms
from workforce.template import ABSENT, FIELDS, FIELDS_IN_ORDER, GIVEN, MISSING, UNKNOWN, VERSION, Kind

STATES = (GIVEN, *ABSENT)
CATEGORY_TYPE = pa.dictionary(pa.int8(), pa.string())
CODE_TYPE = pa.dictionary(pa.int16(), pa.string())
NUMBER_TYPES = {Kind.NUMBER: pa.float32(), Kind.MONTH: pa.date32(), Kind.YEAR: pa.int16()}


@cache
def vocabulary(name):
    """What a category's positions stand for."""
    return (*FIELDS[name].values, *ABSENT)


@cache
def position(name, value):
    return vocabulary(name).index(value)


def snapshot_schema(source, about):
    """The columns of a snapshot; `about` (text to text) goes into its footer with the version of the template."""
    columns = []
    for field in FIELDS_IN_ORDER:
        if field.kind is Kind.KEY:
            columns.append(pa.field(field.name, pseudonyms.TYPE))
        elif field.kind is Kind.CATEGORY:
            columns.append(pa.field(field.name, CATEGORY_TYPE))
        else:
            columns.append(pa.field(field.name, NUMBER_TYPES[field.kind]))
        if field.state_column:
            columns.append(pa.field(field.state_column, CATEGORY_TYPE))
        if field.code_column:
            columns.append(pa.field(field.code_column, CODE_TYPE))
    return pa.schema(columns, metadata={"template": VERSION, "source": source, "about": json.dumps(about)})


class Posts:
    """The posts of one block. What no source fills in is missing."""

    def __init__(self, count):
        self.count = count
        self._keys, self._categories, self._numbers, self._codes = {}, {}, {}, {}

    def key(self, name, made, absent=None):
        self._keys[name] = (made, absent)

    def category(self, name, places, codes=None):
        """`places` in the vocabulary; `codes`: (positions, list) of the sender's own codes, -1 where there is none."""
        self._categories[name] = places
        if codes is not None and FIELDS[name].code_column:
            self._codes[name] = codes

    def say(self, name, value, mask):
        """Set one value of a category on some rows."""
        self.places(name)[mask] = position(name, value)

    def number(self, name, values, unknown=None, not_applicable=None):
        state = np.where(np.isnan(values), STATES.index(MISSING), 0).astype(np.int8)
        for word, mask in ((UNKNOWN, unknown), ("not_applicable", not_applicable)):
            if mask is not None:
                state[mask & (state != 0)] = STATES.index(word)
        self._numbers[name] = (values, state)

    def places(self, name):
        if name not in self._categories:
            self._categories[name] = np.full(self.count, position(name, MISSING), np.int16)
        return self._categories[name]

    def is_value(self, name, *values):
        return np.isin(self.places(name), [position(name, value) for value in values])

    def numbers(self, name):
        return self._numbers[name][0] if name in self._numbers else np.full(self.count, np.nan)

    def state(self, name):
        default = np.full(self.count, STATES.index(MISSING), np.int8)
        return self._numbers[name][1] if name in self._numbers else default

    def batch(self, schema, keep):
        """The posts that are kept, as a record batch with the columns of the snapshot."""
        columns, kept = [], np.flatnonzero(keep)
        for field in FIELDS_IN_ORDER:
            columns.extend(self._columns_of(field, kept))
        return pa.record_batch(columns, schema=schema)

    def _columns_of(self, field, kept):
        if field.kind is Kind.KEY:
            yield self._key_column(field.name, kept)
        elif field.kind is Kind.CATEGORY:
            yield _dictionary(self.places(field.name)[kept], vocabulary(field.name), np.int8)
        else:
            yield _number_column(field, self.numbers(field.name)[kept])
            yield _dictionary(self.state(field.name)[kept], STATES, np.int8)
        if field.code_column:
            places, codes = self._codes.get(field.name, (np.full(self.count, -1), ()))
            yield _dictionary(places[kept], codes, np.int16)

    def _key_column(self, name, kept):
        if name not in self._keys:
            return pa.nulls(len(kept), pseudonyms.TYPE)
        made, absent = self._keys[name]
        return pseudonyms.as_arrow(made[kept], None if absent is None else absent[kept])


def _dictionary(places, values, width):
    return pa.DictionaryArray.from_arrays(
        pa.array(places.astype(width), mask=places < 0), pa.array(list(values), pa.string())
    )


def _number_column(field, values):
    absent = np.isnan(values)
    if field.kind is Kind.NUMBER:
        return pa.array(values.astype(np.float32), mask=absent)
    whole = np.where(absent, 0, values)
    if field.kind is Kind.YEAR:
        return pa.array(whole.astype(np.int16), mask=absent)
    months = whole.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)
    return pa.array(months, pa.int32(), mask=absent).cast(pa.date32())


class PostWriter:
    """Writes a snapshot as it is read."""

    def __init__(self, path: Path, source: str, about: dict):
        self.path, self.schema = path, snapshot_schema(source, about)
        self._writer = self._open(path)
        self.rows = 0

    def _open(self, path):
        """Pseudonyms are random: nothing makes them smaller, so no time is spent on trying."""
        keys = {field.name for field in FIELDS_IN_ORDER if field.kind is Kind.KEY}
        ways = {name: "NONE" if name in keys else "ZSTD" for name in self.schema.names}
        return pq.ParquetWriter(
            path, self.schema, compression=ways, use_dictionary=[name for name in ways if name not in keys]
        )

    def write(self, batch):
        self._writer.write_batch(batch)
        self.rows += batch.num_rows

    def close(self):
        self._writer.close()


class MappingTally:
    """How often each of the sender's codes became which value: the mapping-loss report's figures."""

    def __init__(self):
        self._counts = {}

    def add(self, name, codes, places, values):
        """`places` in `codes` (-1: blank) and `values`, the value that each code becomes."""
        counts = self._counts.setdefault(name, {})
        for place, count in enumerate(np.bincount(places[places >= 0].astype(np.int64), minlength=len(codes))):
            if count:
                key = (codes[place], values[place])
                counts[key] = counts.get(key, 0) + int(count)

    def counts(self):
        """(field, code, value, rows) of every code met."""
        return [(name, code, value, rows) for name, of in self._counts.items() for (code, value), rows in of.items()]
