"""One field's tables: which columns they have, which cells are small or give somebody away, and what else is hidden."""

from dataclasses import dataclass, field

import numpy as np

from workforce.disclosure.collapsing import Column, added, choose_columns, is_small, levels_of
from workforce.disclosure.dominance import concentration
from workforce.disclosure.earlier import NOTHING, Past
from workforce.disclosure.hiding import protect
from workforce.disclosure.linked import EACH_SERVICE, ENDLESS, Linked, sums
from workforce.disclosure.recalling import add_past, recall, small_in_past
from workforce.profile.counted import DIMENSIONS, Block
from workforce.profile.declaring import PARTNER, ROLE_GROUP, SERVICE
from workforce.profile.words import NO_VALUE

MOSTLY = 0.4  # of a field's cells: where more are hidden, wider columns tell more
TOTAL = "all"  # the key of the column of all posts; "|" and values never look like it in a table of more columns


@dataclass(frozen=True, eq=False)
class Field:
    """What is to be judged.

    `sums` are further columns that shares are made of, `told` those that other fields' totals tell: sets of the block's
    values. `kinds`: for each value the role group that it belongs to, where a value can be in one only.
    """

    block: Block
    name: str  # of the field, for its grouping
    breakdowns: tuple[str, ...]
    threshold: int
    special: bool = False
    sums: tuple[tuple[str, ...], ...] = ()
    told: tuple[tuple[str, ...], ...] = ()
    kinds: tuple[str, ...] = ()
    by_size: bool = False  # nothing but size: no contributors needed
    posts: Block | None = None  # those that the field's rows are some or all of, where their number is shown
    single: bool = False  # one figure in each row, no columns

    @property
    def whole(self):
        """All posts are in it, so its rows' totals are shown by other tables too."""
        return self.posts is not None and self.block.counts.sum() == self.posts.counts.sum()


@dataclass(eq=False)
class Judged:
    """The tables of one field: `hidden` and `counts` by breakdown [rows, columns]; `total` by column."""

    columns: tuple[Column, ...]  # those of the table, then those that shares are made of, then all
    shown: int  # how many of them are columns of the table
    counts: dict[str, np.ndarray] = field(default_factory=dict)
    hidden: dict[str, np.ndarray] = field(default_factory=dict)
    total: np.ndarray | None = None
    level: str = ""
    single: bool = False
    nothing: bool = False  # there is nothing to show
    coarse: bool = False  # values were put together

    def place(self, members):
        """The column that adds up exactly these values, or None."""
        wanted = set(members)
        return next((n for n, column in enumerate(self.columns) if set(column.members) == wanted), None)


@dataclass(frozen=True, eq=False)
class Around:
    """What other tables say already. All by breakdown: rows hidden whole, with or without the number of posts, and
    cells (rows x values of the block) that cannot be hidden because another field tells them.
    """

    rows: dict
    partners: int
    without_posts: dict = field(default_factory=dict)
    hidden: dict = field(default_factory=dict)
    known: dict = field(default_factory=dict)
    past: Past = NOTHING
    past_views: tuple = ()


def judge(asked: Field, around: Around, rules):
    """All tables of one field.

    Levels are tried from the finest: where a breakdown could not be protected or most of a table would be hidden, the
    next wider columns are taken, and at the widest a breakdown that cannot be protected is left out. An earlier release
    of the very same returns has settled both already.
    """
    levels, dropped = _settled(asked, around, levels_of(asked.name, asked.block.values))
    by_partner = _by_partner(asked.block, around.rows[PARTNER])
    while True:
        level, columns = "", ()
        if not asked.single:
            level, columns = choose_columns(levels, by_partner, rules, asked.threshold, special=asked.special)
        judged, hopeless = _at_level(asked, columns, around, rules, dropped)
        wider = [(name, one) for name, one in levels if len(one) < len(columns)]
        if wider and (hopeless or _mostly_hidden(judged)):
            levels = wider
        elif not hopeless or not judged.counts:
            judged.level, judged.single = level, asked.single
            return judged
        else:
            dropped = dropped | {_first_to_go(hopeless, judged.counts)}


def _settled(asked, around, levels):
    """(levels that are left, breakdowns left out) by the newest earlier release of the very same returns."""
    settled = [view for view in around.past_views if view.release == around.past.same_returns]
    if not settled:
        return levels, set()
    names = [name for name, _ in levels]
    begin = names.index(settled[0].columns_name) if settled[0].columns_name in names else 0
    return levels[begin:], set(asked.breakdowns) - {view.breakdown for view in settled}


def _mostly_hidden(judged):
    cells = [hidden[:, : judged.shown].ravel() for hidden in judged.hidden.values()]
    return bool(cells) and np.concatenate(cells).mean() > MOSTLY


def _by_partner(block, rows):
    return sums(rows.place(block.grains, PARTNER), block.counts, len(rows.keys))


