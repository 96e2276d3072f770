"""Background work of this app: shells that take an id and call one service."""

from celery import shared_task

from workforce import profile_building, receiving


# A million rows on a busy machine take minutes, not the four that other tasks get at the most. Still well under the
# hour after which the queue would hand the same message to somebody else.
@shared_task(soft_time_limit=30 * 60, time_limit=35 * 60)
def read_upload(pk):
    receiving.read_upload(pk)


# Every report that was ever seen is compared with the new one, so this may take its time.
@shared_task(soft_time_limit=10 * 60, time_limit=11 * 60)
def build_profile(pk):
    profile_building.build_profile(pk)
