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
AIM_LABEL = re.compile(
    rf"{AIM}\s*(?:no\.?\s?)?(\d{{1,3}}(?:\.\d{{1,3}})*[a-z]?)?\s?(?:[.:–—]|-(?=\s))\s*", re.IGNORECASE
)
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
THEME_WORD = re.compile(
    r"(?:strategic\s+)?(?:theme|pillar|workstream|work stream|strand|priority|key area)\s*(?::|[–—-]\s)\s*(?=\S)",
    re.IGNORECASE,
)
TOTAL = re.compile(r"(?:grand |sub-?)?totals?\b[^\n]{0,30}", re.IGNORECASE)
FIGURE = re.compile(r"[£%\d.,/ –-]+")
TITLE_WORDS = re.compile(
    r"\b(?:action|delivery|implementation|improvement|work|workforce|business)\s+(?:and\s+\w+\s+)?(?:plan|programme)\b|\bstrategy\b|"
    r"\bappendix\b|\bannex\b|\bdraft\b|\bversion\b|\bNHS Trust\b|\bcouncil$|\bpartnership board\b|\bplan 20\d\d",
    re.IGNORECASE,
)
NOT_TITLES = {"key", "notes", "introduction", "initials", "contents", "background"}
PLAIN_WORDS = set(  # a title of nothing else says only that a plan follows
    "a the our joint full detailed summary of and for to in action actions activity activities plan plans delivery "
    "implementation improvement programme work workforce people partnership local what we will do are doing next "
    "steps table part section appendix annex year years one two three".split()
)
TERM = re.compile(
    r"(?:in the )?(?:immediate|short|medium|long(?:er)?)(?:[ -]to[ -]\w+)?[ -]term\b|year \w+$", re.IGNORECASE
)
OPENED = re.compile(r"\b(?:by|to|until|before|due|for|in|during|within|than|from)\s+(?=[\w ]*\d)", re.IGNORECASE)
LONGEST_DATE = 45
TIME_WORDS = set(
    "a action actions activities activity and april as at august autumn be before by commencing complete completed "
    "completion current date deadline december deliver deliverables delivered delivery do done due during early end "
    "ended february final financial first five for four from half have immediate in january july june later long "
    "longer march may medium mid milestone milestones month monthly months next no november now october of on one "
    "ongoing onwards over period phase place planned q1 q2 q3 q4 quarter quarterly quarters second september short six "
    "spring stage start starting steps summer target tasks term than the third this three timescale to twelve two "
    "until up us we what will winter with within work year years jan feb mar apr jun jul aug sep sept oct nov dec "
    "achieved annual annually implement implemented implementation aim aims our plan reached".split()
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
    if is_time(text):
        return Section(due_text=due or text)
    return Section(theme=unlabelled(text), due_text=due)


def is_time(title: str) -> bool:
    """True for a title that only says when: "By March 2026", "Actions for 2025/26", "Short term", "Ongoing"."""
    words = [word for word in phrase(title).split() if not any(each.isdigit() for each in word)]
    if not set(words) <= TIME_WORDS:
        return False
    reading = read_timescale(title)
    has_time = reading.ongoing or reading.recurs or bool(reading.milestones) or bool(_due_text(title))
    return has_time or bool(TERM.match(title))


def _due_text(text: str) -> str | None:
    """The date in a title: all of it, or what stands behind a colon, dash, bracket or "by"."""
    parts = [part.strip(" ).:") for part in re.split(r":\s|\s[–—-]\s|\(|\)|,\s", text) if part.strip(" ).:")]
    found = next((part for part in [text, *parts] if len(part) < LONGEST_DATE and _is_date(part)), None)
    if found:
        return found
    for opened in reversed(list(OPENED.finditer(text))):
        rest = re.split(r"[,;)]", text[opened.end() :])[0].strip(" .:")
        if _is_date(rest):
            return rest
    return None


def _is_date(text: str) -> bool:
    """True for words that are nothing but a date."""
    milestones = read_timescale(text).milestones
    return len(milestones) == 1 and milestones[0].due is not None and not milestones[0].label


def unlabelled(theme: str) -> str:
    """A theme without the word that says it is one. With a number behind it, the word belongs to the name."""
    return THEME_WORD.sub("", theme, count=1) if THEME_WORD.match(theme) else theme


def is_total(row: Row) -> bool:
    """True for a row of nothing but figures behind a word like "Total"."""
    first, *others = [cell.own_text for cell in row.cells if cell.own_text]
    return bool(TOTAL.fullmatch(first)) and all(FIGURE.fullmatch(text) for text in others)


def says_what_it_is(title: str) -> bool:
    """True for “Aim 3: …” and “Theme: …”, which are titles however long they are."""
    return bool(TITLED_AIM.match(title) or THEME_LABEL.match(title))


def section_above(title: str | None, *, is_one_of_many: bool) -> Section | None:
    """What a title above a table says for it: one that says so, or a plain one where tables have a title each."""
    if not title:
        return None
    text = without_continued(" ".join(title.split()))
    if AIM_LABEL.match(text) or AIM_NUMBERED.match(text):
        ref, aim = numbered(text)
        return Section(aim=aim, ref=ref, is_titled=True)
    if THEME_LABEL.match(text):
        return Section(theme=unlabelled(text))
    words = {word for word in phrase(text).split() if not word.isdigit()}
    is_plain = not TITLE_WORDS.search(text) and phrase(text) not in NOT_TITLES and not words <= PLAIN_WORDS
    return Section(theme=text) if is_one_of_many and is_plain else None


def titles_directly_above(rows: list[Row]) -> list[str]:
    """The text of the last row above a header that has any, where it is the only one."""
    last = next((row for row in reversed(rows) if not row.is_blank), None)
    title = lone_text(last) if last is not None else None
    return [title] if title and len(title) <= LONGEST_TITLE and title[-1] not in ".:;" else []


def lone_text(row: Row) -> str | None:
    """The text of a row with only one."""
    own = [cell.own_text for cell in row.cells if cell.own_text]
    return own[0] if len(own) == 1 else None
