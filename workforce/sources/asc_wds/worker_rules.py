"""The rules along a row of the staff file. Each leans only on cells that could be read: one fault, one issue.

Facts: NMDSdevopsServiceAdm/SopraSteria-SFC (MIT licence), commit b6857156 of 21 August 2026. Where the national
service would take a value and lose it later without a word, a rule without a national number says so.
"""

import numpy as np
import pyarrow.compute as pc

from workforce.checking.declaring import Rule, Severity, Then
from workforce.deriving import birthday, whole_years

from .lists import flags

ERROR = Severity.ERROR
SET_ASIDE = Then.SET_ASIDE
NURSE, SOCIAL_WORKER, THERAPIST, MANAGER, SENIOR = "16", "6", "15", "4", "1"
REAL_NI = r"^[A-CEGHJ-PR-TW-Z] *[A-CEGHJ-NPR-TW-Z] *(?:[0-9] *){6}[A-D]$"
FALSE_PREFIX = r"^(?:B *G|G *B|N *K|K *N|T *N|N *T|Z *Z)"
EMPLOYED, NOT_EMPLOYED = ("1", "2"), ("3", "4", "7")


DELETED = Rule(
    "STATUS", "status_delete", "The row is marked DELETE and was left out", lambda c: c.is_in("STATUS", "DELETE"),
    accepted="NEW, UPDATE, NOCHANGE or UNCHECKED for staff in post", then=Then.LEAVE_OUT,
)  # fmt: skip


def worker_rules():
    return (*_record(), *_person(), *_origin(), *_start(), *_terms(), *_pay(), *_role(), *_qualified())


def _record():
    return (
        Rule("LOCALESTID", "997", "LOCALESTID is not a workplace of the workplace file; the row was left out",
             lambda c: c.context.not_in_file(c), ERROR, "A LOCALESTID of the workplace file", Then.LEAVE_OUT),
        Rule("STATUS", "status_withdrawn", "STATUS CHGSUB was withdrawn in November 2024; the row was taken as it is",
             lambda c: c.is_in("STATUS", "CHGSUB"), accepted="UPDATE, with TRANSFERSTAFFRECORD filled"),
        Rule("TRANSFERSTAFFRECORD", "1401", "TRANSFERSTAFFRECORD is not a workplace of the workplace file",
             lambda c: c.filled("TRANSFERSTAFFRECORD") & c.context.unknown_target(c), ERROR,
             "A LOCALESTID of the workplace file"),
    )  # fmt: skip


def _person():
    return (
        Rule("NINUMBER", "ni_lost", "NINUMBER would be taken by the national service and then lost: it is not one that "
             "is in use, or is in small letters, or lacks its last letter", _ni_lost,
             accepted="Capital letters, with the last letter A, B, C or D"),
        Rule("DOB", "3080", "DOB makes the person younger than 14 or older than 100, and was left aside",
             lambda c: ~_between(_age(c), 14, 100), then=SET_ASIDE, accepted="A date of birth 14 to 100 years ago"),
        Rule("BRITISHCITIZENSHIP", "3120", "BRITISHCITIZENSHIP is filled although NATIONALITY is 826 British",
             lambda c: c.filled("BRITISHCITIZENSHIP") & c.is_in("NATIONALITY", "826"), then=SET_ASIDE,
             accepted="Blank for 826"),
    )  # fmt: skip


def _ni_lost(cells):
    column = cells.column("NINUMBER")
    real = pc.and_(
        pc.match_substring_regex(column.texts, REAL_NI),
        pc.invert(pc.match_substring_regex(column.texts, FALSE_PREFIX)),
    )
    admin = pc.match_substring_regex(column.texts, "^(?i)admin$").to_numpy(zero_copy_only=False)
    return ~np.isnan(column.values) & ~real.to_numpy(zero_copy_only=False) & ~admin


def _age(cells):
    return whole_years(cells.number("DOB"), cells.context.today)


def _between(values, low, high):
    """Within the range; unknown values pass."""
    return np.isnan(values) | ((values >= low) & (values <= high))


def _year(days):
    known = ~np.isnan(days)
    return np.where(known, np.where(known, days, 0).astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970,
                    np.nan)  # fmt: skip


