"""Plan rows gathered from the rows of grids: what is merged, continued, cut or said once for many is put together.

A draft is one activity with all that was written for it, still in the document's words; `values` makes plain values.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .grids import BLANK, Cell, Grid, Mark, Row
from .identity import Identity
from .phrases import phrase
from .recognise import Layout
from .sections import (
    LONGEST_TITLE,
    THEME_LABEL,
    Section,
    across,
    is_time,
    is_total,
    lone_text,
    numbered,
    section_above,
    section_of,
    titles_directly_above,
    without_continued,
)
from .times import Period, periods_of

LONGEST_REF = 12
TEXTS = {"activity", "expected_outcome", "evidence", "progress", "resource_requirement"}
CARRIED = ("theme", "aim")  # said once, they count until something else is said


@dataclass(frozen=True)
class Plan:
    """One recognised part of a document: a grid with the layout that was found in it."""

    grid: Grid
    layout: Layout

    @property
    def is_ours(self) -> bool:
        """Whether the planner wrote the table: then every row says all that it says by itself."""
        return any(not identity.is_own for row in self.grid.rows for identity in row.identities)


@dataclass
class Draft:
    """One activity: texts by column, where the row and each cell stand, and what is not text."""

    place: str
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    marks: dict[str, tuple[Mark | None, ...]] = field(default_factory=dict)
    status_shading: str | None = None
    section_ref: str | None = None
    headed: frozenset[str] = frozenset()  # the columns that its table has
    blank_stays: frozenset[str] = frozenset()  # those of them for which nothing above speaks
    identities: tuple[Identity, ...] = ()
    is_ours: bool = False  # the planner wrote this very row
    said_above: set[str] = field(default_factory=set)  # the columns whose words stand above the row, not in it
    is_due_above: bool = False  # the timescale is that of a title or a heading
    periods: list[Period] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)  # places of the rows that only go on with this one

    def add(self, key: str, text: str, place: str) -> None:
        """Add words to a column on a new line, unless they are there already."""
        known = self.texts.get(key, "")
        if text and text not in known.split("\n") and text != known:
            self.texts[key] = f"{known}\n{text}" if known else text
            self.places.setdefault(key, place)


class Gatherer:
    """Goes down the plans of a document, keeping what was said once for the rows below."""

    def __init__(self, plans: list[Plan]):
        self.drafts: list[Draft] = []
        self.section = Section()
        self.themes: dict[str, str] = {}  # as first written, by phrase
        self.grid: Grid | None = None  # the one gone through last, and how far
        self.end = 0
        self.asides: list[str] = []  # full-width prose that is no row
        titles = Counter(plan.grid.heading_above for plan in plans if plan.grid.heading_above)
        self.has_many_titles = len(titles) > 1
        self.has_titles_inside = len(set(_titles_inside(plans))) > 1
        for plan in plans:
            self._gather(plan)

    def _gather(self, plan: Plan) -> None:
        self._open(plan)
        self.grid, self.end = plan.grid, plan.layout.end
        for index in range(plan.layout.first, plan.layout.end):
            row = plan.grid.rows[index]
            if index not in plan.layout.skipped and not row.is_blank:
                self._take(row, plan)

    def _open(self, plan: Plan) -> None:
        """What stands above a table: its titles, the rows above its header, a date in a heading."""
        if plan.layout.header < 0:
            return
        found = [section for section in self._above(plan) if section]
        theme = next((each.theme for each in reversed(found) if each.theme), None)
        aim = next((each for each in reversed(found) if each.aim), None)
        if theme or aim:
            self.section = replace(aim or Section(), theme=self._theme(theme) if theme else None)
        self.section = replace(self.section, due_text=plan.layout.due_text)

    def _above(self, plan: Plan) -> list[Section | None]:
        """The sections named above a table. A second plan of the same grid has only what is between the two."""
        grid, header = plan.grid, plan.layout.header
        is_first = self.grid is not grid
        width = max(plan.layout.columns.values()) + 1  # what stands further right is not about this table
        rows = [replace(row, cells=row.cells[:width]) for row in grid.rows[0 if is_first else self.end : header]]
        wider = [*grid.titles, _sheet_name(grid)] if is_first else []
        is_plain_enough = self.has_titles_inside or not is_first
        return [
            *(section_above(title, is_one_of_many=False) for title in wider),
            section_above(grid.heading_above if is_first else None, is_one_of_many=self.has_many_titles),
            *(section_above(title, is_one_of_many=False) for title in map(lone_text, rows)),
            *(section_above(title, is_one_of_many=is_plain_enough) for title in titles_directly_above(rows)),
        ]

    def _take(self, row: Row, plan: Plan) -> None:
        if row.identities and not row.cell(plan.layout.columns["activity"]).is_continuation:
            self._start(row, plan, self._texts(row, plan))
            return
        title = across(row, plan.grid.width)
        if title is not None and len(title) > LONGEST_TITLE:
            self.asides.append(f"{plan.grid.place(row)} ({title[:60]}…): a note, not a row")
            return
        if is_total(row):
            self.asides.append(f"{plan.grid.place(row)} ({lone_text(row) or 'total'}): a total, not a row")
            return
        alone = self._alone(row, plan.layout)
        if title is not None or alone is not None:
            self._enter(section_of(title) if title is not None else alone)
            return
        texts = self._texts(row, plan)
        activity = row.cell(plan.layout.columns["activity"])
        if self.drafts and (activity.is_continuation or self._continues(row, plan, texts)):
            self._continue(self.drafts[-1], row, plan, is_cut=bool(activity.own_text))
        elif texts.keys() - {"ref"} or activity.text:
            self._start(row, plan, texts)

    @staticmethod
    def _alone(row: Row, layout: Layout) -> Section | None:
        """What a row says whose only words stand in its first column: an aim or theme for the rows below."""
        filled = [index for index, cell in enumerate(row.cells) if cell.text]
        index, key = min((index, key) for key, index in layout.columns.items())
        text = row.cell(index).own_text
        if filled != [index] or not text or len(layout.columns) < 3 or len(text) > LONGEST_TITLE:
            return None
        if is_time(text):
            return section_of(text)
        if key == "aim" and not THEME_LABEL.match(text):
            ref, aim = numbered(without_continued(text))
            return Section(aim=aim, ref=ref, is_titled=True)
        is_title = key == "theme" or (key == "ref" and len(text) > LONGEST_REF) or THEME_LABEL.match(text)
        return section_of(text) if is_title else None

    def _enter(self, section: Section) -> None:
        """Let a title count for the rows below it. An aim stands within the theme before it."""
        if section.theme is None and section.aim is None:
            self.section = replace(self.section, due_text=section.due_text)
            return
        theme = self.section.theme if section.theme is None else self._theme(section.theme)
        self.section = replace(section, theme=theme, due_text=section.due_text or self.section.due_text)

    def _texts(self, row: Row, plan: Plan) -> dict[str, str]:
        """The words of each column; a merged cell's count for every row that it covers."""
        cells = {key: row.cell(index) for key, index in plan.layout.columns.items()}
        return {key: cell.text for key, cell in cells.items() if cell.text and not cell.is_spread}

    def _continues(self, row: Row, plan: Plan, texts: dict[str, str]) -> bool:
        """True for a row without an activity of its own, and for one that a page break cut in mid-sentence."""
        own = {key for key, index in plan.layout.columns.items() if row.cell(index).own_text}
        says_nothing_new = not own & {"ref", "aim", "theme"} or self._repeats_section(texts, own)
        if "activity" not in own:
            return says_nothing_new and bool(own)
        is_unnumbered = "ref" in plan.layout.columns and bool(self.drafts[-1].texts.get("ref"))
        has_only_text = own <= TEXTS and not texts.get("timescale_text")
        return not own & {"ref", *CARRIED} and (has_only_text or is_unnumbered) and self._is_cut(texts)

    def _repeats_section(self, texts: dict[str, str], own: set[str]) -> bool:
        """True where the aim or theme is only said again: "(cont)"."""
        last = self.drafts[-1].texts
        again = own & {"ref", "aim", "theme"}
        return all(phrase(without_continued(texts[key])) == phrase(last.get(key, "")) for key in again)

    def _is_cut(self, texts: dict[str, str]) -> bool:
        before, after = self.drafts[-1].texts.get("activity", ""), texts["activity"]
        return bool(before) and after[0].islower() and before[-1] not in ".;:!?"

    def _continue(self, draft: Draft, row: Row, plan: Plan, *, is_cut: bool) -> None:
        draft.joined.append(plan.grid.place(row))
        for key, index in plan.layout.columns.items():
            text = row.cell(index).own_text
            if key in ("ref", *CARRIED) or not text:
                continue
            if is_cut and draft.texts.get(key) and (key in TEXTS or text[0].islower()):
                draft.texts[key] = f"{draft.texts[key]} {text}"
            else:
                draft.add(key, text, self._place(row, plan, key))
        draft.periods += periods_of(row, plan.layout.times)

    def _start(self, row: Row, plan: Plan, texts: dict[str, str]) -> None:
        draft = Draft(plan.grid.place(row), places={key: self._place(row, plan, key) for key in plan.layout.columns})
        draft.texts, draft.identities = texts, row.identities
        draft.headed = frozenset(plan.layout.columns) | ({"times"} if plan.layout.times else set())
        draft.is_ours = any(not identity.is_own for identity in row.identities)
        draft.marks = {key: row.cell(index).marks for key, index in plan.layout.columns.items()}
        draft.status_shading = None if draft.is_ours else _status_shading(row, plan.layout)
        draft.periods = periods_of(row, plan.layout.times)
        draft.blank_stays = _blank_stays(draft, plan)
        self._apply_section(draft)
        self.drafts.append(draft)

    def _apply_section(self, draft: Draft) -> None:
        texts = draft.texts
        if not draft.is_ours:
            texts |= {key: self._theme(texts[key]) for key in CARRIED if texts.get(key)}
        if texts.get("theme"):
            if phrase(texts["theme"]) != phrase(self.section.theme or ""):
                kept = self.section if self.section.is_titled else Section(due_text=self.section.due_text)
                self.section = replace(kept, theme=texts["theme"])
        if texts.get("aim"):
            self.section = replace(self.section, aim=texts["aim"], ref=_number_of(draft), is_titled=False)
        for key, said in (
            ("theme", self.section.theme),
            ("aim", self.section.aim),
            ("timescale_text", self.section.due_text),
        ):
            if said and not texts.get(key) and key not in draft.blank_stays:
                texts[key] = said
                draft.said_above.add(key)
                draft.is_due_above = draft.is_due_above or key == "timescale_text"
        draft.section_ref = None if "ref" in draft.blank_stays else self.section.ref

    def _theme(self, text: str) -> str:
        """As first written, without "(cont)": a page later the capitals may differ."""
        text = without_continued(text)
        return self.themes.setdefault(phrase(text), text)

    @staticmethod
    def _place(row: Row, plan: Plan, key: str) -> str:
        index = plan.layout.columns[key]
        return plan.grid.place(row, index, plan.layout.headings.get(index, ""))


