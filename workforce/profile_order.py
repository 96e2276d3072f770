"""What a profile is ordered with, and what is delivered: plain values that pass between the worker and the counting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from workforce.disclosure.released import Audience, ReleasedTable
from workforce.disclosure.rules import Rules


@dataclass(frozen=True)
class Given:
    """The snapshot of one return, where it can be read."""

    partner: str  # slug of the organisation
    sector: str
    source: str
    posts: Path
    establishments: Path | None
    as_at: date
    snapshot: int


@dataclass(frozen=True)
class Seen:
    """What somebody had before their eyes: an earlier report of the same partnership."""

    audience: Audience
    tables: tuple[ReleasedTable, ...]
    snapshots: Mapping[str, tuple[int, ...]]  # slug of the partner -> numbers of the snapshots counted
    as_at: date


@dataclass(frozen=True)
class Asked:
    """Everything that the tables of one report are made of."""

    as_at: date
    audience: Audience
    returns: list[Given]  # those to be counted, and earlier ones to see who stayed
    rules: Rules
    key_secret: bytes  # of record keys: the same for all reports of one partnership
    partner: str | None = None  # slug, where the report is one partner's own
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sizes: tuple = ()
    context: tuple = ()
    earlier: tuple[Seen, ...] = ()


@dataclass(frozen=True)
class Made:
    tables: tuple[ReleasedTable, ...]
    notes: Mapping[str, list[str]] = field(default_factory=dict)
    version: str = ""  # of the definitions
    snapshots: frozenset[int] = frozenset()  # those of the returns that are counted, and not only compared with
