"""The fixture that other tests stand on: a worker in another process sees this test's rows, and changes them."""

import pytest

from actions.models import PlanImport
from actions.tasks import read_plan_import
from config.tasks import sweep
from tests.fixtures_processes import _own_redis, database_url, eventually
from tests.world import build_world

pytestmark = pytest.mark.slow

CSV = "Ref,Activity,Timescale\n1,Map leadership courses,March 2027\n"


@pytest.fixture
def waiting_import(real_worker):
    from django.core.files.base import ContentFile

    world = build_world()
    plan_import = PlanImport(strategy=world.strategy, name="plan.csv", by=world.coordinator)
    plan_import.file.save("plan.csv", ContentFile(CSV.encode()))
    plan_import.save()
    return plan_import


def is_read(plan_import):
    plan_import.refresh_from_db()
    return plan_import.state not in (PlanImport.State.WAITING, PlanImport.State.READING)


def test_a_task_runs_in_the_worker_on_this_database(real_worker, waiting_import):
    read_plan_import.delay(waiting_import.pk)
    eventually(lambda: is_read(waiting_import))
    assert waiting_import.state == PlanImport.State.READY, real_worker.words
    assert waiting_import.attempts == 1


def test_a_message_sent_while_there_is_no_worker_waits(real_worker, waiting_import):
    real_worker.kill()
    read_plan_import.delay(waiting_import.pk)
    waiting_import.refresh_from_db()
    assert waiting_import.state == PlanImport.State.WAITING
    real_worker.start()
    eventually(lambda: is_read(waiting_import))
    assert waiting_import.state == PlanImport.State.READY


def test_the_worker_sweeps(real_worker):
    sweep.delay()
    eventually(lambda: "config.tasks.sweep" in real_worker.words and "succeeded" in real_worker.words)


def test_control_without_the_worker_nothing_is_read(real_worker, waiting_import):
    real_worker.kill()
    read_plan_import.delay(waiting_import.pk)
    with pytest.raises(AssertionError, match="in vain"):
        eventually(lambda: is_read(waiting_import), seconds=2)


@pytest.mark.parametrize(
    ("settings_dict", "expected"),
    [
        ({"ENGINE": "x.sqlite3", "NAME": "/a/test.sqlite3"}, "sqlite:////a/test.sqlite3"),
        (
            {"ENGINE": "x.postgresql", "NAME": "test_p", "USER": "u", "PASSWORD": "p@/", "HOST": "h", "PORT": 5432},
            "postgres://u:p%40%2F@h:5432/test_p",
        ),
        (
            {"ENGINE": "x.postgresql", "NAME": "p", "USER": "u", "PASSWORD": "", "HOST": "h", "PORT": ""},
            "postgres://u@h/p",
        ),
    ],
)
def test_the_database_is_named_as_the_environment_names_it(settings_dict, expected):
    assert database_url(settings_dict) == expected


def test_each_test_process_takes_its_own_redis_database():
    assert _own_redis("redis://127.0.0.1:6379/14", 1) == "redis://127.0.0.1:6379/15"
    assert _own_redis("redis://127.0.0.1:6379", 0) == "redis://127.0.0.1:6379/0"
