"""Small snapshots and companions, written as real Parquet files with the columns of the template."""

from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from workforce.posts import CATEGORY_TYPE, snapshot_schema
from workforce.template import FIELDS_IN_ORDER, GIVEN, MISSING, NOT_APPLICABLE, Kind

AS_AT = date(2026, 9, 30)
FILLED = dict.fromkeys(("leave_month", "leave_reason", "leave_destination"), NOT_APPLICABLE)


def key(number):
    return int(number).to_bytes(16, "big")


def write_snapshot(path, posts):
    """`posts`: dicts of field to value. A category that is not given is missing; so is a number, unless a word of
    the four stands in its place. Posts are filled unless they say when somebody left.
    """
    posts = [FILLED | post for post in posts]
    schema = snapshot_schema("asc_wds", {})
    arrays = {}
    for field in FIELDS_IN_ORDER:
        values = [post.get(field.name) for post in posts]
        if field.kind is Kind.KEY:
            arrays[field.name] = pa.array([None if one is None else key(one) for one in values], pa.binary(16))
        elif field.kind is Kind.CATEGORY:
            arrays[field.name] = as_words([one or MISSING for one in values])
        else:
            words = [one if isinstance(one, str) else MISSING if one is None else GIVEN for one in values]
            arrays[field.state_column] = as_words(words)
            plain = [None if isinstance(one, str) else one for one in values]
            arrays[field.name] = pa.array(plain, schema.field(field.name).type)
        if field.code_column:
            arrays[field.code_column] = pa.nulls(len(posts), schema.field(field.code_column).type)
    pq.write_table(pa.table([arrays[name] for name in schema.names], schema=schema), path)
    return path


def as_words(values):
    return pa.array(values, pa.string()).dictionary_encode().cast(CATEGORY_TYPE)


def workplace(number, **figures):
    """One workplace of 20 staff as a row of the companion, unless said otherwise."""
    usual = {
        "service": "care_home", "size_band": "10_to_49", "total_staff": 20, "posts_in_file": 20, "employees": 20,
        "starters": 5, "leavers": 4, "vacancies": 2, "last_changed": AS_AT,
    }  # fmt: skip
    return {"establishment_key": key(number)} | usual | figures


def table_of(*workplaces):
    """The companion as it is read."""
    frame = pd.DataFrame(list(workplaces))
    frame["last_changed"] = pd.to_datetime(frame.last_changed)
    numbers = ["total_staff", "posts_in_file", "employees", "starters", "leavers", "vacancies"]
    return frame.astype(dict.fromkeys(numbers, "float64"))


def write_establishments(path, workplaces):
    """The companion as a source writes it."""
    columns = {name: [one[name] for one in workplaces] for name in workplaces[0]}
    types = {"establishment_key": pa.binary(16), "last_changed": pa.date32()}
    words = {"service", "size_band", "sector"}
    arrays = {
        name: as_words(values) if name in words else pa.array(values, types.get(name, pa.float32()))
        for name, values in columns.items()
    }
    pq.write_table(pa.table(arrays), path)
    return path
