"""What becomes of each column: the fields of the template, or of a workplace as a whole, that it fills.

A column that is not named here is looked at for faults and then dropped. The page on data protection is made of this;
tests/workforce/pages/test_protection.py blanks every column of a return and compares the snapshots.
"""

from workforce.template import TOPICS

from .staff import MAPPED

_TRAINING = tuple(f"training_{topic}" for topic in TOPICS.split())

BECOMES = {
    "workplace": {
        "LOCALESTID": ("establishment_key",),
        "STATUS": ("last_changed",),
        "ESTTYPE": ("sector",),
        "REGTYPE": ("cqc_registered",),
        "MAINSERVICE": ("service",),
        "CAPACITY": ("capacity",),
        "UTILISATION": ("utilisation",),
        "TOTALPERMTEMP": ("total_staff", "size_band"),
        "ALLJOBROLES": ("starters", "leavers", "vacancies"),  # whose figures are set aside where their number differs
        "STARTERS": ("starters",),
        "LEAVERS": ("leavers",),
        "VACANCIES": ("vacancies",),
    },
    "worker": {
        "LOCALESTID": ("post_key", "establishment_key"),
        "UNIQUEWORKERID": ("post_key",),
        "CHGUNIQUEWRKID": ("post_key",),
        "TRANSFERSTAFFRECORD": ("establishment_key",),
        "NINUMBER": ("person_key",),
        "DOB": ("age",),
        "INOUTUK": ("recruit_source",),
        "HANDCVISA": ("recruit_source",),  # without it INOUTUK is set aside
        "SCQUAL": ("qual_level",),
        "NONSCQUAL": ("qual_level",),
        "CONTHOURS": ("hours_contracted",),
        "AVGHOURS": ("hours_average",),
        "STARTDATE": ("start_role",),
        "STARTINSECT": ("start_sector_year",),
        "DAYSSICK": ("sick_days",),
        "SALARY": ("hourly_pay",),
        "HOURLYRATE": ("hourly_pay",),
        **{column: (field,) for field, column in MAPPED},
    },
    "training": {
        "LOCALESTID": ("post_key",),
        "UNIQUEWORKERID": ("post_key",),
        "CATEGORY": _TRAINING,
        "DATECOMPLETED": _TRAINING,
        "VALIDITY": _TRAINING,
        "EXPIRYDATE": _TRAINING,
    },
}
