"""The returns of a partnership beside the known size of its sector: who is there, who is not, and what follows."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from workforce.quality import representativeness as rep
from workforce.quality.gates import BALANCE, Colour
from workforce.quality.showing import in_order


@dataclass(frozen=True)
class KnownSize:
    """How many workplaces and posts of a kind are known to exist. A blank size band means all sizes."""

    service: str
    as_at: date
    size_band: str = ""
    establishments: int | None = None
    posts: int | None = None


@dataclass(frozen=True)
class Sent:
    """What one return has to say of its workplaces: `strata` as establishments.strata_of makes them."""

    partner: object
    strata: tuple[dict, ...]
    over_50: tuple[int, int] = (0, 0)  # posts held by people over 50, posts whose age is known


def sizes_in_force(sizes):
    """The newest size of each kind; where a service is known both whole and by size, whichever was said later.

    Of the same day, the sizes count. So no workplace is counted twice.
    """
    newest = {}
    for size in sizes:
        key = size.service, size.size_band
        if key not in newest or newest[key].as_at < size.as_at:
            newest[key] = size
    services = {service for service, _ in newest}
    found = [size for service in services for size in _of_service(service, newest.values())]
    return sorted(found, key=lambda size: in_order(size.service, size.size_band))


def _of_service(service, newest):
    of = [size for size in newest if size.service == service]
    whole, banded = [size for size in of if not size.size_band], [size for size in of if size.size_band]
    if whole and banded:
        return whole if whole[0].as_at > max(size.as_at for size in banded) else banded
    return whole or banded


def counted_once(returns):
    """(service, size band, figures) of all returns; of two returns of one partner the larger one of a service counts.

    A council may send the same workplaces in two formats, whose workplaces cannot be told to be the same.
    """
    largest = {}
    for sent in returns:
        by_service = {}
        for figures in sent.strata:
            by_service.setdefault(figures["service"], []).append(figures)
        for service, strata in by_service.items():
            key = sent.partner, service
            if key not in largest or _posts(largest[key]) < _posts(strata):
                largest[key] = strata
    return [figures for strata in largest.values() for figures in strata]


def _posts(strata):
    return sum(figures["posts"] for figures in strata)


@dataclass(frozen=True)
class Sector:
    """What the returns stand for. `strata` are those whose size is known, `outside` workplaces of any other kind."""

    strata: tuple[rep.Stratum, ...]
    outside: tuple[dict, ...] = ()
    over_50: tuple[int, int] = (0, 0)
    unsettled: int = 0
    fewest: int = field(default=rep.FEWEST_IN_STRATUM)

    @cached_property
    def framed(self):
        """Strata of which the number of workplaces is known."""
        return [stratum for stratum in self.strata if stratum.known]

    @cached_property
    def weighted(self):
        """The strata that weights are made of, collapsed; none where nobody sent anything."""
        found = rep.collapse(self.framed, self.fewest)
        return found if all(stratum.sent for stratum in found) else []

    def _column(self, name, strata=None):
        return [getattr(stratum, name) for stratum in (self.framed if strata is None else strata)]

    @property
    def coverage(self):
        """Of workplaces: responding / known."""
        return rep.coverage_of_establishments(self.framed)

    @property
    def coverage_of_posts(self):
        return rep.coverage_of_posts(self.strata)

    @property
    def estimated_posts(self):
        """Of strata of which posts are known or can be estimated."""
        return sum(stratum.estimated_posts or 0 for stratum in self.strata)

    @property
    def unestimated(self):
        return rep.unestimated(self.strata)

    @cached_property
    def weights(self):
        return rep.weights(self._column("known", self.weighted), self._column("sent", self.weighted))

    @property
    def effective_sample(self):
        return rep.effective_sample(self.weights, self._column("sent", self.weighted)) if self.weighted else None

    @property
    def r_indicator(self):
        sent = sum(stratum.sent for stratum in self.framed)
        return rep.r_indicator(self._column("known"), self._column("sent")) if sent else None

    @property
    def turnover(self):
        """(unweighted, weighted): leavers / employees; None where nobody gives them."""
        columns = [self._column(name, self.weighted) for name in ("leavers", "employees")]
        if not self.weighted:
            return None, None
        ones = [1] * len(self.weighted)
        return rep.weighted_ratio(ones, *columns), rep.weighted_ratio(self.weights, *columns)

    @property
    def share_over_50(self):
        over, known = self.over_50
        return over / known if known else None

    @property
    def coverage_of_ages(self):
        """Posts with a known age / estimated posts, at most 1: what the bounds are made with."""
        return min(1, self.over_50[1] / self.estimated_posts) if self.estimated_posts else None

    @property
    def bounds_over_50(self):
        share, coverage = self.share_over_50, self.coverage_of_ages
        return None if share is None or coverage is None else rep.no_assumption_bounds(share, coverage)

    @property
    def most_bias_over_50(self):
        if self.share_over_50 is None or not self.framed:
            return None
        spread = rep.spread_of_share(self.share_over_50)
        return rep.most_bias(self._column("known"), self._column("sent"), spread)

    @cached_property
    def differences(self):
        """How workplaces that sent data differ from all that are known, by service and (where known) by size."""
        by_size = [stratum for stratum in self.framed if stratum.size_band]
        return [*rep.differences(self.framed, "service"), *rep.differences(by_size, "size_band")]

    @property
    def colour(self):
        if not self.differences:
            return Colour.NONE
        return BALANCE.colour(max(abs(one.difference) for one in self.differences))


def sector_of(sizes, returns):
    """Known sizes and returns, brought together."""
    sizes, figures = sizes_in_force(sizes), counted_once(returns)
    taken, strata = set(), []
    for size in sizes:
        here = [place for place, one in enumerate(figures) if _is_of(one, size)]
        taken.update(here)
        strata.append(_stratum(size, [figures[place] for place in here]))
    outside = tuple(one for place, one in enumerate(figures) if place not in taken)
    over = tuple(sum(sent.over_50[place] for sent in returns) for place in (0, 1))
    return Sector(tuple(strata), outside, over, sum(one["unsettled"] for one in figures))


def _is_of(figures, size):
    return figures["service"] == size.service and size.size_band in ("", figures["size_band"])


def _stratum(size, figures):
    total = {name: sum(one[name] for one in figures) for name in ("establishments", "posts", "employees", "leavers")}
    return rep.Stratum(
        service=size.service, size_band=size.size_band, known=size.establishments or 0, sent=total["establishments"],
        posts=total["posts"], known_posts=size.posts, employees=total["employees"], leavers=total["leavers"],
    )  # fmt: skip
