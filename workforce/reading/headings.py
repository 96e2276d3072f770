"""The row of headings: what is refused in it, and what it leaves in doubt."""

from .shapes import Limits, Note, Unreadable, column_letters

HEADING = 1_000  # characters; a question of a survey can be long


def headings_of(row: tuple[str, ...], number: int, limits: Limits) -> tuple[str, ...]:
    """The headings without blank ones at the end."""
    row = tuple(cell.strip() for cell in row)
    while row and not row[-1]:
        row = row[:-1]
    if len(row) > limits.columns:
        raise Unreadable(
            f"There are {len(row):,} headings; a table may have {limits.columns} columns.",
            f"row {number}, column {column_letters(limits.columns + 1)}",
            f"At most {limits.columns} columns",
        )
    for column, heading in enumerate(row, 1):
        if len(heading) > HEADING:
            raise Unreadable(
                f"The heading is {len(heading):,} characters long. Perhaps a quotation mark is never closed.",
                f"row {number}, column {column_letters(column)}",
                f"Headings of at most {HEADING:,} characters",
            )
    return row


def heading_notes(headings: tuple[str, ...]) -> list[Note]:
    """What the headings leave in doubt: the same name twice, or columns without a name."""
    first: dict[str, int] = {}
    notes = []
    for number, heading in enumerate(headings, 1):
        here = column_letters(number)
        if not heading:
            notes.append(Note(f"Column {here} has no heading, so nothing can be read from it.", f"Column {here}"))
        elif heading.casefold() in first:
            there = column_letters(first[heading.casefold()])
            notes.append(
                Note(
                    f"Columns {there} and {here} have the same heading, “{heading[:80]}”. "
                    f"Column {there} is read and column {here} is not.",
                    f"Column {here}",
                )
            )
        else:
            first[heading.casefold()] = number
    return notes
