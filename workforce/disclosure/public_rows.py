"""Which groups of posts the public may see anything of but their size.

A group is a row of a breakdown: a sector, a service, a role group. It is left out where few posts or too few employers
stand in it, and where it can be subtracted from another shown group that it is part of and what is left is such a one.
"""

import numpy as np

from workforce.disclosure.dominance import gives_away_an_employer
from workforce.disclosure.layout import TOTAL

SHOWN_BY = ("sector", "service", "role_group")  # never by partner


def groups_to_show(block, rules):
    """{breakdown: values} that may be shown of the block with all posts; {} where not even all posts may be.

    Rule: every group, and every difference of a group and the shown groups of one breakdown within it, holds at least
    rules.public_threshold posts and does not give an employer away (three contributors, p%).
    """
    posts = block.counts.sum(axis=1)
    groups = _groups(block, posts)
    everybody = groups.pop(("", None))
    if not _is_safe(everybody, posts, block, rules):
        return {}
    shown = {name: mask for name, mask in groups.items() if _is_safe(mask, posts, block, rules)}
    while lost := _first_unsafe(everybody, shown, posts, block, rules):
        del shown[lost]
    return {name: {value for of, value in shown if of == name} for name in SHOWN_BY}


def _groups(block, posts):
    """Group -> which grains with posts are in it."""
    found = {("", None): posts > 0}
    for name in SHOWN_BY:
        for place, value in enumerate(block.grains.values[name]):
            mask = (block.grains.places[name] == place) & (posts > 0)
            if mask.any():
                found[name, value] = mask
    return found


def _is_safe(mask, posts, block, rules):
    if posts[mask].sum() < rules.public_threshold:
        return False
    return not gives_away_an_employer(np.bincount(block.grains.contributor[mask], posts[mask]).tolist(), rules)


def _first_unsafe(everybody, shown, posts, block, rules):
    """The smallest group that has to go so that some difference cannot be made; None when all differences are safe."""
    for outer in [everybody, *shown.values()]:
        for name in SHOWN_BY:
            inside = {group: mask for group, mask in shown.items() if group[0] == name and not (mask & ~outer).any()}
            rest = outer & ~np.logical_or.reduce([np.zeros_like(outer), *inside.values()])
            if inside and rest.any() and not _is_safe(rest, posts, block, rules):
                return min(inside, key=lambda group: (posts[inside[group]].sum(), group))
    return None


def rows_allowed(layout, groups):
    """Boolean along the layout's rows: whether more than their size may be shown."""
    allowed = [value in groups.get(name, ()) for name, value in layout.rows]
    allowed[TOTAL] = bool(groups)
    return np.array(allowed)
