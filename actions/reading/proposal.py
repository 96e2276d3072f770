"""What an uploaded plan would change, row by row and cell by cell, before anything is changed.

A row of the file finds its stored row by its mark (`identity`), else by its reference, its activity or its aim, the
strongest sign first, and each stored row is found once. Rows that only the plan has are listed.

A row that was found by its mark is compared with what the file's editor had seen: a cell that they left alone is none
of the file's business, however often it has changed in the plan since.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from .phrases import phrase
from .sections import numbered, without_continued
from .spacing import as_kept, with_spaces_of
from .values import ReadRow

ALIKE = 0.85  # the same sentence with a few words changed
SIMILAR = 0.6  # enough where the reference is the same
LONGEST_COMPARED = 1_000  # characters of an activity; what follows does not change which row it is
FEWEST_WORDS_SHARED = 0.4
MOST_COMPARED = 8  # stored rows that one row of the file is compared with letter by letter


HUNG_ON = ("aim", "theme")
# Texts of several words, whose spaces a file may have changed.
WORDED = ("activity", "expected_outcome", "evidence", "timescale_text", "resource_requirement", "progress")


@dataclass(frozen=True)
class ExistingRow:
    id: object
    values: dict
    is_removed: bool = False  # taken out of the plan: found by its mark only


@dataclass(frozen=True)
class SeenRow:
    """A row as the file's editor saw it: its values, and all the words in which the file may have had each of them."""

    values: dict
    wordings: Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class ProposedRow:
    """`change` is added, changed, same or conflict; `cells` holds (before, after) of what differs.

    `since` names those of the cells that were changed in the plan as well, after the file was written.
    """

    row: ReadRow
    change: str
    existing_id: object = None
    cells: dict[str, tuple] = field(default_factory=dict)
    message: str = ""
    since: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Proposal:
    rows: list[ProposedRow]
    not_in_file: list[ExistingRow]


class _Side:
    """A row with what it is compared by, worked out once."""

    def __init__(self, row):
        self.row = row
        values = row.values
        self.ref = phrase(values.get("ref") or "")
        self.aim = phrase(numbered(values.get("aim") or "")[1])
        self.activity = phrase(values.get("activity") or "")[:LONGEST_COMPARED]
        self.words = set(self.activity.split())


def propose(
    rows: list[ReadRow],
    existing: list[ExistingRow],
    *,
    columns: Iterable[str] | None = None,
    seen: Mapping[object, SeenRow] | None = None,
) -> Proposal:
    """Compare the rows of a file with those of the plan.

    `columns` are the columns that the file has (`ReadPlan.columns`); without it, those with a value in any row count.
    `seen` has the rows of the plan that rows of the file name, each in one row of the file, as its editor saw them.
    """
    kept = set(columns) if columns is not None else {key for row in rows for key, value in row.values.items() if value}
    seen = seen or {}
    found = _Found(_identified(rows, existing, seen))
    _match([_Side(row) for row in rows], [_Side(row) for row in existing], found)
    proposed = [
        _conflict(index, rows, existing, found)
        or _returned(index, rows, existing, found, kept, seen)
        or _proposed(index, rows, existing, found, kept)
        for index in range(len(rows))
    ]
    rest = [row for index, row in enumerate(existing) if index not in found.used and not row.is_removed]
    return Proposal(proposed, rest)


def _identified(rows: list[ReadRow], existing: list[ExistingRow], seen: Mapping[object, SeenRow]) -> dict[int, int]:
    """{row of the file: stored row} by their marks."""
    places = {row.id: place for place, row in enumerate(existing) if row.id in seen}
    marked = {index: row.identity.action for index, row in enumerate(rows) if row.identity}
    return {index: places[action] for index, action in marked.items() if action in places}


