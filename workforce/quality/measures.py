"""Measures of each field of a snapshot: one column is read at a time, so a million posts need little memory."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workforce.template import FIELDS_IN_ORDER, GIVEN, MISSING, NOT_APPLICABLE, REFUSED, UNKNOWN, Kind

WORDS = (GIVEN, UNKNOWN, REFUSED, NOT_APPLICABLE, MISSING)
MEASURED = tuple(field for field in FIELDS_IN_ORDER if field.kind is not Kind.KEY)


@dataclass(frozen=True)
class FieldCounts:
    """How many posts have a value of one field, and how many have which of the four words instead. Unit: posts."""

    given: int = 0
    unknown: int = 0
    refused: int = 0
    not_applicable: int = 0
    missing: int = 0

    @property
    def rows(self):
        return self.given + self.unknown + self.refused + self.not_applicable + self.missing

    @property
    def eligible(self):
        """Posts that could have a value: all but those to which the field does not apply."""
        return self.rows - self.not_applicable

    @property
    def declared(self):
        """Posts of which somebody said that it is not known, or would not say."""
        return self.unknown + self.refused

    @property
    def is_collected(self):
        """Whether the files say anything at all in this field; where not, no partner is at fault."""
        return self.rows > self.missing

    @property
    def completeness(self):
        """Item completeness = (non-missing and non-unknown) / eligible, 0 to 1; None where nothing is eligible.

        A refusal is no value either, so it counts with what is not known. Source: the design of this planner, after
        item completeness as the NHS data quality publications use it.
        """
        return rate(self.given, self.eligible)

    @property
    def declared_unknown(self):
        """Declared-unknown rate = (unknown + refused) / eligible, 0 to 1; None where nothing is eligible."""
        return rate(self.declared, self.eligible)


def rate(count, base):
    """count / base as a share from 0 to 1 (or above, where the count is no part of the base); None for base 0."""
    return count / base if base else None


def validity(read, faulty):
    """Validity = cells read / cells filled: the share of filled cells that pass type, code list and range.

    `read` and `faulty`: counts of filled cells that could and could not be read; blank cells are neither. None where
    no cell was filled. Raises ValueError for negative counts.
    """
    if read < 0 or faulty < 0:
        raise ValueError("Cells are counted from nought")
    return rate(read, read + faulty)


def uniqueness(rows, duplicates):
    """Uniqueness = 1 - duplicates / rows on the post's key, 0 to 1; None without rows.

    `rows` counts all of them, `duplicates` those whose key an earlier row has. Raises ValueError where more rows are
    duplicates than there are.
    """
    if not 0 <= duplicates <= rows:
        raise ValueError("There cannot be more duplicates than rows")
    return None if rows == 0 else 1 - duplicates / rows


def read_column(path: Path, name: str) -> pd.Series:
    """One column of a stored snapshot, as Arrow holds it."""
    return pd.read_parquet(path, columns=[name], dtype_backend="pyarrow")[name]


def count_field(column: pd.Series) -> FieldCounts:
    """The counts of one field, from its category or from the state beside a number, month or year."""
    met = {str(word): int(count) for word, count in column.value_counts().items()}
    words = {word: met.get(word, 0) for word in WORDS if word != GIVEN}
    return FieldCounts(given=sum(met.values()) - sum(words.values()), **words)


def count_fields(path: Path) -> dict[str, FieldCounts]:
    """{field: its counts} of every field of the template that is no key."""
    return {field.name: count_field(read_column(path, field.state_column or field.name)) for field in MEASURED}


def count_duplicates(path: Path) -> tuple[int, int]:
    """(posts, posts whose key an earlier post has) of a snapshot."""
    keys = read_column(path, "post_key").dropna()
    return len(keys), len(keys) - keys.nunique()


def count_over(path: Path, age: int) -> tuple[int, int]:
    """(posts held by people of at least this age, posts whose age is given)."""
    ages = read_column(path, "age").dropna()
    return int((ages >= age).sum()), len(ages)
