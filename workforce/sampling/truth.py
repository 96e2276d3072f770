"""What is true of made-up files: known totals, to compare later figures with, and the faults."""

import numpy as np

from workforce.sampling import literals
from workforce.sampling.drawing import tally
from workforce.sampling.places import SECTOR_CODES, SERVICE_CODES
from workforce.sampling.posts import GROUPS, HOURS, ROLE_CODES, SEXES
from workforce.sampling.worker_answers import LEVEL_CODES
from workforce.sampling.worker_file import ETHNICITY_CODES

BANDS = tuple(literals.SIZE_BANDS)


def ages_on(day, born):
    """Completed years on a day: the difference of the years, less one before the birthday."""
    years = (day.astype("M8[Y]") - born.astype("M8[Y]")).astype(int)
    return years - (_place_in_year(day) < _place_in_year(born))


def _place_in_year(days):
    """A number that orders days by month and day."""
    month = days.astype("M8[M]")
    return (month - days.astype("M8[Y]")).astype(int) * 31 + (days - month).astype(int)


def age_band(ages):
    """Position in AGE_BANDS."""
    return np.searchsorted([25, 35, 45, 55, 65], ages, side="right")


def totals(made, responding):
    """Known totals of one return, as the worker and workplace files show them before faults are planted."""
    posts, places, answers = made.posts, made.places, made.answers
    kept = places.responding if responding else np.ones(len(places), dtype=bool)
    return {
        "workers": len(posts),
        "workplaces": int(kept.sum()),
        "training": len(made.tables["training"]),
        "people": len(np.unique(posts.person)),
        "role": tally(ROLE_CODES, posts.role),
        "role_group": {group: _many_of(posts.role, codes) for group, codes in literals.ROLE_GROUPS.items()},
        "sector": tally(SECTOR_CODES, places.sector[posts.place]),
        "service": tally(SERVICE_CODES, places.service[posts.place]),
        "ethnicity": tally(ETHNICITY_CODES, answers["ethnicity"]),
        "ethnic_group": tally(GROUPS, posts.group),
        "age_band": tally(tuple(literals.AGE_BANDS), age_band(ages_on(made.day, posts.born))),
        "gender": tally(SEXES, posts.sex),
        "contract": tally(tuple(literals.CONTRACTS), posts.contract),
        "hours": tally(HOURS, posts.hours),
        "employees": int(posts.employee.sum()),
        "size_band": tally(BANDS, places.band[kept]),
        "social_care_level_true": tally(LEVEL_CODES, answers["level"]),
        "flows": flow_totals(made.flows, kept),
        "characteristics": characteristics(made, kept),
    }


def _many_of(role, codes):
    return int(np.isin(role, [ROLE_CODES.index(code) for code in codes]).sum())


def flow_totals(flows, kept):
    """Starters, leavers and vacancies by role as truly counted, and as far as the establishments say them."""
    result = {"employees": _by_role(flows.employees[kept])}
    for name in ("starters", "leavers", "vacancies"):
        table, unknown = getattr(flows, name), flows.unknown[name]
        result[name] = _by_role(table[kept])
        result[f"{name}_reported"] = int(table[kept & ~unknown].sum())
        result[f"{name}_unknown_workplaces"] = int((kept & unknown).sum())
    return result


def _by_role(table):
    return {code: int(many) for code, many in zip(ROLE_CODES, table.sum(axis=0), strict=True)}


def characteristics(made, kept):
    """What is wrong with the files without being wrong in any one cell, or is right and yet often mistaken."""
    answers, posts, places = made.answers, made.posts, made.places
    stale = places.stale & kept
    return {
        "qualification_missing": made.tables["worker"]["SCQUAL"].null_count,
        "care_certificate_swapped": int(answers["certificate_swapped"].sum()),
        "care_certificate_swapped_workplaces": _names(places.swapped & kept),
        "care_certificate_true": tally("123", answers["certificate_truly"]),
        "not_known_999": {
            name: int(answers[f"{answer}_unknown"].sum())
            for name, answer in (
                ("STARTINSECT", "began"),
                ("DAYSSICK", "sick"),
                ("SALARYINT", "pay"),
                ("hours", "hours"),
            )
        },
        "posts_of_people_with_two": int(len(posts) - len(np.unique(posts.person))),
        "stale_workplaces": _names(stale),
        "stale_workers": int(places.stale[posts.place].sum()),
    }


def _names(mask):
    return [f"W{position + 1:05}" for position in np.flatnonzero(mask)]


def frame(made):
    """Every establishment there is, whether it responded or not: columns of equal length."""
    places = made.places
    return {
        "LOCALESTID": _names(np.ones(len(places), dtype=bool)),
        "workers": made.flows.staff.sum(axis=1).tolist(),
        "size_band": [BANDS[band] for band in places.band],
        "sector": [SECTOR_CODES[sector] for sector in places.sector],
        "service": [SERVICE_CODES[service] for service in places.service],
        "responding": places.responding.tolist(),
    }
