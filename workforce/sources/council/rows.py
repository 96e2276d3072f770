"""From checked rows of a council's list to posts of the common template."""

import numpy as np
import pyarrow as pa

from workforce.checking.kinds import EPOCH
from workforce.checking.kinds_of_words import WordsOfRows
from workforce.deriving import FULL_TIME_HOURS, WEEKS_A_YEAR, hourly_from_annual, whole_years
from workforce.posts import position
from workforce.sources.posting import (
    LeaversOfFile,
    PostsOfFile,
    fill_from_words,
    map_words,
    say_of_hours,
    say_of_leaving,
    say_of_registers,
)
from workforce.sources.references import joined, pseudonyms_of, year_before

from .fields import FIELDS_IN_ORDER, SALARY_IS
from .mapping import fields_of

LEVELS = ("directorate", "team")


class CouncilContext:
    """The day that the lists describe, their establishments, and words of teams already judged."""

    def __init__(self, run, establishments, levels=LEVELS):
        self.levels = levels  # the fields that tell establishments apart
        self.today, self.as_at, self.as_at_number = run.today, run.as_at, run.as_at_number
        self.year_before_number = (year_before(run.as_at) - EPOCH).days
        self.establishments = establishments
        self.service = WordsOfRows("service", "council")

    def service_of(self, cells, of):
        """Per row the position of its service among the crosswalk's codes: by the team, else by the directorate."""
        if "service" not in cells.remembered:
            team, directorate = (
                self.service.of_rows(texts_of(cells, of.get(name))) for name in ("team", "directorate")
            )
            unsure = (team < 0) | (team == self.service.unlisted)
            listed = (directorate >= 0) & (directorate != self.service.unlisted)
            cells.remembered["service"] = np.where(unsure & (listed | (team < 0)), directorate, team)
        return cells.remembered["service"]

    def service_unlisted(self, cells, of):
        return self.service_of(cells, of) == self.service.unlisted


def texts_of(cells, name):
    return cells.column(name).texts if name in cells else pa.array([""] * len(cells), pa.string())


class CouncilPosts(PostsOfFile):
    """Rows of the list of staff; those whose leaving date has passed are of people who left."""

    def __init__(self, run, checker, context):
        super().__init__(run, checker, context.establishments)
        self.context, self.of = context, fields_of(checker.sheet.headings, run.mapping)
        self.REFERENCE = self.of.get("post_reference") or self.of["person_reference"]
        if "leaving_date" in self.of:
            context.establishments.tells.add("leavers")

    def column(self, field):
        return self.of.get(field, "")

    def number(self, cells, field):
        return cells.number(self.column(field))

    def identify(self, cells, posts):
        both = joined(cells, self.column("post_reference"), self.column("person_reference"))
        made, post, _ = pseudonyms_of(self.run.keys, "post", both)
        posts.key("post_key", made)
        made, person, nobody = pseudonyms_of(self.run.keys, "person", joined(cells, self.column("person_reference")))
        posts.key("person_key", made, nobody)
        where = joined(cells, *(self.column(field) for field in self.context.levels))
        places = self.establishments.places_of(where)
        self.establishments.key(posts, places)
        return post, person, places

    def left(self, cells):
        leaving = self.column("leaving_date")
        return cells.filled(leaving) & ~(cells.number(leaving) > self.context.as_at_number)

    def fill(self, cells, posts):
        posts.category("sector", np.full(len(cells), position("sector", "la"), np.int16))
        for field in FIELDS_IN_ORDER:
            column = self.column(field.name)
            if field.field and column in cells:
                map_words(self.run, posts, cells, field.field, column)
        fill_from_words(self.run, posts, self.context.service, self.context.service_of(cells, self.of))
        say_of_registers(posts)
        say_of_hours(posts, self.hours(cells))
        self._pay(cells, posts)
        posts.number("age", whole_years(self.number(cells, "date_of_birth"), self.run.as_at))
        posts.number("start_role", self.number(cells, "start_date"))
        posts.number("start_sector_year", self.number(cells, "start_in_sector"))
        posts.number("sick_days", self.number(cells, "sick_days"))
        say_of_leaving(posts, self.number(cells, "leaving_date"), self.left(cells))

    def hours(self, cells):
        """Contracted hours a week: as given, else the share of a whole week of 37 hours."""
        hours = self.number(cells, "hours")
        return np.where(np.isnan(hours), self.number(cells, "fte") * FULL_TIME_HOURS, hours)

    def _pay(self, cells, posts):
        """Pounds an hour: as given, else from the annual salary of a whole week, or of the person's own hours."""
        salary, rate = self.number(cells, "salary"), self.number(cells, "hourly_rate")
        if self.run.mapping.get(SALARY_IS) == "actual":
            hours = self.hours(cells)
            annual = salary / (WEEKS_A_YEAR * np.where(hours > 0, hours, np.nan))
        else:
            annual = hourly_from_annual(salary)
        posts.number("hourly_pay", np.where(np.isnan(rate), annual, rate))
        posts.say("pay_basis", "hourly", ~np.isnan(rate))
        posts.say("pay_basis", "annual", ~np.isnan(salary))


class CouncilLeavers(LeaversOfFile, CouncilPosts):
    """Rows of a list of its own of those who left."""

    def __init__(self, run, checker, context, staff):
        super().__init__(run, checker, context)
        self.staff = staff
