"""What the benchmarks measure against: a partnership with plans of given lengths, built through the services."""

import random
from datetime import date

from actions import services as actions
from actions.editing import lookups_for
from actions.models import Priority, Status
from partners import services as partners
from partners.models import Sector, User
from partners.permissions import Role
from strategies import services as strategies

EMAIL, PASSWORD = "coordinator@bench.example", "three random words"
WORDS = (
    "agree map share develop review joint workforce leadership training induction recruitment retention apprentices "
    "assessors framework partners commissioners providers carers nurses managers data vacancies turnover competence "
    "programme event pathway funding evidence learning supervision safeguarding rehabilitation mental health homes"
).split()
TIMESCALES = [
    "March 2027",
    "Q2 2026/27",
    "By end of 2026",
    "Ongoing",
    "September 2026 to July 2027",
    "TBC",
    "Autumn 2026",
]
PEOPLE = ["Workforce Lead", "Head of Commissioning", "Learning and Development Manager", "Director of Nursing"]


def build(lengths):
    """One strategy and plan for each length; returns their slugs. The same words every time."""
    chance = random.Random(4)
    partnership = partners.start_partnership(name="Bench Health and Care Partnership", slug="bench")
    user = User.objects.create_user(EMAIL, PASSWORD, name="Coordinator")
    organisations = [
        partners.add_partner(partnership=partnership, name=f"Organisation {n}", sector=Sector.NHS, by=None).organisation
        for n in range(1, 9)
    ]
    partners.add_member(user=user, partnership=partnership, role=Role.COORDINATOR, by=None)
    return {rows: _plan(partnership, organisations, user, rows, chance) for rows in lengths}


def _plan(partnership, organisations, user, rows, chance):
    strategy = strategies.start_strategy(
        partnership=partnership,
        title=f"Plan of {rows} rows",
        period_start=date(2026, 4, 1),
        period_end=date(2029, 3, 31),
        by=user,
    )
    aims = [strategies.add_aim(strategy=strategy, text=_sentence(chance, 8), by=user).pk for _ in range(6)]
    lookups = lookups_for(strategy)
    for number in range(1, rows + 1):
        cells = _cells(number, aims, organisations, chance)
        row = actions.add_action(strategy=strategy, cells=cells, by=user, lookups=lookups)
        if chance.random() < 0.5:
            actions.post_update(action=row, status=chance.choice(Status.values), words=_sentence(chance, 15), by=user)
    return strategy.slug


def _cells(number, aims, organisations, chance):
    """About as many words as the cells of partners' published plans have."""
    return {
        "ref": str(number),
        "aim": chance.choice(aims),
        "activity": _sentence(chance, chance.randint(8, 30)),
        "expected_outcome": _sentence(chance, chance.randint(6, 25)),
        "timescale_text": chance.choice(TIMESCALES),
        "resource_requirement": _sentence(chance, chance.randint(2, 10)),
        "priority": chance.choice(Priority.values),
        "lead_organisation": chance.choice(organisations).pk,
        "leads": "; ".join(chance.sample(PEOPLE, chance.randint(1, 2))),
    }


def _sentence(chance, words):
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."
