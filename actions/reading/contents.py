"""What a column is by the words in its heading and by what its cells hold, where the heading is none that is known.

Guarded on all sides: only columns that nothing else claims, only for what is missing, and only where every cell agrees.
"""

from collections.abc import Callable
from dataclasses import dataclass

from actions.timescale import Confidence, Kind, read_timescale

from .grids import Row
from .owners import BODIES, POSTS
from .phrases import colour_of, is_nothing, phrase, priority_of, status_of

SENTENCE = 20  # characters: an average below this is not what somebody will do
FEWEST = 3  # cells that must agree where the heading says nothing
LONGEST_HINT = 60  # characters of a heading; more is a sentence
LONGEST_CELL = 400
OTHERWISE = {  # words that say a column is about something else, whatever its cells look like
    "previous", "last", "baseline", "risk", "likelihood", "impact", "confidence", "review", "reviewed", "updated",
    "update", "raised", "added", "approved", "reported", "start", "started", "version", "old", "original", "score",
    "holder", "name", "contact", "code",
}  # fmt: skip


@dataclass(frozen=True)
class Sign:
    """A column of ours: words that hint at it, and whether a cell can be one of its cells."""

    key: str
    hints: frozenset[str]
    holds: Callable[[str], bool]
    speaks_alone: bool = False  # its cells are unlike any others, so that no hint is needed


def _is_status(text: str) -> bool:
    return len(text) < 40 and status_of(text)[1] and not is_nothing(text)


def _is_priority(text: str) -> bool:
    return len(text) < 20 and priority_of(text)[0] is not None


def _is_time(text: str) -> bool:
    if len(text) > 80:
        return False
    reading = read_timescale(text)
    dated = reading.kind is Kind.DATED and all(one.confidence is not Confidence.UNCLEAR for one in reading.milestones)
    return dated or bool(reading.ongoing or reading.recurs)


def _is_owner(text: str) -> bool:
    words = phrase(text).split()
    is_short = 0 < len(words) < 25 and not any(each.isdigit() or each == "£" for each in text)
    return is_short and bool(set(words) & (POSTS | BODIES) or text.strip().isupper())


def _is_text(text: str) -> bool:
    return not _is_time(text) and not _is_priority(text) and not _is_status(text)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SIGNS = (
    Sign("status", _words("rag brag status rating traffic"), _is_status, True),
    Sign("priority", _words("priority urgency importance"), _is_priority, True),
    Sign(
        "timescale_text",
        _words(
            "timescale timescales timeframe deadline date when due completion completed complete timing finish "
            "milestone milestones delivery"
        ),
        _is_time,
        True,
    ),
    Sign(
        "leads",
        _words(
            "lead leads leading led owner owners officer officers responsible who responsibility accountable "
            "accountability person"
        ),
        _is_owner,
    ),
    Sign("resource_requirement", _words("resource resources resourcing cost costs budget funding"), _is_text),
    Sign("evidence", _words("measure measures measured evidence indicator indicators kpi kpis success know"), _is_text),
    Sign("expected_outcome", _words("outcome outcomes difference achieve benefit benefits result"), _is_text),
    Sign("partners", _words("partner partners agencies"), _is_text),
    Sign("progress", _words("progress position commentary"), _is_text),
    Sign(
        "aim",
        _words("aim aims objective objectives recommendation recommendations goal goals ambition commitment"),
        _is_text,
    ),
    Sign("theme", _words("theme themes pillar pillars workstream strand"), _is_text),
)
ACTIVITY = _words(
    "action actions activity activities task tasks deliverable deliverables do initiative initiatives intervention "
    "interventions steps"
)
NOT_ACTIVITY = _words("taken completed date owner lead status number no ref progress")
FRONT = ("aim", "theme")  # what stands in front of the activity, or not at all
OURS = {"aim", "theme", "timescale_text", "leads", "lead_and_resource", "expected_outcome", "evidence", "status",
        "priority", "resource_requirement", "progress"}  # fmt: skip


def hinted_activity(free: dict[int, str], columns: dict[str, int], body: list[Row]) -> int | None:
    """The column of sentences whose heading speaks of actions, in a table with three columns of a plan."""
    if len(OURS & columns.keys()) < FEWEST:
        return None
    for index, heading in free.items():
        words = set(heading.split())
        texts = [text for text in _texts(body, index) if text]
        if words & ACTIVITY and not words & (NOT_ACTIVITY | OTHERWISE) and texts:
            return index if sum(map(len, texts)) / len(texts) >= SENTENCE else None
    return None


def by_contents(columns: dict[str, int], free: dict[int, str], body: list[Row]) -> None:
    """Give, in place, free columns to what is missing."""
    for sign in SIGNS:
        if sign.key in columns or (sign.key == "leads" and "lead_and_resource" in columns):
            continue
        fitting = [index for index, heading in free.items() if _fits(sign, index, heading, columns, body)]
        hinted = [index for index in fitting if set(free[index].split()) & sign.hints]
        alone = fitting if len(fitting) == 1 else []
        for index in (hinted or alone)[:1]:
            columns[sign.key] = index
            del free[index]


def _fits(sign: Sign, index: int, heading: str, columns: dict[str, int], body: list[Row]) -> bool:
    words = set(heading.split())
    if (
        len(heading) > LONGEST_HINT
        or words & (OTHERWISE - sign.hints)
        or (sign.key in FRONT and index > columns["activity"])
    ):
        return False
    texts = [text[:LONGEST_CELL] for text in _texts(body, index) if text]
    shades = {colour_of(row.cell(index).shading) for row in body} - {None} if sign.key == "status" else set()
    if not texts:
        return len(shades) > 1
    said = [text for text in texts if not is_nothing(text)]
    if not said or not all(map(sign.holds, said)):
        return False
    return bool(words & sign.hints) or (sign.speaks_alone and len(said) >= FEWEST)


def _texts(body: list[Row], index: int) -> list[str]:
    return [row.cell(index).own_text for row in body if sum(bool(cell.own_text) for cell in row.cells) > 1]
