"""The rules of the national service, written down a second time and row by row: nothing here knows the generator.

Facts: ASC-WDS bulk upload validators (SopraSteria-SFC, August 2026). Each rule gives the numbers of its findings, so
that a planted fault can be looked for, and a file without faults must draw none.
"""

import csv
import re
from collections import Counter, defaultdict
from datetime import date

UNREGULATED = {
    "5",
    "6",
    "7",
    "10",
    "12",
    "13",
    "14",
    "15",
    "16",
    "18",
    "19",
    "20",
    "21",
    "52",
    "53",
    "60",
    "71",
    "73",
    "75",
}
SERVICES = UNREGULATED | {
    "1",
    "2",
    "8",
    "17",
    "54",
    "55",
    "61",
    "62",
    "63",
    "64",
    "66",
    "67",
    "68",
    "69",
    "70",
    "72",
    "74",
}
WITH_CAPACITY = {"1", "2", "5", "6", "7", "17"}
WITH_USE = WITH_CAPACITY | {"8", "10", "12", "53", "54", "55", "73", "74"}
WITHOUT_HEALTHCARE_SERVICE = {"10", "13", "19", "60", "72"}
PAY_1, PAY_2 = {"8", "12"}, {"1", "2", "5", "14", "55"}
ROLES = {
    *"1 2 3 4 5 6 7 8 9 10 11 15 16 17 23 24 25 26 27 34 35 36 37 38 39 40 42 43 44 45 46 47 48 49 50 51 52".split()
}
WITHOUT_HEALTHCARE_ROLE = {"10", "16", "24", "25", "26", "27", "37", "38", "44", "46", "47", "48", "49", "50", "51"}
ETHNICITIES = {str(code) for code in range(31, 48)} | {"98", "99"}
COUNTRIES = {"826", "616", "642", "372", "356", "566", "716", "608", "288", "586", "998", "999"}
QUALIFICATIONS = {"16", "53", "54", "56", "72", "76", "99", "109", "129", "155", "157", "302", "304", "305", "307"}
YES_NO_UNKNOWN = {"", "1", "2", "999"}
USERS = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "18", "19", "20", "21", "22", "23", "25", "26", "27", "28", "29"}
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9]{1,2}[A-Z]? [0-9][A-Z]{2}")
INSURANCE = re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")
CQC = re.compile(r"[0-9]-[0-9]{8,12}")


