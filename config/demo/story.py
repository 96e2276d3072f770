"""The demonstration told from its first day to its last: all steps of all files, in the order of time."""

from django.conf import settings
from django.db import transaction

from config.demo import DEFAULT_PASSWORD, direction, plan, profile, who, workforce, year
from config.demo.cast import Cast
from config.demo.content import read
from partners.models import Partnership, User
from partners.refusals import Refused

SLUG = "eddermere"
COORDINATOR = f"coordinator@{settings.DEMO_MAIL_DOMAIN}"


def password():
    """The one password of all sign-ins. The default is public, so it is not used where others can reach the site."""
    if not (settings.DEMO_PASSWORD or settings.LAPTOP):
        raise Refused(
            "Other machines can reach this site, and the demonstration's default password is public.",
            accepted="Set DEMO_PASSWORD to a password of your own.",
        )
    return settings.DEMO_PASSWORD or DEFAULT_PASSWORD


def is_open_to(email):
    """Whether today's password still opens this sign-in: it does not if the password was set afresh meanwhile."""
    return User.objects.get(email=email).check_password(password())


def is_there(slug, coordinator):
    """Whether the demonstration has been built. A partnership of the same address that is not ours is refused."""
    found = Partnership.objects.filter(slug=slug).first()
    if found and not found.memberships.filter(user__email=coordinator).exists():
        raise Refused(
            f"There is another partnership at the address “{slug}”.",
            accepted="Build the demonstration in a database of its own.",
        )
    return found is not None


def build(tell=None):
    """Build the demonstration unless it is there already: all of it, or nothing. Returns whether it was built.

    `tell(done, of)` hears how far it has come.
    """
    with transaction.atomic():
        if is_there(SLUG, COORDINATOR):
            return False
        run(all_steps(Cast(password=password(), mail_domain=settings.DEMO_MAIL_DOMAIN)), tell)
    return True


def all_steps(cast):
    steps = [
        *who.steps(read("places"), cast),
        *direction.steps(read("strategy"), cast),
        *plan.steps(read("plan"), cast),
        *year.report_steps(read("progress"), cast),
        *year.steps(read("year"), cast),
        *workforce.steps(read("workforce"), cast),
        *profile.steps(read("profile"), cast),
    ]
    return sorted(steps, key=lambda step: step.at)


def run(steps, tell=None):
    for done, step in enumerate(steps, start=1):
        step.do()
        if tell:
            tell(done, len(steps))
