"""The one question this package answers: what do the words of a timescale mean?"""

import itertools
import re
from datetime import date

from .forms import Unread
from .labels import label
from .pieces import Piece, cut, plain
from .reading import CONFIDENCES, Confidence, Kind, Milestone, Precision, Reading
from .settling import settle
from .spans import Period
from .statements import Statement, drop_replaced, state
from .vocabulary import Role

LONGEST_TEXT = 2_000  # characters; no timescale is longer, and reading stays quick whatever is pasted in
QUOTED = 40

SMALL_DAY = re.compile(r"\d[ ]?[a-z]", re.I)  # "2 March 2025", whose number a word before it may claim

SHORT_NUMBER = re.compile(r"\d{1,2}")

UNCLEAR, LIKELY = Confidence.UNCLEAR, Confidence.LIKELY
NO_DATE = {  # without a date, the first role present decides
    Role.UNKNOWN: (Kind.TO_BE_CONFIRMED, ""),
    Role.NOT_APPLICABLE: (Kind.NOT_APPLICABLE, ""),
    Role.UNREAD: (Kind.NOT_UNDERSTOOD, ""),
    Role.RELATIVE: (Kind.RELATIVE, "Counted from another point in time, so there is no date to measure against."),
    Role.DONE: (Kind.NOT_UNDERSTOOD, "The words say that the work is finished, but not when."),
    Role.URGENT: (Kind.RELATIVE, "Urgent, but no date is written."),
}
SOLE_MARKS = {
    "-": (Kind.BLANK, "Only a dash is written."),
    "?": (Kind.TO_BE_CONFIRMED, "Only a question mark is written."),
    "none": (Kind.BLANK, "No timescale is written."),
    "nil": (Kind.BLANK, "No timescale is written."),
}
AMBIGUOUS_REPEAT = "It repeats, but ‘{}’ does not say how often in a way that can be stored."


