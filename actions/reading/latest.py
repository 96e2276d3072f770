"""Columns that say the same at several times, "RAG (June)" and "RAG (Sept)": the latest that is filled counts."""

import re
from collections.abc import Mapping
from datetime import date

from actions.timescale import read_timescale

from .grids import Row
from .phrases import hue_of, phrase
from .time_headings import MONTH, QUARTER

REPEATED = ("status", "progress")
WORDS = re.compile(r"[A-Za-z]+\s?\d*|\d+")


def older_of(keys: Mapping[int, str | None], headings: Mapping[int, str], body: list[Row]) -> frozenset[int]:
    """The columns that a later one of the same kind speaks for. Only headings that say when they were are compared."""
    older: set[int] = set()
    for wanted in REPEATED:
        dated = [index for index, key in sorted(keys.items()) if key == wanted and _says_when(headings.get(index, ""))]
        if len(dated) > 1:
            dated = _in_time(dated, headings)
            filled = [index for index in dated if any(_is_filled(row, index, wanted) for row in body)]
            older |= set(dated) - {(filled or dated)[-1]}
    return frozenset(older)


def _says_when(heading: str) -> bool:
    return any(_is_period(each) for each in WORDS.findall(heading)) or _day_of(heading) is not None


def _is_period(word: str) -> bool:
    return bool(MONTH.fullmatch(phrase(word)) or QUARTER.fullmatch(word.strip()))


def _in_time(dated: list[int], headings: Mapping[int, str]) -> list[int]:
    """In order of their dates where all have one, otherwise as they stand."""
    days = {index: _day_of(headings[index]) for index in dated}
    return dated if None in days.values() else sorted(dated, key=lambda index: (days[index], index))


def _day_of(heading: str) -> date | None:
    milestones = read_timescale(heading.replace("(", " ").replace(")", " ")).milestones
    return milestones[0].due if len(milestones) == 1 else None


def _is_filled(row: Row, index: int, key: str) -> bool:
    cell = row.cell(index)
    return bool(cell.own_text) or (key == "status" and hue_of(cell.shading) is not None)
