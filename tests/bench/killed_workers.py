"""Real workers killed while they read real returns: `python -m tests.bench.killed_workers`.

A return of some thousand staff rows is sent in, a Celery worker as `make worker` starts it begins to read it, and is
killed (SIGKILL, its whole group) at a random moment; another is started, the sweeper comes by, and the next return is
sent. At each kill what readers see is looked at, and at the end every return must be ready once, whole and with all
its rows. Queue in folders, or on the Redis of REDIS_URL; SQLite, or the PostgreSQL of DATABASE_URL.
Control: the same without the sweeper must leave returns unread.
"""

import argparse
import json
import os
import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import tests.bench._tabs as tabs  # first: it gives this run a data folder of its own
import tests.fixtures_processes as processes

KILLS, ROWS, SEED = 40, 30_000, 5
LONGEST_WAIT = 90  # seconds, for all that is left to be read
CONTROL_KILLS = 3


def main():
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--kills", type=int, default=KILLS)
    asked.add_argument("--rows", type=int, default=ROWS)
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--json", type=Path, metavar="FILE")
    given = asked.parse_args()
    outcome = run(given.kills, given.rows, given.seed)
    print(json.dumps(outcome, indent=2))
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(outcome, indent=2))
    sys.exit(1 if outcome["faults"] or not outcome["control_noticed"] else 0)


def run(kills, rows, seed):
    with tabs.own_database() as environment:
        from django.db import connection

        environment = environment | {"REDIS_URL": os.environ.get("REDIS_URL", "")}
        trial = Trial(environment, rows, seed)
        trial.go(kills)
        faults = trial.faults + trial.wait_for_all() + trial.checked()
        trial.worker.stop()
        control = Trial(environment, rows, seed + 1, year=2015, swept=False)
        control.go(CONTROL_KILLS, always_reading=True)
        noticed = bool(control.wait_for_all(seconds=8))
        control.worker.stop()
    effective = trial.killed_while_reading
    figures = {"database": connection.vendor, "queue": "Redis" if environment["REDIS_URL"] else "folders", "seed": seed}
    figures |= {"rows": rows, "killed": trial.tries, "killed_while_reading": effective}
    if effective < kills:
        faults.append(f"only {effective} workers died while they read")
    return figures | {"faults": faults, "control_noticed": noticed}


class Trial:
    def __init__(self, environment, rows, seed, year=2025, swept=True):
        self.chance, self.swept, self.day = random.Random(seed), swept, date(year, 12, 31)
        self.partner, self.steward = _somebody(f"trial-{seed}")
        self.files, self.rows = _made(rows, seed, Path(environment["DATA_DIR"]) / f"made-{seed}")
        self.worker = processes.Worker(environment, Path(environment["DATA_DIR"]) / f"worker-{seed}.log")
        self.faults, self.killed_while_reading, self.tries = [], 0, 0

    def go(self, kills, always_reading=False):
        """Until so many were killed while they read; those that were killed too late count for nothing."""
        self.worker.start()
        while self.killed_while_reading < kills and self.tries < 3 * kills:
            self.tries += 1
            upload = self._send()
            self._wait_until_reading(upload)
            time.sleep(0.02 if always_reading else self.chance.uniform(0, 1.2))
            self.worker.kill()
            self._look(upload)
            self._sweep(upload)
            self.worker.start()

    def _send(self):
        from django.core.files.base import ContentFile

        from workforce import uploads

        self.day -= timedelta(days=1)
        files = [ContentFile(content, name=name) for name, content in self.files]
        where = {"partnership": self.partner.partnership, "partner": self.partner}
        return uploads.send_in(**where, as_at=self.day, files=files, by=self.steward)

    @staticmethod
    def _wait_until_reading(upload, seconds=20):
        from workforce.lifecycle import State

        until = time.monotonic() + seconds
        while time.monotonic() < until:
            upload.refresh_from_db()
            if upload.state != State.WAITING:
                return
            time.sleep(0.01)

    def _look(self, upload):
        """What a reader sees just after the kill: nothing of it, or all of it."""
        from workforce.lifecycle import State
        from workforce.models import Snapshot

        upload.refresh_from_db()
        self.killed_while_reading += upload.state == State.READING
        seen = Snapshot.objects.ready().filter(upload=upload)
        if upload.state == State.READY and [one.rows for one in seen] != [self.rows]:
            self.faults.append(f"{upload.as_at}: ready, but not whole")
        if upload.state != State.READY and seen:
            self.faults.append(f"{upload.as_at}: seen before it was ready")

    def _sweep(self, upload):
        """The sweeper, later than it really comes: so long after the last sign of life that nobody waits for more."""
        from django.utils import timezone

        from config.housekeeping import sweep
        from workforce import receiving
        from workforce.lifecycle import State
        from workforce.models import Upload

        if not self.swept:
            return
        silent = Upload.objects.filter(pk=upload.pk, state=State.READING)
        silent.update(claimed=timezone.now() - 2 * receiving.SILENT_FOR)
        sweep()

    def wait_for_all(self, seconds=LONGEST_WAIT):
        """Sentences about returns that are not ready in the end."""
        from workforce.lifecycle import State
        from workforce.models import Upload

        mine = Upload.objects.filter(partner=self.partner)
        until = time.monotonic() + seconds
        while time.monotonic() < until and mine.exclude(state=State.READY).exists():
            time.sleep(0.2)
        return [f"{one.as_at}: ended as {one.state}" for one in mine.exclude(state=State.READY)]

    def checked(self):
        """Sentences about snapshots that are not there once, whole and with every post once."""
        import pyarrow.parquet as pq

        from workforce import vault
        from workforce.models import Upload

        faults = []
        for upload in Upload.objects.filter(partner=self.partner).select_related("snapshot"):
            with vault.open_stored(upload.snapshot.stored) as stored:
                keys = pq.read_table(stored, columns=["post_key"])["post_key"].to_pylist()
            if len(keys) != self.rows or len(set(keys)) != self.rows:
                faults.append(f"{upload.as_at}: {len(keys)} rows, {len(set(keys))} different, of {self.rows}")
        return faults


def _somebody(slug):
    from partners import services as partners
    from partners.models import Sector, User
    from partners.permissions import Role

    partnership = partners.start_partnership(name=slug, slug=slug)
    partner = partners.add_partner(partnership=partnership, name=slug, sector=Sector.INDEPENDENT, by=None)
    user = User.objects.create_user(f"{slug}@bench.example", None, name="Steward")
    post = {"role": Role.DATA_STEWARD, "organisation": partner.organisation}
    partners.add_member(user=user, partnership=partnership, by=None, **post)
    return partner, user


def _made(rows, seed, folder):
    """The files of a clean return: (name, bytes) of each, and how many posts it has."""
    from workforce.sampling.asc_wds import write_asc_wds
    from workforce.sampling.returns import Recipe

    (truth,) = write_asc_wds(Recipe(rows, seed, date(2010, 3, 31), faults=0), folder)
    return [(file.name, file.read_bytes()) for file in sorted(folder.glob("*.csv"))], truth["rows"]


if __name__ == "__main__":
    main()
