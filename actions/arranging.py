"""How somebody wants to see the plan: which columns, which stay in sight, which order, which headings.

An arrangement is read from an address and written back as one, so it can be linked to, saved and shared. What an
address says that is not known here is not used.
"""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from actions.columns import BY_KEY, COLUMNS, FORM_COLUMNS
from actions.ordering import (
    GROUP_LABELS,
    GROUPINGS,
    PLAN_ORDER,
    SORT_LABELS,
    SORTS,
    in_groups,
    in_order,
)
from actions.presenting import Group

REF = BY_KEY["ref"]  # always there and always first: it is the way to the row's own page
CHOOSABLE = tuple(column for column in FORM_COLUMNS if column is not REF)
USUAL_COLUMNS = tuple(column.key for column in COLUMNS if column.in_table and column is not REF)
FREEZES = {"0": "Nothing", "1": "The reference", "2": "The first two columns", "3": "The first three columns"}
# The fields of a row that a sort or a grouping looks at.
FIELDS = {column.key: (column.key,) for column in FORM_COLUMNS if column.kind in ("text", "long", "choice")} | {
    "timescale_text": ("due_on",),
    "lead_organisation": ("lead_organisation_id",),
    "organisation": ("lead_organisation_id",),
    "changed": ("changed",),
}


@dataclass(frozen=True)
class Arrangement:
    """One way of seeing a plan. Built by `read`; `chosen` are the filters, by the names of `FilterForm`."""

    columns: tuple[str, ...] = USUAL_COLUMNS  # without the reference
    freeze: int = 1  # how many first columns stay in sight, the reference included
    sort: str = PLAN_ORDER
    reverse: bool = False
    group: str = "aim"
    chosen: dict = field(default_factory=dict, hash=False)

    @classmethod
    def read(cls, query, chosen):
        """From a query string (a QueryDict) and the filters that a form has found good."""
        sort, reverse = _sort_in(query)
        group, freeze = query.get("group", ""), query.get("freeze", "")
        return cls(
            columns=_columns_in(query) or USUAL_COLUMNS,
            freeze=int(freeze) if freeze in FREEZES else cls.freeze,
            sort=sort,
            reverse=reverse,
            group=group if group in GROUPINGS else cls.group,
            chosen=chosen,
        )

    @property
    def drawn_columns(self):
        return (REF, *(BY_KEY[key] for key in self.columns))

    @property
    def query(self):
        """The shortest query string that says all of this; empty for the plan as it usually is."""
        said = {name: "on" if value is True else value for name, value in self.chosen.items()}
        if self.group != Arrangement.group:
            said["group"] = self.group
        if not self.is_in_plan_order:
            said["sort"] = f"-{self.sort}" if self.reverse else self.sort
        if self.columns != USUAL_COLUMNS:
            said["columns"] = ",".join(self.columns)
        if self.freeze != Arrangement.freeze:
            said["freeze"] = self.freeze
        return urlencode(said, safe=",")

    @property
    def is_in_plan_order(self):
        return self.sort == PLAN_ORDER and not self.reverse

    @property
    def is_filtered(self):
        return bool(self.chosen)

    def without_filters(self):
        return replace(self, chosen={})

    # Rows

    def ordered(self, rows, lookups):
        """Rows that come in plan order (as `in_order()` of the queryset gives them), in this one."""
        return in_order(list(rows), self.sort, self.reverse, lookups)

    def order(self, rows, lookups):
        """[(group key, title, [row ids])]: which row stands where, without drawing any."""
        return [(key, title, [row.pk for row in inside]) for key, title, inside in self._grouped(rows, lookups)]

    def groups(self, rows, drawing):
        """The rows, drawn, under their headings."""
        return [
            Group(title, key, [drawing.row(row) for row in inside])
            for key, title, inside in self._grouped(rows, drawing.lookups)
        ]

    def light(self, rows):
        """Only what `order` looks at, in as few queries: for asking where rows stand now."""
        needed = {"strategy_id", "aim_id", "theme_id", *FIELDS.get(self.sort, ()), *FIELDS.get(self.group, ())}
        return self.related(rows.in_order().only(*needed))

    def related(self, rows):
        """With what else this order and these groups look at."""
        if self.sort == "leads" or self.group == "officer":
            rows = rows.with_officers()
        return rows.with_contributors() if self.sort == "contributors" else rows

    def _grouped(self, rows, lookups):
        return in_groups(self.ordered(rows, lookups), self.group, lookups)

    # What the page's controls and headings show

    def headings(self):
        return [Heading(column, self) for column in self.drawn_columns]

    def choices(self):
        """Every column that can be shown, those that are in their order: (column, place or None)."""
        hidden = [column.key for column in CHOOSABLE if column.key not in self.columns]
        places = {key: place for place, key in enumerate(self.columns, start=1)}
        return [(BY_KEY[key], places.get(key)) for key in (*self.columns, *hidden)]

    def sort_options(self):
        return [(key, label, key == self.sort) for key, label in SORT_LABELS.items()]

    def group_options(self):
        return [(key, label, key == self.group) for key, label in GROUP_LABELS.items()]

    def freeze_options(self):
        return [(value, label, int(value) == self.freeze) for value, label in FREEZES.items()]

    def table_classes(self):
        """Which columns stay in sight, and how wide the one is that decides where the third stays."""
        if self.columns == USUAL_COLUMNS:
            return ""  # They fit beside each other, and cells that stay in sight make a long table slower.
        second = f" plan-table--second-{self.drawn_columns[1].width}" if self.freeze > 2 else ""
        return f"plan-table--freeze-{self.freeze}{second}"

    def summary(self):
        """What differs from the usual order, in a few words for the closed panel."""
        sort = SORT_LABELS[self.sort].lower()
        group = "" if self.group == Arrangement.group else GROUP_LABELS[self.group].lower()
        sort = "" if self.is_in_plan_order else f"{sort}{', reversed' if self.reverse else ''}"
        return "; ".join(filter(None, [group, sort]))


