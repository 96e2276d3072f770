"""The blank template: headings to fill in, with guidance and drop-down lists where the format has them."""

import csv
import io

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from workforce.template import Kind

from .columns import (
    FIELDS_OF_COLUMNS,
    GUIDANCE_HEADINGS,
    NEEDED,
    OR_A_WORD,
    REFERENCES,
    accepted,
    choices,
    example,
)

FORMATS = ("csv", "xlsx")
ROWS = 20_000  # that have drop-down lists
SHEETS = ("Posts", "Guidance")
TEXT_COLUMNS = (Kind.MONTH, Kind.YEAR)  # kept as typed: a spreadsheet would turn 03/2024 into a day


def blank_template(format):
    """The blank template as the bytes of a CSV or XLSX file. Raises ValueError for another format."""
    if format not in FORMATS:
        raise ValueError("The template can be had as csv or xlsx")
    return _csv() if format == "csv" else _xlsx()


def headings():
    return [*(reference.label for reference in REFERENCES), *(field.label for field in FIELDS_OF_COLUMNS)]


def _csv():
    out = io.StringIO()
    csv.writer(out).writerow(headings())
    return out.getvalue().encode("utf-8-sig")


def guidance():
    """Rows of the guidance, one for each column: (Field, Meaning, Needed, Accepted values, Example, choices)."""
    for reference in REFERENCES:
        yield (reference.label, reference.meaning, reference.needed, "At most 60 characters", reference.example), ()
    for field in FIELDS_OF_COLUMNS:
        unit = f" ({field.unit})" if field.unit else ""
        values = choices(field) if field.kind is Kind.CATEGORY else ()
        told = f"One of the values on the right of this row; {OR_A_WORD}" if values else accepted(field)
        needed = "Yes" if field.name in NEEDED else "No"
        yield (field.label, f"{field.meaning}{unit}", needed, told, example(field)), values


def _xlsx():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold, wrapped, text = (
        book.add_format(look) for look in ({"bold": True}, {"text_wrap": True, "valign": "top"}, {"num_format": "@"})
    )
    posts, about = (book.add_worksheet(name) for name in SHEETS)
    lists = _write_guidance(about, bold, wrapped)
    _write_posts(posts, lists, bold, text)
    book.close()
    return out.getvalue()


def _write_guidance(sheet, bold, wrapped):
    """Writes the guidance, and gives for each column the cells that hold its choices."""
    rows = list(guidance())
    widest = max(len(values) for _, values in rows)
    sheet.write_row(0, 0, [*GUIDANCE_HEADINGS, *(f"Value {number}" for number in range(1, widest + 1))], bold)
    sheet.set_column(0, 4, 24, wrapped)
    sheet.set_column(1, 1, 60, wrapped)
    sheet.freeze_panes(1, 1)
    first, lists = len(GUIDANCE_HEADINGS), []
    for number, (cells, values) in enumerate(rows, 1):
        sheet.write_row(number, 0, cells)
        sheet.write_row(number, first, values)
        lists.append((number, first, first + len(values) - 1) if values else None)
    return lists


def _write_posts(sheet, lists, bold, text):
    sheet.write_row(0, 0, headings(), bold)
    sheet.freeze_panes(1, 1)
    kinds = [Kind.KEY] * len(REFERENCES) + [field.kind for field in FIELDS_OF_COLUMNS]
    for column, (kind, cells) in enumerate(zip(kinds, lists, strict=True)):
        sheet.set_column(column, column, 20, text if kind in (Kind.KEY, *TEXT_COLUMNS) else None)
        if cells:
            sheet.data_validation(1, column, ROWS, column, _drop_down(cells))


def _drop_down(cells):
    """A list to choose from. What is typed beside it is let in, with a word of warning: the reading tells of it."""
    row, first, last = cells
    source = f"={SHEETS[1]}!{xl_range_abs(row, first, row, last)}"
    told = "The value is not in the list, and would be told as a fault. Use it all the same?"
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "Not in the list",
        "error_message": told,
    }
