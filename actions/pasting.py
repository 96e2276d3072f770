"""What somebody copied from Excel, Word or another page, as a grid of texts. Pure.

A clipboard holds the same cells twice: as text (tabs between cells, quotation marks as Excel sets them) and as HTML.
The HTML is read where it has a table, because it alone says which line breaks are inside a cell and which cells are
merged; otherwise the text is. Of the HTML only words are taken: nothing in it is ever shown, run or fetched.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from actions.reading.columns import LOOKED_AT, WEAK, key_of, known_phrase, match_columns, synonyms
from actions.reading.delimited import GUARDED
from actions.reading.grids import Cell, Row, Unreadable, tidy
from actions.reading.phrases import phrase

MOST_CHARACTERS = 1_000_000
MOST_TAGS = 200_000
MOST_ROWS, MOST_COLUMNS = 1_000, 30
MOST_LINES = 20_000  # rows before blank ones at the end are left aside
MOST_CELLS = 1_000_000  # those covered by merged ones included
LONGEST_HEADING = 90
ACCEPTED = f"Paste at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns at a time."
NOT_A_CELL = "Choose the cells in Excel, Word or another table, copy them, and paste them here."

# Excel quotes a cell only when there is a line break or a tab in it. Other quotation marks are the cell's own words.
QUOTED = re.compile(r'"((?:[^"]++|"")*+)"(?=[\t\r\n]|\Z)')
PLAIN = re.compile(r"[^\t\r\n]*+")
BREAK = re.compile(r"\t|\r\n|\r|\n")

WORDLESS = {"style", "script", "head", "title", "template", "noscript", "object", "iframe", "svg", "math", "xml", "del"}
BLOCKS = {
    "p", "div", "li", "ul", "ol", "dl", "dd", "dt", "table", "tr", "td", "th", "blockquote", "pre",
    "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip


@dataclass(frozen=True)
class Block:
    """Rows of texts, all of one width. None stands for a cell that says nothing: one covered by its left neighbour.

    `keys` names the column of each position where the block had headings, as files know them; without headings it is
    None and cells go by their place. `first` is the number of the first of the rows in what was pasted.
    """

    rows: tuple[tuple[str | None, ...], ...]
    keys: tuple[str | None, ...] | None = None
    headings: tuple[str, ...] = ()
    first: int = 1

    @property
    def width(self):
        return len(self.rows[0])


def read_block(text: str, html: str = "", *, headings: Mapping[str, tuple[str, ...]] | None = None) -> Block:
    """The block that was copied. `headings` are those to look for in its first row; None: it has none.

    Raises Unreadable, and nothing else, with a sentence that says what to do.
    """
    rows = [[_worded(cell) for cell in row] for row in cells_of(text or "", html or "")]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Unreadable("Nothing was pasted.", accepted=NOT_A_CELL)
    block = Block(_shaped(rows))
    return _headed(block, headings) if headings else block


def cells_of(text, html, read=None):
    """The rows of what was copied; `read` makes something else than words of the cells of an HTML table."""
    # HTML of just this length or more may have been cut off on its way, and rows with it.
    table = _table_of(html) if 0 < len(html) < MOST_CHARACTERS else None
    if table is not None:
        return read_table(table, read or text_of)
    if len(text) > MOST_CHARACTERS or (len(html) >= MOST_CHARACTERS and not text.strip()):
        raise Unreadable("More was pasted than can be taken in at a time.", accepted=ACCEPTED)
    return _even(read_text(text))


def _worded(cell):
    """The words of a cell; None stays what it is. An apostrophe that only kept a formula from running goes."""
    return None if cell is None else GUARDED.sub("", tidy(cell))


def _shaped(rows):
    if len(rows) > MOST_ROWS:
        raise Unreadable(f"{len(rows):,} rows were pasted.", accepted=ACCEPTED)
    width = max(len(row) for row in rows)
    filled = max((index + 1 for row in rows for index, cell in enumerate(row) if cell), default=1)
    if filled > MOST_COLUMNS:
        raise Unreadable(f"{filled:,} columns were pasted.", accepted=ACCEPTED)
    width = min(width, MOST_COLUMNS)  # Whole rows of a sheet go on for thousands of blank columns.
    return tuple(tuple([*row, *[None] * (width - len(row))][:width]) for row in rows)


# --- Text ----------------------------------------------------------------------------------------------------------


def read_text(text: str) -> list[list[str]]:
    """Cells separated by tabs and line ends, as Excel puts them on the clipboard."""
    rows, cells, at = [], [], 0
    while True:
        cell, at = _cell_at(text, at)
        cells.append(cell)
        ended = BREAK.match(text, at)
        if ended is None or ended[0] != "\t":
            rows.append(cells)
            cells = []
        at = ended.end() if ended else at
        if len(rows) > MOST_LINES:
            raise Unreadable(f"More than {MOST_LINES:,} rows were pasted.", accepted=ACCEPTED)
        if ended is None or (at == len(text) and ended[0] != "\t"):
            return rows


def _cell_at(text, at):
    quoted = QUOTED.match(text, at)
    if quoted and BREAK.search(quoted[1]):
        return quoted[1].replace('""', '"').replace("\r\n", "\n"), quoted.end()
    plain = PLAIN.match(text, at)
    return plain[0], plain.end()


def _even(rows):
    """Rows of one width, or a refusal: text from Word has no mark between a new line in a cell and a new row."""
    widths = {len(row) for row in rows if any(cell.strip() for cell in row)}
    if len(widths) < 2:
        return rows
    odd = next(place for place, row in enumerate(rows, 1) if any(row) and len(row) != max(widths))
    raise Unreadable(
        f"Block row {odd} has {len(rows[odd - 1])} of {max(widths)} cells, so it is not certain which cell is which.",
        accepted="Choose whole rows and copy again. From Word, paste into Excel first and copy it from there.",
    )


# --- HTML ----------------------------------------------------------------------------------------------------------


def _table_of(html):
    """The one table of a fragment that has words in it; None where there is none."""
    if html.count("<") > MOST_TAGS:
        raise Unreadable("More was pasted than can be taken in at a time.", accepted=ACCEPTED)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    tables = root.xpath("//table[not(ancestor::table)][normalize-space()]") if root is not None else []
    if len(tables) > 1:
        raise Unreadable(f"{len(tables)} tables were pasted.", accepted="Copy from one table at a time.")
    return tables[0] if tables else None


def read_table(table, read=None) -> list[list]:
    """The cells of an HTML table as somebody sees them: their words, or what `read` makes of them.

    A cell merged down counts for every row it covers; the places to the right of one merged across say nothing.
    """
    rows, covered, cells = [], {}, 0
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is not table or _is_hidden(row):
            continue
        rows.append(_row_of(row, covered, read or text_of))
        cells += len(rows[-1])
        if cells > MOST_CELLS:
            raise Unreadable("More was pasted than can be taken in at a time.", accepted=ACCEPTED)
        if len(rows) > MOST_LINES:
            raise Unreadable(f"More than {MOST_LINES:,} rows were pasted.", accepted=ACCEPTED)
    return rows


def _row_of(row, covered, read):
    """One row; `covered` holds {place: (rows to come, cell)} of cells merged down, and is kept up to date."""
    cells = []
    for cell in row.iterchildren("td", "th"):
        if _is_hidden(cell):
            continue
        _take_covered(cells, covered)
        text, across, down = (
            read(cell),
            _span(cell, "colspan", MOST_COLUMNS + 1),
            _span(cell, "rowspan", MOST_LINES),
        )
        # Excel says so of words that run over into empty neighbours: those are cells of their own, and blank.
        beside = "" if "mso-ignore:colspan" in _style(cell) else None
        for place in range(across):
            said = beside if place else text
            if down > 1:
                covered[len(cells)] = (down - 1, said)
            cells.append(said)
    _take_covered(cells, covered)
    return cells


def _take_covered(cells, covered):
    while len(cells) in covered:
        left, said = covered.pop(len(cells))
        if left > 1:
            covered[len(cells)] = (left - 1, said)
        cells.append(said)


def _span(cell, name, most):
    given = cell.get(name, "").strip()
    return min(max(int(given), 1), most) if given.isdecimal() and given.isascii() and len(given) < 7 else 1


def _style(element):
    return "".join(element.get("style", "").lower().split())


def _is_hidden(element):
    style = _style(element)
    return "display:none" in style or "mso-hide:all" in style


def text_of(cell):
    """The words of a cell: a line for each paragraph, and where somebody broke the line.

    What Word puts in front of a list is no part of the wording; a cell with nothing else in it is a numbered one.
    """
    paragraphs, marks = [[]], []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            _begin(element, cell, walk, paragraphs, marks)
        else:
            _end(element, cell, paragraphs)
    lines = [_lines_of(pieces) for pieces in paragraphs]
    text = "\n".join(line for line in lines if line.strip())
    return text or next(filter(_is_number, marks), "")


def _is_number(mark):
    """Whether what Word puts in front of a line counts it: "1", "a)" or "iv.", but not the "o" that is a bullet."""
    return any(sign.isdigit() for sign in mark) or (len(mark) > 1 and mark[0].isalnum())


def _begin(element, cell, walk, paragraphs, marks):
    is_mark = "mso-list:ignore" in _style(element)
    if is_mark or element.tag in WORDLESS or (element is not cell and _is_hidden(element)):
        if is_mark:
            marks.append(" ".join("".join(element.itertext()).split()))
        walk.skip_subtree()
        return
    if element.tag == "br":
        paragraphs[-1].append("\n")
    elif element.tag in BLOCKS and element is not cell:
        paragraphs.append([])
    paragraphs[-1].append(_flowing(element.text))


def _end(element, cell, paragraphs):
    if element is cell:
        return
    if element.tag in BLOCKS:
        paragraphs.append([])
    paragraphs[-1].append(_flowing(element.tail))


def _flowing(text):
    """Text between tags: its line breaks are the program's, not the writer's."""
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _lines_of(pieces):
    lines = "".join(pieces).split("\n")
    return "\n".join(re.sub(r" {2,}", " ", line).strip(" ") for line in lines)


# --- Headings ------------------------------------------------------------------------------------------------------


def _headed(block, headings):
    """The block with its first row taken for headings, where that row is one: most of it is known as such."""
    if len(block.rows) < 2:
        return block
    texts = [" ".join((cell or "").split()) for cell in block.rows[0]]
    body = [Row(n, tuple(Cell(cell or "") for cell in row)) for n, row in enumerate(block.rows[1 : 1 + LOOKED_AT], 2)]
    table = synonyms(headings)
    known = match_columns([(text,) for text in texts], table, body).columns
    if not _are_headings(texts, known, table):
        return block
    # In a whole plan a lone "Lead organisation" may be all that says who leads; in a few columns it means itself.
    at = {index: _own(texts[index], key, table) for key, index in known.items()}
    return Block(block.rows[1:], tuple(at.get(index) for index in range(block.width)), tuple(texts), first=2)


def _own(heading, key, table):
    return "lead_organisation" if key == "leads" and key_of(heading, table) == "lead_organisation" else key


def _are_headings(texts, known, table):
    filled = [text for text in texts if text]
    if not known or len(known) * 2 < len(filled) or max(map(len, filled)) > LONGEST_HEADING:
        return False
    # "Support" or "Impact" is a heading beside others, and by itself just as likely a word in a cell.
    # So are words like "Team leader", which only mean a column.
    certain = [index for index in known.values() if known_phrase(texts[index], table)]
    return any(phrase(texts[index]) not in WEAK for index in certain)
