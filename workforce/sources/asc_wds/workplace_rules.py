"""Rules along one row of the workplace file.

They stand in the order in which they lean on each other (see leaning.py). Where two cells contradict each other nobody
knows which is wrong; what leans on either of them waits until that is put right. A number that has not the form it
should is told as such whatever REGTYPE says, although the national service would not look at it where REGTYPE is 0.

Source of the rules and of the numbers of findings: NMDSdevopsServiceAdm/SopraSteria-SFC (MIT licence), commit b6857156
of 21 August 2026. Findings whose code is a word are ours: where the national service would lose or accept something
without saying so.
"""

from workforce.checking.declaring import Rule, Then
from workforce.codes import code_list

from .leaning import (
    EXPORTED,
    HEAD_OFFICE,
    MOST_KNOWN,
    NO_OTHERS,
    along,
    deleted,
    error,
    given,
    left_aside,
    longer,
    main_service,
    matches,
    not_main_service,
    real,
    services_where,
    settled,
    sound,
    worth_knowing,
)
from .workplace_figures import figure_rules

STORED_OTHER_TYPE = 120  # characters of OTHERTYPE that the national service keeps
STORED_POSTCODE = r"^[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}$"
DAYS_A_YEAR = 366


def rules():
    parts = where_it_is, what_it_is, services, registration, places, descriptions, figure_rules, care, pay
    return tuple(rule for part in parts for rule in part())


def where_it_is():
    yield Rule(
        "STATUS",
        "deleted",
        "STATUS is DELETE, so the workplace was left out",
        deleted,
        accepted="NEW, UPDATE, UNCHECKED or NOCHANGE for a workplace that is still there",
        then=Then.LEAVE_OUT,
    )
    yield worth_knowing(
        "POSTCODE",
        "1060",
        "POSTCODE is written in a way in which the national service would not find it",
        lambda cells: given(cells, "POSTCODE") & ~matches(cells, "POSTCODE", STORED_POSTCODE),
        "Capital letters and one space before the last three characters: DY1 1AA",
    )


def what_it_is():
    yield worth_knowing(
        "OTHERTYPE",
        "2070",
        "OTHERTYPE is blank although ESTTYPE is 8, other",
        lambda cells: cells.is_in("ESTTYPE", "8") & cells.blank("OTHERTYPE"),
        "A few words on what kind of employer this is",
    )
    yield left_aside(
        "OTHERTYPE",
        "2070",
        "OTHERTYPE is filled although ESTTYPE is not 8, other",
        lambda cells: given(cells, "ESTTYPE") & ~cells.is_in("ESTTYPE", "8") & given(cells, "OTHERTYPE"),
        "A blank cell, or 8 in ESTTYPE",
    )
    yield worth_knowing(
        "OTHERTYPE",
        "stored_shorter",
        f"OTHERTYPE has more than {STORED_OTHER_TYPE} characters; the national service would drop it unsaid",
        lambda cells: given(cells, "OTHERTYPE") & longer(cells, "OTHERTYPE", STORED_OTHER_TYPE),
        f"Text of up to {STORED_OTHER_TYPE} characters",
    )


def services():
    yield error(
        "ALLSERVICES",
        "1121",
        "ALLSERVICES says with a 0 that there are no other services, and names several",
        lambda cells: along(cells, lambda every: NO_OTHERS in every and len(set(real(every))) > 1, "ALLSERVICES"),
        "The services without the 0; or the main service and 0: 8;0",
    )
    yield error(
        "ALLSERVICES",
        "1120",
        "ALLSERVICES does not name the service that MAINSERVICE gives",
        lambda cells: along(cells, lambda every, main: EXPORTED.get(main, main) not in real(every),
                            "ALLSERVICES", "MAINSERVICE"),
        "All services of the workplace, the main one among them",
    )  # fmt: skip
    yield worth_knowing(
        "ALLSERVICES",
        "repeated",
        "ALLSERVICES names a service more than once; the figures given for it are added up",
        lambda cells: along(cells, lambda every: len(set(real(every))) < len(real(every)), "ALLSERVICES"),
        "Each service once",
    )
    yield from exported_codes()


