"""What a document says about its own signs: whose initials are used, what a colour, letter or number means."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .grids import Contents, Grid, Row
from .phrases import COLOURS, SIGNS, STATUS_WORDS, colour_named, colour_of, hue_of, phrase, priority_of, status_of

INITIALS = re.compile(r"[A-Z]{2,4}")
SIGN = re.compile(r"(?:^|(?<=[;,.:|\n(])|(?<=\s\s)|\band\b)\s*([A-Za-z0-9]{1,8})\s*(?:=|–|—| -(?= )|:)")
IN_BRACKETS = re.compile(r"\((red|amber|green|blue)\)", re.IGNORECASE)  # "C = complete (blue)": what it is with us
LONGEST_MEANING = 60
PEOPLE = {
    "officer",
    "officers",
    "name",
    "person",
    "post",
    "who",
    "full name",
    "lead",
    "job title",
    "role",
    "organisation",
}
EXPLAINED = {"initials", "initial", "abbreviation", "abbreviations"}
ONE_ACTION = r"(?:actions?|activity|activities|tasks?)"
APART = r"(?:separate(?:ly)?|individual|distinct|own|single|different)"
SEPARATE = re.compile(
    rf"\b(?:each|every|any)\s(?:[\w-]+\s){{0,3}}bullet(?:\s?points?|ed\s\w+)?\b[^.]{{0,80}}\b(?:{ONE_ACTION}|{APART})\b|"
    rf"\b(?:each|every)\s(?:[\w-]+\s){{0,3}}(?:point|line|dash)\b[^.]{{0,40}}\b{APART}\b[^.]{{0,20}}\b{ONE_ACTION}\b|"
    rf"\bbullet(?:s|ed)?\b[^.]{{0,60}}\b{APART}\b[^.]{{0,30}}\b{ONE_ACTION}\b|"
    rf"\bone\s{ONE_ACTION}\s(?:per|for\seach|for\severy|to\sa|to\seach)\s(?:bullet|point)\b",
    re.IGNORECASE,
)
HEADS = ("key", "rag", "brag", "priority", "priorities", "status", "shading", "traffic", "initials", "rating", "colour")
LONGEST_PROSE = 2_000


@dataclass
class DocumentKey:
    """The document's own meanings; a status of None means that nothing is reported."""

    initials: dict[str, str] = field(default_factory=dict)
    fills: dict[str, str | None] = field(default_factory=dict)  # {six hex digits of a legend: status}
    colours: dict[str, str | None] = field(default_factory=dict)  # {our name of the colour: status}
    statuses: dict[str, str | None] = field(default_factory=dict)  # {phrase: status}
    priorities: dict[str, str] = field(default_factory=dict)  # {phrase: priority}
    bullets_are_actions: bool = False

    def status_of(self, text: str) -> tuple[str | None, bool]:
        """(status, understood), the document's meaning before the usual one."""
        wanted = phrase(text)
        if wanted in self.statuses:
            return self.statuses[wanted], True
        usual, is_understood = status_of(text)
        return (self.colours.get(usual, usual) if wanted in SIGNS else usual), is_understood

    def status_of_shading(self, shading: str | None) -> str | None:
        if shading in self.fills:
            return self.fills[shading]
        hue = hue_of(shading)
        return self.colours.get(hue, colour_of(shading))

    def priority_of(self, text: str) -> tuple[str | None, bool]:
        wanted = phrase(text)
        return (self.priorities[wanted], True) if wanted in self.priorities else priority_of(text)


def read_key(contents: Contents, others: list[Grid], headings: Iterable[str] = ()) -> DocumentKey:
    """The key of a document, from its prose, from the headings of its plans and from the grids that are no plan."""
    key = DocumentKey()
    for text in [*contents.prose, *headings]:
        _learn_prose(text[:LONGEST_PROSE], key)
    for grid in others:
        _learn_grid(grid, key)
    return key


