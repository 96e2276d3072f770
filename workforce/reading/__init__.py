"""Files that partners send, as sheets of text cells whose rows are counted as Excel counts them.

    for sheet in open_files([Given("staff.csv", path)]):
        for block in sheet.blocks():
            block.rows, block.cells, block.oddities

Nothing is guessed and nothing is altered in silence: what was unusual about a file is in `Sheet.notes`, about a row
in `Block.oddities`, and what cannot be read raises `Unreadable` with a sentence that says what and where.
"""

from .opening import open_files
from .shapes import ACCEPTED, LIMITS, Block, Given, Limits, Note, Oddity, Sheet, Unreadable

__all__ = [
    "ACCEPTED",
    "LIMITS",
    "Block",
    "Given",
    "Limits",
    "Note",
    "Oddity",
    "Sheet",
    "Unreadable",
    "open_files",
]
