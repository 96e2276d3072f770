"""Which row of which plan a row of a file is, as our own exports write it and people's programs keep it.

A mark names the plan, the row, and the plan's newest change when the file was written, so that what the file's editor
had seen can be told from the history. In Word it is the name of a hidden bookmark around the row's first cell; in a
workbook and in CSV it is a cell of the column `HEADING`, hidden in a workbook. In a partner's own document, whose
cells may say things in the partner's way, the mark says so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

HEADING = "Planner row"
NOTE = "_planner_note_"  # begins the name of a bookmark around words of ours outside tables
MARK = re.compile(r"_?planner(_own)?_(\d{1,18})_(\d{1,18})_(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Identity:
    strategy: int
    action: int
    change: int
    is_own: bool = False  # the row of a partner's own document; otherwise the planner wrote the whole row

    @property
    def mark(self) -> str:
        """As a cell has it, and with an underscore in front as a bookmark that Word does not list."""
        return f"planner{'_own' if self.is_own else ''}_{self.strategy}_{self.action}_{self.change}"


def read_mark(text: str) -> Identity | None:
    """The identity that a cell or a bookmark's name says; None for anything else."""
    found = MARK.fullmatch(text.strip())
    return Identity(*map(int, found.groups()[1:]), is_own=bool(found[1])) if found else None


def marks_among(names: Iterable[str | None]) -> tuple[Identity, ...]:
    """The identities among the names of bookmarks, in order and once."""
    return tuple(dict.fromkeys(identity for name in names if name and (identity := read_mark(name))))


def marks_in(rows: list[list[str]]) -> tuple[dict[int, Identity], frozenset[int]]:
    """({row: its identity}, the columns of marks) of a table of texts, counted from 0."""
    found: dict[int, dict[int, Identity]] = {}
    for index, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text.startswith("planner_") and (identity := read_mark(text)):
                found.setdefault(column, {})[index] = identity
    columns = [column for column in found if _is_of_marks(rows, column)]
    by_row = {index: identity for column in reversed(columns) for index, identity in found[column].items()}
    return by_row, frozenset(columns)


def _is_of_marks(rows: list[list[str]], column: int) -> bool:
    """A column under our heading, whatever was typed in it since; and one that holds marks alone."""
    texts = [text for row in rows for text in row[column : column + 1] if text]
    return texts[0] == HEADING or all(map(read_mark, texts))
