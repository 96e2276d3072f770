"""Is any edit ever lost? `python -m tests.bench.lost_edits`.

Sixteen people write more than a thousand times into a handful of cells of three rows, over HTTP, against a server
started like that of `make run`: some having looked a moment ago, some long ago, some sending the same save again after
its answer was lost, while one of the rows is removed and restored. Then the plan, its history and the held edits are
asked for every single one. The same is done to a server that saves without comparing (`tests/bench/_plain_save.py`),
which must be caught losing some. On SQLite, and on the PostgreSQL of DATABASE_URL if that is set.

An edit is *lost* when it was answered as saved and then vanished from its cell through somebody who had not seen it.
"""

import json
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass
from types import SimpleNamespace
from uuid import UUID

import tests.bench._tabs as tabs  # first: it gives this run a data folder of its own
from tests.bench.plan_page import served

CLIENTS, EACH = 16, 63
CONTROL_EACH = 20
STEADY = ("evidence", "activity", "ref", "status", "priority", "leads", "contributors", "aim")
FLEETING = ("evidence", "ref", "leads")  # of the row that comes and goes
TOKEN = re.compile(r"c\d\d-e\d\d\d")
SLOTS = " ".join(f"s{client:02} stays." for client in range(CLIENTS))
MOST_NAMES = 8
STORED = {"saved", "merged"}
KEPT = {"held", "removed"}


@dataclass
class Sent:
    """One edit as its author sent it, and what the last answer to it said."""

    once: str
    row: int
    column: str
    person: int
    seen: object
    new: object
    result: str = ""
    held: int | None = None
    said: str = ""


# --- The plan that is fought over ----------------------------------------------------------------------------------


def build(clients=CLIENTS):
    """A plan of three rows and the people who share it, through the services."""
    from tests.bench import _site

    slug = _site.build([3])[3]
    from actions.columns import BY_KEY, cells_of
    from actions.editing import Edit, lookups_for, save_cells
    from strategies.models import Strategy

    strategy = Strategy.objects.select_related("partnership").get(slug=slug)
    rows = list(strategy.actions.order_by("position"))
    for row in rows:
        seen = cells_of(row)
        edits = {key: Edit(seen[key], SLOTS) for key in ("evidence", "activity")}
        save_cells(action=row, edits=edits, by=None)
    users = tabs.join(strategy.partnership, clients)
    lookups = lookups_for(strategy)
    return SimpleNamespace(
        strategy=strategy,
        path=f"/p/{strategy.partnership.slug}/plan/{slug}/?columns={','.join(STEADY)}",
        rows=[row.pk for row in rows],
        fleeting=rows[-1].pk,
        users=users,
        sessions=tabs.sessions_for(users),
        kinds={key: column.kind for key, column in BY_KEY.items()},
        cells={row.pk: cells_of(row) for row in strategy.actions.all()},
        choices={key: ["", *BY_KEY[key].choices.values] for key in ("status", "priority")},
        aims=sorted(lookups.aims),
        organisations=sorted(lookups.organisations),
    )


def contested(plan):
    keys = STEADY, ("evidence", "status", "leads"), FLEETING
    return [(row, key) for row, here in zip(plan.rows, keys, strict=True) for key in here]


# --- The people ----------------------------------------------------------------------------------------------------


