"""The kinds of fault that are planted: one line each.

A fault changes one cell of a row that was right. `code` is the number of the finding that the national service makes of
it; without one it says nothing and drops or misreads the value. `may_also`: findings that can follow elsewhere.
"""

from dataclasses import dataclass, field

FILLED, BLANK = object(), object()


@dataclass(frozen=True)
class Not:
    values: tuple


@dataclass(frozen=True, eq=False)
class Kind:
    name: str
    file: str
    column: str
    code: str | None
    write: object  # the new text, or what makes it of the row (its cells by column)
    when: dict = field(default_factory=dict)  # column: FILLED, BLANK, a tuple of values, or Not
    may_also: tuple = ()
    reads: tuple = ()  # columns that `write` looks at beside these


def _worker(name, column, code, write, may_also=(), **when):
    return Kind(name, "worker", column, code, write, {column: FILLED} | when, may_also, ("DOB", "STARTDATE"))


def _workplace(name, column, code, write, may_also=(), **when):
    return Kind(name, "workplace", column, code, write, {column: FILLED} | when, may_also)


def _training(name, column, code, write, may_also=(), **when):
    return Kind(name, "training", column, code, write, {column: FILLED} | when, may_also)


def _own(file, name, column, write):
    """A fault of a system whose files no national service checks."""
    return Kind(name, file, column, None, write, {column: FILLED})


def _year(cell, more=0):
    return str(int(cell[6:10]) + more)


def _tenth_birthday(row):
    return f"28{row['DOB'][2:6]}{_year(row['DOB'], 10)}"


def _one_more(column):
    def write(row):
        first, *rest = row[column].split(";")
        return ";".join([str(int(first) + 1), *rest])

    return write


def _below_nought(row):
    return ";".join(["-1", *row["VACANCIES"].split(";")[1:]])


ORDINARY = Not(("1", "4", "6", "15", "16", "23", "27"))  # roles of which nothing more is asked
BRITISH = ("826",)
UNTRAINED = {"_trained": ("0",)}

