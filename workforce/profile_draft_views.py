"""Pages on which a profile report is asked for, checked, released, discarded and withdrawn."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from partners.access import form_page, within
from partners.forms import posted
from partners.permissions import Right
from partners.refusals import Refused
from workforce import profiles
from workforce.disclosure.released import Audience
from workforce.profile_access import moves_of, release_page
from workforce.profile_checking import points_of
from workforce.profile_describing import report_of
from workforce.profile_forms import AskForm, OwnAskForm, WithdrawForm
from workforce.profile_lifecycle import Stage
from workforce.profile_shelf import put_in_words
from workforce.profile_showing import strip_of
from workforce.returns import last_half_year, partners_sent_for

# --- Having one made ------------------------------------------------------------------------------------------------


def _asked(request, form, **wanted):
    try:
        return profiles.ask_for_profile(partnership=request.partnership, by=request.user, **wanted)
    except Refused as refusal:
        form.refuse(refusal)


def _due():
    return {"as_at": last_half_year(timezone.localdate())}


@form_page
@within(Right.BUILD_PROFILE)
def profile_ask(request):
    """For the partnership or for everybody."""
    form = AskForm(posted(request), initial=_due())
    if form.is_valid() and (release := _asked(request, form, **form.cleaned_data)):
        return redirect(release)
    return render(request, "workforce/profile/profile_ask.html", {"form": form})


@form_page
@within(Right.SEND_WORKFORCE)
def own_ask(request):
    """Of one partner's own workforce, for its data stewards."""
    partners = partners_sent_for(request.partnership, request.standing)
    form = OwnAskForm(posted(request), partners=partners, initial=_due())
    if form.is_valid() and (release := _asked(request, form, audience=Audience.PARTNER.value, **form.wanted)):
        return redirect(release)
    return render(request, "workforce/profile/own_ask.html", {"form": form})


# --- What becomes of it ---------------------------------------------------------------------------------------------


@require_safe
@release_page()
def release_check(request, release):
    """What to look at before a draft is released, and the buttons."""
    if release.stage != Stage.DRAFT or release.partner_id:
        return redirect(release)
    put_in_words(release)
    report = report_of(release)
    context = {
        "release": release,
        "report": report,
        "strip": strip_of(report.about),
        "points": points_of(release, report),
        "may": moves_of(request.standing, release),
        "made_it": release.by_id == request.user.pk,
    }
    return render(request, "workforce/profile/release_check.html", context)


def _decision(door, right, said, *, to_list=False):
    """A view that goes through one door and says what came of it."""

    @require_POST
    @release_page(right)
    def decide(request, release):
        try:
            door(release=release, by=request.user)
            messages.success(request, said)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
            return redirect(release)
        return redirect("profile:release-list", request.partnership.slug) if to_list else redirect(release)

    return decide


release_release = _decision(profiles.release_profile, Right.RELEASE_PROFILE, "Released. Its readers have been told.")
release_again = _decision(profiles.try_again, Right.BUILD_PROFILE, "It is being made once more.")
release_discard = _decision(
    profiles.discard_profile, Right.BUILD_PROFILE, "Discarded. Nobody reads it any more.", to_list=True
)


@form_page
@release_page(Right.RELEASE_PROFILE)
def release_withdraw(request, release):
    if release.stage != Stage.RELEASED:
        return redirect(release)
    form = WithdrawForm(posted(request))
    if form.is_valid():
        try:
            profiles.withdraw_profile(release=release, by=request.user, **form.cleaned_data)
            messages.success(request, "Withdrawn. Its readers have been told why.")
            return redirect(release)
        except Refused as refusal:
            form.refuse(refusal)
    return render(request, "workforce/profile/release_withdraw.html", {"form": form, "release": release})
