"""Is an upload ever forgotten when the queue is? `python -m tests.bench.lost_queue`.

A Redis server, a worker and the clock are started as real processes of their own. While uploads are sent in, Redis is
emptied, or killed and started again with nothing in it, at random moments. Every upload that was accepted must reach
its final state within a minute of the last of them, once and with one snapshot. What ends over it is started again,
as a service manager does. The control is the same without the clock, and must be caught leaving some unfinished.

On SQLite, or on the PostgreSQL of DATABASE_URL. Prints JSON; `--seed` repeats the moments of a run.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import tests.fixtures_processes as processes  # first: it gives this run a data folder of its own

APP = "tests.bench._lost_queue_app:app"
LONGEST_WAIT = 60  # seconds after the last moment
ROWS = 8  # of an upload: 0.4 seconds of work, so that there always is a queue to lose


class Redis(processes.Process):
    """A server of this run alone, which forgets everything when it ends."""

    def __init__(self, log):
        super().__init__({}, log)
        self.port = processes.free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    @property
    def command(self):
        return ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]

    def is_ready(self, words):
        return b"Ready to accept connections" in words

    def empty(self):
        subprocess.run(["redis-cli", "-p", str(self.port), "FLUSHALL"], check=True, stdout=subprocess.DEVNULL)


class Worker(processes.Worker):
    command = [sys.executable, "-m", "celery", "-A", APP, "worker", "--concurrency", "2", "--loglevel", "INFO"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]


class Clock(processes.Process):
    @property
    def command(self):
        schedule = Path(self.environment["DATA_DIR"]) / f"beat-{time.monotonic_ns()}"
        return [sys.executable, "-m", "celery", "-A", APP, "beat", "--pidfile=", "--schedule", str(schedule)]

    def is_ready(self, words):
        return b"is starting" in words


class Supervisor(threading.Thread):
    """Starts programs again when they end, as the service manager of a server does: Celery ends over some losses."""

    def __init__(self, *programs):
        super().__init__(daemon=True)
        self.programs, self.over, self.ends = programs, threading.Event(), 0

    def run(self):
        while not self.over.wait(0.5):
            for program in self.programs:
                if program.process.poll() is not None:
                    self.ends += 1
                    with suppress(AssertionError):  # It ended again while it began: there is no Redis just now.
                        program.start()

    def stop(self):
        self.over.set()
        self.join()
        for program in self.programs:
            program.stop()


def main():
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--moments", type=int, default=50)
    asked.add_argument("--uploads", type=int, default=100)
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked.add_argument("--json", type=Path, help="write the figures to this file as well")
    given = asked.parse_args()
    outcome = run(given.moments, given.uploads, given.seed)
    print(json.dumps(outcome, indent=2))
    if given.json:
        given.json.write_text(json.dumps(outcome, indent=2))
    sys.exit(0 if outcome["unfinished"] == 0 and outcome["twice"] == 0 and outcome["control_unfinished"] else 1)


def run(moments, uploads, seed):
    folder = Path(tempfile.mkdtemp(prefix="lost-queue-", dir=os.environ["DATA_DIR"]))
    redis = Redis(folder / "redis.log")
    os.environ |= {"REDIS_URL": redis.url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    redis.start()
    try:
        outcome = {"database": connection.vendor, "seed": seed, "moments": moments}
        chance = random.Random(seed)
        outcome |= _trial(folder, redis, chance, moments, uploads)
        control = _trial(folder, redis, chance, moments // 5, uploads // 5, swept=False)
        return outcome | {"control_unfinished": control["unfinished"]}
    finally:
        redis.stop()
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _trial(folder, redis, chance, moments, uploads, swept=True):
    """Send uploads in while Redis is emptied and killed, then wait for what becomes of them."""
    from django.conf import settings

    environment = processes._environment_of(settings) | {"DATA_DIR": str(settings.DATA_DIR), "REDIS_URL": redis.url}
    programs = [Worker(environment, folder / f"worker-{swept}.log")]
    programs += [Clock(environment, folder / f"clock-{swept}.log")] if swept else []
    for program in programs:
        program.start()
    supervisor = Supervisor(*programs)
    supervisor.start()
    try:
        sent = _sent_while(redis, chance, moments, uploads, tag="swept" if swept else "control")
        began = time.monotonic()
        _wait(sent, LONGEST_WAIT if swept else LONGEST_WAIT / 3)
        outcome = _outcome(sent) | {"seconds_after": round(time.monotonic() - began, 1)}
        if swept and outcome["unfinished"]:
            print(*[program.words[-9000:] for program in programs], sep="\n", file=sys.stderr)
        return outcome | {"programs_ended": supervisor.ends}
    finally:
        supervisor.stop()


def _sent_while(redis, chance, moments, uploads, tag):
    """Uploads and moments shuffled into one another."""
    partner, steward = _somebody(tag)
    steps = ["upload"] * uploads + ["moment"] * moments
    chance.shuffle(steps)
    sent = []
    for number, step in enumerate([*steps, "moment"]):
        if step == "upload":
            sent.append(_send(partner, steward, number))
        else:
            _disturb(redis, chance)
        time.sleep(chance.random() / 5)
    return sent


def _somebody(tag):
    from partners import services as partners
    from partners.models import Sector, User
    from partners.permissions import Role

    partnership = partners.start_partnership(name=f"Bench {tag}")
    partner = partners.add_partner(partnership=partnership, name=f"Council {tag}", sector=Sector.OTHER, by=None)
    steward = User.objects.create_user(f"{tag}@bench.example", name="Steward")
    partners.add_member(
        user=steward, partnership=partnership, role=Role.DATA_STEWARD, organisation=partner.organisation, by=None
    )
    return partner, steward


def _send(partner, steward, number):
    from django.core.files.base import ContentFile

    from workforce import uploads

    rows = "\n".join(["slow", *[f"{number},{row}" for row in range(ROWS)]])
    file = ContentFile(rows.encode(), name="workers.csv")
    as_at = date(2026, 9, 30) - timedelta(days=number)
    whole = {"partnership": partner.partnership, "partner": partner, "as_at": as_at, "files": [file]}
    return uploads.send_in(**whole, by=steward).pk


def _disturb(redis, chance):
    if chance.random() < 0.5:
        redis.empty()
        return
    redis.kill()
    time.sleep(chance.random())
    redis.start()


def _wait(sent, seconds):
    from workforce.lifecycle import UNFINISHED
    from workforce.models import Upload

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and Upload.objects.filter(pk__in=sent, state__in=UNFINISHED).exists():
        time.sleep(0.2)


def _outcome(sent):
    from partners.models import Change
    from workforce.lifecycle import State
    from workforce.models import Snapshot, Upload

    ready = Upload.objects.filter(pk__in=sent, state=State.READY).count()
    told = Change.objects.filter(subject="upload", subject_id__in=sent, field="state", after=State.READY).count()
    snapshots = Snapshot.objects.filter(upload__in=sent).count()
    return {"accepted": len(sent), "unfinished": len(sent) - ready, "twice": (told - ready) + (snapshots - ready)}


if __name__ == "__main__":
    main()
