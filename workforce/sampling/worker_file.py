"""The worker file of one date, in the national format of July 2026: 44 columns, and more qualifications if wanted."""

import numpy as np
import pyarrow as pa

from workforce.sampling import literals
from workforce.sampling.cells import blanks, choose, constant, dates, glue, halves, numbers, pence, words, year_of
from workforce.sampling.posts import GROUPS, HOURS, ROLE_CODES, SEXES
from workforce.sampling.worker_answers import LEVEL_CODES, can_do_healthcare

HEADINGS = tuple(
    "LOCALESTID UNIQUEWORKERID STATUS DISPLAYID NINUMBER POSTCODE DOB GENDER ETHNICITY NATIONALITY BRITISHCITIZENSHIP "
    "COUNTRYOFBIRTH YEAROFENTRY DISABLED CARECERT L2CARECERT RECSOURCE HANDCVISA INOUTUK STARTDATE STARTINSECT DHA "
    "APPRENTICE EMPLSTATUS ZEROHRCONT DAYSSICK SALARYINT SALARY HOURLYRATE MAINJOBROLE MAINJRDESC CONTHOURS AVGHOURS "
    "NMCREG AMHP SCQUAL NONSCQUAL CWPCATEGORY QUALACH01 QUALACH01NOTES QUALACH02 QUALACH02NOTES QUALACH03 "
    "QUALACH03NOTES".split()
)
YES_NO_UNKNOWN = ("1", "2", "999")
ETHNICITY_CODES = tuple(code for group in GROUPS for code in literals.ETHNICITIES[group])
NATIONALITY_CODES = tuple(literals.NATIONALITIES)
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # of the second half of a postcode
INWARD = tuple(f"{n}{a}{b}" for n in range(1, 10) for a in LETTERS for b in LETTERS)
ALONE = ("23", "27")  # roles that need words


def headings(qualifications=3):
    more = (f"QUALACH{n:02}{tail}" for n in range(4, qualifications + 1) for tail in ("", "NOTES"))
    return HEADINGS + tuple(more)


def place_names(index):
    return glue(constant("W", len(index)), numbers(index + 1, width=5))


def worker_names(number):
    return glue(constant("P", len(number)), numbers(number, width=7))


def worker_table(places, posts, answers, healthcare, day, *, since, messy, qualifications=3):
    """All rows as text. `healthcare`: the establishments' own answers; `since`: the day of the file before this one."""
    columns = (
        _identity(posts, answers, since)
        | _background(posts, answers, day)
        | _employment(places, posts, answers, healthcare)
        | _pay(posts, answers)
        | _qualifications(posts, answers, messy, qualifications)
    )
    return pa.table({heading: columns[heading] for heading in headings(qualifications)})


def _identity(posts, answers, since):
    home = answers["outward"], answers["inward"]
    return {
        "LOCALESTID": place_names(posts.place),
        "UNIQUEWORKERID": worker_names(posts.number),
        "STATUS": words(["UPDATE", "NEW"], (posts.start > since).astype(int)),
        "DISPLAYID": glue(constant("Worker ", len(posts)), numbers(posts.number, width=6)),
        "NINUMBER": insurance_numbers(answers["insured"]),
        "POSTCODE": glue(words(literals.OUTWARD, home[0]), words(INWARD, home[1]), between=" "),
        "DOB": dates(posts.born),
    }


def insurance_numbers(person):
    """One for each person: right in form, under prefixes that nobody is given. Steps are prime to their number."""
    many = len(literals.NI_PREFIXES) * 4 * 1_000_000
    which = (person.astype(np.int64) * 7_919_003 + 104_729) % many
    rest, digits = np.divmod(which, 1_000_000)
    prefix, suffix = np.divmod(rest, 4)
    return glue(words(literals.NI_PREFIXES, prefix), numbers(digits, width=6), words("ABCD", suffix))


def _background(posts, answers, day):
    foreign = answers["nationality"] > 0
    entered = ~answers["born_here"] & (answers["country"] > 0)
    known_country = answers["born_here"] | (answers["country"] > 0)
    visa = answers["may_have_visa"]
    done = answers["certificate2"] == 0
    year = answers["certificate2_year"]
    done_by_now = done & (year <= int(year_of(np.array([day]))[0]))
    return {
        "GENDER": words(SEXES, posts.sex),
        "ETHNICITY": words(ETHNICITY_CODES, answers["ethnicity"]),
        "NATIONALITY": words(NATIONALITY_CODES, answers["nationality"]),
        "BRITISHCITIZENSHIP": words(YES_NO_UNKNOWN, answers["citizen"], foreign),
        "COUNTRYOFBIRTH": words(
            NATIONALITY_CODES, np.where(answers["born_here"], 0, answers["country"]), known_country
        ),
        "YEAROFENTRY": numbers(answers["arrived"], entered),
        "DISABLED": words("0123", answers["disabled"]),
        "CARECERT": words("123", answers["certificate"]),
        "L2CARECERT": choose(
            (done_by_now, glue(constant("1;", len(posts)), numbers(year))),
            (np.ones(len(posts), dtype=bool), words("223", answers["certificate2"])),
        ),
        "RECSOURCE": words(tuple(literals.RECRUITED_FROM), answers["source"]),
        "HANDCVISA": words(YES_NO_UNKNOWN, answers["visa"], visa),
        "INOUTUK": words(YES_NO_UNKNOWN, answers["from_abroad"], visa & (answers["visa"] == 0)),
    }


