"""The worker's side of an upload: claimed, read, stored, and then ready (or not) in one transaction.

The row is the truth. Whoever claims it counts the attempt first, so that files which kill their reader are tried
three times and no more. A claim is a token: a worker that was silent for too long loses it, and whatever it does
afterwards changes nothing. Neither logs nor rows ever hold what an exception says, because that may be a cell.
"""

import logging
import time
import uuid
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from partners.text import clean_text
from workforce import engine, vault
from workforce.lifecycle import State
from workforce.models import Cause, Release, Snapshot, Upload, UploadFile
from workforce.moving import hold, make_way, move
from workforce.uploads import mapping_of

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
SILENT_FOR = timedelta(minutes=2)  # A worker that gave no sign of life for so long is taken to have died.
SIGN_OF_LIFE_EVERY = 1.0  # seconds

TOO_LONG = "Reading took longer than half an hour, three times. Send fewer rows at a time."
TOO_LARGE = "There was not enough memory to read these files, three times. Send fewer rows at a time."
FAILED = (
    "Reading these files failed three times. Export them again, or save them as CSV, and send those. "
    "If that fails too, give the number of this upload to whoever runs this site."
)
NO_ROWS = "No row of these files could be accepted. The faults below say why; put them right and send the files again."


def read_upload(pk):
    """Read one waiting upload. Safe to call twice, and by two workers: only one of them claims it."""
    forget_left_folders()
    upload = claim(pk)
    if upload is None:
        return
    try:
        with _folder_of(upload) as folder:
            _receive(upload, folder)
    except Exception as fault:  # noqa: BLE001 - whatever it was, the row says so and nothing of its words is kept
        give_back(upload, fault)


def claim(pk):
    """The upload, if it waits and this call is the one to take it. The attempt is counted before any work."""
    token, now = uuid.uuid4(), timezone.now()
    free = Upload.objects.filter(pk=pk, state=State.WAITING, attempts__lt=MOST_ATTEMPTS)
    fresh = {"phase": "", "rows_done": 0, "bytes_done": 0}
    if not free.update(state=State.READING, claim=token, claimed=now, moved=now, attempts=F("attempts") + 1, **fresh):
        return None
    related = Upload.objects.select_related("partner__organisation", "partner__partnership", "partnership")
    return related.filter(pk=pk, claim=token).first()


@contextmanager
def _folder_of(upload):
    folder = vault.make_folder(upload.pk, upload.claim)
    try:
        yield folder
    finally:
        vault.forget_folder(folder)


def forget_left_folders():
    """Clear away what a killed worker left on this machine: folders of attempts that are nobody's any more."""
    found = list(vault.folders())  # Before the claims are asked for: a folder is made after its claim is committed.
    claims = Upload.objects.filter(state=State.READING).exclude(claim=None).values_list("claim", flat=True)
    of_profiles = Release.objects.exclude(claim=None).values_list("claim", flat=True)
    living = {claim.hex for claim in [*claims, *of_profiles]}
    for folder, token in found:
        if token not in living:
            vault.forget_folder(folder)


def _receive(upload, folder):
    ours = engine.current()
    upload.mapping = upload.mapping or mapping_of(upload.partner) or None
    try:
        checked = _read(ours, upload, folder)
    except ours.stop:
        return
    except ours.unreadable as fault:
        _refuse(upload, State.UNREADABLE, fault=sentence_of(fault))
    except ours.needs_mapping as fault:
        suggested = dict(getattr(fault, "suggestions", {}))
        headings = [_short(heading, 200) for heading in fault.headings]
        found = {"unmapped_headings": headings, "suggested_columns": suggested}
        _refuse(upload, State.NEEDS_MAPPING, source="council", **found)
    else:
        _keep(upload, checked, ours.crosswalk_version)


def sentence_of(fault):
    place = f"{fault.where}: " if fault.where else ""
    accepted = f" Accepted: {fault.accepted.rstrip('.')}." if fault.accepted else ""
    return f"{place}{fault.sentence}{accepted}"


@transaction.atomic
def _refuse(upload, to, **changes):
    move(upload, to, by=None, holding=upload.claim, claim=None, **changes)


