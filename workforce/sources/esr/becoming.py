"""What becomes of each column: the fields of the template, or of a workplace as a whole, that it fills.

A column that is not named here is looked at for faults and then dropped. The page on data protection is made of this;
tests/workforce/pages/test_protection.py alters every column of a return and compares the snapshots.
"""

from .assignments import MAPPED

_POST = {
    "Organisation": ("establishment_key", "service"),
    "Org L2": ("establishment_key", "service"),
    "Org L3": ("establishment_key", "service"),
    "Employee Number": ("post_key", "person_key"),
    "Assignment Number": ("post_key",),
    "Staff Group": ("role",),
    "Job Role": ("role",),
    "Area of Work": ("service",),
    "Contracted Hours": ("hours_contracted",),
    "FTE": ("hours_contracted", "fte_days_available"),
    "Date of Birth": ("age",),
    "Latest Start Date": ("start_role",),
    **{column: (field,) for field, column in MAPPED if not field.startswith("leave_")},
}
_LEAVING = {column: (field,) for field, column in MAPPED if field.startswith("leave_")}
BECOMES = {
    "staff_in_post": _POST | {"NHS Start Date": ("start_sector_year",)},
    "leavers": _POST | _LEAVING | {"Termination Date": ("leave_month",)},
    "starters": {
        "Employee Number": ("post_key",),
        "Assignment Number": ("post_key",),
        "Assignment Category": ("starters",),
        "Recruitment Source": ("recruit_source",),
    },
    "absence": {
        "Employee Number": ("post_key",),
        "Assignment Number": ("post_key",),
        "FTE Days Lost": ("fte_days_lost",),
        "FTE Days Available": ("fte_days_available",),
    },
}
