"""Shares of the whole sector: as sent in, weighted to the number of workplaces that exist, and their outer bounds.

A stratum is a service and a size of workplace whose number is known. Its workplaces that answered stand for those that
did not (workforce/quality/representativeness.py has the formulas and their sources).
"""

from dataclasses import dataclass

import numpy as np

from workforce.posts import vocabulary
from workforce.profile.counted import Estimate
from workforce.profile.declaring import Kind
from workforce.profile.fields import values_of
from workforce.profile.measures import BY_NAME, of_kind
from workforce.profile.workplaces import SIZES, counts_in_rate
from workforce.quality import representativeness as rep
from workforce.quality.sector import sizes_in_force

ESTIMATES = of_kind(Kind.ESTIMATE)
SERVICES = vocabulary("service")
STRATA = len(SERVICES) * len(SIZES)
OF_POSTS = tuple(BY_NAME[one.of].of for one in ESTIMATES if BY_NAME[one.of].kind is Kind.SHARE)  # measures of posts


@dataclass(frozen=True, eq=False)
class Answers:
    """Of one return, by service and size of workplace: for each estimate the numerator, denominator and workplaces."""

    numerator: dict[str, np.ndarray]
    denominator: dict[str, np.ndarray]
    workplaces: dict[str, np.ndarray]
    posts: np.ndarray


def stratum_of(workplaces):
    """The number of each workplace's stratum: service and size."""
    return workplaces.service.astype(np.int64) * len(SIZES) + workplaces.size_band


def strata_of(workplaces, place):
    """The stratum of each post by its workplace; STRATA for posts of none."""
    return np.append(stratum_of(workplaces), STRATA)[place]


def by_stratum(strata, codes, many):
    """Posts by stratum and code."""
    wide = many + 2
    return np.bincount(strata * wide + codes, minlength=(STRATA + 1) * wide).reshape(-1, wide)[:-1]


def answers_of(workplaces, here, by_value, filled, as_at):
    """`by_value`: measure of posts -> posts by stratum and code; `filled`: filled posts by stratum."""
    numerator, denominator, answered = {}, {}, {}
    strata = stratum_of(workplaces)
    for one in ESTIMATES:
        of = BY_NAME[one.of]
        if of.kind is Kind.SHARE:
            numerator[one.name], denominator[one.name] = _of_posts(of, by_value[of.of])
            answered[one.name] = _in_strata(strata, here & (workplaces.posts_in_file > 0))
        else:
            counts = here & counts_in_rate(workplaces, of.over[0], as_at)
            flow = _in_strata(strata, counts, getattr(workplaces, of.over[0]))
            base = _in_strata(strata, counts, workplaces.employees)
            numerator[one.name], answered[one.name] = flow, _in_strata(strata, counts)
            denominator[one.name] = base + flow if of.over[0] in of.among else base
    return Answers(numerator, denominator, answered, filled)


def _of_posts(share, by_value):
    values = values_of(share.field)
    return tuple(by_value[:, [values.index(value) for value in of]].sum(axis=1) for of in (share.over, share.among))


def _in_strata(strata, mask, values=None):
    return np.bincount(strata[mask], None if values is None else values[mask], STRATA)


def estimates(sizes, answers, counts):
    """Of every share that can be estimated. `counts(measure, place)`: whether the return at this place of `answers`
    counts in a measure of posts.
    """
    sizes, found = sizes_in_force(sizes), []
    for one in ESTIMATES:
        kept = [its for place, its in enumerate(answers) if counts(BY_NAME[one.of].of, place)]
        found.append(_estimate(one.name, sizes, kept))
    return [one for one in found if one is not None]


def _estimate(name, sizes, answers):
    strata = [_stratum(size, name, answers) for size in sizes]
    base = sum(stratum.employees for stratum in strata)
    if not base:
        return None
    share = sum(stratum.leavers for stratum in strata) / base
    coverage = _coverage(name, strata, base)
    low, high = (None, None) if coverage is None else rep.no_assumption_bounds(share, coverage)
    contributors = sum(stratum.sent for stratum in strata)
    return Estimate(name, share, _weighted(strata), low, high, coverage, int(base), int(contributors))


def _stratum(size, name, answers):
    """A stratum with the share's numerator and denominator where those of turnover stand otherwise."""
    bands = range(len(SIZES)) if not size.size_band else [SIZES.index(size.size_band)]
    places = [SERVICES.index(size.service) * len(SIZES) + band for band in bands]
    numerator, denominator, sent = (
        float(sum(getattr(one, of)[name][places].sum() for one in answers))
        for of in ("numerator", "denominator", "workplaces")
    )
    posts = float(sum(one.posts[places].sum() for one in answers))
    return rep.Stratum(size.service, size.size_band, size.establishments or 0, int(sent), posts, size.posts,
                       denominator, numerator)  # fmt: skip


def _weighted(strata):
    """Each workplace that answered stands for known / answered of its stratum; None where that cannot be said."""
    framed = rep.collapse([stratum for stratum in strata if stratum.known])
    if not framed or not all(stratum.sent for stratum in framed):
        return None
    columns = [[getattr(stratum, name) for stratum in framed] for name in ("known", "sent", "leavers", "employees")]
    return rep.weighted_ratio(rep.weights(*columns[:2]), *columns[2:])


def _coverage(name, strata, base):
    """Posts with a value / posts that exist or can be estimated, at most 1; None for rates, which have no bounds."""
    if BY_NAME[BY_NAME[name].of].kind is not Kind.SHARE:
        return None
    estimated = sum(stratum.estimated_posts or 0 for stratum in strata)
    return min(1.0, base / estimated) if estimated and not rep.unestimated(strata) else None
