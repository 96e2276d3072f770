"""Pages about who we are: partners, people, invitations, and who may do what."""

from allauth.account.utils import perform_login
from allauth.core.internal.ratelimit import consume_or_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from partners import services
from partners.access import form_page, within
from partners.forms import ConfirmForm, InviteForm, NearbyPartnerForm, NewAccountForm, PartnerForm, posted
from partners.middleware import KEPT, asked_by_script
from partners.models import User
from partners.permissions import ANYTHING, ROLES, Right, Role, may
from partners.queue import hand_over
from partners.refusals import Refused
from partners.tasks import send_invitation


@require_safe
@within(Right.READ_MEMBERS)
def partner_list(request):
    partnership = request.partnership
    seats = partnership.memberships.filter(ended=None).select_related("user")
    people = {}
    for seat in seats:
        seat.may_end = services.may_seat(request.standing, seat)
        people.setdefault(seat.organisation_id, []).append(seat)
    partners = list(partnership.partners.select_related("organisation"))
    for partner in partners:
        partner.people = people.get(partner.organisation_id, [])
    names = {partner.organisation_id: partner.known_as for partner in partners}
    waiting = partnership.invitations.filter(accepted=None, revoked=None).select_related("organisation")
    visible = [one for one in waiting if services.may_seat(request.standing, one)]
    for one in visible:
        one.organisation_name = names.get(one.organisation_id, "")
    return render(
        request,
        "partners/partner_list.html",
        {
            "partners": partners,
            "others": people.get(None, []),
            "waiting": visible,
            "may_invite": may(request.standing, Right.INVITE, on=ANYTHING),
            "may_edit": may(request.standing, Right.EDIT_PARTNERS),
        },
    )


@form_page
@within(Right.EDIT_PARTNERS)
def partner_add(request):
    is_nearby = "nearby-organisation" in request.POST
    form = PartnerForm(None if is_nearby else posted(request))
    nearby = NearbyPartnerForm(posted(request) if is_nearby else None, partnership=request.partnership)
    sent, add = (nearby, services.join) if is_nearby else (form, services.add_partner)
    if sent.is_valid():
        try:
            partner = add(partnership=request.partnership, by=request.user, **sent.cleaned_data)
            messages.success(request, f"{partner.known_as} is now a partner.")
            return redirect("partners:partner-list", request.partnership.slug)
        except Refused as refusal:
            sent.refuse(refusal)
    return render(request, "partners/partner_add.html", {"form": form, "nearby": nearby})


@form_page
@within(Right.INVITE)
def invite(request):
    form = InviteForm(posted(request), partnership=request.partnership, standing=request.standing)
    if form.is_valid():
        try:
            invitation = services.invite(partnership=request.partnership, by=request.user, **form.cleaned_data)
            hand_over(send_invitation, invitation.pk)
            messages.success(request, f"An invitation is on its way to {invitation.email}.")
            return redirect("partners:partner-list", request.partnership.slug)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "partners/invite.html", {"form": form})


def _invitation(partnership, pk):
    return partnership.invitations.get(pk=pk)


def _membership(partnership, pk):
    return partnership.memberships.select_related("user", "organisation", "partnership").get(pk=pk, ended=None)


@require_POST
@within(Right.INVITE, load=_invitation)
def invitation_revoke(request, invitation):
    services.revoke_invitation(invitation=invitation, by=request.user)
    messages.success(request, "The invitation has been taken back.")
    return redirect("partners:partner-list", request.partnership.slug)


@form_page
@within(Right.INVITE, load=_membership)
def membership_end(request, membership):
    form = ConfirmForm(posted(request), button=f"End this role of {membership.user.name}")
    if form.is_valid():
        try:
            services.end_membership(membership=membership, by=request.user)
            messages.success(request, f"{membership.user.name} no longer has this role.")
            return redirect("partners:partner-list", request.partnership.slug)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "partners/membership_end.html", {"form": form, "membership": membership})


@form_page
@login_not_required
def invitation_accept(request, token):
    """The page behind an invitation's link: for somebody new, an account; for a member, one button."""
    throttled = consume_or_429(request, app="planner", action="invitation", config={"invitation": "20/m/ip"})
    if throttled:
        return throttled
    invitation = services.open_invitation(token)
    if invitation is None:
        return render(request, "partners/invitation_gone.html", status=410)
    known = User.objects.filter(email=invitation.email).first()
    if known is not None:
        return _accept_as_known(request, invitation, known)
    form = NewAccountForm(posted(request), email=invitation.email)
    if form.is_valid():
        user = _accepted(form, invitation, **form.cleaned_data)
        if user:
            _welcome(request, invitation)
            return perform_login(request, user)
    return render(request, "partners/invitation_accept.html", {"form": form, "invitation": invitation})


def _accept_as_known(request, invitation, known):
    if request.user != known:
        return render(request, "partners/invitation_sign_in.html", {"invitation": invitation})
    form = ConfirmForm(posted(request), button="Accept the invitation")
    if form.is_valid() and _accepted(form, invitation, user=known):
        _welcome(request, invitation)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "partners/invitation_accept.html", {"form": form, "invitation": invitation})


def _welcome(request, invitation):
    place = f" for {invitation.organisation}" if invitation.organisation else ""
    messages.success(
        request,
        f"You have joined {invitation.partnership} as {invitation.get_role_display().lower()}{place}. "
        "The plan is under Plan; tick “My organisation’s” there to see its rows.",
    )


def _accepted(form, invitation, **answers):
    try:
        with transaction.atomic():
            return services.accept_invitation(invitation=invitation, **answers)
    except Refused as refusal:
        form.refuse(refusal)


@require_safe
def kept_words(request):
    """What somebody sent while their session had ended, to be looked at and sent again."""
    kept = request.session.get(KEPT)
    if not kept or kept["of"] not in (None, request.user.pk):
        return redirect(settings.LOGIN_REDIRECT_URL)
    fields = [(name, value) for name, values in QueryDict(kept["data"]).lists() for value in values]
    shown = [value for name, value in fields if value and name not in NOT_WORDS]
    context = {"path": kept["path"], "fields": fields, "shown": shown, "refused": kept.get("refused", False)}
    return render(request, "partners/kept_words.html", context)


# Parts of a form that nobody typed.
NOT_WORDS = {"seen", "form-TOTAL_FORMS", "form-INITIAL_FORMS", "form-MIN_NUM_FORMS", "form-MAX_NUM_FORMS"}
NOT_WORDS |= {"batch", "html", "rows", "columns", "start", "column", "headings", "sent"}


@require_safe
def who_may_do_what(request):
    """Generated from the table of roles, so it cannot disagree with what the planner does."""
    rows = [(right.label, [ROLES[role].get(right) for role in Role]) for right in Right]
    return render(request, "partners/who_may_do_what.html", {"roles": Role.labels, "rows": rows})


@require_safe
@login_not_required
def accessibility(request):
    return render(request, "partners/accessibility.html")


def stale_form(request, reason=""):
    """Django's CSRF refusal, in words: almost always a page left open while the session ended."""
    if asked_by_script(request):
        return JsonResponse({"result": "stale-token"}, status=403)
    return render(request, "partners/stale_form.html", status=403)


@require_safe
def who_am_i(request):
    """Who is signed in, and the token that their forms need now: for a page that was open while that changed."""
    return JsonResponse({"person": request.user.pk, "token": get_token(request)})
