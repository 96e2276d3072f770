"""Which rows of which grids are a plan: the header, what its columns are, where its rows begin and end.

A header is a row of short phrases of which one means the activity and at least one more is known. Everything else is
described, so that the reader of the plan learns what was left aside and why. A row that says which row of the planner
it is is a row, whatever its words look like.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from actions.timescale import read_timescale

from .columns import LOOKED_AT, ColumnMatch, key_of, known_phrase, match_columns, synonyms
from .decoys import decoy_kind, decoy_of, holds_only_figures
from .grids import Grid, Row
from .keys import explains_signs
from .languages import readings
from .latest import REPEATED
from .phrases import phrase, priority_of, status_of
from .sections import lone_text, titles_directly_above
from .time_headings import joined
from .wording import meaning_of

LONGEST_HEADING = 90
__all__ = ["Layout", "carried_on", "decoy_of", "find_plans", "header_of", "read_header", "recognise"]
GUIDANCE = re.compile(
    r"dd ?/ ?mm|mm ?/ ?yy|\bh ?[/,] ?m ?(?:[/,]| or) ?l\b|\br ?[/,] ?a ?(?:[/,]| or) ?g\b|\bplease\b|"
    r"\bshade\b|\bpost titles?\b|\bat most\b|\bper row\b|\bmonth and year\b|"
    r"^\W*(?:how|what|who|when|which|why|e\.g\.|insert|list|state|describe|enter|number|money|name)\b",
    re.IGNORECASE,
)
EXAMPLE = re.compile(r"^\s*\(?(?:example|e\.g\.|for example|guidance)\b", re.IGNORECASE)
ENDS = re.compile(
    r"^(?:key|rag key|notes?|total|totals|source|rag rating key|glossary|signed|signatures?|signed off by|approved by|"
    r"agreed by)\s*(?:$|:)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Layout:
    """What the columns of a grid hold, and which of its rows are the plan's. Rows and columns count from 0."""

    header: int  # -1 where the plan goes on from the grid before without a header
    first: int
    end: int
    columns: dict[str, int]
    headings: dict[int, str] = field(default_factory=dict)
    unmatched: tuple[tuple[int, str], ...] = ()
    left_out: tuple[tuple[int, str], ...] = ()
    times: tuple[tuple[int, str], ...] = ()  # columns that are periods of time
    due_text: str | None = None  # "What we will do by March 2026"
    skipped: frozenset[int] = frozenset()  # guidance, repeated headers, column numbers


def recognise(grid: Grid, headings: Mapping[str, tuple[str, ...]]) -> Layout | None:
    """The first plan of a grid, or None where the grid holds none."""
    return next(iter(find_plans(grid, headings)), None)


def find_plans(
    grid: Grid, headings: Mapping[str, tuple[str, ...]], mapping: Mapping[str, str] | None = None
) -> list[Layout]:
    """The plans of a grid in order. A header that repeats the one before is a page break, not another plan.

    `mapping` is what a person said of headings, see `columns.match_columns`.
    """
    table = synonyms(headings)
    plans: list[Layout] = []
    for index, row in enumerate(grid.rows):
        if row.identities or (plans and (index < plans[-1].first or index in plans[-1].skipped)):
            continue
        if plans and index < plans[-1].end and _is_repeated(grid, plans[-1], row):
            plans[-1] = replace(plans[-1], skipped=plans[-1].skipped | {index})
            continue
        found = _layout(grid, index, table, mapping or {})
        is_inside = bool(plans) and index < plans[-1].end
        if found and (not is_inside or found.columns == plans[-1].columns or _is_plainly_header(row, table, mapping)):
            if plans:
                plans[-1] = replace(plans[-1], end=min(plans[-1].end, _title_of(grid, plans[-1].first, index)))
            plans.append(found)
    return plans


def _is_plainly_header(row: Row, table: Mapping[str, str], mapping: Mapping[str, str] | None) -> bool:
    """True for headings that go by their names. Inside a plan, words that only may be headings may be its rows."""
    texts = {*_heading_texts(row), *readings(row, table).values()}
    return sum(bool(known_phrase(text, table) or (mapping or {}).get(phrase(text))) for text in texts if text) > 1


def _title_of(grid: Grid, first: int, header: int) -> int:
    """Where the title of a table begins that stands below other rows in the same grid: at its header without one."""
    above = next((index for index in range(header - 1, first, -1) if not grid.rows[index].is_blank), header)
    filled = [index for index, cell in enumerate(grid.rows[above].cells) if cell.text]
    left = next(index for index, cell in enumerate(grid.rows[header].cells) if cell.text)
    has_title = bool(titles_directly_above(grid.rows[first:header]))
    if has_title and filled[0] > left and not grid.rows[above - 1].is_blank:
        return header
    return above if has_title else header


