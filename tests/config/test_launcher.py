"""`make run` as a person meets it: real processes on a port and in a folder of their own."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config import launcher
from tests.fixtures_processes import ROOT, eventually, free_port, is_free

pytestmark = [pytest.mark.slow, pytest.mark.laptop]

# Settings of the tests' own surroundings that a laptop does not have.
ELSEWHERE = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "STORAGE_URL", "SECRET_KEY", "DEMO_PASSWORD", "ALLOWED_HOSTS"}
STOPPED_WITHIN = 10


def descendants(pid):
    """(pid, start time) of everything this process started, and what those started. The time tells reused numbers."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(int(after_name[1]), []).append((int(stat.parent.name), after_name[19]))
    found, unseen = set(), [pid]
    while unseen:
        born = children.get(unseen.pop(), [])
        found |= set(born)
        unseen += [child for child, _ in born]
    return found


def is_alive(process):
    pid, started = process
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return after_name[0] != "Z" and after_name[19] == started


class Site:
    """One `manage.py run`."""

    def __init__(self, data_dir, port=None, terminal=subprocess.DEVNULL, **environment):
        self.data_dir, self.port = data_dir, port or free_port()
        self.output = data_dir.parent / f"{data_dir.name}-{self.port}.txt"
        here = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run"],
                cwd=ROOT,
                env=here | {"DATA_DIR": str(data_dir), "PORT": str(self.port)} | environment,
                stdin=terminal,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def words(self):
        return self.output.read_text(errors="replace")

    def log(self, name):
        return (self.data_dir / "logs" / name).read_text(errors="replace")

    def get(self, path):
        connection = http.client.HTTPConnection(launcher.HOST, self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        try:
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def wait_until_ready(self):
        eventually(lambda: "Stop: Ctrl-C" in self.words or self.process.poll() is not None, seconds=60)
        assert self.process.poll() is None, self.words
        eventually(lambda: " ready." in self.log("worker.log"))
        self.family = descendants(self.process.pid)
        return self

    def send(self, number):
        os.kill(self.process.pid, number)
        return self.process.wait(timeout=STOPPED_WITHIN)

    @property
    def survivors(self):
        return [pid for pid, started in self.family if is_alive((pid, started))]

    def clear_away(self):
        """Whatever a failing test left running."""
        for pid, _ in descendants(self.process.pid) | getattr(self, "family", set()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.kill()
        self.process.wait()


def manage(data_dir, *arguments):
    here = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=here | {"DATA_DIR": str(data_dir)}, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def plain_folder(tmp_path_factory):
    """A data folder with one small partnership, so that not every test waits for the demonstration."""
    folder = tmp_path_factory.mktemp("plain")
    manage(folder, "migrate", "--verbosity", "0")
    script = "from partners.services import start_partnership; start_partnership(name='A plain place')"
    manage(folder, "shell", "--no-imports", "-c", script)
    return folder


@pytest.fixture
def start(tmp_path):
    """Starts sites, each on the same folder of this test, and leaves none running."""
    sites = []

    def start(**given):
        sites.append(Site(tmp_path / "data", **given))
        return sites[-1]

    yield start
    for site in sites:
        site.clear_away()


@pytest.fixture
def start_plain(start, plain_folder, tmp_path):
    shutil.copytree(plain_folder, tmp_path / "data")
    return start


def left_behind(data_dir):
    """Files that only mean something while their process lives."""
    return [file.name for file in data_dir.rglob("*") if file.suffix in {".pid", ".sock", ".ctl", ".lock"}]


def test_it_serves_works_and_goes_without_a_trace_on_ctrl_c(start):
    site = start().wait_until_ready()
    assert site.get("/healthz")[0] == 200
    status, parts = site.get("/readyz")
    assert status == 200, parts
    assert f"http://127.0.0.1:{site.port}/" in site.words
    assert "coordinator@demo.example" in site.words and "try-the-planner" in site.words
    assert site.get("/account/sign-in/")[0] == 200

    manage(site.data_dir, "shell", "--no-imports", "-c", "from config.tasks import sweep; sweep.delay()")
    eventually(lambda: "succeeded" in site.log("worker.log"))

    assert len(site.family) >= 5  # web server and its two, worker, clock
    assert site.send(signal.SIGINT) == 0, site.words
    assert "Stopped." in site.words
    assert "Traceback" not in site.words
    assert site.survivors == []
    assert is_free(site.port)
    assert left_behind(site.data_dir) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_it_goes_when_told_or_when_its_terminal_hangs_up(start_plain, number):
    site = start_plain().wait_until_ready()
    assert site.send(number) == 0
    assert site.survivors == []


def test_it_goes_when_its_terminal_is_closed_though_no_signal_reaches_it(start_plain):
    ours, its = os.openpty()
    site = start_plain(terminal=its).wait_until_ready()
    os.close(its)
    os.close(ours)
    assert site.process.wait(timeout=STOPPED_WITHIN) == 0
    assert site.survivors == []


def test_killed_outright_it_leaves_no_children_and_starts_again(start_plain):
    site = start_plain().wait_until_ready()
    site.send(signal.SIGKILL)
    eventually(lambda: not site.survivors, seconds=STOPPED_WITHIN)
    again = start_plain(port=site.port).wait_until_ready()
    assert again.get("/readyz")[0] == 200
    again.send(signal.SIGINT)


@pytest.mark.parametrize(("command", "name"), [("gunicorn", "web server"), ("celery", "worker")])
def test_when_a_child_dies_all_stop_and_it_is_said(start_plain, command, name):
    site = start_plain().wait_until_ready()
    leaders = [pid for pid, _ in site.family if os.getpgid(pid) == pid]
    [victim] = [pid for pid in leaders if command in Path(f"/proc/{pid}/cmdline").read_text()]
    os.kill(victim, signal.SIGKILL)
    assert site.process.wait(timeout=STOPPED_WITHIN) == 1
    assert f"The {name} ended by itself" in site.words
    assert "Traceback" not in site.words
    assert site.survivors == []


def test_a_taken_port_is_said_before_anything_is_prepared(start):
    with socket.socket() as taken:
        taken.bind((launcher.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        site = start(port=port)
        assert site.process.wait(timeout=20) == 1
    assert f"Port {port} is taken" in site.words
    assert f"make run PORT={port + 1}" in site.words
    assert "Traceback" not in site.words and "Preparing" not in site.words
    assert not (site.data_dir / "planner.sqlite3").exists()


def test_a_second_one_on_the_same_folder_is_refused(start_plain):
    site = start_plain().wait_until_ready()
    second = start_plain()
    assert second.process.wait(timeout=20) == 1
    assert "already running from" in second.words
    assert site.get("/healthz")[0] == 200


def test_it_is_not_for_serving_others(start):
    site = start(
        ALLOWED_HOSTS="planner.example.org",
        SECRET_KEY="a0b1c2d3e4f5g6h7i8j9" * 3,
        PSEUDONYM_SECRET="z9y8x7w6v5u4t3s2r1q0" * 3,
        PROFILE_SECRET="k1j2h3g4f5d6s7a8p9o0" * 3,
        DATABASE_URL="postgres://nobody@127.0.0.1:1/none",
        REDIS_URL="redis://127.0.0.1:1/0",
        EMAIL_URL="smtp+tls://u:p@127.0.0.1:587",
    )
    assert site.process.wait(timeout=20) == 1
    assert "`run` is for a laptop" in site.words


def test_a_database_that_does_not_answer_is_said(start):
    site = start(DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert site.process.wait(timeout=20) == 1
    assert "The database does not answer" in site.words
    assert "Traceback" not in site.words


@pytest.mark.parametrize("port", [0, 70000])
def test_a_port_that_is_no_port_is_refused(port):
    with pytest.raises(launcher.CannotStart, match=f"PORT is {port}"):
        launcher.check_port(port)
