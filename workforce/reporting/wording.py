"""Figures and headings in words, the same in sentences, charts, tables and files."""

from workforce.disclosure.released import Cell, Method, ReleasedTable

HIDDEN = "hidden"
NOTHING = "–"
ALL = "All"

ROWS = {
    "partner": "partner organisation",
    "sector": "sector",
    "service": "service",
    "role_group": "job group",
    "role": "job role",
}


def figure(value: float | int, unit: str) -> str:
    """A value as it is read: 36.5 and "%" give 36.5%, 12.1 and "£ an hour" give £12.10, 1204 and "posts" give 1,204."""
    if unit == "%":
        return f"{_number(value, keep=1)}%"
    if unit.startswith("£"):
        return f"£{value:,.2f}"
    return _number(value)


def _number(value, keep=0):
    """With the decimals that it has, at least `keep` of them if it is no whole number by its nature."""
    if isinstance(value, int):
        return f"{value:,}"
    decimals = next((places for places in range(keep, 3) if round(value, places) == value), 2)
    return f"{value:,.{decimals}f}"


def cell_words(cell: Cell | None, unit: str) -> str:
    """What stands in a table's or chart's place for this cell."""
    if cell is None:
        return NOTHING
    if cell.value is None:
        return HIDDEN if cell.hidden else NOTHING
    return figure(cell.value, unit)


def counted(value: float | int, unit: str) -> str:
    """A value with what it counts: 1,204 posts, 36.5%, £12.10 an hour."""
    number = figure(value, unit)
    if unit == "%":
        return number
    return f"{number}{unit[1:]}" if unit.startswith("£") else f"{number} {_UNITS.get(unit, unit)}"


_UNITS = {"WTE": "whole-time equivalents"}


def name_of(table: ReleasedTable) -> str:
    """What the table's measure is called."""
    return table.label or table.measure.replace("_", " ").capitalize()


def topic_of(table: ReleasedTable) -> str:
    """What stands after the colon of its name: Dementia for Trained: dementia."""
    topic = name_of(table).rpartition(": ")[2]
    return topic[:1].upper() + topic[1:]


def title_of(table: ReleasedTable) -> str:
    """The caption: what is measured, and by what it is broken down."""
    by = ROWS.get(table.rows, table.rows.replace("_", " "))
    return f"{name_of(table)}, by {by}" if by else name_of(table)


def table_shows(table: ReleasedTable) -> bool:
    """Whether any figure of it may be seen."""
    return any(cell.value is not None for cell in table.cells)


def is_about(table: ReleasedTable) -> bool:
    """Whether its counts are a little off on purpose."""
    return table.method is Method.PERTURBED and table.unit not in ("%", "days") and not table.unit.startswith("£")


def listed(names) -> str:
    """a, b and c; "" of nothing."""
    *first, last = list(names) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def within(words: str) -> str:
    """Words as they stand within a sentence: care worker for Care worker, but NHS and Care Certificate."""
    is_name = words[:2].isupper() or any(word[:1].isupper() for word in words.split()[1:])
    return words if is_name else words[:1].lower() + words[1:]


def middle_of(table: ReleasedTable) -> str:
    """The key of the column with the middle value of percentiles, or "" where the table has none."""
    return next((key for key in ("p50", "median") if key in table.column_labels), "")