def _first_to_go(hopeless, names):
    """The breakdown that cannot be protected; if it is that of partners, or of an earlier release, another goes first:
    the one that is missed least.
    """
    order = (SERVICE, ROLE_GROUP, "sector", PARTNER)
    views = {SERVICE if lack.view == EACH_SERVICE else lack.view.split(" in ")[0] for lack in hopeless} & set(names)
    return next(name for name in order if name in ((views - {PARTNER}) or names))


def _at_level(asked, columns, around, rules, dropped):
    """The field's tables with these columns, and what could not be protected in them."""
    given = [place for place, value in enumerate(asked.block.values) if not asked.single or value != NO_VALUE]
    shown = len(columns)
    columns = (*_with_sums(asked, columns), Column(TOTAL, tuple(given)))
    judged = Judged(columns, shown, coarse=shown != len(asked.block.values))
    judged.total = added(columns, asked.block.counts.sum(axis=0))
    if not shown and (not asked.single or 0 < judged.total[-1] < asked.threshold):
        judged.nothing = True
        return judged, set()
    names = [name for name in asked.breakdowns if name not in dropped and around.rows[name].keys]
    linked, places = linked_of(asked, columns, around, names)
    primary = {name: _primary(asked, judged, linked.views[name], places[name], name, rules) for name in names}
    if SERVICE in names:
        primary[EACH_SERVICE] = _small_in_silence(asked, judged, linked.views[EACH_SERVICE])
    known = recall(asked, columns, around, linked)
    primary |= small_in_past(asked, linked)
    hopeless = protect(linked, primary, width=rules.width, known=known, to_the_end=False)
    judged.counts = {name: linked.views[name].counts[:, : len(columns)] for name in names}
    judged.hidden = {name: linked.views[name].hidden[:, : len(columns)] for name in names}
    return judged, hopeless


def _with_sums(asked, columns):
    """Columns that shares are made of, where they are made of whole columns of the table."""
    found = list(columns)
    for values in asked.sums:
        members = {asked.block.values.index(value) for value in values if value in asked.block.values}
        inside = [column for column in columns if members & set(column.members)]
        whole = {place for column in inside for place in column.members}
        if members and whole == members and all(set(column.members) != members for column in found):
            found.append(Column("+".join(column.key for column in inside), tuple(sorted(members))))
    for values in asked.told if columns else ():
        members = {asked.block.values.index(value) for value in values if value in asked.block.values}
        if members and all(set(column.members) != members for column in found):
            found.append(Column("+".join(values), tuple(sorted(members))))
    return tuple(found)


def linked_of(asked, columns, around, names):
    """The field's views, and each grain's rows.

    Values are what columns tell apart, then posts of the atom that the field does not apply to, then posts elsewhere.
    The last column is of all posts, which other tables show; only where they hide a row is it hidden here too.
    """
    grains, rows = asked.block.grains, around.rows
    atoms, places = _atoms(asked, rows, names)
    parts, possible = _told_apart(asked, [*columns, *_past_columns(around)], atoms)
    counts = sums(atoms, asked.block.counts, atoms.max(initial=-1) + 1) @ parts.T
    shows = np.array([[bool(set(np.flatnonzero(part)) <= set(c.members)) for c in columns] for part in parts])
    counts, shows = _with_outside(asked, counts, shows, lambda: _posts_of(asked, atoms))
    first = np.unique(atoms, return_index=True)[1]
    partner = rows[PARTNER].place(grains, PARTNER)[first]
    linked = Linked(partner, around.partners, counts.astype(np.int64), possible=_widened(possible, counts))
    for name in names:
        linked.add(name, places[name][first], shows, len(rows[name].keys))
        _told_by_others(asked, columns, around, name, linked.views[name])
    if SERVICE in names:
        each = rows[EACH_SERVICE]
        linked.add(EACH_SERVICE, each.place(grains, SERVICE)[first], shows, len(each.keys), silent=True)
    add_past(asked, around, linked, parts, first)
    return linked, places


def _past_columns(around):
    return [Column("", tuple(members)) for view in around.past_views for members in view.columns]


def _told_by_others(asked, columns, around, name, view):
    """Rows that are hidden whole, and cells that cannot be hidden."""
    used, hidden = view.counts.sum(axis=0) > 0, view.hidden
    locked = np.zeros(hidden.shape, bool)
    locked[:, -1] = asked.posts is not None
    if name in around.hidden:
        hidden |= around.hidden[name][:, None] & used & ~locked
    if name in around.without_posts:
        hidden |= around.without_posts[name][:, None] & used
    for place, column in enumerate(columns if name in around.known else ()):
        locked[:, place] |= around.known[name][:, list(column.members)].all(axis=1)
    view.locked = locked


def _widened(possible, counts):
    """Posts outside the field can be of any kind."""
    if possible is None:
        return None
    return np.hstack([possible, np.ones((len(counts), counts.shape[1] - possible.shape[1]), bool)])


