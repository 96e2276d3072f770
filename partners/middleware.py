"""Sessions that end, and pages that no shared computer keeps."""

import time
from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import JsonResponse, UnreadablePostError
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from partners.refusals import NotAllowed, Refused

PUBLIC = "/public/"  # what a partnership has published
SEEN = "last_seen"
STARTED = "started"
KEPT = "kept_words"
MOST_KEPT = 200_000  # characters
TOO_LONG_TO_KEEP = (
    "You had been signed out, and what you sent was too long to be kept. Nothing was changed: sign in, and do it again."
)
# The last-seen time is written at most this often, so that most requests do not write the session.
WRITE_EVERY = 60


def asked_by_script(request):
    """Whether a script of a page asks, which can do nothing with a page in answer."""
    return "application/json" in request.headers.get("Accept", "")


def is_background(request):
    """Whether the page asks by itself: that nobody touched anything must not look like work."""
    return request.headers.get("X-Background") == "1"


def keep_words(request, *, of, refused=False):
    """Keep what was sent in this browser's session, for the page that gives it back. Says whether it did."""
    if request.method != "POST" or len(request.POST.urlencode()) >= MOST_KEPT:
        return False
    kept = request.POST.copy()
    kept.pop("csrfmiddlewaretoken", None)
    request.session[KEPT] = {"path": request.path, "data": kept.urlencode(), "of": of, "refused": refused}
    return True


class SessionLimits:
    """Sign out after half an hour of silence, and half a day after signing in whatever happened between."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(PUBLIC):
            request.user = AnonymousUser()  # the same for everybody, so caches may keep it: no session is looked at
        if request.user.is_authenticated:
            now = time.time()
            session = request.session
            started, seen = session.setdefault(STARTED, now), session.setdefault(SEEN, now)
            if now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE:
                request.was_signed_in_as = request.user.pk
                logout(request)
            elif now - seen > WRITE_EVERY and not is_background(request):
                session[SEEN] = now
        return self.get_response(request)


class SignInFirst(LoginRequiredMiddleware):
    """Nobody gets in without signing in; what somebody sent while signed out is kept for after they have.

    The words wait in the session of this browser, so nobody else can reach them, and are given back only to the
    person whose session had ended, where that is known.
    """

    def handle_no_permission(self, request, view_func):
        if asked_by_script(request):
            return JsonResponse({"result": "signed-out"}, status=401)  # The script keeps what was typed.
        response = super().handle_no_permission(request, view_func)
        if keep_words(request, of=getattr(request, "was_signed_in_as", None)):
            return redirect(f"{reverse(settings.LOGIN_URL)}?next={reverse('partners:kept-words')}")
        if request.method == "POST":
            messages.warning(request, TOO_LONG_TO_KEEP)
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


MOST_READ_PAST = 100 * 1024 * 1024
PIECE = 64 * 1024
AROUND = 1024 * 1024  # what a form sends besides its files


def takes_up_to(setting):
    """Let a view be sent files of as many bytes together as this setting says, by people who are signed in."""

    def mark(view):
        view.most_bytes = setting
        return view

    return mark


class UploadLimit:
    """What is larger than the form takes is refused before any of it is kept, in memory or on disk.

    Its size is what was announced: the server hands on no more than that. The rest is read past, within reason,
    because a browser that is cut off while sending shows an error of its own instead of our sentence.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        size = request.META.get("CONTENT_LENGTH") or "0"
        if not size.isdecimal() or int(size) <= settings.MAX_REQUEST_BYTES:
            return self.get_response(request)
        most = self._most(request)
        if most and int(size) <= most + AROUND:
            return self.get_response(request)
        self._read_past(request)
        files = f"{most / 1_000_000:,.0f} MB" if most else "10 MB"
        refusal = Refused(
            f"What you sent has {int(size) / 1_048_576:.0f} MB.", accepted=f"Files may have up to {files}."
        )
        return render(request, "partners/refused.html", {"refusal": refusal}, status=413)

    def _most(self, request):
        """How much the files of this page may have together, where it says so itself and asks who sends them."""
        with suppress(Resolver404):
            setting = getattr(resolve(request.path_info).func, "most_bytes", "")
            return getattr(settings, setting) if setting and request.user.is_authenticated else 0
        return 0

    def _read_past(self, request):
        read = 0
        with suppress(UnreadablePostError):
            while read < MOST_READ_PAST and (piece := request.read(PIECE)):
                read += len(piece)


class Refusals:
    """A service's refusal that no form caught becomes a page with its sentence, never an error page.

    A right that was taken away between opening a page and sending it is refused like any other, and what was sent is
    kept for its author to copy.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, NotAllowed | PermissionDenied):
            if not asked_by_script(request) and set(request.POST) - {"csrfmiddlewaretoken"}:
                request.words_kept = keep_words(request, of=request.user.pk, refused=True)
            raise PermissionDenied from exception
        if isinstance(exception, IntegrityError):
            exception = Refused(
                "Somebody did the same at the same moment.", accepted="Look whether it is done already."
            )
        if isinstance(exception, Refused):
            return render(request, "partners/refused.html", {"refusal": exception}, status=409)
        return None
