"""Claims, attempts, signs of life and what becomes of files that hurt their reader."""

import logging
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.utils import timezone

from config.housekeeping import sweep
from partners.models import Notice
from tests.workforce.uploads import quick_reader
from tests.workforce.uploads.conftest import FAULTY, GOOD, again
from workforce import receiving, uploads, vault
from workforce.lifecycle import State
from workforce.models import Snapshot, Upload
from workforce.receiving import MOST_ATTEMPTS, SILENT_FOR, claim, read_upload

pytestmark = pytest.mark.django_db


@contextmanager
def meanwhile(monkeypatch, happens):
    """Let something happen while a worker reads."""
    real = quick_reader._rows_of

    def rows_of(*given):
        happens()
        return real(*given)

    monkeypatch.setattr(quick_reader, "_rows_of", rows_of)
    yield
    monkeypatch.setattr(quick_reader, "_rows_of", real)


def goes_silent(upload):
    Upload.objects.filter(pk=upload.pk).update(claimed=timezone.now() - 2 * SILENT_FOR)


def read_often(upload, times):
    for _ in range(times):
        read_upload(upload.pk)
    return again(upload)


def test_only_one_worker_claims_it(send):
    upload = send()
    assert claim(upload.pk).attempts == 1
    assert claim(upload.pk) is None


@pytest.mark.parametrize(("heading", "words"), [("breaks", "failed three times"), ("memory", "not enough memory")])
def test_after_three_attempts_it_is_parked_with_a_reason(world, send, heading, words):
    upload = send(f"{heading}\n1,2\n")
    assert read_often(upload, 2).state == State.WAITING
    upload = read_often(upload, 5)
    assert (upload.state, upload.attempts) == (State.PARKED, MOST_ATTEMPTS)
    assert words in upload.fault
    assert "could not be read" in Notice.objects.get().sentence


def test_a_reading_that_takes_too_long_says_so(send, monkeypatch):
    def never_ends(*given):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(quick_reader, "_rows_of", never_ends)
    assert "longer than half an hour" in read_often(send(), 3).fault


def test_what_a_cell_says_is_not_in_the_log(send, caplog):
    caplog.set_level(logging.DEBUG)
    upload = send("breaks\n1,2\n")
    read_upload(upload.pk)
    assert f"Upload {upload.pk} could not be read: ValueError" in caplog.text
    assert "secret cell" not in caplog.text
    assert "Traceback" not in caplog.text


def test_files_that_kill_their_worker_are_parked_by_the_sweep(world, send):
    """Killed: the row stays as it was claimed, and nobody gives it back."""
    upload = send("kills\n1,2\n")
    for _ in range(MOST_ATTEMPTS):
        assert claim(upload.pk)
        goes_silent(upload)
        parked = receiving.park_or_free_silent()
    assert [str(found.pk) for found in parked] == [str(upload.pk)]
    assert again(upload).state == State.PARKED
    assert sweep().sent_again == []


def test_control_a_worker_that_lives_is_left_alone(send):
    upload = send()
    claim(upload.pk)
    assert receiving.park_or_free_silent() == []
    assert again(upload).state == State.READING


def test_the_sweep_sends_again_and_says_what_was_parked(send, world):
    lost, poison = send(), send("kills\n1,2\n")
    Upload.objects.filter(pk=lost.pk).update(moved=timezone.now() - timedelta(hours=1))
    Upload.objects.filter(pk=poison.pk).update(state=State.READING, attempts=3, claim="0" * 32)
    goes_silent(poison)
    swept = sweep()
    assert swept.sent_again == [f"upload {lost.pk}"]
    assert swept.parked == [f"upload {poison.pk}: {again(poison).fault}"]
    assert again(lost).state == State.READY


@pytest.mark.parametrize("state", [state for state in State if state not in ("waiting", "reading")])
def test_the_sweep_leaves_alone_what_is_done(send, state):
    upload = send()
    long_ago = timezone.now() - timedelta(hours=1)
    Upload.objects.filter(pk=upload.pk).update(state=state, moved=long_ago, claimed=long_ago, attempts=1)
    assert sweep() == sweep()
    assert again(upload).state == state


# --- Two at once ---------------------------------------------------------------------------------------------------


