"""A thousand conflicting edits by sixteen people, over HTTP, on a real server: none is lost, none is applied twice.

The people, their cells and the judgement are those of `tests/bench/lost_edits.py`.
"""

from uuid import uuid4

import pytest

from tests.bench import lost_edits
from tests.bench._tabs import environment
from tests.bench.lost_edits import CLIENTS, Sent, answers, build, fight, judge
from tests.bench.plan_page import served

pytestmark = pytest.mark.django_db(transaction=True)


def fought(application, edits):
    plan = build()
    with served("planner", application, environment()) as port:
        return plan, fight(plan, port, edits, seed=1)


@pytest.mark.slow
def test_of_a_thousand_conflicting_edits_none_is_lost_and_none_is_applied_twice():
    plan, sent = fought("config.wsgi:application", lost_edits.EACH)
    assert {name: found for name, found in judge(plan, sent).items() if found} == {}
    assert len(sent) == 1008
    assert {"saved", "merged", "held", "removed"} <= set(answers(sent))


@pytest.mark.slow
def test_control_a_server_that_saves_without_comparing_loses_edits():
    plan, sent = fought("tests.bench._plain_save:served()", 8)
    assert len(judge(plan, sent)["lost"]) > CLIENTS


def test_control_an_edit_that_is_nowhere_is_noticed():
    plan = build(clients=1)
    row, (author,) = plan.rows[0], plan.users
    saved, held = (
        Sent(str(uuid4()), row, "ref", author.pk, "1", "c00-e000", result, held=1) for result in ("saved", "held")
    )
    faults = judge(plan, [saved, held, Sent(str(uuid4()), row, "ref", author.pk, "1", "2", "status 500")])
    assert faults["saved but nowhere"] == [saved]
    assert faults["held but not kept"] == [held]
    assert len(faults["unanswered"]) == 1
