"""Three-way merging of what two people made of the same text or list. Pure.

Both started from `base`; one wrote `theirs` (stored already), the other wants `mine`. Where their changes do not
touch, both are kept; where they do, nothing is guessed. Texts are compared word by word: a change is a run of words
of the base and what stands in its place. Two changes touch when no unchanged word stands between them, so that
"March 2027" never becomes a date that neither of the two wrote.
"""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from actions.differences import MOST_PAIRS, pairs_of, pieces_of


@dataclass(frozen=True)
class _Hunk:
    """`base[start:end]` is to become `pieces`."""

    start: int
    end: int
    pieces: tuple


def merge_words(base, theirs, mine):
    """The text with both people's changes, or None where they touch (or the texts are too long to compare)."""
    parts = _compare(base, theirs, mine)
    if parts is None:
        return None
    pieces, by_them, by_me = parts
    hunks = sorted({*by_them, *by_me}, key=lambda hunk: (hunk.start, hunk.end))
    if any(_touch(pieces, one, two) for one, two in pairwise(hunks)):
        return None
    return _applied(pieces, hunks)


def both_wordings(base, theirs, mine):
    """A text to go on from: both people's changes, and where they touch their words, then mine.

    Where they touch in more than one place nobody could read that: then it is their whole text, then mine.
    """
    one_after_the_other = f"{theirs}\n{mine}"
    parts = _compare(base, theirs, mine)
    if parts is None:
        return one_after_the_other
    pieces, by_them, by_me = parts
    hunks, contested = [], 0
    for cluster in _clusters(pieces, by_them, by_me):
        start, end = min(hunk.start for hunk in cluster), max(hunk.end for hunk in cluster)
        wordings = [_wording(pieces, start, end, side, cluster) for side in (by_them, by_me)]
        was = "".join(pieces[start:end])
        changed = list(dict.fromkeys(words for words in wordings if words != was)) or [was]
        contested += len(changed) > 1
        gap = "" if changed[0][-1:].isspace() or changed[-1][:1].isspace() else " "
        hunks.append(_Hunk(start, end, (gap.join(changed),)))
    return _applied(pieces, hunks) if contested < 2 else one_after_the_other


def merge_sets(base, theirs, mine):
    """Sorted members of a set to which each side added and from which each took away."""
    base, theirs, mine = set(base), set(theirs), set(mine)
    return sorted((theirs | (mine - base)) - (base - mine))


def merge_names(base, theirs, mine):
    """An ordered list of different names, or None where both changed the first or somebody changed the order.

    Theirs as it stands, without the names I took away and with those I added: at the front when I put one there,
    else at the end.
    """
    if _reordered(base, theirs) or _reordered(base, mine) or (theirs[:1] != base[:1] != mine[:1]):
        return None
    kept = [name for name in theirs if name in mine or name not in base]
    added = [name for name in mine if name not in base and name not in kept]
    leads = added[:1] if added[:1] == mine[:1] else []
    return leads + kept + added[len(leads) :]


def _reordered(base, new):
    common = [name for name in base if name in new]
    return [name for name in new if name in base] != common


def _compare(base, theirs, mine):
    if not all(isinstance(text, str) for text in (base, theirs, mine)):
        return None
    pieces = pieces_of(base)
    sides = []
    for text in (theirs, mine):
        new = pieces_of(text)
        if pairs_of(pieces, new) > MOST_PAIRS:
            return None
        codes = SequenceMatcher(str.isspace, pieces, new, autojunk=False).get_opcodes()
        sides.append([_Hunk(i1, i2, tuple(new[j1:j2])) for kind, i1, i2, j1, j2 in codes if kind != "equal"])
    return pieces, *sides


def _touch(pieces, one, two):
    """Whether no unchanged word stands between two hunks, the first of which starts first."""
    return two.start < one.end or not any(not piece.isspace() for piece in pieces[one.end : two.start])


def _clusters(pieces, by_them, by_me):
    """Hunks of both sides, those that touch each other together, in order."""
    clusters = []
    for hunk in sorted({*by_them, *by_me}, key=lambda one: (one.start, one.end)):
        if clusters and any(_touch(pieces, before, hunk) for before in clusters[-1]):
            clusters[-1].append(hunk)
        else:
            clusters.append([hunk])
    return clusters


def _wording(pieces, start, end, side, cluster):
    """How one side words `pieces[start:end]`."""
    own = [hunk for hunk in cluster if hunk in side]
    moved = [_Hunk(hunk.start - start, hunk.end - start, hunk.pieces) for hunk in own]
    return _applied(pieces[start:end], moved)


def _applied(pieces, hunks):
    out, place = [], 0
    for hunk in hunks:
        out += pieces[place : hunk.start]
        out += hunk.pieces
        place = hunk.end
    return "".join([*out, *pieces[place:]])
