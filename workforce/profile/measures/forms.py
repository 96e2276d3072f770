"""What measures of one kind have in common, said once."""

from workforce.profile.declaring import PARTNER, ROWS, SECTOR, SERVICE, Kind, Measure
from workforce.profile.fields import values_of

FILLED = "Posts that are filled on the day"
CARE_PROVIDING = "Posts filled on the day in roles that provide care"
LEFT = "Posts that somebody left in the twelve months before the day"
APART = "Posts without a value are counted apart, and are in no share"
COMMON_LIST = "The common template of this planner"
SKILLS_FOR_CARE = "Skills for Care"
NHS = "NHS England"
PLACES = (PARTNER, SECTOR, SERVICE)


def posts_by(name, label, meaning, part, *, field="", rows=ROWS, population=FILLED, source=COMMON_LIST, **more):
    """Posts by the categories of one field."""
    field = field or name
    return Measure(
        name, label, meaning, part, Kind.POSTS, "posts", population, missing=APART, source=source, field=field,
        columns=field, rows=rows, **more,
    )  # fmt: skip


def share(name, label, meaning, of, over, numerator, denominator, *, among=()):
    """A share of the posts that have a value of a measure that is declared already: in per cent."""
    among = among or values_of(of.field)
    return Measure(
        name, label, meaning, of.part, Kind.SHARE, "%", of.population, numerator=numerator, denominator=denominator,
        missing=APART, source=of.source, field=of.field, rows=of.rows, of=of.name, over=tuple(over.split()),
        among=tuple(among), special=of.special, flow=of.flow,
    )  # fmt: skip
