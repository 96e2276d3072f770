"""The columns of our own template: one for each field that is given, and references in place of keys."""

from dataclasses import dataclass

from workforce.checking.declaring import Column, FileKind, Rule, Severity, Then
from workforce.checking.kinds import Reference, Text
from workforce.checking.kinds_of_words import words
from workforce.template import GIVEN_FIELDS, NOT_APPLICABLE, REFUSED, UNKNOWN, Kind

from .kinds import FAR_BELOW, MeasureOrWord, MonthOrWord, YearOrWord

ERROR, WARNING = Severity.ERROR, Severity.WARNING
WORDS_FOR_NONE = (UNKNOWN, REFUSED, NOT_APPLICABLE)
OR_A_WORD = "or unknown, refused or not applicable"
GUIDANCE = "guidance"
GUIDANCE_HEADINGS = ("Field", "Meaning", "Needed", "Accepted values", "Example")
MOST_VALUES = 40


@dataclass(frozen=True)
class ReferenceColumn:
    """A reference of the employer's, and the key of the template that is made from it."""

    label: str
    key: str
    meaning: str
    example: str
    needed: str


REFERENCES = (
    ReferenceColumn("Post reference", "post_key", "Your own reference of the post; the same in every return. Only a "
                    "pseudonym of it is kept", "P-0001", "Yes"),
    ReferenceColumn("Person reference", "person_key", "Your own reference of the person; joins the posts of one. "
                    "Only a pseudonym of it is kept", "E-0001", "No"),
    ReferenceColumn("Workplace reference", "establishment_key", "Your own reference of the workplace; joins its posts. "
                    "Only a pseudonym of it is kept", "W-01", "No"),
)  # fmt: skip
# (least, most, without decimals, example) of each number
LIMITS = {
    "hours_contracted": (0, 80, False, "30"),
    "hours_average": (0, 100, False, "12.5"),
    "age": (14, 100, True, "46"),
    "hourly_pay": (1, 1_000, False, "12.60"),
    "sick_days": (0, 366, False, "4.5"),
    "fte_days_lost": (0, 440, False, "6.4"),
    "fte_days_available": (0, 440, False, "292"),
}
EXAMPLES = {
    "sector": "independent private", "service": "domiciliary", "role": "care worker", "zero_hours": "no",
    "hours_average": "", "disability": "no", "start_role": "03/2020", "start_sector_year": "2011",
    "recruit_source": "other care sector", "leave_month": "", "leave_reason": "", "leave_destination": "",
    "pay_basis": "hourly", "qual_level": "3", "apprentice": "no", "amhp": "not applicable",
}  # fmt: skip
NEEDED = {"role": ERROR, "sector": WARNING, "service": WARNING, "contract": WARNING}
FIELDS_OF_COLUMNS = tuple(field for field in GIVEN_FIELDS if field.kind is not Kind.KEY)
# Values of these are shown in messages: short lists that nobody writes a name into.
SHOWN = ("sector", "contract", "zero_hours", "sex", "pay_basis", "qual_level", "care_certificate", "apprentice")
NUMBERS_SHOWN = tuple(name for name in LIMITS if name != "age")

BECOMES = {
    "posts": {
        **{reference.label: (reference.key,) for reference in REFERENCES},
        **{field.label: (field.name,) for field in FIELDS_OF_COLUMNS},
    },
    GUIDANCE: {},
}


def accepted(field):
    """What a cell of a field may hold, in words."""
    if field.kind is Kind.CATEGORY:
        return f"{', '.join(spelled(value) for value in field.values)}; {OR_A_WORD}"
    if field.kind is Kind.NUMBER:
        low, high, whole, _ = LIMITS[field.name]
        return f"{'A whole number' if whole else 'A number'} from {low:,} to {high:,}, {OR_A_WORD}"
    return f"A month as MM/YYYY, {OR_A_WORD}" if field.kind is Kind.MONTH else f"A year as YYYY, {OR_A_WORD}"


def spelled(value):
    """A value as people write it: words with spaces."""
    return value.replace("_", " ")


