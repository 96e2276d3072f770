"""The front door: the bytes of a file in, the rows of its plan out, with everything that a person should look at.

Headings that nobody knows are for a person to map. `ReadPlan.unmatched` lists them, each with its place and a few of
its cells, and `ReadPlan.matched` says which heading every known column has. Where no column was known to be the
activity, `read_plan` raises `Unmapped` with the same two for the table that is most like a plan. What the person
answers goes into `mapping`, by the heading's `phrase`: the key of a column (`COLUMN_KEYS`), or "" to leave it out.
Reading again with it is all there is to do, and a partnership's mapping can be kept and given each time.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from .delimited import read_delimited
from .excel import read_excel
from .grids import Contents, Grid, Problem, Unreadable
from .guards import ACCEPTED, LIMITS, Limits, container_of
from .headings import HEADINGS, WORKED_OUT
from .identity import Identity
from .keys import DocumentKey, read_key
from .mapping import WANTED, Heading, matched_in, unmapped, unmatched_in
from .opendocument import read_opendocument
from .outline import NOTICE, outline_of
from .owners import initials_in
from .package import DAMAGED, Package
from .pdf import ASK, LIKENESS, read_pdf
from .phrases import phrase
from .recognise import carried_on, decoy_of, find_plans
from .rows import Plan, gather
from .values import KEYS, ReadRow, Valuer
from .word import read_word

SOURCES = {
    "word": "Word document", "excel": "Excel workbook", "opendocument": "OpenDocument workbook", "text": "CSV file",
    "pdf": "PDF", "pasted": "Pasted table",
}  # fmt: skip
READERS = {"word": read_word, "excel": read_excel, "opendocument": read_opendocument}


@dataclass(frozen=True)
class ReadPlan:
    rows: list[ReadRow]
    problems: list[Problem] = field(default_factory=list)
    key: dict[str, str] = field(default_factory=dict)  # {initials: name} where the document explains them
    not_rows: list[str] = field(default_factory=list)
    source: str = ""
    columns: frozenset[str] = frozenset()  # the keys of `values` that the file has anything to say about
    unmatched: list[Heading] = field(default_factory=list)
    matched: dict[str, str] = field(default_factory=dict)  # {column key: heading}
    mentioned: frozenset[Identity] = frozenset()  # the rows of the planner that are anywhere in the file
    plans: list[Plan] = field(default_factory=list)  # the tables that the rows stand in


def read_plan(
    filename: str,
    content: bytes,
    *,
    headings: Mapping[str, tuple[str, ...]] = HEADINGS,
    mapping: Mapping[str, str] | None = None,
    period: tuple[date, date] | None = None,
    limits: Limits = LIMITS,
) -> ReadPlan:
    """Read the plan in a Word, Excel, OpenDocument, PDF or CSV file.

    `period` is the plan's first and last day, for dates without a year. `mapping` is what people have said of
    headings: {phrase: column key, or "" to leave it out}. Raises Unreadable, and nothing else, where the file cannot
    be opened safely or holds no plan. The file name decides nothing; it only appears in the sentence.
    """
    kind, contents = read_contents(content, limits)
    return plan_of(contents, kind, filename=filename, headings=headings, mapping=mapping, period=period)


def plan_of(
    contents: Contents,
    kind: str,
    *,
    filename: str = "",
    headings: Mapping[str, tuple[str, ...]] = HEADINGS,
    mapping: Mapping[str, str] | None = None,
    period: tuple[date, date] | None = None,
) -> ReadPlan:
    """The plan among grids, whatever they were read from (`SOURCES`)."""
    said = {phrase(heading): key for heading, key in (mapping or {}).items()}
    plans, others, not_rows = find_parts(contents, headings, said)
    notices = [LIKENESS] if kind == "pdf" else []
    if not plans:
        plans, notices = _without_table(contents, headings, said), [NOTICE]
    if not plans:
        raise Unreadable(_no_plan(filename, not_rows, kind), accepted=WANTED)
    key = read_key(contents, others, _said_in_headings(plans))
    rows, problems, asides = _read_rows(plans, key, period)
    if not rows:
        raise Unreadable(
            f"{plans[0].grid.place()} has the headings of a plan, but no rows below them.", accepted=WANTED
        )
    problems = notices + _heading_notices(plans) + problems + _same_ref(rows)
    not_rows += [guidance for plan in plans for guidance in _guidance(plan)] + asides
    columns, matched = _columns(plans, rows), matched_in(plans)
    return ReadPlan(
        rows, problems, key.initials, not_rows, SOURCES[kind], columns, unmatched_in(plans), matched,
        _mentioned(contents), plans,
    )  # fmt: skip


def _mentioned(contents: Contents) -> frozenset[Identity]:
    """A row that somebody emptied is no longer there, even where the program kept its mark."""
    rows = [row for grid in contents.grids for row in grid.rows if not row.is_blank]
    return frozenset(contents.mentioned) | {identity for row in rows for identity in row.identities}


def _without_table(
    contents: Contents, headings: Mapping[str, tuple[str, ...]], mapping: Mapping[str, str]
) -> list[Plan]:
    """The points of a document that has no plan as a table; raises Unmapped where a table may be one after all."""
    candidate, outline = unmapped(contents.grids, headings, mapping), outline_of(contents)
    if candidate and (outline is None or len(candidate.matched) > 1):
        raise candidate
    return [Plan(outline, layout) for layout in find_plans(outline, HEADINGS)] if outline else []


def read_contents(content: bytes, limits: Limits = LIMITS) -> tuple[str, Contents]:
    """("word", "excel" or "text", the grids of the file)."""
    kind = container_of(content, limits)
    try:
        if kind == "text":
            return kind, read_delimited(content, limits)
        if kind == "pdf":
            return kind, read_pdf(content, limits)
        package = Package(content, limits)
        return package.kind, READERS[package.kind](package)
    except Unreadable:
        raise
    except Exception as error:  # a damaged file breaks its reader in more ways than can be listed; none is ours to show
        raise Unreadable(DAMAGED, accepted=ACCEPTED) from error


def find_parts(
    contents: Contents, headings: Mapping[str, tuple[str, ...]], mapping: Mapping[str, str] | None = None
) -> tuple[list[Plan], list[Grid], list[str]]:
    """The plans of a document, the grids that are none (they may hold its key), and what those looked like."""
    plans: list[Plan] = []
    others: list[Grid] = []
    not_rows: list[str] = []
    before: Plan | None = None
    for grid in contents.grids:
        found = [Plan(grid, layout) for layout in find_plans(grid, headings, mapping)]
        if not found and before and not grid.letters:
            layout = carried_on(grid, before.grid, before.layout)
            found = [Plan(grid, layout)] if layout else []
        rests = _rests(grid, found)
        others += rests
        not_rows += [_described(rest) for rest in rests if found == [] or decoy_of(rest)]
        before = found[-1] if found else None
        plans += found
    return plans, others, [each for each in not_rows if each]


def _rests(grid: Grid, plans: list[Plan]) -> list[Grid]:
    """The parts of a grid above, between and below its plans."""
    edges = [0] + [edge for plan in plans for edge in (max(plan.layout.header, 0), plan.layout.end)] + [len(grid.rows)]
    parts = [grid.rows[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return [
        Grid(grid.name, rows, grid.letters, grid.heading_above)
        for rows in parts
        if any(not row.is_blank for row in rows)
    ]


def _described(grid: Grid) -> str:
    """What was left aside: "Table 2 (Initials, Officer): a key, not a plan"."""
    first = next((row for row in grid.rows if not row.is_blank), None)
    if first is None:
        return ""
    words = [" ".join(cell.own_text.split())[:40] for cell in first.cells if cell.own_text][:6]
    return f"{grid.place(first)} ({', '.join(words)}): {decoy_of(grid) or 'other contents'}, not a plan"


def _guidance(plan: Plan) -> list[str]:
    """The rows below the headings that were taken for guidance; repeated headings go unmentioned."""
    first = itertools.takewhile(plan.layout.skipped.__contains__, itertools.count(plan.layout.first))
    rows = [plan.grid.rows[index] for index in first]
    words = [(row, next((cell.own_text for cell in row.cells if cell.own_text), "")) for row in rows]
    return [f"{plan.grid.place(row)} ({text[:40]} …): guidance, not a row" for row, text in words]


def _no_plan(filename: str, not_rows: list[str], kind: str) -> str:
    unnamed = "What was pasted" if kind == "pasted" else "The file"
    name = f"“{filename[:80]}”" if filename.isprintable() and filename else unnamed
    seen = f" Seen: {'; '.join(not_rows[:3])}." if not_rows else ""
    only = f" In a PDF only tables drawn with lines can be read. {ASK}." if kind == "pdf" else ""
    return f"{name} holds no table that could be recognised as an action plan.{seen}{only}"


def _said_in_headings(plans: list[Plan]) -> list[str]:
    """What headings and the guidance below them say of the document's signs."""
    rows = [
        plan.grid.rows[index] for plan in plans for index in {plan.layout.header, *plan.layout.skipped} if index >= 0
    ]
    return list(dict.fromkeys(cell.own_text for row in rows for cell in row.cells if cell.own_text))


