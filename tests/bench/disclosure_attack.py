"""Can anybody work out what the gate hides? `python -m tests.bench.disclosure_attack`.

Invents partnerships, counts each, lets the gate release it twice (half a year apart with one partner silent, or on the
same day with one partner less), and attacks both releases together with integer programming: as nobody, and as each
partner with its own files. It is a finding when a small figure is shown, worked out or pinned down to fewer values than
the rules leave, or when a figure that was hidden for the sake of others is worked out. The control is a gate that hides
small figures only, which every trial must break. Ends with 1 if anything is found, or a trial of the control holds.
For information, members who read the public view of the same day beside the partnership's are tried as well.
"""

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

TRIALS, CONTROL = 200, 10
VIEWS = ("partnership", "public", "both")


def one(seed, audience, control):
    """(seed, how the releases differ, hidden figures, all figures, findings as (kind, words), untrue, seconds)."""
    from tests.workforce.disclosure.campaign import BESIDE, Audience, small_ones_only, the_gate, trial

    began = time.perf_counter()
    seen_by, second = (Audience.PARTNERSHIP, BESIDE) if audience == "both" else (Audience(audience), None)
    tried = trial(seed, audience=seen_by, second=second, gate=small_ones_only if control else the_gate)
    tried.attacked(insiders=not control)
    findings = [(found.what, str(found)) for found in tried.findings]
    findings += [("noise can be averaged away", str(key[0])) for key in tried.averaged]
    return seed, tried.second, *tried.hidden, findings, len(tried.untrue), time.perf_counter() - began


def run(seeds, processes, audience, *, control=False):
    with ProcessPoolExecutor(processes) as pool:
        waiting = [pool.submit(one, seed, audience, control) for seed in seeds]
        for done in waiting:
            yield done.result()


def say(title, outcomes):
    """In lines; the figures for the file."""
    kinds = Counter(what for outcome in outcomes for what, _ in outcome[4])
    broken = [outcome[0] for outcome in outcomes if outcome[4]]
    hidden, cells = sum(outcome[2] for outcome in outcomes), sum(outcome[3] for outcome in outcomes)
    print(f"{title}: {len(broken)} of {len(outcomes)} partnerships broken; {hidden} of {cells} figures hidden")
    print("".join(f"  {many:>5} {what}\n" for what, many in sorted(kinds.items())), end="")
    untrue = sum(outcome[5] for outcome in outcomes)
    if untrue:
        print(f"  {untrue} figures are not what they are said to be")
    return {"partnerships": len(outcomes), "broken": broken, "hidden": hidden, "cells": cells, "kinds": kinds} | {
        "untrue": untrue,
        "findings": [words for outcome in outcomes for _, words in outcome[4]][:500],
        "seconds": round(sum(outcome[6] for outcome in outcomes), 1),
    }


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--partnerships", type=int, default=TRIALS)
    words.add_argument("--control", type=int, default=CONTROL)
    words.add_argument("--seed", type=int, default=1000, help="number of the first partnership")
    words.add_argument("--processes", type=int, default=2)
    words.add_argument("--audience", action="append", choices=VIEWS)
    words.add_argument("--json", type=Path, metavar="FILE", help="also write all figures here")
    given = words.parse_args()
    seeds, told, bad = range(given.seed, given.seed + given.partnerships), {}, False
    for audience in given.audience or VIEWS:
        outcomes = list(run(seeds, given.processes, audience))
        told[audience] = say(f"Seen by: {audience}", outcomes)
        bad |= bool(told[audience]["untrue"] or (told[audience]["broken"] and audience != "both"))
        print("".join(f"  {found}\n" for found in told[audience]["findings"][:20]), end="")
    control = list(run(range(given.seed, given.seed + given.control), given.processes, "partnership", control=True))
    told["control"] = say("Control, hiding small figures only", control)
    unbroken = len(control) - len(told["control"]["broken"])
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    sys.exit(1 if bad or unbroken else 0)


if __name__ == "__main__":
    main()
