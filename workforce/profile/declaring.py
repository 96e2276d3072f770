"""What a measure is. Each is declared once (workforce/profile/measures/) and walked by counting, gate and report."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    POSTS = "posts by category"  # each post is in one category of one field, or among those without a value
    SHARE = "share of posts"  # made of the released cells of a POSTS measure: numerator / denominator, in per cent
    SUM = "sum over posts"  # of a number, such as whole-time equivalents
    PLACES = "counts of workplaces"  # workplaces, or what they count: starters, leavers, vacancies, employees
    RATE = "rate of two counts"  # made of the released cells of PLACES measures: numerator / denominator, in per cent
    MEAN = "mean over posts"
    PERCENTILES = "percentiles over posts"
    ESTIMATE = "share of the whole sector"  # unweighted, weighted, and the bounds if nothing is assumed


# Breakdowns of rows, the same for every measure that can have them. A table is rows x columns, both with totals.
PARTNER, SECTOR, SERVICE, ROLE_GROUP = "partner", "sector", "service", "role_group"
ROWS = (PARTNER, SECTOR, SERVICE, ROLE_GROUP)


@dataclass(frozen=True)
class Measure:
    """One measure, on one definition for all partners. Words are for people who are no statisticians."""

    name: str  # as files and addresses have it
    label: str
    meaning: str  # one or two plain sentences
    part: str  # the part of the report that it stands in: a key of workforce/reporting/parts.py
    kind: Kind
    unit: str  # "posts", "%", "WTE", "workplaces", "people", "£ an hour", "days"
    population: str  # whom it is about, in words
    numerator: str = ""  # in words
    denominator: str = ""
    missing: str = ""  # what becomes of posts without a value, in words
    source: str = ""  # whose definition it is
    field: str = ""  # of the common template, or a derived field named in workforce/profile/fields.py
    columns: str = ""  # the name of the breakdown in the columns, such as "age_band"; "" for one figure in each row
    rows: tuple[str, ...] = ROWS  # the breakdowns that it is shown by
    of: str = ""  # SHARE: the POSTS measure that it is made of
    over: tuple[str, ...] = ()  # SHARE: values in the numerator; RATE: the numerator's columns
    among: tuple[str, ...] = ()  # SHARE: values in the denominator; RATE: the denominator's columns
    minimum_base: int = 10  # a SHARE, RATE, MEAN or PERCENTILES of fewer is not shown
    special: bool = False  # a protected characteristic, pay or sickness: the higher threshold in every view
    flow: bool = False  # starters, leavers and the like: fewer than ten are never shown
    is_shown: bool = True  # False: others see only rates that are made of it
