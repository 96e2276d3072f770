"""From pieces to statements: a date with the words that qualify it, ranges joined, replaced dates marked."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto

from .forms import weekday_of
from .pieces import Piece
from .reading import Confidence, Precision, Qualifier, coarser, weaker
from .spans import Span, narrow
from .vocabulary import WEEKDAYS, Role

MODIFIERS = {
    Role.QUALIFIER, Role.THIRD, Role.WEEK, Role.WEEKDAY, Role.FILLER, Role.LINK, Role.SOFT, Role.HARD, Role.COLON,
    Role.CHANGE,
}  # fmt: skip
LEADING = MODIFIERS - {Role.LINK, Role.SOFT, Role.HARD, Role.COLON}
UNTIL = {"to", "until", "untill", "till", "til", "up to", "up until", "through to", "through"}
QUALIFIED = (  # the first that is present decides
    ("after", Qualifier.FROM),
    ("not before", Qualifier.FROM),
    ("third", Qualifier.ABOUT),
    ("about", Qualifier.ABOUT),
    ("throughout", Qualifier.BETWEEN),
    ("week from", Qualifier.BETWEEN),
    ("fortnight from", Qualifier.BETWEEN),
    ("starting", Qualifier.FROM),
    ("from", Qualifier.FROM),
    ("onwards", Qualifier.FROM),
    ("open", Qualifier.FROM),
    ("earliest", Qualifier.FROM),
    ("or later", Qualifier.FROM),
    ("before", Qualifier.BY),
    ("by", Qualifier.BY),
    ("latest", Qualifier.BY),
    ("week to", Qualifier.BY),
)


class Relation(Enum):
    """How a date stands to the one before it."""

    APART = auto()
    RANGE = auto()
    LIST = auto()
    CHOICE = auto()
    UNSAID = auto()  # side by side, and no word says how they belong together
    BRACKET = auto()  # explains the date before it


@dataclass(frozen=True, slots=True)
class Statement:
    """One date or range with its qualifiers, and the pieces it covers (`first` to `last`)."""

    first: int
    last: int
    span: Span
    start: date | None
    due: date | None
    qualifier: Qualifier
    precision: Precision
    confidence: Confidence
    words: frozenset[str]
    text: str
    relation: Relation = Relation.APART
    change: str = ""
    notes: tuple[str, ...] = ()
    label: str | None = None

    @property
    def extent(self) -> tuple[date, date]:
        """First and last day of all that was named, whatever the qualifier leaves open."""
        return self.start or self.span.first, self.due or self.span.last

    def doubted(self, confidence: Confidence, note: str = "") -> "Statement":
        """The same dates with less certainty, and the reason."""
        return replace(
            self, confidence=weaker(self.confidence, confidence), notes=self.notes + ((note,) if note else ())
        )


def _chain_start(pieces: list[Piece], at: int) -> int:
    """The index of the first piece of the words that lead up to a date."""
    start = at
    while start and pieces[start - 1].role in MODIFIERS and not _ends_line(pieces, start - 1):
        start -= 1
    return start


def _ends_line(pieces: list[Piece], at: int) -> bool:
    """True for a break that the words before it do not run over ("Jan 2013 -" and "From:" do)."""
    if pieces[at].role is not Role.HARD:
        return False
    before = pieces[at - 1] if at else None
    carries = {Role.QUALIFIER, Role.COLON, Role.THIRD, Role.FILLER}
    return pieces[at].text != "\n" or not before or not (before.role in carries or before.value == "range")


def _words(pieces: list[Piece]) -> frozenset[str]:
    named = {p.value for p in pieces if p.role in (Role.QUALIFIER, Role.WEEK, Role.AFTERWORD)}
    return frozenset(named | {"third" for p in pieces if p.role is Role.THIRD})


def _relation(pieces: list[Piece], chain: int, at: int, earlier: Statement | None) -> Relation:
    before = pieces[chain - 1] if chain else None
    if before and before.role is Role.OPEN and earlier and earlier.last == chain - 2:
        return Relation.BRACKET
    hanging = pieces[chain].value == "range" and pieces[0].value != "range"  # a dash that opens only this line
    if before and before.role is Role.HARD and hanging and earlier and earlier.last == chain - 2:
        return Relation.UNSAID
    if not earlier or earlier.last != chain - 1:
        return Relation.LIST if before and before.role is Role.HARD else Relation.APART
    return _joined(pieces[chain:at], earlier)


def _is_hyphen(links: list[Piece], at: int) -> bool:
    """True for the dash of "mid-March" and "end-March", which joins no dates."""
    return links[at].value == "range" and at > 0 and links[at - 1].role in (Role.THIRD, Role.QUALIFIER)


def _joined(links: list[Piece], earlier: Statement) -> Relation:
    links = [piece for at, piece in enumerate(links) if not _is_hyphen(links, at)]
    values, reaching = {p.value for p in links}, bool({p.text.lower() for p in links} & UNTIL)
    if "choice" in values:
        return Relation.CHOICE
    if "between" in earlier.words and "list" in values:
        return Relation.RANGE
    if earlier.words & {"from", "starting"} and ("by" in values or "range" in values):
        return Relation.RANGE
    if "list" in values or any(p.role in (Role.SOFT, Role.HARD) for p in links if p.text != "\n"):
        return Relation.LIST
    return Relation.RANGE if reaching or "range" in values else Relation.UNSAID


def _after(pieces: list[Piece], at: int) -> tuple[int, list[Piece]]:
    """The words behind a date that qualify it: "onwards", "2025+", "- ongoing"."""
    last, found = at, []
    while last + 1 < len(pieces) and pieces[last + 1].role is Role.AFTERWORD:
        last += 1
        found.append(pieces[last])
    following = pieces[last + 1 : last + 3]
    if (
        len(following) == 2
        and following[1].role is Role.ONGOING
        and (following[0].value == "range" or following[0].text.lower() in UNTIL)
    ):
        return last + 1, [*found, replace(following[0], role=Role.AFTERWORD, value="open")]
    if following and following[0].text == "+" and (len(following) < 2 or following[1].role is not Role.DATE):
        return last + 1, [*found, replace(following[0], role=Role.AFTERWORD, value="onwards")]
    return last, found


def _change(pieces: list[Piece], chain: int, at: int, last: int) -> str:
    marks = [p.value for p in pieces[chain:at] if p.role is Role.CHANGE and p.value != "mention"]
    after = pieces[last + 1 : last + 4]
    if len(after) == 3 and [p.role for p in after] == [Role.OPEN, Role.CHANGE, Role.CLOSE]:
        marks.append(after[1].value)
    return marks[-1] if marks else ""


def _dates(span: Span, qualifier: Qualifier, words: frozenset[str]) -> tuple[date | None, date | None]:
    if qualifier is Qualifier.FROM:
        return (span.last if words & {"after", "by"} else span.first), None
    if "week from" in words or "fortnight from" in words:
        days = 6 if "week from" in words else 13
        return span.first, span.last + timedelta(days=days) if span.precision is Precision.DAY else span.last
    opened = qualifier is Qualifier.BETWEEN or (span.opens and qualifier is not Qualifier.BY)
    return span.first if opened else None, span.last


def _doubts(statement: Statement, modifiers: list[Piece]) -> Statement:
    """The statement with what its own words leave open."""
    words, day = statement.words, statement.precision is Precision.DAY
    if "before" in words and not day:
        statement = statement.doubted(Confidence.UNCLEAR, f"‘Before {statement.text}’ may or may not include it.")
    for word, (confidence, note) in WORD_DOUBTS.items():
        if word in words:
            statement = statement.doubted(confidence, note)
    if "starting" in words and "by" in words:
        statement = statement.doubted(Confidence.UNCLEAR, "It is not clear whether this is the start or the end.")
    if "third" in words and day:
        statement = statement.doubted(Confidence.UNCLEAR)
    return _check_weekday(statement, modifiers)


WORD_DOUBTS = {
    "after": (Confidence.UNCLEAR, "‘After’ a date does not say how long after."),
    "before": (Confidence.LIKELY, ""),
    "about": (Confidence.LIKELY, "The date is only approximate."),
    "earliest": (Confidence.LIKELY, "Only the earliest date was written."),
    "or later": (Confidence.UNCLEAR, "‘Or later’ leaves the date open."),
    "not before": (Confidence.LIKELY, "Only the earliest date was written."),
    "throughout": (Confidence.LIKELY, ""),
    "week from": (Confidence.LIKELY, "A week is taken as seven days from the day named."),
    "fortnight from": (Confidence.LIKELY, "A fortnight is taken as fourteen days from the day named."),
    "week unclear": (Confidence.UNCLEAR, "It is not clear which week is meant."),
}


def _check_weekday(statement: Statement, modifiers: list[Piece]) -> Statement:
    named = [p.value for p in modifiers if p.role is Role.WEEKDAY]
    if not named or statement.precision is not Precision.DAY or statement.span.first.weekday() == named[-1]:
        return statement
    note = f"‘{statement.text}’ is a {weekday_of(statement.span.first)}, not a {WEEKDAYS[named[-1]].title()}."
    return statement.doubted(Confidence.UNCLEAR, note)


def _narrowed(span: Span, thirds: list[int]) -> Span:
    """The part of a span that "early" or "mid to late" names."""
    if not thirds:
        return span
    first, last = narrow(span, min(thirds)), narrow(span, max(thirds))
    return replace(first, last=last.last, confidence=last.confidence if first == last else Confidence.UNCLEAR)


def _state(pieces: list[Piece], at: int, earlier: Statement | None) -> Statement:
    chain, (last, after) = _chain_start(pieces, at), _after(pieces, at)
    relation = _relation(pieces, chain, at, earlier)
    first = next((n for n in range(chain, at) if pieces[n].role in LEADING), at)
    modifiers = pieces[first:at] + after
    words, span = _words(modifiers), pieces[at].value
    span = _narrowed(span, [p.value for p in modifiers if p.role is Role.THIRD])
    several_years = span.precision is Precision.YEAR and span.opens and "third" not in words
    plain = Qualifier.BETWEEN if several_years else Qualifier.ON
    qualifier = next((q for word, q in QUALIFIED if word in words), plain)
    start, due = _dates(span, qualifier, words)
    statement = Statement(
        first, last, span, start, due, qualifier, span.precision, span.confidence, words, pieces[at].text,
        relation, _change(pieces, chain, at, last), (span.note,) if span.note else (),
    )  # fmt: skip
    return _doubts(statement, modifiers)


def _join(earlier: Statement, later: Statement) -> Statement:
    """One statement from the two ends of a range."""
    joined = replace(
        earlier,
        last=later.last,
        start=earlier.span.first,
        due=later.span.last,
        qualifier=Qualifier.BETWEEN,
        precision=coarser(earlier.precision, later.precision),
        confidence=weaker(earlier.confidence, later.confidence),
        notes=earlier.notes + later.notes,
        text=f"{earlier.text} to {later.text}",
        words=later.words,
    )
    years = [s.precision in (Precision.YEAR, Precision.FINANCIAL_YEAR) for s in (earlier, later)]
    if joined.start > joined.due:
        return joined.doubted(Confidence.UNCLEAR, f"‘{joined.text}’ ends before it starts.")
    if any(years) and earlier.precision is not later.precision:
        return joined.doubted(Confidence.UNCLEAR, f"‘{joined.text}’ joins a year to another kind of date.")
    thirds = "third" in earlier.words | later.words
    if (
        earlier.precision is later.precision is Precision.YEAR
        and not thirds
        and later.span.last.year - earlier.span.last.year == 1
    ):
        return joined.doubted(Confidence.UNCLEAR, f"‘{joined.text}’ may be two calendar years or one financial year.")
    if earlier.precision is later.precision is Precision.YEAR and not thirds:
        return joined.doubted(Confidence.LIKELY, f"‘{joined.text}’ was taken as whole calendar years.")
    return joined


def _unfold(earlier: Statement, later: Statement) -> list[Statement]:
    """Two dates of which the second, in brackets, may only explain the first: the finer is kept if it lies inside."""
    fine, coarse = sorted((later, earlier), key=lambda s: s.extent[1] - s.extent[0])
    single = coarse.qualifier is not Qualifier.BETWEEN or fine.extent == coarse.extent
    if single and coarse.extent[0] <= fine.extent[0] <= fine.extent[1] <= coarse.extent[1]:
        kept = replace(fine, first=earlier.first, last=later.last, relation=earlier.relation).doubted(coarse.confidence)
        note = f"‘{earlier.text}’ and ‘{later.text}’ were taken as one date."
        return [kept if fine.extent == coarse.extent else kept.doubted(Confidence.LIKELY, note)]
    note = f"It is not clear how ‘{earlier.text}’ and ‘{later.text}’ belong together."
    return [earlier.doubted(Confidence.UNCLEAR), later.doubted(Confidence.UNCLEAR, note)]


def _add(statements: list[Statement], new: Statement) -> list[Statement]:
    """The statements with one more, joined to the last where the words say so."""
    *rest, earlier = statements or [None]
    if not earlier or new.relation in (Relation.APART, Relation.LIST) or new.change:
        return [*statements, new]
    if new.relation is Relation.RANGE and earlier.change:
        return [*statements, replace(new, change="new" if "by" in new.words and earlier.change == "old" else "")]
    if (new.relation is Relation.RANGE and earlier.qualifier is not Qualifier.BETWEEN) or _is_both(earlier, new):
        return [*rest, _join(earlier, new)]
    if new.relation is Relation.BRACKET:
        return [*rest, *_unfold(earlier, new)]
    words = (
        "are alternatives"
        if new.relation is Relation.CHOICE
        else "stand side by side; how they belong together is not said"
    )
    note = f"‘{earlier.text}’ and ‘{new.text}’ {words}."
    return [*rest, earlier.doubted(Confidence.UNCLEAR), new.doubted(Confidence.UNCLEAR, note)]


def _is_both(earlier: Statement, new: Statement) -> bool:
    return new.relation is Relation.RANGE and "throughout" in earlier.words


def state(pieces: list[Piece]) -> list[Statement]:
    """All statements in the order of the text; a date in the pieces is in exactly one of them."""
    statements: list[Statement] = []
    for at, piece in enumerate(pieces):
        if piece.role is Role.DATE:
            statements = _add(statements, _state(pieces, at, statements[-1] if statements else None))
    return _join_starts_and_ends(statements)


def _join_starts_and_ends(statements: list[Statement]) -> list[Statement]:
    """ "Start: April 2025; end: March 2026" is one milestone."""
    joined: list[Statement] = []
    for new in statements:
        opened = joined and joined[-1].qualifier is Qualifier.FROM and joined[-1].words & {"starting", "from"}
        if opened and new.qualifier is Qualifier.BY and new.first - joined[-1].last <= 2 and not new.change:
            new = _join(joined.pop(), new)
        joined.append(new)
    return joined


def drop_replaced(statements: list[Statement]) -> list[Statement]:
    """Without the dates that the words say were replaced; the rest tells of it and is no longer clear."""
    marked = list(statements)
    for at in range(1, len(marked)):
        if marked[at].change == "new" and not marked[at - 1].change and not marked[at - 1].label:
            marked[at - 1] = replace(marked[at - 1], change="old")
    old = [s for s in marked if s.change in ("old", "rejected")]
    kept = [s for s in marked if s not in old]
    if not old:
        return statements
    if not kept:
        return [s.doubted(Confidence.UNCLEAR, "The words say that this date no longer holds.") for s in old]
    paired = (
        len(kept) == len(old) == 1
        and old[0].change == "old"
        and (kept[0].change == "new" or kept[0].first < old[0].first)
    )
    confidence = Confidence.LIKELY if paired else Confidence.UNCLEAR
    note = f"An earlier date was left out: {', '.join(s.text for s in old)}."
    return [s.doubted(confidence, note) for s in kept]
