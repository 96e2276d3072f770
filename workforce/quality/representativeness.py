"""Whom the returns stand for: coverage, weights, how even the response is, and what cannot be excluded.

A stratum is a kind of workplace, here a service and a size, of which N are known to exist and n sent something.
Arrays run along strata. Sources: post-stratification and effective sample size: Kish, Survey Sampling (1965); the
R-indicator: Schouten, Cobben and Bethlehem, Survey Methodology 35 (2009); no-assumption bounds: Manski (1989);
standardised differences and the limit of 0.2: Cohen (1988).
"""

from dataclasses import dataclass

import numpy as np

FEWEST_IN_STRATUM = 5
LARGE_DIFFERENCE = 0.2
EVERY = ""


@dataclass(frozen=True)
class Stratum:
    """Workplaces of one service and size: `known` exist (`known_posts` with them, None where nobody says), and `sent`
    of them sent their data, with `posts` filled in them, `employees` and, in a year, `leavers`.
    """

    service: str
    size_band: str
    known: int
    sent: int
    posts: float = 0
    known_posts: float | None = None
    employees: float = 0
    leavers: float = 0

    @property
    def mean_posts(self):
        return self.posts / self.sent if self.sent else None

    @property
    def estimated_posts(self):
        """Posts known to exist, or else N times the mean of those that sent; None where neither can be said."""
        if self.known_posts is not None:
            return self.known_posts
        return self.known * self.mean_posts if self.sent else None


def coverage_of_establishments(strata):
    """Coverage = responding / registered workplaces, as a share; None where none is known to exist."""
    known = sum(stratum.known for stratum in strata)
    return sum(stratum.sent for stratum in strata) / known if known else None


def coverage_of_posts(strata):
    """Coverage = responding posts / estimated posts, as a share; None where nothing can be estimated.

    Strata of which nothing was sent and no number of posts is known are left out of both: see `unestimated`.
    """
    judged = [stratum for stratum in strata if stratum.estimated_posts]
    estimated = sum(stratum.estimated_posts for stratum in judged)
    return sum(stratum.posts for stratum in judged) / estimated if estimated else None


def unestimated(strata):
    """Strata whose posts nobody can estimate: nothing was sent, and no number of posts is known."""
    return [stratum for stratum in strata if stratum.known and stratum.estimated_posts is None]


def collapse(strata, fewest=FEWEST_IN_STRATUM):
    """Strata joined until each has at least `fewest` that sent: sizes of a service first, then small services.

    Joining keeps every total. If all together have fewer, one stratum is left. Order: as first met.
    """
    by_service = _joined_where_few(strata, fewest, key=lambda one: one.service)
    return _joined_where_few(by_service, fewest, key=lambda one: EVERY)


def _joined_where_few(strata, fewest, key):
    """Within each group, join the strata with few that sent; if these are still few, the smallest other as well."""
    groups = {}
    for stratum in strata:
        groups.setdefault(key(stratum), []).append(stratum)
    return [made for group in groups.values() for made in _joined_group(group, fewest)]


def _joined_group(group, fewest):
    few = {place for place, stratum in enumerate(group) if stratum.sent < fewest}
    enough = sorted(set(range(len(group))) - few, key=lambda place: group[place].sent)
    while few and enough and sum(group[place].sent for place in few) < fewest:
        few.add(enough.pop(0))
    kept = [stratum for place, stratum in enumerate(group) if place not in few]
    return [*kept, joined([group[place] for place in sorted(few)])] if few else kept


def joined(strata):
    """Several strata as one; its posts are known where those of all are known or can be estimated."""
    if len(strata) == 1:
        return strata[0]
    estimates = [stratum.known_posts for stratum in strata]
    services, sizes = ({getattr(stratum, name) for stratum in strata} for name in ("service", "size_band"))
    return Stratum(
        service=services.pop() if len(services) == 1 else EVERY,
        size_band=sizes.pop() if len(sizes) == 1 else EVERY,
        known_posts=None if None in estimates else sum(estimates),
        **{name: sum(getattr(stratum, name) for stratum in strata)
           for name in ("known", "sent", "posts", "employees", "leavers")},
    )  # fmt: skip


def weights(known, sent):
    """Post-stratification weights w_h = N_h / n_h: how many known workplaces each that sent stands for.

    Raises ValueError where a stratum sent nothing: collapse first. The weights of all that sent add up to N.
    """
    known, sent = np.asarray(known, float), np.asarray(sent, float)
    if (sent <= 0).any():
        raise ValueError("A stratum in which nobody sent anything has no weight")
    return known / sent