def gather(plans: list[Plan]) -> tuple[list[Draft], list[str]]:
    """One draft for each activity, in the order of the document; and what was set aside as a note."""
    gatherer = Gatherer(plans)
    return gatherer.drafts, gatherer.asides


def _blank_stays(draft: Draft, plan: Plan) -> frozenset[str]:
    """In a table that the planner wrote, a blank is a blank. Only a row added to it takes the aim of those above."""
    if not plan.is_ours:
        return frozenset()
    return draft.headed - (set() if draft.is_ours else {"aim"})


def _titles_inside(plans: list[Plan]) -> Iterator[str]:
    """The titles that stand in a grid directly above the headings of a plan."""
    grid, end = None, 0
    for plan in plans:
        start = end if plan.grid is grid else 0
        yield from titles_directly_above(plan.grid.rows[start : max(plan.layout.header, 0)])
        grid, end = plan.grid, plan.layout.end


def _sheet_name(grid: Grid) -> str:
    return grid.name.removeprefix("Sheet '").removesuffix("'") if grid.letters else ""


def _number_of(draft: Draft) -> str | None:
    """The number that a Word list puts in front of the aim."""
    mark = next((mark for mark in draft.marks.get("aim", ()) if mark and mark.number), None)
    return mark.number.rstrip(".): ") if mark else None


def _status_shading(row: Row, layout: Layout) -> str | None:
    """The fill of the status cell, unless the row as a whole has it."""
    if "status" not in layout.columns:
        return None
    cell: Cell = row.cell(layout.columns["status"])
    others = [
        row.cell(index) for key, index in layout.columns.items() if key in ("activity", "timescale_text", "leads")
    ]
    is_band = any(other is not BLANK and other.shading == cell.shading for other in others)
    return None if is_band else cell.shading
