"""Word. A4 with real styles, a table of contents that can be read and used at once, tables whose headings
come again on every page, and a hidden bookmark on each row, by which it is known again when the file comes back.
"""

from math import ceil

from .shapes import (
    LANDSCAPE,
    TONES,
    Document,
    Heading,
    Listing,
    Numbers,
    Page,
    Paragraph,
    Picture,
    Row,
    Table,
    cell_of,
    in_words,
    writable,
)
from .word_elements import (
    aside,
    bookmarked,
    drawing,
    el,
    field,
    field_end,
    field_start,
    name_of,
    paragraph,
    root,
    run,
    serialised,
)
from .word_package import Pictures, pack, size_of

CENTIMETRE = 1440 / 2.54  # in twentieths of a point, Word's unit
COVER = 4800  # above the title of a cover
USUAL_TAB = 15136  # where the styles have their tab: a landscape page's right edge
SHORT = 700  # characters in a row's longest cell: a longer row may break across pages, or it would leave half a page
DEEPEST = 3  # levels of headings that have a style


def write_word(document: Document) -> bytes:
    body = Body(document)
    body.title()
    for part in document.parts:
        if part is document.first_heading:
            body.contents()
        body.write(part)
    body.close()
    edges = {"footer1": _footer(document)} | ({"header1": _header(document)} if document.header else {})
    return pack(document, serialised(root("document", body.element)), edges, body.pictures)


def twentieths(centimetres: float) -> int:
    return ceil(centimetres * CENTIMETRE)


def room_of(page: Page) -> int:
    return twentieths(page.width) - 2 * twentieths(page.margin)


class Body:
    """The document's body as it grows."""

    def __init__(self, document: Document):
        self.document = document
        self.room = room_of(document.page)
        self.element = el("body")
        self.numbers = Numbers()
        self.pictures = Pictures()

    def add(self, element):
        self.element.append(element)

    def write(self, part):
        WRITERS[type(part)](self, part)

    def title(self):
        title = paragraph("Title", run(self.document.title))
        if self.document.has_cover:
            title[0].append(el("spacing", before=COVER))
        self.add(title)
        for line in self.document.lines:
            self.add(paragraph("Subtitle", run(line)))

    def contents(self):
        if self.document.has_contents:
            self.add(_contents(self.document, self.room))

    def heading(self, part: Heading):
        number = self.numbers.next("heading")
        words = bookmarked(self.numbers.next("bookmark"), contents_mark(number), [run(part.words)])
        starts_page = self.document.has_cover and part is self.document.first_heading
        self.add(paragraph(f"Heading{min(part.level, DEEPEST)}", *words, starts_page=starts_page))

    def paragraph(self, part: Paragraph):
        for line in part.words.split("\n"):
            self.add(paragraph(LOOKS[part.look], run(line)))

    def listing(self, part: Listing):
        for item in part.items:
            self.add(paragraph("ListBullet", run(item)))

    def caption(self, words: str):
        if words:
            self.add(paragraph("Caption", run(words)))

    def picture(self, part: Picture):
        self.caption(part.caption)
        pixels = size_of(part.content)
        relation, number = self.pictures.add(part), self.numbers.next("picture")
        height = part.width * pixels[1] / pixels[0]
        self.add(paragraph("Normal", el("r", drawing(number, relation, part.about, part.width, height))))

    def table(self, part: Table):
        self.caption(part.caption)
        self.add(TableWriter(part, self.numbers, self.room).element())
        for note in part.notes:
            self.add(paragraph("Notes", run(note)))

    def close(self):
        """The last paragraph, which Word wants below a table, and the page."""
        if self.element[-1].tag == el("tbl").tag:
            self.add(paragraph("Footer"))
        page, margin = self.document.page, twentieths(self.document.page.margin)
        orientation = {} if page.is_upright else {"orient": "landscape"}
        size = el("pgSz", w=twentieths(page.width), h=twentieths(page.height), **orientation)
        sides = dict.fromkeys(("top", "right", "bottom", "left"), margin) | {"header": 425, "footer": 425, "gutter": 0}
        self.add(el("sectPr", *_references(self.document), size, el("pgMar", **sides)))


LOOKS = {"": "Normal", "note": "Notes", "question": "Question", "mark": "Mark"}
WRITERS = {
    Heading: Body.heading,
    Paragraph: Body.paragraph,
    Listing: Body.listing,
    Picture: Body.picture,
    Table: Body.table,
}