def choices(field):
    """What the drop-down list of a category offers."""
    return (*map(spelled, field.values), *map(spelled, WORDS_FOR_NONE))


def example(field):
    """A cell of a filled row."""
    if field.name in EXAMPLES:
        return EXAMPLES[field.name]
    return LIMITS[field.name][3] if field.kind is Kind.NUMBER else spelled(field.values[0])


def _kind(field, today):
    if field.kind is Kind.CATEGORY:
        return words(field.name, "template", accepted(field))
    if field.kind is Kind.NUMBER:
        low, high, whole, _ = LIMITS[field.name]
        return MeasureOrWord(accepted(field), low=low, high=high, whole=whole)
    return (MonthOrWord if field.kind is Kind.MONTH else YearOrWord)(accepted(field), today=today)


def posts_sheet(today):
    references = tuple(
        Column(reference.label, Reference("At most 60 characters", limit=60), shows=False,
               required=ERROR if reference.needed == "Yes" else None, key=reference.needed == "Yes",
               optional=reference.needed == "No", also=(reference.label.replace(" ", "_").lower(), reference.key))
        for reference in REFERENCES
    )  # fmt: skip
    columns = tuple(
        Column(field.label, _kind(field, today), required=NEEDED.get(field.name), also=(field.name,),
               shows=field.name in (*SHOWN, *NUMBERS_SHOWN), optional=field.name not in NEEDED)
        for field in FIELDS_OF_COLUMNS
    )  # fmt: skip
    return FileKind("posts", "Sheet of posts", references + columns, _rules(), frozenset({"Post reference", "Role"}))


def guidance_sheet():
    """The sheet of the blank template that says what each column means: known, and read by nothing."""
    values = tuple(f"Value {number}" for number in range(1, MOST_VALUES + 1))
    columns = tuple(
        Column(name, Text(limit=32_767), shows=False, optional=True) for name in (*GUIDANCE_HEADINGS, *values)
    )
    return FileKind(GUIDANCE, "Guidance", columns, (), frozenset(GUIDANCE_HEADINGS))


def given(cells, column):
    """Numbers of a column that are numbers: words that say why there is none are left out."""
    values = cells.number(column).copy()
    values[values < FAR_BELOW] = float("nan")
    return values


def _later_than_the_day(label):
    return Rule(
        label, "after_the_day", f"{label} is after the day that the return describes",
        lambda c: given(c, label) > c.context.as_at_number, ERROR, "A month up to that day", Then.SET_ASIDE,
    )  # fmt: skip


def _rules():
    return (
        Rule("Age", "age_unusual", "Age is below 16 or above 80",
             lambda c: (given(c, "Age") < 16) | (given(c, "Age") > 80), accepted="The age, if it is right"),
        _later_than_the_day("Started in role"),
        _later_than_the_day("Left"),
        Rule("Left", "left_before_start", "Left is before Started in role",
             lambda c: given(c, "Left") < given(c, "Started in role"), ERROR, "The month of the start or a later one"),
        Rule("Started in sector", "sector_after_role", "Started in sector is after the year of Started in role",
             lambda c: given(c, "Started in sector") > c.context.year_of(given(c, "Started in role")),
             accepted="The year of the start in the role or an earlier one"),
        Rule("Reason for leaving", "reason_without_month", "Reason for leaving is filled although Left is blank",
             lambda c: c.filled("Reason for leaving") & ~c.is_in("Reason for leaving", "not applicable", "missing")
             & c.blank("Left"), accepted="The month in Left, or a blank cell"),
        Rule("Zero hours contract", "zero_hours_with_hours", "Zero hours contract is yes although Contracted hours are "
             "above 0", lambda c: c.is_in("Zero hours contract", "yes") & (given(c, "Contracted hours") > 0), ERROR,
             "no, or Contracted hours blank or 0", Then.SET_ASIDE),
        Rule("WTE days lost", "lost_more_than_there_are", "WTE days lost are more than WTE days available",
             lambda c: given(c, "WTE days lost") > given(c, "WTE days available"), accepted="Fewer than are available"),
    )  # fmt: skip
