"""Small Word, Excel and CSV files made inside tests, and ways to damage them."""

import csv
import io
import zipfile
from xml.sax.saxutils import escape

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.styles import PatternFill

from actions.reading.plan import as_interface, read_plan

HEADER = ["Ref", "Aim", "Action", "Expected outcome", "By when", "Lead", "Priority", "RAG"]
ROW = ["1", "Recruit", "Hold a fair", "More staff", "March 2026", "HR Lead", "High", "Green"]


def word_file(*blocks) -> bytes:
    """Paragraphs (text), titles ((text, level)) and tables (lists of rows; a row of one text spans the table)."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        elif isinstance(block, tuple):
            document.add_heading(*block)
        else:
            _add_table(document, block)
    return saved(document)


def _add_table(document, rows) -> None:
    table = document.add_table(len(rows), max(len(row) for row in rows))
    for index, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(index, column).text = text
        if len(row) == 1:
            table.cell(index, 0).merge(table.cell(index, len(table.columns) - 1))


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def shade(cell, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{colour}"/>'))


def excel_file(rows, *, title: str = "Plan", change=None) -> bytes:
    """One sheet of rows; `change` may do more to the workbook and its sheet."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if change:
        change(workbook, sheet)
    return saved(workbook)


def fill(cell, colour: str) -> None:
    cell.fill = PatternFill("solid", fgColor=colour)


def csv_file(rows, *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def with_part(content: bytes, name: str, part: bytes | None) -> bytes:
    """The same zip with one part replaced, added, or (None) taken out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename != name:
                new.writestr(member, old.read(member))
        if part is not None:
            new.writestr(name, part)
    return stream.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def with_shared_texts(content: bytes, items: bytes, sheet_cells: bytes) -> bytes:
    """A workbook as Excel itself writes it: texts in a part of their own, cells that point to them."""
    rels, sheet = "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rIdShared" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'.encode()
    content = with_part(content, rels, part_of(content, rels).replace(b"</Relationships>", link))
    start, _, rest = part_of(content, sheet).partition(b"</sheetData>")
    content = with_part(content, sheet, start + sheet_cells + b"</sheetData>" + rest)
    namespace = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return with_part(content, "xl/sharedStrings.xml", b"<sst " + namespace + b">" + items + b"</sst>")


def read_rows(content: bytes, **options) -> list[dict]:
    """The rows of a plan in the shape of the interface."""
    return [as_interface(row) for row in read_plan("plan", content, **options).rows]


def plan_row(**cells) -> list[dict]:
    """Read a Word plan of one row whose columns are the given headings."""
    headings = [heading.replace("_", " ") for heading in cells]
    return read_rows(word_file([headings, list(cells.values())]))


SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}


def ods_cell(text, attributes: str = "") -> str:
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in (text or "").split("\n")) if text else ""
    kind = ' office:value-type="string"' if text and "value-type" not in attributes else ""
    return f"<table:table-cell{kind} {attributes}>{lines}</table:table-cell>"


def ods_row(cells, attributes: str = "") -> str:
    """A row of texts, or of cells as `ods_cell` makes them."""
    made = (cell if cell and cell.startswith("<table:") else ods_cell(cell) for cell in cells)
    return f"<table:table-row {attributes}>{''.join(made)}</table:table-row>"


def ods_file(*rows, styles: str = "", columns: str = "", sheets: str = "", kind: str = "spreadsheet") -> bytes:
    """An OpenDocument workbook of one sheet called Plan; `sheets` are further ones."""
    body = "".join(row if isinstance(row, str) else ods_row(row) for row in rows)
    spaces = " ".join(f'xmlns:{name}="{space}"' for name, space in SPACES.items())
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="Plan">{columns}{body}</table:table>{sheets}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def pdf_file(*pages, widths=None, fills=(), encrypt: str = "") -> bytes:
    """Pages of rows of texts, each cell drawn with its lines; `fills` are (page, row, column, "r g b").

    A text None is a cell without a line above it: one merged down. A page that is a text holds only that.
    """
    streams = [_page(page, widths, [each[1:] for each in fills if each[0] == at]) for at, page in enumerate(pages)]
    return pdf_of(streams, encrypt=encrypt)


def _page(rows, widths, fills) -> bytes:
    if isinstance(rows, str):
        return f"BT /F1 10 Tf 40 780 Td ({rows}) Tj ET".encode("cp1252")
    widths = widths or [500 // max(map(len, rows))] * max(map(len, rows))
    lefts = [40 + sum(widths[:index]) for index in range(len(widths) + 1)]
    drawn, top = [], 780
    for number, row in enumerate(rows):
        height = 6 + 12 * max((text or "").count("\n") + 1 for text in row)
        for column, text in enumerate(row):
            left, right = lefts[column], lefts[column + 1] if len(row) > 1 else lefts[-1]
            drawn += [f"{rgb} rg {left} {top - height} {right - left} {height} re f" for at, place, rgb in fills
                      if (at, place) == (number, column)]  # fmt: skip
            drawn += [f"{edge} {top} m {edge} {top - height} l S" for edge in (left, right)]
            if text is not None:
                drawn.append(f"{left} {top} m {right} {top} l S")
            drawn.append("0 g")
            for at, line in enumerate((text or "").split("\n")):
                shown = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
                drawn.append(f"BT /F1 8 Tf {left + 3} {top - 12 - 12 * at} Td ({shown}) Tj ET")
        top -= height
    drawn.append(f"{lefts[0]} {top} m {lefts[-1]} {top} l S")
    return "\n".join(drawn).encode("cp1252", "replace")


def pdf_of(streams: list[bytes], *, filters: str = "", encrypt: str = "") -> bytes:
    """A PDF of pages with these contents, written as plainly as it can be."""
    count = len(streams)
    kids = " ".join(f"{4 + 2 * index} 0 R" for index in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for index, stream in enumerate(streams):
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * index} 0 R {fonts} >>"
        head = f"<< /Length {len(stream)} {filters} >>\nstream\n".encode()
        objects += [page.encode(), head + stream + b"\nendstream"]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {encrypt} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return bytes(out) + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()
