"""Charts as pictures of a file, each drawn once however many files it stands in."""

import re

from workforce.disclosure.released import insist_released
from workforce.writing.shapes import Picture
from workforce.writing.word_package import size_of

from .content import Shown
from .drawing import SCALE, png_of, svg_of

CENTIMETRES = 2.54 / 96  # to a pixel of a drawing
SIZES = (re.compile(rb'<svg[^>]*?\swidth="([\d.]+)"'), re.compile(rb'<svg[^>]*?\sheight="([\d.]+)"'))
WIDEST, TALLEST = 16.5, 21.0  # centimetres


class Pictures:
    """The charts of one report, in the kind that a file takes: "svg" or "png"."""

    def __init__(self):
        self.drawn = {}

    def of(self, shown: Shown, kind: str, caption: str = "") -> Picture | None:
        """The chart beside a table with its words, or None where the table says it best."""
        if shown.chart is None:
            return None
        insist_released(shown.table)
        key = kind, id(shown)
        if key not in self.drawn:
            self.drawn[key] = shown, _DRAWERS[kind](shown)
        content = self.drawn[key][1]
        return Picture(content, shown.summary, _width(*_SIZES[kind](content)), caption)


def _png(shown):
    return png_of(shown.chart)


def _svg(shown):
    return svg_of(shown.chart, shown.title, shown.summary).encode()


def _size_of_png(content):
    return tuple(pixels / SCALE for pixels in size_of(content))


def _size_of_svg(content):
    return tuple(float(size.search(content)[1]) for size in SIZES)


def _width(wide, high):
    """In centimetres: as large as it was drawn, unless the page is smaller."""
    scale = min(1, WIDEST / (wide * CENTIMETRES), TALLEST / (high * CENTIMETRES))
    return round(wide * CENTIMETRES * scale, 2)


_DRAWERS = {"png": _png, "svg": _svg}
_SIZES = {"png": _size_of_png, "svg": _size_of_svg}
