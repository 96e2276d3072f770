"""How allauth signs people in here: by invitation only, under the name they gave."""

from allauth.account.adapter import DefaultAccountAdapter


def display_name(user):
    return user.name


class InvitationOnlyAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def add_message(self, *args, **kwargs):
        """allauth's own notices repeat what the next page shows anyway."""
