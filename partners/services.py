"""The doors through which people, partners and memberships change. Every function records what it did."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify

from partners.history import record
from partners.models import Act, Invitation, Membership, Organisation, Partner, Partnership, User, Via
from partners.permissions import Right, Role, may
from partners.refusals import NotAllowed, Refused

INVITATION_SALT = "partners.invitation"
MOST_SENDING_ATTEMPTS = 3
ROLES_WITHOUT_ORGANISATION = frozenset({Role.COORDINATOR, Role.STEERING_MEMBER, Role.OBSERVER})


def insist(user, partnership, right, on=None):
    """Refuse unless this person holds the right now. Asked inside the transaction that acts on the answer."""
    if user is not None and not may(partnership.standing_of(user), right, on):
        raise NotAllowed(f"You may not do this: {Right(right).label.lower()}.", accepted="Ask the coordinator.")


def unused_slug(model, name, *, reserved=frozenset()):
    """A slug for an address, made from the name; a number is added while it is taken."""
    stem = slugify(name)[:70] or "x"
    taken = set(model.objects.filter(slug__startswith=stem).values_list("slug", flat=True)) | reserved
    if stem not in taken:
        return stem
    return next(f"{stem}-{n}" for n in range(2, len(taken) + 3) if f"{stem}-{n}" not in taken)


@transaction.atomic
def start_partnership(*, name, by=None, slug=None, wider=None, via=Via.COMMAND, at=None):
    """A new joint body. Started by the operator, so there is nobody yet whose right could be asked."""
    partnership = Partnership.objects.create(name=name, slug=slug or unused_slug(Partnership, name), wider=wider)
    record(partnership, act=Act.ADDED, by=by, via=via, after={"name": name}, at=at)
    return partnership


@transaction.atomic
def add_partner(*, partnership, name, sector, by, known_as="", slug=None, via=Via.FORM, at=None):
    """A new organisation takes its place in the partnership."""
    insist(by, partnership, Right.EDIT_PARTNERS)
    same = partnership.partners.filter(
        Q(known_as__iexact=known_as or name) | Q(organisation__name__iexact=name)
    ).first()
    if same:
        raise Refused(f"{same.known_as} is already a partner here.", field="name", accepted="Add one of another name.")
    organisation = Organisation.objects.create(
        name=name, slug=slug or unused_slug(Organisation, known_as or name), sector=sector
    )
    return join(partnership=partnership, organisation=organisation, by=by, known_as=known_as, via=via, at=at)


@transaction.atomic
def join(*, partnership, organisation, by, known_as="", via=Via.FORM, at=None):
    """An organisation that the planner already knows takes its place in another partnership."""
    insist(by, partnership, Right.EDIT_PARTNERS)
    partner = Partner.objects.create(
        partnership=partnership,
        organisation=organisation,
        known_as=known_as or organisation.name,
        joined=timezone.localdate(at) if at else timezone.localdate(),
    )
    after = {"known_as": partner.known_as, "name": organisation.name, "sector": organisation.sector}
    record(partner, act=Act.ADDED, by=by, via=via, after=after, at=at)
    return partner


def _check_place(partnership, organisation, role):
    if organisation is None:
        if role not in ROLES_WITHOUT_ORGANISATION:
            raise Refused("This role is held for an organisation.", field="organisation", accepted="Choose one.")
    elif not partnership.partners.filter(organisation=organisation).exists():
        raise Refused(
            "That organisation is not a partner here.", field="organisation", accepted="Choose one of the partners."
        )


WIDE_ROLES = frozenset({Role.COORDINATOR, Role.STEERING_MEMBER})


def may_seat(standing, place):
    """May this person give, end or take back this seat (a membership or an invitation to one)?

    A partner lead acts for its own organisation, and only on roles that reach no further than its own.
    """
    on = None if place.role in WIDE_ROLES else place
    return may(standing, Right.INVITE, on=on)


def _insist_on_seating(by, place):
    if by is not None and not may_seat(place.partnership.standing_of(by), place):
        raise NotAllowed("You may not give or end this role.", accepted="Ask the coordinator.")


@transaction.atomic
def add_member(*, user, partnership, role, by, organisation=None, via=Via.FORM, at=None):
    """Give a person a role. Repeating it changes nothing."""
    _check_place(partnership, organisation, role)
    _insist_on_seating(by, Membership(partnership=partnership, organisation=organisation, role=role))
    return _seat(user, partnership, role, organisation, by=by, via=via, at=at)


def _seat_words(membership):
    return {"role": membership.role, "organisation": membership.organisation_id, "user": membership.user_id}


def _seat(user, partnership, role, organisation, *, by, via, at):
    membership, is_new = Membership.objects.get_or_create(
        user=user,
        partnership=partnership,
        organisation=organisation,
        role=role,
        ended=None,
        defaults={"started": at or timezone.now()},
    )
    if is_new:
        record(membership, act=Act.ADDED, by=by, via=via, after=_seat_words(membership), at=at)
    return membership


@transaction.atomic
def end_membership(*, membership, by, via=Via.FORM, at=None):
    """Take a role away; it bites on the person's next request. What they wrote stays theirs."""
    _insist_on_seating(by, membership)
    coordinators = membership.partnership.memberships.select_for_update().filter(role=Role.COORDINATOR, ended=None)
    if membership.role == Role.COORDINATOR and len(coordinators) < 2:
        raise Refused("This is the last coordinator.", accepted="Make somebody else coordinator first.")
    now = at or timezone.now()
    if Membership.objects.filter(pk=membership.pk, ended=None).update(ended=now):
        record(membership, act=Act.REMOVED, by=by, via=via, before=_seat_words(membership), at=at)


