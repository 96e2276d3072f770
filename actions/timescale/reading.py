"""What was understood from the words of a timescale: plain values that can be stored, compared and shown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How exact the writer was, from a single day to a whole year."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF_YEAR = "half-year"
    FINANCIAL_YEAR = "financial-year"
    YEAR = "year"


class Qualifier(StrEnum):
    """The word that ties the work to the date."""

    ON = "on"  # just a date
    BY = "by"  # by, before, no later than, to, until, end of
    FROM = "from"  # from, starting, onwards
    BETWEEN = "between"  # a range
    ABOUT = "about"  # early, mid, late, around


class Confidence(StrEnum):
    """How far the reading can be trusted without a person looking at it."""

    CLEAR = "clear"
    LIKELY = "likely"  # one reasonable reading, but a convention was applied
    UNCLEAR = "unclear"  # a person must confirm


class Kind(StrEnum):
    """What sort of timescale the words hold; every way of having no date is kept apart."""

    DATED = "dated"
    ONGOING = "ongoing"
    RECURRING = "recurring"
    RELATIVE = "relative"
    TO_BE_CONFIRMED = "to-be-confirmed"
    NOT_APPLICABLE = "not-applicable"
    BLANK = "blank"
    NOT_UNDERSTOOD = "not-understood"


CONFIDENCES = tuple(Confidence)  # strongest first
PRECISIONS = tuple(Precision)  # finest first


def weaker(*confidences: Confidence) -> Confidence:
    """The least certain of the confidences given."""
    return max(confidences, key=CONFIDENCES.index)


def coarser(*precisions: Precision) -> Precision:
    """The least exact of the precisions given."""
    return max(precisions, key=PRECISIONS.index)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One dated point or span. A missing start or due was not written."""

    label: str | None
    start: date | None
    due: date | None
    precision: Precision
    qualifier: Qualifier
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood from one timescale; `note` is for the person who reads the plan."""

    kind: Kind
    milestones: tuple[Milestone, ...] = ()
    ongoing: bool = False
    recurs: str | None = None
    note: str = ""

    @property
    def start(self) -> date | None:
        """The earliest date of any milestone, start or due."""
        return min(self._dates(), default=None)

    @property
    def end(self) -> date | None:
        """The latest due date; None where no end was written."""
        return max((m.due for m in self.milestones if m.due), default=None)

    @property
    def is_unambiguous(self) -> bool:
        """True when the words are plain dates and every one of them is clear."""
        return self.kind is Kind.DATED and all(m.confidence is Confidence.CLEAR for m in self.milestones)

    def _dates(self):
        return [day for m in self.milestones for day in (m.start, m.due) if day]


def _milestone_to_json(milestone: Milestone) -> dict:
    return {
        "label": milestone.label,
        "start": milestone.start.isoformat() if milestone.start else None,
        "due": milestone.due.isoformat() if milestone.due else None,
        "precision": milestone.precision.value,
        "qualifier": milestone.qualifier.value,
        "confidence": milestone.confidence.value,
    }


def _milestone_from_json(stored: dict) -> Milestone:
    return Milestone(
        label=stored["label"],
        start=date.fromisoformat(stored["start"]) if stored["start"] else None,
        due=date.fromisoformat(stored["due"]) if stored["due"] else None,
        precision=Precision(stored["precision"]),
        qualifier=Qualifier(stored["qualifier"]),
        confidence=Confidence(stored["confidence"]),
    )


def to_json(reading: Reading) -> dict:
    """A reading as plain values: dates as ISO text, enumerations as their words, always the same keys."""
    return {
        "kind": reading.kind.value,
        "milestones": [_milestone_to_json(m) for m in reading.milestones],
        "ongoing": reading.ongoing,
        "recurs": reading.recurs,
        "note": reading.note,
    }


def from_json(stored: dict) -> Reading:
    """The reading that `to_json` wrote, exactly. KeyError or ValueError where the value is not one of ours."""
    return Reading(
        kind=Kind(stored["kind"]),
        milestones=tuple(_milestone_from_json(m) for m in stored["milestones"]),
        ongoing=stored["ongoing"],
        recurs=stored["recurs"],
        note=stored["note"],
    )
