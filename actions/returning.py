"""One of our own files comes back: which rows are which, what its editor had seen, and which rows it has no more."""

from dataclasses import dataclass, field

from actions.past import rows_seen, written_since
from actions.reading.identifying import change_seen, is_whole, missing, settle_identities, without_identity
from actions.seen import known_identities, seen_by


@dataclass
class Returned:
    """The rows of a file, each row of the plan at most once among them; `seen` is empty for any other file."""

    rows: list
    notices: list = field(default_factory=list)
    seen: dict = field(default_factory=dict)  # {row of the plan: Seen}


def returned_rows(strategy, rows, stored, lookups):
    """`stored` has the values of the plan's rows by number, those of removed rows that the file names included."""
    known = known_identities(strategy, {row.identity for row in rows if row.identity})
    ours = [row if row.identity in known else without_identity(row) for row in rows]
    settled, notices = settle_identities(ours, stored)
    seen = seen_by(strategy, [row.identity for row in settled if row.identity], lookups)
    told = [row if row.identity and row.identity.action in seen else without_identity(row) for row in settled]
    return Returned(told, notices, seen)


def rows_named(strategy, rows):
    """The rows of the plan that a file's marks name, those that were taken out of it since."""
    named = {row.identity.action for row in rows if row.identity and row.identity.strategy == strategy.pk}
    return strategy.actions.taken_out().with_cells().select_related("aim", "theme").filter(pk__in=named)


def taken_out_of(strategy, rows, found, mentioned, stored):
    """(the rows that were in the plan when the file was written and are not in the file, whether to take them out).

    Each row says who has written to it since, if anybody has: such a row stays. A file with less than half of the
    plan is a part of it, and takes nothing out unless somebody says so.
    """
    change = change_seen(rows)
    if change is None:
        return [], False
    in_plan = [pk for pk, row in rows_seen(strategy, change).items() if not row["removed"]]
    mentioned = [identity for identity in mentioned if identity.strategy == strategy.pk]
    since = written_since(strategy, change)
    gone = [
        {"action": pk, "seen": stored[pk].version, "name": str(stored[pk]), "by": since.get(pk, "")}
        for pk in missing(in_plan, found, mentioned)
        if pk in stored and not stored[pk].removed
    ]
    return gone, is_whole(rows, in_plan)
