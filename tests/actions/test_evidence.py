"""Evidence: what is kept, under which name, and how it is handed out. Nothing that was attached ever runs."""

import errno
import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actions import evidence, services
from actions.models import Attachment
from partners.middleware import UploadLimit
from partners.models import Act, Change
from partners.refusals import NotAllowed, Refused
from tests.actions.test_pages import words


def archive(*names):
    """An archive with these parts, as Office writes its documents."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in names:
            parts.writestr(name, "<xml/>" * 50)
    return made.getvalue()


GENUINE = {
    "pdf": b"%PDF-1.7 and the rest",
    "docx": archive("[Content_Types].xml", "word/document.xml"),
    "xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
    "pptx": archive("[Content_Types].xml", "ppt/presentation.xml"),
    "csv": b"a,b",
    "txt": "Unicode text, as Windows saves it".encode("utf-16"),
    "png": b"\x89PNG\r\n\x1a\n and the rest",
    "jpg": b"\xff\xd8\xff and the rest",
    "jpeg": b"\xff\xd8\xff and the rest",
}


def attach(row, by, name="proof.txt", content=b"proof"):
    return services.attach(action=row, upload=ContentFile(content, name=name), by=by)


def hand_out(as_, attachment, method="get"):
    """The answer, read to its end (which also closes the file)."""
    answer = getattr(as_("observer"), method)(f"/p/marlbrook/actions/{attachment.action_id}/evidence/{attachment.pk}/")
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def sent(as_, row, name, content, who="manager"):
    return as_(who).post(f"/p/marlbrook/actions/{row.pk}/attach/", {"file": SimpleUploadedFile(name, content)})


# --- What is kept ------------------------------------------------------------------------------------------------


def test_every_kind_has_a_genuine_example():
    assert set(GENUINE) == set(evidence.KINDS)


@pytest.mark.parametrize("name", [*(f"proof.{ending}" for ending in GENUINE), "PROOF.PDF", "a.b.c.docx"])
def test_what_may_be_attached(world, name):
    content = GENUINE[name.rpartition(".")[2].lower()]
    assert attach(world.row, world.manager, name, content).name == name


@pytest.mark.parametrize("ending", [ending for ending in GENUINE if ending not in ("csv", "txt")])
def test_a_kind_is_told_by_what_is_in_the_file(world, ending):
    """Each under its own name is kept (above); under any other it is not, however well it is named."""
    for other, content in GENUINE.items():
        if not {ending, other} <= {"jpg", "jpeg"} and other != ending:
            with pytest.raises(Refused, match="but it is no such file"):
                attach(world.row, world.manager, f"proof.{ending}", content)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("name", ["proof.pdf", "proof.docx", "proof.png", "proof.csv"])
def test_a_program_under_another_name_is_refused(world, name):
    with pytest.raises(Refused, match="but it is no such file"):
        attach(world.row, world.manager, name, b"MZ\x90\x00\x03\x00")


def test_an_archive_that_is_no_document_and_a_document_that_brings_a_program_are_refused(world):
    for content in (archive("META-INF/MANIFEST.MF", "Main.class"), archive("word/document.xml", "word/vbaProject.bin")):
        with pytest.raises(Refused, match="but it is no such file"):
            attach(world.row, world.manager, "report.docx", content)


def test_a_part_is_found_wherever_its_name_is_cut_in_reading(world, monkeypatch):
    upload = ContentFile(GENUINE["docx"])
    for size in range(1, 60):
        upload.DEFAULT_CHUNK_SIZE = size
        assert evidence._holds(upload, b"word/")
        assert not evidence._holds(upload, b"xl/")  # the control


@pytest.mark.parametrize(
    "name",
    [
        "run.exe",
        "page.html",
        "picture.svg",
        "macro.docm",
        "script.js",
        "x.pdf.exe",
        "no ending",
        "x.",
        "x.pdf\x00.html",
    ],
)
def test_what_a_browser_or_computer_would_run_is_refused(world, name):
    with pytest.raises(Refused) as refusal:
        attach(world.row, world.manager, name)
    assert refusal.value.field == "file"
    assert "PDF, Word" in refusal.value.accepted


def test_files_too_big_or_empty_are_refused(world, settings):
    settings.MAX_ATTACHMENT_BYTES = 10
    assert attach(world.row, world.manager, content=b"x" * 10)
    for content, sentence in [(b"x" * 11, "MB"), (b"", "empty")]:
        with pytest.raises(Refused, match=sentence):
            attach(world.row, world.manager, content=content)
    assert Attachment.objects.count() == 1


HOSTILE_NAMES = [
    "../../../etc/passwd.txt",
    "/etc/cron.d/job.txt",
    "C:\\Windows\\System32\\drivers.txt",
    "..\\..\\secrets.txt",
    "nul\x00byte.txt",
    "x" * 300 + ".txt",
    "CON.txt",
    "invoice\u202etxt.exe.txt",
    'quote".txt',
    "line\r\nSet-Cookie: a=b\r\n.txt",
    "semi;colon=1.txt",
    "naïve 中文 🩺.txt",
    "%2e%2e%2f%00.txt",
    "....txt",
    ".txt",
    "<img src=x onerror=alert(1)>.txt",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=lambda name: ascii(name)[:30])
def test_a_hostile_name_reaches_neither_the_storage_nor_the_headers(world, as_, name):
    attachment = attach(world.row, world.manager, name)
    folder, _, stored_as = attachment.file.name.rpartition("/")
    assert folder == f"attachments/{world.row.pk}"
    assert len(stored_as) == 32 and stored_as.isalnum()
    with default_storage.open(attachment.file.name) as kept:
        assert kept.read() == b"proof"
    assert len(attachment.name) <= 200
    assert not set(attachment.name) & set("/\\\x00\r\n\u202e")
    answer = hand_out(as_, attachment)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer
    page = as_("observer").get(f"/p/marlbrook/actions/{world.row.pk}/").content.decode()
    assert "<img src=x" not in page


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=lambda name: ascii(name)[:30])
def test_a_hostile_name_in_the_form_is_no_error_page(world, as_, name):
    upload = SimpleUploadedFile("fine.txt", b"proof")
    upload._name = name  # As an attacker's program sends it; browsers and Django's own client would not.
    answer = as_("manager").post(f"/p/marlbrook/actions/{world.row.pk}/attach/", {"file": upload})
    assert answer.status_code in (200, 302)
    assert all(not set(one.name) & set("/\\\x00\r\n") for one in Attachment.objects.all())


def test_evidence_is_handed_out_as_a_download_of_no_type_that_may_run_nothing(world, as_):
    answer = hand_out(as_, attach(world.row, world.manager, "page.pdf", b"%PDF<script>alert(1)</script>"))
    assert answer.streaming  # A large file is never in memory as a whole.
    assert answer.body == b"%PDF<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="page.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


def test_evidence_of_another_partnership_is_not_there(world, as_):
    far = attach(world.far_row, world.foreigner)
    own = attach(world.row, world.manager)
    assert hand_out(as_, own).status_code == 200  # the control
    coordinator = as_("coordinator")
    for address in (
        f"/p/marlbrook/actions/{world.far_row.pk}/evidence/{far.pk}/",
        f"/p/marlbrook/actions/{world.row.pk}/evidence/{far.pk}/",
        f"/p/elsewhere/actions/{world.far_row.pk}/evidence/{far.pk}/",
        f"/p/marlbrook/actions/{world.trust_row.pk}/evidence/{own.pk}/",
    ):
        assert coordinator.get(address).status_code == 404
        assert coordinator.post(f"{address}remove/").status_code == 404
    far.refresh_from_db()
    assert far.removed is None


def test_evidence_taken_off_is_no_longer_handed_out_but_kept_with_the_history(world, as_):
    attachment = attach(world.row, world.manager)
    for _ in range(2):
        services.remove_attachment(attachment=attachment, by=world.manager)
    assert hand_out(as_, attachment).status_code == 404
    assert default_storage.exists(attachment.file.name)
    lines = Change.objects.filter(subject="action", subject_id=world.row.pk, field="attachment")
    assert [line.act for line in lines] == [Act.REMOVED, Act.ADDED]


def test_only_those_who_may_attach_do(world):
    attachment = attach(world.row, world.manager)
    for who in (world.observer, world.trust_manager, world.stranger):
        with pytest.raises(NotAllowed):
            attach(world.row, who)
        with pytest.raises(NotAllowed):
            services.remove_attachment(attachment=attachment, by=who)


@pytest.mark.parametrize("size", [10 * 1024 * 1024 + 1, 10 * 1024 * 1024 + 50_000])
def test_a_little_too_much_never_reads_as_just_enough(world, size):
    upload = ContentFile(b"x", name="proof.txt")
    upload.size = size
    with pytest.raises(Refused, match=r"has 10\.1 MB"):
        evidence.check_evidence(upload)


def test_the_same_name_twice_is_two_files(world, as_):
    one, other = (attach(world.row, world.manager, content=content) for content in (b"first", b"second"))
    assert one.name == other.name and one.file.name != other.file.name
    assert [hand_out(as_, each).body for each in (one, other)] == [b"first", b"second"]


def test_a_range_is_answered_with_the_whole_and_head_with_nothing(world, as_):
    attachment = attach(world.row, world.manager)
    path = f"/p/marlbrook/actions/{world.row.pk}/evidence/{attachment.pk}/"
    ranged = as_("observer").get(path, HTTP_RANGE="bytes=2-3")
    assert (ranged.status_code, ranged.getvalue()) == (200, b"proof")
    head = hand_out(as_, attachment, "head")
    assert (head.status_code, head.body) == (200, b"")
    assert head["Content-Disposition"] == 'attachment; filename="proof.txt"'


# --- When something is not as it should be -------------------------------------------------------------------------


def test_a_file_that_is_missing_from_the_storage_gets_a_sentence(world, as_):
    attachment = attach(world.row, world.manager, "survey.txt")
    default_storage.delete(attachment.file.name)
    answer = hand_out(as_, attachment)
    assert answer.status_code == 404
    assert "Workforce Manager attached survey.txt on" in words(answer)
    assert "This file is missing" in words(answer)


def full_disk(monkeypatch):
    def save(self, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", save)


def test_evidence_that_does_not_fit_on_the_disk_gets_a_sentence(world, as_, monkeypatch):
    full_disk(monkeypatch)
    answer = sent(as_, world.row, "proof.txt", b"proof")
    assert answer.status_code == 200
    assert "The file could not be kept" in words(answer) and "Try again later" in words(answer)
    assert not Attachment.objects.exists()
    assert not Change.objects.filter(field="attachment").exists()
    monkeypatch.undo()
    assert sent(as_, world.row, "proof.txt", b"proof").status_code == 302  # the control


def test_what_was_written_before_the_disk_was_full_is_taken_away(world, monkeypatch):
    written = []

    def breaks_off(storage, name, content):
        written.append(default_storage.path(name))
        with default_storage.open(name, "wb") as begun:
            begun.write(b"pro")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", breaks_off)
    with pytest.raises(Refused, match="could not be kept"):
        attach(world.row, world.manager)
    assert written and not default_storage.exists(written[0])


def test_a_removed_row_takes_no_evidence_and_gives_none_up_but_its_evidence_can_be_read(world, as_):
    attachment = attach(world.row, world.manager)
    services.remove_action(action=world.row, by=world.coordinator)
    with pytest.raises(Refused, match="removed from the plan"):
        attach(world.row, world.manager)
    with pytest.raises(Refused, match="removed from the plan"):
        services.remove_attachment(attachment=attachment, by=world.manager)
    assert hand_out(as_, attachment).body == b"proof"
    page = as_("manager").get(f"/p/marlbrook/actions/{world.row.pk}/").content.decode()
    assert "proof.txt" in page and "Take off" not in page
    assert as_("manager").get(f"/p/marlbrook/actions/{world.row.pk}/attach/").status_code == 302
    assert "removed from the plan" in words(sent(as_, world.row, "late.txt", b"late"))
    services.restore_action(action=world.row, by=world.coordinator)
    assert "Take off" in as_("manager").get(f"/p/marlbrook/actions/{world.row.pk}/").content.decode()  # the control


def test_a_right_that_was_taken_away_while_the_page_was_open_no_longer_counts(world):
    """The row in memory still says that the council leads it."""
    stale = world.row
    services.Action.objects.filter(pk=stale.pk).update(lead_organisation=world.trust)
    with pytest.raises(NotAllowed):
        attach(stale, world.manager)


# --- More than is taken --------------------------------------------------------------------------------------------


class Body(io.BytesIO):
    """What a browser sends, counting how much of it was asked for."""

    asked = 0

    def read(self, size=-1):
        piece = super().read(size)
        self.asked += len(piece)
        return piece


def send_raw(client, size, path, announced=None):
    body = Body(b"x" * size)
    answer = client.generic("POST", path, b"", content_type="multipart/form-data; boundary=b", **{
        "wsgi.input": body, "CONTENT_LENGTH": str(announced or size),
    })  # fmt: skip
    return answer, body


def test_what_is_larger_than_any_form_takes_is_read_past_and_never_kept(world, as_, settings, monkeypatch):
    settings.MAX_REQUEST_BYTES = 1000
    kept = []
    monkeypatch.setattr("django.http.request.HttpRequest.parse_file_upload", lambda *args: kept.append(args))
    answer, body = send_raw(as_("manager"), 5_000_000, f"/p/marlbrook/actions/{world.row.pk}/attach/")
    assert answer.status_code == 413
    assert "What you sent has 5 MB. Files may have up to 10 MB." in words(answer)
    assert (body.asked, kept) == (5_000_000, [])


def test_somebody_who_is_not_signed_in_fills_nothing_either(world, settings):
    settings.MAX_REQUEST_BYTES = 1000
    answer, _ = send_raw(Client(), 5000, f"/p/marlbrook/actions/{world.row.pk}/attach/")
    assert answer.status_code == 413


def test_reading_past_has_an_end(world, as_, settings, monkeypatch):
    settings.MAX_REQUEST_BYTES = 1000
    monkeypatch.setattr("partners.middleware.MOST_READ_PAST", 100_000)
    answer, body = send_raw(as_("manager"), 1_000_000, "/", announced=10**15)
    assert answer.status_code == 413
    assert body.asked < 200_000


def test_control_a_file_of_the_largest_size_gets_through(world, as_, settings, monkeypatch):
    assert settings.MAX_REQUEST_BYTES > settings.MAX_ATTACHMENT_BYTES + 100_000
    assert settings.MAX_REQUEST_BYTES > settings.MAX_PLAN_FILE_BYTES + 100_000
    assert sent(as_, world.row, "proof.txt", b"x" * settings.MAX_ATTACHMENT_BYTES).status_code == 302
    assert "has 10.1 MB" in words(sent(as_, world.row, "proof.txt", b"x" * (settings.MAX_ATTACHMENT_BYTES + 1)))


def test_control_without_the_limit_it_would_have_been_read_into_the_form(world, as_, settings, monkeypatch):
    settings.MAX_REQUEST_BYTES = 1000
    monkeypatch.setattr(UploadLimit, "__call__", lambda self, request: self.get_response(request))
    assert sent(as_, world.row, "proof.txt", b"x" * 5000).status_code == 302
