"""Which rows of a file are which rows of the plan, by the marks that our own files carry."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from .grids import Problem
from .identity import Identity
from .spacing import as_kept
from .values import ReadRow

TOLD_APART_BY = ("activity", "ref", "expected_outcome", "timescale_text", "resource_requirement", "evidence")


def settle_identities(rows: list[ReadRow], stored: Mapping[int, dict]) -> tuple[list[ReadRow], list[Problem]]:
    """The rows, each row of the plan at most once among them, and a notice for every copy.

    `stored` has the values of the plan's rows, removed ones too, by number: marks of others mean nothing here. Of rows
    with one mark, that which is most like the stored row keeps it, and the others are rows of their own.
    """
    claims = defaultdict(list)
    for index, row in enumerate(rows):
        if row.identity:
            claims[row.identity.action].append(index)
    kept, copies, notices = set(), set(), []
    for action, indexes in claims.items():
        if action not in stored:
            continue
        best = max(indexes, key=lambda index: (_likeness(rows[index], stored[action]), -index))
        kept.add(best)
        copies |= {index for index in indexes if index != best}
        notices += [_copied(rows[index], rows[best]) for index in indexes if index != best]
    settled = [
        row if index in kept else replace(row, identity=None, is_copy=index in copies) for index, row in enumerate(rows)
    ]
    return settled, notices


def without_identity(row: ReadRow) -> ReadRow:
    return replace(row, identity=None) if row.identity else row


def _likeness(row: ReadRow, stored: dict) -> tuple[int, float]:
    """(cells with the same words, the share of words that both activities have)."""
    alike = sum(as_kept(row.values[key]) == as_kept(stored[key]) for key in TOLD_APART_BY)
    words, known = (set((text or "").casefold().split()) for text in (row.values["activity"], stored["activity"]))
    return alike, len(words & known) / max(len(words | known), 1)


def _copied(row: ReadRow, original: ReadRow) -> Problem:
    message = f"This row is a copy of the one in {_inside(original.place)}, which is more like the row of the plan."
    return Problem(row.place, message, "It counts as a row of its own.", is_notice=True)


def _inside(place: str) -> str:
    return place[:1].lower() + place[1:]


def change_seen(rows: Iterable[ReadRow]) -> int | None:
    """The change of the plan after which the file was written, as most of its rows say; None for other files."""
    changes = Counter(row.identity.change for row in rows if row.identity)
    return max(changes, key=lambda change: (changes[change], change)) if changes else None


def is_whole(rows: list[ReadRow], in_plan: Collection[int]) -> bool:
    """Whether a file has at least half of the rows that the plan had: then one that is missing was taken out of it."""
    found = {row.identity.action for row in rows if row.identity}
    return 2 * len(found & set(in_plan)) >= len(in_plan)


def missing(in_plan: Iterable[int], found: Collection[int], mentioned: Iterable[Identity]) -> list[int]:
    """The rows that the plan had and the file has no more, neither by their mark nor by their words."""
    gone = set(found) | {identity.action for identity in mentioned}
    return [row for row in in_plan if row not in gone]
