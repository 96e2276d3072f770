"""CSV. A spreadsheet reads it cell by cell, so a cell that begins like a formula gets an apostrophe in front."""

import csv
import io
import re
from datetime import date

from .shapes import Sheet, cell_of

# What a spreadsheet would take for a formula; and the same behind apostrophes that somebody typed, one of which reading
# it back would take for ours.
LIKE_A_FORMULA = re.compile(r"'*\s*[=+\-@]")


def write_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte-order mark, because that is how Excel knows."""
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow([*(column.label for column in sheet.table.columns), sheet.mark_heading])
    for row in sheet.table.rows:
        lines.writerow([*(harmless(cell_of(value).value) for value in row.cells), row.mark])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def harmless(value) -> str:
    """A cell that no spreadsheet will run. Numbers stay numbers, negative ones too."""
    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    if LIKE_A_FORMULA.match(text) and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
