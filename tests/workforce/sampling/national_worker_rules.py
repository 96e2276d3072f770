"""The rules for a row of the worker file, and for rows of it against each other."""

import re
from collections import Counter, defaultdict

from tests.workforce.sampling.national_cells import (
    POSTCODE,
    ROLES,
    WITHOUT_HEALTHCARE_SERVICE,
    YES_NO_UNKNOWN,
    day_of,
    number_or_nothing,
)

WITHOUT_HEALTHCARE_ROLE = {"10", "16", "24", "25", "26", "27", "37", "38", "44", "46", "47", "48", "49", "50", "51"}
ETHNICITIES = {str(code) for code in range(31, 48)} | {"98", "99"}
COUNTRIES = {"826", "616", "642", "372", "356", "566", "716", "608", "288", "586", "998", "999"}
QUALIFICATIONS = {"16", "53", "54", "56", "72", "76", "99", "109", "129", "155", "157", "302", "304", "305", "307"}
INSURANCE = re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")


def check_workers(files, as_at):
    places = {row["LOCALESTID"]: row for _, row in files["workplace"]}
    seen, hours, pay = set(), defaultdict(float), defaultdict(set)
    for _, row in files["worker"]:
        hours[row["NINUMBER"]] += number_or_nothing(row["CONTHOURS"])
        if number_or_nothing(row["CONTHOURS"], unknown=999) > 36:
            pay[row["MAINJOBROLE"]].add(row["SALARY"])
    people = Counter(row["NINUMBER"] for _, row in files["worker"])
    for number, row in files["worker"]:
        place = places.get(row["LOCALESTID"])
        key = row["LOCALESTID"], row["UNIQUEWORKERID"]
        for column, code in (
            *worker_cells(row),
            *worker_dates(row, as_at),
            *worker_terms(row),
            *worker_skills(row, as_at),
        ):
            yield number, column, code
        yield from ((number, *finding) for finding in worker_at_place(row, place))
        if key in seen:
            yield number, "UNIQUEWORKERID", "998"
        seen.add(key)
        if people[row["NINUMBER"]] > 1 and hours[row["NINUMBER"]] > 75:
            yield number, "NINUMBER", "5570"
        if row["SALARY"] and number_or_nothing(row["CONTHOURS"], 999) < 37 and row["SALARY"] in pay[row["MAINJOBROLE"]]:
            yield number, "SALARY", "1260"


def worker_cells(row):
    nationality, citizen, country = row["NATIONALITY"], row["BRITISHCITIZENSHIP"], row["COUNTRYOFBIRTH"]
    may_visa = citizen == "2" if nationality == "998" else nationality not in {"", "826"} and citizen != "1"
    rules = (
        ("LOCALESTID", "1010", 0 < len(row["LOCALESTID"]) < 50),
        ("UNIQUEWORKERID", "1020", 0 < len(row["UNIQUEWORKERID"]) < 50),
        ("STATUS", "1040", row["STATUS"] in {"NEW", "UPDATE", "NOCHANGE", "UNCHECKED", "DELETE"}),
        ("DISPLAYID", "1050", 0 < len(row["DISPLAYID"]) < 50),
        ("NINUMBER", "1060", re.fullmatch(r"[A-Za-z]{2}[0-9]{6}[A-Za-z]?", row["NINUMBER"])),
        ("NINUMBER", None, not row["NINUMBER"] or INSURANCE.fullmatch(row["NINUMBER"])),
        ("POSTCODE", "3070", row["POSTCODE"]),
        ("POSTCODE", "1070", not row["POSTCODE"] or POSTCODE.fullmatch(row["POSTCODE"])),
        ("GENDER", "1090", row["GENDER"][:1] in {"1", "2", "3", "4"}),
        ("GENDER", None, len(row["GENDER"]) == 1),
        ("ETHNICITY", "1100", row["ETHNICITY"] in ETHNICITIES),
        ("NATIONALITY", "1110", nationality in COUNTRIES),
        ("BRITISHCITIZENSHIP", "1120", citizen in YES_NO_UNKNOWN),
        ("BRITISHCITIZENSHIP", "3120", not citizen or nationality != "826"),
        ("COUNTRYOFBIRTH", "1130", country in COUNTRIES),
        ("YEAROFENTRY", "1380", re.fullmatch(r"(\d{4})?", row["YEAROFENTRY"])),
        ("YEAROFENTRY", "3380", not row["YEAROFENTRY"] or country not in {"", "826"}),
        ("DISABLED", "1150", row["DISABLED"] in {"0", "1", "2", "3"}),
        ("CARECERT", "1160", row["CARECERT"] in {"1", "2", "3"}),
        ("RECSOURCE", "1180", row["RECSOURCE"] in {"1", "2", "5", "7", "8", "10", "12", "15", "16", "17", "18"}),
        ("HANDCVISA", "5570", not row["HANDCVISA"] or (may_visa and row["HANDCVISA"] in YES_NO_UNKNOWN)),
        ("INOUTUK", "5580", not row["INOUTUK"] or (row["HANDCVISA"] == "1" and row["INOUTUK"] in YES_NO_UNKNOWN)),
    )
    return [(column, code) for column, code, holds in rules if not holds]


