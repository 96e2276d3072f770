"""Plans with awkward words, taken away as a file and brought back: what comes back must be what went out.

`PLANS` makes plans and what somebody does to them in a file. `gone_and_back` takes one away and brings it back as it
is; `edited_and_back` has the file changed in between, as its own program would. Each yields a sentence for every cell
and row that is not as it should be.
"""

import unicodedata
from dataclasses import dataclass, field

from django.db import transaction
from hypothesis import strategies as st

from actions import services
from actions.applying import apply_proposal
from actions.columns import cells_of
from actions.exports import PlanExport
from actions.proposing import proposal_for
from actions.reading.spacing import as_kept
from partners.models import Change
from partners.text import clean_text
from strategies import services as strategies
from tests.actions.file_programs import PROGRAMS
from workforce.writing import WRITERS

AWKWARD = (
    "=1+1", "+44 161 496 0000", "-5", "@everyone", "'quoted'", "'=not a formula", "''-5", "007", "1e3", "1,000", "50%",
    "31/03/2027", "March 2027", "2027-03-31", "TBC", "N/A", "–", "-", "- a point\n- another", "• one\n• two",
    "1. First\n2. Second", "o small\n  o deeper", "a\ttab", "a\u00a0b", "two  spaces", "a\n\n\nb", "  led by spaces",
    "שלום עולם", "مرحبا \u200fabc", "👩‍⚕️ nurse", "e\u0301", "Ｆｕｌｌ", "_x0041_ and _x000D_", "&amp; <b>bold</b>",
    'say "hello", twice', "a;b|c", "Key: red is late", "Total", "Notes", "e.g. an example", "Example", "Action",
    "Activity", "planner_1_2_3", "Planner row", "lower case, cut in", "H", "Amber", "On track", "None", "\\n \\t",
    "line\u2028separator", "non\u2011breaking", "soft\u00adhyphen", "\ufffd \uffff", "#REF!", "#N/A", "TRUE", "{{x}}",
    "Head of HR & OD, Trust", "A and B", "HR / OD", "AP/JP", "(cont)", "What we will do by March 2027", "sep=;", "\"",
    "https://example.org/?a=1&b=2", "x" * 4_900, "word " * 900, "C:\\plans\\one", "zero\u200bwidth", "½ day a week",
)  # fmt: skip
AIMS = ("Grow our own staff", "3 year plan", "Recruit by March 2027", "Train together (cont)", "=Lead well", "Total")
THEMES = ("Working in partnership", "Key", "Priority: one", "Pay & reward")
WORDED = ("activity", "expected_outcome", "evidence", "resource_requirement", "timescale_text")

pieces = st.sampled_from(AWKWARD) | st.text(max_size=30)
texts = st.lists(pieces, max_size=3).map("\n".join) | st.lists(pieces, max_size=3).map(" ".join)
lines = st.lists(pieces, min_size=1, max_size=2).map(lambda found: " ".join(" ".join(found).split()))


def fitting(found, longest, *, keep_lines=True):
    """As the plan keeps it."""
    return clean_text(clean_text(found, keep_lines=keep_lines)[:longest], keep_lines=keep_lines)


def words(longest=5_000):
    return texts.map(lambda text: fitting(text, longest))


def short(longest):
    return lines.map(lambda text: fitting(text, longest, keep_lines=False))


@dataclass
class Row:
    cells: dict
    aim: int | None
    theme: int | None
    report: str = ""


@dataclass
class Edits:
    """What somebody does to a file of a plan: {row: {column: new words}}, rows deleted, copied, added, and shuffled."""

    cells: dict = field(default_factory=dict)
    deleted: set = field(default_factory=set)
    copied: set = field(default_factory=set)
    added: list = field(default_factory=list)
    order: int = 0


rows = st.builds(
    Row,
    cells=st.fixed_dictionaries(
        {
            "ref": short(30) | st.just(""),
            "activity": words().map(lambda text: text or "An activity"),
            "expected_outcome": words(),
            "evidence": words(),
            "timescale_text": words(500)
            | st.sampled_from(["", "March 2027", "Phase 1: March 2027\nPhase 2: June 2027"]),
            "resource_requirement": words(),
            "priority": st.sampled_from(["", "high", "medium", "low"]),
            "status": st.sampled_from(["", "red", "amber", "green", "blue"]),
            "leads": st.lists(short(150), max_size=3).map("\n".join),
            "contributors": st.booleans(),
        }
    ),
    aim=st.integers(0, len(AIMS) - 1) | st.none(),
    theme=st.integers(0, len(THEMES) - 1) | st.none(),
    report=words() | st.just(""),
)
PLANS = st.lists(rows, min_size=1, max_size=6)
# What people write in a cell; a formula is what the program makes of it, not a text.
new_words = st.text(st.characters(categories=["L", "Nd"]), min_size=3, max_size=12).map(
    lambda text: f"Then {unicodedata.normalize('NFC', text)} was agreed"
)


