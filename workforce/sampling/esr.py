"""Made-up extracts of the Electronic Staff Record: staff in post, starters, leavers and absence of one trust.

One row is one assignment. The whole-time equivalent is on 37.5 hours and written with five decimals, as the system has
it; bank assignments have neither hours nor a share of a post. Dates are DD/MM/YYYY.
"""

import numpy as np
import pyarrow as pa

from workforce.sampling import esr_literals as literals
from workforce.sampling.cells import choose, constant, dates, glue, halves, numbers, words
from workforce.sampling.drawing import pick, stream, tally
from workforce.sampling.kinds import ESR
from workforce.sampling.literals import OUTWARD
from workforce.sampling.series import Extract, write_series
from workforce.sampling.staff import draw_staff, on_day
from workforce.sampling.worker_file import INWARD

ORGANISATION = "Marlbrook Community and Hospitals NHS Trust"
FULL_WEEK = 75  # doubled
SHORT_FORMS, SECOND_CHARACTERS = 0.02, 0.03  # of rows
MEAN_ABSENCES = 1.4  # a person and year
GROUPS = tuple(literals.STAFF_GROUPS)
ROLES = tuple((group, *role) for group, row in literals.STAFF_GROUPS.items() for role in row[2])


def write_esr(recipe, folder):
    return write_series("esr", recipe, folder, draw_history, make_extract, ESR)


def draw_history(recipe):
    """The trust's assignments over all dates, and what their rows say: (staff, answers)."""
    first, last = recipe.days[0], recipe.days[-1]
    staff = draw_staff(recipe.seed, "esr", literals.SHARES, recipe.rows, first, last)
    many, rng = len(staff), stream(recipe.seed, "esr answers")
    shares = [share / len(roles) for share, _, roles in literals.STAFF_GROUPS.values() for _ in roles]
    return staff, {
        "role": pick(rng, shares, many),
        "doubled_hours": np.where(
            staff.hours == 0, FULL_WEEK, np.where(staff.hours == 1, rng.integers(15, 74, many), 0)
        ),
        "category": pick(rng, list(literals.CATEGORIES.values()), many),
        "short_form": rng.random(many) < SHORT_FORMS,
        "second_character": rng.random(many) < SECOND_CHARACTERS,
        "rest": rng.integers(0, 2**31, many),
    }


def make_extract(recipe, history, day):
    staff, answers = history
    rows = on_day(staff, day)
    parts = [(staff.take(mask), {name: column[mask] for name, column in answers.items()}) for mask in rows]
    there, started, left = parts
    absence, days_lost = _absence(recipe, *there, day)
    tables = {
        "staff_in_post": _staff_in_post(*there, day),
        "starters": _starters(*started),
        "leavers": _leavers(*left),
        "absence": absence,
    }
    return Extract(day, tables, _counts(there, parts, days_lost))


def _assignment(staff, answers):
    """Employee number, assignment number (which counts on for a second post) and what the post is."""
    employee = numbers(staff.number)
    index, many = answers["role"], len(staff)
    group = np.array([GROUPS.index(role[0]) for role in ROLES])[index]
    names, shorts = GROUPS, [row[1] for row in literals.STAFF_GROUPS.values()]
    return {
        "Organisation": constant(ORGANISATION, many),
        "Employee Number": employee,
        "Assignment Number": choose((staff.second, glue(employee, constant("-2", many))), (~staff.second, employee)),
        "Staff Group": choose(
            (answers["short_form"], words(shorts, group)), (~answers["short_form"], words(names, group))
        ),
        "Job Role": words([role[1] for role in ROLES], index),
    }


def _hours(staff, answers):
    doubled, bank = answers["doubled_hours"], staff.hours == 2
    share = words([f"{n / FULL_WEEK:.5f}" for n in range(FULL_WEEK + 1)], doubled)
    category = words((*literals.CATEGORIES, "Bank"), np.where(bank, len(literals.CATEGORIES), answers["category"]))
    return {"Assignment Category": category, "FTE": share, "Contracted Hours": halves(doubled)}


def _personal(staff, answers):
    letters = [name[0] for name in literals.SHARES.ethnicities]
    second = [literals.SECOND_CHARACTERS.get(letter, letter) for letter in letters]
    coded = answers["second_character"]
    return {
        "Date of Birth": dates(staff.born),
        "Gender": words(tuple(literals.SHARES.sexes), staff.sex),
        "Ethnic Origin": choose(
            (coded, words(second, staff.ethnicity)),
            (~coded, words(tuple(literals.SHARES.ethnicities), staff.ethnicity)),
        ),
    }


