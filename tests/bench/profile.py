"""How fast is a profile counted? `python -m tests.bench.profile`.

Four partners with 1.6 million posts between them, as the import writes them, and their returns of a year before. In a
process of its own everything is counted: every measure by grain with its record keys, whole-time equivalents, people,
workplaces and their flows, pay percentiles, who stayed, and the estimates. In another one pyarrow does the bare
group-bys: it reads the same columns once, and for each field counts the rows of each sector, service, role group and
value. The ratio means the same on a slow machine as on a fast one; the limit in seconds is of processor time, which is
nearly the same on a busy machine as on an idle one. Both must come to the same counts, which is looked
at too. Snapshots are made once and kept in DATA_DIR. Ends with 1 when a limit is broken.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROWS = 1_600_000
LIMITS = {"processor": 6, "megabytes": 1536, "ratio": 3}
KEPT = Path(os.environ.get("DATA_DIR") or ".data").resolve() / "bench" / "profile"
GROUPS = ["sector", "service", "role_group"]


def ours(rows, seed):
    """Everything, as the building of a profile does it."""
    from datetime import date

    from tests.bench._profile_snapshots import AS_AT, made
    from workforce.profile.counting import Return, count
    from workforce.quality.sector import KnownSize

    days = [(partner, day, paths) for partner, of in made(KEPT, rows, seed).items() for day, paths in of.items()]
    returns = [
        Return(partner, "la", "asc_wds", *paths, date.fromisoformat(day), number)
        for number, (partner, day, paths) in enumerate(days)
    ]
    sizes = [
        KnownSize(service, AS_AT, "", 90_000, None) for service in ("care_home", "care_home_nursing", "domiciliary")
    ]
    yield
    counted = count(returns, as_at=AS_AT, key_secret=b"of a bench, nothing secret", labels={}, sizes=sizes)
    blocks = {name: block for name, block in counted.blocks.items() if block.bases is None and name != "workplaces"}
    yield {name: int(block.counts.sum()) for name, block in blocks.items()} | {"measures": len(counted.blocks)}


def bare(rows, seed):
    """pyarrow counts the rows of each group, for each of the same fields."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from tests.bench._profile_snapshots import made
    from workforce.profile.coding import columns_of
    from workforce.profile.one_return import POSTS

    newest = {partner: of[max(of)][0] for partner, of in made(KEPT, rows, seed).items()}
    fields = {measure.name: columns_of(measure.field)[-1:] for measure in POSTS}
    wanted = sorted({*GROUPS, "leave_month_state", *(name for of in fields.values() for name in of)})
    yield
    sums = dict.fromkeys(fields, 0)
    for path in newest.values():
        table = pq.read_table(path, columns=wanted)
        table = table.filter(pc.equal(table["leave_month_state"], pa.scalar("not_applicable")))
        for name, field in fields.items():
            found = table.group_by([*GROUPS, *(one for one in field if one not in GROUPS)]).aggregate(
                [([], "count_all")]
            )
            sums[name] += pc.sum(found["count_all"]).as_py()
    yield sums


WORK = {"ours": ours, "bare": bare}


def done(what, rows, seed):
    """The parts before `yield` load what is needed; what comes after is measured."""
    steps = WORK[what](rows, seed)
    next(steps)
    began, spent = time.perf_counter(), time.process_time()
    figures = next(steps)
    took = {"seconds": time.perf_counter() - began, "processor": time.process_time() - spent}
    return {name: round(value, 2) for name, value in took.items()} | {"megabytes": memory(), "counts": figures}


def memory():
    """The most that this process held, in MB."""
    return int(re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"))[1]) // 1024


def apart(what, rows, seed, rounds):
    """In fresh processes; of several rounds the quickest counts, and the most memory."""
    command = [sys.executable, "-m", "tests.bench.profile", "--only", what, "--rows", str(rows), "--seed", str(seed)]
    found = [json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout) for _ in range(rounds)]
    best = min(found, key=lambda one: one["seconds"])
    return best | {"megabytes": max(one["megabytes"] for one in found)}


def broken(found):
    """The limits that are not kept."""
    ours, ratio = found["ours"], found["ratio"]
    faults = [f"{ratio} times the bare group-bys"] if ratio > LIMITS["ratio"] else []
    faults += [f"{ours['processor']} s of processor time"] if ours["processor"] > LIMITS["processor"] else []
    faults += [f"{ours['megabytes']} MB"] if ours["megabytes"] > LIMITS["megabytes"] else []
    if ours["counts"]["posts"] != found["bare"]["counts"]["posts"]:
        faults.append("the bare group-bys count other posts")
    return faults


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rows", type=int, default=ROWS)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--only", choices=WORK, help=argparse.SUPPRESS)
    words.add_argument("--json", type=Path, metavar="FILE", help="also write all figures here")
    given = words.parse_args()
    if given.only:
        print(json.dumps(done(given.only, given.rows, given.seed)))
        return
    from tests.bench._profile_snapshots import made

    made(KEPT, given.rows, given.seed)
    found = {what: apart(what, given.rows, given.seed, given.rounds) for what in WORK}
    found |= {"ratio": round(found["ours"]["seconds"] / found["bare"]["seconds"], 2), "load": os.getloadavg()[0]}
    _tell(found, given.rows)
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    faults = broken(found)
    for fault in faults:
        print(f"  too much: {fault}")
    sys.exit(1 if faults else 0)


def _tell(found, rows):
    print(f"{rows:,} posts of four partners, and a year before; machine load {found['load']:.1f}")
    for what, words in (("ours", "everything counted"), ("bare", "bare group-bys of pyarrow")):
        one = found[what]
        took = f"{one['seconds']:>6} s, {one['processor']:>6} s of processor time, {one['megabytes']:>5,} MB"
        print(f"  {took}  {words}")
    print(f"  {found['ratio']} times the bare group-bys")


if __name__ == "__main__":
    main()
