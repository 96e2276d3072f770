"""Sessions that end, and pages that no shared computer keeps."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.urls import reverse

from partners.refusals import NotAllowed, Refused

SEEN = "last_seen"
STARTED = "started"
KEPT = "kept_words"
MOST_KEPT = 200_000  # characters
# The last-seen time is written at most this often, so that most requests do not write the session.
WRITE_EVERY = 60


class SessionLimits:
    """Sign out after half an hour of silence, and half a day after signing in whatever happened between."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            now = time.time()
            session = request.session
            started, seen = session.setdefault(STARTED, now), session.setdefault(SEEN, now)
            if now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE:
                request.was_signed_in_as = request.user.pk
                logout(request)
            elif now - seen > WRITE_EVERY:
                session[SEEN] = now
        return self.get_response(request)


class SignInFirst(LoginRequiredMiddleware):
    """Nobody gets in without signing in; what somebody sent while signed out is kept for after they have.

    The words wait in the session of this browser, so nobody else can reach them, and are given back only to the
    person whose session had ended, where that is known.
    """

    def handle_no_permission(self, request, view_func):
        response = super().handle_no_permission(request, view_func)
        if request.method == "POST" and len(request.POST.urlencode()) < MOST_KEPT:
            kept = request.POST.copy()
            kept.pop("csrfmiddlewaretoken", None)
            of = getattr(request, "was_signed_in_as", None)
            request.session[KEPT] = {"path": request.path, "data": kept.urlencode(), "of": of}
            return redirect(f"{reverse(settings.LOGIN_URL)}?next={reverse('partners:kept-words')}")
        return response


class OwnSiteOnly:
    """No other site may embed or read an answer of this one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class PrivatePages:
    """Pages are not kept by browsers or in between: most are somebody's, and some addresses carry a secret."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response


class Refusals:
    """A service's refusal that no form caught becomes a page with its sentence, never an error page.

    A right that was taken away between opening a page and sending it is refused like any other.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, NotAllowed):
            raise PermissionDenied from exception
        if isinstance(exception, IntegrityError):
            exception = Refused(
                "Somebody did the same at the same moment.", accepted="Look whether it is done already."
            )
        if isinstance(exception, Refused):
            return render(request, "partners/refused.html", {"refusal": exception}, status=409)
        return None
