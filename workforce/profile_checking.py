"""What somebody who is to release a draft has to look at, as sentences with a mark."""

from dataclasses import dataclass

from workforce.disclosure.released import Audience
from workforce.profile_returns import OUTSTANDING, Sent, chosen_snapshots, returns_state
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
    found = [*_changed(release), *_missing(release), *_older(report), *_hidden(report), *_left_out(release)]
    order = (STOP, LOOK, FINE)
    return sorted(found, key=lambda point: order.index(point.mark))


def _changed(release):
    """What was sent or withdrawn since it was made."""
    counted = {one.pk: one for one in release.snapshots.select_related("upload__partner")}
    now = {one.pk: one for one in chosen_snapshots(release.partnership, release.as_at, release.partner)}
    gone = {str(counted[pk].upload.partner) for pk in counted.keys() - now.keys()}
    come = {str(now[pk].upload.partner) for pk in now.keys() - counted.keys()}
    if gone:
        yield Point(STOP, f"A return that it is made from was withdrawn or replaced since: {listed(sorted(gone))}.")
    if new := come - gone:
        yield Point(STOP, f"A return has come in since it was made: {listed(sorted(new))}.")


def _missing(release):
    returns = returns_state(release.partnership, release.as_at)
    missing = [str(one.partner) for one in returns if one.sent in OUTSTANDING - {Sent.OLDER}]
    if missing:
        yield Point(LOOK, f"No return for this day is ready of {listed(missing)}. Is it worth waiting?")
    else:
        yield Point(FINE, "The return of every partner that sends one is ready.")


def _older(report):
    older = sorted({one.name for one in report.about.partners_in if one.as_at and one.as_at != report.about.as_at})
    if older:
        yield Point(LOOK, f"Their return describes an earlier day than the report: {listed(older)}.")


def _hidden(report):
    much = [table for table in report.tables if table.hidden > MUCH * len(table.cells)]
    if much:
        words = f"In {len(much)} of {len(report.tables)} tables more than half of the figures are hidden."
        yield Point(LOOK, f"{words} Parts that say too little can be left out.")


def _left_out(release):
    left_out = release.partnership.report_parts.filter(is_left_out=True).count()
    if left_out and release.audience != Audience.PARTNER:
        yield Point(LOOK, "1 part is left out." if left_out == 1 else f"{left_out} parts are left out.")
