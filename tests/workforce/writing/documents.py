"""Small documents made inside tests, and ways to look into the files that writers make of them."""

import io
import struct
import zipfile
import zlib

import docx
import pdfplumber
from lxml import etree

from workforce.writing.shapes import Cell, Column, Document, Heading, Paragraph, Row, Sheet, Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def table_of(*rows, labels=("Activity", "Status"), about="A table"):
    columns = tuple(Column(label, 20) for label in labels)
    return Table(columns, tuple(Row(tuple(cells), f"planner_1_{n}_9") for n, cells in enumerate(rows, 1)), about)


def document_of(*parts, title="A plan", **more):
    return Document(title=title, parts=parts, **more)


def document_saying(words):
    """The same words in every place that words can stand."""
    table = table_of((words, Cell(words, note=words, tone="red")))
    return document_of(Heading(words), Paragraph(words), table, title=words, lines=(words,), author=words)


def sheet_of(*rows, labels=("Activity", "Status"), **more):
    return Sheet("Plan", table_of(*rows, labels=labels), "Planner row", **more)


def png(width=2, height=1):
    """The smallest picture."""
    lines = b"".join(b"\0" + b"\xff\x00\x00" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b"")]
    packed = (struct.pack(">I", len(body)) + kind + body + _check(kind + body) for kind, body in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def _check(content):
    return struct.pack(">I", zlib.crc32(content))


def opened(content):
    """A Word file as python-docx has it."""
    return docx.Document(io.BytesIO(content))


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def pdf_text(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def pdf_catalogue(content):
    """What the file says of itself: language, tags, and whether its title is to be shown."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return pdf.doc.catalog


def pdf_tags(content):
    """The kinds of structure elements, in the order in which they are read aloud."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return list(_kinds(pdf.structure_tree))


def _kinds(elements):
    for element in elements:
        yield element["type"]
        yield from _kinds(element.get("children", []))
