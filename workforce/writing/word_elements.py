"""The elements that a Word document is written in, made in one place so that their names are spelt once.

Elements are made, never pasted together as text: what somebody typed cannot become markup.
"""

from functools import cache

from lxml import etree

from .asides import label_of
from .shapes import writable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PREFIXES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NOTE_INK, NOTE_SIZE = "484949", 15  # half points
EMU = 360_000  # to the centimetre


@cache
def name_of(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{PREFIXES[prefix or 'w']}}}{local}"


def el(name: str, /, *children, attributes=None, **own):
    """An element of Word's own vocabulary; other vocabularies by prefix, and their attributes without one."""
    element = etree.Element(name_of(name))
    for key, value in own.items():
        element.set(name_of(key), str(value))
    for key, value in (attributes or {}).items():
        element.set(name_of(key) if ":" in key else key, str(value))
    element.extend(children)
    return element


def root(name: str, *children):
    element = etree.Element(name_of(name), nsmap=PREFIXES)
    element.extend(children)
    return element


def serialised(element) -> bytes:
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def paragraph(style: str, *children, keep_next=False, starts_page=False):
    properties = el("pPr", el("pStyle", val=style))
    if keep_next:
        properties.append(el("keepNext"))
    if starts_page:
        properties.append(el("pageBreakBefore"))
    return el("p", properties, *children)


def run(words: str, *properties):
    """Words of one line; a tab stays a tab."""
    element = el("r", el("rPr", *properties)) if properties else el("r")
    for place, piece in enumerate(writable(words).split("\t")):
        if place:
            element.append(el("tab"))
        text = el("t")
        text.text = piece
        text.set(SPACE, "preserve")
        element.append(text)
    return element


def field_start(code: str):
    """The runs in front of what a field says."""
    instruction = el("instrText")
    instruction.text = f" {code} "
    instruction.set(SPACE, "preserve")
    begin, separate = (el("r", el("fldChar", fldCharType=kind)) for kind in ("begin", "separate"))
    return [begin, el("r", instruction), separate]


def field_end():
    return el("r", el("fldChar", fldCharType="end"))


def field(code: str):
    """A number that every program works out for itself as it lays the page out."""
    return [*field_start(code), run("1"), field_end()]


def bookmarked(number: int, name: str, children):
    """A name around words; Word does not list one that begins with an underscore."""
    return [el("bookmarkStart", id=number, name=name), *children, el("bookmarkEnd", id=number)]


def small(style: str):
    """What the style of a note says, said again for programs that do not ask the style of a placeholder."""
    return el("rStyle", val=style), el("color", val=NOTE_INK), el("sz", val=NOTE_SIZE), el("szCs", val=NOTE_SIZE)


def aside(number: int, words: str, style: str):
    """Words that are shown and belong to nobody: a placeholder, which readers leave out and typing replaces."""
    return el(
        "sdt",
        el(
            "sdtPr",
            el("alias", val=label_of(writable(words))),
            el("tag", val="planner-worked-out"),
            el("id", val=number),
            el("showingPlcHdr"),
        ),
        el("sdtContent", run(words, *small(style))),
    )


def drawing(number: int, relation: str, about: str, width: float, height: float):
    """A picture in the line of text, with what it shows in words. Width and height are in centimetres."""
    size = {"cx": round(width * EMU), "cy": round(height * EMU)}
    named = {"id": number, "name": f"Picture {number}", "descr": writable(about)}
    picture = el(
        "pic:pic",
        el("pic:nvPicPr", el("pic:cNvPr", attributes=named), el("pic:cNvPicPr")),
        el(
            "pic:blipFill",
            el("a:blip", attributes={"r:embed": relation}),
            el("a:stretch", el("a:fillRect")),
        ),
        el(
            "pic:spPr",
            el("a:xfrm", el("a:off", attributes={"x": 0, "y": 0}), el("a:ext", attributes=size)),
            el("a:prstGeom", el("a:avLst"), attributes={"prst": "rect"}),
        ),
    )
    graphic = el("a:graphic", el("a:graphicData", picture, attributes={"uri": PIC}))
    return el(
        "drawing",
        el(
            "wp:inline",
            el("wp:extent", attributes=size),
            el("wp:docPr", attributes=named),
            graphic,
            attributes=dict.fromkeys(("distT", "distB", "distL", "distR"), 0),
        ),
    )
