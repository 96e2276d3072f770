"""What the clock does for all apps: send unfinished work again, and clear away what has served its purpose."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore

from actions.imports import forget_old_files, unfinished_imports
from actions.models import PlanImport
from actions.tasks import read_plan_import
from config.demo.profile import go_on
from partners.notices import forget_old_notices, unsent_notices
from partners.services import unsent_invitations
from partners.tasks import send_invitation, send_notice
from workforce.profile_building import fail_or_free_silent, unfinished_profiles
from workforce.receiving import park_or_free_silent, unfinished_uploads
from workforce.retention import clear_up
from workforce.tasks import build_profile, read_upload

PATIENCE = timedelta(seconds=45)  # Longer than a message normally takes to reach an idle worker.


@dataclass
class Swept:
    sent_again: list = field(default_factory=list)  # sentences
    parked: list = field(default_factory=list)


def sweep():
    """Hand out again whatever is neither finished nor being worked on; say what was parked and why."""
    swept = Swept()
    parked_before = set(PlanImport.objects.filter(state=PlanImport.State.UNREADABLE).values_list("pk", flat=True))
    for plan_import in unfinished_imports(older_than=PATIENCE):
        read_plan_import.delay(plan_import.pk)
        swept.sent_again.append(f"plan file {plan_import.pk}")
    for upload in park_or_free_silent():
        swept.parked.append(f"upload {upload.pk}: {upload.fault}")
    for upload in unfinished_uploads(older_than=PATIENCE):
        read_upload.delay(upload.pk)
        swept.sent_again.append(f"upload {upload.pk}")
    for release in fail_or_free_silent():
        swept.parked.append(f"profile report {release.pk}: {release.fault}")
    for release in unfinished_profiles(older_than=PATIENCE):
        build_profile.delay(release.pk)
        swept.sent_again.append(f"profile report {release.pk}")
    for invitation in unsent_invitations(older_than=PATIENCE):
        send_invitation.delay(invitation.pk)
        swept.sent_again.append(f"invitation {invitation.pk}")
    for notice in unsent_notices(older_than=PATIENCE):
        send_notice.delay(notice.pk)
        swept.sent_again.append(f"notice {notice.pk}")
    for parked in PlanImport.objects.filter(state=PlanImport.State.UNREADABLE).exclude(pk__in=parked_before):
        swept.parked.append(f"plan file {parked.pk}: {parked.fault}")
    go_on()
    return swept


def tidy():
    SessionStore.clear_expired()
    forget_old_files()
    forget_old_notices()
    clear_up()
    from workforce.assessing import assess_outdated  # here, because it loads pandas, which no web server needs

    assess_outdated()
