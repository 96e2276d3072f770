"""Journeys of an upload that are cut short at any point, taken up again, and looked at: what must be true then.

Each journey has a date of its own, so that many stand beside each other in one database.
"""

import hashlib
import json
import os
import shutil
import time
from dataclasses import dataclass
from datetime import date, timedelta
from unittest import mock

from django.core.files.storage import default_storage
from django.utils import timezone

from partners.models import Change, Notice
from tests.workforce.uploads import killing, quick_reader
from workforce import receiving, retention, uploads, vault
from workforce.lifecycle import State
from workforce.models import Cause, Snapshot, Upload, UploadFile

GOOD = "number,pay\n1,20\n2,30\n+number,pay\n3,40\n"
FAULTY = "number,pay\n1,20\n2,much\nthree,40\n"
EARLIER = "number,pay\n9,90\n"


@dataclass
class Scene:
    """Where it happens: a partner and its steward, and the process that is killed."""

    partner: object
    steward: object
    victim: killing.Victim
    day: int = 0

    def next_date(self):
        self.day += 1
        return date(2026, 9, 30) - timedelta(days=self.day)

    def would_send(self, text, as_at):
        text, day = own(text, as_at), as_at.isoformat()
        return {"partner": self.partner.pk, "text": text, "as_at": day, "by": self.steward.pk}

    def sends(self, text, as_at):
        whole = {
            "partner": self.partner.pk,
            "text": own(text, as_at),
            "as_at": as_at.isoformat(),
            "by": self.steward.pk,
        }
        with mock.patch.object(uploads, "hand_over"):  # It waits: who reads it, and when, is what this is about.
            return killing.send(**whole)

    def reads(self, upload):
        quick_reader.read_quickly(upload)
        upload.refresh_from_db()
        return upload


def own(text, as_at):
    """The same return with numbers of its own: otherwise a snapshot would be there already, from another date."""
    return text.replace("\n1,", f"\n{as_at.toordinal()},").replace("\n9,", f"\n{as_at.toordinal()},")


def of_date(as_at):
    return Upload.objects.filter(as_at=as_at).order_by("pk")


def goes_silent(as_at):
    long_ago = timezone.now() - 2 * receiving.SILENT_FOR
    of_date(as_at).filter(state=State.READING).update(claimed=long_ago)


def taken_up_again(scene, as_at):
    """What the sweeper does, and then a worker."""
    goes_silent(as_at)
    receiving.park_or_free_silent()
    for upload in receiving.unfinished_uploads(older_than=timedelta(0)).filter(as_at=as_at):
        scene.reads(upload)


# --- What must be true ---------------------------------------------------------------------------------------------


def stored_wrongly(snapshot):
    """Faults of a snapshot that readers can see."""
    if not vault.exists(snapshot.stored) or not vault.exists(snapshot.establishments_stored):
        return ["a snapshot is seen whose file is not there"]
    with vault.open_stored(snapshot.stored) as stored:
        content = stored.read()
    if hashlib.sha256(content).hexdigest() != snapshot.sha256 or len(json.loads(content)) != snapshot.rows:
        return ["a snapshot is seen that is not whole"]
    return []


def half_seen(as_at, least=0):
    """Faults that a reader could meet at this moment."""
    seen = list(Snapshot.objects.ready().filter(upload__as_at=as_at).select_related("upload"))
    faults = [fault for snapshot in seen for fault in stored_wrongly(snapshot)]
    if len(seen) > 1:
        faults.append("two snapshots of one return are seen")
    if len(seen) < least:
        faults.append("the earlier snapshot is gone before the later one is there")
    ready = of_date(as_at).filter(state=State.READY)
    if len(ready) != len(seen):
        faults.append("an upload is ready without its snapshot")
    for upload in ready:
        if upload.causes.count() != (2 if upload.errors else 0) or not upload.rows_accepted:
            faults.append("an upload is ready without its causes or counts")
    return faults


def missing_bytes(as_at):
    """Rows that name files which are not there, or are not those that were sent."""
    faults = []
    for file in UploadFile.objects.filter(upload__as_at=as_at).exclude(stored=""):
        if not vault.exists(file.stored):
            faults.append("a row names bytes that are not there")
            continue
        with vault.open_stored(file.stored) as stored:
            if hashlib.sha256(stored.read()).hexdigest() != file.sha256:
                faults.append("the bytes are not those that were sent")
    return faults


