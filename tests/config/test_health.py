"""Is the site alive, and is it ready? Alive touches nothing; ready names the part that is down."""

import json

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

PARTS = {"database", "migrations", "broker", "storage"}


def ask(path, **headers):
    answer = Client().get(path, headers=headers)
    return answer.status_code, answer.content.decode()


def ready():
    status, body = ask("/readyz")
    return status, json.loads(body)


def test_alive_touches_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ask("/healthz") == (200, "alive\n")


def test_alive_needs_no_database_at_all():
    """Without the `db` fixture every query is an error."""
    assert ask("/healthz") == (200, "alive\n")


def test_control_ready_does_touch_the_database():
    assert json.loads(ask("/readyz")[1])["database"] is False


@pytest.mark.django_db
def test_ready_when_every_part_is():
    status, answers = ready()
    assert status == 200
    assert answers["ready"] is True
    assert set(answers) >= PARTS | {"ready"}
    assert all(answers.values())


@pytest.mark.django_db
def test_a_migration_that_was_not_applied_is_named_and_nothing_else():
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("actions")
    MigrationRecorder(connection).record_unapplied(*newest)
    status, answers = ready()
    assert status == 503
    assert {part for part, fine in answers.items() if not fine} == {"ready", "migrations"}


@pytest.mark.django_db
def test_a_storage_that_cannot_be_written_is_named(settings, tmp_path):
    (tmp_path / "a file").write_text("where the folder should be")
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path / "a file"), "base_url": None}}
    }
    status, answers = ready()
    assert status == 503
    assert {part for part, fine in answers.items() if not fine} == {"ready", "storage"}


@pytest.mark.django_db
def test_a_queue_that_cannot_be_reached_is_named(settings, tmp_path, monkeypatch):
    (tmp_path / "a file").write_text("where the folder should be")
    settings.REDIS_URL, settings.QUEUE_DIR = "", tmp_path / "a file" / "queue"
    status, answers = ready()
    assert status == 503
    assert {part for part, fine in answers.items() if not fine} == {"ready", "broker"}


def test_a_database_that_does_not_answer_is_named():
    status, answers = ready()
    assert status == 503
    assert {part for part, fine in answers.items() if not fine} == {"ready", "database", "migrations"}


def test_what_is_wrong_is_told_to_nobody(db, settings, tmp_path):
    settings.QUEUE_DIR = tmp_path / "secret place" / "\0"
    settings.REDIS_URL = ""
    status, body = ask("/readyz")
    assert status == 503
    assert "secret place" not in body and "Error" not in body


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_are_only_read(db, path):
    assert Client().post(path).status_code == 405
    assert Client().head(path).status_code == 200
