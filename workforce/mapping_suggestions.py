"""What the columns of a list in no known form probably mean: by their headings first, by what they hold second.

A suggestion is never used without a person's word. Cells are looked at here and go nowhere, save for a few samples of
columns that say nothing of who somebody is.
"""

import re
from collections import Counter
from itertools import islice

from workforce.checking.engine import heading_key
from workforce.checking.kinds_of_words import matching
from workforce.sources.council.fields import COUNCIL_FIELDS, IGNORED
from workforce.template import MISSING

LOOKED_AT = 1_000  # rows of a sheet
SAMPLES, LONGEST = 5, 40
OFTEN = 3  # how often a text must stand in a column before it is shown
AGREE = 0.6  # share of the filled cells that must be of a kind
FEWEST_KNOWN = 4  # headings by which a row is taken for the headings, and a sheet for a list of staff

# Headings as they are met, for each meaning; what stands first in a list counts for nothing.
SYNONYMS = {
    "person_reference": "payroll no;payroll number;payroll ref;employee no;employee number;employee id;emp no;emp id;"
    "staff no;staff number;staff id;personnel no;personnel number;pay no;pay number;person id;person ref;worker id",
    "post_reference": "post no;post number;post id;post ref;post reference;position no;position number;position id;"
    "position ref;job no;job number;job id;assignment no;assignment number;contract no;appointment id",
    "directorate": "directorate;department;dept;service area;division;business unit;organisation unit;group",
    "team": "team;team name;section;unit;cost centre name;cost centre description;establishment;workplace;location;"
    "location name;service;place of work",
    "job_title": "job title;jobtitle;post title;position title;position;job;job name;job description;role;role title;"
    "occupation;designation;job role",
    "contract": "contract type;contract;type of contract;employment type;employment status;appointment type;"
    "permanent or temporary;perm temp;assignment category;employment basis;contract status",
    "hours": "weekly hours;hours;contracted hours;contract hours;hours per week;hours pw;hrs;hrs per week;weekly hrs;"
    "contractual hours;hours a week;actual hours;working hours",
    "fte": "fte;wte;full time equivalent;whole time equivalent;contracted fte;actual fte",
    "salary": "annual salary;salary;full time salary;fte salary;basic salary;basic pay;annual pay;gross salary;"
    "actual salary;salary pa;salary per annum;pay",
    "hourly_rate": "hourly rate;hourly pay;rate per hour;rate of pay;basic hourly rate;pay rate;pay per hour",
    "date_of_birth": "date of birth;dob;birth date;birthdate;born",
    "sex": "sex;gender;gender identity;legal sex;m f",
    "ethnicity": "ethnic origin;ethnicity;ethnic group;ethnic origin 2021;ethnic origin 2011;race;ethnic category;"
    "ethnic background",
    "nationality": "nationality;citizenship;country of nationality",
    "disability": "disability;disabled;disability status;has disability;registered disabled;disability yn",
    "start_date": "start date;date started;start date in post;post start date;position start date;job start date;"
    "date appointed;appointment date;hire date;date joined;joined;commencement date;started;date of appointment",
    "start_in_sector": "continuous service date;continuous service;continuous service start;local government service;"
    "start in sector;sector start date;reckonable service date;year started in social care",
    "qualification": "qualification;qualifications;highest qualification;qualification level;nvq;nvq level;"
    "highest qualification level",
    "recruitment": "recruitment source;source of recruitment;recruited from;previous employment;previous employer type",
    "leaving_date": "leaving date;leave date;date left;end date;termination date;date of leaving;last day;left;"
    "last working day;employment end date;leaver date",
    "leaving_reason": "reason for leaving;leaving reason;termination reason;reason left;leaver reason;reason",
    "sick_days": "sick days;days sick;sickness days;days lost to sickness;sickness absence days;days absent;"
    "working days lost",
    "registration": "registration;registration body;professional body;professional registration;registered with;"
    "regulator",
    "apprentice": "apprentice;apprenticeship;is apprentice;apprentice yn",
    IGNORED: "surname;last name;family name;forename;forenames;first name;given name;middle name;name;full name;"
    "employee name;known as;preferred name;title;initials;ni no;ni number;nino;national insurance number;"
    "national insurance no;email;email address;work email;telephone;phone;mobile;address;address 1;address 2;"
    "home address;postcode;post code;home postcode;line manager;manager;manager name;reports to;supervisor;"
    "next of kin;bank account;sort code;religion;religion or belief;sexual orientation;marital status;cost centre;"
    "cost code;grade;scp;spinal point;spine point;pay point;registration number;pin;notes;comments;union",
}  # fmt: skip
BY_HEADING = {heading_key(name): field for field, names in SYNONYMS.items() for name in names.split(";")}
# Cells of these are shown as samples: short words and figures of which many people have the same.
SHOWN = frozenset(
    "directorate team job_title contract hours fte sex qualification recruitment leaving_reason registration "
    "apprentice".split()
)
DAY = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{4})|(\d{4})-\d\d-\d\d(?:[T ].*)?")
LETTER_FORMS = {
    "insurance number": re.compile(r"[A-Za-z]{2} ?(?:\d ?){6}[A-Da-d]?"),
    "postcode": re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}"),
    "address of e-mail": re.compile(r"\S+@\S+"),
}
BORN = (1930, 2012)
WORDED = (
    "sex",
    "ethnicity",
    "contract",
    "job_title",
    "disability",
)  # in this order: what is told apart best comes first
DISTINCT_LEAST = {"job_title": 2, "ethnicity": 2}


