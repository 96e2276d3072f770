"""Pseudonyms made by a process beside this one, while the next rows are being checked."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pyarrow as pa

from workforce.pseudonym_process import A_KEY, HEAD, SIZE
from workforce.pseudonyms import Pseudonyms

PROGRAM = Path(__file__).with_name("pseudonym_process.py")
WORTH_IT = 8_000_000  # bytes of files; below that the process would hardly have started


@contextmanager
def made_aside(keys: Pseudonyms, size: int):
    """Pseudonyms to be used for files of so many bytes: the same ones, made by a process of its own for large files."""
    if size < WORTH_IT:
        yield keys
        return
    aside = Aside(keys)
    try:
        yield aside
    finally:
        aside.close()


class Aside(Pseudonyms):
    """As `Pseudonyms`. What is asked for `later` is worked on at once; should the process fail, it is made here."""

    def __init__(self, keys: Pseudonyms):
        super().__init__(keys.secret, keys.scope)
        self._numbers = {}
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._asking = ThreadPoolExecutor(1)

    def later(self, purpose, references):
        asked = self._asking.submit(self._ask, purpose, references)

        def made():
            answer = asked.result()
            return self.of_many(purpose, references.to_pylist()) if answer is None else answer

        return made

    def _ask(self, purpose, references):
        """The process's answer; None where it gives none."""
        size = SIZE * len(references)
        try:
            answer = self._answer(purpose, references, size)
        except OSError:
            return None
        return np.frombuffer(answer, f"V{SIZE}") if len(answer) == size else None

    def _answer(self, purpose, references, size):
        to = self._process.stdin
        if purpose not in self._numbers:
            self._numbers[purpose] = len(self._numbers) + 1
            to.write(HEAD.pack(A_KEY, self._numbers[purpose], 0) + b"".join(self.key_blocks(purpose)))
        ends, content = _flat(references)
        to.write(HEAD.pack(self._numbers[purpose], len(references), len(content)))
        to.write(ends)
        to.write(content)
        to.flush()
        return self._process.stdout.read(size)

    def close(self):
        self._asking.shutdown()
        with suppress(OSError):  # It has ended already, with something of ours unread.
            self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def _flat(references: pa.BinaryArray):
    """(where each reference ends, all of them behind each other) as bytes."""
    whole = references.cast(pa.large_binary())
    ends = np.frombuffer(whole.buffers()[1], np.int64)[whole.offset : whole.offset + len(whole) + 1]
    content = whole.buffers()[2]
    held = memoryview(content)[ends[0] : ends[-1]] if content is not None and len(whole) else b""
    return (ends[1:] - ends[0]).tobytes(), held
