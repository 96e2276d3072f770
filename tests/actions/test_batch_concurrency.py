"""Two people apply what they looked at, at the same moment, for real: threads, each with a connection of its own."""

import threading

import pytest
from django.db import close_old_connections, connection

from actions.models import HeldEdit
from tests.actions.test_batches import applied, pasted
from tests.world import build_world


@pytest.mark.django_db(transaction=True)
def test_two_batches_over_the_same_cells_at_once_lose_nothing():
    world = build_world()
    previews = {word: pasted(world, f"{word}\n{word}\n{word}", column="priority") for word in ("High", "Low")}
    gate, results = threading.Barrier(2), {}

    def run(word):
        try:
            gate.wait(timeout=20)
            results[word] = applied(world, previews[word])
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run, args=[word]) for word in previews]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted((one.cells, one.held) for one in results.values()) == [(0, 3), (3, 0)]
    assert len(set(world.strategy.actions.values_list("priority", flat=True))) == 1
    assert HeldEdit.objects.count() == 3
