"""The fields that posts are counted by: the template's, two that are derived here, and how their values are grouped."""

from datetime import date

import numpy as np

from workforce.deriving import ETHNIC_GROUPS, ROLE_GROUPS
from workforce.profile.words import WORDS
from workforce.template import FIELDS, SIZE_BANDS

EXPERIENCE_FROM = (0, 1, 3, 5, 10, 20)  # whole years at which the bands of experience begin
EXPERIENCE = tuple(WORDS["experience_role"])
# Derived field -> the column of the snapshot that it is worked out from.
DERIVED = {"experience_role": "start_role", "experience_sector": "start_sector_year"}


def values_of(field):
    """The values of a field in the order of the page."""
    if field == "size_band":
        return tuple(SIZE_BANDS)
    return EXPERIENCE if field in DERIVED else FIELDS[field].values if field not in WORDS else tuple(WORDS[field])


def years_since_month(months, as_at: date):
    """Whole years from the first of a month (days since 1970) to a day; negative where it lies ahead."""
    month = np.asarray(months).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return (np.datetime64(as_at, "M").astype(np.int64) - month) // 12


def years_since_year(years, as_at: date):
    """Calendar years from a year to that of a day: experience is known to the year only. Source: Skills for Care."""
    return as_at.year - np.asarray(years, np.int64)


def experience_band(years):
    """Positions in EXPERIENCE of whole years; -1 for less than none, which nobody can have."""
    return np.searchsorted(EXPERIENCE_FROM, years, side="right") - 1


def _groups(field, **groups):
    """value -> group; `groups` names the values of each, separated by spaces, and ... stands for all that is left."""
    of = {value: group for group, values in groups.items() if values is not ... for value in values.split()}
    rest = [group for group, values in groups.items() if values is ...]
    return {value: of.get(value) or rest[0] for value in values_of(field)}


def _same(field):
    return field, {value: value for value in values_of(field)}


_TEN_YEARS = {
    "under_20": "under_20", "20_29": "20_24 25_29", "30_39": "30_34 35_39", "40_49": "40_44 45_49",
    "50_59": "50_54 55_59", "60_and_over": "60_64 65_69 70_and_over",
}  # fmt: skip
_OVER_50 = "50_54 55_59 60_64 65_69 70_and_over"


def _experience(field):
    return [
        _same(field),
        ("experience4", _groups(field, **{"under_1": "under_1", "1_to_4": "1_to_2 3_to_4", "5_to_9": "5_to_9",
                                          "10_and_over": ...})),
        ("experience2", _groups(field, **{"under_5": "under_1 1_to_2 3_to_4", "5_and_over": ...})),
    ]  # fmt: skip


def _training(field):
    return [_same(field), ("training2", _groups(field, current="current", not_current=...))]


# Field -> levels, the finest first: (name of the level, value -> group). Each level joins groups of the one before, so
# that a table at one level never cuts across a table at another. Words of all groups: workforce/profile/words.py.
GROUPINGS = {
    "role": [_same("role"), ("role_group", _groups("role", **ROLE_GROUPS))],
    "age_band": [
        _same("age_band"),
        ("age10", _groups("age_band", **_TEN_YEARS)),
        ("age50", _groups("age_band", **{"under_50": ..., "50_and_over": _OVER_50})),
    ],
    "ethnicity15": [
        _same("ethnicity15"),
        ("ethnicity5", _groups("ethnicity15", **ETHNIC_GROUPS)),
        ("ethnicity2", _groups("ethnicity15", white=ETHNIC_GROUPS["white"], not_white=...)),
    ],
    "nationality3": [_same("nationality3"), ("nationality2", _groups("nationality3", british="british",
                                                                     not_british=...))],
    "contract": [_same("contract"), ("contract2", _groups("contract", permanent="permanent", not_permanent=...))],
    "hours_pattern": [_same("hours_pattern"), ("hours_pattern2", _groups("hours_pattern", full="full", not_full=...))],
    "recruit_source": [
        _same("recruit_source"),
        ("recruit3", _groups("recruit_source", social_care="asc_la asc_independent internal", health="health",
                             elsewhere=...)),
    ],
    "leave_reason": [
        _same("leave_reason"),
        ("leave_reason3", _groups("leave_reason", another_employer="another_asc_employer health_sector",
                                  ended="retired end_of_contract died", otherwise=...)),
    ],
    "leave_destination": [
        _same("leave_destination"),
        ("leave_destination3", _groups("leave_destination", not_working="retirement not_working",
                                       elsewhere="other_sector other", health_or_care=...)),
    ],
    "qual_level": [
        _same("qual_level"),
        ("qual4", _groups("qual_level", **{"below_2": "none entry 1", "2": "2", "3": "3", "4_and_over": ...})),
        ("qual2", _groups("qual_level", **{"below_2": "none entry 1", "2_and_over": ...})),
    ],
    "care_certificate": [
        _same("care_certificate"),
        ("care_certificate2", _groups("care_certificate", completed="completed", not_completed=...)),
    ],
    "registration": [
        _same("registration"), ("registration2", _groups("registration", none="none", registered=...)),
    ],
    "size_band": [
        _same("size_band"), ("size2", _groups("size_band", **{"under_50": ..., "50_and_over": "50_and_over"})),
    ],
    **{field: _experience(field) for field in DERIVED},
    **{field: _training(field) for field in WORDS if field.startswith("training_")},
    **{field: [_same(field)] for field in ("sex", "disability", "zero_hours", "apprentice", "amhp")},
}  # fmt: skip
