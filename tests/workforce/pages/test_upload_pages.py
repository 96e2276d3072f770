"""The pages of a return: who sees them, what they say in each state, sending and deciding."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from partners import services
from partners.models import Sector
from partners.permissions import Role
from tests.workforce.pages.conftest import WORKFORCE, again, words
from tests.world import person
from workforce import receiving, retention, uploads
from workforce.lifecycle import State
from workforce.models import Upload
from workforce.returns import last_half_year
from workforce.telling import counted, rows_left_out, time_left


def sent_files(sample):
    return [SimpleUploadedFile(path.name, path.read_bytes()) for path in sample.paths]


def answers(files, **others):
    return {"as_at_day": "30", "as_at_month": "9", "as_at_year": "2026", "files": files, "source": ""} | others


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 9, 29), date(2026, 3, 31)),
        (date(2026, 3, 30), date(2025, 9, 30)),
        (date(2027, 1, 1), date(2026, 9, 30)),
    ],
)
def test_a_return_is_of_the_last_half_year(today, due):
    assert last_half_year(today) == due


# --- The workforce page ---------------------------------------------------------------------------------------------


def test_the_steward_reads_at_once_where_the_return_stands(upload, steward):
    rows = f"{upload.rows_accepted} of {upload.rows_read} rows"
    asked = f"Your September 2026 return has been read. {rows} can be used; {upload.errors} faults need your decision"
    assert asked in words(steward.get(WORKFORCE))
    uploads.accept_with_faults(upload=upload, by=upload.by)
    known = f"Your September 2026 return is ready: {rows}. {upload.errors} known faults need fixing"
    assert known in words(steward.get(WORKFORCE))


def test_before_anything_is_sent_the_page_says_what_is_due(world, steward):
    due = last_half_year(timezone.localdate())
    assert f"Your return for {due:%-d %B %Y} is due" in words(steward.get(WORKFORCE))


@pytest.mark.parametrize("who", ["coordinator", "steering"])
def test_the_coordinator_sees_states_and_counts_and_no_way_in(upload, as_, who):
    page = as_(who).get(WORKFORCE)
    assert f"{upload.rows_accepted} of {upload.rows_read}" in words(page)
    assert f"{upload.errors} errors, {upload.warnings} warnings" in words(page)
    assert upload.get_absolute_url() not in page.content.decode()
    assert "Nothing sent yet Hospital trust" in words(page)


def test_a_partner_lead_sees_only_its_own_partner(upload, as_):
    page = words(as_("lead").get(WORKFORCE))
    assert f"{upload.rows_accepted} of {upload.rows_read}" in page and "Hospital trust" not in page


@pytest.mark.parametrize("who", ["manager", "observer", "trust_manager"])
def test_others_learn_nothing_of_what_was_sent(upload, as_, who):
    page = words(as_(who).get(WORKFORCE))
    assert str(upload.rows_read) not in page and "data steward" in page


def test_another_partners_steward_sees_neither_upload_nor_counts(upload, world, as_):
    world.people["trust_steward"] = person("trust_steward", "Trust Data Steward")
    services.add_member(
        user=world.people["trust_steward"], partnership=world.partnership, role=Role.DATA_STEWARD,
        organisation=world.trust, by=None,
    )  # fmt: skip
    client = as_("trust_steward")
    assert str(upload.rows_read) not in words(client.get(WORKFORCE))
    assert client.get(upload.get_absolute_url()).status_code == 403
    assert client.get(f"{upload.get_absolute_url()}faults.csv").status_code == 403


# --- Sending --------------------------------------------------------------------------------------------------------


def test_three_files_chosen_together_become_one_upload(faulty, steward, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = steward.post(f"{WORKFORCE}send/", answers(sent_files(faulty)))
    upload = Upload.objects.get()
    assert answer.url == upload.get_absolute_url()
    assert (upload.state, upload.source, upload.files.count()) == (State.TO_DECIDE, "asc_wds", 3)


def test_the_date_and_the_source_are_filled_in(world, steward):
    form = steward.get(f"{WORKFORCE}send/").context["form"]
    assert form["as_at"].value() == last_half_year(timezone.localdate())
    assert not form["source"].value()
    assert "partner" not in form.fields


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"files": []}, "Choose at least one file."),
        ({"as_at_year": "2999"}, "This date is in the future."),
        ({"files": [SimpleUploadedFile("empty.csv", b"")]}, "One of the files has nothing in it."),
        ({"source": "abacus"}, "is not on the list"),
    ],
)
def test_what_cannot_be_sent_is_said_beside_its_field(world, steward, wrong, said):
    sent = answers([SimpleUploadedFile("a.csv", b"a\n1\n")]) | wrong
    page = steward.post(f"{WORKFORCE}send/", sent)
    assert page.status_code == 200 and said in words(page)
    assert not Upload.objects.exists()


def test_who_sends_for_two_partners_says_for_which(world, faulty, steward):
    second = services.add_partner(partnership=world.partnership, name="Second", sector=Sector.OTHER, by=None)
    services.add_member(
        user=world.steward, partnership=world.partnership, role=Role.DATA_STEWARD, organisation=second.organisation,
        by=None,
    )  # fmt: skip
    trust = world.partnership.partners.get(organisation=world.trust)
    for partner, said in (("", "Choose whose files they are."), (trust.pk, "that you send files for")):
        assert said in words(steward.post(f"{WORKFORCE}send/", answers(sent_files(faulty), partner=partner)))
    steward.post(f"{WORKFORCE}send/", answers(sent_files(faulty), partner=second.pk))
    assert Upload.objects.get().partner == second


def test_the_same_files_again_lead_to_the_upload_there_is(upload, faulty, steward):
    answer = steward.post(f"{WORKFORCE}send/", answers(sent_files(faulty)), follow=True)
    assert answer.redirect_chain[-1][0] == upload.get_absolute_url()
    assert "These files were sent before, so nothing was done twice." in words(answer)
    assert Upload.objects.count() == 1


def test_large_files_are_for_this_page_and_for_people_who_are_signed_in(world, steward, client, settings):
    settings.MAX_REQUEST_BYTES, settings.MAX_WORKFORCE_BYTES = 1_000, 50_000
    small, large = ([SimpleUploadedFile("a.csv", b"x" * size)] for size in (10_000, 1_200_000))
    assert steward.post(f"{WORKFORCE}send/", answers(small)).status_code == 302
    assert steward.post(f"{WORKFORCE}send/", answers(large)).status_code == 413
    assert client.post(f"{WORKFORCE}send/", answers(small)).status_code in (302, 413)
    assert Upload.objects.count() == 1
    assert steward.post("/p/marlbrook/partners/add/", {"name": "x" * 2_000}).status_code == 413


# --- While it is read -----------------------------------------------------------------------------------------------


def test_progress_is_sent_only_when_it_has_moved(send, faulty, steward):
    upload = send(faulty.paths)
    receiving.claim(upload.pk)
    Upload.objects.filter(pk=upload.pk).update(phase="Staff file", rows_done=65_536)
    address = f"{upload.get_absolute_url()}progress/"
    first = steward.get(address)
    assert "Staff file" in words(first) and "65,536 rows read" in words(first)
    assert steward.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    Upload.objects.filter(pk=upload.pk).update(rows_done=131_072)
    assert "131,072" in words(steward.get(address, headers={"If-None-Match": first["ETag"]}))


def test_the_fragment_says_when_it_is_over(upload, steward):
    assert b"data-over" in steward.get(f"{upload.get_absolute_url()}progress/").content


def test_time_left_goes_by_the_bytes_still_to_be_read(send, faulty):
    upload = send(faulty.paths)
    now = timezone.now()
    upload.state, upload.moved, upload.bytes_total = State.READING, now - timedelta(seconds=60), 1_000
    upload.bytes_done = 250
    assert time_left(upload, now) == "About 3 minutes left"
    upload.bytes_done = 600
    assert time_left(upload, now) == "About 40 seconds left"
    upload.bytes_done = 990
    assert time_left(upload, now) == "A few seconds left"
    upload.bytes_done = 0
    assert time_left(upload, now) == ""


def test_it_can_be_cancelled_while_it_is_read(send, faulty, steward):
    upload = send(faulty.paths)
    claimed = receiving.claim(upload.pk)
    steward.post(f"{upload.get_absolute_url()}cancel/")
    assert again(upload).state == State.CANCELLED
    said = receiving.SignOfLife(claimed, RuntimeError)
    said.last = -10.0
    with pytest.raises(RuntimeError):
        said("Staff file", 1)


# --- In every state, and deciding -----------------------------------------------------------------------------------

BUTTONS = {
    State.WAITING: ["Cancel and delete these files"],
    State.READING: ["Cancel and delete these files"],
    State.NEEDS_MAPPING: ["Say what the columns are", "Cancel and delete these files"],
    State.TO_DECIDE: [
        "rows with these known faults", "Use nothing: fix the files and send them again",
        "Cancel and delete these files",
    ],
    State.READY: ["Withdraw: make no figure from it any more"],
    State.SUPERSEDED: ["Restore: make figures from it again"],
    State.WITHDRAWN: ["Restore: make figures from it again", "Send the files again"],
    State.SENT_BACK: ["Send the files again"],
    State.UNREADABLE: ["Send the files again"],
    State.PARKED: ["Send the files again"],
    State.CANCELLED: ["Send the files again"],
}  # fmt: skip
EVERY_BUTTON = {button for buttons in BUTTONS.values() for button in buttons}


@pytest.mark.parametrize("state", State)
def test_each_state_has_a_page_with_the_buttons_that_make_sense(upload, steward, state):
    Upload.objects.filter(pk=upload.pk).update(state=state, ready_at=timezone.now())
    page = words(steward.get(upload.get_absolute_url()))
    assert {button for button in EVERY_BUTTON if button in page} == set(BUTTONS[state])
    assert "September 2026 return" in page


def test_accepting_says_what_it_costs(upload, steward):
    page, left_out = words(steward.get(upload.get_absolute_url())), rows_left_out(upload)
    assert f"Use {upload.rows_accepted} rows with these known faults" in page
    assert f"{counted(left_out, 'row')} {'is' if left_out == 1 else 'are'} left out; at most" in page
    assert f"at most {upload.errors - left_out} faulty cells count as missing." in page


@pytest.mark.parametrize(
    ("before", "button", "after", "told"),
    [
        ((), "accept", State.READY, "Accepted with its known faults"),
        ((), "send-back", State.SENT_BACK, "Sent back"),
        ((), "cancel", State.CANCELLED, "Cancelled"),
        (("accept",), "withdraw", State.WITHDRAWN, "Withdrawn"),
        (("accept", "withdraw"), "restore", State.READY, "Restored: in use again"),
    ],
)
def test_each_decision_is_taken_and_stands_in_the_history(upload, steward, before, button, after, told):
    for one in (*before, button):
        steward.post(f"{upload.get_absolute_url()}{one}/")
    assert again(upload).state == after
    page = words(steward.get(upload.get_absolute_url()))
    assert f"{told} Data Steward" in page and "3 files sent in Data Steward" in page


def test_a_decision_too_late_is_refused_in_words(upload, steward):
    steward.post(f"{upload.get_absolute_url()}send-back/")
    answer = steward.post(f"{upload.get_absolute_url()}accept/", follow=True)
    assert "This upload is in another state by now: sent back." in words(answer)
    assert again(upload).state == State.SENT_BACK


def test_corrected_files_take_the_place_of_the_faulty_ones(upload, receive, faultless, steward):
    corrected = receive(faultless.paths)
    assert corrected.state == State.READY
    page = words(steward.get(upload.get_absolute_url()))
    assert "was replaced by a later upload" in page and "The upload that replaced it" in page


def test_files_that_cannot_be_read_are_answered_with_a_place_and_what_would_work(receive, steward):
    upload = receive([SimpleUploadedFile("notes.csv", b"a,b\n1,2\n")])
    page = words(steward.get(upload.get_absolute_url()))
    assert "could not be read" in page and "notes.csv" in page and "Accepted:" in page


def test_after_the_files_are_deleted_the_page_says_so(upload, steward):
    retention.delete_raw_files_of(upload)
    page = words(steward.get(upload.get_absolute_url()))
    assert "The files as they were sent were deleted" in page and "Download" not in page
    for address in ("faults.csv", "faults/0/", "marked/0/"):
        answer = steward.get(f"{upload.get_absolute_url()}{address}")
        assert (answer.status_code, "Send the files again" in words(answer)) == (409, True)


# --- Beside uploads -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_the_blank_template_can_be_had(steward, format):
    answer = steward.get(f"{WORKFORCE}template.{format}")
    assert f"workforce template.{format}" in answer["Content-Disposition"] and len(answer.content) > 500


def test_there_is_no_template_of_another_kind(steward):
    assert steward.get(f"{WORKFORCE}template.pdf").status_code == 409


def test_a_ready_return_leads_to_its_quality(upload, steward):
    uploads.accept_with_faults(upload=upload, by=upload.by)
    page = steward.get(upload.get_absolute_url()).content.decode()
    address = f"/p/marlbrook/workforce/quality/{upload.partner_id}/?return={upload.pk}"
    assert address in page and steward.get(address).status_code == 200
    assert "/p/marlbrook/workforce/quality/" in steward.get(WORKFORCE).content.decode()
