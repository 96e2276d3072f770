"""Who of a year ago is still there: stability, and the leaver rate as the NHS has it."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from workforce.posts import vocabulary
from workforce.profile.counted import Summary
from workforce.profile.matching import is_among, numbered
from workforce.profile.rates import leaver_rate, stability_index
from workforce.profile.reading import Snapshot

A_YEAR, GIVE_OR_TAKE = 365, 31  # days


@dataclass(frozen=True, eq=False)
class Staff:
    """Employees in filled posts of one return: numbers of their posts, persons (0 unknown) and workplaces."""

    post: np.ndarray
    person: np.ndarray
    workplace: np.ndarray

    @property
    def identity(self):
        """The person, or the post where nobody knows who fills it."""
        return np.where(self.person != 0, self.person, self.post)

    @property
    def headcount(self):
        return len(numbered(self.identity)[0])


@dataclass(frozen=True)
class Stayed:
    before: int  # people a year ago
    still: int


def a_year_before(one, earlier):
    """The return of the same partner and source that lies nearest to a year before; None without any about then."""
    days = {other: (one.as_at - other.as_at).days for other in earlier if _same_sender(one, other)}
    near = [other for other, apart in days.items() if abs(apart - A_YEAR) <= GIVE_OR_TAKE]
    return min(near, key=lambda other: (abs(days[other] - A_YEAR), -other.snapshot), default=None)


def _same_sender(one, other):
    return (one.partner, one.source) == (other.partner, other.source)


def staff_of(snapshot: Snapshot, services) -> Staff:
    """`services`: mask along the template's vocabulary, which of them count in this partner's return."""
    employed = snapshot.is_filled & (snapshot.column("is_employee") == vocabulary("is_employee").index("yes"))
    if not services.all():
        employed &= services[snapshot.column("service")]
    return Staff(*(along[employed] for _, along in snapshot.columns(["post_key", "person_key", "establishment_key"])))


def stayed(before: Staff, now: Staff) -> Stayed:
    """People of workplaces that are in both returns, and how many of them are still employed by the partner.

    A workplace that is in one return only says nothing of who stayed: it may have closed or been passed on.
    """
    both = is_among(before.workplace, numbered(now.workplace)[0]) | (before.workplace == 0)
    before = Staff(before.post[both], before.person[both], before.workplace[both])
    there = is_among(before.post, now.post)
    elsewhere = np.flatnonzero(~there & (before.person != 0))
    there[elsewhere] = is_among(before.person[elsewhere], now.person)
    people, places = numbered(before.identity)
    return Stayed(len(people), int((np.bincount(places, there, len(people)) > 0).sum()))


def leavers_of(snapshot: Snapshot, services, closed, now: Staff, as_at: date) -> int:
    """People who left in the twelve months and are employed no more; none of those whose workplace closed."""
    names = ["post_key", "person_key", "establishment_key", "is_employee", "service", "leave_month"]
    read = dict(snapshot.columns(names))
    year_ago = (np.datetime64(as_at, "M") - 12 + 1).astype("datetime64[D]").astype(int)
    left = snapshot.is_left & (read["leave_month"] >= year_ago) & services[read["service"]]
    left &= read["is_employee"] != vocabulary("is_employee").index("no")
    left &= ~is_among(read["establishment_key"], closed)
    gone = Staff(read["post_key"][left], read["person_key"][left], read["establishment_key"][left])
    return len(np.unique(gone.identity[~is_among(gone.identity, now.identity)]))


@dataclass(frozen=True)
class Followed:
    stayed: Stayed
    native: Summary | None  # of NHS partners


def followed(before: Snapshot, counting, one) -> Followed:
    """One return beside that of a year before."""
    then, now = (staff_of(snapshot, counting.services) for snapshot in (before, counting.snapshot))
    native = _native(one, counting, then, now) if one.sector == "nhs" else None
    return Followed(stayed(then, now), native)


def _native(one, counting, then, now):
    """The leaver rate of one NHS partner, in per cent; None where nobody left is named, or nobody was there."""
    if not counting.snapshot.is_left.any():
        return None
    closed = counting.workplaces.key[counting.workplaces.is_closed]
    leavers = leavers_of(counting.snapshot, counting.services, closed, now, one.as_at)
    rate = leaver_rate(leavers, then.headcount, now.headcount)
    return rate and Summary("partner", one.partner, {"mean": 100 * rate}, leavers, 1, 1.0, (one.partner,))


def stability_summaries(stayed_of):
    """{partner: list of Stayed, one for each source} as summaries in per cent, of each partner and of all."""
    of = {partner: _added(several) for partner, several in stayed_of.items()}
    of = {partner: one for partner, one in of.items() if one.before}
    rows = [(None, tuple(of), _added(of.values())), *((name, (name,), one) for name, one in of.items())]
    return [_stability(row, partners, one, of) for row, partners, one in rows if one.before]


def _added(several):
    several = list(several)
    return Stayed(sum(one.before for one in several), sum(one.still for one in several))


def _stability(row, partners, one, of):
    largest = max(of[partner].before for partner in partners) / one.before
    figures = {"mean": 100 * stability_index(one.still, one.before)}
    return Summary("partner", row, figures, one.before, len(partners), largest, partners)
