"""Counts over the posts of a snapshot: few columns are read at a time, so a million posts need little memory."""

from datetime import date
from pathlib import Path

import pandas as pd

from workforce.quality.consistency import CHECKS, Check
from workforce.quality.figures import MEASURED, Failed, FieldCounts
from workforce.template import FIELDS, GIVEN, MISSING, NOT_APPLICABLE, REFUSED, UNKNOWN

WORDS = (GIVEN, UNKNOWN, REFUSED, NOT_APPLICABLE, MISSING)
LEFT = FIELDS["leave_month"]
OF_LEAVING = ("leave_month", "leave_reason", "leave_destination")


def read_column(path: Path, name: str) -> pd.Series:
    """One column of a stored snapshot, as Arrow holds it."""
    return pd.read_parquet(path, columns=[name], dtype_backend="pyarrow")[name]


def count_field(column: pd.Series) -> FieldCounts:
    """The counts of one field, from its category or from the state beside a number, month or year."""
    met = {str(word): int(count) for word, count in column.value_counts().items()}
    words = {word: met.get(word, 0) for word in WORDS if word != GIVEN}
    return FieldCounts(given=sum(met.values()) - sum(words.values()), **words)


def count_fields(path: Path) -> dict[str, FieldCounts]:
    """{field: its counts} of every field of the template that is no key.

    Of people who left, only what is asked about leaving counts: the rest describes posts that are filled.
    """
    filled = is_filled(path)
    return {field.name: _count(path, field, filled) for field in MEASURED}


def _count(path, field, filled):
    column = read_column(path, field.state_column or field.name)
    return count_field(column if field.name in OF_LEAVING else column[filled])


def is_filled(path: Path) -> pd.Series:
    """True for posts that are filled: those of which every source says that no month of leaving applies."""
    return read_column(path, LEFT.state_column) == NOT_APPLICABLE


def count_duplicates(path: Path) -> tuple[int, int]:
    """(filled posts, those whose key an earlier filled post has) of a snapshot."""
    keys = read_column(path, "post_key")[is_filled(path)].dropna()
    return len(keys), len(keys) - keys.nunique()


def count_over(path: Path, age: int) -> tuple[int, int]:
    """(filled posts held by people of at least this age, filled posts whose age is given)."""
    ages = read_column(path, "age")[is_filled(path)].dropna()
    return int((ages >= age).sum()), len(ages)


def run_check(check: Check, path: Path, as_at: date) -> Failed:
    """How many posts fail one check, of those that have what it needs. Reads only the columns that it needs."""
    posts = pd.read_parquet(path, columns=list(check.needs), dtype_backend="pyarrow")
    for name in posts.columns:
        posts[name] = _plain(posts[name])
    posts = posts.dropna()
    return Failed(check.name, int(check.fails(posts, as_at).sum()), len(posts))


def _plain(column):
    """Arrow's words as categories and its dates as pandas compares them; numbers stay."""
    if str(column.dtype).startswith("dictionary"):
        return column.astype("category")
    return pd.to_datetime(column) if str(column.dtype).startswith("date") else column


def run_checks(path: Path, as_at: date) -> list[Failed]:
    """Every check over one snapshot."""
    return [run_check(check, path, as_at) for check in CHECKS]
