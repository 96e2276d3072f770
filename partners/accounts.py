"""How allauth signs people in here: by invitation only, under the name they gave."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


def display_name(user):
    return user.name


class InvitationOnlyAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def get_reset_password_from_key_url(self, key):
        """The link in the message starts with the site's own address, whatever host the request claimed."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return settings.SITE_ADDRESS + path

    def add_message(self, *args, **kwargs):
        """allauth's own notices repeat what the next page shows anyway."""
