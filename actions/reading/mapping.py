"""Headings for a person to map: those of a plan that are no column here, and those of a table that may be a plan."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from .columns import LOOKED_AT
from .grids import Grid, Unreadable
from .headings import HEADINGS, WORKED_OUT
from .phrases import phrase
from .recognise import header_of, read_header
from .rows import Plan

COLUMN_KEYS = tuple(HEADINGS)  # what a heading may be mapped to
WANTED = (
    "A table whose first row has a heading for the activity (Action, Activity, Deliverable, What we will do …) and at "
    "least one more of: Ref, Aim or Objective, Theme, Expected outcome, Measure or Evidence, Timescale or By when, "
    "Resources, Priority, Lead or Responsible officer, RAG or Status, Progress"
)
SAMPLES, LONGEST_SAMPLE = 3, 80


@dataclass(frozen=True)
class Heading:
    """A heading that is no column here yet, with the first of what stands below it."""

    text: str
    place: str
    samples: tuple[str, ...] = ()

    @property
    def phrase(self) -> str:
        return phrase(self.text)


class Unmapped(Unreadable):
    """A table that may be a plan, of which no column is known to be the activity."""

    def __init__(self, message: str, unmatched: list[Heading], matched: dict[str, str], **more):
        super().__init__(message, **more)
        self.unmatched = unmatched
        self.matched = matched


def matched_in(plans: list[Plan]) -> dict[str, str]:
    """The heading of each column, as the first plan that has it writes it."""
    found: dict[str, str] = {}
    for layout in (plan.layout for plan in plans):
        for key, index in layout.columns.items():
            found.setdefault(key, layout.headings.get(index, ""))
    return found


def unmatched_in(plans: list[Plan]) -> list[Heading]:
    """Each heading that is no column here, once however often it comes."""
    found: dict[str, Heading] = {}
    for plan in plans:
        for index, text in plan.layout.unmatched:
            if phrase(text) not in WORKED_OUT and plan.layout.header >= 0:
                found.setdefault(phrase(text), _heading(plan.grid, plan.layout.header, plan.layout.first, index, text))
    return list(found.values())


def _heading(grid: Grid, header: int, first: int, index: int, text: str) -> Heading:
    below = (
        " ".join(row.cell(index).own_text.split())[:LONGEST_SAMPLE] for row in grid.rows[first : first + LOOKED_AT]
    )
    samples = itertools.islice(dict.fromkeys(filter(None, below)), SAMPLES)
    return Heading(text, grid.place(grid.rows[header], index, text), tuple(samples))


def unmapped(grids: list[Grid], headings: Mapping[str, tuple[str, ...]], mapping: Mapping[str, str]) -> Unmapped | None:
    """The table most like a plan, for somebody to say which of its columns is the activity."""
    tables = [(grid, header_of(grid)) for grid in grids]
    found = [
        (grid, header, *read_header(grid, header, headings, mapping)) for grid, header in tables if header is not None
    ]
    if not found:
        return None
    grid, header, match, first = max(found, key=lambda each: (len(each[2].columns), len(each[2].headings)))
    unmatched = [_heading(grid, header, first, index, text) for index, text in match.unmatched + match.times]
    matched = {key: match.headings.get(index, "") for key, index in match.columns.items()}
    message = f"{grid.place(grid.rows[header])} may be the headings of a plan, but none is known to mean the activity."
    return Unmapped(message, unmatched, matched, where=grid.place(), accepted=WANTED)
