"""Background work of this app: shells that take an id and call one service."""

from celery import shared_task

from actions import imports


@shared_task
def read_plan_import(pk):
    imports.read_import(pk)
