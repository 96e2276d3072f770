"""Background work: the Celery app and its whole schedule, in one table."""

import os

from celery import Celery
from celery.schedules import crontab
from kombu.transport import redis

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("planner")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # Status rows in the database are the truth, so results are not kept; a task names a row and nothing personal.
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_time_limit=300,
    task_soft_time_limit=240,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    enable_utc=True,
    timezone="Europe/London",
)
app.autodiscover_tasks()

# A worker that loses Redis would hand the messages of unfinished work back, by way of the connection that it has just
# lost, and end over that. Nobody needs them: what is unfinished stands in its row, and the sweep sends it again.
redis.Channel.do_restore = False

# Everything that happens by the clock. Name: (task, when).
SCHEDULE = {
    "send again what was left unfinished": ("config.tasks.sweep", 60.0),
    "ask for profile reports that are due, remind whose returns are missing": (
        "config.tasks.ask_for_due_profiles",
        crontab(minute=7),
    ),
    "clear expired sessions, old plan files, old notices and workforce files": (
        "config.tasks.tidy",
        crontab(hour=3, minute=10),
    ),
}
app.conf.beat_schedule = {name: {"task": task, "schedule": when} for name, (task, when) in SCHEDULE.items()}
