"""One writer per file format. An export yields rows of plain values; a writer knows how the format keeps them.

Nothing that somebody typed may become a formula: in a workbook words are written as words, and in a CSV file,
which a spreadsheet would read cell by cell, a cell that begins like a formula gets an apostrophe in front.
"""

import csv
import io
import json
from datetime import date

import xlsxwriter

FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 60


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def harmless(value):
    """A CSV cell that no spreadsheet will run. Numbers stay numbers, negative ones too."""
    text = value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
    stripped = text.lstrip()
    if stripped.startswith(FORMULA_LEADS) and not _is_number(text):
        return f"'{text}"
    return text


def write_csv(export):
    """UTF-8 with a byte-order mark, because that is how Excel knows."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(export.headings())
    for row in export.rows():
        sheet.writerow([harmless(value) for value in row])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def write_xlsx(export):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(export.sheet_name)
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    dated = book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"})
    headings = export.headings()
    for column, words in enumerate(headings):
        sheet.write_string(0, column, words, heading)
    last = 0
    for last, row in enumerate(export.rows(), start=1):
        for column, value in enumerate(row):
            _write_cell(sheet, last, column, value, wrapped, dated)
    for column, width in enumerate(export.widths()):
        sheet.set_column(column, column, min(width, WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(headings) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _write_cell(sheet, row, column, value, wrapped, dated):
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, dated)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, wrapped)
    elif value not in (None, ""):
        sheet.write_string(row, column, str(value), wrapped)


def write_json(export):
    return (json.dumps(export.document(), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


WRITERS = {
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "json": (write_json, "application/json"),
}
