"""Faults of a single cell, each alone in a return that is clean: is it told, in its place, and nothing else with it?"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from workforce.sampling.asc_wds import plant_in
from workforce.sampling.kinds import KINDS
from workforce.sources import asc_wds

from .returns import FORMS, TODAY, clean_return, issues_of, read, rows_of, save, write
from .wrong_cells import wrong_texts

BASES = 4
ROWS = 200
# What a cell that cannot be read takes with it elsewhere, because other cells lean on it: numbers of findings.
LEANING = {
    ("workplace", "LOCALESTID"): ("997", "996", "2200", "2301", "1401"),
    ("worker", "LOCALESTID"): ("996", "2200", "2301"),
    ("worker", "UNIQUEWORKERID"): ("996", "2200"),
}


@dataclass(frozen=True)
class Seeded:
    """One cell: in `row` of the table (from 0) stands `now` where `was` was right."""

    base: int
    file: str
    row: int
    column: str
    was: str
    now: str
    kind: str
    may_also: tuple[str, ...]


@dataclass(frozen=True)
class Trial:
    seeded: Seeded
    form: object


def trials(many, seed=1):
    """So many faults: every kind of the generator in turn, and by turns a cell that its column cannot read."""
    rng = np.random.default_rng(seed)
    kinds = [KINDS[place] for place in rng.permutation(len(KINDS))]
    for number in range(many):
        seeded = _planted(kinds[number // 2 % len(kinds)], rng) if number % 2 else None
        while seeded is None:
            seeded = _by_declaration(int(rng.integers(BASES)), rng)
        yield Trial(seeded, FORMS[number // 2 % len(FORMS)])


def _planted(kind, rng):
    """A fault of this kind in one of the returns; None where none of them has a row for it."""
    for base in rng.permutation(BASES).tolist():
        _, faults = plant_in(clean_return(ROWS, base + 1), 1, int(rng.integers(2**31)), (kind,))
        for fault in faults:
            place = fault.row - 2, fault.column, fault.was, fault.now
            return Seeded(base, fault.file, *place, fault.kind, fault.may_also)
    return None


def _by_declaration(base, rng):
    tables = clean_return(ROWS, base + 1).tables
    kinds = {kind.name: kind for kind in asc_wds.file_kinds(TODAY)}
    file = str(rng.choice(list(tables)))
    column = kinds[file].column(str(rng.choice(tables[file].column_names)))
    texts = wrong_texts(column.kind) + ([""] if column.required else [])
    row = int(rng.integers(len(tables[file])))
    was = tables[file][column.name][row].as_py() or ""
    texts = [text for text in texts if text != was]
    if not texts:
        return None
    now = str(rng.choice(texts))
    return Seeded(base, file, row, column.name, was, now, "cannot be read", LEANING.get((file, column.name), ()))


# --- One trial -------------------------------------------------------------------------------------------------------


class Bench:
    """Reads returns in a folder of its own, and remembers what the clean ones say."""

    def __init__(self, folder: Path):
        self.folder, self._clean = folder, {}

    def told(self, base, form, change=None):
        """(issues, rows as Excel counts them by file) of a return, with one cell changed."""
        written = [self._file(name, table, form, change) for name, table in clean_return(ROWS, base + 1).tables.items()]
        shutil.rmtree(self.folder / "one", ignore_errors=True)
        (self.folder / "one").mkdir(parents=True)
        given = save(written, self.folder / "one", form)
        issues = issues_of(read(given, self.folder / "one" / "out"))
        return issues, {file.name.partition(".")[0]: file.rows for file in written}

    @staticmethod
    def _file(name, table, form, change):
        rows = rows_of(table)
        if change and change.file == name:
            rows[change.row][table.column_names.index(change.column)] = change.now
        return write(name, table.column_names, rows, form)

    def clean(self, base, form):
        if (base, form) not in self._clean:
            self._clean[base, form] = self.told(base, form)[0]
        return self._clean[base, form]

    def faults_of(self, trial):
        """What went wrong in one trial, in words; nothing if all is well."""
        seeded, before = trial.seeded, self.clean(trial.seeded.base, trial.form)
        told, rows = self.told(seeded.base, trial.form, seeded)
        place = (seeded.file, rows[seeded.file][seeded.row], seeded.column)
        found = [one for one in told if (one.file, one.row, one.column) == place]
        others = {one for one in told - before if one not in found and one.code not in seeded.may_also}
        if not found:
            yield f"not told at {place}: {seeded}; told instead: {sorted(map(str, told - before))}"
        if len(found) > 1:
            yield f"told {len(found)} times at {place}: {seeded.kind}, {sorted(one.code for one in found)}"
        if others:
            yield f"more was told than {seeded}: {sorted(map(str, others))}"
        if before - told:
            yield f"{seeded} hides {sorted(map(str, before - told))}"
        if any((one.file, one.row, one.column) == place for one in before):
            yield f"the corrected cell at {place} is still told"
