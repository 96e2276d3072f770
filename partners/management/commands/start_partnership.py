"""The first step of a new partnership: the operator names it and invites its coordinator."""

from django.db import transaction

from partners import services
from partners.mail import send_invitation
from partners.management.planner_command import PlannerCommand
from partners.models import Partnership, Via
from partners.permissions import Role


class Command(PlannerCommand):
    help = "Start a partnership and send its coordinator an invitation."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("name")
        parser.add_argument("--coordinator", required=True, metavar="EMAIL")
        parser.add_argument("--wider", metavar="SLUG", help="the wider partnership it sits inside")

    def act(self, name, coordinator, wider, **options):
        inside = Partnership.objects.filter(slug=wider).first() if wider else None
        if wider and inside is None:
            self.wrong_usage(f"There is no partnership called {wider}.")
        with transaction.atomic():
            partnership = services.start_partnership(name=name, wider=inside, via=Via.COMMAND)
            place = {"partnership": partnership, "role": Role.COORDINATOR}
            invitation = services.invite(**place, email=coordinator, by=None, via=Via.COMMAND)
        send_invitation(invitation.pk)
        self.say(f"{name} has been started, and an invitation sent to {coordinator}.")
        return {"partnership": partnership.slug}
