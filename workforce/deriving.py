"""Fields of the template that are worked out from others, in the same way for every source."""

import numpy as np

from workforce.posts import vocabulary
from workforce.template import ABSENT, FIELDS, NOT_APPLICABLE, UNKNOWN

FULL_TIME_HOURS = 37
FULL_TIME_FROM = 35
WEEKS_A_YEAR = 52.143
ROLE_GROUPS = {
    "manager": "senior_manager registered_manager other_manager_supervisor",
    "regulated": "social_worker occupational_therapist registered_nurse nursing_associate ahp_other medical_dental "
    "scientific_professional",
    "direct_care_support": "senior_care_worker care_worker support_outreach_worker healthcare_support "
    "therapy_assistant personal_assistant care_coordination_assessment",
    "other": "admin_clerical_digital estates_ancillary_other childrens_role student_learner",
}
EMPLOYEES = {"yes": "permanent fixed_term_temporary", "no": "bank agency other"}
ETHNIC_GROUPS = {
    "white": "white_british white_irish white_other",
    "mixed": "mixed_white_black_caribbean mixed_white_black_african mixed_white_asian mixed_other",
    "asian": "indian pakistani bangladeshi chinese asian_other",
    "black": "black_african black_caribbean black_other",
    "other": "other",
}


def regroup(name, into, groups):
    """For each position in `name`'s vocabulary the position in `into`'s; the four words stay what they are."""
    group_of = {value: group for group, values in groups.items() for value in values.split()}
    group_of |= {word: word for word in ABSENT}
    return np.array([vocabulary(into).index(group_of[value]) for value in vocabulary(name)], np.int16)


def derive(posts):
    """Fill in every derived field of these posts."""
    posts.category("role_group", regroup("role", "role_group", ROLE_GROUPS)[posts.places("role")])
    posts.category("is_employee", regroup("contract", "is_employee", EMPLOYEES)[posts.places("contract")])
    posts.category("ethnicity5", regroup("ethnicity15", "ethnicity5", ETHNIC_GROUPS)[posts.places("ethnicity15")])
    hours, unknown = weekly_hours(posts)
    posts.number("fte37", whole_time_equivalent(hours), unknown=unknown)
    posts.category("hours_pattern", hours_pattern(posts))
    posts.category("age_band", age_band(posts.numbers("age"), posts.state("age")))


def weekly_hours(posts):
    """(hours a week, where they are known to be unknown): contracted hours, or average ones where none are guaranteed.

    Zero-hours, bank, agency and other posts have no contracted hours that describe them, so the average counts.
    Source: Skills for Care's definition of full-time equivalent for local authority statistics (contracted hours),
    and the common practice of average hours where the contract guarantees none.
    """
    by_average = posts.is_value("zero_hours", "yes") | posts.is_value("is_employee", "no")
    contracted, average = posts.numbers("hours_contracted"), posts.numbers("hours_average")
    hours = np.where(by_average, average, np.where(np.isnan(contracted), average, contracted))
    unknown_place = 1 + ABSENT.index(UNKNOWN)
    unknown = (posts.state("hours_contracted") == unknown_place) | (posts.state("hours_average") == unknown_place)
    return hours, unknown


def whole_time_equivalent(hours):
    """WTE on a 37-hour basis: min(1, hours / 37); hours a week in, WTE out, NaN where hours are not known.

    Source: the full-time week and the cap at one are those of the local authority staffing statistics (NHS Digital,
    2019). A figure on the NHS's 37.5 hours is brought to this basis by way of its hours: 0.8 x 37.5 / 37 = 0.81081.
    """
    return np.minimum(1, np.asarray(hours, float) / FULL_TIME_HOURS)


def hourly_from_annual(pounds):
    """Pounds an hour from full-time annual pay: annual / (52.143 weeks x 37 hours)."""
    return np.asarray(pounds, float) / (WEEKS_A_YEAR * FULL_TIME_HOURS)


def hours_pattern(posts):
    """Full time is 35 contracted hours a week or more; zero-hours contracts have no fixed hours."""
    values = vocabulary("hours_pattern")
    contracted = posts.numbers("hours_contracted")
    found = np.full(posts.count, values.index("missing"), np.int16)
    found[posts.state("hours_contracted") == 1 + ABSENT.index(UNKNOWN)] = values.index(UNKNOWN)
    found[posts.state("hours_contracted") == 1 + ABSENT.index(NOT_APPLICABLE)] = values.index(NOT_APPLICABLE)
    found[contracted >= FULL_TIME_FROM] = values.index("full")
    found[contracted < FULL_TIME_FROM] = values.index("part")
    found[posts.is_value("zero_hours", "yes") | (contracted == 0)] = values.index("none_fixed")
    return found


def age_band(ages, state):
    """Five-year bands from under 20 to 70 and over; positions in the field's vocabulary."""
    values = vocabulary("age_band")
    bands = len(FIELDS["age_band"].values)
    with np.errstate(invalid="ignore"):
        band = np.clip(np.floor((ages - 15) / 5), 0, bands - 1)
    return np.where(np.isnan(ages), bands + np.maximum(state - 1, 0), band).astype(np.int16) if len(values) else band


def birthday(days, age):
    """The day on which somebody born on `days` (since 1970, NaN where unknown) reaches a whole age in years.

    Who was born on the 29th of February reaches it on the 1st of March where the year has no 29th.
    """
    known = ~np.isnan(days)
    born = np.where(known, days, 0).astype("datetime64[D]")
    months = born.astype("datetime64[M]")
    later = (months + age * 12).astype("datetime64[D]") + (born - months.astype("datetime64[D]"))
    return np.where(known, later.astype(int), np.nan)


def whole_years(days, on):
    """Whole years between days (since 1970, NaN where unknown) and the day `on`: an age, or years in a role."""
    known = ~np.isnan(days)
    born = np.where(known, days, 0).astype("datetime64[D]")
    years = born.astype("datetime64[Y]").astype(int) + 1970
    first_of_month = born.astype("datetime64[M]")
    months = first_of_month.astype(int) % 12 + 1
    day = (born - first_of_month.astype("datetime64[D]")).astype(int) + 1
    had_birthday = (months < on.month) | ((months == on.month) & (day <= on.day))
    return np.where(known, on.year - years - ~had_birthday, np.nan)