def _quoted(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def _each_doubted(statements: list[Statement], confidence: Confidence, note: str) -> list[Statement]:
    return [s.doubted(confidence, note) for s in statements]


def _unread_note(pieces: list[Piece]) -> str:
    reasons = [
        f"‘{_quoted(p.text)}’ {p.value.reason}" for p in pieces if p.role is Role.UNREAD and isinstance(p.value, Unread)
    ]
    others = [f"‘{p.text}’ is not a date" for p in pieces if p.role is Role.UNREAD and not isinstance(p.value, Unread)]
    found = list(dict.fromkeys(reasons + others))
    return f"Not understood: {'; '.join(found[:3])}{' and more' if len(found) > 3 else ''}." if found else ""


def _number_beside(outward: list[Piece]) -> Piece | None:
    """The number right beside a date, or behind a link and not counting anything; a hanging dash counts as one."""
    first, second, third = (*outward, None, None, None)[:3]
    if first and first.role is Role.NUMBER:
        return first
    if not first or first.role not in (Role.LINK, Role.SOFT):
        return None
    if first.value == "range" and second is None:
        return first
    counted = third and third.role is Role.WORD and first.value != "range"
    return second if second and second.role is Role.NUMBER and not counted else None


def _touching(pieces: list[Piece], statement: Statement) -> str:
    """A note when a number stands beside a date and so may be part of it."""
    tight = statement.first and pieces[statement.first].role is Role.DATE
    before = pieces[max(0, statement.first - 3) : statement.first][::-1] if tight else []
    leading_dash = len(before) == 1 and before[0].value == "range"
    found = _number_beside([] if leading_dash else before) or _number_beside(
        pieces[statement.last + 1 : statement.last + 4]
    )
    return f"‘{found.text}’ beside ‘{statement.text}’ was not read." if found else ""


def _numbered(pieces: list[Piece], statement: Statement) -> Confidence | None:
    """How far "Phase 2 March 2025" or "Phase 1 and 2 March 2025" can be trusted."""
    if pieces[statement.first].role is not Role.DATE or statement.precision not in (Precision.MONTH, Precision.DAY):
        return None
    before, one_more = (pieces[statement.first - n] if statement.first >= n else None for n in (1, 2))
    small_day = bool(SMALL_DAY.match(statement.text))
    numbered = before and (before.role is Role.NUMBERED or (before.role is Role.RELATIVE and before.text[-1].isdigit()))
    if numbered or (before and before.role is Role.WORD and small_day):
        return LIKELY
    linked = before and before.role in (Role.LINK, Role.SOFT) and one_more and one_more.role is Role.NUMBERED
    return UNCLEAR if linked and small_day else None


def _doubt_numbers(pieces: list[Piece], statements: list[Statement]) -> list[Statement]:
    doubted = []
    for statement in statements:
        note, numbered = _touching(pieces, statement), _numbered(pieces, statement)
        statement = statement.doubted(UNCLEAR, note) if note else statement
        doubted.append(
            statement.doubted(numbered, "The number may belong to the words or to the date.") if numbered else statement
        )
    return doubted


def _doubt_lines(pieces: list[Piece], statements: list[Statement]) -> list[Statement]:
    """ "March 2025 (TBC)" is unclear; "Phase 1: March 2025; Phase 2: TBC" is a date and an unknown."""
    unknown = [n for n, p in enumerate(pieces) if p.role is Role.UNKNOWN]
    if not unknown:
        return statements

    def same_line(statement: Statement) -> bool:
        return any(
            not any(p.role is Role.HARD for p in pieces[min(n, statement.last) : max(n, statement.first)])
            for n in unknown
        )

    note = "Part of it is still to be confirmed."
    return [s.doubted(UNCLEAR if same_line(s) else LIKELY, note) for s in statements]


def _is_anchored(pieces: list[Piece], at: int) -> bool:
    """True for a count that runs from or to a date: "6 months after March 2025"."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    return bool(after) and after.text.lower() in (
        "after",
        "from",
        "of",
        "following",
        "before",
        "since",
        "prior to",
        "post",
    )


def _doubt_words(pieces: list[Piece], statements: list[Statement], changed: bool) -> list[Statement]:
    """Statements lowered by what else the text says."""
    roles = {p.role for p in pieces}
    for confidence, note, applies in (
        (UNCLEAR, _unread_note(pieces), Role.UNREAD in roles),
        (UNCLEAR, "It is also marked as not applicable.", Role.NOT_APPLICABLE in roles),
        (UNCLEAR, "The words count from or to a date.", _counts_from(pieces)),
        (LIKELY, "A length of time beside the date was left as words.", _has_duration(pieces)),
        (UNCLEAR, "A question mark or a doubt stands beside the date.", any(p.value == "unclear" for p in pieces)),
        (
            LIKELY,
            "The words make the date provisional.",
            any(p.role is Role.DOUBT and p.value == "likely" for p in pieces),
        ),
        (
            LIKELY if len(statements) == 1 else UNCLEAR,
            "The words may speak of a changed date.",
            not changed and Role.CHANGE in roles,
        ),
        (
            UNCLEAR,
            "An arrow stands between dates; it may mean a range or a change.",
            any(p.value == "arrow" for p in pieces),
        ),
        (UNCLEAR, "A number stands where a date should be.", any(_is_loose(pieces, n) for n in range(len(pieces)))),
        (UNCLEAR, "The dates are alternatives.", _has_choice(pieces)),
        (LIKELY, "The date is only approximate.", any(p.value == "about" for p in pieces)),
        (LIKELY, "", _repeats_a_noun(pieces)),
    ):
        statements = _each_doubted(statements, confidence, note) if applies else statements
    return statements


def _counts_from(pieces: list[Piece]) -> bool:
    return any(p.role is Role.RELATIVE and _is_anchored(pieces, n) for n, p in enumerate(pieces))


def _is_loose(pieces: list[Piece], at: int) -> bool:
    """True for a short number that counts and numbers nothing, so that it may be a year or a day: "by 25"."""
    before, after = pieces[at - 1] if at else None, pieces[at + 1] if at + 1 < len(pieces) else None
    if before and before.value == "range" and at > 1:
        before = pieces[at - 2]
    numbering = after and after.role is Role.CLOSE and not (before and before.role not in (Role.HARD, Role.OPEN))
    owned = (before and before.role is Role.WORD) or (after and after.role is Role.WORD)
    return not (owned or numbering) and pieces[at].role is Role.NUMBER and bool(SHORT_NUMBER.fullmatch(pieces[at].text))


def _has_choice(pieces: list[Piece]) -> bool:
    return any(p.value == "choice" for p in pieces) and sum(p.role is Role.DATE for p in pieces) > 1


def _has_duration(pieces: list[Piece]) -> bool:
    return any(p.role is Role.RELATIVE and p.text[:1].isdigit() for p in pieces)


def _repeats_a_noun(pieces: list[Piece]) -> bool:
    """ "Annual report" and "ongoing review" may name a thing rather than a rhythm."""
    repeating = (Role.RECURS, Role.ONGOING)
    return any(a.role in repeating and b.role is Role.WORD for a, b in itertools.pairwise(pieces))


def _recurrence(pieces: list[Piece]) -> tuple[bool, str | None, str]:
    """Whether it repeats, how often, and what to say about it."""
    found = [p for p in pieces if p.role is Role.RECURS]
    rhythms = {p.value for p in found}
    if not found:
        return False, None, ""
    if rhythms == {""} or len(rhythms) > 1:
        return True, None, AMBIGUOUS_REPEAT.format(" and ".join(dict.fromkeys(p.text for p in found)))
    return True, rhythms.pop(), ""


def _kind(pieces: list[Piece], statements: list[Statement], ongoing: bool) -> tuple[Kind, str]:
    """The sort of timescale: repeating or ongoing if the words say so (the first decides), else by its dates."""
    leading = next((p.role for p in pieces if p.role in (Role.RECURS, Role.ONGOING)), None)
    if leading is Role.RECURS:
        return Kind.RECURRING, ""
    if ongoing:
        return Kind.ONGOING, ""
    if statements:
        return Kind.DATED, ""
    roles = {Role.URGENT if p.text.lower() == "now" else p.role for p in pieces}
    return next(
        (found for role, found in NO_DATE.items() if role in roles),
        (Kind.NOT_UNDERSTOOD, "No date was found in the words."),
    )


def _notes(statements: list[Statement], others: list[str]) -> str:
    ranked = sorted(statements, key=lambda s: -CONFIDENCES.index(s.confidence))
    notes = [note for s in ranked for note in s.notes] + others
    return " ".join(dict.fromkeys(filter(None, notes)))


def _milestones(statements: list[Statement]) -> tuple[Milestone, ...]:
    found = (Milestone(s.label, s.start, s.due, s.precision, s.qualifier, s.confidence) for s in statements)
    return tuple(dict.fromkeys(found))


def _is_open(statements: list[Statement], bounded: bool) -> bool:
    """True when a start is written as running on: "August 2022 onwards", "from April 2025" (not if `bounded`)."""
    words = {"onwards", "open"} if bounded else {"onwards", "open", "from"}
    return any(s.due is None and s.words & words for s in statements)


def _is_ongoing(pieces: list[Piece]) -> bool:
    throughout = any(p.value == "throughout" for p in pieces) and not any(p.role is Role.DATE for p in pieces)
    return throughout or any(p.role is Role.ONGOING for p in pieces)


def _interpret(source: str, period: Period | None) -> Reading:
    pieces = settle(cut(source), period)
    found = label(source, pieces, state(pieces))
    statements = drop_replaced(found)
    statements = _doubt_words(
        pieces, _doubt_lines(pieces, _doubt_numbers(pieces, statements)), changed=statements != found
    )
    repeats, recurs, repeat_note = _recurrence(pieces)
    ongoing = _is_ongoing(pieces) or _is_open(statements, repeats or _counts_from(pieces))
    kind, kind_note = _kind(pieces, statements, ongoing)
    return Reading(
        kind=kind,
        milestones=_milestones(statements),
        ongoing=ongoing,
        recurs=recurs,
        note=_notes(statements, [_unread_note(pieces), repeat_note, kind_note]),
    )


def read_timescale(text: str | None, *, period: tuple[date, date] | None = None) -> Reading:
    """What the words of a timescale mean, under the house conventions for timescales.

    Rule: months end on their last day, days come before months, years of the form 2010/11 run from April to March,
    a quarter without such a year is a financial quarter and unclear. Whatever looks like a date and is not read makes
    every milestone unclear; nothing that looks like a date is left out in silence.

    `period` is the plan's first and last day. It settles two-digit years and months or quarters without a year, only
    when exactly one reading ends within it. A period that ends before it starts is ignored.

    Never raises on any text; a text over the limit is not read at all and says so. The words are not changed.
    """
    if period and period[0] > period[1]:
        period = None
    stripped = (text or "").strip()
    if len(stripped) > LONGEST_TEXT:
        return Reading(
            Kind.NOT_UNDERSTOOD, note=f"Longer than {LONGEST_TEXT} characters, so it was not read as a timescale."
        )
    source = plain(stripped)
    if not source:
        return Reading(Kind.BLANK)
    if source.lower() in SOLE_MARKS:
        kind, note = SOLE_MARKS[source.lower()]
        return Reading(kind, note=note)
    return _interpret(source, period)
