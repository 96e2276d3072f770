"""Acts done in a process that kills itself at the n-th thing it does, as a power cut would.

A thing is an SQL statement, a commit (before and after), or an operation on a file below DATA_DIR. Run as a program
this is the server: it has Django loaded, forks for every act that it reads from its standard input as a line of JSON,
and answers how that ended. `Victim` is its client; what it is asked to do is in ACTS.
"""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FILE_EVENTS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree"}
WRITING = os.O_WRONLY | os.O_RDWR


class Points:
    """Counts what this process does, and ends it at one of them."""

    def __init__(self, kill_at, folder):
        self.kill_at, self.folder, self.seen, self.busy = kill_at, str(folder), [], False

    def reached(self, what):
        self.seen.append(what)
        if len(self.seen) == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, connection):
        connection.execute_wrappers.append(self.statement)
        commit = connection.commit

        def committed():
            self.reached("before commit")
            commit()
            self.reached("after commit")

        connection.commit = committed
        sys.addaudithook(self.file)

    def statement(self, execute, sql, params, many, context):
        outcome = execute(sql, params, many, context)
        self.reached("after " + " ".join(sql.split()[:3]))
        return outcome

    def file(self, event, given):
        """Called before the operation is done."""
        writes = event == "open" and isinstance(given[2], int) and given[2] & WRITING
        if (writes or event in FILE_EVENTS) and str(given[0]).startswith(self.folder):
            self.reached(f"before {event} of {Path(str(given[0])).parent.name}")


# --- What is done ------------------------------------------------------------------------------------------------


def send(partner, text, as_at, by):
    from django.core.files.base import ContentFile

    from partners.models import Partner, User
    from workforce import uploads

    partner = Partner.objects.get(pk=partner)
    files = [ContentFile(part.encode(), name=f"workers-{n}.csv") for n, part in enumerate(text.split("+"))]
    whole = {"partnership": partner.partnership, "partner": partner, "as_at": date.fromisoformat(as_at)}
    return uploads.send_in(**whole, files=files, by=User.objects.get(pk=by))


def read(upload):
    from workforce.receiving import read_upload

    read_upload(upload)


def accept(upload, by):
    from partners.models import User
    from workforce import uploads
    from workforce.models import Upload

    uploads.accept_with_faults(upload=Upload.objects.get(pk=upload), by=User.objects.get(pk=by))


def clear():
    from workforce.retention import clear_up

    clear_up()


def park():
    from workforce.receiving import park_or_free_silent

    park_or_free_silent()


def build(release):
    from tests.workforce.profiles import quick_maker
    from workforce import profile_building, profile_engine

    profile_engine.current = lambda: quick_maker.QUICK
    profile_building.build_profile(release)


ACTS = {act.__name__: act for act in (send, read, accept, clear, park, build)}


# --- Ways of doing it wrong: what the checks have to notice -----------------------------------------------------------


def ready_before_stored():
    """The row is made ready first, and its snapshot is stored after that."""
    from workforce import receiving, vault

    keep = receiving._keep

    def wrongly(upload, checked, version):
        save, exists = vault._save, vault.exists
        vault._save, vault.exists = lambda name, content: name, lambda stored: True
        keep(upload, checked, version)
        vault._save, vault.exists = save, exists
        for path in (checked.snapshot, checked.establishments):
            vault.keep_snapshot(path, upload.partner_id)

    receiving._keep = wrongly


def row_before_bytes():
    """The row is written first, and the bytes it names are stored after that."""
    from workforce import uploads, vault

    save, later, enter = vault._save, [], uploads._enter
    vault._save = lambda name, content: later.append((name, content)) or name

    def wrongly(*given, **more):
        upload = enter(*given, **more)
        for name, content in later:
            save(name, content)
        return upload

    uploads._enter = wrongly


def in_two_transactions():
    """What an upload replaces is replaced in a transaction before the one that makes it ready."""
    from django.db import transaction

    from workforce import receiving

    make_way, hold = receiving.make_way, receiving.hold
    receiving.make_way = lambda upload, **how: None

    def finish(upload, checked, *given, real=receiving._finish):
        with transaction.atomic():
            held = hold(upload)
            held.source = checked.source
            make_way(held, by=None)
        return real(upload, checked, *given)

    receiving._finish = finish


def register_by_itself():
    """What a profile report shows is written in the register in a transaction of its own."""
    from django.db import transaction
    from django.utils import timezone

    from workforce import profile_building
    from workforce.models import ReleasedFigure

    def wrongly(release, snapshots, made, keep=profile_building._keep, lines=profile_building._lines):
        with transaction.atomic():
            ReleasedFigure.objects.bulk_create(lines(release, made.tables, timezone.now()))
        profile_building._lines = lambda *given: []
        keep(release, snapshots, made)

    profile_building._keep = wrongly


WRONG_WAYS = (ready_before_stored, row_before_bytes, in_two_transactions, register_by_itself)
WRONGLY = {way.__name__: way for way in WRONG_WAYS}


# --- The server ------------------------------------------------------------------------------------------------------


def _do(asked, answer):
    """In the forked process: do it, and say what was passed on the way if nothing ended it."""
    from django.conf import settings
    from django.db import connection

    from tests.workforce.uploads import quick_reader
    from workforce import receiving

    quick_reader.take_its_place()
    receiving.SIGN_OF_LIFE_EVERY = 0
    if asked.get("wrongly"):
        WRONGLY[asked["wrongly"]]()
    connection.ensure_connection()
    points = Points(asked["kill_at"], settings.DATA_DIR)
    points.watch(connection)
    ACTS[asked["act"]](**asked["given"])
    os.write(answer, json.dumps(points.seen).encode())


def _forked(asked):
    come_out, go_in = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(come_out)
            _do(asked, go_in)
            code = 0
        finally:
            os._exit(code)
    os.close(go_in)
    with os.fdopen(come_out, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return {"killed": os.WIFSIGNALED(status), "status": status, "points": json.loads(said or "[]")}


def serve():
    import django

    django.setup()
    from config.celery import app

    app.loader.import_default_modules()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_forked(json.loads(line))) + "\n")
        sys.stdout.flush()


class Victim:
    """The other end: asks the server to do something and to be killed on the way."""

    def __init__(self, environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.workforce.uploads.killing"],
            cwd=ROOT,
            env=os.environ | environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def does(self, act, kill_at=0, wrongly="", **given):
        asked = {"act": act, "kill_at": kill_at, "wrongly": wrongly, "given": given}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert answer["killed"] or not answer["status"], f"{act} failed by itself: see standard error."
        return answer

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)
        self.process.stdout.close()


if __name__ == "__main__":
    serve()
