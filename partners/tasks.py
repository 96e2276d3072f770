"""Background work of this app: shells that take an id and call one service."""

from celery import shared_task

from partners import mail


@shared_task
def send_invitation(pk):
    mail.send_invitation(pk)


@shared_task
def send_notice(pk):
    mail.send_notice(pk)
