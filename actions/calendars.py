"""The doors of calendar feeds: addresses under which somebody's calendar program reads dates of the plan.

A calendar program cannot sign in, so the address itself is the key: long, random, shown once and kept as a hash only.
It opens no more than its person may see, and that is asked whenever it is read.
"""

import secrets
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from actions.models import CalendarFeed
from actions.saved_views import is_open_to
from partners.history import record
from partners.models import Act, Via
from partners.permissions import Right, may
from partners.refusals import NotAllowed, Refused
from partners.services import insist

SECRET_BYTES = 32
RIGHT = Right.EXPORT_PLAN  # A feed takes dates of the plan away, as a file does.


def feeds_of(user, partnership):
    return user.calendar_feeds.filter(partnership=partnership).select_related("view__strategy")


@transaction.atomic
def make_feed(*, partnership, by, rows, view=None, replaces=None, via=Via.FORM, at=None):
    """A feed for oneself, and the secret of its address, which nobody can be told a second time: (feed, token).

    `replaces` is the number of the feed that this person wants a new address for. Anything else that stands in its
    place by then stays, so that a page sent twice does not stop the address that was copied from the first answer.
    """
    insist(by, partnership, RIGHT)
    if view is not None and not (view.partnership_id == partnership.pk and is_open_to(view, by)):
        raise NotAllowed("This view is somebody else's.")
    there = feeds_of(by, partnership).select_for_update(of=("self",)).filter(rows=rows, view=view).first()
    _refuse_another(there, replaces)
    if there:
        stop_feed(feed=there, by=by, via=via, at=at)
    token = secrets.token_urlsafe(SECRET_BYTES)
    feed = CalendarFeed.objects.create(
        user=by, partnership=partnership, rows=rows, view=view, token_hash=hash_of(token), made=at or timezone.now()
    )
    record(feed, act=Act.ADDED, after=_said(feed), by=by, via=via, at=at)
    return feed, token


def _refuse_another(there, replaces):
    if there and there.pk != replaces:
        raise Refused(
            "There is an address for this already, and it was shown when it was made.",
            accepted="If you do not have it any more, choose Make a new address beside it.",
        )
    if replaces and not there:
        raise Refused("That address has been stopped meanwhile.", accepted="Make a feed of it again.")


@transaction.atomic
def stop_feed(*, feed, by, via=Via.FORM, at=None):
    """Nothing of it is kept but the history. One's own, at any time: it takes no right to give nothing away."""
    if by is None or feed.user_id != by.pk:
        raise NotAllowed("This calendar feed is somebody else's.")
    stored = CalendarFeed.objects.select_for_update().filter(pk=feed.pk).first()
    if stored:
        record(stored, act=Act.REMOVED, before=_said(stored), by=by, via=via, at=at)
        stored.delete()


def open_feed(token, today):
    """The feed of this address, if there is one and its person may see what it shows now; otherwise None.

    That it was read is noted by the day only.
    """
    known = CalendarFeed.objects.filter(token_hash=hash_of(token), user__is_active=True)
    feed = known.select_related("user", "partnership", "view__strategy__partnership").first()
    if feed is None or not is_open(feed):
        return None
    CalendarFeed.objects.filter(pk=feed.pk).exclude(last_read=today).update(last_read=today)
    return feed


def is_open(feed):
    """Whether the feed's person may see what it shows: as a member with the right, and the view if it is of one."""
    standing = feed.partnership.standing_of(feed.user)
    return may(standing, RIGHT) and (feed.view is None or is_open_to(feed.view, feed.user))


def hash_of(token):
    """The secret is random and long, so a plain hash gives nothing away."""
    return sha256(token.encode()).hexdigest()


def _said(feed):
    return {"rows": feed.rows, "view": feed.view_id}