def _returned(
    index: int,
    rows: list[ReadRow],
    existing: list[ExistingRow],
    found: "_Found",
    columns: set[str],
    seen: Mapping[object, SeenRow],
) -> ProposedRow | None:
    """A row with a mark: what differs from what its editor saw, unless the plan has come to say the same."""
    if rows[index].identity is None or index not in found.pairs:
        return None
    stored = existing[found.pairs[index]]
    row, before = _with_old_spaces(rows[index], seen[stored.id]), seen[stored.id]
    edited = [key for key in row.values if key in row.says(columns) and not left_alone(key, row, before)]
    cells = {
        key: (before.values.get(key), row.values[key])
        for key in edited
        if not as_written(key, stored.values.get(key), row.values[key])
    }
    if cells and stored.is_removed:
        message = "The row was taken out of the plan. What the file says is kept aside for you, in case it comes back."
        return ProposedRow(row, "conflict", stored.id, cells, message, frozenset(cells))
    message = "The row was taken out of the plan, and stays out." if stored.is_removed else ""
    since = {key for key in cells if not as_written(key, before.values.get(key), stored.values.get(key))}
    return ProposedRow(row, "changed" if cells else "same", stored.id, cells, message, frozenset(since))


def _with_old_spaces(row: ReadRow, before: SeenRow) -> ReadRow:
    """The row with the spaces that its texts had, wherever the file has the same words."""
    texts = {key: row.values[key] for key in WORDED if row.values[key] and before.values.get(key)}
    return replace(
        row, values=row.values | {key: with_spaces_of(before.values[key], text) for key, text in texts.items()}
    )


def left_alone(key: str, row: ReadRow, before: SeenRow) -> bool:
    """Whether a cell says what it said: in the very words that the file had, or understood as the same."""
    words, was = (row.cells or {}).get(key), before.wordings.get(key, ())
    # In a partner's document a blank cell may mean something: its colour, the number of a list, words above it.
    is_said_here = bool(words) or not row.values[key] or not (row.identity and row.identity.is_own)
    if words is not None and is_said_here and as_kept(words) in map(as_kept, was):
        return True
    if key in HUNG_ON:
        return _as_title(row.values[key]) in map(_as_title, [before.values.get(key), *was])
    return as_written(key, before.values.get(key), row.values[key])


def _as_title(text: str | None) -> str:
    """An aim or theme as a title above a table says it: with a number perhaps, or "(continued)"."""
    return phrase(without_continued(numbered(text or "")[1]))


def as_written(key: str, before, after) -> bool:
    """True where two values of a cell differ in nothing that files can keep; a line break counts."""
    if key == "aim" and before and after:
        before, after = numbered(before)[1], numbered(after)[1]
    lines, others = ([as_kept(str(each)) for each in _listed(value)] for value in (before, after))
    return lines == others


def _listed(value) -> Iterable:
    return value if isinstance(value, list | tuple) else filter(None, [value])


def _conflict(index: int, rows: list[ReadRow], existing: list[ExistingRow], found: "_Found") -> ProposedRow | None:
    group = next(((stored, group) for stored, group in found.contested.items() if index in group), None)
    if group is None:
        return None
    places = " and ".join(rows[each].place for each in sorted(group[1]))
    message = f"{places} of the file look like the same row of the plan. Decide which of them it is."
    return ProposedRow(rows[index], "conflict", existing[group[0]].id, {}, message)


def _proposed(
    index: int, rows: list[ReadRow], existing: list[ExistingRow], found: "_Found", columns: set[str]
) -> ProposedRow:
    row, stored = rows[index], found.pairs.get(index)
    if stored is None:
        return ProposedRow(row, "added", None, {key: (None, row.values[key]) for key in columns if row.values.get(key)})
    before, says = existing[stored].values, row.says(columns)
    differing = [key for key in row.values if key in says and not same(key, before.get(key), row.values[key])]
    cells = {key: (before.get(key), row.values[key]) for key in differing}
    return ProposedRow(row, "changed" if cells else "same", existing[stored].id, cells)


def same(key: str, before, after) -> bool:
    """True where two values of a cell differ in spaces and line breaks at most; blanks are alike."""
    if key == "aim" and before and after:
        before, after = numbered(before)[1], numbered(after)[1]
    return _plain(before) == _plain(after)


