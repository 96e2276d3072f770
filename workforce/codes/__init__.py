"""The code lists of the sources: one CSV file each, grouped by where they come from, `code` and `label` first.

A code is text: "01005" keeps its zero. Lines before the heading that begin with # say where the facts come from.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


class UnknownList(KeyError):
    """No code list or crosswalk has this name: a fault of ours, never of a file that somebody sends."""


@dataclass(frozen=True)
class CodeList:
    name: str
    source: str
    rows: tuple[dict, ...]

    @property
    def codes(self):
        """All codes, in the order of the published list."""
        return tuple(row["code"] for row in self.rows)

    def label(self, code):
        return self.column("label")[code]

    def column(self, name):
        """What a column of the list says of each code, as text."""
        return {row["code"]: row[name] for row in self.rows}


def read_table(path):
    """(comment lines without their #, rows) of a CSV file of ours."""
    lines = path.read_text(encoding="utf-8").splitlines()
    comments = [line.lstrip("# ") for line in lines if line.startswith("#")]
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return comments, tuple(rows)


def source_of(comments):
    return " ".join(comments).removeprefix("source:").strip()


@cache
def code_list_paths():
    """Where each list is kept; no name is given twice, whatever the folder."""
    return {path.stem: path for path in sorted(FOLDER.glob("*/*.csv"))}


@cache
def code_list(name):
    """The list of that name; it is read once."""
    path = code_list_paths().get(name)
    if path is None:
        raise UnknownList(f"There is no code list called {name}")
    comments, rows = read_table(path)
    return CodeList(name=name, source=source_of(comments), rows=rows)
