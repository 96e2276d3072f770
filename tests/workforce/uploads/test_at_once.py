"""Several people and workers at the same moment, in threads of their own with connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from partners.models import Change, Notice
from partners.refusals import Refused
from tests.workforce.uploads.conftest import FAULTY, GOOD, again
from tests.world import build_world
from workforce import receiving, uploads, vault
from workforce.lifecycle import State
from workforce.models import Snapshot, Upload

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db, monkeypatch):
    monkeypatch.setattr(uploads, "hand_over", lambda task, pk: None)  # The tests say who reads, and when.
    return build_world()


def at_once(*acts):
    """Do these in threads that begin together; what each returned, or the refusal it got."""
    line = Barrier(len(acts))

    def done(act):
        line.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(done, acts))


def test_the_same_files_sent_by_several_at_once_are_one_upload(send):
    found = at_once(*[lambda: send(GOOD, FAULTY)] * 6)
    assert len({upload.pk for upload in found}) == 1
    assert sorted(upload.sent_before for upload in found) == [False] + [True] * 5
    assert len(vault._names_in(vault.SENT)) == 2


def test_several_workers_read_it_once(send):
    upload = send(GOOD)
    at_once(*[lambda: receiving.read_upload(upload.pk)] * 4)
    upload = again(upload)
    assert (upload.state, upload.attempts, Snapshot.objects.count(), Notice.objects.count()) == (State.READY, 1, 1, 1)


def test_of_several_returns_read_at_once_one_is_in_use(send):
    found = [send(f"number,pay\n{n},20\n") for n in range(1, 5)]
    at_once(*[lambda upload=upload: receiving.read_upload(upload.pk) for upload in found])
    states = sorted(Upload.objects.values_list("state", flat=True))
    assert states == [State.READY] + [State.SUPERSEDED] * 3
    assert Change.objects.filter(field="state", after=State.SUPERSEDED).count() == 3


def test_of_two_decisions_at_once_one_counts(world, receive):
    upload = receive(FAULTY)
    decisions = at_once(
        lambda: uploads.accept_with_faults(upload=again(upload), by=world.steward),
        lambda: uploads.send_back(upload=again(upload), by=world.steward),
    )
    assert sorted(isinstance(decision, Refused) for decision in decisions) == [False, True]
    (made,) = [decision for decision in decisions if not isinstance(decision, Refused)]
    assert again(upload).state == made.state


def test_the_sweep_and_a_worker_that_ends_at_that_moment_agree(send, monkeypatch):
    """The worker is taken for dead just when it makes the upload ready: whichever is first, it is whole."""
    monkeypatch.setattr(receiving, "SILENT_FOR", -receiving.SILENT_FOR)
    for number in range(5):
        upload = send(f"number,pay\n{number},2\n")
        at_once(lambda upload=upload: receiving.read_upload(upload.pk), receiving.park_or_free_silent)
        with suppress(Upload.DoesNotExist):
            receiving.read_upload(upload.pk)
        assert again(upload).state == State.READY
        assert vault.exists(again(upload).snapshot.stored)


def test_control_without_holding_the_partner_the_same_files_would_be_refused_by_the_database(send, monkeypatch):
    """Everybody is told that nothing was sent before: what is left is the constraint, and that answers nobody."""
    monkeypatch.setattr(uploads, "_sent_before", lambda partner, digest: None)
    with pytest.raises(IntegrityError):
        at_once(*[lambda: send(GOOD)] * 2)
    assert Upload.objects.count() == 1
    assert len(vault._names_in(vault.SENT)) == 1
