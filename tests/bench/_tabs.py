"""What the benchmarks of joint editing share: a database, tabs of signed-in people, and what a server costs.

A tab sends what static/js/plan/ sends, header by header, without a browser around it.
"""

import argparse
import gzip
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

import tests.fixtures_processes as processes  # first: it gives this run a data folder of its own

SETUP = re.compile(r'<script id="plan-setup" type="application/json">(.*?)</script>', re.DOTALL)
CELL = re.compile(
    r'<t[hd] role="\w+"(?: scope="row")? data-c="(\w+)" data-label="[^"]*"(?: data-v="([^"]*)")?>(.*?)</t[hd]>'
)
VERSION = re.compile(r'data-version="(\d+)"')
ADDED = re.compile(r"<span.*", re.DOTALL)  # what the table adds to a cell's own words stands behind them
KEPT = 1.5  # The server closes what has been quiet for two seconds; a browser notices, and so does this.


class Answer(NamedTuple):
    seconds: float
    status: int
    headers: http.client.HTTPMessage
    bytes: int  # of the request and the answer, headers and all
    body: bytes

    def json(self):
        return json.loads(self.body)


class Tab:
    """One person's tab as far as HTTP goes: a session, a token, what the page said of itself, and one connection."""

    def __init__(self, port, session, path):
        self.port, self.path, self.last, self.tag = port, path, 0, ""
        self.cookies = {"sessionid": session}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.id = str(uuid4())

    def open(self):
        answer = self.ask(self.path)
        if answer.status != 200:
            raise SystemExit(f"{self.path} answered {answer.status}.")
        self.setup = json.loads(SETUP.search(answer.body.decode())[1])
        self.version, self.told_until = self.setup["version"], self.setup["opened"]
        self.columns = ",".join(column["key"] for column in self.setup["columns"] if column["shown"])
        return self

    def ask(self, path, fields=None, **headers):
        if time.monotonic() - self.last > KEPT:
            self.connection.close()
        began = time.perf_counter()
        kept = self.connection.sock is not None
        try:
            size = self._send(path, fields, headers)
            answer = self.connection.getresponse()
        except ConnectionError:
            if not kept:
                raise
            self.connection.close()  # The server closed it at that very moment: asked again, as browsers do.
            size = self._send(path, fields, headers)
            answer = self.connection.getresponse()
        sent = answer.read()
        seconds, self.last = time.perf_counter() - began, time.monotonic()
        self._keep(answer.headers)
        whole = gzip.decompress(sent) if answer.headers["Content-Encoding"] == "gzip" else sent
        size += len(sent) + 19 + sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
        return Answer(seconds, answer.status, answer.headers, size, whole)

    def _send(self, path, fields, headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers |= {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if fields is not None:
            body, headers["Content-Type"] = urlencode(fields), "application/x-www-form-urlencoded"
        self.connection.request("POST" if fields is not None else "GET", path, body=body, headers=headers)
        return len(path) + 40 + len(body or "") + sum(len(name) + len(value) + 4 for name, value in headers.items())

    def _keep(self, headers):
        for line in headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value

    def post(self, url, fields):
        return self.ask(url, {**fields, "csrfmiddlewaretoken": self.setup["token"]}, Accept="application/json")

    def save(self, row, column, seen, new, once):
        """As saving.js sends it."""
        return self.post(*self.saving(row, column, seen, new, once))

    def saving(self, row, column, seen, new, once):
        fields = {
            "column": column, "seen": json.dumps(seen), "new": json.dumps(new), "once": once,
            "person": self.setup["person"], "columns": self.columns,
        }  # fmt: skip
        return f"{self.setup['urls']['rows']}{row}/cells/", fields

    def save_and_hang_up(self, row, column, seen, new, once):
        """The answer is lost on the way: sent whole, and the connection is gone before anything comes back."""
        url, fields = self.saving(row, column, seen, new, once)
        self.connection.close()
        self._send(url, {**fields, "csrfmiddlewaretoken": self.setup["token"]}, {"Accept": "application/json"})
        self.connection.close()

    def tell_where(self, row, column, editing):
        """As presence.js says it."""
        fields = {"tab": self.id, "row": row, "column": column, "editing": "1" if editing else "0"}
        return self.post(self.setup["urls"]["presence"], fields)

    def look(self):
        """As live.js asks what others did; what comes back moves this tab on."""
        asked = urlencode({"columns": self.columns, "since": self.version, "told": self.told_until})
        background = {"Accept": "application/json", "X_Background": "1", "If_None_Match": self.tag}
        answer = self.ask(f"{self.setup['urls']['live']}?{asked}", **background)
        if answer.status == 200:
            self.tag = answer.headers["ETag"]
            news = answer.json()
            self.version, self.told_until = news["version"], news["told"]
        return answer


def cells_in(html, kinds):
    """{column: value} of one row as the table draws it; `kinds` says of what kind each column is."""
    return {key: _value(kinds[key], mark, inside) for key, mark, inside in CELL.findall(html)}


def _value(kind, mark, inside):
    if kind == "long" or (kind == "text" and not mark):
        return unescape(ADDED.sub("", inside).replace("<br>", "\n"))
    mark = unescape(mark)
    return mark if kind in ("text", "choice") else json.loads(mark)


def sessions_for(users):
    """Real sessions in the database, as signing in makes them, without the cost of fifty passwords."""
    from django.test import Client

    found = []
    for user in users:
        client = Client()
        client.force_login(user)
        found.append(client.cookies["sessionid"].value)
    return found


def join(partnership, count):
    """So many members who may edit every row."""
    from partners import services as partners
    from partners.models import User
    from partners.permissions import Role

    users = [User.objects.create_user(f"editor{n}@bench.example", name=f"Editor {n:02}") for n in range(count)]
    for user in users:
        partners.add_member(user=user, partnership=partnership, role=Role.STEERING_MEMBER, by=None)
    return users


@contextmanager
def own_database():
    """A database made for this and dropped after it; yields what a server needs to be told to use it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.DEBUG = False
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield environment()
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def environment():
    from django.conf import settings
    from django.db import connection

    return {
        "DATABASE_URL": processes.database_url(connection.settings_dict),
        "DATA_DIR": str(settings.DATA_DIR),
        "SECRET_KEY": settings.SECRET_KEY,
    }


def cpu_seconds(port):
    """What all processes of the server on this port have used so far. Linux."""
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"127.0.0.1:{port}".encode() in (process / "cmdline").read_bytes().split(b"\0"):
                ticks += sum(map(int, (process / "stat").read_text().rpartition(")")[2].split()[11:13]))
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def busy():
    """How busy the machine is with everything: as `uptime` says it, and by a fixed piece of work."""
    began = time.perf_counter()
    for _ in range(1_000_000):
        pass
    spin = (time.perf_counter() - began) * 1000
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, a million turns of a loop in {spin:.0f} ms"


def milliseconds(seconds):
    seconds = [*seconds, *seconds][: max(2, len(seconds))] or [0, 0]
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    figures = {"p50": cuts[49], "p95": cuts[94], "max": max(seconds)}
    return {name: round(value * 1000, 1) for name, value in figures.items()}


def on_each_database(module, about, options, measure, show):
    """The frame of every program here: on SQLite, then on DATABASE_URL if set, each in a process of its own.

    `options` are the whole numbers it can be given, with their defaults; `measure` gets them and returns plain
    figures; `show` yields the lines to print for those of one database.
    """
    words = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in options.items():
        words.add_argument(f"--{name}", type=int, default=default)
    words.add_argument("--json", type=Path, metavar="FILE", help="also write all figures here")
    words.add_argument("--one", action="store_true", help="only the database of the environment, as JSON")
    given = words.parse_args()
    chosen = {name: getattr(given, name) for name in options}
    if given.one:
        print(json.dumps(measure(**chosen)))
        return
    results = []
    for one in [{"DATABASE_URL": "", "REDIS_URL": ""}, *([{}] if os.environ.get("DATABASE_URL") else [])]:
        results.append(_elsewhere(module, chosen, one))
        print("\n".join(show(results[-1])), flush=True)
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    if any(result.get("failed") for result in results):
        raise SystemExit(1)


def _elsewhere(module, chosen, changes):
    command = [sys.executable, "-m", module, "--one"]
    command += [part for name, value in chosen.items() for part in (f"--{name}", str(value))]
    given = {name: value for name, value in (os.environ | changes).items() if value}
    return json.loads(subprocess.run(command, env=given, check=True, stdout=subprocess.PIPE).stdout)