def header_of(grid: Grid) -> int | None:
    """The row that is most like the header of a plan where none was recognised; None where no row is."""
    if decoy_of(grid):
        return None
    best, most = None, 1
    for index, row in enumerate(grid.rows[:LOOKED_AT]):
        texts = [text for text in _heading_texts(row) if text]
        is_below = any(not below.is_blank for below in grid.rows[index + 1 : index + 3])
        if len(set(texts)) > most and max(map(len, texts)) <= LONGEST_HEADING and is_below:
            best, most = index, len(set(texts))
    return best


def carried_on(grid: Grid, before: Grid, layout: Layout) -> Layout | None:
    """The same columns for a grid without a header of its own that goes on from the plan before it."""
    if not grid.rows or grid.width != before.width:
        return None
    is_known = any(row.identities for row in grid.rows)
    if not is_known and (decoy_of(grid) or _looks_like_header(grid.rows[0])):
        return None
    return replace(layout, header=-1, first=0, end=_end(grid, 0), skipped=frozenset())


def _looks_like_header(row: Row) -> bool:
    """A row of short phrases without full stops or numbers, each cell filled: the header of something else."""
    texts = [cell.own_text for cell in row.cells]
    return row.is_heading or (
        len(texts) > 2 and all(text and len(text) < 25 and not re.search(r"\d|[.;]$", text) for text in texts)
    )


def _layout(grid: Grid, index: int, table: Mapping[str, str], mapping: Mapping[str, str]) -> Layout | None:
    texts = _heading_texts(grid.rows[index])
    if sum(bool(text) for text in texts) < 2 or max(map(len, texts)) > LONGEST_HEADING * 2:
        return None
    if not any(
        key_of(text, table) or mapping.get(phrase(text))
        for text in {*texts, *readings(grid.rows[index], table).values()}
    ):
        return None
    match, first = _read_header(grid, index, table, mapping)
    if "activity" not in match.columns or match.known + len(match.times) + match.is_mapped < 2:
        return None
    if not match.is_mapped and _is_decoy(grid, index, first, match):
        return None
    return _with_rows(grid, index, first, match)


def _is_decoy(grid: Grid, index: int, first: int, match: ColumnMatch) -> bool:
    kind, signs = decoy_kind(grid.rows[index], grid.heading_above)
    is_other = bool(kind) and len(match.columns) <= 2 * signs
    return is_other or holds_only_figures(match.columns, grid.rows[first : first + LOOKED_AT])


def read_header(
    grid: Grid, index: int, headings: Mapping[str, tuple[str, ...]], mapping: Mapping[str, str]
) -> tuple[ColumnMatch, int]:
    """(what the headings of a row mean, the row where the body begins)."""
    return _read_header(grid, index, synonyms(headings), mapping)


def _read_header(
    grid: Grid, index: int, table: Mapping[str, str], mapping: Mapping[str, str]
) -> tuple[ColumnMatch, int]:
    below = grid.rows[index + 1] if index + 1 < len(grid.rows) else None
    second = _second_header(grid.rows[index], below, table)
    first = index + 1 + bool(second)
    body = grid.rows[first : first + LOOKED_AT]
    ways = _combined(_heading_texts(grid.rows[index]), second)
    if second is None:
        ways = [(text, *also) for (text,), also in zip(ways, _each(grid.rows[index], table), strict=True)]
    return match_columns(ways, table, body, mapping), first


def _each(row: Row, table: Mapping[str, str]) -> list[list[str]]:
    """What each heading is in the language that is known here, where a table has two."""
    known = readings(row, table)
    return [[known[cell.text]] if cell.text in known and not cell.is_continuation else [] for cell in row.cells]


def _with_rows(grid: Grid, header: int, first: int, match: ColumnMatch) -> Layout:
    layout = Layout(
        header, first, _end(grid, first), match.columns, match.headings, match.unmatched, match.left_out, match.times,
        match.due_text,
    )  # fmt: skip
    guidance = []
    for index in range(first, layout.end):
        if not _is_guidance(grid.rows[index], layout):
            break
        guidance.append(index)
    return replace(layout, skipped=frozenset(guidance))


