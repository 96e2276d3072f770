"""How it is wired: settings, addresses, the Celery app and its schedule, the run and demonstration commands."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
