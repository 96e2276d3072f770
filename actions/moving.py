"""How often the end of a row has been moved: the certain ends that it has had, one after the other. Pure."""

TIMES = {1: "once", 2: "twice"}


def ends_with(ends, due):
    """The ends (ISO dates, oldest first) when this is the end now; None is no certain end and no move.

    Going back to an end that the row has had takes the moves since then back, so what somebody undid does not count.
    """
    if due is None:
        return ends
    end = due.isoformat()
    return [*ends[: ends.index(end)], end] if end in ends else [*ends, end]


def moves_in_words(count):
    return f"moved {TIMES.get(count, f'{count} times')}" if count else ""
