"""What the clock does: unfinished work is sent again, what has served its purpose is cleared away."""

import io
import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from actions.imports import start_import
from actions.models import PlanImport
from config.celery import SCHEDULE, app
from config.housekeeping import PATIENCE, sweep, tidy
from config.tasks import sweep as sweep_task
from config.tasks import tidy as tidy_task
from partners.models import Invitation
from partners.permissions import Role
from partners.services import accept_invitation, invite, revoke_invitation

CSV = b"Ref,Activity,Timescale\n8,Hold a fair,March 2027\n"
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def plan_import(world):
    return start_import(strategy=world.strategy, upload=ContentFile(CSV, name="plan.csv"), by=world.coordinator)


@pytest.fixture
def invitation(world):
    return invite(
        partnership=world.partnership, email="new@example.org", role=Role.OBSERVER, organisation=world.council,
        by=world.coordinator,
    )  # fmt: skip


def waits(thing, age=AN_HOUR):
    """As if its message had been lost that long ago."""
    when = timezone.now() - age
    field = "at" if isinstance(thing, PlanImport) else "created"
    type(thing).objects.filter(pk=thing.pk).update(**{field: when})


def test_work_that_is_only_just_handed_out_is_left_to_the_worker(plan_import, invitation):
    assert sweep().sent_again == []
    assert mail.outbox == []


def test_what_was_left_unfinished_is_sent_again_and_then_is_finished(plan_import, invitation):
    waits(plan_import)
    waits(invitation)
    assert sweep().sent_again == [f"plan file {plan_import.pk}", f"invitation {invitation.pk}"]
    plan_import.refresh_from_db()
    invitation.refresh_from_db()
    assert (plan_import.state, len(mail.outbox)) == (PlanImport.State.READY, 1)
    assert invitation.sent
    assert sweep().sent_again == []


@pytest.mark.parametrize("seconds", [-5, 5])
def test_patience_is_what_it_says(plan_import, seconds):
    waits(plan_import, PATIENCE + timedelta(seconds=seconds))
    assert len(sweep().sent_again) == (seconds > 0)


@pytest.mark.parametrize("ending", ["sent", "accepted", "revoked", "expired", "tried three times"])
def test_an_invitation_that_is_done_with_is_not_sent_again(world, invitation, ending):
    waits(invitation)
    if ending == "accepted":
        accept_invitation(invitation=invitation, name="New", password="three random words")
    elif ending == "revoked":
        revoke_invitation(invitation=invitation, by=world.coordinator)
    else:
        now = timezone.now()
        changes = {"sent": {"sent": now}, "expired": {"expires": now}, "tried three times": {"attempts": 3}}
        Invitation.objects.filter(pk=invitation.pk).update(**changes[ending])
    assert sweep().sent_again == []
    assert mail.outbox == []


@pytest.mark.parametrize("state", [state for state in PlanImport.State if state not in ("waiting", "reading")])
def test_an_import_that_is_done_with_is_not_sent_again(plan_import, state):
    waits(plan_import)
    PlanImport.objects.filter(pk=plan_import.pk).update(state=state)
    assert sweep() == sweep()
    plan_import.refresh_from_db()
    assert (plan_import.state, plan_import.attempts) == (state, 0)


def test_the_command_says_what_was_sent_and_parked(plan_import):
    waits(plan_import)
    PlanImport.objects.filter(pk=plan_import.pk).update(state="reading", claimed=timezone.now() - AN_HOUR, attempts=3)
    out, err = io.StringIO(), io.StringIO()
    call_command("sweep", "--json", stdout=out, stderr=err)
    document = json.loads(out.getvalue())
    assert document["sent_again"] == []
    assert "failed three times" in document["parked"][0]
    assert "Parked: plan file" in err.getvalue()
    quiet = io.StringIO()
    call_command("sweep", stdout=io.StringIO(), stderr=quiet)
    assert "Nothing was left unfinished." in quiet.getvalue()


def test_sessions_that_ended_are_cleared_and_others_stay(world):
    for _ in range(2):
        Client().force_login(world.manager)
    over, still = Session.objects.all()
    Session.objects.filter(pk=over.pk).update(expire_date=timezone.now() - AN_HOUR)
    tidy()
    assert list(Session.objects.values_list("pk", flat=True)) == [still.pk]


def test_the_clock_knows_only_tasks_that_exist_and_they_do_the_work(plan_import):
    app.loader.import_default_modules()
    assert {task for task, _ in SCHEDULE.values()} <= set(app.tasks)
    waits(plan_import)
    sweep_task.delay()
    tidy_task.delay()
    plan_import.refresh_from_db()
    assert plan_import.state == PlanImport.State.READY
