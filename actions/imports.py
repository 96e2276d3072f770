"""The life of a plan file on its way in: stored, read by the worker, looked at by a person, applied or dropped."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from actions.applying import apply_proposal
from actions.models import PlanImport
from actions.own_document import keep_document
from actions.proposing import proposal_for
from actions.reading.grids import Unreadable
from partners.history import record
from partners.models import Act, Via
from partners.permissions import Right
from partners.refusals import Refused
from partners.services import insist
from partners.text import clean_text

MOST_ATTEMPTS = 3
ABANDONED_AFTER = timedelta(minutes=5)
KEPT_FOR = timedelta(days=30)

State = PlanImport.State


@transaction.atomic
def start_import(*, strategy, upload, by):
    """Keep the bytes under a name of our own. The worker reads them once this is committed."""
    insist(by, strategy.partnership, Right.IMPORT_PLAN)
    if upload.size > settings.MAX_PLAN_FILE_BYTES:
        size = upload.size / 1_000_000
        raise Refused(f"The file has {size:.0f} MB.", field="file", accepted="At most 10 MB are read.")
    name = clean_text(upload.name, keep_lines=False)[-200:]
    plan_import = PlanImport(strategy=strategy, name=name, by=by)
    plan_import.file.save(name, upload, save=False)
    plan_import.save()
    record(plan_import, act=Act.ADDED, by=by, via=Via.FORM, after={"name": name})
    return plan_import


def move(pk, from_state, to_state, **changes):
    """Take an import from one state to another, if it is still in the first. True when this call did it."""
    if to_state not in PlanImport.MOVES[from_state]:
        raise ValueError(f"An import does not go from {from_state} to {to_state}.")
    return PlanImport.objects.filter(pk=pk, state=from_state).update(state=to_state, **changes) == 1


def read_import(pk):
    """Read one waiting import. Safe to call twice, and by two workers: only one of them claims it."""
    claim = {"attempts": F("attempts") + 1, "claimed": timezone.now()}
    if not move(pk, State.WAITING, State.READING, **claim):
        return
    plan_import = PlanImport.objects.select_related("strategy__partnership").get(pk=pk)
    try:
        with plan_import.file.open("rb") as stored:
            proposal = proposal_for(plan_import.strategy, plan_import.name, stored.read())
    except Unreadable as fault:
        move(pk, State.READING, State.UNREADABLE, fault=f"{fault.message} {fault.accepted}".strip())
    else:
        move(pk, State.READING, State.READY, proposal=proposal)


def unfinished_imports(*, older_than):
    """Those waiting too long or whose worker died: set back to waiting, or parked after three tries."""
    dead = timezone.now() - ABANDONED_AFTER
    stuck = PlanImport.objects.filter(state=State.READING, claimed__lt=dead)
    stuck.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=State.UNREADABLE,
        fault="Reading this file failed three times. Save it again in Word or Excel, or send it as CSV.",
    )
    stuck.filter(attempts__lt=MOST_ATTEMPTS).update(state=State.WAITING)
    return PlanImport.objects.filter(state=State.WAITING).filter(
        Q(at__lt=timezone.now() - older_than) | Q(attempts__gt=0)
    )


@transaction.atomic
def drop_import(*, plan_import, by):
    insist(by, plan_import.strategy.partnership, Right.IMPORT_PLAN)
    if any(move(plan_import.pk, state, State.DROPPED) for state in (State.READY, State.UNREADABLE, State.WAITING)):
        record(plan_import, act=Act.REMOVED, by=by, via=Via.FORM)
        return True
    return False


def forget_old_files():
    """Delete the bytes and the proposals of old imports. What was applied is in the plan and its history."""
    done = [State.APPLIED, State.DROPPED, State.UNREADABLE]
    old = PlanImport.objects.filter(at__lt=timezone.now() - KEPT_FOR).exclude(file="")
    for plan_import in old.filter(Q(state__in=done) | Q(state=State.READY)):
        move(plan_import.pk, State.READY, State.DROPPED)
        plan_import.file.delete(save=False)
        PlanImport.objects.filter(pk=plan_import.pk).update(file="", proposal=None)


@transaction.atomic
def apply_import(*, plan_import, by, take_out=False):
    """Write what the preview showed. A row that somebody edited since is left as they made it, and named.

    `take_out`: take the rows that the file has no more out of the plan as well.
    """
    if not move(plan_import.pk, State.READY, State.APPLIED, applied=timezone.now()):
        raise Refused("This import has been applied or dropped already.", accepted="Import the file again.")
    record(plan_import, act=Act.CHANGED, field="state", before=State.READY, after=State.APPLIED, by=by, via=Via.FORM)
    strategy, proposal = plan_import.strategy, plan_import.proposal
    applied = apply_proposal(strategy=strategy, proposal=proposal, by=by, take_out=take_out)
    with plan_import.file.open("rb") as stored:
        keep_document(
            strategy=strategy,
            name=plan_import.name,
            content=stored.read(),
            proposal=proposal,
            became=applied.became,
            by=by,
        )
    return applied