@dataclass(frozen=True)
class Heading:
    """A column's heading in the table: it sorts, then sorts the other way round, then leads back to plan order."""

    column: object
    arrangement: Arrangement

    @property
    def sorting(self):
        """As `aria-sort` says it; nothing for a column that the rows are not sorted by."""
        if self.arrangement.sort != self.column.key:
            return ""
        return "descending" if self.arrangement.reverse else "ascending"

    @property
    def query(self):
        sort, reverse = {
            "": (self.column.key, False),
            "ascending": (self.column.key, True),
            "descending": (PLAN_ORDER, False),
        }[self.sorting]
        return replace(self.arrangement, sort=sort, reverse=reverse).query


def _sort_in(query):
    asked = query.get("sort", "")
    key = asked.removeprefix("-")
    if key not in SORTS and key != PLAN_ORDER:
        key = PLAN_ORDER
    return key, asked.startswith("-") or bool(query.get("reverse"))


def _columns_in(query):
    """Named in their order (as our own addresses do), or ticked and numbered (as the form without scripts sends)."""
    if "was" in query:
        return _numbered(query)
    named = dict.fromkeys(query.get("columns", "").split(","))
    return tuple(key for key in named if BY_KEY.get(key) in CHOOSABLE)


def _numbered(query):
    """Columns by the places that somebody gave them. One that was given another's place pushes it aside."""
    was = {key: place for place, key in enumerate(query.get("was", "").split(","), start=1)}
    ticked = [column.key for column in CHOOSABLE if column.key in query.getlist("show")]
    return tuple(sorted(ticked, key=lambda key: _place(key, was.get(key), query.get(f"place-{key}", ""))))


def _place(key, before, typed):
    wanted = int(typed) if typed.isdecimal() and len(typed) < 4 else before or len(CHOOSABLE) + 1
    moved = 0 if before is None or wanted == before else (1 if wanted > before else -1)
    return wanted + moved / 2
