"""What is counted of a return, and the rates made of it. Counts are of posts or workplaces, rates are shares."""

from dataclasses import dataclass

from workforce.template import FIELDS_IN_ORDER, Kind

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
        """Whether the files say anything of anybody in this field; where not, a system does not hold it."""
        return self.given + self.declared > 0

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


@dataclass(frozen=True)
class Failed:
    check: str
    failed: int
    looked_at: int


def consistency(failed, posts):
    """Consistency = 1 - contradictions / posts, 0 to 1; a post with two counts twice. None without posts.

    Raises ValueError for more contradictions than posts: cap them first, and say so.
    """
    if not 0 <= failed <= posts:
        raise ValueError("There cannot be more posts that contradict themselves than posts")
    return None if not posts else 1 - failed / posts


@dataclass(frozen=True)
class Timeliness:
    """How long ago workplaces were last changed or confirmed, as at the day of the return. `known` and `all` count
    workplaces; those whose last change is not known are in none of the shares.
    """

    all: int
    known: int
    median_days: float | None
    within_6: int
    within_12: int
    over_24: int


@dataclass(frozen=True)
class CarryForward:
    """Workplaces that can be compared with the return before, and those with the very same flows in both."""

    compared: int
    same: int

    @property
    def share(self):
        """Carry-forward = workplaces with identical starters, leavers and vacancies / workplaces compared; or None."""
        return self.same / self.compared if self.compared else None


@dataclass(frozen=True)
class FlowClosure:
    """Workplaces in both of two returns: employees then and now, and who is said to have come and gone between."""

    workplaces: int
    before: float
    after: float
    starters: float
    leavers: float

    @property
    def residual(self):
        """dE - (S - L) in people: what the flows leave unexplained of the change in employees."""
        return (self.after - self.before) - (self.starters - self.leavers)

    @property
    def share(self):
        """(dE - (S - L)) / E, E being employees now; None without any. Never forced to nought."""
        return self.residual / self.after if self.after else None