def effective_sample(weight, sent):
    """n_eff = (sum of w)^2 / sum of w^2 over workplaces; as many as sent where all weights are equal, else fewer."""
    weight, sent = np.asarray(weight, float), np.asarray(sent, float)
    squares = (sent * weight**2).sum()
    return float((sent * weight).sum() ** 2 / squares) if squares else 0.0


def weighted_ratio(weight, numerators, denominators):
    """(sum of w x numerator) / (sum of w x denominator) over strata, such as leavers over employees; None for 0."""
    below = float((np.asarray(weight, float) * np.asarray(denominators, float)).sum())
    return float((np.asarray(weight, float) * np.asarray(numerators, float)).sum()) / below if below else None


def propensities(known, sent):
    """rho_h = n_h / N_h, the share that sent, at most 1 (more may send than are known); 0 where none is known."""
    known, sent = np.asarray(known, float), np.asarray(sent, float)
    return np.minimum(1, np.divide(sent, known, out=np.zeros(len(known)), where=known > 0))


def spread_of_response(known, sent):
    """S(rho): the standard deviation of response over workplaces, S^2 = sum of N_h (rho_h - mean)^2 / (N - 1)."""
    known, rho = np.asarray(known, float), propensities(known, sent)
    total = known.sum()
    if total <= 1:
        return 0.0
    mean = (known * rho).sum() / total
    return float(np.sqrt((known * (rho - mean) ** 2).sum() / (total - 1)))


def r_indicator(known, sent):
    """R = 1 - 2 S(rho): 1 where every kind of workplace answers equally often, lower the less even the response.

    S is largest where half answer and half never do, so R is 0 or (with the N - 1 of few workplaces) just below.
    """
    return 1 - 2 * spread_of_response(known, sent)


def most_bias(known, sent, spread_of_measure):
    """Maximum absolute bias of an unweighted mean, (1 - R) S(y) / (2 mean rho), in the measure's own unit.

    None where nobody sent anything. For a share p, S(y) is at most sqrt(p (1 - p)).
    """
    known = np.asarray(known, float)
    mean = (known * propensities(known, sent)).sum() / known.sum() if known.sum() else 0
    return None if not mean else (1 - r_indicator(known, sent)) * spread_of_measure / (2 * float(mean))


def spread_of_share(share):
    """S(y) of a yes-or-no measure that a share p has: sqrt(p (1 - p))."""
    return float(np.sqrt(share * (1 - share)))


def no_assumption_bounds(share, coverage):
    """[C p, C p + (1 - C)]: where the whole sector's share must lie if nothing is assumed of those who sent nothing.

    `share` among those who sent and `coverage`, both 0 to 1; raises ValueError outside of that.
    """
    if not (0 <= share <= 1 and 0 <= coverage <= 1):
        raise ValueError("A share and a coverage lie between 0 and 1")
    return coverage * share, coverage * share + (1 - coverage)


def standardised_difference(share, frame_share):
    """d = (p - P) / sqrt((p(1 - p) + P(1 - P)) / 2) between those who sent and the frame; without unit.

    0 where the shares are equal; infinite where both are without spread and differ.
    """
    spread = np.sqrt((share * (1 - share) + frame_share * (1 - frame_share)) / 2)
    if share == frame_share:
        return 0.0
    return float((share - frame_share) / spread) if spread else float(np.copysign(np.inf, share - frame_share))


@dataclass(frozen=True)
class Difference:
    """How much more (or, below 0, less) often a kind of workplace is met among those who sent than in the frame."""

    variable: str
    value: str
    sent: int
    of: int  # all that sent
    frame_share: float
    difference: float

    @property
    def share(self):
        return self.sent / self.of

    @property
    def is_large(self):
        return abs(self.difference) > LARGE_DIFFERENCE


def differences(strata, variable):
    """The standardised differences of each service or size band between those who sent and the frame."""
    known, sent = (sum(getattr(stratum, name) for stratum in strata) for name in ("known", "sent"))
    if not known or not sent:
        return []
    return [_difference(strata, variable, value, known, sent) for value in _values(strata, variable)]


def _values(strata, variable):
    return list(dict.fromkeys(getattr(stratum, variable) for stratum in strata))


def _difference(strata, variable, value, known, sent):
    here = [stratum for stratum in strata if getattr(stratum, variable) == value]
    here_sent, frame = sum(stratum.sent for stratum in here), sum(stratum.known for stratum in here) / known
    return Difference(variable, value, here_sent, sent, frame, standardised_difference(here_sent / sent, frame))
