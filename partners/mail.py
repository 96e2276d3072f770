"""Messages that people get. Each is a template; the words are there, not here."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from partners.services import claim_invitation_to_send, invitation_token, mark_sent


def site_address():
    """Where this site is reached from outside, for links in messages: never taken from a request's headers."""
    return settings.SITE_ADDRESS.rstrip("/")


def send_invitation(pk):
    """Send one invitation, unless it has been sent, used or taken back meanwhile."""
    invitation = claim_invitation_to_send(pk)
    if invitation is None:
        return
    link = site_address() + reverse("partners:invitation-accept", args=[invitation_token(invitation)])
    words = render_to_string("partners/mail/invitation.txt", {"invitation": invitation, "link": link})
    subject, _, body = words.partition("\n")
    send_mail(subject, body.lstrip("\n"), settings.DEFAULT_FROM_EMAIL, [invitation.email])
    mark_sent(invitation)
