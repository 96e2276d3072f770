"""What the rules of the staff and training files may ask about the return as a whole."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from workforce import pseudonyms

NO_WORKPLACE = -1
BETWEEN = "\x1f"  # between the workplace's and the worker's reference: stands in no file
WHITESPACE = r"[\s\p{Z}\x{FEFF}]+"
SPACE, BEYOND_ASCII = 32, 128


def without_whitespace(texts: pa.StringArray) -> pa.StringArray:
    """References are compared without whitespace, wherever it stands.

    Most have none, which one look at the bytes tells: all whitespace is at or below the space, or beyond ASCII.
    """
    held = texts.buffers()[2]
    if held is None:
        return texts
    letters = np.frombuffer(held, np.uint8)
    if (letters <= SPACE).any() or (letters >= BEYOND_ASCII).any():
        return pc.replace_substring_regex(texts, WHITESPACE, "")
    return texts


class Return:
    """The day it is judged on and its workplaces; `workplaces` is None where no workplace file came."""

    def __init__(self, run, workplaces=None):
        self.today, self.today_number = run.today, run.today_number
        self.workplaces = workplaces

    def workplace_of(self, cells):
        """Per row the position of its workplace, -1 where it is not in the workplace file."""
        if "workplace" not in cells.remembered:
            cells.remembered["workplace"] = self._positions(cells, "LOCALESTID")
        return cells.remembered["workplace"]

    def target_of(self, cells):
        """Per row the position of the workplace that the worker moves to, -1 where there is none or it is unknown."""
        return self._positions(cells, "TRANSFERSTAFFRECORD")

    def _positions(self, cells, column):
        if self.workplaces is None or column not in cells:
            return np.full(len(cells), NO_WORKPLACE)
        return self.workplaces.index(cells.column(column).texts)

    def unknown_target(self, cells):
        return self.target_of(cells) < 0 if self.workplaces is not None else cells.nowhere

    def not_in_file(self, cells):
        """Rows whose workplace reference is given but is none of the workplace file's."""
        if self.workplaces is None:
            return cells.nowhere
        return ~np.isnan(cells.number("LOCALESTID")) & (self.workplace_of(cells) < 0)

    def workplace_says(self, cells, what):
        """Where the row's workplace is known, and this holds of it."""
        if self.workplaces is None or not len(self.workplaces.references):
            return cells.nowhere
        holds = {
            "not_regulated": lambda of: ~of.regulated,
            "never_delegates": lambda of: ~of.dha_allowed,
            "delegates_not": lambda of: of.dha_no,
        }[what](self.workplaces)
        places = self.workplace_of(cells)
        return (places >= 0) & holds[places]


def references_of(workplace, worker):
    """What posts are known by: the references of their workplace and worker."""
    joined = pc.binary_join_element_wise(without_whitespace(workplace), without_whitespace(worker), BETWEEN)
    return joined.cast(pa.binary())


def keys_of(workplace, worker, keys):
    """The pseudonyms of posts, from the references of their workplace and worker."""
    return keys.of_many("post", references_of(workplace, worker).to_pylist())


def owners_of(cells, keys, worker):
    """(pseudonyms, short ones) of the worker of each row; 0 as the short one where a reference is missing.

    `worker` is the array of worker references to use, so that a worker who is renamed goes by the new one.
    """
    return with_short(cells, keys_of(cells.column("LOCALESTID").texts, worker, keys))


def with_short(cells, made):
    """(pseudonyms, short ones) as owners_of gives them."""
    short = pseudonyms.short(made)
    known = ~np.isnan(cells.number("LOCALESTID")) & ~np.isnan(cells.number("UNIQUEWORKERID"))
    short[~known] = 0
    return made, short
