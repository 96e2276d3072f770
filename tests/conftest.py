"""What all tests share: the world and its cast, the queue run in place, and pages in a real browser."""

import pytest
from django.test import Client

from config.celery import app
from tests.world import build_world


@pytest.fixture(autouse=True)
def work_at_once():
    """Tasks run where they are called, unless a test asks for a real worker."""
    before = app.conf.task_always_eager, app.conf.task_eager_propagates
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager, app.conf.task_eager_propagates = before


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Uploaded files and messages of a test go where they vanish with it."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files"), "base_url": None},
        }
    }


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def as_(world):
    """`as_("manager")` is a client signed in as that member of the cast."""

    def sign_in(who):
        client = Client()
        client.force_login(world.people[who])
        return client

    return sign_in
