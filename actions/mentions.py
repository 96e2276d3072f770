"""Finding people's names behind an @ in what somebody wrote. Pure: text and names in, places out."""

import re
from dataclasses import dataclass

# A name ends where its last word does: “@Ann” is nobody in “@Anna”, “@Ann-Marie” or “@Ann’Lise”, but is Ann in
# “@Ann’s”, “@Ann.” and “@Ann- ”.
END = r"(?!\w|[-‐‑]\w|['’](?!s\b)\w)"
START = r"(?<!\w)@"  # Not in an e-mail address.
NOBODY = re.compile(START + r"(\w[\w'’-]*)")


@dataclass(frozen=True)
class Mention:
    start: int  # of the @
    end: int
    name: str  # as the person is called, however it was written


def mentions_in(text, names):
    """Where `text` has @ and one of `names`, in its order, never overlapping.

    Capital letters do not matter, nor how wide the spaces of a name are. Of several names that fit, the longest is
    meant: “@Ann Lee” is Ann Lee, not Ann.
    """
    known = sorted({name for name in names if name.split()}, key=lambda name: (-len(name), name))
    if not known or "@" not in text:
        return []
    any_of = re.compile(START + "(?:" + "|".join(f"({_pattern(name)})" for name in known) + ")" + END, re.IGNORECASE)
    return [Mention(*found.span(), known[found.lastindex - 1]) for found in any_of.finditer(text)]


def _pattern(name):
    return r"\s+".join(re.escape(word) for word in name.split())


def pieces_of(text, names):
    """The text cut at its mentions: (piece, is it a mention). Joined again, the pieces are the text."""
    pieces, place = [], 0
    for mention in mentions_in(text, names):
        pieces += [(text[place : mention.start], False), (text[mention.start : mention.end], True)]
        place = mention.end
    return [(piece, marked) for piece, marked in [*pieces, (text[place:], False)] if piece]


def nobody_called(text, names):
    """The words behind an @ that begin no known name, so that their author can be told that nobody was."""
    taken = {mention.start for mention in mentions_in(text, names)}
    return list(dict.fromkeys(found[1] for found in NOBODY.finditer(text) if found.start() not in taken))