def suggest_mapping(sheets):
    """{heading: suggested field, or "" for nothing} of all sheets; a field is suggested once in each sheet."""
    suggested = {}
    for sheet in sheets:
        for heading, field in suggest(sheet.headings, columns_of(sheet)).items():
            suggested.setdefault(heading, field)
    return suggested


def columns_of(sheet):
    """The filled cells of the first rows of each column, in the order of the headings."""
    for block in islice(sheet.blocks(LOOKED_AT), 1):
        return [[text for text in cells.to_pylist() if text] for cells in block.cells]
    return [[] for _ in sheet.headings]


def suggest(headings, columns):
    """{heading: field or ""} of one sheet. Pure: `columns` are lists of filled cells, one list for each heading."""
    suggested, taken = {}, set()
    for judge in (_by_name, _by_part_of_name, _by_cells):
        for heading, cells in zip(headings, columns, strict=True):
            field = judge(heading, cells) if heading and heading not in suggested else None
            if field is not None and (field == IGNORED or field not in taken):
                suggested[heading] = field
                taken.add(field)
    return {heading: suggested.get(heading, IGNORED) for heading in headings if heading}


def _by_name(heading, cells):
    return BY_HEADING.get(heading_key(heading))


def _by_part_of_name(heading, cells):
    """A synonym of two words or more that stands whole in the heading: "Employee Start Date (post)"."""
    words = f" {' '.join(re.findall(r'[a-z0-9]+', heading.casefold()))} "
    found = [
        (len(name), field) for field, names in SYNONYMS.items() for name in names.split(";")
        if " " in name and f" {name} " in words
    ]  # fmt: skip
    return max(found)[1] if found else None


def _by_cells(heading, cells):
    if not cells:
        return None
    if any(_share(cells, form.fullmatch) >= AGREE for form in LETTER_FORMS.values()):
        return IGNORED
    if _share(cells, DAY.fullmatch) >= AGREE:
        return _kind_of_day(cells)
    return next((field for field in WORDED if _speaks_of(field, cells)), None)


def _share(cells, test):
    counts = Counter(cells)
    return sum(many for text, many in counts.items() if test(text)) / len(cells)


def _kind_of_day(cells):
    """Days of birth lie together decades ago; of other days the heading must say what they are."""
    years = sorted(int(found[1] or found[2]) for found in map(DAY.fullmatch, cells) if found)
    middle, newest = years[len(years) // 2], years[-1]
    return "date_of_birth" if middle < newest - 12 and BORN[0] <= years[0] and newest <= BORN[1] else None


def _speaks_of(field, cells):
    """Whether the crosswalk of a field knows most of what a column says."""
    known = matching(COUNCIL_FIELDS[field].field, "council")
    several = len(set(cells)) >= DISTINCT_LEAST.get(field, 1)
    short = field != "disability" or len(set(cells)) > 1  # a column of nothing but "No" may be about anything
    return several and short and _share(cells, lambda text: known.of(text) not in (None, MISSING)) >= AGREE


def is_likely_heading(cells):
    """Whether a row of cells reads like the headings of a list of staff."""
    fields = {BY_HEADING.get(heading_key(cell)) for cell in cells if cell} - {None, IGNORED}
    return len(fields) >= FEWEST_KNOWN


def looks_like_staff(sheet):
    """Whether a sheet is probably a list of staff: job titles, and something to tell its rows apart or about each."""
    fields = set(suggest(sheet.headings, columns_of(sheet)).values()) - {IGNORED}
    return "job_title" in fields and len(fields) >= FEWEST_KNOWN


def samples_of(sheets, suggestions):
    """{heading: a few cells} to show beside a suggestion: only of columns of common words and figures."""
    shown = {}
    for sheet in sheets:
        for heading, cells in zip(sheet.headings, columns_of(sheet), strict=True):
            if suggestions.get(heading) in SHOWN and heading not in shown:
                shown[heading] = _common(cells)
    return shown


def _common(cells):
    counts = Counter(text for text in cells if len(text) <= LONGEST)
    return [text for text, many in counts.most_common(SAMPLES) if many >= OFTEN and not _could_identify(text)]


def _could_identify(text):
    return any(form.fullmatch(text) for form in (*LETTER_FORMS.values(), DAY))
