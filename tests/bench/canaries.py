"""Does anything that names somebody stay behind? `python -m tests.bench.canaries`.

Words that stand nowhere else are put into a thousand cells and more of returns: where people and places are named, in
columns that nobody declared, and where a code belongs. The returns are read, refused, decided on, cancelled, and
read by a reader that breaks, with the real doors and the real worker's side. While the files are kept nothing but them
may hold a canary, and after the nightly clearing nothing at all: no table, no page of the database, no stored file, no
log, message, task or temporary file, and nothing in Redis. On SQLite, and on the PostgreSQL of DATABASE_URL if that is
set. Each control leaks in one way and must be caught.
"""

import subprocess
import tempfile

import tests.bench._tabs as tabs  # first: it gives this run a data folder of its own


def measure(least):
    with tabs.own_database(), tempfile.TemporaryDirectory(prefix="canaries-") as folder:
        tempfile.tempdir = folder
        try:
            return _measure(least)
        finally:
            tempfile.tempdir = None


def _measure(least):
    from django.db import connection

    from tests.workforce.hostile import canaries

    found = hunted()
    found["afterwards"] += canaries.sightings(found.pop("flock"), dumped())
    controls = {}
    for leak in canaries.LEAKS:
        with leak():
            caught = hunted()
        controls[leak.__name__] = len(caught["while kept"] + caught["afterwards"])
    seen = found["while kept"] + found["afterwards"]
    failed = bool(seen) or found["canaries"] < least or not found["pages"] or not all(controls.values())
    return {"database": connection.vendor, "controls": controls, "failed": failed} | found


def hunted():
    from django.conf import settings
    from django.core.management import call_command

    from config.celery import app
    from tests.workforce.hostile.canaries import Scene, hunt
    from tests.world import build_world

    call_command("flush", interactive=False, verbosity=0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    app.conf.task_always_eager = False  # messages lie in the queue, where they are looked for
    world = build_world()
    scene = Scene(world.partnership, world.partnership.partners.get(organisation=world.council), world.steward)
    return hunt(scene) | {"flock": scene.flock}


def dumped():
    """PostgreSQL's own dump of everything."""
    from django.db import connection

    if connection.vendor == "postgresql":
        to = tabs.environment()["DATABASE_URL"]
        yield "dump", subprocess.run(["pg_dump", "--inserts", to], check=True, stdout=subprocess.PIPE).stdout


def show(result):
    yield f"{result['database']}: {result['canaries']:,} canaries, {result['pages']} pages looked at"
    yield f"  returns became {', '.join(result['states'])}"
    for when in ("while kept", "afterwards"):
        yield f"  {when}: {len(result[when])} found {result[when][:20] or ''}"
    told = ", ".join(f"{name.replace('_', ' ')}: {many}" for name, many in result["controls"].items())
    yield f"  controls, and canaries found: {told}"


if __name__ == "__main__":
    tabs.on_each_database("tests.bench.canaries", __doc__, {"least": 1000}, measure, show)
