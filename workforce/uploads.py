"""The doors through which people send in workforce files and decide what becomes of them.

The bytes are stored before the row that names them is written, so a row never names what is not there; bytes that no
row names are cleared away (workforce/retention.py). What the worker does is in workforce/receiving.py.
"""

import hashlib

from celery import signature
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from partners.history import name_of, plain, record, record_fields
from partners.models import Act, Partner, Via
from partners.permissions import Right
from partners.queue import hand_over
from partners.refusals import Refused
from partners.services import insist
from partners.text import clean_text
from workforce import vault
from workforce.lifecycle import MOVES, OVER, State
from workforce.models import ColumnMapping, SectorSize, Snapshot, Upload, UploadFile
from workforce.moving import hold, make_way, move

# By name, because tasks stand above services: the task calls what is written in this app.
READ = signature("workforce.tasks.read_upload")

MOST_FILES = 20
LONGEST_NAME = 300


def send_in(*, partnership, partner, as_at, files, by, source="", via=Via.FORM, at=None):
    """Take in the files of one return. The worker reads them once this is committed.

    The same bytes for the same partner and date are taken in once, as long as the first upload of them counts.
    """
    insist(by, partnership, Right.SEND_WORKFORCE, partner)
    _check(partnership, partner, as_at, files)
    digests = [vault.digest_of(file) for file in files]
    whole = _digest(digests, as_at)
    if earlier := _sent_before(partner, whole):
        return earlier
    kept = []
    try:
        kept += [vault.keep_sent(file, digest) for file, digest in zip(files, digests, strict=True)]
        named = list(zip([_shown(file.name) for file in files], kept, strict=True))
        upload = _enter(partnership, partner, as_at, named, whole, by=by, source=source, via=via, at=at)
    except BaseException:
        _forget(kept)
        raise
    if upload.sent_before:
        _forget(kept)
    return upload


def _check(partnership, partner, as_at, files):
    if partner.partnership_id != partnership.pk:
        raise Refused("That organisation is not a partner here.", field="partner")
    if as_at > timezone.localdate():
        raise Refused("This date is in the future.", field="as_at", accepted="Give the date that the files describe.")
    if not 0 < len(files) <= MOST_FILES:
        raise Refused(
            f"{len(files)} files were sent.", field="files", accepted=f"Send at least one and at most {MOST_FILES}."
        )
    empty = [_shown(file.name) for file in files if not file.size]
    if empty:
        raise Refused(f"“{empty[0]}” is empty.", field="files", accepted="Save it again and send that.")
    _check_size(sum(file.size for file in files))


def _check_size(size):
    most = settings.MAX_WORKFORCE_BYTES
    if size > most:
        accepted = f"At most {most / 1_000_000:,.0f} MB are read. A ZIP file of the same files is smaller."
        raise Refused(f"The files have {size / 1_000_000:,.0f} MB.", field="files", accepted=accepted)


def _shown(name):
    return clean_text(name, keep_lines=False).replace("\\", "/").rpartition("/")[2][-LONGEST_NAME:] or "file"


def _digest(digests, as_at):
    return hashlib.sha256("\n".join([*digests, as_at.isoformat()]).encode()).hexdigest()


def _sent_before(partner, digest):
    earlier = Upload.objects.of(partner).filter(digest=digest).exclude(state__in=OVER).first()
    if earlier:
        earlier.sent_before = True
    return earlier


def _forget(kept):
    for file in kept:
        vault.forget(file.stored)


