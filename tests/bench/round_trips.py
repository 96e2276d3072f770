"""Plans with awkward words through each format and back: `python -m tests.bench.round_trips --plans 1000`.

Counts the cells that are not what they were. Each plan is taken away and brought back as it is, and once more with
what somebody did to the file in between. A control writes texts on one line, and must be caught. `--through-office`
lets LibreOffice open and save each Word document and workbook on the way, some plans in one go (slow). Runs in a
database made for this and dropped after it.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import tests.fixtures_processes  # noqa: F401 - first: it gives this run a data folder of its own

FORMATS = ("docx", "xlsx", "csv")


def run(check, plans, count, seed):
    """Every fault that a check finds in so many examples of a Hypothesis strategy."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    faults, taken = [], 0
    some = settings(
        max_examples=count, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip

    @seeded(seed)
    @some
    @given(plan=plans)
    def take(plan):
        nonlocal taken
        taken += 1
        faults.extend(check(plan))

    take()
    return taken, faults


def through_office(content, format):
    """What LibreOffice makes of a file that it opens and saves."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in", f"plan.{format}")
        source.parent.mkdir()
        source.write_bytes(content)
        office = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command = [*office, "--convert-to", format, "--outdir", f"{folder}/out", str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return Path(folder, "out", f"plan.{format}").read_bytes()


def report(name, format, taken, faults, began):
    print(f"{name:24} {format:5} {taken:6,} plans {len(faults):4} faults {time.monotonic() - began:7.0f} s", flush=True)
    for fault in faults[:3]:
        print(f"    {fault[:300]}", flush=True)
    return bool(faults)


def measure(given):
    """Whether anything was wrong."""
    from tests.actions.round_trips import PLANS, edited_and_back, edited_plans, forgotten, gone_and_back
    from tests.world import build_world

    world, is_wrong = build_world(), False
    for format in given.formats:
        through = (lambda content, format=format: through_office(content, format)) if given.through_office else None
        checks = [("as it is", lambda plan, f=format, t=through: forgotten(gone_and_back, world, plan, f, t), PLANS)]
        if not given.through_office:
            edited = lambda plan, f=format: forgotten(edited_and_back, world, *plan, f)  # noqa: E731
            checks.append(("changed in the file", edited, edited_plans()))
        for name, check, plans in checks:
            began = time.monotonic()
            is_wrong |= report(name, format, *run(check, plans, given.plans, given.seed), began)
    return is_wrong


def control(given):
    """Whether a writer that makes one line of many is caught, as it must be."""
    from actions import exports
    from tests.actions.round_trips import PLANS, forgotten, gone_and_back
    from tests.world import build_world

    world, whole, began = build_world(), exports.words_of, time.monotonic()
    exports.words_of = lambda *args: " ".join(whole(*args).split())
    try:
        found = run(lambda plan: forgotten(gone_and_back, world, plan, "xlsx"), PLANS, 20, given.seed)
    finally:
        exports.words_of = whole
    return report("control: one line", "xlsx", *found, began)


def main():
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("--plans", type=int, default=1_000)
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    asked.add_argument("--through-office", action="store_true")
    given = asked.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.db import connection, transaction

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        print(f"{connection.vendor}, seed {given.seed}")
        with transaction.atomic():
            is_wrong = measure(given)
            transaction.set_rollback(True)
        with transaction.atomic():
            is_caught = control(given)
            transaction.set_rollback(True)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
    print("The control was caught." if is_caught else "The control was NOT caught: these figures prove nothing.")
    sys.exit(is_wrong or not is_caught)


if __name__ == "__main__":
    main()
