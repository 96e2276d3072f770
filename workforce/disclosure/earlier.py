"""Earlier releases that were made of some of the same returns: further tables of the same posts.

Whoever has both releases can take one from the other. So what an earlier one shows about posts that are counted here
again is a view that no exchange of posts may show itself in, and what it hides of these posts stays hidden here.
A public count, though changed a little, is taken to be exact: that errs on the safe side.
"""

from dataclasses import dataclass

import numpy as np

from workforce.disclosure.collapsing import NOT_STATED, OTHERS, TOGETHER
from workforce.disclosure.released import Audience, ReleasedTable
from workforce.profile.declaring import PARTNER, Kind
from workforce.profile.fields import GROUPINGS
from workforce.profile.measures import MEASURES
from workforce.profile.words import NO_VALUE


@dataclass(frozen=True)
class Earlier:
    """A release that somebody has seen. `snapshots`: partner -> numbers of its snapshots, or just all their numbers."""

    audience: Audience
    tables: tuple[ReleasedTable, ...]
    snapshots: object


SAME, PARTLY, OTHER = 0, 1, 2
A_SUM = "a sum that a share is made of"  # in place of a column's key


@dataclass(frozen=True, eq=False)
class PastView:
    """What one earlier release says of one measure by one breakdown.

    `rows` value of the breakdown -> row; the last row has whatever the table did not name. `columns`: sets of positions
    of the block's values; `hidden` [rows, columns]; `row_keys` and `column_keys` as in the table.
    """

    release: int
    breakdown: str
    rows: dict[str, int]
    columns: tuple[frozenset, ...]
    hidden: np.ndarray
    columns_name: str
    row_keys: tuple[str, ...]
    column_keys: tuple


@dataclass(frozen=True, eq=False)
class Past:
    """All earlier releases with a snapshot in common. `alike`: for each of them the partners' places SAME, PARTLY or
    OTHER, by partner.
    """

    releases: tuple
    alike: tuple[dict[str, int], ...]
    same_returns: int = -1  # the newest release to the same people that was made of these very returns

    def of_members(self, number):
        """Whether it is for the same people as this one, so that what it hides is hidden from them."""
        return self.releases[number].audience == Audience.PARTNERSHIP

    def would_tell_of_the_gone(self, measure):
        """Whether subtracting this release from an earlier one would tell what that hid of partners who are gone.

        Nothing is known here of their posts, so nothing can be proved about them.
        """
        return any(
            self.of_members(number) and SAME in alike.values() and _hides_of_the_gone(release, alike, measure)
            for number, (release, alike) in enumerate(zip(self.releases, self.alike, strict=True))
        )

    @property
    def has_gone(self):
        """Whether an earlier release of some of these returns had a partner that is no more in this one.

        Role groups are groups of roles, and fields are tied to each other in many such ways: of all that one could
        take from the other about that partner, only its size is let out.
        """
        found = enumerate(zip(self.releases, self.alike, strict=True))
        return any(
            self.of_members(number) and SAME in alike.values() and _partners_of(release) - set(alike)
            for number, (release, alike) in found
        )

    def is_changed_by_few(self, measure, block, few):
        """Whether the totals of a field differ from those of an earlier release of some of these returns, but by so few
        posts that whoever knows who alone came or went would learn of them.
        """
        found = enumerate(zip(self.releases, self.alike, strict=True))
        return any(
            0 < _apart(number, release, measure, block) < few
            for number, (release, alike) in found
            if self.of_members(number) and SAME in alike.values()
        )

    def views(self, measure, values):
        """Of one measure: `PastView`s of all releases."""
        found = []
        for number, release in enumerate(self.releases):
            for breakdown in measure.rows:
                table = _table(release, measure.name, breakdown)
                if table is not None:
                    found.append(_view(number, release, measure, table, values))
        return found


NOTHING = Past((), ())


def past_of(earlier, counted):
    """The earlier releases that share a snapshot with this one; a partner's own figures are for that partner only."""
    found = [(one, _alike(one.snapshots, counted.snapshots)) for one in earlier if one.audience != Audience.PARTNER]
    found = [(one, alike) for one, alike in found if any(how != OTHER for how in alike.values())]
    same = [at for at, (one, _) in enumerate(found) if is_repeated(one, counted)]
    return Past(tuple(one for one, _ in found), tuple(alike for _, alike in found), max(same, default=-1))


def is_repeated(release, counted):
    """Whether it was made for the same people of these very returns."""
    numbers = {number for numbers in counted.snapshots.values() for number in numbers}
    return release.audience == Audience.PARTNERSHIP and bool(numbers) and _numbers(release.snapshots) == numbers


