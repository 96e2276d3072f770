"""Which columns and rows a table has: values are put together before anything is hidden.

Columns follow the fixed levels of a field's grouping (workforce/profile/fields.py), the finest first; where none will
do, the smallest are put together as well. Rows of services are put together where few posts or employers stand behind
them. The key of what was put together here names all its parts, joined by "|", so that whoever reads a table of an
earlier release knows what was in it.
"""

from dataclasses import dataclass

import numpy as np

from workforce.disclosure.dominance import concentration
from workforce.profile.fields import GROUPINGS
from workforce.profile.words import NO_VALUE

TOGETHER = "|"
OTHERS = "all_others"  # in place of a key that the register has no room for: whatever the table does not name
LONGEST = 100  # letters of a key in the register
NOT_STATED = "not_stated"  # the row of posts without a value of the breakdown
SHARE_OF_SMALL_CELLS = 0.2  # of partner × column: with more, wider columns are taken
SMALL_ROW = 30  # services with fewer posts are put together: nearly all of such a row would be hidden


@dataclass(frozen=True)
class Column:
    """`members`: positions of the block's values that it adds up."""

    key: str
    members: tuple[int, ...]


def levels_of(field, values):
    """(name, columns): all ways to put the values of a field together that its grouping knows, the finest first."""
    grouping = GROUPINGS.get(field) or [(field, {value: value for value in values})]
    return [(name, _columns(dict(of), values)) for name, of in grouping]


def _columns(of, values):
    members = {}
    for place, value in enumerate(values):
        members.setdefault(value if value == NO_VALUE else of.get(value, value), []).append(place)
    return tuple(Column(key, tuple(places)) for key, places in members.items())


def choose_columns(levels, by_partner, rules, threshold, *, special=False):
    """(name of the level, columns to show); no columns where a table would show nothing.

    `by_partner` [partner, value]. The finest level at which no column of the whole, nor of all partners but one, is
    small, and no more than a fifth of the cells of partners are; else the same with small columns put together.
    """
    for repair in (False, True):
        for name, columns in levels:
            tried = _together(columns, by_partner, rules, threshold, special) if repair else columns
            if _tells_something(tried) and _will_do(tried, by_partner, rules, threshold, special):
                return name, tried
    name, columns = levels[-1]
    tried = _together(columns, by_partner, rules, threshold, special)
    return name, tried if _tells_something(tried) else ()


def _tells_something(columns):
    """Whether anything is told apart but whether there is a value."""
    return len([column for column in columns if column.key != NO_VALUE]) > 1


def _will_do(columns, by_partner, rules, threshold, special):
    counts = added(columns, by_partner)
    small = is_small(counts, threshold, special)
    return not failing(counts, rules, threshold, special).any() and small.mean() <= SHARE_OF_SMALL_CELLS


def added(columns, counts):
    """`counts[…, value]` added up by column."""
    return np.stack([counts[..., list(column.members)].sum(axis=-1) for column in columns], axis=-1)


def is_small(counts, threshold, special):
    """Cells of [rows, columns] below the threshold; of a special field noughts too, unless the whole column is."""
    small = (counts > 0) & (counts < threshold)
    return small | ((counts == 0) & (counts.sum(axis=0) > 0)) if special else small


def failing(counts, rules, threshold, special):
    """Columns of [partner, column] that are small in all, or that one partner could subtract its own from.

    What the other partners have together must be nothing or at least `rules.width`, as they cannot be told apart from
    less than that many by somebody who knows the whole and his own.
    """
    total = counts.sum(axis=0)
    rest = (total - counts)[counts.any(axis=1)]
    few = (rest < rules.width) & ((rest > 0) | special)
    return (total > 0) & ((total < threshold) | (few.any(axis=0) & (len(rest) > 1)))


def _together(columns, by_partner, rules, threshold, special):
    """Failing columns put into one, with "other", then with the smallest that is left, until none fails."""
    while True:
        counts = added(columns, by_partner)
        bad = [columns[place] for place in np.flatnonzero(failing(counts, rules, threshold, special))]
        if not bad or len(columns) <= 1:
            return columns
        size = dict(zip(columns, counts.sum(axis=0).tolist(), strict=True))
        if len(bad) == 1:
            bad.append(min((one for one in columns if one not in bad), key=lambda one: _reluctance(one, size)))
        columns = _joined(columns, bad)


def _reluctance(column, size):
    """What goes together first: what was put together before, "other", and then the smallest."""
    parts = column.key.split(TOGETHER)
    return len(parts) == 1 and parts[0] != OTHERS, "other" not in parts, size[column], column.key


def joined_key(parts):
    """The key of what is put together; it names its parts, if there is room."""
    key = TOGETHER.join(parts)
    return OTHERS if OTHERS in parts or len(key) > LONGEST else key


def _joined(columns, bad):
    parts = [part for column in columns if column in bad for part in column.key.split(TOGETHER)]
    merged = Column(joined_key(parts), tuple(sorted(place for column in bad for place in column.members)))
    kept = [column for column in columns if column not in bad]
    last = [column for column in kept if column.key == NO_VALUE]
    return (*[column for column in kept if column.key != NO_VALUE], merged, *last)


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of one breakdown: their keys, and for each value the position of its row. A value unknown here is -1."""

    keys: tuple[str, ...]
    of_value: dict[str, int]

    def place(self, grains, name):
        """For each grain its row; grains without a value are in the row of those, if there is one."""
        rows = [self.of_value.get(value, -1) for value in grains.values[name]] + [self.of_value.get(NOT_STATED, -1)]
        return np.array(rows)[grains.places[name]]


def rows_of(blocks, name):
    """Each value of which anything was counted is a row, in the order of the values; so is what has no value."""
    order = dict.fromkeys(value for block in blocks for value in block.grains.values[name])
    found = set()
    for block in blocks:
        places = np.unique(block.grains.places[name][block.counts.any(axis=1)])
        found |= {block.grains.values[name][place] if place >= 0 else NOT_STATED for place in places}
    keys = [str(value) for value in (*order, NOT_STATED) if value in found]
    return Rows(tuple(keys), {key: place for place, key in enumerate(keys)})


def services_together(block, rows, rules):
    """Rows of services: those with few posts, few contributors or one that is nearly all of them are one row."""
    weak = set(_weak(block, rows, rules))
    while weak and len(weak) < len(rows.keys):
        joined = _rows_joined(rows, weak)
        if not _weak(block, joined, rules):
            return joined
        size = _size(block, rows)
        weak.add(min((key for key in rows.keys if key not in weak), key=lambda key: (size[key], key)))
    return rows if not weak else Rows((), {})


def _weak(block, rows, rules):
    counts = block.counts.sum(axis=1, keepdims=True)
    found = concentration(rows.place(block.grains, "service"), block.grains.contributor, counts, len(rows.keys))
    weak = found.gives_away(rules)[:, 0] | (found.total[:, 0] < SMALL_ROW)
    return [key for key, is_weak in zip(rows.keys, weak, strict=True) if is_weak]


def _size(block, rows):
    place, many = rows.place(block.grains, "service"), block.counts.sum(axis=1)
    size = np.bincount(place[place >= 0], many[place >= 0], len(rows.keys))
    return dict(zip(rows.keys, size.tolist(), strict=True))


def _rows_joined(rows, weak):
    kept = [key for key in rows.keys if key not in weak]
    last = joined_key([key for key in rows.keys if key in weak])
    of = {value: kept.index(value) if value in kept else len(kept) for value in rows.of_value}
    return Rows((*kept, last), of)
