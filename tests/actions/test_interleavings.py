"""Four people doing anything in any order: see tests/actions/interleaving.py, which says what must hold.

`python -m tests.bench.interleavings --steps 10000` runs as many steps as one likes.
"""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from actions import editing
from tests.actions.interleaving import Interleaving

SOME = settings(
    max_examples=6, stateful_step_count=25, deadline=None, database=None, derandomize=True, print_blob=False,
    report_multiple_bugs=False,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture
def machine(world):
    Interleaving.world = world
    return Interleaving


def test_any_interleaving_leaves_database_model_and_history_in_agreement(machine):
    machine.steps = 0
    run_state_machine_as_test(machine, settings=SOME)
    assert machine.steps > 100


class Answers:
    """What the machine would draw, said beforehand."""

    def __init__(self, *answers):
        self.answers = iter(answers)

    def draw(self, strategy, label=None):
        return next(self.answers)


@pytest.fixture
def steps(machine):
    """The machine, to be led by hand: `steps(rule, …)` takes one step and looks at everything."""
    led = machine()
    led.begin()

    def take(rule, *answers, **given):
        getattr(led, rule)(data=Answers(*answers), **given)
        led.everything_agrees()
        return led

    yield take
    led.teardown()


def test_a_move_from_before_the_plan_was_put_back_is_refused(steps, world):
    row, other = world.row.pk, world.shared_row.pk
    led = steps("move", row, other, who="coordinator")
    led.look("steering")
    steps("put_the_plan_back", led.past[0], who="coordinator")
    place = {"who": "steering", "below": True, "times": 1}
    steps("place", row, world.trust_row.pk, row, **place)
    assert led.plan.order[0] == row
    led.look("steering")
    steps("place", row, world.trust_row.pk, row, **place)
    assert led.plan.order[:2] == [world.trust_row.pk, row]


def overwriting(stored, wanted, lookups):
    """The door as it is in most programs: the last one wins."""
    return {key: edit.new for key, edit in wanted.items()}, {}, {}


def dropping(stored, wanted, lookups):
    """A door that writes what is free and forgets the rest."""
    plain, merged, _ = editing_as_it_is(stored, wanted, lookups)
    return plain, merged, {}


editing_as_it_is = editing._sorted_out


@pytest.mark.parametrize("broken", [overwriting, dropping])
def test_control_a_door_that_loses_words_is_noticed(machine, monkeypatch, broken):
    monkeypatch.setattr(editing, "_sorted_out", broken)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=SOME)


def test_control_a_write_that_the_history_does_not_tell_is_noticed(machine, monkeypatch):
    monkeypatch.setattr(editing, "record_fields", lambda *args, **how: [])
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=SOME)