def _read_rows(
    plans: list[Plan], key: DocumentKey, period: tuple[date, date] | None
) -> tuple[list[ReadRow], list[Problem], list[str]]:
    drafts, asides = gather(plans)
    initials = initials_in((draft.texts.get("leads", "") for draft in drafts), key.initials)
    headings = [heading for plan in plans for _, heading in plan.layout.times]
    valuer = Valuer(key, initials, period, list(dict.fromkeys(headings)))
    rows = [row for draft in drafts for row in valuer.rows_of(draft)]
    return rows, valuer.problems, asides


def _columns(plans: list[Plan], rows: list[ReadRow]) -> frozenset[str]:
    """The columns with a heading, and those that titles, numbers or combined columns gave a value."""
    headed = {key for plan in plans for key in plan.layout.columns}
    filled = {key for row in rows for key, value in row.values.items() if value}
    return frozenset(headed & set(KEYS) | filled)


RENAME = "If it belongs in the plan, give it the name of one of our columns and import the file again."


def _heading_notices(plans: list[Plan]) -> list[Problem]:
    """One notice for each heading that has no place here, however often it comes."""
    notices = {}
    for plan in plans:
        header = plan.grid.rows[plan.layout.header] if plan.layout.header >= 0 else None
        for index, text in plan.layout.unmatched + plan.layout.left_out:
            if phrase(text) in WORKED_OUT:
                continue
            place = plan.grid.place(header, index, text)
            message = f"The column “{text[:60]}” has no place in the plan here and was left out."
            notices.setdefault(phrase(text), Problem(place, message, RENAME, is_notice=True))
    return list(notices.values())


def _same_ref(rows: list[ReadRow]) -> list[Problem]:
    """A reference used again for another aim: one of the two is mistaken."""
    first: dict[str, ReadRow] = {}
    problems = []
    for row in rows:
        ref = row.values["ref"]
        known = first.setdefault(ref, row) if ref else row
        if phrase(known.values["aim"] or "") != phrase(row.values["aim"] or ""):
            message = f"The reference {ref} is also used in {known.place}, for another aim."
            problems.append(Problem(row.place, message, "A reference of its own for each aim"))
    return problems


def as_interface(row: ReadRow) -> dict:
    """A row as `import_plan --json` gives it; dates in ISO form."""
    values = {key: value for key, value in row.values.items() if key not in ("partners", "lead_organisation")}
    milestones = [
        {
            "label": each.label,
            "start": each.start.isoformat() if each.start else None,
            "due": each.due.isoformat() if each.due else None,
        }
        for each in row.reading.milestones
    ]
    return values | {"milestones": milestones, "ongoing": row.reading.ongoing, "recurs": row.reading.recurs}
