"""Posts that contradict themselves, whatever source they come from. The sender's own rules are told at the reading."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from workforce.template import MISSING, NOT_APPLICABLE

YOUNGEST = 14
DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Check:
    """A check along one post: `fails` gets its columns and the day of the return, and returns a mask."""

    name: str
    says: str
    needs: tuple[str, ...]
    fails: Callable
    do: str


def _started_later(posts, as_at):
    return posts.start_role > np.datetime64(as_at.replace(day=1))


def _started_as_child(posts, as_at):
    """Surely under 14 at the start: ages are whole years and starts are months, so a year and a month are allowed."""
    years = (np.datetime64(as_at) - posts.start_role).dt.days / DAYS_A_YEAR
    return posts.age + 1 + 1 / 12 - years < YOUNGEST


def _zero_with_hours(posts, as_at):
    return (posts.zero_hours == "yes") & (posts.hours_contracted > 0)


def _employed_without_hours(posts, as_at):
    return (posts.is_employee == "yes") & (posts.zero_hours == "no") & (posts.hours_contracted == 0)


def _unregistered_nurse(posts, as_at):
    return (posts.role == "registered_nurse") & ~posts.registration.isin(["nmc", MISSING, "unknown", "refused"])


def _amhp_elsewhere(posts, as_at):
    qualified = ["social_worker", "occupational_therapist", "registered_nurse", "scientific_professional", MISSING]
    return (posts.amhp == "yes") & ~posts.role.isin([*qualified, NOT_APPLICABLE, "unknown"])


CHECKS = (
    Check(
        "started_later", "Started in the role after the day the files describe", ("start_role",), _started_later,
        "Correct the date on which they started.",
    ),
    Check(
        "started_as_child", "Was under 14 on starting in the role", ("start_role", "age"), _started_as_child,
        "Correct the date of birth or the date on which they started.",
    ),
    Check(
        "zero_with_hours", "Has a zero hours contract, and contracted hours", ("zero_hours", "hours_contracted"),
        _zero_with_hours, "Correct the kind of contract or the contracted hours.",
    ),
    Check(
        "employed_without_hours", "Is employed with guaranteed hours, of which there are none",
        ("is_employee", "zero_hours", "hours_contracted"), _employed_without_hours,
        "Give the contracted hours, or say that it is a zero hours contract.",
    ),
    Check(
        "unregistered_nurse", "Is a registered nurse on no nursing register", ("role", "registration"),
        _unregistered_nurse, "Correct the job role or the registration.",
    ),
    Check(
        "amhp_elsewhere", "Is an approved mental health professional in a role that none can have", ("role", "amhp"),
        _amhp_elsewhere, "Correct the job role, or say that the person is not approved.",
    ),
)  # fmt: skip
CHECKS_BY_NAME = {check.name: check for check in CHECKS}
