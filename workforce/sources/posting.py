"""From checked blocks of one file to posts, and what must be remembered of them: what sources of one file share."""

import numpy as np

from workforce.checking.declaring import Severity
from workforce.checking.kinds_of_words import places_along, values_along
from workforce.deriving import derive
from workforce.posts import Posts, position

from .references import Lookup, Seen

REGISTERED_ROLES = (
    "social_worker", "occupational_therapist", "registered_nurse", "nursing_associate", "ahp_other", "medical_dental",
)  # fmt: skip
REPEATED = "998"  # the number of a key that an earlier row has, in every source; nationally so for ASC-WDS
NO_ROWS = (np.zeros(0, np.uint64), np.zeros(0, np.uint64), np.zeros(0, np.int64))


class PostsOfFile:
    """A source says what its rows are (`identify`, `fill`), and what else is done with a block (`finish_block`).

    `posts_of` is called once for each block in order, `close` at the end. `lookup` and `people` then know the posts and
    persons of the file, those that were left out included.
    """

    REFERENCE = ""  # the column that a row which stands twice is told in
    ONE_EACH = "One row for each post"

    def __init__(self, run, checker, establishments):
        self.run, self.checker, self.establishments = run, checker, establishments
        self._seen, self._repeated_rows, self._parts = Seen(), [], []
        self.accepted = 0

    def identify(self, cells, posts):
        """Give the posts their keys: (short keys of posts, of persons, places of establishments)."""
        raise NotImplementedError

    def fill(self, cells, posts):
        raise NotImplementedError

    def finish_block(self, cells, posts, post, person):
        """After the derived fields: what is taken from elsewhere."""

    def left(self, cells):
        """Rows of people who have left."""
        return cells.nowhere

    def posts_of(self, cells):
        """The posts of one checked block, as a batch for the snapshot."""
        posts = Posts(len(cells))
        post, person, places = self.identify(cells, posts)
        self.fill(cells, posts)
        derive(posts)
        self.finish_block(cells, posts, post, person)
        keep = self.kept(cells, post)
        self.count(posts, places, keep, self.left(cells))
        self._parts.append((post, person, np.where(keep, places, -1)))
        return posts.batch(self.run.writer.schema, keep)

    def kept(self, cells, post):
        """Rows that are taken: those not left out, each post once."""
        repeated = self._seen.again(np.where(cells.left_out, np.uint64(0), post))
        self._repeated_rows.extend(cells.rows[repeated].tolist())
        keep = ~cells.left_out & ~repeated
        self.accepted += int(keep.sum())
        return keep

    def count(self, posts, places, keep, left):
        self.establishments.add_posts(posts, places, keep & ~left)
        if left.any():
            self.establishments.add_flow("leavers", posts, places, keep & left)

    def close(self):
        parts = [np.concatenate(part) for part in zip(*self._parts, strict=True)] if self._parts else NO_ROWS
        self._parts = []
        self.lookup, self.people = Lookup(parts[0], place=parts[2]), Lookup(parts[1])
        self.tell(REPEATED, Severity.ERROR, self._repeated_rows,
                  f"{self.REFERENCE} stands in an earlier row, so this row was left out", self.ONE_EACH)  # fmt: skip
        self.run.done_with(self.checker, self.accepted)

    def tell(self, code, severity, rows, message, accepted):
        cause = self.checker.cause(self.REFERENCE, code, severity, message, accepted)
        self.run.log.add(cause, np.array(rows, np.int32))


class LeaversOfFile:
    """Mixed into the posts of a file in which everybody has left. `staff`: the posts that are filled."""

    staff = None

    def left(self, cells):
        return ~cells.nowhere

    def kept(self, cells, post):
        """A post that is filled, too, is no second row."""
        keep = super().kept(cells, post)
        still = keep & (self.staff.lookup.places(post) >= 0)
        self.accepted -= int(still.sum())
        self.tell("still_in_post", Severity.WARNING, cells.rows[still], f"{self.REFERENCE} is among the staff in post, "
                  "too, so the row was left out", "Only posts that have ended")  # fmt: skip
        return keep & ~still


def say_of_leaving(posts, days, left):
    """The month of leaving of those who left; of filled posts nothing can be said, and that is said."""
    posts.number("leave_month", np.where(left, days, np.nan), not_applicable=~left)
    for field in ("leave_reason", "leave_destination"):
        posts.say(field, "not_applicable", ~left)


def say_of_hours(posts, hours):
    """Hours of the contract, and whether there are none: bank and agency work has no contracted hours to speak of."""
    called_in = posts.is_value("contract", "bank", "agency")
    posts.say("zero_hours", "not_applicable", called_in)
    posts.say("zero_hours", "yes", ~called_in & (hours == 0))
    posts.say("zero_hours", "no", ~called_in & (hours > 0))
    none = called_in | (hours == 0)
    posts.number("hours_contracted", np.where(none, np.nan, hours), not_applicable=none)
    posts.number("hours_average", np.full(posts.count, np.nan), not_applicable=~none)


def say_of_registers(posts):
    """Where nothing is said: roles without a register have none to be on, and only social workers can be approved."""
    unregistered = ~posts.is_value("role", *REGISTERED_ROLES, "missing", "unknown")
    posts.say("registration", "not_applicable", posts.is_value("registration", "missing") & unregistered)
    no_social_worker = ~posts.is_value("role", "social_worker", "missing", "unknown")
    posts.say("amhp", "not_applicable", posts.is_value("amhp", "missing") & no_social_worker)


def map_words(run, posts, cells, field, column):
    """Fill a category from a column of words; those of no list count as unknown."""
    kind = cells.kind.column(column).kind
    places, values = places_along(cells, column), values_along(kind.field, kind.source, kind.codes)
    _fill(run, posts, field, kind.codes, values, places)


def fill_from_words(run, posts, words, places):
    """Fill a category from cells that were judged together; `words` has their codes and values."""
    _fill(run, posts, words.field, words.codes, words.values, places)


def _fill(run, posts, field, codes, values, places):
    along = np.array([*(position(field, value) for value in values), position(field, "missing")], np.int16)
    posts.category(field, along[places], codes=(places, codes))
    run.tally.add(field, codes, places, values)


def year_of(days):
    """The year of days since 1970; NaN where they are not known."""
    known = ~np.isnan(days)
    years = np.where(known, days, 0).astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    return np.where(known, years, np.nan)
