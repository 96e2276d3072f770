"""The rows of a partner's Word document: their marks, rows that go and rows that come, and a note at the end.

Only the document's own part is written again. Every other part of the file goes back byte for byte.
"""

import copy
import io
import re
import zipfile
from itertools import count

from lxml import etree

from actions.reading.identity import NOTE, Identity, read_mark
from actions.reading.package import Package, local
from actions.reading.word import continues_above, open_word, placed_cells
from actions.reading.word_styles import W, child, value

from .cells import RANGES, el, strip_ids, type_over

HEADING = "Not in this document"


class OwnDocument:
    """A document open to be changed. `rows` has the element of each row by (name of its table, its number)."""

    def __init__(self, content: bytes):
        self.package, self._content = Package(content), content
        found = open_word(self.package)
        self.root, self.contents, self.styles, self.rows = found.root, found.contents, found.styles, found.rows
        self._forget_marks()
        numbers = [value(each, "id") or "" for each in self.root.iter("{*}bookmarkStart")]
        self._numbers = count(max((int(each) for each in numbers if each.isdecimal()), default=0) + 1)

    def _forget_marks(self):
        """The marks and the note of the last time: the contents have been read, and new ones will be put."""
        gone = set()
        for start in list(self.root.iter("{*}bookmarkStart")):
            name = value(start, "name") or ""
            if name.startswith(NOTE):
                paragraph = next(each for each in start.iterancestors() if local(each) in ("p", "body"))
                if local(paragraph) == "p" and paragraph.getparent() is not None:
                    paragraph.getparent().remove(paragraph)
            elif read_mark(name):
                gone.add(value(start, "id"))
                start.getparent().remove(start)
        for end in [each for each in self.root.iter("{*}bookmarkEnd") if value(each, "id") in gone]:
            end.getparent().remove(end)

    def cell(self, row, column: int):
        """The cell that begins at a column of a row, or None where a merged one covers it."""
        return next((cell for left, _, cell in placed_cells(row) if left == column), None)

    # --- Marks

    def mark(self, row, identities: list[Identity]) -> None:
        """Say which rows of the planner a row is, around the first words that are its own."""
        cells = [cell for _, _, cell in placed_cells(row)]
        cell = next((each for each in cells if not continues_above(each)), cells[0])
        paragraph = next(each for each in cell.iter("{*}p"))
        for identity in identities:
            self._bookmark(paragraph, f"_{identity.mark}")

    def _bookmark(self, paragraph, name: str) -> None:
        number = next(self._numbers)
        inside = [each for each in paragraph if local(each) == "bookmarkStart" and read_mark(value(each, "name") or "")]
        before = inside[-1] if inside else child(paragraph, "pPr")
        start = el("bookmarkStart", id=number, name=name)
        if before is None:
            paragraph.insert(0, start)
        else:
            before.addnext(start)
        paragraph.append(el("bookmarkEnd", id=number))

    # --- Rows

    def take_out(self, row) -> None:
        """A row goes. What it said for the rows below it, in cells merged down, stays with the first of those."""
        below = next((each for each in row.itersiblings("{*}tr")), None)
        if below is not None:
            under = {left: cell for left, _, cell in placed_cells(below)}
            for left, _, cell in placed_cells(row):
                if not continues_above(cell) and left in under and continues_above(under[left]):
                    heir = copy.deepcopy(cell)
                    strip_ids(heir)
                    under[left].getparent().replace(under[left], heir)
        row.getparent().remove(row)

    def add_below(self, row):
        """A row that looks like another, with nothing in it, directly below that."""
        new = copy.deepcopy(row)
        strip_ids(new)
        for element in [each for each in new.iter() if local(each) in (*RANGES, "drawing", "pict", "object")]:
            element.getparent().remove(element)
        below = next((each for each in row.itersiblings("{*}tr")), None)
        under = {left for left, _, cell in placed_cells(below) if continues_above(cell)} if below is not None else set()
        for left, _, cell in placed_cells(new):
            type_over(cell, "", self.styles)
            _merge(cell, left in under)
        row.addnext(new)
        return new

    # --- The end

    def note(self, lines: list[str], mentioned: list[Identity]) -> None:
        """What the document could not say, below a heading at its end, each line known as the planner's."""
        body = child(self.root, "body")
        page = next((each for each in reversed(body) if local(each) == "sectPr"), None)
        for number, line in enumerate([HEADING, *lines]):
            paragraph, run, text = el("p"), el("r"), el("t")
            if number == 0:
                look = el("rPr")
                look.append(el("b"))
                run.append(look)
            text.text = line
            run.append(text)
            paragraph.append(run)
            for name in [f"{NOTE}{number}", *(f"_{identity.mark}" for identity in mentioned if number == 0)]:
                self._bookmark(paragraph, name)
            body.append(paragraph) if page is None else page.addprevious(paragraph)

    @property
    def content(self) -> bytes:
        changed = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self._content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                part = changed if entry.filename == self.package.main_part else old.read(entry)
                new.writestr(entry, part, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _merge(cell, goes_on: bool) -> None:
    """Let a copied cell go on with the merged one above it where rows below do so, else stand by itself."""
    merge = child(cell, "tcPr", "vMerge")
    if merge is None or continues_above(cell):
        return
    if goes_on:
        merge.attrib.clear()
    else:
        merge.getparent().remove(merge)


def can_be_changed(content: bytes) -> bool:
    """False for the rare document in the strict kind of Office file, whose elements have other names than ours."""
    package = Package(content)
    return package.xml(package.main_part).tag.startswith(W)


def marked(content: bytes, identities: dict[str, list[Identity]]) -> bytes:
    """A document with the marks of its rows, which are named by their places ("Table 2, row 5"). Other marks go."""
    document = OwnDocument(content)
    for place, known in identities.items():
        row = document.rows.get(place_of(place))
        if row is not None:
            document.mark(row, known)
    return document.content


def place_of(place: str) -> tuple[str, int] | None:
    found = re.fullmatch(r"(Table \d+), row (\d+)", place)
    return (found[1], int(found[2])) if found else None
