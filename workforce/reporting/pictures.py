"""Charts as pictures of a file, each drawn once however many files it stands in."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

from workforce.disclosure.released import insist_released
from workforce.writing.shapes import Picture

from .content import Report, Shown
from .drawer import Drawn, Wanted, draw_apart

CENTIMETRES = 2.54 / 96  # to a pixel of a drawing
SIZES = (re.compile(r'<svg[^>]*?\swidth="([\d.]+)"'), re.compile(r'<svg[^>]*?\sheight="([\d.]+)"'))
WIDEST, TALLEST = 16.5, 21.0  # centimetres
SVG, PNG = "svg", "png"


class Pictures:
    """Charts in the kind that a file takes. `draw` is who draws them, `draw_apart` or `draw_here`."""

    def __init__(self, draw: Callable[[list[Wanted]], list[Drawn]] = draw_apart):
        self.draw = draw
        self.drawn = {}

    def prepare(self, report: Report, kind: str) -> None:
        """Draw what the report shows and was not drawn yet, all together."""
        insist_released(*report.tables)
        wanted = {_key(shown): shown for part in report.parts for shown in part.shown if shown.chart is not None}
        wanted = {key: self._wanted(key, shown, kind) for key, shown in wanted.items() if not self._has(key, kind)}
        self.drawn |= dict(zip(wanted, self.draw(list(wanted.values())), strict=True)) if wanted else {}

    def of(self, shown: Shown, kind: str, caption: str = "") -> Picture | None:
        """The chart beside a table with its words, or None where the table says it best."""
        if shown.chart is None:
            return None
        insist_released(shown.table)
        drawn = self.drawn[_key(shown)]
        content = drawn.png if kind == PNG else drawn.svg.encode()
        return Picture(content, shown.summary, _width(drawn.svg), caption)

    def _has(self, key, kind):
        return key in self.drawn and (kind == SVG or self.drawn[key].png)

    def _wanted(self, key, shown, kind):
        svg = self.drawn[key].svg if key in self.drawn else ""
        return Wanted(shown.chart, shown.title, shown.summary, svg, as_png=kind == PNG)


def with_one_chart_each(report: Report) -> Report:
    """The report with one chart for each measure, that of its first table; the other tables stand below that one.

    A measure has up to four tables. With a chart for each, a report has some two hundred, which nobody reads on paper
    and which take a minute to draw.
    """
    return replace(report, parts=tuple(replace(part, shown=tuple(_firsts(part.shown))) for part in report.parts))


def _firsts(shown):
    measures = set()
    for each in shown:
        is_first = each.table.measure not in measures
        if each.chart is not None:
            measures.add(each.table.measure)
        yield each if is_first else replace(each, chart=None)


def _key(shown):
    return json.dumps(shown.chart, sort_keys=True), shown.title, shown.summary


def _width(svg):
    """In centimetres: as large as it was drawn, unless the page is smaller."""
    wide, high = (float(size.search(svg)[1]) * CENTIMETRES for size in SIZES)
    return round(wide * min(1, WIDEST / wide, TALLEST / high), 2)
