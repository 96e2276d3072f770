"""What a column of a council's list can mean: the fixed list that headings are mapped to."""

from collections.abc import Callable
from dataclasses import dataclass

from workforce.checking.declaring import Severity
from workforce.checking.kinds import Day, Reference, Text
from workforce.checking.kinds_of_measures import Measure, YearOrDay
from workforce.checking.kinds_of_words import words

ERROR, WARNING = Severity.ERROR, Severity.WARNING
IGNORED = ""  # what a heading is mapped to that nothing shall read
SALARY_IS = "salary_is"  # the one entry of a mapping that is no heading
SALARIES = {
    "fte": "Pay of a whole-time post, whatever the person's hours",
    "actual": "Pay of the person's own hours",
}
REFERENCE = Reference("At most 60 characters", limit=60)
LONGEST = 32_767  # of a cell of a spreadsheet


@dataclass(frozen=True)
class CouncilField:
    name: str
    label: str
    meaning: str
    kind: Callable  # the kind of its column, from today's date
    field: str = ""  # of the template, where words are mapped by the crosswalk of that name
    identifies: bool = False  # its cells could say who somebody is, or are special category data
    required: Severity | None = None  # how a blank cell is told
    shows: bool = False  # whether its cells may be shown in messages


def _reference(name, label, meaning, **more):
    return CouncilField(name, label, meaning, lambda today: REFERENCE, identifies=True, **more)


def _text(name, label, meaning):
    return CouncilField(name, label, meaning, lambda today: Text("Any words", limit=LONGEST))


def _words(name, label, meaning, field, accepted, **more):
    return CouncilField(name, label, meaning, lambda today: words(field, "council", accepted), field, **more)


def _day(name, label, meaning, **more):
    return CouncilField(name, label, meaning, lambda today: Day(today=today), identifies=True, **more)


def _measure(name, label, meaning, accepted, low, high):
    return CouncilField(name, label, meaning, lambda today: Measure(accepted, low=low, high=high), shows=True)


FIELDS_IN_ORDER = (
    _reference("person_reference", "Person", "Payroll or employee number. Kept only as a pseudonym", required=ERROR),
    _reference("post_reference", "Post", "Post or position number. Kept only as a pseudonym", required=ERROR),
    _text("directorate", "Directorate", "Part of the council. Says the service where the team does not; a pseudonym"),
    _text("team", "Team", "Team or place of work. Says the service; kept only as a pseudonym"),
    _words("job_title", "Job title", "Becomes one of 21 roles. The title itself is not kept", "role",
           "A title whose words say the role, such as Senior Care Assistant", required=ERROR),
    _words("contract", "Contract", "Kind of employment", "contract", "Permanent, Fixed term, Casual, Agency …",
           required=WARNING, shows=True),
    _measure("hours", "Hours", "Contracted hours a week", "Hours a week from 0 to 80, such as 37", 0, 80),
    _measure("fte", "FTE", "Share of a whole-time post, used where hours are blank", "A share from 0 to 1.2", 0, 1.2),
    _measure("salary", "Annual salary", "Pounds a year", "Pounds a year from 1,000 to 400,000", 1_000, 400_000),
    _measure("hourly_rate", "Hourly rate", "Pounds an hour", "Pounds an hour from 2.50 to 300", 2.5, 300),
    _day("date_of_birth", "Date of birth", "Becomes an age; the date is not kept", required=WARNING),
    _words("sex", "Sex or gender", "As the employer has it", "sex", "Female, Male, Other or Not known", shows=True),
    _words("ethnicity", "Ethnic group", "Mapped to 16 groups", "ethnicity15", "A group of the census of 2011 or 2021",
           identifies=True),
    _words("nationality", "Nationality", "Becomes British, EU or other", "nationality3", "A nationality or a country",
           identifies=True),
    _words("disability", "Disability", "Becomes yes or no", "disability", "Yes, No, or Prefer not to say",
           identifies=True),
    _day("start_date", "Start date", "Start in the post; the month is kept", required=WARNING),
    CouncilField("start_in_sector", "Start in social care", "Year of starting in social care, or of continuous service",
                 lambda today: YearOrDay("A date, or a year as YYYY", today=today, low=1940), identifies=True),
    _words("qualification", "Qualification", "Highest relevant level", "qual_level", "A level, such as NVQ 3 or Degree",
           shows=True),
    _words("recruitment", "Recruited from", "Where the person worked before", "recruit_source",
           "A kind of employer, such as NHS or Other council", shows=True),
    _day("leaving_date", "Leaving date", "Month in which the person left; blank for staff in post"),
    _words("leaving_reason", "Reason for leaving", "Why the person left", "leave_reason",
           "A reason, such as Resignation or Retirement", shows=True),
    _measure("sick_days", "Sick days", "Days sick in the last twelve months", "Days from 0 to 366", 0, 366),
    _words("registration", "Registration", "Professional register", "registration", "SWE, HCPC, NMC … or None",
           shows=True),
    _words("apprentice", "Apprentice", "Whether the post is an apprenticeship", "apprentice", "Yes or No", shows=True),
)  # fmt: skip
COUNCIL_FIELDS = {field.name: field for field in FIELDS_IN_ORDER}
REFERENCES = ("post_reference", "person_reference")
NEEDED = ("job_title",)

# The fields of the template that each meaning fills, beside those of its crosswalk.
FILLS = {
    "person_reference": ("post_key", "person_key"),
    "post_reference": ("post_key",),
    "directorate": ("establishment_key", "service"),
    "team": ("establishment_key", "service"),
    "hours": ("hours_contracted", "zero_hours"),
    "fte": ("hours_contracted", "zero_hours"),
    "salary": ("hourly_pay", "pay_basis"),
    "hourly_rate": ("hourly_pay", "pay_basis"),
    "date_of_birth": ("age",),
    "start_date": ("start_role",),
    "start_in_sector": ("start_sector_year",),
    "leaving_date": ("leave_month", "leavers"),
    "sick_days": ("sick_days",),
}


def fills(name):
    """The fields of the template that a column of this meaning fills."""
    return FILLS.get(name) or (COUNCIL_FIELDS[name].field,)
