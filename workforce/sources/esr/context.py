"""What the rules of the extracts may ask about the return as a whole."""

from functools import cached_property

import pyarrow as pa

from workforce.checking.kinds import EPOCH
from workforce.checking.kinds_of_words import WordsOfRows
from workforce.sources.references import year_before

WEEK = 37.5  # hours of a whole-time post under Agenda for Change


class Extract:
    """The day it describes, the twelve months before it, its establishments, and pairs of words already judged."""

    def __init__(self, run, establishments, levels):
        self.levels = levels
        self.today, self.as_at, self.as_at_number = run.today, run.as_at, run.as_at_number
        self.establishments = establishments
        self.role, self.service = WordsOfRows("role", "esr"), WordsOfRows("service", "esr")

    @cached_property
    def year_before_number(self):
        """The same day a year before, as days since 1970: flows are of the days after it."""
        return (year_before(self.as_at) - EPOCH).days

    def role_of(self, cells):
        """Per row the position of its role among the crosswalk's codes, -1 where neither cell says anything."""
        return self._pair(cells, self.role, "Staff Group", "Job Role")

    def service_of(self, cells):
        return self._pair(cells, self.service, "Area of Work", "Organisation")

    @staticmethod
    def _pair(cells, words, *columns):
        if words.field not in cells.remembered:
            cells.remembered[words.field] = words.of_rows(*(_texts(cells, column) for column in columns))
        return cells.remembered[words.field]


def _texts(cells, column):
    return cells.column(column).texts if column in cells else pa.array([""] * len(cells), pa.string())
