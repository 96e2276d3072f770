"""A report as its page shows it: pairs of a chart and the table behind it, and what is hidden in which."""

from dataclasses import dataclass, replace
from itertools import groupby

from workforce.disclosure.released import Audience
from workforce.models import Release
from workforce.profile_describing import report_of
from workforce.profile_lifecycle import Stage
from workforce.profile_pictures import drawings_of
from workforce.reporting.grids import Grid, grid_of
from workforce.reporting.wording import ALL, HIDDEN, ROWS, listed, name_of

MOSTLY = 0.5  # of the figures of a table


@dataclass(frozen=True)
class Strip:
    """Whose returns are in a report and whose are not: names, each with what is to be known beside them."""

    partners_in: int
    partners_out: int
    counted: list  # (name, source and its day if that is another)
    not_counted: list  # (names, why)


def strip_of(about):
    counted = [(one.name, ", ".join(filter(None, [one.source, _other_day(one, about)]))) for one in about.partners_in]
    whys = dict.fromkeys(one.why for one in about.partners_out)
    names = [(listed([one.name for one in about.partners_out if one.why == why]), why) for why in whys]
    return Strip(len({name for name, _ in counted}), len(about.partners_out), counted, names)


def _other_day(sender, about):
    return f"{sender.as_at:%-d %B %Y}" if sender.as_at and sender.as_at != about.as_at else ""


def rules_at(about, rules):
    """The rules with the smallest counts that held when a report was made."""
    if about.audience is Audience.PUBLIC:
        return replace(rules, public_threshold=about.thresholds.posts)
    return replace(rules, partnership_threshold=about.thresholds.posts)


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
    """What of a part stands in the whole report: its first chart of which most may be seen, or its first table."""
    charts = [shown for shown in part.shown if shown.chart]
    telling = (shown for shown in charts if _hidden_share(shown.table) <= MOSTLY)
    return next(telling, None) or min(charts or part.shown, key=lambda one: _hidden_share(one.table), default=None)


def _hidden_share(table):
    return table.hidden / len(table.cells)


def lead_pairs(report):
    """Each part with its leading pair, and how many more there are; drawn all at once."""
    leads = [leading(part) for part in report.parts]
    drawn = iter(drawings_of([lead for lead in leads if lead]))
    pairs = [[_pair(part, lead, next(drawn))] if lead else [] for part, lead in zip(report.parts, leads, strict=True)]
    return [(part, pair, max(0, len(part.shown) - 1)) for part, pair in zip(report.parts, pairs, strict=True)]


def measures_of(part):
    """Every pair of a part, measure by measure: (anchor, name, [(pair, by what it is broken down)])."""
    pairs = [_pair(part, shown, svg) for shown, svg in zip(part.shown, drawings_of(part.shown), strict=True)]
    groups = [list(group) for _, group in groupby(pairs, lambda pair: pair.table.measure)]
    return [
        (f"measure-{group[0].anchor}", name_of(group[0].table), [(one, _by(one)) for one in group]) for group in groups
    ]


def _by(pair):
    by = ROWS.get(pair.table.rows, pair.table.rows.replace("_", " "))
    return f"by {by}" if by else "all together"


def draw_ahead(pk):
    """Draw what the pages of a draft will show, before anybody waits for it."""
    release = Release.objects.filter(pk=pk, stage=Stage.DRAFT).select_related("partnership", "partner").first()
    if release:
        report = report_of(release)
        lead_pairs(report)
        for part in report.parts:
            drawings_of(part.shown)


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
