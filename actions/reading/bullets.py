"""One cell with several actions, where the document says that each bullet is one."""

import re
from dataclasses import dataclass

from .grids import Mark

BULLET = re.compile(r"^(\s*)([•‣▪●○◦·*–-]|o|\d{1,2}[.)])\s+(\S.*)$")


@dataclass(frozen=True)
class _Line:
    level: int | None  # None: not in a list
    text: str


def split_actions(text: str, marks: tuple[Mark | None, ...]) -> list[str]:
    """Each first-level bullet as an activity, its further lines below it; a lead-in such as "We will:" is dropped.

    A text without bullets is one activity.
    """
    lines = _lines(text, marks)
    levels = [line.level for line in lines if line.level is not None]
    if len(levels) < 2:
        return [text] if text else []
    first, actions = min(levels), []
    for line in lines:
        if line.level == first:
            actions.append([line.text])
        elif actions:
            actions[-1].append(line.text)
    return ["\n".join(action) for action in actions]


def line_by_line(text: str, count: int) -> list[str]:
    """The lines of a timescale that has exactly one for each action; otherwise the whole for each."""
    lines = [line for line in text.split("\n") if line.strip()]
    return lines if len(lines) == count else [text] * count


def _lines(text: str, marks: tuple[Mark | None, ...]) -> list[_Line]:
    texts = text.split("\n")
    if len(marks) == len(texts) and any(marks):
        return [_Line(mark.level if mark else None, line) for line, mark in zip(texts, marks, strict=True)]
    signs: list[str] = []  # the kinds of bullet met so far: a new kind is a level deeper
    return [_typed(line, signs) for line in texts]


def _typed(line: str, signs: list[str]) -> _Line:
    found = BULLET.match(line)
    if not found:
        return _Line(None, line)
    sign = f"{len(found[1])}{'1.' if found[2][0].isdigit() else found[2]}"
    if sign not in signs:
        signs.append(sign)
    return _Line(signs.index(sign), found[3])
