"""Logs keep no secret."""

import logging

from config.logs import MaskSecrets, masked


def record(message, *args, exc_info=None):
    return logging.LogRecord("planner", logging.ERROR, __file__, 1, message, args, exc_info)


def test_the_secret_of_a_link_is_left_out():
    line = record("Internal Server Error: %s", "/invitation/WzEsImZl.NzE:1xUyht/")
    assert MaskSecrets().filter(line)
    assert line.getMessage() == "Internal Server Error: /invitation/(left out)/"
    assert masked("GET /c/3q2-xY_z.ics failed") == "GET /c/(left out) failed"
    assert masked("/account/password/forgotten/3-d1-abc/") == "/account/password/forgotten/(left out)/"


def test_what_the_database_repeats_is_left_out_of_tracebacks():
    import sys

    try:
        raise ValueError("duplicate key\nDETAIL: Key (email)=(somebody@example.org) already exists.")
    except ValueError:
        line = record("it failed", exc_info=sys.exc_info())
    MaskSecrets().filter(line)
    assert "somebody@example.org" not in logging.Formatter().format(line)


def test_control_an_ordinary_line_stays_as_it_is():
    assert masked("Not ready: /p/marlbrook/plan/") == "Not ready: /p/marlbrook/plan/"
