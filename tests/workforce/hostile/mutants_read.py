"""Mutated files, each read with little memory and little time in a process that is used again and again.

python -m tests.workforce.hostile.mutants_read [unguarded]      answers a line of JSON for each line of JSON
"""

import json
import os
import re
import resource
import select
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[3]
LONGEST, MOST_MEGABYTES = 10, 512
ADDRESSES = 6_000_000_000  # pyarrow reserves more than it uses; what is used is measured
JARGON = re.compile(r"NoneType|Traceback|<class|[a-z](?:Error|Exception)\b|\bnan\b|object at 0x|\\x[0-9a-f]{2}")
ABOUT_ALL = ("The files come from different systems", "There is no ")  # what is said of all files together


# --- In the process that reads --------------------------------------------------------------------------------------


def read_one(files, folder):
    """What came of one return."""
    from tests.workforce.hostile.returns import Given, read
    from workforce.importing import NeedsMapping
    from workforce.reading import Unreadable

    given = []
    for number, (name, stored) in enumerate(files):
        path = folder / f"sent-{number}"
        os.link(stored, path)
        given.append(Given(name, path))
    try:
        checked = read(given, folder / "out")
    except Unreadable as refused:
        said = [refused.sentence, refused.where, refused.accepted]
        return {"outcome": "refused", "said": said, "complaints": list(_of_refusal(refused))}
    except NeedsMapping as asks:
        lacks = [] if asks.headings or asks.faults else ["nothing is asked"]
        return {"outcome": "asks", "complaints": lacks, "said": asks.faults}
    except Exception as fault:  # noqa: BLE001 - that is what is looked for
        return {"outcome": "broke", "complaints": [_place_of(fault)], "said": []}
    return {"outcome": "read", "complaints": list(_of_causes(checked)), "posts": _posts(checked.snapshot),
            "said": sorted({cause.code for cause in checked.causes})}  # fmt: skip


def _place_of(fault):
    step = fault.__traceback__
    while step.tb_next:
        step = step.tb_next
    code = step.tb_frame.f_code
    return (
        f"{type(fault).__name__} in {Path(code.co_filename).name}:{step.tb_lineno} {code.co_name}: {str(fault)[:200]}"
    )


def _of_refusal(refused):
    if len(refused.sentence) < 15 or not refused.sentence.endswith((".", "?")):
        yield f"no sentence: {refused.sentence!r}"
    if not refused.where and not refused.sentence.startswith(ABOUT_ALL):
        yield f"no place: {refused.sentence!r}"
    if JARGON.search(f"{refused.sentence} {refused.accepted}") or "None" in refused.sentence:
        yield f"jargon: {refused.sentence!r} {refused.accepted!r}"


def _of_causes(checked):
    for cause in checked.causes:
        if len(cause.message) < 8 or JARGON.search(f"{cause.message} {cause.accepted}") or "None" in cause.message:
            yield f"no sentence: {cause.code} {cause.message!r}"
        if not cause.file or cause.first_row < 1:
            yield f"no place: {cause.code} {cause.message!r}"


def _posts(snapshot):
    import pyarrow.parquet as pq

    return [str(hash(repr(row))) for row in pq.read_table(snapshot).to_pylist()]


def serve(unguarded):
    if unguarded:
        _without_guards()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    for line in sys.stdin:
        Path("/proc/self/clear_refs").write_text("5")  # the most that is held is counted anew
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            found = read_one(json.loads(line), Path(folder))
        found["seconds"] = round(time.monotonic() - began, 2)
        found["megabytes"] = int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())[1]) // 1024
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


def _without_guards():
    """The control: what unpacking and parsing complain about is not caught."""
    from workforce.reading import archives, workbooks

    archives.FAULTS = (KeyboardInterrupt,)
    workbooks.ParseError = workbooks.CalamineError = KeyboardInterrupt


# --- In the process that asks ---------------------------------------------------------------------------------------


class Reader:
    """Asks a process to read, and starts another when one is lost."""

    def __init__(self, *how):
        self.how, self.process = how, None

    def ask(self, files):
        if self.process is None:
            command = [sys.executable, "-W", "error", "-m", "tests.workforce.hostile.mutants_read", *self.how]
            quiet = subprocess.DEVNULL if self.how else None
            self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                            stderr=quiet,
                                            env=os.environ | {"PYTHONHASHSEED": "0"})  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            self.process.stdin.write(json.dumps(_stored(files, Path(folder))) + "\n")
            self.process.stdin.flush()
            ready, _, _ = select.select([self.process.stdout], [], [], 3 * LONGEST)
            line = self.process.stdout.readline() if ready else ""
        if line:
            return json.loads(line)
        what = "killed its reader" if ready else f"took longer than {3 * LONGEST} s"
        self.stop()
        return {"outcome": "lost", "complaints": [what], "seconds": 3 * LONGEST, "megabytes": 0, "said": []}

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process.stdin.close()
            self.process.stdout.close()
            self.process = None


def _stored(files, folder):
    stored = []
    for number, (name, content) in enumerate(files):
        path = folder / str(number)
        path.write_bytes(content)
        stored.append([name, str(path)])
    return stored


class Judge:
    """Reads mutants and says what is wrong with what came of them."""

    def __init__(self, *how):
        self.reader, self._before = Reader(*how), {}

    def faults_of(self, mutant):
        """(what came of it, complaints)."""
        found = self.reader.ask(mutant.files)
        complaints = list(found["complaints"])
        if found["seconds"] > LONGEST:
            complaints.append(f"took {found['seconds']} s")
        if found["megabytes"] > MOST_MEGABYTES:
            complaints.append(f"held {found['megabytes']} MB")
        if mutant.touched is not None and not complaints:
            complaints += self._other_rows(mutant, found)
        return found, [f"{mutant.seed}, {mutant.way}: {complaint}" for complaint in complaints]

    def _other_rows(self, mutant, found):
        """Rows that nothing happened to are what they were; one that gets another's reference takes that one away."""
        if found["outcome"] != "read":
            return [f"a single sign in a cell, and the file was {found['outcome']}: {found['said']}"]
        before, after = Counter(self._unchanged(mutant.seed)), Counter(found["posts"])
        allowed = mutant.touched + ("998" in found["said"])
        if (before - after).total() > allowed or (after - before).total() > allowed:
            return [f"{(before - after).total()} rows are other than they were"]
        return []

    def _unchanged(self, seed):
        if seed not in self._before:
            from .mutating import seeds

            self._before[seed] = self.reader.ask(seeds()[seed])["posts"]
        return self._before[seed]


if __name__ == "__main__":
    serve(sys.argv[1:] == ["unguarded"])
