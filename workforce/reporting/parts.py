"""The sixteen parts of a profile report, in their usual order: what each answers, and the measures shown in it.

A partnership may put them in another order, leave some out and add words of its own; their keys never change.
"""

from dataclasses import dataclass

ESTIMATE = "estimate"  # the columns of a table with a share of the whole sector, as sent in, weighted and at its bounds


@dataclass(frozen=True)
class Outline:
    """One part as it is planned. A measure that ends in `_` stands for all that begin so."""

    key: str
    title: str
    answers: str  # the question, as a reader would ask it
    measures: tuple[str, ...] = ()  # in the order shown


OUTLINES = (
    Outline(
        "scope",
        "What this report covers",
        "Who is counted, on which day, and who is not?",
    ),
    Outline(
        "posts",
        "Posts and people",
        "How many posts are there, in which organisations, services and job roles?",
        ("posts", "people", "wte", "role"),
    ),
    Outline(
        "employers",
        "Employers and their size",
        "How many workplaces are there, and how large are they?",
        ("workplaces", "employees"),
    ),
    Outline(
        "terms",
        "Terms of employment",
        "How are people employed: permanent or not, full time or part time, with guaranteed hours or without?",
        (
            "contract",
            "share_permanent",
            "hours_pattern",
            "share_part_time",
            "zero_hours",
            "share_zero_hours",
            "apprentice",
            "share_apprentice",
        ),
    ),
    Outline(
        "flows",
        "Starters, leavers and vacancies",
        "How many people come and go, where from and where to, and how many posts are empty?",
        (
            "vacancy_rate",
            "vacancies",
            "turnover_rate",
            "leavers",
            "starters_rate",
            "starters",
            "stability",
            "native_turnover",
            "recruit_source",
            "share_recruited_within",
            "leave_reason",
            "leave_destination",
            "experience_role",
            "experience_sector",
            "employees_of_",
        ),
    ),
    Outline(
        "people",
        "Who works here",
        "How old are the people in these posts? What is known of their sex, ethnic group, nationality and disability?",
        (
            "age_band",
            "share_over_50",
            "share_over_55",
            "sex",
            "share_women",
            "ethnicity",
            "share_non_white",
            "nationality",
            "share_non_british",
            "disability",
            "share_disabled",
        ),
    ),
    Outline("pay", "Pay", "What are people paid an hour, and how far apart is it?", ("hourly_pay",)),
    Outline(
        "skills",
        "Qualifications and training",
        "Who holds which qualification, and whose training is up to date?",
        ("qual_level", "share_level_2", "care_certificate", "share_care_certificate", "share_trained_", "training_"),
    ),
    Outline(
        "registration",
        "Registered professionals",
        "How many people are on a professional register?",
        ("registration", "amhp"),
    ),
    Outline("sickness", "Sickness", "How much working time is lost to sickness?", ("sickness_rate", "sick_days")),
    Outline(
        "direct_payments",
        "People who employ their own staff",
        "How many people employ personal assistants, and how many assistants are there?",
    ),
    Outline("carers", "Unpaid carers and volunteers", "Who else gives care, unpaid?"),
    Outline("gap", "Demand, supply and the gap", "Will there be enough people for what will be needed?"),
    Outline("trend", "Changes since the last report", "What has changed, and is the change real?"),
    Outline("quality", "How good the returns are", "How far can these figures be trusted?"),
    Outline("disclosure", "What is hidden and why", "Why are some figures missing?"),
)
BY_KEY = {outline.key: outline for outline in OUTLINES}
_PLACES = [(measure, outline.key) for outline in OUTLINES for measure in outline.measures]


def is_estimate(measure: str, columns: str = "") -> bool:
    """Whether a table is about the whole sector, beyond the returns that were sent in."""
    return columns == ESTIMATE or measure.startswith(f"{ESTIMATE}_")


def place_of(measure: str, columns: str = "") -> tuple[str, int]:
    """The key of the part that a table stands in, and where in it. What no part names stands with the quality."""
    found = None if is_estimate(measure, columns) else _named(measure) or _begun(measure)
    return found or ("quality", len(_PLACES))


def _named(measure):
    return next(((key, place) for place, (name, key) in enumerate(_PLACES) if name == measure), None)


def _begun(measure):
    begun = ((key, place) for place, (name, key) in enumerate(_PLACES) if name[-1] == "_" and measure.startswith(name))
    return next(begun, None)
