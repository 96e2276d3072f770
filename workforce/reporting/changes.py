"""What has changed since the last report for the same readers, and what may only look so.

Before and after are named as they were released. Nothing is said of starters, leavers and vacancies that changed by
fewer than ten, because a small difference can be about one person; nor of counts that moved within their rounding.
"""

from collections.abc import Iterable

from workforce.disclosure.released import ReleasedTable

from .circumstances import day
from .sentences import SAYS, Figures, shown_rows
from .wording import figure, is_about, listed, name_of, within

FIRST = "There is no earlier report for the same readers, so nothing can be compared yet."
SAME = "None of the figures that are compared has changed."
MEASURES = (
    "posts",
    "wte",
    "workplaces",
    "employees",
    "vacancies",
    "starters",
    "leavers",
    *(measure for measure in SAYS if not measure.startswith("share_non_") and measure != "share_disabled"),
)
FLOWS = ("starters", "leavers", "vacancies")
SMALL = 10  # a difference of flows below this is not shown
WITHIN_ROUNDING = 10  # a count moves by up to 2 and is rounded to 5, before and after


def changes_of(tables: Iterable[ReleasedTable], about, previous) -> tuple[str, ...]:
    """Sentences of the part about changes. `previous`: (tables, about) of the release before, or None."""
    if previous is None:
        return (FIRST,)
    now, then = Figures(tables), Figures(previous[0])
    flags = what_may_only_look_so(now, about, then, previous[1])
    compare = _of_the_whole if _same_partners(about, previous[1]) else _of_partners
    said = compare(now, then)
    return (f"Compared with the report of {day(previous[1].as_at)}.", *flags, *(said or [SAME]))


# --- flags ------------------------------------------------------------------------------------------------------------


def what_may_only_look_so(now: Figures, about, then: Figures, before) -> list[str]:
    """Changes of who is counted, of sources, definitions, thresholds and groups."""
    return [
        *_partners(about, before),
        *_sources(about, before),
        *_definitions(about, before),
        *_thresholds(about, before),
        *_groups(now, then),
    ]


def _names(about):
    return {one.name for one in about.partners_in}


def _same_partners(about, before):
    return _names(about) == _names(before)


def _partners(about, before):
    came, went = sorted(_names(about) - _names(before)), sorted(_names(before) - _names(about))
    said = [f"Counted now and not then: {listed(came)}."] * bool(came)
    said += [f"Counted then and not now: {listed(went)}."] * bool(went)
    return said + ["So the whole is not compared, only partners that are in both reports."] * bool(said)


def _sources(about, before):
    then = {one.name: one.source for one in before.partners_in}
    changed = [one for one in about.partners_in if then.get(one.name, one.source) != one.source]
    return [
        f"The return of {one.name} comes from {one.source} now and came from {then[one.name]} then: a change in its "
        "figures may come from that."
        for one in changed
    ]


def _definitions(about, before):
    if about.definitions == before.definitions:
        return []
    return [
        f"The definitions have changed from version {before.definitions} to {about.definitions}: a change may come "
        "from that."
    ]


def _thresholds(about, before):
    if about.thresholds == before.thresholds:
        return []
    return ["What counts as small has changed: a figure that is new or has gone may have been hidden then or now."]


def _groups(now, then):
    """Measures that are shown in finer or broader groups than before."""
    before = {(table.measure, table.rows): set(table.column_labels) for table in then.tables}
    changed = [
        within(name_of(table))
        for table in now.tables
        if before.get((table.measure, table.rows), set(table.column_labels)) != set(table.column_labels)
    ]
    return [f"Shown in other groups than before: {listed(dict.fromkeys(changed))}."] if changed else []


# --- before and after -------------------------------------------------------------------------------------------------


def _of_the_whole(now, then):
    pairs = [(now.whole(measure), then.whole(measure)) for measure in MEASURES]
    known = [
        (table, before, after)
        for one, other in pairs
        if one and other
        for (table, after), (_, before) in [(one, other)]
    ]
    return [
        f"{name_of(table)}: {_moved(table, before, after)}."
        for table, before, after in known
        if _is_told(table, before, after)
    ]


def _of_partners(now, then):
    said = []
    for measure in MEASURES:
        table, earlier = (_by_partner(figures, measure) for figures in (now, then))
        said += _rows_of(table, earlier) if table and earlier else []
    return said


def _by_partner(figures, measure):
    return next((table for table in figures.of(measure) if table.rows == "partner"), None)


def _rows_of(table, earlier):
    before, after = shown_rows(earlier), shown_rows(table)
    both = [row for row in after if row in before and _is_told(table, before[row], after[row])]
    said = [f"{table.row_labels[row]} {_moved(table, before[row], after[row])}" for row in both]
    return [f"{name_of(table)}: {'; '.join(said)}."] if said else []


def _moved(table, before, after):
    roughly = "about " if is_about(table) else ""
    return f"from {roughly}{figure(before, table.unit)} to {roughly}{figure(after, table.unit)}"


def _is_told(table, before, after):
    change = abs(after - before)
    if table.measure in FLOWS:
        return change >= SMALL
    return change >= WITHIN_ROUNDING if is_about(table) else change > 0