@transaction.atomic
def invite(*, partnership, email, role, by, organisation=None, via=Via.FORM, at=None):
    """Invite somebody by e-mail. The message itself is sent by the background worker."""
    try:
        validate_email(email)
    except ValidationError:
        raise Refused("That is not an e-mail address.", field="email", accepted="Like name@example.org.") from None
    _check_place(partnership, organisation, role)
    _insist_on_seating(by, Membership(partnership=partnership, organisation=organisation, role=role))
    now = at or timezone.now()
    invitation = Invitation.objects.create(
        partnership=partnership,
        organisation=organisation,
        role=role,
        email=email.lower(),
        invited_by=by,
        created=now,
        expires=now + timedelta(days=settings.INVITATION_DAYS),
    )
    after = {"role": role, "organisation": organisation and organisation.pk}
    record(invitation, act=Act.ADDED, by=by, via=via, after=after, at=now)
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation, by, via=Via.FORM):
    _insist_on_seating(by, invitation)
    if Invitation.objects.filter(pk=invitation.pk, accepted=None, revoked=None).update(revoked=timezone.now()):
        record(invitation, act=Act.REMOVED, by=by, via=via)


def invitation_token(invitation):
    """What the e-mailed link carries: signed, and useless once the row is accepted, revoked or past its date."""
    return signing.dumps([invitation.pk, str(invitation.nonce)], salt=INVITATION_SALT, compress=False)


def open_invitation(token):
    """The invitation a link stands for, or None when the link was altered, used, taken back or is too old."""
    try:
        pk, nonce = signing.loads(token, salt=INVITATION_SALT)
    except (signing.BadSignature, ValueError):
        return None
    found = Invitation.objects.select_related("partnership", "organisation").filter(pk=pk, nonce=nonce).first()
    return found if found and found.is_open(timezone.now()) else None


@transaction.atomic
def accept_invitation(*, invitation, user=None, name="", job_title="", password="", at=None):
    """Take up an invitation, making an account when the address has none. The link is spent.

    It gives no more than the person who sent it could still give today.
    """
    try:
        _insist_on_seating(invitation.invited_by, invitation)
    except NotAllowed:
        raise Refused("Whoever invited you may no longer do so.", accepted="Ask for a new invitation.") from None
    if user is not None and user.email != invitation.email:
        raise Refused("This invitation was sent to another address.", accepted="Sign in with that one.")
    now = at or timezone.now()
    spent = Invitation.objects.filter(pk=invitation.pk, accepted=None, revoked=None, expires__gt=now)
    if not spent.update(accepted=now):
        raise Refused("This invitation has been used or taken back.", accepted="Ask for a new one.")
    if user is None:
        if User.objects.filter(email=invitation.email).exists():
            raise Refused("There is already an account with this address.", accepted="Sign in to accept.")
        user = User.objects.create_user(invitation.email, password, name=name, job_title=job_title, date_joined=now)
    _seat(
        user, invitation.partnership, invitation.role, invitation.organisation,
        by=invitation.invited_by or user, via=Via.LINK, at=at,
    )  # fmt: skip
    return user


def claim_invitation_to_send(pk):
    """Count an attempt before sending, so that a message that kills its worker is not tried for ever."""
    unsent = Invitation.objects.filter(
        pk=pk, sent=None, accepted=None, revoked=None, attempts__lt=MOST_SENDING_ATTEMPTS
    )
    if not unsent.update(attempts=F("attempts") + 1):
        return None
    return Invitation.objects.select_related("partnership", "invited_by").get(pk=pk)


def unsent_invitations(*, older_than):
    """Those whose message was never confirmed sent: what the sweeper sends again."""
    return Invitation.objects.filter(
        sent=None,
        accepted=None,
        revoked=None,
        attempts__lt=MOST_SENDING_ATTEMPTS,
        created__lt=timezone.now() - older_than,
        expires__gt=timezone.now(),
    )


def mark_sent(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(sent=timezone.now())
