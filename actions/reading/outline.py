"""A plan without a table: points under headings, each point an action, as a grid that is read like any other.

Only a document that says that it is about actions is taken for one, and of it only the points under headings that
are a theme's, an aim's or the actions' own, where it has such headings.
"""

import itertools
import re
from dataclasses import dataclass, field

from .bullets import BULLET
from .grids import BLANK, Cell, Contents, Grid, Paragraph, Problem, Row
from .sections import AIM_LABEL, AIM_NUMBERED, THEME_LABEL, is_time, numbered, unlabelled, without_continued

HEADINGS = ("Theme", "Aim", "Timescale", "Action")
ACTIONS = re.compile(
    r"\b(?:actions?|delivery plan|implementation plan|work ?plan|what we will do|we will|commitments|deliverables)\b",
    re.IGNORECASE,
)
OPENING = 6  # paragraphs in which a document says what it is
FEWEST_POINTS = 3
NOTICE = Problem(
    "The file",
    "It holds no table that is a plan. The points under its headings were read as actions: look at every row.",
    "A plan as a table says who does what by when, and is read more reliably",
    is_notice=True,
)


@dataclass
class _Place:
    """Where in a document somebody is: its headings from the widest, and the points met there."""

    path: list[tuple[int, str]] = field(default_factory=list)
    points: list[tuple[int, str, list[str]]] = field(default_factory=list)  # paragraph, words, headings
    level: int = 0  # of the first point in this list

    def enter(self, level: int, title: str) -> None:
        self.path = [each for each in self.path if each[0] < level] + [(level, title)]

    def take(self, number: int, level: int, text: str, *, goes_on: bool) -> None:
        """A point of a list; one of a deeper level is a further line of the point above it."""
        self.level = level if not goes_on else min(self.level, level)
        if goes_on and level > self.level:
            first, words, titles = self.points[-1]
            self.points[-1] = (first, f"{words}\n{text}", titles)
        else:
            self.points.append((number, text, [title for _, title in self.path]))


def outline_of(contents: Contents) -> Grid | None:
    """The points of a document as a table with headings of ours, or None where it is no plan."""
    opening = [each.text for each in contents.paragraphs[:OPENING]]
    titles = [each.text for each in contents.paragraphs if each.level is not None]
    if not any(map(ACTIONS.search, [*opening, *titles])):
        return None
    points = _chosen(_points(contents.paragraphs))
    if len(points) < FEWEST_POINTS:
        return None
    rows = [_row(number, words, _said(path)) for number, words, path in points]
    return Grid("", [Row(0, tuple(map(Cell, HEADINGS))), *rows], row_word="paragraph")


def _points(paragraphs: list[Paragraph]) -> list[tuple[int, str, list[str]]]:
    place, was_point = _Place(), False
    for number, paragraph in enumerate(paragraphs, start=1):
        level, text = _point(paragraph)
        if paragraph.level is not None:
            place.enter(paragraph.level, paragraph.text)
        elif level is not None and place.path:
            place.take(number, level, text, goes_on=was_point)
        was_point = level is not None and paragraph.level is None and bool(place.path)
    return place.points


def _point(paragraph: Paragraph) -> tuple[int | None, str]:
    """(level in a list or None, words without a typed bullet)."""
    if paragraph.mark:
        return paragraph.mark.level, paragraph.text
    found = BULLET.match(paragraph.text)
    return (0, found[3]) if found else (None, paragraph.text)


def _chosen(points: list[tuple[int, str, list[str]]]) -> list[tuple[int, str, list[str]]]:
    """Those under headings that say what they are, where any do. A list in an introduction is no plan."""
    levels = zip(*(path for _, _, path in points), strict=False)
    # The document's own title stands above all of them and chooses none.
    shared = sum(1 for _ in itertools.takewhile(lambda titles: len(set(titles)) == 1, levels))
    for says in (_is_labelled, ACTIONS.search):
        chosen = [point for point in points if any(map(says, point[2][shared:]))]
        if chosen:
            return chosen
    return points


def _is_labelled(title: str) -> bool:
    return bool(THEME_LABEL.match(title) or AIM_LABEL.match(title) or AIM_NUMBERED.match(title))


def _said(path: list[str]) -> dict[str, str]:
    """What the headings above a point say: its term or date, its aim, its theme."""
    said: dict[str, str] = {}
    for title in reversed(path):
        text = without_continued(title)
        if is_time(text):
            said.setdefault("Timescale", text)
        elif AIM_LABEL.match(text) or AIM_NUMBERED.match(text):
            said.setdefault("Aim", text)
        elif THEME_LABEL.match(text):
            said.setdefault("Theme", unlabelled(text))
    plain = [text for text in path if text not in said.values() and not _is_labelled(text) and not ACTIONS.search(text)]
    if plain and not {"Theme", "Aim"} & said.keys():
        said["Theme"] = numbered(plain[-1])[1]
    return said


def _row(number: int, words: str, said: dict[str, str]) -> Row:
    cells = [Cell(said[heading]) if heading in said else BLANK for heading in HEADINGS[:-1]]
    return Row(number, (*cells, Cell(words)))
