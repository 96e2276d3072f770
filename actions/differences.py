"""Word-level differences between two texts. Pure."""

import re
from difflib import SequenceMatcher

LONGEST = 2000  # words; beyond that the whole text counts as replaced


def word_changes(before, after):
    """`after` in pieces, each (kind, words): same, added, or gone (words of `before` that are no longer there)."""
    old, new = _pieces(before), _pieces(after)
    if len(old) > LONGEST or len(new) > LONGEST:
        return [("gone", before), ("added", after)]
    changes = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            changes.append(("same", "".join(new[j1:j2])))
            continue
        changes += [("gone", "".join(old[i1:i2]))] if i1 < i2 else []
        changes += [("added", "".join(new[j1:j2]))] if j1 < j2 else []
    return changes


def _pieces(text):
    """Words and the spaces between them, so that nothing of the text is lost when they are put together again."""
    return re.findall(r"\s+|[^\s]+", text or "")
