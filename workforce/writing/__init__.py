"""Files given away: one writer for each format, and a neutral shape that all of them write (`shapes`).

An export says what is in a file. It has a `sheet()` for formats that are tables to work in, a `document()` for those
that are read on paper, and an `interface()` for other systems.
"""

from .delimited import write_csv
from .excel import write_xlsx
from .interchange import write_json
from .pdf import write_pdf
from .word import write_word

WRITERS = {
    "docx": (
        lambda export: write_word(export.document()),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": (
        lambda export: write_xlsx(export.sheet()),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "pdf": (lambda export: write_pdf(export.document()), "application/pdf"),
    "csv": (lambda export: write_csv(export.sheet()), "text/csv; charset=utf-8"),
    "json": (lambda export: write_json(export.interface()), "application/json"),
}

# What the plan's page offers, in this order.
DOWNLOADS = (("docx", "Word"), ("pdf", "PDF"), ("xlsx", "Excel"), ("csv", "CSV"), ("json", "JSON"))