def worker_dates(row, as_at):
    born, started = day_of(row["DOB"]), day_of(row["STARTDATE"])
    age = born and as_at.year - born.year - ((as_at.month, as_at.day) < (born.month, born.day))
    if not born or not 14 <= age <= 100:
        yield "DOB", "3080"
    if not row["STARTDATE"]:
        yield "STARTDATE", "2000"
    elif not started:
        yield "STARTDATE", None
    elif started > as_at or (born and started.toordinal() < born.toordinal() + 14 * 365.25 - 1):
        yield "STARTDATE", "3190"
    entry = row["YEAROFENTRY"]
    if entry.isdigit() and (int(entry) > as_at.year or (born and int(entry) < born.year)):
        yield "YEAROFENTRY", "1380"
    if entry.isdigit() and started and started.year < int(entry):
        yield "STARTDATE", "3190"
    if row["STARTINSECT"] != "999":
        year = int(row["STARTINSECT"])
        if (started and year > started.year) or (born and year < born.year + 14):
            yield "STARTINSECT", "3200"


def worker_terms(row):
    contract, zero, contracted, average = (row[name] for name in ("EMPLSTATUS", "ZEROHRCONT", "CONTHOURS", "AVGHOURS"))
    halves = re.compile(r"\d+(\.5)?")
    directly = contract in {"1", "2"} and zero != "1"
    salary, top = row["SALARY"], 250_000 if row["MAINJOBROLE"] == "1" else 200_000
    hours = number_or_nothing(contracted)
    rules = (
        ("APPRENTICE", "3210", row["APPRENTICE"] in YES_NO_UNKNOWN),
        ("EMPLSTATUS", "1220", contract in {"1", "2", "3", "4", "7"}),
        ("ZEROHRCONT", "1230", zero in YES_NO_UNKNOWN and not (zero in {"1", "999"} and hours > 0)),
        ("ZEROHRCONT", "3230", not (zero == "" and hours > 0) and not (zero == "2" and contracted == "0")),
        (
            "DAYSSICK",
            "1240",
            halves.fullmatch(row["DAYSSICK"]) and (float(row["DAYSSICK"]) <= 366 or row["DAYSSICK"] == "999"),
        ),
        ("SALARYINT", "1250", row["SALARYINT"] in {"1", "3", "999"}),
        ("SALARYINT", "1251", not salary or row["SALARYINT"] in {"1", "999"}),
        ("SALARYINT", "3260", not salary or row["SALARYINT"] != "999"),
        ("SALARYINT", "1252", not row["HOURLYRATE"] or row["SALARYINT"] in {"3", "999"}),
        ("SALARY", "1260", not salary or (salary.isdigit() and 500 <= int(salary) <= top)),
        ("HOURLYRATE", "1270", not row["HOURLYRATE"] or re.fullmatch(r"\d+(\.\d{1,2})?", row["HOURLYRATE"])),
        ("HOURLYRATE", None, not row["HOURLYRATE"] or 2.5 <= float(row["HOURLYRATE"]) <= 200),
        ("CONTHOURS", "3300", not contracted or directly or contract not in {"1", "2", "3", "4", "7"}),
        ("CONTHOURS", "3300", contracted in {"", "999"} or (halves.fullmatch(contracted) and hours <= 75)),
        ("AVGHOURS", "3310", not average or not directly),
        ("AVGHOURS", "3310", average in {"", "999"} or (halves.fullmatch(average) and float(average) <= 75)),
    )
    return [(column, code) for column, code, holds in rules if not holds]


