"""Counts everything of one partnership on one day: returns in, `Counted` out. Pure; what comes out is secret."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from workforce.posts import vocabulary
from workforce.profile import estimating, grains, over_time, summarising
from workforce.profile.completeness import Notes, admitted
from workforce.profile.counted import Block, Counted
from workforce.profile.declaring import Kind
from workforce.profile.fields import values_of
from workforce.profile.measures import BY_NAME, VERSION, of_kind
from workforce.profile.one_return import count_return
from workforce.profile.reading import Snapshot
from workforce.profile.telling import tell_of_measures, tell_of_partners, tell_of_what_is_made_of
from workforce.profile.words import EVERY, NO_VALUE, NOT_RECORDED, WORDS

__all__ = ["VERSION", "Return", "count"]
CURRENT_FOR = timedelta(days=92)  # a return of a day that lies as far back describes another time
BLOCKS = [measure.name for measure in of_kind(Kind.POSTS, Kind.SUM, Kind.PLACES)]


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


def count(returns, *, as_at, key_secret: bytes, labels, sizes=(), context=(), earlier=()) -> Counted:
    """Every measure of these returns.

    returns     of one partner and source the newest up to `as_at` counts, if it is not three months older; those
                before serve only to see who stayed, as do those in `earlier`
    sizes       known sizes of the sector: workforce.quality.sector.KnownSize
    key_secret  record keys are made with it
    labels      {"partner": {slug: name}} of all partners, those without a return too
    context     published figures about people whom no return counts

    Blocks: `values` end with "no_value"; a measure without columns has the values ("all", "no_value"). The grains of a
    block are those in which the measure applies to somebody, so that a row that it has no grains of has no figure
    rather than 0. Summaries have figures in the measure's unit (a MEAN under "mean"); estimates are shares from 0 to 1.
    """
    names = labels.get("partner", {})
    current, notes = newest(returns, as_at), Notes(names)
    partners = _in_order({one.partner for one in current}, names)
    parts = list(zip([one.partner for one in current], _counted(current, key_secret, sizes), strict=True))
    blocks = {name: block for name in BLOCKS if (block := _block(name, partners, parts, notes)) is not None}
    found = _summaries(partners, parts, notes)
    found |= _followed(current, [one for one in (*returns, *earlier) if one not in current], parts, notes)
    tell_of_partners(notes, [*returns, *earlier], current, as_at)
    tell_of_measures(notes, parts, blocks, context)
    tell_of_what_is_made_of(notes)
    snapshots = {name: tuple(one.snapshot for one in current if one.partner == name) for name in partners}
    return Counted(partners, all_labels(labels), blocks, found, _estimates(sizes, parts, notes), notes.of, snapshots)


def _in_order(slugs, names):
    """Partners as `names` has them; those that it does not name come last."""
    return (*(slug for slug in names if slug in slugs), *sorted(slugs - set(names)))


def newest(returns, as_at):
    """Of each partner and source the newest return that describes the day or shortly before."""
    fresh = [one for one in returns if as_at - CURRENT_FOR < one.as_at <= as_at]
    found = {}
    for one in sorted(fresh, key=lambda one: (one.as_at, one.snapshot)):
        found[one.partner, one.source] = one
    return sorted(found.values(), key=lambda one: (one.partner, one.source))


def _counted(current, secret, sizes):
    for one, services in zip(current, services_that_count(current), strict=True):
        yield count_return(one, secret=secret, services=services, with_estimates=bool(sizes))


def services_that_count(current):
    """Which services count in each return: where a partner has several, the one with most filled posts of a service.

    A council may send the same workplaces in two formats, whose posts cannot be told to be the same.
    """
    posts = [_posts_by_service(one) if _has_others(one, current) else None for one in current]
    return [_largest(one, posts[place], current, posts) for place, one in enumerate(current)]


def _has_others(one, current):
    return sum(other.partner == one.partner for other in current) > 1


def _posts_by_service(one):
    snapshot = Snapshot(one.posts)
    return np.bincount(snapshot.column("service")[snapshot.is_filled], minlength=len(vocabulary("service")))


def _largest(one, mine, current, posts):
    """Services of which no other return of the partner has more; of two with the same, the first one counts."""
    counts = np.ones(len(vocabulary("service")), bool)
    place = current.index(one)
    for at, other in enumerate(current):
        if other.partner == one.partner and at != place:
            counts &= mine > posts[at] if at < place else mine >= posts[at]
    return counts


def _block(name, partners, parts, notes):
    """One measure of all returns that say enough; None where it applies to nobody."""
    kept = admitted(name, [(partner, one.tallies.pop(name)) for partner, one in parts], notes)
    if not kept:
        return None
    joined = grains.joined(partners, [(partners.index(partner), tally.local) for partner, tally in kept])
    counts, keys, bases = (_stacked(kept, of) for of in ("counts", "keys", "bases"))
    mask = counts.any(axis=1) if bases is None else bases[:, 0] > 0
    if not mask.any():
        return None
    arrays = [None if one is None else one[mask] for one in (counts, keys, bases)]
    return Block(grains.only(joined, mask), (*block_values(BY_NAME[name]), NO_VALUE), *arrays)


def _stacked(kept, of):
    arrays = [getattr(tally, of) for _, tally in kept]
    return None if arrays[0] is None else np.concatenate(arrays)


def block_values(measure):
    return values_of(measure.field) if measure.columns else (EVERY,)


def _summaries(partners, parts, notes):
    """Means and percentiles of the day."""
    found = {}
    for name in ("sick_days", "sickness_rate"):
        kept = admitted(name, [(partner, one.ratios[name]) for partner, one in parts], notes)
        if kept:
            found[name] = summarising.means(BY_NAME[name], partners, _numbered(partners, kept))
    kept = admitted("hourly_pay", [(partner, one.pay) for partner, one in parts], notes)
    if kept:
        pay = summarising.pay_percentiles(BY_NAME["hourly_pay"], partners, _numbered(partners, kept))
        found["hourly_pay"] = pay
    return {name: summaries for name, summaries in found.items() if summaries}


def _numbered(partners, kept):
    return [(partners.index(partner), one) for partner, one in kept]


def _followed(current, earlier, parts, notes):
    """What needs the return of a year before."""
    stayed, native = {}, []
    for one, (partner, counting) in zip(current, parts, strict=True):
        then = over_time.a_year_before(one, earlier)
        if then is None:
            notes.add("stability", f"{notes.name(partner)} is not counted here: there is no return of a year before.")
            continue
        followed = over_time.followed(Snapshot(then.posts), counting, one)
        stayed.setdefault(partner, []).append(followed.stayed)
        native += [followed.native] if followed.native else []
    found = {"stability": over_time.stability_summaries(stayed), "native_turnover": native}
    return {name: summaries for name, summaries in found.items() if summaries}


def _estimates(sizes, parts, notes):
    if not sizes:
        return []
    answers = [one.answers for _, one in parts]
    return estimating.estimates(sizes, answers, notes.counts)


def all_labels(labels):
    """The words of the page for every value, and the names that the partnership gives to its partners."""
    words = {name: of | {NO_VALUE: NOT_RECORDED} for name, of in WORDS.items()}
    return words | {name: dict(of) for name, of in labels.items()}
