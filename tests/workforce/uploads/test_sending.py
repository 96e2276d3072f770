"""Files are taken in once, under names of ours, and never without a row that names them."""

import os
from datetime import timedelta

import pytest
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from partners.models import Change
from partners.refusals import Refused
from tests.workforce.uploads.conftest import AS_AT, FAULTY, GOOD, sent_file
from workforce import uploads, vault
from workforce.lifecycle import OVER, State
from workforce.models import Upload


def sent_files():
    return vault._names_in(vault.SENT)


def test_the_bytes_lie_under_a_name_of_ours(send):
    upload = send(GOOD, FAULTY, names=["../../workers ünd.csv", "C:\\Users\\Jo\\training.csv"])
    first, second = upload.files.all()
    assert [first.name, second.name] == ["workers ünd.csv", "training.csv"]
    assert sorted(sent_files()) == sorted([first.stored, second.stored])
    assert first.stored.removeprefix("workforce/sent/").isalnum()
    with vault.open_stored(second.stored) as stored:
        assert stored.read() == FAULTY.encode()
    assert second.size == len(FAULTY)


def test_only_this_programs_user_may_read_them(send):
    (file,) = send().files.all()
    path = default_storage.path(file.stored)
    assert os.stat(path).st_mode & 0o077 == 0
    assert os.stat(os.path.dirname(path)).st_mode & 0o077 == 0


def test_the_history_says_who_sent_what_for_when(world, send):
    upload = send()
    line = Change.objects.get(subject="upload", subject_id=upload.pk)
    assert line.by == world.steward
    assert line.after == {"partner": upload.partner_id, "as_at": "2026-09-30", "files": 1}


def test_the_same_files_are_taken_in_once(send):
    first = send(GOOD, FAULTY)
    second = send(GOOD, FAULTY, names=["another-name.csv", "b.csv"])
    assert (second.pk, second.sent_before, first.sent_before) == (first.pk, True, False)
    assert (Upload.objects.count(), len(sent_files())) == (1, 2)


def test_other_bytes_another_order_or_another_date_are_another_upload(send):
    first = send(GOOD, FAULTY)
    others = [send(FAULTY, GOOD), send(GOOD), send(GOOD, FAULTY, as_at=AS_AT - timedelta(days=1))]
    assert len({upload.pk for upload in [first, *others]}) == 4


@pytest.mark.parametrize("state", State)
def test_what_no_longer_counts_may_be_sent_again(send, state):
    first = send()
    Upload.objects.filter(pk=first.pk).update(state=state)
    assert (send().pk != first.pk) == (state in OVER)


def test_two_at_the_same_moment_are_one(send, monkeypatch):
    """The second asked before the first was committed: the question is asked again while the partner is held."""
    first, answers = send(), iter([None])
    real = uploads._sent_before
    monkeypatch.setattr(uploads, "_sent_before", lambda *asked: next(answers, real(*asked)))
    second = send()
    assert (second.pk, second.sent_before) == (first.pk, True)
    assert len(sent_files()) == 1


def test_control_the_database_would_not_have_it_twice_either(send):
    first = send()
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"as_at": timezone.localdate() + timedelta(days=1)}, "in the future"),
        ({"files": []}, "0 files were sent"),
        ({"files": [sent_file()] * 21}, "21 files were sent"),
        ({"files": [sent_file(), sent_file("", "nothing.csv")]}, "“nothing.csv” is empty"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_and_nothing_is_kept(world, partner, given, words):
    whole = {"partnership": world.partnership, "partner": partner, "as_at": AS_AT, "files": [sent_file()]} | given
    with pytest.raises(Refused, match=words):
        uploads.send_in(**whole, by=world.steward)
    assert (Upload.objects.count(), sent_files()) == (0, [])


def test_too_much_is_refused(send, settings):
    settings.MAX_WORKFORCE_BYTES = 10
    with pytest.raises(Refused, match="The files have"):
        send()


def test_a_partner_of_another_partnership_is_refused(world):
    with pytest.raises(Refused, match="not a partner here"):
        uploads.send_in(
            partnership=world.partnership, partner=world.elsewhere.partners.get(), as_at=AS_AT, files=[sent_file()],
            by=None,
        )  # fmt: skip


def test_when_the_row_cannot_be_written_the_bytes_go(send, monkeypatch):
    def fails(*given, **more):
        raise OSError("full")

    monkeypatch.setattr(uploads, "_enter", fails)
    with pytest.raises(OSError, match="full"):
        send()
    assert sent_files() == []


def test_the_worker_is_told_after_the_commit(send, django_capture_on_commit_callbacks, monkeypatch):
    told = []
    monkeypatch.setattr("workforce.receiving.read_upload", told.append)
    with django_capture_on_commit_callbacks(execute=True):
        upload = send()
        assert told == []
    assert told == [upload.pk]


class Large(File):
    """Hands out pieces, and fails whoever wants all of it."""

    def __init__(self, pieces):
        super().__init__(None, name="workers.csv")
        self.pieces, self.size, self.asked = pieces, pieces * vault.PIECE, []

    def chunks(self, chunk_size=None):
        self.asked.append(chunk_size)
        return iter([b"x" * chunk_size] * self.pieces)

    def seek(self, place):
        pass


@pytest.mark.django_db
def test_a_large_file_is_never_held_whole():
    """Django keeps large files on disk; they are read in pieces of the vault's size."""
    large = Large(3)
    kept = vault.keep_sent(large, vault.digest_of(large))
    assert large.asked == [vault.PIECE] * 2
    assert default_storage.size(kept.stored) == kept.size == 3 * vault.PIECE
