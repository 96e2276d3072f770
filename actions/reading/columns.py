"""From the headings of a table to our columns: what a person said first, then synonyms, then the other headings.

What the cells of a column hold decides where its heading does not (`contents`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from actions.timescale import read_timescale

from .contents import by_contents, hinted_activity
from .grids import Row
from .headings import INDICATORS, LEFT_OUT, MILESTONES, OUTCOMES
from .latest import older_of
from .phrases import phrase, priority_of, without_brackets
from .time_headings import is_time
from .wording import is_outcome_sought, meaning_of

WEAK = {
    "date", "time", "year", "when", "no", "number", "from", "end", "comment", "comments", "notes", "narrative",
    "support", "officer", "officers", "target", "targets", "output", "outputs", "impact", "result", "results",
    "status", "benefit", "benefits", "next steps", "cost", "costs", "who", "row", "item", "start", "goal",
    "commitment", "steps", "on track", "rating",
}  # fmt: skip
DATED = re.compile(
    r"^(.*\S)(?<!\sas)\s+(?:by|(?:up )?to|until|before|in|during|for|as (?:at|of)|at|since)\s+"
    r"(?:the\s+end\s+of\s+)?(\S.*\d.*)$",
    re.IGNORECASE,
)
IN_YEAR = re.compile(r"^(.*[^\W\d])\s*[-–—:,]?\s+(20\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?)$")  # "Key deliverables 2025/26"
QUESTION = re.compile(r"(?:what|why|how|who|when|where|which)\b[^()]{0,40}\(([^()]{1,60})\)", re.IGNORECASE)
PLAIN = re.compile(r"^(?:our|the|main|proposed|joint|local|shared|overall|detailed|high[- ]level)\s+", re.IGNORECASE)
SETTLED = {*INDICATORS, *MILESTONES, *LEFT_OUT}  # by their neighbours, or as having no place here
SHORT = 12  # characters: a number or code, not a text
LOOKED_AT = 60  # rows of the body by which `match_columns` decides what a column holds


@dataclass
class ColumnMatch:
    columns: dict[str, int] = field(default_factory=dict)
    headings: dict[int, str] = field(default_factory=dict)
    unmatched: tuple[tuple[int, str], ...] = ()
    left_out: tuple[tuple[int, str], ...] = ()
    times: tuple[tuple[int, str], ...] = ()
    due_text: str | None = None
    older: frozenset[int] = frozenset()  # what a later column of the same kind says again: "RAG (June)", "RAG (Sept)"
    known: int = 0  # how many columns their headings name, whatever others hold
    is_mapped: bool = False  # a person said which column is the activity


def match_columns(
    candidates: list[tuple[str, ...]],
    table: Mapping[str, str],
    body: list[Row],
    mapping: Mapping[str, str] | None = None,
) -> ColumnMatch:
    """Our columns among the headings, by a table of `synonyms`.

    Each heading may be read in several ways (below a wider one), the best first. `mapping` is what a person said of
    headings, by phrase: a column of ours, or "" for one to leave out.
    """
    mapping = mapping or {}
    found = ColumnMatch(headings={index: ways[0] for index, ways in enumerate(candidates) if ways[0]})
    dated = DATED, *([IN_YEAR] if sum(map(is_time, found.headings.values())) < 2 else [])
    keys = {index: _key_of(ways, table, found, dated) for index, ways in enumerate(candidates)}
    phrases = {index: phrase(without_brackets(text)) for index, text in found.headings.items()}
    said = {index: mapping[phrase(text)] for index, text in found.headings.items() if phrase(text) in mapping}
    for index, key in said.items():
        keys[index] = key or None
        found.columns.update({key: index} if key else {})
    found.is_mapped = "activity" in found.columns
    found.older = older_of({index: keys[index] for index in keys.keys() - said.keys()}, found.headings, body)
    _claim(found, {index: key for index, key in keys.items() if index not in found.older}, phrases, table)
    free = {index: text for index, text in phrases.items() if index not in said}
    _apply_context(found, free, body)
    found.known = len(found.columns)
    _apply_contents(found, phrases, said, body)
    _tell_the_rest(found, phrases, said)
    return found


def _tell_the_rest(found: ColumnMatch, phrases: dict[int, str], said: Mapping[int, str]) -> None:
    """Sort what is no column of ours: known to have no place here, periods of time, or not known at all."""
    known = set(found.columns.values())
    rest = [(index, text) for index, text in found.headings.items() if index not in known]
    aside = [index for index, _ in rest if said.get(index) == "" or phrases[index] in LEFT_OUT or index in found.older]
    found.left_out = tuple(each for each in rest if each[0] in aside)
    others = [each for each in rest if each[0] not in aside]
    times = [each for each in others if is_time(each[1])]
    found.times = tuple(times) if len(times) > 1 else ()
    found.unmatched = tuple(each for each in others if each not in found.times)


def _apply_contents(found: ColumnMatch, phrases: dict[int, str], said: Mapping[int, str], body: list[Row]) -> None:
    """Columns whose heading is not known, or blank, by what they hold."""
    taken = {*found.columns.values(), *said, *found.older}
    is_free = {
        index: text
        for index, text in phrases.items()
        if index not in taken and text not in LEFT_OUT and not is_time(found.headings[index])
    }
    if "activity" not in found.columns:
        index = hinted_activity(is_free, found.columns, body)
        if index is None:
            return
        found.columns["activity"] = index
    width = max((len(row.cells) for row in body), default=0)
    blank = {index: "" for index in range(width) if index not in phrases and index not in taken}
    by_contents(found.columns, is_free | blank, body)


def synonyms(headings: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """{phrase: column key}."""
    return {phrase(word): key for key, words in headings.items() for word in words}


def key_of(text: str, table: Mapping[str, str]) -> str | None:
    """The column that a heading means by itself: as a whole phrase, else by its words."""
    if found := known_phrase(text, table):
        return found
    is_settled = phrase(without_brackets(text)) in SETTLED
    return None if is_settled else meaning_of(text) or meaning_of(_before_dash(text)) or _said_in_brackets(text, table)


def _said_in_brackets(text: str, table: Mapping[str, str]) -> str | None:
    """The column that a question explains itself to be: "Why (expected outcome)"."""
    question = QUESTION.fullmatch(text.strip())
    return known_phrase(question[1], table) or meaning_of(question[1]) if question else None


def known_phrase(text: str, table: Mapping[str, str]) -> str | None:
    """The column that goes by this very phrase."""
    for candidate in (text, without_brackets(text), _before_dash(text), PLAIN.sub("", text)):
        if phrase(candidate) in table:
            return table[phrase(candidate)]
    parts = [table.get(phrase(part)) for part in re.split(r"/|\||,", text)]
    if len(parts) > 1 and set(parts) == {"leads", "resource_requirement"}:
        return "lead_and_resource"
    return parts[0] if len(parts) > 1 and len(set(parts)) == 1 else None


def _before_dash(text: str) -> str:
    """The heading itself, where an explanation follows it: "Action – based on what people told us"."""
    return re.split(r"\s[–—-]\s|:\s", text, maxsplit=1)[0]


def _key_of(
    ways: tuple[str, ...], table: Mapping[str, str], found: ColumnMatch, patterns: Iterable[re.Pattern]
) -> str | None:
    for text in ways:
        key = key_of(text, table)
        if key:
            return key
    dated = next(filter(None, (pattern.match(ways[0]) for pattern in patterns)), None)
    key = key_of(dated[1], table) if dated else None
    if key is None or not any(each.due for each in read_timescale(dated[2]).milestones):
        return None
    if key == "activity":  # Progress "to June 2026" is due at no time.
        found.due_text = dated[2].strip()
    return key


def _claim(found: ColumnMatch, keys: dict[int, str | None], phrases: dict[int, str], table: Mapping[str, str]) -> None:
    """Give every column to one heading: the first that goes by its name, then by its words, then only hints at it."""

    def rank(each: tuple[int, str]) -> tuple[int, int]:
        text = phrases.get(each[0], "")
        return (2 if text in WEAK else known_phrase(found.headings[each[0]], table) is None, each[0])

    wanted = [(index, key) for index, key in keys.items() if key and phrases.get(index) not in LEFT_OUT]
    for index, key in sorted(wanted, key=rank):
        found.columns.setdefault(key, index)


def _apply_context(found: ColumnMatch, phrases: dict[int, str], body: list[Row]) -> None:
    if "lead_organisation" in found.columns and not {"leads", "lead_and_resource"} & found.columns.keys():
        found.columns["leads"] = found.columns.pop("lead_organisation")  # Nothing else says who leads.
    _bare_questions(found, phrases)
    for index, text in phrases.items():
        if text in MILESTONES:
            _claim_milestones(found, index)
        elif text in INDICATORS:
            _claim_indicator(found, index, body)
    _promise_as_activity(found, phrases)
    if "activity" not in found.columns:
        return
    _outcome_first(found, phrases)
    _priority_as_theme(found, body)
    _unlabelled_aim(found, phrases, body)


def _bare_questions(found: ColumnMatch, phrases: dict[int, str]) -> None:
    """ "What, How, Who, When": how is what will be done, and what is the aim; without "how", what is done."""
    at = {text: index for index, text in phrases.items() if text in ("what", "how")}
    for text in ("how", "what"):
        key = "aim" if "activity" in found.columns else "activity"
        if text in at and (text == "what" or key == "activity"):
            found.columns.setdefault(key, at[text])


def _promise_as_activity(found: ColumnMatch, phrases: dict[int, str]) -> None:
    """A commitment is what will be done, where nothing else says it and somebody leads it or a time is set."""
    index = found.columns.get("aim")
    is_promise = phrases.get(index, "").split()[-1:] in (["commitment"], ["commitments"], ["pledge"], ["pledges"])
    if "activity" not in found.columns and is_promise and {"leads", "timescale_text"} <= found.columns.keys():
        found.columns["activity"] = found.columns.pop("aim")


def _claim_milestones(found: ColumnMatch, index: int) -> None:
    """Milestones are what will be done where nothing else says it, and when it is done otherwise."""
    found.columns.setdefault("timescale_text" if "activity" in found.columns else "activity", index)


def _claim_indicator(found: ColumnMatch, index: int, body: list[Row]) -> None:
    """An indicator in front of the action numbers or names what the action serves; after it, it is a measure."""
    if index > found.columns.get("activity", index):
        found.columns.setdefault("evidence", index)
    elif _mostly(body, index, lambda text: len(text) <= SHORT) or "aim" in found.columns:
        found.columns.setdefault("ref", index)
    else:
        found.columns.setdefault("aim", index)


def _outcome_first(found: ColumnMatch, phrases: dict[int, str]) -> None:
    """ "Outcome" in front of everything but the reference is the aim."""
    index = found.columns.get("expected_outcome")
    before = [each for each in found.columns.values() if index is not None and each < index]
    is_outcome = phrases.get(index) in OUTCOMES or is_outcome_sought(found.headings.get(index, ""))
    if is_outcome and "aim" not in found.columns and set(before) <= {found.columns.get("ref")}:
        found.columns["aim"] = found.columns.pop("expected_outcome")


def _priority_as_theme(found: ColumnMatch, body: list[Row]) -> None:
    """A "Priority" in front of the activity whose cells are sentences is a theme, not an urgency."""
    index = found.columns.get("priority")
    if index is None or index > found.columns["activity"] or "theme" in found.columns:
        return
    if _mostly(body, index, lambda text: not priority_of(text)[1] and len(text) > SHORT):
        found.columns["theme"] = found.columns.pop("priority")


def _unlabelled_aim(found: ColumnMatch, phrases: dict[int, str], body: list[Row]) -> None:
    """A column of sentences without a heading, in front of the activity, where there is neither aim nor theme."""
    if {"aim", "theme"} & found.columns.keys():
        return
    for index in range(found.columns["activity"]):
        if index not in phrases and _mostly(body, index, lambda text: len(text) > SHORT):
            found.columns["aim"] = index
            return


def _mostly(body: list[Row], index: int, holds) -> bool:
    texts = [row.cell(index).own_text for row in body]
    filled = [text for text in texts if text]
    return bool(filled) and sum(map(holds, filled)) * 2 > len(filled)
