"""Everyone who works, or has worked, at the establishments: a history from which the file of any date is cut.

A post is a position in arrays that all have the same length, sorted by establishment. Those of the last date come to
exactly the number asked for; before them there were others, who left. Starters and leavers are counted from the same
dates of start and end that the worker files show, so the files cannot contradict each other.
"""

from dataclasses import dataclass

import numpy as np

from workforce.sampling import literals
from workforce.sampling.cells import add_months, years_before
from workforce.sampling.drawing import allocate, calibrate, compact, pick_by_row, rake, stream
from workforce.sampling.places import STALE_MONTHS

ROLE_CODES = tuple(literals.ROLES)
MANAGER = ROLE_CODES.index("4")
TURNOVER = 0.29  # leavers in a year over employees
NEW_IN_A_YEAR = 0.25  # of today's staff
SCARCE = 1e-6  # posts in a kind of service that a small set has none of
TWO_JOBS = 0.02  # of part-time posts: held by somebody who has another
AGES, SEXES, GROUPS, HOURS = (
    tuple(table) for table in (literals.AGE_BANDS, literals.SEXES, literals.ETHNIC_GROUPS, literals.HOURS)
)
# How much likelier than by chance: in place of a survey's table, which raking then fits to the published margins.
PART_TIME_WOMEN, YOUNG_WITHOUT_HOURS, YOUNGER_MINORITIES = 2.0, 1.8, 1.4


@dataclass(frozen=True)
class Posts:
    place: np.ndarray  # position of the establishment
    role: np.ndarray  # in ROLE_CODES
    group: np.ndarray  # ethnic group, in GROUPS
    sex: np.ndarray
    hours: np.ndarray  # in HOURS
    contract: np.ndarray  # in literals.CONTRACTS
    born: np.ndarray  # days
    start: np.ndarray
    end: np.ndarray  # NaT: still there at the last date
    person: np.ndarray  # position of the post whose person this is; the same twice for somebody with two jobs
    number: np.ndarray  # for references; the same in every file of a series

    def __len__(self):
        return len(self.place)

    @property
    def employee(self):
        return self.contract < 2

    def take(self, rows):
        return Posts(**{name: column[rows] for name, column in vars(self).items()})


def known_at(places, day, last):
    """The day that each establishment's records show on `day`: long ago where nobody has touched them."""
    frozen = np.minimum(day, add_months(np.array([last]), -STALE_MONTHS)[0])
    return np.where(places.stale, frozen, day)


def draw_posts(seed, places, first, last):
    """The history of all posts, for files from `first` to `last` (days)."""
    rng = stream(seed, "posts")
    stock, tenure = _draw_stock(rng, places, first, last)
    gone = _draw_leavers(rng, places, stock, tenure, first, last)
    both = {name: np.concatenate([stock[name], gone[name]]) for name in stock}
    order = np.lexsort((both["start"], both["place"]))
    both = {name: column[order] for name, column in both.items()}
    del both["age"]
    both = compact(both)
    return _with_second_jobs(rng, Posts(**both, person=np.arange(len(order)), number=np.arange(1, len(order) + 1)))


def joint_shares():
    """Age x sex x ethnic group x hours, raked to the published shares."""
    start = np.ones((len(AGES), len(SEXES), len(GROUPS), len(HOURS)))
    start[:, SEXES.index("2"), :, HOURS.index("part time")] *= PART_TIME_WOMEN
    start[0, :, :, HOURS.index("no fixed hours")] *= YOUNG_WITHOUT_HOURS
    start[:3, :, 1:, :] *= YOUNGER_MINORITIES
    tables = (
        [row[0] for row in literals.AGE_BANDS.values()],
        *(list(table.values()) for table in (literals.SEXES, literals.ETHNIC_GROUPS, literals.HOURS)),
    )
    return rake(start, [np.array(shares) / sum(shares) for shares in tables])


def _draw_stock(rng, places, first, last):
    place = np.repeat(np.arange(len(places)), places.size)
    rank = np.arange(len(place)) - np.repeat(np.cumsum(places.size) - places.size, places.size)
    role = _draw_roles(rng, places, place, rank)
    band, sex, group, hours = _deal_people(rng, places, place, role)
    age = _age_within(rng, band)
    tenure = _draw_tenure(rng, age, NEW_IN_A_YEAR, 5.5)
    shown = known_at(places, last, last)[place]
    back = (last - shown).astype(int) / 365.25
    earliest = np.minimum(first, shown)
    settled = rank < 2  # two of each establishment were there all along, so that it never stands empty
    tenure = np.minimum(tenure, age - 15.9 - back)
    least = np.where(settled, (shown - earliest).astype(int) / 365.25, 0)
    tenure = np.maximum(tenure, least)
    contract = pick_by_row(rng, list(literals.CONTRACTS_OF_HOURS.values()), hours)
    contract = np.where(role == MANAGER, 0, contract)
    stock = {
        "place": place, "role": role, "group": group, "sex": sex, "hours": hours, "contract": contract, "age": age,
        "born": years_before(last, age), "start": years_before(shown, tenure),
        "end": np.full(len(place), "NaT", "M8[D]"),
    }  # fmt: skip
    return stock, tenure


