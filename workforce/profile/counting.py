"""Counts everything of one partnership on one day: returns in, `Counted` out. Pure; what comes out is secret."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from workforce.posts import vocabulary
from workforce.profile import grains, tallying
from workforce.profile.counted import Block, Counted
from workforce.profile.fields import values_of
from workforce.profile.measures import BY_NAME, VERSION
from workforce.profile.reading import Snapshot
from workforce.profile.words import EVERY, NO_VALUE, NOT_RECORDED, WORDS

__all__ = ["VERSION", "Return", "count"]
CURRENT_FOR = timedelta(
    days=92
)  # a return that describes an earlier day than this before the report's is of another time


@dataclass(frozen=True)
class Return:
    """One ready snapshot. `snapshot` is the number that it is known by."""

    partner: str
    sector: str
    source: str
    posts: Path
    establishments: Path | None
    as_at: date
    snapshot: int


def count(returns, *, as_at, key_secret: bytes, labels, sizes=(), context=()) -> Counted:
    """Every measure of these returns.

    returns     of one partner and source the newest up to `as_at` counts, if it is at most three months older; those
                before serve only to see who stayed
    sizes       known sizes of the sector: workforce.quality.sector.KnownSize
    key_secret  record keys are made with it
    labels      {"partner": {slug: name}} of all partners, those without a return too
    context     published figures about people whom no return counts

    Blocks: `values` end with "no_value"; a measure without columns has the values ("all", "no_value"). The grains of a
    block are those in which the measure applies to somebody, so that a row that it has no grains of has no figure
    rather than 0. Summaries have figures in the measure's unit (a MEAN under "mean"); estimates are shares from 0 to 1.
    """
    current = newest(returns, as_at)
    partners = tuple(sorted({one.partner for one in current}, key=list(labels.get("partner", {})).index))
    counted = [_counted_return(one, as_at, key_secret) for one in current]
    places = [partners.index(one.partner) for one in current]
    blocks = {}
    for name in list(counted[0].tallies) if counted else ():
        block = _block(partners, places, [one.tallies.pop(name) for one in counted], BY_NAME[name])
        if block is not None:
            blocks[name] = block
    snapshots = {name: tuple(one.snapshot for one in current if one.partner == name) for name in partners}
    return Counted(partners, all_labels(labels), blocks, snapshots=snapshots)


def newest(returns, as_at):
    """Of each partner and source the newest return that describes the day or shortly before."""
    fresh = [one for one in returns if as_at - CURRENT_FOR < one.as_at <= as_at]
    found = {}
    for one in sorted(fresh, key=lambda one: (one.as_at, one.snapshot)):
        found[one.partner, one.source] = one
    return sorted(found.values(), key=lambda one: (one.partner, one.source))


def _counted_return(one, as_at, secret):
    everywhere = np.ones(len(vocabulary("service")), bool)
    counting = tallying.begin(Snapshot(one.posts), one.as_at, secret, everywhere)
    tallying.tally_posts(counting)
    return counting


def _block(partners, places, tallies, measure):
    """One measure of all returns; None where it applies to nobody."""
    joined = grains.joined(partners, [(place, tally.local) for place, tally in zip(places, tallies, strict=True)])
    counts, keys, bases = (_stacked(tallies, name) for name in ("counts", "keys", "bases"))
    mask = (counts if bases is None else bases).any(axis=1)
    if not mask.any():
        return None
    kept = [None if one is None else one[mask] for one in (counts, keys, bases)]
    return Block(grains.only(joined, mask), (*block_values(measure), NO_VALUE), *kept)


def _stacked(tallies, name):
    parts = [getattr(tally, name) for tally in tallies]
    return None if parts[0] is None else np.concatenate(parts)


def block_values(measure):
    return values_of(measure.field) if measure.columns else (EVERY,)


def all_labels(labels):
    """The words of the page for every value, and the names that the partnership gives to its partners."""
    words = {name: of | {NO_VALUE: NOT_RECORDED} for name, of in WORDS.items()}
    return words | {name: dict(of) for name, of in labels.items()}
