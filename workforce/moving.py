"""The one way in which an upload changes its state: by the table, if it is still where it was, written in history."""

from django.db.models import Q
from django.utils import timezone

from partners.history import record
from partners.models import Partner, User, Via
from partners.notices import tell
from partners.permissions import ROLES, Right
from workforce.lifecycle import ANNOUNCED, MOVES, PLANNER, STEWARD, State, act_of
from workforce.models import Upload


def move(upload, to, *, by, via=Via.SYSTEM, at=None, holding=None, **changes):
    """Take an upload on from the state this caller saw it in. True when this call did it.

    `holding`: the claim of a worker, who may go on only while the upload is still its own.
    """
    before = upload.state
    if (STEWARD if by else PLANNER) not in MOVES[before].get(to, ()) and by is not None:
        raise ValueError(f"A person does not take an upload from {before} to {to}.")
    if to not in MOVES[before]:
        raise ValueError(f"An upload does not go from {before} to {to}.")
    held = Q(claim=holding) if holding else Q()
    changes |= {"state": to, "moved": at or timezone.now()}
    if Upload.objects.filter(held, pk=upload.pk, state=before).update(**changes) != 1:
        return False
    for field, value in changes.items():
        setattr(upload, field, value)
    _write_down(upload, before, by=by, via=via, at=at)
    return True


def _write_down(upload, before, *, by, via, at):
    act = act_of(before, upload.state)
    if act:
        record(upload, act=act, field="state", before=before, after=upload.state, by=by, via=via, at=at)
    if by is None and upload.state in ANNOUNCED and before in (State.WAITING, State.READING):
        announce(upload, ANNOUNCED[upload.state], at=at)


def stewards_of(partner):
    """The people of a partner's own organisation who send in its files."""
    roles = [role for role, grants in ROLES.items() if Right.SEND_WORKFORCE in grants]
    seats = partner.partnership.memberships.filter(organisation=partner.organisation_id, role__in=roles, ended=None)
    return User.objects.filter(pk__in=seats.values("user"))


def announce(upload, kind, at=None):
    about, path = str(upload), upload.get_absolute_url()
    stewards = stewards_of(upload.partner)
    tell(partnership=upload.partnership, to=stewards, kind=kind, about=about, path=path, by=None, at=at)


def hold(upload):
    """The upload as it is now, with its partner's returns held: nobody else of them becomes ready meanwhile.

    Always the partner first, so that two who hold never wait for each other.
    """
    Partner.objects.select_for_update().get(pk=upload.partner_id)
    related = Upload.objects.select_related("partner__organisation", "partner__partnership", "partnership")
    return related.select_for_update(of=("self",)).get(pk=upload.pk)


def make_way(upload, *, by, via=Via.SYSTEM, at=None):
    """What this upload replaces on becoming ready: the one ready so far, and earlier ones still to be decided on."""
    others = Upload.objects.of_return(upload).exclude(pk=upload.pk).select_related("partner", "partnership")
    replaced = Q(state=State.READY) | Q(state=State.TO_DECIDE, pk__lt=upload.pk)
    for other in others.filter(replaced):
        move(other, State.SUPERSEDED, by=by, via=via, at=at, superseded_by=upload)
