"""What is deleted when, by the clock: see docs on data protection. Every night, and safe to be cut off anywhere.

Files as sent, and the faults with their values, go once their marked-up copy has had its days. What nobody decided
on is cancelled after a month. Snapshots go a month after their upload was withdrawn, and after two years anyway.
Counts, causes and the history stay: they name nobody.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from partners.history import record
from partners.models import Act, Partner, Via
from workforce import vault
from workforce.lifecycle import ASKING, OVER, State
from workforce.models import Snapshot, Upload, UploadFile
from workforce.moving import hold, move

ABANDONED_AFTER = timedelta(days=30)
WITHDRAWN_FOR = timedelta(days=30)
SNAPSHOTS_FOR = timedelta(days=730)
ORPHANED_FOR = timedelta(days=1)  # Longer than any request or task can be between storing a file and naming it.

# Nothing of these is needed again, so their snapshots (if any) go the same night.
DROPPED = OVER - {State.WITHDRAWN}
# The files have served their purpose: nobody is going to read them again.
DONE = OVER | {State.READY, State.SUPERSEDED}


def clear_up():
    """All of it, in this order: what one step lets go, the next ones clear away."""
    cancel_abandoned()
    delete_raw_files()
    delete_old_snapshots()
    delete_orphans()


def cancel_abandoned():
    """Uploads that wait for a person who has not come for a month."""
    long_ago = timezone.now() - ABANDONED_AFTER
    related = Upload.objects.select_related("partner", "partnership")
    for upload in related.filter(state__in=[State.WAITING, *ASKING], moved__lt=long_ago):
        with transaction.atomic():
            move(upload, State.CANCELLED, by=None, claim=None)


def delete_raw_files():
    """The files as sent and the issues file; with them the values that were shown as examples.

    The files first and then the row that names them: cut off in between, the next night deletes nothing twice.
    """
    served = timezone.now() - timedelta(days=settings.WORKFORCE_RAW_DAYS)
    done = Upload.objects.annotate(since=Coalesce("ready_at", "moved")).filter(raw_deleted=None, state__in=DONE)
    for upload in done.filter(Q(since__lt=served) | Q(state=State.CANCELLED)):
        delete_raw_files_of(upload)


def delete_raw_files_of(upload):
    for stored in [*upload.files.values_list("stored", flat=True), upload.issues_stored]:
        vault.forget(stored)
    with transaction.atomic():
        upload.files.update(stored="")
        upload.causes.update(examples=[])
        # Headings are said with the files: those of a file without any are its first row.
        gone = {"raw_deleted": timezone.now(), "issues_stored": "", "unmapped_headings": [], "suggested_columns": {}}
        Upload.objects.filter(pk=upload.pk).update(**gone)
        related = Upload.objects.select_related("partner")
        record(related.get(pk=upload.pk), act=Act.REMOVED, field="files", by=None, via=Via.SYSTEM)


def delete_old_snapshots():
    now = timezone.now()
    kept = Snapshot.objects.exclude(stored="").select_related("upload__partner")
    over = (
        Q(upload__state__in=DROPPED)
        | Q(upload__state=State.SUPERSEDED, upload__ready_at=None)
        | Q(upload__state=State.WITHDRAWN, upload__moved__lt=now - WITHDRAWN_FOR)
        | Q(at__lt=now - SNAPSHOTS_FOR)
    )
    for snapshot in kept.filter(over):
        delete_snapshot(snapshot)


def delete_snapshot(snapshot):
    """Let its files go, and delete those that no other snapshot of this partner is made of."""
    stored = [name for name in (snapshot.stored, snapshot.establishments_stored) if name]
    with transaction.atomic():
        hold(snapshot.upload)
        still = Snapshot.objects.filter(pk=snapshot.pk).exclude(stored="")
        if not still.update(stored="", establishments_stored="", deleted=timezone.now()):
            return
        record(snapshot.upload, act=Act.REMOVED, field="snapshot", by=None, via=Via.SYSTEM)
    for name in stored:
        _delete_unnamed(name)


def delete_orphans():
    """Files that no row names: a process was killed between storing them and writing its row."""
    for name in vault.stored_names(older_than=ORPHANED_FOR):
        _delete_unnamed(name)


def _delete_unnamed(name):
    """Asked while the partner's returns are held, so that no upload becomes ready with this file meanwhile."""
    with transaction.atomic():
        if partner := vault.partner_of(name):
            Partner.objects.select_for_update().filter(pk=partner).first()
        if not _is_named(name):
            vault.forget(name)


def _is_named(name):
    return (
        UploadFile.objects.filter(stored=name).exists()
        or Upload.objects.filter(issues_stored=name).exists()
        or Snapshot.objects.filter(Q(stored=name) | Q(establishments_stored=name)).exists()
    )
