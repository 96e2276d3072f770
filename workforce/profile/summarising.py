"""Means and percentiles by the rows of their tables, and who is behind each of them."""

from dataclasses import dataclass

import numpy as np

from workforce.deriving import ROLE_GROUPS
from workforce.profile import grains
from workforce.profile.counted import Summary
from workforce.profile.pay import PERCENTILES, percentiles
from workforce.template import FIELDS


@dataclass(frozen=True)
class Behind:
    """Posts, contributors and partners of one figure."""

    base: int
    contributors: int
    largest_share: float
    partners: tuple[str, ...]


def means(measure, partners, parts):
    """Summaries of a mean or a ratio. `parts`: (partner's position, Ratio) of the returns that count."""
    joined = grains.joined(partners, [(place, one.local) for place, one in parts])
    numerator, denominator, base = (_stacked(parts, name) for name in ("numerator", "denominator", "base"))
    found = []
    for rows, row, mask in rows_of(joined, measure.rows):
        below, behind = denominator[mask].sum(), behind_grains(joined, base, mask)
        if below > 0 and behind.base:
            found.append(_summary(rows, row, {"mean": float(numerator[mask].sum() / below)}, behind))
    return found


def _stacked(parts, name):
    return np.concatenate([getattr(one, name) for _, one in parts])


def _summary(rows, row, figures, behind):
    return Summary(rows, row, figures, behind.base, behind.contributors, behind.largest_share, behind.partners)


def rows_of(joined, names):
    """(breakdown, value, grains of it), the total first; breakdowns that grains do not have are left out."""
    yield names[0], None, np.ones(len(joined), bool)
    for name in names:
        for place, value in enumerate(joined.values.get(name, ())):
            yield name, value, joined.places[name] == place


def behind_grains(joined, base, mask):
    posts = np.where(mask, base, 0)
    by_contributor = np.bincount(joined.contributor, posts)
    by_partner = np.bincount(joined.places["partner"], posts)
    names = tuple(joined.values["partner"][place] for place in np.flatnonzero(by_partner))
    return _behind(by_contributor, names)


def _behind(by_contributor, names):
    total = by_contributor.sum()
    largest = float(by_contributor.max() / total) if total else 0.0
    return Behind(int(total), int((by_contributor > 0).sum()), largest, names)


def pay_percentiles(measure, partners, parts):
    """Summaries of pay, in pounds. `parts`: (partner's position, Pay) of the returns that count."""
    joined = grains.joined(partners, [(place, one.local) for place, one in parts])
    base = np.concatenate([one.base for _, one in parts])
    pence = {name: sum(one.pence[name] for _, one in parts) for name in ("role", "sector")}
    found = [_of_grains(measure, joined, base, None, pence["role"].sum(axis=0), np.ones(len(joined), bool))]
    found += [_of_group(measure, joined, base, group, roles, pence["role"]) for group, roles in _role_groups()]
    found += [_of_value("sector", joined, base, place, pence["sector"][place]) for place in range(_many("sector"))]
    found += [_of_partner(joined, base, place, parts) for place in range(len(partners))]
    found += [_of_role(partners, parts, place, pence["role"][place]) for place in range(_many("role"))]
    return [summary for summary in found if summary is not None]


def _many(name):
    return len(FIELDS[name].values)


def _role_groups():
    roles = FIELDS["role"].values
    for group in FIELDS["role_group"].values:
        yield group, [roles.index(role) for role in ROLE_GROUPS[group].split()]


def _of_grains(measure, joined, base, row, counts, mask, rows=None):
    behind = behind_grains(joined, base, mask)
    return _pounds(rows or measure.rows[0], row, counts, behind)


def _pounds(rows, row, counts, behind):
    if not behind.base:
        return None
    figures = dict(zip((f"p{at}" for at in PERCENTILES), (percentiles(counts) / 100).tolist(), strict=True))
    return _summary(rows, row, figures, behind)


def _of_group(measure, joined, base, group, roles, pence):
    mask = joined.places["role_group"] == joined.values["role_group"].index(group)
    return _of_grains(measure, joined, base, group, pence[roles].sum(axis=0), mask, "role_group")


def _of_value(name, joined, base, place, counts):
    mask = joined.places[name] == place
    return _pounds(name, joined.values[name][place], counts, behind_grains(joined, base, mask))


def _of_partner(joined, base, place, parts):
    counts = sum(one.pence["role"].sum(axis=0) for at, one in parts if at == place)
    return _of_value("partner", joined, base, place, counts)


def _of_role(partners, parts, place, counts):
    """Contributors of a role: the partner itself, and each independent workplace of its return."""
    by_partner = [0] * len(partners)
    others = []
    for at, one in parts:
        by_partner[at] += int(one.by_role[place, 0])
        others.append(one.by_role[place, 1:])
    with_posts = {at for at, one in parts if one.by_role[place].any()}
    names = tuple(partners[at] for at in sorted(with_posts))
    return _pounds("role", FIELDS["role"].values[place], counts, _behind(np.concatenate([by_partner, *others]), names))