@transaction.atomic
def _enter(partnership, partner, as_at, named, digest, *, by, source, via, at):
    """Write the row of files that are stored. Asked again while the partner's returns are held: two may send at once.

    Only after this is committed is the worker told.
    """
    Partner.objects.select_for_update().get(pk=partner.pk)
    insist(by, partnership, Right.SEND_WORKFORCE, partner)
    if earlier := _sent_before(partner, digest):
        return earlier
    upload = Upload.objects.create(
        partnership=partnership, partner=partner, as_at=as_at, source=source, digest=digest,
        bytes_total=sum(kept.size for _, kept in named), by=by, by_name=name_of(by),
        at=at or timezone.now(), moved=at or timezone.now(),
    )  # fmt: skip
    UploadFile.objects.bulk_create(
        UploadFile(upload=upload, position=n, name=name, stored=kept.stored, size=kept.size, sha256=kept.sha256)
        for n, (name, kept) in enumerate(named)
    )
    after = {"partner": partner.pk, "as_at": as_at.isoformat(), "files": len(named)}
    record(upload, act=Act.ADDED, by=by, via=via, after=after, at=at)
    hand_over(READ, upload.pk)
    return upload


# --- What becomes of an upload ------------------------------------------------------------------------------------


def _held_for(upload, to, by):
    """The upload as it is now, held, if this person may take it there from where it is."""
    insist(by, upload.partnership, Right.SEND_WORKFORCE, upload)
    held = hold(upload)
    if to not in MOVES[held.state]:
        raise Refused(f"This upload is in another state by now: {held.get_state_display().lower()}.")
    return held


@transaction.atomic
def cancel(*, upload, by, via=Via.FORM, at=None):
    """Stop before anything comes of it. A worker that is reading it notices within a second or so."""
    held = _held_for(upload, State.CANCELLED, by)
    move(held, State.CANCELLED, by=by, via=via, at=at, claim=None)
    return held


@transaction.atomic
def accept_with_faults(*, upload, by, via=Via.FORM, at=None):
    """Take the rows that can be read; the faulty cells count as missing."""
    held = _held_for(upload, State.READY, by)
    if held.state != State.TO_DECIDE:
        raise Refused("There is nothing to decide about this upload.")
    now = at or timezone.now()
    make_way(held, by=by, via=via, at=at)
    move(held, State.READY, by=by, via=via, at=at, decided=now, decided_by=by, ready_at=now)
    return held


@transaction.atomic
def send_back(*, upload, by, via=Via.FORM, at=None):
    """Keep nothing of it: whoever made the files is to put the faults right."""
    held = _held_for(upload, State.SENT_BACK, by)
    move(held, State.SENT_BACK, by=by, via=via, at=at, decided=at or timezone.now(), decided_by=by)
    return held


@transaction.atomic
def withdraw(*, upload, by, via=Via.FORM, at=None):
    """No figure is made from it any more. It can be restored until its snapshot is deleted."""
    held = _held_for(upload, State.WITHDRAWN, by)
    move(held, State.WITHDRAWN, by=by, via=via, at=at)
    return held


@transaction.atomic
def restore(*, upload, by, via=Via.FORM, at=None):
    """Make a withdrawn or replaced upload the one that counts again, if no other does."""
    held = _held_for(upload, State.READY, by)
    if held.state not in (State.WITHDRAWN, State.SUPERSEDED) or not held.ready_at:
        raise Refused("This upload was not in use before.", accepted="Send the files again.")
    _refuse_without_snapshot(held)
    _refuse_beside_another(held)
    move(held, State.READY, by=by, via=via, at=at, superseded_by=None)
    return held


def _refuse_without_snapshot(upload):
    if not Snapshot.objects.filter(upload=upload).exclude(stored="").exists():
        raise Refused("What was read of it has been deleted.", accepted="Send the files again.")


def _refuse_beside_another(upload):
    others = Upload.objects.of(upload.partner).exclude(pk=upload.pk)
    if others.of_return(upload).ready().exists():
        raise Refused("A later upload for the same date is in use.", accepted="Withdraw that one first.")
    if others.filter(digest=upload.digest).exclude(state__in=OVER).exists():
        raise Refused("The same files were sent again later.", accepted="Restore or decide on that upload.")


