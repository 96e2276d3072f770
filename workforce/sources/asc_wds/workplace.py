"""The workplace file of the national social care data set: its 44 columns, and those of older versions.

Source of columns, limits and numbers of findings: NMDSdevopsServiceAdm/SopraSteria-SFC (MIT licence), commit b6857156
of 21 August 2026. A cell is judged whatever the row's STATUS says, because the service's own export writes UNCHECKED
on every row and the rows are used all the same.
"""

from dataclasses import dataclass, replace
from datetime import date

from workforce.checking.declaring import Column, FileKind, Severity
from workforce.checking.kinds import DECIMAL_CODE, NOT_LISTED, Codes, Number, Pattern, Reading, Reference, Text, Wrong
from workforce.checking.kinds import listed as listed_codes
from workforce.checking.kinds_of_parts import PART_BLANK, PART_NOT_LISTED, PART_WRONG, Many
from workforce.codes import code_list

from .leaning import MOST_KNOWN, NOT_KNOWN, SERVICE_CODES
from .lists import from_list
from .workplace_rules import rules

ERROR, WARNING = Severity.ERROR, Severity.WARNING
LONGEST_UNREAD = 32_767  # a cell of Excel; nobody reads these columns
# Compared as whole text by the national service, which therefore rejects what merely begins with a code.
WHOLE = (NOT_LISTED, Wrong("read_in_part", NOT_LISTED.says), DECIMAL_CODE)
DESCRIPTION = Text(limit=120, accepted="Text of up to 120 characters")
PATHWAY_USE, PATHWAY_REASONS = from_list("cwp_use"), from_list("cwp_use_reason")
SECTIONS = "semicolons between, in the order of"

NO_LONGER_READ = """IIPSTATUS PERMNHSC SHARELA STUDENTCOUNT DESTNOS ADVERTISING INTERVIEWS ACCEPTCARECERT BENEFITS EMAIL
PHONE OTHERDESC PERMCOUNT TEMPCOUNT POOLCOUNT AGENCYCOUNT VOLUNTARYCOUNT OTHERCOUNT TOTALSTARTERS TOTALLEAVERS
TOTALVACANCIES DESTINATIONS""".split()


def whole(name):
    """Codes that the national service compares as whole text."""
    return replace(from_list(name), wrongs=WHOLE)


def words(name):
    """A list that holds words, in any case."""
    of = code_list(name)
    return listed_codes(of.codes, {code: of.label(code) for code in of.codes}, fold=True)


def employer_types():
    of = code_list("establishment_type")
    codes = [row["code"] for row in of.rows if row["accepted"] == "1"]
    return listed_codes(codes, {code: of.label(code) for code in codes})


@dataclass(frozen=True)
class Descriptions(Many):
    """Free text for several things, with semicolons between; only how many there are and how long is looked at."""

    each: Text = DESCRIPTION
    blanks: bool = True
    shape: str = ""

    @property
    def wrongs(self):
        return (Wrong(PART_WRONG.key, f"has a description of more than {self.each.limit} characters"), PART_BLANK)


@dataclass(frozen=True)
class NumberedCodes(Many):
    """Codes of which unknown numbers are dropped; a part that is no number spoils the whole cell."""

    unknown_is_dropped: bool = True

    def _part(self, part):
        return super()._part(part) if not part or part.isdecimal() else (None, PART_WRONG.key)


@dataclass(frozen=True)
class PathwayUse(Many):
    """Whether the care workforce pathway is used, then the reasons: 1;3;10. `value` is a position in `each.codes`."""

    each: Codes = PATHWAY_USE
    reasons: Codes = PATHWAY_REASONS
    accepted: str = "1 (yes), with the reasons 1 to 10 after it (1;3;10); 2 (no); 999 (not known)"
    wrongs_in_order = (
        Wrong("first_wrong", "does not begin with 1, 2 or 999, so it is left aside"),
        Wrong("reason_wrong", "gives a reason that is not one of 1 to 10, so it is left aside"),
        Wrong("reason_unexpected", "gives reasons although it does not begin with 1; they are left aside", keeps=True),
    )

    @property
    def wrongs(self):
        return self.wrongs_in_order

    def read(self, text):
        first, *rest = (part.strip() for part in text.split(";"))
        place = self.each.place(first)
        if place is None:
            return Reading(wrong="first_wrong")
        reasons = [self.reasons.place(part) for part in rest if part]
        if self.each.codes[place] != "1":
            return Reading(place, "reason_unexpected" if reasons else "")
        if None in reasons:
            return Reading(wrong="reason_wrong")
        return Reading(place, many=tuple(self.reasons.codes[reason] for reason in reasons))


def text(name, limit, code, *, required=None, severity=ERROR):
    """Free text or an address: its length is looked at, and it is never shown."""
    kind = Text(limit=limit, accepted=f"Text of up to {limit} characters")
    return Column(name, kind, code, severity, required, shows=False)


def coded(name, kind, code, severity=ERROR, **more):
    return Column(name, kind, code, severity, **more)


def where_it_is():
    reference = Reference(limit=49, accepted="Your own reference for the workplace, under 50 characters")
    postcode = Pattern(
        pattern=r"[A-Za-z]{1,2}[0-9][0-9A-Za-z]?[^0-9A-Za-z]{0,3}[0-9][A-Za-z]{2}",
        accepted="A postcode such as DY1 1AA",
    )
    yield Column("LOCALESTID", reference, "1010", required=ERROR, key=True)
    yield Column("STATUS", words("status"), "1020", required=ERROR)
    yield text("ESTNAME", 120, "1030", required=ERROR)
    yield text("ADDRESS1", 40, "1040", required=ERROR)
    yield text("ADDRESS2", 40, "1045")
    yield text("ADDRESS3", 40, "1050")
    yield text("POSTTOWN", 40, "1055")
    yield Column("POSTCODE", postcode, "1060", required=ERROR, shows=False)


