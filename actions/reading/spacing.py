"""Texts compared, and put right again, as files keep them: no format keeps every space that somebody typed.

What a format changes by itself is no change of anybody's. Where somebody did change some of a text, the rest of it
stays as it was typed, spaces included.
"""

import re
from difflib import SequenceMatcher

from actions.differences import MOST_PAIRS, pairs_of

from .grids import tidy

# Hyphens that Word and LibreOffice write as elements of their own, and what no file of XML can hold.
SIGNS = {0x2011: "-", 0xAD: None, 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
PIECES = re.compile(r"(\s*)(\S+)")


def as_kept(text: str | None) -> str:
    """A text as every format keeps it: lines that say something, with one space between their words."""
    text = (text or "").translate(SIGNS).replace("_x005F_", "_")  # LibreOffice's way with a text like _x0041_
    lines = tidy(text).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def with_spaces_of(old: str, new: str) -> str:
    """`new`, but with the spaces and signs of `old` wherever the two have the same words.

    A line break that is in one of them only is somebody's change, and stays as it is in `new`.
    """
    was, now = PIECES.findall(old), PIECES.findall(new)  # each word with the space before it
    words, known = [as_kept(word) for _, word in now], [as_kept(word) for _, word in was]
    if pairs_of(known, words) > MOST_PAIRS:
        return new
    for kind, start, end, here, there in SequenceMatcher(None, known, words, autojunk=False).get_opcodes():
        for place, (before, word) in zip(range(here, there), was[start:end], strict=False):
            gap, new_word = now[place]
            now[place] = (before if _is_alike(before, gap) else gap, word if kind == "equal" else new_word)
    return "".join(gap + word for gap, word in now)


def _is_alike(one: str, other: str) -> bool:
    """Whether two gaps both separate words, and both or neither with a line break."""
    return bool(one) == bool(other) and ("\n" in tidy(f"x{one}x")) == ("\n" in tidy(f"x{other}x"))
