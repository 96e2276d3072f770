"""The world, built once for each file of tests instead of once for each test.

It stands in a transaction of its own that is never committed; what a test writes is undone at its end, as always.
Not for tests with `transaction=True` or with processes of their own: those call `build_world` themselves.
"""

import copy

import pytest
from django.db import transaction

from actions import services
from tests.world import add_row, build_world


@pytest.fixture(scope="module")
def built_world(django_db_setup, django_db_blocker):
    whole = transaction.atomic()
    with django_db_blocker.unblock():
        whole.__enter__()
        built = build_world()
    yield built
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def world(built_world, db):
    """A copy, so that no test sees what another did to the rows in memory."""
    return copy.deepcopy(built_world)


@pytest.fixture
def full_row(world):
    """A row of which every cell says something, with a report."""
    row = add_row(
        world, ref="7", activity="Two\nlines, “quoted” \"twice\"", expected_outcome="Outcome", evidence="Evidence",
        timescale_text="Phase 1: March 2027\nPhase 2: June 2027", resource_requirement="£5,000", priority="high",
        leads="Workforce Manager\nSomebody", contributors=[world.trust.pk], theme=world.theme.pk,
    )  # fmt: skip
    services.post_update(action=row, status="amber", words="Slow", by=world.manager)
    return row
