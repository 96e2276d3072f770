"""CSV. A spreadsheet reads it cell by cell, so a cell that begins like a formula gets an apostrophe in front."""

import csv
import io
from datetime import date

from .shapes import Sheet, cell_of

FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r")


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
    if text.lstrip().startswith(FORMULA_LEADS) and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
