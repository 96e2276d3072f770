"""Kinds whose text holds several things, with a semicolon between: `code;year`, and lists."""

from dataclasses import dataclass
from functools import cached_property

from .kinds import NOT_LISTED, NOTHING, Codes, Kind, Reading, Wrong

SECOND_MISSING = Wrong("second_missing", "lacks its second part after the semicolon")
SECOND_WRONG = Wrong("second_wrong", "has a second part that cannot be read")
SECOND_UNEXPECTED = Wrong("second_unexpected", "has a second part where none belongs", warns=True, keeps=True)
TOO_MANY_PARTS = Wrong("too_many_parts", "has more than two parts")


@dataclass(frozen=True)
class Pair(Kind):
    """`first;second`, such as a qualification and its year.

    `takes_second`: the codes of the first part that a second part belongs to (None: all of them).
    `needs_second`: whether those must have it, as a fault; `second_warns` and `missing_warns` turn the faults of the
    second part into warnings that keep the first.
    """

    first: Codes = None
    second: Kind = None
    takes_second: tuple[str, ...] | None = None
    needs_second: bool = False
    second_warns: bool = False
    missing_warns: bool = False
    shape: str = r"^[0-9]{1,4} ?;? ?[0-9]{0,4}$"

    @property
    def wrongs(self):
        soft = {"keeps": True, "warns": True}
        return (
            *self.first.wrongs,
            Wrong(SECOND_MISSING.key, SECOND_MISSING.says, **soft if self.missing_warns else {}),
            Wrong(SECOND_WRONG.key, SECOND_WRONG.says, **soft if self.second_warns else {}),
            SECOND_UNEXPECTED,
            TOO_MANY_PARTS,
        )

    def read(self, text):
        head, *rest = (part.strip() for part in text.split(";"))
        if len(rest) > 1:
            return Reading(wrong=TOO_MANY_PARTS.key)
        first = self.first.read(head)
        if first.value != first.value:
            return first
        return self._with_second(first, rest[0] if rest else "")

    def _with_second(self, first, tail):
        belongs = self.takes_second is None or self.first.codes[int(first.value)] in self.takes_second
        if tail and not belongs:
            return Reading(first.value, SECOND_UNEXPECTED.key)
        if not tail:
            return Reading(first.value, SECOND_MISSING.key if belongs and self.needs_second else first.wrong)
        second = self.second.read(tail)
        if second.wrong and second.value != second.value:
            return Reading(first.value if self.second_warns else NOTHING, SECOND_WRONG.key)
        return Reading(first.value, first.wrong, second=second.value)


MOST_PARTS = 5_000  # that are remembered
PART_NOT_LISTED = Wrong("part_not_listed", "holds something that is not one of the codes")
PART_BLANK = Wrong("part_blank", "has nothing between two semicolons")
PART_WRONG = Wrong("part_wrong", "holds something that cannot be read")


@dataclass(frozen=True)
class Many(Kind):
    """A list with semicolons between. `many` holds what each part was read as: a code, a number or None for a blank."""

    each: Kind = None
    blanks: bool = False  # whether a part may be blank
    extra: tuple[str, ...] = ()  # codes beside those of the list, such as a lone 0
    unknown_is_dropped: bool = False
    shape: str = r"^[0-9; ]{1,400}$"

    @property
    def wrongs(self):
        dropped = {"keeps": True, "warns": True} if self.unknown_is_dropped else {}
        return (
            PART_WRONG,
            PART_BLANK,
            Wrong(PART_NOT_LISTED.key, PART_NOT_LISTED.says, **dropped),
        )

    def read(self, text):
        parts = [part.strip() for part in text.split(";")]
        read, wrong = [], ""
        for part in parts:
            value, fault = self._part(part)
            wrong = wrong or fault
            if not fault:
                read.append(value)
        if wrong and not (self.unknown_is_dropped and wrong == PART_NOT_LISTED.key):
            return Reading(wrong=wrong)
        return Reading(len(read), wrong, many=tuple(read))

    @cached_property
    def _judged(self):
        """What parts were read as: a few hundred different ones make up all lists, and odd ones are not kept."""
        return {}

    def _part(self, part):
        found = self._judged.get(part)
        if found is None:
            found = self._judge(part)
            if len(self._judged) < MOST_PARTS:
                self._judged[part] = found
        return found

    def _judge(self, part):
        if not part:
            return None, "" if self.blanks else PART_BLANK.key
        if part in self.extra:
            return part, ""
        reading = self.each.read(part)
        if isinstance(self.each, Codes):
            if reading.value == reading.value:
                return self.each.codes[int(reading.value)], ""
            return None, PART_NOT_LISTED.key if reading.wrong == NOT_LISTED.key else PART_WRONG.key
        if reading.state:
            return part, ""
        return (reading.value, "") if reading.value == reading.value else (None, PART_WRONG.key)
