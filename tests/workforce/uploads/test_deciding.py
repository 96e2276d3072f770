"""What a steward does with an upload: decide, withdraw, restore, name columns, keep the size of the sector."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from partners.models import Act, Change
from partners.refusals import Refused
from tests.workforce.uploads.conftest import FAULTY, GOOD, again
from workforce import uploads, vault
from workforce.lifecycle import State
from workforce.models import ColumnMapping, SectorSize, Upload
from workforce.receiving import read_upload
from workforce.uploads import mapping_of, ready_snapshots

LATER = "number,pay\n1,25\n"


def states(*found):
    return [again(upload).state for upload in found]


def last_change(upload):
    return Change.objects.filter(subject="upload", subject_id=upload.pk).first()


def test_accepted_with_its_faults_it_counts(world, receive):
    upload = uploads.accept_with_faults(upload=receive(FAULTY), by=world.steward)
    assert (upload.state, upload.decided_by) == (State.READY, world.steward)
    assert upload.ready_at
    assert [snapshot.rows for snapshot in ready_snapshots(world.partnership)] == [2]
    line = last_change(upload)
    assert (line.act, line.before, line.after, line.by) == (Act.CHANGED, "to_decide", "ready", world.steward)


def test_sent_back_nothing_of_it_counts(world, receive):
    upload = uploads.send_back(upload=receive(FAULTY), by=world.steward)
    assert upload.state == State.SENT_BACK
    assert not ready_snapshots(world.partnership)


def test_a_later_return_of_the_same_date_replaces_the_earlier(world, receive):
    first, second = receive(GOOD), receive(LATER)
    assert states(first, second) == [State.SUPERSEDED, State.READY]
    assert again(first).superseded_by == second
    assert [snapshot.upload for snapshot in ready_snapshots(world.partnership)] == [second]
    assert last_change(first).after == "superseded"


def test_another_date_or_source_stands_beside_it(world, receive):
    others = [receive(LATER, as_at=date(2026, 3, 31)), receive(LATER + "2,9\n", source="esr")]
    assert states(receive(GOOD), *others) == [State.READY] * 3
    assert len(ready_snapshots(world.partnership)) == 3
    assert len(ready_snapshots(world.partnership, date(2026, 3, 31))) == 1


def test_corrected_files_replace_what_was_still_to_be_decided(world, receive):
    faulty = receive(FAULTY)
    receive(GOOD)
    assert states(faulty) == [State.SUPERSEDED]
    with pytest.raises(Refused, match="not in use before"):
        uploads.restore(upload=faulty, by=world.steward)


def test_what_was_decided_last_is_what_counts(world, receive):
    good, faulty = receive(GOOD), receive(FAULTY)
    assert states(good, faulty) == [State.READY, State.TO_DECIDE]
    uploads.accept_with_faults(upload=faulty, by=world.steward)
    assert states(good, faulty) == [State.SUPERSEDED, State.READY]


def test_withdrawn_and_restored(world, receive):
    upload = receive(GOOD)
    uploads.withdraw(upload=upload, by=world.steward)
    assert not ready_snapshots(world.partnership)
    assert last_change(upload).act == Act.REMOVED
    uploads.restore(upload=upload, by=world.steward)
    assert len(ready_snapshots(world.partnership)) == 1
    assert last_change(upload).act == Act.RESTORED


def test_the_earlier_is_restored_once_the_later_is_withdrawn(world, receive):
    first, second = receive(GOOD), receive(LATER)
    with pytest.raises(Refused, match="A later upload"):
        uploads.restore(upload=first, by=world.steward)
    uploads.withdraw(upload=second, by=world.steward)
    uploads.restore(upload=first, by=world.steward)
    assert states(first, second) == [State.READY, State.WITHDRAWN]
    with pytest.raises(Refused, match="A later upload"):
        uploads.restore(upload=second, by=world.steward)


def test_the_twin_of_files_sent_again_is_not_restored_beside_them(world, receive):
    first = receive(GOOD)
    uploads.withdraw(upload=first, by=world.steward)
    receive(GOOD)
    later = receive(LATER)
    uploads.withdraw(upload=later, by=world.steward)
    with pytest.raises(Refused, match="same files were sent again"):
        uploads.restore(upload=first, by=world.steward)


def test_control_the_database_would_not_have_two_ready(receive):
    first, second = receive(GOOD), receive(LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=first.pk).update(state=State.READY)
    assert states(first, second) == [State.SUPERSEDED, State.READY]


def test_two_snapshots_of_the_same_content_are_one_file(world, receive):
    first = receive(GOOD)
    uploads.withdraw(upload=first, by=world.steward)
    second = receive(GOOD)
    assert first.pk != second.pk
    assert first.snapshot.stored == second.snapshot.stored


DONE_ALREADY = [
    (GOOD, uploads.accept_with_faults), (GOOD, uploads.send_back), (GOOD, uploads.cancel), (FAULTY, uploads.withdraw),
    (FAULTY, uploads.restore), ("unreadable\n", uploads.restore), (GOOD, uploads.restore),
]  # fmt: skip


@pytest.mark.parametrize(("text", "door"), DONE_ALREADY)
def test_what_does_not_fit_the_state_is_refused_in_words(world, receive, text, door):
    upload = receive(text)
    with pytest.raises(Refused):
        door(upload=upload, by=world.steward)
    assert states(upload) == [upload.state]


def test_a_decision_of_a_page_that_is_out_of_date_is_refused(world, receive):
    upload = receive(FAULTY)
    uploads.send_back(upload=upload, by=world.steward)
    with pytest.raises(Refused, match="another state by now: sent back"):
        uploads.accept_with_faults(upload=upload, by=world.steward)


@pytest.mark.parametrize("text", [FAULTY, "unmapped\n"])
def test_what_waits_for_the_steward_can_be_cancelled(world, receive, text):
    assert uploads.cancel(upload=receive(text), by=world.steward).state == State.CANCELLED


# --- Columns -----------------------------------------------------------------------------------------------------


def test_columns_are_named_once_and_remembered(world, receive, partner):
    text = "unmapped\n1,20\n"
    upload = receive(text, names=["council.csv"])
    assert (upload.state, upload.unmapped_headings) == (State.NEEDS_MAPPING, ["Pay"])
    uploads.remember_mapping(upload=upload, mapping={"Pay": "hourly_pay"}, by=world.steward)
    read_upload(upload.pk)
    upload = again(upload)
    assert (upload.state, upload.mapping) == (State.READY, {"Pay": "hourly_pay"})
    assert mapping_of(partner) == {"Pay": "hourly_pay"}
    later = receive("unmapped\n1,25\n", as_at=date(2026, 6, 30), names=["council.csv"])
    assert (later.state, later.mapping) == (State.READY, {"Pay": "hourly_pay"})


def test_naming_a_column_otherwise_is_recorded(world, receive):
    for number, field in enumerate(("hourly_pay", "")):
        upload = receive(f"unmapped\n{number},x\n", names=["council.csv"])
        uploads.remember_mapping(upload=upload, mapping={"Pay": field}, by=world.steward)
    assert ColumnMapping.objects.get().field == ""
    line = Change.objects.filter(field="column_mapping").first()
    assert (line.before, line.after) == ({"Pay": "hourly_pay"}, {"Pay": ""})


def test_columns_named_otherwise_are_read_again(world, receive):
    upload = receive("unmapped\n1,x\n", names=["council.csv"])
    uploads.remember_mapping(upload=upload, mapping={"Pay": "hourly_pay"}, by=world.steward)
    read_upload(upload.pk)
    assert states(upload) == [State.TO_DECIDE]
    uploads.remember_mapping(upload=again(upload), mapping={"Pay": ""}, by=world.steward)
    read_upload(upload.pk)
    assert again(upload).causes.count() == 1
    assert vault.exists(again(upload).snapshot.stored)


# --- The known size of the sector ----------------------------------------------------------------------------------


@pytest.fixture
def size(world):
    def said(by=None, **given):
        whole = {"service": "Care home", "as_at": date(2026, 5, 1), "source": "Register", "posts": 900} | given
        return uploads.set_sector_size(partnership=world.partnership, **whole, by=by or world.coordinator)

    return said


def test_the_size_of_the_sector_is_kept_and_corrected(world, size):
    first = size()
    assert size(posts=950, establishments=40) == first
    assert SectorSize.objects.get().posts == 950
    changes = Change.objects.filter(subject="sectorsize")
    assert {line.field for line in changes} == {"", "posts", "establishments"}
    size(posts=950, establishments=40)
    assert changes.count() == 3  # the control: saying the same again is no change


def test_sizes_of_other_dates_and_bands_stand_beside_it(size):
    assert len({size().pk, size(as_at=date(2025, 5, 1)).pk, size(size_band="1 to 4").pk}) == 3


@pytest.mark.parametrize(("given", "words"), [({"posts": None}, "No number"), ({"source": " "}, "Where do")])
def test_a_size_needs_a_number_and_a_source(size, given, words):
    with pytest.raises(Refused, match=words):
        size(**given)


def test_a_size_is_removed(world, size):
    uploads.remove_sector_size(size=size(), by=world.coordinator)
    assert SectorSize.objects.count() == 0
    assert Change.objects.filter(subject="sectorsize", act=Act.REMOVED).get().before["posts"] == 900