def exported_codes():
    exported = " or ".join(EXPORTED)
    says = f"holds {exported}, as the national service's export writes it, and was read as "
    for code, meant in EXPORTED.items():
        more = (f"{says}{meant}", f"{meant} instead of {code}")
        yield worth_knowing(
            "MAINSERVICE", "exported_code", f"MAINSERVICE {more[0]}", _is_in("MAINSERVICE", code), more[1]
        )
        yield worth_knowing("ALLSERVICES", "exported_code", f"ALLSERVICES {more[0]}", _holds(code), more[1])


def _is_in(name, code):
    return lambda cells: cells.is_in(name, code)


def _holds(code):
    return lambda cells: along(cells, lambda every: code in every, "ALLSERVICES")


def registration():
    yield error(
        "REGTYPE",
        "1100",
        "REGTYPE does not go with MAINSERVICE",
        lambda cells: (
            (cells.is_in("REGTYPE", "2") & main_service(cells, "regtype_required", "0"))
            | (cells.is_in("REGTYPE", "0") & main_service(cells, "regtype_required", "2"))
        ),
        "2 for a main service that the CQC regulates, 0 for any other; either for a head office",
    )
    for name, blank, filled in (("PROVNUM", "1105", "2105"), ("LOCATIONID", "1110", "2110")):
        yield error(
            name,
            blank,
            f"{name} is blank although REGTYPE is 2, regulated",
            _lacks_number(name),
            "One digit, a hyphen and 8 to 12 digits: 1-101234567",
        )
        yield left_aside(
            name, filled, f"{name} is filled although REGTYPE is 0, not regulated", _has_needless_number(name)
        )


def _lacks_number(name):
    """A head office has no location of its own."""

    def when(cells):
        lacks = cells.is_in("REGTYPE", "2") & cells.blank(name)
        return lacks & settled(cells) & ~cells.is_in("MAINSERVICE", HEAD_OFFICE) if name == "LOCATIONID" else lacks

    return when


def _has_needless_number(name):
    return lambda cells: cells.is_in("REGTYPE", "0") & given(cells, name)


def places():
    count = "As many figures as ALLSERVICES has services, in the same order; blanks for services without places"
    for name, flag in (("CAPACITY", "takes_capacity"), ("UTILISATION", "takes_utilisation")):
        yield error(name, "1140", f"{name} does not have as many figures as ALLSERVICES has services",
                    _count_differs(name, "ALLSERVICES"), count)  # fmt: skip
        yield error(name, "1140", f"{name} has a figure for a service for which none is asked",
                    _figure_for_other_service(name, flag), count)  # fmt: skip
    yield error(
        "UTILISATION",
        "1140",
        "UTILISATION does not have as many figures as CAPACITY",
        lambda cells: along(cells, lambda used, places: len(used) != len(places), "UTILISATION", "CAPACITY"),
        count,
    )
    for name in ("CAPACITY", "UTILISATION"):
        yield worth_knowing(
            name,
            "above_stored",
            f"{name} has a figure above {MOST_KNOWN}, which the national service would drop unsaid; it is counted here",
            _figure_above(name, MOST_KNOWN),
            f"Whole numbers up to {MOST_KNOWN}",
        )


def _count_differs(name, other):
    """An element for the 0 of `no others` may be there or not."""
    return lambda cells: along(
        cells, lambda parts, every: len(parts) not in (len(every), len(real(every))), name, other
    )


def _figure_for_other_service(name, flag):
    takes = services_where(flag)

    def test(figures, every):
        return any(figure is not None and code not in takes for figure, code in zip(figures, every, strict=False))

    return lambda cells: along(cells, test, name, "ALLSERVICES")


def _figure_above(name, most):
    return lambda cells: along(cells, lambda figures: any((figure or 0) > most for figure in figures), name)


