"""The world, built once for each file of tests instead of once for each test.

It stands in a transaction of its own that is never committed; what a test writes is undone at its end, as always.
Not for tests with `transaction=True` or with processes of their own: those call `build_world` themselves.
"""

import copy

import pytest
from django.db import transaction

from tests.world import build_world


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
