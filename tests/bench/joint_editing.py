"""Fifty people in a plan of a thousand rows at once: `python -m tests.bench.joint_editing`.

Each has a session and a tab: it asks every 3 seconds what others did, tells where its person is, and saves a cell
every three to five seconds, in any row or in one of ten that many are in. The server is the one that `make run`
starts; it and the fifty share this machine. Then one tab alone: what it costs to leave it open, beside a bare Django
view that reads who asks (`tests/bench/_pulse.py`) and beside opening the page again. On SQLite, and on the PostgreSQL
of DATABASE_URL if that is set.

Fails when anything was answered with an error, when one save in twenty took longer than a tenth of a second, and when
somebody saw a change later than five seconds after it was saved, or never.
"""

import json
import random
import threading
import time
from bisect import bisect_left
from collections import Counter
from uuid import UUID, uuid4

import tests.bench._tabs as tabs  # first: it gives this run a data folder of its own
from tests.bench.plan_page import served

ROWS = 1000
EVERY = 3.0  # as live.js
DEBOUNCE = 0.4  # as presence.js
CONTESTED = 10
COLUMNS = ("activity", "activity", "expected_outcome", "resource_requirement", "priority", "status", "leads")
STATUSES, PRIORITIES = ("", "blue", "green", "amber", "red"), ("", "high", "medium", "low")
SETTLING_IN, THINKING = 4.0, (2.6, 4.6)  # seconds before the first cell, and in each
IDLE_POLLS, RELOADS = 200, 8
SLOWEST_SAVE, LATEST_SIGHT = 100, 5_000  # milliseconds: of nineteen saves in twenty, and of every change


class Editor:
    """One person: a thread that types and saves, and one that looks what others did."""

    def __init__(self, port, session, path, number, rows, kinds):
        self.chance = random.Random(number)
        self.typing, self.looking = (tabs.Tab(port, session, path) for _ in range(2))
        self.number, self.rows, self.kinds, self.html = number, rows, kinds, {}
        self.saves, self.told, self.polls, self.faults = [], [], [], []
        self.seen_at = []  # (moment, {row: version}) of every look that brought rows

    def open(self):
        self.typing.open()
        for name in ("setup", "version", "told_until", "columns", "cookies"):
            setattr(self.looking, name, getattr(self.typing, name))

    def close(self):
        for tab in (self.typing, self.looking):
            tab.connection.close()

    def type_until(self, end):
        time.sleep(self.chance.uniform(0, SETTLING_IN))
        while time.monotonic() < end:
            row = self.chance.choice(list(self.rows)[:CONTESTED] if self.chance.random() < 0.3 else list(self.rows))
            column = self.chance.choice(COLUMNS)
            time.sleep(DEBOUNCE)
            self.tell(row, column, editing=True)
            time.sleep(self.chance.uniform(*THINKING) - DEBOUNCE)
            if time.monotonic() < end:
                self.save(row, column)
                time.sleep(DEBOUNCE)
                self.tell(row, column, editing=False)

    def tell(self, row, column, editing):
        answer = self.typing.tell_where(row, column, editing)
        self.told.append(answer.seconds)
        if answer.status != 204:
            self.faults.append(f"presence {answer.status}")

    def save(self, row, column):
        seen = self.value(row, column)
        once = str(UUID(int=self.chance.getrandbits(128), version=4))
        answer = self.typing.save(row, column, seen, self.another(column, seen), once)
        told = answer.json() if answer.status in (200, 409) else {}
        if told.get("result") not in ("saved", "merged", "held", "same"):
            self.faults.append(f"save {answer.status} {told.get('result', '')}")
            return
        self.saves.append((answer.seconds, told["result"]))
        self.html[row] = told["row"]
        if told["result"] in ("saved", "merged"):
            self.told_of(row, told["row"])

    def told_of(self, row, html):
        """Remember when and with which version a save of this person was acknowledged."""
        version = int(tabs.VERSION.search(html)[1])
        self.acknowledged.append((time.monotonic(), row, version, self))

    def value(self, row, column):
        if row in self.html:
            return tabs.cells_in(self.html[row], self.kinds)[column]
        return self.rows[row][column]

    def another(self, column, seen):
        if column in ("status", "priority"):
            return self.chance.choice([one for one in (STATUSES, PRIORITIES)[column == "priority"] if one != seen])
        word = f"w{self.chance.randrange(10**6)}"
        if column == "leads":
            return [*(one["name"] for one in seen[:4]), f"Officer {word}"]
        words = seen.split() or [""]
        words[self.chance.randrange(len(words))] = word
        return " ".join(words)

    def look_on(self, all_saved):
        """Until a look that began when everything had been saved: that one must bring whatever is missing."""
        time.sleep(self.chance.uniform(0, EVERY))
        last = False
        while not last:
            last = all_saved.is_set()
            answer = self.looking.look()
            self.polls.append((answer.seconds, answer.status, answer.bytes))
            if answer.status == 200:
                self.take(answer.json())
            elif answer.status != 304:
                self.faults.append(f"live {answer.status}")
            time.sleep(0 if last else EVERY)

    def take(self, news):
        if news.get("reload"):
            self.faults.append("live asked to reload")
        rows = {int(pk): html for pk, html in news.get("rows", {}).items()}
        self.html |= rows
        if rows:
            versions = {pk: int(tabs.VERSION.search(html)[1]) for pk, html in rows.items()}
            self.seen_at.append((time.monotonic(), versions))


