"""A steward who sends files through the pages, waits for the worker, and looks at what is said of them."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from workforce import receiving
from workforce.lifecycle import State
from workforce.models import Upload

FIRST = date(2000, 1, 1)
FINAL = {State.NEEDS_MAPPING, State.TO_DECIDE, State.READY, State.SENT_BACK, State.UNREADABLE}


class Steward:
    def __init__(self, world):
        self.client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        self.client.force_login(world.steward)
        self.home = f"/p/{world.partnership.slug}/workforce/"

    def send(self, files, number):
        """What went wrong, in words. `number`: each return is of a day of its own."""
        as_at = FIRST + timedelta(days=number)
        day = {"as_at_0": as_at.day, "as_at_1": as_at.month, "as_at_2": as_at.year}
        sent = [SimpleUploadedFile(name, content or b"x") for name, content in files]
        before = set(Upload.objects.values_list("pk", flat=True))
        answer = self.client.post(f"{self.home}send/", day | {"files": sent})
        if answer.status_code == 200:
            if "error" not in answer.content.decode():
                yield "the page says nothing of what is wrong"
            return
        if answer.status_code != 302:
            yield f"sending answered {answer.status_code}"
            return
        for upload in Upload.objects.exclude(pk__in=before):
            yield from self._receive(upload)

    def _receive(self, upload):
        receiving.read_upload(upload.pk)
        upload.refresh_from_db()
        if upload.state not in FINAL:
            yield f"the upload is {upload.state} after it was read"
        yield from self._look(upload)

    def _look(self, upload):
        home = upload.get_absolute_url()
        pages = [home, f"{home}faults.csv", *(f"{home}faults/{cause.position}/" for cause in upload.causes.all()[:2])]
        pages += [f"{home}columns/"] if upload.state == State.NEEDS_MAPPING else []
        if upload.state in (State.TO_DECIDE, State.READY):
            pages += [f"{home}marked/{file.position}/" for file in upload.files.exclude(stored="")]
        for page in pages:
            answer = self.client.get(page)
            if answer.status_code >= 500:
                yield f"{page.removeprefix(home) or 'the page of the upload'} answered {answer.status_code}"
            elif answer.streaming:
                b"".join(answer.streaming_content)
