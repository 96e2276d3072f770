"""From a text to the pieces it is made of: dates, the words that tie them, and everything else."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches

from .forms import CONNECTIVE, Mention, Unread, dates_at
from .vocabulary import MONTHS, NUMBER_WORDS, NUMBERED_NOUNS, PHRASES, SEASONS, YEARLY, Role


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of the text: what it does, where it stands, and what the table or the form says about it."""

    role: Role
    start: int
    end: int
    text: str
    value: object = None


DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\uff0d\ufe58\ufe63"), "-")
QUOTES = dict.fromkeys(map(ord, "\u2018\u2019\u201b\u2032`\u00b4\uff07"), "'")
BULLETS = dict.fromkeys(map(ord, "\u00b7\u25aa\u25cf\u25cb\u25e6\u2023\u2043\uf0b7"), "•")
BREAKS = dict.fromkeys(map(ord, "\r\v\f\x85\u2028\u2029"), "\n")
ARROWS = {**dict.fromkeys(map(ord, "\u2192\u21d2\u279c\u2794"), ">"), ord("\t"): " "}
PLAIN = {**QUOTES, **BULLETS, **BREAKS, **ARROWS, **DASHES}
LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def _plain_character(character: str) -> str:
    if character in PLAIN or character == "\n" or (character.isascii() and character.isprintable()):
        return character
    kind = unicodedata.category(character)
    if kind == "Cf":
        return ""
    if kind in ("Zs", "Cc"):
        return " "
    folded = unicodedata.normalize("NFKC", character) if unicodedata.east_asian_width(character) in "FH" else character
    return folded


def plain(text: str) -> str:
    """The text with one kind of space, dash, quotation mark and line break, and full-width forms made ordinary."""
    text = "".join(map(_plain_character, text.replace("\r\n", "\n").translate(PLAIN)))
    text = re.sub(r"-{2,}", "-", text.replace("->", ">"))
    return re.sub(r" *\n[ \n]*", "\n", re.sub(r" {2,}", " ", text)).strip()


def _phrases(words: dict) -> str:
    return "|".join(re.escape(phrase).replace(r"\ ", "[ ]") for phrase in sorted(words, key=len, reverse=True))


COUNT = rf"(?:\d{{1,3}}|{NUMBER_WORDS}|few|couple of)"
DURATION = (
    rf"{COUNT}(?:[ ]?(?:-|to|or|/)[ ]?{COUNT})?\+?[ -]?(?:working )?(?:days?|weeks?|wks?|months?|mths?|years?|yrs?)"
)
RELATIVE = (
    rf"(?:(?:with)?in )?(?:the )?(?:next|first|last)[ ]{DURATION}|(?:with)?in (?:a |the )?{DURATION}|"
    rf"(?:with)?in a (?:week|month|year)|over (?:the )?{DURATION}|"
    rf"{DURATION}|(?:end of )?(?:years?|yrs?|y|months?|mths?|m)[ -]?\d{{1,2}}(?:[ ]?(?:-|to|&|and|/)[ ]?\d{{1,2}})?"
    rf"(?:,? q[1-4])?(?!\d)|(?:end of )?(?:year|month) (?:{NUMBER_WORDS})|(?:short|medium|long|longer|mid)"
    r"(?:[ ]?(?:-|/|to|and|&)[ ]?(?:short|medium|long))?[ -]?term|"
    r"(?:(?:this|next|current) (?:spring|summer|autumn|winter)|(?:this|next|current|end of(?: the| this| next)?) "
    r"(?:financial |calendar |academic )?(?:year|quarter|month|plan|strategy)|(?:by )?year end)"
    r"(?![ ,]{0,2}(?:of )?(?:19|20)\d\d)"
)
MEASURES = (
    r"[£$€]\d[\d,.]*(?:k|m|bn)?|\d+(?:[.,]\d+)*(?:%|k|m|bn|wte|fte|am|pm|hrs?|x)|"
    r"\d{1,3}(?:,\d{3})+|24/7|50/50|\d{1,2}:\d\d"
)
AGES = r"\d{1,2}(?:[ ]?(?:-|to)[ ]?\d{1,2})?[ -]?years?[ -]olds?|\d{1,2}\+"
EDGE = r"(?![a-z\d])"
LEXEMES: tuple[tuple[Role, re.Pattern], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        (Role.WORD, rf"(?:{MEASURES}|{AGES})(?![a-z\d/])"),
        (Role.NUMBERED, rf"(?:{NUMBERED_NOUNS})[ .]?\d{{1,2}}[a-z]?(?![a-z\d]|st|nd|rd|th|[/.-]\d)"),
        (Role.RELATIVE, rf"(?:{RELATIVE}){EDGE}(?!/\d)"),
    )
)
EVERY = re.compile(rf"every {COUNT}(?:[ ]?(?:-|to)[ ]?{COUNT})? (?:days?|weeks?|months?|years?){EDGE}")
YEAR_NEXT = re.compile(r"[\s,.'-]{0,3}\d|[ ]?[-/]")
PHRASE = re.compile(rf"({_phrases({p: v for p, v in PHRASES.items() if p[-1].isalnum()})}){EDGE}(?!')")
MARK = re.compile(_phrases({p: v for p, v in PHRASES.items() if not p[-1].isalnum()}))
NUMBER = re.compile(r"'?[0-9]+(?:[/.:-][0-9]+)*(?:st|nd|rd|th)?[a-z]*")
UNCOUNTED = re.compile(r"(?:19|20)\d\d(?!\d)|\d{6}|\d[/.-]\d+[/.-]")  # no noun makes these a mere count
NOUN = re.compile(rf" (?!{CONNECTIVE}(?![a-z]))[a-z]{{3,}}")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*(?:\d+[^\W_]*)?")
NAMES = (*MONTHS, *SEASONS)
KNOWN = {*NAMES, "summary", "winner", "sprint"}
GLUED = rf"|\d(?:{'|'.join(m[:3] for m in MONTHS)})"  # "and1June"
SUSPECT = re.compile(
    r"(?:19|20)\d\d(?!\d)|\d+[/.-]\d+[/.-]\d|\d\d[/.]\d\d(?!\d)|\d{5}|\d/\d|^\d\d-\d\d$|^'\d\d$" + GLUED
)


