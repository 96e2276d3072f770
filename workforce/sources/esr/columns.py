"""The columns of the extracts, each with the headings it comes under.

Names of the national collection of workforce data (EMPLOYEE_NUMBER, CONTRACTED_FTE) are those of its published field
list; the others are headings that reports of the system usually have, to be confirmed with a partner. Headings are
compared without case, spaces, underscores and punctuation, so "EMPLOYEE_NUMBER" needs no line of its own.
"""

from dataclasses import replace

from workforce.checking.declaring import Column, FileKind, Severity
from workforce.checking.kinds import Day, Reference, Text
from workforce.checking.kinds_of_measures import Measure
from workforce.checking.kinds_of_words import Names, words
from workforce.codes import code_list

from .rules import NOT_STAFF, leavers_rules, staff_rules, starters_rules

ERROR, WARNING = Severity.ERROR, Severity.WARNING
REFERENCE = Reference("At most 60 characters", limit=60)
MOST_HOURS, MOST_FTE = 80, 1.2
STAFF_GROUPS = code_list("nhs_staff_group")


def esr_words(field, accepted):
    return words(field, "esr", accepted)


def reference(name, *also, **more):
    return Column(name, REFERENCE, shows=False, also=also, **more)


def day(name, today, *also, **more):
    return Column(name, Day(today=today), shows=False, also=also, **more)


def dropped(name, *also):
    """Known, so that nobody is told of a strange heading; read by nothing."""
    return Column(name, Text(limit=32_767), severity=WARNING, shows=False, optional=True, also=also)


def who():
    return (
        reference("Employee Number", "Employee No", "Emp No", "Emp Number", "Staff Number", "Person Number",
                  "Employee ID", required=ERROR, key=True),
        reference("Assignment Number", "Assignment No", "Assign No", "Assignment ID", "Assignment", required=ERROR,
                  key=True),
    )  # fmt: skip


def where():
    return (
        reference("Organisation", "Organisation Name", "Organization", "Org", "Org L1", "Org Level 1", "Trust",
                  "Employing Organisation", "Employing Org Code", "Employer", optional=True),
        reference("Org L2", "Org Level 2", "Organisation L2", "Organisation Level 2", "Level 2", "Directorate",
                  optional=True),
        reference("Org L3", "Org Level 3", "Organisation L3", "Organisation Level 3", "Level 3", "Division",
                  optional=True),
    )  # fmt: skip


def post():
    groups = Names(
        "A staff group, such as Nursing and Midwifery Registered, or its number, such as 03",
        codes=STAFF_GROUPS.codes, labels=tuple(map(STAFF_GROUPS.label, STAFF_GROUPS.codes)),
    )  # fmt: skip
    return (
        Column("Staff Group", groups, required=ERROR, also=("Staff Group Name", "Staff Grp", "Staffgroup Description")),
        Column("Job Role", Text("A job role of the staff group", limit=200), required=WARNING, shows=False,
               also=("Role", "Job Role Name", "Jobrole Description")),
        Column("Assignment Category", esr_words("contract", "Permanent, Fixed Term Temp, Locum or Bank"),
               required=WARNING, also=("Assignment Cat", "Employment Category", "Contract Type")),
        Column("FTE", Measure(f"A share of 37.5 hours from 0 to {MOST_FTE}, such as 0.80000", high=MOST_FTE),
               also=("Contracted FTE", "WTE", "Contracted WTE", "Assignment FTE", "FTE Contracted", "Actual FTE")),
        Column("Contracted Hours", Measure(f"Hours a week from 0 to {MOST_HOURS}, such as 37.5", high=MOST_HOURS),
               also=("Contract Hours", "Hours", "Weekly Hours", "Normal Hours", "Working Hours")),
    )  # fmt: skip


def about_the_post(today):
    """Columns that only the staff in post extract has."""
    return (
        Column("Area of Work", Text(limit=200), shows=False, optional=True, also=("Area Of Work Name", "Work Area")),
        Column("Occupation Code", Text("Three characters, such as N6A or 021", limit=12), optional=True,
               also=("Occ Code", "National Occupation Code")),
        Column("Employee Category", esr_words("hours_pattern", "Full Time or Part Time"), optional=True,
               also=("Full Time Part Time", "FT PT", "Full or Part Time")),
        Column("Registration Body", esr_words("registration", "The register's name, such as NMC, HCPC or GMC"),
               also=("Professional Registration Body", "Reg Body", "Registering Body")),
        day("Registration Expiry", today, "Registration Expiry Date", "End Date Registration", "Expiry Date",
            "Registration Expiration Date", severity=WARNING, optional=True),
        Column("Recruitment Source", esr_words("recruit_source", "A recruitment source of the system"), optional=True,
               also=("Source of Recruitment",)),
    )  # fmt: skip


