"""From checked rows of the staff in post and leavers extracts to posts of the common template."""

import numpy as np

from workforce.deriving import whole_years
from workforce.posts import position
from workforce.sources.posting import (
    LeaversOfFile,
    PostsOfFile,
    fill_from_words,
    map_words,
    say_of_hours,
    say_of_leaving,
    say_of_registers,
    year_of,
)
from workforce.sources.references import joined, pseudonyms_of

from .context import WEEK
from .rules import REGISTERED

# (field, column): categories that one column of words fills through the crosswalk of the same name.
MAPPED = (
    ("contract", "Assignment Category"),
    ("sex", "Gender"),
    ("ethnicity15", "Ethnic Origin"),
    ("nationality3", "Nationality"),
    ("disability", "Disability"),
    ("registration", "Registration Body"),
    ("recruit_source", "Recruitment Source"),
    ("leave_reason", "Leaving Reason"),
    ("leave_destination", "Destination On Leaving"),
)
POST = ("Employee Number", "Assignment Number")


class Assignments(PostsOfFile):
    """Filled posts."""

    REFERENCE = "Assignment Number"
    ONE_EACH = "One row for each assignment"

    def __init__(self, run, checker, context, starters=None, absence=None):
        super().__init__(run, checker, context.establishments)
        self.context, self.starters, self.absence = context, starters, absence

    def identify(self, cells, posts):
        made, post, _ = pseudonyms_of(self.run.keys, "post", joined(cells, *POST))
        posts.key("post_key", made)
        made, person, nobody = pseudonyms_of(self.run.keys, "person", joined(cells, "Employee Number"))
        posts.key("person_key", made, nobody)
        places = self.establishments.places_of(joined(cells, *self.context.levels))
        self.establishments.key(posts, places)
        return post, person, places

    def fill(self, cells, posts):
        self._categories(cells, posts)
        self._follows(cells, posts)
        say_of_hours(posts, hours_of(cells))
        posts.number("age", whole_years(cells.number("Date of Birth"), self.run.as_at))
        posts.number("start_role", cells.number("Latest Start Date"))
        posts.number("start_sector_year", year_of(cells.number("NHS Start Date")))
        say_of_leaving(posts, cells.number("Termination Date"), self.left(cells))

    def _categories(self, cells, posts):
        posts.category("sector", np.full(len(cells), position("sector", "nhs"), np.int16))
        for field, column in MAPPED:
            if column in cells:
                map_words(self.run, posts, cells, field, column)
        fill_from_words(self.run, posts, self.context.role, self.context.role_of(cells))
        fill_from_words(self.run, posts, self.context.service, self.context.service_of(cells))

    @staticmethod
    def _follows(cells, posts):
        """What goes without saying, as for the other sources."""
        registered = cells.is_in("Staff Group", *REGISTERED)
        posts.say("registration", "not_applicable", posts.is_value("registration", "missing") & ~registered)
        say_of_registers(posts)

    def finish_block(self, cells, posts, post, person):
        if self.starters is not None:
            self.starters.mark(posts, post)
        if self.absence is not None:
            self.absence.fill(cells, posts, post, person, ~posts.is_value("contract", "bank", "agency"))


class Leavers(LeaversOfFile, Assignments):
    """Posts that were left in the twelve months: rows of the snapshot with the month in which the person left."""

    def __init__(self, run, checker, context, staff):
        super().__init__(run, checker, context)
        self.staff = staff
        context.establishments.tells.add("leavers")


def hours_of(cells):
    """Contracted hours a week: as given, else the share of a whole-time post times 37.5."""
    hours = cells.number("Contracted Hours")
    return np.where(np.isnan(hours), cells.number("FTE") * WEEK, hours)
