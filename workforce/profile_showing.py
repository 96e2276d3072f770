"""A report as its page shows it: pairs of a chart and the table behind it, and what is hidden in which."""

from dataclasses import dataclass

from workforce.profile_pictures import drawings_of
from workforce.reporting.grids import Grid, grid_of
from workforce.reporting.wording import ALL, HIDDEN


@dataclass(frozen=True)
class Pair:
    """A chart ("" where there is none) and its table; `anchor` is what addresses name it by."""

    anchor: str
    shown: object
    grid: Grid
    svg: str

    @property
    def table(self):
        return self.shown.table

    @property
    def lines(self):
        """(label, whether it is the total, [(words, whether hidden)]) of each row."""
        for label, *figures in self.grid.words():
            yield label, label == ALL, [(words, words == HIDDEN) for words in figures]


def anchor_of(part, shown):
    return f"{part.key}-{part.shown.index(shown) + 1}"


def leading(part):
    """What of a part stands in the whole report: its first chart with the table behind it, or its first table."""
    return next((shown for shown in part.shown if shown.chart), next(iter(part.shown), None))


def lead_pairs(report):
    """Each part with its leading pair, and how many more there are; drawn all at once."""
    leads = [leading(part) for part in report.parts]
    drawn = iter(drawings_of([lead for lead in leads if lead]))
    pairs = [[_pair(part, lead, next(drawn))] if lead else [] for part, lead in zip(report.parts, leads, strict=True)]
    return [(part, pair, max(0, len(part.shown) - 1)) for part, pair in zip(report.parts, pairs, strict=True)]


def all_pairs(part):
    return [_pair(part, shown, svg) for shown, svg in zip(part.shown, drawings_of(part.shown), strict=True)]


def _pair(part, shown, svg):
    return Pair(anchor_of(part, shown), shown, grid_of(shown.table), svg)


def hidden_lines(report):
    """(part, anchor, title, how many figures are hidden, of how many, the table's own note) where any are."""
    return [
        (part, anchor_of(part, shown), shown.title, shown.table.hidden, len(shown.table.cells), shown.table.note)
        for part in report.parts
        for shown in part.shown
        if shown.table.hidden
    ]
