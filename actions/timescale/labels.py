"""Which words belong to which date: the words beside a date are its label, as written."""

import re
from dataclasses import replace

from .pieces import Piece
from .statements import Statement
from .vocabulary import Role

LONGEST_LABEL = 120
TEXTUAL = {
    Role.WORD, Role.NUMBER, Role.NUMBERED, Role.QUALIFIER, Role.THIRD, Role.WEEK, Role.WEEKDAY, Role.FILLER, Role.LINK,
    Role.AFTERWORD, Role.DONE, Role.URGENT, Role.DOUBT, Role.SOFT, Role.HARD, Role.COLON, Role.OPEN, Role.CLOSE,
    Role.OTHER, Role.RECURS, Role.RELATIVE, Role.UNREAD, Role.CHANGE,
}  # fmt: skip
EDGES = {Role.LINK, Role.SOFT, Role.HARD, Role.COLON, Role.OPEN, Role.CLOSE, Role.OTHER, Role.FILLER, Role.CHANGE}
SILENT = re.compile(r"^(?:end of|next|with|in|over|the|this|by|\d)", re.I)


def _is_silent(pieces: list[Piece], at: int) -> bool:
    """True for words that say when, not what, and so are no label."""
    piece, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
    if piece.role is Role.RECURS:
        return not (after and after.role is Role.WORD)
    if piece.role is Role.RELATIVE:
        return bool(SILENT.match(piece.text))
    if piece.role is Role.UNREAD:
        return not {Role.WORD} & {p.role for p in pieces[max(0, at - 1) : at + 2]}
    return piece.role not in TEXTUAL or piece.text == "?"


def _trimmed(run: list[Piece]) -> list[Piece]:
    while run and run[0].role in EDGES:
        run = run[1:]
    while run and run[-1].role in EDGES and run[-1].text != ")":
        run = run[:-1]
    return run


def _text(source: str, pieces: list[Piece]) -> str:
    """The words of a stretch of pieces, without those that only say when."""
    runs, run = [], []
    for at, piece in enumerate(pieces):
        if _is_silent(pieces, at):
            runs.append(run)
            run = []
        else:
            run.append(piece)
    texts = [source[r[0].start : r[-1].end] for r in map(_trimmed, [*runs, run]) if r]
    text = re.sub(r"\s+", " ", " ".join(texts)).strip(" ,;:.-/")
    return text if text.count("(") == text.count(")") else text.replace("(", "").replace(")", "")


def _split(gap: list[Piece]) -> tuple[list[Piece], list[Piece], list[Piece]]:
    """The pieces between two dates: those of the first, those nobody claims, those of the second."""
    lead = next((n for n, p in enumerate(gap) if p.role not in (Role.SOFT, Role.HARD)), 0)
    if gap and gap[lead].role is Role.OPEN:
        close = next((n for n, p in enumerate(gap) if p.role is Role.CLOSE), len(gap) - 1)
        first, middle, second = _split(list(gap[close + 1 :]))
        return gap[lead + 1 : close] + first, middle, second
    breaks = [n for n, p in enumerate(gap) if p.role is Role.HARD]
    if breaks:
        return gap[: breaks[0]], gap[breaks[0] + 1 : breaks[-1]], gap[breaks[-1] + 1 :]
    soft = next((n for n, p in enumerate(gap) if p.role is Role.SOFT or p.value == "list"), None)
    return ([], gap, []) if soft is None else (gap[:soft], [], gap[soft + 1 :])


def _gaps(pieces: list[Piece], statements: list[Statement]) -> list[list[Piece]]:
    ends = [-1, *(s.last for s in statements)]
    starts = [*(s.first for s in statements), len(pieces)]
    return [_without_unknowns(pieces[end + 1 : start]) for end, start in zip(ends, starts, strict=True)]


def _without_unknowns(gap: list[Piece]) -> list[Piece]:
    """The gap without lines of their own that are still to be confirmed ("Phase 2: TBC")."""
    breaks = [n for n, p in enumerate(gap) if p.role is Role.HARD]
    lines = [gap[a:b] for a, b in zip([0, *breaks], [*breaks, len(gap)], strict=True)]
    return [p for n, line in enumerate(lines) for p in line if not (n and any(q.role is Role.UNKNOWN for q in line))]


def _shared_out(source: str, gaps: list[list[Piece]]) -> list[list[str]]:
    labels: list[list[str]] = [[_text(source, gaps[0])], *([] for _ in gaps[2:])]
    labels_follow = not labels[0][0] and bool(_text(source, gaps[-1]))
    for at, gap in enumerate(gaps[1:-1]):
        mine, middle, theirs = _split(gap)
        labels[at].append(_text(source, mine))
        labels[at if labels_follow else at + 1].append(_text(source, middle))
        labels[at + 1].append(_text(source, theirs))
    labels[-1].append(_text(source, gaps[-1]))
    return labels


def _tidied(parts: list[str]) -> str | None:
    label = " ".join(filter(None, parts))
    if label.lower() in ("complete", "completed"):
        return "completed"
    return (label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…") or None


def label(source: str, pieces: list[Piece], statements: list[Statement]) -> list[Statement]:
    """The statements with their labels: bracketed words belong to the date before them, words before a date to it."""
    if not statements:
        return []
    parts = _shared_out(source, _gaps(pieces, statements))
    return [replace(s, label=_tidied(p)) for s, p in zip(statements, parts, strict=True)]
