"""PDF by typst: landscape A4, tagged as PDF/UA-1 asks, so that it can be read aloud and found one's way in.

The template is fixed and everything anybody wrote is data beside it. Only fonts that come with the planner and with
typst are used, so the same plan gives the same file on every machine.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import typst

from .shapes import TONES, Document, Heading, Paragraph, Picture, Row, Table, cell_of, in_words, writable

HERE = Path(__file__).parent
TEMPLATE, FONTS = HERE / "templates" / "pages.typ", HERE / "fonts"
WHOLE = 700  # characters in a row's longest cell up to which the row stays on one page
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # the file says on its first page how old it is


def write_pdf(document: Document) -> bytes:
    files = {"main.typ": TEMPLATE.read_bytes()}
    files["document.json"] = json.dumps(_data(document, files)).encode()
    return typst.compile(
        files,
        format="pdf",
        pdf_standards=["ua-1"],
        font_paths=[FONTS],
        ignore_system_fonts=True,
        timestamp=UNDATED,
    )


def _data(document: Document, files: dict) -> dict:
    parts = []
    for part in document.parts:
        if part is document.first_heading and document.has_contents:
            parts.append({"kind": "contents"})
        parts.append(MAKERS[type(part)](part, files))
    named = {key: writable(getattr(document, key)) for key in ("title", "author", "subject")}
    return named | {"lines": [writable(line) for line in document.lines], "parts": parts}


def _heading(part: Heading, files):
    return {"kind": "heading", "level": part.level, "words": writable(part.words)}


def _paragraph(part: Paragraph, files):
    return {"kind": "paragraph", "lines": _lines(part.words)}


def _picture(part: Picture, files):
    name = f"picture-{len(files)}.png"
    files[name] = part.content
    return {"kind": "picture", "file": name, "about": writable(part.about), "width": part.width}


def _table(part: Table, files):
    columns = [{"label": column.label, "width": column.width} for column in part.columns]
    return {"kind": "table", "columns": columns, "rows": [_row(row) for row in part.rows]}


def _row(row: Row):
    cells = [cell_of(value) for value in row.cells]
    is_whole = max(len(in_words(cell.value)) for cell in cells) <= WHOLE
    return {"whole": is_whole, "cells": [_cell(cell) for cell in cells]}


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


MAKERS = {Heading: _heading, Paragraph: _paragraph, Picture: _picture, Table: _table}
