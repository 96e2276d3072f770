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
