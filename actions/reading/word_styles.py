"""What a Word paragraph inherits: whether it is a title, hidden, or in a list, and the number a list gives it."""

import re
from dataclasses import dataclass, field

from .grids import Mark
from .package import Package, local

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
BODY_TEXT = 9  # the outline level of what is no heading
TITLES = ("heading", "title", "subtitle")
LONGEST_CHAIN = 10  # styles based on styles; a damaged file may go round in circles


def child(element, *names):
    """The descendant reached by these names, one step each, or None."""
    for name in names:
        element = next((each for each in element if local(each) == name), None) if element is not None else None
    return element


def value(element, name: str = "val") -> str | None:
    if element is None:
        return None
    return element.get(W + name, element.get(STRICT_W + name))


def is_on(element) -> bool:
    """A Word switch: present means on, unless it says otherwise."""
    return element is not None and value(element) not in ("0", "false", "off")


def _number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,6}", text) else default


@dataclass
class Level:
    format: str = "bullet"
    pattern: str = ""
    start: int = 1


@dataclass
class Styles:
    by_id: dict = field(default_factory=dict)
    levels: dict = field(default_factory=dict)  # {numbering id: {level: Level}}
    counters: dict = field(default_factory=dict)  # {numbering id: {level: number so far}}

    def chain(self, style_id: str | None):
        """A style and those it is based on."""
        for _ in range(LONGEST_CHAIN):
            style = self.by_id.get(style_id)
            if style is None:
                return
            yield style
            style_id = value(child(style, "basedOn"))

    def inherited(self, style_id: str | None, *names):
        found = (child(style, *names) for style in self.chain(style_id))
        return next((element for element in found if element is not None), None)

    def title_level(self, paragraph) -> int | None:
        """The level of a heading, 0 for a document's title; None for any other paragraph."""
        style_id = value(child(paragraph, "pPr", "pStyle"))
        names = [(value(child(style, "name")) or "").casefold() for style in self.chain(style_id)]
        found = next(
            (re.match(r"heading\s?(\d)?|(?:sub)?title", name) for name in names if name.startswith(TITLES)), None
        )
        if found:
            return int(found[1] or 1) if found[0].startswith("heading") else 0
        outline = _number(value(child(paragraph, "pPr", "outlineLvl")), BODY_TEXT)
        return outline + 1 if outline < BODY_TEXT else None

    def hides(self, run_properties) -> bool:
        """True where the run, or its character style, is hidden text."""
        if run_properties is None:
            return False
        own = child(run_properties, "vanish")
        if own is not None:
            return is_on(own)
        return is_on(self.inherited(value(child(run_properties, "rStyle")), "rPr", "vanish"))

    def mark(self, paragraph) -> Mark | None:
        """The list mark of a paragraph; counts the list on as it goes, so call it once and in order."""
        own = child(paragraph, "pPr", "numPr")
        inherited = self.inherited(value(child(paragraph, "pPr", "pStyle")), "pPr", "numPr")
        number_id = value(child(own, "numId")) or value(child(inherited, "numId"))
        if number_id in (None, "0"):
            return None
        level = value(child(own, "ilvl")) or value(child(inherited, "ilvl"))
        depth = min(max(_number(level, 0), self._deeper(paragraph), 0), 8)
        return Mark(depth, self._count(number_id, depth))

    def _deeper(self, paragraph) -> int:
        """The level that a style's name gives: each of "List Bullet", "List Bullet 2" … is a list of its own."""
        style = next(self.chain(value(child(paragraph, "pPr", "pStyle"))), None)
        found = re.fullmatch(r"list (?:bullet|number|continue) ([2-9])", (value(child(style, "name")) or "").casefold())
        return int(found[1]) - 1 if found else 0

    def _count(self, number_id: str, depth: int) -> str:
        levels = self.levels.get(number_id, {})
        level = levels.get(depth)
        if level is None or level.format in ("bullet", "none"):
            return ""
        counts = self.counters.setdefault(number_id, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return re.sub(r"%([1-9])", lambda found: self._shown(levels, counts, int(found[1]) - 1), level.pattern)

    @staticmethod
    def _shown(levels: dict, counts: dict, depth: int) -> str:
        level = levels.get(depth, Level())
        number = counts.get(depth, level.start)
        if level.format in ("lowerLetter", "upperLetter"):
            letter = chr(ord("a") + (number - 1) % 26)
            return letter.upper() if level.format == "upperLetter" else letter
        return str(number)


def read_styles(package: Package) -> Styles:
    styles = Styles()
    root = _part(package, "styles")
    for style in root if root is not None else ():
        if local(style) == "style":
            styles.by_id[value(style, "styleId")] = style
    root = _part(package, "numbering")
    if root is not None:
        styles.levels = _numbering(root)
    return styles


def _part(package: Package, kind: str):
    path = package.related_part(package.main_part, kind)
    return package.xml(path) if path else None


def _numbering(root) -> dict:
    abstract = {
        value(each, "abstractNumId"): {
            _number(value(level, "ilvl"), 0): Level(
                value(child(level, "numFmt")) or "decimal",
                value(child(level, "lvlText")) or "",
                _number(value(child(level, "start")), 1),
            )
            for level in each
            if local(level) == "lvl"
        }
        for each in root
        if local(each) == "abstractNum"
    }
    numbers = [each for each in root if local(each) == "num"]
    return {value(each, "numId"): abstract.get(value(child(each, "abstractNumId")), {}) for each in numbers}
