"""What the worker makes of an upload, and what readers see of it."""

import pytest

from partners.models import Notice
from tests.workforce.uploads import quick_reader
from tests.workforce.uploads.conftest import FAULTY, GOOD, HOPELESS, again
from workforce import vault
from workforce.lifecycle import State
from workforce.models import Cause, Snapshot
from workforce.uploads import ready_snapshots


def test_a_good_return_becomes_ready(world, receive):
    upload = receive(GOOD)
    assert (upload.state, upload.source, upload.rows_accepted, upload.attempts) == (State.READY, "asc_wds", 2, 1)
    (snapshot,) = ready_snapshots(world.partnership)
    assert snapshot.stored == f"workforce/snapshots/{upload.partner_id}/{snapshot.sha256}.parquet"
    with vault.open_stored(snapshot.stored) as stored:
        assert stored.read() == b'[[1, "20"], [2, "30"]]'
    assert vault.exists(snapshot.establishments_stored)
    (file,) = upload.files.all()
    assert (file.kind, file.rows_read) == ("worker", 2)


def test_faults_wait_for_the_steward_and_readers_see_nothing(world, receive):
    upload = receive(FAULTY)
    assert (upload.state, upload.errors, upload.rows_rejected) == (State.TO_DECIDE, 2, 1)
    assert list(ready_snapshots(world.partnership)) == []
    assert Snapshot.objects.count() == 1  # the control: it is there, for its steward alone
    pay, number = upload.causes.order_by("column").reverse()
    assert (pay.column, pay.count, pay.first_row, pay.examples) == ("pay", 1, 3, [[3, "much"]])
    assert number.column == "number"


def test_a_return_without_a_row_is_sent_back_with_its_faults(receive):
    upload = receive(HOPELESS)
    assert upload.state == State.SENT_BACK
    assert "No row" in upload.fault
    assert (Snapshot.objects.count(), Cause.objects.count()) == (0, 1)


def test_what_cannot_be_read_says_why(receive):
    upload = receive("unreadable\n", names=["plan.docx"])
    assert (upload.state, upload.fault) == (State.UNREADABLE, "plan.docx: This is no table. Accepted: Send CSV.")


def test_a_second_worker_changes_nothing(receive):
    from workforce.receiving import read_upload

    upload = receive(GOOD)
    read_upload(upload.pk)
    assert again(upload).moved == upload.moved


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD, "are ready"),
        (FAULTY, "have faults"),
        (HOPELESS, "no row"),
        ("unreadable\n", "could not be read"),
        ("unmapped\n", "named yet"),
    ],
)
def test_the_steward_is_told(world, receive, text, words):
    receive(text)
    (notice,) = Notice.objects.all()
    assert notice.to == world.steward
    assert words in notice.sentence
    assert "Council as at 30 September 2026" in notice.sentence


def test_signs_that_no_database_keeps_do_no_harm(receive, monkeypatch):
    """A NUL, half a character, a heading of a page's length: PostgreSQL would refuse the row, three times."""
    real = quick_reader._causes_of

    def awkward(faults):
        causes = real(faults)
        for cause in causes:
            cause.column, cause.message, cause.examples = "c\0" * 400, "half \ud800", [(3, "v\0" * 300), (4, None)]
        return causes

    monkeypatch.setattr(quick_reader, "_causes_of", awkward)
    upload = receive(FAULTY)
    assert upload.state == State.TO_DECIDE
    cause = upload.causes.first()
    assert (cause.column, cause.message) == ("c" * 200, "half")
    assert cause.examples == [[3, "v" * 200], [4, None]]


def test_parts_found_in_a_file_are_listed_beside_it(receive, monkeypatch):
    real = quick_reader._figures
    monkeypatch.setattr(quick_reader, "_figures", lambda name, *rows: real(f"{name}: staff.csv", *rows))
    upload = receive(GOOD, names=["return.zip"])
    sent, part = upload.files.all()
    assert (sent.name, sent.rows_read, bool(sent.stored)) == ("return.zip", 0, True)
    assert (part.name, part.rows_read, part.stored) == ("return.zip: staff.csv", 2, "")