def worker_skills(row, as_at):
    role, level2 = row["MAINJOBROLE"], row["L2CARECERT"].split(";")
    first, _, level = row["SCQUAL"].partition(";")
    levels = {str(n) for n in range(9)} | {"999"}
    other, _, other_level = row["NONSCQUAL"].partition(";")
    rules = (
        ("MAINJOBROLE", "1280", role in ROLES),
        ("MAINJRDESC", "1290", role not in {"23", "27"} or row["MAINJRDESC"]),
        ("MAINJRDESC", "3290", role in {"23", "27"} or not row["MAINJRDESC"]),
        ("NMCREG", "3340", row["NMCREG"] in ({"1", "2", "3", "4", "5"} if role == "16" else {""})),
        ("AMHP", "3380", row["AMHP"] in ({"1", "2", "999"} if role == "6" else {""})),
        ("SCQUAL", "3360", first),
        ("SCQUAL", "1360", first in {"", "1", "2", "999"} and (first != "1" or level)),
        ("SCQUAL", "1360", not level or level in levels),
        ("NONSCQUAL", "1370", other in {"", "1", "2", "999"} and other_level in levels | {""}),
        ("CWPCATEGORY", "5650", row["CWPCATEGORY"] in {"", "1", "2", "3", "4", "5", "6", "7", "998", "999"}),
        ("L2CARECERT", "5590", level2[0] in {"", "1", "2", "3"}),
        ("L2CARECERT", "5600", level2[0] != "2" or len(level2) == 1),
        ("L2CARECERT", "5610", level2[0] != "3" or len(level2) == 1),
        ("L2CARECERT", "5620", level2[0] != "1" or len(level2) == 1 or int(level2[1]) >= 2024),
        ("L2CARECERT", "5630", level2[0] != "1" or len(level2) == 1 or int(level2[1]) <= as_at.year),
        ("DHA", "5660", row["DHA"] in YES_NO_UNKNOWN),
        ("DHA", "5661", not row["DHA"] or role not in WITHOUT_HEALTHCARE_ROLE),
    )
    held = [(column, code) for column, code, holds in rules if not holds]
    for number, code, year_code in (("01", "5010", "5015"), ("02", "5030", "5035"), ("03", "5050", "5055")):
        what, _, year = row[f"QUALACH{number}"].partition(";")
        held += [(f"QUALACH{number}", code)] if what and what not in QUALIFICATIONS else []
        held += (
            [(f"QUALACH{number}", year_code)]
            if what and not (year and as_at.year - 100 <= int(year) <= as_at.year)
            else []
        )
    return held


def worker_at_place(row, place):
    if place is None:
        yield "LOCALESTID", "997"
        return
    if row["MAINJOBROLE"] == "4" and place["REGTYPE"] != "2":
        yield "MAINJOBROLE", "1280"
    if row["DHA"] and place["MAINSERVICE"] in WITHOUT_HEALTHCARE_SERVICE:
        yield "DHA", "5662"
    if row["DHA"] and place["DHA"] == "2":
        yield "DHA", "5663"