def _origin():
    visa_ok = "Only for people who need a visa: not for 826, for British citizens or where nothing is known"
    return (
        Rule("YEAROFENTRY", "1380", "YEAROFENTRY is before the year of birth",
             lambda c: c.number("YEAROFENTRY") < _year(c.number("DOB")), ERROR, "A year in which the person was alive",
             SET_ASIDE),
        Rule("YEAROFENTRY", "3380", "YEAROFENTRY is filled although COUNTRYOFBIRTH is blank or 826, and was left aside",
             lambda c: c.filled("YEAROFENTRY") & c.readable("YEAROFENTRY")
             & (c.blank("COUNTRYOFBIRTH") | c.is_in("COUNTRYOFBIRTH", "826")), then=SET_ASIDE,
             accepted="Blank for people born in the United Kingdom", needs=("COUNTRYOFBIRTH",)),
        Rule("HANDCVISA", "5570", "HANDCVISA is filled for somebody who needs no visa, and was left aside",
             _needs_no_visa, then=SET_ASIDE, accepted=visa_ok, needs=("NATIONALITY",)),
        Rule("INOUTUK", "5580", "INOUTUK is filled although HANDCVISA is not 1, and was left aside",
             lambda c: c.filled("INOUTUK") & c.readable("INOUTUK") & c.readable("HANDCVISA")
             & ~c.is_in("HANDCVISA", "1"), then=SET_ASIDE, accepted="Blank, unless HANDCVISA is 1",
             needs=("HANDCVISA",)),
    )  # fmt: skip


def _needs_no_visa(cells):
    foreign = cells.filled("NATIONALITY") & ~cells.is_in("NATIONALITY", "826", "998")
    may_need = (foreign & ~cells.is_in("BRITISHCITIZENSHIP", "1")) | (
        cells.is_in("NATIONALITY", "998") & cells.is_in("BRITISHCITIZENSHIP", "2")
    )
    judged = cells.readable("NATIONALITY") & cells.readable("BRITISHCITIZENSHIP") & cells.readable("HANDCVISA")
    return cells.filled("HANDCVISA") & judged & ~may_need


def _start():
    aside = "was left aside"
    return (
        Rule("STARTDATE", "3190", f"STARTDATE is in the future, and {aside}",
             lambda c: c.number("STARTDATE") > c.context.today_number, then=SET_ASIDE, accepted="A day up to today"),
        Rule("STARTDATE", "3190", f"STARTDATE is before the person's 14th birthday, and {aside}",
             lambda c: c.number("STARTDATE") < birthday(c.number("DOB"), 14), then=SET_ASIDE,
             accepted="A day after that birthday"),
        Rule("STARTDATE", "3190", f"STARTDATE is before the year in YEAROFENTRY, and {aside}",
             lambda c: _year(c.number("STARTDATE")) < c.number("YEAROFENTRY"), then=SET_ASIDE,
             accepted="A day on or after 1 January of YEAROFENTRY"),
        Rule("STARTINSECT", "3200", f"STARTINSECT is after the year of STARTDATE, and {aside}",
             lambda c: c.number("STARTINSECT") > _year(c.number("STARTDATE")), then=SET_ASIDE,
             accepted="The year of STARTDATE or an earlier one"),
        Rule("STARTINSECT", "3200", f"STARTINSECT is before the person was 14, and {aside}",
             lambda c: c.number("STARTINSECT") < _year(c.number("DOB")) + 14, then=SET_ASIDE,
             accepted="A year in which the person was 14 or older"),
    )  # fmt: skip


