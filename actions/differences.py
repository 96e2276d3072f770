"""Word-level differences between two texts. Pure."""

import re
from collections import Counter
from difflib import SequenceMatcher

# Pairs of equal words to weigh. Two full cells of English have some 5,000 to 25,000; with many more (one word over and
# over) comparing could take half a minute, so beyond this the whole text counts as replaced.
MOST_PAIRS = 50_000


def word_changes(before, after):
    """`after` in pieces, each (kind, words): same, added, or gone (words of `before` that are no longer there)."""
    old, new = pieces_of(before), pieces_of(after)
    if pairs_of(old, new) > MOST_PAIRS:
        return [("gone", before), ("added", after)]
    changes = []
    # Spaces alone are no likeness: they stay with the words that they stand beside.
    for kind, i1, i2, j1, j2 in SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(("same", "".join(new[j1:j2])))
            continue
        changes += [("gone", "".join(old[i1:i2]))] if i1 < i2 else []
        changes += [("added", "".join(new[j1:j2]))] if j1 < j2 else []
    return changes


def pieces_of(text):
    """Words and the spaces between them, so that nothing of the text is lost when they are put together again."""
    return re.findall(r"\s+|[^\s]+", text or "")


def pairs_of(old, new):
    """How many pairs of a word of one text and the same word of the other there are."""
    times = Counter(piece for piece in old if not piece.isspace())
    return sum(times[piece] for piece in new)
