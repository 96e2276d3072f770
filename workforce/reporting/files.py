"""The report as a file, by the ending of its name. Charts are drawn once for all files made of the same `Pictures`."""

from workforce.disclosure.released import insist_released
from workforce.writing.books import write_book
from workforce.writing.interchange import write_json
from workforce.writing.pdf import write_pdf
from workforce.writing.word import write_word

from .content import Report
from .documents import document_of
from .interface import interface_of
from .page import page_of
from .pictures import PNG, SVG, Pictures, with_one_chart_each
from .workbook import book_of

FILES = {  # ending -> (what makes it, its media type, what people call it)
    "docx": (
        lambda report, pictures: write_word(document_of(report, pictures, PNG)),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word",
    ),
    "pdf": (lambda report, pictures: write_pdf(document_of(report, pictures, SVG)), "application/pdf", "PDF"),
    "xlsx": (
        lambda report, pictures: write_book(book_of(report, pictures)),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Excel",
    ),
    "html": (lambda report, pictures: page_of(report, pictures), "text/html; charset=utf-8", "Web page"),
    "json": (lambda report, pictures: write_json(interface_of(report)), "application/json", "JSON"),
}


def file_of(report: Report, ending: str, pictures: Pictures | None = None) -> bytes:
    insist_released(*report.tables)
    make, _, _ = FILES[ending]
    return make(with_one_chart_each(report), pictures or Pictures())