def _numbers(snapshots):
    if isinstance(snapshots, dict):
        return {number for numbers in snapshots.values() for number in numbers}
    return set(snapshots)


def _alike(old, new):
    by_partner = old if isinstance(old, dict) else {}
    numbers = _numbers(old)
    return {partner: _how_alike(set(now), numbers, by_partner.get(partner)) for partner, now in new.items()}


def _how_alike(now, numbers, before):
    if not now & numbers:
        return OTHER
    return SAME if now <= numbers and (before is None or now == set(before)) else PARTLY


def _hides_of_the_gone(release, alike, measure):
    tables = [table for table in release.tables if table.measure == measure]
    by_partner = next((table for table in tables if table.rows == PARTNER), None)
    gone = _partners_of(release) - set(alike)
    if not (gone and tables):
        return False
    return by_partner is None or any(cell.hidden for cell in by_partner.cells if cell.row in gone)


def _apart(number, release, measure, block):
    """By how many posts the shown totals of a field differ between an earlier release and these counts, in all."""
    table = next((one for rows in (*measure.rows, "") if (one := _table(release, measure.name, rows))), None)
    if table is None:
        return 0
    view, total = _view(number, release, measure, table, block.values), block.counts.sum(axis=0)
    shown = [
        (table.cell(None, key), sorted(columns))
        for key, columns in zip(view.column_keys, view.columns, strict=True)
        if key is not None and key is not A_SUM
    ]
    return sum(
        abs(int(total[columns].sum()) - cell.value) for cell, columns in shown if cell and cell.value is not None
    )


def _partners_of(release):
    named = set(release.snapshots) if isinstance(release.snapshots, dict) else set()
    return named | {cell.row for table in release.tables if table.rows == PARTNER for cell in table.cells} - {None}


def _table(release, measure, breakdown):
    return next((one for one in release.tables if one.measure == measure and one.rows == breakdown), None)


def _view(number, release, measure, table, values):
    row_keys = list(dict.fromkeys(cell.row for cell in table.cells if cell.row is not None))
    rows = {value: place for place, key in enumerate(row_keys) for value in key.split(TOGETHER)}
    keys = list(dict.fromkeys(cell.column for cell in table.cells))
    columns = [_members(measure, table, key, values) for key in keys]
    hidden = [[_is_hidden(table, row, key) for key in keys] for row in row_keys]
    for share in MEASURES:
        made = (
            _table(release, share.name, table.rows) if share.kind is Kind.SHARE and share.of == measure.name else None
        )
        if made is not None:
            columns += [_places(values, share.over), _places(values, share.among)]
            hidden = [[*line, *[_is_hidden(made, row, None)] * 2] for line, row in zip(hidden, row_keys, strict=True)]
            keys += [A_SUM, A_SUM]
    hidden = np.array([*hidden, [False] * len(columns)], bool).reshape(-1, len(columns))
    return PastView(number, table.rows, rows, tuple(columns), hidden, table.columns, tuple(row_keys), tuple(keys))


def _is_hidden(table, row, column):
    cell = table.cell(row, column)
    return cell is not None and cell.hidden


def _members(measure, table, key, values):
    if key is None:
        return frozenset(place for place, value in enumerate(values) if measure.columns or value != NO_VALUE)
    level = _level(measure.field, table, values)
    parts = key.split(TOGETHER)
    if key == OTHERS:
        named = {part for cell in table.cells if cell.column for part in cell.column.split(TOGETHER)}
        return frozenset(place for place, value in enumerate(values) if level.get(value, value) not in named)
    return frozenset(place for place, value in enumerate(values) if level.get(value, value) in parts)


def _level(field, table, values):
    """value -> group of the table's level: the one of that name, or the first that has all its columns."""
    parts = {part for cell in table.cells if cell.column is not None for part in cell.column.split(TOGETHER)}
    levels = dict(GROUPINGS.get(field, ()))
    if table.columns in levels:
        return levels[table.columns]
    return next((of for of in levels.values() if parts - {NO_VALUE} <= set(of.values())), {})


def _places(values, chosen):
    return frozenset(place for place, value in enumerate(values) if value in chosen)


def places_in(view, along, words):
    """For each atom its row in an earlier table. `along`: positions of the atoms' values in `words`, -1 for none."""
    last = view.rows.get(OTHERS, len(view.hidden) - 1)
    of = np.array([*(view.rows.get(value, last) for value in words), view.rows.get(NOT_STATED, last)])
    return of[along]
