"""The program that measures fifty people in one plan: what it counts as a fault is one, and makes it fail.

Nothing here is timed: a few people work for a few seconds, and only what went wrong is looked at.
"""

from types import SimpleNamespace

import pytest

from tests.bench import _site, _tabs, joint_editing
from tests.bench._tabs import environment
from tests.bench.joint_editing import Editor, delays, failures, load
from tests.bench.plan_page import served

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worked(monkeypatch):
    """`worked()` are the figures of three people who hurry, and of as many as there are to see it."""
    for name, value in (("SETTLING_IN", 0.2), ("THINKING", (0.5, 0.9)), ("EVERY", 0.4), ("DEBOUNCE", 0.05)):
        monkeypatch.setattr(joint_editing, name, value)

    def work():
        from strategies.models import Strategy

        slug = _site.build([12])[12]
        strategy = Strategy.objects.select_related("partnership").get(slug=slug)
        path = f"/p/{strategy.partnership.slug}/plan/{slug}/"
        sessions = _tabs.sessions_for(_tabs.join(strategy.partnership, 3))
        with served("planner", "config.wsgi:application", environment()) as port:
            return load(port, strategy, path, sessions, seconds=4)

    return work


@pytest.mark.slow
def test_people_who_work_together_see_each_others_changes_and_meet_no_error(worked):
    figures = worked()
    assert (figures["errors"], figures["first_errors"]) == (0, [])
    assert figures["saves"] and figures["polls"]["200"]


@pytest.mark.slow
def test_control_a_tab_that_never_looks_has_never_seen_what_others_did(worked, monkeypatch):
    look_on = Editor.look_on
    monkeypatch.setattr(Editor, "look_on", lambda one, all_saved: one.number and look_on(one, all_saved))
    figures = worked()
    assert figures["first_errors"] == [f"{figures['errors']} × never seen"]
    assert failures(figures)


@pytest.mark.slow
def test_control_a_thread_that_breaks_is_an_error(worked, monkeypatch):
    monkeypatch.setattr(Editor, "take", lambda editor, news: editor.nothing)
    assert any("AttributeError" in fault for fault in worked()["first_errors"])


def editor(*seen_at):
    return SimpleNamespace(seen_at=list(seen_at))


def test_what_was_seen_later_and_what_never():
    author, quick, slow, blind = editor(), editor((11.0, {7: 3})), editor((12.0, {7: 2}), (19.0, {7: 4})), editor()
    seen, never = delays([(10.0, 7, 3, author)], [author, quick, slow, blind])
    assert (sorted(seen), never) == ([1.0, 9.0], 1)


WELL = {"errors": 0, "saves": {"saved": 9}, "polls": {"200": 9}, "save_ms": {"p95": 100.0}, "seen_ms": {"max": 5000.0}}
ILL = {
    "an error": {"errors": 1},
    "no save": {"saves": {}},
    "no news": {"polls": {"200": 0}},
    "slow saves": {"save_ms": {"p95": 100.1}},
    "seen too late": {"seen_ms": {"max": 5000.1}},
}


@pytest.mark.parametrize("wrong", ILL.values(), ids=ILL)
def test_control_each_of_these_fails_the_run(wrong):
    assert failures(WELL) == []
    assert len(failures(WELL | wrong)) == 1


def test_a_run_that_failed_ends_with_1(monkeypatch):
    monkeypatch.setattr("sys.argv", ["joint_editing"])
    for failed, ends in (([], None), (["29,107 errors"], 1)):
        monkeypatch.setattr(_tabs, "_elsewhere", lambda *given, failed=failed: {"failed": failed})
        try:
            _tabs.on_each_database("x", "", {}, None, lambda one: [])
            ended = None
        except SystemExit as end:
            ended = end.code
        assert ended == ends
