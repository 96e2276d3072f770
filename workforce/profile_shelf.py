"""The archive as its page shows it: what waits for somebody, what was released, and which report is due next."""

from dataclasses import dataclass, field
from datetime import date

from workforce.disclosure.released import Audience
from workforce.months import months_on
from workforce.profile_lifecycle import UNFINISHED, Stage
from workforce.profile_returns import Sent, returns_state, schedule_of

AUDIENCE_WORDS = {
    Audience.PARTNER: "One partner’s data stewards",
    Audience.PARTNERSHIP: "Members of the partnership",
    Audience.PUBLIC: "Everybody",
}
# How a stage is marked; the word is always there too.
TAGS = {
    Stage.WAITING: "govuk-tag--blue",
    Stage.BUILDING: "govuk-tag--blue",
    Stage.DRAFT: "govuk-tag--yellow",
    Stage.RELEASED: "govuk-tag--green",
    Stage.FAILED: "govuk-tag--red",
}


def put_in_words(release):
    """For whom it is, and how its stage is marked."""
    release.whom = AUDIENCE_WORDS[Audience(release.audience)]
    release.tag = TAGS.get(release.stage, "govuk-tag--grey")


@dataclass(frozen=True)
class Shelf:
    """Releases by what is to be done with them, the newest first."""

    drafts: list = field(default_factory=list)
    under_way: list = field(default_factory=list)  # being made, or could not be
    kept: list = field(default_factory=list)  # released or withdrawn
    own: list = field(default_factory=list)  # one partner's own figures

    @property
    def to_check(self):
        """The draft to begin with: the earliest, because later reports are compared with what was released before."""
        return min(self.drafts, key=lambda one: (one.as_at, one.pk), default=None)

    @property
    def newest(self):
        """The newest report that may be read and passed on among the members, or else the newest for everybody."""
        released = [one for one in self.kept if one.stage == Stage.RELEASED]
        for_members = [one for one in released if one.audience == Audience.PARTNERSHIP]
        return next(iter(for_members or released), None)


def shelf_of(releases):
    """`releases` newest first, only those that this person may see."""
    shelf = Shelf()
    for release in releases:
        put_in_words(release)
        if (pile := _pile(shelf, release)) is not None:
            pile.append(release)
    return shelf


def _pile(shelf, release):
    if release.stage == Stage.DISCARDED:
        return None
    if release.partner_id:
        return shelf.own
    if release.stage == Stage.DRAFT:
        return shelf.drafts
    return shelf.under_way if release.stage in UNFINISHED or release.stage == Stage.FAILED else shelf.kept


@dataclass(frozen=True)
class Due:
    """The day that the next report describes, the last day for returns, and how it stands with each partner's."""

    as_at: date
    last_day: date
    returns: list
    today: date

    @property
    def expected(self):
        """(its return, how that is marked) of each partner that sends them."""
        return [(one, tag) for one, tag in self.returns if one.sent != Sent.NOT_EXPECTED]

    @property
    def silent(self):
        """Those that send no returns at all."""
        return [one.partner for one, _ in self.returns if one.sent == Sent.NOT_EXPECTED]

    @property
    def ready(self):
        return [one for one, _ in self.expected if one.sent == Sent.READY]

    @property
    def is_future(self):
        return self.as_at > self.today

    @property
    def is_over(self):
        return self.last_day < self.today


SENT_TAGS = {
    Sent.READY: "govuk-tag--green",
    Sent.UNREAD: "govuk-tag--blue",
    Sent.ASKED: "govuk-tag--yellow",
    Sent.OLDER: "govuk-tag--yellow",
    Sent.MISSING: "govuk-tag--red",
}


def due_on(partnership, today):
    """The next report of the schedule, or None while nobody has set one or it is switched off."""
    schedule = schedule_of(partnership)
    if schedule.first is None or not schedule.is_on:
        return None
    as_at = _first_without(schedule, partnership.profile_releases.filter(audience=Audience.PARTNERSHIP))
    lines = [(one, SENT_TAGS.get(one.sent, "govuk-tag--grey")) for one in returns_state(partnership, as_at)]
    return Due(as_at, schedule.last_day(as_at), lines, today)


def _first_without(schedule, releases):
    """The first day of the schedule that no report was ever asked for: nothing is made by itself a second time."""
    made, step = set(releases.values_list("as_at", flat=True)), 0
    while (as_at := months_on(schedule.first, step * schedule.months)) in made:
        step += 1
    return as_at