def person(today):
    """`shows` is off where a cell is special category data or could identify somebody."""
    return (
        day("Date of Birth", today, "DOB", "Birth Date", required=WARNING),
        Column("Gender", esr_words("sex", "Female, Male, Other or Unknown"), also=("Sex",)),
        Column("Ethnic Origin", esr_words("ethnicity15", "A national letter, A to S or Z, with or without its name"),
               shows=False, also=("Ethnic Group", "Ethnicity", "Ethnic Category", "Ethnic Code", "Ethnic Origin Code")),
        Column("Nationality", esr_words("nationality3", "A nationality or a country"), shows=False, optional=True),
        Column("Disability", esr_words("disability", "Yes, No, Not Declared or Prefer Not To Answer"), shows=False,
               optional=True, also=("Disabled", "Disability Flag", "Disability Status")),
    )  # fmt: skip


def started(today, **more):
    return (
        day("Latest Start Date", today, "Start Date", "Latest Hire Date", "Hire Date", "Start Date Org",
            "Start Date in Organisation", "Date Started", **more),
    )  # fmt: skip


NAMES = (
    dropped("Last Name", "Surname", "Family Name"), dropped("First Name", "Forename", "Forenames", "Given Name"),
    dropped("Full Name", "Name", "Employee Name", "Employee"), dropped("Title"),
    dropped("NI Number", "National Insurance Number", "NI No"), dropped("Postcode", "Home Postcode"),
    dropped("Email Address", "Email"), dropped("Address", "Home Address"),
    dropped("Registration Number", "Professional Registration Number", "Reg Number"),
)  # fmt: skip
OTHERS = (
    dropped("Position Title", "Position", "Position Name"), dropped("Position Number"),
    dropped("Org L4", "Org Level 4"), dropped("Org L5", "Org Level 5"), dropped("Org L6", "Org Level 6"),
    dropped("Org L7", "Org Level 7"), dropped("Location", "Work Location", "Site"),
    dropped("Assignment Status", "Status"), dropped("Pay Scale", "Pay Grade", "Grade", "Pay Band", "Band"),
    dropped("Spine Point", "Pay Point", "Grade Step", "Pay Step"), dropped("Age Band", "Age"),
    dropped("Religious Belief", "Religion"), dropped("Sexual Orientation"), dropped("Cost Centre"),
    dropped("Supervisor", "Manager", "Line Manager"), dropped("Maternity", "Marital Status"),
)  # fmt: skip


def staff_in_post_file(today):
    columns = (
        *who(), *where(), *post(), *about_the_post(today), *person(today), *started(today, required=WARNING),
        day("NHS Start Date", today, "NHS Entry Date", "Start Date NHS", "CSD 3 Months", "CSD 12 Months",
            severity=WARNING, optional=True),
        *NAMES, *OTHERS,
    )  # fmt: skip
    marks = frozenset({"Employee Number", "Assignment Number", "Staff Group"})
    return FileKind("staff_in_post", "Staff in post extract", columns, staff_rules(), marks, NOT_STAFF)


def starters_file(today):
    columns = (
        *who(), *where(), *post(), *started(today, required=ERROR),
        Column("Recruitment Source", esr_words("recruit_source", "A recruitment source of the system"),
               also=("Source of Recruitment",)),
        dropped("Previous Employer", "Previous Organisation"), *NAMES,
    )  # fmt: skip
    columns = tuple(_may_be_missing(column) for column in columns)
    marks = frozenset({"Employee Number", "Assignment Number", "Recruitment Source"})
    return FileKind("starters", "Starters extract", columns, starters_rules(), marks, NOT_STAFF)


def leavers_file(today):
    left = (
        day("Termination Date", today, "Leaving Date", "Leave Date", "End Date Org", "End Date Last Working Day",
            "Actual Termination Date", "Date Left", required=ERROR),
        Column("Leaving Reason", esr_words("leave_reason", "A leaving reason of the system"),
               also=("Reason for Leaving", "Termination Reason", "Leaver Reason")),
        Column("Destination On Leaving", esr_words("leave_destination", "A destination of the system"),
               also=("Leaving Destination", "Destination", "Leaver Destination")),
    )  # fmt: skip
    most = (*who(), *where(), *post(), *about_the_post(today), *person(today), *started(today))
    columns = tuple(_may_be_missing(column) for column in most) + left + NAMES + OTHERS
    marks = frozenset({"Employee Number", "Assignment Number", "Termination Date"})
    return FileKind("leavers", "Leavers extract", columns, leavers_rules(), marks, NOT_STAFF)


NEEDED = ("Employee Number", "Assignment Number", "Latest Start Date", "Termination Date")


def _may_be_missing(column):
    """In the extracts of flows a column that is not there is no fault, save for what rows are known by."""
    return column if column.name in NEEDED else replace(column, optional=True, required=None)
