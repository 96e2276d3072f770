"""From checked rows of the staff in post and leavers extracts to posts of the common template."""

import numpy as np

from workforce.checking.declaring import Severity
from workforce.checking.kinds_of_words import values_along
from workforce.deriving import derive, whole_years
from workforce.posts import Posts, position
from workforce.sources.references import Lookup, Seen, joined, pseudonyms_of
from workforce.sources.running import map_codes

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


class Assignments:
    """Filled posts. Remembers short keys, so that the other extracts can be compared with them."""

    filled = True

    def __init__(self, run, checker, context, starters=None, absence=None):
        self.run, self.checker, self.context = run, checker, context
        self.starters, self.absence = starters, absence
        self._seen, self._repeated_rows, self._parts = Seen(), [], []
        self.accepted = 0

    def posts_of(self, cells):
        """The posts of one checked block, as a batch for the snapshot."""
        posts = Posts(len(cells))
        made, post, _ = pseudonyms_of(self.run.keys, "post", joined(cells, *POST))
        posts.key("post_key", made)
        made, person, nobody = pseudonyms_of(self.run.keys, "person", joined(cells, "Employee Number"))
        posts.key("person_key", made, nobody)
        places = self._establishment(cells, posts)
        self._categories(cells, posts)
        self._numbers(cells, posts)
        self._leaving(cells, posts)
        derive(posts)
        if self.starters is not None:
            self.starters.mark(posts, post)
        if self.absence is not None:
            self.absence.fill(cells, posts, post, person, ~posts.is_value("contract", "bank", "agency"))
        keep = self._kept(cells, post)
        self._count(posts, places, keep)
        self._parts.append((post, person, np.where(keep, places, -1)))
        return posts.batch(self.run.writer.schema, keep)

    def _establishment(self, cells, posts):
        establishments = self.context.establishments
        places = establishments.places_of(joined(cells, "Organisation", "Org L2", "Org L3"))
        establishments.key(posts, places)
        return places

    def _categories(self, cells, posts):
        posts.category("sector", np.full(len(cells), position("sector", "nhs"), np.int16))
        for field, column in MAPPED:
            if column in cells:
                table = values_along(field, "esr", cells.codes_of(column))
                map_codes(self.run, posts, cells, field, column, table)
        for words, places in (
            (self.context.role, self.context.role_of(cells)),
            (self.context.service, self.context.service_of(cells)),
        ):
            fill(self.run, posts, words, places)
        self._follows(cells, posts)

    @staticmethod
    def _follows(cells, posts):
        """What goes without saying, as for the other sources."""
        registered = cells.is_in("Staff Group", *REGISTERED)
        posts.say("registration", "not_applicable", posts.is_value("registration", "missing") & ~registered)
        posts.say("amhp", "not_applicable", ~posts.is_value("role", "social_worker"))
        bank = posts.is_value("contract", "bank", "agency")
        hours = hours_of(cells)
        posts.say("zero_hours", "not_applicable", bank)
        posts.say("zero_hours", "yes", ~bank & (hours == 0))
        posts.say("zero_hours", "no", ~bank & (hours > 0))

    def _numbers(self, cells, posts):
        bank = posts.is_value("contract", "bank", "agency")
        zero_hours = posts.is_value("zero_hours", "yes")
        posts.number("hours_contracted", np.where(bank | zero_hours, np.nan, hours_of(cells)),
                     not_applicable=bank | zero_hours)  # fmt: skip
        posts.number("hours_average", np.full(len(cells), np.nan), not_applicable=~bank & ~zero_hours)
        posts.number("age", whole_years(cells.number("Date of Birth"), self.run.as_at))
        posts.number("start_role", cells.number("Latest Start Date"))
        posts.number("start_sector_year", year_of(cells.number("NHS Start Date")))

    def _leaving(self, cells, posts):
        filled = ~cells.nowhere
        posts.number("leave_month", np.full(len(cells), np.nan), not_applicable=filled)
        posts.say("leave_reason", "not_applicable", filled)
        posts.say("leave_destination", "not_applicable", filled)

    def _kept(self, cells, post):
        repeated = self._seen.again(np.where(cells.left_out, np.uint64(0), post))
        self._repeated_rows.extend(cells.rows[repeated].tolist())
        keep = ~cells.left_out & ~repeated
        self.accepted += int(keep.sum())
        return keep

    def _count(self, posts, places, keep):
        self.context.establishments.add_posts(posts, places, keep)

    def close(self):
        """Tell of assignments that stand twice, and keep what other extracts are compared with."""
        empty = (np.zeros(0, np.uint64), np.zeros(0, np.uint64), np.zeros(0, np.int64))
        post, person, places = [np.concatenate(part) for part in zip(*self._parts, strict=True)] if self._parts else (
            empty)  # fmt: skip
        self._parts = []
        self.lookup, self.people = Lookup(post, place=places), Lookup(person)
        self._tell("repeated", Severity.ERROR, self._repeated_rows, "The assignment stands in an earlier row, so this "
                   "row was left out", "One row for each assignment")  # fmt: skip
        self.run.done_with(self.checker, self.accepted)

    def _tell(self, code, severity, rows, message, accepted):
        cause = self.checker.cause("Assignment Number", code, severity, message, accepted)
        self.run.log.add(cause, np.array(rows, np.int32))


class Leavers(Assignments):
    """Posts that were left in the twelve months: rows of the snapshot with the month in which the person left."""

    filled = False

    def __init__(self, run, checker, context, staff):
        super().__init__(run, checker, context)
        self.staff, self._still_there = staff, []
        context.establishments.tells.add("leavers")

    def _leaving(self, cells, posts):
        posts.number("leave_month", cells.number("Termination Date"))

    def _kept(self, cells, post):
        """A post that the staff in post extract has, too, is filled: its leaver counts, and is no second row."""
        keep = super()._kept(cells, post)
        still = keep & (self.staff.lookup.places(post) >= 0)
        self._still_there.extend(cells.rows[still].tolist())
        self.accepted -= int(still.sum())
        return keep & ~still

    def _count(self, posts, places, keep):
        self.context.establishments.add_flow("leavers", posts, places, keep)

    def close(self):
        super().close()
        self._tell("still_in_post", Severity.WARNING, self._still_there, "The assignment is in the staff in post "
                   "extract, too, so the row was left out", "Only assignments that have ended")  # fmt: skip


def hours_of(cells):
    """Contracted hours a week: as given, else the share of a whole-time post times 37.5."""
    hours = cells.number("Contracted Hours")
    return np.where(np.isnan(hours), cells.number("FTE") * WEEK, hours)


def year_of(days):
    """The year of days since 1970; NaN where they are not known."""
    known = ~np.isnan(days)
    years = np.where(known, days, 0).astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    return np.where(known, years, np.nan)


def fill(run, posts, words, places):
    """Fill a category from pairs of words that were judged already."""
    along = np.array([*(position(words.field, value) for value in words.values), position(words.field, "missing")])
    posts.category(words.field, along[places].astype(np.int16), codes=(places, words.codes))
    run.tally.add(words.field, words.codes, places, words.values)
