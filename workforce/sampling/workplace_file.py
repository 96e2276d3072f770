"""The workplace file of one date, in the national format of July 2026: 44 columns."""

import numpy as np
import pyarrow as pa

from workforce.sampling import literals
from workforce.sampling.cells import blanks, choose, constant, glue, lists, numbers, pence, words
from workforce.sampling.drawing import pick_by_row, stream
from workforce.sampling.places import SECTOR_CODES, SERVICE_CODES, pick_answers
from workforce.sampling.posts import ROLE_CODES
from workforce.sampling.worker_file import INWARD, YES_NO_UNKNOWN, place_names

HEADINGS = tuple(
    "LOCALESTID STATUS ESTNAME ADDRESS1 ADDRESS2 ADDRESS3 POSTTOWN POSTCODE ESTTYPE OTHERTYPE PERMCQC PERMLA REGTYPE "
    "PROVNUM LOCATIONID MAINSERVICE ALLSERVICES CAPACITY UTILISATION SERVICEDESC SERVICEUSERS OTHERUSERDESC DHA "
    "DHAACTIVITIES TOTALPERMTEMP ALLJOBROLES STARTERS LEAVERS VACANCIES REASONS REASONNOS REPEATTRAINING CWPAWARE "
    "CWPUSE CWPUSEDESC SICKPAY PENSION ACTUALCONT OPTOUTPEN HOLIDAY SLEEPINS SLEEPINPAY TRAVELTIME TTDIFFRATE".split()
)
PROVIDER_OF = 3  # establishments of one provider, about
FIRST_LOCATION, FIRST_PROVIDER = 2_000_000_001, 101_000_001
HOME_CARE = SERVICE_CODES.index("8")
ALSO_SUPPORTED_LIVING = 0.2  # of home care: a second service


def healthcare_answers(seed, places):
    """Whether staff carry out delegated healthcare: position in yes, no, not known."""
    return pick_answers(seed, "healthcare", [0.45, 0.45, 0.10], len(places))


def workplace_table(seed, places, flows):
    """All rows as text."""
    columns = (
        {heading: blanks(len(places)) for heading in HEADINGS}
        | _identity(seed, places)
        | _services(seed, places, flows)
        | _numbers(seed, places, flows)
        | _practice(seed, places)
        | _conditions(seed, places)
    )
    return pa.table({heading: columns[heading] for heading in HEADINGS})