def _staff_in_post(staff, answers, day):
    many, index, rest = len(staff), answers["role"], answers["rest"]
    bank = staff.hours == 2
    bodies = [role[5] for role in ROLES]
    registered = np.array([bool(body) for body in bodies])[index]
    bands = ["Medical and Dental" if role[4] == 0 else f"Band {role[4]}" for role in ROLES]
    columns = _assignment(staff, answers) | {
        "Org L2": constant("Marlbrook", many),
        "Org L3": words(("Community Division", "Hospital Division"), rest % 2),
        "Org L4": words([role[2] for role in ROLES], index),
        "Position Title": words([f"{role[1]} - {role[2]}" for role in ROLES], index),
        "Area of Work": words([role[2] for role in ROLES], index),
        "Occupation Code": words([role[3] for role in ROLES], index),
        "Assignment Status": words(("Active Assignment", "Maternity & Adoption"), (rest % 50 == 0).astype(int)),
        "Employee Category": words(("Full Time", "Part Time", ""), np.where(bank, 2, staff.hours)),
        "Pay Scale": words(bands, index),
        "Spine Point": numbers(rest % 9 + 1),
        "Nationality": _drawn(literals.NATIONALITIES, rest),
        "Disability": _drawn(literals.DISABILITIES, rest // 7),
        "Religious Belief": words(literals.BELIEFS, rest % 5),
        "Sexual Orientation": words(literals.ORIENTATIONS, rest % 4),
        "Latest Start Date": dates(staff.start),
        "NHS Start Date": dates(_first_start(staff, rest)),
        "Registration Body": words(bodies, index),
        "Registration Expiry": dates(day + (rest % 365 + 1).astype("timedelta64[D]"), registered),
        "Location": words(literals.LOCATIONS, rest % 3),
        "Postcode": glue(words(OUTWARD, rest % len(OUTWARD)), words(INWARD, rest % len(INWARD)), between=" "),
    } | _hours(staff, answers) | _personal(staff, answers)  # fmt: skip
    return pa.table({heading: columns[heading] for heading in STAFF_IN_POST})


def _first_start(staff, rest):
    """A third were with the NHS before they came, since their 17th year at the earliest."""
    before = (rest % 1500 * (rest % 3 == 0)).astype("timedelta64[D]")
    return np.minimum(staff.start, np.maximum(staff.start - before, staff.born + np.timedelta64(6000, "D")))


STAFF_IN_POST = (
    "Organisation", "Org L2", "Org L3", "Org L4", "Employee Number", "Assignment Number", "Position Title",
    "Staff Group", "Job Role", "Area of Work", "Occupation Code", "Assignment Category", "Assignment Status",
    "Employee Category", "FTE", "Contracted Hours", "Pay Scale", "Spine Point", "Date of Birth", "Gender",
    "Ethnic Origin", "Nationality", "Disability", "Religious Belief", "Sexual Orientation", "Latest Start Date",
    "NHS Start Date", "Registration Body", "Registration Expiry", "Location", "Postcode",
)  # fmt: skip


def _drawn(table, rest):
    """A word for each row, in the shares of the table, that stays with the row through a series."""
    edges = np.cumsum(list(table.values()))
    return words(tuple(table), np.searchsorted(edges / edges[-1], (rest * 2654435761 % 2**32) / 2**32, side="right"))


def _starters(staff, answers):
    columns = _assignment(staff, answers) | _hours(staff, answers) | {
        "Latest Start Date": dates(staff.start),
        "Recruitment Source": _drawn(literals.RECRUITED_FROM, answers["rest"] // 3),
        "Previous Employer": constant("An employer of before", len(staff)),
    }  # fmt: skip
    return pa.table(columns)


def _leavers(staff, answers):
    columns = _assignment(staff, answers) | _hours(staff, answers) | _personal(staff, answers) | {
        "Latest Start Date": dates(staff.start),
        "Termination Date": dates(staff.end),
        "Leaving Reason": _drawn(literals.LEAVING_REASONS, answers["rest"] // 5),
        "Destination On Leaving": _drawn(literals.DESTINATIONS, answers["rest"] // 11),
    }  # fmt: skip
    return pa.table(columns)


def _absence(recipe, staff, answers, day):
    """Spells that ended in the twelve months before, of those still there; days lost are calendar days times FTE."""
    rng = stream(recipe.seed, "absence", day)
    row = np.repeat(np.arange(len(staff)), rng.poisson(np.where(staff.hours == 2, 0, MEAN_ABSENCES)))
    ended = day - rng.integers(0, 365, len(row)).astype("timedelta64[D]")
    length = np.minimum(np.ceil(rng.exponential(9.0, len(row))), 300).astype(int)
    began = ended - (length - 1).astype("timedelta64[D]")
    kept = began >= staff.start[row]
    row, ended, began, length = row[kept], ended[kept], began[kept], length[kept]
    hundred_thousandths = np.round(answers["doubled_hours"][row] / FULL_WEEK * 100_000).astype(np.int64) * length
    lost = glue(numbers(hundred_thousandths // 100_000), numbers(hundred_thousandths % 100_000, width=5), between=".")
    who = _assignment(staff.take(row), {name: column[row] for name, column in answers.items()})
    table = pa.table({
        "Employee Number": who["Employee Number"],
        "Assignment Number": _assignment(staff, answers)["Assignment Number"].take(pa.array(row)),
        "Absence Category": constant("Sickness", len(row)),
        "Absence Reason": words(literals.ABSENCE_REASONS, rng.integers(0, len(literals.ABSENCE_REASONS), len(row))),
        "Absence Start Date": dates(began),
        "Absence End Date": dates(ended),
        "FTE Days Lost": lost,
    })  # fmt: skip
    return table, int(hundred_thousandths.sum()) / 100_000


def _counts(there, parts, days_lost):
    staff, answers = there
    group = np.array([GROUPS.index(role[0]) for role in ROLES])[answers["role"]]
    category = np.where(staff.hours == 2, len(literals.CATEGORIES), answers["category"])
    return {
        "assignments": len(staff),
        "people": len(np.unique(staff.number)),
        "starters": len(parts[1][0]),
        "leavers": len(parts[2][0]),
        "fte": round(float(answers["doubled_hours"].sum()) / FULL_WEEK, 5),
        "fte_days_lost": days_lost,
        "staff_group": tally(GROUPS, group),
        "role": tally([role[1] for role in ROLES], answers["role"]),
        "ethnicity": tally(literals.SHARES.ethnicities, staff.ethnicity),
        "gender": tally(literals.SHARES.sexes, staff.sex),
        "category": tally((*literals.CATEGORIES, "Bank"), category),
        "characteristics": {
            "staff_group_short": int(answers["short_form"].sum()),
            "ethnicity_second_character": int(answers["second_character"].sum()),
        },
    }
