"""The tests' own guard against connections that keep PostgreSQL from dropping a database."""

import pytest
from django.db import connection

from tests.conftest import end_idle_sessions, left_open_after

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


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_session_that_holds_nothing_is_ended_and_one_in_a_transaction_is_not():
    idle, busy = connection.copy(), connection.copy()
    with idle.cursor() as cursor:
        cursor.execute("SELECT 1")
    busy.set_autocommit(False)
    with busy.cursor() as cursor:
        cursor.execute("SELECT 'half done'")
    end_idle_sessions(connection)
    states = {state for _, state, _ in left_open_after(connection, seconds=1)}
    busy.close()
    idle.close()
    assert states == {"idle in transaction"}
