"""Word. Landscape A4 with real styles, a table of contents that can be read and used at once, tables whose headings
come again on every page, and a hidden bookmark on each row, by which it is known again when the file comes back.
"""

from .shapes import TONES, Document, Heading, Numbers, Paragraph, Picture, Row, Table, cell_of, in_words, writable
from .word_elements import (
    aside,
    bookmarked,
    drawing,
    el,
    field,
    field_end,
    field_start,
    paragraph,
    root,
    run,
    serialised,
)
from .word_package import Pictures, pack, size_of

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 16838, 11906, 851  # twentieths of a point
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
SHORT = 700  # characters in a row's longest cell: a longer row may break across pages, or it would leave half a page
DEEPEST = 3  # levels of headings that have a style


def write_word(document: Document) -> bytes:
    body = Body()
    for each in (
        paragraph("Title", run(document.title)),
        *(paragraph("Subtitle", run(each)) for each in document.lines),
    ):
        body.add(each)
    for part in document.parts:
        if part is document.first_heading and document.has_contents:
            body.add(_contents(document.headings))
        body.write(part)
    body.close()
    return pack(document, serialised(root("document", body.element)), _footer(document), body.pictures)


class Body:
    """The document's body as it grows."""

    def __init__(self):
        self.element = el("body")
        self.numbers = Numbers()
        self.pictures = Pictures()

    def add(self, element):
        self.element.append(element)

    def write(self, part):
        WRITERS[type(part)](self, part)

    def heading(self, part: Heading):
        number = self.numbers.next("heading")
        words = bookmarked(self.numbers.next("bookmark"), contents_mark(number), [run(part.words)])
        self.add(paragraph(f"Heading{min(part.level, DEEPEST)}", *words))

    def paragraph(self, part: Paragraph):
        for line in part.words.split("\n"):
            self.add(paragraph("Normal", run(line)))

    def picture(self, part: Picture):
        pixels = size_of(part.content)
        relation, number = self.pictures.add(part), self.numbers.next("picture")
        height = part.width * pixels[1] / pixels[0]
        self.add(paragraph("Normal", el("r", drawing(number, relation, part.about, part.width, height))))

    def table(self, part: Table):
        self.add(TableWriter(part, self.numbers).element())

    def close(self):
        """The last paragraph, which Word wants below a table, and the page."""
        if self.element[-1].tag == el("tbl").tag:
            self.add(paragraph("Footer"))
        page = el("pgSz", w=PAGE_WIDTH, h=PAGE_HEIGHT, orient="landscape")
        sides = dict.fromkeys(("top", "right", "bottom", "left"), MARGIN) | {"header": 425, "footer": 425, "gutter": 0}
        footer = el("footerReference", attributes={"w:type": "default", "r:id": "rIdFooter"})
        self.add(el("sectPr", footer, page, el("pgMar", **sides)))


WRITERS = {Heading: Body.heading, Paragraph: Body.paragraph, Picture: Body.picture, Table: Body.table}


class TableWriter:
    def __init__(self, table: Table, numbers: Numbers):
        self.table = table
        self.numbers = numbers
        self.widths = widths_of([column.width for column in table.columns])

    def element(self):
        grid = el("tblGrid", *(el("gridCol", w=width) for width in self.widths))
        rows = (self.row(row) for row in self.table.rows)
        return el("tbl", self.properties(), grid, self.header(), *rows)

    def properties(self):
        look = dict.fromkeys(("lastRow", "firstColumn", "lastColumn"), 0) | {"firstRow": 1, "noHBand": 1, "noVBand": 1}
        properties = el(
            "tblPr",
            el("tblStyle", val="PlanTable"),
            el("tblW", w=TEXT_WIDTH, type="dxa"),
            el("tblLayout", type="fixed"),
            el("tblLook", val="0620", **look),
        )
        if self.table.about:
            properties.append(el("tblCaption", val=writable(self.table.about)))
            properties.append(el("tblDescription", val=writable(self.table.about)))
        return properties

    def header(self):
        cells = [
            self.cell(width, [paragraph("TableHeading", run(column.label), keep_next=True)])
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
            element.append(self.cell(width, self.contents(cell, mark), cell.tone))
        return element

    @staticmethod
    def cell(width, paragraphs, tone=""):
        properties = el("tcPr", el("tcW", w=width, type="dxa"))
        if tone:
            properties.append(el("shd", val="clear", color="auto", fill=TONES[tone].ground))
        return el("tc", properties, *paragraphs)

    def contents(self, cell, mark):
        """The cell's lines, each a paragraph of its own, and what was worked out below them."""
        lines = [[run(line, *ink_of(cell.tone))] if line else [] for line in in_words(cell.value).split("\n")]
        if mark:
            number = self.numbers.next("bookmark")
            lines[0].insert(0, el("bookmarkStart", id=number, name=mark))
            lines[-1].append(el("bookmarkEnd", id=number))
        paragraphs = [paragraph("TableText", *line) for line in lines]
        if cell.note:
            paragraphs.append(paragraph("TableText", aside(self.numbers.next("aside"), cell.note, "TableNote")))
        return paragraphs


def ink_of(tone):
    return (el("b"), el("color", val=TONES[tone].ink)) if tone else ()


def widths_of(shares) -> list[int]:
    """The page's width shared out; the last column takes what rounding leaves."""
    whole = sum(shares)
    widths = [int(TEXT_WIDTH * share / whole) for share in shares]
    return [*widths[:-1], TEXT_WIDTH - sum(widths[:-1])]


def contents_mark(number: int) -> str:
    return f"_Toc{number:09d}"


def _contents(headings: list[Heading]):
    """Word's own table of contents, its entries there from the start and leading where they say.

    The numbers of their pages are left to Word, which knows them when the table is updated or the document printed. A
    number that we guessed would look right and be wrong; and asking Word to work them out when the file is opened makes
    it warn every reader.
    """
    entries = [_entry(number, heading) for number, heading in enumerate(headings, start=1)]
    for place, each in enumerate(field_start('TOC \\o "1-2" \\h \\z \\u'), start=1):
        entries[0].insert(place, each)
    entries[-1].append(field_end())
    gallery = el("docPartObj", el("docPartGallery", val="Table of Contents"), el("docPartUnique"))
    content = el("sdtContent", paragraph("TOCHeading", run("Contents")), *entries)
    return el("sdt", el("sdtPr", gallery), content)


def _entry(number: int, heading: Heading):
    mark = contents_mark(number)
    page = [*field_start(f"PAGEREF {mark} \\h"), field_end()]
    entry = paragraph(f"TOC{min(heading.level, 2)}", el("hyperlink", run(f"{heading.words}\t"), *page, anchor=mark))
    no_dots = el("tab", val="right", leader="none", pos=TEXT_WIDTH)  # the style has them, for when there is a number
    entry[0].append(el("tabs", no_dots))
    return entry


def _footer(document: Document) -> bytes:
    pages = [run("\tPage "), *field("PAGE"), run(" of "), *field("NUMPAGES")]
    return serialised(root("ftr", paragraph("Footer", run(document.title), *pages)))
