"""The staff file: its columns as the national service has them, and what it was called in older versions.

Facts: NMDSdevopsServiceAdm/SopraSteria-SFC (MIT licence), commit b6857156 of 21 August 2026. `code` is the number of
the national finding.
"""

from workforce.checking.declaring import Column, FileKind, Severity
from workforce.checking.kinds import Day, Number, Pattern, Reference, Text, Year
from workforce.checking.kinds_of_parts import Pair

from .lists import from_list
from .worker_rules import DELETED, worker_rules

ERROR, WARNING = Severity.ERROR, Severity.WARNING
REFERENCE = Reference("At most 49 characters", limit=49)
COUNTRIES = "A three-figure country code, 998 or 999"
HALF_HOURS = "0, 0.5, 1 … 75, or 999 not known"
NI_NUMBER = r"(?:[A-Za-z] *){2}(?:[0-9] *){6}[A-Za-z]?|[Aa][Dd][Mm][Ii][Nn]"
POSTCODE = r"[A-Za-z]{1,2}[0-9]{1,2}[A-Za-z]? [0-9][A-Za-z]{2}|[Gg][Ii][Rr] 0[Aa][Aa]"
OLDER = """FLUVAC OTHERJOBROLE OTHERJRDESC NURSESPEC CARECERTDATE FULLTIME INDDATE INDSTATUS QUALWT QUALWTNOTES"""


def worker_file(today):
    """The staff file as it is judged on a day."""
    columns = (*_who(today), *_origin(today), *_post(today), *_qualifications(today), *_older())
    marks = frozenset({"LOCALESTID", "UNIQUEWORKERID", "MAINJOBROLE", "EMPLSTATUS"})
    return FileKind("worker", "Staff file", columns, worker_rules(), marks, DELETED)


def _who(today):
    year_born = "A date as DD/MM/YYYY that makes the person 14 to 100 years old"
    return (
        Column("LOCALESTID", REFERENCE, "1010", required=ERROR, key=True),
        Column("UNIQUEWORKERID", REFERENCE, "1020", required=ERROR, key=True, shows=False),
        Column("CHGUNIQUEWRKID", REFERENCE, "1030", shows=False, optional=True),
        Column("TRANSFERSTAFFRECORD", REFERENCE, "1401", optional=True),
        Column("STATUS", _status(), "1040", required=ERROR),
        Column("DISPLAYID", Text("At most 49 characters", limit=49), "1050", required=ERROR, shows=False),
        Column(
            "NINUMBER", Pattern("Two letters, six digits and a letter", pattern=NI_NUMBER), "1060", shows=False
        ),
        Column(
            "POSTCODE", Pattern("A postcode with one space, such as ZZ9 9ZZ", pattern=POSTCODE), "1070",
            required=WARNING, required_code="3070", shows=False,
        ),
        Column(
            "DOB", Day(year_born, today=today, short_years=True, unknown="admin"), "3080", WARNING, required=WARNING,
            shows=False,
        ),
        Column("GENDER", from_list("gender"), "1090"),
    )  # fmt: skip


def _status():
    words = "NEW, UPDATE, NOCHANGE, UNCHECKED or DELETE"
    listed = from_list("status", words=words)
    return type(listed)(accepted=words, codes=(*listed.codes, "CHGSUB"), fold=True)


def _origin(today):
    certificate = Pair(
        "1;year (2024 or later), 2 started, or 3 no", first=from_list("level_2_care_certificate"),
        second=Year(low=2024, high=today.year), takes_second=("1",), second_warns=True,
    )  # fmt: skip
    return (
        Column("ETHNICITY", from_list("ethnicity", none=("0",)), "1100"),
        Column("NATIONALITY", from_list("nationality", words=COUNTRIES), "1110"),
        Column("BRITISHCITIZENSHIP", from_list("british_citizenship"), "1120"),
        Column("COUNTRYOFBIRTH", from_list("country_of_birth", words=COUNTRIES), "1130"),
        Column("YEAROFENTRY", Year("A year as YYYY, not in the future", low=1900, high=today.year), "1380"),
        Column("DISABLED", from_list("disability"), "1150"),
        Column("CARECERT", from_list("care_certificate"), "1160"),
        Column(
            "L2CARECERT", certificate, "5590", WARNING, optional=True,
            numbers=(("second_unexpected", "5600"), ("second_wrong", "5620")),
        ),
        Column("RECSOURCE", from_list("recruitment_source"), "1180"),
        Column("HANDCVISA", from_list("health_and_care_visa"), "5570", WARNING, optional=True),
        Column("INOUTUK", from_list("employed_from_outside_uk"), "5580", WARNING, optional=True),
    )  # fmt: skip


