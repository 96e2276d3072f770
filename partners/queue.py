"""Handing work to the background worker."""

from django.db import transaction


def hand_over(task, pk):
    """Send a row's number to the worker once the row is committed.

    When the queue cannot be reached, nothing is lost and nobody sees an error: the row says that it is unfinished,
    and the sweeper sends it again.
    """
    transaction.on_commit(lambda: task.delay(pk), robust=True)
