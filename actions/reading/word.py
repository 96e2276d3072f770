"""A Word document as grids: every table as it would look with all changes accepted.

Left out: deleted and hidden text, comments, text boxes, rows that are deleted or hidden. Numbers and bullets that Word
adds to lists are no part of the wording; they are kept beside it as marks.
"""

from dataclasses import dataclass, field

from workforce.writing.asides import label_of

from .grids import BLANK, Cell, Contents, Grid, Paragraph, Row, Unreadable, spread, tidy
from .guards import ACCEPTED, check_cell, check_cells, check_shape
from .identity import NOTE, marks_among
from .package import Package, local
from .sections import says_what_it_is
from .word_styles import Styles, child, is_on, read_styles, value

GONE = {"del", "moveFrom", "txbxContent", "pict", "drawing", "AlternateContent", "object", "sdtPr"}
BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
HIGHLIGHTS = {
    "red": "FF0000", "darkRed": "C00000", "yellow": "FFC000", "darkYellow": "FFC000", "green": "00B050",
    "darkGreen": "00B050", "blue": "0070C0", "darkBlue": "0070C0", "cyan": "0070C0", "darkCyan": "0070C0",
}  # fmt: skip
LONGEST_TITLE = 150
BOLD_LEVEL = 10  # of words that are only bold: below every heading style
DEEPEST = 60  # elements within elements inside a paragraph or between tables


@dataclass
class _Body:
    """What has been met so far, going down the document."""

    styles: Styles
    package: Package
    grids: list[Grid] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    titles: list[tuple[int, str]] = field(default_factory=list)  # the sections it is in: level, title
    since_table: bool = False  # words since the last table
    cells: int = 0
    mentioned: list[str] = field(default_factory=list)  # names of bookmarks outside tables
    rows: dict = field(default_factory=dict)  # {(name of the table, number): the element of that row}


@dataclass(frozen=True)
class WordDocument:
    """A document open to be changed: what it says, and the elements that say it."""

    root: object
    contents: Contents
    styles: Styles
    rows: dict  # {(name of the table, number of the row): its element}


@dataclass
class _Merges:
    """The merged cells of one table as [top, left, height, width], lengthened as its rows are read."""

    found: list[list[int]] = field(default_factory=list)
    last: dict[int, list[int]] = field(default_factory=dict)  # {column: the lowest cell that starts there}

    def note(self, starts: list[tuple[int, int, bool]], top: int) -> None:
        for left, width, continues in starts:
            above = self.last.get(left)
            if continues and above and above[0] + above[2] == top:
                above[2] += 1
            else:
                self.last[left] = [top, left, 1, width]
                self.found.append(self.last[left])


def read_word(package: Package) -> Contents:
    return open_word(package).contents


def open_word(package: Package) -> WordDocument:
    root, body = package.xml(package.main_part), _Body(read_styles(package), package)
    for block in blocks_of(child(root, "body")):
        if local(block) == "tbl":
            _read_table(block, body)
        else:
            _read_paragraph(block, body)
    contents = Contents(body.grids, body.paragraphs, marks_among(body.mentioned))
    return WordDocument(root, contents, body.styles, body.rows)


def blocks_of(parent, depth: int = 0):
    """Paragraphs and tables in order, through content controls and tracked insertions."""
    for element in parent if parent is not None else ():
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag") and depth < DEEPEST:
            yield from blocks_of(element, depth + 1)


def _read_paragraph(paragraph, body: _Body) -> None:
    text, mark = tidy(_text(paragraph, body.styles)), body.styles.mark(paragraph)
    names = _bookmarks(paragraph)
    body.mentioned += names
    if not text or any(name.startswith(NOTE) for name in names):
        return
    body.since_table = True
    level = body.styles.title_level(paragraph)
    is_title = level is not None
    if level is None and mark is None and _is_bold(paragraph):
        level = BOLD_LEVEL
    if len(text) > LONGEST_TITLE and not (is_title and says_what_it_is(text)):
        level = None
    body.paragraphs.append(Paragraph(text, level, mark))
    if level is not None:
        body.titles = [each for each in body.titles if each[0] < level] + [(level, " ".join(text.split()))]


def _is_bold(paragraph) -> bool:
    runs = [run for run in paragraph.iter() if local(run) == "r" and child(run, "t") is not None]
    return bool(runs) and all(is_on(child(run, "rPr", "b")) for run in runs)


def _text(element, styles: Styles) -> str:
    """The words of a paragraph or of any part of one, as if all changes were accepted."""
    return "".join(words for _, words in pieces_of(element, styles))


def pieces_of(element, styles: Styles, depth: int = 0):
    """(element, its words) for each of the elements that hold the words of a paragraph, or break its lines."""
    for each in element:
        name = local(each)
        if name in GONE or depth > DEEPEST or (name == "sdt" and is_placeholder(each)):
            continue
        if name == "t":
            yield each, each.text or ""
        elif name in BREAKS:
            yield each, BREAKS[name]
        elif name == "r" and styles.hides(child(each, "rPr")):
            continue
        elif name not in ("pPr", "rPr", "instrText", "delText"):
            yield from pieces_of(each, styles, depth + 1)


def is_placeholder(control) -> bool:
    """What nobody typed: a placeholder, or words that the planner worked out (other programs make text of those)."""
    label = value(child(control, "sdtPr", "alias"))
    is_ours = bool(label) and label == label_of("".join(each.text or "" for each in control.iter("{*}t")))
    return is_ours or child(control, "sdtPr", "showingPlcHdr") is not None


