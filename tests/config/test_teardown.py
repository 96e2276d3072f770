"""The tests' own guard against connections that keep PostgreSQL from dropping a database."""

import pytest
from django.db import connection

from tests.conftest import left_open_after

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no sessions that could stay open"
)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_stays_open_is_named_and_one_that_is_closed_is_not():
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT 'left behind'")
    ((_, state, query),) = left_open_after(connection, seconds=0)
    other.close()
    assert (state, query) == ("idle", "SELECT 'left behind'")
    assert left_open_after(connection, seconds=5) == []