def _with_outside(asked, counts, shows, posts):
    """Two more values: posts that the field does not apply to, and posts elsewhere; and the column of all posts."""
    endless = np.full((len(counts), 1), ENDLESS)
    if asked.posts is None or asked.whole:
        return np.hstack([counts, endless]), np.vstack([shows, np.zeros((1, shows.shape[1]), bool)])
    outside = np.maximum(posts() - counts.sum(axis=1), 0)[:, None]
    shows = np.vstack([shows, np.zeros((1, shows.shape[1]), bool)])
    shows = np.vstack([np.hstack([shows, np.ones((len(shows), 1), bool)]), np.zeros((1, shows.shape[1] + 1), bool)])
    return np.hstack([counts, outside, endless]), shows


def _atoms(asked, rows, names):
    """For each grain the number of its atom; for each breakdown each grain's row.

    Where values tell the role group, a post that changes its value changes its role group: that is no part of the atom.
    """
    grains = asked.block.grains
    places = {name: rows[name].place(grains, name) for name in names}
    parts = [grains.places[name] for name in grains.places if name != ROLE_GROUP or not asked.kinds]
    keys = [rows[PARTNER].place(grains, PARTNER), *parts, *places.values()]
    return np.unique(np.stack(keys), axis=1, return_inverse=True)[1].ravel(), places


def _told_apart(asked, columns, atoms):
    """Sets of values that no column tells apart, as rows of noughts and ones [sets, values]; and which of them an atom
    can have [atom, set]: those whose role group it has, or None where all can be.
    """
    kinds = asked.kinds or ("",) * len(asked.block.values)
    marks = [(*(at in column.members for column in columns), kind) for at, kind in enumerate(kinds)]
    sets = list(dict.fromkeys(marks))
    parts = np.array([[mark == one for mark in marks] for one in sets], np.int64)
    if not asked.kinds:
        return parts, None
    grains = asked.block.grains
    groups = np.array([*grains.values[ROLE_GROUP], ""], object)[grains.places[ROLE_GROUP]]
    has = np.zeros((atoms.max(initial=-1) + 1, len(sets)), bool)
    for number, one in enumerate(sets):
        has[atoms[groups == one[-1]], number] = True
    return parts, has


def _posts_of(asked, atoms):
    """Posts in each atom of the field's block."""
    exact = [_keys(block.grains) for block in (asked.block, asked.posts)]
    number = dict(zip(exact[0], atoms.tolist(), strict=True))
    found = np.zeros(atoms.max(initial=-1) + 1, np.int64)
    for key, posts in zip(exact[1], asked.posts.counts.sum(axis=1).tolist(), strict=True):
        if key in number:
            found[number[key]] += posts
    return found


def _keys(grains):
    """By which the same atom of another block is found."""
    words = {name: np.array([*grains.values[name], ""], object)[grains.places[name]] for name in grains.places}
    return list(zip(*(words[name] for name in DIMENSIONS), strict=True))


def _primary(asked, judged, view, place, name, rules):
    """Cells not to be known: small ones, all of small or one-sided rows, and those that give an employer away.

    [rows, columns]: 0 for all others, otherwise the threshold from which on they are hidden.
    """
    counts, shown = view.counts[:, : len(judged.columns)], judged.shown
    total = counts[:, -1]
    cells = np.where(is_small(counts, asked.threshold, asked.special), counts + 1, 0)
    cells[:, shown:-1] = 0
    small_row = (total < asked.threshold) & (asked.special | (not asked.whole))
    cells[:, :-1] = _sooner(cells[:, :-1], np.where(small_row, total + 1, 0)[:, None])
    if shown > 1:
        one_sided = (total < rules.small_row) & (counts[:, :shown].max(axis=1) > rules.one_value * total)
        cells[:, :-1] = _sooner(cells[:, :-1], one_sided[:, None])
    if name in (SERVICE, ROLE_GROUP) and not asked.by_size:
        cells[:, :-1] = _sooner(cells[:, :-1], _gives_away(asked, judged, place, len(counts), rules))
    cells[:, -1] *= not asked.whole
    return _padded(cells * ((total > 0)[:, None] & (judged.total > 0)), view)


def _sooner(one, other):
    """The lower of two thresholds, where 0 is none."""
    return np.where((one > 0) & (other > 0), np.minimum(one, other), np.maximum(one, other))


def _padded(cells, view):
    return np.pad(cells, ((0, 0), (0, view.hidden.shape[1] - cells.shape[1])))


def _small_in_silence(asked, judged, view):
    """Small cells of services that are put together: taking one table from another must not tell them."""
    counts = view.counts[:, : len(judged.columns)]
    cells = np.where(is_small(counts, asked.threshold, special=False), counts + 1, 0)
    cells[:, judged.shown : -1] = 0
    cells[:, -1] *= not asked.whole
    return _padded(cells, view)


def _gives_away(asked, judged, place, rows, rules):
    counts = added(judged.columns[:-1], asked.block.counts)
    return concentration(place, asked.block.grains.contributor, counts, rows).gives_away(rules)