WORKER = (
    _worker("gender not in the list", "GENDER", "1090", "5"),
    _worker("gender read as a number", "GENDER", None, "2x"),
    _worker("ethnicity not in the list", "ETHNICITY", "1100", "50"),
    _worker("nationality not in the list", "NATIONALITY", "1110", "9999", NATIONALITY=BRITISH),
    _worker("citizenship of a British worker", "BRITISHCITIZENSHIP", "3120", "1",
            BRITISHCITIZENSHIP=BLANK, NATIONALITY=BRITISH),
    _worker("country not in the list", "COUNTRYOFBIRTH", "1130", "7777", COUNTRYOFBIRTH=BRITISH),
    _worker("year of entry with a letter", "YEAROFENTRY", "1380", "20I5"),
    _worker("year of entry of somebody born here", "YEAROFENTRY", "3380", lambda row: _year(row["DOB"]),
            YEAROFENTRY=BLANK, COUNTRYOFBIRTH=BRITISH),
    _worker("disability not in the list", "DISABLED", "1150", "7"),
    _worker("care certificate not in the list", "CARECERT", "1160", "4"),
    _worker("level 2 certificate not in the list", "L2CARECERT", "5590", "4"),
    _worker("level 2 certificate before there was one", "L2CARECERT", "5620", "1;2019"),
    _worker("level 2 certificate started with a year", "L2CARECERT", "5600", "2;2025"),
    _worker("recruitment source not in the list", "RECSOURCE", "1180", "3"),
    _worker("visa of a British worker", "HANDCVISA", "5570", "1", HANDCVISA=BLANK, NATIONALITY=BRITISH),
    _worker("recruited abroad without a visa", "INOUTUK", "5580", "1", INOUTUK=BLANK, HANDCVISA=BLANK),
    _worker("date of birth not in the calendar", "DOB", "3080", "31/02/1980"),
    _worker("date of birth too long ago", "DOB", "3080", "01/01/1890"),
    _worker("date of birth blank", "DOB", "3080", ""),
    _worker("start in the future", "STARTDATE", "3190", lambda row: row["STARTDATE"][:2].replace("29", "28")
            + row["STARTDATE"][2:6] + "2090"),
    _worker("start as a child", "STARTDATE", "3190", _tenth_birthday, STARTINSECT=("999",), YEAROFENTRY=BLANK),
    _worker("start not in the calendar", "STARTDATE", None, "31/02/2010", STARTINSECT=("999",), YEAROFENTRY=BLANK),
    _worker("start blank", "STARTDATE", "2000", "", STARTINSECT=("999",)),
    _worker("in the sector after the start", "STARTINSECT", "3200", lambda row: _year(row["STARTDATE"], 1)),
    _worker("apprentice not in the list", "APPRENTICE", "3210", "3"),
    _worker("contract blank", "EMPLSTATUS", "1220", "", EMPLSTATUS=("1",), ZEROHRCONT=("1",)),
    _worker("contract not in the list", "EMPLSTATUS", "1220", "5", EMPLSTATUS=("1",), ZEROHRCONT=("1",)),
    _worker("zero hours not known, yet hours", "ZEROHRCONT", "1230", "999", CONTHOURS=FILLED),
    _worker("zero hours blank, yet hours", "ZEROHRCONT", "3230", "", CONTHOURS=FILLED),
    _worker("sick days in quarters", "DAYSSICK", "1240", "4.25"),
    _worker("pay basis not in the list", "SALARYINT", "1250", "2", ("1251", "1252"), SALARYINT=("999",)),
    _worker("salary with an hourly basis", "SALARYINT", "1251", "3", SALARY=FILLED),
    _worker("hourly rate with an annual basis", "SALARYINT", "1252", "1", HOURLYRATE=FILLED),
    _worker("salary, yet basis not known", "SALARYINT", "3260", "999", SALARY=FILLED),
    _worker("salary too high", "SALARY", "1260", "950000"),
    _worker("salary with a pound sign", "SALARY", "1260", "£24500"),
    _worker("hourly rate in tenths of pence", "HOURLYRATE", "1270", "12.755"),
    _worker("hourly rate that is a day's", "HOURLYRATE", None, "250.00"),
    _worker("role not in the list", "MAINJOBROLE", "1280", "99", MAINJOBROLE=ORDINARY, DHA=BLANK),
    _worker("registered manager where nothing is regulated", "MAINJOBROLE", "1280", "4",
            MAINJOBROLE=ORDINARY, DHA=BLANK, _regulated=("0",)),
    _worker("role without its words", "MAINJRDESC", "1290", ""),
    _worker("words for a role in the list", "MAINJRDESC", "3290", "Carer", MAINJRDESC=BLANK, MAINJOBROLE=("8",)),
    _worker("contracted hours over 75", "CONTHOURS", "3300", "80",
            _alone=("1",), CONTHOURS=Not(("999",)), SALARY=BLANK),
    _worker("contracted hours in quarters", "CONTHOURS", "3300", "37.25", SALARY=BLANK, _alone=("1",)),
    _worker("contracted hours of an agency worker", "CONTHOURS", "3300", "30",
            CONTHOURS=BLANK, EMPLSTATUS=("3", "4", "7"), ZEROHRCONT=("2",)),
    _worker("average hours of somebody with a contract", "AVGHOURS", "3310", "30", AVGHOURS=BLANK),
    _worker("nurse without a category", "NMCREG", "3340", ""),
    _worker("nurse's category of a care worker", "NMCREG", "3340", "1", NMCREG=BLANK, MAINJOBROLE=("8",)),
    _worker("social worker without an answer on mental health", "AMHP", "3380", ""),
    _worker("qualification without a level", "SCQUAL", "1360", "1", MAINJOBROLE=ORDINARY),
    _worker("other qualification not in the list", "NONSCQUAL", "1370", "3"),
    _worker("pathway not in the list", "CWPCATEGORY", "5650", "8"),
    _worker("healthcare by a role that may not", "DHA", "5661", "1",
            DHA=BLANK, MAINJOBROLE=("25", "26"), _healthcare=("1",)),
    _worker("qualification not in the list", "QUALACH01", "5010", "999;2015"),
    _worker("qualification a century ago", "QUALACH01", "5015", "53;1850"),
    _worker("qualification without a year", "QUALACH01", "5015", "53;"),
    _worker("second qualification with letters", "QUALACH02", "5030", "abc;2015"),
    _worker("insurance number too short", "NINUMBER", "1060", "PP12345", _alone=("1",)),
    _worker("insurance number in small letters", "NINUMBER", None, lambda row: row["NINUMBER"].lower(), _alone=("1",)),
    _worker("home postcode without a space", "POSTCODE", "1070", lambda row: row["POSTCODE"].replace(" ", "")),
    _worker("home postcode blank", "POSTCODE", "3070", ""),
    _worker("status not in the list", "STATUS", "1040", "AMEND", ("2200",)),
    _worker("worker without a name to show", "DISPLAYID", "1050", ""),
    _worker("name to show too long", "DISPLAYID", "1050", "Worker " + "0" * 43),
    _worker("workplace not in the file", "LOCALESTID", "997", "W99999X", ("2200", "2301"), **UNTRAINED),
    _worker("same worker twice", "UNIQUEWORKERID", "998", lambda row: row["_before"], ("2200",),
            **UNTRAINED, _before=FILLED),
)  # fmt: skip

