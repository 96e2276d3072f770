"""Charts drawn: SVG for pages and PDF, PNG for Word. By vl-convert, in the process that asks, and never on import.

Pages forbid styles and scripts inside them, so the SVG is looked through before it leaves: only elements and attributes
that are known to draw something remain.
"""

import json
import re
from functools import lru_cache
from hashlib import sha256
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import vl_convert

from workforce.writing.shapes import writable

VERSION = "5.21"  # of Vega-Lite; vl-convert carries several
FONTS = Path(__file__).parents[1] / "writing" / "fonts"
KEPT = 512  # drawn charts
SCALE = 2  # pixels of a PNG for each of the SVG's
SVG = "http://www.w3.org/2000/svg"
ELEMENTS = {"svg", "g", "path", "rect", "line", "text", "tspan", "circle"}
ATTRIBUTES = set(
    "width height viewBox fill stroke stroke-width stroke-dasharray stroke-miterlimit stroke-linecap stroke-linejoin "
    "paint-order opacity fill-opacity stroke-opacity transform d x y x1 y1 x2 y2 dx dy r cx cy text-anchor "
    "font-family font-size font-weight font-style".split()
)
PLACE = re.compile(r"translate\((-?[\d.]+),(-?[\d.]+)\)")
EDGE = {"stroke": "white", "stroke-width": "4", "stroke-linejoin": "round", "paint-order": "stroke"}
EMPTY = re.compile(r"\bM0,0h0v0h0Z|^$")


def svg_of(chart: dict, title: str, summary: str) -> str:
    """The picture for a page or a PDF, with a name and a description for those who do not see it."""
    return _svg(json.dumps(chart, sort_keys=True), title, summary)


def png_of(chart: dict, scale: float = SCALE) -> bytes:
    """The picture for Word. What it shows is said beside it, not in it."""
    return png_from(_bare(json.dumps(chart, sort_keys=True)), scale)


def png_from(svg: str, scale: float = SCALE) -> bytes:
    """The same picture of a chart that was drawn already."""
    _know_fonts()
    return vl_convert.svg_to_png(svg, scale=scale)


@lru_cache(maxsize=1)
def _know_fonts():
    """The same letters everywhere, whatever the machine has."""
    vl_convert.register_font_directory(str(FONTS))


@lru_cache(maxsize=KEPT)
def _bare(chart: str) -> str:
    _know_fonts()
    root = ElementTree.fromstring(vl_convert.vegalite_to_svg(chart, vl_version=VERSION))  # noqa: S314 our own
    _centre_labels(root)
    _clear_numbers(root)
    _keep_what_draws(root)
    ElementTree.register_namespace("", SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _centre_labels(root):
    """Labels of several lines hang from the middle of their bar; this lifts them to stand around it."""
    for group in root.iter(f"{{{SVG}}}g"):
        if "role-axis-label" in group.get("class", ""):
            for text in group.iter(f"{{{SVG}}}text"):
                _lift(text, sum(float(line.get("dy", 0)) for line in text) / 2)


def _clear_numbers(root):
    """A white edge around the figures, so that no line runs through them."""
    for group in root.iter(f"{{{SVG}}}g"):
        if "mark-text role-mark" in group.get("class", ""):
            for text in group.iter(f"{{{SVG}}}text"):
                text.attrib.update(EDGE)


def _lift(text, pixels):
    across, down = PLACE.match(text.get("transform")).groups()
    text.set("transform", f"translate({across},{float(down) - pixels:g})")


def _keep_what_draws(element):
    for name in [name for name in element.attrib if name not in ATTRIBUTES]:
        del element.attrib[name]
    for child in list(element):
        if child.tag.removeprefix(f"{{{SVG}}}") not in ELEMENTS or _draws_nothing(child):
            element.remove(child)
        else:
            _keep_what_draws(child)


def _draws_nothing(element):
    return element.get("display") == "none" or EMPTY.search(element.get("d", "-")) is not None


@lru_cache(maxsize=KEPT)
def _svg(chart, title, summary):
    """With title and description first, joined to the picture by names that no other picture of a page has."""
    name = sha256(f"{chart}{title}".encode()).hexdigest()[:12]
    said = f'<title id="t{name}">{escape(writable(title))}</title><desc id="d{name}">{escape(writable(summary))}</desc>'
    start, end, rest = _bare(chart).partition(">")
    return f'{start} role="img" aria-labelledby="t{name} d{name}"{end}{said}{rest}'
