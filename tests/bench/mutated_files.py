"""What becomes of files that something happened to? `python -m tests.bench.mutated_files`.

Forty returns, right and wrong, in all forms that people send, are changed at random: bytes flipped, parts lost or
repeated, signs put in that belong nowhere, cells made huge, parts of workbooks and zip files altered. Each is read in a
process with limits. None may end otherwise than read or refused with a sentence that says where and what, none may take
ten seconds or 512 MB, and where a single cell was changed every other row must be what it was. Every 50th is also sent
through the page of the site, read as the worker does, and looked at. The control reads without guards and must break.
Ends with 1 if anything is amiss.
"""

import argparse
import json
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import numpy as np

import tests.bench._tabs as tabs  # first: it gives this run a data folder of its own

MUTANTS, CONTROL, EVERY = 10_000, 200, 50


class Outcomes:
    def __init__(self):
        self.counts, self.faults, self.slowest, self.largest = Counter(), [], 0.0, 0
        self.chosen = []  # those that go through the pages as well
        self.lock = threading.Lock()

    def add(self, found, faults):
        with self.lock:
            self.counts[found["outcome"]] += 1
            self.faults += faults
            self.slowest = max(self.slowest, found["seconds"])
            self.largest = max(self.largest, found["megabytes"])


def read_all(many, seed, readers, *how, every=0):
    """All mutants read by so many processes side by side."""
    from tests.workforce.hostile.mutants_read import Judge
    from tests.workforce.hostile.mutating import mutants, seeds

    seeds()
    outcomes, waiting = Outcomes(), enumerate(mutants(many, np.random.default_rng(seed)))
    taking = threading.Lock()

    def work():
        judge = Judge(*how)
        try:
            while True:
                with taking:
                    number, mutant = next(waiting, (0, None))
                    if mutant is not None and every and number % every == 0:
                        outcomes.chosen.append(mutant)
                if mutant is None:
                    return
                outcomes.add(*judge.faults_of(mutant))
        finally:
            judge.reader.stop()

    threads = [threading.Thread(target=work) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def through_the_pages(mutants):
    """Sent as a steward sends them: what went wrong."""
    from tests.workforce.hostile.sending import Steward
    from tests.world import build_world

    steward, faults = Steward(build_world()), []
    for number, mutant in enumerate(mutants):
        faults += [f"page: {mutant.seed}, {mutant.way}: {fault}" for fault in steward.send(mutant.files, number)]
    return faults


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--mutants", type=int, default=MUTANTS)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--readers", type=int, default=2)
    words.add_argument("--every", type=int, default=EVERY, help="of how many one goes through the pages")
    words.add_argument("--json", type=Path, metavar="FILE", help="also write all figures here")
    given = words.parse_args()
    began = time.perf_counter()
    outcomes = read_all(given.mutants, given.seed, given.readers, every=given.every)
    with tabs.own_database():
        page_faults, sent = through_the_pages(outcomes.chosen), len(outcomes.chosen)
    control = read_all(CONTROL, given.seed, given.readers, "unguarded").counts
    noticed = control["broke"] + control["lost"]
    faults, seconds = outcomes.faults + page_faults, round(time.perf_counter() - began)
    if outcomes.counts.total() < given.mutants:
        faults.append(f"only {outcomes.counts.total()} of {given.mutants} were read: see above")
    print(f"{given.mutants:,} mutated returns, seed {given.seed}, {seconds} s ({tabs.busy()})")
    print(f"  {', '.join(f'{many:,} {what}' for what, many in sorted(outcomes.counts.items()))}")
    print(f"  slowest {outcomes.slowest} s, most memory {outcomes.largest} MB; {sent} sent through the pages")
    print(f"  control without guards: {noticed} of {CONTROL} broke")
    print(f"  {len(faults)} faults" + "".join(f"\n    {fault}" for fault in faults[:60]))
    if given.json:
        outcome = {"mutants": given.mutants, "seed": given.seed, "outcomes": outcomes.counts, "faults": faults}
        outcome |= {"slowest": outcomes.slowest, "megabytes": outcomes.largest, "pages": sent, "control": noticed}
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(outcome, indent=2) + "\n", encoding="utf-8")
    sys.exit(1 if faults or not noticed else 0)


if __name__ == "__main__":
    main()
