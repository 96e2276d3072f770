"""The common template: what every partner's file becomes, one row per post (one person in one role with one employer).

Fields are declared once, in FIELDS, and walked by the reading of every source, by the snapshot's columns, by the blank
template that can be downloaded and by the measures of data quality. Four words are kept apart everywhere: `unknown`
(recorded as not known), `refused` (would not say), `not_applicable` and `missing` (left blank, or could not be read).
"""

from dataclasses import dataclass
from enum import Enum

UNKNOWN, REFUSED, NOT_APPLICABLE, MISSING = "unknown", "refused", "not_applicable", "missing"
ABSENT = (UNKNOWN, REFUSED, NOT_APPLICABLE, MISSING)
GIVEN = "given"

VERSION = "2026.1"


class Kind(Enum):
    KEY = "a keyed pseudonym"
    CATEGORY = "one of a list"
    NUMBER = "a number"
    MONTH = "a month"
    YEAR = "a year"


@dataclass(frozen=True)
class Field:
    name: str
    kind: Kind
    label: str
    meaning: str
    values: tuple[str, ...] = ()  # of a category, without the four words
    unit: str = ""
    derived_from: tuple[str, ...] = ()  # worked out from other fields of the template, by workforce/deriving.py
    keeps_code: bool = True  # the sender's own code is kept beside the value; never for what is special or unusual
    special: bool = False  # special category data, or treated as such

    @property
    def code_column(self):
        """The snapshot's column with the sender's own code, where one is kept."""
        return f"{self.name}_code" if self.kind is Kind.CATEGORY and self.keeps_code and not self.derived_from else ""

    @property
    def state_column(self):
        """The column that says whether a number, month or year is given, or which of the four words holds instead."""
        return f"{self.name}_state" if self.kind in (Kind.NUMBER, Kind.MONTH, Kind.YEAR) else ""


def _category(name, label, meaning, values, **more):
    return Field(name, Kind.CATEGORY, label, meaning, tuple(values.split()), **more)


AGE_BANDS = "under_20 20_24 25_29 30_34 35_39 40_44 45_49 50_54 55_59 60_64 65_69 70_and_over"
ROLES = """senior_manager registered_manager other_manager_supervisor social_worker occupational_therapist
registered_nurse nursing_associate ahp_other medical_dental scientific_professional senior_care_worker care_worker
support_outreach_worker healthcare_support therapy_assistant care_coordination_assessment personal_assistant
admin_clerical_digital estates_ancillary_other childrens_role student_learner"""
SERVICES = """care_home_nursing care_home domiciliary supported_living_extra_care day community_support
assessment_care_management acute community_health mental_health primary_care ambulance corporate other"""
ETHNICITY_15 = """white_british white_irish white_other mixed_white_black_caribbean mixed_white_black_african
mixed_white_asian mixed_other indian pakistani bangladeshi chinese asian_other black_african black_caribbean black_other
other"""
RECRUITED_FROM = """asc_la asc_independent health childrens_social_care other_care_sector education not_employed agency
internal abroad other"""
LEAVE_REASONS = """another_asc_employer health_sector different_sector same_organisation chose_to_leave retired
terminated end_of_contract died other"""
DESTINATIONS = "nhs social_care social_care_la social_care_independent other_sector retirement not_working other"
TOPICS = (
    "induction moving_handling safeguarding dementia infection_control medication end_of_life mca_dols autism_ld "
    "leadership health_safety other"
)

