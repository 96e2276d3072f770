"""A person's corrections of a plan as it was read: other values for a row, two rows that are one."""

from dataclasses import replace

from actions.timescale import Reading

from .values import ReadRow

LISTS = ("leads", "partners")
JOINED = ("activity", "expected_outcome", "evidence", "timescale_text", "resource_requirement", "progress")


def corrected(row: ReadRow, values: dict, reading: Reading) -> ReadRow:
    """The row with other values for some columns. `reading` is what its timescale's words mean now."""
    changed = {key: value for key, value in values.items() if value != row.values[key]}
    words = {key: _in_words(value) for key, value in changed.items()}
    return replace(
        row,
        values=row.values | changed,
        words=row.words | words,
        reading=reading if "timescale_text" in changed else row.reading,
        cells=(row.cells or {}) | words,
    )


def joined(upper: ReadRow, lower: ReadRow, reading: Reading) -> ReadRow:
    """Two rows as one: the lower one's words go below the upper one's, its people join, its blanks change nothing."""
    values = {key: _both(key, upper.values[key], lower.values[key]) for key in upper.values}
    places = (*upper.joined, lower.place, *lower.joined)
    both = corrected(upper, values, reading)
    return replace(both, joined=places, identity=upper.identity or lower.identity)


def joined_timescale(upper: ReadRow, lower: ReadRow) -> str:
    return _both("timescale_text", upper.values["timescale_text"], lower.values["timescale_text"]) or ""


def _both(key: str, above, below):
    if key in LISTS:
        return list(dict.fromkeys([*above, *below]))
    if not above or not below or above == below or key not in JOINED:
        return above or below
    return f"{above}\n{below}"


def _in_words(value) -> str:
    return "\n".join(value) if isinstance(value, list) else value or ""