class Person:
    """One of them: what they saw, and the next thing they want."""

    def __init__(self, plan, port, number, seed):
        self.plan, self.number, self.chance = plan, number, random.Random(seed * 100 + number)
        self.tab = tabs.Tab(port, plan.sessions[number], plan.path)
        self.seen = {(row, key): plan.cells[row][key] for row, key in contested(plan)}
        self.sent = []

    def work(self, edits):
        self.tab.open()
        for turn in range(edits):
            if self.chance.random() < 0.05:
                self.remove_or_restore()
            if self.chance.random() < 0.45:
                self.look()
            self.edit(turn)
        self.tab.connection.close()

    def look(self):
        self.tab.version, self.tab.tag = 0, ""
        for pk, html in self.tab.look().json()["rows"].items():
            for key, value in tabs.cells_in(html, self.plan.kinds).items():
                if (int(pk), key) in self.seen:
                    self.seen[int(pk), key] = value

    def remove_or_restore(self):
        what = self.chance.choice(["remove", "restore", "restore"])
        answer = self.tab.post(f"{self.tab.setup['urls']['rows']}{self.plan.fleeting}/{what}/", {})
        assert answer.status in (200, 302), answer.status

    def edit(self, turn):
        row, column = self.chance.choice(contested(self.plan))
        seen, token = self.seen[row, column], f"c{self.number:02}-e{turn:03}"
        once = str(UUID(int=self.chance.getrandbits(128), version=4))
        new = wanted(self.plan, column, seen, token, self.number, self.chance)
        sent = Sent(once, row, column, self.tab.setup["person"], seen, new)
        self.sent.append(sent)
        luck = self.chance.random()
        if luck < 0.12:
            self.tab.save_and_hang_up(row, column, seen, new, once)
        self.send(sent)
        if luck > 0.94:  # The answer came, but the tab was closed before it was read: it is sent again later.
            time.sleep(self.chance.random() * 0.05)
            self.send(sent)

    def send(self, sent):
        answer = self.tab.save(sent.row, sent.column, sent.seen, sent.new, sent.once)
        try:
            told = answer.json()
        except json.JSONDecodeError:
            told = {}
        result = told.get("result", f"status {answer.status}")
        if sent.result in STORED and result == "same":
            result = sent.result  # A save that was acknowledged stays acknowledged.
        sent.result, sent.held, sent.said = result, told.get("held"), told.get("say", "")
        if "stored" in told and not told.get("gone"):
            self.seen[sent.row, sent.column] = told["stored"]


def wanted(plan, column, seen, token, number, chance):
    """What somebody makes of a cell they see; it carries a token of its own where a cell holds words."""
    kind = plan.kinds[column]
    if kind == "long":
        return _words(seen, token, number, chance)
    if kind == "text":
        return token
    if kind == "choice":
        return chance.choice([one for one in plan.choices[column] if one != seen])
    if kind == "one":
        return chance.choice([one for one in plan.aims if one != seen])
    if kind == "many":
        return sorted(set(seen) ^ {chance.choice(plan.organisations)})
    names = [one["name"] for one in seen]
    return [*(names if len(names) < MOST_NAMES else names[-2:]), f"Officer {token}"]


def _words(seen, token, number, chance):
    luck, own = chance.random(), f"s{number:02}"
    if luck < 0.6 and own in seen:
        return seen.replace(own, f"{own} {token}", 1)
    if luck < 0.85:
        return f"{seen} {token}"
    return f"{token} {SLOTS}"


