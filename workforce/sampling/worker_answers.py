"""What the workers' records say beside who they are: drawn once, so that it stays the same in every file of a series.

Every function returns arrays with one element a post. Nothing here is text yet; `worker_file` writes it.
"""

import numpy as np

from workforce.sampling import literals
from workforce.sampling.cells import year_of
from workforce.sampling.drawing import compact, pick, pick_by_row, stream
from workforce.sampling.places import SERVICE_CODES
from workforce.sampling.posts import HOURS, ROLE_CODES

UNKNOWN_SHARE = 0.03  # of answers that may be 999, not known
MISSING_QUALIFICATION = 0.12
FULL_WEEK = 37
APART = 3_000_017  # so that people of different seeds do not share National Insurance numbers
ANNUAL_ROLES = {"4": 0.95, "1": 0.95, "2": 0.9, "3": 0.8, "6": 0.95, "15": 0.9, "16": 0.5, "43": 0.8, "25": 0.5}
PAY = {"1": 62000, "2": 46000, "3": 36000, "4": 43000, "6": 41000, "15": 40000, "16": 40500, "43": 34000, "25": 26500}
PAY_ELSEWHERE = 28000
LOWEST_HOURLY = 1271  # pence: the National Living Wage of April 2026; pay does not move in a series
LEVEL_CODES = tuple(literals.LEVELS)


def draw_answers(seed, places, posts, first):
    """All answers, by name. `first`: the day of the earliest file, which no qualification is younger than."""
    answers = {"insured": posts.person + seed * APART}
    for draw in (_draw_origins, _draw_work, _draw_pay, _draw_qualifications, _draw_care_certificates):
        answers |= compact(draw(stream(seed, draw.__name__), places, posts, answers, first))
    return answers


def _draw_origins(rng, places, posts, answers, first):
    many = len(posts)
    shares = np.array(list(literals.NATIONALITIES.values())).T
    person = posts.person
    nationality = pick_by_row(rng, shares, (posts.group > 0).astype(int))[person]
    born_here = (nationality == 0) & (rng.random(many) < 0.96)[person]
    unknown = nationality == len(literals.NATIONALITIES) - 1
    citizen = np.where(rng.random(many) < 0.3, 0, np.where(rng.random(many) < 0.95, 1, 2))[person]  # yes, no, not known
    arrived = posts.start - (rng.random(many) * 4000).astype("timedelta64[D]")
    visa = (nationality > 0) & ~unknown & (citizen > 0) | unknown & (citizen == 1)
    return {
        "ethnicity": _within_group(rng, posts.group, many)[person],
        "nationality": nationality,
        "citizen": citizen,
        "born_here": born_here,
        "country": np.where(nationality == 0, pick(rng, [0, 1, 1, 0, 2, 2], many), nationality),
        "arrived": np.maximum(year_of(arrived), year_of(posts.born)),
        "may_have_visa": visa,
        "visa": pick(rng, [0.3, 0.62, 0.08], many),
        "from_abroad": pick(rng, [0.6, 0.36, 0.04], many),
        "disabled": pick(rng, [0.90, 0.03, 0.03, 0.04], many)[person],
        "outward": rng.integers(0, len(literals.OUTWARD), many)[person],
        "inward": rng.integers(0, 9 * 400, many)[person],
    }


def _within_group(rng, group, many):
    """Position in the list of all national codes, in the shares of the group."""
    widest = max(len(codes) for codes in literals.ETHNICITIES.values())
    table = [[*codes.values(), *[0] * (widest - len(codes))] for codes in literals.ETHNICITIES.values()]
    before = np.cumsum([0, *(len(codes) for codes in literals.ETHNICITIES.values())])[:-1]
    return before[group] + pick_by_row(rng, table, group)


def _draw_work(rng, places, posts, answers, first):
    many = len(posts)
    source = pick(rng, list(literals.RECRUITED_FROM.values()), many)
    inside = np.isin(source, [0, 1, 2])
    earlier = np.floor(rng.exponential(4.0, many)).astype(int) + 1
    began = year_of(posts.start) - np.where(inside, earlier, 0)
    full = np.array([70, 74, 75, 78, 80])[pick(rng, [2, 4, 3, 1, 1], many)]
    part = rng.integers(16, 70, many)
    return {
        "source": source,
        "began": np.minimum(np.maximum(began, year_of(posts.born) + 16), year_of(posts.start)),
        "began_unknown": rng.random(many) < UNKNOWN_SHARE,
        "apprentice": pick(rng, [0.03, 0.97 - UNKNOWN_SHARE, UNKNOWN_SHARE], many),
        "doubled_hours": np.where(posts.hours == HOURS.index("full time"), full, part),
        "hours_unknown": rng.random(many) < UNKNOWN_SHARE,
        "sick": np.where(rng.random(many) < 0.45, 0, np.minimum(np.round(rng.exponential(17.5, many)), 730)).astype(
            int
        ),
        "sick_unknown": rng.random(many) < UNKNOWN_SHARE,
        "healthcare": pick(rng, [0.2, 0.72, 0.08], many),
        "nurse": pick(rng, [0.75, 0.12, 0.09, 0.02, 0.02], many),
        "mental_health": pick(rng, [0.2, 0.76, 0.04], many),
    }


