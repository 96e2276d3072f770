"""What two released figures tell together that neither tells alone, in words; the gate then hides, or refuses.

Three ways of subtracting: one group less another that is part of it, one release less an earlier one, and a release
less one of the same returns that had fewer partners. Figures with noise and rounding are judged by all that they can
stand for, exact ones as they are. Source: the European Handbook on Statistical Disclosure Control, chapter 5, on
differencing; that a difference must hold as many posts and employers as any other figure, by design.
"""

from dataclasses import dataclass

import numpy as np

from workforce.disclosure.dominance import gives_away_an_employer
from workforce.disclosure.intervals import difference, is_wide
from workforce.disclosure.perturbing import reach
from workforce.disclosure.released import Method


@dataclass(frozen=True)
class Published:
    """A count that is out: of which posts (any set of hashable things), and what it can be."""

    name: str
    posts: frozenset
    bounds: tuple[int, int]


@dataclass(frozen=True)
class Finding:
    """Something that can be worked out. `row` and `column` are keys of the new table; None for a whole release."""

    sentence: str
    measure: str = ""
    rows: str = ""
    row: str | None = None
    columns: tuple[str | None, ...] = ()


def bounds_of(cell, method, rules):
    """What a shown count can be, (low, high); None where nothing is shown."""
    if cell is None or cell.value is None:
        return None
    far = reach(rules) if method is Method.PERTURBED else 0
    return max(0, cell.value - far), cell.value + far


# --- groups within groups ----------------------------------------------------


def nested_findings(published, rules, *, threshold):
    """A finding for each group that is part of another if the rest is surely small and known too closely.

    Small: 1 to threshold - 1 posts at most. Closely: fewer than rules.width + 1 values are possible.
    """
    pairs = ((outer, inner) for outer in published for inner in published if inner.posts < outer.posts)
    return tuple(
        Finding(
            f"{outer.name} less {inner.name} leaves fewer than {threshold} posts, which can be worked out. Show one of "
            "the two, or take more together."
        )
        for outer, inner in pairs
        if _is_told(difference(outer.bounds, inner.bounds), rules, threshold)
    )


def _is_told(bounds, rules, threshold):
    return 0 < bounds[1] < threshold and not is_wide(bounds, rules)


# --- one release and the next ------------------------------------------------


def findings_in_time(new, old, rules):
    """A finding for each row of a table by which a few people who came or went could be told.

    new, old: the same table (by its key) of two releases. All that a reader can see to have changed in a row must come
    to rules.flow_threshold posts or more, or be uncertain by at least rules.width: otherwise what the few who came or
    went are stands in the columns that did, and did not, change.
    """
    if not new.columns or new.key != old.key:
        return ()
    columns = (*new.column_labels, None)
    told = [(row, _changes(new, old, row, columns, rules)) for row in (*new.row_labels, None)]
    return tuple(
        _of_few(new, row, tuple(changes))
        for row, changes in told
        if None in changes and len(changes) > 1 and 0 < _moved(changes) < rules.flow_threshold
    )


def _changes(new, old, row, columns, rules):
    """Column -> by how much it is plain to have changed."""
    found = {}
    for column in columns:
        now, before = (bounds_of(table.cell(row, column), table.method, rules) for table in (new, old))
        if now and before and not is_wide((now[0] - before[1], now[1] - before[0]), rules):
            found[column] = now[0] - before[0]
    return found


def _moved(changes):
    """The fewest posts that must have come, gone or changed for this to be."""
    apart = sum(abs(change) for column, change in changes.items() if column is not None)
    return max(apart, abs(changes[None]))


def _of_few(table, row, columns):
    name = table.row_labels.get(row, "the total")
    return Finding(
        f"{table.label or table.measure}, {name}: so few posts changed since an earlier report that what the people "
        "are who came or went could be worked out from the two.",
        table.measure,
        table.rows,
        row,
        columns,
    )


# --- the same returns with other partners ------------------------------------


def findings_of_partners(counted, earlier_snapshots, rules):
    """A finding if an earlier release was made of the same returns but for some partners, who could be subtracted.

    earlier_snapshots: partner -> numbers of the snapshots of that release. The posts of those who are in one of the two
    only must be as many, and of as many employers, as any figure needs.
    """
    new, old = counted.snapshots, earlier_snapshots
    both = set(new) & set(old)
    apart = set(new) ^ set(old)
    if not both or not apart or any(set(new[one]) != set(old[one]) for one in both) or _are_many(counted, apart, rules):
        return ()
    names = ", ".join(sorted(counted.labels.get("partner", {}).get(one, one) for one in apart))
    return (
        Finding(
            f"An earlier report was made of the same returns except for {names}. Whoever subtracts one from the other "
            "gets figures of that part alone. Wait for more new returns, or show sizes only."
        ),
    )


def _are_many(counted, apart, rules):
    """Whether those who joined are many enough; of those who left nothing is known here, so they are not."""
    if apart - set(counted.snapshots):
        return len(apart) >= rules.fewest_contributors
    posts = counted.blocks["posts"]
    places = [place for place, name in enumerate(posts.grains.values["partner"]) if name in apart]
    inside = np.isin(posts.grains.places["partner"], places)
    given = np.bincount(posts.grains.contributor[inside], posts.counts.sum(axis=1)[inside]).tolist()
    return sum(given) >= rules.public_threshold and not gives_away_an_employer(given, rules)


# --- all of it ---------------------------------------------------------------


def findings_against(counted, tables, earlier, rules):
    """All findings of a new release (its tables, made of `counted`) against earlier ones to the same audience.

    earlier: things with `tables` and `snapshots`, such as the releases of the register.
    """
    found = []
    for release in earlier:
        found += findings_of_partners(counted, release.snapshots, rules)
        before = {table.key: table for table in release.tables}
        for table in tables:
            if table.key in before:
                found += findings_in_time(table, before[table.key], rules)
    return tuple(dict.fromkeys(found))
