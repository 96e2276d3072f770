"""Reads what a partner sent: files in, a snapshot, its establishments and every fault out. Knows no database.

Everything is written inside one folder that the caller owns. Names, references and other cells that could identify a
person go no further than the checks: see `Column.shows` and the template.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from workforce.checking.declaring import Severity
from workforce.checking.engine import heading_key, place_columns
from workforce.checking.issues import Cause, CauseCount, IssueLog
from workforce.mapping_suggestions import is_likely_heading, looks_like_staff, samples_of, suggest_mapping
from workforce.pseudonyms import Pseudonyms
from workforce.pseudonyms_aside import made_aside
from workforce.reading import LIMITS, Given, Limits, Sheet, Unreadable, open_files
from workforce.sources import SOURCES, council
from workforce.sources.running import FileRead, Run

# (phase, rows done, bytes done, bytes in all)
Progress = Callable[[str, int, int, int], None]


class Stop(Exception):
    """Raised by `progress` to give the reading up: the upload was cancelled."""


class NeedsMapping(Exception):
    """Somebody must say first what the columns mean.

    headings      those without a meaning
    suggestions   {heading: field of COUNCIL_FIELDS, or "" to leave it alone}, for every heading
    samples       {heading: a few cells}, only of columns that cannot say who somebody is
    faults        sentences on what a mapping that names every heading still lacks
    """

    def __init__(self, headings, suggestions, samples, faults=()):
        super().__init__("The columns must be given a meaning first")
        self.headings, self.suggestions, self.samples = list(headings), suggestions, samples
        self.faults = list(faults)


@dataclass(frozen=True)
class Recognised:
    """What a return turned out to be: its source, sheets and kinds by name of kind, and sheets of no known kind."""

    source: str
    sheets: dict
    kinds: dict
    others: list


@dataclass(frozen=True)
class MappingCount:
    """How many rows had a code of the sender's, and what it became; `merged` where several codes become one value."""

    field: str
    code: str
    value: str
    rows: int
    merged: bool


@dataclass(frozen=True)
class Checked:
    """What came of one return."""

    source: str
    files: list[FileRead]
    causes: list[CauseCount]
    errors: int
    warnings: int
    snapshot: Path
    establishments: Path | None
    issues: Path
    mapping_loss: list[MappingCount]
    unmapped_headings: list[str]

    @property
    def establishments_rows(self):
        return pq.read_metadata(self.establishments).num_rows if self.establishments else 0

    @property
    def posts_file(self):
        return next(file for file in self.files if file.kind == SOURCES[self.source].POSTS)

    @property
    def rows_read(self):
        return self.posts_file.rows_read

    @property
    def rows_accepted(self):
        return self.posts_file.rows_accepted

    @property
    def rows_rejected(self):
        return self.posts_file.rows_rejected


def read_return(
    files: list[Given],
    *,
    as_at: date,
    keys: Pseudonyms,
    folder: Path,
    today: date,
    source: str | None = None,
    mapping: dict | None = None,
    progress: Progress = lambda phase, rows, done, total: None,
    limits: Limits = LIMITS,
    any_headings: bool = True,
) -> Checked:
    """Read, check, map and pseudonymise a return. Raises Unreadable with a sentence where nothing can be made of it.

    `mapping` says what the headings of a council's list mean; NeedsMapping is raised where it does not say enough, for
    files that were sent as a council's or, with `any_headings`, that are no other source's and look like a staff list.
    """
    sheets = open_files(files, limits, recognise=_is_heading(today, mapping or {}))
    found = recognise(sheets, today, source, mapping, any_headings=any_headings)
    log = IssueLog(folder / "issues.parquet")
    size = sum(file.path.stat().st_size for file in files)
    run = Run(found.source, as_at, today, keys, folder, log, progress, size, mapping or {})
    run.open_writer()
    try:
        _tell_of_sheets(run, found)
        with made_aside(keys, size) as run.keys:
            SOURCES[found.source].read(found.sheets, run)
    finally:
        log.close()
        run.writer.close()
    return _checked(run)


def _checked(run):
    establishments = None
    if run.establishments is not None:
        establishments = run.folder / "establishments.parquet"
        pq.write_table(run.establishments, establishments, compression="zstd")
    counts = run.tally.counts()
    sharing = {}
    for field, code, value, _ in counts:
        sharing.setdefault((field, value), set()).add(code)
    loss = [
        MappingCount(field, code, value, rows, len(sharing[field, value]) > 1) for field, code, value, rows in counts
    ]
    return Checked(
        source=run.source, files=run.files, causes=run.log.causes, errors=run.log.count(Severity.ERROR),
        warnings=run.log.count(Severity.WARNING), snapshot=run.writer.path, establishments=establishments,
        issues=run.log.path, mapping_loss=loss, unmapped_headings=run.unmapped_headings,
    )  # fmt: skip


def _all_kinds(today):
    return [(name, kind) for name, module in SOURCES.items() for kind in module.file_kinds(today)]


def kind_of(headings, kinds):
    """(source, kind) of a sheet by its headings: all marks of the kind are there, and the most columns are known."""
    fitting = [(len(place_columns(kind, headings)), name, kind) for name, kind in kinds if _has_marks(kind, headings)]
    best = max(fitting, key=lambda fit: fit[0], default=None)
    return (best[1], best[2]) if best else (None, None)


def _has_marks(kind, headings):
    names = {heading_key(name) for mark in kind.marks for name in (mark, *kind.column(mark).also)}
    found = {heading_key(heading) for heading in headings}
    return bool(kind.marks) and all(
        {heading_key(mark), *map(heading_key, kind.column(mark).also)} & found for mark in kind.marks if names
    )


