"""What is wrong with very many different texts, seen at a glance: all at once, without judging any of them closely.

A file whose cells are all different, and all nearly right, would otherwise take Python's time for every cell of it.
Only what could not be read in any case is called wrong here; what is left is for the kind itself to judge.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import kinds
from .kinds_of_parts import Pair

CROWD = 2_000  # distinct texts of a block, and unreadable ones among them, from which on a glance comes first
GENERAL = 1  # the place of a kind's general fault
PLAIN_NUMBER = r"^[0-9]{1,12}(?:\.[0-9]{1,4})?$"
NO_SUCH = "(?:00|3[2-9]|[4-9][0-9])"  # day of any month; as a month, not one that stands before the day either
NO_SUCH_DAY = rf"^(?:{NO_SUCH}/[0-9]{{2}}|[0-9]{{2}}/{NO_SUCH})/[0-9]{{4}}$"


def wrong_at_a_glance(kind, texts: pa.StringArray) -> np.ndarray:
    """Per text the place of the fault among `kind.wrongs`, counted from 1; 0 for blanks and for what needs a look."""
    found = np.zeros(len(texts), np.uint8)
    if not kind.shape:
        return found
    found[~_fits(texts, kind.shape)] = GENERAL
    if isinstance(kind, kinds.Number):
        found[_is_outside(kind, texts)] = _place(kind, kinds.OUT_OF_RANGE)
    elif isinstance(kind, kinds.Day):
        found[_fits(texts, NO_SUCH_DAY)] = _place(kind, kinds.NO_SUCH_DAY)
    elif isinstance(kind, Pair):
        found[_is_no_pair(kind, texts)] = GENERAL
    if said := getattr(kind, "unknown", ""):
        found[_mask(pc.equal(texts, said))] = 0
    found[_mask(pc.equal(texts, ""))] = 0
    return found


def _place(kind, wrong):
    return [one.key for one in kind.wrongs].index(wrong.key) + 1


def _mask(answers):
    return answers.to_numpy(zero_copy_only=False)


def _fits(texts, shape):
    return _mask(pc.match_substring_regex(texts, shape))


def _is_outside(kind, texts):
    plain = pc.match_substring_regex(texts, PLAIN_NUMBER)
    numbers = pc.if_else(plain, texts, "0").cast(pa.float64()).to_numpy()
    return _mask(plain) & ((numbers < kind.low) | (numbers > kind.high))


def _is_no_pair(kind, texts):
    """The first part has not the shape of a code; or the second, where the first does not count without it."""
    first = pc.utf8_trim_whitespace(pc.replace_substring_regex(texts, "(?s);.*$", ""))
    wrong = ~_fits(first, kind.first.shape) if kind.first.shape else np.zeros(len(texts), bool)
    if kind.second is None or not kind.second.shape or kind.second_warns:
        return wrong
    second = pc.utf8_trim_whitespace(pc.replace_substring_regex(texts, "^[^;]*;?", ""))
    return wrong | (_mask(pc.not_equal(second, "")) & ~_fits(second, kind.second.shape))
