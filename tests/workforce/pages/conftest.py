"""A whole return in the national format, sent and read by the real engine, and the pages about it."""

import json
import os
import re
from datetime import date
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from workforce import receiving, uploads
from workforce.models import Upload

AS_AT = date(2026, 9, 30)
WORKFORCE = "/p/marlbrook/workforce/"
NAMES = ("workplace.csv", "worker.csv", "training.csv")


def make_sample(folder, faults=None):
    options = {} if faults is None else {"faults": faults}
    with open(os.devnull, "w") as nowhere:
        call_command("make_sample_workforce", rows=300, seed=3, out=folder, as_at=AS_AT, stderr=nowhere, **options)
    truth = json.loads((folder / "truth.json").read_text())
    return SimpleNamespace(folder=folder, faults=truth["faults"], paths=[folder / name for name in NAMES])


@pytest.fixture(scope="session")
def faulty(tmp_path_factory):
    return make_sample(tmp_path_factory.mktemp("faulty"))


@pytest.fixture(scope="session")
def faultless(tmp_path_factory):
    return make_sample(tmp_path_factory.mktemp("faultless"), faults=0)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.WORK_DIR = tmp_path / "work"


@pytest.fixture
def partner(world):
    return world.partnership.partners.get(organisation=world.council)


def content_of(path):
    return ContentFile(Path(path).read_bytes(), name=Path(path).name)


@pytest.fixture
def send(world, partner):
    """`send(paths or files)` sends them as the council's steward does; nobody has read them yet."""

    def sent(files, as_at=AS_AT, **how):
        files = [content_of(file) if isinstance(file, Path) else file for file in files]
        given = {"partnership": world.partnership, "partner": partner, "by": world.steward} | how
        return uploads.send_in(as_at=as_at, files=files, **given)

    return sent


@pytest.fixture
def receive(send):
    """Sent, and read as a worker reads."""

    def received(files, **how):
        upload = send(files, **how)
        receiving.read_upload(upload.pk)
        return again(upload)

    return received


@pytest.fixture
def upload(receive, faulty):
    """The faulty return, waiting for a decision."""
    return receive(faulty.paths)


@pytest.fixture
def steward(as_):
    return as_("steward")


def again(upload):
    return Upload.objects.select_related("partner", "partnership").get(pk=upload.pk)


def words(response):
    """A page's words, without the marks between them."""
    body = re.sub(r"(?s)<(script|style|head).*?</\1>", " ", response.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def whole(response):
    """The bytes of a download."""
    return b"".join(response.streaming_content) if response.streaming else response.content
