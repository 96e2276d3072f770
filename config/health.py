"""Is the site alive, and is it ready? Alive touches nothing, so that a database outage restarts no web server."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from config.celery import app

log = logging.getLogger("planner.health")


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations():
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("not applied")


def _broker():
    if settings.REDIS_URL:
        with app.connection_for_write(connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
    else:
        settings.QUEUE_DIR.mkdir(parents=True, exist_ok=True)


def _storage():
    default_storage.delete(default_storage.save("ready", ContentFile(b"ready")))


def _static_files():
    staticfiles_storage.url("css/planner.css")


CHECKS = {
    "database": _database,
    "migrations": _migrations,
    "broker": _broker,
    "storage": _storage,
    "static_files": _static_files,
}


@require_safe
@login_not_required
def alive(request):
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@login_not_required
def ready(request):
    """Each part by name, yes or no: what is wrong with it goes to the log only."""
    answers = {name: _passes(check) for name, check in CHECKS.items()}
    return JsonResponse({"ready": all(answers.values()), **answers}, status=200 if all(answers.values()) else 503)


def _passes(check):
    try:
        check()
    except Exception as fault:  # noqa: BLE001 - whatever is wrong with a part, the answer is that it is not ready
        log.warning("not ready: %s", fault)
        return False
    return True
