"""A process is killed at every point of every journey of an upload: `python -m tests.bench.kill_points`.

Points are SQL statements, commits (before and after) and operations on files: tests/workforce/uploads/killing.py. On
SQLite, and with DATABASE_URL also on that PostgreSQL, in databases made for this and dropped after it. Prints JSON:
how many points there were, at how many of them a process really died, what was wrong afterwards, and whether
controls that do things in the wrong order were noticed. Ends with 1 if anything was wrong or a control was not.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

POSTGRES = os.environ.get("DATABASE_URL", "")
CONTROLS = {"ready_before_stored": "Reading", "in_two_transactions": "Reading", "row_before_bytes": "Sending"}


def main():
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--here", action="store_true", help="on the database of DATABASE_URL alone (or SQLite)")
    asked.add_argument("--every", type=int, default=1, help="take only every n-th point")
    asked.add_argument("--json", type=Path, help="write the figures to this file as well")
    given = asked.parse_args()
    outcome = run(given.every) if given.here else on_each_database(given.every)
    print(json.dumps(outcome, indent=2))
    if given.json:
        given.json.write_text(json.dumps(outcome, indent=2))
    sys.exit(0 if _is_well(outcome) else 1)


def _is_well(outcome):
    parts = outcome.get("databases", [outcome])
    return all(not part["faults"] and all(part["controls"].values()) for part in parts)


def on_each_database(every):
    """One process for each, because settings are read once."""
    command = [sys.executable, "-m", "tests.bench.kill_points", "--here", "--every", str(every)]
    parts = []
    for url in filter(None, ["sqlite", POSTGRES]):
        environment = os.environ | {"DATABASE_URL": "" if url == "sqlite" else url}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
        parts.append(json.loads(done.stdout))
    return {"effective": sum(part["effective"] for part in parts), "databases": parts}


def run(every):
    import tests.fixtures_processes  # noqa: F401 - first: it gives this run a data folder of its own

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["REDIS_URL"] = ""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from config.celery import app

    app.loader.import_default_modules()
    app.conf.task_always_eager = True
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    try:
        return {"database": connection.vendor} | _run(settings, every)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


def _run(settings, every):
    from tests.fixtures_processes import _environment_of
    from tests.workforce.uploads.journeys_cut_short import Scene
    from tests.workforce.uploads.killing import Victim
    from tests.world import build_world

    world = build_world()
    folder = Path(tempfile.mkdtemp(dir=settings.DATA_DIR))
    settings.WORK_DIR = folder / "work"
    settings.STORAGES["default"]["OPTIONS"]["location"] = str(folder / "files")
    victim = Victim(_environment_of(settings) | {"DATA_DIR": str(folder), "REDIS_URL": ""})
    scene = Scene(world.partnership.partners.get(organisation=world.council), world.steward, victim)
    began = time.monotonic()
    try:
        outcome = _all_points(scene, every) | {"controls": {way: _is_noticed(scene, way) for way in CONTROLS}}
    finally:
        victim.stop()
    return outcome | {"seconds": round(time.monotonic() - began)}


def _all_points(scene, every):
    from tests.workforce.uploads.journeys_cut_short import JOURNEYS, cut_short, points_of

    journeys, faults, effective = {}, [], 0
    for journey in JOURNEYS:
        name, points = type(journey).__name__, points_of(scene, journey)
        died = 0
        for point in range(1, len(points) + 1, every):
            killed, found = cut_short(scene, journey, point)
            died += killed
            faults += [f"{name}, {points[point - 1]}: {fault}" for fault in found]
        journeys[name] = {"points": len(points), "effective": died}
        effective += died
        print(f"{name}: {died} of {len(points)}", file=sys.stderr, flush=True)
    return {"effective": effective, "journeys": journeys, "faults": faults}


def _is_noticed(scene, wrongly):
    from tests.workforce.uploads.journeys_cut_short import JOURNEYS, cut_short, points_of

    journey = next(journey for journey in JOURNEYS if type(journey).__name__ == CONTROLS[wrongly])
    points = points_of(scene, journey, wrongly)
    commits = [number for number, what in enumerate(points, 1) if what == "after commit"]
    return any(cut_short(scene, journey, point, wrongly)[1] for point in commits)


if __name__ == "__main__":
    main()
