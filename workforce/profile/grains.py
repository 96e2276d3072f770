"""The grains of one return's posts: which posts share partner, contributor, sector, service and role group."""

from dataclasses import dataclass

import numpy as np

from workforce.posts import vocabulary
from workforce.profile.counted import DIMENSIONS, Grains
from workforce.profile.matching import numbered
from workforce.template import ABSENT, FIELDS

INDEPENDENT = ("independent_private", "independent_voluntary")
OF_POSTS = ("sector", "service", "role_group")


@dataclass(frozen=True, eq=False)
class Local:
    """Grains of one return. `values` along grains: positions in the template's values, -1 where it has none."""

    values: dict[str, np.ndarray]
    contributor: np.ndarray  # from 0 on, within this return
    contributors: int
    of_post: np.ndarray  # which grain each post is in

    def __len__(self):
        return len(self.contributor)


def grains_of(sector, service, role_group, workplace):
    """`Local` of posts. `workplace`: the number of each post's workplace, -1 for none; for others than independent
    employers, and for posts without a workplace, the contributor is the partner.
    """
    contributor, contributors = _contributors(sector, workplace)
    along = {"sector": sector, "service": service, "role_group": role_group}
    key = contributor
    for name in OF_POSTS:
        key = key * len(vocabulary(name)) + along[name]
    keys, of_post = numbered(key)
    values = {}
    for name in reversed(OF_POSTS):
        keys, places = np.divmod(keys, len(vocabulary(name)))
        values[name] = without_words(name, places)
    return Local(values, keys.astype(np.int32), contributors, of_post)


def _contributors(sector, workplace):
    """(number of each post's contributor, how many numbers): 0 is the partner, workplaces follow."""
    is_independent = np.isin(sector, [vocabulary("sector").index(value) for value in INDEPENDENT])
    numbers = np.where(is_independent & (workplace >= 0), workplace + 1, 0)
    return numbers, int(numbers.max(initial=0)) + 1


def without_words(name, places):
    """Positions in the template's values; the four words become -1."""
    return np.where(places < len(vocabulary(name)) - len(ABSENT), places, -1).astype(np.int32)


def joined(partners, parts):
    """Grains of several returns as one. `parts`: (partner's position, Local) in order.

    Contributors: first the partners, each under its position, then everybody else.
    """
    values = {"partner": tuple(partners)} | {name: FIELDS[name].values for name in OF_POSTS}
    places = {"partner": _stacked([np.full(len(local), partner) for partner, local in parts])}
    places |= {name: _stacked([local.values[name] for _, local in parts]) for name in OF_POSTS}
    contributors, begin = [], len(partners)
    for partner, local in parts:
        contributors.append(np.where(local.contributor == 0, partner, begin + local.contributor - 1))
        begin += local.contributors - 1
    return Grains({name: values[name] for name in DIMENSIONS}, places, _stacked(contributors))


def _stacked(parts):
    return np.concatenate([np.zeros(0, np.int32), *parts]).astype(np.int32)


def only(grains, mask):
    """The grains that `mask` marks."""
    if mask.all():
        return grains
    places = {name: along[mask] for name, along in grains.places.items()}
    return Grains(grains.values, places, grains.contributor[mask])