def descriptions():
    yield error(
        "SERVICEDESC",
        "1120",
        "SERVICEDESC does not have as many descriptions as ALLSERVICES has services",
        _count_differs("SERVICEDESC", "ALLSERVICES"),
        "One description, which may be blank, for each service, semicolons between",
    )
    yield error(
        "OTHERUSERDESC",
        "1130",
        "OTHERUSERDESC does not have as many descriptions as SERVICEUSERS has codes",
        lambda cells: (
            sound(cells, "SERVICEUSERS")
            & along(cells, lambda texts, users: len(texts) != len(users), "OTHERUSERDESC", "SERVICEUSERS")
        ),
        "One description, which may be blank, for each code, semicolons between",
    )
    yield worth_knowing(
        "OTHERUSERDESC",
        "2130",
        "OTHERUSERDESC has no description for 3, 9 or 21, people not in the other categories",
        _undescribed_users,
        "A few words at the place of that code, semicolons between",
    )


def _undescribed_users(cells):
    described = {code for code, flag in code_list("service_user").column("takes_description").items() if flag == "1"}
    lacks = along(
        cells,
        lambda users, texts: any(user in described and text is None for user, text in zip(users, texts, strict=False)),
        "SERVICEUSERS",
        "OTHERUSERDESC",
    )
    wants = along(cells, lambda users: not described.isdisjoint(users), "SERVICEUSERS")
    return sound(cells, "SERVICEUSERS") & (lacks | (wants & cells.blank("OTHERUSERDESC")))


def care():
    yield left_aside("DHA", "2520", "DHA is filled although the main service has no delegated healthcare activities",
                     lambda cells: given(cells, "DHA") & not_main_service(cells, "dha_allowed"))  # fmt: skip
    yield left_aside(
        "DHAACTIVITIES",
        "2530",
        "DHAACTIVITIES is filled although DHA is not 1, yes",
        _filled_without("DHAACTIVITIES", "DHA", "1"),
        needs=("DHA",),
    )
    yield left_aside(
        "CWPUSEDESC",
        "2500",
        "CWPUSEDESC is filled although CWPUSE does not give reason 10, something else",
        lambda cells: (
            given(cells, "CWPUSEDESC")
            & sound(cells, "CWPUSE")
            & ~along(cells, lambda reasons: "10" in reasons, "CWPUSE")
        ),
        needs=("CWPUSE",),
    )


def _filled_without(name, other, code):
    return lambda cells: given(cells, name) & cells.readable(other) & ~cells.is_in(other, code)


def pay():
    yield left_aside("ACTUALCONT", "2541", "ACTUALCONT is filled although PENSION is not 1, yes",
                     _filled_without("ACTUALCONT", "PENSION", "1"), needs=("PENSION",))  # fmt: skip
    yield worth_knowing(
        "HOLIDAY",
        "more_than_a_year",
        "HOLIDAY is more days than a year has, which the national service takes unsaid",
        lambda cells: cells.number("HOLIDAY") > DAYS_A_YEAR,
        "Days of leave a year, such as 28",
    )
    for name, code, flag in (
        ("SLEEPINS", "2561", "sleep_in_questions"),
        ("SLEEPINPAY", "2571", "sleep_in_questions"),
        ("TRAVELTIME", "2581", "travel_time_questions"),
        ("TTDIFFRATE", "2591", "travel_time_questions"),
    ):
        message = f"{name} is filled although the question is not for this main service"
        yield left_aside(name, code, message, _filled_for_other_service(name, flag))
    yield left_aside("SLEEPINPAY", "2572", "SLEEPINPAY is filled although SLEEPINS is not 1, yes",
                     _filled_without("SLEEPINPAY", "SLEEPINS", "1"), needs=("SLEEPINS",))  # fmt: skip
    yield left_aside("TTDIFFRATE", "2592", "TTDIFFRATE is filled although TRAVELTIME is not 3, a different rate",
                     _filled_without("TTDIFFRATE", "TRAVELTIME", "3"), needs=("TRAVELTIME",))  # fmt: skip


ASKED_BEFORE = {"SLEEPINPAY": "SLEEPINS", "TTDIFFRATE": "TRAVELTIME"}


def _filled_for_other_service(name, flag):
    """Once for a question and the one that follows from it."""
    before = ASKED_BEFORE.get(name, name)
    return lambda cells: given(cells, name) & cells.readable(before) & not_main_service(cells, flag)