WORKPLACE = (
    _workplace("status not in the list", "STATUS", "1020", "OLD"),
    _workplace("workplace without a name", "ESTNAME", "1030", ""),
    _workplace("address too long", "ADDRESS1", "1040", "1 " + "Long " * 8),
    _workplace("half a postcode", "POSTCODE", "1060", "DY1"),
    _workplace("employer type not in the list", "ESTTYPE", "1070", "5", ESTTYPE=("6", "7")),
    _workplace("other employer without words", "OTHERTYPE", "2070", ""),
    _workplace("words for an employer in the list", "OTHERTYPE", "2070", "Family firm", OTHERTYPE=BLANK),
    _workplace("permission in words", "PERMCQC", "1080", "yes"),
    _workplace("registration not in the list", "REGTYPE", "1100", "3", REGTYPE=("0",)),
    _workplace("provider number too short", "PROVNUM", "1105", "1-12"),
    _workplace("provider of what is not regulated", "PROVNUM", "2105", "1-101000001", PROVNUM=BLANK),
    _workplace("location number with letters", "LOCATIONID", "1110", lambda row: row["LOCATIONID"].replace("-", "-X")),
    _workplace(
        "location of another workplace", "LOCATIONID", "998", lambda row: row["_donor"], ("1110",), _donor=FILLED
    ),
    _workplace("main service missing among all", "ALLSERVICES", "1120", "20;0", MAINSERVICE=("13", "15", "16", "52")),
    _workplace("more places than anybody has", "CAPACITY", "1140", "10000", CAPACITY=Not((";",))),
    _workplace("service users not in the list", "SERVICEUSERS", "1130", "99", OTHERUSERDESC=BLANK),
    _workplace("activities without healthcare", "DHAACTIVITIES", "2530", "1", DHAACTIVITIES=BLANK, DHA=("2",)),
    _workplace("staff do not add up", "TOTALPERMTEMP", "2200", lambda row: str(int(row["TOTALPERMTEMP"]) + 3)),
    _workplace("more staff than the form takes", "TOTALPERMTEMP", "1200", "1000", ("2200",)),
    _workplace(
        "one starter figure too many", "STARTERS", "1310", lambda row: row["STARTERS"] + ";0", STARTERS=Not(("999",))
    ),
    _workplace(
        "one leaver figure too many", "LEAVERS", "1320", lambda row: row["LEAVERS"] + ";0", LEAVERS=Not(("999",))
    ),
    _workplace("vacancies below nought", "VACANCIES", "1300", _below_nought, ("2301",), VACANCIES=Not(("999",))),
    _workplace("reasons do not add up", "REASONNOS", "1360", _one_more("REASONNOS")),
    _workplace("repeated training not in the list", "REPEATTRAINING", "2420", "5"),
    _workplace("pathway awareness not in the list", "CWPAWARE", "2480", "7"),
    _workplace("pathway use not in the list", "CWPUSE", "2490", "4", CWPUSE=("1", "2", "999")),
    _workplace("pathway words without their reason", "CWPUSEDESC", "2500", "For fun", CWPUSEDESC=BLANK, CWPUSE=("2",)),
    _workplace("sick pay not in the list", "SICKPAY", "2450", "2"),
    _workplace("pension in words", "PENSION", "2460", "Yes", PENSION=("0", "unknown")),
    _workplace("pension contribution too low", "ACTUALCONT", "2540", "2"),
    _workplace("contribution without a pension", "ACTUALCONT", "2541", "5.00", ACTUALCONT=BLANK, PENSION=("0",)),
    _workplace("pension opt-out not in the list", "OPTOUTPEN", "2550", "3"),
    _workplace("leave days in words", "HOLIDAY", "2470", "28 days"),
    _workplace("sleep-ins not in the list", "SLEEPINS", "2560", "4", SLEEPINPAY=BLANK),
    _workplace("sleep-in pay without sleep-ins", "SLEEPINPAY", "2572", "1", SLEEPINPAY=BLANK, SLEEPINS=("2",)),
    _workplace("travel time not in the list", "TRAVELTIME", "2580", "8", TTDIFFRATE=BLANK),
    _workplace("travel rate too low", "TTDIFFRATE", "2590", "1.00"),
)

