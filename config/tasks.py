"""What the clock starts. Each finds rows that say they are unfinished and hands their numbers out again."""

from celery import shared_task

from config.housekeeping import sweep as sweep_all
from config.housekeeping import tidy as tidy_all
from workforce.scheduling import run_schedules


@shared_task
def sweep():
    sweep_all()


@shared_task
def tidy():
    tidy_all()


@shared_task
def ask_for_due_profiles():
    run_schedules()
