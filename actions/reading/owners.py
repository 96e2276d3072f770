"""One cell, several responsible officers: posts, teams, organisations and initials, each by itself and as written.

Line breaks, ";", "|" and "/" always separate. "&", "and" and commas also stand inside titles ("Head of HR & OD", "L&D
Teams"), so they separate only where what is on both sides is whole: a post or body by its own words, or initials that
the document uses as such.
"""

import re
from collections.abc import Iterable

from .keys import INITIALS
from .phrases import is_nothing, phrase

HARD = "\n;|/"
SOFT = re.compile(r"\s+(?:&|and|\+|with)\s+|\s*,\s*(?:and\s+|&\s+)?", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[•‣▪●○·*–-]|o(?=\s))\s+")
LABEL = re.compile(
    r"^\s*(?:joint\s+)?(?:leads?|lead officers?|owners?|accountable|responsible|support(?:ed by|ing)?)\s*:\s*",
    re.IGNORECASE,
)
LONGEST_SPLIT = 2_000  # characters between hard separators; more is prose, not owners
TRAILING_INITIALS = re.compile(r"^(.*\S)\s+([A-Z]{2,4})$")
ABBREVIATIONS = {
    "HR", "OD", "IT", "ICT", "NHS", "CCG", "ICB", "ICS", "PCT", "LA", "GP", "GPS", "CQC", "HSE", "PA", "PMO", "SMT",
    "SLT", "CEO", "CFO", "COO", "DASS", "ASC", "CYP", "LD", "MH", "OT", "PT", "VCS", "ALL", "TU", "DWP", "SRO", "EDI",
    "QA", "UK", "AHP", "CPD",
}  # fmt: skip
POSTS = {
    "manager", "managers", "lead", "leads", "officer", "officers", "director", "directors", "head", "heads", "team",
    "teams", "group", "groups", "board", "adviser", "advisers", "advisor", "advisors", "partner", "partners", "nurse",
    "nurses", "worker", "workers", "practitioner", "practitioners", "professional", "professionals", "coordinator",
    "coordinators", "analyst", "analysts", "chief", "commissioner", "commissioners", "chair", "executive",
    "executives", "trainer", "trainers", "consultant", "consultants", "therapist", "therapists", "matron", "planner",
    "specialist", "specialists", "assistant", "secretary", "accountant", "administrator", "champion", "champions",
    "leader", "leaders", "owner", "supervisor", "supervisors", "president", "provider", "providers", "employers",
    "commitment", "representative", "representatives", "facilitator", "educator", "tutor", "librarian", "lecturer",
    "dean", "principal", "deputy", "pharmacist", "psychologist", "doctor", "inspector", "engineer", "technician",
    "member", "members", "sponsor", "cabinet", "councillor", "solicitor", "solicitors", "ambassador", "ambassadors",
    "treasurer",
}  # fmt: skip
BODIES = {
    "association", "partnership", "college", "colleges", "university", "universities", "council", "councils", "trust",
    "trusts", "forum", "committee", "network", "department", "departments", "directorate", "service", "services",
    "agency", "agencies", "academy", "alliance", "federation", "consortium", "hospice", "union", "unions", "nhs",
    "panel", "society", "foundation", "hub", "unit", "programme", "office", "outreach", "healthwatch", "unison",
    "management",
}  # fmt: skip
FIRST = {"healthwatch", "unison", "nhs"}
PEOPLE = {  # posts of one person: after these words a title has ended
    "manager", "managers", "officer", "officers", "director", "directors", "adviser", "advisers", "advisor", "advisors",
    "practitioner", "coordinator", "coordinators", "analyst", "trainer", "consultant", "therapist", "specialist",
    "administrator", "accountant", "supervisor", "facilitator", "leader", "educator",
}  # fmt: skip


def split_owners(text: str, initials: Iterable[str] = ()) -> list[str]:
    """Each owner in a cell, in order and once. `initials` are those the document is known to use for people."""
    if is_nothing(text):
        return []
    known = set(initials)
    found = []
    for piece in _split_hard(text):
        for owner in _split_soft(piece, known) if len(piece) <= LONGEST_SPLIT else [piece]:
            found += _split_initials(owner, known)
    return list(dict.fromkeys(owner for owner in found if not is_nothing(owner)))


def initials_in(cells: Iterable[str], explained: Iterable[str] = ()) -> set[str]:
    """The initials a plan uses for people: those explained, and those beside others of their kind ("AP/JP")."""
    known = set(explained)
    for text in cells:
        pieces = [piece.split() for piece in re.split(r"[/,;&\n]", text) if piece.split()]
        last = [words[-1] for words in pieces]
        alike = {word for word in last if INITIALS.fullmatch(word) and word not in ABBREVIATIONS}
        stand_alone = all(len(words) == 1 for words in pieces) and alike == set(last)
        if len(alike) > 1 or stand_alone:
            known.update(alike)
    return known


