"""Background work of this app: shells that take an id and call one service."""

from celery import shared_task

from partners.queue import hand_over
from workforce import profile_building, profile_showing, receiving


# A million rows on a busy machine take minutes, not the four that other tasks get at the most. Still well under the
# hour after which the queue would hand the same message to somebody else.
@shared_task(soft_time_limit=30 * 60, time_limit=35 * 60)
def read_upload(pk):
    receiving.read_upload(pk)


# Every report that was ever seen is compared with the new one, so this may take its time.
@shared_task(soft_time_limit=10 * 60, time_limit=11 * 60)
def build_profile(pk):
    profile_building.build_profile(pk)
    hand_over(draw_profile, pk)


# Nothing depends on it: whoever opens the draft before it is done waits until the charts are drawn.
@shared_task
def draw_profile(pk):
    profile_showing.draw_ahead(pk)
