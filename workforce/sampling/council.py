"""A made-up export of a council's personnel system: headings of its own, one row a post, words instead of codes.

Salaries are those of the whole week (37 hours), as councils print them; the ethnic list is that of the census of 2021.
"""

import numpy as np
import pyarrow as pa

from workforce.sampling.cells import choose, constant, dates, glue, halves, numbers, words
from workforce.sampling.drawing import pick, stream, tally
from workforce.sampling.kinds import COUNCIL
from workforce.sampling.series import Extract, write_series
from workforce.sampling.staff import Shares, draw_staff, on_day
from workforce.sampling.worker_file import insurance_numbers

FULL_WEEK = 74  # doubled
SECTOR_SHIFT = 5_000_011  # so that nobody here has the National Insurance number of a worker in another made-up file
SHARES = Shares(
    ages={
        "under 25": (0.05, 18, 25),
        "25 to 34": (0.17, 25, 35),
        "35 to 44": (0.22, 35, 45),
        "45 to 54": (0.28, 45, 55),
        "55 to 64": (0.25, 55, 65),
        "65 and over": (0.03, 65, 74),
    },
    sexes={"Female": 0.80, "Male": 0.195, "Prefer not to say": 0.005},
    ethnicities={
        "White: English, Welsh, Scottish, Northern Irish or British": 0.74,
        "White: Irish": 0.012,
        "White: Roma": 0.002,
        "White: Any other White background": 0.03,
        "Mixed: White and Black Caribbean": 0.015,
        "Mixed: White and Asian": 0.006,
        "Asian or Asian British: Indian": 0.05,
        "Asian or Asian British: Pakistani": 0.04,
        "Asian or Asian British: Bangladeshi": 0.006,
        "Asian or Asian British: Chinese": 0.004,
        "Black, Black British, Caribbean or African: Caribbean": 0.03,
        "Black, Black British, Caribbean or African: African": 0.025,
        "Other ethnic group: Arab": 0.004,
        "Other ethnic group: Any other ethnic group": 0.006,
        "Prefer not to say": 0.02,
        "Not known": 0.01,
    },
    hours={"full time": 0.52, "part time": 0.42, "casual": 0.06},
    turnover=0.13,
)
# job title, directorate, team (cost centre), grade, first spine point, share
POSTS = (
    ("Home Care Worker", "Adult Social Care", "Reablement", "C", 4, 0.17),
    ("Senior Care Assistant", "Adult Social Care", "Residential Homes", "D", 7, 0.07),
    ("Care Assistant", "Adult Social Care", "Residential Homes", "C", 4, 0.12),
    ("Day Services Support Worker", "Adult Social Care", "Day Services", "D", 7, 0.08),
    ("Social Worker", "Adult Social Care", "Assessment and Care Management", "H", 26, 0.15),
    ("Approved Mental Health Professional", "Adult Social Care", "Mental Health Team", "I", 31, 0.02),
    ("Occupational Therapist", "Adult Social Care", "Therapy Assessment", "H", 26, 0.03),
    ("OT Assistant", "Adult Social Care", "Therapy Assessment", "E", 11, 0.02),
    ("Social Work Assistant", "Adult Social Care", "Assessment and Care Management", "E", 11, 0.06),
    ("Team Manager", "Adult Social Care", "Assessment and Care Management", "K", 39, 0.04),
    ("Registered Manager", "Adult Social Care", "Residential Homes", "J", 35, 0.01),
    ("Head of Service", "Adult Social Care", "Directorate Management", "M", 47, 0.01),
    ("Brokerage Officer", "Commissioning", "Brokerage", "F", 15, 0.03),
    ("Commissioning Officer", "Commissioning", "Commissioning", "H", 26, 0.04),
    ("Business Support Officer", "Corporate Services", "Business Support", "D", 7, 0.10),
    ("Cook", "Adult Social Care", "Residential Homes", "C", 4, 0.03),
    ("Domestic Assistant", "Adult Social Care", "Residential Homes", "B", 2, 0.02),
)
CONTRACTS = {"Permanent": 0.90, "Fixed Term": 0.08, "Secondment": 0.02}
DISABILITIES = {"No": 0.80, "Yes": 0.06, "Not declared": 0.10, "Prefer not to say": 0.04}
HEADINGS = (
    "Payroll No", "Post No", "Surname", "Forename", "NI No", "Directorate", "Cost Centre", "Team", "Job Title",
    "Contract Type", "Weekly Hours", "FTE", "Grade", "SCP", "Annual Salary", "D.O.B.", "Gender", "Ethnic Origin (2021)",
    "Disability", "Start Date", "Continuous Service Date",
)  # fmt: skip
LEAVERS = ("Payroll No", "Post No", "Job Title", "Weekly Hours", "Start Date", "Leaving Date", "Reason For Leaving")
REASONS = {
    "Resignation": 0.55,
    "Retirement": 0.22,
    "End of fixed term contract": 0.10,
    "Redundancy": 0.08,
    "Dismissal": 0.05,
}