def work_together(editors, seconds):
    acknowledged, crashed = [], []
    end, all_saved = time.monotonic() + seconds, threading.Event()

    def guarded(work, until):
        try:
            work(until)
        except Exception as fault:  # noqa: BLE001 - counted as an error of the run
            crashed.append(repr(fault))

    def threads(works, until):
        return [threading.Thread(target=guarded, args=[work, until]) for work in works]

    for editor in editors:
        editor.acknowledged = acknowledged
    typing = threads([editor.type_until for editor in editors], end)
    looking = threads([editor.look_on for editor in editors], all_saved)
    for thread in typing + looking:
        thread.start()
    for thread in typing:
        thread.join()
    all_saved.set()
    for thread in looking:
        thread.join()
    return acknowledged, crashed


def delays(acknowledged, editors):
    """How long after its acknowledgement each save reached each other tab, and how many never did."""
    found, never = [], 0
    arrivals = {id(one): _arrivals(one) for one in editors}
    for moment, row, version, author in acknowledged:
        for editor in editors:
            if editor is author:
                continue
            versions, moments = arrivals[id(editor)].get(row, ([], []))
            place = bisect_left(versions, version)
            if place == len(versions):
                never += 1
            else:
                found.append(max(0.0, moments[place] - moment))
    return found, never


def _arrivals(editor):
    """{row: ([version, …], [moment, …])}, each in growing order."""
    found = {}
    for moment, versions in editor.seen_at:
        for row, version in versions.items():
            known, moments = found.setdefault(row, ([], []))
            if not known or version > known[-1]:
                known.append(version)
                moments.append(moment)
    return found


def load(port, strategy, path, sessions, seconds):
    from actions.columns import BY_KEY, cells_of

    rows = {row.pk: cells_of(row) for row in strategy.actions.for_plan()}
    kinds = {key: column.kind for key, column in BY_KEY.items()}
    editors = [Editor(port, session, path, n, rows, kinds) for n, session in enumerate(sessions)]
    for editor in editors:
        editor.open()
    server, own, began = tabs.cpu_seconds(port), time.process_time(), time.monotonic()
    acknowledged, crashed = work_together(editors, seconds)
    server, own, took = tabs.cpu_seconds(port) - server, time.process_time() - own, time.monotonic() - began
    for editor in editors:
        editor.close()
    return summed_up(editors, acknowledged, crashed) | {
        "editors": len(editors),
        "seconds": round(took, 1),
        "server_cpu_s": round(server, 1),
        "generator_cpu_s": round(own, 1),
        "busy": tabs.busy(),
    }


def summed_up(editors, acknowledged, crashed):
    saves = [one for editor in editors for one in editor.saves]
    polls = [one for editor in editors for one in editor.polls]
    told = [one for editor in editors for one in editor.told]
    seen, never = delays(acknowledged, editors)
    faults = crashed + [one for editor in editors for one in editor.faults] + ["never seen"] * never
    of = {str(status): [size for _, answered, size in polls if answered == status] for status in (200, 304)}
    results = sorted({result for _, result in saves})
    return {
        "requests": len(saves) + len(polls) + len(told),
        "saves": {name: sum(result == name for _, result in saves) for name in results},
        "save_ms": tabs.milliseconds([seconds for seconds, _ in saves]),
        "poll_ms": tabs.milliseconds([seconds for seconds, *_ in polls]),
        "presence_ms": tabs.milliseconds(told),
        "seen_ms": tabs.milliseconds(seen),
        "polls": {status: len(sizes) for status, sizes in of.items()},
        "poll_bytes": {status: round(sum(sizes) / len(sizes)) if sizes else 0 for status, sizes in of.items()},
        "errors": len(faults),
        "first_errors": [f"{count} × {fault}" for fault, count in Counter(faults).most_common(5)],
    }


def failures(one):
    """What of these figures is not as it must be, in words; nothing when all is well."""
    found = [f"{one['errors']} errors"] if one["errors"] else []
    if not one["saves"] or not one["polls"]["200"]:
        found.append("nothing was saved, or nobody saw anything")
    if one["save_ms"]["p95"] > SLOWEST_SAVE:
        found.append(f"one save in twenty takes longer than {SLOWEST_SAVE} ms")
    if one["seen_ms"]["max"] > LATEST_SIGHT:
        found.append(f"a change was seen later than after {LATEST_SIGHT / 1000:.0f} s")
    return found


# --- One tab that nobody touches -----------------------------------------------------------------------------------


