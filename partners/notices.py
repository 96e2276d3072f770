"""Telling people about what concerns them: on their home page at once, and by e-mail.

A kind of notice is one line of text, `templates/notices/<kind>.txt`, and a call of `tell` in the service that causes
it. The e-mail around the sentence is the same for all. What somebody wrote is never in either: it is read on the
page that the notice leads to, by those who may open that page on the day they do.
"""

from datetime import timedelta

from celery import signature
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.template.loader import render_to_string
from django.utils import timezone

from partners.history import name_of
from partners.models import Membership, Notice
from partners.queue import hand_over
from partners.text import clean_text

MOST_ATTEMPTS = 3
ABANDONED_AFTER = timedelta(minutes=5)  # A worker that has not finished by then is taken to have died.
NEWS_FOR = timedelta(days=1)  # An e-mail that could not go out by then would only puzzle.
KEPT_FOR = timedelta(days=180)

# By name, because tasks stand above services: a task calls what is written here.
SEND = signature("partners.tasks.send_notice")


@transaction.atomic
def tell(*, partnership, to, kind, about, path, by, at=None):
    """Give each of these people one notice: never to whoever caused it, nor to somebody who is no member (any more).

    The service that causes it has asked whether `by` may do what is told here.
    """
    words = render_to_string(f"notices/{kind}.txt", {"by": name_of(by), "about": about})
    members = set(partnership.memberships.filter(ended=None, user__is_active=True).values_list("user_id", flat=True))
    told = sorted(members.intersection(person.pk for person in to) - {by and by.pk})
    common = {"kind": kind, "sentence": clean_text(words, keep_lines=False)[:400], "path": path}
    notices = [
        Notice.objects.create(partnership=partnership, to_id=pk, at=at or timezone.now(), **common) for pk in told
    ]
    for notice in notices:
        hand_over(SEND, notice.pk)
    return notices


@transaction.atomic
def mark_read(*, partnership, by, notice=None, up_to=None):
    """Mark one's own notices as read: one of them, or all up to the newest one that the page showed."""
    mine = partnership.notices.unread_by(by)
    chosen = mine.filter(pk__lte=up_to) if up_to is not None else mine.filter(pk=notice)
    return chosen.update(read=timezone.now())


def _to_be_sent(now):
    """Still news, not read meanwhile, not tried too often, and to somebody who belongs there at this moment."""
    seat = Membership.objects.filter(user=OuterRef("to"), partnership=OuterRef("partnership"), ended=None)
    return Notice.objects.filter(
        Exists(seat), to__is_active=True, sent=None, read=None, attempts__lt=MOST_ATTEMPTS, at__gt=now - NEWS_FOR
    )


def claim_notice_to_send(pk):
    """The notice, if its e-mail is to be sent now and nobody else is sending it.

    The attempt is counted before sending, so that a message that kills its worker is not tried for ever.
    """
    now = timezone.now()
    free = Q(claimed=None) | Q(claimed__lt=now - ABANDONED_AFTER)
    if not _to_be_sent(now).filter(free, pk=pk).update(claimed=now, attempts=F("attempts") + 1):
        return None
    return Notice.objects.select_related("partnership", "to").get(pk=pk)


def mark_notice_sent(notice):
    Notice.objects.filter(pk=notice.pk).update(sent=timezone.now())


def give_back(notice):
    """Its e-mail could not be sent just now: the sweep may try again."""
    Notice.objects.filter(pk=notice.pk).update(claimed=None)


def unsent_notices(*, older_than):
    """Those whose message was never confirmed sent: what the sweeper sends again."""
    now = timezone.now()
    free = Q(claimed=None) | Q(claimed__lt=now - ABANDONED_AFTER)
    return _to_be_sent(now).filter(free, at__lt=now - older_than)


def forget_old_notices():
    Notice.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
