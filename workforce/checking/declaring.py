"""What a kind of file declares once: its columns, and its rules along a row."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from .kinds import Kind


class Severity(StrEnum):
    ERROR = "error"  # the steward decides about it: the cell counts as missing
    WARNING = "warning"  # worth knowing; the cell counts unless the message says that it is left aside


class Then(StrEnum):
    """What becomes of the cell or the row that a rule finds fault with."""

    KEEP = "keep"
    SET_ASIDE = "set aside"  # the cell counts as missing
    LEAVE_OUT = "leave out"  # the row is not taken into the snapshot


@dataclass(frozen=True)
class Column:
    name: str  # its heading
    kind: Kind
    code: str = ""  # number of the national finding for a cell that cannot be read
    severity: Severity = Severity.ERROR
    required: Severity | None = None  # how a blank cell is told
    required_code: str = ""  # number of that finding, where it differs
    numbers: tuple[tuple[str, str], ...] = ()  # (wrong, number of the finding), where one way to be wrong has its own
    also: tuple[str, ...] = ()  # other headings it has come under
    shows: bool = True  # whether its cells may be shown in messages: never those that could identify a person
    key: bool = False  # without it a row cannot be taken
    optional: bool = False  # the whole column may be missing without a word

    def number(self, wrong):
        return dict(self.numbers).get(wrong, self.code) or wrong


@dataclass(frozen=True)
class Rule:
    """A check along one row. `when` gets the block's `Cells` and returns a mask of the rows at fault."""

    column: str
    code: str
    message: str
    when: Callable
    severity: Severity = Severity.WARNING
    accepted: str = ""
    then: Then = Then.KEEP
    needs: tuple[str, ...] = ()  # columns that the file must have for the rule to mean anything


@dataclass(frozen=True)
class FileKind:
    name: str  # "worker"
    label: str  # "Staff file"
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...] = ()
    marks: frozenset[str] = frozenset()  # headings that no other kind of file has together
    unjudged: Rule | None = None  # rows that are left out without looking at them further, and how that is told

    @cached_property
    def _by_name(self):
        return {column.name: column for column in self.columns}

    def column(self, name):
        return self._by_name[name]