def idle(port, pulse_port, session, path):
    """What an open tab costs when nothing happens, beside a bare view and beside opening the page again."""
    from actions.models import Presence

    Presence.objects.all().delete()
    tab, bare = tabs.Tab(port, session, path).open(), tabs.Tab(pulse_port, session, "/pulse/")
    tab.look()
    before = tabs.cpu_seconds(port), tabs.cpu_seconds(pulse_port)
    looks = []
    for _ in range(IDLE_POLLS):
        looks.append(tab.look())
        assert bare.ask("/pulse/").status == 204
    after = tabs.cpu_seconds(port), tabs.cpu_seconds(pulse_port)
    assert {one.status for one in looks} == {304}
    ours, peer = ((now - then) / IDLE_POLLS * 1000 for now, then in zip(after, before, strict=True))
    reload_cpu = tabs.cpu_seconds(port)
    pages = [tab.ask(path) for _ in range(RELOADS)]
    reload_cpu = (tabs.cpu_seconds(port) - reload_cpu) / RELOADS * 1000
    minute = 60 / EVERY
    return {
        "requests_per_minute": round(minute),
        "bytes_per_minute": round(sum(one.bytes for one in looks) / len(looks) * minute),
        "cpu_ms_per_poll": round(ours, 2),
        "bare_cpu_ms": round(peer, 2),
        "ratio": round(ours / peer, 2) if peer else None,
        "reload_cpu_ms": round(reload_cpu, 1),
        "reload_bytes": round(sum(one.bytes for one in pages) / len(pages)),
        "queries_per_poll": queries(session, tab),
    }


def queries(session, tab):
    """SQL of a poll that is answered with 304, and of a saved cell; the session's and the person's included."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = session
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(tab.setup["urls"]["live"], {"since": tab.version}, headers={"If-None-Match": tab.tag})
    assert answer.status_code == 304
    return len(captured)


def queries_of_save(session, tab, row):
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["sessionid"] = session
    url, fields = tab.saving(row.pk, "activity", row.activity, f"{row.activity} And more.", str(uuid4()))
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(url, fields, headers={"Accept": "application/json"})
    assert json.loads(answer.content)["result"] == "saved"
    return len(captured)


# --- As a program --------------------------------------------------------------------------------------------------


def measure(editors, seconds, rows):
    with tabs.own_database() as environment:
        from django.db import connection

        from strategies.models import Strategy
        from tests.bench import _site

        slug = _site.build([rows])[rows]
        strategy = Strategy.objects.select_related("partnership").get(slug=slug)
        path = f"/p/{strategy.partnership.slug}/plan/{slug}/"
        sessions = tabs.sessions_for(tabs.join(strategy.partnership, editors))
        with served("planner", "config.wsgi:application", environment) as port:
            figures = load(port, strategy, path, sessions, seconds)
            with served("bare view", "tests.bench._pulse:served()", environment) as pulse_port:
                figures["idle"] = idle(port, pulse_port, sessions[0], path)
            tab = tabs.Tab(port, sessions[0], path).open()
            figures["queries_per_save"] = queries_of_save(sessions[0], tab, strategy.actions.last())
        figures["failed"] = failures(figures)
        return {"database": connection.vendor, "rows": rows} | figures


def show(one):
    yield f"{one['database']}: {one['editors']} people, {one['rows']:,} rows, {one['seconds']} s ({one['busy']})"
    line = "  {:<28}p50 {p50:>8.1f}   p95 {p95:>8.1f}   max {max:>8.1f} ms".format
    saves = ", ".join(f"{count} {result}" for result, count in one["saves"].items())
    yield line("cell saved", **one["save_ms"]) + f"   (p95 wanted: 100; {saves}; {one['queries_per_save']} queries)"
    yield line("seen by each other person", **one["seen_ms"]) + "   (max wanted: 5000)"
    yield line("look what others did", **one["poll_ms"])
    yield line("tell where one is", **one["presence_ms"])
    fresh, same = (f"{one['polls'][status]}, {one['poll_bytes'][status]:,} bytes each" for status in ("200", "304"))
    yield f"  looks with news: {fresh}; without: {same}"
    rate = one["requests"] / one["seconds"]
    yield (
        f"  {one['errors']} errors {one['first_errors'] or ''}; {rate:.0f} requests/s; processor seconds: "
        f"server {one['server_cpu_s']}, the {one['editors']} people {one['generator_cpu_s']}"
    )
    idle = one["idle"]
    yield (
        f"  one idle tab: {idle['requests_per_minute']} requests and {idle['bytes_per_minute']:,} bytes a minute; "
        f"{idle['cpu_ms_per_poll']} ms of processor and {idle['queries_per_poll']} queries each"
    )
    yield (
        f"    a bare view that reads who asks: {idle['bare_cpu_ms']} ms (ratio {idle['ratio']}); "
        f"opening the page again: {idle['reload_cpu_ms']} ms, {idle['reload_bytes']:,} bytes"
    )
    yield f"  FAILED: {'; '.join(one['failed'])}" if one["failed"] else "  all as it must be"


if __name__ == "__main__":
    options = {"editors": 50, "seconds": 60, "rows": ROWS}
    tabs.on_each_database("tests.bench.joint_editing", __doc__, options, measure, show)