def write_council(recipe, folder):
    return write_series("council", recipe, folder, draw_history, make_extract, COUNCIL)


def draw_history(recipe):
    staff = draw_staff(recipe.seed, "council", SHARES, recipe.rows, recipe.days[0], recipe.days[-1])
    many, rng = len(staff), stream(recipe.seed, "council answers")
    part = rng.integers(16, 73, many)
    return staff, {
        "post": pick(rng, [row[5] for row in POSTS], many),
        "doubled_hours": np.where(staff.hours == 0, FULL_WEEK, np.where(staff.hours == 1, part, 0)),
        "contract": pick(rng, list(CONTRACTS.values()), many),
        "disability": pick(rng, list(DISABILITIES.values()), many),
        "reason": pick(rng, list(REASONS.values()), many),
        "step": rng.integers(0, 4, many),
        "post_number": np.arange(many) + 200_001,
        "insured": staff.person + recipe.seed * 3_000_017 + SECTOR_SHIFT,
    }


def make_extract(recipe, history, day):
    staff, answers = history
    there, _, left = on_day(staff, day)
    chosen = {name: column[there] for name, column in answers.items()}
    gone = {name: column[left] for name, column in answers.items()}
    tables = {"staff": _staff(staff.take(there), chosen), "leavers": _leavers(staff.take(left), gone)}
    return Extract(day, tables, _counts(staff.take(there), chosen, int(left.sum())))


def _posts(staff, answers):
    return {
        "Payroll No": numbers(staff.number),
        "Post No": glue(constant("SC", len(staff)), numbers(answers["post_number"])),
        "Job Title": words([row[0] for row in POSTS], answers["post"]),
        "Weekly Hours": halves(answers["doubled_hours"]),
        "Start Date": dates(staff.start),
    }


def _staff(staff, answers):
    many, post = len(staff), answers["post"]
    casual = staff.hours == 2
    point = np.array([row[4] for row in POSTS])[post] + answers["step"]
    columns = _posts(staff, answers) | {
        "Surname": glue(constant("Surname", many), numbers(staff.number)),
        "Forename": constant("Sample", many),
        "NI No": insurance_numbers(answers["insured"]),
        "Directorate": words([row[1] for row in POSTS], post),
        "Cost Centre": numbers(40_000 + post),
        "Team": words([row[2] for row in POSTS], post),
        "Contract Type": choose(
            (casual, constant("Casual", many)), (~casual, words(tuple(CONTRACTS), answers["contract"]))
        ),
        "FTE": words([f"{n / FULL_WEEK:.2f}" for n in range(FULL_WEEK + 1)], answers["doubled_hours"]),
        "Grade": words([row[3] for row in POSTS], post),
        "SCP": numbers(point),
        "Annual Salary": numbers(salary_of(point)),
        "D.O.B.": dates(staff.born),
        "Gender": words(tuple(SHARES.sexes), staff.sex),
        "Ethnic Origin (2021)": words(tuple(SHARES.ethnicities), staff.ethnicity),
        "Disability": words(tuple(DISABILITIES), answers["disability"]),
        "Continuous Service Date": dates(staff.start),
    }
    return pa.table({heading: columns[heading] for heading in HEADINGS})


def salary_of(point):
    """Pounds a year for the whole week: nearly the national scale of 2025, smoothed."""
    return np.round(23_200 * 1.0185**point).astype(int)


def _leavers(staff, answers):
    columns = _posts(staff, answers) | {
        "Leaving Date": dates(staff.end),
        "Reason For Leaving": words(tuple(REASONS), answers["reason"]),
    }
    return pa.table({heading: columns[heading] for heading in LEAVERS})


def _counts(staff, answers, leavers):
    contract = np.where(staff.hours == 2, len(CONTRACTS), answers["contract"])
    return {
        "posts": len(staff),
        "people": len(np.unique(staff.number)),
        "leavers": leavers,
        "fte37": round(float(answers["doubled_hours"].sum()) / FULL_WEEK, 5),
        "job_title": tally([row[0] for row in POSTS], answers["post"]),
        "ethnicity": tally(SHARES.ethnicities, staff.ethnicity),
        "gender": tally(SHARES.sexes, staff.sex),
        "contract": tally((*CONTRACTS, "Casual"), contract),
    }