TRAINING = (
    _training("training of an unknown worker", "UNIQUEWORKERID", "996", "P9999999"),
    _training("training at an unknown workplace", "LOCALESTID", "997", "W99999X", ("996",)),
    _training("category not in the list", "CATEGORY", "1050", "3"),
    _training("title too long", "TRAININGNAME", "1040", "Course " * 18, TRAININGNAME=BLANK),
    _training("accreditation not in the list", "ACCREDITED", "1060", "2"),
    _training("trainer not in the list", "WHODELIVERED", "1080", "3", PROVIDERNAME=BLANK),
    _training("provider of training in-house", "PROVIDERNAME", "2090", "999", PROVIDERNAME=BLANK),
    _training("way of teaching not in the list", "HOWDELIVERED", "1100", "5"),
    _training("validity with a capital", "VALIDITY", "1110", "None", VALIDITY=("none",)),
    _training("completed in the future", "DATECOMPLETED", "1020", "01/06/2090", EXPIRYDATE=BLANK),
    _training("completed, the year first", "DATECOMPLETED", "1020", "2025-03-01", EXPIRYDATE=BLANK),
    _training("lapsed before it began", "EXPIRYDATE", "1030", "01/01/1990", ("2110",)),
    _training("lapses on another day", "EXPIRYDATE", "2110", "28/12/2089"),
)

KINDS = WORKER + WORKPLACE + TRAINING

ESR = (
    _own("staff_in_post", "date of birth not in the calendar", "Date of Birth", "31/02/1980"),
    _own("staff_in_post", "date of birth in the future", "Date of Birth", "01/01/2090"),
    _own("staff_in_post", "date of birth blank", "Date of Birth", ""),
    _own("staff_in_post", "staff group misspelt", "Staff Group", "Nursing and Midwifry Registerd"),
    _own("staff_in_post", "staff group not in the list", "Staff Group", "Wizards"),
    _own("staff_in_post", "job role blank", "Job Role", ""),
    _own("staff_in_post", "assignment category not in the list", "Assignment Category", "Perm?"),
    _own("staff_in_post", "hours in the place of the equivalent", "FTE", "37.50000"),
    _own("staff_in_post", "equivalent in words", "FTE", "full"),
    _own("staff_in_post", "equivalent below nought", "FTE", "-1.00000"),
    _own("staff_in_post", "more hours than a week has", "Contracted Hours", "375"),
    _own("staff_in_post", "gender not in the list", "Gender", "Femail"),
    _own("staff_in_post", "ethnic category not in the list", "Ethnic Origin", "Q7"),
    _own("staff_in_post", "nationality not in the list", "Nationality", "Martian"),
    _own("staff_in_post", "disability not in the list", "Disability", "7"),
    _own("staff_in_post", "start in the future", "Latest Start Date", "01/06/2090"),
    _own("staff_in_post", "start not in the calendar", "Latest Start Date", "31/11/2015"),
    _own("staff_in_post", "employee number blank", "Employee Number", ""),
    _own("staff_in_post", "assignment number blank", "Assignment Number", ""),
    _own("starters", "start in the future", "Latest Start Date", "01/06/2090"),
    _own("leavers", "leaving date not in the calendar", "Termination Date", "31/04/2020"),
    _own("leavers", "leaving reason not in the list", "Leaving Reason", "Went fishing"),
    _own("leavers", "destination not in the list", "Destination On Leaving", "The seaside"),
    _own("absence", "absence ends in the future", "Absence End Date", "01/06/2090"),
    _own("absence", "days lost in words", "FTE Days Lost", "three"),
)

COUNCIL = (
    _own("staff", "date of birth not in the calendar", "D.O.B.", "31/02/1980"),
    _own("staff", "date of birth in the future", "D.O.B.", "01/01/2090"),
    _own("staff", "date of birth blank", "D.O.B.", ""),
    _own("staff", "job title blank", "Job Title", ""),
    _own("staff", "job title that no list has", "Job Title", "Chief Tea Taster"),
    _own("staff", "contract not in the list", "Contract Type", "Handshake"),
    _own("staff", "hours in words", "Weekly Hours", "thirty"),
    _own("staff", "more hours than a week has", "Weekly Hours", "370"),
    _own("staff", "hours below nought", "Weekly Hours", "-5"),
    _own("staff", "salary not known in letters", "Annual Salary", "N/K"),
    _own("staff", "salary in pence", "Annual Salary", "2650000"),
    _own("staff", "gender not in the list", "Gender", "Femail"),
    _own("staff", "ethnic group not in the list", "Ethnic Origin (2021)", "Purple"),
    _own("staff", "disability not in the list", "Disability", "7"),
    _own("staff", "start in the future", "Start Date", "01/06/2090"),
    _own("staff", "start not in the calendar", "Start Date", "31/11/2015"),
    _own("staff", "start, the month first", "Start Date", "03/28/2019"),
    _own("staff", "payroll number blank", "Payroll No", ""),
    _own("staff", "post number blank", "Post No", ""),
    _own("leavers", "leaving date not in the calendar", "Leaving Date", "31/04/2020"),
)