def _plain(value):
    if isinstance(value, list | tuple):
        return [" ".join(str(each).split()) for each in value] or None
    return " ".join(str(value).split()) or None if value is not None else None


@dataclass
class _Found:
    """By index: {file row: stored row}, and {stored row: the file rows that claim it equally}."""

    pairs: dict[int, int] = field(default_factory=dict)
    contested: dict[int, list[int]] = field(default_factory=dict)

    @property
    def used(self) -> set[int]:
        return set(self.pairs.values()) | self.contested.keys()

    @property
    def settled(self) -> set[int]:
        return self.pairs.keys() | {index for group in self.contested.values() for index in group}


def _match(rows: list[_Side], existing: list[_Side], found: _Found) -> None:
    """Find the rows that nothing has found so far by what they say."""
    for shared, likeness in PASSES:
        used, settled, free = found.used, found.settled, defaultdict(list)
        for stored, side in enumerate(existing):
            if stored not in used and not side.row.is_removed and shared(side):
                free[shared(side)].append(stored)
        claims = [
            (likeness(side, existing[stored]), index, stored)
            for index, side in enumerate(rows)
            if index not in settled and not side.row.is_copy
            for stored in _nearest(side, free.get(shared(side), ()), existing)
        ]
        _settle([claim for claim in claims if claim[0]], found)


def _nearest(side: _Side, stored: Iterable[int], existing: list[_Side]) -> list[int]:
    """Those that share most words with a row. Comparing texts letter by letter costs too much to do with all."""
    by_words = sorted(stored, key=lambda place: (-len(side.words & existing[place].words), place))
    return by_words[:MOST_COMPARED] if len(by_words) > MOST_COMPARED else sorted(by_words)


def _settle(claims: list[tuple[float, int, int]], found: _Found) -> None:
    """Give each stored row to the file row most like it; where two are equally like it, to neither."""
    best: dict[int, float] = defaultdict(float)
    taken: dict[int, tuple[float, int]] = {}
    for likeness, index, stored in sorted(claims, key=lambda claim: (-claim[0], claim[1], claim[2])):
        best[index] = max(best[index], likeness)
        if index not in found.pairs and stored not in taken:
            found.pairs[index] = stored
            taken[stored] = (likeness, index)
    for likeness, index, stored in claims:
        rival = taken.get(stored)
        if index not in found.pairs and rival and rival[0] == likeness == best[index]:
            found.contested.setdefault(stored, [rival[1]]).append(index)
    for group in found.contested.values():
        for index in group:
            found.pairs.pop(index, None)


def _likeness(row: _Side, stored: _Side, least: float) -> float:
    """The share of characters alike, 0 below `least`. Texts that share few words are not compared at length."""
    if not row.words or len(row.words & stored.words) < FEWEST_WORDS_SHARED * min(len(row.words), len(stored.words)):
        return 0
    matcher = SequenceMatcher(None, row.activity, stored.activity, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0
    ratio = matcher.ratio()
    return ratio if ratio >= least else 0


def _same_activity(row: _Side, stored: _Side) -> float:
    if row.activity != stored.activity:
        return 0
    return 1 + (row.aim == stored.aim) + (bool(row.ref) and row.ref == stored.ref)


def _only_one(row: _Side, stored: _Side) -> float:
    return 0.5


# What rows must share to be compared at all, and how alike they are then; the strongest sign first.
PASSES: tuple[tuple[Callable, Callable], ...] = (
    (lambda side: side.ref and side.activity and (side.ref, side.activity), _same_activity),
    (lambda side: side.ref, lambda row, stored: _likeness(row, stored, SIMILAR)),
    (lambda side: side.activity, _same_activity),
    (lambda side: side.ref and side.aim and (side.ref, side.aim), _only_one),
    (lambda side: side.aim or "none", lambda row, stored: _likeness(row, stored, ALIKE)),
)