def _read(ours, upload, folder):
    out = folder / "out"
    out.mkdir(mode=0o700)
    with _files_at_hand(upload, folder) as files:
        return ours.read(
            [ours.given(name, path) for name, path in files],
            as_at=upload.as_at,
            source=upload.source or None,
            mapping=upload.mapping,
            keys=ours.keys(settings.PSEUDONYM_SECRET, upload.partner),
            folder=out,
            today=timezone.localdate(),
            progress=SignOfLife(upload, ours.stop),
        )


@contextmanager
def _files_at_hand(upload, folder):
    with ExitStack() as copies:
        sent = upload.files.exclude(stored="")
        yield [(file.name, copies.enter_context(vault.at_hand(file.stored, folder))) for file in sent]


class SignOfLife:
    """Told by the engine how far it is; tells the row, once a second at the most. Raises when it is not to go on."""

    def __init__(self, upload, stop):
        self.upload, self.stop, self.last = upload, stop, time.monotonic()

    def __call__(self, phase, rows_done, bytes_done=0, bytes_total=0):
        if time.monotonic() - self.last < SIGN_OF_LIFE_EVERY:
            return
        self.last = time.monotonic()
        mine = Upload.objects.filter(pk=self.upload.pk, claim=self.upload.claim, state=State.READING)
        done = {"rows_done": rows_done}
        done |= {"bytes_done": bytes_done, "bytes_total": bytes_total} if bytes_total else {}
        if not mine.update(phase=phase[:60], claimed=timezone.now(), **done):
            raise self.stop


# --- What was read is kept ------------------------------------------------------------------------------------------


def _keep(upload, checked, crosswalk_version):
    """Store the files first, then write all rows in one transaction. Nobody sees anything in between."""
    partner = upload.partner_id
    issues = vault.keep_issues(checked.issues) if checked.issues else vault.NOTHING
    if not checked.rows_accepted:
        snapshot = establishments = vault.NOTHING
    else:
        snapshot = vault.keep_snapshot(checked.snapshot, partner)
        companion = checked.establishments
        establishments = vault.keep_snapshot(companion, partner) if companion else vault.NOTHING
    if not _finish(upload, checked, crosswalk_version, issues, snapshot, establishments):
        vault.forget(issues.stored)  # A snapshot may be somebody else's too: the nightly clearing looks.
        return
    _assess(upload)


def _assess(upload):
    """Imported when first needed, as the engine is: a web server never works these figures out."""
    from workforce.assessing import assess_when_read

    assess_when_read(upload)


@transaction.atomic
def _finish(upload, checked, crosswalk_version, issues, snapshot, establishments):
    """True when this worker still held the upload, and what it read is now what there is."""
    held = hold(upload)
    if held.state != State.READING or held.claim != upload.claim:
        return False
    _insist_on(snapshot, establishments)
    held.source = checked.source
    _write_files(held, checked)
    _write_causes(held, checked)
    to = _state_after(checked)
    if to != State.SENT_BACK:
        _write_snapshot(held, checked, crosswalk_version, snapshot, establishments)
    if to == State.READY:
        make_way(held, by=None)
    results = _results_of(checked) | {"issues_stored": issues.stored, "crosswalk_version": crosswalk_version}
    results["mapping"] = upload.mapping if checked.source == "council" else None
    results |= {"fault": NO_ROWS} if to == State.SENT_BACK else {}
    results |= {"ready_at": timezone.now()} if to == State.READY else {}
    return move(held, to, by=None, holding=upload.claim, source=checked.source, claim=None, **results)


def _state_after(checked):
    if not checked.rows_accepted:
        return State.SENT_BACK
    return State.TO_DECIDE if checked.errors else State.READY


def _insist_on(*files):
    """The nightly clearing may have taken an old file of the same content just before: then this attempt failed."""
    for file in files:
        if file.stored and not vault.exists(file.stored):
            raise FileNotFoundError


def _results_of(checked):
    return {
        "rows_read": checked.rows_read,
        "rows_accepted": checked.rows_accepted,
        "rows_rejected": checked.rows_rejected,
        "rows_done": checked.rows_read,
        "errors": checked.errors,
        "warnings": checked.warnings,
        "unmapped_headings": [_short(heading, 200) for heading in checked.unmapped_headings],
    }


