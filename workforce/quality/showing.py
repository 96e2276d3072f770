"""How counts and shares are said: exactly to the people who sent them, and to others so that no small count shows.

To others every count is brought to the nearest five, counts of one to four are "fewer than 5", and shares are made of
the counts so brought. A share whose remainder is small is "all but fewer than 5", so that nothing follows from it.
"""

from workforce.template import ABSENT, FIELDS, SIZE_BANDS

SMALL = 5
FEWER, ALL_BUT = "fewer than 5", "all but fewer than 5"


def is_small(count):
    return 0 < count < SMALL


def to_five(count):
    """The nearest multiple of five."""
    return SMALL * int((count + SMALL / 2) // SMALL)


def shown_count(count, *, exact):
    """A count of people, posts or workplaces in words."""
    if exact:
        return f"{count:,.0f}"
    return FEWER if is_small(count) else f"{to_five(count):,}"


def shown_share(count, base, *, exact):
    """count / base in words, such as 97.1%; an empty text where the base is 0."""
    if not base:
        return ""
    if exact:
        return percent(count / base)
    if is_small(count) or is_small(base):
        return FEWER
    if is_small(base - count):
        return ALL_BUT
    return percent(min(1, to_five(count) / to_five(base)) if count <= base else to_five(count) / to_five(base))


def percent(share):
    """One decimal, and never 0% or 100% for what is not quite that."""
    if share is None:
        return ""
    if 0 < abs(share) < 0.001:
        return "under 0.1%"
    if 0.999 < share < 1:
        return "over 99.9%"
    text = f"{share:.1%}".replace("-", "−")
    return text.replace(".0%", "%")


NAMES = {
    "la": "Local authority", "nhs": "NHS", "independent_private": "Private", "independent_voluntary": "Voluntary",
    "supported_living_extra_care": "Supported living and extra care", "care_home_nursing": "Care home with nursing",
    "care_home": "Care home without nursing", "domiciliary": "Domiciliary care", "day": "Day care",
    "assessment_care_management": "Assessment and care management", "acute": "Acute hospital",
    "1_to_9": "1 to 9 staff", "10_to_49": "10 to 49 staff", "50_and_over": "50 staff and over", "missing": "Not given",
}  # fmt: skip


def in_words(value):
    """A value of the template as people say it."""
    return NAMES.get(value) or value.replace("_", " ").capitalize()


def in_order(service, size_band):
    """Sorts kinds of workplace as the template lists them: by service, then from small to large."""
    places = [*FIELDS["service"].values, *ABSENT], ["", *SIZE_BANDS, *ABSENT]
    return tuple(
        known.index(value) if value in known else len(known)
        for known, value in zip(places, (service, size_band), strict=True)
    )
