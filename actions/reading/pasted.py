"""A plan pasted into a box: a table copied from Word, Excel or a page, read like a file.

`actions/pasting.py` knows what a clipboard holds; here its cells become a grid, with the colours
of an HTML table.
"""

import re
from collections.abc import Mapping
from datetime import date

from actions.pasting import NOT_A_CELL, cells_of, text_of

from .delimited import GUARDED
from .grids import BLANK, Cell, Contents, Grid, Row, Unreadable, tidy
from .guards import LIMITS, Limits, check_cell, check_cells, check_shape
from .headings import HEADINGS
from .plan import ReadPlan, plan_of

NAME = "Pasted table"
PAINT = re.compile(r"background(?:-color)?:\s?([#\w(), %]{3,40})", re.IGNORECASE)
RULE = re.compile(r"\.([\w-]{1,40})\s*\{([^{}]{0,4000})\}")
RGB = re.compile(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})")
NAMED = {
    "red": "FF0000", "yellow": "FFFF00", "lime": "00FF00", "green": "008000", "blue": "0000FF", "orange": "FFA500",
    "purple": "800080", "gray": "808080", "grey": "808080",
}  # fmt: skip


def read_pasted(
    html: str,
    text: str,
    *,
    headings: Mapping[str, tuple[str, ...]] = HEADINGS,
    mapping: Mapping[str, str] | None = None,
    period: tuple[date, date] | None = None,
    limits: Limits = LIMITS,
) -> ReadPlan:
    """The plan in what was copied, as HTML and as text. Raises Unreadable (or `Unmapped`) as `read_plan` does."""
    paints: dict[str, str] = {}
    rows = cells_of(text or "", html or "", lambda cell: _cell(cell, paints))
    made = [Row(number, tuple(_placed(rows, number - 1, limits))) for number, row in enumerate(rows, start=1)]
    check_cells(NAME, sum(bool(cell.text) for row in made for cell in row.cells), limits)
    if all(row.is_blank for row in made):
        raise Unreadable("Nothing was pasted.", where=NAME, accepted=NOT_A_CELL)
    contents = Contents([Grid(NAME, made)])
    return plan_of(contents, "pasted", headings=headings, mapping=mapping, period=period)


def _placed(rows: list[list], index: int, limits: Limits) -> list[Cell]:
    """A row's cells. One and the same cell below itself was merged down; None was covered from the left."""
    above = rows[index - 1] if index else []
    placed: list[Cell] = []
    for column, cell in enumerate(rows[index][: limits.columns + 1]):
        made = cell if isinstance(cell, Cell) else Cell(_words(cell))
        if cell is None and placed:
            left = placed[-1]
            made = Cell(left.text, left.shading, is_continuation=left.is_continuation, is_spread=True)
        elif isinstance(cell, Cell) and cell is not BLANK and column < len(above) and above[column] is cell:
            made = Cell(cell.text, cell.shading, is_continuation=True)
        if made.text and not made.is_spread:
            check_shape(NAME, index + 1, column + 1, limits)
            check_cell(f"{NAME}, row {index + 1}", made.text, limits)
        placed.append(made)
    return _with_widths(placed)


def _with_widths(cells: list[Cell]) -> list[Cell]:
    """Tell each cell over how many columns it was merged."""
    made, start = list(cells), 0
    for index in range(1, len(cells) + 1):
        if index < len(cells) and cells[index].is_spread:
            continue
        for place in range(start, index):
            one = cells[place]
            made[place] = Cell(one.text, one.shading, None, one.is_continuation, one.is_spread, index - start)
        start = index
    return made


def _words(text: str | None) -> str:
    return GUARDED.sub("", tidy(text or ""))


def _cell(element, paints: dict[str, str]) -> Cell:
    """A cell of an HTML table with its colour: its own, its row's, or what the page's rules give its class."""
    if not paints:
        paints[""] = ""  # looked through once
        for sheet in element.getroottree().iter("style"):
            paints.update({name: rule for name, rule in RULE.findall(sheet.text or "") if "background" in rule.lower()})
    own = [one.get("style", "") or f"background:{one.get('bgcolor', '')}" for one in (element, element.getparent())]
    ruled = [paints.get(name, "") for name in (element.get("class") or "").split()]
    shading = next(filter(None, map(_colour, [own[0], *ruled, own[1]])), None)
    return Cell(_words(text_of(element)), shading)


def _colour(style: str) -> str | None:
    found = PAINT.search(style)
    said = found[1].strip().casefold() if found else ""
    parts = RGB.match(said.replace(" ", ""))
    if parts:
        return "".join(f"{min(int(part), 255):02X}" for part in parts.groups())
    hexed = re.match(r"#([0-9a-f]{6})\b", said)
    return hexed[1].upper() if hexed else NAMED.get(said.split(" ")[0] if said else "")
