"""Which returns a profile report of one day is made from, and how it stands with those of every partner."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.formats import date_format

from partners.permissions import ROLES, Right
from workforce.lifecycle import ASKING, OVER, UNFINISHED
from workforce.models import ProfileSchedule, Snapshot, Upload
from workforce.months import months_on

CURRENT_FOR = timedelta(days=92)  # as counting has it: a return of a day further back describes another time
FOLLOWED_FOR = timedelta(days=500)  # those who stayed a year, of a return that is three months old


class Sent(TextChoices):
    UNREAD = "unread", "Being read"
    ASKED = "asked", "Waits for its steward"
    READY = "ready", "Ready"
    OLDER = "older", "An earlier one is used"
    MISSING = "missing", "Not there"
    NOT_EXPECTED = "not_expected", "Sends no returns"


# Something is still to come from these before the report is whole.
OUTSTANDING = frozenset({Sent.UNREAD, Sent.ASKED, Sent.OLDER, Sent.MISSING})


@dataclass(frozen=True)
class PartnerReturn:
    """How it stands with one partner: `uploads` are those that figures are made from."""

    partner: object
    sent: Sent
    uploads: list = field(default_factory=list)
    why: str = ""  # it is not counted

    @property
    def is_in(self):
        return bool(self.uploads)


def schedule_of(partnership):
    """The partnership's schedule, or what holds while nobody has set one."""
    return ProfileSchedule.objects.filter(partnership=partnership).first() or ProfileSchedule(partnership=partnership)


def since(partnership, as_at):
    """The day after which a return has to be to stand for this one: that of the report before is too old."""
    return max(months_on(as_at, -schedule_of(partnership).months), as_at - CURRENT_FOR)


def chosen_snapshots(partnership, as_at, partner=None):
    """Of each partner and source the newest ready return up to a day, if it is not as old as the report before."""
    found = Snapshot.objects.ready().filter(upload__partnership=partnership)
    found = found.filter(upload__as_at__lte=as_at, upload__as_at__gt=since(partnership, as_at))
    found = found.filter(upload__partner=partner) if partner else found
    newest = {}
    for snapshot in found.select_related("upload__partner__organisation").order_by("-upload__as_at", "-pk"):
        newest.setdefault((snapshot.upload.partner_id, snapshot.upload.source), snapshot)
    return sorted(newest.values(), key=lambda one: (one.upload.partner.known_as, one.upload.source))


def earlier_snapshots(partnership, as_at, partner=None):
    """Returns before those: not counted, but they say who was there a year ago."""
    found = Snapshot.objects.ready().filter(upload__partnership=partnership)
    found = found.filter(upload__as_at__lte=since(partnership, as_at), upload__as_at__gt=as_at - FOLLOWED_FOR)
    found = found.filter(upload__partner=partner) if partner else found
    return list(found.select_related("upload__partner__organisation").order_by("upload__as_at", "pk"))


def returns_state(partnership, as_at):
    """A `PartnerReturn` for each partner, in the order of their names: who has sent, who has not, and who waits."""
    window = Upload.objects.filter(
        partnership=partnership, as_at__lte=as_at, as_at__gt=since(partnership, as_at)
    ).filter(state__in=[*UNFINISHED, *ASKING])
    open_ones, ready = list(window), {}
    for snapshot in chosen_snapshots(partnership, as_at):
        ready.setdefault(snapshot.upload.partner_id, []).append(snapshot.upload)
    senders = _senders(partnership)
    return [
        _state_of(
            partner, as_at, ready.get(partner.pk, []), [one for one in open_ones if one.partner_id == partner.pk],
            is_sender=partner.pk in senders,
        )
        for partner in partnership.partners.select_related("organisation").order_by("known_as")
    ]  # fmt: skip


def _senders(partnership):
    """Partners that have a data steward, or have sent something that counted before."""
    roles = [role for role, grants in ROLES.items() if Right.SEND_WORKFORCE in grants]
    seats = partnership.memberships.filter(role__in=roles, ended=None)
    of_stewards = partnership.partners.filter(organisation__in=seats.values("organisation"))
    have_sent = partnership.uploads.exclude(state__in=OVER)
    return {*of_stewards.values_list("pk", flat=True), *have_sent.values_list("partner", flat=True)}


def _state_of(partner, as_at, uploads, open_ones, *, is_sender):
    sent = _sent(as_at, uploads, open_ones, is_sender)
    return PartnerReturn(partner, sent, uploads, "" if uploads else _why(partner, as_at, sent))


def _sent(as_at, uploads, open_ones, is_sender):
    if any(upload.state in UNFINISHED for upload in open_ones):
        return Sent.UNREAD
    newest = max((upload.as_at for upload in uploads), default=date.min)
    if any(upload.as_at >= newest for upload in open_ones):
        return Sent.ASKED
    if uploads:
        return Sent.READY if newest == as_at else Sent.OLDER
    return Sent.MISSING if is_sender else Sent.NOT_EXPECTED


WHY = {
    Sent.UNREAD: "its return is still being read",
    Sent.ASKED: "its return waits for a decision of its data steward",
    Sent.MISSING: "has sent no return for this date",
    Sent.NOT_EXPECTED: "sends no returns",
}


def _why(partner, as_at, sent):
    if sent in (Sent.MISSING, Sent.NOT_EXPECTED) and partner.joined > as_at:
        return f"joined on {date_format(partner.joined, 'j F Y')}, after this date"
    return WHY[sent]
