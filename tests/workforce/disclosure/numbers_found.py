"""Every number that somebody finds who takes a report's files apart: what is seen, hidden, cached, spoken or attached.

`numbers_in` reads Word, Excel, PDF, web pages, drawings and JSON. `strangers` are those of its numbers that are in no
released table and in none of the words that stand around figures.
"""

import io
import json
import re
import zipfile

import pdfplumber
from lxml import etree, html
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1

NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
# What numbers pages, charts and ranges of cells, and sizes of letters in a page's margin.
FURNITURE = re.compile(
    r"(?:Chart|Table) \d+\.|[Pp]age\s+(?:PAGE )?\d+(?: of +(?:NUMPAGES )?\d+)?|\.{4,} \d+$"
    r"|&\d+|\$[A-Z]*\$?\d+(?::\$[A-Z]*\$?\d+)?|TOC \\o \"\d-\d\"|_Toc\d+",
    re.MULTILINE,
)
SAID = {"descr", "title", "alt", "content", "aria-label", "aria-description", "summary", "display", "tooltip", "prompt"}
CALLED, NAMED = {"sheet", "definedName", "table", "tableColumn"}, {"name"}  # of a workbook
DRAWN = re.compile(r"\.(png|jpe?g|gif|ttf|odttf|otf)$")  # letters within pictures are beyond this
# Where a picture stands, fields that a paragraph has told already, and when the file was made.
PLACED = {"row", "col", "rowOff", "colOff", "instrText", "delText", "posOffset", "created", "modified"}
SHAPES = re.compile(r"(\.rels|\[Content_Types\]\.xml|styles\.xml|settings\.xml|numbering\.xml|theme\d*\.xml|app\.xml)$")


def numbers_in(ending, content, *besides):
    """(where, number as it stands) of all that is written in a file; phrases in `besides` are taken out first."""
    for where, text in texts_in(ending, content):
        for phrase in sorted(besides, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", text) if phrase else text
        for found in NUMBER.findall(FURNITURE.sub(" ", text)):
            yield where, found.rstrip(",")


def texts_in(ending, content):
    """(where, text), for each paragraph, cell, spoken word, value and attachment."""
    if ending in ("docx", "xlsx"):
        yield from _packed(content)
    elif ending == "pdf":
        yield from _pdf(content)
    elif ending == "json":
        yield from _values(json.loads(content), "")
    else:
        yield from _marked_up(ending, content)


def _packed(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        shared = _shared(package)
        for name in package.namelist():
            if not SHAPES.search(name) and not DRAWN.search(name) and name != "xl/sharedStrings.xml":
                yield from _part(name, package.read(name), shared)
            elif name.endswith("app.xml"):
                yield from ((name, one.text or "") for one in etree.fromstring(package.read(name)).iter("{*}lpstr"))


def _shared(package):
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    return ["".join(one.itertext()) for one in etree.fromstring(package.read("xl/sharedStrings.xml")).iter("{*}si")]


def _part(name, content, shared):
    if content[:2] == b"PK":
        yield from ((f"{name}!{where}", text) for where, text in _packed(content))
    elif "/worksheets/" in name:
        yield from _sheet(name, content, shared)
    elif name.endswith((".xml", ".svg", ".vml")):
        yield from _tree(name, etree.fromstring(content))
    else:
        yield name, content.decode("utf-8", "replace")


def _sheet(name, content, shared):
    """Cells under their addresses, cached results of formulas too, and whatever else the sheet says."""
    tree = etree.fromstring(content)
    for cell in tree.iter("{*}c"):
        for part in cell.iter("{*}v", "{*}f", "{*}t"):
            text = part.text or ""
            is_place = cell.get("t") == "s" and etree.QName(part).localname == "v"
            yield f"{name} {cell.get('r')}", shared[int(text)] if is_place else text
        cell.getparent().remove(cell)
    yield from _tree(name, tree)


def _tree(name, tree):
    """Text by paragraphs, so that a number in two runs is one number; then attributes that are read out or shown."""
    for block in tree.iter("{*}p", "{*}comment"):
        yield name, "".join(block.itertext("{*}t", "{*}instrText", "{*}delText"))
    for one in tree.iter(etree.Element):
        said = SAID | NAMED if etree.QName(one).localname in CALLED else SAID
        yield from ((f"{name} {key}", value) for key, value in one.attrib.items() if etree.QName(key).localname in said)
        if etree.QName(one).localname not in PLACED and not (name.startswith("word/") and one.tag.endswith("}t")):
            yield name, one.text or ""


def _marked_up(ending, content):
    text = content.decode() if isinstance(content, bytes) else content
    tree = html.document_fromstring(text) if ending == "html" else etree.fromstring(text.encode())
    for one in tree.iter():
        said = {k: v for k, v in one.attrib.items() if k in SAID or k.startswith("data-") or k == "value"}
        yield from ((f"{one.tag} {key}", value) for key, value in said.items())
        if not isinstance(one.tag, str):  # a comment
            yield "comment", one.text or ""
        elif one.tag != "style":
            yield one.tag, one.text or ""
        yield one.tag, one.tail or ""


def _values(found, where):
    if isinstance(found, dict):
        for key, value in found.items():
            yield from _values(value, f"{where}/{key}")
    elif isinstance(found, list):
        for number, value in enumerate(found):
            yield from _values(value, f"{where}/{number}")
    elif found is not None and not isinstance(found, bool):
        yield where, str(found)


def _pdf(content):
    """The text of pages, and all that is spoken, noted or attached anywhere in the file."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            yield f"page {page.page_number}", page.extract_text() or ""
        for ref in {one for xref in pdf.doc.xrefs for one in xref.get_objids()}:
            yield from _pdf_object(ref, resolve1(PDFObjRef(pdf.doc, ref)))


def _pdf_object(ref, found):
    if isinstance(found, PDFStream):
        if str(found.attrs.get("Type", "")).strip("/'") == "EmbeddedFile":
            yield f"attachment {ref}", found.get_data().decode("utf-8", "replace")
        found = found.attrs
    for key in ("Alt", "ActualText", "E", "Contents", "Title", "Subject", "Keywords", "TU"):
        said = resolve1(found.get(key)) if isinstance(found, dict) else None
        if isinstance(said, bytes):
            yield (
                f"{key} of {ref}",
                said.decode("utf-16") if said[:2] in (b"\xfe\xff", b"\xff\xfe") else said.decode("latin-1"),
            )


def strangers(ending, content, tables, *besides):
    """(where, number) of those that no released table has; words of the tables themselves are no figures."""
    released = {float(cell.value) for table in tables for cell in table.cells if cell.value is not None}
    labels = [
        word
        for table in tables
        for of in (table.row_labels, table.column_labels)
        for item in of.items()
        for word in item
    ]
    words = [word for table in tables for word in (table.label, table.note, table.source, table.measure, table.columns)]
    found = numbers_in(ending, content, *labels, *words, *besides)
    return [(where, number) for where, number in found if float(number.replace(",", "")) not in released]