def _longest_date(low: str, at: int) -> tuple[int, Mention | Unread] | None:
    return max(dates_at(low, at), key=lambda found: found[0], default=None)


def _candidates(low: str, at: int):
    """Every way to cut a piece at a position: end, role, value. The longest is taken; the first among equals."""
    for role, pattern in LEXEMES[:2]:
        if found := pattern.match(low, at):
            yield found.end(), role, None
    if date_found := _longest_date(low, at):
        end, value = date_found
        yield end, Role.UNREAD if isinstance(value, Unread) else Role.DATE, value
    if found := LEXEMES[2][1].match(low, at):
        yield found.end(), Role.RELATIVE, None
    for pattern in (PHRASE, MARK):
        found = pattern.match(low, at)
        if found and not (found[0] in YEARLY and YEAR_NEXT.match(low, found.end())):
            yield found.end(), *PHRASES[found[0]]
    if found := EVERY.match(low, at):
        yield found.end(), Role.RECURS, ""


def _leftover(low: str, at: int) -> tuple[int, Role, object]:
    """A piece that no table knows: a number (unread if it looks like a date), a word, or a mark."""
    if found := NUMBER.match(low, at):
        return _number(low, found)
    if low[at].isnumeric():
        return at + 1, Role.UNREAD, Unread("was not read")
    found = WORD.match(low, at)
    if not found:
        return at + 1, Role.OTHER, None
    if SUSPECT.search(found[0]):
        return found.end(), Role.UNREAD, Unread("was not read")
    if _misspelt(low, found):
        return found.end(), Role.UNREAD, Unread("may be a misspelt month")
    return found.end(), Role.WORD, None


def _number(low: str, found: re.Match) -> tuple[int, Role, object]:
    noun = NOUN.match(low, found.end())
    counted = noun and not UNCOUNTED.search(found[0])
    if SUSPECT.search(found[0]) and not (counted and "/" not in found[0]):
        return found.end(), Role.UNREAD, Unread("was not read as a date")
    if found[0][-2:] in ("st", "nd", "rd", "th") and not noun:
        return found.end(), Role.UNREAD, Unread("has no month")
    return found.end(), Role.NUMBER, None


def _misspelt(low: str, found: re.Match) -> bool:
    beside = re.match(r"[\s,.'-]{0,2}\d", low[found.end() : found.end() + 3]) or re.search(
        r"\d(?:st|nd|rd|th)?[ -](?:of )?$", low[max(0, found.start() - 8) : found.start()]
    )
    return (
        len(found[0]) > 3
        and found[0] not in KNOWN
        and bool(get_close_matches(found[0][:12], NAMES, 1, 0.8 if beside else 0.85))
    )


def cut(text: str) -> list[Piece]:
    """All pieces of a plain text in order. Spaces between them are left out; nothing else is."""
    low, pieces, at = text.translate(LOWER), [], 0
    while at < len(low):
        if low[at] == " ":
            at += 1
            continue
        end, role, value = max(_candidates(low, at), key=lambda c: c[0], default=None) or _leftover(low, at)
        pieces.append(Piece(role, at, end, text[at:end], value))
        at = end
    return pieces
