"""How one command holds a web server and a background worker, and lets go of both.

Plain Python, no Django: what to start is said in config/management/commands/run.py. Each child leads a process
group of its own, so that nothing it starts outlives it; on Linux the kernel itself tells a child when the launcher
dies, even by SIGKILL.
"""

import contextlib
import ctypes
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 6.0  # Seconds between asking a child to stop and ending it; an idle worker takes three.
HEARTBEAT = 0.2
PR_SET_PDEATHSIG = 1
QUEUE_FOLDERS = ("data_folder_in", "data_folder_out", "control_folder")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class CannotStart(Exception):
    """Why nothing was started, as a sentence for the person at the keyboard."""


def check_port(port):
    """Refuse a port that cannot be served, before anything is prepared."""
    if not 1 <= port <= 65535:
        raise CannotStart(f"PORT is {port}: choose a number from 1024 to 65535, such as make run PORT=8001.")
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
            trial.listen()
        except PermissionError:
            raise CannotStart(f"Port {port} is reserved on this machine. Use another: make run PORT=8001") from None
        except OSError:
            other = port + 1 if port < 65535 else 8001
            raise CannotStart(
                f"Port {port} is taken by another program. Stop that, or use another port: make run PORT={other}"
            ) from None


def hold(folder):
    """Keep a second launcher away from this folder: its queue allows exactly one worker.

    The lock is on the folder itself, so no file is left behind; it is held until this process ends.
    """
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise CannotStart(
            f"The planner is already running from {folder}. Stop it there, or use another folder: make run DATA_DIR=…"
        ) from None


def memory_folder():
    """Where a heartbeat file never waits for a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn unlinks its file at once


def web_command(port):
    in_memory = ["--worker-tmp-dir", memory_folder()] if memory_folder() else []
    return [
        sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{HOST}:{port}",
        "--worker-class", "gthread", "--workers", "2", "--threads", "4", *in_memory,
        "--keep-alive", "15",  # An open table asks every three seconds.
        "--graceful-timeout", "2", "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip


def worker_command(data_dir):
    """Exactly one process: the folder queue of a laptop is not made for several."""
    return [
        sys.executable, "-m", "celery", "-A", "config", "--quiet", "worker", "--beat",
        "--schedule", str(Path(data_dir) / "beat-schedule"), "--pool", "threads", "--concurrency", "2",
        "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "INFO",
    ]  # fmt: skip


@dataclass
class Child:
    """A program in a process group of its own, writing to its own log."""

    name: str
    command: list
    folder: Path
    log: Path
    environment: dict = field(repr=False)
    process: subprocess.Popen | None = None

    def start(self):
        with contextlib.suppress(FileNotFoundError):
            self.log.replace(self.log.with_suffix(".previous.log"))
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_follow_to_death(os.getpid()),
            )

    @property
    def is_alive(self):
        return self.process.poll() is None

    def ask_to_stop(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()

    def end(self):
        """Whatever is left of the group goes at once, also what the leader left behind."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self, lines=8):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def has_terminal():
    return os.isatty(sys.__stdin__.fileno()) if sys.__stdin__ else False


def _follow_to_death(launcher):
    """Between fork and exec: have the kernel send SIGTERM when the launcher is gone. Linux only, best effort."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def prepare():
        if libc:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != launcher:  # It died in between.
                os._exit(1)

    return prepare


class Launcher:
    """Starts children, waits with them, and stops them all when it is told to or one of them ends."""

    def __init__(self, children):
        self.children = children
        self.signalled = False
        self.had_terminal = has_terminal()

    def __enter__(self):
        """From here on a signal stops the children instead of this process alone."""
        self._before = {one: signal.getsignal(one) for one in SIGNALS}
        for one, handler in self._before.items():
            if one != signal.SIGHUP or handler != signal.SIG_IGN:  # nohup keeps its meaning
                signal.signal(one, self._stop_soon)
        try:
            for child in self.children:
                child.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        started = [child for child in self.children if child.process]
        for child in started:
            child.ask_to_stop()
        deadline = time.monotonic() + PATIENCE
        while any(child.is_alive for child in started) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in started:
            child.end()
        for one, handler in self._before.items():
            signal.signal(one, handler)

    def _stop_soon(self, *_):
        self.signalled = True

    @property
    def told_to_stop(self):
        """By a signal, or by closing the terminal: that signal reaches only the first program there, maybe `make`."""
        return self.signalled or (self.had_terminal and not has_terminal())

    @property
    def fallen(self):
        """The first child that ended without being asked."""
        return next((child for child in self.children if not child.is_alive), None)

    @property
    def is_over(self):
        return self.told_to_stop or self.fallen is not None

    def wait_until(self, condition, *, seconds):
        """True when the condition came about; False when time ran out, a child fell or a signal came."""
        deadline = time.monotonic() + seconds
        while not self.is_over and time.monotonic() < deadline:
            if condition():
                return True
            time.sleep(HEARTBEAT)
        return False

    def wait(self):
        while not self.is_over:
            time.sleep(HEARTBEAT)


def answers(port, path):
    """Does the site say 200 there?"""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def make_folders(data_dir, queue):
    """What must be there before anybody writes a log or sends a task. `queue`: Celery's transport options."""
    kept = [Path(data_dir) / "logs", *(queue[name] for name in QUEUE_FOLDERS if name in queue)]
    for folder in kept:
        Path(folder).mkdir(parents=True, exist_ok=True)