def _draw_roles(rng, places, place, rank):
    managed = (rank == 0) & (places.regulated & ~places.no_manager)[place]
    others = np.bincount(places.kind[place[~managed]], minlength=len(literals.KINDS_OF_SERVICE))
    role = pick_by_row(rng, role_shares(others, int(managed.sum())), places.kind[place])
    return np.where(managed, MANAGER, role)


def role_shares(others, managers):
    """Shares of roles in each kind of service, so that over all of them the groups have the shares of GROUP_SHARES.

    `others`: posts in each kind that are no registered manager's; `managers`: those that are, which count as managers.
    The table of weights is raked to both: kinds of service x groups of roles.
    """
    weights = np.array(list(literals.ROLES.values()), dtype=float).T
    weights *= ((others + SCARCE) / weights.sum(axis=1))[:, None]
    group = np.array([[code in codes for codes in literals.ROLE_GROUPS.values()] for code in ROLE_CODES])
    wanted = np.array(list(literals.GROUP_SHARES.values())) * (others.sum() + managers)
    wanted[tuple(literals.ROLE_GROUPS).index("managers")] -= managers
    wanted = np.maximum(wanted, 0.005 * wanted.sum())
    start = weights @ group
    fitted = rake(start, [start.sum(axis=1) / start.sum(), wanted / wanted.sum()])
    factor = np.divide(fitted, start, out=np.zeros_like(start), where=start > 0)
    return weights * factor[:, group.argmax(axis=1)]


def _deal_people(rng, places, place, role):
    """Age band, sex, group and hours of each post: exactly the raked shares, hours leaning as roles and services do."""
    shares = joint_shares()
    cells = np.repeat(np.arange(shares.size), allocate(shares.ravel(), len(role)))
    cells = rng.permutation(cells)
    cells = cells[np.argsort(np.unravel_index(cells, shares.shape)[3], kind="stable")]
    lean = np.isin(role, [ROLE_CODES.index(code) for code in literals.ROLE_GROUPS["managers"]]) * -1.5
    lean = lean + (literals.KINDS_OF_SERVICE.index("domiciliary") == places.kind[place]) * 0.6
    order = np.argsort(lean + rng.normal(size=len(role)), kind="stable")
    dealt = np.empty(len(role), dtype=np.int64)
    dealt[order] = cells
    return np.unravel_index(dealt, shares.shape)


def _age_within(rng, band):
    low, high = (np.array([row[position] for row in literals.AGE_BANDS.values()])[band] for position in (1, 2))
    return low + 0.01 + rng.random(len(band)) * (high - low - 0.02)


def _draw_tenure(rng, age, under_a_year, mean):
    """Years in the post: a share below one, the rest exponential; never before the 16th birthday."""
    new = rng.random(len(age)) < under_a_year
    years = np.where(new, rng.random(len(age)), 1 + rng.exponential(mean, len(age)))
    return np.where(years > age - 16, rng.random(len(age)) * (age - 16), years)


def leaving_hazard(role, hours, age, tenure, employee):
    """Chance of leaving within a year, logistic in tenure, age, role and hours; its mean over employees is TURNOVER.

    Without fixed hours: 5.8 percentage points more at the mean, which is 0.28 on the logistic scale.
    """
    by_role = {"8": 0.25, "52": 0.1, "7": -0.2, "4": -0.6, "1": -0.5, "2": -0.5, "43": -0.4}
    score = np.array([by_role.get(code, -0.1) for code in ROLE_CODES])[role]
    score = score + 1.0 * (tenure < 1) + 0.5 * ((age < 20) | (age >= 60)) + 0.28 * (hours == 2)
    return 1 / (1 + np.exp(-(calibrate(score[employee], TURNOVER) + score)))


def _draw_leavers(rng, places, stock, tenure, first, last):
    """Those who were in posts like today's and have left since a year before the first file."""
    hazard = leaving_hazard(stock["role"], stock["hours"], stock["age"], tenure, stock["contract"] < 2)
    years = 1 + (last - first).astype(int) / 365.25
    like = np.repeat(np.arange(len(hazard)), rng.poisson(hazard * years))
    gone = {name: column[like] for name, column in stock.items()}
    band = np.searchsorted([row[1] for row in literals.AGE_BANDS.values()], gone["age"], side="right") - 1
    age = np.maximum(_age_within(rng, band), 17)
    shown = known_at(places, last, last)[gone["place"]]
    end = years_before(shown, rng.random(len(like)) * years)
    stayed = _draw_tenure(rng, age, 0.38, 4.0)
    start = np.minimum(years_before(end, stayed), end - np.timedelta64(1, "D"))
    return gone | {"age": age, "end": end, "start": start, "born": years_before(end, age)}


def _with_second_jobs(rng, posts):
    """Some part-time posts are held by one person: by the older of two, so that nobody starts before they may."""
    able = np.flatnonzero((posts.hours == 1) & np.isnat(posts.end))
    chosen = rng.permutation(able)[: int(len(able) * TWO_JOBS) // 2 * 2].reshape(-1, 2)
    older = np.where(posts.born[chosen[:, 0]] <= posts.born[chosen[:, 1]], chosen[:, 0], chosen[:, 1])
    person = posts.person.copy()
    person[chosen] = older[:, None]
    columns = vars(posts) | {name: vars(posts)[name][person] for name in ("born", "sex", "group")}
    return Posts(**columns | {"person": person})