def _learn_prose(text: str, key: DocumentKey) -> None:
    if SEPARATE.search(text):
        key.bullets_are_actions = True
    if not set(phrase(text).split()[:12]) & set(HEADS) and not _names_colours(text):
        return
    for sign, meaning in pairs_in(text):
        if not _learn_sign(sign, meaning, key) and INITIALS.fullmatch(sign) and len(sign) < 4 and meaning[:1].isupper():
            key.initials.setdefault(sign, meaning.strip())


def pairs_in(text: str) -> list[tuple[str, str]]:
    """Each "sign = meaning" of a text. A meaning ends where the next sign, a line, a sentence or a bracket does."""
    found = list(SIGN.finditer(text))
    pairs = []
    for index, one in enumerate(found):
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        words = text[one.end() : end]
        colour = IN_BRACKETS.search(words)
        meaning = colour[1] if colour else re.split(r"[;|\n()]|\.(?:\s|$)", words)[0].strip(" ,.:")
        if 1 < len(meaning) <= LONGEST_MEANING:
            pairs.append((one[1], meaning))
    return pairs


def explains_signs(row: Row) -> bool:
    """True for a key in one cell: "R – behind  A – some concern  G – on course"."""
    words = [cell.own_text for cell in row.cells if cell.own_text]
    return len(words) == 1 and len(words[0]) <= LONGEST_PROSE and _names_colours(words[0])


def _names_colours(text: str) -> bool:
    return len({colour_named(sign) for sign, _ in pairs_in(text)} - {None}) > 1


def _learn_grid(grid: Grid, key: DocumentKey) -> None:
    explains_initials = phrase(grid.heading_above or "") in ("key", "initials", "key to initials", "abbreviations")
    for row in grid.rows:
        _learn_legend(row, key)
        words = [cell.own_text for cell in row.cells if cell.own_text]
        if len(words) == 1:
            _learn_prose(words[0][:LONGEST_PROSE], key)
        if len(words) < 2:
            continue
        signs = {phrase(word) for word in words}
        if signs & EXPLAINED and (signs & PEOPLE or len(words) == 2):
            explains_initials = True
        elif explains_initials and INITIALS.fullmatch(words[0]):
            key.initials.setdefault(words[0], words[1])
        elif phrase(words[0]) == "priority" or not phrase(words[0]):
            explains_initials = False
        else:
            _learn_sign(words[0], words[1], key)


def _learn_legend(row: Row, key: DocumentKey) -> None:
    """A coloured cell without words, and beside it the status that the colour stands for."""
    for colour, beside in itertools.pairwise(row.cells):
        if not colour.text and hue_of(colour.shading) and beside.own_text:
            status, is_status = status_of(_without_colour(beside.own_text))
            if is_status:
                key.fills.setdefault(colour.shading, status)


def _learn_sign(sign: str, meaning: str, key: DocumentKey) -> bool:
    """Take one "sign = meaning" of a status or priority; False where it is neither.

    A colour's meaning counts only where it is one of the usual status words ("blue = not started"); otherwise the
    colour stands for itself and the meaning for the colour.
    """
    meaning = _without_colour(meaning)
    status, is_status = status_of(meaning)
    priority, _ = priority_of(meaning)
    colour = colour_named(sign)
    if colour and phrase(meaning) not in STATUS_WORDS and any(each.isalpha() for each in meaning):
        key.colours.setdefault(colour, status if is_status else _usual(colour))
        if not is_status:
            key.statuses.setdefault(phrase(meaning), _usual(colour))
    elif priority and len(sign) < 3:
        key.priorities.setdefault(phrase(sign), priority)
    elif phrase(meaning) in STATUS_WORDS:
        key.statuses.setdefault(phrase(sign), phrase(meaning))
    else:
        return False
    return True


def _without_colour(meaning: str) -> str:
    """What a meaning says besides the colour: "blue, not yet started"."""
    first, _, rest = meaning.partition(",")
    return rest.strip() if rest.strip() and phrase(first) in COLOURS else meaning


def _usual(colour: str) -> str | None:
    return colour if colour in STATUS_WORDS else None