def _identity(seed, places):
    many, rng = len(places), stream(seed, "addresses")
    index = np.arange(many)
    where = places.regulated
    street = words(literals.STREETS, rng.integers(0, len(literals.STREETS), many))
    outward = words(literals.OUTWARD, rng.integers(0, len(literals.OUTWARD), many))
    inward = words(INWARD, rng.integers(0, len(INWARD), many))
    return {
        "LOCALESTID": place_names(index),
        "STATUS": constant("UPDATE", many),
        "ESTNAME": glue(constant("Sample Care", many), numbers(index + 1, width=5), between=" "),
        "ADDRESS1": glue(numbers(rng.integers(1, 200, many)), street, between=" "),
        "POSTTOWN": words(literals.TOWNS, rng.integers(0, len(literals.TOWNS), many)),
        "POSTCODE": glue(outward, inward, between=" "),
        "ESTTYPE": words(SECTOR_CODES, places.sector),
        "OTHERTYPE": constant("Community interest company", many, places.sector == SECTOR_CODES.index("8")),
        "PERMCQC": words(("1", "0", ""), rng.integers(0, 3, many)),
        "PERMLA": words(("1", "0", ""), rng.integers(0, 3, many)),
        "REGTYPE": words("02", where.astype(int)),
        "PROVNUM": glue(constant("1-", many, where), numbers(FIRST_PROVIDER + index // PROVIDER_OF)),
        "LOCATIONID": glue(constant("1-", many, where), numbers(FIRST_LOCATION + seed % 1000 * 1_000_000 + index)),
    }


def _services(seed, places, flows):
    many, rng = len(places), stream(seed, "services")
    main = words(SERVICE_CODES, places.service)
    second = (places.service == HOME_CARE) & (rng.random(many) < ALSO_SUPPORTED_LIVING)
    alone = rng.random(many) < 0.5
    room = np.minimum(np.maximum(3, (flows.staff.sum(axis=1) * 0.9).astype(int)), 900)
    used = np.maximum(1, (room * (0.7 + 0.3 * rng.random(many))).astype(int))
    takes_room, takes_use = places.fact(3) == 1, places.fact(4) == 1
    users, descriptions = _service_users(rng, places)
    healthcare, able = healthcare_answers(seed, places), places.fact(5) == 1
    activities = words(("1;2", "2;5;7", "4", "1;3;4;6", "999"), rng.integers(0, 5, many), able & (healthcare == 0))
    return {
        "MAINSERVICE": main,
        "ALLSERVICES": choose(
            (second, constant("8;55", many)), (alone, main), (~alone, glue(main, constant(";0", many)))
        ),
        "CAPACITY": choose((second, constant(";", many)), (takes_room, numbers(room))),
        "UTILISATION": choose(
            (second, glue(numbers(used), numbers(used // 3), between=";")), (takes_use, numbers(used))
        ),
        "SERVICEUSERS": users,
        "OTHERUSERDESC": descriptions,
        "DHA": words(YES_NO_UNKNOWN, healthcare, able),
        "DHAACTIVITIES": activities,
    }


def _service_users(rng, places):
    """One of the combinations of the kind of service, with the words that go with it."""
    flat = [
        (kind, *pair) for kind, name in enumerate(literals.KINDS_OF_SERVICE) for pair in literals.SERVICE_USERS[name]
    ]
    shares = [[float(kind == row[0]) for row in flat] for kind in range(len(literals.KINDS_OF_SERVICE))]
    which = pick_by_row(rng, shares, places.kind)
    return words([row[1] for row in flat], which), words([row[2] for row in flat], which)


def _numbers(seed, places, flows):
    many = len(places)
    tables = {"starters": flows.starters, "leavers": flows.leavers, "vacancies": flows.vacancies}
    listed = flows.staff + sum(tables.values()) > 0
    row, role = np.nonzero(listed)
    said = {
        name.upper(): choose(
            (flows.unknown[name], constant("999", many)),
            (~flows.unknown[name], lists(row, numbers(table[listed]), many)),
        )
        for name, table in tables.items()
    }
    reasons = _reasons(stream(seed, "reasons"), flows)
    roles = lists(row, words(ROLE_CODES, role), many)
    return {"TOTALPERMTEMP": numbers(flows.staff.sum(axis=1)), "ALLJOBROLES": roles} | said | reasons


def _reasons(rng, flows):
    """Up to three reasons for leaving; their figures add up to the leavers. Some establishments give none."""
    total = np.where(flows.unknown["leavers"], 0, flows.leavers.sum(axis=1))
    total = np.where(rng.random(len(total)) < 0.15, 0, total)
    one = np.ceil(total * rng.random(len(total))).astype(int)
    two = np.ceil((total - one) * rng.random(len(total))).astype(int)
    parts = np.stack([one, two, total - one - two], axis=1)
    first = rng.integers(0, len(literals.LEAVING_REASONS), len(total))
    codes = (first[:, None] + np.array([0, 3, 7])) % len(literals.LEAVING_REASONS)
    row, part = np.nonzero(parts)
    return {
        "REASONS": lists(row, words(literals.LEAVING_REASONS, codes[row, part]), len(total)),
        "REASONNOS": lists(row, numbers(parts[row, part]), len(total)),
    }


def _practice(seed, places):
    many, rng = len(places), stream(seed, "practice")
    use = rng.integers(0, 5, many)
    return {
        "REPEATTRAINING": words("1234", rng.integers(0, 4, many)),
        "CWPAWARE": words(("1", "2", "3", "4", "999"), rng.integers(0, 5, many)),
        "CWPUSE": words(("2", "999", "1;3;5", "1;2;10", "1"), use),
        "CWPUSEDESC": constant("To plan who follows whom", many, use == 3),
    }


def _conditions(seed, places):
    many, rng = len(places), stream(seed, "conditions")
    pension, sleeping, travel = rng.integers(0, 4, many), rng.integers(0, 3, many), rng.integers(0, 7, many)
    may_sleep, may_travel = places.fact(6) < 3, places.fact(6) == 1
    return {
        "SICKPAY": words(("0", "1", "unknown", ""), rng.integers(0, 4, many)),
        "PENSION": words(("0", "1", "unknown", ""), pension),
        "ACTUALCONT": pence(rng.integers(350, 1200, many), pension == 1),
        "OPTOUTPEN": words(YES_NO_UNKNOWN, rng.integers(0, 3, many)),
        "HOLIDAY": numbers(rng.integers(20, 34, many)),
        "SLEEPINS": words(YES_NO_UNKNOWN, sleeping, may_sleep),
        "SLEEPINPAY": words(YES_NO_UNKNOWN, rng.integers(0, 3, many), may_sleep & (sleeping == 0)),
        "TRAVELTIME": words(("1", "2", "3", "4", "5", "6", "999"), travel, may_travel),
        "TTDIFFRATE": pence(rng.integers(600, 1300, many), may_travel & (travel == 2)),
    }
