"""`make run`: one command from nothing to a working site with its demonstration, for this machine only."""

import json
import time
from contextlib import suppress
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from config import launcher
from config.demo import story
from partners.models import Partnership, User
from partners.permissions import Role

LONGEST_START = 60


class Command(BaseCommand):
    help = "Prepare the database, build the demonstration if there is nothing yet, and run the site with its worker."

    def handle(self, **options):
        started = time.monotonic()
        try:
            self._check()
            launcher.hold(settings.DATA_DIR)
            self._prepare()
        except launcher.CannotStart as fault:
            raise CommandError(str(fault)) from None
        except OperationalError as fault:
            raise CommandError(f"The database does not answer. Look at DATABASE_URL. It said: {fault}") from None
        except KeyboardInterrupt:
            raise CommandError("Stopped while preparing. Run it again to go on.") from None
        self._serve(started)

    def _say(self, words=""):
        with suppress(OSError):  # The terminal may be gone by the time all is stopped.
            self.stdout.write(words)
            self.stdout.flush()

    def _check(self):
        if not settings.LAPTOP:
            raise launcher.CannotStart(
                "ALLOWED_HOSTS names other hosts than this machine. `run` is for a laptop: in production start a WSGI "
                "server on config.wsgi, make worker and make beat."
            )
        launcher.check_port(settings.PORT)

    def _prepare(self):
        launcher.make_folders(settings.DATA_DIR, settings.CELERY_BROKER_TRANSPORT_OPTIONS)
        self._say("Preparing the database")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        self._demonstration = self._demonstration_here()

    def _demonstration_here(self):
        """What `demo` answers: into an empty database it builds, otherwise it says what is there. A database that
        holds other partnerships only is left alone."""
        if not Partnership.objects.exists():
            self._say("Building the demonstration")
        elif not User.objects.filter(email=story.COORDINATOR).exists():
            return None
        answer = StringIO()
        call_command("demo", json=True, stdout=answer, stderr=StringIO())
        return json.loads(answer.getvalue())

    def _serve(self, started):
        connections.close_all()
        self._say("Starting the site and its worker")
        with launcher.Launcher(self._children()) as running:
            if running.wait_until(self._is_ready, seconds=LONGEST_START):
                self._welcome(time.monotonic() - started)
                running.wait()
            elif not running.is_over:
                raise CommandError(f"The site did not become ready in {LONGEST_START} seconds. See {self._logs}.")
            fallen = None if running.told_to_stop else running.fallen
        if fallen:
            raise CommandError(
                f"The {fallen.name} ended by itself, so everything was stopped. Its last words, from {fallen.log}:\n"
                f"{fallen.last_words()}"
            )
        self._say("Stopped.")

    @property
    def _logs(self):
        return settings.DATA_DIR / "logs"

    def _children(self):
        commands = {
            "web server": ("web.log", launcher.web_command(settings.PORT)),
            "worker": ("worker.log", launcher.worker_command(settings.DATA_DIR)),
        }
        environment = {"DATA_DIR": str(settings.DATA_DIR), "DEMO_PASSWORD": story.password()}
        return [
            launcher.Child(name, command, Path(settings.BASE_DIR), self._logs / log, environment)
            for name, (log, command) in commands.items()
        ]

    def _is_ready(self):
        return launcher.answers(settings.PORT, "/readyz")

    def _welcome(self, seconds):
        self._say()
        self._say(f"Ready after {seconds:.1f} seconds:  {settings.SITE_ADDRESS}/")
        self._say()
        if self._demonstration:
            self._say_sign_ins(**self._demonstration)
        self._say(f"Logs: {self._logs}    Stop: Ctrl-C")

    def _say_sign_ins(self, *, sign_ins, password, **_):
        known = f"the password  {password}" if password else "the DEMO_PASSWORD that was set when they were made"
        self._say(f"Sign in as one of these, each with {known}")
        width = max(len(person["email"]) for person in sign_ins)
        for person in sign_ins:
            of = f", {person['organisation']}" if person["organisation"] else ""
            self._say(f"  {person['email']:<{width}}  {Role(person['role']).label}{of}")
        self._say()
