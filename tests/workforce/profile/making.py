"""Small returns as real Parquet files, and counts looked up by words."""

import numpy as np

from tests.workforce.quality.making import AS_AT, write_establishments, write_snapshot
from workforce.profile.counting import Return, count

SECRET = b"record keys of the tests, no secret"
NAMES = {"birch": "Birch Council", "oak": "Oak Trust", "elm": "Elm Care Association", "ash": "Ash Trust"}
USUAL = {
    "sector": "la", "service": "domiciliary", "role": "care_worker", "role_group": "direct_care_support",
    "establishment_key": 1, "contract": "permanent", "is_employee": "yes",
}  # fmt: skip


def posts(many, first=1, **values):
    """Filled posts of one kind, numbered from `first` on."""
    return [{"post_key": number, "person_key": number} | USUAL | values for number in range(first, first + many)]


KEYS = ("post_key", "person_key", "establishment_key")


def _apart(row):
    """With keys that differ in the bytes that are looked at: the first eight."""
    return row | {name: row[name] << 64 for name in KEYS if row.get(name)}


def returned(folder, partner, rows, *, workplaces=(), sector="la", source="asc_wds", as_at=AS_AT, snapshot=1):
    """A return of a partner, written to files of its own."""
    name = f"{partner}-{source}-{as_at}"
    written = write_snapshot(folder / f"{name}.parquet", [_apart(row) for row in rows])
    places = [one | {"establishment_key": one["establishment_key"][8:] + bytes(8)} for one in workplaces]
    companion = write_establishments(folder / f"{name}-places.parquet", places) if places else None
    return Return(partner, sector, source, written, companion, as_at, snapshot)


def counted(*returns, **more):
    usual = {"as_at": AS_AT, "key_secret": SECRET, "labels": {"partner": NAMES}}
    return count(list(returns), **(usual | more))


def column(block, value, of="counts", **where):
    """The sum of one column of a block over the grains that fit `where`: dimension to value."""
    mask = np.ones(len(block.grains), bool)
    for dimension, wanted in where.items():
        mask &= block.grains.places[dimension] == block.grains.values[dimension].index(wanted)
    return getattr(block, of)[mask, block.values.index(value)].sum()


def columns(block, **where):
    """{value: sum} of all columns that are not 0."""
    found = {value: column(block, value, **where) for value in block.values}
    return {value: total for value, total in found.items() if total}
