"""Is every fault told in its place, and nothing else with it? `python -m tests.bench.seeded_faults`.

Single cells are made wrong, one at a time, in returns of three files in which nothing else is: by the kinds of fault
that made-up files know, and with texts that a column cannot read. The return is written as CSV, as a workbook or into
a zip file, with titles above the headings, blank lines, and cells that run over two lines. The issue must name file,
row (as Excel counts) and column; what else is told must follow from that cell; and without the fault the file must be
as clean as it was. The control counts rows off by one, which every trial must notice. Ends with 1 if anything is amiss.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from unittest import mock

TRIALS, CONTROL = 500, 20


def run(many, seed):
    """(faults found, trials by form)."""
    from tests.workforce.hostile.seeding import Bench, trials

    faults, forms = [], Counter()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for trial in trials(many, seed):
            forms[trial.form.name] += 1
            faults += bench.faults_of(trial)
    return faults, forms


def off_by_one():
    """How many trials notice that rows are counted wrong by one."""
    from workforce.checking.issues import IssueLog

    add = IssueLog.add

    def wrongly(log, cause, rows, *more, **how):
        add(log, cause, rows + 1, *more, **how)

    with mock.patch.object(IssueLog, "add", wrongly):
        faults, _ = run(CONTROL, seed=2)
    return sum("not told" in fault for fault in faults)


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--trials", type=int, default=TRIALS)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--json", type=Path, metavar="FILE", help="also write all figures here")
    given = words.parse_args()
    began = time.perf_counter()
    faults, forms = run(given.trials, given.seed)
    noticed = off_by_one()
    seconds = round(time.perf_counter() - began, 1)
    print(f"{given.trials} single-cell faults, seed {given.seed}, {seconds} s: {len(faults)} told wrongly")
    print("\n".join(f"  {many:>4} as {name}" for name, many in forms.items()))
    print(f"  control: rows counted off by one were noticed in {noticed} of {CONTROL}")
    print("\n".join(f"  {fault}" for fault in faults[:50]))
    if given.json:
        outcome = {"trials": given.trials, "seed": given.seed, "seconds": seconds, "faults": faults, "forms": forms}
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(outcome | {"control": noticed}, indent=2) + "\n", encoding="utf-8")
    sys.exit(1 if faults or noticed < CONTROL else 0)


if __name__ == "__main__":
    main()
