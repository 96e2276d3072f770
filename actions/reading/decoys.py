"""Tables that look like plans and are none: by what they have, by what they lack, and by the title above them.

A plan may well have a column of risks or of dates on which something was raised. What is about something else says so
in its first column ("Risk", "Protected characteristic", "Minute") or has nothing of what only plans have.
"""

import re

from .columns import key_of, synonyms
from .grids import Grid, Row
from .headings import DECOY_TITLES, DECOYS, HEADINGS
from .phrases import is_nothing, phrase, without_brackets

LONGEST_HEADING = 90
LONGEST_TITLE = 200
LONGEST_FIGURE = 30
DECIDED = 99  # signs: nothing else in the header speaks against it
TABLE = synonyms(HEADINGS)
# What the first column is about (its reference apart), and what must stand beside it at least this often.
SUBJECTS = (
    ("a risk register", r"(?:\w+ )?(?:risks?|hazards?|threats?)(?: \w+)?", 1,
     r"likelihood|probability|severity|consequence|impact|\bscore|inherent|residual|mitigat|controls?\b|risk rating"),
    ("an impact assessment", r"(?:protected )?characteristics?|protected groups?|equality (?:strands?|groups?)", 1,
     r"impact|positive|negative|neutral|mitigat|effect"),
    ("a version history", r"(?:version|revision|issue(?= n))(?: no| number)?", 1,
     r"date|author|\bby$|change|amend|reason|status|summary"),
    ("an issues log", r"(?:issues?|problems?|concerns?)(?: \w+)?", 1, r"raised|logged|severity|resol|escalat|closed"),
    ("a scorecard", r"(?:key )?(?:performance )?(?:kpis?|indicators?|measures?|metrics?)", 2,
     r"^(?:baseline|target|actual|trend|variance|direction of travel|current|previous|year to date|ytd|q[1-4])\b"),
    ("a communications plan", r"(?:key )?(?:stakeholders?|audiences?)", 1,
     r"interest|influence|messages?|channels?|method|frequency"),
)  # fmt: skip
MEETING = re.compile(
    r"minutes?(?: (?:ref|no|number|item|reference))?|agenda item|matters? arising|(?:date |when )?raised(?: by| on)?|"
    r"meeting(?: date)?|date of meeting|date (?:opened|closed|logged)|items? discussed|discussion|decisions?"
)
MEETINGS = re.compile(
    r"\b(?:actions?|points|matters|notes?)\b.*\b(?:meetings?|minutes)\b|\bminutes of\b|\bmatters arising\b"
)
LOOKING_BACK = re.compile(
    r"\b(?:progress|review|achievements?|achieved|delivered|looking back|update)\b.*"
    r"\b(?:last years?|previous (?:\w+ )?(?:plan|strategy|year))\b"
)
LOG = re.compile(
    r"\b(?:actions?|decisions?) (?:points? |notes? )?(?:log|list|notes?|points?|sheet)\b|\blog of actions\b"
)
ONE_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|"
    r"\b\d{1,2} \d{1,2} (?:20)?\d\d\b"
)
MONEY = re.compile(
    r"\b(?:budget(?:ed|s)?|spen[dt]|spending|expenditure|forecast|outturn|amounts?|costs?|fund(?:s|ing|er)?|income|"
    r"variance|underspend|overspend|allocation|committed|balance)\b|£"
)
ONLY_PLANS = {"aim", "theme", "expected_outcome", "evidence", "resource_requirement", "lead_and_resource", "priority",
              "start_text"}  # fmt: skip
FIGURE = re.compile(r"[-–—£€$%+()\d.,/\s]*\d[-–—£€$%+()\d.,/\s]*(?:k|m|wte|fte|%)?", re.IGNORECASE)


def decoy_of(grid: Grid) -> str | None:
    """What a grid is that is no plan: "a key", "a risk register" …; None where nothing says so."""
    for row in grid.rows[:5]:
        kind = decoy_kind(row, grid.heading_above)[0]
        if kind:
            return kind
    return f"“{grid.heading_above}”" if phrase(grid.heading_above or "") in DECOY_TITLES else None


def decoy_kind(row: Row, title: str | None = None) -> tuple[str | None, int]:
    """(what the row is the header of, how many of its headings say so)."""
    cells = [cell.own_text for cell in row.cells if cell.own_text and len(cell.text) <= LONGEST_HEADING]
    words = [phrase(text) for text in cells]
    for kind, signs in DECOYS.items():
        count = len(set(words) & set(signs))
        is_pair = kind == "a key" and count and len(words) == 2
        if count > 2 or is_pair or (count == 2 and words[0] in signs):
            return kind, count
    plain = [phrase(without_brackets(text)) for text in cells]
    return _by_subject(plain) or _by_what_it_lacks(cells, plain, title) or (None, 0)


def _by_subject(words: list[str]) -> tuple[str, int] | None:
    """What the first column is about; a reference in front of it counts as none."""
    named = [word for word in words if word and word not in HEADINGS["ref"] and not word.endswith((" ref", " id"))]
    for kind, subject, fewest, beside in SUBJECTS:
        is_subject = named and re.fullmatch(subject, named[0])
        if is_subject and sum(bool(re.search(beside, word)) for word in named[1:]) >= fewest:
            return kind, DECIDED
    return None


def _by_what_it_lacks(cells: list[str], words: list[str], title: str | None) -> tuple[str, int] | None:
    """What was agreed at a meeting, or became of an earlier plan, has actions and owners like a plan, and no more."""
    keys = {key_of(text, TABLE) for text in cells}
    title = phrase(title or "")[:LONGEST_TITLE]
    if "activity" not in keys:
        return None
    is_of_a_day = LOG.search(title) and ONE_DAY.search(title)  # a plan is kept for years
    is_meeting = any(MEETING.fullmatch(word) for word in words) or MEETINGS.search(title) or is_of_a_day
    if is_meeting and not keys & ONLY_PLANS:
        return "a list of actions of a meeting", DECIDED
    is_past = LOOKING_BACK.search(title) and "timescale_text" not in keys
    if is_past:
        return "what became of an earlier plan", DECIDED
    return ("a budget", DECIDED) if _is_about_money(cells, keys) else None


def _is_about_money(cells: list[str], keys: set[str | None]) -> bool:
    """True where all that is said of each activity is money, in several columns: nobody leads and nothing is due."""
    others = [text for text in cells if key_of(text, TABLE) not in ("activity", "ref")]
    is_money = [bool(MONEY.search(without_brackets(text).casefold())) for text in others]
    return len(others) > 1 and keys <= {"activity", "ref", "resource_requirement", None} and all(is_money)


def holds_only_figures(columns: dict[str, int], body: list[Row]) -> bool:
    """True for a budget or a count by activity: nobody leads, nothing is due, and all other cells are figures."""
    if columns.keys() - {"activity", "ref", "resource_requirement"}:
        return False
    activity = columns["activity"]
    others = [
        cell.own_text
        for row in body
        for index, cell in enumerate(row.cells)
        if index != activity and cell.own_text and not is_nothing(cell.own_text)
    ]
    return len(others) > 2 and all(len(text) <= LONGEST_FIGURE and FIGURE.fullmatch(text) for text in others)
