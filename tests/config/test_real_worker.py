"""The fixture that other tests stand on: a worker in another process sees this test's rows, and changes them."""

import pytest

from actions.models import PlanImport
from actions.services import add_comment
from actions.tasks import read_plan_import
from config.tasks import sweep
from partners.models import Notice
from partners.tasks import send_notice
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


def test_a_notice_goes_out_by_e_mail_once_however_often_it_is_handed_over(real_worker, settings):
    world, earlier = build_world(), set((settings.DATA_DIR / "mail").glob("*"))
    add_comment(action=world.row, words="@Data Steward the secret is 42", by=world.observer)
    notices = list(Notice.objects.all())  # to whom it names, and to the row's officer
    eventually(lambda: not Notice.objects.filter(sent=None).exists())
    for notice in notices:
        send_notice.delay(notice.pk)
    eventually(lambda: real_worker.words.count("partners.tasks.send_notice") >= 8)  # received and done, twice each
    messages = [file.read_text() for file in set((settings.DATA_DIR / "mail").glob("*")) - earlier]
    for who in ("steward", "manager"):
        assert sum(text.count(f"To: {who}@example.org") for text in messages) == 1
    assert "secret" not in real_worker.words + "".join(messages)
    assert set(Notice.objects.values_list("attempts", flat=True)) == {1}


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