def _draw_pay(rng, places, posts, answers, first):
    """Annual pay of part-timers ends in 7, so that it never equals that of a full-time colleague.

    (The national service takes the same salary for fewer hours as a mistake.)
    """
    many = len(posts)
    annual = rng.random(many) < np.array([ANNUAL_ROLES.get(code, 0.05) for code in ROLE_CODES])[posts.role]
    whole = np.array([PAY.get(code, PAY_ELSEWHERE) for code in ROLE_CODES])[posts.role] * np.exp(
        rng.normal(0, 0.1, many)
    )
    hours = answers["doubled_hours"] / 2
    share = np.minimum(1, hours / FULL_WEEK)
    long = (hours > 36.5) | answers["hours_unknown"]
    salary = np.where(long, np.round(whole / 50) * 50, np.round(whole * share / 10) * 10 + 7)
    level = whole / (52.143 * FULL_WEEK) * 0.86 * 100
    hourly = np.maximum(LOWEST_HOURLY + rng.integers(0, 40, many), np.round(level)).astype(int)
    return {
        "annual": annual & (posts.hours != HOURS.index("no fixed hours")) & posts.employee,
        "pay_unknown": rng.random(many) < UNKNOWN_SHARE,
        "salary": np.clip(salary, 2007, 199950).astype(int),
        "hourly": np.minimum(hourly, 9900),
    }


def _draw_qualifications(rng, places, posts, answers, first):
    many = len(posts)
    level = pick(rng, list(literals.LEVELS.values()), many)
    must = np.isin(posts.role, [ROLE_CODES.index(code) for code in ("6", "15", "16")])
    level = np.where(must, LEVEL_CODES.index("6"), level)
    age16 = year_of(posts.born) + 17
    latest = year_of(np.array([first]))[0]
    room = np.maximum(latest - age16, 0)
    return {
        "level": level,
        "level_missing": rng.random(many) < MISSING_QUALIFICATION,
        "level_must": must,
        "level_unknown": (rng.random(many) < UNKNOWN_SHARE) & ~must,
        "year": latest - np.minimum(np.floor(rng.random(many) * 20), room).astype(int),
        "which": rng.integers(0, 6, many),
        "recorded": (rng.random(many) < 0.8) & (age16 <= latest),
        "second": rng.random(many) < 0.12,
        "noted": rng.random(many) < 0.02,
        "other": pick(rng, [0.30, 0.12, 0.50, 0.08], many),  # with level, without, no, not known
        "other_level": rng.integers(0, 9, many),
    }


def _draw_care_certificates(rng, places, posts, answers, first):
    """Care Certificate 1 yes, 2 no, 3 in progress; level 2 certificate 1 yes, 2 started, 3 no."""
    many = len(posts)
    caring = np.isin(posts.role, [ROLE_CODES.index(code) for code in literals.ROLE_GROUPS["direct care"]])
    truly = np.where(caring, pick(rng, [0.48, 0.34, 0.18], many), pick(rng, [0.1, 0.88, 0.02], many))
    swapped = places.swapped[posts.place] & (truly > 0)
    return {
        "certificate_truly": truly,
        "certificate": np.where(swapped, 3 - truly, truly),
        "certificate_swapped": swapped,
        "certificate2": np.where(caring, pick(rng, [0.06, 0.06, 0.88], many), 2),
        "certificate2_year": 2024 + rng.integers(0, 3, many),
    }


def can_do_healthcare(places, posts):
    """Delegated healthcare may be asked of these roles in these services."""
    roles = ~np.isin(ROLE_CODES, literals.ROLES_WITHOUT_DELEGATED_HEALTHCARE)
    services = np.array([literals.SERVICES[code][5] for code in SERVICE_CODES], dtype=bool)
    return roles[posts.role] & services[places.service][posts.place]