@st.composite
def edited_plans(draw):
    """(a plan, what somebody does to its file)."""
    plan = draw(st.lists(rows, min_size=2, max_size=6))
    places = range(len(plan))
    deleted = draw(st.sets(st.sampled_from(places), max_size=len(plan) // 2))
    left = [place for place in places if place not in deleted]
    cells = draw(
        st.dictionaries(st.sampled_from(left), st.dictionaries(st.sampled_from(WORDED), new_words, min_size=1))
    )
    copied = draw(st.sets(st.sampled_from(left), max_size=1))
    added = draw(st.lists(new_words, max_size=2, unique=True))
    return plan, Edits(cells, deleted, copied, added, draw(st.integers(0, 10)))


class Undone(Exception):
    """Everything that one example did is to be forgotten."""


def forgotten(check, world, *args):
    """The faults that a check finds; what it wrote is undone."""
    faults = []
    try:
        with transaction.atomic():
            faults = list(check(world, *args))
            raise Undone
    except Undone:
        return faults


def build(world, plan):
    """A strategy of its own with this plan; returns it with its rows, in the order of `plan`."""
    number = world.partnership.strategies.count()
    strategy = strategies.start_strategy(
        partnership=world.partnership, title="Round trip", slug=f"round-trip-{number}",
        period_start=world.strategy.period_start, period_end=world.strategy.period_end, by=world.coordinator,
    )  # fmt: skip
    aims = [strategies.add_aim(strategy=strategy, text=text, by=world.coordinator) for text in AIMS]
    themes = [strategies.add_theme(strategy=strategy, text=text, by=world.coordinator) for text in THEMES]
    return strategy, [_add(world, strategy, row, aims, themes) for row in plan]


def _add(world, strategy, row, aims, themes):
    aim = None if row.aim is None else aims[row.aim].pk
    theme = themes[row.theme or 0].pk if row.theme is not None or aim is None else None
    cells = row.cells | {"aim": aim, "theme": theme, "lead_organisation": world.council.pk}
    cells["contributors"] = [world.trust.pk] if cells["contributors"] else []
    action = services.add_action(strategy=strategy, cells=cells, by=world.coordinator)
    if row.report:
        services.post_update(action=action, status="", words=row.report, by=world.coordinator)
    return action


def stored(strategy):
    """{row: its cells} of the rows in the plan."""
    return {action.pk: cells_of(action) for action in strategy.actions.for_plan()}


def written(strategy, format):
    return WRITERS[format][0](PlanExport(strategy))


def gone_and_back(world, plan, format, through=None):
    """Away and back without a change. `through` may do to the bytes what a program does that only saves them."""
    strategy, _ = build(world, plan)
    before, changes = stored(strategy), Change.objects.count()
    content = written(strategy, format)
    proposal = proposal_for(strategy, f"plan.{format}", through(content) if through else content)
    for row in proposal["rows"]:
        if row["change"] != "same":
            yield f"{row['where']} is {row['change']}: {row['cells']} {row['why']}"
    found = [row["action"] for row in proposal["rows"]]
    if sorted(found, key=str) != sorted(before, key=str):
        yield f"rows {found} for {list(before)}"
    yield from (f"{row['name']} is missing" for row in proposal["removed"])
    apply_proposal(strategy=strategy, proposal=proposal, by=world.coordinator, take_out=True)
    if stored(strategy) != before or Change.objects.count() != changes:
        yield f"the plan is not as it was: {_differences(before, stored(strategy))}"


def _differences(before, after):
    return {
        (pk, key): (value, after.get(pk, {}).get(key))
        for pk, cells in before.items()
        for key, value in cells.items()
        if after.get(pk, {}).get(key) != value
    }


def edited_and_back(world, plan, edits, format):
    """Away, changed in the file, and back: exactly those changes, and nothing else."""
    strategy, actions = build(world, plan)
    before = stored(strategy)
    marks = {action.pk: place for place, action in enumerate(actions)}
    content, done = PROGRAMS[format](written(strategy, format), edits, marks)
    proposal = proposal_for(strategy, f"plan.{format}", content)
    wanted = _wanted(before, actions, done)
    yield from _compare_proposal(proposal, wanted, actions, edits)
    applied = apply_proposal(strategy=strategy, proposal=proposal, by=world.coordinator, take_out=True)
    yield from applied.left
    yield from _compare_plan(strategy, before, actions, done, edits)


def _wanted(before, actions, done):
    """{row: {column: words}} of the cells that really change: a word put over itself is none."""
    return {
        actions[place].pk: {
            key: text for key, text in cells.items() if as_kept(before[actions[place].pk][key]) != as_kept(text)
        }
        for place, cells in done.items()
    }


def _compare_proposal(proposal, wanted, actions, edits):
    for row in proposal["rows"]:
        cells = wanted.get(row["action"], {})
        if row["action"] and set(row["cells"]) != set(cells):
            yield f"{row['where']}: {sorted(row['cells'])} changed instead of {sorted(cells)}"
    gone = {actions[place].pk for place in edits.deleted}
    if {row["action"] for row in proposal["removed"]} != gone:
        yield f"{proposal['removed']} missing instead of {gone}"
    added = [row["activity"] for row in proposal["rows"] if row["change"] == "added"]
    if len(added) != len(edits.added) + len(edits.copied):
        yield f"{added} added"


def _compare_plan(strategy, before, actions, done, edits):
    after = stored(strategy)
    for place, action in enumerate(actions):
        if place in edits.deleted:
            continue
        asked = done.get(place, {})
        for key, value in before[action.pk].items():
            now = after.get(action.pk, {}).get(key)
            if key in asked and as_kept(now) != as_kept(asked[key]):
                yield f"{key} of row {place} is {now!r} instead of {asked[key]!r}"
            elif key not in asked and key != "reading" and now != value:
                yield f"{key} of row {place} was silently altered: {value!r} became {now!r}"
