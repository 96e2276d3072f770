"""The life of an upload as a table: what may follow what, who may take it there, and what people are told.

Everything that moves an upload goes through `move` of workforce/moving.py, which refuses what is not in here.
"""

from django.db.models import TextChoices

from partners.models import Act
from partners.permissions import Right


class State(TextChoices):
    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Being read"
    NEEDS_MAPPING = "needs_mapping", "Needs its columns named"
    TO_DECIDE = "to_decide", "Read, with faults to decide on"
    READY = "ready", "Ready"
    SENT_BACK = "sent_back", "Sent back"
    UNREADABLE = "unreadable", "Could not be read"
    PARKED = "parked", "Reading failed three times"
    CANCELLED = "cancelled", "Cancelled"
    SUPERSEDED = "superseded", "Replaced by a later upload"
    WITHDRAWN = "withdrawn", "Withdrawn"


PLANNER = None  # the planner itself: the worker, the sweeper and the nightly clearing
STEWARD = Right.SEND_WORKFORCE

_WORKER = frozenset({PLANNER})
_PERSON = frozenset({STEWARD})
_EITHER = frozenset({PLANNER, STEWARD})

# From each state: where to, and who may take it there.
MOVES = {
    State.WAITING: {State.READING: _WORKER, State.PARKED: _WORKER, State.CANCELLED: _EITHER},
    State.READING: {
        State.WAITING: _WORKER,
        State.NEEDS_MAPPING: _WORKER,
        State.TO_DECIDE: _WORKER,
        State.READY: _WORKER,
        State.SENT_BACK: _WORKER,
        State.UNREADABLE: _WORKER,
        State.PARKED: _WORKER,
        State.CANCELLED: _PERSON,
    },
    State.NEEDS_MAPPING: {State.WAITING: _PERSON, State.CANCELLED: _EITHER},
    State.TO_DECIDE: {
        State.WAITING: _PERSON,  # its columns are named otherwise, so it is read again
        State.READY: _PERSON,
        State.SENT_BACK: _PERSON,
        State.SUPERSEDED: _EITHER,
        State.CANCELLED: _EITHER,
    },
    State.READY: {State.WITHDRAWN: _PERSON, State.SUPERSEDED: _EITHER},
    State.SUPERSEDED: {State.READY: _PERSON},
    State.WITHDRAWN: {State.READY: _PERSON},
    State.SENT_BACK: {},
    State.UNREADABLE: {},
    State.PARKED: {},
    State.CANCELLED: {},
}

# A worker still has to do something about these; they end by themselves.
UNFINISHED = frozenset({State.WAITING, State.READING})
# A steward has to do something about these.
ASKING = frozenset({State.NEEDS_MAPPING, State.TO_DECIDE})
# The same bytes may be sent again after these: nothing of the first upload counts.
OVER = frozenset({State.SENT_BACK, State.UNREADABLE, State.PARKED, State.CANCELLED, State.WITHDRAWN})

# The notice of arriving in a state by the planner's own doing: a template in templates/notices.
ANNOUNCED = {
    State.NEEDS_MAPPING: "upload_needs_mapping",
    State.TO_DECIDE: "upload_to_decide",
    State.READY: "upload_ready",
    State.SENT_BACK: "upload_sent_back",
    State.UNREADABLE: "upload_unreadable",
    State.PARKED: "upload_parked",
}

_ACTS = {State.WITHDRAWN: Act.REMOVED, State.CANCELLED: Act.REMOVED}


def act_of(before, after):
    """How the history calls a move; None for the worker's own to and fro, which says nothing to people."""
    if {before, after} == {State.WAITING, State.READING}:
        return None
    if after == State.READY and before in (State.WITHDRAWN, State.SUPERSEDED):
        return Act.RESTORED
    return _ACTS.get(after, Act.CHANGED)
