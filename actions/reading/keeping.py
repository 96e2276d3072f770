"""A plan as read, as plain values and back, so that it can wait in a database while somebody puts it right."""

from dataclasses import asdict

from actions.timescale import from_json, to_json

from .grids import Problem
from .identity import read_mark
from .mapping import Heading
from .plan import ReadPlan
from .values import ReadRow


def kept(plan: ReadPlan) -> dict:
    """All of a plan that comparing it takes, in JSON's own kinds."""
    return {
        "rows": [kept_row(row) for row in plan.rows],
        "problems": [asdict(problem) for problem in plan.problems],
        "not_rows": plan.not_rows,
        "source": plan.source,
        "columns": sorted(plan.columns),
        "mentioned": sorted(identity.mark for identity in plan.mentioned),
    } | kept_headings(plan.unmatched, plan.matched)


def kept_headings(unmatched: list[Heading], matched: dict[str, str]) -> dict:
    """The headings of a file, for somebody to say what they mean."""
    return {"unmatched": [asdict(heading) for heading in unmatched], "matched": matched}


def plan_of(stored: dict) -> ReadPlan:
    return ReadPlan(
        rows=[row_of(row) for row in stored["rows"]],
        problems=[Problem(**problem) for problem in stored["problems"]],
        not_rows=stored["not_rows"],
        source=stored["source"],
        columns=frozenset(stored["columns"]),
        mentioned=frozenset(filter(None, map(read_mark, stored["mentioned"]))),
        unmatched=[Heading(**heading) for heading in stored["unmatched"]],
        matched=stored["matched"],
    )


def kept_row(row: ReadRow) -> dict:
    return {
        "place": row.place,
        "values": row.values,
        "words": row.words,
        "reading": to_json(row.reading),
        "identity": row.identity.mark if row.identity else "",
        "cells": row.cells,
        "is_copy": row.is_copy,
        "joined": list(row.joined),
    }


def row_of(stored: dict) -> ReadRow:
    return ReadRow(
        stored["place"],
        dict(stored["values"]),
        dict(stored["words"]),
        from_json(stored["reading"]),
        read_mark(stored["identity"]),
        stored["cells"],
        stored["is_copy"],
        tuple(stored["joined"]),
    )
