"""Aims and themes as documents write them: numbers in front, "(cont)" behind, titles above and across tables."""

import re
from dataclasses import dataclass

from actions.timescale import read_timescale

from .grids import Row
from .phrases import phrase

CONTINUED = re.compile(r"[(\[–-]?\s?\b(?:cont(?:inued|d|['’]d|\.)?|carried over)\s?[)\]]?\.?$", re.IGNORECASE)
NUMBER = re.compile(r"((?:[A-Z]{1,3})?\d{1,3}(?:\.\d{1,3})*[a-z]?)(?:\s?[.):]|\s+[–—-]\s)(?=\D)\s*")
MANY_LEVELS = re.compile(r"(\d{1,3}(?:\.\d{1,3})+)\s+(?=[A-Z][a-z’' ])")
AIM = r"(?:strategic )?(?:aim|objective|recommendation|outcome|goal|ambition)"
AIM_LABEL = re.compile(rf"{AIM}\s*(?:no\.?\s?)?(\d{{1,3}}(?:\.\d{{1,3}})*[a-z]?)?\s?[.:–—-]\s*", re.IGNORECASE)
AIM_NUMBERED = re.compile(rf"{AIM}\s+(\d{{1,3}}(?:\.\d{{1,3}})*[a-z]?)\s+(?=\S)", re.IGNORECASE)
TITLED_AIM = re.compile(r"(?:strategic )?aim\s*(?:no\.?\s?)?\d{1,3}\s?[.:–—-]\s*", re.IGNORECASE)
LABELS = (AIM_LABEL, AIM_NUMBERED, NUMBER, MANY_LEVELS)
LONGEST_LABEL = 60  # characters in which a number or "(cont)" is looked for
LONGEST_TITLE = 300
THEME_LABEL = re.compile(
    r"(?:strategic\s+)?(?:theme|pillar|workstream|work stream|strand|priority|key area)\s*"
    r"(?:(?:no\.?\s*)?(?:\d{1,2}|[A-Z]|one|two|three|four|five|six|seven|eight|nine|ten)\b\s*[.:–—-]?|[:–—-])\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
PLAIN_THEME = re.compile(r"theme:\s+(?=\S)", re.IGNORECASE)  # says only that it is one: no part of its name
TITLE_WORDS = re.compile(
    r"\b(?:action|delivery|implementation|improvement|work|workforce|business)\s+(?:and\s+\w+\s+)?(?:plan|programme)\b|\bstrategy\b|"
    r"\bappendix\b|\bannex\b|\bdraft\b|\bversion\b|\bNHS Trust\b|\bcouncil$|\bpartnership board\b|\bplan 20\d\d",
    re.IGNORECASE,
)
NOT_TITLES = {"key", "notes", "actions", "action plan", "plan", "introduction", "initials"}
LEAD_IN = re.compile(
    r"^(?:what (?:we|will)|we will|actions?|to be (?:done|completed|delivered)|due|by|deadline|for delivery)\b",
    re.IGNORECASE,
)


@dataclass
class Section:
    """What a title says for the rows below it."""

    theme: str | None = None
    aim: str | None = None
    ref: str | None = None
    due_text: str | None = None
    is_titled: bool = False  # the aim was a title, so it outlasts a change of theme in the column below it


def without_continued(text: str) -> str:
    """A theme or aim without "(cont)" at its end."""
    head, tail = text[:-LONGEST_LABEL], text[-LONGEST_LABEL:]
    return (head + CONTINUED.sub("", tail)).rstrip(" –-([") if CONTINUED.search(tail) and len(text) > 8 else text


def numbered(text: str) -> tuple[str | None, str]:
    """(number, words) of an aim: "3. To consult" is ("3", "To consult"); "12 months of training" has no number."""
    for label in LABELS:
        found = label.match(text[:LONGEST_LABEL])
        if found and text[found.end() :].strip():
            return found[1], text[found.end() :].strip()
    return None, text


def across(row: Row, width: int) -> str | None:
    """The text of a row that is one title: a single cell merged over most of the table."""
    own = [cell for cell in row.cells if cell.own_text]
    if len(own) == 1 and own[0].across > 1 and own[0].across * 2 > width:
        return own[0].own_text
    return None


def section_of(text: str) -> Section:
    """What a full-width row or a title says. A plain title is a theme; a date in it is due for the rows below."""
    text = without_continued(" ".join(text.split()))
    due = _due_text(text)
    if AIM_LABEL.match(text) or AIM_NUMBERED.match(text):
        ref, aim = numbered(text)
        return Section(aim=aim, ref=ref, due_text=due, is_titled=True)
    if due and (LEAD_IN.match(text) or phrase(text) == phrase(due)):
        return Section(due_text=due)
    return Section(theme=text, due_text=due)


def _due_text(text: str) -> str | None:
    found = re.search(
        r"\b(?:by|to|until|before|due)\s+((?:the\s+)?(?:end\s+of\s+)?[\w/ ,-]*\d{2,4})\b", text, re.IGNORECASE
    )
    if found and any(each.due for each in read_timescale(found[1]).milestones):
        return found[1].strip()
    alone = read_timescale(text).milestones
    return text if len(alone) == 1 and alone[0].due and not alone[0].label and len(text) < 30 else None


def aim_as_title(title: str | None) -> str | None:
    """The aim that a title above a table gives: one that says so, “Aim 3: …”."""
    found = TITLED_AIM.match(title or "")
    return without_continued(title[found.end() :].strip()) if found and title[found.end() :].strip() else None


def says_what_it_is(title: str) -> bool:
    """True for “Aim 3: …” and “Theme: …”, which are titles however long they are."""
    return bool(TITLED_AIM.match(title) or THEME_LABEL.match(title))


def title_as_theme(title: str | None, *, is_one_of_many: bool) -> str | None:
    """The theme that a title above a table gives: one that says so, or a plain one where tables have a title each."""
    if not title:
        return None
    if THEME_LABEL.match(title):
        return without_continued(PLAIN_THEME.sub("", title))
    is_plain = not TITLE_WORDS.search(title) and phrase(title) not in NOT_TITLES
    return without_continued(title) if is_one_of_many and is_plain else None
