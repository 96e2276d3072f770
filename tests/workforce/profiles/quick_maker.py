"""Makes one table of how many returns there are, in no time: stands in for counting and gate."""

from datetime import timedelta

from workforce.disclosure.released import Method, restored
from workforce.profile_engine import Engine
from workforce.profile_order import Made

asked_for = []  # what it was asked, the newest last; for tests to look at


def make(asked, alive):
    asked_for.append(asked)
    del asked_for[:-5]
    alive()
    counted = frozenset(one.snapshot for one in asked.returns if one.as_at > asked.as_at - timedelta(days=92))
    return Made((table_of(asked),), {"posts": ["A note.", "Council sent two."]}, "7", counted)


def table_of(asked):
    partners = [one.partner for one in asked.returns]
    cells = [[None, None, len(partners), False], *([partner, None, None, True] for partner in partners)]
    return restored({
        "measure": "posts", "rows": "partner", "columns": "", "unit": "posts", "label": "Posts", "note": "",
        "source": "",
        "row_labels": dict(asked.labels["partner"]), "column_labels": {}, "method": Method.EXACT.value, "cells": cells,
    })  # fmt: skip


QUICK = Engine(make)
