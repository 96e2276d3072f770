"""What all tests share: the world and its cast, the queue run in place, and pages in a real browser."""

import time

import pytest
from django.db import connections
from django.test import Client

from config.celery import app
from tests.world import build_world

DATABASES = {"db", "transactional_db", "live_server", "real_worker", "world"}
LOOKS = "test_accessibility.py"  # what pages look like to a machine: every page, at three widths


def pytest_collection_modifyitems(items):
    """Tests that touch no database, and those of what pages look like, need no second run on another database."""
    for item in items:
        touches = DATABASES & set(item.fixturenames) or item.get_closest_marker("django_db")
        is_wiring = item.path.parent.name == "config"  # settings, queue and worker are what the second run is about
        if item.path.name == LOOKS or not (touches or is_wiring):
            item.add_marker("anywhere")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The live server gives its connections back after each request, and the database is dropped when all are back.

    A browser that closes while the server still answers it would otherwise keep PostgreSQL from dropping the database.
    """
    database = connections["default"]
    database.settings_dict["CONN_MAX_AGE"] = 0
    yield
    if database.vendor == "postgresql":
        with django_db_blocker.unblock():
            left_open_after(database, seconds=15)
            end_idle_sessions(database)
            assert not left_open_after(database, seconds=5)


def left_open_after(database, seconds):
    """What others are still doing in this database when their time to finish is over, in PostgreSQL's words."""
    asked = "SELECT application_name, state, query FROM pg_stat_activity WHERE datname = current_database()"
    deadline = time.monotonic() + seconds
    with database.cursor() as cursor:
        while True:
            cursor.execute(f"{asked} AND pid <> pg_backend_pid()")
            others = cursor.fetchall()
            if not others or time.monotonic() > deadline:
                return others
            time.sleep(0.1)


def end_idle_sessions(database):
    """Sessions that do nothing and hold nothing: processes that tests killed leave one now and then on a busy machine.

    One that is at work, or in the middle of a transaction, is left alone, and so named as a fault.
    """
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    with database.cursor() as cursor:
        cursor.execute(f"{ended} AND pid <> pg_backend_pid() AND state = 'idle'")


@pytest.fixture(autouse=True)
def work_at_once():
    """Tasks run where they are called, unless a test asks for a real worker."""
    app.loader.import_default_modules()  # Tasks that services name are known, as they are to a worker.
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
