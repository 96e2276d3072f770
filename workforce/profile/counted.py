"""What was counted, for the gate only. Nothing that draws, writes or shows may import this module; a test sees to it.

A *grain* is a group of posts (or a workplace) that share partner, contributor, sector, service and role group; all
released tables add up grains. The contributor is the workplace for independent employers and otherwise the partner:
whose share of a cell the rule about dominance looks at.
"""

from dataclasses import dataclass, field

import numpy as np

DIMENSIONS = ("partner", "sector", "service", "role_group")


@dataclass(frozen=True, eq=False)
class Grains:
    """Arrays along grains: for each dimension the position in its values, and the number of the contributor."""

    values: dict[str, tuple[str, ...]]  # dimension -> its values: slugs of partners, or values of the template
    places: dict[str, np.ndarray]  # dimension -> position of each grain's value, int32; -1 where it has none
    contributor: np.ndarray  # int32

    def __len__(self):
        return len(self.contributor)


@dataclass(frozen=True, eq=False)
class Block:
    """Counts of one measure's field along its grains: `counts[grain, place of the value]`.

    `values` are those that a column is made of, in order, then "no_value" last (unknown, refused and missing taken
    together; not applicable is left out of the count). `keys` are sums of record keys over the same posts, for the
    public view. For SUM, MEAN and PLACES measures `counts` are sums, and `bases` the posts or workplaces behind them.
    """

    grains: Grains
    values: tuple[str, ...]
    counts: np.ndarray
    keys: np.ndarray | None = None
    bases: np.ndarray | None = None


@dataclass(frozen=True)
class Summary:
    """A mean or percentiles of one group, and who is behind it; `figures` column -> value, in the measure's unit."""

    rows: str  # breakdown: "role", "role_group", "sector", "service", "partner"
    row: str | None  # None: all
    figures: dict[str, float]
    base: int  # posts behind it
    contributors: int
    largest_share: float  # of the largest contributor, 0 to 1
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Estimate:
    """A share of the whole sector: as sent in, weighted to the known size, and the bounds if nothing is assumed."""

    measure: str
    unweighted: float | None
    weighted: float | None
    low: float | None
    high: float | None
    coverage: float | None
    base: int
    contributors: int


@dataclass(frozen=True, eq=False)
class Counted:
    """Everything that was counted of one partnership on one day."""

    partners: tuple[str, ...]  # slugs, in the order of Grains.values["partner"]
    labels: dict[str, dict[str, str]]  # dimension -> value -> words; partners under the names the partnership uses
    blocks: dict[str, Block] = field(default_factory=dict)  # measure -> block, for POSTS, SUM and PLACES
    summaries: dict[str, list[Summary]] = field(default_factory=dict)  # for MEAN and PERCENTILES
    estimates: list[Estimate] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)  # measure -> sentences for people, without figures
    snapshots: dict[str, tuple[int, ...]] = field(default_factory=dict)  # partner -> numbers of the snapshots read
