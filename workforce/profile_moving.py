"""The one way in which a profile release changes its stage: by the table, if it is still where it was, and recorded."""

from django.db.models import Q
from django.utils import timezone

from partners.history import record
from partners.models import Act, Partnership, User, Via
from partners.notices import tell
from partners.permissions import ROLES, Right
from workforce.disclosure.released import Audience
from workforce.models import Release
from workforce.moving import stewards_of
from workforce.profile_lifecycle import ANNOUNCED, BUILDER, MOVES, PLANNER, RELEASER, Stage

_ACTS = {Stage.WITHDRAWN: Act.REMOVED, Stage.DISCARDED: Act.REMOVED}
# Who hears of it. Everybody else who may read the profile learns of what is released, and nothing of drafts.
_HEARERS = {
    Stage.DRAFT: (BUILDER, RELEASER),
    Stage.FAILED: (BUILDER,),
    Stage.RELEASED: (Right.READ_PROFILE,),
    Stage.WITHDRAWN: (Right.READ_PROFILE,),
}


def move(release, to, *, by, via=Via.SYSTEM, at=None, holding=None, **changes):
    """Take a release on from the stage this caller saw it in. True when this call did it.

    `holding`: the claim of a worker, who may go on only while the release is still its own.
    """
    before = Stage(release.stage)
    if to not in MOVES[before]:
        raise ValueError(f"A release does not go from {before} to {to}.")
    if by is not None and not MOVES[before][to] - {PLANNER}:
        raise ValueError(f"A person does not take a release from {before} to {to}.")
    held = Q(claim=holding) if holding else Q()
    if Release.objects.filter(held, pk=release.pk, stage=before).update(stage=to, **changes) != 1:
        return False
    for field, value in ({"stage": to} | changes).items():
        setattr(release, field, value)
    _write_down(release, before, by=by, via=via, at=at)
    return True


def _write_down(release, before, *, by, via, at):
    if {before, release.stage} != {Stage.WAITING, Stage.BUILDING}:
        act = _ACTS.get(release.stage, Act.CHANGED)
        record(release, act=act, field="stage", before=before, after=release.stage, by=by, via=via, at=at)
    if release.stage in ANNOUNCED:
        announce(release, by=by, at=at)


def announce(release, *, by, at=None):
    """Tell those whom its stage concerns; what is for one partner's stewards, nobody but them."""
    tell(
        partnership=release.partnership, to=hearers_of(release), kind=ANNOUNCED[release.stage], about=called(release),
        path=release.get_absolute_url(), by=by, at=at or timezone.now(),
    )  # fmt: skip


def hearers_of(release):
    if release.audience == Audience.PARTNER:
        return stewards_of(release.partner)
    return people_with(release.partnership, *_HEARERS[release.stage])


def people_with(partnership, *rights):
    """The people who hold one of these rights for anything at all."""
    roles = [role for role, grants in ROLES.items() if set(rights) & set(grants)]
    return User.objects.filter(pk__in=partnership.memberships.filter(role__in=roles, ended=None).values("user"))


FOR_WHOM = {Audience.PARTNERSHIP: "for the partnership", Audience.PUBLIC: "for the public"}


def called(release):
    """How sentences name it: Workforce profile, 30 September 2026, for the public."""
    whom = f"about {release.partner}" if release.audience == Audience.PARTNER else FOR_WHOM[release.audience]
    return f"{release}, {whom}"


def hold(release):
    """The release as it is now, with the partnership held: nobody else releases, numbers or makes one meanwhile.

    Always the partnership first, so that two who hold never wait for each other.
    """
    hold_profiles_of(release.partnership_id)
    related = Release.objects.select_related("partnership", "partner__organisation", "partner__partnership")
    return related.select_for_update(of=("self",)).get(pk=release.pk)


def hold_profiles_of(partnership_id):
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership_id)
