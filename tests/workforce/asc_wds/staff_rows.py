"""Small returns for tests: a row of each file that draws nothing, and the reading of files made from such rows.

Four workplaces: W1 gives home care, and its staff do delegated healthcare; W2 supports people outside their homes and
says that its staff do none; W3 supports carers, where nobody is asked about it; W4 is a regulated care home.
"""

import csv
import io
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from workforce.importing import read_return
from workforce.pseudonyms import Pseudonyms
from workforce.reading import Given

TODAY, AS_AT = date(2026, 11, 26), date(2026, 9, 30)
SECRET = b"a secret of thirty-two bytes ..."
KEYS = Pseudonyms(SECRET, "partner-1")

STAFF_HEADINGS = tuple(
    "LOCALESTID UNIQUEWORKERID STATUS DISPLAYID NINUMBER POSTCODE DOB GENDER ETHNICITY NATIONALITY BRITISHCITIZENSHIP "
    "COUNTRYOFBIRTH YEAROFENTRY DISABLED CARECERT L2CARECERT RECSOURCE HANDCVISA INOUTUK STARTDATE STARTINSECT DHA "
    "APPRENTICE EMPLSTATUS ZEROHRCONT DAYSSICK SALARYINT SALARY HOURLYRATE MAINJOBROLE MAINJRDESC CONTHOURS AVGHOURS "
    "NMCREG AMHP SCQUAL NONSCQUAL CWPCATEGORY QUALACH01 QUALACH01NOTES QUALACH02 QUALACH02NOTES QUALACH03 "
    "QUALACH03NOTES".split()
)
TRAINING_HEADINGS = tuple(
    "LOCALESTID UNIQUEWORKERID CATEGORY TRAININGNAME ACCREDITED WHODELIVERED PROVIDERNAME HOWDELIVERED VALIDITY "
    "DATECOMPLETED EXPIRYDATE NOTES".split()
)
WORKPLACE_HEADINGS = tuple(
    "LOCALESTID STATUS ESTNAME ADDRESS1 ADDRESS2 ADDRESS3 POSTTOWN POSTCODE ESTTYPE OTHERTYPE PERMCQC PERMLA REGTYPE "
    "PROVNUM LOCATIONID MAINSERVICE ALLSERVICES CAPACITY UTILISATION SERVICEDESC SERVICEUSERS OTHERUSERDESC DHA "
    "DHAACTIVITIES TOTALPERMTEMP ALLJOBROLES STARTERS LEAVERS VACANCIES REASONS REASONNOS REPEATTRAINING CWPAWARE "
    "CWPUSE CWPUSEDESC SICKPAY PENSION ACTUALCONT OPTOUTPEN HOLIDAY SLEEPINS SLEEPINPAY TRAVELTIME TTDIFFRATE".split()
)

WORKER = {
    "LOCALESTID": "W1", "UNIQUEWORKERID": "P1", "STATUS": "UNCHECKED", "DISPLAYID": "Ann Example",
    "POSTCODE": "ZZ9 9ZZ", "DOB": "10/05/1980", "GENDER": "2", "ETHNICITY": "31", "NATIONALITY": "826",
    "COUNTRYOFBIRTH": "826", "DISABLED": "0", "CARECERT": "1", "L2CARECERT": "3", "RECSOURCE": "2",
    "STARTDATE": "01/03/2019", "STARTINSECT": "2010", "DHA": "1", "APPRENTICE": "2", "EMPLSTATUS": "1",
    "ZEROHRCONT": "2", "DAYSSICK": "3.5", "SALARYINT": "3", "HOURLYRATE": "12.50", "MAINJOBROLE": "8",
    "CONTHOURS": "30", "SCQUAL": "1;3", "NONSCQUAL": "2", "CWPCATEGORY": "2", "QUALACH01": "72;2019",
}  # fmt: skip
TRAINING = {
    "LOCALESTID": "W1", "UNIQUEWORKERID": "P1", "CATEGORY": "10", "ACCREDITED": "1", "WHODELIVERED": "1",
    "HOWDELIVERED": "1", "VALIDITY": "12", "DATECOMPLETED": "01/06/2026", "EXPIRYDATE": "31/05/2027",
}  # fmt: skip
PLACE = {
    "STATUS": "UNCHECKED", "ESTNAME": "Made-up Care", "ADDRESS1": "1 Example Street", "POSTCODE": "ZZ9 9ZZ",
    "ESTTYPE": "6", "PERMCQC": "1", "PERMLA": "1", "REGTYPE": "0",
}  # fmt: skip
PLACES = {
    "W1": PLACE | {"MAINSERVICE": "12", "ALLSERVICES": "12;0", "DHA": "1", "DHAACTIVITIES": "1"},
    "W2": PLACE | {"ESTTYPE": "1", "MAINSERVICE": "15", "ALLSERVICES": "15;0", "DHA": "2"},
    "W3": PLACE | {"ESTTYPE": "7", "MAINSERVICE": "13", "ALLSERVICES": "13;0"},
    "W4": PLACE | {"REGTYPE": "2", "PROVNUM": "1-101234567", "LOCATIONID": "1-101234568", "MAINSERVICE": "2",
                   "ALLSERVICES": "2;0"},
}  # fmt: skip

