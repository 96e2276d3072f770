"""A partner's return, and how it is sent, read and looked at in these tests."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from tests.workforce.uploads import quick_reader
from workforce import engine, receiving, uploads
from workforce.models import Upload

AS_AT = date(2026, 9, 30)
GOOD = "number,pay\n1,20\n2,30\n"
FAULTY = "number,pay\n1,20\n2,much\nthree,40\n"
HOPELESS = "number,pay\none,20\n"


def sent_file(text=GOOD, name="workers.csv"):
    return ContentFile(text.encode(), name=name)


@pytest.fixture(autouse=True)
def quick(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(engine, "current", lambda: quick_reader.QUICK)
    settings.WORK_DIR = tmp_path / "work"


@pytest.fixture
def partner(world):
    return world.partnership.partners.get(organisation=world.council)


@pytest.fixture
def send(world, partner):
    """`send(text, ...)` sends files as the council's steward does."""

    def sent(*texts, by=None, as_at=AS_AT, source="", names=()):
        names = names or [f"workers-{n}.csv" for n in range(len(texts) or 1)]
        files = [sent_file(text, name) for text, name in zip(texts or [GOOD], names, strict=True)]
        return uploads.send_in(
            partnership=world.partnership, partner=partner, as_at=as_at, files=files, by=by or world.steward,
            source=source,
        )  # fmt: skip

    return sent


@pytest.fixture
def receive(send):
    """`receive(text, ...)` sends and reads: what the worker does, here and now."""

    def received(*texts, **how):
        upload = send(*texts, **how)
        receiving.read_upload(upload.pk)
        return again(upload)

    return received


def again(upload):
    return Upload.objects.select_related("partner", "partnership").get(pk=upload.pk)
