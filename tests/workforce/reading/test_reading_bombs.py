"""Hostile files are refused, or read, in bounded memory: each in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .bombs import BOMBS, HEAVY

ROOT = Path(__file__).parents[3]
MOST_MEGABYTES = 256


def read_apart(name: str, content: bytes) -> dict:
    command = [sys.executable, "-W", "error", "-m", "tests.workforce.reading.bombs", name]
    done = subprocess.run(command, input=content, capture_output=True, cwd=ROOT, timeout=120, check=True)
    assert b"Traceback" not in done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", BOMBS)
def test_refused_with_a_sentence(name):
    found = read_apart(name, BOMBS[name]())
    assert "read" not in found
    assert found["sentence"].endswith(".") and found["where"].startswith("sent") and found["accepted"]
    assert found["megabytes"] < MOST_MEGABYTES


@pytest.mark.parametrize("name", HEAVY)
def test_read_in_bounds(name):
    found = read_apart(name, HEAVY[name]())
    assert "read" in found
    assert found["megabytes"] < MOST_MEGABYTES
