"""The life of a plan file on its way in: stored, read by the worker, looked at by a person, applied or dropped."""

import json
import uuid
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from actions.applying import apply_proposal
from actions.import_rows import proposal_of, refuse_stale
from actions.models import PlanImport
from actions.own_document import document_of, forget_document, keep_document
from actions.proposing import pasted_for, read_for
from actions.reading.grids import Unreadable
from actions.reading.keeping import kept, kept_headings
from actions.reading.mapping import Unmapped
from actions.restoring import put_back_batch
from partners.history import record
from partners.models import Act, Via
from partners.permissions import Right
from partners.refusals import Refused
from partners.services import insist
from partners.text import clean_text
from strategies.services import headings_added, remove_heading

MOST_ATTEMPTS = 3
ABANDONED_AFTER = timedelta(minutes=5)
KEPT_FOR = timedelta(days=30)
PASTED = "Pasted table"

State = PlanImport.State
DROPPABLE = [state for state, moves in PlanImport.MOVES.items() if State.DROPPED in moves]


@transaction.atomic
def start_import(*, strategy, upload, by, is_pasted=False):
    """Keep the bytes under a name of our own. The worker reads them once this is committed."""
    insist(by, strategy.partnership, Right.IMPORT_PLAN)
    if upload.size > settings.MAX_PLAN_FILE_BYTES:
        size = upload.size / 1_000_000
        raise Refused(f"The file has {size:.0f} MB.", field="file", accepted="At most 10 MB are read.")
    name = clean_text(upload.name, keep_lines=False)[-200:]
    plan_import = PlanImport(strategy=strategy, name=name, by=by, is_pasted=is_pasted)
    plan_import.file.save(name, upload, save=False)
    plan_import.save()
    record(plan_import, act=Act.ADDED, by=by, via=Via.FORM, after={"name": name})
    return plan_import


def start_pasted_import(*, strategy, text, html, by):
    """A plan's table that somebody copied elsewhere goes the way of a file from here on."""
    content = ContentFile(json.dumps({"text": text, "html": html}).encode(), name=PASTED)
    return start_import(strategy=strategy, upload=content, by=by, is_pasted=True)


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
        draft = kept(_read(plan_import))
        proposal = proposal_of(plan_import.strategy, draft)
    except Unmapped as fault:
        draft = kept_headings(fault.unmatched, fault.matched)
        move(pk, State.READING, State.UNMAPPED, fault=fault.message, draft=draft, proposal=None)
    except Unreadable as fault:
        move(pk, State.READING, State.UNREADABLE, fault=f"{fault.message} {fault.accepted}".strip())
    else:
        move(pk, State.READING, State.READY, draft=draft, proposal=proposal)


def _read(plan_import):
    with plan_import.file.open("rb") as stored:
        content = stored.read()
    if plan_import.is_pasted:
        copied = json.loads(content)
        return pasted_for(plan_import.strategy, copied["html"], copied["text"])
    return read_for(plan_import.strategy, plan_import.name, content)


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
    if any(move(plan_import.pk, state, State.DROPPED) for state in DROPPABLE):
        record(plan_import, act=Act.REMOVED, by=by, via=Via.FORM)
        return True
    return False


def forget_old_files():
    """Delete the bytes and the proposals of old imports. What was applied is in the plan and its history."""
    done = [State.APPLIED, State.DROPPED, State.UNREADABLE]
    old = PlanImport.objects.filter(at__lt=timezone.now() - KEPT_FOR).exclude(file="")
    for plan_import in old.filter(Q(state__in=done) | Q(state__in=[State.READY, State.UNMAPPED])):
        for state in (State.READY, State.UNMAPPED):
            move(plan_import.pk, state, State.DROPPED)
        plan_import.file.delete(save=False)
        PlanImport.objects.filter(pk=plan_import.pk).update(file="", draft=None, proposal=None)


@transaction.atomic
def apply_import(*, plan_import, by, take_out=False, revision=None):
    """Write what the preview showed. A row that somebody edited since is left as they made it, and named.

    `take_out`: take the rows that the file has no more out of the plan as well. `revision`: of the preview that the
    person looked at.
    """
    plan_import = (
        PlanImport.objects.select_for_update(of=("self",))
        .select_related("strategy__partnership")
        .get(pk=plan_import.pk)
    )
    refuse_stale(plan_import, revision)
    if not move(plan_import.pk, State.READY, State.APPLIED, applied=timezone.now()):
        raise Refused("This import has been applied or dropped already.", accepted="Import the file again.")
    record(plan_import, act=Act.CHANGED, field="state", before=State.READY, after=State.APPLIED, by=by, via=Via.FORM)
    batch = uuid.uuid4()
    PlanImport.objects.filter(pk=plan_import.pk).update(batch=batch)
    strategy, proposal = plan_import.strategy, plan_import.proposal
    applied = apply_proposal(strategy=strategy, proposal=proposal, by=by, batch=batch, take_out=take_out)
    with plan_import.file.open("rb") as stored:
        keep_document(
            strategy=strategy, name=plan_import.name, content=stored.read(), proposal=proposal,
            became=applied.became, by=by,
        )  # fmt: skip
    return applied


@transaction.atomic
def undo_import(*, plan_import, by):
    """Take an applied file back as one step: its rows, its cells, its reports, and the headings it brought along.

    What somebody has written since stays as they made it. The file itself has to be imported anew to come back.
    """
    strategy = plan_import.strategy
    insist(by, strategy.partnership, Right.IMPORT_PLAN)
    if plan_import.batch is None or not move(plan_import.pk, State.APPLIED, State.UNDONE, undone=timezone.now()):
        raise Refused(
            "This import cannot be undone: it was not applied, or was undone already.",
            accepted="Single values can be put back on the page of a row's changes.",
        )
    record(plan_import, act=Act.CHANGED, field="state", before=State.APPLIED, after=State.UNDONE, by=by, via=Via.FORM)
    result = put_back_batch(strategy=strategy, batch=plan_import.batch, by=by)
    for heading in headings_added(strategy, plan_import.batch):
        with suppress(Refused):  # Rows of other people hang on it by now: it stays with them.
            remove_heading(heading=heading, by=by)
    document = document_of(strategy)
    if document and document.name == plan_import.name and document.at >= plan_import.applied:
        forget_document(document=document, by=by)
    return result