def _terms():
    """Hours that do not belong come first: once they are left aside, they contradict no other cell."""
    return (
        Rule("CONTHOURS", "3300", "CONTHOURS is filled although EMPLSTATUS is not 1 or 2, and was left aside",
             lambda c: c.filled("CONTHOURS") & c.readable("CONTHOURS") & c.is_in("EMPLSTATUS", *NOT_EMPLOYED),
             then=SET_ASIDE, accepted="Blank; average hours go into AVGHOURS"),
        Rule("ZEROHRCONT", "1230", "ZEROHRCONT says zero hours or not known, although CONTHOURS is above 0",
             lambda c: c.is_in("ZEROHRCONT", "1", "999") & (c.number("CONTHOURS") > 0), ERROR,
             "2, or CONTHOURS blank or 0", SET_ASIDE),
        Rule("ZEROHRCONT", "3230", "ZEROHRCONT is blank although CONTHOURS is above 0",
             lambda c: c.blank("ZEROHRCONT") & (c.number("CONTHOURS") > 0), accepted="2 for guaranteed hours"),
        Rule("ZEROHRCONT", "3230", "ZEROHRCONT says guaranteed hours although CONTHOURS is 0",
             lambda c: c.is_in("ZEROHRCONT", "2") & (c.number("CONTHOURS") == 0), accepted="1, or hours above 0"),
        Rule("AVGHOURS", "3310", "AVGHOURS is filled for a permanent or temporary post with guaranteed hours, and was "
             "left aside", lambda c: c.filled("AVGHOURS") & c.readable("AVGHOURS") & c.is_in("EMPLSTATUS", *EMPLOYED)
             & c.readable("ZEROHRCONT") & ~c.is_in("ZEROHRCONT", "1"), then=SET_ASIDE,
             accepted="Blank; contracted hours go into CONTHOURS"),
    )  # fmt: skip


def _pay():
    return (
        Rule("SALARYINT", "1251", "SALARYINT is not 1 although pay is given as SALARY",
             lambda c: _given(c, "SALARY") & _other_basis(c, "1") & c.blank("HOURLYRATE"), ERROR,
             "1, or pay in HOURLYRATE", SET_ASIDE),
        Rule("SALARY", "1251", "SALARY is filled beside HOURLYRATE although SALARYINT is 3",
             lambda c: c.filled("SALARY") & c.is_in("SALARYINT", "3") & c.filled("HOURLYRATE"), ERROR,
             "Blank, or SALARYINT 1", SET_ASIDE),
        Rule("SALARYINT", "3260", "SALARYINT is 999, not known, although SALARY is filled; the amount was left aside",
             lambda c: _given(c, "SALARY") & c.is_in("SALARYINT", "999"), accepted="1, or SALARY blank"),
        Rule("SALARYINT", "1252", "SALARYINT is not 3 although pay is given as HOURLYRATE",
             lambda c: _given(c, "HOURLYRATE") & _other_basis(c, "3") & (c.blank("SALARY") | c.blank("SALARYINT")),
             ERROR, "3, or pay in SALARY", SET_ASIDE),
        Rule("HOURLYRATE", "1252", "HOURLYRATE is filled beside SALARY although SALARYINT is 1",
             lambda c: c.filled("HOURLYRATE") & c.is_in("SALARYINT", "1") & c.filled("SALARY"), ERROR,
             "Blank, or SALARYINT 3", SET_ASIDE),
        Rule("SALARYINT", "3270", "SALARYINT is 999, not known, although HOURLYRATE is filled; the rate was left aside",
             lambda c: _given(c, "HOURLYRATE") & c.is_in("SALARYINT", "999"), accepted="3, or HOURLYRATE blank"),
        Rule("SALARY", "1260", "SALARY is above 200000, which only senior management (job role 1) may be",
             lambda c: (c.number("SALARY") > 200_000) & _role_known(c) & ~c.is_in("MAINJOBROLE", SENIOR), ERROR,
             "Whole pounds from 500 to 200000", SET_ASIDE),
        Rule("HOURLYRATE", "rate_lost", "HOURLYRATE is outside 2.50 to 200: the national service would take it and "
             "then lose it; here it was left aside", lambda c: ~_between(c.number("HOURLYRATE"), 2.5, 200),
             then=SET_ASIDE,
             accepted="From 2.50 to 200"),
        Rule("SALARYINT", "pay_lost", "SALARYINT says how pay is given, but there is no amount",
             lambda c: c.is_in("SALARYINT", "1", "3") & c.blank("SALARY") & c.blank("HOURLYRATE"),
             accepted="SALARY for 1, HOURLYRATE for 3", needs=("SALARY", "HOURLYRATE")),
    )  # fmt: skip


