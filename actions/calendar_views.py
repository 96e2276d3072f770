"""Pages of calendar feeds, and the feed itself."""

from hashlib import sha256

from allauth.core.internal.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from actions import calendars
from actions.calendar_feed import feed_file
from actions.calendar_forms import FeedForm, choice_of, views_in
from partners.access import form_page, within
from partners.forms import posted
from partners.mail import site_address
from partners.refusals import Refused

# Many people's programs may ask from behind one address of an office or of a calendar service.
THROTTLE = {"calendar": "120/m/ip"}


@form_page
@within(calendars.RIGHT)
def calendar_feeds(request):
    """What feeds this person has, and a form to make one. A new address is in the answer that made it, and never
    again: it goes through no redirect, message or session."""
    form, address = _form(request, posted(request)), None
    if form.is_valid():
        address = _made(request, form)
    if form.is_bound and (address or not form.errors):
        form = _form(request)
    feeds = list(calendars.feeds_of(request.user, request.partnership))
    context = {
        "form": form,
        "address": address,
        "webcal": address and f"webcal:{address.partition(':')[2]}",
        "feeds": [(feed, choice_of(feed), calendars.is_open(feed)) for feed in feeds],
    }
    return render(request, "actions/calendar_feeds.html", context)


def _form(request, data=None):
    return FeedForm(
        data,
        initial={"what": request.GET.get("of", "")},
        views=views_in(request.partnership, request.user),
        has_organisation=bool(request.standing.organisation_ids),
        feeds=calendars.feeds_of(request.user, request.partnership),
    )


def _made(request, form):
    """The address of a new feed; nothing when it was refused."""
    try:
        feed, token = calendars.make_feed(partnership=request.partnership, by=request.user, **form.wanted)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return None
    messages.success(request, f"The feed “{feed}” has a new address. Copy it now: it is shown only this once.")
    return site_address() + reverse("actions:calendar-read", args=[token])


@require_POST
@within(calendars.RIGHT)
def calendar_stop(request):
    """One of one's own feeds; a number that is nobody's, or somebody else's, stops nothing."""
    number = request.POST.get("feed", "")[:18]
    own = calendars.feeds_of(request.user, request.partnership)
    feed = own.filter(pk=int(number)).first() if number.isdecimal() else None
    if feed:
        calendars.stop_feed(feed=feed, by=request.user)
        messages.success(request, f"The feed “{feed}” is stopped. Its address opens nothing any more.")
    return redirect("actions:calendar-feeds", request.partnership.slug)


@require_safe
@login_not_required
def calendar_read(request, token):
    """The feed, for a program that cannot sign in. Unknown, stopped and no longer allowed look the same: not there."""
    throttled = consume_or_429(request, app="planner", action="calendar", config=THROTTLE, limit_get=True)
    if throttled:
        return throttled
    today = timezone.localdate()
    feed = calendars.open_feed(token, today)
    if feed is None:
        raise Http404
    file = feed_file(feed, today)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="plan-dates.ics"'
    # Asked for again each time, so that a stopped feed stops; with the mark of what the program has, that costs little.
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{sha256(file).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)