def _employment(places, posts, answers, healthcare):
    none_fixed = posts.hours == HOURS.index("no fixed hours")
    contracted = posts.employee & ~none_fixed
    unknown = answers["hours_unknown"]
    code = {name: posts.role == ROLE_CODES.index(name) for name in ("6", "16", *ALONE)}
    asked = can_do_healthcare(places, posts) & (healthcare != 1)[posts.place]
    categories = [literals.PATHWAY_CATEGORIES.get(role, "998") for role in ROLE_CODES]
    hours = halves(answers["doubled_hours"])
    not_known = constant("999", len(posts))
    return {
        "STARTDATE": dates(posts.start),
        "STARTINSECT": choose(
            (answers["began_unknown"], not_known), (~answers["began_unknown"], numbers(answers["began"]))
        ),
        "DHA": words(YES_NO_UNKNOWN, answers["healthcare"], asked),
        "APPRENTICE": words(YES_NO_UNKNOWN, answers["apprentice"]),
        "EMPLSTATUS": words(tuple(literals.CONTRACTS), posts.contract),
        "ZEROHRCONT": words("12", (~none_fixed).astype(int)),
        "DAYSSICK": choose((answers["sick_unknown"], not_known), (~answers["sick_unknown"], halves(answers["sick"]))),
        "MAINJOBROLE": words(ROLE_CODES, posts.role),
        "MAINJRDESC": constant("A role of its own kind", len(posts), code["23"] | code["27"]),
        "CONTHOURS": choose((contracted & unknown, not_known), (contracted, hours)),
        "AVGHOURS": choose((~contracted & unknown, not_known), (~contracted, hours)),
        "NMCREG": words("12345", answers["nurse"], code["16"]),
        "AMHP": words(YES_NO_UNKNOWN, answers["mental_health"], code["6"]),
        "CWPCATEGORY": words(categories, posts.role),
    }


def _pay(posts, answers):
    unknown = answers["pay_unknown"]
    annual, hourly = answers["annual"] & ~unknown, ~answers["annual"] & ~unknown
    return {
        "SALARYINT": words(("999", "1", "3"), annual + 2 * hourly),
        "SALARY": numbers(answers["salary"], annual),
        "HOURLYRATE": pence(answers["hourly"], hourly),
    }


def _qualifications(posts, answers, messy, many):
    """Where it is missing, the cell is blank; in a set without faults it says "not known", so that nothing is amiss."""
    level = answers["level"]
    missing = answers["level_missing"] & (messy | ~answers["level_must"])
    unknown = answers["level_unknown"] & ~missing
    told = [f"1;{code}" if code != "none" else "2" for code in LEVEL_CODES]
    held = (level > 0) & ~missing & ~unknown & answers["recorded"]
    social = choose((missing, constant("" if messy else "999", len(posts))), (unknown, constant("999", len(posts))),
                    (~missing, words(told, level)))  # fmt: skip
    other = [*(f"1;{n}" for n in range(9)), "1", "2", "999"]
    columns = {
        "SCQUAL": social,
        "NONSCQUAL": words(other, np.where(answers["other"] == 0, answers["other_level"], answers["other"] + 8)),
        "QUALACH01": glue(_codes(level, answers["which"], held), numbers(answers["year"]), between=";"),
        "QUALACH01NOTES": constant("Certificate seen", len(posts), held & answers["noted"]),
        "QUALACH02": glue(constant("72", len(posts), held & answers["second"]), numbers(answers["year"]), between=";"),
    }
    return (
        {heading: blanks(len(posts)) for heading in headings(many)[38:]}
        | columns
        | _further(posts, answers, held, many)
    )


def _codes(level, which, where):
    table = [literals.QUALIFICATIONS.get(name, ("",)) for name in LEVEL_CODES]
    flat = [table[n // 6][n % 6 % len(table[n // 6])] for n in range(6 * len(table))]
    return words(flat, level * 6 + which, where)


def _further(posts, answers, held, many):
    """Functional skills, first aid and the like in the further columns, of those who have a second one."""
    where = held & answers["second"]
    codes = ("155", "157", "99", "76")
    return {
        f"QUALACH{n:02}": glue(
            constant(codes[n % len(codes)], len(posts), where), numbers(answers["year"]), between=";"
        )
        for n in range(4, many + 1)
    }
