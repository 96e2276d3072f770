"""Four people doing anything in any order, as often as one likes: `python -m tests.bench.interleavings --steps 10000`.

Runs the machine of tests/actions/interleaving.py in a database made for this and dropped after it (that of
DATABASE_URL, or SQLite), until so many steps have been taken, each followed by all checks. Stops at the first fault
with the steps that lead to it. `--seed` repeats a run.
"""

import argparse
import os
import random
import time

import tests.fixtures_processes  # noqa: F401 - first: it gives this run a data folder of its own

STEPS_OF_ONE_STORY = 50
STORIES_AT_ONCE = 10


def run(steps, seed):
    """Take at least so many steps; returns how many."""
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis import seed as seeded
    from hypothesis.stateful import run_state_machine_as_test

    from tests.actions.interleaving import Interleaving
    from tests.world import build_world

    Interleaving.world, Interleaving.steps = build_world(), 0
    chance, began = random.Random(seed), time.monotonic()
    some = settings(
        max_examples=STORIES_AT_ONCE, stateful_step_count=STEPS_OF_ONE_STORY, deadline=None, database=None,
        report_multiple_bugs=False, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    while Interleaving.steps < steps:
        number = chance.randrange(10**9)
        machine = seeded(number)(type("Interleaving", (Interleaving,), {}))
        run_state_machine_as_test(machine, settings=some)
        print(f"{Interleaving.steps:,} steps in {time.monotonic() - began:.0f} s, {_worked()}", flush=True)
    return Interleaving.steps


def _worked():
    """What the processor spent: the same on a busy machine as on an idle one."""
    return f"{time.process_time():.0f} s of processor time"


def main():
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--steps", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.db import connection

    from config.celery import app

    app.conf.task_always_eager = True
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(f"{connection.vendor}, seed {given.seed}")
        steps = run(given.steps, given.seed)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    print(f"{steps:,} steps, each followed by all checks: no fault found.")


if __name__ == "__main__":
    main()