def said_once(as_at, state, kind):
    """The history and the notices say it exactly once for each upload."""
    faults = []
    for upload in of_date(as_at).filter(state=state):
        lines = Change.objects.filter(subject="upload", subject_id=upload.pk, field="state", after=state).count()
        notices = Notice.objects.filter(path=upload.get_absolute_url(), kind=kind).count()
        if (lines, notices) != (1, 1):
            faults.append(f"said {lines} times in the history and {notices} times in notices")
    return faults


def left_over():
    """Files that no row names once the nightly clearing has seen them, and folders that are nobody's."""
    for at, _, names in os.walk(default_storage.path("workforce")):
        for name in names:
            long_ago = time.time() - 2 * 86400
            os.utime(os.path.join(at, name), (long_ago, long_ago))
    retention.delete_orphans()
    receiving.forget_left_folders()
    named = set(UploadFile.objects.values_list("stored", flat=True)) | set(
        Upload.objects.values_list("issues_stored", flat=True)
    )
    for snapshot in Snapshot.objects.all():
        named |= {snapshot.stored, snapshot.establishments_stored}
    there = set(vault.stored_names(older_than=timedelta(0)))
    faults = [f"{len(there - named)} files are left that no row names"] if there - named else []
    faults += [f"{len(named - there - {''})} files are named that are not there"] if named - there - {""} else []
    return faults + (["a private folder is left"] if list(vault.folders()) else [])


def ends_as(as_at, *states):
    found = tuple(of_date(as_at).values_list("state", flat=True))
    return [] if found == states else [f"ended as {found}, not {states}"]


def rows_of(as_at, snapshots, causes, files):
    counts = (
        Snapshot.objects.filter(upload__as_at=as_at).count(),
        Cause.objects.filter(upload__as_at=as_at).count(),
        UploadFile.objects.filter(upload__as_at=as_at).count(),
    )
    wanted = (snapshots, causes, files)
    return [] if counts == wanted else [f"{counts} snapshots, causes and files, not {wanted}"]


# --- The journeys --------------------------------------------------------------------------------------------------


class Journey:
    """`prepare` what is there before, then `act` is done and killed, `after` looks, `again` takes it up and looks."""

    act = ""

    def prepare(self, scene, as_at):
        return {}

    def after(self, scene, as_at):
        return half_seen(as_at)


class Sending(Journey):
    """Killed while files are sent in: the person sends them again."""

    act = "send"

    def prepare(self, scene, as_at):
        return {
            "partner": scene.partner.pk,
            "text": own(GOOD, as_at),
            "as_at": as_at.isoformat(),
            "by": scene.steward.pk,
        }

    def after(self, scene, as_at):
        return half_seen(as_at) + missing_bytes(as_at)

    def again(self, scene, as_at):
        scene.sends(GOOD, as_at)
        taken_up_again(scene, as_at)
        faults = ends_as(as_at, State.READY) + rows_of(as_at, snapshots=1, causes=0, files=2)
        return faults + said_once(as_at, State.READY, "upload_ready") + half_seen(as_at, least=1)


class Reading(Journey):
    """Killed while a good return is read that replaces an earlier one: at any time, exactly one of them is seen."""

    act = "read"

    def prepare(self, scene, as_at):
        scene.reads(scene.sends(EARLIER, as_at))
        return {"upload": scene.sends(GOOD, as_at).pk}

    def after(self, scene, as_at):
        return half_seen(as_at, least=1)

    def again(self, scene, as_at):
        taken_up_again(scene, as_at)
        faults = ends_as(as_at, State.SUPERSEDED, State.READY) + rows_of(as_at, snapshots=2, causes=0, files=3)
        return faults + said_once(as_at, State.READY, "upload_ready") + half_seen(as_at, least=1)