def test_a_cancelled_upload_is_not_read_to_its_end(world, send, monkeypatch):
    monkeypatch.setattr(receiving, "SIGN_OF_LIFE_EVERY", 0)
    upload = send()
    with meanwhile(monkeypatch, lambda: uploads.cancel(upload=again(upload), by=world.steward)):
        read_upload(upload.pk)
    assert again(upload).state == State.CANCELLED
    assert (Snapshot.objects.count(), vault._list(vault.ISSUES)[1]) == (0, [])


def test_one_cancelled_at_the_last_moment_does_not_become_ready(world, send, monkeypatch):
    upload = send()
    with meanwhile(monkeypatch, lambda: uploads.cancel(upload=again(upload), by=world.steward)):
        read_upload(upload.pk)
    assert again(upload).state == State.CANCELLED
    assert (Snapshot.objects.count(), vault._list(vault.ISSUES)[1]) == (0, [])


def test_a_worker_that_was_taken_for_dead_changes_nothing(send, monkeypatch):
    """Another one reads meanwhile; the first comes back and finds that the upload is no longer its own."""
    upload, seen = send(FAULTY), []

    def taken_over():
        if not seen:
            seen.append(again(upload).claim)
            goes_silent(upload)
            receiving.park_or_free_silent()
            with monkeypatch.context() as other:
                other.setattr(receiving, "forget_left_folders", lambda: None)  # it is on another machine
                read_upload(upload.pk)

    with meanwhile(monkeypatch, taken_over):
        read_upload(upload.pk)
    upload = again(upload)
    assert (upload.state, upload.attempts, Snapshot.objects.count()) == (State.TO_DECIDE, 2, 1)
    assert len(vault._list(vault.ISSUES)[1]) == 1
    assert vault.exists(upload.issues_stored)
    assert Notice.objects.count() == 1


def test_how_far_it_is_stands_in_the_row(send, monkeypatch):
    monkeypatch.setattr(receiving, "SIGN_OF_LIFE_EVERY", 0)
    upload = send()
    seen = []
    real = receiving.SignOfLife.__call__

    def told(sign, *given):
        real(sign, *given)
        seen.append(Upload.objects.values_list("phase", "rows_done", "bytes_total").get())

    monkeypatch.setattr(receiving.SignOfLife, "__call__", told)
    before = timezone.now()
    read_upload(upload.pk)
    assert seen[0] == ("Reading", 2, 3)
    assert again(upload).claimed > before


def test_a_sign_of_life_is_given_once_a_second_at_the_most(send, django_assert_num_queries):
    upload = send()
    sign = receiving.SignOfLife(claim(upload.pk), quick_reader.Stop)
    with django_assert_num_queries(0):
        for row in range(1000):
            sign("Reading", row, row, 1000)


# --- Folders and storages ---------------------------------------------------------------------------------------------


def test_nothing_is_left_in_the_private_folder(send, settings):
    for text in (GOOD, "breaks\n1,2\n", "unreadable\n"):
        read_upload(send(text).pk)
    assert list(settings.WORK_DIR.iterdir()) == []


def test_what_a_killed_worker_left_is_cleared_away(send, settings):
    dead, living = claim(send().pk), claim(send(FAULTY).pk)
    for upload in (dead, living):
        folder = vault.make_folder(upload.pk, upload.claim)
        assert folder.stat().st_mode & 0o077 == 0
    goes_silent(dead)
    receiving.park_or_free_silent()
    receiving.forget_left_folders()
    assert [folder.name for folder in settings.WORK_DIR.iterdir()] == [f"{living.pk}-{living.claim.hex}"]


@pytest.fixture
def bucket(settings):
    """A storage whose files have no path on this machine, as those of a bucket."""
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}


@pytest.fixture
def copies(monkeypatch):
    """(name, path) of every file that was handed to the engine."""
    seen, real = [], quick_reader.QUICK
    monkeypatch.setattr(quick_reader, "QUICK", replace(real, given=lambda *of: seen.append(of) or real.given(*of)))
    return seen


def test_files_in_a_bucket_are_copied_to_the_private_folder_and_not_left_there(bucket, receive, settings, copies):
    upload = receive(GOOD)
    ((name, path),) = copies
    assert (name, path.parent.parent, path.exists()) == ("workers-0.csv", settings.WORK_DIR, False)
    with vault.open_stored(upload.snapshot.stored) as stored:
        assert b"20" in stored.read()


def test_files_in_a_folder_are_read_where_they_lie(receive, copies):
    (file,) = receive(GOOD).files.all()
    assert str(copies[0][1]) == default_storage.path(file.stored)
