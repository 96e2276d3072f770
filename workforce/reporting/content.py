"""What a profile report says, whatever it is shown as: pages and files are all made of a `Report`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from workforce.disclosure.released import Audience, ReleasedTable, insist_released
from workforce.profile.measures import BY_NAME

from .circumstances import day
from .pairing import pairs_of
from .parts import OUTLINES, place_of
from .saying import sentences_of
from .sentences import headlines_of
from .wording import ROWS, table_shows

DECLARED = list(BY_NAME)


@dataclass(frozen=True)
class Sender:
    """A partner whose return is counted."""

    name: str
    source: str = ""  # in words: "ASC-WDS"
    as_at: date | None = None


@dataclass(frozen=True)
class Absent:
    """A partner that is not counted."""

    name: str
    why: str = ""


@dataclass(frozen=True)
class Quality:
    """What is to be known about the returns of one partner, in sentences without figures that are not released."""

    name: str
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """A published figure about people whom no return counts."""

    kind: str  # of workforce.profile_models.ContextFigure.Kind
    label: str
    value: int
    source: str
    as_at: date | None = None


@dataclass(frozen=True)
class Thresholds:
    """The smallest counts shown, and what counts are rounded to (0: not rounded)."""

    posts: int = 5
    special: int = 10
    flow: int = 10
    rounded_to: int = 0


@dataclass(frozen=True)
class About:
    """Whom and what a report describes."""

    partnership: str
    audience: Audience
    as_at: date
    partner: str = ""  # the one partner that it is about and for
    partners_in: tuple[Sender, ...] = ()
    partners_out: tuple[Absent, ...] = ()
    coverage: str = ""
    thresholds: Thresholds = Thresholds()
    released_by: str = ""
    released: date | None = None
    number: int | None = None
    stage: str = ""
    built: date | None = None
    definitions: str = ""
    notes: Mapping[str, tuple[str, ...]] | None = None
    quality: tuple[Quality, ...] = ()
    context: tuple[Context, ...] = ()


@dataclass(frozen=True)
class Shown:
    """One table, and the chart of it. The summary says in words what the chart shows, with the table's numbers.

    Of training, the chart beside the first topic shows all topics.
    """

    table: ReleasedTable
    title: str
    chart: dict | None  # a Vega-Lite specification for workforce.reporting.drawing; None where the table says it best
    summary: str
    method: str = ""  # how the measure is made; said with its first table only


@dataclass(frozen=True)
class Part:
    key: str
    title: str
    answers: str
    words: str = ""  # the partnership's own
    sentences: tuple[str, ...] = ()
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class Report:
    title: str
    about: About
    headlines: tuple[str, ...]
    parts: tuple[Part, ...]
    unseen: tuple[
        ReleasedTable, ...
    ] = ()  # of these parts, but every figure is hidden; for other systems, not for people

    @property
    def tables(self):
        """Everything released that these parts are made of."""
        return tuple(shown.table for part in self.parts for shown in part.shown) + self.unseen


@dataclass(frozen=True)
class Arranged:
    """Where the partnership has put a part, and what it says in it."""

    key: str
    position: int = 0
    words: str = ""
    is_left_out: bool = False


def about_of(kept: Mapping) -> About:
    """`Release.about` as an About. Keys that are not there leave the default; those not named here are passed over.

    partnership   its name
    audience      "partner", "partnership" or "public"
    as_at         "2026-03-31": the day described
    partner       name of the one partner, if the audience is "partner"
    partners_in   [{"name", "source": words such as "ASC-WDS", "as_at": "2026-03-31"}]
    partners_out  [{"name", "why": "has sent no return for this date"}]
    coverage      one sentence, or ""; its figures must stand in a released table or be public
    thresholds    {"posts": 5, "special": 10, "flow": 10, "rounded_to": 0}: of this audience's view
    released_by   name;  released, built: "2026-04-30" (a time after the date is passed over)
    number, stage of the release; stage as in `Stage`: "draft", "released"
    definitions   version of the measures' definitions: workforce.profile.counting.VERSION
    notes         {measure: [sentence]}: those under "" are about no one measure and stand with the quality; the others
                  stand in the notes of the measures' tables already
    quality       [{"name": partner, "sentences": [sentence]}], without figures that are not released
    context       [{"kind", "label", "value", "source", "as_at"}]: the partnership's context figures at the time
    """
    known = {field.name for field in fields(About)}
    found = {key: value for key, value in kept.items() if key in known and value is not None}
    return About(**found | {key: _READ[key](value) for key, value in found.items() if key in _READ})


def _day(value):
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else value or None


def _each(kind):
    names = {field.name for field in fields(kind)}

    def read(values: Iterable[Mapping]):
        return tuple(
            kind(**{key: _READ_IN_LISTS.get(key, _same)(value[key]) for key in names & set(value)}) for value in values
        )

    return read


def _same(value):
    return value


def _thresholds(value):
    return Thresholds(**{field.name: value[field.name] for field in fields(Thresholds) if field.name in value})


_READ_IN_LISTS = {"as_at": _day, "sentences": tuple}
_READ = {
    "audience": Audience,
    "as_at": _day,
    "built": _day,
    "released": _day,
    "partners_in": _each(Sender),
    "partners_out": _each(Absent),
    "thresholds": _thresholds,
    "notes": lambda notes: {measure: tuple(sentences) for measure, sentences in notes.items()},
    "quality": _each(Quality),
    "context": _each(Context),
}


# --- the report of released tables ------------------------------------------------------------------------------------


def content_of(
    tables: Iterable[ReleasedTable], about: About, arrangement: Iterable[Arranged] = (), *, previous=None
) -> Report:
    """The report of released tables, its parts in the partnership's order. `previous`: (tables, about) before this."""
    tables, arranged = tuple(tables), {one.key: one for one in arrangement}
    insist_released(*tables)
    left_out = {key for key, one in arranged.items() if one.is_left_out}
    kept = [outline for outline in _in_order(arranged) if outline.key not in left_out]
    parts = [_part(outline, tables, about, arranged, previous) for outline in kept]
    unseen = [table for table in tables if not table_shows(table) and _place(table)[0] not in left_out]
    return Report(_title(about), about, headlines_of(tables, about, left_out), tuple(parts), tuple(unseen))


def _title(about):
    whom = about.partner if about.audience is Audience.PARTNER else about.partnership
    return f"Workforce profile of {whom}, {day(about.as_at)}"


def _in_order(arranged):
    """Those that were arranged at their places, the others where they usually stand."""
    places = {outline.key: place for place, outline in enumerate(OUTLINES)}
    places |= {key: one.position for key, one in arranged.items()}
    return sorted(OUTLINES, key=lambda outline: places[outline.key])


def _part(outline, tables, about, arranged, previous):
    words = arranged[outline.key].words if outline.key in arranged else ""
    own = sorted((table for table in tables if _place(table)[0] == outline.key), key=_place_and_rows)
    shown = tuple(Shown(*pair) for pair in pairs_of([table for table in own if table_shows(table)]))
    sentences = sentences_of(outline.key, own, tables, about, previous)
    return Part(outline.key, outline.title, outline.answers, words, tuple(sentences), shown)


def _place(table):
    return place_of(table.measure, table.columns)


def _place_and_rows(table):
    return _place(table)[1], _in(DECLARED, table.measure), table.measure, _in(list(ROWS), table.rows)


def _in(order, one):
    return order.index(one) if one in order else len(order)
