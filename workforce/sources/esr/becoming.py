"""What becomes of each column: the fields of the template, or of an establishment as a whole, that it fills.

A column that is not named here is looked at for faults and then dropped. Tests blank every column of a return and
compare the snapshots with this.
"""

from .assignments import MAPPED

_POST = {
    "Employee Number": ("post_key", "person_key"),
    "Assignment Number": ("post_key",),
    "Organisation": ("establishment_key", "service"),
    "Org L2": ("establishment_key",),
    "Org L3": ("establishment_key",),
    "Staff Group": ("role", "registration"),
    "Job Role": ("role",),
    "FTE": ("hours_contracted",),
    "Contracted Hours": ("hours_contracted", "zero_hours"),
    "Area of Work": ("service",),
    "Date of Birth": ("age",),
    "Latest Start Date": ("start_role",),
    "NHS Start Date": ("start_sector_year",),
    **{column: (field,) for field, column in MAPPED},
}
_LEFT = {"Termination Date": ("leave_month", "leavers"), "Leaving Reason": ("leave_reason",),
         "Destination On Leaving": ("leave_destination",)}  # fmt: skip
_OF_LEAVERS = {column: fields for column, fields in _POST.items() if column not in ("NHS Start Date", *_LEFT)}

BECOMES = {
    "staff_in_post": {column: fields for column, fields in _POST.items() if column not in _LEFT},
    "starters": {
        "Employee Number": ("post_key",),
        "Assignment Number": ("post_key",),
        "Organisation": ("establishment_key",),
        "Org L2": ("establishment_key",),
        "Org L3": ("establishment_key",),
        "Assignment Category": ("starters",),
        "Latest Start Date": ("starters",),
        "Recruitment Source": ("recruit_source",),
    },
    "leavers": _OF_LEAVERS | _LEFT,
    "absence": {
        "Employee Number": ("post_key",),
        "Assignment Number": ("post_key",),
        "FTE Days Lost": ("fte_days_lost",),
        "FTE Days Available": ("fte_days_available",),
    },
}
