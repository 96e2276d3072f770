"""Messages that people get. Each is a template; the words are there, not here."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from partners.notices import claim_notice_to_send, give_back, mark_notice_sent
from partners.services import claim_invitation_to_send, invitation_token, mark_sent

logger = logging.getLogger(__name__)


def site_address():
    """Where this site is reached from outside, for links in messages: never taken from a request's headers."""
    return settings.SITE_ADDRESS.rstrip("/")


def send_invitation(pk):
    """Send one invitation, unless it has been sent, used or taken back meanwhile."""
    invitation = claim_invitation_to_send(pk)
    if invitation is None:
        return
    link = site_address() + reverse("partners:invitation-accept", args=[invitation_token(invitation)])
    if _sent("partners/mail/invitation.txt", invitation.email, {"invitation": invitation, "link": link}, of=invitation):
        mark_sent(invitation)


def send_notice(pk):
    """Send the e-mail about one notice, unless it has gone out, was read or no longer concerns this person."""
    notice = claim_notice_to_send(pk)
    if notice is None:
        return
    link = site_address() + notice.path
    if _sent("partners/mail/notice.txt", notice.to.email, {"notice": notice, "link": link}, of=notice):
        mark_notice_sent(notice)
    else:
        give_back(notice)


def _sent(template, address, context, *, of):
    """Whether the message went out. The first line of a template is the subject."""
    subject, _, body = render_to_string(template, context).partition("\n")
    try:
        send_mail(subject, body.lstrip("\n"), settings.DEFAULT_FROM_EMAIL, [address])
    except (SMTPException, OSError) as fault:
        # Only what kind of fault: its text may hold the address. The sweep tries again.
        logger.warning("%s %s could not be sent: %s", of._meta.verbose_name.capitalize(), of.pk, type(fault).__name__)
        return False
    return True