def _post(today):
    sector_year = Year("A year as YYYY, or 999 not known", low=today.year - 100, high=today.year, unknown="999")
    hours = Number(accepted=HALF_HOURS, low=0, high=75, step=0.5, unknown="999")
    return (
        Column("STARTDATE", Day(today=today), "3190", WARNING, required=WARNING, required_code="2000"),
        Column("STARTINSECT", sector_year, "3200", WARNING, required=WARNING),
        Column("DHA", from_list("dha"), "5660", WARNING, optional=True),
        Column("APPRENTICE", from_list("apprenticeship"), "3210", WARNING),
        Column("EMPLSTATUS", from_list("employment_status"), "1220", required=ERROR),
        Column("ZEROHRCONT", from_list("zero_hours_contract"), "1230"),
        Column(
            "DAYSSICK",
            Number(accepted="0, 0.5, 1 … 366, or 999 not known", low=0, high=366, step=0.5, unknown="999"),
            "1240", WARNING,
        ),
        Column("SALARYINT", from_list("salary_interval"), "1250"),
        Column("SALARY", Number(accepted="Whole pounds from 500 to 200000", low=500, high=250_000), "1260"),
        Column(
            "HOURLYRATE", Number(accepted="Pounds and pence, such as 11.44", low=0, high=10_000_000, step=0.01), "1270"
        ),
        Column("MAINJOBROLE", from_list("job_role", "job_role_retired"), "1280", required=ERROR, key=True),
        Column("MAINJRDESC", Text("At most 119 characters", limit=119), "1290", shows=False),
        Column("CONTHOURS", hours, "3300", WARNING),
        Column("AVGHOURS", hours, "3310", WARNING, also=("ADDLHOURS",)),
        Column("NMCREG", from_list("registered_nurse_category"), "3340", WARNING),
        Column("AMHP", from_list("amhp"), "3380", WARNING),
    )  # fmt: skip


def _qualifications(today):
    levels, held = from_list("qualification_level"), from_list("social_care_qualification_held")
    social = Pair(
        "1;level (0 to 8, or 999), 2 no, or 999 not known", first=held, second=levels, takes_second=("1",),
        needs_second=True, second_warns=True,
    )  # fmt: skip
    other = Pair(
        "1 or 1;level (0 to 8, or 999), 2 no, or 999 not known", first=held, second=levels, takes_second=("1",),
        second_warns=True,
    )  # fmt: skip
    yield Column("SCQUAL", social, "1360", required=WARNING, required_code="3360")
    yield Column("NONSCQUAL", other, "1370")
    yield Column("CWPCATEGORY", from_list("cwp_role_category"), "5650", WARNING, optional=True)
    gained = Pair(
        "code;year, such as 72;2019", first=from_list("qualification", words="A code of the list of qualifications"),
        second=Year(low=today.year - 100, high=today.year), needs_second=True, missing_warns=True,
    )  # fmt: skip
    for number in range(1, 100):
        yield from _achieved(number, gained)


def _achieved(number, gained):
    """A qualification and its notes. The national service numbers its findings for the first three only, and drops
    what is wrong with the others without a word; here they are told alike."""
    tens = 5010 + 20 * (number - 1)
    code, year, notes = (str(tens), str(tens + 5), str(tens + 10)) if number <= 3 else ("", "", "")
    name = f"QUALACH{number:02}"
    numbers = (("second_wrong", year), ("second_missing", year)) if year else ()
    yield Column(name, gained, code, numbers=numbers, optional=number > 1)
    yield Column(f"{name}NOTES", Text("At most 120 characters", limit=120), notes, WARNING, shows=False, optional=True)


def _older():
    """Columns that older versions had: known, so that nobody is told of a strange heading, and read by nothing."""
    return tuple(Column(name, Text(limit=1000), "", WARNING, shows=False, optional=True) for name in OLDER.split())
