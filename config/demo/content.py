"""The demonstration's words, read from the files beside this one. Pure: no database."""

import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDER = Path(__file__).parent
LONDON = ZoneInfo("Europe/London")


def read(name):
    """One file's content, every time in it made a London time."""
    return _in_london(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


def _in_london(value):
    if isinstance(value, dict):
        return {key: _in_london(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_in_london(one) for one in value]
    if isinstance(value, datetime):
        return value.replace(tzinfo=LONDON)
    return value
