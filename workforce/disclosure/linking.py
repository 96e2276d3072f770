"""What the totals of one field tell of another: who is asked depends on the role or the contract.

Qualifications are asked of roles that provide care, so a partner's total of them is the number of its posts in these
roles. Where the table of roles hides that number, the other table must not show it: its row is hidden whole there.
"""

import numpy as np

from workforce.deriving import ROLE_GROUPS

_CARE = ("registered_manager", "senior_care_worker", "care_worker", "support_outreach_worker")
_REGULATED = tuple(ROLE_GROUPS["regulated"].split())
_EMPLOYED = ("permanent", "fixed_term_temporary")
# Measure -> measure whose totals, or one of whose values, tell of it -> the values that are told together.
TELL = {
    "role": {
        "qual_level": _CARE,
        "care_certificate": _CARE,
        "registration": _REGULATED,
        "amhp": ("social_worker",),
    },
    "contract": {
        "zero_hours": ("bank", "agency"),
        "hours_pattern": ("bank", "agency", "other"),
        "employees": _EMPLOYED,
        "employees_of_starters": _EMPLOYED,
        "employees_of_leavers": _EMPLOYED,
        "employees_of_vacancies": _EMPLOYED,
    },
    "zero_hours": {"hours_pattern": ("yes",)},
}
TOLD_VALUES = {"hours_pattern": "none_fixed"}  # told by other measures where these show what they add up from


def told_by_others(name, counted):
    """Sets of values that the totals of other measures tell."""
    return tuple(dict.fromkeys(values for of, values in TELL.get(name, {}).items() if of in counted.blocks))


def kinds_of(measure, counted):
    """For each value of a role its role group; "" for posts of which it is not known."""
    if measure.field != "role":
        return ()
    groups = {role: group for group, roles in ROLE_GROUPS.items() for role in roles.split()}
    return tuple(groups.get(value, "") for value in counted.blocks[measure.name].values)


def hidden_with(name, setting):
    """(rows to hide whole, cells that cannot be hidden), by breakdown, because of what other measures hide or show."""
    hidden, sources = {}, [source for source, tells in TELL.items() if name in tells and source in setting.judged]
    for source in sources:
        for breakdown, rows in _rows_hidden(setting, source, TELL[source][name]):
            hidden[breakdown] = hidden.get(breakdown, False) | rows
    if name not in TOLD_VALUES or not sources:
        return hidden, {}
    block = setting.counted.blocks[name]
    is_told = np.array([value == TOLD_VALUES[name] for value in block.values])
    return hidden, {breakdown: ~rows[:, None] & is_told for breakdown, rows in hidden.items()}


def _rows_hidden(setting, source, values):
    judged, block = setting.judged[source], setting.counted.blocks[source]
    column = judged.place([block.values.index(value) for value in values if value in block.values])
    if column is not None:
        yield from ((breakdown, cells[:, column]) for breakdown, cells in judged.hidden.items())
