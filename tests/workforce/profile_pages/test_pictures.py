"""Charts are drawn once: for pages, for files, and for everybody."""

import uuid

import pytest
from django.core.cache.backends.locmem import LocMemCache

from tests.workforce.profile_pages import reports
from workforce import profile_pictures, profile_showing
from workforce.profile_describing import report_of
from workforce.profile_lifecycle import Stage
from workforce.reporting.drawer import Drawn, Wanted


@pytest.fixture
def drawn(monkeypatch):
    """What was drawn, in order. With a cache of its own: one on a server outlives a test."""
    monkeypatch.setattr(profile_pictures, "cache", LocMemCache(str(uuid.uuid4()), {}))
    done = []

    def draw(wanted):
        done.extend(wanted)
        return [Drawn(one.svg or f"<svg>{one.title}</svg>", b"png" if one.as_png else b"") for one in wanted]

    monkeypatch.setattr(profile_pictures, "draw_apart", draw)
    return done


def wanted(title, **how):
    return Wanted({"mark": "bar"}, title, "All: 3.", **how)


def test_what_was_drawn_before_is_not_drawn_again(drawn, db):
    assert [one.svg for one in profile_pictures.draw_kept([wanted("A"), wanted("B")])] == [
        "<svg>A</svg>",
        "<svg>B</svg>",
    ]
    assert [one.svg for one in profile_pictures.draw_kept([wanted("B"), wanted("C")])] == [
        "<svg>B</svg>",
        "<svg>C</svg>",
    ]
    assert [one.title for one in drawn] == ["A", "B", "C"]


def test_another_figure_makes_another_chart(drawn, db):
    profile_pictures.draw_kept([wanted("A")])
    profile_pictures.draw_kept([Wanted({"mark": "bar"}, "A", "All: 4.")])
    assert len(drawn) == 2


def test_a_picture_for_word_is_made_of_the_drawing_that_is_there(drawn, db):
    profile_pictures.draw_kept([wanted("A")])
    assert profile_pictures.draw_kept([wanted("A", as_png=True)])[0].png == b"png"
    assert [one.svg for one in drawn] == ["", "<svg>A</svg>"]


def test_a_draft_is_drawn_before_anybody_reads_it(drawn, kept, read):
    draft = kept(Stage.DRAFT)
    profile_showing.draw_ahead(draft.pk)
    ahead = len(drawn)
    assert ahead == sum(shown.chart is not None for part in report_of(draft).parts for shown in part.shown) > 0
    assert "<svg>" in read("steering", f"{draft.pk}/") and "<svg>" in read("steering", f"{draft.pk}/parts/people/")
    assert len(drawn) == ahead


def test_nothing_is_drawn_ahead_of_what_is_no_draft(drawn, kept):
    profile_showing.draw_ahead(kept(Stage.FAILED, as_at=reports.EARLIER).pk)
    profile_showing.draw_ahead(999)
    assert drawn == []