def _read_table(table, body: _Body) -> Grid:
    name = f"Table {len(body.grids) + 1}"
    if len(body.grids) >= body.package.limits.tables:
        raise Unreadable("The document has far more tables than a plan.", accepted=ACCEPTED)
    *wider, title = [text for _, text in body.titles] or [None]
    follows = bool(body.grids) and not body.since_table
    grid = Grid(name, [], heading_above=title, titles=tuple(wider), follows=follows)
    body.grids.append(grid)  # before its rows are read: tables inside its cells come after it
    grid.rows.extend(_rows(table, name, body))
    body.since_table = False
    return grid


def _rows(table, name: str, body: _Body) -> list[Row]:
    rows, merges, heading, identities = [], _Merges(), [], []
    for number, (row, names) in enumerate(_visible_rows(table, []), start=1):
        check_shape(name, number, 0, body.package.limits)
        cells, starts = _cells(row, f"{name}, row {number}", body)
        check_shape(name, 0, len(cells), body.package.limits)
        body.cells += len(cells)
        check_cells(name, body.cells, body.package.limits)
        merges.note(starts, number - 1)
        rows.append(cells)
        body.rows[name, number] = row
        heading.append(is_on(child(row, "trPr", "tblHeader")))
        identities.append(marks_among(names + _bookmarks(row)))
    for top, left, height, width in merges.found:
        if height > 1 or width > 1:
            spread(rows, top, left, height, width)
    return [Row(index + 1, tuple(cells), heading[index], identities[index]) for index, cells in enumerate(rows)]


def _visible_rows(table, names: list[str], depth: int = 0):
    """The rows that are seen, each with the names of bookmarks that stand before it, between the rows."""
    for element in table:
        if local(element) == "tr":
            before, names[:] = list(names), []
            properties = child(element, "trPr")
            if properties is None or not ({"del", "hidden"} & {local(each) for each in properties if is_on(each)}):
                yield element, before
        elif local(element) == "bookmarkStart":
            names.append(value(element, "name") or "")
        elif local(element) in ("sdt", "sdtContent", "ins", "customXml") and depth < DEEPEST:
            yield from _visible_rows(element, names, depth + 1)


def _bookmarks(element) -> list[str]:
    """The names of the bookmarks inside an element, those of tables inside it left out: they are rows of their own."""
    inside = {name for table in element.iter("{*}tbl") for name in _bookmark_names(table)}
    return [name for name in _bookmark_names(element) if name not in inside]


def _bookmark_names(element) -> list[str]:
    return [value(each, "name") or "" for each in element.iter("{*}bookmarkStart")]


def _cells(row, place: str, body: _Body) -> tuple[list[Cell], list[tuple[int, int, bool]]]:
    """A row's cells, a blank for every further column that one covers; and (column, width, continues) of each."""
    cells, starts, most = [], [], body.package.limits.columns
    for left, width, cell in placed_cells(row):
        cells += [BLANK] * (min(left, most) - len(cells))
        starts.append((left, min(width, most + 1), continues_above(cell)))
        read = _cell(cell, body)
        check_cell(place, read.text, body.package.limits)
        cells += [read] + [BLANK] * (min(width, most + 1) - 1)
        if len(cells) > most:
            break
    return cells, starts


def placed_cells(row):
    """(its first column, how many columns it covers, its element) for each cell of a row."""
    left = _count(value(child(row, "trPr", "gridBefore")), 0)
    for cell in _row_cells(row):
        width = _count(value(child(cell, "tcPr", "gridSpan")), 1)
        yield left, width, cell
        left += width


def _row_cells(row, depth: int = 0):
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in ("sdt", "sdtContent", "ins", "customXml") and depth < DEEPEST:
            yield from _row_cells(element, depth + 1)


def continues_above(cell) -> bool:
    merge = child(cell, "tcPr", "vMerge")
    return merge is not None and value(merge) in (None, "continue")


def _count(text: str | None, default: int) -> int:
    return max(int(text), default) if text and text.isdecimal() and len(text) < 6 else default


def _cell(cell, body: _Body) -> Cell:
    deleted = child(cell, "tcPr", "cellDel") is not None
    lines = [] if deleted else [(each, mark) for text, mark in _lines(cell, body) for each in tidy(text).split("\n")]
    kept = [(text, mark) for text, mark in lines if text or (mark and mark.number)]
    marks = tuple(mark for _, mark in kept)
    return Cell("\n".join(text for text, _ in kept), _shading(cell), marks=marks if any(marks) else ())


def _lines(cell, body: _Body):
    """The paragraphs of a cell with their marks. A table inside it counts as text here, and as a table of its own."""
    joined = ""
    for block in blocks_of(cell):
        if local(block) == "tbl":
            inner = _read_table(block, body)
            yield "\n".join(each.own_text for row in inner.rows for each in row.cells), None
            continue
        mark = body.styles.mark(block)
        joined += _text(block, body.styles)
        if child(block, "pPr", "rPr", "del") is None:  # a deleted paragraph mark joins it to the next
            yield joined, mark
            joined = ""
    if joined:
        yield joined, None


def _shading(cell) -> str | None:
    """The cell's fill; failing that, the shading or highlighting of the words in it."""
    own = _fill(child(cell, "tcPr", "shd"))
    if own:
        return own
    for element in cell.iter():
        if local(element) == "shd" and _fill(element):
            return _fill(element)
        if local(element) == "highlight" and value(element) in HIGHLIGHTS:
            return HIGHLIGHTS[value(element)]
    return None


def _fill(shading) -> str | None:
    if shading is None:
        return None
    colour = value(shading, "color") if value(shading) == "solid" else value(shading, "fill")
    is_colour = bool(colour) and len(colour) == 6 and all(each in "0123456789abcdefABCDEF" for each in colour)
    return colour.upper() if is_colour else None
