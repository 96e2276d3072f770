"""How fast is a return read, checked, mapped and stored? `python -m tests.bench.workforce_import`.

A made-up staff file of a million rows in the current national format (44 columns) is read in a process of its own,
which says how long it took and how much memory it held at most. In the same run pyarrow reads the same file and writes
it as Parquet, which is the least that anybody has to do, and frictionless checks its first 20,000 rows against the same
code lists; so ratios mean the same on a slow machine as on a fast one. The same is done with files of which no cell can
be read. Files are made once and kept in DATA_DIR. Ends with 1 when a limit is broken.

frictionless is no part of the project: `make bench` puts what peers.txt names into a virtual environment of its own.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench._workforce_file import AS_AT, TODAY

ROWS, SMALL, PEER_ROWS, QUICK = 1_000_000, 250_000, 20_000, 10_000
LIMITS = {"ratio": 4, "megabytes": 1536, "wrong": {"bytes": 1.5, "rows": 2.5}, "frictionless": 50, "quick": 3}
KEPT = Path(os.environ.get("DATA_DIR") or ".data").resolve() / "bench" / "workforce"
PEERS = Path(__file__).with_name("peers.txt")
SORTS = ("few", "different")  # of files in which every cell is wrong: by how many texts a column has


# --- The files -----------------------------------------------------------------------------------------------------


def files_of(rows, seed):
    """The folder with a valid return of so many staff rows, made if it is not there yet."""
    from workforce.sampling.asc_wds import write_asc_wds
    from workforce.sampling.returns import Recipe

    folder = KEPT / f"{rows}-{seed}"
    if not (folder / "truth.json").exists():
        print(f"making {rows:,} rows in {folder}", flush=True)
        write_asc_wds(Recipe(rows=rows, seed=seed, as_at=AS_AT), folder)
    return folder


def wrong_file(valid, sort, same):
    """A file in which every cell is wrong, with as many rows or as many bytes as a valid one."""
    from tests.workforce.hostile.wrong_cells import write_wrong
    from workforce.sampling.worker_file import HEADINGS
    from workforce.sources.asc_wds.worker import worker_file

    file = valid.with_name(f"wrong-{sort}-{same}.csv")
    if not file.exists():
        print(f"making {file.name}", flush=True)
        size = valid.stat().st_size if same == "bytes" else None
        write_wrong(worker_file(TODAY), HEADINGS, file, rows=rows_in(valid), size=size, distinct=sort == "different")
    return file


def rows_in(file):
    with file.open("rb") as opened:
        return sum(piece.count(b"\n") for piece in iter(lambda: opened.read(1 << 24), b"")) - 1


# A million rows of texts that are all different would be more bytes than a CSV file may have.
WRONG = (("few", "rows"), ("few", "bytes"), ("different", "bytes"))


def head_of(file, rows):
    """The first rows of a file as a file."""
    short = file.with_name(f"first-{rows}.csv")
    with file.open(encoding="utf-8", newline="") as whole, short.open("w", encoding="utf-8", newline="") as part:
        part.writelines(line for line, _ in zip(whole, range(rows + 1), strict=False))
    return short


def table_schema(kind, headings):
    """What our declarations say of each column, in words of frictionless: types, code lists, limits, required, key."""
    keys = [heading for heading in headings if kind.column(heading).key and "ID" in heading]
    fields = [_field(kind.column(heading)) for heading in headings]
    return {"fields": fields, "primaryKey": keys, "missingValues": [""]}


def _field(column):
    from workforce.checking.kinds import Codes, Day, Number, Pattern, Text, Year

    kind, needed = column.kind, {"required": True} if column.required else {}
    if isinstance(kind, Codes):
        return {"name": column.name, "type": "string", "constraints": needed | {"enum": list(kind.codes)}}
    if isinstance(kind, Day) and not kind.unknown:
        return {"name": column.name, "type": "date", "format": "%d/%m/%Y", "constraints": needed}
    if isinstance(kind, Number | Year) and not kind.unknown:
        limits = {"minimum": kind.low} | ({"maximum": kind.high} if kind.high < 1e9 else {})
        return {"name": column.name, "type": "number", "constraints": needed | limits}
    if isinstance(kind, Pattern):
        return {"name": column.name, "type": "string", "constraints": needed | {"pattern": kind.pattern}}
    limit = {"maxLength": kind.limit} if isinstance(kind, Text) else {"pattern": kind.shape.strip("^$")}
    return {"name": column.name, "type": "string", "constraints": needed | limit}


# --- The measuring ---------------------------------------------------------------------------------------------------


def apart(what, *files, rounds=1):
    """Done in fresh processes; of several rounds the quickest counts, and the most memory."""
    command = [sys.executable, "-m", "tests.bench._workforce_file", what, *map(str, files)]
    figures = [json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout) for _ in range(rounds)]
    best = min(figures, key=lambda one: one["seconds"])
    return best | {"megabytes": max(one["megabytes"] for one in figures)}


def frictionless(python, file):
    from workforce.sources.asc_wds.worker import worker_file

    headings = file.read_text(encoding="utf-8").partition("\n")[0].strip().split(",")
    schema = file.with_suffix(".schema.json")
    schema.write_text(json.dumps(table_schema(worker_file(TODAY), headings)), encoding="utf-8")
    command = [str(python), str(Path(__file__).with_name("_frictionless.py")), file.name, schema.name]
    done = subprocess.run(command, cwd=file.parent, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def measure(rows, small, seed, rounds, peer_python):
    worker, little = files_of(rows, seed) / "worker.csv", files_of(small, seed) / "worker.csv"
    found = {
        "peer": apart("peer", worker, rounds=rounds),
        "worker": apart("ours", worker, rounds=rounds),
        "with its workplaces": apart("ours", worker.with_name("workplace.csv"), worker, rounds=rounds),
        "fewer rows": apart("ours", little),
        "10,000 rows": apart("ours", files_of(QUICK, seed) / "worker.csv", rounds=rounds),
    }
    for sort, same in WRONG:
        found[f"wrong, {sort} texts, as many {same}"] = apart("ours", wrong_file(worker, sort, same))
    if peer_python:
        part = head_of(worker, min(PEER_ROWS, rows))
        found["frictionless"], found["first rows"] = frictionless(peer_python, part), apart("ours", part, rounds=rounds)
    return found


def ratios(found):
    """What the limits are about."""
    peer, ours, little = found["peer"], found["worker"], found["fewer rows"]
    more = (ours["rows"] - little["rows"]) / 1_000_000
    wrong = {
        name: round(one["seconds"] / ours["seconds"], 2) for name, one in found.items() if name.startswith("wrong")
    }
    told = {
        "times the peer": round(ours["seconds"] / peer["seconds"], 2),
        "times the peer, with its workplaces": round(found["with its workplaces"]["seconds"] / peer["seconds"], 2),
        "MB more for a million rows": round((ours["megabytes"] - little["megabytes"]) / more),
        "rows a second": round(ours["rows"] / ours["seconds"]),
        "most MB": max(one["megabytes"] for name, one in found.items() if name not in ("peer", "frictionless")),
        "times the valid file": wrong,
    }
    if "frictionless" in found:
        theirs = found["frictionless"]["seconds"] / found["frictionless"]["rows"]
        told["times as fast as frictionless, row by row"] = round(theirs * ours["rows"] / ours["seconds"], 1)
    return told


def broken(found, told):
    """The limits that were not kept, in words."""
    if told["times the peer"] > LIMITS["ratio"]:
        yield f"took {told['times the peer']} times as long as pyarrow alone; at most {LIMITS['ratio']}"
    if told["most MB"] > LIMITS["megabytes"]:
        yield f"held {told['most MB']} MB; at most {LIMITS['megabytes']}"
    for name, times in told["times the valid file"].items():
        most = LIMITS["wrong"][name.rpartition(" ")[2]]  # where no cell is blank, as many rows are far more bytes
        if times > most and found[name]["seconds"] > 1:
            yield f"{name}: took {times} times as long as the valid file; at most {most}"
    beside = told.get("times as fast as frictionless, row by row", LIMITS["frictionless"])
    if beside < LIMITS["frictionless"]:
        yield f"was {beside} times as fast as frictionless; at least {LIMITS['frictionless']}"
    if found["10,000 rows"]["seconds"] > LIMITS["quick"]:
        yield f"10,000 rows took {found['10,000 rows']['seconds']} s; at most {LIMITS['quick']}"


# --- As a program ----------------------------------------------------------------------------------------------------


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rows", type=int, default=ROWS)
    words.add_argument("--small", type=int, default=SMALL, help="rows of the file that shows what memory grows by")
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--rounds", type=int, default=2, help="of the valid files; the quickest counts")
    words.add_argument("--peer", type=Path, help="a Python that has frictionless; default: DATA_DIR/peers")
    words.add_argument("--without-peer", action="store_true", help="go on where frictionless cannot be had")
    words.add_argument("--json", type=Path, metavar="FILE", help="also write all figures here")
    given = words.parse_args()
    peer = _peer_python(given)
    found = measure(given.rows, given.small, given.seed, given.rounds, peer)
    told = ratios(found)
    faults = list(broken(found, told))
    print("\n".join(lines(given, found, told, faults)), flush=True)
    if given.json:
        outcome = {"rows": given.rows, "seed": given.seed, "figures": found, "ratios": told}
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(outcome | {"broken": faults}, indent=2) + "\n", encoding="utf-8")
    sys.exit(1 if faults else 0)


def _peer_python(given):
    python = given.peer or KEPT.parents[1] / "peers" / "bin" / "python"
    asked = [str(python), "-c", "import frictionless"]
    if python.exists() and not subprocess.run(asked, stderr=subprocess.DEVNULL).returncode:
        return python
    if not given.without_peer:
        print(f"frictionless ({PEERS.read_text().split()[-1]}) is not there to compare with: {python}", file=sys.stderr)
        print("Install it there, name a Python that has it with --peer, or say --without-peer.", file=sys.stderr)
        sys.exit(1)
    return None


def lines(given, found, told, faults):
    from tests.bench._tabs import busy  # not before: it gives this run a DATA_DIR of its own

    yield f"{given.rows:,} rows, seed {given.seed} ({busy()})"
    for name, one in found.items():
        held = f"{one['megabytes']:>7,} MB" if "megabytes" in one else " " * 10
        more = "".join(f", {one[what]:,} {what}" for what in ("accepted", "issues", "faults") if what in one)
        yield f"  {name:<44}{one['rows']:>10,} rows{one['seconds']:>8.2f} s{held}{more}"
    for name, value in told.items():
        yield f"  {name}: {value}"
    yield from (f"  BROKEN: {fault}" for fault in faults)
    if "frictionless" not in found:
        yield "  frictionless was left out, as was asked for"


if __name__ == "__main__":
    main()