FIELDS_IN_ORDER = (
    Field("post_key", Kind.KEY, "Post", "Tells one post of this employer from another; made with a secret key"),
    Field("person_key", Kind.KEY, "Person", "Joins posts held by one person; made with a secret key; may be blank"),
    Field("establishment_key", Kind.KEY, "Establishment", "Joins the posts of one workplace; made with a secret key"),
    _category(
        "sector", "Sector", "Who employs",
        "la independent_private independent_voluntary nhs primary_care direct_payment other",
    ),
    _category("service", "Service", "The main service of the workplace", SERVICES),
    _category("role", "Role", "The main job role, on the common list of 21", ROLES),
    _category(
        "role_group", "Role group", "The role's group", "direct_care_support regulated manager other",
        derived_from=("role",),
    ),
    _category("contract", "Contract", "Kind of employment", "permanent fixed_term_temporary bank agency other"),
    _category(
        "is_employee", "Employee", "Permanent or temporary: counts in the base of rates", "yes no",
        derived_from=("contract",),
    ),
    Field("hours_contracted", Kind.NUMBER, "Contracted hours", "Contracted hours a week", unit="hours a week"),
    Field("hours_average", Kind.NUMBER, "Average hours", "Average hours worked a week", unit="hours a week"),
    Field(
        "fte37", Kind.NUMBER, "Whole-time equivalent", "Hours a week divided by 37, at most 1", unit="WTE",
        derived_from=("hours_contracted", "hours_average", "zero_hours"),
    ),
    _category(
        "hours_pattern", "Full or part time", "35 contracted hours a week or more is full time", "full part none_fixed",
        derived_from=("hours_contracted", "zero_hours", "contract"),
    ),
    _category("zero_hours", "Zero hours contract", "Whether the contract guarantees no hours", "yes no"),
    Field("age", Kind.NUMBER, "Age", "Whole years on the day the file describes", unit="years"),
    _category("age_band", "Age band", "Five-year band", AGE_BANDS, derived_from=("age",)),
    _category("sex", "Sex", "As the employer has it", "female male other", keeps_code=False),
    _category("ethnicity15", "Ethnic group", "The finest list all sources share", ETHNICITY_15, keeps_code=False,
              special=True),
    _category("ethnicity5", "Ethnic group, broad", "The five broad groups", "white mixed asian black other",
              derived_from=("ethnicity15",), special=True),
    _category("nationality3", "Nationality", "British, of the European Union, or other", "british eu non_eu",
              keeps_code=False, special=True),
    _category("disability", "Disability", "Whether disabled, as the person told the employer", "yes no",
              keeps_code=False, special=True),
    Field("start_role", Kind.MONTH, "Started in role", "Month in which the person started in the main job"),
    Field("start_sector_year", Kind.YEAR, "Started in sector", "Year in which the person started in the sector"),
    _category("recruit_source", "Recruited from", "Where the person worked before", RECRUITED_FROM),
    Field("leave_month", Kind.MONTH, "Left", "Month in which the person left; posts that are filled have none"),
    _category("leave_reason", "Reason for leaving", "Why the person left", LEAVE_REASONS),
    _category("leave_destination", "Destination", "Where the person went", DESTINATIONS),
    Field("hourly_pay", Kind.NUMBER, "Hourly pay", "Basic pay an hour; annual pay divided by 52.143 × 37", unit="£"),
    _category("pay_basis", "Pay basis", "How pay was given", "annual hourly"),
    _category("qual_level", "Qualification level", "Highest level of a relevant qualification",
              "entry 1 2 3 4 5 6 7 8 none"),
    _category("care_certificate", "Care Certificate", "How far the Care Certificate has got",
              "completed in_progress no"),
    _category("apprentice", "Apprentice", "Whether the post is an apprenticeship", "yes no"),
    _category("registration", "Registration", "The professional register the person is on",
              "none nmc hcpc swe gmc other"),
    _category("amhp", "AMHP", "Works as an approved mental health professional", "yes no"),
    Field("sick_days", Kind.NUMBER, "Sick days", "Days sick in the last twelve months", unit="days"),
    Field("fte_days_lost", Kind.NUMBER, "WTE days lost", "WTE calendar days lost to sickness", unit="WTE days"),
    Field("fte_days_available", Kind.NUMBER, "WTE days available", "WTE calendar days available", unit="WTE days"),
    *(
        _category(f"training_{topic}", f"Training: {topic.replace('_', ' ')}", "Latest training on the topic",
                  "current expired never_recorded", keeps_code=False)
        for topic in TOPICS.split()
    ),
)  # fmt: skip
FIELDS = {field.name: field for field in FIELDS_IN_ORDER}
GIVEN_FIELDS = tuple(field for field in FIELDS_IN_ORDER if not field.derived_from)


# What is known of each workplace as a whole, beside the posts in it.
ESTABLISHMENT_COLUMNS = (
    "establishment_key", "sector", "service", "total_staff", "posts_in_file", "employees", "starters", "leavers",
    "vacancies", "capacity", "utilisation", "size_band", "cqc_registered", "last_changed",
)  # fmt: skip
SIZE_BANDS = {"1_to_9": (1, 9), "10_to_49": (10, 49), "50_and_over": (50, None)}
