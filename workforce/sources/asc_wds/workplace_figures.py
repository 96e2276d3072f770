"""Rules along one row of the workplace file about the figures of its staff: total, starters, leavers and vacancies.

Source of the rules and of the numbers of findings: NMDSdevopsServiceAdm/SopraSteria-SFC (MIT licence), commit b6857156
of 21 August 2026; that 999 staff are not a number of staff: the national estimates of filled posts, as described in
NMDSdevopsServiceAdm/DataEngineering. Findings whose code is a word are ours.
"""

from workforce.checking.declaring import Then
from workforce.codes import code_list

from .leaning import (
    HEAD_OFFICE,
    MOST_KNOWN,
    REGISTERED_MANAGER,
    along,
    error,
    given,
    is_not_known,
    left_aside,
    settled,
    total,
    worth_knowing,
)

FIGURES = (("STARTERS", "1310"), ("LEAVERS", "1320"), ("VACANCIES", "1300"))
WITHDRAWN_ROLES = frozenset(code_list("job_role_retired").codes)
# The list of reasons is not public; NMDS-SC's look-up numbers of leaving reasons, 60 to 71, were 59 + code.
REASONS = frozenset(map(str, range(1, 13)))


def figure_rules():
    parts = staff, figures, leaving
    return tuple(rule for part in parts for rule in part())


def staff():
    yield error(
        "TOTALPERMTEMP",
        "1200",
        "TOTALPERMTEMP is 0, which only a head office may say",
        lambda cells: settled(cells) & (cells.number("TOTALPERMTEMP") == 0) & ~cells.is_in("MAINSERVICE", HEAD_OFFICE),
        "The number of people who work there, from 1 to 999",
    )
    yield worth_knowing(
        "TOTALPERMTEMP",
        "not_known",
        "TOTALPERMTEMP is 999, which the national estimates take as not known, and so do we",
        lambda cells: cells.unknown("TOTALPERMTEMP"),
        "The number of people who work there",
    )
    yield error(
        "ALLJOBROLES",
        "1280",
        "ALLJOBROLES is blank although there are starters, leavers or vacancies",
        _figures_without_roles,
        "Codes of the job roles that the figures are for, in the same order",
        then=Then.KEEP,
    )
    yield worth_knowing(
        "ALLJOBROLES",
        "repeated",
        "ALLJOBROLES names a role more than once; the figures given for it are added up",
        lambda cells: along(cells, lambda roles: len(set(roles)) < len(roles), "ALLJOBROLES"),
        "Each role once",
    )
    yield worth_knowing(
        "ALLJOBROLES",
        "withdrawn",
        "ALLJOBROLES names a role that has been withdrawn and that the national service no longer takes",
        lambda cells: along(cells, lambda roles: not WITHDRAWN_ROLES.isdisjoint(roles), "ALLJOBROLES"),
        "The role that took its place",
    )


def _figures_without_roles(cells):
    some = cells.nowhere
    for name, _ in FIGURES:
        some |= along(cells, lambda figures: total(figures) > 0, name)
    return cells.blank("ALLJOBROLES") & some


def figures():
    for name, code in FIGURES:
        yield error(
            name,
            code,
            f"{name} does not have as many figures as ALLJOBROLES has roles",
            _figures_differ(name),
            "One figure for each role, in the same order; or 999 alone for not known",
        )
        yield worth_knowing(
            name,
            "not_known_among_others",
            f"{name} has 999 beside other figures, where it counts as nine hundred and ninety-nine",
            _not_known_among_others(name),
            "999 alone if the figures are not known",
        )
    yield worth_knowing(
        "VACANCIES",
        "2180",
        "VACANCIES has one for a registered manager although REGTYPE is not 2; the national service leaves it out",
        lambda cells: cells.is_in("REGTYPE", "0") & along(cells, manager_vacancies, "VACANCIES", "ALLJOBROLES"),
        "0 for role 4 where the workplace is not regulated",
    )


def _figures_differ(name):
    return lambda cells: along(
        cells, lambda counts, roles: len(counts) != len(roles) and not is_not_known(counts), name, "ALLJOBROLES"
    )


def _not_known_among_others(name):
    return lambda cells: along(cells, lambda counts: len(counts) > 1 and MOST_KNOWN in counts, name)


def manager_vacancies(vacancies, roles):
    """How many of the vacancies are for a registered manager."""
    if is_not_known(vacancies):
        return 0
    return sum(count for count, role in zip(vacancies, roles, strict=False) if role == REGISTERED_MANAGER)


def leaving():
    made_up = "One figure for each reason, which together make the leavers"
    for name, when in (("REASONS", _reasons_without_leavers), ("REASONNOS", _figures_without_leavers)):
        says = f"{name} is filled although LEAVERS counts nobody, and the national service would not look at it"
        yield left_aside(name, "without_leavers", says, when, needs=("LEAVERS",))
    for name, other in (("REASONS", "REASONNOS"), ("REASONNOS", "REASONS")):
        says = f"{name} is blank although {other} is filled"
        yield error(name, "1360", says, _blank_beside(name, other), "As many reasons as figures", then=Then.KEEP)
    yield error("REASONNOS", "1360", "REASONNOS does not have as many figures as REASONS has reasons",
                _reasons_differ, made_up)  # fmt: skip
    yield error("REASONNOS", "1360", "REASONNOS does not add up to the leavers of LEAVERS", _leavers_differ, made_up)
    yield worth_knowing(
        "REASONS",
        "not_listed",
        "REASONS has a number that no known reason has; the national service takes any number unsaid",
        lambda cells: along(
            cells, lambda reasons: any(f"{reason:.0f}" not in REASONS for reason in reasons), "REASONS"
        ),
        "1 to 12",
    )


def _no_leavers(cells):
    return cells.blank("LEAVERS") | along(cells, lambda leavers: total(leavers) == 0, "LEAVERS")


def _reasons_without_leavers(cells):
    return given(cells, "REASONS") & _no_leavers(cells)


def _figures_without_leavers(cells):
    """Once for the reasons and the figures that belong to them."""
    return given(cells, "REASONNOS") & cells.blank("REASONS") & _no_leavers(cells)


def _blank_beside(name, other):
    return lambda cells: (
        cells.blank(name) & given(cells, other) & along(cells, lambda leavers: total(leavers) > 0, "LEAVERS")
    )


def _reasons_differ(cells):
    return along(cells, lambda counts, reasons: len(counts) != len(reasons), "REASONNOS", "REASONS")


def _leavers_differ(cells):
    return along(cells, lambda counts, leavers, _: sum(counts) != total(leavers), "REASONNOS", "LEAVERS", "REASONS")