FILE_FIGURES = ("kind", "label", "rows_read", "rows_accepted", "rows_rejected")


def _write_files(upload, checked):
    """What was read of each file. Parts found inside one (members of a ZIP, sheets) get lines of their own."""
    upload.files.filter(stored="").delete()
    sent = list(upload.files.all())
    for read in checked.files:
        figures = {name: getattr(read, name) for name in FILE_FIGURES}
        figures |= {"kind": _short(read.kind, 40), "label": _short(read.label, 200)}
        same = next((file for file in sent if file.name == read.name and not file.kind), None)
        if same:
            same.kind = read.kind
            UploadFile.objects.filter(pk=same.pk).update(**figures)
        else:
            UploadFile.objects.create(
                upload=upload, position=upload.files.count(), name=_short(read.name, 300), **figures
            )


def _write_causes(upload, checked):
    upload.causes.all().delete()
    Cause.objects.bulk_create(
        Cause(
            upload=upload, position=position, file=_short(cause.file, 300), column=_short(cause.column, 200),
            code=cause.code, severity=str(cause.severity), message=_short(cause.message), count=cause.count,
            accepted=_short(cause.accepted), first_row=cause.first_row, examples=_examples_of(cause),
        )
        for position, cause in enumerate(checked.causes)
    )  # fmt: skip


def _examples_of(cause):
    return [[int(row), None if value is None else _short(value, 200)] for row, value in cause.examples]


def _short(words, most=2000):
    """Words of a file as a database can keep them, whatever signs are in them, and as much as a page has room for."""
    return clean_text(words, keep_lines=False)[:most]


def _write_snapshot(upload, checked, crosswalk_version, snapshot, establishments):
    Snapshot.objects.filter(upload=upload).delete()  # of a reading with other columns
    Snapshot.objects.create(
        upload=upload,
        sha256=snapshot.sha256,
        stored=snapshot.stored,
        size=snapshot.size,
        rows=checked.rows_accepted,
        establishments_sha256=establishments.sha256,
        establishments_stored=establishments.stored,
        establishments_rows=checked.establishments_rows,
        mapping_loss=[_loss(count) for count in checked.mapping_loss],
        crosswalk_version=crosswalk_version,
    )


def _loss(count):
    return {name: getattr(count, name) for name in ("field", "code", "value", "rows", "merged")}


# --- When it went wrong ---------------------------------------------------------------------------------------------


def give_back(upload, fault):
    """Reading failed: somebody tries again, or it is parked. Only what kind of fault it was is logged."""
    logger.warning("Upload %s could not be read: %s", upload.pk, type(fault).__name__)
    with suppress(Upload.DoesNotExist), transaction.atomic():
        _put_away(upload, _sentence_for(fault), holding=upload.claim)


def _sentence_for(fault):
    if isinstance(fault, SoftTimeLimitExceeded):
        return TOO_LONG
    return TOO_LARGE if isinstance(fault, MemoryError) else FAILED


def _put_away(upload, sentence, *, holding):
    """Back among those that wait, or parked after the last attempt. True when it was parked."""
    upload.state = State.READING
    if upload.attempts >= MOST_ATTEMPTS:
        return move(upload, State.PARKED, by=None, holding=holding, fault=sentence, claim=None)
    move(upload, State.WAITING, by=None, holding=holding, claim=None)
    return False


def park_or_free_silent():
    """Those whose worker died: back among those that wait, or parked after three attempts. Returns the parked."""
    related = Upload.objects.select_related("partner__organisation", "partner__partnership", "partnership")
    silent = related.filter(state=State.READING, claimed__lt=timezone.now() - SILENT_FOR)
    parked = []
    for upload in silent:
        with transaction.atomic():
            if _put_away(upload, FAILED, holding=upload.claim):
                parked.append(upload)
    return parked


def unfinished_uploads(*, older_than):
    """What the sweeper sends again: those that wait for longer than a message takes, and those that failed once."""
    waiting = Upload.objects.filter(state=State.WAITING)
    return waiting.filter(Q(moved__lt=timezone.now() - older_than) | Q(attempts__gt=0))