def read_rows(path):
    """Row number as Excel counts, and cells."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(number, row) for number, row in enumerate(csv.DictReader(file), start=2)]


def day_of(text):
    try:
        return date(int(text[6:10]), int(text[3:5]), int(text[:2])) if re.fullmatch(r"\d\d/\d\d/\d{4}", text) else None
    except ValueError:
        return None


def findings(folder, as_at):
    """All findings of the three files: (file, row, column, number)."""
    files = {name: read_rows(folder / f"{name}.csv") for name in ("workplace", "worker", "training")}
    found = []
    for name, check in (("workplace", check_workplaces), ("worker", check_workers), ("training", check_training)):
        found += [(name, *finding) for finding in check(files, as_at)]
    return found


def check_workplaces(files, as_at):
    workers = Counter(row["LOCALESTID"] for _, row in files["worker"] if row["STATUS"] in ("NEW", "UPDATE"))
    managed = {row["LOCALESTID"] for _, row in files["worker"] if row["MAINJOBROLE"] == "4"}
    locations = Counter(row["LOCATIONID"] for _, row in files["workplace"] if row["LOCATIONID"])
    seen = set()
    for number, row in files["workplace"]:
        for column, code in (*workplace_cells(row), *workplace_lists(row), *workplace_answers(row)):
            yield number, column, code
        staff = workers[row["LOCALESTID"]]
        yield from ((number, column, code) for column, code in workplace_totals(row, staff, managed))
        if row["LOCALESTID"] in seen:
            yield number, "LOCALESTID", "998"
        seen.add(row["LOCALESTID"])
        if locations[row["LOCATIONID"]] > 1:
            yield number, "LOCATIONID", "998"


def workplace_cells(row):
    if not 0 < len(row["LOCALESTID"]) < 50:
        yield "LOCALESTID", "1010"
    if row["STATUS"] not in ("NEW", "UPDATE", "NOCHANGE", "UNCHECKED", "DELETE"):
        yield "STATUS", "1020"
    if not 0 < len(row["ESTNAME"]) <= 120:
        yield "ESTNAME", "1030"
    if not 0 < len(row["ADDRESS1"]) <= 40:
        yield "ADDRESS1", "1040"
    if not POSTCODE.fullmatch(row["POSTCODE"]):
        yield "POSTCODE", "1060"
    if row["ESTTYPE"] not in {"1", "3", "6", "7", "8"}:
        yield "ESTTYPE", "1070"
    if (row["ESTTYPE"] == "8") != bool(row["OTHERTYPE"]):
        yield "OTHERTYPE", "2070"
    for column, code in (("PERMCQC", "1080"), ("PERMLA", "1090")):
        if row[column] not in {"", "0", "1"}:
            yield column, code
    yield from registration(row)


def registration(row):
    expected = {"0"} if row["MAINSERVICE"] in UNREGULATED else {"0", "2"} if row["MAINSERVICE"] == "72" else {"2"}
    if row["REGTYPE"] not in expected:
        yield "REGTYPE", "1100"
    for column, error, warning in (("PROVNUM", "1105", "2105"), ("LOCATIONID", "1110", "2110")):
        if row["REGTYPE"] == "2" and not CQC.fullmatch(row[column]):
            yield column, error
        if row["REGTYPE"] == "0" and row[column]:
            yield column, warning


def workplace_lists(row):
    services = row["ALLSERVICES"].split(";")
    if row["MAINSERVICE"] not in SERVICES:
        yield "MAINSERVICE", "1000"
    if row["MAINSERVICE"] not in services or not set(services) <= SERVICES | {"0"}:
        yield "ALLSERVICES", "1120"
    if "0" in services and len(services) > 2:
        yield "ALLSERVICES", "1121"
    real = [service for service in services if service != "0"]
    for column, takes in (("CAPACITY", WITH_CAPACITY), ("UTILISATION", WITH_USE)):
        cells = row[column].split(";")
        fits = len(cells) in {len(real), len(services)} or not row[column]
        good = all(not cell or (cell.isdigit() and int(cell) < 9999) for cell in cells)
        placed = all(not cell or service in takes for cell, service in zip(cells, services, strict=False))
        if not (fits and good and placed):
            yield column, "1140"
    users, words = row["SERVICEUSERS"].split(";"), row["OTHERUSERDESC"].split(";")
    if row["SERVICEUSERS"] and not set(users) <= USERS:
        yield "SERVICEUSERS", "1130"
    if row["OTHERUSERDESC"] and len(users) != len(words):
        yield "OTHERUSERDESC", "1130"
    words += [""] * (len(users) - len(words))
    if any(user in {"3", "9", "21"} and not word for user, word in zip(users, words, strict=False)):
        yield "OTHERUSERDESC", "2130"


def figures(row, column):
    return [] if row[column] in {"", "999"} else [int(figure) for figure in row[column].split(";")]


def workplace_totals(row, staff, managed):
    roles = row["ALLJOBROLES"].split(";")
    total = int(row["TOTALPERMTEMP"])
    if not 0 < total <= 999:
        yield "TOTALPERMTEMP", "1200"
    if not set(roles) <= ROLES or len(roles) != len(set(roles)):
        yield "ALLJOBROLES", "1280"
    for column, code in (("STARTERS", "1310"), ("LEAVERS", "1320"), ("VACANCIES", "1300")):
        cells = figures(row, column)
        if cells and (len(cells) != len(roles) or not all(0 <= figure <= 999 for figure in cells)):
            yield column, code
    leavers = sum(figures(row, "LEAVERS"))
    if (row["REASONS"] or row["REASONNOS"]) and (
        len(row["REASONS"].split(";")) != len(row["REASONNOS"].split(";")) or sum(figures(row, "REASONNOS")) != leavers
    ):
        yield "REASONNOS", "1360"
    if total != staff:
        yield "TOTALPERMTEMP", "2200"
    elif sum(figures(row, "STARTERS")) > staff:
        yield "STARTERS", "2310"
    elif leavers >= staff:
        yield "LEAVERS", "2320"
    elif sum(figures(row, "VACANCIES")) >= staff:
        yield "VACANCIES", "2300"
    wanted = dict(zip(roles, figures(row, "VACANCIES"), strict=False)).get("4", 0)
    if row["REGTYPE"] == "2" and row["LOCALESTID"] not in managed and not wanted:
        yield "VACANCIES", "2301"
    if row["REGTYPE"] != "2" and wanted:
        yield "VACANCIES", "2180"


def workplace_answers(row):
    service, uses = row["MAINSERVICE"], row["CWPUSE"].split(";")
    may_travel, may_sleep = service in PAY_1, service in PAY_1 | PAY_2
    contribution, rate = row["ACTUALCONT"], row["TTDIFFRATE"]
    rules = (
        ("REPEATTRAINING", "2420", row["REPEATTRAINING"] in {"", "1", "2", "3", "4"}),
        ("SICKPAY", "2450", row["SICKPAY"] in {"", "0", "1", "unknown"}),
        ("PENSION", "2460", row["PENSION"] in {"", "0", "1", "unknown"}),
        ("HOLIDAY", "2470", not row["HOLIDAY"] or row["HOLIDAY"].isdigit()),
        ("CWPAWARE", "2480", row["CWPAWARE"] in {"", "1", "2", "3", "4", "999"}),
        ("CWPUSE", "2490", uses[0] in {"", "1", "2", "999"} and (len(uses) == 1 or uses[0] == "1")),
        ("CWPUSEDESC", "2500", not row["CWPUSEDESC"] or "10" in uses[1:]),
        ("DHA", "2510", row["DHA"] in YES_NO_UNKNOWN),
        ("DHA", "2520", not row["DHA"] or service not in WITHOUT_HEALTHCARE_SERVICE),
        ("DHAACTIVITIES", "2530", not row["DHAACTIVITIES"] or row["DHA"] == "1"),
        ("ACTUALCONT", "2540", not contribution or 3 < float(contribution) <= 100),
        ("ACTUALCONT", "2541", not contribution or row["PENSION"] == "1"),
        ("OPTOUTPEN", "2550", row["OPTOUTPEN"] in YES_NO_UNKNOWN),
        ("SLEEPINS", "2560", row["SLEEPINS"] in YES_NO_UNKNOWN),
        ("SLEEPINS", "2561", not row["SLEEPINS"] or may_sleep),
        ("SLEEPINPAY", "2572", not row["SLEEPINPAY"] or row["SLEEPINS"] == "1"),
        ("TRAVELTIME", "2580", row["TRAVELTIME"] in {"", "1", "2", "3", "4", "5", "6", "999"}),
        ("TRAVELTIME", "2581", not row["TRAVELTIME"] or may_travel),
        ("TTDIFFRATE", "2590", not rate or 2.5 <= float(rate) <= 200),
        ("TTDIFFRATE", "2592", not rate or row["TRAVELTIME"] == "3"),
    )
    return [(column, code) for column, code, holds in rules if not holds]


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


def number_or_nothing(text, unknown=0.0):
    try:
        return unknown if text == "999" else float(text)
    except ValueError:
        return 0.0


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


def check_training(files, as_at):
    places = {row["LOCALESTID"] for _, row in files["workplace"]}
    workers = {(row["LOCALESTID"], row["UNIQUEWORKERID"]): row for _, row in files["worker"]}
    for number, row in files["training"]:
        worker = workers.get((row["LOCALESTID"], row["UNIQUEWORKERID"]))
        if row["LOCALESTID"] not in places:
            yield number, "LOCALESTID", "997"
        if worker is None:
            yield number, "UNIQUEWORKERID", "996"
        yield from ((number, *finding) for finding in training_cells(row, worker, as_at))


def training_cells(row, worker, as_at):
    done, until = day_of(row["DATECOMPLETED"]), day_of(row["EXPIRYDATE"])
    born = worker and day_of(worker["DOB"])
    validity = row["VALIDITY"]
    rules = (
        ("CATEGORY", "1050", row["CATEGORY"] in {str(n) for n in range(1, 52)} - {"3", "4", "24"}),
        ("TRAININGNAME", "1040", len(row["TRAININGNAME"]) <= 120),
        ("ACCREDITED", "1060", row["ACCREDITED"] in {"", "0", "1", "999"}),
        ("WHODELIVERED", "1080", row["WHODELIVERED"] in {"", "1", "2"}),
        ("PROVIDERNAME", "2090", not row["PROVIDERNAME"] or row["WHODELIVERED"] == "2"),
        ("HOWDELIVERED", "1100", row["HOWDELIVERED"] in {"", "1", "2"}),
        ("VALIDITY", "1110", validity in {"", "none"} or (validity.isdigit() and 1 <= int(validity) <= 999)),
        ("DATECOMPLETED", "1020", done and done <= as_at),
        ("DATECOMPLETED", "1080", not (done and born) or done.toordinal() >= born.toordinal() + 14 * 365.25 - 1),
        ("EXPIRYDATE", "1030", not row["EXPIRYDATE"] or (until and (not done or until > done))),
        ("EXPIRYDATE", "2110", not (until and done) or (validity.isdigit() and until == lapse(done, int(validity)))),
    )
    return [(column, code) for column, code, holds in rules if not holds]


def lapse(done, months):
    year, month = divmod(done.year * 12 + done.month - 1 + months, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)).toordinal() - 1
    same = date(year, month + 1, 1).toordinal() + done.day - 1
    return date.fromordinal(min(same, last) - 1)
