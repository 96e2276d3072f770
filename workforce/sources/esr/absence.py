"""Sickness of the twelve months: days lost, and days available, of each assignment."""

import numpy as np
import pyarrow.compute as pc

from workforce.checking.declaring import Column, FileKind, Rule, Severity, Then
from workforce.checking.kinds import Text
from workforce.checking.kinds_of_measures import Measure
from workforce.sources.references import Lookup, joined, pseudonyms_of

from .columns import NAMES, day, dropped, post, reference, where
from .context import WEEK

ERROR, WARNING = Severity.ERROR, Severity.WARNING
YEAR = 365
SICKNESS = r"(?i)sick|^s\d\d|ill"
NO_ROWS = tuple(np.zeros(0, kind) for kind in (np.int32, np.uint64, float, float))


def absence_file(today):
    columns = (
        reference("Employee Number", "Employee No", "Emp No", "Emp Number", "Staff Number", "Person Number",
                  "Employee ID", required=ERROR, key=True),
        reference("Assignment Number", "Assignment No", "Assign No", "Assignment ID", "Assignment", optional=True),
        Column("Absence Category", Text(limit=200), shows=False, optional=True, also=("Absence Type",)),
        dropped("Absence Reason", "Reason"),
        day("Absence Start Date", today, "Start Date Absence", "Absence Start", "Date Start", "First Day Absent",
            optional=True),
        day("Absence End Date", today, "End Date Absence", "Absence End", "Date End", "Last Day Absent", optional=True),
        Column("FTE Days Lost", Measure("Days from 0 to 366, such as 4.00000", high=366), required=ERROR,
               also=("FTE Lost", "WTE Days Lost", "Absence FTE Days", "Absence FTE", "FTE Calendar Days Lost")),
        Column("FTE Days Available", Measure("Days from 0 to 440", high=440), optional=True,
               also=("Available FTE", "WTE Days Available", "Available FTE Days", "FTE Available")),
        *where(), *(dropped(column.name, *column.also) for column in post()), *NAMES,
    )  # fmt: skip
    return FileKind("absence", "Absence extract", columns, _rules(), frozenset({"Employee Number", "FTE Days Lost"}))


def _rules():
    return (
        Rule("Absence Category", "not_sickness", "Absence Category is not sickness, so the row was left out",
             lambda c: c.filled("Absence Category") & ~_says_sickness(c),
             accepted="Sickness; nothing needs to be done", then=Then.LEAVE_OUT),
        Rule("Absence End Date", "ends_first", "Absence End Date is before Absence Start Date",
             lambda c: c.number("Absence End Date") < c.number("Absence Start Date"), ERROR, "A day on or after it"),
        Rule("Absence End Date", "after_the_day", "Absence End Date is after the day that the extract describes",
             lambda c: c.number("Absence End Date") > c.context.as_at_number, accepted="A day up to it, or blank"),
        Rule("Absence Start Date", "after_the_day", "Absence Start Date is after the day that the extract describes, "
             "so the row was left out", lambda c: c.number("Absence Start Date") > c.context.as_at_number,
             accepted="A day up to it", then=Then.LEAVE_OUT),
        Rule("Absence End Date", "before_the_year", "Absence End Date is more than twelve months before the day that "
             "the extract describes, so the row was left out",
             lambda c: c.number("Absence End Date") <= c.context.year_before_number,
             accepted="A day of the twelve months", then=Then.LEAVE_OUT),
    )  # fmt: skip


def _says_sickness(cells):
    texts = cells.column("Absence Category").texts
    return pc.match_substring_regex(texts, SICKNESS).to_numpy(zero_copy_only=False)


class Absence:
    """Sums of each assignment; of each person where the extract names no assignments."""

    def __init__(self, run, checker, context):
        self.run, self.checker, self.context = run, checker, context
        self.by_assignment = "Assignment Number" in checker.places
        self._parts, self._counted = [], set()
        self.accepted = 0

    @property
    def _columns(self):
        return ("Employee Number", "Assignment Number") if self.by_assignment else ("Employee Number",)

    def add(self, cells):
        purpose = "post" if self.by_assignment else "person"
        _, shorts, _ = pseudonyms_of(self.run.keys, purpose, joined(cells, *self._columns))
        keep = ~cells.left_out
        lost, available = cells.number("FTE Days Lost"), cells.number("FTE Days Available")
        self._parts.append((cells.rows[keep], shorts[keep], lost[keep], available[keep]))
        self.accepted += int(keep.sum())

    def finish(self):
        self._rows, self._shorts, lost, available = (
            [np.concatenate(part) for part in zip(*self._parts, strict=True)] if self._parts else NO_ROWS
        )
        self._parts = []
        keys, inverse = np.unique(self._shorts, return_inverse=True)
        given = np.bincount(inverse, ~np.isnan(available), len(keys)) > 0
        self.lookup = Lookup(
            keys,
            lost=np.bincount(inverse, np.nan_to_num(lost), len(keys)),
            available=np.where(given, np.bincount(inverse, np.nan_to_num(available), len(keys)), np.nan),
        )
        self.run.done_with(self.checker, self.accepted)

    def fill(self, cells, posts, post, person, employed):
        """Days lost and available of these posts; nobody's absence counts twice, and bank work has no days."""
        shorts = post if self.by_assignment else self._first_posts(person)
        lost = self.lookup.get("lost", shorts, 0.0)
        fte = np.where(np.isnan(cells.number("FTE")), cells.number("Contracted Hours") / WEEK, cells.number("FTE"))
        given = self.lookup.get("available", shorts, np.nan)
        available = np.where(np.isnan(given), fte * self._days_in_post(cells), given)
        posts.number("fte_days_lost", np.where(employed, lost, np.nan), not_applicable=~employed)
        posts.number("fte_days_available", np.where(employed, available, np.nan), not_applicable=~employed)

    def _first_posts(self, person):
        """Keys of persons on the first post of each; 0 elsewhere."""
        _, first = np.unique(person, return_index=True)
        firsts = np.zeros(len(person), bool)
        firsts[first] = True
        firsts &= ~np.isin(person, np.array(list(self._counted), np.uint64))
        self._counted.update(person[firsts].tolist())
        return np.where(firsts, person, np.uint64(0))

    def _days_in_post(self, cells):
        """Calendar days of the last twelve months since the start; all of them where the start is not known."""
        since = self.context.as_at_number - cells.number("Latest Start Date") + 1
        return np.where(np.isnan(since), YEAR, np.minimum(since, YEAR))

    def compare(self, posts_by_file):
        """Tell of absence of assignments that no other extract has."""
        known = np.zeros(len(self._shorts), bool)
        for posts in posts_by_file:
            known |= (posts.lookup if self.by_assignment else posts.people).places(self._shorts) >= 0
        column = self._columns[-1]
        cause = self.checker.cause(
            column, "nobody", WARNING, f"{column} is in no staff in post or leavers extract, so the days count nowhere",
            "An assignment of the staff in post extract",
        )  # fmt: skip
        self.run.log.add(cause, self._rows[~known & (self._shorts != 0)])
