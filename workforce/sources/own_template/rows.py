"""From checked rows of our own template to posts."""

import numpy as np

from workforce.checking.kinds import EPOCH
from workforce.posts import STATES
from workforce.sources.posting import PostsOfFile, map_words, say_of_registers, year_of
from workforce.sources.references import joined, pseudonyms_of, year_before
from workforce.template import FIELDS, MISSING, NOT_APPLICABLE, REFUSED, Kind

from .columns import FIELDS_OF_COLUMNS, given
from .kinds import SAID

SAYS = dict(zip((REFUSED, NOT_APPLICABLE), SAID.values(), strict=True))


class TemplateContext:
    def __init__(self, run, establishments):
        self.as_at, self.as_at_number = run.as_at, run.as_at_number
        self.year_before_number = (year_before(run.as_at) - EPOCH).days
        self.establishments = establishments

    year_of = staticmethod(year_of)


class TemplatePosts(PostsOfFile):
    """Posts; those with a month in Left are of people who have left."""

    REFERENCE = "Post reference"

    def __init__(self, run, checker, context):
        super().__init__(run, checker, context.establishments)

    def identify(self, cells, posts):
        made, post, _ = pseudonyms_of(self.run.keys, "post", joined(cells, "Post reference"))
        posts.key("post_key", made)
        made, person, nobody = pseudonyms_of(self.run.keys, "person", joined(cells, "Person reference"))
        posts.key("person_key", made, nobody)
        places = self.establishments.places_of(joined(cells, "Workplace reference"))
        self.establishments.key(posts, places)
        return post, person, places

    def left(self, cells):
        """Filled with a month, or with what should have been one."""
        label = FIELDS["leave_month"].label
        said_none = cells.number(label) == SAYS[NOT_APPLICABLE]
        return cells.filled(label) & ~said_none

    def fill(self, cells, posts):
        for field in FIELDS_OF_COLUMNS:
            if field.kind is Kind.CATEGORY:
                self._category(cells, posts, field)
            else:
                self._number(cells, posts, field)
        self._follows(cells, posts)

    def _category(self, cells, posts, field):
        if field.label in cells:
            map_words(self.run, posts, cells, field.name, field.label)

    def _number(self, cells, posts, field):
        values = cells.number(field.label)
        posts.number(field.name, given(cells, field.label), cells.unknown(field.label),
                     values == SAYS[NOT_APPLICABLE])  # fmt: skip
        posts.state(field.name)[values == SAYS[REFUSED]] = STATES.index(REFUSED)

    def _follows(self, cells, posts):
        """What goes without saying where the cell is blank, as for the other sources."""
        left = self.left(cells)
        for field in ("leave_reason", "leave_destination"):
            posts.say(field, NOT_APPLICABLE, ~left & posts.is_value(field, MISSING))
        say_of_registers(posts)
        none = posts.is_value("contract", "bank", "agency", "other") | posts.is_value("zero_hours", "yes")
        self._not_applicable(posts, "hours_contracted", none)
        self._not_applicable(posts, "hours_average", ~none & ~np.isnan(posts.numbers("hours_contracted")))
        self._not_applicable(posts, "leave_month", ~left)
        if left.any():
            self.establishments.tells.add("leavers")

    @staticmethod
    def _not_applicable(posts, name, mask):
        state = posts.state(name)
        state[mask & (state == STATES.index(MISSING))] = STATES.index(NOT_APPLICABLE)
