"""Real processes for tests: a data folder and queue that belong to this run alone, and a real background worker.

Loaded by pytest.ini before Django's settings are read. Each pytest process (and each of several, with -n) works in
a temporary DATA_DIR, so that tests never touch the database, files or queue of a site running from this checkout;
with REDIS_URL each takes a Redis database of its own, counting up from the one named.
"""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST_START = 30


def _place_of_this_process():
    """0, 1, … for the processes of pytest-xdist; 0 without it."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def _own_data_dir():
    folder = tempfile.mkdtemp(prefix="planner-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _own_redis(url, place):
    parts = urlsplit(url)
    return parts._replace(path=f"/{int(parts.path.strip('/') or 0) + place}").geturl()


os.environ["DATA_DIR"] = _own_data_dir()
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = _own_redis(os.environ["REDIS_URL"], _place_of_this_process())


def database_url(settings_dict):
    """The address of the database a connection uses now, in the form DATABASE_URL has."""
    name = str(settings_dict["NAME"])
    if settings_dict["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{name}"
    sign_in = ":".join(quote(settings_dict[part], safe="") for part in ("USER", "PASSWORD") if settings_dict[part])
    host = settings_dict["HOST"] + (f":{settings_dict['PORT']}" if settings_dict["PORT"] else "")
    return f"postgres://{sign_in}{'@' if sign_in else ''}{host}/{quote(name, safe='')}"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def eventually(condition, *, seconds=15, every=0.1):
    """Wait for something another process does. Returns what the condition answered, or fails in words."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := condition():
            return answer
        time.sleep(every)
    raise AssertionError(f"Waited {seconds} seconds in vain.")


class Process:
    """A program of ours in a process group of its own. A kind of it says its `command`, and when it `is_ready`."""

    def __init__(self, environment, log):
        self.environment, self.log, self.process = environment, log, None

    def start(self):
        with self.log.open("ab") as log:
            before = log.tell()
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            eventually(lambda: self._has_started(before), seconds=LONGEST_START)
        except BaseException:
            self.kill()
            raise

    def _has_started(self, before):
        words = self.log.read_bytes()[before:]
        assert self.process.poll() is None, words.decode(errors="replace")
        return self.is_ready(words)

    def kill(self):
        """As a power cut would: no goodbye, whatever it was doing."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.kill()

    @property
    def words(self):
        return self.log.read_text(errors="replace")


class Worker(Process):
    """A Celery worker as `make worker` starts it, on the database and queue of this test."""

    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool", "threads", "--concurrency", "1"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO"]

    def is_ready(self, words):
        return b" ready." in words


class WebServer(Process):
    """The server of `make run`, on the database of this test and on one port however often it is started."""

    def __init__(self, environment, log):
        super().__init__(environment, log)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    @property
    def command(self):
        from config.launcher import web_command

        return web_command(self.port)

    def is_ready(self, words):
        return not is_free(self.port)


def _environment_of(settings):
    from django.db import connection

    return {
        "DATABASE_URL": database_url(connection.settings_dict),
        "SECRET_KEY": settings.SECRET_KEY,
        "STORAGE_URL": Path(settings.STORAGES["default"]["OPTIONS"]["location"]).as_uri(),
    }


@pytest.fixture
def real_server(transactional_db, settings, tmp_path):
    """A web server in processes of its own, which a test can `kill()` and `start()` again."""
    server = WebServer(_environment_of(settings), tmp_path / "web.log")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def real_worker(transactional_db, settings, tmp_path):
    """A worker in a process of its own; tasks sent by this test (and its live_server) go to it, not in place.

    `real_worker.kill()` and `.start()` let a test cut it off and bring it back.
    """
    from config.celery import app
    from config.launcher import make_folders

    make_folders(settings.DATA_DIR, settings.CELERY_BROKER_TRANSPORT_OPTIONS)
    app.conf.task_always_eager = False
    app.control.purge()
    worker = Worker(_environment_of(settings), tmp_path / "worker.log")
    worker.start()
    yield worker
    worker.stop()
    app.control.purge()


def is_free(port):
    """Whether nothing serves this port of this machine any more."""
    from config.launcher import CannotStart, check_port

    try:
        check_port(port)
    except CannotStart:
        return False
    return True
