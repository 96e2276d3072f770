"""What somebody who is to release a draft has to look at, as sentences with a mark."""

from dataclasses import dataclass

from workforce.disclosure.released import Audience
from workforce.lifecycle import State
from workforce.reporting.wording import listed

LOOK, STOP, FINE = "amber", "red", "green"
WORDS = {LOOK: "Look at this", STOP: "Make it again", FINE: "Fine"}
MUCH = 0.5  # of the figures of a table


@dataclass(frozen=True)
class Point:
    mark: str
    sentence: str

    @property
    def word(self):
        return WORDS[self.mark]


def points_of(release, report):
    """The gravest first."""
    found = [*_lost(release), *_out(report), *_older(report), *_hidden(report), *_left_out(release)]
    order = (STOP, LOOK, FINE)
    return sorted(found, key=lambda point: order.index(point.mark))


def _lost(release):
    lost = release.snapshots.exclude(upload__state=State.READY).values_list("upload__partner__known_as", flat=True)
    if names := sorted(set(lost)):
        yield Point(STOP, f"A return that it is made from was withdrawn or replaced since: {listed(names)}.")


def _out(report):
    if out := report.about.partners_out:
        yield Point(LOOK, f"Not in it: {listed([one.name for one in out])}. Is it worth waiting for them?")
    else:
        yield Point(FINE, "The return of every partner is in it.")


def _older(report):
    older = sorted({one.name for one in report.about.partners_in if one.as_at and one.as_at != report.about.as_at})
    if older:
        yield Point(LOOK, f"Their return describes an earlier day than the report: {listed(older)}.")


def _hidden(report):
    much = [table for table in report.tables if table.hidden > MUCH * len(table.cells)]
    if much:
        words = "In one table" if len(much) == 1 else f"In {len(much)} tables"
        yield Point(LOOK, f"{words} more than half of the figures are hidden. Leave out the parts that say too little.")


def _left_out(release):
    left_out = release.partnership.report_parts.filter(is_left_out=True).count()
    if left_out and release.audience != Audience.PARTNER:
        yield Point(LOOK, "1 part is left out." if left_out == 1 else f"{left_out} parts are left out.")