def what_it_is():
    provider = Pattern(pattern="[0-9]-[0-9]{8,12}", accepted="One digit, a hyphen and 8 to 12 digits: 1-101234567")
    yield coded("ESTTYPE", employer_types(), "1070", required=ERROR)
    yield text("OTHERTYPE", 240, "1070")
    yield coded("PERMCQC", whole("permission"), "1080")
    yield coded("PERMLA", whole("permission"), "1090")
    yield coded("REGTYPE", from_list("registration_type"), "1100", required=ERROR)
    yield coded("PROVNUM", provider, "1105")
    yield coded("LOCATIONID", provider, "1110")


def what_it_does():
    service = listed_codes(SERVICE_CODES, words="A code of the list of main services, such as 8 for domiciliary care")
    places = Many(each=Number(high=9_998), blanks=True, accepted=f"Whole numbers, {SECTIONS} ALLSERVICES: 40;;12")
    every = "Codes of the list of main services, semicolons between: 8;13; or the main service and 0 for no others: 8;0"
    users = NumberedCodes(
        each=from_list("service_user"),
        accepted="Codes of the list of people cared for, semicolons between: 1;4",
    )
    yield coded("MAINSERVICE", service, "1000", required=ERROR)
    yield coded("ALLSERVICES", Many(each=service, extra=("0",), accepted=every), "1120", required=ERROR)
    yield coded("CAPACITY", places, "1140")
    yield coded("UTILISATION", places, "1140")
    yield described("SERVICEDESC", "1120", "ALLSERVICES")
    yield coded("SERVICEUSERS", users, "2130", WARNING, numbers=((PART_NOT_LISTED.key, "1130"),))
    yield described("OTHERUSERDESC", "1130", "SERVICEUSERS")
    yield coded("DHA", whole("dha"), "2510", WARNING, optional=True)
    yield coded("DHAACTIVITIES", activities(), "2530", WARNING, optional=True)


def described(name, code, along):
    accepted = f"Descriptions of up to 120 characters, {SECTIONS} {along}"
    return Column(name, Descriptions(accepted=accepted), code, shows=False)


def activities():
    return Many(each=from_list("delegated_healthcare_activity"), accepted="1 to 8, semicolons between: 1;4; or 999")


def who_works_there():
    roles = Many(
        each=from_list("job_role", "job_role_retired"), accepted="Codes of the list of job roles, semicolons between"
    )
    figures = Many(
        each=Number(high=MOST_KNOWN),
        accepted=f"Whole numbers from 0 to {MOST_KNOWN}, {SECTIONS} ALLJOBROLES; or {NOT_KNOWN} alone for not known",
    )
    reasons = Many(each=Number(), accepted="Whole numbers, semicolons between")
    total = Number(high=MOST_KNOWN, unknown=NOT_KNOWN, accepted="A whole number from 0 to 999")
    yield coded("TOTALPERMTEMP", total, "1200", required=ERROR)
    yield coded("ALLJOBROLES", roles, "1280")
    yield coded("STARTERS", figures, "1310")
    yield coded("LEAVERS", figures, "1320")
    yield coded("VACANCIES", figures, "1300")
    yield coded("REASONS", reasons, "1360")
    yield coded("REASONNOS", reasons, "1360")


def how_it_employs():
    """Columns that came after 2019, all of which the national service forgives."""
    contribution = Number(low=3.0001, high=100, step=0.0001, accepted="A per cent above 3 and up to 100")
    rate = Number(low=2.5, high=200, step=0.0001, accepted="Pounds an hour from 2.50 to 200")
    for name, kind, code in (
        ("REPEATTRAINING", whole("repeat_training"), "2420"),
        ("CWPAWARE", whole("cwp_awareness"), "2480"),
        ("CWPUSE", PathwayUse(), "2490"),
        ("CWPUSEDESC", DESCRIPTION, "2500"),
        ("SICKPAY", replace(words("sick_pay_pension"), wrongs=WHOLE), "2450"),
        ("PENSION", replace(words("sick_pay_pension"), wrongs=WHOLE), "2460"),
        ("ACTUALCONT", contribution, "2540"),
        ("OPTOUTPEN", whole("pension_opt_out"), "2550"),
        ("HOLIDAY", Number(accepted="A whole number of days"), "2470"),
        ("SLEEPINS", whole("sleep_ins"), "2560"),
        ("SLEEPINPAY", whole("sleep_in_pay"), "2570"),
        ("TRAVELTIME", whole("travel_time_pay"), "2580"),
        ("TTDIFFRATE", rate, "2590"),
    ):
        yield Column(name, kind, code, WARNING, shows=kind is not DESCRIPTION, optional=True)


def no_longer_read():
    """Columns of older versions: known, so that nobody is asked about them, and read by nobody."""
    return (Column(name, Text(limit=LONGEST_UNREAD), optional=True, shows=False) for name in NO_LONGER_READ)


def workplace_file(today: date) -> FileKind:
    """The kind; `today` is asked for as of every kind of file, though nothing in this one depends on the day."""
    parts = where_it_is, what_it_is, what_it_does, who_works_there, how_it_employs, no_longer_read
    return FileKind(
        name="workplace",
        label="Workplace file",
        columns=tuple(column for part in parts for column in part()),
        rules=rules(),
        marks=frozenset({"LOCALESTID", "MAINSERVICE"}),
    )