ANNUAL = {"SALARYINT": "1", "SALARY": "21000", "HOURLYRATE": ""}
UNPAID = {"SALARYINT": "999", "HOURLYRATE": ""}
BANK = {"EMPLSTATUS": "3", "ZEROHRCONT": "", "CONTHOURS": "", "AVGHOURS": "20"}
ZERO_HOURS = {"ZEROHRCONT": "1", "CONTHOURS": "", "AVGHOURS": "20"}
FOREIGN = {"NATIONALITY": "566", "COUNTRYOFBIRTH": "566", "BRITISHCITIZENSHIP": "2", "YEAROFENTRY": "2015"}
ON_VISA = FOREIGN | {"HANDCVISA": "1", "INOUTUK": "1"}
NURSE = {"MAINJOBROLE": "16", "DHA": "", "NMCREG": "1", "SCQUAL": "1;6"}
SOCIAL_WORKER = {"MAINJOBROLE": "6", "AMHP": "2", "SCQUAL": "1;6"}
DRIVER = {"MAINJOBROLE": "27", "MAINJRDESC": "Driver", "DHA": ""}
CLERK = {"MAINJOBROLE": "25", "DHA": ""}


def worker(**changes):
    return WORKER | changes


def course(**changes):
    return TRAINING | changes


def numbered(rows):
    """The same rows with a reference each, where they are not about the reference."""
    return [
        row if row["UNIQUEWORKERID"] != "P1" else row | {"UNIQUEWORKERID": f"P{n}"} for n, row in enumerate(rows, 1)
    ]


def workplaces(staff=(), **changes):
    """The workplaces, with as many people as the staff file says; `changes` by reference."""
    rows = []
    for reference, place in PLACES.items():
        here = [row for row in staff if _works_at(row) == reference and row["STATUS"].upper() != "DELETE"]
        rows.append({"LOCALESTID": reference, "TOTALPERMTEMP": str(max(len(here), 1))} | place)
        rows[-1] |= changes.get(reference, {})
    return rows


def _works_at(row):
    moves = row["STATUS"] == "UPDATE" and row.get("TRANSFERSTAFFRECORD") in PLACES
    return "".join((row["TRANSFERSTAFFRECORD"] if moves else row["LOCALESTID"]).split())


def as_csv(headings, rows):
    more = {name for row in rows for name in row} - set(headings)
    headings = (*headings[:2], *sorted(more & EARLY), *headings[2:], *sorted(more - EARLY))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    writer.writerows([row.get(name, "") for name in headings] for row in rows)
    return text.getvalue()


EARLY = {"CHGUNIQUEWRKID", "TRANSFERSTAFFRECORD"}


def write(folder: Path, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return Given(name, path)


def files(folder, staff=None, training=None, places=None):
    """The files of a return on disk; places=False leaves the workplace file out."""
    given = []
    if places is not False:
        used = {"W1", *map(_works_at, staff or ())}
        places = places or [row for row in workplaces(staff or ()) if row["LOCALESTID"] in used]
        given.append(write(folder, "workplace.csv", as_csv(WORKPLACE_HEADINGS, places)))
    if staff is not None:
        given.append(write(folder, "staff.csv", as_csv(STAFF_HEADINGS, staff)))
    if training is not None:
        given.append(write(folder, "training.csv", as_csv(TRAINING_HEADINGS, training)))
    return given


def read(folder, given, **options):
    options = {"as_at": AS_AT, "today": TODAY, "keys": KEYS} | options
    kept = folder / "kept"
    kept.mkdir(exist_ok=True)
    return read_return(given, folder=kept, **options)


def send(folder, staff=None, training=None, places=None, **options):
    return read(folder, files(folder, staff, training, places), **options)


def issues(checked):
    """(file, column, number, severity, rows) of everything that was told, in order."""
    return sorted(
        (cause.file.removesuffix(".csv"), cause.column, cause.code, cause.severity, cause.count)
        for cause in checked.causes
    )


def issues_by_row(checked, file):
    """{row: [(column, number, severity)]} of one file."""
    found = {}
    for line in pq.read_table(checked.issues).to_pylist():
        cause = checked.causes[line["cause"]]
        if cause.file == file:
            found.setdefault(line["row"], []).append((cause.column, cause.code, cause.severity))
    return found


def posts(checked):
    """The snapshot as a list of dicts."""
    return pq.read_table(checked.snapshot).to_pylist()