def _is_heading(today, mapping):
    kinds = _all_kinds(today)
    return lambda cells: (
        kind_of(cells, kinds)[0] is not None or council.is_mapped_heading(cells, mapping) or is_likely_heading(cells)
    )


def recognise(sheets, today, source=None, mapping=None, *, any_headings=True) -> Recognised:
    """What these sheets are. Two sheets of one kind are refused."""
    if source == council.NAME:
        return _by_mapping(sheets, mapping or {}, today)
    try:
        return _by_headings(sheets, today, source)
    except Unreadable:
        if source or not any_headings or _nearly(sheets, _all_kinds(today)) or not _like_staff(sheets, mapping or {}):
            raise
    return _by_mapping(sheets, mapping or {}, today)


def _like_staff(sheets, mapping):
    """Whether one of the sheets has headings that were mapped before, or looks like a list of staff."""
    return any(council.is_mapped_heading(sheet.headings, mapping) or looks_like_staff(sheet) for sheet in sheets)


def _by_mapping(sheets, mapping, today):
    headings = list(dict.fromkeys(heading for sheet in sheets for heading in sheet.headings if heading))
    lacking = council.headings_without_meaning(headings, mapping)
    by_kind, others = ({}, sheets) if lacking else council.sheets_by_kind(sheets, mapping)
    faults = [] if lacking else council.faults_of_sheets(by_kind, mapping)
    if lacking or faults:
        suggestions = suggest_mapping(sheets) | {name: field for name, field in mapping.items() if name in headings}
        raise NeedsMapping(lacking or headings, suggestions, samples_of(sheets, suggestions), faults)
    return Recognised(council.NAME, by_kind, council.kinds_of(by_kind, mapping, today), others)


def _by_headings(sheets: list[Sheet], today: date, source: str | None):
    kinds = [(name, kind) for name, kind in _all_kinds(today) if source in (None, "", name)]
    by_source, others = {}, []
    for sheet in sheets:
        name, kind = kind_of(sheet.headings, kinds)
        if kind is None:
            others.append(sheet)
        elif kind.name in by_source.setdefault(name, {}):
            raise Unreadable(
                f"Two of the files are a {kind.label.lower()}, and it cannot be known which one counts.",
                where=f"{by_source[name][kind.name].place} and {sheet.place}", accepted="One file of each kind",
            )  # fmt: skip
        else:
            by_source[name][kind.name] = sheet
    if not by_source:
        raise _not_recognised(sheets, kinds)
    if len(by_source) > 1:
        raise Unreadable("The files come from different systems. Send the files of one system at a time.")
    (name, by_kind), = by_source.items()  # fmt: skip
    return Recognised(name, by_kind, {kind.name: kind for kind in SOURCES[name].file_kinds(today)}, others)


def _nearly(sheets, kinds):
    """Whether a sheet has most of the headings that mark a kind of file: then it is meant to be one."""
    return any(2 * _likeness(kind, sheet.headings)[0] > len(kind.marks) for sheet in sheets for _, kind in kinds)


def _not_recognised(sheets, kinds):
    nearest = max(
        ((_likeness(kind, sheet.headings), sheet, kind) for sheet in sheets for _, kind in kinds),
        key=lambda fit: fit[0], default=((0, 0), None, None),
    )  # fmt: skip
    if nearest[0][0]:
        _, sheet, kind = nearest
        lacking = sorted(mark for mark in kind.marks if mark not in place_columns(kind, sheet.headings))
        return Unreadable(
            f"The headings are nearly those of a {kind.label.lower()}, but {', '.join(lacking)} is missing.",
            where=sheet.place, accepted="The headings of one of the files that docs and the upload page name",
        )  # fmt: skip
    return Unreadable(
        "The headings are not those of any file that can be read.",
        where=sheets[0].place if sheets else "", accepted="ASC-WDS bulk files, ESR extracts, or the blank template",
    )  # fmt: skip


def _likeness(kind, headings):
    """(marks of the kind among the headings, columns of it among them): the more, the likelier it is meant."""
    places = place_columns(kind, headings)
    return sum(mark in places for mark in kind.marks), len(places)


def _tell_of_sheets(run, found):
    """What there is to say of whole sheets: how they were read, columns nobody reads, and sheets nobody knows."""
    for name, sheet in found.sheets.items():
        for note in sheet.notes:
            _tell(run, sheet, "note", note.sentence)
        _tell_headings(run, found.kinds[name], sheet)
    for sheet in found.others:
        _tell(run, sheet, "sheet_unknown", "The headings are not those of any file of this source, so nothing was read")


def _tell_headings(run, kind, sheet):
    places = place_columns(kind, sheet.headings)
    read = set(places.values())
    for place, heading in enumerate(sheet.headings):
        if place not in read and heading:
            run.unmapped_headings.append(heading)
    unread = sum(1 for place, heading in enumerate(sheet.headings) if place not in read and heading)
    if unread:
        _tell(run, sheet, "heading_unknown", f"{unread} columns are not part of a {kind.label.lower()}; they are not "
              "kept")  # fmt: skip
    for column in kind.columns:
        if column.name not in places and not column.optional:
            severity = Severity.ERROR if column.required is Severity.ERROR else Severity.WARNING
            _tell(run, sheet, "heading_missing", f"The column {column.name} is missing, so its cells count as blank",
                  severity, column.name)  # fmt: skip


def _tell(run, sheet, code, sentence, severity=Severity.WARNING, column=""):
    file = f"{sheet.file}: {sheet.sheet}" if sheet.sheet else sheet.file
    run.log.add(Cause(file, column, code, severity, sentence), np.array([sheet.heading_row], np.int32))
