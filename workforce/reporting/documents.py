"""The report to be read on paper, for Word and PDF: a cover, what is most to be known, then part by part."""

from itertools import groupby

from workforce.disclosure.released import insist_released
from workforce.writing.shapes import (
    PORTRAIT,
    Column,
    Document,
    Heading,
    Listing,
    Paragraph,
    Row,
    Table,
)

from .content import Part, Report, Shown
from .fronts import front_of, header_of, mark_of, senders_of
from .grids import Grid, grid_of
from .pictures import Pictures
from .wording import name_of

ROOM = 100  # characters of a table's text that stand beside each other on an upright page
LONGEST_LABEL = 36  # characters in a line of the first column
LONGEST_HEADING = 18  # characters in a line of the others, if there is room
ROWS_TOGETHER = 18  # a table of no more stays on one page
LEAST_SHARE = 0.5  # of the page's width
IN_SHORT = "In short"


def document_of(report: Report, pictures: Pictures, kind: str) -> Document:
    """`kind` is that of its charts: "svg" for PDF, "png" for Word."""
    insist_released(*report.tables)
    pictures.prepare(report, kind)
    paper = Paper(report, pictures, kind)
    return Document(
        title=report.title,
        parts=tuple(paper.parts()),
        lines=front_of(report),
        subject=f"Workforce profile of {report.about.partnership}",
        author=report.about.partnership,
        page=PORTRAIT,
        has_cover=True,
        contents_depth=1,
        header=header_of(report.about),
    )


class Paper:
    def __init__(self, report: Report, pictures: Pictures, kind: str):
        self.report = report
        self.pictures = pictures
        self.kind = kind
        self.charts = self.tables = 0

    def parts(self):
        yield from self.cover()
        if self.report.headlines:
            yield Heading(IN_SHORT)
            yield Listing(self.report.headlines)
        for part in self.report.parts:
            yield from self.part(part)

    def cover(self):
        mark = mark_of(self.report.about)
        if mark:
            yield Paragraph(mark, "mark")
        for sentence in senders_of(self.report.about):
            yield Paragraph(sentence)

    def part(self, part: Part):
        yield Heading(part.title)
        yield Paragraph(part.answers, "question")
        yield from (Paragraph(words) for words in (part.words, *part.sentences) if words)
        groups = [(name, list(group)) for name, group in groupby(part.shown, lambda shown: name_of(shown.table))]
        for name, group in groups:
            if len(groups) > 1:
                yield Heading(name, 2)
            for shown in group:
                yield from self.shown(shown)

    def shown(self, shown: Shown):
        if shown.chart is not None:
            self.charts += 1
            yield self.pictures.of(shown, self.kind, f"Chart {self.charts}. {shown.title}")
        self.tables += 1
        yield from tables_of(shown, f"Table {self.tables}. {shown.title}")


def tables_of(shown: Shown, caption: str):
    """The table; as several below each other, with the same rows, if it is too wide for the page."""
    grid = upright(grid_of(shown.table))
    blocks = list(grid.blocks(ROOM, LONGEST_LABEL))
    for number, block in enumerate(blocks, start=1):
        more = f" ({number} of {len(blocks)})" if len(blocks) > 1 else ""
        notes = notes_of(shown.table) if number == len(blocks) else ()
        columns = columns_of(block)
        words = {"about": f"{shown.title}{more}", "caption": f"{caption}{more}", "notes": notes}
        is_whole = len(block.labels) <= ROWS_TOGETHER
        yield Table(columns, rows_of(block), share=_share(columns), is_whole=is_whole, **words)


def upright(grid: Grid) -> Grid:
    """Turned if it is wider than a page and its few rows would fit beside each other."""
    if len(list(grid.blocks(ROOM, LONGEST_LABEL))) == 1:
        return grid
    turned = grid.turned(grid.corner)
    return turned if len(list(turned.blocks(ROOM, LONGEST_LABEL))) == 1 else grid


def rows_of(grid: Grid) -> tuple[Row, ...]:
    last = len(grid.labels)
    return tuple(
        Row(words, is_total=grid.has_total and number == last) for number, words in enumerate(grid.words(), start=1)
    )


def _share(columns):
    """Of the page's width: figures that stand far from their labels are hard to follow."""
    return min(max(sum(column.width for column in columns) / ROOM, LEAST_SHARE), 1)


def columns_of(grid: Grid) -> tuple[Column, ...]:
    first = min(max(map(len, (grid.corner, *grid.labels))) + 2, LONGEST_LABEL)
    tight, wide = grid.widths(), grid.widths(LONGEST_HEADING)
    widths = wide if first + sum(wide) <= ROOM else tight
    numbers = [Column(words, width, is_number=True) for words, width in zip(grid.headings, widths, strict=True)]
    return (Column(grid.corner, first, names_its_row=True), *numbers)


def notes_of(table) -> tuple[str, ...]:
    """What is to be known about the figures: their unit, what is hidden, and where they are from."""
    unit = {"%": "per cent"}.get(table.unit, table.unit)
    return tuple(filter(None, [unit and f"Unit: {unit}. {table.note}".strip(), _source(table)]))


def _source(table):
    return f"Source: {table.source}" if table.source else ""
