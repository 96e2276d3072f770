"""What the cells of a workbook refer to: its visible sheets, shared texts, number formats and fills."""

from dataclasses import dataclass, field

from openpyxl.styles.colors import COLOR_INDEX

from .grids import Unreadable
from .guards import ACCEPTED
from .package import DAMAGED, Package, local
from .sheet_values import format_of

THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")


@dataclass
class Workbook:
    sheets: list[tuple[str, str]] = field(default_factory=list)  # visible ones: name, part
    strings: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)  # by style
    fills: dict[int, str] = field(default_factory=dict)  # by style; without colour, no entry
    from_1904: bool = False

    def string(self, index: int) -> str:
        if not 0 <= index < len(self.strings):
            raise Unreadable(DAMAGED, accepted=ACCEPTED)
        return self.strings[index]


def read_workbook(package: Package) -> Workbook:
    workbook = Workbook()
    root = package.xml(package.main_part)
    related = package.related(package.main_part)
    for element in root.iter():
        if local(element) == "workbookPr":
            workbook.from_1904 = element.get("date1904") in ("1", "true")
        elif local(element) == "sheet" and element.get("state", "visible") == "visible":
            kind, path = related.get(_relationship(element), ("", ""))
            if kind == "worksheet" and path in package.names:
                workbook.sheets.append((element.get("name", ""), path))
    _read_strings(workbook, package)
    _read_styles(workbook, package)
    return workbook


def _relationship(sheet) -> str:
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")


def _read_strings(workbook: Workbook, package: Package) -> None:
    path = package.related_part(package.main_part, "sharedStrings")
    if path is None:
        return
    for item in package.stream(path, ("si",)):
        if len(workbook.strings) >= package.limits.cells:
            raise Unreadable("The workbook holds more texts than any action plan.", accepted=ACCEPTED)
        texts = (each for each in item.iter("{*}t") if local(each.getparent()) != "rPh")
        workbook.strings.append("".join(each.text or "" for each in texts))


def _read_styles(workbook: Workbook, package: Package) -> None:
    path = package.related_part(package.main_part, "styles")
    root = package.xml(path) if path else None
    if root is None:
        return
    lists = {local(each): each for each in root}
    custom = {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in lists.get("numFmts", ())}
    theme = _theme(package)
    fills = [_fill_colour(each, theme) for each in lists.get("fills", ())]
    for style, each in enumerate(lists.get("cellXfs", ())):
        workbook.formats[style] = format_of(int(each.get("numFmtId", 0)), custom)
        fill = int(each.get("fillId", 0))
        if fill < len(fills) and fills[fill]:
            workbook.fills[style] = fills[fill]


def _fill_colour(fill, theme: dict[str, str]) -> str | None:
    pattern = next((each for each in fill if local(each) == "patternFill"), None)
    if pattern is None or pattern.get("patternType") in (None, "none", "gray125"):
        return None
    colour = next((each for each in pattern if local(each) == "fgColor"), None)
    return _colour(colour, theme) if colour is not None else None


def _colour(colour, theme: dict[str, str]) -> str | None:
    if colour.get("rgb"):
        return colour.get("rgb")[-6:].upper()
    if colour.get("indexed", "").isdecimal() and int(colour.get("indexed")) < len(COLOR_INDEX):
        return COLOR_INDEX[int(colour.get("indexed"))][-6:].upper()
    if colour.get("theme", "").isdecimal() and int(colour.get("theme")) < len(THEME_ORDER):
        return _tinted(theme.get(THEME_ORDER[int(colour.get("theme"))]), colour.get("tint"))
    return None


def _tinted(colour: str | None, tint: str | None) -> str | None:
    """A theme colour made lighter (towards 1) or darker (towards -1)."""
    if colour is None or not tint:
        return colour
    share = max(-1.0, min(1.0, float(tint)))
    parts = [int(colour[index : index + 2], 16) for index in (0, 2, 4)]
    mixed = [part + (255 - part) * share if share > 0 else part * (1 + share) for part in parts]
    return "".join(f"{round(part):02X}" for part in mixed)


def _theme(package: Package) -> dict[str, str]:
    path = package.related_part(package.main_part, "theme")
    root = package.xml(path) if path else None
    colours = {}
    for element in root.iter() if root is not None else ():
        if local(element) in THEME_ORDER and len(element):
            colours[local(element)] = (element[0].get("lastClr") or element[0].get("val") or "").upper()
    return {name: colour for name, colour in colours.items() if len(colour) == 6}
