"""The faults of a sender's file, sorted by what they are a fault of, and the template's field that each one costs.

A fault is recognised by what its source declares: a column's ways of being wrong, its being blank, and the rules along
a row. What nothing declares was found between rows or between files, and is a contradiction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workforce.checking.declaring import FileKind
from workforce.checking.engine import heading_key
from workforce.quality.figures import MEASURED
from workforce.sources import SOURCES
from workforce.template import FIELDS


class FaultOf(StrEnum):
    READING = "reading"  # of the file as a whole: headings, odd rows
    COMPLETENESS = "completeness"
    VALIDITY = "validity"
    CONSISTENCY = "consistency"
    UNIQUENESS = "uniqueness"


MEASURED_NAMES = frozenset(field.name for field in MEASURED)
REPEATED = "998"  # the number of a key that an earlier row of the same file has, in every source
ABOUT_FILES = ("note", "sheet_unknown", "heading_unknown", "heading_missing", "no_workplace_file")
# What fills which field of the template, for sources that do not declare it in BECOMES: columns of the file of posts,
# and for a council's list the meanings that its headings are given.
FILLS = {
    "esr": {
        "Staff Group": "role", "Job Role": "role", "Area of Work": "service", "Assignment Category": "contract",
        "FTE": "hours_contracted", "Contracted Hours": "hours_contracted", "Date of Birth": "age", "Gender": "sex",
        "Ethnic Origin": "ethnicity15", "Nationality": "nationality3", "Disability": "disability",
        "Latest Start Date": "start_role", "NHS Start Date": "start_sector_year",
        "Registration Body": "registration", "Recruitment Source": "recruit_source",
    },
    "council": {
        "job_title": "role", "contract": "contract", "hours": "hours_contracted", "fte": "hours_contracted",
        "salary": "hourly_pay", "hourly_rate": "hourly_pay", "date_of_birth": "age", "sex": "sex",
        "ethnicity": "ethnicity15", "nationality": "nationality3", "disability": "disability",
        "start_date": "start_role", "start_in_sector": "start_sector_year", "qualification": "qual_level",
        "recruitment": "recruit_source", "sick_days": "sick_days", "registration": "registration",
        "apprentice": "apprentice", "leaving_date": "leave_month", "leaving_reason": "leave_reason",
    },
}  # fmt: skip
NO_HEADINGS = ("salary_is",)  # entries of a mapping that say how something is meant


def columns_of(source: str) -> dict[str, str]:
    """{column: field of the template} of a source's file of posts; empty for sources that name their columns so."""
    module = SOURCES.get(source)
    becomes = getattr(module, "BECOMES", {}).get(module.POSTS, {}) if module else {}
    declared = {column: field for column, fields in becomes.items() for field in fields[:1] if field in MEASURED_NAMES}
    return declared or FILLS.get(source, {})


def mapped_columns(mapping: dict[str, str]) -> dict[str, str]:
    """{heading: field of the template} of a list whose headings were given a meaning by somebody."""
    fills = FILLS["council"]
    return {heading: fills[of] for heading, of in mapping.items() if of in fills and heading not in NO_HEADINGS}


@dataclass(frozen=True)
class Fault:
    """One cause of faults with how often it was found. It holds no cell."""

    column: str
    code: str
    message: str
    accepted: str
    count: int
    kind: FileKind | None = None  # of the file that it was found in
    of_posts: bool = True  # whether the rows of that file are posts


def sort_fault(fault: Fault) -> FaultOf:
    """What it is a fault of."""
    if fault.code in ABOUT_FILES or fault.code.startswith("row_") or not fault.column:
        return FaultOf.READING
    if fault.code == REPEATED:
        return FaultOf.UNIQUENESS
    column = _column(fault)
    if column is None:
        return FaultOf.CONSISTENCY
    if fault.message == f"{column.name} is blank":
        return FaultOf.COMPLETENESS
    wrongs = {f"{column.name} {wrong.says}": wrong for wrong in column.kind.wrongs}
    if fault.message in wrongs:
        return FaultOf.READING if wrongs[fault.message].keeps else FaultOf.VALIDITY
    return FaultOf.CONSISTENCY


def _column(fault):
    known = {column.name: column for column in fault.kind.columns} if fault.kind else {}
    return known.get(fault.column)


def field_of(column: str, fields: dict[str, str]) -> str:
    """The field of the template that a column of the sender's fills, or "": as told, or by its name or label."""
    if column in fields:
        return fields[column]
    by_key = {heading_key(word): name for name, field in FIELDS.items() for word in (name, field.label)}
    by_key |= {heading_key(known): field for known, field in fields.items()}
    return by_key.get(heading_key(column), "")


def unreadable_cells(faults: Iterable[Fault], fields: dict[str, str]) -> dict[str, int]:
    """{field: filled cells that could not be read} of posts; "" for columns that fill no field of the template."""
    cells = {}
    for fault in faults:
        if fault.of_posts and sort_fault(fault) is FaultOf.VALIDITY:
            field = field_of(fault.column, fields)
            cells[field] = cells.get(field, 0) + fault.count
    return cells


def rows_left_out_as_repeated(faults: Iterable[Fault]) -> int:
    """Rows of posts that were left out because an earlier row has their key."""
    return sum(fault.count for fault in faults if fault.of_posts and sort_fault(fault) is FaultOf.UNIQUENESS)


def contradictions(faults: Iterable[Fault]) -> list[Fault]:
    """The rules that rows failed, and what was found between rows and files; most often first."""
    return sorted((fault for fault in faults if sort_fault(fault) is FaultOf.CONSISTENCY), key=lambda one: -one.count)