def _heading_texts(row: Row) -> list[str]:
    return ["" if cell.is_continuation else " ".join(cell.text.split()) for cell in row.cells]


def _second_header(row: Row, below: Row | None, table: Mapping[str, str]) -> list[str] | None:
    """The headings of a second row: below one that spans several columns, or known ones below blanks."""
    if below is None:
        return None
    width = len(row.cells)
    spans = [index for index, cell in enumerate(row.cells) if 1 < cell.across < width and cell.text]
    texts = [" ".join(below.cell(index).own_text.split()) for index in range(width)]
    filled = [index for index, text in enumerate(texts) if text]
    is_below_span = bool(spans) and set(filled) <= set(spans)
    are_known = 1 < len(filled) < width and all(known_phrase(texts[index], table) for index in filled)
    are_times = len(joined(_heading_texts(row), texts)) == len(filled) > 1
    return (
        texts
        if filled and (is_below_span or are_known or are_times) and max(map(len, texts)) <= LONGEST_HEADING
        else None
    )


def _combined(texts: list[str], second: list[str] | None) -> list[tuple[str, ...]]:
    """The ways of reading each column's heading, the most exact first."""
    if second is None:
        return [(text,) for text in texts]
    joint = joined(texts, second)
    times = {index: period for index, period in joint.items() if meaning_of(texts[index]) not in REPEATED}
    return [
        (times[index],)
        if index in times
        else (f"{above} {below}", below, above)
        if above and below
        else (above or below,)
        for index, (above, below) in enumerate(zip(texts, second, strict=True))
    ]


def _is_repeated(grid: Grid, layout: Layout, row: Row) -> bool:
    """The header again, as at the top of a page, whatever its capitals."""
    if layout.header < 0:
        return False
    above = [phrase(text) for text in _heading_texts(grid.rows[layout.header])]
    return any(above) and [phrase(text) for text in _heading_texts(row)] == above


def _is_guidance(row: Row, layout: Layout) -> bool:
    """True for a row below the header that tells people what to write. What has been filled in is never guidance."""
    if row.identities:
        return False
    texts = {key: row.cell(index).own_text for key, index in layout.columns.items()}
    filled = [text for text in texts.values() if text]
    if any(EXAMPLE.match(texts.get(key, "")) for key in ("ref", "aim", "activity")):
        return True
    if len(filled) < 2 or _is_filled_in(texts):
        return False
    if len(filled) > 2 and all(re.fullmatch(r"\(?(?:\d{1,2}|[a-z])\)?", text) for text in filled):
        return True  # columns numbered for reference
    signs = sum(bool(GUIDANCE.search(text[:LONGEST_HEADING])) for text in filled)
    return (
        row.is_heading
        or (signs > 1 and signs * 2 >= len(filled))
        or _names_several(texts.get("priority", ""), priority_of)
    )


def _is_filled_in(texts: dict[str, str]) -> bool:
    reading = read_timescale(texts.get("timescale_text", ""))
    priority = texts.get("priority", "")
    status = texts.get("status", "")
    decided = [
        priority_of(priority)[0] and not _names_several(priority, priority_of),
        status_of(status)[0] and not _names_several(status, status_of),
    ]
    return bool(reading.milestones or reading.ongoing or reading.recurs or any(decided))


def _names_several(text: str, meaning: Callable[[str], tuple[str | None, bool]]) -> bool:
    """True for a cell that lists what may be chosen: "H, M or L"."""
    return len({meaning(word)[0] for word in re.findall(r"\w+", text)} - {None}) > 2


def _end(grid: Grid, first: int) -> int:
    """Where a plan's rows end: before a key, notes, totals or another table further down the same grid."""
    known = max((index for index, row in enumerate(grid.rows) if row.identities), default=-1)
    for index in range(max(first, known + 1), len(grid.rows)):
        row = grid.rows[index]
        opening = next((cell.own_text for cell in row.cells if cell.own_text), "")
        after_blank = index > first and grid.rows[index - 1].is_blank
        if ENDS.match(opening) and (after_blank or len({cell.text for cell in row.cells if cell.text}) == 1):
            return index
        if after_blank and (decoy_kind(row)[0] or _is_title_of_decoy(grid, index) or explains_signs(row)):
            return index
    return len(grid.rows)


def _is_title_of_decoy(grid: Grid, index: int) -> bool:
    """True for words alone in a row, with the header of something else directly below them."""
    title = lone_text(grid.rows[index])
    return bool(title) and index + 1 < len(grid.rows) and bool(decoy_kind(grid.rows[index + 1], title)[0])
