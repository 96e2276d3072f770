"""Charts drawn by programs of their own: the same pictures as here, in the same order, or a fault that is said."""

import pytest

from tests.workforce.reporting.reports import posts_of, shown_of
from tests.workforce.reporting.tables import ages_of, share_of
from workforce.reporting import drawer
from workforce.reporting.drawer import Wanted, draw_apart, draw_here

TABLES = (posts_of(), ages_of(), share_of())


def wanted(**more):
    shown = [shown_of(table) for table in TABLES]
    return [Wanted(each.chart, each.title, each.summary, **more) for each in shown]


def test_several_programs_draw_what_this_one_would(monkeypatch):
    monkeypatch.setattr(drawer, "WORTH_STARTING", 1)
    monkeypatch.setattr(drawer.os, "cpu_count", lambda: 2)
    apart = draw_apart(wanted(as_png=True))
    assert apart == draw_here(wanted(as_png=True))
    assert all(drawn.png.startswith(b"\x89PNG") for drawn in apart)


def test_what_was_drawn_already_is_not_drawn_again():
    (first, *_) = draw_here(wanted())
    (again,) = draw_here([Wanted({}, "", "", svg=first.svg, as_png=True)])
    assert again.svg == first.svg and again.png.startswith(b"\x89PNG")


def test_nothing_wanted_starts_no_program(monkeypatch):
    monkeypatch.setattr(drawer.subprocess, "run", None)
    assert draw_apart([]) == []


def test_a_chart_that_cannot_be_drawn_is_said():
    with pytest.raises(RuntimeError, match="could not be drawn"):
        draw_apart([Wanted({"mark": "no such mark"}, "Title", "Words")])