def _given(cells, name):
    return ~np.isnan(cells.number(name))


def _other_basis(cells, code):
    return cells.readable("SALARYINT") & ~cells.is_in("SALARYINT", code, "999")


def _role_known(cells):
    return ~np.isnan(cells.number("MAINJOBROLE"))


def _role():
    described = flags("takes_description", "job_role", "job_role_retired")
    delegating = flags("dha_allowed", "job_role", "job_role_retired")
    takes_none = [not flag for flag in described]
    return (
        Rule("MAINJOBROLE", "role_withdrawn", "MAINJOBROLE is a code that was withdrawn in 2024; it was taken as the "
             "role that replaced it", lambda c: c.is_in("MAINJOBROLE", "22", "41"), accepted="27 for 22, 40 for 41"),
        Rule("MAINJOBROLE", "1280", "MAINJOBROLE is registered manager at a workplace that is not regulated by CQC",
             lambda c: c.is_in("MAINJOBROLE", MANAGER) & c.context.workplace_says(c, "not_regulated"), ERROR,
             "Another role, or REGTYPE 2 for the workplace"),
        Rule("MAINJRDESC", "1290", "MAINJRDESC is blank although the job role (23 or 27) needs a description",
             lambda c: c.blank("MAINJRDESC") & c.among("MAINJOBROLE", described), ERROR, "At most 119 characters"),
        Rule("MAINJRDESC", "3290", "MAINJRDESC is filled although the job role takes no description",
             lambda c: c.filled("MAINJRDESC") & c.among("MAINJOBROLE", takes_none), accepted="Blank"),
        Rule("NMCREG", "3340", "NMCREG is blank for a registered nurse",
             lambda c: c.blank("NMCREG") & c.is_in("MAINJOBROLE", NURSE), accepted="1 to 5"),
        Rule("NMCREG", "3340", "NMCREG is filled for somebody who is not a registered nurse",
             lambda c: c.filled("NMCREG") & c.readable("NMCREG") & ~c.is_in("MAINJOBROLE", NURSE) & _role_known(c),
             then=SET_ASIDE, accepted="Blank, or job role 16"),
        Rule("AMHP", "3380", "AMHP is blank for a social worker",
             lambda c: c.blank("AMHP") & c.is_in("MAINJOBROLE", SOCIAL_WORKER), accepted="1, 2 or 999"),
        Rule("AMHP", "3380", "AMHP is filled for somebody who is not a social worker",
             lambda c: c.filled("AMHP") & c.readable("AMHP") & ~c.is_in("MAINJOBROLE", SOCIAL_WORKER)
             & _role_known(c), then=SET_ASIDE, accepted="Blank, or job role 6"),
        Rule("DHA", "5661", "DHA is filled although the job role cannot do delegated healthcare, and was left aside",
             lambda c: _delegates(c) & c.among("MAINJOBROLE", [not flag for flag in delegating]), then=SET_ASIDE,
             accepted="Blank for this role"),
        Rule("DHA", "5662", "DHA is filled although the workplace's service cannot do delegated healthcare, and was "
             "left aside", lambda c: _delegates(c) & c.context.workplace_says(c, "never_delegates"), then=SET_ASIDE,
             accepted="Blank"),
        Rule("DHA", "5663", "DHA is filled although the workplace says that its staff do none, and was left aside",
             lambda c: _delegates(c) & c.context.workplace_says(c, "delegates_not"), then=SET_ASIDE, accepted="Blank"),
    )  # fmt: skip


def _delegates(cells):
    return _given(cells, "DHA")


def _qualified():
    return (
        Rule("SCQUAL", "3360", "SCQUAL has no level for a role that is always qualified (6, 15 or 16)",
             lambda c: _given(c, "SCQUAL") & ~_level_wrong(c) & np.isnan(c.second("SCQUAL"))
             & c.is_in("MAINJOBROLE", SOCIAL_WORKER, THERAPIST, NURSE), accepted="1;level"),
    )  # fmt: skip


def _level_wrong(cells):
    """Where the level was told of already, as one that cannot be read."""
    return cells.column("SCQUAL").wrong > 0
