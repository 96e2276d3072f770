"""What is deleted when: the clock is moved, and nothing is left that should be gone, nor gone that should be there."""

import os
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from config.housekeeping import tidy
from partners.models import Change
from partners.refusals import Refused
from tests.workforce.uploads.conftest import FAULTY, GOOD, again
from workforce import retention, uploads, vault
from workforce.lifecycle import State
from workforce.models import Snapshot, Upload
from workforce.receiving import claim
from workforce.uploads import ready_snapshots

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def all_files():
    root = default_storage.path("workforce")
    return sorted(os.path.relpath(os.path.join(at, name), root) for at, _, names in os.walk(root) for name in names)


def raw_files():
    return [name for name in all_files() if not name.startswith("snapshots")]


def snapshots():
    return [name for name in all_files() if name.startswith("snapshots")]


def passes(days):
    """As if so many days had gone by: every time that rows and files carry lies that much further back."""
    for upload in Upload.objects.all():
        moments = {name: getattr(upload, name) for name in ("at", "moved", "ready_at", "claimed", "decided")}
        Upload.objects.filter(pk=upload.pk).update(**{k: v and v - days * DAY for k, v in moments.items()})
    for snapshot in Snapshot.objects.all():
        Snapshot.objects.filter(pk=snapshot.pk).update(at=snapshot.at - days * DAY)
    for name in all_files():
        path = default_storage.path(f"workforce/{name}")
        long_ago = os.stat(path).st_mtime - days * DAY.total_seconds()
        os.utime(path, (long_ago, long_ago))


ENDS = {
    State.READY: (GOOD, None),
    State.SENT_BACK: (FAULTY, uploads.send_back),
    State.WITHDRAWN: (GOOD, uploads.withdraw),
    State.UNREADABLE: ("unreadable\n", None),
}


@pytest.mark.parametrize("state", ENDS)
def test_raw_files_and_faulty_values_go_a_week_after_they_served(world, receive, state):
    text, door = ENDS[state]
    upload = receive(text)
    if door:
        door(upload=upload, by=world.steward)
    passes(6)
    tidy()
    assert raw_files()  # the control: not a day too early
    passes(2)
    tidy()
    assert raw_files() == []
    upload = again(upload)
    assert upload.raw_deleted
    assert upload.issues_stored == ""
    assert set(upload.files.values_list("stored", flat=True)) == {""}
    assert all(cause.examples == [] and cause.message for cause in upload.causes.all())
    assert Change.objects.filter(subject="upload", field="files").count() == 1


def test_what_somebody_has_yet_to_decide_keeps_its_files(receive):
    upload = receive(FAULTY)
    passes(29)
    tidy()
    assert len(raw_files()) == 2
    assert again(upload).state == State.TO_DECIDE


def test_what_nobody_decided_on_for_a_month_is_cancelled_and_all_of_it_goes(receive, send):
    decides, waits, columns = receive(FAULTY), send(GOOD), receive("unmapped\n")
    Upload.objects.filter(pk=columns.pk).update(
        suggested_columns={"Ann Other": "sex"}
    )  # a first row taken for headings
    passes(31)
    tidy()
    assert {again(upload).state for upload in (decides, waits, columns)} == {State.CANCELLED}
    assert (again(columns).unmapped_headings, again(columns).suggested_columns) == ([], {})
    assert all_files() == []


def test_restoring_does_not_bring_the_week_back(world, receive):
    upload = receive(GOOD)
    passes(8)
    uploads.withdraw(upload=upload, by=world.steward)
    uploads.restore(upload=upload, by=world.steward)
    tidy()
    assert raw_files() == []


def test_the_days_are_a_setting(receive, settings):
    receive(GOOD)
    settings.WORKFORCE_RAW_DAYS = 0
    tidy()
    assert raw_files() == []
    assert snapshots()


def test_a_withdrawn_snapshot_goes_after_a_month_and_cannot_be_restored(world, receive):
    upload = uploads.withdraw(upload=receive(GOOD), by=world.steward)
    passes(29)
    tidy()
    assert len(snapshots()) == 2  # the control
    passes(2)
    tidy()
    assert snapshots() == []
    snapshot = Snapshot.objects.get()
    assert (snapshot.stored, snapshot.rows) == ("", 2)
    assert snapshot.deleted
    with pytest.raises(Refused, match="has been deleted"):
        uploads.restore(upload=upload, by=world.steward)


def test_a_snapshot_in_use_stays_for_two_years(world, receive):
    receive(GOOD)
    passes(720)
    tidy()
    assert len(ready_snapshots(world.partnership)) == 1
    passes(11)
    tidy()
    assert (len(ready_snapshots(world.partnership)), snapshots()) == (0, [])


def test_what_was_sent_back_leaves_no_snapshot(world, receive):
    uploads.send_back(upload=receive(FAULTY), by=world.steward)
    tidy()
    assert snapshots() == []


def test_a_file_that_another_snapshot_is_made_of_stays(world, receive):
    uploads.withdraw(upload=receive(GOOD), by=world.steward)
    passes(31)
    receive(GOOD)
    tidy()
    assert len(snapshots()) == 2
    assert vault.exists(Snapshot.objects.ready().get().stored)


# --- What no row names ---------------------------------------------------------------------------------------------


def orphan(name, days):
    vault._save(name, ContentFile(b"x"))
    passes_for(name, days)


def passes_for(name, days):
    long_ago = time.time() - days * DAY.total_seconds()
    os.utime(default_storage.path(name), (long_ago, long_ago))


@pytest.mark.parametrize("place", [vault.SENT, vault.ISSUES, f"{vault.SNAPSHOTS}/7"])
def test_files_without_a_row_go_after_a_day(place, world):
    orphan(f"{place}/old", days=2)
    orphan(f"{place}/new", days=0.5)
    tidy()
    assert [name.rpartition("/")[2] for name in all_files()] == ["new"]


def test_control_files_with_a_row_stay_however_old(receive, world):
    receive(FAULTY)
    before = all_files()
    passes(20)
    tidy()
    assert all_files() == before


def test_an_upload_whose_snapshot_was_cleared_away_at_that_moment_is_tried_again(send, monkeypatch):
    """The nightly clearing takes an old file of the same content between storing and naming it."""
    from workforce import receiving

    real, upload = receiving._finish, send()

    def finish(held, checked, *given):
        for name in snapshots():
            passes_for(f"workforce/{name}", days=2)
        retention.delete_orphans()
        monkeypatch.setattr(receiving, "_finish", real)
        return real(held, checked, *given)

    monkeypatch.setattr(receiving, "_finish", finish)
    receiving.read_upload(upload.pk)
    assert again(upload).state == State.WAITING
    receiving.read_upload(upload.pk)
    assert again(upload).state == State.READY
    assert vault.exists(Snapshot.objects.ready().get().stored)


def test_clearing_is_safe_to_be_cut_off(receive, monkeypatch):
    """Files gone, row not yet written: the next night finishes it."""
    upload = receive(GOOD)
    passes(8)
    with monkeypatch.context() as cut:
        cut.setattr(retention, "record", lambda *given, **more: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            retention.delete_raw_files_of(upload)
    assert raw_files() == []
    assert not again(upload).raw_deleted
    retention.clear_up()
    assert again(upload).raw_deleted


def test_what_is_being_read_is_left_alone(send):
    upload = claim(send().pk)
    passes(40)
    retention.clear_up()
    assert again(upload).state == State.READING
    assert len(raw_files()) == 1