class TableWriter:
    def __init__(self, table: Table, numbers: Numbers, room: int):
        self.table = table
        self.numbers = numbers
        self.room = int(room * table.share)
        self.widths = widths_of([column.width for column in table.columns], self.room)

    def element(self):
        grid = el("tblGrid", *(el("gridCol", w=width) for width in self.widths))
        rows = (self.row(row) for row in self.table.rows)
        if self.table.is_whole:
            rows = self.kept_together(list(rows))
        return el("tbl", self.properties(), grid, self.header(), *rows)

    def kept_together(self, rows):
        """Each row stays with the next one, the last with the notes."""
        for row in rows if self.table.notes else rows[:-1]:
            for each in row.iter(name_of("pPr")):
                each.insert(1, el("keepNext"))
        return rows

    def properties(self):
        names = int(self.table.columns[0].names_its_row)
        look = {"lastRow": 0, "firstColumn": names, "lastColumn": 0, "firstRow": 1, "noHBand": 1, "noVBand": 1}
        properties = el(
            "tblPr",
            el("tblStyle", val="PlanTable"),
            el("tblW", w=self.room, type="dxa"),
            el("tblLayout", type="fixed"),
            el("tblLook", val="06A0" if names else "0620", **look),
        )
        if self.table.about:
            properties.append(el("tblCaption", val=writable(self.table.about)))
            properties.append(el("tblDescription", val=writable(self.table.about)))
        return properties

    def header(self):
        cells = [
            self.cell(width, [paragraph(_style("TableHeading", column), run(column.label), keep_next=True)])
            for width, column in zip(self.widths, self.table.columns, strict=True)
        ]
        return el("tr", el("trPr", el("cantSplit"), el("tblHeader")), *cells)

    def row(self, row: Row):
        cells = [cell_of(value) for value in row.cells]
        element = el("tr")
        if max(len(in_words(cell.value)) for cell in cells) <= SHORT:
            element.append(el("trPr", el("cantSplit")))
        for place, (width, cell) in enumerate(zip(self.widths, cells, strict=True)):
            mark = f"_{row.mark}" if row.mark and place == 0 else ""
            style = _style("TableText", self.table.columns[place])
            element.append(self.cell(width, self.contents(cell, mark, style, row.is_total), cell.tone))
        return element

    @staticmethod
    def cell(width, paragraphs, tone=""):
        properties = el("tcPr", el("tcW", w=width, type="dxa"))
        if tone:
            properties.append(el("shd", val="clear", color="auto", fill=TONES[tone].ground))
        return el("tc", properties, *paragraphs)

    def contents(self, cell, mark, style, is_bold):
        """The cell's lines, each a paragraph of its own, and what was worked out below them."""
        lines = [[run(line, *ink_of(cell.tone, is_bold))] if line else [] for line in in_words(cell.value).split("\n")]
        if mark:
            number = self.numbers.next("bookmark")
            lines[0].insert(0, el("bookmarkStart", id=number, name=mark))
            lines[-1].append(el("bookmarkEnd", id=number))
        paragraphs = [paragraph(style, *line) for line in lines]
        if cell.note:
            paragraphs.append(paragraph(style, aside(self.numbers.next("aside"), cell.note, "TableNote")))
        return paragraphs


def ink_of(tone, is_bold):
    if not tone:
        return (el("b"),) if is_bold else ()
    return el("b"), el("color", val=TONES[tone].ink)


def _style(style, column):
    return f"{style}Right" if column.is_number else style


def widths_of(shares, room: int) -> list[int]:
    """The page's width shared out; the last column takes what rounding leaves."""
    whole = sum(shares)
    widths = [int(room * share / whole) for share in shares]
    return [*widths[:-1], room - sum(widths[:-1])]


def contents_mark(number: int) -> str:
    return f"_Toc{number:09d}"


def _contents(document: Document, room: int):
    """Word's own table of contents, its entries there from the start and leading where they say.

    The numbers of their pages are left to Word, which knows them when the table is updated or the document printed. A
    number that we guessed would look right and be wrong; and asking Word to work them out when the file is opened makes
    it warn every reader.
    """
    entries = [_entry(number, heading, room) for number, heading in document.contents]
    for place, each in enumerate(field_start(f'TOC \\o "1-{document.contents_depth}" \\h \\z \\u'), start=1):
        entries[0].insert(place, each)
    entries[-1].append(field_end())
    gallery = el("docPartObj", el("docPartGallery", val="Table of Contents"), el("docPartUnique"))
    content = el("sdtContent", paragraph("TOCHeading", run("Contents"), starts_page=document.has_cover), *entries)
    return el("sdt", el("sdtPr", gallery), content)


def _entry(number: int, heading: Heading, room: int):
    mark = contents_mark(number)
    page = [*field_start(f"PAGEREF {mark} \\h"), field_end()]
    entry = paragraph(f"TOC{min(heading.level, 2)}", el("hyperlink", run(f"{heading.words}\t"), *page, anchor=mark))
    no_dots = el("tab", val="right", leader="none", pos=room)  # the style has them, for when there is a number
    entry[0].append(_tabs(no_dots, room))
    return entry


def _tabs(tab, room: int):
    """The tab in place of the style's, which a narrower page does not reach."""
    return el("tabs", *([] if room == USUAL_TAB else [el("tab", val="clear", pos=USUAL_TAB)]), tab)


def _footer(document: Document) -> bytes:
    pages = [run("\tPage "), *field("PAGE"), run(" of "), *field("NUMPAGES")]
    line = paragraph("Footer", run(document.title), *pages)
    if document.page != LANDSCAPE:
        room = room_of(document.page)
        line[0].append(_tabs(el("tab", val="right", pos=room), room))
    return serialised(root("ftr", line))


def _header(document: Document) -> bytes:
    return serialised(root("hdr", paragraph("Header", run(document.header))))


def _references(document: Document):
    names = ["header", "footer"] if document.header else ["footer"]
    for name in names:
        yield el(f"{name}Reference", attributes={"w:type": "default", "r:id": f"rId{name.capitalize()}"})
