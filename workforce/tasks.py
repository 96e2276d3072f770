"""Background work of this app: shells that take an id and call one service."""

from celery import shared_task

from workforce import receiving


# A million rows on a busy machine take minutes, not the four that other tasks get at the most. Still well under the
# hour after which the queue would hand the same message to somebody else.
@shared_task(soft_time_limit=30 * 60, time_limit=35 * 60)
def read_upload(pk):
    receiving.read_upload(pk)
