"""How the width of a page is shared out among the columns of a table, so that its rows are as low as they can be.

No word is broken that need not be: each column is first as wide as its longest word. What is left goes, bit by bit, to
the column that makes most rows tall.
"""

from collections import Counter
from dataclasses import replace
from math import ceil

from .shapes import Column, Row, cell_of, in_words

ROOM = 190  # characters of the size of a table's text that stand beside each other on a page
EDGE = 2  # what a column's margins take
LONGEST_WORD = 17  # a longer one is broken: an address, say
BOLD = 1.15  # how much wider bold letters are
LOOKED_AT = 60  # rows


def fitted(columns: tuple[Column, ...], rows: list[Row]) -> tuple[Column, ...]:
    """The columns with widths that suit these rows. The same rows always give the same widths."""
    step = max(len(rows) // LOOKED_AT, 1)
    looked_at = [[_lines(value) for value in row.cells] for row in rows[::step]]
    widths = [_least(column, [cells[place] for cells in looked_at]) for place, column in enumerate(columns)]
    for _ in range(ROOM - sum(widths) - EDGE * len(widths)):
        votes = Counter(dict.fromkeys(range(len(widths)), 0))
        for cells in looked_at:
            heights = [_height(lines, width) for lines, width in zip(cells, widths, strict=True)]
            tallest = max(heights)
            votes[heights.index(tallest)] += tallest
        widths[votes.most_common(1)[0][0]] += 1
    return tuple(replace(column, width=width + EDGE) for column, width in zip(columns, widths, strict=True))


def lines_of(value, width: float) -> int:
    """How many lines a cell takes in a column of so many characters, more or less."""
    return _height(_lines(value), width)


def _lines(value) -> list[int]:
    cell = cell_of(value)
    words = f"{in_words(cell.value)}\n{cell.note}" if cell.note else in_words(cell.value)
    bold = BOLD if cell.tone else 1
    return [(len(line) * bold, max(map(len, line.split()), default=0) * bold) for line in words.split("\n")]


def _least(column: Column, cells: list) -> int:
    longest = max((word for lines in cells for _, word in lines), default=0)
    heading = max(map(len, column.label.split()), default=0)
    return max(ceil(min(longest, LONGEST_WORD)), ceil(heading * BOLD))


def _height(lines: list, width: float) -> int:
    return sum(max(ceil(length / width), 1) for length, _ in lines)