class ReadingFaulty(Journey):
    """Killed while a return with faults is read."""

    act = "read"

    def prepare(self, scene, as_at):
        return {"upload": scene.sends(FAULTY, as_at).pk}

    def again(self, scene, as_at):
        taken_up_again(scene, as_at)
        faults = ends_as(as_at, State.TO_DECIDE) + rows_of(as_at, snapshots=1, causes=2, files=1)
        return faults + said_once(as_at, State.TO_DECIDE, "upload_to_decide") + half_seen(as_at)


class ReadingWhatIsNone(Journey):
    """Killed while something is read that is no table."""

    act = "read"

    def prepare(self, scene, as_at):
        return {"upload": scene.sends("unreadable\n", as_at).pk}

    def again(self, scene, as_at):
        taken_up_again(scene, as_at)
        faults = ends_as(as_at, State.UNREADABLE) + rows_of(as_at, snapshots=0, causes=0, files=1)
        return faults + said_once(as_at, State.UNREADABLE, "upload_unreadable")


class Accepting(Journey):
    """Killed while the steward takes a return with its faults, which replaces an earlier one."""

    act = "accept"

    def prepare(self, scene, as_at):
        scene.reads(scene.sends(EARLIER, as_at))
        return {"upload": scene.reads(scene.sends(FAULTY, as_at)).pk, "by": scene.steward.pk}

    def after(self, scene, as_at):
        return half_seen(as_at, least=1)

    def again(self, scene, as_at):
        for upload in of_date(as_at).filter(state=State.TO_DECIDE):
            killing.accept(upload=upload.pk, by=scene.steward.pk)
        return ends_as(as_at, State.SUPERSEDED, State.READY) + half_seen(as_at, least=1)


class Clearing(Journey):
    """Killed while what has served its purpose is deleted; the clearing of the next night comes by."""

    act = "clear"

    def prepare(self, scene, as_at):
        upload = scene.reads(scene.sends(EARLIER, as_at))
        long_ago = timezone.now() - timedelta(days=40)
        old = Upload.objects.filter(pk=upload.pk)
        old.update(state=State.WITHDRAWN, at=long_ago, moved=long_ago, ready_at=long_ago)
        return {}

    def again(self, scene, as_at):
        retention.clear_up()
        faults = ends_as(as_at, State.WITHDRAWN) + rows_of(as_at, snapshots=1, causes=0, files=1)
        kept = Snapshot.objects.filter(upload__as_at=as_at).exclude(stored="").count()
        kept += UploadFile.objects.filter(upload__as_at=as_at).exclude(stored="").count()
        return faults + ([f"{kept} names are left of files that are gone"] if kept else [])


class Parking(Journey):
    """Killed while the sweeper parks what has killed its worker three times."""

    act = "park"

    def prepare(self, scene, as_at):
        upload = scene.sends(EARLIER, as_at)
        Upload.objects.filter(pk=upload.pk).update(
            state=State.READING, attempts=receiving.MOST_ATTEMPTS, claim="0" * 32
        )
        goes_silent(as_at)
        return {}

    def again(self, scene, as_at):
        taken_up_again(scene, as_at)
        return ends_as(as_at, State.PARKED) + said_once(as_at, State.PARKED, "upload_parked")


JOURNEYS = [Sending(), Reading(), ReadingFaulty(), ReadingWhatIsNone(), Accepting(), Clearing(), Parking()]


def points_of(scene, journey, wrongly=""):
    """What this journey does on its way, when nothing ends it."""
    as_at = scene.next_date()
    points = scene.victim.does(journey.act, wrongly=wrongly, **journey.prepare(scene, as_at))["points"]
    strike(as_at)
    return points


def cut_short(scene, journey, kill_at, wrongly=""):
    """(whether it was killed, what was wrong then or after it was taken up again)."""
    as_at = scene.next_date()
    given = journey.prepare(scene, as_at)
    killed = scene.victim.does(journey.act, kill_at=kill_at, wrongly=wrongly, **given)["killed"]
    faults = journey.after(scene, as_at) + journey.again(scene, as_at) + left_over()
    strike(as_at)
    return killed, faults


def strike(as_at):
    """Clear the stage: the next journey begins as the first did."""
    of_date(as_at).delete()
    shutil.rmtree(default_storage.path("workforce"), ignore_errors=True)