def _split_hard(text: str) -> list[str]:
    """The pieces between line breaks, ";", "|" and "/" that are not inside brackets."""
    pieces, depth, piece = [], 0, ""
    for character in text:
        depth = max(depth + (character in "([") - (character in ")]"), 0) if character != "\n" else 0
        if character in HARD and not depth:
            pieces.append(piece)
            piece = ""
        else:
            piece += character
    pieces.append(piece)
    return [cleaned for cleaned in map(_clean, pieces) if cleaned]


def _clean(piece: str) -> str:
    piece = LABEL.sub("", BULLET.sub("", piece))
    piece = re.sub(r"^(?:and|&|,)\s+", "", " ".join(piece.split())).rstrip(" ,&")
    return piece if piece.endswith("etc.") else piece.removesuffix(".")


def _split_soft(piece: str, known: set[str]) -> list[str]:
    """Split where what came before is whole and what comes next is too, or where the piece is a plain list."""
    owners, start = [], 0
    joints = [joint for joint in SOFT.finditer(piece) if not _is_bracketed(piece, joint.start())]
    is_list = _is_plain_list(piece)
    for index, joint in enumerate(joints):
        end = joints[index + 1].start() if index + 1 < len(joints) else len(piece)
        before, after = piece[start : joint.start()], piece[joint.end() : end]
        rest = piece[joint.end() :]
        if is_list or _stand_apart(before, after, rest, known) or _is_clear(before, joint[0], rest):
            owners.append(before)
            start = joint.end()
    owners.append(piece[start:])
    return [cleaned for cleaned in map(_clean, owners) if cleaned]


def _is_bracketed(text: str, position: int) -> bool:
    return text.count("(", 0, position) > text.count(")", 0, position)


def _is_plain_list(piece: str) -> bool:
    """Names or bodies of a word or two with at least one comma between them: "HR, OD and Finance"."""
    items = [item for item in SOFT.split(piece) if item.strip()]
    words = set(phrase(piece).split())
    return "," in piece and not words & (POSTS | {"of", "for"}) and all(len(item.split()) < 3 for item in items)


def _stand_apart(before: str, after: str, rest: str, known: set[str]) -> bool:
    """True where a joint separates two owners and does not stand inside a title."""
    if before.split()[-1:] and before.split()[-1] in known:
        return True
    if not _is_whole(before, known):
        return False
    may_go_on = bool(re.search(r"\b(?:of|for)\b", before, re.IGNORECASE))  # "Head of X": more of its field may follow
    return _is_whole(after, known) or (not may_go_on and (after.strip() in ABBREVIATIONS or _is_title(rest)))


def _is_clear(before: str, joint: str, rest: str) -> bool:
    """Further signs that the title before a joint has ended, whatever kind of name comes next.

    "Training Manager & Skills for Care", "Training Manager, Mind": the post is said. "Chief Executive of X,
    Health & Safety Adviser": a whole title follows. "Education Service & Healthwatch X": a body by its first word.
    """
    is_comma, words, next_words = "," in joint, phrase(before).split(), phrase(rest.split(",")[0]).split()
    if not next_words or not _is_whole(before, set()):
        return False
    may_go_on = bool(re.search(r"\b(?:of|for)\b", before, re.IGNORECASE))
    is_post = len(words) > 1 and words[-1] in PEOPLE and not may_go_on
    if is_comma:
        return _is_title(rest.split(",")[0]) or (is_post and rest[:1].isupper())
    is_body = next_words[0] in FIRST or (next_words[0] in BODIES and next_words[1:2] == ["of"])
    return rest[:1].isupper() and (is_post or is_body)


def _is_whole(text: str, known: set[str]) -> bool:
    """True for a post or body that stands by itself, or initials in use."""
    words = phrase(text).split()
    if not words:
        return False
    if text.split()[-1].strip(".,") in known:
        return True
    if len(words) == 1:
        return words[0] in BODIES | POSTS - {"head", "deputy", "chief", "principal", "lead"}
    return bool(set(words) & POSTS) or words[-1] in BODIES


def _is_title(text: str) -> bool:
    """True where the whole of the rest is a title with "&" inside: "Pay & Reward Lead"."""
    words = phrase(text).split()
    return bool(words) and words[-1] in POSTS


def _split_initials(owner: str, known: set[str]) -> list[str]:
    """Initials at the end, with only a space before them: "Steering Group AP" is two owners."""
    trailing = []
    while (found := TRAILING_INITIALS.match(owner)) and found[2] in known:
        trailing.insert(0, found[2])
        owner = found[1].rstrip(" ,&")
    return [owner, *trailing]


def rejoin(names: list[str], known: set[str]) -> list[str]:
    """Names that splitting took apart: "Head of Workforce, Acute Trust" is one post where the plan knows it so.

    `known` holds names in lower case. The longest known name wins; what is not known stays as it was split.
    """
    whole, start = [], 0
    while start < len(names):
        ends = range(len(names), start + 1, -1)
        end = next((end for end in ends if ", ".join(names[start:end]).casefold() in known), start + 1)
        whole.append(", ".join(names[start:end]))
        start = end
    return whole
