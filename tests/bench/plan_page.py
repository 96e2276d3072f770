"""How fast is the plan page, and what does it weigh? `make bench`.

Builds plans of 10 and 1,000 rows in a database made for this and dropped after it, serves them with the server that
`make run` starts, and asks for each page over HTTP as a signed-in person. In turn with each request it asks a plain
Django table for the same rows, so that the ratio means the same on a slow machine as on a fast one. With
DATABASE_URL set it does so on SQLite and then on that server's PostgreSQL.
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
from contextlib import ExitStack, contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import tests.fixtures_processes as processes  # first: it gives this run a data folder of its own

LENGTHS = (10, 1000)
WARM_UP = 8
KEPT = 1.5  # The server closes what has been quiet for two seconds.
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """One person's browser as far as HTTP goes: one kept connection, cookies, compressed answers."""

    def __init__(self, port, cookies=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = cookies if cookies is not None else {}
        self.last = 0.0

    def ask(self, path, form=None):
        """(seconds until the last byte, status, body as sent, body)"""
        headers = {"Accept-Encoding": "gzip", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if form:
            body, headers["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        if time.perf_counter() - self.last > KEPT:
            self.connection.close()
        began = time.perf_counter()
        self.connection.request("POST" if form else "GET", path, body=body, headers=headers)
        answer = self.connection.getresponse()
        sent = answer.read()
        self.last = time.perf_counter()
        seconds = self.last - began
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        whole = gzip.decompress(sent) if answer.headers["Content-Encoding"] == "gzip" else sent
        return seconds, answer.status, sent, whole

    def sign_in(self, email, password):
        page = self.ask("/account/sign-in/")[3].decode()
        form = {"csrfmiddlewaretoken": CSRF.search(page)[1], "login": email, "password": password}
        status = self.ask("/account/sign-in/", form)[1]
        if status != 302:
            raise SystemExit(f"Signing in answered {status}.")


@contextmanager
def served(name, application, environment):
    """A web server like that of `make run`, on a free port."""
    from config import launcher

    port = processes.free_port()
    command = [application if part == "config.wsgi:application" else part for part in launcher.web_command(port)]
    log = Path(environment["DATA_DIR"]) / f"{name}.log"
    child = launcher.Child(name, command, processes.ROOT, log, environment)
    with launcher.Launcher([child]) as running:
        if not running.wait_until(lambda: not processes.is_free(port), seconds=30):
            raise SystemExit(f"The {name} did not start:\n{child.last_words(30)}")
        yield port


def timed(first, second, count):
    """Seconds of two pages asked for in turn: ([…], […])."""
    for _ in range(WARM_UP):
        first(), second()
    pairs = [(first()[0], second()[0]) for _ in range(count)]
    return tuple(map(list, zip(*pairs, strict=True)))


def queries_of(address):
    """How often the page asks the database, signing in included in neither."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from partners.models import User
    from tests.bench._site import EMAIL

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email=EMAIL))
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def script_of(visitor, page):
    """(bytes of script, as sent): what the page names, what that imports in turn, and what stands in the page."""
    from tests.architecture.test_weight import scripts_of

    sent = {}

    def read(address):
        _, status, as_sent, whole = visitor.ask(address)
        if status != 200:
            raise SystemExit(f"{address} answered {status}.")
        sent[address] = len(as_sent)
        return whole

    scripts = scripts_of(page.decode(), read)
    return sum(map(len, scripts.values())), sum(sent.get(name, len(script)) for name, script in scripts.items())


def milliseconds(seconds):
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return {"p50_ms": round(cuts[49] * 1000, 1), "p95_ms": round(cuts[94] * 1000, 1)}


def page_figures(ours, bare, slug, rows, count):
    address = f"/p/bench/plan/{slug}/"
    _, status, sent, page = ours.ask(address)
    _, bare_status, bare_sent, bare_page = bare.ask(f"/{slug}/")
    if (status, bare_status) != (200, 200):
        raise SystemExit(f"{address} answered {status}, the plain table {bare_status}.")
    shown = [each.count(b'id="row-') for each in (page, bare_page)]
    if shown != [rows, rows]:
        raise SystemExit(f"{address} shows {shown[0]} rows and the plain table {shown[1]}, not {rows}.")
    mine, plain = timed(lambda: ours.ask(address), lambda: bare.ask(f"/{slug}/"), count)
    raw_script, sent_script = script_of(ours, page)
    return {
        "rows": rows,
        "requests": count,
        **milliseconds(mine),
        "queries": queries_of(address),
        "bytes": len(page),
        "bytes_sent": len(sent),
        "script_bytes": raw_script,
        "script_bytes_sent": sent_script,
        "bare": {**milliseconds(plain), "bytes": len(bare_page), "bytes_sent": len(bare_sent)},
        "ratio_p50": round(statistics.median(mine) / statistics.median(plain), 2),
    }


def measure(count):
    """All figures on the database that the environment names."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.DEBUG = False
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        from tests.bench._site import EMAIL, PASSWORD, build

        began = time.perf_counter()
        slugs = build(LENGTHS)
        building = time.perf_counter() - began
        environment = {
            "DATABASE_URL": processes.database_url(connection.settings_dict),
            "DATA_DIR": str(settings.DATA_DIR),
            "SECRET_KEY": settings.SECRET_KEY,
        }
        with ExitStack() as both:
            port = both.enter_context(served("planner", "config.wsgi:application", environment))
            bare_port = both.enter_context(served("plain table", "tests.bench._bare:served()", environment))
            ours = Visitor(port)
            ours.sign_in(EMAIL, PASSWORD)
            bare = Visitor(bare_port, cookies=ours.cookies)
            pages = [page_figures(ours, bare, slug, rows, count) for rows, slug in slugs.items()]
        return {"database": connection.vendor, "building_seconds": round(building, 1), "pages": pages}
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


COLUMNS = "{:<11}{:>6}{:>9}{:>9}{:>9}{:>9}{:>8}{:>9}{:>10}{:>9}{:>11}{:>9}"


def table(results):
    yield COLUMNS.format(
        "database", "rows", "p50 ms", "p95 ms", "bare p50", "bare p95", "ratio", "queries", "page kB", "sent kB",
        "script kB", "sent kB",
    )  # fmt: skip
    for result in results:
        for page in result["pages"]:
            kilobytes = [page[name] / 1000 for name in ("bytes", "bytes_sent", "script_bytes", "script_bytes_sent")]
            yield COLUMNS.format(
                result["database"], page["rows"], page["p50_ms"], page["p95_ms"], page["bare"]["p50_ms"],
                page["bare"]["p95_ms"], page["ratio_p50"], page["queries"], *(f"{size:.1f}" for size in kilobytes),
            )  # fmt: skip


def elsewhere(count, **environment):
    """The same measurement in a process of its own, since settings are read once."""
    command = [sys.executable, "-m", "tests.bench.plan_page", "--requests", str(count), "--one"]
    given = {name: value for name, value in (os.environ | environment).items() if value}
    return json.loads(subprocess.run(command, env=given, check=True, stdout=subprocess.PIPE).stdout)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--requests", type=int, default=60, help="timed requests of each page")
    words.add_argument("--json", type=Path, metavar="FILE", help="also write all figures here")
    words.add_argument("--one", action="store_true", help="only the database of the environment, as JSON")
    options = words.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if options.one:
        print(json.dumps(measure(options.requests)))
        return
    results = [elsewhere(options.requests, DATABASE_URL="", REDIS_URL="")]
    if os.environ.get("DATABASE_URL"):
        results.append(elsewhere(options.requests))
    print("\n".join(table(results)))
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
        print(f"All figures: {options.json}")


if __name__ == "__main__":
    main()