@transaction.atomic
def name_columns(*, partner, mapping, by, source="council", via=Via.FORM, at=None):
    """Keep what the headings of a partner's own lists mean, for all that it sends later; returns all that is known.

    `mapping`: heading to field of the template; "" for a column that is to be left out.
    """
    insist(by, partner.partnership, Right.SEND_WORKFORCE, partner)
    before, now = mapping_of(partner, source), at or timezone.now()
    ColumnMapping.objects.bulk_create(
        [
            ColumnMapping(partner=partner, source=source, heading=heading, field=field, by=by, at=now)
            for heading, field in mapping.items()
        ],
        update_conflicts=True,
        unique_fields=["partner", "source", "heading"],
        update_fields=["field", "by", "at"],
    )
    after = before | mapping
    record(partner, act=Act.CHANGED, field="column_mapping", before=before, after=after, by=by, via=via, at=at)
    return after


@transaction.atomic
def remember_mapping(*, upload, mapping, by, via=Via.FORM, at=None):
    """Name the columns of an upload that waits for it, and read it with them."""
    held = _held_for(upload, State.WAITING, by)
    how = {"by": by, "via": via, "at": at}
    after = name_columns(partner=held.partner, mapping=mapping, source=held.source or "council", **how)
    move(held, State.WAITING, **how, attempts=0, claim=None, mapping=after, fault="")
    hand_over(READ, held.pk)
    return held


def mapping_of(partner, source="council"):
    """What the headings of a partner's own extracts are known to mean."""
    return dict(partner.column_mappings.filter(source=source).values_list("heading", "field"))


# --- The known size of the sector -----------------------------------------------------------------------------------

SIZE_FIELDS = ("establishments", "posts", "source")


@transaction.atomic
def set_sector_size(
    *, partnership, service, as_at, source, by, size_band="", establishments=None, posts=None, via=Via.FORM, at=None
):
    """Say how many establishments and posts of a kind there are known to be, and who says so."""
    insist(by, partnership, Right.EDIT_SECTOR_SIZE)
    if establishments is None and posts is None:
        raise Refused("No number was given.", field="establishments", accepted="Give establishments, posts or both.")
    if not clean_text(source):
        raise Refused("Where do the numbers come from?", field="source", accepted="Such as a register and its date.")
    new = {"establishments": establishments, "posts": posts, "source": clean_text(source, keep_lines=False)}
    size, is_new = SectorSize.objects.select_for_update().get_or_create(
        partnership=partnership, service=service, size_band=size_band, as_at=as_at,
        defaults=new | {"by": by, "at": at or timezone.now()},
    )  # fmt: skip
    if is_new:
        after = new | {"service": service, "size_band": size_band, "as_at": as_at.isoformat()}
        record(size, act=Act.ADDED, by=by, via=via, after=after, at=at)
        return size
    changes = {name: (getattr(size, name), value) for name, value in new.items() if getattr(size, name) != value}
    if changes:
        SectorSize.objects.filter(pk=size.pk).update(**new, by=by, at=at or timezone.now())
        record_fields(size, changes, act=Act.CHANGED, by=by, via=via, at=at)
        size.refresh_from_db()
    return size


@transaction.atomic
def remove_sector_size(*, size, by, via=Via.FORM, at=None):
    insist(by, size.partnership, Right.EDIT_SECTOR_SIZE)
    before = {name: plain(getattr(size, name)) for name in ("service", "size_band", "as_at", *SIZE_FIELDS)}
    record(size, act=Act.REMOVED, by=by, via=via, before=before, at=at)
    SectorSize.objects.filter(pk=size.pk).delete()


# --- What readers see ---------------------------------------------------------------------------------------------


def ready_snapshots(partnership, as_at=None):
    """The snapshots that figures may be made from: of one date, or of all."""
    found = Snapshot.objects.ready().filter(upload__partnership=partnership)
    found = found.filter(upload__as_at=as_at) if as_at else found
    return found.select_related("upload__partner__organisation").order_by("upload__partner", "upload__source")
