"""Posts: how many, in which roles, on what terms."""

from workforce.profile.declaring import PARTNER, Kind, Measure

from .forms import COMMON_LIST, FILLED, NHS, PLACES, SKILLS_FOR_CARE, posts_by, share

_TERMS = "terms"

_CONTRACT = posts_by(
    "contract", "Kind of contract", "Posts by whether they are permanent, temporary, bank, agency or other.", _TERMS
)
_HOURS = posts_by(
    "hours_pattern", "Full and part time",
    "Posts by contracted hours: 35 hours a week or more is full time, whoever employs.", _TERMS,
)  # fmt: skip
_ZERO_HOURS = posts_by(
    "zero_hours", "Zero hours contracts", "Posts by whether the contract guarantees any hours. Bank and agency work, "
    "to which the question does not apply in some systems, is left out there.", _TERMS, source=SKILLS_FOR_CARE,
)  # fmt: skip
_APPRENTICE = posts_by("apprentice", "Apprentices", "Posts by whether they are apprenticeships.", _TERMS)

MEASURES = (
    Measure(
        "posts", "Filled posts", "A filled post is one person in one role with one employer. Somebody with two jobs "
        "fills two posts.", "posts", Kind.POSTS, "posts", FILLED, source=SKILLS_FOR_CARE,
    ),
    Measure(
        "people", "People", "People are told apart within one partner only: who works for two partners counts with "
        "both, so people of several partners do not quite add up.", "posts", Kind.SUM, "people", FILLED,
        missing="A post of which nobody knows who fills it counts as one person", source=COMMON_LIST,
        field="person_key", rows=(PARTNER,),
    ),
    Measure(
        "wte", "Whole-time equivalents", "Hours a week divided by 37, at most 1 for each post: contracted hours, or "
        "average hours where the contract guarantees none. NHS figures are brought from 37.5 hours to 37.", "posts",
        Kind.SUM, "WTE", FILLED, missing="Posts whose hours are not known add nothing", source=f"{NHS}, local "
        "authority staffing statistics", field="fte37",
    ),
    posts_by(
        "role", "Job roles", "Posts by job role, on the list of 21 roles that all sources have in common.", "posts",
        rows=PLACES,
    ),
    _CONTRACT,
    share("share_permanent", "Permanent posts", "The share of posts with a permanent contract.", _CONTRACT,
          "permanent", "Permanent posts", "Posts whose kind of contract is known"),
    _HOURS,
    share("share_part_time", "Part-time posts", "The share of posts with fixed hours of fewer than 35 a week.",
          _HOURS, "part", "Part-time posts", "Posts whose hours are known, those without fixed hours among them"),
    _ZERO_HOURS,
    share("share_zero_hours", "Posts on zero hours contracts", "The share of posts that are guaranteed no hours.",
          _ZERO_HOURS, "yes", "Posts on zero hours contracts", "Posts of which it is known whether they are"),
    _APPRENTICE,
    share("share_apprentice", "Apprenticeships", "The share of posts that are apprenticeships.", _APPRENTICE, "yes",
          "Apprenticeships", "Posts of which it is known whether they are"),
)  # fmt: skip
