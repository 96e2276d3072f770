"""Snapshots for the bench of the profile: a return as it was read, written again many times with other pseudonyms."""

import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

AS_AT, TODAY = date(2026, 9, 30), date(2026, 11, 26)
READ = 100_000  # rows that go through the import
PARTNERS = 4
KEYS = ("post_key", "person_key", "establishment_key")


def made(kept: Path, rows, seed):
    """{partner: {day: (posts, establishments)}} of snapshots with so many posts between them, and a year before."""
    folder = kept / f"{rows}-{seed}"
    if not (folder / "made.json").exists():
        print(f"making {rows:,} posts in {folder}", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        _make(folder, rows, seed)
        (folder / "made.json").write_text("{}", encoding="utf-8")
    days = sorted({path.stem.split("_")[1] for path in folder.glob("*_posts.parquet")})
    return {
        f"partner{number}": {day: tuple(folder / f"{number}_{day}_{of}.parquet" for of in ("posts", "places"))
                             for day in days}
        for number in range(PARTNERS)
    }  # fmt: skip


def _make(folder, rows, seed):
    each = min(READ, rows // PARTNERS)
    with tempfile.TemporaryDirectory() as other:
        for day, posts, places in _read(Path(other), each, seed):
            for number in range(PARTNERS):
                copies = range(number * 1000, number * 1000 + rows // PARTNERS // each)
                for name, source in (("posts", posts), ("places", places)):
                    _write(source, folder / f"{number}_{day}_{name}.parquet", copies)


def _read(folder, rows, seed):
    """(day, posts, establishments) of a made-up return and of the one a year before, as they are read."""
    from workforce.importing import read_return
    from workforce.pseudonyms import Pseudonyms
    from workforce.reading import Given
    from workforce.sampling.asc_wds import write_asc_wds
    from workforce.sampling.returns import Recipe

    write_asc_wds(Recipe(rows=rows, seed=seed, as_at=AS_AT, returns=3), folder)
    for inside in (folder / "2025-09-30", folder / "2026-09-30"):
        out = inside / "read"
        out.mkdir()
        given = [Given(path.name, path) for path in sorted(inside.glob("*.csv"))]
        keys = Pseudonyms(b"of a bench, nothing secret in it", "bench")
        day = date.fromisoformat(inside.name)
        checked = read_return(given, as_at=day, keys=keys, folder=out, today=TODAY)
        yield inside.name, checked.snapshot, checked.establishments


def _write(source, path, copies):
    """The same rows once for each of `copies`, which gives its number to every pseudonym."""
    file = pq.ParquetFile(source)
    schema = file.schema_arrow
    ways = {name: "NONE" if name in KEYS else "ZSTD" for name in schema.names}
    plain = [name for name in schema.names if name not in KEYS]
    with pq.ParquetWriter(path, schema, compression=ways, use_dictionary=plain) as writer:
        for copy in copies:
            for batch in file.iter_batches(50_000):
                writer.write_batch(_renamed(batch, copy))


def _renamed(batch, copy):
    columns = [_other_keys(column, copy) if name in KEYS else column
               for name, column in zip(batch.schema.names, batch.columns, strict=True)]  # fmt: skip
    return pa.record_batch(columns, schema=batch.schema)


def _other_keys(column, copy):
    raw = np.frombuffer(column.buffers()[1], "<u8").reshape(-1, 2)[column.offset : column.offset + len(column)].copy()
    raw[:, 0] ^= np.uint64((copy + 1) * 0x9E3779B97F4A7C15 % 2**64)
    return pa.FixedSizeBinaryArray.from_buffers(
        column.type, len(column), [column.buffers()[0] if not column.offset else None, pa.py_buffer(raw.tobytes())]
    )
