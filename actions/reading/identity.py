"""Which row of which plan a row of a file is, as our own exports write it and people's programs keep it.

A mark names the plan, the row, and the plan's newest change when the file was written, so that what the file's editor
had seen can be told from the history. In Word it is the name of a hidden bookmark around the row's first cell; in a
workbook and in CSV it is a cell of the column `HEADING`, hidden in a workbook.
"""

import re
from dataclasses import dataclass

HEADING = "Planner row"
MARK = re.compile(r"_?planner_(\d{1,18})_(\d{1,18})_(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Identity:
    strategy: int
    action: int
    change: int

    @property
    def mark(self) -> str:
        """As a cell has it, and with an underscore in front as a bookmark that Word does not list."""
        return f"planner_{self.strategy}_{self.action}_{self.change}"


def read_mark(text: str) -> Identity | None:
    """The identity that a cell or a bookmark's name says; None for anything else."""
    found = MARK.fullmatch(text.strip())
    return Identity(*map(int, found.groups())) if found else None
