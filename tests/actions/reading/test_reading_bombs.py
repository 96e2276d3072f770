"""Hostile files are refused, or read, in bounded time and 256 MB: each in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.actions.reading.bombs import BOMBS, HEAVY

ROOT = Path(__file__).parents[3]
# One that goes off takes minutes; a quick machine needs a second, and one whose host is busy ten times as long.
MOST_SECONDS, MOST_MEGABYTES = 20, 256


def read_apart(name, content):
    command = [sys.executable, "-m", "tests.actions.reading.bombs", name]
    done = subprocess.run(command, input=content, capture_output=True, cwd=ROOT, timeout=60, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", BOMBS)
def test_refused_in_bounds(name):
    found = read_apart(name, BOMBS[name]())
    assert found["outcome"] != "read"
    assert found["outcome"].endswith(".")
    assert found["seconds"] < MOST_SECONDS
    assert found["megabytes"] < MOST_MEGABYTES


@pytest.mark.parametrize("name", HEAVY)
def test_read_in_bounds(name):
    found = read_apart(name, HEAVY[name]())
    assert found["outcome"] == "read"
    assert found["seconds"] < MOST_SECONDS
