"""What people do to a plan's file in Word, in a spreadsheet or in a text editor: cells, rows, their order.

Each takes the bytes, `Edits`, and {row of the plan: its place among the rows as they were made}; it returns the new
bytes and {place: {column: words}} of the cells that it could change: a file on paper has not every column.
"""

import copy
import csv
import io
import random
import re

import docx
import openpyxl
from docx.oxml.ns import qn

from actions.reading.identity import read_mark
from workforce.writing.delimited import harmless

LABELS = {
    "activity": "Activity",
    "expected_outcome": "Expected outcome",
    "evidence": "Evidence",
    "resource_requirement": "Resource requirement",
    "timescale_text": "Timescale",
}
ON_PAPER = LABELS | {"resource_requirement": "Resource"}


def edited_table(heads, rows, edits, marks, added):
    """The rows of a sheet, changed; and what was changed."""
    at = {key: heads.index(label) for key, label in LABELS.items()}
    by_place = {marks[read_mark(row[-1]).action]: row for row in rows}
    done = {}
    for place, cells in edits.cells.items():
        for key, text in cells.items():
            by_place[place][at[key]] = text
            done.setdefault(place, {})[key] = text
    kept = [row for place, row in by_place.items() if place not in edits.deleted]
    kept += [list(by_place[place]) for place in sorted(edits.copied)]
    random.Random(edits.order).shuffle(kept)
    kept += [added(text) for text in edits.added]
    return kept, done


def _new_row(heads, text):
    row = [""] * len(heads)
    row[heads.index("Activity")], row[heads.index("Aim")] = text, "Grow our own staff"
    return row


def in_a_text_file(content, edits, marks):
    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    rows, done = edited_table(heads, rows, edits, marks, lambda text: _new_row(heads, harmless(text)))
    out = io.StringIO(newline="")
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode("utf-8-sig"), done


def in_a_workbook(content, edits, marks):
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.active
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    rows, done = edited_table(heads, rows, edits, marks, lambda text: _new_row(heads, text))
    sheet.delete_rows(2, sheet.max_row)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, str) and value:  # as Excel keeps it; openpyxl would make formulas and signs of it
                cell.value, cell.data_type = re.sub("_x([0-9A-Fa-f]{4})_", r"_x005F_x\1_", value), "s"
    return _saved(book), done


def in_word(content, edits, marks):
    document = docx.Document(io.BytesIO(content))
    rows, heads = {}, {}
    for table in document.tables:
        labels = [cell.text for cell in table.rows[0].cells]
        for row in table.rows[1:]:
            place = marks[_mark_of(row._tr).action]
            rows[place], heads[place] = row, labels
    done = {}
    for place, cells in edits.cells.items():
        for key, text in cells.items():
            if ON_PAPER[key] in heads[place]:
                type_into(rows[place].cells[heads[place].index(ON_PAPER[key])], text)
                done.setdefault(place, {})[key] = text
    _rearrange(rows, heads, edits)
    return _saved(document), done


def _mark_of(row):
    names = [each.get(qn("w:name")) for each in row.iter(qn("w:bookmarkStart"))]
    return next(filter(None, map(read_mark, names)))


def type_into(cell, text):
    """As somebody types over a cell's words: paragraphs, bookmarks and controls stay."""
    for run in [run for paragraph in cell.paragraphs for run in paragraph.runs]:
        run._r.getparent().remove(run._r)
    for extra in [each for each in cell.paragraphs[1:] if not len(each._p.findall(f".//{qn('w:sdt')}"))]:
        if extra._p.find(f".//{qn('w:bookmarkEnd')}") is None:
            extra._p.getparent().remove(extra._p)
    cell.paragraphs[0].add_run(text)


def _rearrange(rows, heads, edits):
    for place in sorted(edits.copied):
        rows[place]._tr.addnext(copy.deepcopy(rows[place]._tr))
    for text in edits.added:
        source = rows[next(place for place in rows if place not in edits.deleted)]
        new = copy.deepcopy(source._tr)
        source._tr.addnext(new)
        added = docx.table._Row(new, source._parent)
        for mark in [*new.iter(qn("w:bookmarkStart")), *new.iter(qn("w:bookmarkEnd"))]:
            mark.getparent().remove(mark)
        for cell in added.cells:
            type_into(cell, "")
        labels = heads[next(place for place in rows if rows[place] is source)]
        type_into(added.cells[labels.index("Activity")], text)
    for place in edits.deleted:
        rows[place]._tr.getparent().remove(rows[place]._tr)
    _shuffle_rows(rows, edits)


def _shuffle_rows(rows, edits):
    """Within their tables: from one aim's table into another's would be a change of aim."""
    kept = [row._tr for place, row in rows.items() if place not in edits.deleted]
    for table in {id(row.getparent()): row.getparent() for row in kept}.values():
        own = [row for row in kept if row.getparent() is table]
        random.Random(edits.order).shuffle(own)
        for row in own:
            table.append(row)


def _saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


PROGRAMS = {"csv": in_a_text_file, "xlsx": in_a_workbook, "docx": in_word}
