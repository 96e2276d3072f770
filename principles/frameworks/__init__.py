"""Published sets of principles as data files: one file each, read and checked here. Pure: no Django, no database."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Principle:
    key: str
    text: str


@dataclass(frozen=True)
class Framework:
    key: str
    title: str
    version: str
    source: str
    reviewed: date
    principles: tuple[Principle, ...]


def read_framework(path):
    """One framework from its file. A missing key is an error that names the file and the key."""
    content = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    try:
        principles = tuple(Principle(one["key"], one["text"]) for one in content["principle"])
        return Framework(
            key=content["key"],
            title=content["title"],
            version=content["version"],
            source=content["source"],
            reviewed=content["reviewed"],
            principles=principles,
        )
    except KeyError as missing:
        raise ValueError(f"{Path(path).name} has no {missing}.") from None


@cache
def all_frameworks():
    """Every framework that ships with the planner, by key."""
    found = [read_framework(path) for path in sorted(FOLDER.glob("*.toml"))]
    return {framework.key: framework for framework in found}
