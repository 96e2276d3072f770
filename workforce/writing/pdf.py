"""PDF by typst: A4, tagged as PDF/UA-1 asks, so that a screen reader knows headings, tables and their cells.

The template is fixed, and everything anybody wrote is data beside it.
"""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from .shapes import TONES, Document, Heading, Listing, Paragraph, Picture, Row, Table, cell_of, in_words, writable

HERE = Path(__file__).parent
TEMPLATE = HERE / "templates" / "pages.typ"
WHOLE = 700  # characters in a row's longest cell up to which the row stays on one page
PNG = b"\x89PNG"
LONGEST_WAIT = 300  # seconds


def write_pdf(document: Document) -> bytes:
    files = {"main.typ": TEMPLATE.read_bytes()}
    files["document.json"] = json.dumps(_data(document, files)).encode()
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            Path(folder, name).write_bytes(content)
        _typeset(folder)
        return Path(folder, "document.pdf").read_bytes()


def _typeset(folder: str) -> None:
    program = [sys.executable, "-I", str(HERE / "typesetter.py"), folder]
    done = subprocess.run(program, capture_output=True, text=True, timeout=LONGEST_WAIT)
    if done.returncode:
        raise RuntimeError(f"typst could not set the document: {done.stderr.strip()[-2000:]}")


def _data(document: Document, files: dict) -> dict:
    parts = []
    for part in document.parts:
        if part is document.first_heading and document.has_contents:
            parts.append({"kind": "contents"})
        parts.append(MAKERS[type(part)](part, files))
    named = {key: writable(getattr(document, key)) for key in ("title", "author", "subject", "header")}
    page = {"upright": document.page.is_upright, "margin": document.page.margin, "cover": document.has_cover}
    page["depth"] = document.contents_depth
    return named | {"lines": [writable(line) for line in document.lines], "parts": parts, "page": page}


def _heading(part: Heading, files):
    return {"kind": "heading", "level": part.level, "words": writable(part.words)}


def _paragraph(part: Paragraph, files):
    return {"kind": part.look or "paragraph", "lines": _lines(part.words)}


def _listing(part: Listing, files):
    return {"kind": "list", "items": [writable(item) for item in part.items]}


def _picture(part: Picture, files):
    name = f"picture-{len(files)}.{'png' if part.content.startswith(PNG) else 'svg'}"
    files[name] = part.content
    words = {"about": writable(part.about), "caption": writable(part.caption)}
    return {"kind": "picture", "file": name, "width": part.width} | words


def _table(part: Table, files):
    columns = [
        {"label": writable(column.label), "width": column.width, "number": column.is_number} for column in part.columns
    ]
    words = {"caption": writable(part.caption), "notes": [writable(note) for note in part.notes]}
    shape = {"columns": columns, "share": part.share, "whole": part.is_whole, "rows": [_row(row) for row in part.rows]}
    return {"kind": "table"} | shape | words


def _row(row: Row):
    cells = [cell_of(value) for value in row.cells]
    is_whole = max(len(in_words(cell.value)) for cell in cells) <= WHOLE
    return {"whole": is_whole, "total": row.is_total, "cells": [_cell(cell) for cell in cells]}


def _cell(cell):
    made = {"lines": _lines(in_words(cell.value))}
    if cell.note:
        made["note"] = writable(cell.note)
    if cell.tone:
        tone = TONES[cell.tone]
        made["tone"] = {"ink": f"#{tone.ink}", "ground": f"#{tone.ground}"}
    return made


def _lines(words: str) -> list[str]:
    return writable(words).split("\n")


MAKERS = {
    Heading: _heading,
    Paragraph: _paragraph,
    Listing: _listing,
    Picture: _picture,
    Table: _table,
}
