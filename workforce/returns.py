"""What partners have sent, as their pages show it: whose is whose, and what is due."""

from dataclasses import dataclass
from datetime import date

from partners.permissions import Right, may
from workforce.lifecycle import ASKING, UNFINISHED, State

MOST_SHOWN = 12  # uploads of one partner: three sources for two years


def last_half_year(today):
    """The last 31 March or 30 September up to today: what a return is of, unless somebody says otherwise."""
    ends = (date(year, month, day) for year in (today.year, today.year - 1) for month, day in ((9, 30), (3, 31)))
    return next(end for end in ends if end <= today)


@dataclass(frozen=True)
class PartnerReturns:
    """One partner's uploads, the latest first, and how it stands with the return that is due."""

    partner: object
    due: date
    is_own: bool  # this person sends for it and sees its faults
    uploads: list
    earlier: int  # how many more there are

    @property
    def latest(self):
        """The upload that says how it stands with the return that is due, if one was sent that counts."""
        return next((one for one in self.uploads if one.as_at == self.due and one.state in COUNTS), None)

    @property
    def is_ready(self):
        return any(one.as_at == self.due and one.state == State.READY for one in self.uploads)


COUNTS = UNFINISHED | ASKING | {State.READY}


def partners_sent_for(partnership, standing):
    """The partners whose files this person sends in."""
    return partnership.partners.filter(organisation__in=standing.organisation_ids_with(Right.SEND_WORKFORCE))


def returns_seen_by(partnership, standing, today):
    """What of every partner this person may know: their own partner's uploads, or all partners' states and counts."""
    found = []
    for partner in partnership.partners.select_related("organisation"):
        is_own = may(standing, Right.SEND_WORKFORCE, on=partner)
        if is_own or may(standing, Right.READ_QUALITY, on=partner):
            found.append(_returns_of(partnership, partner, last_half_year(today), is_own))
    return sorted(found, key=lambda one: not one.is_own)


def _returns_of(partnership, partner, due, is_own):
    uploads = partnership.uploads.of(partner).order_by("-as_at", "-pk")
    return PartnerReturns(partner, due, is_own, list(uploads[:MOST_SHOWN]), max(0, uploads.count() - MOST_SHOWN))
