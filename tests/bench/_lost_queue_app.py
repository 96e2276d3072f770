"""The worker and the clock of tests/bench/lost_queue.py: ours, with a quick reader and less patience."""

import os
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from config import housekeeping  # noqa: E402 - after the settings
from config.celery import app  # noqa: E402
from tests.workforce.uploads import quick_reader  # noqa: E402
from workforce import receiving  # noqa: E402

SWEEP_EVERY = 5.0  # seconds

quick_reader.take_its_place()
housekeeping.PATIENCE = timedelta(seconds=SWEEP_EVERY)
receiving.SILENT_FOR = timedelta(seconds=2 * SWEEP_EVERY)
app.conf.beat_schedule = {"sweep": {"task": "config.tasks.sweep", "schedule": SWEEP_EVERY}}
