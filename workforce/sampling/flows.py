"""Who is there on a day, and how many started, left and are wanted: cut from the history of posts."""

from dataclasses import dataclass

import numpy as np

from workforce.sampling.cells import add_months
from workforce.sampling.drawing import stream
from workforce.sampling.places import pick_answers
from workforce.sampling.posts import MANAGER, ROLE_CODES, known_at

ROLES = len(ROLE_CODES)
VACANCY_RATE = 0.075  # of employees and vacancies together
SAID_UNKNOWN = 0.03  # establishments that answer 999 for starters, leavers or vacancies


@dataclass(frozen=True)
class Flows:
    """Tables of establishments x roles; `unknown`: which establishments said that they do not know."""

    present: np.ndarray  # which posts are filled, one element a post
    staff: np.ndarray  # posts filled, of any contract
    employees: np.ndarray
    starters: np.ndarray
    leavers: np.ndarray
    vacancies: np.ndarray
    unknown: dict


def cut(seed, places, posts, day, last):
    """The state of `day`. Starters and leavers: directly employed, in the twelve months up to what the records show.

    No establishment reports more starters than it has staff, nor as many leavers as staff: the service doubts both.
    """
    shown = known_at(places, day, last)
    a_year_before = add_months(shown, -12)[posts.place]
    until = shown[posts.place]
    present = (posts.start <= until) & ~(posts.end <= until)
    staff = count(places, posts, present)
    size = staff.sum(axis=1)
    started = posts.employee & (posts.start > a_year_before) & (posts.start <= until)
    left = posts.employee & (posts.end > a_year_before) & (posts.end <= until)
    return Flows(
        present=present,
        staff=staff,
        employees=count(places, posts, present & posts.employee),
        starters=count(places, posts, _at_most(started, posts.place, size)),
        leavers=count(places, posts, _at_most(left, posts.place, size - 1)),
        vacancies=_draw_vacancies(seed, places, staff, day),
        unknown=_unknown(seed, places),
    )


def count(places, posts, rows):
    """How many of `rows` there are in each establishment and role."""
    keys = posts.place[rows] * ROLES + posts.role[rows]
    return np.bincount(keys, minlength=len(places) * ROLES).reshape(len(places), ROLES)


def _at_most(rows, place, limit):
    """The first `limit` of the chosen rows of each establishment (posts are sorted by establishment)."""
    chosen = np.flatnonzero(rows)
    where = place[chosen]
    rank = np.arange(len(chosen)) - np.searchsorted(where, where, side="left")
    kept = np.zeros(len(rows), dtype=bool)
    kept[chosen[rank < limit[where]]] = True
    return kept


def _draw_vacancies(seed, places, staff, day):
    """Fewer than there are staff; one for the registered manager where there is none. Untouched records keep theirs."""
    expected = staff * VACANCY_RATE / (1 - VACANCY_RATE)
    fresh, lasting = (stream(seed, "vacancies", *when).random(staff.shape) for when in ((day,), ()))
    vacancies = np.floor(expected + np.where(places.stale[:, None], lasting, fresh)).astype(int)
    vacancies[:, MANAGER] = places.no_manager
    too_many = vacancies.sum(axis=1) >= staff.sum(axis=1)
    return np.where(too_many[:, None] & (np.arange(ROLES) != MANAGER), 0, vacancies)


def _unknown(seed, places):
    names = ("starters", "leavers", "vacancies")
    said = {name: pick_answers(seed, name, [1 - SAID_UNKNOWN, SAID_UNKNOWN], len(places)) == 1 for name in names}
    return said | {"vacancies": said["vacancies"] & ~places.no_manager}
