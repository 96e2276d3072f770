"""The rules of the national service, written down a second time and row by row: nothing here knows the generator.

Facts: ASC-WDS bulk upload validators (SopraSteria-SFC, August 2026). Each rule gives the numbers of its findings, so
that a planted fault can be looked for, and a file without faults must draw none.
"""

import re
from collections import Counter
from datetime import date

from tests.workforce.sampling.national_cells import (
    POSTCODE,
    ROLES,
    WITHOUT_HEALTHCARE_SERVICE,
    YES_NO_UNKNOWN,
    day_of,
    read_rows,
)
from tests.workforce.sampling.national_worker_rules import check_workers

UNREGULATED = set("5 6 7 10 12 13 14 15 16 18 19 20 21 52 53 60 71 73 75".split())
SERVICES = UNREGULATED | set("1 2 8 17 54 55 61 62 63 64 66 67 68 69 70 72 74".split())
WITH_CAPACITY = {"1", "2", "5", "6", "7", "17"}
WITH_USE = WITH_CAPACITY | {"8", "10", "12", "53", "54", "55", "73", "74"}
PAY_1, PAY_2 = {"8", "12"}, {"1", "2", "5", "14", "55"}
USERS = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "18", "19", "20", "21", "22", "23", "25", "26", "27", "28", "29"}
CQC = re.compile(r"[0-9]-[0-9]{8,12}")


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