def fight(plan, port, edits, seed):
    """All of them at once; returns what each sent, in no order that means anything."""
    people = [Person(plan, port, number, seed) for number in range(len(plan.users))]
    faults = []

    def work(person):
        try:
            person.work(edits)
        except BaseException as fault:  # noqa: BLE001 - whatever it is, it is raised below
            faults.append(fault)

    threads = [threading.Thread(target=work, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return [sent for person in people for sent in person.sent]


# --- What became of every single edit ------------------------------------------------------------------------------


def parts(kind, value):
    """What can be lost of a cell one by one: tokens of a text, names and members of a list, or the value itself."""
    if kind == "long":
        return set(TOKEN.findall(value))
    if kind == "many":
        return set(value)
    if kind == "officers":
        return {one["name"] if isinstance(one, dict) else one for one in value}
    return {value}


def plain(kind, value):
    return [one["name"] if isinstance(one, dict) else one for one in value] if kind == "officers" else value


def judge(plan, sent):
    """{fault: edits it concerns}; every list is empty when nothing was lost."""
    from actions.models import HeldEdit
    from partners.models import Act, Change

    changes = list(Change.objects.filter(subject="action", subject_id__in=plan.rows).order_by("pk"))
    written = [one for one in changes if one.act in (Act.CHANGED, Act.MERGED) and one.field in plan.kinds]
    by_once = {}
    for one in written:
        by_once.setdefault((str(one.batch), one.field), []).append(one)
    held = {one.pk: one for one in HeldEdit.objects.all()}
    known = STORED | KEPT | {"same"}
    return {
        "unanswered": [one for one in sent if one.result not in known],
        "saved but nowhere": [one for one in sent if one.result in STORED and not _is_told(plan, one, by_once)],
        "applied twice": [one for one in sent if len(by_once.get((one.once, one.column), [])) > 1],
        "same but written": [one for one in sent if one.result == "same" and (one.once, one.column) in by_once],
        "held but not kept": [one for one in sent if one.result in KEPT and not _is_kept(plan, one, held)],
        "lost": _lost(plan, sent, written),
        "state is not its history": _untrue(plan, written),
    }


def _is_told(plan, one, by_once):
    kind = plan.kinds[one.column]
    for change in by_once.get((one.once, one.column), []):
        if change.act == "changed" and plain(kind, change.after) == one.new:
            return True
        if change.act == "merged" and parts(kind, one.new) - parts(kind, one.seen) <= parts(kind, change.after):
            return True
    return False


def _is_kept(plan, one, held):
    kept = held.get(one.held)
    if kept is None or (kept.action_id, kept.column, kept.by_id) != (one.row, one.column, one.person):
        return False
    return plain(plan.kinds[one.column], kept.mine) == one.new


def _lost(plan, sent, written):
    """What vanished from a cell through somebody who had not seen it."""
    author = {one.once: one for one in sent}
    stood, lost = {}, []
    for change in written:
        kind, cell = plan.kinds[change.field], (change.subject_id, change.field)
        one = author.get(str(change.batch))
        if one is not None and cell in stood:
            unseen = parts(kind, stood[cell]) - parts(kind, change.after) - parts(kind, one.seen)
            lost += [(cell, part, one.once) for part in unseen]
        stood[cell] = change.after
    return lost


def _untrue(plan, written):
    """Cells that do not hold what the last line of their history says, or that no history leads to."""
    from actions.columns import cells_of
    from actions.past import newest_change, rows_seen

    told = rows_seen(plan.strategy, newest_change(plan.strategy))
    last = {(one.subject_id, one.field): one.after for one in written}
    untrue = []
    for row in plan.strategy.actions.all():
        cells = cells_of(row)
        untrue += [(row.pk, key) for key, value in cells.items() if told[row.pk][key] != value]
        untrue += [(row.pk, key) for key in cells if last.get((row.pk, key), cells[key]) != cells[key]]
        doubled = Counter(TOKEN.findall(f"{row.evidence} {row.activity}"))
        untrue += [(row.pk, token) for token, times in doubled.items() if times > 1]
    return untrue


def answers(sent):
    return dict(sorted(Counter(one.result for one in sent).items()))


# --- As a program --------------------------------------------------------------------------------------------------


def once(application, environment, edits, seed):
    """A fresh plan, a fight over it on that server, and the judgement."""
    plan = build()
    with served("planner", application, environment) as port:
        began = time.perf_counter()
        sent = fight(plan, port, edits, seed)
        seconds = time.perf_counter() - began
    faults = {name: len(found) for name, found in judge(plan, sent).items()}
    return {"edits": len(sent), "seconds": round(seconds, 1), "answers": answers(sent), "faults": faults}


def measure(edits, control, seed):
    from django.core.management import call_command
    from django.db import connection

    with tabs.own_database() as environment:
        ours = once("config.wsgi:application", environment, edits, seed)
        call_command("flush", interactive=False, verbosity=0)
        plain_one = once("tests.bench._plain_save:served()", environment, control, seed)
        vendor = connection.vendor
    failed = any(ours["faults"].values()) or not plain_one["faults"]["lost"]
    return {"database": vendor, "busy": tabs.busy(), "ours": ours, "control": plain_one, "failed": failed}


def show(result):
    yield f"{result['database']} ({result['busy']})"
    for name, title in (("ours", "the planner"), ("control", "control: saving without comparing")):
        one = result[name]
        told = ", ".join(f"{count} {answer}" for answer, count in one["answers"].items())
        yield f"  {title}: {one['edits']:,} edits by {CLIENTS} people in {one['seconds']} s: {told}"
        found = ", ".join(f"{count} {fault}" for fault, count in one["faults"].items() if count)
        yield f"    {found or 'no edit lost, none applied twice, every held one kept, history and plan agree'}"


if __name__ == "__main__":
    options = {"edits": EACH, "control": CONTROL_EACH, "seed": 1}
    tabs.on_each_database("tests.bench.lost_edits", __doc__, options, measure, show)
