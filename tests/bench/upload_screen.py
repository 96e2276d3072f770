"""From the last byte of an upload to its faults on screen: `python -m tests.bench.upload_screen`.

A steward sends a return of ten thousand staff rows with known faults through the web server of `make run`; a real
worker reads it; the page asks how far it is as static/js/progress.js does and is opened when it is done. Counted is
the time from the answer to the upload to the page with the faults. On SQLite, and on the PostgreSQL of DATABASE_URL
if that is set. Fails when the slowest of the uploads took more than three seconds, or a page did not name the faults.
"""

import http.client
import re
import tempfile
import time
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import tests.bench._tabs as tabs  # first: it gives this run a data folder of its own
import tests.fixtures_processes as processes
from tests.bench.plan_page import served

ROWS, UPLOADS, SEED = 10_000, 5, 3
SLOWEST = 3.0  # seconds
FIRST, EVERY = 0.5, 1.0  # seconds, as static/js/progress.js looks
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Steward:
    """A browser as far as HTTP goes."""

    def __init__(self, port, session):
        self.port, self.cookies = port, {"sessionid": session}

    def ask(self, path, body=None, kind="", tag=""):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Content-Type": kind} if kind else {}
        headers |= {"If-None-Match": tag} if tag else {}
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer, text

    def send(self, place, as_at, folder):
        """Send the files of a folder; returns the address of the upload and the moment at which it was answered."""
        _, page = self.ask(f"{place}send/")
        fields = {"csrfmiddlewaretoken": TOKEN.search(page)[1], "source": ""}
        fields |= {"as_at_day": as_at.day, "as_at_month": as_at.month, "as_at_year": as_at.year}
        border = uuid4().hex
        parts = [f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                 for name, value in fields.items()]  # fmt: skip
        for file in sorted(folder.glob("*.csv")):
            head = f'--{border}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n\r\n'
            parts.append(head.encode() + file.read_bytes() + b"\r\n")
        body = b"".join([*parts, f"--{border}--\r\n".encode()])
        answer, page = self.ask(f"{place}send/", body, f"multipart/form-data; boundary={border}")
        if answer.status != 302:
            raise SystemExit(f"Sending was answered with {answer.status}: {re.sub('<[^>]+>', ' ', page)[:2000]}")
        return urlsplit(answer.headers["Location"]).path, time.monotonic()

    def wait_for(self, upload):
        """Ask for the progress until it is over, then open the page; returns what the page says."""
        tag = ""
        time.sleep(FIRST)
        while True:
            answer, fragment = self.ask(f"{upload}progress/", tag=tag)
            tag = answer.headers.get("ETag", "")
            if answer.status == 200 and "data-over" in fragment:
                return self.ask(upload)[1]
            time.sleep(EVERY)


def measure(rows, uploads, seed):
    with tabs.own_database() as environment, tempfile.TemporaryDirectory() as made:
        from django.db import connection

        place, session = _somebody()
        returns = [_make(Path(made) / str(number), rows, seed + number) for number in range(uploads)]
        environment = environment | {"REDIS_URL": ""}
        worker = processes.Worker(environment, Path(environment["DATA_DIR"]) / "worker.log")
        with served("planner", "config.wsgi:application", environment) as port:
            worker.start()
            try:
                steward = Steward(port, session)
                found = [_one(steward, place, *each) for each in returns]
            finally:
                worker.stop()
        seconds = [one["seconds"] for one in found]
        figures = {"database": connection.vendor, "rows": rows, "seed": seed, "uploads": found}
        figures["failed"] = [f"the slowest took {max(seconds):.1f} s"] if max(seconds) > SLOWEST else []
        figures["failed"] += ["a page did not name all faults"] if not all(one["named"] for one in found) else []
        return figures


def _somebody():
    from partners import services as partners
    from partners.models import Sector, User
    from partners.permissions import Role

    partnership = partners.start_partnership(name="Bench Partnership", slug="bench")
    partner = partners.add_partner(partnership=partnership, name="Providers", sector=Sector.INDEPENDENT, by=None)
    user = User.objects.create_user("steward@bench.example", "three random words", name="Steward")
    post = {"role": Role.DATA_STEWARD, "organisation": partner.organisation}
    partners.add_member(user=user, partnership=partnership, by=None, **post)
    return f"/p/{partnership.slug}/workforce/", tabs.sessions_for([user])[0]


def _make(folder, rows, seed):
    """A return of its own date, so that none takes the place of another."""
    from workforce.sampling.asc_wds import write_asc_wds
    from workforce.sampling.returns import Recipe

    as_at = date(2025 - seed % 10, 3, 31)
    (truth,) = write_asc_wds(Recipe(rows, seed, as_at), folder)
    return folder, as_at, {fault["column"] for fault in truth["faults"]}


def _one(steward, place, folder, as_at, columns):
    upload, answered = steward.send(place, as_at, folder)
    page = steward.wait_for(upload)
    seconds = time.monotonic() - answered
    return {"seconds": round(seconds, 2), "named": all(column in page for column in columns)}


def show(one):
    times = ", ".join(f"{upload['seconds']:.2f}" for upload in one["uploads"])
    yield f"{one['database']}: {one['rows']:,} rows, seed {one['seed']}: faults on screen after {times} s (wanted: 3)"
    yield f"  FAILED: {'; '.join(one['failed'])}" if one["failed"] else "  all as it must be"


if __name__ == "__main__":
    options = {"rows": ROWS, "uploads": UPLOADS, "seed": SEED}
    tabs.on_each_database("tests.bench.upload_screen", __doc__, options, measure, show)
